//! A file as lines of text with the carrier's marks taken out; nothing here knows what a
//! citation is.
//!
//! Takes bytes or text, gives a [`Document`]: the decoded text, and the lines worth reading,
//! each as stretches of that text, so that everything read later keeps its address. `extract`
//! calls it. Plain text and Markdown keep their own text (`plain`); of every other kind of
//! document one file here makes paragraphs with marks (`build`), and nothing else.

#[cfg(any(feature = "docx", feature = "epub", feature = "odt"))]
#[cfg_attr(
    not(feature = "documents"),
    allow(dead_code, reason = "every kind of document needs a part of it")
)]
mod archive;
#[cfg(any(feature = "html", feature = "markdown"))]
mod block;
#[cfg(any(
    feature = "docx",
    feature = "html",
    feature = "latex",
    feature = "odt",
    feature = "rtf"
))]
#[cfg_attr(
    not(feature = "documents"),
    allow(dead_code, reason = "every kind of document needs a part of it")
)]
mod build;
mod control;
#[cfg(feature = "html")]
mod css;
#[cfg(feature = "docx")]
mod docx;
#[cfg(feature = "html")]
mod element;
mod emphasis;
#[cfg(feature = "epub")]
mod epub;
#[cfg(feature = "html")]
mod html;
mod hyphen;
mod kind;
#[cfg(feature = "latex")]
mod latex;
#[cfg(any(feature = "docx", feature = "rtf"))]
mod link;
mod mark;
#[cfg(feature = "markdown")]
mod markdown;
#[cfg(feature = "odt")]
mod odt;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
#[cfg(feature = "rtf")]
mod rtf;
#[cfg(any(feature = "docx", feature = "latex", feature = "odt", feature = "rtf"))]
#[cfg_attr(
    not(feature = "documents"),
    allow(dead_code, reason = "every kind of document needs a part of it")
)]
mod run;
mod running;
#[cfg(any(feature = "docx", feature = "odt"))]
mod table;
mod wrap;
#[cfg(feature = "html")]
mod xhtml;
#[cfg(any(feature = "docx", feature = "epub", feature = "odt"))]
#[cfg_attr(
    not(feature = "documents"),
    allow(dead_code, reason = "every kind of document needs a part of it")
)]
mod xml;

pub use kind::DocumentKind;

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::span::Span;
use crate::text::{Joined, Mark, Style, decode};
use std::ops::Range;

/// A document to extract from: its decoded text, and its lines free of the carrier's marks.
///
/// ```
/// let document = citelift::Document::from_text("Roe, J. (2010). Harbour watch. Brill.");
/// assert!(document.text().starts_with("Roe"));
/// assert!(document.diagnostics().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    text: String,
    lines: Vec<Line>,
    /// Stretches of the text that are marked, in the order of their beginning, none of them
    /// longer than a line; `None` where this kind of document knows no marks.
    marks: Option<Vec<Mark>>,
    diagnostics: Vec<Diagnostic>,
    kind: DocumentKind,
}

/// What a reader gives.
#[derive(Debug, Default)]
struct Content {
    text: String,
    lines: Vec<Line>,
    marks: Option<Vec<Mark>>,
    diagnostics: Vec<Diagnostic>,
}

/// What tests look at.
#[cfg(test)]
#[cfg_attr(not(feature = "documents"), allow(dead_code, reason = "every kind has its own tests"))]
impl Content {
    /// The text of each line.
    fn texts(&self) -> Vec<String> {
        let text = |line: &Line| {
            line.stretches.iter().filter_map(|span| span.of(&self.text)).collect::<String>()
        };
        self.lines.iter().map(text).collect()
    }

    /// What is marked, and how.
    fn marked(&self) -> Vec<(&str, &Style)> {
        let marks = self.marks.as_deref().unwrap_or_default();
        marks.iter().filter_map(|mark| Some((mark.span.of(&self.text)?, &mark.style))).collect()
    }
}

/// A line worth reading: blank lines, page numbers, running heads and rules of stars are none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// Its text as stretches of the document's, without indentation, bullet and marks; at least
    /// one, none of them empty.
    pub(crate) stretches: Vec<Span>,
    /// The bullet it opens with.
    pub(crate) bullet: bool,
    /// How far it is indented, in columns.
    pub(crate) indent: usize,
    /// How many blank lines lie between it and the line before.
    pub(crate) blank: usize,
    /// Whether a page ended between it and the line before.
    pub(crate) page: bool,
    /// How its text follows that of the line before.
    pub(crate) join: Join,
    /// What it is, where the document says so.
    pub(crate) role: Role,
    /// The number that the document counts it by, where its text does not have it.
    pub(crate) number: Option<u32>,
}

/// What a line is, where its document says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "plain text says less"))]
pub(crate) enum Role {
    /// The document says nothing: plain text.
    #[default]
    Unknown,
    /// Running text, or a further paragraph of an item.
    Paragraph,
    /// A heading of a level, from 1.
    Heading(u8),
    /// Begins an item of a list.
    Item,
    /// A footnote or an endnote.
    Note,
}

/// How a line's text follows that of the line before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Join {
    /// The writer broke the line: a paragraph, an entry or a field ends.
    #[default]
    Apart,
    /// The line may have been broken for its length alone: a space joins the two.
    Space,
    /// The break fell inside a word, an address or a text without spaces: nothing joins them.
    Nothing,
    /// The break divided a word: its hyphen goes.
    Hyphen,
}

impl Line {
    /// Where the line's text begins in the document.
    pub(crate) fn start(&self) -> usize {
        self.stretches.first().map_or(0, |span| span.start)
    }

    /// Where the line's text ends in the document.
    pub(crate) fn end(&self) -> usize {
        self.stretches.last().map_or(0, |span| span.end)
    }
}

impl Document {
    /// Reads a file's bytes. What kind of document they are, the bytes tell, and where they leave
    /// it open `hint`, a file name or media type ([`DocumentKind::detect`]). Text may be UTF-8, or
    /// UTF-16 with its mark; with the feature `encodings` also older encodings, guessed. Every
    /// other kind is a feature of its own, and `documents` has them all.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) where the bytes are no text in an
    /// encoding known here; the message and [`Error::span`](crate::Error::span) name the byte.
    /// [`ErrorKind::Document`](crate::ErrorKind::Document) where they are of a kind that is not
    /// read, or broken.
    ///
    /// ```
    /// use citelift::{Document, ErrorKind};
    /// let document = Document::from_slice(b"\xEF\xBB\xBFRoe 2010", Some("list.txt"))?;
    /// assert_eq!(document.text(), "Roe 2010");
    /// let broken = Document::from_slice(b"\xFF\xFE\x00", None);
    /// assert_eq!(broken.err().map(|error| error.kind()), Some(ErrorKind::Encoding));
    /// let picture = Document::from_slice(b"\x89PNG", None);
    /// assert_eq!(picture.err().map(|error| error.kind()), Some(ErrorKind::Document));
    /// # Ok::<(), citelift::Error>(())
    /// ```
    pub fn from_slice(bytes: &[u8], hint: Option<&str>) -> Result<Self> {
        let Some(kind) = DocumentKind::detect(bytes, hint) else {
            let what = kind::other(bytes).unwrap_or("of no kind that is read here");
            return Err(Error::document(format!("the file is no document, but {what}")));
        };
        let content = match kind {
            DocumentKind::Text => plain_text(bytes)?,
            #[cfg(feature = "markdown")]
            DocumentKind::Markdown => {
                let mut diagnostics = Vec::new();
                let text = decode(bytes, &mut diagnostics)?;
                Content { diagnostics, ..markdown::read(text) }
            }
            #[cfg(feature = "html")]
            DocumentKind::Html => html::read(bytes)?,
            #[cfg(feature = "docx")]
            DocumentKind::Docx => docx::read(bytes)?,
            #[cfg(feature = "odt")]
            DocumentKind::Odt => odt::read(bytes)?,
            #[cfg(feature = "epub")]
            DocumentKind::Epub => epub::read(bytes)?,
            #[cfg(feature = "latex")]
            DocumentKind::Latex => {
                let mut diagnostics = Vec::new();
                let text = decode(bytes, &mut diagnostics)?;
                latex::read(&text, diagnostics)
            }
            #[cfg(feature = "rtf")]
            DocumentKind::Rtf => rtf::read(bytes),
            #[cfg(feature = "pdf")]
            DocumentKind::Pdf => pdf::read(bytes)?,
            #[allow(unreachable_patterns, reason = "where all features are there")]
            kind => return Err(unread(kind)),
        };
        Ok(Self::of(content, kind).unlike(hint))
    }

    /// Reads what `pdftotext -bbox-layout` of poppler found in a PDF that
    /// [`from_slice`](Self::from_slice) finds no text in. `program` is what the program calls
    /// itself, for the message that says so. The library runs no programs; whoever calls it does.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Document`](crate::ErrorKind::Document) where there are no words in it.
    ///
    /// ```
    /// let output = r#"<page width="595" height="842">
    ///     <word xMin="50" yMin="91" xMax="70" yMax="102">Harbours</word></page>"#;
    /// let document = citelift::Document::from_pdftotext(output, "pdftotext 22.12")?;
    /// assert_eq!(document.text(), "Harbours\n");
    /// # Ok::<(), citelift::Error>(())
    /// ```
    #[cfg(feature = "pdf")]
    pub fn from_pdftotext(output: &str, program: &str) -> Result<Self> {
        Ok(Self::of(pdf::read_pdftotext(output, program)?, DocumentKind::Pdf))
    }

    /// Reads a plain text. Never fails.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self::of(plain::read(text.to_owned()), DocumentKind::Text)
    }

    fn of(content: Content, kind: DocumentKind) -> Self {
        let Content { text, lines, marks, mut diagnostics } = content;
        if !matches!(kind, DocumentKind::Text | DocumentKind::Markdown) {
            // The place is one of the file or of a packed part, and not of the text.
            let guessed =
                diagnostics.iter_mut().filter(|one| one.code == Code::TextEncodingGuessed);
            guessed.for_each(|one| one.span = None);
        }
        control::report(&text, &mut diagnostics);
        Self { text, lines, marks, diagnostics, kind }
    }

    /// The same, saying so where the file is named like another kind.
    fn unlike(mut self, hint: Option<&str>) -> Self {
        let named = hint
            .and_then(|name| name.rsplit_once('.'))
            .and_then(|(_, extension)| DocumentKind::from_extension(extension));
        let is_like = |named| {
            named == self.kind || named == DocumentKind::Text && self.kind == DocumentKind::Latex
        };
        if let Some(named) = named.filter(|&named| !is_like(named)) {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::DocumentOtherKind,
                    None,
                    format!("the file is named like {named}, but holds {}", self.kind),
                )
                .assumed(format!("read as {}", self.kind)),
            );
        }
        self
    }

    /// What kind of document it was read as.
    ///
    /// ```
    /// use citelift::{Document, DocumentKind};
    /// assert_eq!(Document::from_text("Roe 2010").kind(), DocumentKind::Text);
    /// ```
    #[must_use]
    pub fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The text, which every [`Span`] of works and diagnostics refers to: of plain text and
    /// Markdown the decoded file, of other kinds what a person reads in the document, its
    /// paragraphs parted by blank lines.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What was doubted about the file itself: its encoding, control characters in it.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    pub(crate) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The text of the lines `range`, joined to one clean string, as far as it lies in `within`.
    pub(crate) fn joined(&self, range: Range<usize>, within: Span) -> Joined {
        self.joined_lines(range, within).0
    }

    /// The same, and where in the clean string each of the lines begins.
    pub(crate) fn joined_lines(&self, range: Range<usize>, within: Span) -> (Joined, Vec<usize>) {
        let mut joined = Joined::default();
        let lines = self.lines.get(range).unwrap_or_default();
        let mut starts = Vec::with_capacity(lines.len());
        for line in lines {
            let inside = line.end() > within.start && line.start() < within.end;
            match line.join {
                _ if !inside => {}
                Join::Apart | Join::Space => joined.push_space(),
                Join::Nothing => {}
                Join::Hyphen => joined.pop(),
            }
            starts.push(joined.len());
            for stretch in &line.stretches {
                let start = stretch.start.max(within.start);
                let end = stretch.end.min(within.end);
                if start < end {
                    joined.push(&self.text, Span::new(start, end));
                }
            }
        }
        if let (Some(marks), Some(first), Some(last)) = (&self.marks, lines.first(), lines.last()) {
            let end = within.end.min(last.end());
            let first = marks.partition_point(|mark| mark.span.start < first.start());
            joined.mark(marks.iter().skip(first).take_while(|mark| mark.span.start < end));
        }
        (joined, starts)
    }

    /// Whether the whole of line `at` is set in bold.
    pub(crate) fn is_bold(&self, at: usize) -> bool {
        let (Some(line), Some(marks)) = (self.lines.get(at), &self.marks) else { return false };
        let first = marks.partition_point(|mark| mark.span.start < line.start());
        let mut bold = line.start();
        for mark in marks.iter().skip(first) {
            if mark.span.start > bold + 1 || bold >= line.end() {
                break;
            }
            if mark.style == Style::Bold {
                bold = bold.max(mark.span.end);
            }
        }
        bold >= line.end()
    }

    /// The beginning of line `at`, about `limit` bytes, clean; with the lines that may go on from
    /// it where it is shorter.
    pub(crate) fn opening(&self, at: usize, lines: usize, limit: usize) -> String {
        let going_on = self.lines.iter().skip(at + 1).take(lines.saturating_sub(1));
        let count = 1 + going_on.take_while(|line| line.join != Join::Apart).count();
        let start = self.lines.get(at).map_or(0, Line::start);
        let mut end = start.saturating_add(limit).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.joined(at..at + count, Span::new(start, end)).into_text()
    }
}

/// Bytes as plain text.
fn plain_text(bytes: &[u8]) -> Result<Content> {
    let mut diagnostics = Vec::new();
    let text = decode(bytes, &mut diagnostics)?;
    Ok(Content { diagnostics, ..plain::read(text) })
}

/// Why a kind is not read by this build.
#[allow(dead_code, reason = "where all features are there")]
fn unread(kind: DocumentKind) -> Error {
    let feature = kind.feature().unwrap_or("documents");
    Error::document(format!(
        "{kind} is not read: citelift was built without the feature `{feature}`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        let document = Document::from_text(text);
        let whole = Span::new(0, text.len());
        document.joined(0..document.lines().len(), whole).text().to_owned()
    }

    #[test]
    fn marks_leave_the_text_and_addresses_stay() {
        let source = "A remark[footnoteRef:12] on [bookmark: _Go] harbours.";
        assert_eq!(joined(source), "A remark on harbours.");
        let document = Document::from_text(source);
        let text = document.joined(0..1, Span::new(0, source.len()));
        let at = text.text().find("harbours").unwrap();
        let spans = text.source(Span::new(at, at + 8));
        assert_eq!(spans[0].of(source), Some("harbours"));
    }

    #[test]
    fn brackets_that_are_no_marks_stay() {
        assert_eq!(joined("Title [footnotes: a study], 2010"), "Title [footnotes: a study], 2010");
    }

    #[test]
    fn a_clipped_join_ends_where_it_is_told() {
        let source = "One two.\nThree four.";
        let document = Document::from_text(source);
        assert_eq!(document.joined(0..2, Span::new(4, 14)).text(), "two. Three");
    }
}
