//! What a text without RIS records seems to be, so that its reader is not left guessing.
//!
//! Takes the first line of such a text; called by [`reader`](super::reader). Files are named
//! `.ris` whatever a database exported.

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
    (&["RT "], "the text looks like RefWorks' own format; export it there as RIS"),
    (&["<"], "the text looks like XML or HTML; export it as RIS"),
];

/// How records begin.
const RECORD: &str = "a record begins with a line `TY  - ` and the type";

/// What a text that begins with `line` seems to be; how records begin, where nothing is known.
pub(super) fn help(line: &str) -> &'static str {
    let line = line.trim_start_matches(['\u{feff}', ' ', '\t']);
    // `[1] Roe, J.` is the first of a list that somebody typed.
    if line.strip_prefix('[').is_some_and(|rest| {
        !rest.trim_start().starts_with(['{', '[', ']']) && !rest.trim().is_empty()
    }) {
        return RECORD;
    }
    STRANGERS
        .iter()
        .find(|(starts, _)| starts.iter().any(|start| line.starts_with(start)))
        .map_or(RECORD, |(_, help)| help)
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
            ("[1] Roe, J. (2010).", "`TY  - `"),
            ("PMID- 123", "PubMed"),
            ("\u{feff}FN Clarivate Analytics Web of Science", "Web of Science"),
            ("%0 Journal Article", "EndNote"),
            ("RT Journal Article", "RefWorks"),
            ("<?xml version=\"1.0\"?>", "XML"),
            ("Dear reader", "`TY  - `"),
            ("", "`TY  - `"),
        ] {
            assert!(help(line).contains(word), "{line}");
        }
    }
}
