//! Footnotes: small type at a column's foot that begins with a raised number or sign.
//!
//! Takes a column's rows, parts its notes from its text. Small type alone is no note: a list of
//! references is often set so. Called by `flow`.

use super::page::Row;

/// Type of a note is smaller than the text's by this factor.
const SMALLER: f32 = 0.93;
/// A column holds more text than notes, in rows: at least a row of text for so many of notes.
const MOST_NOTES: usize = 4;

/// Where the notes at a column's foot begin, if it has any: a row. `size` is that of the
/// document's text; `goes_on` where the page before ended in a note.
pub(super) fn begin(rows: &[Row], size: f32, goes_on: bool) -> Option<usize> {
    let small = rows.iter().rev().take_while(|row| row.size <= SMALLER * size).count();
    let from = rows.len() - small;
    if from == 0 || small == 0 || small > MOST_NOTES * from {
        return None;
    }
    let first =
        (from..rows.len()).find(|&at| rows.get(at).is_some_and(|row| sign(row).is_some()))?;
    // What comes before the first number goes on from the page before, if anything does.
    Some(if goes_on { from } else { first })
}

/// What a row's note is counted by, if it begins one: its number, `None` inside for a sign such as
/// a star, and how many of its words that takes.
pub(super) fn sign(row: &Row) -> Option<(Option<u32>, usize)> {
    let first = row.words.first()?;
    let text = first.text.trim_matches(['(', ')', '[', ']', '.']);
    if matches!(text, "*" | "**" | "***" | "∗" | "∗∗" | "†" | "‡" | "§" | "¶") {
        return Some((None, 1));
    }
    let number = text.parse().ok().filter(|number| (1..10_000).contains(number))?;
    row.is_raised(0).then_some((Some(number), 1))
}
