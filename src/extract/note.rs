//! The works that a document cites in its footnotes and endnotes.
//!
//! Takes a document whose notes are known ([`Role::Note`]), gives the works that notes cite in
//! full. A note may say anything: what is no reference, a short one (`Roe 2010, p. 3`), or one that
//! was given before (`Ibid.`) is no work. Called by `extract`.

use super::feature::Features;
use super::likeness;
use crate::citation::Parser;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Role};
use crate::duplicate;
use crate::span::Span;
use crate::work::Work;
use std::ops::Range;

/// More than this looks like prose, as a logarithm of odds.
const PROSE: f32 = 1.0;

/// Adds the works of all notes to those that are `listed`, in their order; a work that is listed,
/// or that a note before has cited, is no further one.
pub(super) fn add(
    parser: &Parser,
    document: &Document,
    listed: &mut Vec<Work>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let cited = works(parser, document);
    if cited.is_empty() {
        return;
    }
    let first = listed.len();
    // The page that a note names is the place that it means.
    let placeless = cited.iter().map(|work| {
        let mut work = work.clone();
        work.page = None;
        work
    });
    let all: Vec<Work> = listed.iter().cloned().chain(placeless).collect();
    let mut again = vec![false; cited.len()];
    for cluster in duplicate::find(&all).iter().filter(|cluster| cluster.is_sure()) {
        for at in cluster.works.iter().skip(1).filter_map(|at| at.checked_sub(first)) {
            again[at] = true;
        }
    }
    let count = again.iter().filter(|again| **again).count();
    if count > 0 {
        let message = match count {
            1 => "a note cites a work that is there already".to_owned(),
            _ => format!("{count} citations of notes are of works that are there already"),
        };
        diagnostics.push(
            Diagnostic::new(Code::ExtractCitedAgain, None, message).assumed("each is given once"),
        );
    }
    listed.extend(cited.into_iter().zip(again).filter(|(_, again)| !again).map(|(work, _)| work));
}

/// The works of all notes, in their order.
fn works(parser: &Parser, document: &Document) -> Vec<Work> {
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
