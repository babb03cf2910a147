//! LaTeX documents, and the lists of works that BibTeX and biber make for them (`.bbl`).
//!
//! Takes text, gives paragraphs with marks: `scan` cuts it, `command` says what commands do,
//! `body` reads. Notes stand behind the body. The `.bbl` of biber holds data and no text; `data`
//! sets it. Nothing is run: a command of the writer's own is dropped, and its arguments are text.

mod body;
mod command;
mod data;
mod list;
mod scan;
#[cfg(test)]
mod tests;
mod typeset;

use super::Content;
use super::build::Builder;
use crate::diagnostic::Diagnostic;
use body::Body;

/// Reads a document.
pub(super) fn read(text: &str, doubts: Vec<Diagnostic>) -> Content {
    let mut builder = Builder::new();
    match data::set(text) {
        Some(set) => read_into(&set, &mut builder),
        None => read_into(text, &mut builder),
    }
    for mut doubt in doubts {
        // Its place is one in the source, not in the text that a person reads.
        doubt.span = None;
        builder.doubt(doubt);
    }
    builder.finish()
}

fn read_into(source: &str, builder: &mut Builder) {
    const BEGIN: &str = "\\begin{document}";
    let start = source.find(BEGIN).map_or(0, |at| at + BEGIN.len());
    let groups = scan::groups(source);
    let mut body = Body::new(builder, source, &groups);
    body.read(start, source.len());
    for (number, note) in (1..).zip(std::mem::take(&mut body.notes)) {
        body.read_note(number, note);
    }
}
