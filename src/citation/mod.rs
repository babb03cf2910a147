//! One citation to one [`Work`]: text → tokens → anchors → labels → stretches → values.
//!
//! Grammars find what they are sure of (addresses, identifiers) and bind it; the labeller says
//! which field every other word belongs to; grammars read what stands in each stretch, and the
//! work is assembled of their values.

mod anchor;
mod antecedent;
mod archive;
mod assemble;
mod check;
mod confidence;
mod echo;
mod genre;
mod kind;
mod list;
mod memory;
mod several;
mod stretch;

pub(crate) use list::Labelled;
pub use list::ListParser;

use crate::label::Model;
use crate::work::Work;

/// Reads citations.
///
/// ```
/// let parser = citelift::Parser::new();
/// let work = parser.parse("Roe, J. (2011). Harbour watch. Port Studies, 15 (2): 61-70.");
/// assert_eq!(work.title.as_deref(), Some("Harbour watch"));
/// assert_eq!(work.page.map(|page| page.to_string()).as_deref(), Some("61-70"));
/// ```
#[derive(Clone, Debug)]
pub struct Parser {
    model: Model,
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

impl Parser {
    /// A parser with the model that comes with the library.
    #[must_use]
    pub fn new() -> Self {
        Self::with_model(Model::shipped())
    }

    /// A parser with a model of one's own.
    #[must_use]
    pub fn with_model(model: Model) -> Self {
        Self { model }
    }

    /// Reads one citation. Never fails: where nothing is understood, the work is a
    /// [`Kind::Document`](crate::Kind::Document) whose title is the line. Spans in the work's
    /// evidence are bytes of `citation`.
    ///
    /// Where the line cites several works, this is the first, and the rest stands in the note;
    /// [`parse_all`](Self::parse_all) reads them all.
    #[must_use]
    pub fn parse(&self, citation: &str) -> Work {
        ListParser::alone(self.clone()).parse(citation)
    }

    /// Reads all works that a line or a footnote cites, in its order. A footnote's words (`See,
    /// e.g.,`, `but cf.`) belong to none.
    ///
    /// ```
    /// let parser = citelift::Parser::new();
    /// let works = parser.parse_all(
    ///     "See Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70; but cf. Poe, A. (2012). \
    ///      Night pilots. Leiden: Brill.",
    /// );
    /// assert_eq!(works.len(), 2);
    /// assert_eq!(works[1].title.as_deref(), Some("Night pilots"));
    /// ```
    #[must_use]
    pub fn parse_all(&self, text: &str) -> Vec<Work> {
        self.list().parse_all(text)
    }

    /// Reads citations in the order of a list or of footnotes, one work for each. What a
    /// citation takes from one before (`———.`, `Idem`, `Ibid.`, `op. cit.`) is put in, and said
    /// in a doubt.
    ///
    /// ```
    /// let parser = citelift::Parser::new();
    /// let works = parser.parse_list([
    ///     "Roe, J. (2011). Harbour watch. Leiden: Brill.",
    ///     "———. (2014). Night harbours. Leiden: Brill.",
    /// ]);
    /// assert_eq!(works[1].author, works[0].author);
    /// ```
    #[must_use]
    pub fn parse_list<'a>(&self, citations: impl IntoIterator<Item = &'a str>) -> Vec<Work> {
        let mut list = self.list();
        citations.into_iter().map(|citation| list.parse(citation)).collect()
    }

    /// Reads a list citation by citation, of any length.
    #[must_use]
    pub fn list(&self) -> ListParser {
        ListParser::new(self.clone())
    }
}
