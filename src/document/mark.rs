//! Marks that a converter leaves in a line: `[footnoteRef:1]`, `[bookmark: _Go]`.
//!
//! They are the carrier's, not the author's words. Called by `plain` on each line.

use crate::span::Span;

/// The names that converters give to such marks, in lower case.
const MARKS: [&str; 6] =
    ["footnoteref:", "endnoteref:", "bookmark:", "commentref:", "footnote:ref", "annotationref:"];

/// The longest mark, in bytes; a bracket left open for longer is no mark.
const LONGEST: usize = 120;

/// The stretches of `text` in `span` that lie between marks; none of them empty.
pub(super) fn stretches(text: &str, span: Span) -> Vec<Span> {
    let mut found = Vec::with_capacity(1);
    let mut start = span.start;
    let mut at = span.start;
    while let Some(open) = span_of(text, at, span.end).find('[').map(|open| at + open) {
        at = open + 1;
        if let Some(end) = mark_end(span_of(text, open, span.end)).map(|length| open + length) {
            if start < open {
                found.push(Span::new(start, open));
            }
            start = end;
            at = end;
        }
    }
    if start < span.end {
        found.push(Span::new(start, span.end));
    }
    found
}

fn span_of(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// The length of the mark that `text` opens with.
fn mark_end(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?;
    let is_mark = MARKS
        .iter()
        .any(|mark| inside.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)));
    if !is_mark {
        return None;
    }
    let close = inside.bytes().take(LONGEST).position(|byte| byte == b']')?;
    Some(close + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_split_a_line() {
        let text = "a[footnoteRef:1]b [bookmark: x]";
        assert_eq!(stretches(text, Span::new(0, text.len())), [Span::new(0, 1), Span::new(16, 18)]);
    }

    #[test]
    fn an_open_mark_is_text() {
        let text = "[bookmark: never closed";
        assert_eq!(stretches(text, Span::new(0, text.len())), [Span::new(0, text.len())]);
    }
}
