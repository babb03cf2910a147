//! One citation to one [`Work`]: the conductor of lexer, grammars and arrangement.
//!
//! The text is lexed; several readings of its head (authors, date) are tried; for each, what
//! follows is cut into elements and the elements are arranged into fields; the reading with the
//! best score is assembled.

mod arrange;
mod assemble;
mod confidence;
mod element;
mod head;
mod kind;

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
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Parser {}

/// How many readings of the head are carried through.
const READINGS: usize = 4;

impl Parser {
    /// A parser with the built-in rules.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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
        let start = head::behind_number(&lexed);
        let reading = head::heads(&lexed, start)
            .into_iter()
            .take(READINGS)
            .map(|head| Reading::new(&lexed, head))
            .max_by(|a, b| a.score.total_cmp(&b.score));
        assemble::assemble(&lexed, reading, joined, source)
    }
}

/// One reading of a citation, whole.
pub(crate) struct Reading {
    pub(crate) head: head::Head,
    pub(crate) elements: Vec<element::Element>,
    pub(crate) arrangement: arrange::Arrangement,
    pub(crate) score: f32,
}

impl Reading {
    fn new(lexed: &Lexed, head: head::Head) -> Self {
        let dated =
            head.date.as_ref().is_some_and(|(_, typed)| crate::grammar::date::is_real(&typed.date));
        let elements = element::elements(lexed, head.rest, dated);
        let arrangement = arrange::arrange(lexed, &elements);
        let titled = arrangement.labels.contains(&Some(arrange::Label::Title));
        let score = head.score + arrangement.score - if titled { 0.0 } else { 1.5 };
        Self { head, elements, arrangement, score }
    }
}
