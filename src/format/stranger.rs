//! What a text without records of its format seems to be, so that its reader is not left guessing.
//!
//! Takes the first line of such a text; called by the readers of RIS and CSL-JSON. Files are
//! named `.ris` or `.json` whatever a database exported.

/// How texts of other formats begin, and what to do with them.
const STRANGERS: &[(&[&str], &str)] = &[
    (&["@"], "the text looks like BibTeX; read it as that"),
    (&["{", "["], "the text looks like CSL-JSON; read it as that"),
    (
        &["PMID-", "PMID -"],
        "the text looks like PubMed's own format, MEDLINE; a reference manager makes RIS of it",
    ),
    (
        &["FN ", "VR ", "PT "],
        "the text looks like Web of Science's own format; export it there as RIS",
    ),
    (&["%0 ", "%A ", "%T "], "the text looks like EndNote's own format; export it there as RIS"),
    (&["TY  -", "TY -"], "the text looks like RIS; read it as that"),
    (&["RT "], "the text looks like RefWorks' own format; export it there as RIS"),
    (&["<"], "the text looks like XML or HTML; export the records anew"),
];

/// What a text that begins with `line` seems to be; `otherwise`, where nothing is known.
pub(in crate::format) fn help(line: &str, otherwise: &'static str) -> &'static str {
    let line = line.trim_start_matches(['\u{feff}', ' ', '\t']);
    // `[1] Roe, J.` is the first of a list that somebody typed.
    if line.strip_prefix('[').is_some_and(|rest| {
        !rest.trim_start().starts_with(['{', '[', ']']) && !rest.trim().is_empty()
    }) {
        return otherwise;
    }
    STRANGERS
        .iter()
        .find(|(starts, _)| starts.iter().any(|start| line.starts_with(start)))
        .map_or(otherwise, |(_, help)| help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_beginning() {
        for (line, word) in [
            ("@book{roe2011,", "BibTeX"),
            ("[", "CSL-JSON"),
            ("[{", "CSL-JSON"),
            ("[1] Roe, J. (2010).", "otherwise"),
            ("PMID- 123", "PubMed"),
            ("\u{feff}FN Clarivate Analytics Web of Science", "Web of Science"),
            ("%0 Journal Article", "EndNote"),
            ("RT Journal Article", "RefWorks"),
            ("<?xml version=\"1.0\"?>", "XML"),
            ("TY  - BOOK", "RIS"),
            ("Dear reader", "otherwise"),
            ("", "otherwise"),
        ] {
            assert!(help(line, "otherwise").contains(word), "{line}");
        }
    }
}
