//! Addresses in a text: byte spans, and the line and column a span begins at.

use memchr::{memchr, memchr_iter, memrchr};
use serde::{Deserialize, Serialize};

/// A stretch of a decoded text, in bytes: `start` inclusive, `end` exclusive.
///
/// Both ends lie on character boundaries of the text that the span was made for.
///
/// ```
/// let span = citelift::Span::new(4, 8);
/// assert_eq!(span.of("Roe 2010."), Some("2010"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`; where `end` lies before `start` the span is empty at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text at this span; `None` where the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Line and column of a place in a text, both counted from 1, columns in characters.
///
/// ```
/// use citelift::Position;
/// assert_eq!(Position::of("one\ntwo", 5), Position { line: 2, column: 2 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Position {
    /// The position of byte `offset` in `text`; an offset past the end means the end.
    #[must_use]
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        // Old files end their lines in CR alone; of CR LF the LF counts.
        let bytes = before.as_bytes();
        let ends_line = |at: usize, byte: u8| {
            byte == b'\n' || (byte == b'\r' && text.as_bytes().get(at + 1) != Some(&b'\n'))
        };
        let ends = || bytes.iter().enumerate().filter(|&(at, &byte)| ends_line(at, byte));
        let line_start = ends().next_back().map_or(0, |(at, _)| at + 1);
        Self { line: ends().count() + 1, column: before[line_start..].chars().count() + 1 }
    }
}

/// The position in a text that is walked over piece for piece; called by the readers of streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Walk {
    position: Position,
    /// Whether a CR stands just before, whose LF may come yet.
    after_return: bool,
}

impl Walk {
    /// Before the text.
    pub(crate) fn new() -> Self {
        Self { position: Position { line: 1, column: 1 }, after_return: false }
    }

    /// Goes over the next piece.
    pub(crate) fn over(&mut self, piece: &str) {
        let Position { line, column } = &mut self.position;
        // Nearly all pieces: lines are counted without a look at what stands before.
        if !self.after_return && memchr(b'\r', piece.as_bytes()).is_none() {
            let last = memrchr(b'\n', piece.as_bytes()).map(|at| &piece[at + 1..]);
            if last.is_some() {
                *line += memchr_iter(b'\n', piece.as_bytes()).count();
            }
            *column = if last.is_some() { 1 } else { *column };
            *column += last.unwrap_or(piece).chars().count();
            return;
        }
        for &byte in piece.as_bytes() {
            let ends_line = byte == b'\r' || byte == b'\n' && !self.after_return;
            if ends_line {
                *line += 1;
                *column = 1;
            } else if byte != b'\n' && byte & 0xc0 != 0x80 {
                *column += 1;
            }
            self.after_return = byte == b'\r';
        }
    }

    /// Where the walk has come to; between a CR and its LF, the line behind them.
    pub(crate) fn position(&self) -> Position {
        self.position
    }
}
