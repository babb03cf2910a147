//! Text made safe for a terminal.
//!
//! Citations come from anywhere; `\x1b]0;…` in one must not set a window's title, and U+202E must
//! not turn the line around. Called by [`draw`](super::draw) and [`json`](super::json), and for what
//! is shown of citations on standard output.

/// Whether a terminal may take the character for more than a letter: controls of both sets,
/// line and paragraph separators, and the marks that change the direction of writing.
pub(super) fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is shown for a character: one character for one, so that columns stay.
pub(crate) fn shown(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\x1f' => {
            char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\x7f' => '\u{2421}',
        c if is_dangerous(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// The longest text that is shown whole in a sentence, in characters.
const LONGEST: usize = 600;

/// A sentence with citation text in it, on one line and of bounded length.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars().map(shown);
    let mut clean: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        clean.push('…');
    }
    clean
}

/// A text of several lines, which stay.
pub(crate) fn lines(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { shown(c) }).collect()
}

/// The characters of the beginning of `text`, at most `most`, and `…` where some are left out.
pub(crate) fn push_head(to: &mut String, text: &str, most: usize) {
    let mut chars = text.chars().map(shown);
    to.extend(chars.by_ref().take(most));
    if chars.next().is_some() {
        to.push('…');
    }
}

/// The characters of the end of `text`, at most `most`, and `…` where some are left out.
pub(super) fn push_tail(to: &mut String, text: &str, most: usize) {
    match text.char_indices().rev().nth(most) {
        Some((at, last_left_out)) => {
            to.push('…');
            to.extend(text[at + last_left_out.len_utf8()..].chars().map(shown));
        }
        None => to.extend(text.chars().map(shown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_become_pictures() {
        assert_eq!(sentence("a\u{1b}[31m\0\u{9b}\u{202e}\tb\n"), "a␛[31m␀\u{fffd}\u{fffd} b␊");
    }

    #[test]
    fn ends_are_cut_at_characters() {
        let mut text = String::new();
        push_tail(&mut text, "äöü", 2);
        push_head(&mut text, "äöü", 2);
        push_tail(&mut text, "äö", 2);
        assert_eq!(text, "…öüäö…äö");
    }

    proptest! {
        #[test]
        fn nothing_dangerous_is_shown(text in any::<String>()) {
            prop_assert!(!sentence(&text).chars().any(is_dangerous));
        }
    }
}
