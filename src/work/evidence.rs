//! What a work was read from: the text, the place of every value, and how sure each is.

use super::Field;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// A share between 0 and 1: of the values stated at this number, the part that a careful person
/// would leave as they are.
///
/// ```
/// use citelift::Confidence;
/// assert_eq!(Confidence::new(1.7), Confidence::CERTAIN);
/// assert_eq!(Confidence::new(f32::NAN).get(), 0.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, serde::Serialize)]
pub struct Confidence(f32);

impl Confidence {
    /// Certain: 1.
    pub const CERTAIN: Self = Self(1.0);

    /// A confidence; numbers outside 0 to 1 are drawn to the nearer end, no number to 0.
    #[must_use]
    pub fn new(share: f32) -> Self {
        Self(if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) })
    }

    /// The share, 0 to 1.
    #[must_use]
    pub fn get(self) -> f32 {
        self.0
    }
}

/// Where one value of a field stood, and how sure it is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FieldEvidence {
    /// The field.
    pub field: Field,
    /// Which value of it: the index of a name in a list of names, else 0.
    pub index: usize,
    /// Where in the document, in bytes of the decoded text. More than one span where the value
    /// is interrupted (by a page header, say); none where the value was inferred.
    pub spans: Vec<Span>,
    /// How sure the value is.
    pub confidence: Confidence,
}

impl FieldEvidence {
    /// Where value number `index` of a field stood, and how sure it is.
    ///
    /// ```
    /// use citelift::{Confidence, Field, FieldEvidence, Span};
    /// let place = FieldEvidence::new(Field::Title, 0, vec![Span::new(9, 22)], Confidence::CERTAIN);
    /// assert_eq!(place.spans[0].len(), 13);
    /// ```
    #[must_use]
    pub fn new(field: Field, index: usize, spans: Vec<Span>, confidence: Confidence) -> Self {
        Self { field, index, spans, confidence }
    }
}

/// What a work was read from. It travels with the work, and does not count when works are
/// compared.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Evidence {
    /// The text that the work was read from, as it was typed.
    pub source: String,
    /// Where that text begins in the document, in bytes of the decoded text; spans count from
    /// the document's beginning.
    pub offset: usize,
    /// Every value's place and confidence.
    pub fields: Vec<FieldEvidence>,
    /// How sure it is that the work is right in all its fields.
    pub confidence: Confidence,
    /// What is doubted.
    pub doubts: Vec<Diagnostic>,
}

impl Evidence {
    /// Evidence of a work whose text begins at byte `offset` of its document, as yet without the
    /// places of its values.
    ///
    /// ```
    /// use citelift::{Confidence, Evidence, Span};
    /// let evidence = Evidence::new("Roe 2010.", 100, Confidence::CERTAIN);
    /// assert_eq!(evidence.text(Span::new(104, 108)), Some("2010"));
    /// ```
    #[must_use]
    pub fn new(source: impl Into<String>, offset: usize, confidence: Confidence) -> Self {
        Self { source: source.into(), offset, fields: Vec::new(), confidence, doubts: Vec::new() }
    }

    /// The evidence of a field's value number `index`.
    #[must_use]
    pub fn of(&self, field: Field, index: usize) -> Option<&FieldEvidence> {
        self.fields.iter().find(|evidence| evidence.field == field && evidence.index == index)
    }

    /// The text at a span, as it was typed; `None` where the span lies outside the source.
    ///
    /// ```
    /// let work = citelift::parse("Roe, J. (2010). Harbour watch. Leiden: Brill.");
    /// let title = work.evidence.as_ref().and_then(|evidence| {
    ///     let title = evidence.of(citelift::Field::Title, 0)?;
    ///     evidence.text(title.spans[0])
    /// });
    /// assert_eq!(title, Some("Harbour watch"));
    /// ```
    #[must_use]
    pub fn text(&self, span: Span) -> Option<&str> {
        let start = span.start.checked_sub(self.offset)?;
        self.source.get(start..span.end.checked_sub(self.offset)?)
    }
}
