//! A text that diagnostics point into: its name, its lines and columns.
//!
//! [`render`](crate::render) asks it for places. The index is made at the first question, once:
//! ten thousand doubts in a file of one line of ten megabytes must not count its characters ten
//! thousand times.

use citelift::{Position, Record, Span};
use std::cell::OnceCell;

/// A text and what it is called.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    name: &'a str,
    text: &'a str,
    /// The byte of the bigger text that this one begins at.
    offset: usize,
    /// Line and column there.
    first: Position,
    kind: Kind,
    index: OnceCell<Index>,
}

/// What a text is of what its name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// All of it.
    Whole,
    /// One line, a carriage return within it or not.
    Line,
    /// A record, whose diagnostics count the bytes of the whole.
    Record,
}

/// How far apart the characters are counted ahead, in bytes.
const STRIDE: usize = 4096;

#[derive(Debug)]
struct Index {
    /// Where every line begins.
    lines: Vec<usize>,
    /// How many characters begin before byte `n * STRIDE`.
    chars: Vec<usize>,
}

impl<'a> Source<'a> {
    /// A whole document.
    pub(crate) fn document(name: &'a str, text: &'a str) -> Self {
        Self::new(name, text, 0, Position { line: 1, column: 1 }, Kind::Whole)
    }

    /// A text that begins at line `line` of what `name` names.
    pub(crate) fn line(name: &'a str, line: usize, text: &'a str) -> Self {
        Self::new(name, text, 0, Position { line, column: 1 }, Kind::Line)
    }

    /// A record of a file. Its text is there only where the reader had something to say.
    pub(crate) fn record(name: &'a str, record: &'a Record) -> Self {
        Self::new(name, &record.source, record.span.start, record.position, Kind::Record)
    }

    fn new(name: &'a str, text: &'a str, offset: usize, first: Position, kind: Kind) -> Self {
        Self { name, text, offset, first, kind, index: OnceCell::new() }
    }

    /// What the text is called: a file's path, or `<stdin>`.
    pub(crate) fn name(&self) -> &'a str {
        self.name
    }

    /// The text.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// Where the text begins, if that says more than its name does: a loss without a span is of
    /// this record.
    pub(crate) fn beginning(&self) -> Option<Position> {
        (self.kind == Kind::Record).then_some(self.first)
    }

    /// Whether the text's first line begins before the text does.
    pub(crate) fn begins_within_line(&self) -> bool {
        self.first.column > 1
    }

    /// Where a diagnostic's span lies in this text; `None` where it lies in the bigger text
    /// before it or behind it.
    pub(crate) fn local(&self, span: Span) -> Option<Span> {
        if self.kind != Kind::Record {
            return Some(self.clamp(span));
        }
        let start = span.start.checked_sub(self.offset)?;
        let end = span.end.checked_sub(self.offset)?;
        (start <= self.text.len() && !self.text.is_empty())
            .then(|| self.clamp(Span::new(start, end)))
    }

    /// A span in this text as the diagnostics count.
    pub(crate) fn global(&self, span: Span) -> Span {
        Span::new(span.start + self.offset, span.end + self.offset)
    }

    /// The span, drawn in to where the text and its characters have their ends.
    fn clamp(&self, span: Span) -> Span {
        let floor = |at: usize| {
            let mut at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        Span::new(floor(span.start), floor(span.end))
    }

    /// Line and column of a byte, which is a character's first.
    pub(crate) fn position(&self, at: usize) -> Position {
        let line = self.line_of(at);
        let before = if line == 0 { self.first.column } else { 1 };
        let column = self.chars_before(at) - self.chars_before(self.start_of(line)) + before;
        Position { line: self.first.line + line, column }
    }

    /// The number of the line, from 0 in this text, that a byte lies in.
    pub(crate) fn line_of(&self, at: usize) -> usize {
        self.index().lines.partition_point(|&start| start <= at).saturating_sub(1)
    }

    /// Where line `line` (from 0 in this text) stands, without its line feed (or its CR, where that
    /// alone ends it).
    pub(crate) fn span_of_line(&self, line: usize) -> Span {
        let start = self.start_of(line);
        let end = self.index().lines.get(line + 1).map_or(self.text.len(), |next| next - 1);
        Span::new(start, end)
    }

    fn start_of(&self, line: usize) -> usize {
        self.index().lines.get(line).copied().unwrap_or(self.text.len())
    }

    fn chars_before(&self, at: usize) -> usize {
        let mark = at / STRIDE;
        let counted = self.index().chars.get(mark).copied().unwrap_or_default();
        counted + begun(&self.text.as_bytes()[mark * STRIDE..at])
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let bytes = self.text.as_bytes();
            // Old files end their lines in CR alone; of CR LF the LF counts.
            let ends_line = |at: &usize| match bytes[*at] {
                b'\n' => self.kind != Kind::Line,
                b'\r' => self.kind != Kind::Line && bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            let mut chars = vec![0];
            let mut sum = 0;
            for chunk in bytes.chunks(STRIDE) {
                sum += begun(chunk);
                chars.push(sum);
            }
            let ends = (0..bytes.len()).filter(ends_line);
            Index { lines: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(), chars }
        })
    }
}

/// How many characters begin among these bytes of UTF-8.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_cut_at_their_ends() {
        let source = Source::document("x", "one\ntwö\rx\r\ny");
        assert_eq!(source.span_of_line(1).of(source.text()), Some("twö"));
        assert_eq!(source.position(8), Position { line: 2, column: 4 });
        assert_eq!(source.position(9), Position { line: 3, column: 1 });
        assert_eq!(source.position(12), Position { line: 4, column: 1 });
        let line = Source::line("x", 7, "one\rtwo");
        assert_eq!(line.position(5), Position { line: 7, column: 6 });
    }

    #[test]
    fn a_part_counts_as_the_whole_does() {
        let source =
            Source::new("x", "{ö,\n é}", 10, Position { line: 3, column: 5 }, Kind::Record);
        let local = source.local(Span::new(11, 13)).unwrap();
        assert_eq!((local, source.global(local)), (Span::new(1, 3), Span::new(11, 13)));
        assert_eq!(source.position(local.start), Position { line: 3, column: 6 });
        assert_eq!(source.position(6), Position { line: 4, column: 2 });
        assert_eq!(source.local(Span::new(2, 4)), None);
        assert_eq!(source.local(Span::new(200, 204)), None);
        assert_eq!(
            Source::new("x", "", 10, source.first, Kind::Record).local(Span::new(10, 10)),
            None
        );
        assert_eq!(source.beginning(), Some(Position { line: 3, column: 5 }));
    }

    proptest! {
        /// The index says what a walk over the whole text says.
        #[test]
        fn positions_agree_with_the_librarys(text in "[a-zé\n\r\u{1f600}]{0,60}", times in 1_usize..400) {
            let text = text.repeat(times);
            let source = Source::document("x", &text);
            for at in (0..=text.len()).step_by(text.len() / 7 + 1) {
                let at = source.clamp(Span::new(at, at)).start;
                prop_assert_eq!(source.position(at), Position::of(&text, at));
            }
        }
    }
}
