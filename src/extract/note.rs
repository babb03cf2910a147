//! The works that a document cites in its footnotes and endnotes.
//!
//! Takes a document whose notes are known ([`Role::Note`]), gives the works that notes cite in
//! full. A note may say anything: what is no reference, a short one (`Roe 2010, p. 3`), or one that
//! was given before (`Ibid.`) is no work. Called by `extract`.

use super::feature::Features;
use super::likeness;
use crate::citation::Parser;
use crate::document::{Document, Role};
use crate::span::Span;
use crate::work::Work;
use std::ops::Range;

/// More than this looks like prose, as a logarithm of odds.
const PROSE: f32 = 1.0;

/// The works of all notes, in their order.
pub(super) fn works(parser: &Parser, document: &Document) -> Vec<Work> {
    let mut list = parser.list();
    let mut works = Vec::new();
    for lines in notes(document) {
        let all = document.lines().get(lines.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (all.first(), all.last()) else { continue };
        let joined = document.joined(lines, Span::new(first.start(), last.end()));
        let cited = list.parse_all_joined(&joined, document.text());
        works.extend(cited.into_iter().filter(is_whole));
    }
    works
}

/// The lines of each note.
fn notes(document: &Document) -> Vec<Range<usize>> {
    let mut notes: Vec<Range<usize>> = Vec::new();
    let mut counted = false;
    for (at, line) in document.lines().iter().enumerate() {
        if line.role != Role::Note {
            continue;
        }
        match notes.last_mut() {
            Some(last) if last.end == at && counted && line.number.is_none() => last.end += 1,
            _ => notes.push(at..at + 1),
        }
        counted = line.number.is_some() || counted && notes.last().is_some_and(|n| n.len() > 1);
    }
    notes
}

/// Whether a work has all that a reference in full has: who, what, and when or where.
fn is_whole(work: &Work) -> bool {
    let named = !work.author.is_empty() || !work.editor.is_empty();
    let placed = work.issued.is_some()
        || work.publisher.is_some()
        || work.container_title.is_some() && (work.volume.is_some() || work.page.is_some());
    let source = work.evidence.as_ref().map_or("", |evidence| evidence.source.as_str());
    named && placed && work.title.is_some() && likeness::prose(&Features::of(source)) < PROSE
}
