//! Where in an entry its citation ends and its annotation begins.
//!
//! Takes an entry's text, cut wherever a citation may end: behind a sentence (with or without a
//! space, `Press.The harbour`), at a line's end. Each piece looks more like a citation or more like
//! prose; the cut that leaves citation before and prose behind wins. Called by `entry`.

use super::feature::{Feature, Features};
use super::likeness;
use super::opening::head_end;
use super::region::Break;
use super::sentence::cuts;
use super::token::{Shape, TOKENS, Tokens};
use std::collections::HashMap;

/// An entry's text, and its beginnings of lines.
#[derive(Clone, Debug)]
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    /// Where each line but the first begins, in bytes of `text`, and what parts it from the line
    /// before.
    pub(super) lines: Vec<(usize, Break)>,
}

/// What a citation may end at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum End {
    /// A line's end that the writer made.
    Line,
    /// A blank line.
    Blank,
    /// A sentence's end where the line may have been broken for its length.
    SoftLine,
    /// A sentence's end inside a line.
    Sentence,
    /// A sentence's end without a space behind it.
    Glued,
    /// The full stop of an initial.
    Initial,
    /// A sentence's end in a quotation or brackets.
    Inside,
    /// The entry's end: there is no annotation.
    Entry,
}

/// How an entry is split, and by how much that beats the next best way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Split {
    /// Where the annotation begins, in bytes of the entry's text; its length where there is none.
    pub(super) at: usize,
    pub(super) end: End,
    pub(super) margin: f32,
}

/// A piece says no more than this, as a logarithm of odds.
const LOUDEST: f32 = 3.0;
/// What it costs to end a citation before its title.
const UNTITLED: f32 = -6.0;
/// So many citations that end with their lines end in a full one.
const FULL_LINES: f32 = 0.3;
/// Splits with a smaller margin than this teach nothing.
const SURE: f32 = 2.0;

/// Splits all entries of a document, twice: what the first time is sure of tells where citations
/// end in this document.
pub(super) fn split(entries: &[Text<'_>]) -> Vec<Split> {
    let pieces: Vec<Vec<Piece>> = entries.iter().map(pieces).collect();
    let first: Vec<Split> =
        pieces.iter().zip(entries).map(|(pieces, entry)| best(pieces, entry, usual)).collect();
    let mut counts: HashMap<End, f32> = HashMap::new();
    let mut total = 0.0;
    for split in first.iter().filter(|split| split.margin > SURE) {
        *counts.entry(split.end).or_default() += 1.0;
        total += 1.0;
    }
    // Where citations end with their lines, a line may be full by chance.
    let lines = counts.get(&End::Line).copied().unwrap_or(0.0);
    *counts.entry(End::SoftLine).or_default() += FULL_LINES * lines;
    let learned = |end: End| {
        // What was never seen grows unlikely with the number of entries seen.
        let count = counts.get(&end).copied().unwrap_or(0.0);
        usual(end) + ((count + 0.3) / (total / 3.0 + 0.3)).ln().clamp(-LOUDEST, 1.0)
    };
    pieces.iter().zip(entries).map(|(pieces, entry)| best(pieces, entry, learned)).collect()
}

/// How usual it is that a citation ends so, as a logarithm of odds.
fn usual(end: End) -> f32 {
    match end {
        End::Line | End::Blank => 2.0,
        End::SoftLine => -2.0,
        End::Sentence => -3.0,
        End::Glued => -1.0,
        End::Initial => -3.5,
        End::Inside => -6.0,
        End::Entry => 0.0,
    }
}

/// A piece of an entry between two places where its citation may end.
#[derive(Clone, Copy, Debug)]
struct Piece {
    at: usize,
    /// What the citation would end at, ending before this piece.
    end: End,
    /// How much the piece looks like prose; of the first, which is the citation's, nobody asks.
    prose: f32,
    /// Whether it has a year or an address, as most citations do somewhere.
    dated: bool,
    /// Whether the citation would have names and a year and nothing else, ending before this piece.
    untitled: bool,
}

fn pieces(entry: &Text<'_>) -> Vec<Piece> {
    let cuts = cuts(entry.text);
    let head = head_end(entry.text, &cuts);
    let mut ends: Vec<(usize, End)> = Vec::new();
    let mut lines = entry.lines.iter().peekable();
    let line_ends = |at: usize, gap: Break| line_end(entry.text, at, gap).map(|end| (at, end));
    for cut in cuts {
        while let Some(&(at, gap)) = lines.next_if(|(at, _)| *at < cut.at) {
            ends.extend(line_ends(at, gap));
        }
        let gap = lines.next_if(|(at, _)| *at == cut.at).map(|&(_, gap)| gap);
        let end = match gap {
            Some(Break::Soft) => End::SoftLine,
            Some(Break::Hard) => End::Line,
            Some(Break::Blank | Break::Page) => End::Blank,
            None if cut.inside => End::Inside,
            None if cut.after_initial => End::Initial,
            None if cut.spaced => End::Sentence,
            None => End::Glued,
        };
        ends.push((cut.at, end));
    }
    ends.extend(lines.filter_map(|&(at, gap)| line_ends(at, gap)));
    let starts = std::iter::once((0, End::Entry)).chain(ends.iter().copied());
    let stops = ends.iter().map(|&(at, _)| at).chain([entry.text.len()]);
    starts
        .zip(stops)
        .map(|((at, end), stop)| {
            let text = entry.text.get(at..stop).unwrap_or_default();
            if at == 0 {
                return Piece { at, end, prose: 0.0, dated: is_dated(text), untitled: true };
            }
            let features = Features::of(text);
            // "No." and "Dr." are cut off sentences of either kind; an address says enough.
            let words = (1.0 - features.get(Feature::Short)).mul_add(2.0, 0.1).min(1.0);
            let loudest = if features.has(Feature::Address) { LOUDEST } else { LOUDEST * words };
            let prose = likeness::prose(&features).clamp(-loudest, loudest);
            let dated = features.has(Feature::Year) || features.has(Feature::Address);
            Piece { at, end, prose, dated, untitled: at <= head + 1 }
        })
        .collect()
}

/// Whether a text has a year or an address.
fn is_dated(text: &str) -> bool {
    let mut tokens = Tokens::of(text).take(TOKENS);
    tokens.any(|token| matches!(token.shape, Shape::Year | Shape::Address))
}

/// What a line's beginning in the middle of a sentence is to a citation.
fn line_end(text: &str, at: usize, gap: Break) -> Option<End> {
    match gap {
        Break::Hard => Some(End::Line),
        Break::Blank | Break::Page => Some(End::Blank),
        Break::Soft => {
            // A citation may end in its pages or address, without a full stop.
            let last = text.get(..at)?.trim_end().chars().next_back()?;
            let first = text.get(at..)?.chars().next()?;
            let ends = last.is_numeric() || matches!(last, '/' | '>' | ')' | ']' | '”' | '»');
            (ends && (first.is_uppercase() || matches!(first, '“' | '«' | '[')))
                .then_some(End::SoftLine)
        }
    }
}

/// The best split of one entry; the first piece always belongs to the citation.
fn best(pieces: &[Piece], entry: &Text<'_>, usual: impl Fn(End) -> f32) -> Split {
    // Prose behind the split counts for it, prose before it against it.
    let total: f32 = pieces.iter().skip(1).map(|piece| piece.prose).sum();
    let dated_anywhere = pieces.iter().any(|piece| piece.dated);
    let mut dated = pieces.first().is_some_and(|piece| piece.dated);
    let mut before = 0.0;
    let none = Split { at: entry.text.len(), end: End::Entry, margin: 0.0 };
    let (mut best, mut best_score, mut second) = (none, f32::NEG_INFINITY, f32::NEG_INFINITY);
    let mut offer = |split: Split, score: f32| {
        if score > best_score {
            second = best_score;
            (best, best_score) = (split, score);
        } else if score > second {
            second = score;
        }
    };
    for piece in pieces.iter().skip(1) {
        let undated = if dated_anywhere && !dated { -2.0 } else { 0.0 };
        let untitled = if piece.untitled { UNTITLED } else { 0.0 };
        let score = total - 2.0 * before + usual(piece.end) + undated + untitled;
        offer(Split { at: piece.at, end: piece.end, margin: 0.0 }, score);
        before += piece.prose;
        dated |= piece.dated;
    }
    offer(none, -total + usual(End::Entry));
    let margin = if second.is_finite() { best_score - second } else { 2.0 * SURE };
    Split { margin, ..best }
}
