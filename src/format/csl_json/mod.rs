//! CSL-JSON: options, and the verbs that read and write works.
//!
//! Reads what programs call CSL-JSON, with [`from_str`] and its like; writes the JSON that
//! citation processors read: one array, or with [`ndjson`] one item a line. Called by
//! [`Format`](crate::Format) and by users. The shape is that of the CSL schema 1.0.2
//! (`csl-data.json`) and is also what serde makes of a [`Work`].

mod creators;
mod date;
mod direct;
mod escape;
mod extras;
mod looks;
pub mod ndjson;
mod node;
mod note_lines;
mod notes;
mod parse;
mod plain;
mod read;
mod reader;
mod scan;
mod session;
mod shape;
mod spell;
mod split;
mod string;
mod value;
mod write;

pub use reader::{Reader, from_reader, from_slice, from_str};

use super::Annotation;
use crate::{Diagnostic, Result, Work};
use std::io::Write;

/// How works are written as CSL-JSON.
///
/// ```
/// use citelift::csl_json::Options;
/// assert!(Options::default().evidence(true).evidence);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Which variable holds the abstract.
    pub annotation: Annotation,
    /// Whether each item carries what it was read from, as `custom.evidence`.
    pub evidence: bool,
}

impl Options {
    /// The same with the abstract written to another variable.
    #[must_use]
    pub fn annotation(mut self, annotation: Annotation) -> Self {
        self.annotation = annotation;
        self
    }

    /// The same with or without evidence.
    #[must_use]
    pub fn evidence(mut self, evidence: bool) -> Self {
        self.evidence = evidence;
        self
    }
}

/// Works as one CSL-JSON array, an item a line. Never fails; what has no place in CSL-JSON is
/// named by [`losses`].
///
/// ```
/// use citelift::{Kind, Work};
///
/// let mut work = Work::new(Kind::Book);
/// work.title = Some("Harbour watch".into());
/// assert_eq!(
///     citelift::csl_json::to_string(&[work]),
///     "[\n{\"id\":\"harbour\",\"type\":\"book\",\"title\":\"Harbour watch\"}\n]\n"
/// );
/// ```
#[must_use]
pub fn to_string(works: &[Work]) -> String {
    to_string_with(works, &Options::default())
}

/// Works as one CSL-JSON array, as `options` say. Never fails.
#[must_use]
pub fn to_string_with(works: &[Work], options: &Options) -> String {
    write::array(works, options)
}

/// Writes works as one CSL-JSON array.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where `to` fails.
pub fn to_writer(to: impl Write, works: &[Work]) -> Result<()> {
    to_writer_with(to, works, &Options::default())
}

/// Writes works as one CSL-JSON array, as `options` say.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where `to` fails.
pub fn to_writer_with(mut to: impl Write, works: &[Work], options: &Options) -> Result<()> {
    to.write_all(to_string_with(works, options).as_bytes())?;
    Ok(())
}

/// What CSL-JSON cannot hold of these works.
#[must_use]
pub fn losses(works: &[Work]) -> Vec<Diagnostic> {
    write::losses(works)
}
