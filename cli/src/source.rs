//! A text that diagnostics point into: its name, its lines and columns.
//!
//! [`render`](crate::render) asks it for places. The index is made at the first question, once:
//! ten thousand doubts in a file of one line of ten megabytes must not count its characters ten
//! thousand times.

use citelift::{Position, Span};
use std::cell::OnceCell;

/// A text and what it is called.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    name: &'a str,
    text: &'a str,
    first_line: usize,
    index: OnceCell<Index>,
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
        Self::line(name, 1, text)
    }

    /// A text that begins at line `first_line` of what `name` names.
    pub(crate) fn line(name: &'a str, first_line: usize, text: &'a str) -> Self {
        Self { name, text, first_line, index: OnceCell::new() }
    }

    /// What the text is called: a file's path, or `<stdin>`.
    pub(crate) fn name(&self) -> &'a str {
        self.name
    }

    /// The text.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The span, drawn in to where the text and its characters have their ends.
    pub(crate) fn clamp(&self, span: Span) -> Span {
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
        Position {
            line: self.first_line + line,
            column: self.chars_before(at) - self.chars_before(self.start_of(line)) + 1,
        }
    }

    /// The number of the line, from 0 in this text, that a byte lies in.
    pub(crate) fn line_of(&self, at: usize) -> usize {
        self.index().lines.partition_point(|&start| start <= at).saturating_sub(1)
    }

    /// Where line `line` (from 0 in this text) stands, without its line feed.
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
            let feeds = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
            let mut chars = vec![0];
            let mut sum = 0;
            for chunk in bytes.chunks(STRIDE) {
                sum += begun(chunk);
                chars.push(sum);
            }
            Index { lines: std::iter::once(0).chain(feeds.map(|(at, _)| at + 1)).collect(), chars }
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
    fn lines_are_cut_at_line_feeds() {
        let source = Source::line("x", 7, "one\ntwö\n");
        assert_eq!(source.span_of_line(1).of(source.text()), Some("twö"));
        assert_eq!(source.position(8), Position { line: 8, column: 4 });
        assert_eq!(source.position(9), Position { line: 9, column: 1 });
    }

    proptest! {
        /// The index says what a walk over the whole text says.
        #[test]
        fn positions_agree_with_the_librarys(text in "[a-zé\n\u{1f600}]{0,60}", times in 1_usize..400) {
            let text = text.repeat(times);
            let source = Source::document("x", &text);
            for at in (0..=text.len()).step_by(text.len() / 7 + 1) {
                let at = source.clamp(Span::new(at, at)).start;
                prop_assert_eq!(source.position(at), Position::of(&text, at));
            }
        }
    }
}
