//! Lists of names as people type them: `Den Boer, M. & L. Block`, `Glasgow K, Garner M`,
//! `WATSON, Richard L.`, `M.R. Waldman et J. Roe`, bodies with their own `and`.
//!
//! The text is known to be names. It is cut into units (words, initials, particles, separators)
//! and at its separators into pieces; each piece has a form (only initials, only words, words
//! before initials, …), and the order that costs least over the whole list says which pieces
//! are one person.

mod body;
mod common;
mod letters;
mod list;
mod literal;
mod merge;
mod person;
mod piece;
mod reading;
mod shapes;
mod units;
mod word;

pub(crate) use list::names_in;
