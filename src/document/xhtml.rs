//! Web pages that are XML: an element without content may be one tag, `<title/>`, `<a id="x"/>`.
//!
//! A reader of HTML takes such a tag for one that opens, and would take a whole page for its title.
//! Takes the text of a page, gives it with these elements closed. Called by `html` and `epub`.

use std::borrow::Cow;

/// Elements that never have content (HTML standard, 13.1.2): they are open in no page.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// The text of a page, with every element closed by a tag of its own.
pub(super) fn closed(text: &str) -> Cow<'_, str> {
    if !text.contains("/>") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.push_str(before);
        let length = length(tag);
        let (tag, behind) = tag.split_at(length);
        let name = tag.trim_start_matches('<');
        let name =
            name.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_')));
        let name = name.into_iter().next().unwrap_or_default();
        match tag.strip_suffix("/>") {
            Some(open) if !name.is_empty() && !VOID.contains(&name) => {
                out.push_str(open.trim_end());
                out.push_str("></");
                out.push_str(name);
                out.push('>');
            }
            _ => out.push_str(tag),
        }
        rest = behind;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The length of the tag, the comment or the like that a text begins with.
fn length(text: &str) -> usize {
    for (opens, closes) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if text.starts_with(opens) {
            return text.find(closes).map_or(text.len(), |at| at + closes.len());
        }
    }
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (_, Some(open)) if c == open => quote = None,
            ('>', None) => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_without_content_are_closed() {
        assert_eq!(
            closed("<?xml?><title /><a id=\"a/>b\"/>x<br/><!-- <i/> --><p>y</p> < 3<i/>"),
            "<?xml?><title></title><a id=\"a/>b\"></a>x<br/><!-- <i/> --><p>y</p> < 3<i/>"
        );
        assert_eq!(closed("<p>x"), "<p>x");
    }
}
