//! Reads `.bib` text: whole, or entry for entry from a stream.
//!
//! Called by the verbs of [`bibtex`](super). The text is split into blocks by
//! [`raw`](super::raw), abbreviations and inheritance are settled by
//! [`values`](super::values), and [`read`](super::read) makes works; one broken entry never
//! costs another.

use super::raw::{Block, Blocks, settled};
use super::read;
use super::values::{Strings, Values, inherit};
use crate::text::Decoder;
use crate::{Bibliography, Code, Diagnostic, Position, Record, Result, Work};
use std::collections::{HashMap, HashSet, VecDeque};
use std::io::Read;

/// All works of a text.
pub(super) fn bibliography(text: &str) -> Bibliography {
    let mut blocks = Blocks::new(text, 0);
    let mut strings = Strings::default();
    let mut diagnostics = Vec::new();
    let mut entries: Vec<Values<'_>> = Vec::new();
    while let Some(block) = blocks.next() {
        match block {
            Block::Entry(entry) => entries.push(Values::of(&entry, &strings, &mut diagnostics)),
            Block::String(entry) => strings.define(&entry, &mut diagnostics),
            Block::Preamble(..) | Block::Comment(..) | Block::Text(..) => {}
        }
    }
    diagnostics.append(&mut blocks.diagnostics);

    let mut by_key: HashMap<&str, usize> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        by_key.entry(entry.key.as_ref()).or_insert(index);
    }
    let find = |key: &str| by_key.get(key).and_then(|&index| entries.get(index)).cloned();
    let mut keys = Keys::default();
    let mut works = Vec::new();
    for entry in &entries {
        keys.check(entry, &mut diagnostics);
        works.extend(work(entry.clone(), &find, &mut diagnostics));
    }
    if entries.is_empty() {
        diagnostics.push(nothing_found());
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.map_or(0, |span| span.start));
    Bibliography { works, diagnostics }
}

fn nothing_found() -> Diagnostic {
    Diagnostic::new(Code::RecordNothingFound, None, "there is no BibTeX entry in the text")
        .help("an entry begins with a type and a key: @article{roe2010, …}")
}

fn work<'a>(
    mut values: Values<'a>,
    find: &dyn Fn(&str) -> Option<Values<'a>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Work> {
    if values.parents().next().is_some() {
        inherit(&mut values, find, diagnostics);
    }
    read::work(&values, diagnostics)
}

/// The keys that went by.
#[derive(Debug, Default)]
struct Keys(HashSet<String>);

impl Keys {
    fn check(&mut self, entry: &Values<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let key = entry.key.trim();
        if !key.is_empty() && !self.0.insert(key.to_owned()) {
            diagnostics.push(
                Diagnostic::new(
                    Code::RecordKeyRepeated,
                    Some(entry.key_span),
                    format!("another entry has the key `{key}` already"),
                )
                .assumed("both are read")
                .help("give one of them another key"),
            );
        }
    }
}

/// How many bytes of entries that went by are kept for those that inherit from them.
const KEPT: usize = 4 << 20;
/// How much text is gathered before it is looked for entries, in bytes.
const STEP: usize = 1 << 16;

/// Entry for entry from a stream, in the order of the file.
///
/// Memory is bounded as long as entries inherit (`crossref`, `xdata`) only from entries before
/// them, among the last 4 MiB; from an entry that inherits from one still to come, the file is
/// held until that one is found.
///
/// ```
/// let bib = "@book{roe2010, title = {Harbour watch}}\n@misc{x, title = {Y}}";
/// let records: Vec<_> = citelift::bibtex::Reader::new(bib.as_bytes()).collect::<Result<_, _>>()?;
/// assert_eq!(records[1].work.as_ref().unwrap().id.as_deref(), Some("x"));
/// assert_eq!(records[1].position.line, 2);
/// # Ok::<(), citelift::Error>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    decoder: Decoder<R>,
    buffer: String,
    /// Where the buffer begins in the text.
    offset: usize,
    position: Position,
    at_end: bool,
    failed: bool,
    strings: Strings,
    keys: Keys,
    /// Entries that went by, and the order in which they did.
    before: HashMap<String, Values<'static>>,
    order: VecDeque<(String, usize)>,
    kept: usize,
    /// Entries that wait for a parent, and all behind them.
    waiting: VecDeque<Waiting>,
    any_entry: bool,
    /// Whether no parent can come any more.
    ended: bool,
}

#[derive(Debug)]
struct Waiting {
    values: Values<'static>,
    diagnostics: Vec<Diagnostic>,
    source: String,
    offset: usize,
    position: Position,
}

impl<R: Read> Reader<R> {
    /// Reads from `from`; bytes that are no UTF-8 are decoded as [`from_slice`](super::from_slice)
    /// does.
    pub fn new(from: R) -> Self {
        Self {
            decoder: Decoder::new(from),
            buffer: String::new(),
            offset: 0,
            position: Position { line: 1, column: 1 },
            at_end: false,
            failed: false,
            strings: Strings::default(),
            keys: Keys::default(),
            before: HashMap::new(),
            order: VecDeque::new(),
            kept: 0,
            waiting: VecDeque::new(),
            any_entry: false,
            ended: false,
        }
    }

    /// Reads on until something waits; `false` at the file's end.
    fn read_on(&mut self) -> Result<bool> {
        loop {
            let mut end = settled(&self.buffer, self.at_end);
            if end == 0 {
                if self.at_end {
                    return Ok(false);
                }
                // Looked at again only when it has doubled: no entry is read over and over.
                let wanted = (self.buffer.len() * 2).max(STEP);
                while self.buffer.len() < wanted && !self.at_end {
                    self.at_end = !self.decoder.fill(&mut self.buffer)?;
                }
                end = settled(&self.buffer, self.at_end);
            }
            let text: String = self.buffer.drain(..end).collect();
            let doubts = self.decoder.take_diagnostics();
            let before = self.waiting.len();
            self.blocks(&text, doubts);
            if self.waiting.len() > before {
                return Ok(true);
            }
        }
    }

    /// Takes over the blocks of a stretch of text: the entries, and what is doubted elsewhere.
    fn blocks(&mut self, text: &str, mut doubts: Vec<Diagnostic>) {
        let base = self.offset;
        let mut blocks = Blocks::new(text, base);
        while let Some(block) = blocks.next() {
            let span = block.span();
            let source = &text[span.start - base..span.end - base];
            let position = self.position;
            self.position = after(position, source);
            self.offset = span.end;
            let mut diagnostics = std::mem::take(&mut doubts);
            diagnostics.append(&mut blocks.diagnostics);
            let values = match block {
                Block::Entry(entry) => {
                    self.any_entry = true;
                    let values = Values::of(&entry, &self.strings, &mut diagnostics).into_owned();
                    self.keys.check(&values, &mut diagnostics);
                    values
                }
                Block::String(entry) => {
                    self.strings.define(&entry, &mut diagnostics);
                    Values::nothing(span)
                }
                Block::Preamble(..) | Block::Comment(..) | Block::Text(..) => Values::nothing(span),
            };
            if values.is_nothing() && diagnostics.is_empty() {
                continue;
            }
            self.keep(&values, source.len());
            let source = source.to_owned();
            self.waiting.push_back(Waiting {
                values,
                diagnostics,
                source,
                offset: span.start,
                position,
            });
        }
    }

    /// Keeps an entry for those that inherit from it, and lets the oldest go.
    fn keep(&mut self, values: &Values<'static>, size: usize) {
        let key = values.key.trim().to_owned();
        if key.is_empty() || self.before.contains_key(&key) {
            return;
        }
        self.before.insert(key.clone(), values.clone());
        self.order.push_back((key, size));
        self.kept += size;
        while self.kept > KEPT {
            let Some((key, size)) = self.order.pop_front() else { break };
            self.before.remove(&key);
            self.kept -= size;
        }
    }

    /// Whether everything that an entry inherits from is at hand.
    fn is_settled(&self, values: &Values<'_>) -> bool {
        let mut open: Vec<String> = values.parents().map(|(_, key, _)| key.to_owned()).collect();
        let mut seen = HashSet::new();
        while let Some(key) = open.pop() {
            let Some(parent) = self.before.get(&key) else { return false };
            if seen.insert(key) {
                open.extend(parent.parents().map(|(_, key, _)| key.to_owned()));
            }
        }
        true
    }

    fn record(&self, waiting: Waiting) -> Record {
        let Waiting { values, mut diagnostics, source, offset, position } = waiting;
        let find = |key: &str| self.before.get(key).cloned();
        let work = (!values.is_nothing()).then(|| work(values, &find, &mut diagnostics)).flatten();
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.map_or(0, |span| span.start));
        Record::new(work, diagnostics, &source, offset, position)
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        loop {
            let settled = self
                .waiting
                .front()
                .is_some_and(|waiting| self.ended || self.is_settled(&waiting.values));
            if settled && let Some(waiting) = self.waiting.pop_front() {
                return Some(Ok(self.record(waiting)));
            }
            match self.read_on() {
                Ok(true) => {}
                Ok(false) if !self.waiting.is_empty() => self.ended = true,
                Ok(false) => {
                    let found = std::mem::replace(&mut self.any_entry, true);
                    let said = !found;
                    return said.then(|| {
                        Ok(Record::new(None, vec![nothing_found()], "", self.offset, self.position))
                    });
                }
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// The position behind a text that begins at one.
fn after(position: Position, text: &str) -> Position {
    match text.rfind('\n') {
        None => Position { column: position.column + text.chars().count(), ..position },
        Some(last) => Position {
            line: position.line + text.bytes().filter(|byte| *byte == b'\n').count(),
            column: text[last + 1..].chars().count() + 1,
        },
    }
}
