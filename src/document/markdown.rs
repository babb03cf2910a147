//! Markdown: the text stays as it is typed, and its marks leave the lines.
//!
//! Lines are those of plain text, since hand-typed lists put one entry a line where CommonMark
//! would make one paragraph of them. What CommonMark 0.31 (with tables and footnotes) says is
//! markup is dropped: marks of emphasis, the targets of links, tags, escapes; and headings, items
//! and notes are known.

use super::block::is_block;
use super::hyphen::is_spaced;
use super::{Content, Line, Role, plain};
use crate::span::Span;
use crate::text::{Mark, Style};
use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads a Markdown text; never fails.
pub(super) fn read(text: String) -> Content {
    let mut found = Found::default();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_SUPERSCRIPT
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        found.event(&text, event, range);
    }
    fences(&text, &mut found.dropped);
    let dropped = united(found.dropped);
    let lines = plain::lines(&text, &dropped);
    found.breaks.sort_unstable();
    let mut lines = parted(&text, lines, &found.breaks);
    for (at, role, number) in found.roles {
        let line = lines.partition_point(|line| line.end() <= at);
        if let Some(line) = lines.get_mut(line) {
            line.role = role;
            line.number = number;
        }
    }
    notes_go_on(&mut lines);
    let mut marks: Vec<Mark> = found.marks;
    marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
    Content { text, lines, marks: Some(marks), diagnostics: Vec::new() }
}

/// What was found in a text.
#[derive(Default)]
struct Found {
    dropped: Vec<Span>,
    /// Where tags of HTML part what stands in one line.
    breaks: Vec<usize>,
    marks: Vec<Mark>,
    /// What begins at a byte.
    roles: Vec<(usize, Role, Option<u32>)>,
    /// How far the text of this block has been gone through; `None` before its first text.
    at: Option<usize>,
    /// The targets of the links that are open, and where their text begins.
    links: Vec<Option<(usize, String)>>,
    /// Where what is italic, bold or raised begins, those around included.
    open: Vec<usize>,
    /// Inside of what is no text: the file's metadata.
    hidden: bool,
    note: Option<usize>,
    /// Inside of a comment of HTML, which comes line for line.
    in_comment: bool,
}

impl Found {
    fn event(&mut self, text: &str, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.begin(text, tag, range),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(_) if self.hidden => self.drop(range),
            Event::Text(_) | Event::SoftBreak | Event::HardBreak => self.leaf(&range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.leaf(&range);
                let source = text.get(range.clone()).unwrap_or_default();
                let ticks = source.len() - source.trim_start_matches(['`', '$']).len();
                self.drop(range.start..range.start + ticks);
                self.drop(range.end.saturating_sub(ticks).max(range.start)..range.end);
            }
            Event::FootnoteReference(_) => {
                self.leaf(&range);
                // What the number of a note parts is no one word without it.
                let before = text.get(..range.start).and_then(|text| text.chars().next_back());
                let behind = text.get(range.end..).and_then(|text| text.chars().next());
                if before.is_some_and(is_spaced) && behind.is_some_and(is_spaced) {
                    self.breaks.push(range.start);
                }
                self.drop(range);
            }
            Event::InlineHtml(tag) => {
                self.leaf(&range);
                self.tag(&tag, &range);
                if parts(&tag) {
                    self.breaks.push(range.start);
                }
                self.drop(range);
            }
            Event::Html(block) => {
                self.at = None;
                let first = self.dropped.len();
                self.in_comment = tags(&block, range.start, self.in_comment, &mut self.dropped);
                for span in self.dropped.iter().skip(first) {
                    if parts(span.of(text).unwrap_or_default()) {
                        self.breaks.push(span.start);
                    }
                }
            }
            Event::Rule | Event::TaskListMarker(_) => self.at = None,
        }
    }

    fn begin(&mut self, text: &str, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Superscript => {
                self.leaf(&(range.start..range.start));
                self.open.push(range.start);
            }
            Tag::Link { dest_url, link_type, .. } => {
                self.leaf(&(range.start..range.start));
                let target = (link_type != LinkType::Email).then(|| dest_url.into_string());
                self.links.push(target.map(|target| (range.start, target)));
            }
            Tag::Image { .. } | Tag::Strikethrough | Tag::Subscript => {
                self.leaf(&(range.start..range.start));
            }
            Tag::Heading { level, .. } => {
                self.at = Some(range.start);
                self.roles.push((range.start, Role::Heading(number_of(level)), None));
            }
            Tag::FootnoteDefinition(name) => {
                self.at = None;
                let label = text.get(range.clone()).and_then(|text| text.find("]:")).unwrap_or(0);
                self.drop(range.start..range.start + label + 2);
                self.roles.push((range.start + label + 2, Role::Note, name.parse().ok()));
                self.note = Some(range.end);
            }
            Tag::Item => {
                self.at = None;
                self.roles.push((range.start, Role::Item, None));
            }
            Tag::MetadataBlock(_) => {
                self.hidden = true;
                self.drop(range);
            }
            _ => self.at = None,
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Superscript => {
                let style = match tag {
                    TagEnd::Emphasis => Style::Italic,
                    TagEnd::Strong => Style::Bold,
                    _ => Style::Raised,
                };
                if let Some(start) = self.open.pop() {
                    self.mark(start..range.end, style);
                }
                self.leaf(&(range.end..range.end));
            }
            TagEnd::Link => {
                if let Some(Some((start, target))) = self.links.pop() {
                    self.mark(start..range.end, Style::Link(target.into()));
                }
                self.leaf(&(range.end..range.end));
            }
            TagEnd::Image | TagEnd::Strikethrough | TagEnd::Subscript => {
                self.leaf(&(range.end..range.end));
            }
            TagEnd::Heading(_) => {
                self.leaf(&(range.end..range.end));
                self.at = None;
            }
            TagEnd::MetadataBlock(_) => self.hidden = false,
            TagEnd::FootnoteDefinition => self.note = None,
            _ => self.at = None,
        }
    }

    /// Text, or a mark's end: what lies between it and the text before is markup.
    fn leaf(&mut self, range: &Range<usize>) {
        if let Some(at) = self.at.filter(|&at| at < range.start) {
            self.drop(at..range.start);
        }
        self.at = Some(self.at.unwrap_or(range.start).max(range.end));
    }

    fn drop(&mut self, range: Range<usize>) {
        if range.start < range.end {
            self.dropped.push(range.into());
        }
    }

    fn mark(&mut self, range: Range<usize>, style: Style) {
        self.marks.push(Mark { span: range.into(), style });
    }

    /// A tag of HTML that Markdown leaves in.
    fn tag(&mut self, tag: &str, range: &Range<usize>) {
        let style = match name_of(tag) {
            "i" | "em" | "cite" => Style::Italic,
            "b" | "strong" => Style::Bold,
            "sup" => Style::Raised,
            _ => return,
        };
        if !tag.starts_with("</") {
            self.open.push(range.start);
        } else if let Some(start) = self.open.pop() {
            self.mark(start..range.end, style);
        }
    }
}

/// The name of a tag of HTML.
fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()]
}

/// Whether a tag parts the text before it from that behind: of a table written in one line, the
/// words of two cells would else be one.
fn parts(tag: &str) -> bool {
    let name = name_of(tag);
    is_block(name) || ["br", "pre", "td", "th"].iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// The lines, cut where something parts their text.
fn parted(text: &str, lines: Vec<Line>, breaks: &[usize]) -> Vec<Line> {
    if breaks.is_empty() {
        return lines;
    }
    let mut parted: Vec<Line> = Vec::with_capacity(lines.len());
    let mut breaks = breaks.iter().peekable();
    for mut line in lines {
        let mut whole = std::mem::take(&mut line.stretches).into_iter().peekable();
        while let Some(stretch) = whole.next() {
            while breaks.next_if(|&&at| at <= stretch.start).is_some() {}
            line.stretches.push(stretch);
            let next = whole.peek().map(|next| next.start);
            if next.is_some_and(|next| breaks.peek().is_some_and(|&&at| at <= next)) {
                let rest = Line { indent: line.indent, ..Line::default() };
                parted.push(std::mem::replace(&mut line, rest));
            }
        }
        parted.push(line);
    }
    let is_blank = |span: &Span| span.of(text).is_none_or(|text| text.trim().is_empty());
    parted.retain(|line| !line.stretches.iter().all(is_blank));
    parted
}

fn number_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The tags and comments of a piece of HTML, which begins at `start`, in a comment or not; whether
/// it ends in one.
fn tags(block: &str, start: usize, in_comment: bool, dropped: &mut Vec<Span>) -> bool {
    let (mut at, mut in_comment) = (0, in_comment);
    while let Some(rest) = block.get(at..) {
        let open = if in_comment { Some(0) } else { rest.find('<') };
        let Some(open) = open.map(|open| at + open) else { return false };
        let inside = block.get(open..).unwrap_or_default();
        in_comment |= inside.starts_with("<!--");
        let (close, length) = if in_comment { ("-->", 3) } else { (">", 1) };
        let Some(end) = inside.find(close) else {
            dropped.push(Span::new(start + open, start + block.len()));
            return in_comment;
        };
        dropped.push(Span::new(start + open, start + open + end + length));
        (at, in_comment) = (open + end + length, false);
    }
    false
}

/// The lines of fenced divisions, which some programs write: `::: {#refs .references}`.
fn fences(text: &str, dropped: &mut Vec<Span>) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if bare.starts_with(":::") && (bare.ends_with([':', '}']) || !bare.contains(". ")) {
            dropped.push(Span::new(at, at + line.trim_end().len()));
        }
        at += line.len();
    }
}

/// Spans in order, those that touch made one.
fn united(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut united: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match united.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => united.push(span),
        }
    }
    united
}

/// The lines that go on from a note's first are the note's.
fn notes_go_on(lines: &mut [Line]) {
    let mut note = false;
    for line in lines {
        note = match line.role {
            Role::Note => true,
            Role::Unknown => note && (line.blank == 0 || line.indent >= 4),
            _ => false,
        };
        if note {
            line.role = Role::Note;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn read(text: &str) -> (Vec<String>, Document) {
        let document = Document::from_slice(text.as_bytes(), Some("a.md")).unwrap();
        let whole = Span::new(0, text.len());
        let lines = (0..document.lines().len())
            .map(|at| document.joined(at..at + 1, whole).into_text())
            .collect();
        (lines, document)
    }

    #[test]
    fn marks_leave_the_lines_and_are_known() {
        let text = "## Ports {#ports}\n\nRoe, J. \\& Poe. *Harbour **watch***. [Brill](https://brill.example), `x`.\n\
                    <https://example.org/a_b>\n\n1. Poe\n2. _Doe_\n\nPorts[^1]in.[^1]\n\n[^1]: Roe\n";
        let (lines, document) = read(text);
        assert_eq!(
            lines,
            [
                "Ports {#ports}",
                "Roe, J. & Poe. Harbour watch. Brill, x.",
                "https://example.org/a_b",
                "1. Poe",
                "2. Doe",
                "Ports",
                "in.",
                "Roe",
            ]
        );
        let joined = document.joined(1..2, Span::new(0, text.len()));
        let marks: Vec<_> = joined.marks().unwrap().iter().collect();
        let of = |mark: &Mark| mark.span.of(joined.text()).unwrap().to_owned();
        assert!(
            marks.iter().any(|mark| mark.style == Style::Italic && of(mark) == "Harbour watch")
        );
        let link = Style::Link("https://brill.example".into());
        assert!(marks.iter().any(|mark| mark.style == link && of(mark) == "Brill"));
        assert_eq!(document.lines()[0].role, Role::Heading(2));
        assert_eq!(document.lines()[3].role, Role::Item);
    }

    #[test]
    fn tags_part_what_stands_in_one_line() {
        let text =
            "Roe<br>Poe <i>and</i> Doe\n\n<table><tr><td>Quay</td><td>2010</td></tr></table>\n";
        let (lines, _) = read(text);
        assert_eq!(lines, ["Roe", "Poe and Doe", "Quay", "2010"]);
    }

    #[test]
    fn notes_metadata_and_fences() {
        let text = "---\ntitle: Ports\n---\nHarbours[^1] close.\n\n::: {#refs .references}\nRoe\n:::\n\n[^1]: See Roe (2010),\n    and Poe.\n\nOn.\n";
        let (lines, document) = read(text);
        assert_eq!(lines, ["Harbours close.", "Roe", "See Roe (2010),", "and Poe.", "On."]);
        let roles: Vec<Role> = document.lines().iter().map(|line| line.role).collect();
        assert_eq!(roles[2..], [Role::Note, Role::Note, Role::Unknown]);
        assert_eq!(document.lines()[2].number, Some(1));
    }
}
