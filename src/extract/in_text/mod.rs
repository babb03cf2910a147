//! Where a document cites the works that it lists: which are cited, which never, and which
//! citations have no entry.
//!
//! Takes a [`Document`] and its [`Bibliography`], gives [`Citations`]. Running text and notes are
//! read, the entries of the list are not. A citation is known by its form (`(Roe, 2010)`,
//! `Roe (2010: 12)`, `[3, 5–7]`, `[Roe10]`, `Roe, Harbour watch, p. 3` in a note) and means the
//! entry with these names and this year, this number, this label. Called by programs.

mod author_date;
mod index;
mod names;
mod note;
mod number;
mod page;
mod prose;
mod token;
mod word;

use super::Extractor;
use crate::bibliography::Bibliography;
use crate::document::Document;
use crate::span::Span;
use author_date::Scan;
use index::Index;
use std::collections::HashSet;

/// How a text points at a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CitationForm {
    /// By a name and a year: `(Roe, 2010)`.
    AuthorDate,
    /// By the number of the entry: `[3]`, or a raised 3.
    Number,
    /// By the label of the entry: `[Roe10]`.
    Label,
    /// In a footnote or endnote, in full or in short: `Roe, Harbour watch, p. 3`.
    Note,
}

/// Why it is doubted what a citation means.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CitationDoubt {
    /// Several works fit: two of one author and year, where no letter tells which.
    Several,
    /// No work of this name is listed.
    NotListed,
    /// Works of this name are listed, with these years and no other.
    OtherYears(Vec<i32>),
    /// No entry has this number or label.
    NoSuchNumber,
    /// The citation stands for the one before it, and there is none.
    NothingBefore,
    /// The name stands elsewhere in the sentence.
    NameApart,
    /// The entry has other names behind the first.
    OtherNames,
}

impl std::fmt::Display for CitationDoubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Several => "several works fit",
            Self::NotListed => "no work of this name is listed",
            Self::OtherYears(years) if years.is_empty() => {
                return f.write_str("works of this name are listed, but none of this year");
            }
            Self::OtherYears(years) => {
                let years: Vec<String> = years.iter().map(ToString::to_string).collect();
                return write!(f, "works of this name are listed with {} alone", years.join(", "));
            }
            Self::NoSuchNumber => "no entry has this number or label",
            Self::NothingBefore => "it stands for a citation before it, and there is none",
            Self::NameApart => "the name stands elsewhere in the sentence",
            Self::OtherNames => "the entry has other names behind the first",
        })
    }
}

/// One place where a text cites.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Citation {
    /// Where it stands, in bytes of the document's text.
    pub span: Span,
    /// How it points.
    pub form: CitationForm,
    /// The indexes of the works that it means, in the bibliography; empty where it has no entry.
    pub works: Vec<usize>,
    /// Where in the work: `p. 12`, `12–15`.
    pub locator: Option<String>,
    /// Why it is doubted what it means, or that it has an entry.
    pub doubt: Option<CitationDoubt>,
}

/// All places where a document cites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Citations {
    /// Every citation in the order of the document. One of several works (`Roe 2010; Poe 2012`)
    /// is several.
    pub citations: Vec<Citation>,
    /// The indexes of the works that are listed and never cited.
    pub never_cited: Vec<usize>,
}

impl Citations {
    /// The citations of a work.
    ///
    /// ```
    /// use citelift::{Document, Extractor};
    /// let document = Document::from_text(
    ///     "Pilots see little (Roe, 2011: 62).\n\nReferences\n\n\
    ///      Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.\n",
    /// );
    /// let extractor = Extractor::new();
    /// let citations = extractor.citations(&document, &extractor.extract(&document));
    /// let locator = citations.of(0).next().and_then(|citation| citation.locator.as_deref());
    /// assert_eq!(locator, Some("62"));
    /// ```
    pub fn of(&self, work: usize) -> impl Iterator<Item = &Citation> {
        self.citations.iter().filter(move |citation| citation.works.contains(&work))
    }

    /// The citations that have no entry.
    ///
    /// ```
    /// use citelift::{Document, Extractor};
    /// let document = Document::from_text(
    ///     "Others disagree (Poe, 2012).\n\nReferences\n\n\
    ///      Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.\n",
    /// );
    /// let extractor = Extractor::new();
    /// let citations = extractor.citations(&document, &extractor.extract(&document));
    /// let first = citations.without_entry().next().map(|citation| citation.span);
    /// assert_eq!(first.and_then(|span| span.of(document.text())), Some("Poe, 2012"));
    /// assert_eq!(citations.never_cited, [0]);
    /// ```
    pub fn without_entry(&self) -> impl Iterator<Item = &Citation> {
        self.citations.iter().filter(|citation| citation.works.is_empty())
    }
}

impl Extractor {
    /// Finds where the text cites the works of a bibliography, its own list or another. Never
    /// fails.
    ///
    /// What looks like a citation and has no entry is given only where its form leaves little
    /// doubt that it is one.
    ///
    /// ```
    /// use citelift::{Document, Extractor};
    /// let document = Document::from_text(
    ///     "As Roe (2011) saw, pilots sleep (Poe & Doe 2012; see also Poe 1999).\n\nReferences\n\n\
    ///      Poe, A. & M. Doe (2012). Night pilots. Leiden: Brill.\n\n\
    ///      Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.\n",
    /// );
    /// let extractor = Extractor::new();
    /// let bibliography = extractor.extract(&document);
    /// let found = extractor.citations(&document, &bibliography);
    /// let cited: Vec<&[usize]> = found.citations.iter().map(|it| it.works.as_slice()).collect();
    /// assert_eq!(cited, [&[1][..], &[0], &[]]);
    /// ```
    #[must_use]
    pub fn citations(&self, document: &Document, bibliography: &Bibliography) -> Citations {
        let works = &bibliography.works;
        let prose = prose::read(document, works);
        let index = Index::of(works, &prose.noted);
        let mut citations = Vec::new();
        let mut scan = Scan::new(&index, &prose);
        for passage in &prose.passages {
            citations.extend(scan.passage(passage));
        }
        citations.extend(number::find(document, works, &prose, &citations));
        let mut citations = note::in_full(works, &prose.noted, &index, citations);
        citations.sort_by_key(|citation| (citation.span.start, citation.span.end));
        let cited: HashSet<usize> =
            citations.iter().flat_map(|citation| citation.works.iter().copied()).collect();
        // What a note cites in full is cited there, or means an entry that is.
        let noted: HashSet<usize> = prose.noted.iter().copied().collect();
        let never_cited =
            (0..works.len()).filter(|at| !cited.contains(at) && !noted.contains(at)).collect();
        Citations { citations, never_cited }
    }
}
