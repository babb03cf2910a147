//! Splits a `.bib` text into its blocks, losing nothing.
//!
//! Takes text, gives entries, `@string`, `@preamble`, `@comment` and the text between them, all
//! borrowed and with spans that tile the text; called by the readers and by `format`. The rules
//! are those of BibTeX's own reader (bibtex.web, sections 218-278), and where it stops at a
//! fault, the fault is named and the next field or entry is found.
//!
//! Everything takes linear time: braces are paired at most once for the whole text, and where the
//! next entry begins is looked for once for each line.

mod entry;
#[cfg(test)]
pub(super) mod pieces;
mod plain;
mod scan;
#[cfg(test)]
mod tests;
mod value;

use crate::{Code, Diagnostic, Span};
use memchr::memchr;
pub(super) use plain::PlainField;
pub(super) use scan::brief;
use scan::{
    Braces, Opening, begins_line, holds_field, line_end, looked, opening, opening_below, opens_line,
};
use std::cell::OnceCell;
use std::ops::Deref;

/// How far an entry may reach across what looks like further entries. A value may quote an
/// entry, but one forgotten brace must not make a reader hold the rest of the file.
pub(super) const REACH: usize = 1 << 20;
/// How long a line may be that is read to its end before it is looked for entries, in bytes: some
/// programs write a whole library in one.
const LONG_LINE: usize = 1 << 16;

/// A part of a `.bib` file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block<'a> {
    /// `@type{key, name = value, …}`.
    Entry(Entry<'a>),
    /// `@string{name = value}`, without a key.
    String(Entry<'a>),
    /// `@preamble{value}`.
    Preamble(Pieces<'a>, Span),
    /// `@comment`, as it stands.
    Comment(&'a str, Span),
    /// What stands between the entries.
    Text(&'a str, Span),
}

impl Block<'_> {
    /// Where the block stands.
    pub(super) fn span(&self) -> Span {
        match self {
            Block::Entry(entry) | Block::String(entry) => entry.span,
            Block::Preamble(_, span) | Block::Comment(_, span) | Block::Text(_, span) => *span,
        }
    }
}

/// An entry.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry<'a> {
    /// From `@` to the closing brace.
    pub(super) span: Span,
    /// The type as spelled, without `@`.
    pub(super) kind: &'a str,
    pub(super) kind_span: Span,
    /// Empty where there is none.
    pub(super) key: &'a str,
    pub(super) key_span: Span,
    pub(super) fields: Vec<Field<'a>>,
    /// Whether the closing brace is there.
    pub(super) closed: bool,
}

/// A field of an entry.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field<'a> {
    /// The name as spelled.
    pub(super) name: &'a str,
    pub(super) name_span: Span,
    /// The pieces that `#` joins; none where the value is missing.
    pub(super) value: Pieces<'a>,
    /// From the name to the end of the value.
    pub(super) span: Span,
}

/// How a piece of a value is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `{text}`.
    Braced,
    /// `"text"`.
    Quoted,
    /// A number, the name of a `@string`, or a text whose braces were forgotten.
    Bare,
}

/// A piece of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece<'a> {
    pub(super) form: Form,
    /// The text without its delimiters.
    pub(super) text: &'a str,
    /// Where the text stands.
    pub(super) span: Span,
}

/// The pieces of a value, in order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pieces<'a> {
    /// One: what nearly every value is, which needs no memory of its own.
    One([Piece<'a>; 1]),
    /// Another number of them.
    Several(Vec<Piece<'a>>),
}

impl<'a> Pieces<'a> {
    /// None.
    fn new() -> Self {
        Pieces::Several(Vec::new())
    }

    /// Adds one behind the others.
    fn push(&mut self, piece: Piece<'a>) {
        match self {
            Pieces::One([first]) => *self = Pieces::Several(vec![*first, piece]),
            Pieces::Several(pieces) if pieces.is_empty() => *self = Pieces::One([piece]),
            Pieces::Several(pieces) => pieces.push(piece),
        }
    }
}

impl<'a> Deref for Pieces<'a> {
    type Target = [Piece<'a>];

    fn deref(&self) -> &[Piece<'a>] {
        match self {
            Pieces::One(piece) => piece,
            Pieces::Several(pieces) => pieces,
        }
    }
}

/// The blocks of a text, in order.
pub(super) struct Blocks<'a> {
    text: &'a str,
    /// What is added to every place: where the text stands in the whole.
    base: usize,
    at: usize,
    /// Those of the text from the first block on that needs them: plain entries do not.
    braces: OnceCell<Braces>,
    /// Where the next line begins that opens an entry; kept until it is passed.
    fence: usize,
    /// The end of the line that was last looked at.
    line: usize,
    /// What opens where the text before it ends: it is not looked for twice.
    next: Option<(usize, Opening)>,
    /// Whether an entry is read to see whether it is sound; the first fault ends it.
    trial: bool,
    /// Room for the fields of the next entry.
    room: Vec<Field<'a>>,
    /// What was doubted of the blocks since this was last taken.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Blocks<'a> {
    /// The blocks of a text that stands at byte `base` of the whole.
    pub(super) fn new(text: &'a str, base: usize) -> Self {
        Self {
            text,
            base,
            at: 0,
            braces: OnceCell::new(),
            fence: 0,
            line: line_end(text, 0),
            next: None,
            trial: false,
            room: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// How far the blocks so far reach in the whole.
    pub(super) fn reached(&self) -> usize {
        self.base + self.at
    }

    /// Takes an entry back that is done with: the next one's fields stand in its room.
    pub(super) fn reuse(&mut self, mut entry: Entry<'a>) {
        entry.fields.clear();
        self.room = entry.fields;
    }

    /// The braces of the text from the block on that is read.
    fn braces(&self) -> &Braces {
        self.braces_from(self.at)
    }

    fn braces_from(&self, start: usize) -> &Braces {
        self.braces.get_or_init(|| Braces::of(self.text, start))
    }

    fn is_balanced(&self, block: Span) -> bool {
        self.braces_from(block.start).balanced(block)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start, self.base + end)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn doubt(&mut self, code: Code, start: usize, end: usize, message: String, assumed: &str) {
        let diagnostic = Diagnostic::new(code, Some(self.span(start, end)), message);
        self.diagnostics.push(diagnostic.assumed(assumed));
    }

    /// Where the first line behind `after` begins that opens an entry; the text's end where none
    /// does. `after` never goes back, so each line is looked at once.
    fn fence(&mut self, after: usize) -> usize {
        if self.fence <= after {
            let mut from = line_end(self.text, after) + 1;
            self.fence = loop {
                let rest = self.text.as_bytes().get(from..).unwrap_or_default();
                let Some(found) = memchr(b'@', rest) else { break self.text.len() };
                looked::count(found);
                let at = from + found;
                if begins_line(self.text, at) && opens_line(self.text, at) {
                    break at;
                }
                from = at + 1;
            };
        }
        self.fence
    }

    /// Where the text between the entries ends that begins at `at`, and what begins there.
    fn next_opening(&mut self) -> (usize, Option<Opening>) {
        let mut at = self.at;
        while at < self.text.len() {
            if self.line < at {
                self.line = line_end(self.text, at);
            }
            let end = self.line;
            let first = at + scan::blanks(&self.text[at..end]);
            let rest = &self.text[first..end];
            let is_brace = rest.starts_with('}') && {
                let marks = rest.find(|c: char| !("},".contains(c) || c.is_whitespace()));
                looked::count(marks.unwrap_or(rest.len()));
                marks.is_none()
            };
            if is_brace {
                let message = "a closing brace between entries closes nothing".to_owned();
                let assumed = "it is a comment";
                self.doubt(Code::BibtexStrayBrace, first, first + 1, message, assumed);
            }
            // BibTeX itself reads on in `%` lines; biber does not, and people comment entries
            // out this way.
            if self.byte(first) != Some(b'%') {
                let mut from = first;
                while let Some(found) = memchr(b'@', &self.text.as_bytes()[from..end]) {
                    looked::count(found);
                    let place = from + found;
                    let address = self.text[..place].ends_with(char::is_alphanumeric);
                    let opening = opening(self.text, place)
                        .filter(|opening| match opening.delimiter {
                            Some(open) => !address || holds_field(self.text, open) == Some(true),
                            None => place == first,
                        })
                        .or_else(|| opening_below(self.text, place));
                    if opening.is_some() {
                        return (place, opening);
                    }
                    if place == first && !address {
                        let word = scan::word_end(self.text, place + 1);
                        self.doubt(
                            Code::BibtexNotAnEntry,
                            place,
                            word,
                            format!("`{}` opens no entry", brief(&self.text[place..word])),
                            "the line is a comment",
                        );
                    }
                    from = place + 1;
                }
            }
            at = (end + 1).min(self.text.len());
        }
        (self.text.len(), None)
    }

    /// The block that `opening` opens at `start`.
    fn open(&mut self, start: usize, opening: Opening) -> Block<'a> {
        let kind = &self.text[opening.kind.clone()];
        match opening.delimiter {
            Some(open) if kind.eq_ignore_ascii_case("comment") && self.byte(open) == Some(b'{') => {
                self.comment(start, open)
            }
            Some(open) if kind.eq_ignore_ascii_case("preamble") => self.preamble(start, open),
            Some(open) if !kind.eq_ignore_ascii_case("comment") => {
                self.entry(start, opening.kind, open)
            }
            _ => {
                self.at = line_end(self.text, start);
                Block::Comment(&self.text[start..self.at], self.span(start, self.at))
            }
        }
    }

    /// `@comment{…}`, which may hold whole entries.
    fn comment(&mut self, start: usize, open: usize) -> Block<'a> {
        let fence = self.fence(start);
        let closing = self.braces().close(open).filter(|&at| at < fence || at - start <= REACH);
        self.at = match closing {
            Some(at) => at + 1,
            None => {
                let message = "a `@comment` is not closed".to_owned();
                let assumed = "it ends before the next entry";
                self.doubt(Code::BibtexUnclosed, open, open + 1, message, assumed);
                start + self.text[start..fence].trim_end().len()
            }
        };
        Block::Comment(&self.text[start..self.at], self.span(start, self.at))
    }
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Block<'a>;

    fn next(&mut self) -> Option<Block<'a>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        if let Some((_, opening)) = self.next.take().filter(|(place, _)| *place == start) {
            return Some(self.open(start, opening));
        }
        match self.next_opening() {
            (place, Some(opening)) if place == start => Some(self.open(start, opening)),
            (place, opening) => {
                self.at = place;
                self.next = opening.map(|opening| (place, opening));
                Some(Block::Text(&self.text[start..place], self.span(start, place)))
            }
        }
    }
}

/// How far whole blocks reach in a text whose end is not yet read: what follows cannot change
/// them. At the end of the file (`last`) that is all of it. Where it is 0, more text is needed;
/// whoever reads in pieces reads at least as much again as is left, so that time stays linear.
pub(super) fn settled(text: &str, last: bool) -> usize {
    if last { text.len() } else { settled_lines(text, LONG_LINE) }
}

/// Whether a text behind an entry's closing brace tells whether the entry goes on: another one
/// begins, or the whole line is there that a field would stand on.
fn is_decided(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
    rest.starts_with('@') || rest.contains(['\n', '\r'])
}

/// The same for text that goes on; a last line of more than `longest` bytes is not waited for.
fn settled_lines(text: &str, longest: usize) -> usize {
    // The last line may go on. Of a long one the entries count that are followed by others.
    let lines = text.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let is_long = text.len() - lines > longest;
    let text = if is_long { text } else { &text[..lines] };
    let mut blocks = Blocks::new(text, 0);
    let mut reached = 0;
    loop {
        let whole = match blocks.plain_entry(|_| {}) {
            Some(head) => {
                reached = head.kind_span.start - 1;
                is_decided(&text[blocks.at..])
            }
            None => {
                let Some(block) = blocks.next() else { break };
                match &block {
                    Block::Text(..) if blocks.at == text.len() && is_long => return reached,
                    Block::Text(..) if blocks.at == text.len() => {
                        return reached.max(scan::settled_text(text, reached));
                    }
                    Block::Text(..) => true,
                    Block::Comment(..) | Block::Preamble(..) => blocks.is_balanced(block.span()),
                    // What follows the closing brace may show it to be one too many.
                    Block::Entry(entry) | Block::String(entry) => {
                        entry.closed
                            && blocks.is_balanced(entry.span)
                            && (blocks.diagnostics.is_empty() || text[..blocks.at].ends_with('}'))
                            && is_decided(&text[blocks.at..])
                    }
                }
            }
        };
        let far = blocks.fence(reached) < text.len() && text.len() - reached > REACH;
        if blocks.at == text.len() || !(whole || far) {
            break;
        }
        blocks.diagnostics.clear();
        reached = blocks.at;
    }
    reached
}
