//! Which word of a citation belongs to which field, learned from labelled references.
//!
//! A citation's words become [`Position`]s; each has features (its word, its form, the marks
//! around it); the model adds up a row of weights for every feature, a recurrent layer reads the
//! sums in both directions, and the likeliest chain of labels is taken. What the labels of one
//! field hold is for the grammars.

mod chain;
mod compact;
mod decode;
mod feature;
mod matrix;
mod model;
mod name;
mod network;
mod position;

pub(crate) use chain::Allowed;
pub use model::Model;
pub(crate) use model::{Labeller, Labelling};
pub use name::Label;
pub(crate) use position::Position;

// What training needs besides.
#[cfg(feature = "train")]
pub(crate) use self::{
    chain::{ANY, Scores, Transitions},
    feature::features,
    network::{Direction, GATES, HIDDEN, JOINT, Network, WIDTH, sigmoid, tanh},
    position::positions,
};

/// The set of one label.
pub(crate) const fn only(label: Label) -> Allowed {
    1 << label as u32
}

/// The set of all labels.
pub(crate) const fn any() -> Allowed {
    chain::ANY
}
