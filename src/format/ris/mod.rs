//! RIS, both ways: options, and the verbs that read and write works.
//!
//! Takes works, gives RIS records, and the other way round; called by [`Format`](crate::Format) and by users. Types and
//! tags are those of the RIS specification of 2011, which gives tags a meaning by type.

mod creators;
mod date;
mod name;
mod read;
mod reader;
mod split;
mod tag;
mod together;
mod value;
mod variable;
mod write;

use super::Annotation;
use crate::{Diagnostic, Result, Work};
use std::io::Write;

pub use reader::{Reader, from_reader, from_slice, from_str};

/// How works are written as RIS.
///
/// ```
/// use citelift::{Annotation, ris::Options};
/// assert_eq!(Options::default().annotation(Annotation::Note).annotation, Annotation::Note);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Which tag holds the abstract.
    pub annotation: Annotation,
}

impl Options {
    /// The same with the abstract written to another tag.
    #[must_use]
    pub fn annotation(mut self, annotation: Annotation) -> Self {
        self.annotation = annotation;
        self
    }
}

/// Works as RIS: UTF-8 without a byte order mark, lines ended by CR LF. Never fails; what has
/// no place in RIS is named by [`losses`].
///
/// ```
/// use citelift::{Kind, Name, Work};
///
/// let mut work = Work::new(Kind::Book);
/// work.author.push(Name::person("Roe", "Jane"));
/// let ris = citelift::ris::to_string(&[work]);
/// assert!(ris.contains("\r\nAU  - Roe, Jane\r\n"));
/// ```
#[must_use]
pub fn to_string(works: &[Work]) -> String {
    to_string_with(works, &Options::default())
}

/// Works as RIS, as `options` say. Never fails.
#[must_use]
pub fn to_string_with(works: &[Work], options: &Options) -> String {
    write::records(works, options)
}

/// Writes works as RIS.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where `to` fails.
pub fn to_writer(to: impl Write, works: &[Work]) -> Result<()> {
    to_writer_with(to, works, &Options::default())
}

/// Writes works as RIS, as `options` say.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where `to` fails.
pub fn to_writer_with(mut to: impl Write, works: &[Work], options: &Options) -> Result<()> {
    to.write_all(to_string_with(works, options).as_bytes())?;
    Ok(())
}

/// What RIS cannot hold of these works.
#[must_use]
pub fn losses(works: &[Work]) -> Vec<Diagnostic> {
    write::losses(works)
}
