//! The same made-up bibliography as Markdown and as every other kind of document: the same works
//! must come of each.
//!
//! tests/documents holds it as pandoc and LibreOffice write it; where those programs are
//! installed, it is converted anew as well.

#![cfg(feature = "documents")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use citelift::{Document, Extractor, Work};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The bibliography that all others were made of.
const SOURCE: &str = "harbours.md";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

fn works(path: &Path) -> Vec<Work> {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_str();
    let document = Document::from_slice(&bytes, name)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Extractor::new().extract(&document).works
}

/// What of the works must be the same, a line for each value.
fn told(works: &[Work]) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, work) in works.iter().enumerate() {
        let mut work = work.clone();
        work.evidence = None;
        let value = serde_json::to_value(&work).unwrap();
        let fields: BTreeMap<_, _> = value.as_object().unwrap().clone().into_iter().collect();
        lines.extend(fields.iter().map(|(name, value)| format!("{at} {name} {value}")));
    }
    lines
}

/// The lines of `found` and `expected` that the other has not.
fn difference(found: &[String], expected: &[String]) -> String {
    let missing =
        expected.iter().filter(|line| !found.contains(line)).map(|line| format!("- {line}\n"));
    let added =
        found.iter().filter(|line| !expected.contains(line)).map(|line| format!("+ {line}\n"));
    missing.chain(added).collect()
}

fn assert_same(path: &Path, expected: &[String], faults: &mut Vec<String>) {
    let found = told(&works(path));
    if found != expected {
        faults.push(format!("{}:\n{}", path.display(), difference(&found, expected)));
    }
}

#[test]
fn every_kind_gives_the_same_works() {
    let expected = told(&works(&folder().join(SOURCE)));
    assert!(expected.len() > 30, "{expected:#?}");
    let mut faults = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "sh") {
            assert_same(&path, &expected, &mut faults);
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Runs a program; `false` where it is not installed.
fn run(program: &str, arguments: &[&str]) -> bool {
    let done =
        Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

#[test]
fn what_pandoc_and_libreoffice_write_gives_the_same_works() {
    let source = folder().join(SOURCE);
    let expected = told(&works(&source));
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    std::fs::create_dir_all(&made).unwrap();
    let mut faults = Vec::new();
    let mut skipped = Vec::new();
    for form in ["docx", "odt", "epub", "rtf", "tex", "html"] {
        let path = made.join(format!("harbours.{form}"));
        let arguments =
            ["-s", source.to_str().unwrap(), "-M", "title=", "-o", path.to_str().unwrap()];
        if run("pandoc", &arguments) {
            assert_same(&path, &expected, &mut faults);
        } else {
            skipped.push(format!("pandoc to {form}"));
        }
    }
    let profile = format!("-env:UserInstallation=file://{}", made.join("profile").display());
    let again = made.join("again");
    for form in ["docx", "odt", "rtf", "epub", "html"] {
        let source = made.join(if form == "odt" { "harbours.docx" } else { "harbours.odt" });
        let arguments = [
            profile.as_str(),
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            again.to_str().unwrap(),
            source.to_str().unwrap(),
        ];
        let path = again.join(format!("harbours.{form}"));
        if source.exists() && run("soffice", &arguments) && path.exists() {
            assert_same(&path, &expected, &mut faults);
        } else {
            skipped.push(format!("LibreOffice to {form}"));
        }
    }
    if !skipped.is_empty() {
        println!("skipped, since the program is not installed: {}", skipped.join(", "));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Whatever is cut off or changed in a file, it is read or refused, and never takes long.
#[test]
fn a_damaged_file_is_read_as_far_as_it_goes_or_refused() {
    let mut read = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str();
        for share in 0..40 {
            let at = bytes.len() * share / 40;
            let cut = bytes.get(..at).unwrap();
            let mut changed = bytes.clone();
            changed[at] ^= 0x15;
            for damaged in [cut, &changed] {
                match Document::from_slice(damaged, name) {
                    Ok(document) => read += usize::from(!document.text().is_empty()),
                    Err(error) => assert!(!error.to_string().is_empty()),
                }
            }
        }
    }
    assert!(read > 300, "{read}");
}

fn read(text: &str, name: &str) -> Document {
    Document::from_slice(text.as_bytes(), Some(name)).unwrap()
}

fn titles(document: &Document) -> Vec<String> {
    let works = Extractor::new().extract(document).works;
    works.into_iter().filter_map(|work| work.title).collect()
}

#[test]
fn a_link_inside_a_note_is_text_and_the_way_back_is_none() {
    let page = "<p>Harbours.<sup><a href='#fn1' role='doc-noteref'>1</a></sup></p>\
        <section role='doc-endnotes'><ol><li id='fn1'><p>See <a href='#r'>Roe, J. (2011). Harbour watch. \
        Leiden: Brill</a>. <a href='#fnref1' role='doc-backlink'>back</a></p></li></ol></section>";
    let document = read(page, "a.html");
    assert_eq!(titles(&document), ["Harbour watch"]);
    assert!(!document.text().contains("back"));
}

#[test]
fn commands_that_get_other_names_take_no_text_along() {
    let list = "\\begin{thebibliography}{9}\n\\let\\auto@bib\\@empty\n\\bibitem{roe} J. Roe, Harbour \
        watch, Port Studies 15, 61 (2011).\n\\end{thebibliography}";
    assert!(read(list, "a.bbl").text().contains("J. Roe, Harbour watch"));
}

#[test]
fn what_a_comment_hides_is_no_text() {
    let text = "# References\n\nRoe, J. (2011). Harbour watch. Leiden: Brill.\n\n<!--\nPoe, A. (2012). \
        Night pilots. Leiden: Brill.\n-->\n";
    assert_eq!(titles(&read(text, "a.md")), ["Harbour watch"]);
}

#[test]
fn emphasis_goes_over_ends_of_lines_of_any_kind() {
    for end in ["\n", "\r\n"] {
        let text = format!("Roe, J. (2011). _Harbour{end}watch_. Leiden: Brill.{end}");
        assert_eq!(titles(&read(&text, "a.txt")), ["Harbour watch"], "{end:?}");
    }
}

/// Each took minutes or gigabytes where one thing was done again for all others.
#[test]
fn what_is_there_very_often_costs_what_it_is_long() {
    let size = 20_000;
    for (text, name) in [
        (format!("\\begin{{a}}{}", "\\endentry".repeat(size)), "a.bbl"),
        (format!("<p>{}", "\u{a0}<i></i>".repeat(size)), "a.html"),
        (format!("<b>{}", "x<br>".repeat(size)), "a.html"),
        (format!("<p>{}", "<i>x</i> <br>".repeat(size)), "a.html"),
        (
            format!(
                "{{\\rtf1{{\\field{{\\*\\fldinst HYPERLINK \"https://{}\"}}{}}}}}",
                "x".repeat(size * 10),
                "{\\fldrslt a}".repeat(size / 10)
            ),
            "a.rtf",
        ),
    ] {
        let document = read(&text, name);
        assert!(Extractor::new().extract(&document).works.len() < 100, "{name}");
    }
}
