//! Which word of a citation belongs to which field, learned from labelled references.
//!
//! A citation's words become [`Position`]s; each has features (its word, its form, the marks
//! around it); the model adds up a row of weights for every feature, a recurrent layer reads the
//! sums in both directions, and the likeliest chain of labels is taken. What the labels of one
//! field hold is for the grammars.

pub(crate) mod chain;
mod compact;
mod decode;
pub(crate) mod feature;
mod model;
mod name;
pub(crate) mod network;
pub(crate) mod position;
#[cfg(feature = "train")]
pub(crate) mod train;

pub(crate) use chain::Allowed;
pub(crate) use model::{Labeller, Labelling};
pub use name::Label;
pub(crate) use position::Position;

use std::sync::OnceLock;

/// The set of one label.
pub(crate) const fn only(label: Label) -> Allowed {
    1 << label as u32
}

/// The set of all labels.
pub(crate) const fn any() -> Allowed {
    chain::ANY
}

/// The model that comes with the library.
pub(crate) fn shipped() -> &'static Labeller {
    static SHIPPED: OnceLock<Labeller> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let bytes = include_bytes!("../../data/citelift.model");
        Labeller::from_bytes(bytes).unwrap_or_else(|_| Labeller::empty())
    })
}
