//! Electronic books (W3C's EPUB 3.3, and the older EPUB 2).
//!
//! Takes bytes, gives the paragraphs of every page in the order in which the book is read: its
//! container names the package, the package lists the pages, and each page is read as a web page
//! is (`html`).

use super::Content;
use super::archive::{Archive, folder, resolve};
use super::build::Builder;
use super::css::Classes;
use super::html;
use super::xhtml;
use super::xml::{Event, Xml};
use crate::error::{Error, Result};
use crate::text::without_percents;
use std::collections::{HashMap, HashSet};

/// The part that names the others.
const CONTAINER: &str = "META-INF/container.xml";

/// Reads a book.
pub(super) fn read(bytes: &[u8]) -> Result<Content> {
    let mut archive = Archive::new(bytes)?;
    let locked = locked(&mut archive)?;
    let Some(package) = package(&mut archive)? else {
        return Err(Error::document(format!("the archive has no part {CONTAINER}: it is no book")));
    };
    let mut builder = Builder::new();
    let (pages, sheets) = parts(&mut archive, &package)?;
    let mut classes = Classes::default();
    for sheet in sheets {
        classes.read(&archive.text(&sheet)?.unwrap_or_default());
    }
    for page in pages {
        // Fonts are hidden in books that can be read; pages are not.
        if locked.contains(&page) {
            return Err(Error::document(
                "the book is locked, and can be read by its own program only",
            ));
        }
        let Some(text) = archive.text(&page)? else {
            archive.damaged(&page, "it is missing");
            continue;
        };
        builder.page();
        classes.read_page(&text);
        html::read_into(&xhtml::closed(&text), &classes, &mut builder);
    }
    for doubt in archive.doubts {
        builder.doubt(doubt);
    }
    Ok(builder.finish())
}

/// The names of the parts that only the book's own program can read.
fn locked(archive: &mut Archive<'_>) -> Result<HashSet<String>> {
    let mut locked = HashSet::new();
    let text = archive.text("META-INF/encryption.xml")?.unwrap_or_default();
    let mut xml = Xml::new(&text);
    while let Some(event) = xml.next() {
        if let Event::Open(tag) = event
            && tag.name() == "CipherReference"
            && let Some(name) = tag.get("URI")
        {
            locked.insert(resolve("", &without_percents(&name)));
        }
    }
    Ok(locked)
}

/// The name of the part that lists the pages.
fn package(archive: &mut Archive<'_>) -> Result<Option<String>> {
    let Some(text) = archive.text(CONTAINER)? else { return Ok(None) };
    let mut xml = Xml::new(&text);
    while let Some(event) = xml.next() {
        if let Event::Open(tag) = event
            && tag.name() == "rootfile"
            && let Some(path) = tag.get("full-path")
        {
            return Ok(Some(resolve("", &path)));
        }
    }
    Ok(None)
}

/// The names of the parts that are pages, in the order in which they are read, and of those that
/// are style sheets.
fn parts(archive: &mut Archive<'_>, package: &str) -> Result<(Vec<String>, Vec<String>)> {
    let Some(text) = archive.text(package)? else {
        return Err(Error::document(format!(
            "the book has no part {package}, which lists its pages"
        )));
    };
    let mut items = HashMap::new();
    let (mut pages, mut sheets) = (Vec::new(), Vec::new());
    let mut xml = Xml::new(&text);
    while let Some(event) = xml.next() {
        let Event::Open(tag) = event else { continue };
        match tag.name() {
            "item" => {
                let kind = tag.get("media-type");
                let is_page = kind.as_ref().is_none_or(|kind| kind.contains("html"));
                // A list of contents says nothing that the pages do not.
                let is_contents = tag
                    .get("properties")
                    .is_some_and(|what| what.split_whitespace().any(|property| property == "nav"));
                let path = tag.get("href");
                let Some(path) =
                    path.map(|path| resolve(folder(package), &without_percents(&path)))
                else {
                    continue;
                };
                if kind.is_some_and(|kind| kind == "text/css") {
                    sheets.push(path);
                } else if let Some(id) = tag.get("id").filter(|_| is_page && !is_contents) {
                    items.insert(id.into_owned(), path);
                }
            }
            "itemref" => pages.extend(tag.get("idref").and_then(|id| items.remove(&*id))),
            _ => {}
        }
    }
    if let Some(why) = xml.broken() {
        archive.damaged(package, why);
    }
    Ok((pages, sheets))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::archive::packed;
    use crate::document::{Line, Role};

    const CONTAINED: &str =
        "<container><rootfiles><rootfile full-path='EPUB/book.opf'/></rootfiles></container>";
    const PACKAGE: &str = "<package><manifest>\
        <item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>\
        <item id='b' href='text/b%20b.xhtml' media-type='application/xhtml+xml'/>\
        <item id='a' href='text/a.xhtml' media-type='application/xhtml+xml'/>\
        <item id='c' href='c.css' media-type='text/css'/>\
        <item id='p' href='p.png' media-type='image/png'/></manifest>\
        <spine><itemref idref='n'/><itemref idref='b'/><itemref idref='a'/><itemref idref='gone'/></spine></package>";

    fn lines(content: &Content) -> Vec<String> {
        let text =
            |line: &Line| line.stretches.iter().filter_map(|span| span.of(&content.text)).collect();
        content.lines.iter().map(text).collect()
    }

    #[test]
    fn pages_come_in_the_order_of_reading() {
        let content = read(&packed(&[
            ("mimetype", "application/epub+zip"),
            (CONTAINER, CONTAINED),
            ("EPUB/book.opf", PACKAGE),
            ("EPUB/c.css", ".t { font-style: italic }"),
            ("EPUB/nav.xhtml", "<html><body><p>No</p></body></html>"),
            ("EPUB/text/a.xhtml", "<html><body><p>Roe</p><aside epub:type='footnote' id='fn3'><p>Poe</p></aside></body></html>"),
            ("EPUB/text/b b.xhtml", "<html><head><title>No</title></head><body><h1>Ports</h1><p>Doe <span class='t'>Bays</span></body></html>"),
        ]))
        .unwrap();
        assert_eq!(lines(&content), ["Ports", "Doe Bays", "Roe", "Poe"]);
        let marks = content.marks.as_deref().unwrap_or_default();
        assert_eq!(marks.len(), 1);
        assert_eq!(marks[0].span.of(&content.text), Some("Bays"));
        let pages: Vec<_> = content.lines.iter().map(|line| line.page).collect();
        assert_eq!(pages, [false, false, true, false]);
        assert_eq!((content.lines[3].role, content.lines[3].number), (Role::Note, Some(3)));
        assert!(content.diagnostics.is_empty());
    }

    #[test]
    fn missing_pages_and_locks_are_told() {
        let mut parts = vec![
            (CONTAINER, CONTAINED),
            ("EPUB/book.opf", PACKAGE),
            ("EPUB/text/a.xhtml", "<p>Roe"),
        ];
        let content = read(&packed(&parts)).unwrap();
        assert_eq!(lines(&content), ["Roe"]);
        assert_eq!(
            content.diagnostics[0].message,
            "the part EPUB/text/b b.xhtml could not be read to its end: it is missing"
        );
        parts
            .push(("META-INF/encryption.xml", "<e><CipherReference URI='EPUB/text/a.xhtml'/></e>"));
        assert!(read(&packed(&parts)).unwrap_err().to_string().starts_with("the book is locked"));
        assert!(read(&packed(&[("a", "b")])).is_err());
    }
}
