//! Reads `.bib` text entry for entry from a stream.
//!
//! Called by the verbs of [`bibtex`](super). The text is split into blocks by
//! [`raw`](super::raw), abbreviations and inheritance are settled by
//! [`values`](super::values), and [`read`](super::read) makes works; one broken entry never
//! costs another.

use super::decode::holds_controls;
use super::inherit::Estate;
use super::parents::{Parents, weight};
use super::raw::{Block, Blocks, settled};
use super::read;
use super::values::{Plain, Strings, Value, Values};
use super::whole::{check_key, nothing_found, work};
use crate::format::seen::Keys;
use crate::span::Walk;
use crate::text::Decoder;
use crate::{Diagnostic, Position, Record, Result, Work};
use std::collections::{HashMap, HashSet, VecDeque};
use std::io::Read;
use std::sync::Arc;

/// How many bytes of memory the entries take that went by and are kept for those that inherit from
/// them.
const KEPT: usize = 8 << 20;
/// How many bytes of memory the entries take that wait for one that the first of them inherits
/// from: a key that is misspelled must not make a reader hold the rest of a file, however long.
const HELD: usize = 16 << 20;
/// How much text is gathered before it is looked for entries, in bytes.
const STEP: usize = 1 << 16;

/// Entry for entry from a stream, in the order of the file.
///
/// Memory is bounded, whatever the file. Entries inherit (`crossref`, `xdata`) from entries before
/// them, among the last few megabytes, and from entries behind them: while an entry waits for one
/// still to come, some megabytes are held. Beyond that the entry is given without, and with a
/// `bibtex/parent-missing`. With [`Parents`], found before, nothing is waited for, and entries
/// inherit from any place of the file; [`from_str`](super::from_str) knows the whole file too.
///
/// ```
/// let bib = "@book{roe2010, title = {Harbour watch}}\n@misc{x, title = {Y}}";
/// let records: Vec<_> = citelift::bibtex::Reader::new(bib.as_bytes()).collect::<Result<_, _>>()?;
/// let id = records[1].work.as_ref().and_then(|work| work.id.as_deref());
/// assert_eq!(id, Some("x"));
/// assert_eq!(records[1].position.line, 2);
/// # Ok::<(), citelift::Error>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    decoder: Decoder<R>,
    buffer: String,
    /// Where the buffer begins in the text.
    offset: usize,
    walk: Walk,
    at_end: bool,
    failed: bool,
    strings: Strings,
    keys: Keys,
    /// Entries that went by, and the order in which they did.
    before: HashMap<String, Arc<Values<'static>>>,
    order: VecDeque<(String, usize)>,
    kept: usize,
    /// Entries that wait for a parent, and all behind them.
    waiting: VecDeque<Waiting>,
    /// How many bytes of text these have.
    held: usize,
    /// How many bytes are kept and held at most; tests have small ones.
    limits: Limits,
    /// Parents that were looked for before.
    parents: Parents,
    /// What entries may still inherit.
    estate: Estate,
    any_entry: bool,
    /// Whether what was read so far holds control characters.
    may_hold_controls: bool,
    /// Whether no parent can come any more.
    ended: bool,
}

#[derive(Debug)]
struct Limits {
    kept: usize,
    held: usize,
}

/// A stretch of a file that waits to be given out.
#[derive(Debug)]
struct Waiting {
    content: Content,
    diagnostics: Vec<Diagnostic>,
    source: String,
    offset: usize,
    position: Position,
    /// About how many bytes it takes in memory.
    weight: usize,
}

#[derive(Debug)]
enum Content {
    /// What is read, as far as it is a work.
    Work(Box<Option<Work>>),
    /// An entry that inherits.
    Heir(Arc<Values<'static>>),
}

impl<R: Read> Reader<R> {
    /// Reads from `from`; bytes that are no UTF-8 are decoded as [`from_slice`](super::from_slice)
    /// does.
    pub fn new(from: R) -> Self {
        Self {
            decoder: Decoder::new(from),
            buffer: String::new(),
            offset: 0,
            walk: Walk::new(),
            at_end: false,
            failed: false,
            strings: Strings::default(),
            keys: Keys::default(),
            before: HashMap::new(),
            order: VecDeque::new(),
            kept: 0,
            waiting: VecDeque::new(),
            held: 0,
            limits: Limits { kept: KEPT, held: HELD },
            parents: Parents::default(),
            estate: Estate::of(0),
            any_entry: false,
            may_hold_controls: false,
            ended: false,
        }
    }

    /// Reads from `from`, of which the parents are known.
    pub fn with_parents(from: R, parents: Parents) -> Self {
        Self { parents, ..Self::new(from) }
    }

    /// Keeps the keys that went by elsewhere.
    pub(in crate::format) fn remember_keys_in(&mut self, keys: Keys) {
        self.keys = keys;
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
            let rest = self.buffer.split_off(end);
            let text = std::mem::replace(&mut self.buffer, rest);
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
        let mut room = Vec::new();
        // An abbreviation from before may hold them, too.
        self.may_hold_controls |= holds_controls(text);
        loop {
            let mut told = Vec::new();
            // What is doubted of the encoding is told with the first block, even of white space.
            let plain = if doubts.is_empty() {
                Values::plain(&mut room, &mut blocks, &mut self.strings, &mut told)
            } else {
                None
            };
            let (start, values) = match plain {
                Some(Plain::Entry(values)) => (values.kind_span.start - 1, Some(values)),
                Some(Plain::String(start)) => (start, None),
                None => {
                    let Some(block) = blocks.next() else { break };
                    let values = match &block {
                        Block::Entry(entry) => Some(Values::of(entry, &self.strings, &mut told)),
                        Block::String(entry) => {
                            self.strings.define(entry, &mut told);
                            None
                        }
                        Block::Preamble(..) | Block::Comment(..) | Block::Text(..) => None,
                    };
                    (block.span().start, values)
                }
            };
            let mut diagnostics = std::mem::take(&mut doubts);
            diagnostics.append(&mut blocks.diagnostics);
            diagnostics.append(&mut told);
            self.walk.over(&text[self.offset - base..start - base]);
            let position = self.walk.position();
            self.offset = blocks.reached();
            let source = &text[start - base..self.offset - base];
            self.walk.over(source);
            let weight = values.as_ref().map_or(0, weight) + source.len();
            if values.is_none() && diagnostics.is_empty() {
                continue;
            }
            self.held += weight;
            let content = match values {
                Some(values) => self.content(values, weight, &mut room, &mut diagnostics),
                None => Content::Work(Box::new(None)),
            };
            self.estate.grow(source.len());
            let source = source.to_owned();
            self.waiting.push_back(Waiting {
                content,
                diagnostics,
                source,
                offset: start,
                position,
                weight,
            });
        }
    }

    /// What an entry is: a work, or one that must wait for what it inherits. Its room is given
    /// back where it is not kept.
    fn content<'a>(
        &mut self,
        mut values: Values<'a>,
        weight: usize,
        room: &mut Vec<Value<'a>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Content {
        self.any_entry = true;
        values.may_hold_controls = self.may_hold_controls;
        check_key(|key| self.keys.is_new(key), &values, diagnostics);
        let is_heir = values.is_heir();
        let work = if is_heir { None } else { read::work(&values, diagnostics) };
        if is_heir || !self.parents.are_complete() {
            let values = Arc::new(values.into_owned());
            if !self.parents.are_complete() {
                self.keep(&values, weight);
            }
            if is_heir {
                return Content::Heir(values);
            }
        } else {
            *room = values.fields;
        }
        Content::Work(Box::new(work))
    }

    /// Keeps an entry for those that inherit from it, and lets the oldest go; not while entries
    /// wait that may inherit from it.
    fn keep(&mut self, values: &Arc<Values<'static>>, size: usize) {
        let key = values.key.trim().to_owned();
        if key.is_empty() || self.before.contains_key(&key) {
            return;
        }
        self.before.insert(key.clone(), Arc::clone(values));
        self.order.push_back((key, size));
        self.kept += size;
        while self.kept > self.limits.kept.saturating_add(self.held) {
            let Some((key, size)) = self.order.pop_front() else { break };
            self.before.remove(&key);
            self.kept -= size;
        }
    }

    /// Whether what is not at hand by now is not waited for any more.
    fn has_waited(&self) -> bool {
        self.ended || self.held > self.limits.held || self.parents.are_complete()
    }

    fn parent(&self, key: &str) -> Option<&Arc<Values<'static>>> {
        self.parents.get(key).or_else(|| self.before.get(key))
    }

    /// Whether everything that an entry inherits from is at hand.
    fn is_settled(&self, content: &Content) -> bool {
        let Content::Heir(values) = content else { return true };
        let mut open: Vec<String> = values.parents().map(|(_, key, _)| key.to_owned()).collect();
        let mut seen = HashSet::new();
        while let Some(key) = open.pop() {
            let Some(parent) = self.parent(&key) else { return false };
            if seen.insert(key) {
                open.extend(parent.parents().map(|(_, key, _)| key.to_owned()));
            }
        }
        true
    }

    fn record(&mut self, waiting: Waiting) -> Record {
        let Waiting { content, mut diagnostics, source, offset, position, weight } = waiting;
        self.held -= weight;
        let find = |key: &str| self.parent(key).map(|parent| Values::clone(parent));
        let work = match content {
            Content::Work(work) => *work,
            Content::Heir(values) => work(&values, &find, &self.estate, &mut diagnostics),
        };
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
                .is_some_and(|waiting| self.has_waited() || self.is_settled(&waiting.content));
            if settled && let Some(waiting) = self.waiting.pop_front() {
                return Some(Ok(self.record(waiting)));
            }
            match self.read_on() {
                Ok(true) => {}
                Ok(false) if !self.waiting.is_empty() => self.ended = true,
                Ok(false) => {
                    let found = std::mem::replace(&mut self.any_entry, true);
                    let said = !found;
                    let position = self.walk.position();
                    return said.then(|| {
                        Ok(Record::new(None, vec![nothing_found()], "", self.offset, position))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    fn records(text: &str, limits: Limits) -> Vec<Record> {
        let mut reader = Reader::new(text.as_bytes());
        reader.limits = limits;
        reader.collect::<Result<_>>().unwrap()
    }

    fn titles(records: &[Record]) -> Vec<&str> {
        let work =
            |record: &Record| record.work.as_ref().map(|work| work.container_title.is_some());
        records
            .iter()
            .map(|it| work(it).map_or("no work", |it| if it { "book" } else { "" }))
            .collect()
    }

    #[test]
    fn a_parent_is_waited_for_but_not_forever() {
        let child = "@inbook{a, title = {A}, crossref = {b}}\n";
        let others: String =
            (0..9).map(|n| format!("@misc{{m{n}, title = {{{}}}}}\n", "x".repeat(80))).collect();
        let text = format!("{child}{others}@book{{b, title = {{B}}}}\n");
        let found = records(&text, Limits { kept: 100, held: 10_000 });
        assert_eq!(titles(&found)[0], "book");
        let mut reader = Reader::new(text.as_bytes());
        reader.limits = Limits { kept: 100, held: 0 };
        let first = reader.next().unwrap().unwrap();
        // All of so small a file is read at once, and what is read is not thrown away.
        assert_eq!(titles(&[first]), ["book"]);

        let far = "%\n".repeat(STEP);
        let text = format!("{child}{far}{others}{far}@book{{b, title = {{B}}}}\n");
        let found = records(&text, Limits { kept: 100, held: 500 });
        assert_eq!(titles(&found)[0], "");
        assert_eq!(found[0].diagnostics[0].code, Code::BibtexParentMissing);
        assert_eq!(found.len(), 11);
        let found = records(&text, Limits { kept: 100, held: 10_000 });
        assert_eq!(titles(&found)[0], "book");
    }

    #[test]
    fn parents_that_came_are_kept_for_all_that_wait() {
        // The first waits longest; the second's parent goes by meanwhile.
        let far = "%\n".repeat(STEP);
        let text = format!(
            "@inbook{{a, crossref = {{y}}}}\n@inbook{{b, crossref = {{x}}}}\n{far}\
             @book{{x, title = {{X}}}}\n{far}@misc{{n, title = {{{}}}}}\n{far}\
             @book{{y, title = {{Y}}}}",
            "x".repeat(500)
        );
        let found = records(&text, Limits { kept: 10, held: 10_000 });
        assert_eq!(titles(&found)[..2], ["book", "book"]);
    }

    #[test]
    fn positions_are_those_of_the_whole_text() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("% é{end}{end}@misc{{a, x}} {end} @misc{{b,{end} y}}{end}@c");
            for record in Reader::new(text.as_bytes()) {
                let record = record.unwrap();
                assert_eq!(record.position, Position::of(&text, record.span.start), "{text:?}");
            }
        }
    }
}
