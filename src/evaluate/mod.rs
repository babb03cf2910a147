//! How much of what was read is right, measured against references whose fields are known.
//!
//! Takes [`Gold`] references and the items that were read from their texts, both CSL-JSON; gives
//! precision, recall and F1 of every field and of all together, and the share of references
//! without any fault. Values are compared in a normal form: what a careful person would not call
//! an error (case, kinds of dashes, `pp.`, `J.-P.` for `Jean-Paul`) does not count. Needs the
//! feature `train`.
//!
//! The measure is that of a program in Python, down to values of wrong types; `tests/evaluate.rs`
//! holds the two together. They part only in whole numbers of more than 64 bits, and in the few
//! characters whose class Unicode has changed since version 14.
//!
//! ```
//! use citelift::evaluate::{Evaluation, Gold, Options};
//!
//! let gold = Gold::from_json_lines(
//!     r#"{"id": 1, "text": "Roe, J. (2011). Harbour watch.", "gold": {"title": "Harbour watch",
//!         "author": [{"family": "Roe", "given": "Jane"}], "issued": {"date-parts": [[2011]]}}}"#
//!         .replace('\n', " ")
//!         .as_str(),
//! )?;
//! let read = serde_json::json!({"title": "Harbour Watch.", "author": [{"family": "Roe", "given": "J."}]});
//! let mut evaluation = Evaluation::new(Options::default());
//! evaluation.add(&gold[0], &read);
//! assert_eq!(evaluation.micro().right(), 2);
//! assert_eq!(evaluation.micro().missing(), 1);
//! assert_eq!(evaluation.whole(), (0, 1));
//! assert_eq!(evaluation.faults()[0].wrong[0].field, "issued");
//! # Ok::<(), citelift::Error>(())
//! ```

mod character;
mod compare;
mod count;
mod date;
mod distance;
mod evaluation;
mod gold;
mod identifier;
mod name;
mod number;
mod page;
mod spelling;
mod text;

pub use compare::Verdict;
pub use count::Count;
pub use evaluation::{Evaluation, Fault, WrongField};
pub use gold::Gold;

/// The fields that are compared, by their CSL names. No others are looked at, but for `type`
/// where [`Options::types`] asks for it.
pub const FIELDS: [&str; 13] = [
    "author",
    "editor",
    "title",
    "container-title",
    "issued",
    "volume",
    "issue",
    "page",
    "publisher",
    "publisher-place",
    "edition",
    "DOI",
    "URL",
];

/// What counts as right.
///
/// ```
/// let mut options = citelift::evaluate::Options::default();
/// options.soft = true;
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Titles and container titles are also right if at most a fifth of the longer one must be
    /// changed to get the other (GROBID's soft criterion).
    pub soft: bool,
    /// The type of the work is compared too.
    pub types: bool,
}
