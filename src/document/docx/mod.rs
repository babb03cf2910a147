//! Word's documents, Office Open XML (ECMA-376, ISO/IEC 29500, strict and transitional).
//!
//! Takes bytes, gives paragraphs with marks. Which part is the document, its relationships tell
//! (`relation`); `style`, `numbering` and `property` say how paragraphs are set, `body` reads the
//! text, and the notes stand behind it in the order in which it refers to them.

mod body;
mod field;
mod numbering;
mod property;
mod relation;
mod style;
mod symbol;
#[cfg(test)]
mod tests;

use super::Content;
use super::archive::Archive;
use super::build::Builder;
use super::xml::{Event, Xml};
use crate::error::{Error, Result};
use body::{Body, Notes};
use numbering::Numbering;
use relation::Relations;
use std::collections::HashMap;
use style::Styles;

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Content> {
    let mut archive = Archive::new(bytes)?;
    let package = Relations::read(&mut archive, "")?;
    let main = package.part("officeDocument").unwrap_or("word/document.xml").to_owned();
    let Some(text) = archive.text(&main)? else {
        return Err(Error::document(format!(
            "the archive has no part {main}: it is no Word document"
        )));
    };
    let relations = Relations::read(&mut archive, &main)?;
    let styles = part(&mut archive, &relations, "styles", Styles::read)?;
    let mut numbering = part(&mut archive, &relations, "numbering", Numbering::read)?;
    let mut builder = Builder::new();
    let mut body = Body::new(&mut builder, &styles, &mut numbering);
    body.links = relations.into_links();
    if let Some(why) = body.read(&text) {
        archive.damaged(&main, &why);
    }
    let relations = Relations::read(&mut archive, &main)?;
    let footnotes = std::mem::take(&mut body.footnotes);
    let endnotes = std::mem::take(&mut body.endnotes);
    notes(&mut archive, &relations, "footnotes", footnotes, &mut body)?;
    notes(&mut archive, &relations, "endnotes", endnotes, &mut body)?;
    for doubt in archive.doubts {
        builder.doubt(doubt);
    }
    Ok(builder.finish())
}

/// What the part of a kind says; nothing where there is none.
fn part<T: Default>(
    archive: &mut Archive<'_>,
    relations: &Relations,
    kind: &str,
    read: impl FnOnce(&mut Xml<'_>) -> T,
) -> Result<T> {
    let Some(name) = relations.part(kind) else { return Ok(T::default()) };
    let Some(text) = archive.text(name)? else { return Ok(T::default()) };
    let mut xml = Xml::new(&text);
    let value = read(&mut xml);
    if let Some(why) = xml.broken() {
        archive.damaged(name, why);
    }
    Ok(value)
}

/// Reads the notes of a kind that the text refers to.
fn notes(
    archive: &mut Archive<'_>,
    relations: &Relations,
    kind: &str,
    notes: Notes,
    body: &mut Body<'_>,
) -> Result<()> {
    let Some(name) = relations.part(kind).filter(|_| !notes.named.is_empty()) else {
        return Ok(());
    };
    let Some(text) = archive.text(name)? else { return Ok(()) };
    body.links = Relations::read(archive, name)?.into_links();
    let mut texts = HashMap::new();
    let mut xml = Xml::new(&text);
    while let Some(event) = xml.next() {
        if let Event::Open(tag) = event
            && matches!(tag.name(), "footnote" | "endnote")
            && let Some(id) = tag.get("id").map(|id| id.into_owned())
        {
            texts.insert(id, xml.skip());
        }
    }
    if let Some(why) = xml.broken() {
        archive.damaged(name, why);
    }
    for (id, number) in notes.named {
        // A note that two places refer to is read once.
        if let Some(text) = texts.remove(&id) {
            body.note = Some(number);
            body.read(text);
        }
    }
    Ok(())
}
