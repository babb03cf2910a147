//! Where a field of Word leads, in its own files and in Rich Text (ECMA-376 part 1, 17.16.5.25).

/// The target of a link's code: `HYPERLINK "https://…" \o "…"`; none for a place in the document.
pub(super) fn target(code: &str) -> Option<String> {
    let rest = code.trim_start();
    let rest =
        rest.get(..9).filter(|name| name.eq_ignore_ascii_case("hyperlink")).and(rest.get(9..))?;
    let rest = rest.trim_start();
    match rest.strip_prefix('"') {
        Some(quoted) => Some(quoted.split('"').next()?.to_owned()),
        None if rest.starts_with('\\') => None,
        None => rest.split_whitespace().next().map(str::to_owned),
    }
    .filter(|target| !target.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_read_from_its_code() {
        for (code, is) in [
            (" HYPERLINK \"https://a.org/?b=1\" \\o \"tip\" ", Some("https://a.org/?b=1")),
            ("hyperlink https://a.org \\t _blank", Some("https://a.org")),
            ("HYPERLINK \\l \"place\"", None),
            ("ADDIN ZOTERO_ITEM CSL_CITATION {\"a\": \"b\"}", None),
            ("HYPERLINK", None),
            ("", None),
        ] {
            assert_eq!(target(code).as_deref(), is, "{code}");
        }
    }
}
