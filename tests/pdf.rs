//! PDF documents: columns, heads, hyphens and notes as programs set them; and broken or hostile
//! files, which end in an error or in what could be read, never in a panic or without end.

#![cfg(feature = "pdf")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use citelift::{Document, ErrorKind, Extractor, Work};

fn bytes(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pdf").join(name);
    std::fs::read(path).unwrap()
}

fn works(document: &Document) -> Vec<Work> {
    Extractor::new().extract(document).works
}

#[test]
fn two_columns_are_read_in_order() {
    let document = Document::from_slice(&bytes("columns-pdflatex.pdf"), None).unwrap();
    assert!(!document.text().contains("On the watching of harbours"), "the head is no text");
    let works = works(&document);
    let titles: Vec<&str> = works.iter().filter_map(|work| work.title.as_deref()).collect();
    assert_eq!(
        titles,
        [
            "Harbour watch in the north: a history of wardenship",
            "Ports and wardens",
            "Lights at sea: the administration of beacons",
            "Tides of trade",
            "Counting ships: measurements of commercial transportation",
            "The lantern and the bell",
            "Moorings",
            "Fees and fines in three northern communities",
        ]
    );
    assert_eq!(works[2].container_title.as_deref(), Some("Journal of Harbour Studies"));
}

#[test]
fn a_page_of_an_office_program_gives_works_headings_and_annotations() {
    let document = Document::from_slice(&bytes("harbours-libreoffice.pdf"), None).unwrap();
    let works = works(&document);
    assert_eq!(works.len(), 7);
    assert_eq!(works[0].doi.as_deref(), Some("10.1000/182"));
    assert_eq!(works[1].keyword, ["Books"]);
    assert!(works[1].abstract_.as_ref().is_some_and(|text| text.ends_with("is dated.")));
    assert_eq!(works[4].title.as_deref(), Some("Wardens without harbours"));
}

#[test]
fn what_is_cut_off_or_changed_ends_in_an_error_or_in_text() {
    let whole = bytes("columns-pdflatex.pdf");
    for length in (0..whole.len()).step_by(whole.len() / 40 + 1) {
        let _ = Document::from_slice(&whole[..length], Some("a.pdf"));
    }
    for at in (20..whole.len()).step_by(whole.len() / 60 + 1) {
        let mut broken = whole.clone();
        broken[at] ^= 0x55;
        let _ = Document::from_slice(&broken, Some("a.pdf"));
    }
}

/// A file of these objects, numbered from 1, the first of which is the catalogue.
fn file(objects: &[String]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    let count = objects.len() + 1;
    file.push_str(&format!(
        "trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    ));
    file.into_bytes()
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A file of one page that draws `content`, with forms that objects from 5 on are.
fn page(content: &str, resources: &str, more: Vec<String>) -> Vec<u8> {
    let font = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Italic >>";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R 2 0 R 3 0 R] /Count 9999999 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
             /Resources << /Font << {font} >> {resources} >> >>"
        ),
        stream("", content),
    ];
    objects.extend(more);
    file(&objects)
}

#[test]
fn a_page_tree_that_goes_in_circles_is_read_once() {
    let text = "BT /F1 12 Tf 72 700 Td (Roe, J. 2010. Harbour watch. Leiden: Brill.) Tj ET";
    let document = Document::from_slice(&page(text, "", vec![]), None).unwrap();
    assert_eq!(document.text(), "Roe, J. 2010. Harbour watch. Leiden: Brill.\n");
}

#[test]
fn forms_that_draw_one_another_come_to_an_end() {
    let forms: String = (5..15).map(|at| format!("/X{at} {at} 0 R ")).collect();
    let resources = format!("/XObject << {forms} >>");
    let draw: String = (5..15).map(|at| format!("/X{at} Do ")).collect();
    let dictionary =
        format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << {resources} >>");
    let more = (5..15).map(|_| stream(&dictionary, &draw)).collect();
    let error = Document::from_slice(&page(&draw, &resources, more), None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Document);
}

#[test]
fn a_page_without_letters_says_what_helps() {
    let error = Document::from_slice(&page("0 0 9 9 re f", "", vec![]), None).unwrap_err();
    assert!(error.to_string().contains("ocrmypdf"), "{error}");
    let error = Document::from_slice(b"%PDF-1.7\nnothing", None).unwrap_err();
    assert!(error.to_string().contains("broken"), "{error}");
}
