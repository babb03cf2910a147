//! Reads a whole `.bib` text at once.
//!
//! Called by the verbs of [`bibtex`](super). An entry is read as soon as it is split, so that
//! nothing is held but its work; only where an entry inherits are all entries gone through again,
//! since what it inherits may stand behind it.

use super::bytes::trimmed;
use super::decode::holds_controls;
use super::inherit::{Estate, inherit};
use super::raw::{Block, Blocks, brief};
use super::read;
use super::values::{Plain, Strings, Values};
use crate::text::Digests;
use crate::{Bibliography, Code, Diagnostic, Work};
use std::collections::HashMap;

/// All works of a text.
pub(super) fn bibliography(text: &str) -> Bibliography {
    let mut blocks = Blocks::new(text, 0);
    let mut strings = Strings::default();
    let mut diagnostics = Vec::new();
    let mut doubts = Vec::new();
    let mut works = Vec::new();
    let mut keys = Digests::new();
    let mut heirs = Vec::new();
    let mut room = Vec::new();
    let mut count = 0;
    let may_hold_controls = holds_controls(text);
    loop {
        let plain = Values::plain(&mut room, &mut blocks, &mut strings, &mut diagnostics);
        let mut values = match plain {
            Some(Plain::Entry(values)) => values,
            Some(Plain::String(_)) => continue,
            None => match blocks.next() {
                Some(Block::Entry(entry)) => {
                    let room = std::mem::take(&mut room);
                    let values = Values::within(room, &entry, &strings, &mut diagnostics);
                    blocks.reuse(entry);
                    values
                }
                Some(Block::String(entry)) => {
                    strings.define(&entry, &mut diagnostics);
                    continue;
                }
                Some(Block::Preamble(..) | Block::Comment(..) | Block::Text(..)) => continue,
                None => break,
            },
        };
        values.may_hold_controls = may_hold_controls;
        check_key(|key| keys.insert(key), &values, &mut doubts);
        if values.is_heir() {
            heirs.push(Heir { entry: count, works: works.len(), doubts: doubts.len() });
        } else if let Some(work) = read::work(&values, &mut doubts) {
            works.push(work);
        }
        count += 1;
        room = values.fields;
    }
    diagnostics.append(&mut blocks.diagnostics);
    if !heirs.is_empty() {
        (works, doubts) = with_heirs(text, &heirs, works, doubts);
    }
    diagnostics.append(&mut doubts);
    if count == 0 {
        diagnostics.push(nothing_found());
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.map_or(0, |span| span.start));
    Bibliography { works, diagnostics }
}

/// An entry that inherits, and what was there when it went by.
struct Heir {
    /// Which entry of the file it is.
    entry: usize,
    /// How many works stood before it.
    works: usize,
    /// How many doubts.
    doubts: usize,
}

/// Works and doubts with those of the entries that inherit, all in the order of the file.
fn with_heirs(
    text: &str,
    heirs: &[Heir],
    works: Vec<Work>,
    doubts: Vec<Diagnostic>,
) -> (Vec<Work>, Vec<Diagnostic>) {
    let mut strings = Strings::default();
    let mut entries: Vec<Values<'_>> = Vec::new();
    for block in Blocks::new(text, 0) {
        // What is doubted here was said when it was read first.
        match block {
            Block::Entry(entry) => entries.push(Values::of(&entry, &strings, &mut Vec::new())),
            Block::String(entry) => strings.define(&entry, &mut Vec::new()),
            Block::Preamble(..) | Block::Comment(..) | Block::Text(..) => {}
        }
    }
    let mut by_key: HashMap<&str, usize> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        by_key.entry(entry.key.as_ref()).or_insert(index);
    }
    let find = |key: &str| by_key.get(key).and_then(|&index| entries.get(index)).cloned();
    let estate = Estate::of(text.len());
    let (mut all, mut all_doubts) = (Vec::new(), Vec::new());
    let (mut works, mut doubts) = (works.into_iter(), doubts.into_iter());
    let (mut taken, mut doubted) = (0, 0);
    for heir in heirs {
        all.extend(works.by_ref().take(heir.works - taken));
        all_doubts.extend(doubts.by_ref().take(heir.doubts - doubted));
        (taken, doubted) = (heir.works, heir.doubts);
        let values = entries.get(heir.entry);
        all.extend(values.and_then(|values| work(values, &find, &estate, &mut all_doubts)));
    }
    all.extend(works);
    all_doubts.extend(doubts);
    (all, all_doubts)
}

pub(super) fn nothing_found() -> Diagnostic {
    Diagnostic::new(Code::RecordNothingFound, None, "there is no BibTeX entry in the text")
        .help("an entry begins with a type and a key: @article{roe2010, …}")
}

/// The work of an entry with what it inherits; `find` knows the other entries by key.
pub(super) fn work<'a>(
    values: &Values<'a>,
    find: &dyn Fn(&str) -> Option<Values<'a>>,
    estate: &Estate,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Work> {
    if !values.is_heir() {
        return read::work(values, diagnostics);
    }
    let mut heir = values.clone();
    inherit(&mut heir, find, estate, diagnostics);
    read::work(&heir, diagnostics)
}

/// Says so where an entry's key is one of those that went by.
pub(super) fn check_key(
    is_new: impl FnOnce(&str) -> bool,
    entry: &Values<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let key = trimmed(&entry.key);
    if !key.is_empty() && !is_new(key) {
        diagnostics.push(
            Diagnostic::new(
                Code::RecordKeyRepeated,
                Some(entry.key_span),
                format!("another entry has the key `{}` already", brief(key)),
            )
            .assumed("both are read")
            .help("give one of them another key"),
        );
    }
}
