//! One line of a RIS file: its tag and its value.
//!
//! Called by [`split`](super::split). The specification of 2011 spells a tag `XX  - `: two
//! capitals or a capital and a digit, two spaces, a hyphen, a space. Programs and people drop
//! spaces, use tabs or small letters; such a line is a tag where it begins with one that RIS
//! knows, since text may begin so too (`in - situ`).

/// A line that begins with a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TagLine<'a> {
    /// The tag in capitals.
    pub(super) tag: String,
    /// What stands behind the tag, without white space around.
    pub(super) value: &'a str,
    /// Where the value begins in the line, in bytes.
    pub(super) value_at: usize,
    /// Where the tag begins in the line.
    pub(super) tag_at: usize,
    /// Whether the tag is spelled otherwise than the specification does.
    pub(super) is_loose: bool,
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
    let bare = line.trim_start_matches([' ', '\t', '\u{a0}', '\u{feff}']);
    let tag_at = line.len() - bare.len();
    let (tag, rest) = bare.split_at_checked(2)?;
    let [first, second] = tag.as_bytes() else { return None };
    if !first.is_ascii_alphabetic() || !second.is_ascii_alphanumeric() {
        return None;
    }
    let is_small = tag.contains(|c: char| c.is_ascii_lowercase());
    let tag = tag.to_ascii_uppercase();
    let behind_gap = rest.trim_start_matches([' ', '\t', '\u{a0}']);
    let gap = &rest[..rest.len() - behind_gap.len()];
    let Some(value) = behind_gap.strip_prefix(['-', '\u{2013}', '\u{2014}']) else {
        // `ER` alone is meant as an end.
        return (tag == "ER" && behind_gap.trim().is_empty() && tag_at == 0)
            .then(|| of(line, tag, "", tag_at, true));
    };
    let is_strict = tag_at == 0
        && !is_small
        && gap == "  "
        && behind_gap.starts_with('-')
        && (value.is_empty() || value.starts_with(' '));
    let is_wide = gap.chars().count() > 1 || gap.contains('\t');
    let is_apart = value.is_empty() || value.starts_with(char::is_whitespace);
    let is_likely = is_wide || (!is_small && (is_apart || !gap.is_empty()));
    let is_tag = is_strict || (is_likely && KNOWN.contains(&tag.as_str()));
    is_tag.then(|| of(line, tag, value, tag_at, !is_strict))
}

fn of<'a>(
    line: &'a str,
    tag: String,
    value: &'a str,
    tag_at: usize,
    is_loose: bool,
) -> TagLine<'a> {
    let value_at = line.len() - value.trim_start().len();
    TagLine { tag, value: value.trim(), value_at: value_at.min(line.len()), tag_at, is_loose }
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
        tag_line(line).map(|found| (found.tag, found.value, found.is_loose))
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
    fn places_are_told() {
        let found = tag_line("  TY  -  JOUR ").unwrap();
        assert_eq!((found.tag_at, found.value_at, found.value), (2, 9, "JOUR"));
        assert_eq!(tag_line("TY  - ").map(|found| found.value_at), Some(6));
    }
}
