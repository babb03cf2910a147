//! Lists of names as people type them: `Den Boer, M. & L. Block`, `Glasgow K, Garner M`,
//! `WATSON, Richard L.`, `M.R. Waldman et J. Roe`, bodies with their own `and`.
//!
//! A list is cut at its separators into pieces; each piece has a form (only initials, only
//! words, words before initials, …), and the order of forms says which are one person.

mod body;
mod common;
mod list;
mod person;
mod piece;
mod reading;
mod units;

pub(crate) use list::names_in;
