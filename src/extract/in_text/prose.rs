//! The running text of a document: its passages without the entries of the list.
//!
//! Takes a document and its works, gives [`Prose`]. An entry is known by the evidence of its work;
//! annotations are running text. Called by [`Extractor::citations`](super::Extractor::citations).

use crate::document::{Document, Join, Role};
use crate::span::Span;
use crate::text::Joined;
use crate::work::Work;
use std::collections::HashSet;

/// The longest number or label before an entry, in bytes.
const MARKER: usize = 24;

/// A paragraph, or the part of one that is no entry.
pub(super) struct Passage {
    pub(super) text: Joined,
    /// Whether it is a footnote or an endnote.
    pub(super) is_note: bool,
}

impl Passage {
    /// Where a stretch of the passage stands in the document.
    pub(super) fn place(&self, span: Span) -> Option<Span> {
        let places = self.text.source(span);
        Some(Span::new(places.first()?.start, places.last()?.end))
    }
}

/// The running text.
pub(super) struct Prose {
    pub(super) passages: Vec<Passage>,
    /// Words that the document writes with a small letter: names are none of them.
    pub(super) small: HashSet<String>,
    /// The works whose entry is a note.
    pub(super) noted: Vec<usize>,
}

/// Reads the running text.
pub(super) fn read(document: &Document, works: &[Work]) -> Prose {
    let mut entries: Vec<(Span, usize)> = works
        .iter()
        .enumerate()
        .filter_map(|(at, work)| {
            let evidence = work.evidence.as_ref()?;
            let span = Span::new(evidence.offset, evidence.offset + evidence.source.len());
            // Works of another text have no place in this one.
            (span.of(document.text()) == Some(evidence.source.as_str())).then_some((span, at))
        })
        .collect();
    entries.sort();
    let lines = document.lines();
    let mut prose = Prose { passages: Vec::new(), small: HashSet::new(), noted: Vec::new() };
    let mut at = 0;
    let mut next = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at + 1..).unwrap_or_default();
        let length = 1 + rest.iter().take_while(|line| line.join != Join::Apart).count();
        let range = at..at + length;
        let end = lines.get(at + length - 1).map_or(line.end(), |line| line.end());
        let is_note = line.role == Role::Note;
        at += length;
        let mut start = line.start();
        while entries.get(next).is_some_and(|(span, _)| span.end <= start) {
            next += 1;
        }
        if is_note {
            // What a note cites in full it may cite in short as well: the whole of it is read.
            let inside = entries.iter().skip(next).take_while(|(span, _)| span.start < end);
            prose.noted.extend(inside.map(|(_, work)| *work));
            let text = document.joined(range, Span::new(start, end));
            prose.passages.push(Passage { text, is_note });
            continue;
        }
        let mut own = next;
        while start < end {
            let entry = entries.get(own).filter(|(span, _)| span.start < end);
            let stop = entry.map_or(end, |(span, _)| span.start.max(start));
            let counts = entry.is_some() && stop.saturating_sub(start) <= MARKER && {
                let at = lines.partition_point(|line| line.start() < stop);
                at.checked_sub(1).and_then(|at| lines.get(at)).is_some_and(|it| it.start() == start)
            };
            if start < stop && !counts {
                // Of a list without blank lines each rest is a few lines of many.
                let within = lines.get(range.clone()).unwrap_or_default();
                let first = range.start + within.partition_point(|line| line.end() <= start);
                let behind = range.start + within.partition_point(|line| line.start() < stop);
                let text = document.joined(first..behind, Span::new(start, stop));
                if !text.text().is_empty() {
                    prose.passages.push(Passage { text, is_note });
                }
            }
            let Some((span, _)) = entry else { break };
            start = span.end.max(start);
            own += 1;
        }
    }
    prose.noted.sort_unstable();
    // One entry may lie in several notes, where what a note is was misread.
    prose.noted.dedup();
    for passage in &prose.passages {
        for word in passage.text.text().split(|c: char| !c.is_alphanumeric()) {
            if word.chars().next().is_some_and(char::is_lowercase) {
                prose.small.insert(word.to_owned());
            }
        }
    }
    prose
}
