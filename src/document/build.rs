//! Paragraphs with marks to the text and lines of a document.
//!
//! What every reader of a document with structure fills, in the order of reading: it opens a
//! paragraph, gives its text, opens and closes marks. White space folds as a browser folds it. In
//! the text that comes of it, a person can read: paragraphs stand apart by blank lines, items have
//! bullets or numbers, which belong to no line's text.

use super::hyphen::is_spaced;
use super::{Content, Join, Line, Role, plain};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text::{Mark, Style};
use std::mem;

/// A paragraph that is to come.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Block {
    pub(super) role: Role,
    /// The number that an item or a note is counted by.
    pub(super) number: Option<u32>,
    /// How far it is indented, in columns.
    pub(super) indent: usize,
    /// Whether it stands close to the one before, as the items of a list do.
    pub(super) tight: bool,
}

impl Block {
    /// A paragraph of running text.
    pub(super) fn paragraph() -> Self {
        Self { role: Role::Paragraph, ..Self::default() }
    }

    /// An item of a list, counted or not.
    pub(super) fn item(number: Option<u32>, indent: usize) -> Self {
        Self { role: Role::Item, number, indent, tight: true }
    }

    /// A heading of a level, from 1.
    pub(super) fn heading(level: u8) -> Self {
        Self { role: Role::Heading(level), ..Self::default() }
    }

    /// A note, with its number where it has one.
    pub(super) fn note(number: Option<u32>) -> Self {
        Self { role: Role::Note, number, indent: 0, tight: true }
    }
}

/// How many marks of a kind may be open in one another; deeper ones are nobody's.
const DEEPEST: usize = 64;

/// A document that is being read.
#[derive(Debug)]
pub(super) struct Builder {
    content: Content,
    marks: Vec<Mark>,
    /// Marks that are open, and where their text of this line begins.
    open: Vec<(Style, usize)>,
    /// The paragraph that the next text begins.
    next: Option<Block>,
    /// The line that is being written; its stretches are closed as it goes.
    line: Option<Line>,
    /// Where the stretch being written begins.
    stretch: usize,
    /// White space that comes before the next text, if any does.
    space: bool,
    /// Whether a text that belongs to no line stands behind a letter or figure, before the next
    /// text.
    aside: bool,
    page: bool,
    /// How many breaks of line came since the last text.
    breaks: usize,
}

impl Builder {
    /// A document without text.
    pub(super) fn new() -> Self {
        Self {
            content: Content::default(),
            marks: Vec::new(),
            open: Vec::new(),
            next: Some(Block::paragraph()),
            line: None,
            stretch: 0,
            space: false,
            aside: false,
            page: false,
            breaks: 0,
        }
    }

    /// Ends the paragraph; the next text begins a new one. An item or a heading that has no text
    /// yet is not undone by a mere paragraph inside it.
    pub(super) fn paragraph(&mut self, block: Block) {
        self.end_line();
        self.breaks = 0;
        let keeps = |next: &Block| match next.role {
            Role::Item | Role::Heading(_) => block.role == Role::Paragraph,
            Role::Note => {
                block.number.is_none() && matches!(block.role, Role::Paragraph | Role::Note)
            }
            _ => false,
        };
        if !self.next.as_ref().is_some_and(keeps) {
            self.next = Some(block);
        }
    }

    /// Ends the paragraph, whatever the next may be.
    pub(super) fn end(&mut self) {
        self.end_line();
        self.breaks = 0;
        self.next = Some(Block::paragraph());
    }

    /// Adds text to the paragraph; runs of white space are one space.
    pub(super) fn text(&mut self, text: &str) {
        for word in text.split_inclusive(is_space) {
            let bare = word.trim_end_matches(is_space);
            if !bare.is_empty() {
                self.word(bare);
            }
            self.space |= bare.len() < word.len();
        }
    }

    fn word(&mut self, word: &str) {
        self.begin_line();
        let mut begin = self.content.text.len();
        // What the number of a note parts is no one word without it.
        let first = word.trim_start_matches(char::is_control);
        self.space |= mem::take(&mut self.aside) && first.starts_with(is_spaced);
        if mem::take(&mut self.space) && self.content.text.ends_with(|c: char| c != '\n') {
            self.content.text.push(' ');
        }
        let at = self.content.text.len();
        if self.line.as_ref().is_none_or(|line| line.stretches.is_empty()) {
            begin = at;
        }
        for (_, start) in &mut self.open {
            if *start == usize::MAX {
                *start = at;
            }
        }
        if self.stretch == usize::MAX {
            self.stretch = begin;
        }
        self.content.text.push_str(word);
    }

    /// Shows a text that belongs to no line: the number of a note.
    pub(super) fn aside(&mut self, text: &str) {
        if self.line.is_none() {
            return;
        }
        self.end_stretch();
        let before = self.content.text.trim_end_matches(char::is_control);
        self.aside |= before.ends_with(is_spaced);
        self.content.text.push_str(text);
    }

    /// Breaks the line inside its paragraph.
    pub(super) fn break_line(&mut self) {
        self.breaks += usize::from(self.line.is_some() || self.breaks > 0);
        self.end_line();
    }

    /// A page ends here.
    pub(super) fn page(&mut self) {
        self.page = true;
    }

    /// Whether the paragraph has text.
    pub(super) fn has_text(&self) -> bool {
        self.line.is_some()
    }

    /// The text of the line so far.
    pub(super) fn line_text(&self) -> &str {
        let start = self.line.as_ref().map(|line| {
            let first = line.stretches.first().map(|span| span.start);
            first.unwrap_or(self.stretch)
        });
        start.and_then(|start| self.content.text.get(start..)).unwrap_or_default()
    }

    /// A mark opens.
    pub(super) fn start(&mut self, style: Style) {
        if self.open.len() < DEEPEST {
            self.open.push((style, usize::MAX));
        }
    }

    /// The mark that was opened last of those that `is_meant` accepts is closed.
    pub(super) fn stop(&mut self, is_meant: impl Fn(&Style) -> bool) {
        if let Some(at) = self.open.iter().rposition(|(style, _)| is_meant(style)) {
            let (style, start) = self.open.remove(at);
            self.add_mark(style, start);
        }
    }

    fn add_mark(&mut self, style: Style, start: usize) {
        let Some(marked) = self.content.text.get(start..) else { return };
        let end = start + marked.trim_end().len();
        if start < end {
            self.marks.push(Mark { span: Span::new(start, end), style });
        }
    }

    /// Adds a text whose lines stand as they were typed.
    #[cfg_attr(
        not(any(feature = "html", feature = "latex")),
        expect(dead_code, reason = "others have no such")
    )]
    pub(super) fn typed(&mut self, text: &str) {
        self.end();
        self.part(1);
        let at = self.content.text.len();
        let text = text.trim_end();
        self.content.text.push_str(text);
        let mut lines = plain::lines(text, &[]);
        if let Some(first) = lines.first_mut() {
            first.blank = first.blank.max(1);
        }
        for line in &mut lines {
            for span in &mut line.stretches {
                *span = Span::new(span.start + at, span.end + at);
            }
        }
        self.content.lines.append(&mut lines);
    }

    /// Adds what was doubted.
    pub(super) fn doubt(&mut self, diagnostic: Diagnostic) {
        self.content.diagnostics.push(diagnostic);
    }

    /// The document.
    pub(super) fn finish(mut self) -> Content {
        self.end_line();
        if !self.content.text.is_empty() {
            self.content.text.push('\n');
        }
        self.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        self.content.marks = Some(self.marks);
        self.content
    }

    fn begin_line(&mut self) {
        if self.line.is_some() {
            return;
        }
        self.space = false;
        let breaks = mem::take(&mut self.breaks);
        let block = self.next.take();
        let first = self.content.lines.is_empty();
        let blank = match block {
            _ if first => 0,
            // Notes stand together, apart from the text.
            Some(Block { role: Role::Note, tight: true, .. }) => {
                usize::from(self.content.lines.last().is_some_and(|line| line.role != Role::Note))
            }
            Some(block) => usize::from(!block.tight),
            None => breaks.saturating_sub(1),
        };
        self.part(blank);
        let block = block.unwrap_or_else(|| {
            // A line broken by hand goes on with its paragraph's manner.
            let role = match self.content.lines.last().map(|line| line.role) {
                Some(role @ (Role::Note | Role::Heading(_))) => role,
                _ => Role::Paragraph,
            };
            let indent = self.content.lines.last().map_or(0, |line| line.indent);
            Block { role, indent, ..Block::default() }
        });
        let bullet = block.role == Role::Item && block.number.is_none();
        self.content.text.extend(std::iter::repeat_n(' ', block.indent.min(MOST_INDENT)));
        match block.number {
            Some(number) => self.content.text.push_str(&format!("{number}. ")),
            None if bullet => self.content.text.push_str("• "),
            None => {}
        }
        self.stretch = usize::MAX;
        self.line = Some(Line {
            bullet,
            indent: block.indent,
            blank,
            page: mem::take(&mut self.page) && !first,
            join: Join::Apart,
            role: block.role,
            number: block.number,
            ..Line::default()
        });
    }

    /// Ends of line before the next line, with `blank` blank lines between.
    fn part(&mut self, blank: usize) {
        if !self.content.text.is_empty() {
            self.content.text.extend(std::iter::repeat_n('\n', 1 + blank.min(2)));
        }
    }

    fn end_stretch(&mut self) {
        let start = mem::replace(&mut self.stretch, usize::MAX);
        let end = self.content.text.len();
        if let Some(line) = &mut self.line
            && start < end
        {
            line.stretches.push(Span::new(start, end));
        }
    }

    fn end_line(&mut self) {
        self.end_stretch();
        (self.space, self.aside) = (false, false);
        for (style, start) in mem::take(&mut self.open) {
            self.add_mark(style.clone(), start);
            self.open.push((style, usize::MAX));
        }
        let text = &self.content.text;
        let is_blank = |span: &Span| span.of(text).is_none_or(|text| text.trim().is_empty());
        // Some programs keep empty paragraphs apart with a space that does not fold.
        match self.line.take() {
            Some(line) if line.stretches.iter().all(is_blank) => self.page |= line.page,
            Some(line) => self.content.lines.push(line),
            None => {}
        }
    }
}

/// Deeper indentation says no more, and must not fill the memory.
const MOST_INDENT: usize = 40;

/// White space that folds; a no-break space stays.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_items_and_marks() {
        let mut builder = Builder::new();
        builder.text("  Harbours \n");
        builder.start(Style::Italic);
        builder.text(" of  the ");
        builder.text("North ");
        builder.stop(|style| *style == Style::Italic);
        builder.text("and");
        builder.aside("¹²");
        builder.text(" more");
        builder.aside("¹");
        builder.text(", and");
        builder.aside("²");
        builder.text("more");
        builder.paragraph(Block::item(Some(3), 2));
        builder.paragraph(Block::paragraph());
        builder.text("Roe");
        builder.break_line();
        builder.text("Poe");
        let content = builder.finish();
        let text = "Harbours of the North and¹² more¹, and² more\n  3. Roe\n  Poe\n";
        assert_eq!(content.text, text);
        let texts: Vec<Vec<&str>> = content
            .lines
            .iter()
            .map(|line| line.stretches.iter().map(|span| span.of(&content.text).unwrap()).collect())
            .collect();
        assert_eq!(
            texts,
            [
                vec!["Harbours of the North and", " more", ", and", " more"],
                vec!["Roe"],
                vec!["Poe"]
            ]
        );
        assert_eq!((content.lines[1].role, content.lines[1].number), (Role::Item, Some(3)));
        let marks = content.marks.unwrap();
        assert_eq!(marks.len(), 1);
        assert_eq!(marks[0].span.of(&content.text), Some("of the North"));
    }

    #[test]
    fn a_mark_over_two_paragraphs_is_two() {
        let mut builder = Builder::new();
        builder.start(Style::Bold);
        builder.text("One");
        builder.paragraph(Block::paragraph());
        builder.text("Two");
        let content = builder.finish();
        let marks = content.marks.unwrap();
        let texts: Vec<_> = marks.iter().map(|mark| mark.span.of(&content.text).unwrap()).collect();
        assert_eq!(texts, ["One", "Two"]);
        assert_eq!(content.lines[1].blank, 1);
    }
}
