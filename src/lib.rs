//! citelift lifts citations out of loose text and exports them whole.
//!
//! A report ends in a bibliography that somebody typed by hand. [`extract`] finds it, reads every
//! entry into a [`Work`], with its annotation and the heading it stood under, and says what it
//! doubts; [`parse`] reads one citation. [`bibtex`], [`ris`] and [`csl_json`] write works as
//! reference managers read them.
//!
//! ```
//! let mut works = citelift::extract(
//!     "Den Boer, M. & L. Block (2013). Liaison Officers: Essential Actors in Transnational \
//!      Policing. The Hague: Eleven International Publishing.",
//! )
//! .works;
//! citelift::key::assign(&mut works);
//! assert_eq!(works[0].id.as_deref(), Some("denboer2013liaison"));
//! assert_eq!(works[0].publisher_place.as_deref(), Some("The Hague"));
//! print!("{}", citelift::bibtex::to_string(&works));
//! ```
//!
//! # Where is what
//!
//! | to | look at |
//! | --- | --- |
//! | read one citation, a text, a file | [`parse`], [`extract`], [`Document`] with [`Extractor`] |
//! | read footnotes: several works a line, `Ibid.`, `op. cit.` | [`Parser::parse_all`], [`Parser::parse_list`], [`ListParser`] |
//! | know what a work holds | [`Work`], [`Field`], [`Kind`], and the value types [`Names`], [`Date`], [`Pages`] |
//! | know where a value stood and how sure it is | [`Evidence`], [`Confidence`] |
//! | know what is doubted or lost | [`Diagnostic`], [`Code`], [`Bibliography::into_works`] |
//! | write BibTeX, BibLaTeX, RIS, CSL-JSON | [`bibtex`], [`ris`], [`csl_json`], or [`Format`] for a format chosen at run time |
//! | convert a file that is too big to hold | [`Format::reader`], [`Format::writer`] |
//! | know beforehand what a format cannot hold | `losses` in each of these |
//! | know where a text cites its works | [`Extractor::citations`], [`Citations`] |
//! | make cite keys | [`key`] |
//! | find works that are the same, and make one of them | [`duplicate`] |
//! | read with a model of one's own, make one, measure it | [`Model`], [`Parser::with_model`]; with the feature `train` also `train`, `evaluate` |
//!
//! The model keeps to CSL's vocabulary (specification 1.0.2); `serde` writes a [`Work`] as a
//! CSL-JSON item. The library prints nothing, reads no file, and panics on no input: a strange
//! citation gives a work with doubts, never an error.
//!
//! # Features
//!
//! `encodings` reads documents that are not in Unicode (Windows-1252, Shift JIS and the like).
//! Without it such a document gives an [`Error`] that names the byte.
//!
//! `train` trains models on references of one's own (`train`), and measures what is read against
//! references whose fields are known (`evaluate`).

mod bibliography;
mod citation;
mod diagnostic;
mod document;
pub mod duplicate;
mod error;
#[cfg(feature = "train")]
pub mod evaluate;
mod extract;
mod format;
mod grammar;
pub mod key;
mod label;
mod lex;
mod lexicon;
mod span;
mod text;
#[cfg(feature = "train")]
pub mod train;
mod work;

pub use bibliography::{Bibliography, Record};
pub use citation::{ListParser, Parser};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use document::{Document, DocumentKind};
pub use error::{Error, ErrorKind, Result};
pub use extract::{Citation, CitationDoubt, CitationForm, Citations, Extractor};
pub use format::{
    Annotation, Format, RecordReader, Seen, WriteOptions, Writer, bibtex, csl_json, ris,
};
pub use label::{Label, Model};
pub use span::{Position, Span};
pub use work::{
    Confidence, Date, DateForm, Evidence, Extra, Field, FieldClass, FieldEvidence, InvalidDate,
    Kind, Name, Names, Origin, PageRange, Pages, PartialDate, Person, Season, Value, ValueRef,
    Work, WrongClass, doi_in, is_doi, is_isbn, is_issn,
};

/// Reads one citation. Never fails: where nothing is understood, the work is a
/// [`Kind::Document`] whose title is the line.
///
/// ```
/// let work = citelift::parse("Yi-chao, L. (2011). Harbour watch. Port Studies, 3: 18-20.");
/// assert_eq!(work.kind, citelift::Kind::ArticleJournal);
/// let author = work.author.first().map(ToString::to_string);
/// assert_eq!(author.as_deref(), Some("Yi-chao, L."));
/// assert_eq!(work.volume.as_deref(), Some("3"));
/// ```
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

/// Runs the README's examples as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
