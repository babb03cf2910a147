//! Kinds of documents, and which one a file is: by its content, and where that leaves it open, by
//! its name.

use std::fmt;

/// A kind of document.
///
/// ```
/// use citelift::DocumentKind;
/// assert_eq!(DocumentKind::detect(b"%PDF-1.7", Some("a.txt")), Some(DocumentKind::Pdf));
/// assert_eq!(DocumentKind::detect(b"Roe, J. 2010", Some("a.md")), Some(DocumentKind::Markdown));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentKind {
    /// Plain text.
    Text,
    /// Markdown, as CommonMark has it, with footnotes and tables.
    Markdown,
    /// A web page, HTML or XHTML.
    Html,
    /// Word's Office Open XML.
    Docx,
    /// OpenDocument text.
    Odt,
    /// An electronic book.
    Epub,
    /// Rich Text Format.
    Rtf,
    /// LaTeX, and the bibliographies that BibTeX makes for it (`.bbl`).
    Latex,
    /// Portable Document Format.
    Pdf,
}

/// A kind's name, the feature that reads it (none for plain text), its extensions.
type Row = (DocumentKind, &'static str, Option<&'static str>, &'static [&'static str]);

const KINDS: [Row; 9] = [
    (DocumentKind::Text, "plain text", None, &["txt", "text"]),
    (
        DocumentKind::Markdown,
        "Markdown",
        Some("markdown"),
        &["md", "markdown", "mdown", "mkd", "qmd", "rmd"],
    ),
    (DocumentKind::Html, "HTML", Some("html"), &["html", "htm", "xhtml", "xht"]),
    (DocumentKind::Docx, "DOCX", Some("docx"), &["docx", "docm", "dotx"]),
    (DocumentKind::Odt, "ODT", Some("odt"), &["odt", "ott", "fodt"]),
    (DocumentKind::Epub, "EPUB", Some("epub"), &["epub"]),
    (DocumentKind::Rtf, "RTF", Some("rtf"), &["rtf"]),
    (DocumentKind::Latex, "LaTeX", Some("latex"), &["tex", "ltx", "latex", "bbl"]),
    (DocumentKind::Pdf, "PDF", Some("pdf"), &["pdf"]),
];

impl DocumentKind {
    /// Every kind.
    pub const ALL: [DocumentKind; 9] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Docx,
        Self::Odt,
        Self::Epub,
        Self::Rtf,
        Self::Latex,
        Self::Pdf,
    ];

    /// The kind's name, as people write it.
    ///
    /// ```
    /// assert_eq!(citelift::DocumentKind::Latex.name(), "LaTeX");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The extensions that files of the kind have, without the full stop.
    ///
    /// ```
    /// assert_eq!(citelift::DocumentKind::Html.extensions()[0], "html");
    /// ```
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        self.row().3
    }

    /// The feature of this crate that reads the kind; `None` for plain text.
    ///
    /// ```
    /// assert_eq!(citelift::DocumentKind::Pdf.feature(), Some("pdf"));
    /// ```
    #[must_use]
    pub fn feature(self) -> Option<&'static str> {
        self.row().2
    }

    fn row(self) -> &'static Row {
        KINDS.iter().find(|row| row.0 == self).unwrap_or(&KINDS[0])
    }

    /// The kind that an extension says, in capitals or not; `None` for one that no kind has.
    ///
    /// ```
    /// use citelift::DocumentKind;
    /// assert_eq!(DocumentKind::from_extension("DOCX"), Some(DocumentKind::Docx));
    /// ```
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        let is = |other: &&str| extension.eq_ignore_ascii_case(other);
        KINDS.iter().find(|row| row.3.iter().any(is)).map(|row| row.0)
    }

    /// The kind of a file: what its bytes begin with decides, then the extension of `hint` (a file
    /// name) or the media type that it is. `None` where the bytes are of no kind read here:
    /// archives, pictures, old Word files.
    #[must_use]
    pub fn detect(bytes: &[u8], hint: Option<&str>) -> Option<Self> {
        let hinted = hint.and_then(of_hint);
        let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return packed(bytes, hinted);
        }
        if OTHERS.iter().any(|(magic, _)| head.starts_with(magic)) {
            return None;
        }
        let text = head.trim_ascii_start();
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start();
        if text.starts_with(b"{\\rtf") {
            return Some(Self::Rtf);
        }
        // Readers of PDF look for its first line in the first kilobyte.
        if find(head, b"%PDF-").is_some_and(|at| at < 1024) {
            return Some(Self::Pdf);
        }
        if is_markup(text) {
            return Some(if find(text, b"office:document").is_some() {
                Self::Odt
            } else {
                Self::Html
            });
        }
        if find(bytes, b"\\begin{thebibliography}").is_some()
            || text.starts_with(b"\\documentclass")
        {
            return Some(Self::Latex);
        }
        match hinted {
            // A page may begin with any tag, and one without tags is none.
            Some(Self::Html) => {
                let is_tagged = [&b"</"[..], b"<p", b"<div", b"<br", b"<li"]
                    .iter()
                    .any(|tag| find(bytes, tag).is_some());
                Some(if is_tagged { Self::Html } else { Self::Text })
            }
            Some(kind @ (Self::Markdown | Self::Latex)) => Some(kind),
            _ => Some(Self::Text),
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much of a file's beginning is looked at, in bytes.
const HEAD: usize = 4096;

/// What files of no kind read here begin with, and what they are.
const OTHERS: [(&[u8], &str); 9] = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file (.doc), or one locked with a password"),
    (b"\x1f\x8b", "packed with gzip"),
    (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ\0", "packed with xz"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x7fELF", "a program"),
    (b"%!PS", "PostScript"),
];

/// What a file of no kind read here is, as far as its beginning tells.
pub(super) fn other(bytes: &[u8]) -> Option<&'static str> {
    let packed = (b"PK\x03\x04".as_slice(), "an archive that is neither DOCX, ODT nor EPUB");
    OTHERS.iter().chain([&packed]).find(|(magic, _)| bytes.starts_with(magic)).map(|row| row.1)
}

fn of_hint(hint: &str) -> Option<DocumentKind> {
    let media = match hint.split(';').next().unwrap_or_default().trim() {
        "text/html" | "application/xhtml+xml" => Some(DocumentKind::Html),
        "text/markdown" => Some(DocumentKind::Markdown),
        "application/pdf" => Some(DocumentKind::Pdf),
        "application/epub+zip" => Some(DocumentKind::Epub),
        "application/rtf" | "text/rtf" => Some(DocumentKind::Rtf),
        "application/x-tex" | "text/x-tex" | "application/x-latex" => Some(DocumentKind::Latex),
        _ => None,
    };
    media.or_else(|| DocumentKind::from_extension(hint.rsplit_once('.')?.1))
}

/// The kind of a ZIP archive: its first entry names it (OpenDocument, EPUB), or its folders do.
fn packed(bytes: &[u8], hinted: Option<DocumentKind>) -> Option<DocumentKind> {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    if find(head, b"mimetypeapplication/vnd.oasis.opendocument.text").is_some() {
        Some(DocumentKind::Odt)
    } else if find(head, b"mimetypeapplication/epub+zip").is_some() {
        Some(DocumentKind::Epub)
    } else if find(bytes, b"word/document").is_some() {
        Some(DocumentKind::Docx)
    } else {
        // Some programs pack the type where it is not found; the reader will see.
        hinted.filter(|kind| {
            matches!(kind, DocumentKind::Odt | DocumentKind::Epub | DocumentKind::Docx)
        })
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = 0;
    while let Some(next) = bytes.get(at..)?.iter().position(|&byte| byte == first) {
        at += next;
        if bytes.get(at..)?.starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Whether a text begins as a web page or an XML file does.
fn is_markup(text: &[u8]) -> bool {
    let begins =
        |what: &[u8]| text.get(..what.len()).is_some_and(|start| start.eq_ignore_ascii_case(what));
    begins(b"<!doctype html")
        || begins(b"<html")
        || begins(b"<head")
        || begins(b"<body")
        || (begins(b"<?xml") || begins(b"<!--"))
            && (find(text, b"<html").is_some() || find(text, b"office:document").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        for (bytes, hint, kind) in [
            (&b"{\\rtf1 a}"[..], "a.docx", Some(DocumentKind::Rtf)),
            (b"<!DOCTYPE html><p>a", "a.txt", Some(DocumentKind::Html)),
            (b"<?xml version='1.0'?>\n<html>", "a", Some(DocumentKind::Html)),
            (b"Roe 2010", "a.docx", Some(DocumentKind::Text)),
            (b"Roe 2010", "a.html", Some(DocumentKind::Text)),
            (b"<p>Roe 2010", "a.html", Some(DocumentKind::Html)),
            (b"a\n\\begin{thebibliography}{9}", "a.txt", Some(DocumentKind::Latex)),
            (b"a < b", "text/markdown", Some(DocumentKind::Markdown)),
            (b"\x89PNG\r\n", "a.txt", None),
            (b"PK\x03\x04 xl/workbook.xml", "a.xlsx", None),
            (b"PK\x03\x04 word/document.xml", "a.zip", Some(DocumentKind::Docx)),
            (b"", "a.pdf", Some(DocumentKind::Text)),
        ] {
            assert_eq!(DocumentKind::detect(bytes, Some(hint)), kind, "{hint}");
        }
    }
}
