//! Math in texts: `$…$`, which is LaTeX already and is written as it stands.
//!
//! Called by what spells texts. A dollar is also money: `$5 and $6` is no math. The signs are
//! told apart as pandoc does (its manual, `tex_math_dollars`): the first stands before and the
//! second behind something that is no space, no digit follows, and what stands between looks
//! like math.

use super::latex::is_balanced;

/// The longest math that is looked for, in bytes.
const LONGEST: usize = 1000;

/// The stretches of a text in order, and whether each is math.
pub(super) fn stretches(text: &str) -> Vec<(bool, &str)> {
    let mut stretches = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(step) = text[at..].find('$') {
        let start = at + step;
        match length(&text[start..]) {
            Some(length) => {
                if start > from {
                    stretches.push((false, &text[from..start]));
                }
                stretches.push((true, &text[start..start + length]));
                at = start + length;
                from = at;
            }
            None => at = start + 1,
        }
    }
    if from < text.len() {
        stretches.push((false, &text[from..]));
    }
    stretches
}

/// The length of the math that a text begins with, dollars included.
fn length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('$')?;
    let mut depth = 0_usize;
    let mut escaped = false;
    let end = inner.bytes().take(LONGEST).enumerate().find_map(|(at, byte)| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Some(None),
            },
            b'\n' => return Some(None),
            b'$' if depth == 0 => return Some(Some(at)),
            _ => {}
        }
        None
    })??;
    let math = &inner[..end];
    let is_space = |c: char| c.is_whitespace();
    let looks_so = math.contains(['\\', '^', '_', '{', '=', '<', '>', '+', '*', '/'])
        || math.chars().count() <= 3 && math.chars().all(char::is_alphanumeric);
    let fits = !math.is_empty()
        && !math.starts_with(is_space)
        && !math.ends_with(is_space)
        && !math.contains(char::is_control)
        && !inner[end + 1..].starts_with(|c: char| c.is_ascii_digit())
        // BibTeX counts braces without regard to backslashes.
        && is_balanced(math)
        && looks_so;
    fits.then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn math_is_told_from_money() {
        let math = |text| -> Vec<&str> {
            stretches(text).into_iter().filter(|(is, _)| *is).map(|(_, math)| math).collect()
        };
        assert_eq!(math(r"On $\alpha$-decay of H$_2$O, $x$"), [r"$\alpha$", "$_2$", "$x$"]);
        for text in ["$5 and $6", "US$ or A$", "$5-$6", "$ x $", "$", "$$", "a $x_{1 y$"] {
            assert!(math(text).is_empty(), "{text}");
        }
        assert_eq!(stretches("a $x$"), [(false, "a "), (true, "$x$")]);
    }
}
