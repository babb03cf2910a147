//! Values of RIS tags: text, keywords, pages, serial numbers.
//!
//! Called by [`read`](super::read) and [`together`](super::together). What stands here reads one value; which field it is of is
//! decided there.

use super::tag::Tag;
use crate::format::mapping::{ARTICLES, NUMBERED, PAGED, Strength};
use crate::text::{any_pair, entity, unescaped};
use crate::work::is_page_dash;
use crate::{Field, Kind, Pages, Span, is_isbn, is_issn};
use std::borrow::Cow;

/// A tag of a record and its value.
#[derive(Debug)]
pub(super) struct Tagged<'a> {
    pub(super) tag: Tag,
    /// The value; lines that continue it follow behind line feeds.
    pub(super) value: Cow<'a, str>,
    /// Where the value stands.
    pub(super) span: Span,
    /// Whether the value is in one line as the writer spells it.
    pub(super) is_folded: bool,
    pub(super) role: Role,
    /// The fields that the value may be of, the likeliest first.
    pub(super) fields: &'static [Field],
}

/// What a tag is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Key,
    Page,
    Date,
    Serial,
    /// A line that holds a field by its name.
    Variable,
    /// An address in Web of Science, which is none of a work.
    Address,
    /// A meeting in Web of Science.
    Meeting,
    /// Any other field.
    Field(Strength),
}

impl Tagged<'_> {
    /// The value in one line, as [`folded`].
    pub(super) fn folded(&self) -> Cow<'_, str> {
        if self.is_folded { Cow::Borrowed(&self.value) } else { folded(&self.value) }
    }
}

/// A value in one line, as the writer spells it: white space of every kind, and any amount, is
/// one space; controls go. A no-break space is part of the text.
pub(super) fn folded(value: &str) -> Cow<'_, str> {
    if is_folded(value) {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    for word in value.split(is_space).filter(|word| word.contains(|c: char| !c.is_control())) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !c.is_control()));
    }
    Cow::Owned(out)
}

/// Whether a value is in one line already, as nearly all are.
pub(super) fn is_folded(value: &str) -> bool {
    let odd = has_odd(value.as_bytes(), |_| false);
    let is_changed = |c: char| c.is_control() || is_space(c) && c != ' ';
    has_single_spaces(value) && !(odd && value.contains(is_changed))
}

/// Whether every space of a value stands alone between words.
pub(super) fn has_single_spaces(value: &str) -> bool {
    let bytes = value.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return true };
    if *first == b' ' || *last == b' ' {
        return false;
    }
    // Values are short: eight bytes are one number, in which the high bit of each space is set.
    let spaces = |eight: [u8; 8]| {
        const LOW: u64 = u64::from_le_bytes([0x7f; 8]);
        let other = u64::from_le_bytes(eight) ^ u64::from_le_bytes([b' '; 8]);
        !(((other & LOW) + LOW) | other | LOW)
    };
    let Some(end) = bytes.last_chunk() else {
        return bytes.windows(2).all(|pair| pair != b"  ");
    };
    let end = spaces(*end);
    let (mut before, mut twice) = (0, end & (end << 8));
    for eight in bytes.as_chunks().0 {
        let here = spaces(*eight);
        twice |= here & (here << 8 | before >> 56);
        before = here;
    }
    twice == 0
}

/// Whether a text of lines has nothing but printable signs, single bytes of ASCII and those of
/// letters that can be no white space.
pub(super) fn is_printable(text: &str) -> bool {
    let is_end = |byte: u8| (byte == b'\r') | (byte == b'\n');
    !has_odd(text.as_bytes(), is_end)
}

/// Whether there are controls but for those that are taken out, or two bytes that other white
/// space has: all of U+0080 to U+00A0, the beginning of U+1680, the end of U+2000 to U+200A,
/// U+2028, U+2029, U+202F and U+3000, that of U+205F. Quotation marks and dashes have none.
#[inline]
fn has_odd(bytes: &[u8], but: impl Fn(u8) -> bool) -> bool {
    let is_control = |byte: u8| ((byte < b' ') | (byte == 0x7f)) & !but(byte);
    any_pair(bytes, is_control, |byte, next| {
        let is_latin = (byte == 0xc2) & (next <= 0xa0);
        let is_ogham = (byte == 0xe1) & (next == 0x9a);
        // Signed, the bytes that go on are the lowest, which compares quicker.
        let signed = next.cast_signed();
        let is_general = (byte == 0x80) & ((signed < -0x75) | (signed > -0x59) & (signed < -0x50));
        let is_mathematical = (byte == 0x81) & (next == 0x9f);
        is_control(byte) | is_latin | is_ogham | is_general | is_mathematical
    })
}

/// Whether a character divides words.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}'
}

/// Whether two texts have the same words; ends at the first that differs.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one.split(is_space)
        .filter(|word| !word.is_empty())
        .eq(other.split(is_space).filter(|word| !word.is_empty()))
}

/// An address: one that goes on in the next line has no space there. Another address begins with
/// its scheme.
pub(super) fn address(value: &str) -> String {
    let mut out = String::new();
    for line in value.split('\n').map(folded).filter(|line| !line.is_empty()) {
        if !out.is_empty() && line.contains("://") {
            out.push(' ');
        }
        out.push_str(&line);
    }
    out
}

/// Paragraphs, divided by empty lines; the lines of one are joined.
pub(super) fn paragraphs(value: &str) -> String {
    let paragraphs = value.split("\n\n").map(folded).filter(|text| !text.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n")
}

/// Keywords: one a line, or several divided by semicolons. A semicolon that ends an HTML entity
/// divides nothing; entities are read as their characters.
pub(super) fn keywords(value: &str) -> Vec<String> {
    let mut words = Vec::new();
    for line in value.split('\n') {
        let mut start = 0;
        for (at, _) in line.match_indices(';') {
            let name = line[start..at].rsplit_once('&').map(|(_, name)| name);
            if name.and_then(entity).is_none() {
                words.push(keyword(&line[start..at]));
                start = at + 1;
            }
        }
        words.push(keyword(&line[start..]));
    }
    words.retain(|word| !word.is_empty());
    words
}

/// One of them. As at the ends of all values, no white space of any kind stands at its own.
fn keyword(text: &str) -> String {
    folded(&unescaped(text)).trim().to_owned()
}

/// Pages, or how many there are.
#[derive(Debug, PartialEq)]
pub(super) enum Extent {
    Pages(Pages),
    Count(String),
}

/// What `SP` and `EP` say together, in works of a kind; `None` where there is no page.
pub(super) fn extent(first: Option<&str>, last: Option<&str>, kind: Kind) -> Option<Extent> {
    let pages = match (first, last) {
        (Some(first), Some(last)) if is_number(first) => Pages::range(first, last),
        (Some(first), Some(last)) => match first.parse::<Pages>() {
            // `SP  - 10-20` and `EP  - 20`, or both the whole range
            Ok(pages) if is_said_by(&pages, first, last) => pages,
            _ => Pages::range(first, last),
        },
        (Some(only), None) | (None, Some(only)) => {
            if PAGED.contains(&kind) && is_count(only) {
                return Some(Extent::Count(only.to_owned()));
            }
            only.parse().ok()?
        }
        (None, None) => return None,
    };
    Some(Extent::Pages(pages))
}

fn is_said_by(pages: &Pages, first: &str, last: &str) -> bool {
    let [range] = pages.ranges() else { return false };
    range.last.as_deref().is_some_and(|end| end == last || first == last)
}

/// Whether a text is digits alone.
pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a value tells how many pages a book has, `320`, `xii, 320 p.`, and not which.
fn is_count(text: &str) -> bool {
    let is_roman = |word: &str| {
        !word.is_empty()
            && word.chars().all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x' | 'l' | 'c'))
    };
    let bare = |word: &str| word.trim_matches(['[', ']', '(', ')', ',', '.', ';', ':']).to_owned();
    let mut words = text.split_whitespace().map(bare);
    let first = words.next().unwrap_or_default();
    let tells_number = text.bytes().any(|byte| byte.is_ascii_digit());
    let is_list =
        text.contains(',') && text.split([',', ' ']).all(|word| word.is_empty() || is_number(word));
    // `320p.`
    let is_amount = |word: &str| is_number(word.trim_end_matches(['p', 'P', 's', 'S']));
    tells_number
        && !is_list
        && !text.contains(is_page_dash)
        && (is_amount(&first)
            || is_roman(&first) && words.next().is_some_and(|word| is_amount(&word)))
}

/// What a serial number is; `Number` is a report's, patent's or standard's own.
pub(super) fn serial_field(value: &str, kind: Kind) -> Field {
    let tokens = || {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
        value.split(is_mark).filter(|token| !token.is_empty() && !token.starts_with('('))
    };
    let is_numbered = NUMBERED.contains(&kind);
    let all = |test: &dyn Fn(&str) -> bool| tokens().next().is_some() && tokens().all(test);
    let is_plain_issn = |token: &str| {
        token.len() >= "00000000".len()
            && is_issn(token)
            && (!is_numbered || token.as_bytes().get(4) == Some(&b'-'))
    };
    let is_plain_isbn = |token: &str| {
        token.len() >= "0000000000".len()
            && is_isbn(token)
            && (!is_numbered || token.contains('-') || token.len() == 13)
    };
    if is_plain_isbn(value) || all(&is_plain_isbn) {
        return Field::Isbn;
    }
    if all(&is_plain_issn) {
        return Field::Issn;
    }
    if is_numbered {
        return Field::Number;
    }
    let digits = tokens()
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x'))
        .count();
    match digits {
        8 => Field::Issn,
        10 | 13 => Field::Isbn,
        _ if ARTICLES.contains(&kind) || kind == Kind::Periodical => Field::Issn,
        _ => Field::Isbn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_goes_on_in_the_next_line() {
        assert_eq!(address("https://a.example/x\n  y#z"), "https://a.example/xy#z");
        assert_eq!(
            address("https://a.example\nhttps://b.example"),
            "https://a.example https://b.example"
        );
        assert_eq!(address("see https://a.example"), "see https://a.example");
    }

    #[test]
    fn spaces_are_single_or_not_wherever_they_stand() {
        for len in 0..30 {
            for at in 0..len {
                for other in ['!', ' ', '\u{a0}', '\0'] {
                    let mut value: Vec<char> = vec!['a'; len];
                    value[at] = ' ';
                    value[(at + 1) % len] = other;
                    let value: String = value.into_iter().collect();
                    let is_single =
                        !value.contains("  ") && !value.starts_with(' ') && !value.ends_with(' ');
                    assert_eq!(has_single_spaces(&value), is_single, "{value:?}");
                }
            }
        }
    }

    #[test]
    fn every_white_space_is_seen() {
        for c in '\0'..='\u{ffff}' {
            let value = format!("a{c}{c}b");
            let is_plain = !c.is_control() && !c.is_whitespace();
            assert!(is_plain || !is_printable(&value) || matches!(c, ' ' | '\r' | '\n'), "{c:?}");
            assert_eq!(is_folded(&value), is_plain || matches!(c, '\u{a0}' | '\u{202f}'), "{c:?}");
        }
        assert!(is_printable("“quiet” – harbours…\r\nMüller, Łódź, 王"));
    }

    #[test]
    fn keywords_are_divided() {
        assert_eq!(keywords("a; b\nc  d;"), ["a", "b", "c d"]);
        assert_eq!(keywords("a,\u{a0}; \u{a0}"), ["a,"]);
        assert_eq!(keywords("R&amp;D; x & y; Q&A; z"), ["R&D", "x & y", "Q&A", "z"]);
    }

    #[test]
    fn pages_and_counts() {
        let pages = |first, last, kind| match extent(first, last, kind) {
            Some(Extent::Pages(pages)) => pages.to_string(),
            Some(Extent::Count(count)) => format!("count {count}"),
            None => String::new(),
        };
        let journal = Kind::ArticleJournal;
        assert_eq!(pages(Some("10"), Some("20"), journal), "10-20");
        assert_eq!(pages(Some("10-20"), None, journal), "10-20");
        assert_eq!(pages(Some("10-20"), Some("20"), journal), "10-20");
        assert_eq!(pages(Some("123"), Some("45"), journal), "123-45");
        assert_eq!(pages(None, Some("20"), journal), "20");
        assert_eq!(pages(Some("320"), None, journal), "320");
        assert_eq!(pages(Some("320"), None, Kind::Book), "count 320");
        assert_eq!(pages(Some("xii, 320 p."), None, Kind::Book), "count xii, 320 p.");
        assert_eq!(pages(Some("X, Y 0"), None, Kind::Book), "X, Y 0");
        assert_eq!(pages(Some("S12"), None, Kind::Book), "S12");
        assert_eq!(pages(Some("12, 15"), None, Kind::Book), "12, 15");
        assert_eq!(pages(Some("1-9"), None, Kind::Book), "1-9");
        assert_eq!(pages(Some("-"), None, journal), "");
    }

    #[test]
    fn serial_numbers_are_told_apart() {
        let journal = Kind::ArticleJournal;
        assert_eq!(serial_field("0003-2697", Kind::Book), Field::Issn);
        assert_eq!(serial_field("978-0-471-98635-5", journal), Field::Isbn);
        assert_eq!(serial_field("978 0 471 98635 5", journal), Field::Isbn);
        assert_eq!(serial_field("0003-2697 (print)", journal), Field::Issn);
        assert_eq!(serial_field("0003-2698", Kind::Book), Field::Issn);
        assert_eq!(serial_field("unknown", journal), Field::Issn);
        assert_eq!(serial_field("unknown", Kind::Book), Field::Isbn);
        assert_eq!(serial_field("FAO/2019-17", Kind::Report), Field::Number);
        assert_eq!(serial_field("978-0-471-98635-5", Kind::Report), Field::Isbn);
        assert_eq!(serial_field("12345678", Kind::Patent), Field::Number);
    }
}
