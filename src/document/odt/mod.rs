//! OpenDocument texts, packed and flat (OASIS OpenDocument 1.3, ISO/IEC 26300).
//!
//! Takes bytes, gives paragraphs with marks. `style` says how paragraphs and runs are set, `list`
//! counts, `body` reads the text; the notes stand behind it.

mod body;
mod list;
mod style;
#[cfg(test)]
mod tests;

use super::Content;
use super::archive::Archive;
use super::build::Builder;
use super::xml::{Event, Xml};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::decode;
use body::Body;
use style::Styles;

/// The part with the text.
const MAIN: &str = "content.xml";
/// The part with the styles that people see by their names.
const STYLES: &str = "styles.xml";

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Content> {
    if !bytes.starts_with(b"PK") {
        return flat(bytes);
    }
    let mut archive = Archive::new(bytes)?;
    let manifest = archive.text("META-INF/manifest.xml")?;
    if manifest.is_some_and(|text| text.contains("encryption-data")) {
        return Err(Error::document("the document is locked with a password"));
    }
    let Some(text) = archive.text(MAIN)? else {
        let message = format!("the archive has no part {MAIN}: it is no OpenDocument text");
        return Err(Error::document(message));
    };
    let mut styles = Styles::default();
    if let Some(text) = archive.text(STYLES)? {
        let mut xml = Xml::new(&text);
        styles.read(&mut xml, &["styles"]);
        if let Some(why) = xml.broken() {
            archive.damaged(STYLES, why);
        }
    }
    let mut builder = Builder::new();
    if let Some(why) = text_of(&text, styles, &mut builder) {
        archive.damaged(MAIN, &why);
    }
    for doubt in archive.doubts {
        builder.doubt(doubt);
    }
    Ok(builder.finish())
}

/// A document that is one file of XML.
fn flat(bytes: &[u8]) -> Result<Content> {
    let mut builder = Builder::new();
    let mut doubts = Vec::new();
    let text = decode(bytes, &mut doubts)?;
    if let Some(why) = text_of(&text, Styles::default(), &mut builder) {
        let message = format!("the document could not be read to its end: {why}");
        let doubt = Diagnostic::new(Code::DocumentDamaged, None, message);
        builder.doubt(doubt.assumed("what comes before was read"));
    }
    for mut doubt in doubts {
        // Its place is one in the file, not in the text that a person reads.
        doubt.span = None;
        builder.doubt(doubt);
    }
    Ok(builder.finish())
}

/// Reads the text; gives why it could not be read to its end.
fn text_of(text: &str, mut styles: Styles, builder: &mut Builder) -> Option<String> {
    styles.read(&mut Xml::new(text), &["styles", "automatic-styles"]);
    styles.resolve();
    let mut body = Body::new(builder, &styles);
    let mut xml = Xml::new(text);
    let mut in_body = false;
    while let Some(event) = xml.next() {
        match event {
            Event::Open(tag) if tag.name() == "body" => in_body = true,
            Event::Open(tag) if in_body && tag.name() == "text" => body.read(&mut xml),
            _ => {}
        }
    }
    let notes = std::mem::take(&mut body.footnotes).into_iter();
    let notes: Vec<_> = notes.chain(std::mem::take(&mut body.endnotes)).collect();
    for note in &notes {
        body.read_note(note);
    }
    xml.broken().map(str::to_owned)
}
