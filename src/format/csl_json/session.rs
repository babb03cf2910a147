//! What one reading of a file remembers from item to item, and the records it makes.
//!
//! Takes the text as far as it is known, gives one [`Record`] after another; called by
//! [`reader`](super::reader). [`split`](super::split) finds the items, [`parse`](super::parse)
//! reads their JSON and [`read`](super::read) understands it.

use super::looks;
use super::node::Shape;
use super::notes::Notes;
use super::parse::{Fault, is_number, parse, shown};
use super::read::work;
use super::split::{Piece, Splitter, Step, has_members};
use crate::format::seen::Keys;
use crate::format::stranger;
use crate::span::Walk;
use crate::{Bibliography, Code, Diagnostic, Position, Record, Span, Work};
use std::ops::Range;

/// What reading one file remembers from item to item.
pub(super) struct Session {
    splitter: Splitter,
    /// Where the text at hand begins in the whole.
    base: usize,
    /// A place in the text at hand and its line and column.
    cursor: (usize, Walk),
    /// Whether anybody asks for lines and columns.
    tells_positions: bool,
    /// The ids so far.
    pub(super) ids: Keys,
    /// What stands before the first item and is no JSON: there may be no item behind it.
    held: Option<Record>,
    /// A record that waits behind another.
    waiting: Option<Record>,
    /// Whether anything was given.
    given: bool,
    pub(super) ended: bool,
}

impl Session {
    pub(super) fn new() -> Self {
        Self {
            splitter: Splitter::new(),
            base: 0,
            cursor: (0, Walk::new()),
            tells_positions: true,
            ids: Keys::default(),
            held: None,
            waiting: None,
            given: false,
            ended: false,
        }
    }

    /// The same for works alone, all of whose records say that they stand at the beginning.
    pub(super) fn without_positions() -> Self {
        Self { tells_positions: false, ..Self::new() }
    }

    /// The next record of the text at hand; `None` where more of it is needed, or where it has
    /// ended.
    pub(super) fn next(&mut self, text: &str, at_end: bool) -> Option<Record> {
        if self.ended {
            return None;
        }
        if let Some(record) = self.waiting.take() {
            return Some(record);
        }
        loop {
            let found = match self.splitter.step(text, at_end) {
                Step::More => return None,
                Step::Piece(piece) => self.piece(text, piece),
                Step::End => {
                    self.ended = true;
                    return self.nothing(text);
                }
            };
            if found.is_some() {
                return found;
            }
        }
    }

    /// All of a text at once. Works are large: where nothing is to be said of one, it is put into
    /// no record on its way.
    pub(super) fn all(mut self, text: &str) -> Bibliography {
        let mut all = Bibliography::default();
        while !self.ended {
            let found = match self.splitter.step(text, true) {
                Step::Piece(Piece::Work(place)) if self.held.is_none() && self.is_new_work() => {
                    self.given = true;
                    let work = std::mem::take(&mut self.splitter.work);
                    all.add_work(work, place.end, text.len());
                    None
                }
                Step::Piece(piece) => self.piece(text, piece),
                Step::More | Step::End => {
                    self.ended = true;
                    self.nothing(text)
                }
            };
            for record in [found, self.waiting.take()].into_iter().flatten() {
                all.add(record, text.len());
            }
        }
        all
    }

    /// The record of a piece, or the one that was held; `None` where it says nothing yet.
    fn piece(&mut self, text: &str, piece: Piece) -> Option<Record> {
        let is_junk = match &piece {
            Piece::Stray(place) => {
                self.held.is_some() || !self.given && !is_value(&text[place.clone()])
            }
            Piece::Fault(_) | Piece::List(_) | Piece::Tail(_) => self.held.is_some(),
            Piece::Item(_) | Piece::Work(_) | Piece::Nested(_) | Piece::Wrapper(_) => false,
        };
        if is_junk && self.held.is_some() {
            return None;
        }
        let record = self.read(text, piece);
        if is_junk {
            self.held = Some(record);
            return None;
        }
        Some(match self.held.take() {
            Some(held) => {
                self.waiting = Some(record);
                held
            }
            None => record,
        })
    }

    /// Whether the work of the last piece has an `id` that no other had.
    fn is_new_work(&mut self) -> bool {
        self.splitter.work.id.as_ref().is_some_and(|id| self.ids.is_new(id))
    }

    /// What is said of a text without items, where nothing else was.
    fn nothing(&mut self, text: &str) -> Option<Record> {
        let help = "CSL-JSON is a list of items in `[` and `]`";
        let message = "the input holds no item";
        if let Some(mut held) = self.held.take() {
            let help = stranger::help(&held.source, help);
            let doubt = Diagnostic::new(Code::RecordNothingFound, Some(held.span), message);
            held.diagnostics = vec![doubt.help(help)];
            return Some(held);
        }
        if self.given || self.splitter.seen {
            return None;
        }
        let place = text.len()..text.len();
        let found = self.diagnostic(Code::RecordNothingFound, &place, message).help(help);
        Some(self.record(None, vec![found], text, place))
    }

    fn read(&mut self, text: &str, piece: Piece) -> Record {
        match piece {
            Piece::Item(place) => self.item(text, place),
            Piece::Work(place) => {
                if self.is_new_work() {
                    let work = std::mem::take(&mut self.splitter.work);
                    self.record(Some(work), Vec::new(), text, place)
                } else {
                    // Another item has its `id`, which is told of with its place.
                    self.splitter.work = Work::default();
                    self.item(text, place)
                }
            }
            Piece::Stray(place) => self.stray(text, place),
            Piece::List(place) => {
                let at = place.start..place.start + 1;
                let found = self
                    .diagnostic(Code::CslJsonNotAnItem, &at, "a list stands where an item belongs")
                    .assumed("it is left out")
                    .help("items are objects, in `{` and `}`");
                self.record(None, vec![found], text, place)
            }
            Piece::Nested(place) => {
                let what = "a list of items stands within the list";
                let found = self
                    .diagnostic(Code::CslJsonWrongShape, &place, what)
                    .assumed("its items are read")
                    .help("CSL-JSON is one list");
                self.record(None, vec![found], text, place)
            }
            Piece::Wrapper(place) => {
                let mut found = vec![self.wrapper(&place)];
                if has_members(&text[place.clone()]) {
                    found.push(self.around(&place));
                }
                self.record(None, found, text, place)
            }
            Piece::Tail(place) => {
                let found = vec![self.around(&place)];
                self.record(None, found, text, place)
            }
            Piece::Fault(fault) => {
                let found = vec![self.fault(&fault)];
                self.record(None, found, text, fault.place)
            }
        }
    }

    fn diagnostic(&self, code: Code, place: &Range<usize>, message: &str) -> Diagnostic {
        let span = Span::new(self.base + place.start, self.base + place.end);
        Diagnostic::new(code, Some(span), message)
    }

    fn wrapper(&self, place: &Range<usize>) -> Diagnostic {
        self.diagnostic(Code::CslJsonWrongShape, place, "the list of items stands in an object")
            .assumed("its items are read")
            .help("CSL-JSON is the list alone")
    }

    fn around(&self, place: &Range<usize>) -> Diagnostic {
        let what = "properties stand around the items";
        self.diagnostic(Code::RecordUnknownField, place, what).assumed("they are left out")
    }

    fn fault(&self, fault: &Fault) -> Diagnostic {
        self.diagnostic(Code::CslJsonSyntax, &fault.place, &fault.message)
            .assumed(fault.assumed)
            .help(fault.help)
    }

    fn record(
        &mut self,
        work: Option<Work>,
        found: Vec<Diagnostic>,
        text: &str,
        place: Range<usize>,
    ) -> Record {
        self.given = true;
        let position = self.position(text, place.start);
        let offset = self.base + place.start;
        Record::new(work, found, &text[place], offset, position)
    }

    /// What is to be said of the file, and of no item.
    pub(super) fn remark(&mut self, found: Vec<Diagnostic>) -> Record {
        let (at, walk) = self.cursor;
        Record::new(None, found, "", self.base + at, walk.position())
    }

    fn item(&mut self, text: &str, place: Range<usize>) -> Record {
        let source = &text[place.clone()];
        let (node, faults) = parse(source);
        let offset = self.base + place.start;
        let mut notes = Notes::new(Some(offset));
        let mut work = work(&node, &mut notes);
        let mut found: Vec<Diagnostic> = faults
            .iter()
            .map(|fault| {
                let at = &fault.place;
                let fault =
                    Fault { place: place.start + at.start..place.start + at.end, ..fault.clone() };
                self.fault(&fault)
            })
            .collect();
        let brace = place.start..place.start + 1;
        let empty = match &node.shape {
            Shape::Object(members) => {
                members.iter().all(|member| member.value.shape == Shape::Null)
            }
            _ => true,
        };
        if empty {
            work = None;
            let message = "an item holds nothing";
            found.push(
                self.diagnostic(Code::RecordEmpty, &brace, message).assumed("it is left out"),
            );
        } else if let Some(work) = &work {
            match &work.id {
                None => found.push(
                    self.diagnostic(Code::RecordNoKey, &brace, "an item has no `id`")
                        .assumed("one is made where it is written")
                        .help("give it an `id`"),
                ),
                Some(id) => {
                    if !self.ids.is_new(id) {
                        let at = id_place(&node.shape).unwrap_or(0..1);
                        let at = place.start + at.start..place.start + at.end;
                        let message = format!("another item has the `id` `{}` already", shown(id));
                        let found_too = self
                            .diagnostic(Code::RecordKeyRepeated, &at, &message)
                            .assumed("both are read")
                            .help("give one of them another `id`");
                        found.push(found_too);
                    }
                }
            }
        }
        found.append(&mut notes.into_found());
        looks::report(source, &node, offset, &mut found);
        found.sort_by_key(|diagnostic| diagnostic.span.map(|span| span.start));
        self.record(work, found, text, place)
    }

    fn stray(&mut self, text: &str, place: Range<usize>) -> Record {
        let said = &text[place.clone()];
        let code = if is_value(said) { Code::CslJsonNotAnItem } else { Code::CslJsonSyntax };
        let message = format!("`{}` is no item", shown(said));
        let found = self
            .diagnostic(code, &place, &message)
            .assumed("it is left out")
            .help("items are objects, in `{` and `}`");
        self.record(None, vec![found], text, place)
    }

    /// Line and column of a place in the text at hand, not before the last one asked for.
    fn position(&mut self, text: &str, at: usize) -> Position {
        let (from, walk) = &mut self.cursor;
        if self.tells_positions {
            walk.over(text.get(*from..at).unwrap_or(""));
        }
        *from = at.max(*from);
        walk.position()
    }

    /// How much of the beginning of the text at hand is done with; it is counted off.
    pub(super) fn forget(&mut self, text: &str) -> usize {
        let gone = self.splitter.needed_from();
        self.position(text, gone);
        self.splitter.forget(gone);
        self.base += gone;
        self.cursor.0 -= gone;
        gone
    }
}

/// Whether a text between items is a JSON value.
fn is_value(text: &str) -> bool {
    text.starts_with('"') || matches!(text, "null" | "true" | "false") || is_number(text)
}

fn id_place(shape: &Shape<'_>) -> Option<Range<usize>> {
    let Shape::Object(members) = shape else { return None };
    let id = members.iter().find(|member| member.name == "id")?;
    Some(id.value.place.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of a text that becomes known by so many bytes at a time.
    fn by_and_by(text: &str, size: usize) -> Vec<Record> {
        let mut session = Session::new();
        let (mut known, mut at) = (String::new(), 0);
        let mut records = Vec::new();
        loop {
            match session.next(&known, at == text.len()) {
                Some(record) => records.push(record),
                None if session.ended => return records,
                None => {
                    let gone = session.forget(&known);
                    known.drain(..gone);
                    let mut end = (at + size).min(text.len());
                    while !text.is_char_boundary(end) {
                        end += 1;
                    }
                    known.push_str(&text[at..end]);
                    at = end;
                }
            }
        }
    }

    #[test]
    fn it_does_not_matter_how_the_text_arrives() {
        let long = " ".repeat(300);
        for text in [
            "[\n{\"id\":\"é\",\n\"title\": \"a \\\"b\\\" {c}\"}, {\"id\": 2} 王 , null]\r\nx".to_owned(),
            "{\"a\":1,\"items\":[{\"id\":1},\n{\"id\":2,\"author\":[{\"family\":\"x\"},\n{\"id\":3}]}".into(),
            format!("[{long}{{\"id\":1{long},\"title\":\"x{long}\n{long}{{\"id\":2}}{long}]{long}"),
            "[{\"id\":1,\"author\":[{\"id\":2},{\"id\":3}]},{\"id\":4,\"x\":[{\"id\":5},{\"id\":6}".into(),
            "<html>\n<body>\n{\"id\":\"\n\"x\": {\"y\"}}}]]".into(),
            "[\r{\"id\":1},\r\n\r{\"id\":2},\n\r{\"id\":3}\r]".into(),
        ] {
            let whole = by_and_by(&text, text.len());
            assert!(!whole.is_empty());
            for size in [1, 2, 5, 63, 200] {
                assert_eq!(by_and_by(&text, size), whole, "{size} {text}");
            }
            for record in whole {
                assert_eq!(record.position, Position::of(&text, record.span.start));
                let source = record.span.of(&text).unwrap();
                assert!(record.source.is_empty() || record.source == source);
            }
        }
    }
}
