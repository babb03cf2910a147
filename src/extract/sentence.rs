//! The places in a text where a sentence may begin, with or without a space before it.
//!
//! Called by `annotation`, which weighs them, and by `heading`.

use crate::text::is_alphabetic;

/// A place where a citation may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Where the next piece begins, in bytes of the entry's text.
    pub(super) at: usize,
    /// Whether white space lies before it.
    pub(super) spaced: bool,
    /// Whether the full stop before it follows a lone capital, as in a name.
    pub(super) after_initial: bool,
    /// Whether it lies in a quotation or brackets that end soon.
    pub(super) inside: bool,
}

/// The places in `text` where a sentence may begin, but for its very beginning.
pub(super) fn cuts(text: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut open = Open::default();
    let mut at = 0;
    while let Some(c) = next_mark(text, &mut at) {
        open.see(c, at, &mut cuts);
        let stop = at;
        at += c.len_utf8();
        if !matches!(c, '.' | '!' | '?' | '。' | '！' | '？') {
            continue;
        }
        while let Some(next) = text[at..].chars().next().filter(|&next| closes_sentence(next)) {
            open.see(next, at, &mut cuts);
            at += next.len_utf8();
        }
        let rest = &text[at..];
        let next = rest.trim_start();
        let spaced = next.len() < rest.len();
        let mut before = text[..stop].chars().rev();
        let after_initial = c == '.'
            && before.next().is_some_and(char::is_uppercase)
            && !before.next().is_some_and(is_alphabetic);
        let mut following = next.chars();
        let opens = following.next().is_some_and(|first| {
            if spaced {
                !first.is_lowercase() && !matches!(first, ',' | ';' | ':' | ')')
            } else {
                // "Press.The" and "Series A.The", not "3.5" and "U.S."
                let word = following.next().is_none_or(char::is_lowercase);
                matches!(c, '。' | '！' | '？')
                    || first.is_uppercase() && (word || !after_initial)
                    || matches!(first, '“' | '«' | '[' | '„')
            }
        });
        if opens {
            let at = text.len() - next.len();
            cuts.push(Cut { at, spaced, after_initial, inside: false });
        }
    }
    cuts
}

/// Moves `at` to the next character that may end a sentence, or open or close something; letters
/// and marks of other scripts are among them.
fn next_mark(text: &str, at: &mut usize) -> Option<char> {
    let is_mark = |byte: &u8| {
        matches!(byte, b'.' | b'!' | b'?' | b'(' | b')' | b'[' | b']') || !byte.is_ascii()
    };
    *at += text.as_bytes()[*at..].iter().position(is_mark)?;
    text[*at..].chars().next()
}

/// Whether a mark behind a full stop belongs to the sentence that ends there.
fn closes_sentence(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '»' | ')' | ']' | '>' | '.')
}

/// A quotation or bracket closes within so many bytes, or it was none.
const REACH: usize = 400;

/// The outermost quotation or bracket that is open.
#[derive(Default)]
struct Open {
    /// Its opening mark, where it stands, and how many cuts there were then.
    mark: Option<(char, usize, usize)>,
}

impl Open {
    /// Takes notice of a character; at a closing mark, the cuts since the opening one lie inside.
    fn see(&mut self, c: char, at: usize, cuts: &mut [Cut]) {
        match self.mark {
            Some((_, from, _)) if at - from > REACH => self.mark = None,
            Some((opening, _, count)) if closes(opening, c) => {
                for cut in &mut cuts[count..] {
                    cut.inside = true;
                }
                self.mark = None;
                return;
            }
            _ => {}
        }
        if self.mark.is_none() && matches!(c, '“' | '„' | '«' | '(' | '[') {
            self.mark = Some((c, at, cuts.len()));
        }
    }
}

fn closes(opening: char, c: char) -> bool {
    match opening {
        '„' => matches!(c, '“' | '”'),
        '“' => c == '”',
        '«' => c == '»',
        '(' => c == ')',
        _ => c == ']',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let mut start = 0;
        let ends: Vec<usize> = cuts(text).iter().map(|cut| cut.at).chain([text.len()]).collect();
        ends.into_iter()
            .map(|end| {
                let piece = text[start..end].trim_end();
                start = end;
                piece
            })
            .collect()
    }

    #[test]
    fn sentences_begin_behind_stops() {
        assert_eq!(
            pieces("Brill, 2010.The port (“Old.”) closed? Yes. 61-70. see p. 3 of 1.5"),
            ["Brill, 2010.", "The port (“Old.”) closed?", "Yes.", "61-70. see p.", "3 of 1.5"]
        );
        assert_eq!(pieces("港口研究。作者比较"), ["港口研究。", "作者比较"]);
    }

    #[test]
    fn no_sentence_begins_in_an_abbreviation() {
        assert_eq!(pieces("The U.S. data are old. So"), ["The U.S. data are old.", "So"]);
    }

    #[test]
    fn what_is_quoted_is_told() {
        let inside: Vec<bool> =
            cuts("Roe, “Why? Because. So.” Brill. 2010").iter().map(|cut| cut.inside).collect();
        assert_eq!(inside, [true, true, false, false]);
        assert!(!cuts("Roe (open. Never closed")[0].inside);
    }

    #[test]
    fn an_initial_is_told() {
        let cuts = cuts("Series A.Drawing on");
        assert!(cuts[0].after_initial && !cuts[0].spaced);
    }
}
