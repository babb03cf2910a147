//! Citations, texts and documents: nothing panics, and what is read fits the text.

use super::invariants;
use super::stored::stored;
use citelift::{Document, DocumentKind, Extractor, Format, Parser, Work};

/// One citation, alone and as the several that it may hold.
pub fn parse(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let work = citelift::parse(&text);
    invariants::of_work(&work, &text);
    let works = Parser::new().parse_all(&text);
    for work in &works {
        invariants::of_work(work, &text);
    }
    is_written(&works);
}

/// A text with a bibliography in it.
pub fn extract(data: &[u8]) {
    is_read(&Document::from_text(&String::from_utf8_lossy(data)));
}

/// A file of any kind of document, named like some kind.
pub fn document(data: &[u8]) {
    const NAMES: [&str; 7] = ["a.txt", "a.md", "a.html", "a.tex", "a.rtf", "a.pdf", "a.docx"];
    // Files serve as seeds as they are, so that the name comes from the length.
    let name = NAMES.get(data.len() % 8).copied();
    if let Ok(document) = Document::from_slice(data, name) {
        is_read(&document);
    }
}

/// A packed document whose parts are what stands between NUL bytes. The first byte says which
/// kind; packed by the fuzzer itself, since mutation finds no checksum.
pub fn packed(data: &[u8]) {
    const WORD: [&str; 6] = [
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/numbering.xml",
        "word/footnotes.xml",
        "word/endnotes.xml",
    ];
    const OPEN: [&str; 2] = ["content.xml", "styles.xml"];
    const BOOK: [&str; 4] = ["book.opf", "a.xhtml", "b.xhtml", "toc.ncx"];
    let Some((kind, parts)) = data.split_first() else { return };
    let (head, names): (&[(&str, &[u8])], &[&str]) = match kind % 3 {
        0 => (
            &[(
                "_rels/.rels",
                b"<Relationships><Relationship Id='1' Type='http://a/officeDocument' \
                  Target='word/document.xml'/></Relationships>",
            )],
            &WORD,
        ),
        1 => (&[("mimetype", b"application/vnd.oasis.opendocument.text")], &OPEN),
        _ => (
            &[
                ("mimetype", b"application/epub+zip"),
                (
                    "META-INF/container.xml",
                    b"<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>",
                ),
            ],
            &BOOK,
        ),
    };
    let parts = names.iter().copied().zip(parts.split(|&byte| byte == 0));
    let archive = stored(head.iter().copied().chain(parts));
    if let Ok(document) = Document::from_slice(&archive, None) {
        is_read(&document);
    }
}

fn is_read(document: &Document) {
    let text = document.text();
    let bibliography = Extractor::new().extract(document);
    match document.kind() {
        DocumentKind::Text => invariants::of_bibliography(&bibliography, text),
        // Marks and tags inside of words are none of their letters: `Har<b>bour</b>`,
        // `Har[bour](a)`.
        DocumentKind::Markdown => {
            let untagged = without(text, '<', ">");
            let unlinked = without(&untagged.replace("](", "\0"), '\0', ")");
            invariants::of_linked(&bibliography, &format!("{text}\n{untagged}\n{unlinked}"));
        }
        _ => invariants::of_linked(&bibliography, text),
    }
    let citations = Extractor::new().citations(document, &bibliography);
    for citation in &citations.citations {
        assert!(citation.span.of(text).is_some(), "{citation:?} lies outside of the text");
        assert!(citation.works.iter().all(|&work| work < bibliography.works.len()));
    }
    is_written(&bibliography.works);
}

/// A text without what stands from each `open` to the next `close`.
fn without(text: &str, open: char, close: &str) -> String {
    let mut parts = text.split(open);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(close).map_or(part, |(_, rest)| rest))
}

/// Every format takes the works.
fn is_written(works: &[Work]) {
    for format in Format::ALL {
        let mut text = Vec::new();
        format.write(works, &mut text).unwrap();
        assert!(String::from_utf8(text).is_ok(), "{format} is no text");
    }
}
