//! Stands in for the extractor until the library has it.

use citelift::{Bibliography, Document};

/// Extracts.
pub(crate) struct Extractor;

impl Extractor {
    /// One.
    pub(crate) fn new() -> Self {
        Self
    }

    /// Extracts.
    pub(crate) fn extract(&self, document: &Document) -> Bibliography {
        citelift::extract(document.text())
    }
}
