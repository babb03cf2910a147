//! What stops a run: input and output that fail, bytes that are no text.
//!
//! A strange citation is never an [`Error`]; it is a [`Work`](crate::Work) with doubts.

use crate::span::Span;

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Why an operation could not be carried out.
///
/// The inside is private so that it can grow; [`Error::kind`] says what to do about it.
///
/// ```
/// let error = citelift::Error::from(std::io::Error::other("disk full"));
/// assert!(error.is_io());
/// assert_eq!(error.to_string(), "disk full");
/// ```
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Inner>);

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Reading or writing failed.
    Io,
    /// Bytes that are text in no encoding known here.
    Encoding,
    /// A file of data (a model, labelled references) that is not what it must be.
    Data,
    /// A document of a kind that is not read, or one that is broken.
    Document,
}

#[derive(Debug, thiserror::Error)]
enum Inner {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("{message}")]
    Encoding { message: String, span: Span },
    #[error("{}{message}", line.map(|line| format!("line {line}: ")).unwrap_or_default())]
    Data { message: String, line: Option<usize> },
    #[error("{message}")]
    Document { message: String },
}

impl Error {
    /// An error about bytes that are no text; `span` is in bytes of the undecoded input.
    pub(crate) fn encoding(message: impl Into<String>, span: Span) -> Self {
        Self(Box::new(Inner::Encoding { message: message.into(), span }))
    }

    /// An error about a file of data, in line `line` of it, or as a whole where that is 0.
    pub(crate) fn data(line: usize, message: impl Into<String>) -> Self {
        let line = (line > 0).then_some(line);
        Self(Box::new(Inner::Data { message: message.into(), line }))
    }

    /// An error about a document that cannot be read.
    pub(crate) fn document(message: impl Into<String>) -> Self {
        Self(Box::new(Inner::Document { message: message.into() }))
    }

    /// What kind of trouble this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &*self.0 {
            Inner::Io(_) => ErrorKind::Io,
            Inner::Encoding { .. } => ErrorKind::Encoding,
            Inner::Data { .. } => ErrorKind::Data,
            Inner::Document { .. } => ErrorKind::Document,
        }
    }

    /// Where in the input, in bytes, if the error has a place.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match &*self.0 {
            Inner::Io(_) | Inner::Data { .. } | Inner::Document { .. } => None,
            Inner::Encoding { span, .. } => Some(*span),
        }
    }

    /// Whether reading or writing failed.
    #[must_use]
    pub fn is_io(&self) -> bool {
        self.kind() == ErrorKind::Io
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self(Box::new(Inner::Io(error)))
    }
}
