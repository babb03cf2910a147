//! Text to LaTeX: escapes, and the commands of rich text.
//!
//! Takes a text of the model, adds LaTeX to an entry; called by [`write`](super::write),
//! [`protect`](super::protect) and [`name`](super::name). Every text ends with as many braces
//! closed as opened, counted as BibTeX counts them: without regard to backslashes.

use super::bytes::{Bytes, any, count_before};
use super::math::stretches;
use crate::work::{Mark, Piece, pieces};
use memchr::memchr;

/// How the braces of a text are spelled.
///
/// `\{` and `\}` are what readers know best, but BibTeX counts them as braces; where they are
/// not balanced, `a } b` would end the field, so that commands stand for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Braces {
    Escaped,
    Commands,
}

impl Braces {
    /// The spelling that a text needs.
    pub(super) fn of(text: &str) -> Self {
        if is_balanced(text) { Braces::Escaped } else { Braces::Commands }
    }
}

/// Whether braces are balanced and none closes before it opens.
pub(super) fn is_balanced(text: &str) -> bool {
    if !any(text.as_bytes(), |byte, _| u8::from(byte == b'{') | u8::from(byte == b'}')) {
        return true;
    }
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}

/// Adds one character of text.
pub(super) fn push_char(out: &mut String, c: char, braces: Braces) {
    match c {
        '&' | '%' | '#' | '_' | '$' => {
            out.push('\\');
            out.push(c);
        }
        '~' => out.push_str("{\\textasciitilde}"),
        // `\^{}` is a mark over nothing: citation-js makes `undefined` of it.
        '^' => out.push_str("{\\textasciicircum}"),
        '\\' => out.push_str("{\\textbackslash}"),
        '{' | '}' if braces == Braces::Escaped => {
            out.push('\\');
            out.push(c);
        }
        '{' => out.push_str("{\\textbraceleft}"),
        '}' => out.push_str("{\\textbraceright}"),
        // pandoc makes double quotes of a pair of single ones.
        '‘' => out.push_str("{‘}"),
        '`' => out.push_str("{\\textasciigrave}"),
        // Two of these are a dash or a quotation mark.
        '-' | '\'' if out.ends_with(c) => {
            out.push_str("{}");
            out.push(c);
        }
        // Some readers take that for the next entry, whatever braces are open.
        '@' if out.ends_with('\n') => out.push_str("{@}"),
        '\t' | '\r' => out.push(' '),
        '\n' => out.push('\n'),
        c if c.is_control() => {}
        c => out.push(c),
    }
}

/// Adds plain text.
pub(super) fn push_plain(out: &mut String, text: &str) {
    // Most texts need nothing.
    if is_harmless(text) {
        out.push_str(text);
    } else {
        push_text(out, text, Braces::of(text));
    }
}

/// Adds text whose math stands as it is.
fn push_text(out: &mut String, text: &str, braces: Braces) {
    for (is_math, stretch) in stretches(text) {
        if is_math {
            out.push_str(stretch);
        } else {
            push_stretch(out, stretch, braces);
        }
    }
}

/// Adds text without math: what needs no care at once, the rest sign by sign.
pub(super) fn push_stretch(out: &mut String, text: &str, braces: Braces) {
    let mut rest = text;
    loop {
        let is_sign = |byte| {
            is_marked(byte)
                | u8::from(byte == b'-')
                | u8::from(byte == b'\'')
                | u8::from(byte == b'@')
        };
        let (plain, behind) = rest.split_at(count_before(rest.as_bytes(), is_sign));
        out.push_str(plain);
        let mut chars = behind.chars();
        let Some(c) = chars.next() else { return };
        push_char(out, c, braces);
        rest = chars.as_str();
    }
}

/// Whether a byte is, or may be a part of, what [`push_char`] changes wherever it stands.
fn is_marked(byte: u8) -> u8 {
    u8::from(byte < b' ')
        | u8::from(byte.wrapping_sub(b'#') < 4)
        | u8::from(byte == b'\\')
        | u8::from(byte.wrapping_sub(b'^') < 3)
        | u8::from(byte == b'{')
        | u8::from(byte.wrapping_sub(b'}') < 3)
        | u8::from(byte == 0xc2)
        | u8::from(byte == 0xe2)
}

/// Whether a text is spelled as it is, wherever it stands.
fn is_harmless(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_sign = |byte, next| {
        // Of what 0xE2 begins, 0xE2 0x80 0x98 alone is a sign: the quotation mark ‘.
        (is_marked(byte) & u8::from(byte != b'\n') & u8::from(byte != 0xe2))
            | (u8::from(byte == 0x80) & u8::from(next == 0x98))
            | (u8::from(byte == b'\n') & u8::from(next == b'@'))
            | (u8::from(byte == next) & (u8::from(byte == b'-') | u8::from(byte == b'\'')))
    };
    // What is shorter is looked at byte for byte, and most of it is harmless whatever follows.
    const SHORT: usize = 64;
    let may_be_sign = if bytes.len() < SHORT {
        SIGNS.any_in(text)
            && bytes
                .iter()
                .zip(bytes.iter().skip(1).chain(b"a"))
                .any(|(&byte, &next)| is_sign(byte, next) != 0)
    } else {
        any(bytes, is_sign)
    };
    let begins_with_mark = matches!(bytes.first(), Some(b'-' | b'\''));
    !may_be_sign && (!begins_with_mark || text.is_ascii())
}

/// Every byte that is a part of what is spelled otherwise somewhere.
pub(super) static SIGNS: Bytes = Bytes::of(b"#$%&\\^_`{}~\x7f-'@\x80\xc2\xe2", b' ', 0xff);

/// Adds text that may carry marks.
pub(super) fn push_rich(out: &mut String, text: &str) {
    if memchr(b'<', text.as_bytes()).is_none() {
        push_plain(out, text);
        return;
    }
    let braces = Braces::of(text);
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => push_text(out, text, braces),
            Piece::Open(mark) => out.push_str(command(mark)),
            Piece::Close(_) => out.push('}'),
        }
    }
}

/// What opens a mark; a brace closes it.
pub(super) fn command(mark: Mark) -> &'static str {
    match mark {
        Mark::Italic => "\\textit{",
        Mark::Bold => "\\textbf{",
        Mark::Subscript => "\\textsubscript{",
        Mark::Superscript => "\\textsuperscript{",
        Mark::SmallCapitals => "\\textsc{",
        Mark::NoCase => "{",
    }
}

/// Adds a value that no reader unescapes: a DOI, an address. What could end the field, and
/// what no address holds, is percent-encoded (RFC 3986, 2.1), which keeps an address the same.
pub(super) fn push_verbatim(out: &mut String, text: &str) {
    static SPELLED_OTHERWISE: Bytes = Bytes::of(b"\\{}", b'!', 0x7f);
    if !SPELLED_OTHERWISE.any_in(text) {
        out.push_str(text);
        return;
    }
    let balanced = is_balanced(text);
    for c in text.chars() {
        match c {
            '{' | '}' if !balanced => push_percent(out, c),
            // Before a brace, a backslash hides it from some readers; no address holds one.
            '\\' => push_percent(out, c),
            c if c.is_whitespace() || c.is_control() => push_percent(out, c),
            c => out.push(c),
        }
    }
}

fn push_percent(out: &mut String, c: char) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        out.push('%');
        out.push(DIGITS[usize::from(byte >> 4)].into());
        out.push(DIGITS[usize::from(byte & 15)].into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(push: impl Fn(&mut String, &str), text: &str) -> String {
        let mut out = String::new();
        push(&mut out, text);
        out
    }

    #[test]
    fn text_is_escaped_and_marks_become_commands() {
        assert_eq!(with(push_rich, "R&D_1 <i>in</i> 5% < 6"), r"R\&D\_1 \textit{in} 5\% < 6");
        assert_eq!(with(push_plain, "{x} ~ y^2"), r"\{x\} {\textasciitilde} y{\textasciicircum}2");
    }

    #[test]
    fn braces_stay_balanced() {
        for text in ["}", "{", "}{", "a \\", "<i>}", "\\}", "{\\"] {
            assert!(is_balanced(&with(push_rich, text)), "{text}");
            assert!(is_balanced(&with(push_verbatim, text)), "{text}");
        }
        assert_eq!(with(push_verbatim, "https://x.org/a_b%7B{1}"), "https://x.org/a_b%7B{1}");
        assert_eq!(with(push_verbatim, "x}\\"), "x%7D%5C");
    }
}
