//! Several works and what is doubted of them, and one record of a file: what every reader gives.

use crate::diagnostic::{Diagnostic, Severity};
use crate::span::{Position, Span};
use crate::work::Work;

/// One record of a file, as the streaming readers give it: its work, and what is doubted of it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Record {
    /// The work; `None` where nothing of the record could be read, and for what a file says
    /// between its records.
    pub work: Option<Work>,
    /// What is doubted or lost. Spans count from the beginning of the decoded text.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the record stands, in bytes of the decoded text.
    pub span: Span,
    /// Line and column of the span's first byte.
    pub position: Position,
    /// The text of the span, where there are diagnostics to point into it; else empty.
    pub source: String,
}

impl Record {
    /// A record that begins at byte `offset` of the text, at `position`.
    #[inline]
    pub(crate) fn new(
        work: Option<Work>,
        diagnostics: Vec<Diagnostic>,
        text: &str,
        offset: usize,
        position: Position,
    ) -> Self {
        let source = if diagnostics.is_empty() { String::new() } else { text.to_owned() };
        let span = Span::new(offset, offset + text.len());
        Self { work, diagnostics, span, position, source }
    }
}

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
    /// Adds a record of a text that is `len` bytes long, or of one whose end is not known where
    /// that is 0.
    #[inline]
    pub(crate) fn add(&mut self, record: Record, len: usize) {
        if let Some(work) = record.work {
            self.add_work(work, record.span.end, len);
        }
        self.diagnostics.extend(record.diagnostics);
    }

    /// Adds a work that ends at byte `end` of a text of `len` bytes. A list of works that grows is
    /// copied, and works are large: at once there is room for as many as the rest of the text is
    /// likely to hold.
    #[inline]
    pub(crate) fn add_work(&mut self, work: Work, end: usize, len: usize) {
        const FEW: usize = 64;
        // So that short records before a long one reserve no memory that is never had.
        const MOST_TIMES: usize = 16;
        let count = self.works.len();
        if count >= FEW && count == self.works.capacity() {
            let length = (end / count).max(1);
            let more = len.saturating_sub(end) / length;
            self.works.reserve(more.min(count.saturating_mul(MOST_TIMES)));
        }
        self.works.push(work);
    }

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
