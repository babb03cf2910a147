//! One citation to one [`Work`]: text → tokens → anchors → labels → stretches → values.
//!
//! Grammars find what they are sure of (addresses, identifiers) and bind it; the labeller says
//! which field every other word belongs to; grammars read what stands in each stretch, and the
//! work is assembled of their values.

mod anchor;
mod assemble;
mod check;
mod confidence;
mod kind;
mod stretch;

use crate::label::Model;
use crate::lex::Lexed;
use crate::text::Joined;
use crate::work::Work;

/// Reads citations.
///
/// ```
/// let parser = citelift::Parser::new();
/// let work = parser.parse("Roe, J. (2011). Harbour watch. Port Studies, 15 (2): 61-70.");
/// assert_eq!(work.title.as_deref(), Some("Harbour watch"));
/// assert_eq!(work.page.unwrap().to_string(), "61-70");
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
    #[must_use]
    pub fn parse(&self, citation: &str) -> Work {
        self.parse_joined(&Joined::of(citation), citation)
    }

    /// Reads one citation whose clean text was joined of stretches of `source`. Spans are bytes
    /// of `source`.
    pub(crate) fn parse_joined(&self, joined: &Joined, source: &str) -> Work {
        let lexed = Lexed::new(joined.text());
        let anchors = anchor::anchors(&lexed);
        let labeller = self.model.labeller();
        let labelling = labeller.label(&lexed, |positions| anchor::bound(&anchors, positions));
        let stretches = check::checked(&lexed, labeller, labelling);
        assemble::assemble(&lexed, &anchors, &stretches, joined, source)
    }
}
