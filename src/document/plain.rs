//! Plain text to lines: ends of lines and pages, indentation, bullets, marks.
//!
//! Takes a decoded text, gives [`Line`]s; what repeats at the ends of pages goes (`running`),
//! breaks made for a line's length alone are known (`wrap`, `hyphen`).

use super::{Content, Line, emphasis, hyphen, mark, running, wrap};
use crate::span::Span;

/// A line as it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raw {
    /// Its text without white space at either end; empty for a blank line.
    pub(super) span: Span,
    /// White space before it, in columns.
    pub(super) indent: usize,
    /// Whether it is the first on its page, not counting the first page.
    pub(super) page: bool,
}

/// A tabulator's stop, in columns.
const TAB: usize = 8;

/// A plain text as a document.
pub(super) fn read(text: String) -> Content {
    let (dropped, marks) = emphasis::find(&text);
    let lines = lines(&text, &dropped);
    let marks = (!marks.is_empty()).then_some(marks);
    Content { text, lines, marks, diagnostics: Vec::new() }
}

/// The lines of a plain text, without the stretches `without`, which are in order and apart.
pub(super) fn lines(text: &str, without: &[Span]) -> Vec<Line> {
    let raw = raw_lines(text);
    let dropped = running::lines(text, &raw);
    let mut lines: Vec<Line> = Vec::new();
    let (mut blank, mut page) = (0, false);
    for (line, dropped) in raw.iter().zip(dropped) {
        page |= line.page;
        if dropped || line.span.is_empty() {
            blank += usize::from(line.span.is_empty());
            page |= dropped;
            continue;
        }
        let content = line.span.of(text).unwrap_or_default();
        if !content.chars().any(char::is_alphanumeric) && is_rule(content) {
            // A rule of stars or dashes parts more than a blank line does.
            blank += 2;
            continue;
        }
        let bullet = bullet(content);
        let span = Span::new(line.span.start + bullet.unwrap_or(0), line.span.end);
        let stretches = outside(mark::stretches(text, span), without);
        let blank_ones =
            stretches.iter().all(|span| span.of(text).is_none_or(|s| s.trim().is_empty()));
        if blank_ones {
            blank += 1;
            continue;
        }
        lines.push(Line {
            stretches,
            bullet: bullet.is_some(),
            indent: line.indent,
            blank,
            page,
            ..Line::default()
        });
        (blank, page) = (0, false);
    }
    wrap::join(text, &mut lines);
    hyphen::join(text, &mut lines);
    lines
}

/// What of `stretches` lies outside `without`.
fn outside(stretches: Vec<Span>, without: &[Span]) -> Vec<Span> {
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else { return stretches };
    let from = without.partition_point(|span| span.end <= first.start);
    let to = without.partition_point(|span| span.start < last.end);
    let Some(mut without) = without.get(from..to).filter(|without| !without.is_empty()) else {
        return stretches;
    };
    let mut left = Vec::new();
    for stretch in stretches {
        let mut start = stretch.start;
        while let Some((span, rest)) = without.split_first().filter(|(s, _)| s.start < stretch.end)
        {
            if start < span.start {
                left.push(Span::new(start, span.start));
            }
            start = span.end.max(start);
            if span.end > stretch.end {
                break;
            }
            without = rest;
        }
        if start < stretch.end {
            left.push(Span::new(start, stretch.end));
        }
    }
    left
}

fn raw_lines(text: &str) -> Vec<Raw> {
    let mut lines = Vec::new();
    let (mut start, mut page) = (0, false);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends =
            matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        if !ends {
            continue;
        }
        lines.push(raw_line(text, start, at, page));
        page = c == '\u{c}';
        if c == '\r' && chars.peek().is_some_and(|&(_, next)| next == '\n') {
            chars.next();
            start = at + 2;
        } else {
            start = at + c.len_utf8();
        }
    }
    lines.push(raw_line(text, start, text.len(), page));
    lines
}

fn raw_line(text: &str, start: usize, end: usize, page: bool) -> Raw {
    let whole = text.get(start..end).unwrap_or_default();
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let content = whole.trim_start_matches(blank);
    let lead = &whole[..whole.len() - content.len()];
    let indent = lead.chars().fold(0, |column, c| match c {
        '\t' => (column / TAB + 1) * TAB,
        c if c.is_control() => column,
        _ => column + 1,
    });
    let content = content.trim_end_matches(blank);
    let start = start + lead.len();
    Raw { span: Span::new(start, start + content.len()), indent, page }
}

/// The length of the bullet and the white space behind it that a line opens with.
pub(super) fn bullet(content: &str) -> Option<usize> {
    let mut chars = content.chars();
    let first = chars.next()?;
    // U+F0B7 is what Word's Symbol font leaves behind. An em dash is no bullet: it stands for
    // the author above in many lists.
    if !matches!(
        first,
        '•' | '·'
            | '‣'
            | '⁃'
            | '●'
            | '○'
            | '◦'
            | '■'
            | '□'
            | '▪'
            | '▫'
            | '►'
            | '➢'
            | '❖'
            | '✓'
            | '\u{f0b7}'
            | '\u{f0a7}'
            | '\u{f0d8}'
            | '*'
            | '-'
            | '–'
    ) {
        return None;
    }
    let rest = chars.as_str();
    let content_at = content.len() - rest.trim_start().len();
    (content_at > first.len_utf8() && content_at < content.len()).then_some(content_at)
}

/// Whether a line without letters is a rule rather than text: `*****`, `* * *`, `_____`.
pub(super) fn is_rule(content: &str) -> bool {
    let mut marks = content.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next() else { return true };
    marks.next().is_some() && marks.all(|c| c == first) || first == '⁂'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Join;

    fn texts(text: &str) -> Vec<&str> {
        lines(text, &[])
            .iter()
            .map(|line| Span::new(line.start(), line.end()).of(text).unwrap())
            .collect()
    }

    #[test]
    fn every_end_of_line_counts() {
        assert_eq!(texts("a\r\nb\rc\u{2028}d\u{b}e"), ["a", "b", "c", "d", "e"]);
        assert_eq!(texts(""), [""; 0]);
    }

    #[test]
    fn bullets_and_rules_are_no_text() {
        let text = "•\u{a0}One\n  - Two\n*****\n— Three\n-40 degrees";
        assert_eq!(texts(text), ["One", "Two", "— Three", "-40 degrees"]);
        let lines = lines(text, &[]);
        assert!(lines[0].bullet && lines[1].bullet && !lines[2].bullet);
        assert_eq!((lines[1].indent, lines[2].blank), (2, 2));
    }

    #[test]
    fn a_page_number_and_its_head_go() {
        let text = "Ports\n\nOne line here\n\n12\nPorts\n\u{c}\nAnother line here\n\n13\nPorts\n\u{c}\nEnd";
        assert_eq!(texts(text), ["Ports", "One line here", "Another line here", "End"]);
        assert!(lines(text, &[])[2].page);
    }

    #[test]
    fn hard_and_soft_breaks_differ() {
        let text = "The harbour was closed for the whole of\nthe winter, and when it opened again nobody\ncame. So it went for many years until some\nships returned.\nNext.";
        let joins: Vec<Join> = lines(text, &[]).iter().map(|line| line.join).collect();
        assert_eq!(joins, [Join::Apart, Join::Space, Join::Space, Join::Space, Join::Apart]);
    }
}
