//! Duplicates: which works are the same, how sure that is and why, and one work made of several.
//!
//! Takes works of one file or of many, gives [`Cluster`]s of them; [`merge`] makes one work of a
//! cluster that keeps what each of its sources had. Called by users and by the commands `extract`
//! and `convert`. Nothing here depends on the order of the works, but for which of them is named
//! first.
//!
//! Works are the same by their DOI; by a number of PubMed; by an ISBN or an address together with
//! the title; else by title, year, first author, pages, and where they stand. Works of which a
//! DOI, volume, issue, page range, edition, chapter or number differs are two, whatever their
//! titles say. A preprint and its article, a thesis and its book, a paper and the article made
//! of it are told as perhaps the same, and so is what differs in more than its spelling.

mod choose;
mod creator;
mod fold;
mod group;
mod judge;
mod merge;
mod portrait;
mod report;

use crate::diagnostic::Diagnostic;
use crate::work::{Confidence, Work};

pub use merge::{Merged, merge};
pub use report::report;

/// Works that are one, or are perhaps.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cluster {
    /// The indexes of the works, smallest first; at least two.
    pub works: Vec<usize>,
    /// How sure it is that all of them are one.
    pub confidence: Confidence,
    /// What speaks for it.
    pub reasons: Vec<Reason>,
}

impl Cluster {
    /// Whether the works are the same, not only perhaps. No work is in two clusters that are
    /// sure; one that is not may hold works of one that is.
    ///
    /// ```
    /// use citelift::duplicate;
    /// let works = [
    ///     citelift::parse("Roe, J. (2011). Harbour watch at night. Port Studies, 15(2): 61-70."),
    ///     citelift::parse("Roe, Jane. Harbour Watch at Night. Port Studies 15.2 (2011): 61-70."),
    /// ];
    /// assert!(duplicate::find(&works)[0].is_sure());
    /// ```
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.confidence.get() >= judge::SURE
    }
}

/// What speaks for two works being one; for [`Reason::Preprint`], why that is not sure.
///
/// ```
/// use citelift::duplicate::Reason;
/// assert_eq!(Reason::Doi.to_string(), "DOI");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// They have one DOI.
    Doi,
    /// They have one number of PubMed or PubMed Central.
    PubMed,
    /// They have one ISBN.
    Isbn,
    /// They have one address.
    Url,
    /// Their titles are equal but for case, accents, articles and marks.
    Title,
    /// Their titles differ in a few letters, or one lacks the subtitle.
    SimilarTitle,
    /// They are of one year.
    Year,
    /// Those who made them are the same, as far as they are named.
    Author,
    /// They have the same pages.
    Pages,
    /// They stand in one journal or book.
    Container,
    /// They have one publisher.
    Publisher,
    /// One is a preprint or a working paper, and the other is not.
    Preprint,
}

impl Reason {
    const ALL: [Reason; 12] = [
        Reason::Doi,
        Reason::PubMed,
        Reason::Isbn,
        Reason::Url,
        Reason::Title,
        Reason::SimilarTitle,
        Reason::Year,
        Reason::Author,
        Reason::Pages,
        Reason::Container,
        Reason::Publisher,
        Reason::Preprint,
    ];
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Reason::Doi => "DOI",
            Reason::PubMed => "PubMed number",
            Reason::Isbn => "ISBN",
            Reason::Url => "address",
            Reason::Title => "title",
            Reason::SimilarTitle => "similar title",
            Reason::Year => "year",
            Reason::Author => "author",
            Reason::Pages => "pages",
            Reason::Container => "journal or book",
            Reason::Publisher => "publisher",
            Reason::Preprint => "one is a preprint",
        })
    }
}

/// A set of reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Reasons(u16);

impl Reasons {
    fn add(&mut self, reason: Reason) {
        self.0 |= 1 << reason as u8;
    }

    fn unite(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn list(self) -> Vec<Reason> {
        Reason::ALL.into_iter().filter(|&reason| self.0 & (1 << reason as u8) != 0).collect()
    }
}

/// What is said of one of several works.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// The index of the work.
    pub work: usize,
    /// The index of the work that it is the same as, where that is what is said.
    pub other: Option<usize>,
    /// What is said; a span counts in the text that this work was read from.
    pub diagnostic: Diagnostic,
}

/// The works that are the same, and those that perhaps are, in the order of their first works.
/// Takes time little more than linear in their number, whatever they hold.
///
/// ```
/// use citelift::duplicate::{self, Reason};
/// let works: Vec<_> = [
///     "Roe, J. (2011). Harbour watch at night. Port Studies, 15(2): 61-70.",
///     "Poe, A. (2012). Night pilots. Leiden: Brill.",
///     "Roe, Jane. Harbour Watch at Night. Port Studies 15.2 (2011): 61-70.",
/// ]
/// .map(citelift::parse)
/// .into();
/// let clusters = duplicate::find(&works);
/// assert_eq!(clusters[0].works, [0, 2]);
/// assert!(clusters[0].reasons.contains(&Reason::Title));
/// assert_eq!(clusters.len(), 1);
/// ```
#[must_use]
pub fn find(works: &[Work]) -> Vec<Cluster> {
    group::clusters(works)
}
