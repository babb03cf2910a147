//! Portable Document Format: a page's letters to lines of text, in the order of reading.
//!
//! Takes bytes (`file`), or what `pdftotext` found (`poppler`); gives lines, since a PDF has no
//! paragraphs: with indentation, blank lines and the ends of pages, italics and links where the
//! file has them. The way: letters (`content`, `face`) to words (`letter`), heads and page numbers
//! away (`margin`), columns (`column`), lines and how they follow one another (`flow`, `note`),
//! text (`compose`). Called by `Document`.

mod column;
mod compose;
mod content;
mod dots;
mod face;
mod file;
mod flow;
mod letter;
mod limit;
mod margin;
mod matrix;
mod note;
mod page;
mod poppler;

use super::Content;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use page::Page;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Content> {
    let (pages, diagnostics) = file::read(bytes)?;
    let letters = || pages.iter().flat_map(|page| &page.words).flat_map(|word| word.text.chars());
    let (all, unknown) = (letters().count(), letters().filter(|&c| c == '\u{fffd}').count());
    if all == 0 {
        return Err(Error::document(
            "the PDF has no text, only pictures of pages; let a program recognise the letters \
             first, as `ocrmypdf` does",
        ));
    }
    if unknown * 2 > all {
        return Err(Error::document(
            "the PDF does not say which letters its fonts draw; let a program recognise them \
             first, as `ocrmypdf --force-ocr` does",
        ));
    }
    let mut content = layout(pages);
    content.diagnostics.extend(diagnostics);
    if unknown > 0 {
        content.diagnostics.push(
            Diagnostic::new(
                Code::DocumentDamaged,
                None,
                format!("{unknown} of {all} letters have no name in the PDF's fonts"),
            )
            .assumed("each stands as \u{fffd}"),
        );
    }
    Ok(content)
}

/// Reads what `pdftotext -bbox-layout` found; `program` is what the program calls itself.
pub(super) fn read_pdftotext(output: &str, program: &str) -> Result<Content> {
    let pages = poppler::read(output);
    if pages.iter().all(|page| page.words.is_empty()) {
        return Err(Error::document(format!("{program} finds no text in the PDF")));
    }
    let mut content = layout(pages);
    // Its fonts are not known, and so is what is set in italics.
    content.marks = None;
    content.diagnostics.push(
        Diagnostic::new(
            Code::DocumentDamaged,
            None,
            "no text is found in the PDF by citelift alone",
        )
        .assumed(format!("read as {program} reads it")),
    );
    Ok(content)
}

/// Pages of words as a document.
fn layout(mut pages: Vec<Page>) -> Content {
    margin::clear(&mut pages);
    let columns = column::columns(pages.into_iter().map(|page| page.words).collect());
    compose::compose(&flow::place(columns))
}
