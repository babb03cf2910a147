//! Training: labelled references and recipes in, a model out.

pub(crate) mod augment;
pub(crate) mod encode;
pub(crate) mod gradient;
pub(crate) mod optimise;
pub(crate) mod random;
pub(crate) mod recipe;
pub(crate) mod reference;
