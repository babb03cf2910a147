//! What needs no decoding, told at a glance, and white space folded.
//!
//! Takes raw values and decoded texts; called by [`decode`](super) and by the readers of fields.
//! Most values are plain text, so that asking must cost less than decoding them.

use crate::format::bibtex::bytes::{Bytes, any, count_before};

/// Whether a text is the same in LaTeX, with single spaces: most values are. An empty one is not,
/// and of others a few are not said to be, which is no loss but of time.
pub(in crate::format::bibtex) fn is_plain(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    if matches!(bytes.first(), None | Some(b' ')) || bytes.last() == Some(&b' ') {
        return false;
    }
    if bytes.len() < SHORT {
        return is_plain_by_byte(raw);
    }
    // The end of U+2028 and U+2029, which divide lines, is 0x80 0xA8 and 0x80 0xA9.
    let may_be_marked = any(bytes, |byte, next| {
        u8::from(byte < b' ')
            | u8::from(byte.wrapping_sub(b'{') < 5)
            | u8::from(byte == b'\\')
            | u8::from(byte == b'$')
            | u8::from(byte == b'&')
            | u8::from(byte == b'`')
            | u8::from(byte == 0xc2)
            | divides_lines(byte, next)
            | (u8::from(byte == next)
                & (u8::from(byte == b' ') | u8::from(byte == b'-') | u8::from(byte == b'\'')))
    });
    !may_be_marked
}

/// What is looked at byte for byte: shorter than that, in bytes.
const SHORT: usize = 16;

/// What is never plain, or may not be: 0xC2 may begin a control character.
static MARKED: Bytes = Bytes::of(b"\\{}$~&`\x7f\xc2", b' ', 0xff);

/// The same, exactly.
fn is_plain_by_byte(raw: &str) -> bool {
    let mut before = b' ';
    let mut is_wide = false;
    for byte in raw.bytes() {
        let is_double = byte == before && matches!(byte, b' ' | b'-' | b'\'');
        if is_double || MARKED.holds(byte) {
            return false;
        }
        // U+2028 and U+2029 begin so, which divide lines.
        is_wide |= byte == 0xe2;
        before = byte;
    }
    before != b' ' && !(is_wide && raw.contains(['\u{2028}', '\u{2029}']))
}

/// Whether [`fold`] would leave a text as it is. An empty one is none of those.
pub(super) fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    if matches!(bytes.first(), None | Some(b' ')) || bytes.last() == Some(&b' ') {
        return false;
    }
    let may_be_odd = any(bytes, |byte, next| {
        may_be_control(byte, next)
            | divides_lines(byte, next)
            | (u8::from(byte == b' ') & u8::from(next == b' '))
    });
    !may_be_odd || !bytes.windows(2).any(|two| two == b"  ") && !text.contains(is_odd)
}

/// Whether two bytes may be, or may end, U+2028 or U+2029.
fn divides_lines(byte: u8, next: u8) -> u8 {
    u8::from(byte == 0x80) & (u8::from(next == 0xa8) | u8::from(next == 0xa9))
}

/// Whether two bytes may be a control character: 0xC2 and a byte below 0xA0 are one.
fn may_be_control(byte: u8, next: u8) -> u8 {
    u8::from(byte < b' ')
        | u8::from(byte == 0x7f)
        | (u8::from(byte == 0xc2) & u8::from(next < 0xa0))
}

/// Whether a character is no part of a folded text: controls, and what divides lines.
fn is_odd(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a text holds control characters that no field takes: all but line ends and tabs.
pub(in crate::format::bibtex) fn holds_controls(text: &str) -> bool {
    let may_hold = any(text.as_bytes(), |byte, next| {
        may_be_control(byte, next)
            & u8::from(byte != b'\n')
            & u8::from(byte != b'\r')
            & u8::from(byte != b'\t')
    });
    may_hold && text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// White space as single spaces, none at the ends, and no control characters. No-break spaces are
/// letters of the text.
pub(in crate::format::bibtex) fn fold(text: &str) -> String {
    let is_space = |c: char| matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{c}');
    let mut out = String::with_capacity(text.len());
    if text.contains(|c: char| is_odd(c) && !is_space(c)) {
        let is_space = |c: char| is_space(c) || matches!(c, '\u{2028}' | '\u{2029}');
        for word in text.split(is_space).filter(|word| word.contains(|c: char| !c.is_control())) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(word.chars().filter(|c| !c.is_control()));
        }
        return out;
    }
    let mut rest = text.trim_ascii();
    while !rest.is_empty() {
        // Of the bytes that are left, spaces are the least.
        let word = count_before(rest.as_bytes(), |byte| u8::from(byte <= b' '));
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&rest[..word]);
        rest = rest[word..].trim_ascii_start();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glance_says_what_every_byte_says() {
        let signs = [
            "\\", "{", "}", "$", "~", "&", "`", "``", "''", "--", "  ", "\t", "\u{7f}", "\u{85}",
            "\u{a0}", "\u{2028}", "é", "|", "-", "'", " ", "…",
        ];
        for length in 0..40 {
            for sign in signs {
                for at in 0..=length {
                    let mut text = "x".repeat(length);
                    text.insert_str(at, sign);
                    let is = is_plain_by_byte(&text);
                    assert!(is_plain(&text) == is || is && sign == "|", "{text:?}");
                    assert_eq!(is_folded(&text), !text.is_empty() && fold(&text) == text);
                    let controls = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
                    assert_eq!(holds_controls(&text), text.contains(controls), "{text:?}");
                }
            }
        }
        assert!(!is_plain(""));
    }
}
