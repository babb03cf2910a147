//! A labelled reference: its text, cut where the labels change.

use super::random::Random;
use super::setting;
use crate::label::{Allowed, Label, only};
use crate::span::Span;
use crate::text::{Joined, Mark, Style};

/// A reference whose words are labelled.
///
/// ```
/// use citelift::train::Labelled;
/// let line = "<author>Roe, J.</author> (<date>2010</date>). <title>Harbour watch</title>.";
/// let references = Labelled::read(line)?;
/// assert_eq!(references[0].text(), "Roe, J. (2010). Harbour watch.");
/// let text = references[0].text();
/// let last = references[0].spans().last();
/// let last = last.map(|(span, label)| (&text[span.start..span.end], label));
/// assert_eq!(last, Some(("Harbour watch", citelift::Label::Title)));
/// # Ok::<(), citelift::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labelled {
    pub(crate) pieces: Vec<Piece>,
}

/// A stretch of a reference's text and the labels it may have.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) set: Allowed,
    /// How its document sets it, as far as that was made up for it.
    pub(crate) styles: Vec<Style>,
}

impl Piece {
    pub(crate) fn new(text: impl Into<String>, set: Allowed) -> Self {
        Self { text: text.into(), set, styles: Vec::new() }
    }
}

/// The labels that a source's name for one stands for; `None` for a name that no source has.
///
/// The names are CSL's, those of AnyStyle and GROBID where they differ, and those of recipes.
pub(crate) fn set_of(name: &str) -> Option<Allowed> {
    Some(match name {
        // a body whose part is not said
        "organisation" => only(Label::Author) | only(Label::Publisher),
        "director" | "producer" | "chapter" | "source" => only(Label::Other) | only(Label::Note),
        "body" => only(Label::Author),
        "monograph" | "fulltitle" => only(Label::Title),
        "journal" | "booktitle" | "book" | "newspaper" | "conference" => {
            only(Label::ContainerTitle)
        }
        "series" => only(Label::CollectionTitle),
        "university" | "institution" | "bodypublisher" => only(Label::Publisher),
        "location" => only(Label::Place),
        "year" => only(Label::Date),
        "page" | "articlenumber" => only(Label::Pages),
        "pmid" | "issn" => only(Label::Isbn),
        name => only(Label::from_name(name)?),
    })
}

impl Labelled {
    /// The text of the reference.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// The same as a document would have it that tells italics, bold type and links, in some
    /// style; `seed` decides in which. For measuring what a model makes of them.
    ///
    /// ```
    /// use citelift::{Model, train::{Agreement, Labelled}};
    /// let line = "<title>Harbour watch</title>. <publisher>Brill</publisher>, <date>2010</date>.";
    /// let references: Vec<_> = Labelled::read(line)?.iter().map(|one| one.set(1)).collect();
    /// assert_eq!(Agreement::of(&Model::shipped(), &references).words(), (4, 4));
    /// # Ok::<(), citelift::Error>(())
    /// ```
    #[must_use]
    pub fn set(&self, seed: u64) -> Self {
        let mut new = self.clone();
        setting::set(&mut new, &mut Random::new(seed));
        new
    }

    /// Its text as the document's marks show it.
    pub(crate) fn joined(&self, text: &str) -> Joined {
        let mut joined = Joined::of(text);
        let mut at = 0;
        let mut marks = Vec::new();
        for piece in &self.pieces {
            let span = Span::new(at, at + piece.text.len());
            marks.extend(piece.styles.iter().map(|style| Mark { span, style: style.clone() }));
            at = span.end;
        }
        if !marks.is_empty() {
            joined.mark(marks.iter());
        }
        joined
    }

    /// Its labelled stretches, in bytes of [`Labelled::text`]; where a source leaves a label
    /// open, the first that it may be.
    pub fn spans(&self) -> impl Iterator<Item = (Span, Label)> {
        let mut at = 0;
        self.pieces.iter().filter_map(move |piece| {
            let span = Span::new(at, at + piece.text.len());
            at = span.end;
            let label = Label::ALL.into_iter().find(|&label| piece.set & only(label) != 0)?;
            (label != Label::Other).then_some((span, label))
        })
    }

    /// Adds a stretch of text; unlabelled neighbours are one.
    pub(crate) fn push(&mut self, text: &str, set: Allowed) {
        if text.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.set == set && set & only(Label::Other) != 0 => {
                last.text.push_str(text);
            }
            _ => self.pieces.push(Piece::new(text, set)),
        }
    }

    /// Of a text with labelled spans in characters; `open` is the set of what has no label. The
    /// error tells what is wrong with a span.
    pub(crate) fn of_spans(
        text: &str,
        spans: &mut [(usize, usize, Allowed)],
        open: Allowed,
    ) -> Result<Self, String> {
        let places: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut reference = Self::default();
        let mut at = 0;
        spans.sort_by_key(|&(start, end, _)| (start, end));
        for &mut (first, last, set) in spans {
            let (Some(&start), Some(&end)) = (places.get(first), places.get(last)) else {
                return Err(format!("the span {first} to {last} ends behind the text"));
            };
            if start < at {
                return Err(format!("the span {first} to {last} lies over another"));
            }
            if end <= start {
                continue;
            }
            reference.push(&text[at..start], open);
            reference.push(&text[start..end], set);
            at = end;
        }
        reference.push(&text[at..], open);
        Ok(reference)
    }
}
