//! How stretches of a text are marked in the document they come from: italics, links.
//!
//! `document` finds them, [`Joined`](super::Joined) carries them to the citation parser.

use crate::span::Span;
use std::sync::Arc;

/// What a mark says of its stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "plain text says less"))]
pub(crate) enum Style {
    /// Set in italics, or underlined where a typewriter has none.
    Italic,
    /// Set in bold.
    Bold,
    /// Raised above the line: the number of a note, or of an entry cited.
    Raised,
    /// A link; its target, as the document has it.
    Link(Arc<str>),
}

/// A marked stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The stretch.
    pub(crate) span: Span,
    /// What is said of it.
    pub(crate) style: Style,
}
