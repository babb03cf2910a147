//! The model that citations are labelled with: the one that comes with the library, or a file.
//!
//! Called by all commands that read citations, and by those that make and measure models.

use crate::input;
use crate::render::Failure;
use citelift::{Model, Parser};
use std::path::Path;

/// The model at `path`, or the one that comes with the library.
pub(crate) fn open(path: Option<&Path>) -> Result<Model, Failure> {
    let Some(path) = path else { return Ok(Model::shipped()) };
    let name = path.display().to_string();
    let failure = |why: &dyn std::fmt::Display| {
        Failure::reading(&name, why).help("a model is made by citelift train LABELLED -o MODEL")
    };
    // `-` too: standard input has the citations.
    let bytes = std::fs::read(path).map_err(|error| {
        if path.is_dir() || input::is_standard(path) {
            failure(&"a model must be a file")
        } else {
            failure(&error)
        }
    })?;
    Model::from_bytes(&bytes).map_err(|error| failure(&error))
}

/// A parser with that model.
pub(crate) fn parser(path: Option<&Path>) -> Result<Parser, Failure> {
    open(path).map(Parser::with_model)
}
