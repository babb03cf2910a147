//! A PDF file to pages of words, with `hayro-syntax` and `hayro-font`.
//!
//! Reads files whose table of objects is broken, as far as objects are found, and those locked
//! with an empty password. Called by `mod`.

use super::content::{Canvas, readable};
use super::face::Faces;
use super::letter::{self, Letter};
use super::limit::{self, Limits};
use super::matrix::Matrix;
use super::page::{Page, Word};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use hayro_font::hayro_syntax::object::{Array, Dict, Name, Rect, Stream, String as Text};
use hayro_font::hayro_syntax::page::Page as Source;
use hayro_font::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::sync::Arc;

/// More pages are in no document that anybody reads whole.
const MOST_PAGES: usize = 20_000;
/// As many links of a page are looked at.
const MOST_LINKS: usize = 2_000;

/// The pages of a file, and what was doubted about it.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<Page>, Vec<Diagnostic>)> {
    limit::check(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(refusal)?;
    let mut faces = Faces::new();
    let mut limits = Limits::of_document();
    let mut pages = Vec::new();
    let sources = pdf.pages();
    for source in sources.iter().take(MOST_PAGES) {
        pages.push(page(source, &mut faces, &mut limits));
        if limits.is_spent() {
            break;
        }
    }
    let mut diagnostics = Vec::new();
    if pages.len() < sources.len() {
        let read = pages.len();
        diagnostics.push(
            Diagnostic::new(
                Code::DocumentDamaged,
                None,
                format!("the PDF draws more than is read: {} pages", sources.len()),
            )
            .assumed(format!("read to page {read}")),
        );
    }
    Ok((pages, diagnostics))
}

fn refusal(error: LoadPdfError) -> Error {
    Error::document(match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "the PDF is locked with a password; unlock it first, as with `qpdf --decrypt`"
        }
        LoadPdfError::Decryption(_) => "the PDF is locked in a manner that is not known here",
        LoadPdfError::Invalid => "the PDF is broken: no pages are found in it",
    })
}

fn page<'a>(source: &Source<'a>, faces: &mut Faces<'a>, limits: &mut Limits) -> Page {
    let (width, height) = source.render_dimensions();
    let place = Matrix(source.initial_transform(true).as_coeffs());
    let instructions = instructions(source, limits);
    let mut canvas = Canvas::new(faces, limits, place);
    canvas.draw(&instructions, source.resources(), 0);
    let on_page = |letter: &Letter| {
        let inside = |at: f32, end: f32| at > -1.0 && at < end + 1.0;
        inside(letter.x, width) && inside(letter.y, height)
    };
    let mut letters = canvas.finish();
    letters.retain(on_page);
    let is_upright = letter::main(&letters) == letter::Direction::Right;
    let (mut words, height) = letter::words(letters, width, height);
    if is_upright {
        link(&mut words, source, place);
    }
    Page { height, words }
}

/// The page's instructions: one stream, or several as if they were one.
fn instructions(source: &Source<'_>, limits: &mut Limits) -> Vec<u8> {
    let contents = b"Contents";
    if let Some(stream) = source.raw().get::<Stream<'_>>(contents) {
        return limits.unpack(&stream).unwrap_or_default();
    }
    let mut whole = Vec::new();
    let parts = source.raw().get::<Array<'_>>(contents);
    for part in parts.iter().flat_map(|parts| parts.iter::<Stream<'_>>()) {
        if limits.is_spent() {
            break;
        }
        whole.extend(limits.unpack(&part).unwrap_or_default());
        whole.push(b'\n');
    }
    whole
}

/// Gives words that lie in a link's field its target.
fn link(words: &mut [Word], source: &Source<'_>, place: Matrix) {
    let Some(notes) = source.raw().get::<Array<'_>>(b"Annots") else { return };
    let mut fields: Vec<([f32; 4], Arc<str>)> = Vec::new();
    for note in notes.iter::<Dict<'_>>().take(MOST_LINKS) {
        let target = note
            .get::<Name<'_>>(b"Subtype")
            .filter(|name| name.as_str() == "Link")
            .and_then(|_| note.get::<Dict<'_>>(b"A"))
            .and_then(|action| action.get::<Text<'_>>(b"URI"))
            .map(|target| readable(target.as_bytes()));
        if let (Some(target), Some(field)) = (target, note.get::<Rect>(b"Rect")) {
            let (x0, y0) = place.place(field.x0, field.y0);
            let (x1, y1) = place.place(field.x1, field.y1);
            #[expect(clippy::cast_possible_truncation, reason = "places on a page")]
            let field = [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)].map(|at| at as f32);
            fields.push((field, target.into()));
        }
    }
    fields.sort_by(|(a, _), (b, _)| a[1].total_cmp(&b[1]));
    let tallest = fields.iter().map(|(field, _)| field[3] - field[1]).fold(0.0, f32::max);
    for word in words {
        let (x, y) = ((word.x0 + word.x1) / 2.0, word.middle());
        let first = fields.partition_point(|(field, _)| field[1] < y - tallest);
        let field = fields
            .iter()
            .skip(first)
            .take_while(|(field, _)| field[1] <= y)
            .find(|(field, _)| field[0] <= x && x <= field[2] && y <= field[3]);
        word.link = field.map(|(_, target)| target.clone());
    }
}
