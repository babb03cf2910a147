//! BibTeX and BibLaTeX: options, and the verbs that read and write works.
//!
//! Takes `.bib` text and gives works, or takes works and gives text in one of two dialects; called by [`Format`](crate::Format)
//! and by users. Types and fields are those of the BibTeX manual ("BibTeXing", sections 3.1 and
//! 3.2) and of the biblatex manual 3.20, sections 2.1 and 2.2.

mod bytes;
mod command;
mod date_read;
mod date_write;
mod decode;
mod inherit;
mod journal;
mod language;
mod latex;
mod math;
mod name;
mod name_plain;
mod name_read;
mod parents;
mod protect;
mod raw;
mod read;
mod reader;
mod spot;
mod tidy;
mod values;
mod whole;
mod write;

use super::Annotation;
use crate::{Bibliography, Diagnostic, Result, Work, text};
use std::io::{Read, Write};

pub use parents::Parents;
pub use reader::Reader;
pub use tidy::{FormatOptions, Formatted, format};

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

/// Reads a `.bib` text of either dialect. Never fails: what is wrong with the text is told by the
/// diagnostics, and one broken entry never costs another.
///
/// Abbreviations (`@string`) are put in, what entries inherit (`crossref`, `xdata`, sets) is
/// theirs, LaTeX is decoded, math is left alone. Fields that the model has not are kept in
/// [`Work::extra`] and written back.
///
/// ```
/// let bib = r#"@string{ps = "Port Studies"}
/// @article{roe2010, author = {Roe, Jane and M{\"u}ller, J.}, title = {The {NATO} port},
///   journal = ps, year = 2010, month = nov, pages = {61--70}}"#;
/// let read = citelift::bibtex::from_str(bib);
/// let work = &read.works[0];
/// let last = work.author.iter().last().map(ToString::to_string);
/// assert_eq!(last.as_deref(), Some("Müller, J."));
/// assert_eq!(work.title.as_deref(), Some("The NATO port"));
/// assert_eq!(work.container_title.as_deref(), Some("Port Studies"));
/// let issued = work.issued.as_ref().map(ToString::to_string);
/// assert_eq!(issued.as_deref(), Some("2010-11"));
/// assert!(read.diagnostics.is_empty());
/// ```
#[must_use]
pub fn from_str(text: &str) -> Bibliography {
    whole::bibliography(text)
}

/// Reads a `.bib` file in UTF-8, UTF-16 with its mark, or an older encoding, which is guessed and
/// reported. Never fails.
#[must_use]
pub fn from_slice(bytes: &[u8]) -> Bibliography {
    let mut diagnostics = Vec::new();
    let mut read = from_str(&text::decode_leniently(bytes, &mut diagnostics));
    diagnostics.append(&mut read.diagnostics);
    Bibliography { diagnostics, ..read }
}

/// Reads a `.bib` file to its end; [`Reader`] gives it entry for entry.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where `from` fails.
pub fn from_reader(mut from: impl Read) -> Result<Bibliography> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    Ok(from_slice(&bytes))
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
