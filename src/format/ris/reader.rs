//! Texts, bytes and streams to records: the verbs that read RIS.
//!
//! Called by users and by the command. Lines end in LF, CR LF or CR. All verbs go through
//! [`Splitter`](super::split::Splitter), so that they agree.

use super::read;
use super::split::{Raw, Splitter};
use crate::format::seen::Keys;
use crate::format::stranger;
use crate::text::{Decoder, KEPT, decode_leniently, disguises};
use crate::{Bibliography, Code, Diagnostic, Error, Position, Record, Result, Span};
use memchr::memchr2;
use std::collections::VecDeque;
use std::io::Read;

/// Reads a text of RIS records. Never fails; spans count bytes of `text`.
///
/// ```
/// let read = citelift::ris::from_str("TY  - BOOK\nAU  - Roe, Jane\nTI  - Harbour watch\nER  - \n");
/// assert_eq!(read.works[0].title.as_deref(), Some("Harbour watch"));
/// assert!(read.diagnostics.is_empty());
/// ```
#[must_use]
pub fn from_str(text: &str) -> Bibliography {
    let mut bibliography = Bibliography::default();
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut records = Records::new(text.len() - bare.len());
    let mut rest = bare;
    while !rest.is_empty() {
        let (line, behind) = rest.split_at(line_len(rest, true).unwrap_or(rest.len()));
        rest = behind;
        records.line(line);
        while let Some(record) = records.next(text, 0) {
            bibliography.add(record, text.len());
        }
    }
    records.finish();
    while let Some(record) = records.next(text, 0) {
        bibliography.add(record, text.len());
    }
    bibliography
}

/// Reads RIS records from bytes: UTF-8, UTF-16 with its mark, and lines in older encodings,
/// which a diagnostic names. Never fails; spans count bytes of the decoded text.
///
/// ```
/// let read = citelift::ris::from_slice(b"TY  - BOOK\r\nAU  - M\xFCller, J\xF6rg\r\nTI  - K\xF6ln\r\nER  - \r\n");
/// assert_eq!(read.works[0].title.as_deref(), Some("Köln"));
/// assert_eq!(read.diagnostics[0].code.as_str(), "text/encoding-guessed");
/// ```
#[must_use]
pub fn from_slice(bytes: &[u8]) -> Bibliography {
    let mut diagnostics = Vec::new();
    let text = decode_leniently(bytes, &mut diagnostics);
    let mut bibliography = from_str(&text);
    bibliography.diagnostics.splice(0..0, diagnostics);
    bibliography
}

/// Reads RIS records from a stream, all of them.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where `from` fails.
///
/// ```
/// let read = citelift::ris::from_reader(&b"TY  - BOOK\nTI  - Harbour watch\nER  - \n"[..])?;
/// assert_eq!(read.works.len(), 1);
/// # Ok::<(), citelift::Error>(())
/// ```
pub fn from_reader(mut from: impl Read) -> Result<Bibliography> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    Ok(from_slice(&bytes))
}

/// Reads RIS record by record, in the memory of the largest record.
///
/// What stands between records is a [`Record`] without a work. After an error of the stream
/// nothing more comes.
///
/// ```
/// let file = b"TY  - BOOK\nTI  - Harbour watch\nER  - \n\nTY  - RPRT\nTI  - Ports\nER  - \n";
/// let titles: Vec<_> = citelift::ris::Reader::new(&file[..])
///     .filter_map(|record| record.ok()?.work?.title)
///     .collect();
/// assert_eq!(titles, ["Harbour watch", "Ports"]);
/// ```
pub struct Reader<R> {
    decoder: Decoder<R>,
    records: Records,
    /// What is known of the text and still needed.
    text: String,
    /// Where that begins in the whole.
    base: usize,
    /// How much of `text` is taken, and how much behind that holds no line's end.
    taken: usize,
    searched: usize,
    ready: VecDeque<Record>,
    is_begun: bool,
    is_ended: bool,
}

impl<R: Read> Reader<R> {
    /// A reader of records; it reads ahead, so that `from` needs no buffer.
    pub fn new(from: R) -> Self {
        Self {
            decoder: Decoder::new(from),
            records: Records::new(0),
            text: String::new(),
            base: 0,
            taken: 0,
            searched: 0,
            ready: VecDeque::new(),
            is_begun: false,
            is_ended: false,
        }
    }

    /// Keeps the keys that went by elsewhere.
    pub(in crate::format) fn remember_keys_in(&mut self, keys: Keys) {
        self.records.keys = keys;
    }

    /// Takes lines until a record is ready or more text is needed.
    fn take_lines(&mut self) {
        while self.ready.is_empty() {
            let rest = &self.text[self.taken..];
            let from = self.searched.min(rest.len());
            let Some(len) = line_len(&rest[from..], self.is_ended) else {
                // A CR at the very end may be half of a line's end.
                self.searched = rest.len() - usize::from(rest.ends_with('\r'));
                if self.is_ended && !rest.is_empty() {
                    self.records.line(rest);
                    self.taken = self.text.len();
                    self.searched = 0;
                    self.take_records();
                }
                return;
            };
            self.records.line(&rest[..from + len]);
            self.taken += from + len;
            self.searched = 0;
            self.take_records();
        }
    }

    fn take_records(&mut self) {
        let (text, base) = (&self.text, self.base);
        self.ready.extend(std::iter::from_fn(|| self.records.next(text, base)));
    }

    /// Gets more text; what is doubted of its encoding is a record of its own.
    fn fill(&mut self) -> Result<()> {
        let gone = self.records.splitter.needed_from() - self.base;
        self.text.drain(..gone);
        self.base += gone;
        self.taken -= gone;
        self.is_ended = !self.decoder.fill(&mut self.text).map_err(Error::from)?;
        if !self.is_begun {
            self.is_begun = true;
            // A second mark behind the one that the decoder takes.
            if self.text.starts_with('\u{feff}') {
                self.taken = '\u{feff}'.len_utf8();
                let keys = std::mem::take(&mut self.records.keys);
                self.records = Records { keys, ..Records::new(self.taken) };
            }
        }
        let doubts = self.decoder.take_diagnostics();
        if !doubts.is_empty() {
            let record = self.encoding_record(doubts);
            self.ready.push_back(record);
        }
        Ok(())
    }

    /// A record of the line that a doubt about the encoding points at.
    fn encoding_record(&self, doubts: Vec<Diagnostic>) -> Record {
        let (offset, line) = self.records.splitter.place();
        let rest = &self.text[self.taken..];
        let start = doubts.first().and_then(|doubt| doubt.span).map_or(offset, |span| span.start);
        let at = start.saturating_sub(offset).min(rest.len());
        let before = rest.get(..at).unwrap_or_default();
        let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let length = rest[line_start..].find(['\n', '\r']).unwrap_or(rest.len() - line_start);
        let line = Position::of(before, before.len()).line - 1 + line;
        Record::new(
            None,
            doubts,
            &rest[line_start..line_start + length],
            offset + line_start,
            Position { line, column: 1 },
        )
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Result<Record>> {
        loop {
            if let Some(record) = self.ready.pop_front() {
                return Some(Ok(record));
            }
            self.take_lines();
            if !self.ready.is_empty() {
                continue;
            }
            if self.is_ended {
                self.records.finish();
                return self.records.next(&self.text, self.base).map(Ok);
            }
            if let Err(error) = self.fill() {
                self.is_ended = true;
                self.text.clear();
                (self.base, self.taken) = (0, 0);
                self.records = Records::ended();
                return Some(Err(error));
            }
        }
    }
}

/// Lines to records, with what only the whole file tells: keys that repeat, and no record.
struct Records {
    splitter: Splitter,
    /// The keys so far.
    keys: Keys,
    is_any_record: bool,
    /// Where the text begins.
    start: usize,
    is_finished: bool,
    /// Whether it was said that there is no record.
    is_said: bool,
}

impl Records {
    fn new(offset: usize) -> Self {
        Self {
            splitter: Splitter::new(offset),
            keys: Keys::default(),
            is_any_record: false,
            start: offset,
            is_finished: false,
            is_said: false,
        }
    }

    fn ended() -> Self {
        Self { is_said: true, ..Self::new(0) }
    }

    fn line(&mut self, line: &str) {
        self.splitter.line(line);
    }

    /// Says that the text ends; may be said again.
    fn finish(&mut self) {
        self.splitter.finish();
        self.is_finished = true;
    }

    /// The next record that has ended; `text` is what is known, and begins at byte `base`.
    fn next(&mut self, text: &str, base: usize) -> Option<Record> {
        if self.splitter.is_idle() && !self.is_finished {
            return None;
        }
        let raw = self.splitter.next();
        let is_nothing = self.is_finished && !self.is_any_record && !self.is_said;
        match raw {
            Some(raw) if raw.is_record => {
                let place = raw.span.start - base..raw.span.end - base;
                Some(self.record(raw, text.get(place).unwrap_or_default()))
            }
            // Text between records is only known to be that where there are records.
            Some(raw) if !is_nothing => Some(between(raw)),
            raw if is_nothing => Some(self.nothing(raw)),
            _ => None,
        }
    }

    /// What is said of a text without records, given its first line.
    fn nothing(&mut self, raw: Option<Raw>) -> Record {
        self.is_said = true;
        let (line, offset, position) = raw.map_or_else(
            || (String::new(), self.start, Position { line: 1, column: 1 }),
            |raw| (raw.line, raw.span.start, raw.position),
        );
        let doubt = Diagnostic::new(
            Code::RecordNothingFound,
            Some(Span::new(offset, offset + line.trim_end().len())),
            "no RIS record is in the text",
        )
        .help(stranger::help(&line, "a record begins with a line `TY  - ` and the type"));
        Record::new(None, vec![doubt], &line, offset, position)
    }

    fn record(&mut self, mut raw: Raw, text: &str) -> Record {
        self.is_any_record = true;
        raw.finish(text);
        let (offset, position) = (raw.span.start, raw.position);
        let (work, mut diagnostics) = read::work(&mut raw, text);
        if let Some(id) = work.as_ref().and_then(|work| work.id.as_ref())
            && !self.keys.is_new(id)
        {
            let key = raw.entries.iter().find(|entry| entry.tag == "ID");
            diagnostics.push(
                Diagnostic::new(
                    Code::RecordKeyRepeated,
                    key.map(|entry| entry.span),
                    format!("another record has the key `{id}` already"),
                )
                .assumed("both records are kept")
                .help("give each record an `ID` of its own"),
            );
        }
        diagnostics.extend(disguises(text, offset, KEPT));
        self.splitter.take_back(raw.entries);
        diagnostics.sort_by_key(|doubt| doubt.span.map_or(usize::MAX, |span| span.start));
        Record::new(work, diagnostics, text, offset, position)
    }
}

/// What is said of lines between records.
fn between(mut raw: Raw) -> Record {
    let line = std::mem::take(&mut raw.line);
    raw.finish(&line);
    Record::new(None, raw.diagnostics, &line, raw.span.start, raw.position)
}

/// The length of the first line with its end; `None` where no end is there, or where more text
/// may make the end longer.
fn line_len(text: &str, is_whole: bool) -> Option<usize> {
    let at = memchr2(b'\n', b'\r', text.as_bytes())?;
    match text.as_bytes()[at..] {
        [b'\r', b'\n', ..] => Some(at + 2),
        [b'\r'] if !is_whole => None,
        _ => Some(at + 1),
    }
}
