//! BibTeX and BibLaTeX: options, and the verbs that write works.
//!
//! Takes works, gives `.bib` text in one of two dialects; called by [`Format`](crate::Format)
//! and by users. Types and fields are those of the BibTeX manual ("BibTeXing", sections 3.1 and
//! 3.2) and of the biblatex manual 3.20, sections 2.1 and 2.2.

mod language;
mod latex;
mod name;
mod protect;
mod write;

use super::Annotation;
use crate::{Diagnostic, Result, Work};
use std::io::Write;

/// Which language a `.bib` file is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dialect {
    /// BibTeX: `journal`, `year`, `month`, `@techreport`.
    #[default]
    Bibtex,
    /// BibLaTeX: `journaltitle`, `date`, `@report`.
    Biblatex,
}

/// How works are written as BibTeX.
///
/// ```
/// use citelift::bibtex::{Dialect, Options};
/// let options = Options::default().dialect(Dialect::Biblatex);
/// assert_eq!(options.dialect, Dialect::Biblatex);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The dialect.
    pub dialect: Dialect,
    /// Which field holds the abstract.
    pub annotation: Annotation,
}

impl Options {
    /// The same in another dialect.
    #[must_use]
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// The same with the abstract written to another field.
    #[must_use]
    pub fn annotation(mut self, annotation: Annotation) -> Self {
        self.annotation = annotation;
        self
    }
}

/// Works as BibTeX. Never fails; what has no place in BibTeX is named by [`losses`].
///
/// ```
/// use citelift::{Date, Kind, Name, Work};
///
/// let mut work = Work::new(Kind::Book);
/// work.author.push(Name::person("Roe", "Jane"));
/// work.title = Some("Harbour watch at NATO".into());
/// work.issued = Some(Date::year(2011));
/// let bib = citelift::bibtex::to_string(&[work]);
/// assert!(bib.starts_with("@book{roe2011harbour,\n"));
/// assert!(bib.contains("title = {Harbour watch at {NATO}}"));
/// ```
#[must_use]
pub fn to_string(works: &[Work]) -> String {
    to_string_with(works, &Options::default())
}

/// Works as a `.bib` file of a dialect. Never fails.
#[must_use]
pub fn to_string_with(works: &[Work], options: &Options) -> String {
    write::entries(works, options)
}

/// Writes works as BibTeX.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where `to` fails.
pub fn to_writer(to: impl Write, works: &[Work]) -> Result<()> {
    to_writer_with(to, works, &Options::default())
}

/// Writes works as a `.bib` file of a dialect.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where `to` fails.
pub fn to_writer_with(mut to: impl Write, works: &[Work], options: &Options) -> Result<()> {
    to.write_all(to_string_with(works, options).as_bytes())?;
    Ok(())
}

/// What BibTeX cannot hold of these works.
#[must_use]
pub fn losses(works: &[Work]) -> Vec<Diagnostic> {
    losses_with(works, &Options::default())
}

/// What a dialect cannot hold of these works.
#[must_use]
pub fn losses_with(works: &[Work], options: &Options) -> Vec<Diagnostic> {
    write::losses(works, options)
}
