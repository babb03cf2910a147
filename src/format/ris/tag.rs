//! One line of a RIS file: its tag and its value.
//!
//! Called by [`split`](super::split). The specification of 2011 spells a tag `XX  - `: two
//! capitals or a capital and a digit, two spaces, a hyphen, a space. Programs and people drop
//! spaces, use tabs or small letters; such a line is a tag where it begins with one that RIS
//! knows, since text may begin so too (`in - situ`).

use std::ops::Range;

/// A tag: two capitals, or a capital and a digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag([u8; 2]);

impl Tag {
    fn of(text: &str) -> Option<Self> {
        let [first, second] = text.as_bytes() else { return None };
        (first.is_ascii_alphabetic() && second.is_ascii_alphanumeric())
            .then(|| Self([first.to_ascii_uppercase(), second.to_ascii_uppercase()]))
    }

    /// The tag's letters.
    pub(super) fn letters(&self) -> &[u8; 2] {
        &self.0
    }

    pub(super) fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    fn is_known(self) -> bool {
        KNOWN.contains(&self.as_str())
    }
}

impl PartialEq<&str> for Tag {
    fn eq(&self, other: &&str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl std::fmt::Display for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A line that begins with a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TagLine<'a> {
    pub(super) tag: Tag,
    /// What stands behind the tag, without white space around.
    pub(super) value: &'a str,
    /// Where the value begins in the line, in bytes.
    pub(super) value_at: usize,
    /// Where the tag begins in the line.
    pub(super) tag_at: usize,
    /// Whether the tag is spelled otherwise than the specification does.
    pub(super) is_loose: bool,
    /// Whether the hyphen follows the tag at once, as in `T1-weighted`: only the lines around
    /// tell whether that is a tag.
    pub(super) is_glued: bool,
    /// Whether a space stands behind the hyphen.
    pub(super) is_apart: bool,
    /// Whether one space stands where two belong, as in `ED - the Editor`: likewise.
    pub(super) is_narrow: bool,
    /// Whether another tag stands before it on the line.
    pub(super) is_inner: bool,
}

/// Every tag of the specification of 2011, those of the older ones, and habits of programs.
const KNOWN: &[&str] = &[
    "A1", "A2", "A3", "A4", "AB", "AD", "AN", "AU", "AV", "BT", "C1", "C2", "C3", "C4", "C5", "C6",
    "C7", "C8", "CA", "CN", "CP", "CT", "CY", "DA", "DB", "DO", "DP", "ED", "EP", "ER", "ET", "ID",
    "IS", "J1", "J2", "JA", "JF", "JO", "K1", "KW", "L1", "L2", "L3", "L4", "LA", "LB", "LK", "M1",
    "M2", "M3", "N1", "N2", "NO", "NV", "OP", "PB", "PP", "PY", "RI", "RN", "RP", "SE", "SN", "SP",
    "ST", "SV", "T1", "T2", "T3", "TA", "TI", "TT", "TY", "U1", "U2", "U3", "U4", "U5", "UR", "VL",
    "VO", "Y1", "Y2", "YR",
];

/// The tag and value of a line (without its end); `None` for a line without a tag.
pub(super) fn tag_line(line: &str) -> Option<TagLine<'_>> {
    if let Some((tag, behind)) = specified(line) {
        let is_apart = behind.starts_with(' ');
        return Some(TagLine { is_apart, ..of(line, tag, behind, 0, false) });
    }
    // A file that was joined to another has a byte order mark within; text that was copied from
    // a page may have a space without width.
    let unmarked = line.trim_start_matches(['\u{feff}', '\u{200b}']);
    let bare = numbered(unmarked.trim_start_matches([' ', '\t', '\u{a0}', '\u{feff}', '\u{200b}']));
    let tag_at = line.len() - bare.len();
    let is_first = bare.len() == unmarked.len();
    let (letters, rest) = bare.split_at_checked(2)?;
    let tag = Tag::of(letters)?;
    let is_small = tag != letters;
    let behind_gap = rest.trim_start_matches([' ', '\t', '\u{a0}']);
    let gap = &rest[..rest.len() - behind_gap.len()];
    let Some(value) = behind_gap.strip_prefix(['-', '\u{2013}', '\u{2014}']) else {
        // `ER` alone is meant as an end.
        return (tag == "ER" && behind_gap.trim().is_empty() && is_first)
            .then(|| of(line, tag, "", tag_at, true));
    };
    let is_strict = is_first
        && !is_small
        && gap == "  "
        && behind_gap.starts_with('-')
        && (value.is_empty() || value.starts_with(' '));
    let is_wide = gap.chars().count() > 1 || gap.contains('\t');
    let is_end = value.trim().is_empty();
    let is_glued = gap.is_empty() && !is_end && is_first && behind_gap.starts_with('-');
    let is_likely = is_wide || (!is_small && (is_glued || is_end || !gap.is_empty()));
    let is_tag = is_strict || (is_likely && tag.is_known());
    is_tag.then(|| TagLine {
        is_glued,
        is_apart: value.starts_with([' ', '\t']),
        is_narrow: gap == " ",
        ..of(line, tag, value, tag_at, !is_strict)
    })
}

/// The tag of a line as the specification spells it, and what stands behind its hyphen: a space
/// and the value, or nothing.
fn specified(line: &str) -> Option<(Tag, &str)> {
    let [first, second, b' ', b' ', b'-', behind @ ..] = line.as_bytes() else { return None };
    let is_tag = first.is_ascii_uppercase()
        && (second.is_ascii_uppercase() || second.is_ascii_digit())
        && matches!(behind, [] | [b' ', ..]);
    is_tag.then_some((Tag([*first, *second]), line.get(5..)?))
}

/// The tag of a line within a record where nothing is to be asked, and where its value stands.
/// Nearly all lines are such.
#[inline]
pub(super) fn plain_line(line: &str) -> Option<(Tag, Range<usize>)> {
    const START: usize = "TY  - ".len();
    let (tag, behind) = specified(line)?;
    let value = behind.strip_prefix(' ')?.as_bytes();
    let is_plain = value.first().is_some_and(u8::is_ascii_graphic)
        && value.last().is_some_and(u8::is_ascii_graphic)
        && !matches!(tag.letters(), b"TY" | b"ER");
    is_plain.then_some((tag, START..line.len()))
}

/// A line without the number that lists put before a record's first tag: `12. TY  - JOUR`.
fn numbered(line: &str) -> &str {
    let behind = line.trim_start_matches('[').trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = behind.trim_start_matches(['.', ')', ']', ':']).trim_start_matches([' ', '\t']);
    let is_number = behind.len() < line.len() && rest.len() < behind.len();
    if is_number && rest.starts_with("TY  - ") { rest } else { line }
}

/// Where the next tag begins in a line that holds several, `TY  - BOOK TI  - Sand`: one that is
/// known, spelled as it should be, behind a space.
pub(super) fn inner_tag(line: &str) -> Option<usize> {
    line.match_indices("  -").map(|(at, _)| at.saturating_sub(2)).find(|&at| {
        let is_apart = line.get(..at).is_some_and(|before| before.ends_with([' ', '\t']));
        let is_ended =
            line.get(at + 5..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        is_apart && is_ended && line.get(at..at + 2).is_some_and(|tag| KNOWN.contains(&tag))
    })
}

fn of<'a>(line: &'a str, tag: Tag, value: &'a str, tag_at: usize, is_loose: bool) -> TagLine<'a> {
    let behind = value.trim_start();
    let value_at = line.len() - behind.len();
    TagLine {
        tag,
        value: behind.trim_end(),
        value_at: value_at.min(line.len()),
        tag_at,
        is_loose,
        is_glued: false,
        is_apart: false,
        is_narrow: false,
        is_inner: false,
    }
}

/// Whether a line is of another format with tags of its own, PubMed's: `PMID- 123`, `STAT- x`.
pub(super) fn is_foreign(line: &str) -> bool {
    let capitals = line.bytes().take_while(u8::is_ascii_uppercase).count();
    (3..=4).contains(&capitals)
        && line.get(capitals..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with("- "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(String, &str, bool)> {
        tag_line(line).map(|found| (found.tag.to_string(), found.value, found.is_loose))
    }

    #[test]
    fn tags_are_read_strictly_and_loosely() {
        for (line, tag, value, is_loose) in [
            ("TY  - JOUR", "TY", "JOUR", false),
            ("XQ  - of its own", "XQ", "of its own", false),
            ("ER  -", "ER", "", false),
            ("ER  - ", "ER", "", false),
            ("TY - JOUR", "TY", "JOUR", true),
            ("TY  -JOUR", "TY", "JOUR", true),
            ("TY- JOUR", "TY", "JOUR", true),
            ("TY-JOUR", "TY", "JOUR", true),
            ("\u{feff}TY  - JOUR", "TY", "JOUR", false),
            ("12. TY  - JOUR", "TY", "JOUR", true),
            ("[3] TY  - JOUR", "TY", "JOUR", true),
            ("ER-", "ER", "", true),
            ("ty  - jour", "TY", "jour", true),
            ("TY\t-\tJOUR", "TY", "JOUR", true),
            ("  TY  - JOUR", "TY", "JOUR", true),
            ("TY  – JOUR", "TY", "JOUR", true),
            ("ER", "ER", "", true),
        ] {
            assert_eq!(read(line), Some((tag.into(), value, is_loose)), "{line}");
        }
    }

    #[test]
    fn text_is_no_tag() {
        for line in
            ["", "A", "in - situ", "is - was", "re-examined", "UK -based", "é  - x", "1A  - x", "é"]
        {
            assert_eq!(read(line), None, "{line}");
        }
        assert!(is_foreign("PMID- 123") && is_foreign("OWN - NLM") && !is_foreign("AU  - Roe"));
    }

    #[test]
    fn a_hyphen_at_once_is_told() {
        for line in ["T1-weighted", "T1- and T2-weighted", "TI-Sand"] {
            assert_eq!(tag_line(line).map(|found| found.is_glued), Some(true), "{line}");
        }
        for line in ["AI-based", "ti-sand", " TI-Sand", "2. TI  - Sand"] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn tags_within_a_line_are_found() {
        assert_eq!(inner_tag("TY  - BOOK TI  - Sand"), Some(11));
        assert_eq!(inner_tag("TY  - BOOK ER  -"), Some(11));
        for line in
            ["TY  - BOOK", "TY  - BOOKTI  - x", "TY  - é  - x", "TY  - a XX  - b", "  -", ""]
        {
            assert_eq!(inner_tag(line), None, "{line}");
        }
    }

    #[test]
    fn places_are_told() {
        let found = tag_line("  TY  -  JOUR ").unwrap();
        assert_eq!((found.tag_at, found.value_at, found.value), (2, 9, "JOUR"));
        assert_eq!(tag_line("TY  - ").map(|found| found.value_at), Some(6));
    }
}
