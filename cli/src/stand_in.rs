//! Stands in for documents until the library has them.

use citelift::{Bibliography, Diagnostic, Result};

/// A decoded text.
#[derive(Debug)]
pub(crate) struct Document {
    text: String,
    diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// Decodes.
    pub(crate) fn from_slice(bytes: &[u8], _hint: Option<&str>) -> Result<Self> {
        let text = String::from_utf8(bytes.to_vec())
            .map_err(|error| std::io::Error::other(error.utf8_error()))?;
        Ok(Self { text, diagnostics: Vec::new() })
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The doubts of decoding.
    pub(crate) fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

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
