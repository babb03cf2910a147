//! One token.

use crate::lexicon::Classes;
use crate::span::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, with apostrophes and hyphens between them.
    Word,
    /// Digits.
    Number,
    /// Letters and digits together: `e1000098`, `2nd`, `B5`.
    Mixed,
    /// A web address or a bare DOI.
    Link,
    /// Any other character, alone.
    Mark(char),
}

/// A token: its kind, its place, and what its word can mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: TokenKind,
    /// Where in the text it stands.
    pub(crate) span: Span,
    /// Whether white space stands before it.
    pub(crate) space: bool,
    /// The classes of its word in the lexicon.
    pub(crate) classes: Classes,
    /// All classes of the phrases that begin with it.
    pub(super) phrases: Classes,
}
