//! Several works and what is doubted of them: what every reader gives.

use crate::diagnostic::{Diagnostic, Severity};
use crate::work::Work;

/// Several works, and what is doubted of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bibliography {
    /// The works in the order of the document.
    pub works: Vec<Work>,
    /// Every doubt and loss, in the order of the document. What concerns one work stands in
    /// its [`Evidence::doubts`](crate::Evidence::doubts) too.
    pub diagnostics: Vec<Diagnostic>,
}

impl Bibliography {
    /// The works, unless something was lost or doubted: the strict reading.
    ///
    /// # Errors
    /// All diagnostics, where one of them is more than a note.
    ///
    /// ```
    /// let doubtful = citelift::extract("Roe, J. (2011). Harbour watch. Port Studies, 15: 70-61.");
    /// assert_eq!(doubtful.into_works().unwrap_err()[0].code.as_str(), "citation/pages-backwards");
    /// ```
    pub fn into_works(self) -> Result<Vec<Work>, Vec<Diagnostic>> {
        if self.diagnostics.iter().any(|diagnostic| diagnostic.severity > Severity::Note) {
            Err(self.diagnostics)
        } else {
            Ok(self.works)
        }
    }
}
