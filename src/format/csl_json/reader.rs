//! Reads CSL-JSON files, one item after another, and never gives up on one.
//!
//! Takes text, bytes or a stream, gives records or a whole [`Bibliography`]; the verbs of
//! [`csl_json`](super) call it. [`split`](super::split) finds the items, [`parse`](super::parse)
//! reads their JSON and [`read`](super::read) understands it.

use super::node::Shape;
use super::notes::Notes;
use super::parse::{Fault, is_number, parse, shown};
use super::read::work;
use super::split::{Piece, Splitter, Step, has_members};
use crate::span::Walk;
use crate::text::{Decoder, decode_leniently};
use crate::{Bibliography, Code, Diagnostic, Position, Record, Result, Span, Work};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::ops::Range;

/// Reads CSL-JSON items one by one, in memory that does not grow with the file.
///
/// An array, one object, objects one after another (NDJSON), and arrays under `items` in an
/// object, as web services give them: all are read alike.
///
/// ```
/// use citelift::csl_json::Reader;
///
/// let file = "{\"id\": \"a\", \"type\": \"book\"}\n{\"id\": \"b\", \"type\": \"map\"}\n";
/// for record in Reader::new(file.as_bytes()) {
///     let record = record?;
///     println!("line {}: {}", record.position.line, record.work.unwrap().kind);
/// }
/// # Ok::<(), citelift::Error>(())
/// ```
pub struct Reader<R> {
    from: Decoder<R>,
    text: String,
    at_end: bool,
    failed: bool,
    session: Session,
}

impl<R: Read> Reader<R> {
    /// A reader of `from`, which needs no buffer of its own.
    pub fn new(from: R) -> Self {
        Self {
            from: Decoder::new(from),
            text: String::new(),
            at_end: false,
            failed: false,
            session: Session::new(),
        }
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Record>;

    /// The next record; an error of kind [`Io`](crate::ErrorKind::Io), once, where reading
    /// fails.
    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            if let Some(record) = self.session.next(&self.text, self.at_end) {
                return Some(Ok(record));
            }
            if self.session.ended {
                return None;
            }
            let gone = self.session.forget(&self.text);
            self.text.drain(..gone);
            // Read much at once where an item is long, so that its beginning is not moved and
            // looked at again for every little.
            let wanted = self.text.len();
            while !self.at_end && self.text.len() <= wanted * 2 {
                match self.from.fill(&mut self.text) {
                    Ok(more) => self.at_end = !more,
                    Err(error) => {
                        self.failed = true;
                        return Some(Err(error.into()));
                    }
                }
            }
            let doubts = self.from.take_diagnostics();
            if !doubts.is_empty() {
                return Some(Ok(self.session.remark(doubts)));
            }
        }
        None
    }
}

/// All works of a CSL-JSON text, and what is doubted of them. Never fails: an item that is
/// broken is reported and costs no other.
///
/// ```
/// let read = citelift::csl_json::from_str(
///     r#"[{"id": "a", "type": "book", "title": "Harbour watch"}, {"id": "b", "type": }]"#,
/// );
/// assert_eq!(read.works.len(), 2);
/// assert_eq!(read.diagnostics[0].code, citelift::Code::CslJsonSyntax);
/// ```
#[must_use]
pub fn from_str(text: &str) -> Bibliography {
    let mut all = Bibliography::default();
    let mut session = Session::new();
    while let Some(record) = session.next(text, true) {
        add(&mut all, record);
    }
    all
}

/// All works of a CSL-JSON file. Never fails; bytes that are not UTF-8 are read as the encoding
/// they are likely to be in, which is reported. Places count from the beginning of the decoded
/// text.
///
/// ```
/// let read = citelift::csl_json::from_slice(b"\xEF\xBB\xBF[{\"id\": \"a\", \"type\": \"map\"}]");
/// assert_eq!(read.works[0].kind, citelift::Kind::Map);
/// ```
#[must_use]
pub fn from_slice(bytes: &[u8]) -> Bibliography {
    let mut doubts = Vec::new();
    let text = decode_leniently(bytes, &mut doubts);
    let mut all = from_str(&text);
    all.diagnostics.splice(0..0, doubts);
    all
}

/// All works of a CSL-JSON stream.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where reading fails; never for what is read.
///
/// ```
/// let read = citelift::csl_json::from_reader(&b"{\"id\": 1, \"type\": \"book\"}"[..])?;
/// assert_eq!(read.works[0].id.as_deref(), Some("1"));
/// # Ok::<(), citelift::Error>(())
/// ```
pub fn from_reader(from: impl Read) -> Result<Bibliography> {
    let mut all = Bibliography::default();
    for record in Reader::new(from) {
        add(&mut all, record?);
    }
    Ok(all)
}

fn add(all: &mut Bibliography, record: Record) {
    all.works.extend(record.work);
    all.diagnostics.extend(record.diagnostics);
}

/// What reading one file remembers from item to item.
struct Session {
    splitter: Splitter,
    /// Where the text at hand begins in the whole.
    base: usize,
    /// A place in the text at hand and its line and column.
    cursor: (usize, Walk),
    /// Digests of the ids so far: the ids themselves would fill memory.
    ids: HashSet<u64>,
    /// Whether anything was given.
    given: bool,
    ended: bool,
}

impl Session {
    fn new() -> Self {
        Self {
            splitter: Splitter::new(),
            base: 0,
            cursor: (0, Walk::new()),
            ids: HashSet::new(),
            given: false,
            ended: false,
        }
    }

    /// The next record of the text at hand; `None` where more of it is needed, or where it has
    /// ended.
    fn next(&mut self, text: &str, at_end: bool) -> Option<Record> {
        if self.ended {
            return None;
        }
        Some(match self.splitter.step(text, at_end) {
            Step::More => return None,
            Step::Piece(Piece::Item(place)) => self.item(text, place),
            Step::Piece(Piece::Stray(place)) => self.stray(text, place),
            Step::Piece(Piece::Wrapper(place)) => {
                let mut found = vec![self.wrapper(&place)];
                if has_members(&text[place.clone()]) {
                    found.push(self.around(&place));
                }
                self.record(None, found, text, place)
            }
            Step::Piece(Piece::Tail(place)) => {
                let found = vec![self.around(&place)];
                self.record(None, found, text, place)
            }
            Step::Piece(Piece::Fault(fault)) => {
                let found = vec![self.fault(&fault)];
                self.record(None, found, text, fault.place)
            }
            Step::End => {
                self.ended = true;
                if self.given || self.splitter.seen {
                    return None;
                }
                let place = text.len()..text.len();
                let found = self
                    .diagnostic(Code::RecordNothingFound, &place, "the input holds no item")
                    .help("CSL-JSON is a list of items in `[` and `]`");
                self.record(None, vec![found], text, place)
            }
        })
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
    fn remark(&mut self, found: Vec<Diagnostic>) -> Record {
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
                    let mut hasher = DefaultHasher::new();
                    id.hash(&mut hasher);
                    if !self.ids.insert(hasher.finish()) {
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
        found.append(&mut notes.found);
        found.sort_by_key(|diagnostic| diagnostic.span.map(|span| span.start));
        self.record(work, found, text, place)
    }

    fn stray(&mut self, text: &str, place: Range<usize>) -> Record {
        let said = &text[place.clone()];
        let is_value =
            said.starts_with('"') || matches!(said, "null" | "true" | "false") || is_number(said);
        let code = if is_value { Code::CslJsonNotAnItem } else { Code::CslJsonSyntax };
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
        walk.over(text.get(*from..at).unwrap_or(""));
        *from = at.max(*from);
        walk.position()
    }

    /// How much of the beginning of the text at hand is done with; it is counted off.
    fn forget(&mut self, text: &str) -> usize {
        let gone = self.splitter.needed_from();
        self.position(text, gone);
        self.splitter.forget(gone);
        self.base += gone;
        self.cursor.0 -= gone;
        gone
    }
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
