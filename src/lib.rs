//! citelift lifts citations out of loose text.
//!
//! (crate docs follow)

mod citation;
mod diagnostic;
mod document;
mod error;
mod extract;
mod format;
mod grammar;
pub mod key;
mod lex;
mod lexicon;
mod span;
mod text;
mod work;

pub use citation::Parser;
pub use diagnostic::{Code, Diagnostic, Severity};
pub use document::Document;
pub use error::{Error, ErrorKind, Result};
pub use extract::Extractor;
pub use format::{Annotation, Format, WriteOptions, bibtex, csl_json, ris};
pub use span::{Position, Span};
pub use work::{
    Confidence, Date, DateForm, Evidence, Extra, Field, FieldClass, FieldEvidence, InvalidDate,
    Kind, Name, Names, Origin, PageRange, Pages, PartialDate, Person, Season, Value, ValueRef,
    Work, WrongClass, doi_in, is_doi, is_isbn, is_issn,
};

/// Several works, and what is doubted of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bibliography {
    /// The works in the order of the document.
    pub works: Vec<Work>,
    /// Every doubt and loss, in the order of the document.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads one citation. Never fails: where nothing is understood, the work is a
/// [`Kind::Document`] whose title is the line.
#[must_use]
pub fn parse(citation: &str) -> Work {
    Parser::new().parse(citation)
}

/// Finds the bibliography in a text and reads every work of it. Never fails.
///
/// ```
/// let text = "Harbours have changed since 1990, as all know.\n\n\
///     Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.\nWhat pilots see.\n";
/// let works = citelift::extract(text).works;
/// assert_eq!(works.len(), 1);
/// assert_eq!(works[0].abstract_.as_deref(), Some("What pilots see."));
/// ```
#[must_use]
pub fn extract(text: &str) -> Bibliography {
    Extractor::new().extract(&Document::from_text(text))
}
