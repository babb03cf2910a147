//! What stands in citations gets nowhere but into its field: not out of a line of RIS, an item of
//! JSON, a script of the review page, nor to the terminal as anything but text.
//!
//! The library's own tests hold the formats against readers of other makes (`tests/bibtex.rs`,
//! `fuzz/src/writers.rs`); here the command is run, with the same values in every field.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod run;

use run::{items, run, text};
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

/// Values that mean something to whoever reads them carelessly.
const HOSTILE: &[&str] = &[
    "\u{1b}]0;title\u{7}\u{1b}[31mred",
    "\u{9b}31m\u{8}\u{8}\u{7f}\0",
    "a\u{202e}b\u{2066}c\u{200f}d",
    "a\u{2028}b\u{2029}c\u{85}d",
    "a\rb\r\nc\nd",
    "}, note = {x}\n}\n@book{evil, title = {y}",
    "\\}{\\input{x}%\n\"#",
    "x\r\nER  - \r\nTY  - BOOK\r\nTI  - evil",
    "x\nAU  - Evil",
    "\"}, {\"id\": \"evil\"}]",
    "\\u0000\\ud800",
    "</script><script>alert(1)</script>",
    "<!-- <img src=x onerror=alert(1)> ]]> {{data}}",
    "&lt;b&gt;' onload='x",
    "\u{feff}\u{200b}\u{ad}\u{e0001}",
];

/// A work for every value, which stands in all of its fields.
fn works() -> String {
    let item = |(number, value): (usize, &&str)| {
        json!({
            "id": format!("k{number}"), "type": "chapter", "title": value,
            "author": [{"family": value, "given": value, "suffix": value}, {"literal": value}],
            "issued": {"literal": value}, "container-title": value, "publisher": value,
            "page": value, "DOI": value, "URL": value, "note": value, "keyword": value,
            "abstract": value, "language": value, "own": value,
        })
    };
    Value::from(HOSTILE.iter().enumerate().map(item).collect::<Vec<_>>()).to_string()
}

/// Whether a terminal may take a character for more than a sign; line ends are the command's own.
fn is_dangerous(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn no_value_reaches_the_terminal_as_more_than_text() {
    let directory = TempDir::new().unwrap();
    let here = directory.path();
    let name = "a\u{1b}[31m.json";
    fs::write(here.join(name), works()).unwrap();
    fs::write(here.join("lines.txt"), HOSTILE.join("\n")).unwrap();
    let list: String = HOSTILE
        .iter()
        .map(|value| format!("Roe, J. {value} (2010). Harbour {value}. Leiden: {value}.\n\n"))
        .collect();
    fs::write(here.join("list.txt"), format!("References\n\n{list}")).unwrap();
    let bib: String = HOSTILE
        .iter()
        .map(|value| {
            format!("@{value}{{{value}, title = {{{value}}}, {value} = 1 year = {value}}}\n")
        })
        .collect();
    fs::write(here.join("a.bib"), bib).unwrap();
    let ris: String = HOSTILE
        .iter()
        .map(|value| format!("TY  - {value}\nPY  - {value}\nXQ  - {value}\n{value}\nER  - \n"))
        .collect();
    fs::write(here.join("a.ris"), ris).unwrap();
    for arguments in [
        &["convert", name, "--to", "bibtex"][..],
        &["convert", name, "--to", "ris"],
        &["check", name],
        &["check", "a.bib", "a.ris"],
        &["convert", "a.bib", "--to", "ris"],
        &["convert", "a.ris", "--to", "biblatex"],
        &["parse", "lines.txt", "--to", "bibtex"],
        &["extract", "list.txt", "--to", "ris"],
        &["extract", "list.txt", "--citations"],
        &["format", "a.bib"],
        &["extract", "\u{1b}[31m.txt"],
        &["convert", "a.bib", "--from", "\u{1b}[31m"],
    ] {
        for format in ["human", "json"] {
            let message = ["--message-format", format];
            let output = run(here, &[arguments, &message].concat(), b"");
            let said = text(&output.stderr);
            let found: Vec<_> = said.lines().filter(|line| line.contains(is_dangerous)).collect();
            assert!(found.is_empty(), "{arguments:?} {format}: {found:?}");
        }
    }
    let explained = run(here, &["parse", "lines.txt", "--explain"], b"");
    assert!(!text(&explained.stdout).contains(is_dangerous));
}

#[test]
fn no_value_gets_out_of_its_record() {
    let directory = TempDir::new().unwrap();
    let here = directory.path();
    fs::write(here.join("works.json"), works()).unwrap();
    let written = |format: &str| {
        let output = run(here, &["convert", "-q", "works.json", "--to", format], b"");
        text(&output.stdout).to_owned()
    };
    let ris = written("ris");
    let tags: Vec<&str> = ris
        .split("\r\n")
        .filter(|line| !line.is_empty())
        .map(|line| line.split_once("  - ").unwrap().0)
        .collect();
    assert!(tags.iter().all(|tag| tag.len() == 2 && tag.is_ascii()), "{tags:?}");
    let count = |wanted| tags.iter().filter(|&&tag| tag == wanted).count();
    assert_eq!(
        (count("TY"), count("ER"), count("TI")),
        (HOSTILE.len(), HOSTILE.len(), HOSTILE.len())
    );
    assert_eq!(items(written("ndjson").as_bytes()).len(), HOSTILE.len());
    let all: Vec<Value> = serde_json::from_str(&written("csl-json")).unwrap();
    for (item, value) in all.iter().zip(HOSTILE) {
        // A title has no control characters and its white space is one space; entities are read.
        assert!(item["title"].is_string(), "{value:?}: {item}");
    }
    for format in ["bibtex", "biblatex"] {
        let bib = written(format);
        let openings = bib.lines().filter(|line| line.starts_with('@')).count();
        let closings = bib.lines().filter(|&line| line == "}").count();
        assert_eq!((openings, closings), (HOSTILE.len(), HOSTILE.len()), "{bib}");
        fs::write(here.join("again.bib"), &bib).unwrap();
        let again = run(here, &["convert", "-q", "again.bib", "--to", "ndjson"], b"");
        let keys: Vec<Value> =
            items(&again.stdout).into_iter().map(|mut item| item["id"].take()).collect();
        let made: Vec<Value> =
            (0..HOSTILE.len()).map(|number| format!("k{number}").into()).collect();
        assert_eq!(keys, made);
    }
}

#[test]
fn no_value_gets_out_of_the_review_page() {
    let directory = TempDir::new().unwrap();
    let here = directory.path();
    let list: String = HOSTILE
        .iter()
        .map(|value| {
            let value = value.replace(['\r', '\n'], " ");
            format!("Roe, J. (2010). Harbour {value}. Leiden: {value}.\n\n")
        })
        .collect();
    let document = format!("References\n\n{list}");
    fs::write(here.join("<script>list.txt"), &document).unwrap();
    let output = run(here, &["extract", "-q", "<script>list.txt", "-o", "page.html"], b"");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", text(&output.stderr));
    let page = fs::read_to_string(here.join("page.html")).unwrap();
    assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (3, 3));
    for sign in ["<img", "onerror=alert(1)>", "alert(1)<", "<!-- <", "]]>"] {
        assert!(!page.contains(sign), "{sign}");
    }
    let (_, data) = page.split_once("id=\"data\">").unwrap();
    let (data, _) = data.split_once("</script>").unwrap();
    assert!(!data.contains(['\u{2028}', '\u{2029}', '\u{1b}', '<', '>', '&']));
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["documents"][0]["text"], document);
}
