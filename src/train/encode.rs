//! From a labelled reference to features and labels of its positions.

use super::gradient::Encoded;
use super::reference::Labelled;
use crate::label::{Allowed, Label, Position, features, only, positions};
use crate::lex::Lexed;
use crate::span::Span;

/// Features as hashes, and the labels of positions.
pub(crate) struct Seen {
    pub(crate) hashes: Vec<u32>,
    pub(crate) starts: Vec<u32>,
    pub(crate) sets: Vec<Allowed>,
}

pub(crate) fn seen(reference: &Labelled) -> Seen {
    let text = reference.text();
    let joined = reference.joined(&text);
    let lexed = Lexed::of(&joined);
    let positions = positions(&lexed);
    let sets =
        sets(reference, &positions, |span| joined.source(span).first().copied().unwrap_or(span));
    let found = features(&lexed, &positions);
    Seen { hashes: found.hashes, starts: found.starts, sets }
}

/// The labels of positions: those of the piece that the middle of each stands in; `place` tells
/// where a position stands in the reference's text.
pub(super) fn sets(
    reference: &Labelled,
    positions: &[Position],
    place: impl Fn(Span) -> Span,
) -> Vec<Allowed> {
    let mut ends = Vec::with_capacity(reference.pieces.len());
    let mut at = 0;
    for piece in &reference.pieces {
        at += piece.text.len();
        ends.push(at);
    }
    positions
        .iter()
        .map(|position| {
            let span = place(position.span);
            let index = ends.partition_point(|&end| end <= span.start + span.len() / 2);
            reference.pieces.get(index).map_or(only(Label::Other), |piece| piece.set)
        })
        .collect()
}

impl Encoded {
    /// With the rows that `row` gives to hashes.
    pub(crate) fn of(seen: &Seen, row: impl Fn(u32) -> Option<u32>) -> Self {
        let mut encoded = Self { sets: seen.sets.clone(), ..Self::default() };
        for index in 0..seen.sets.len() {
            encoded.starts.push(encoded.rows.len() as u32);
            let of = seen.starts[index] as usize..seen.starts[index + 1] as usize;
            encoded.rows.extend(seen.hashes[of].iter().filter_map(|&hash| row(hash)));
        }
        encoded.starts.push(encoded.rows.len() as u32);
        encoded
    }
}
