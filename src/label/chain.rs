//! The chain of labels: which follows which.
//!
//! A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001): a chain's score is
//! the sum of every position's score for its label and of a score for each pair of neighbours.

use super::name::Label;

const L: usize = Label::COUNT;

/// Scores of one position for every label.
pub(crate) type Scores = [f32; L];

/// Scores of neighbours, and of labels at the ends.
#[derive(Clone, Debug)]
pub(crate) struct Transitions {
    /// `between[from][to]`
    pub(crate) between: [Scores; L],
    pub(crate) first: Scores,
    pub(crate) last: Scores,
}

impl Default for Transitions {
    fn default() -> Self {
        Self { between: [[0.0; L]; L], first: [0.0; L], last: [0.0; L] }
    }
}

/// What labels a position may have, one bit a label.
pub(crate) type Allowed = u32;

/// Every label.
pub(crate) const ANY: Allowed = (1 << L) - 1;
