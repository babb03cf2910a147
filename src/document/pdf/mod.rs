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

use super::Content;
use crate::error::{Error, Result};
use page::Page;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Content> {
    let (pages, diagnostics) = file::read(bytes)?;
    if pages.iter().all(|page| page.words.is_empty()) {
        return Err(Error::document(
            "the PDF has no text, only pictures of pages; let a program recognise the letters \
             first, as `ocrmypdf` does",
        ));
    }
    let mut content = layout(pages);
    content.diagnostics.extend(diagnostics);
    Ok(content)
}

/// Pages of words as a document.
fn layout(mut pages: Vec<Page>) -> Content {
    margin::clear(&mut pages);
    let columns = column::columns(pages.into_iter().map(|page| page.words).collect());
    compose::compose(&flow::place(columns))
}
