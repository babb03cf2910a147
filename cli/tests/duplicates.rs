//! Works that are there more than once, as a user meets them: said, merged, or left alone.

// The helpers below are called by tests alone.
#![allow(clippy::unwrap_used)]

mod run;

use run::{items, run, text};
use std::fs;
use tempfile::TempDir;

const MINE: &str = "@article{roe2011, author={Roe, J.}, title={Harbour watch at night}, \
    journal={Port Studies}, volume={15}, pages={61--70}, year={2011}}\n\
    @book{poe2012, author={Poe, Anna}, title={Night pilots}, publisher={Brill}, year={2012}}\n";
const YOURS: &str = "TY  - JOUR\r\nID  - watch\r\nAU  - Roe, Jane\r\nTI  - Harbour Watch at Night\r\n\
    JO  - Port Studies\r\nVL  - 15\r\nSP  - 61\r\nEP  - 72\r\nPY  - 2011\r\nDO  - 10.1000/182\r\n\
    ER  - \r\n";

fn put(directory: &TempDir, name: &str, content: &str) {
    fs::write(directory.path().join(name), content).unwrap();
}

#[test]
fn libraries_are_merged_on_request_and_never_silently() {
    let directory = TempDir::new().unwrap();
    put(&directory, "mine.bib", MINE);
    put(&directory, "yours.ris", &YOURS.replace("72", "70"));
    let arguments = ["convert", "mine.bib", "yours.ris", "--to", "ndjson"];
    let output = run(directory.path(), &arguments, b"");
    assert_eq!(items(&output.stdout).len(), 3);
    assert_eq!(text(&output.stderr), "");

    let merge = [&arguments[..], &["--duplicates", "merge"]].concat();
    let output = run(directory.path(), &merge, b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let items = items(&output.stdout);
    let ids: Vec<_> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    let roe = items.iter().find(|item| item["id"] == "roe2011").unwrap();
    assert_eq!(roe["DOI"], "10.1000/182");
    assert_eq!(roe["author"][0]["given"], "Jane");
    let said = text(&output.stderr);
    assert!(said.contains("note[duplicate/merged]: 2 records of `roe2011`"), "{said}");
}

#[test]
fn what_is_dropped_is_said_with_its_place() {
    let directory = TempDir::new().unwrap();
    put(&directory, "mine.bib", &MINE.replace("Poe, Anna", "Poe, Anna}, doi={10.1000/7"));
    let other = "@book{other, author={Poe, A.}, title={Night pilots}, publisher={Harbour Press}, \
        year={2012}, doi={10.1000/7}}";
    put(&directory, "yours.bib", other);
    let arguments = ["convert", "mine.bib", "yours.bib", "--to", "ndjson", "--duplicates", "merge"];
    let output =
        run(directory.path(), &[&arguments[..], &["--message-format", "json"]].concat(), b"");
    let said = items(&output.stderr);
    let conflict = said.iter().find(|it| it["code"] == "duplicate/conflict").unwrap();
    assert_eq!((&conflict["file"], &conflict["line"]), (&"yours.bib".into(), &1.into()));
    assert_eq!(conflict["message"], "of one work, the publisher is “Brill” and “Harbour Press”");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn two_records_with_two_page_ranges_stay_two() {
    let directory = TempDir::new().unwrap();
    put(&directory, "mine.bib", MINE);
    put(&directory, "yours.ris", &YOURS.replace("61", "81").replace("72", "90"));
    let arguments = ["convert", "mine.bib", "yours.ris", "--to", "ndjson", "--duplicates", "merge"];
    let output = run(directory.path(), &arguments, b"");
    assert_eq!(items(&output.stdout).len(), 3, "{}", text(&output.stderr));
}

#[test]
fn documents_tell_their_duplicates() {
    let directory = TempDir::new().unwrap();
    let list = "References\n\nRoe, J. (2011). Harbour watch at night. Port Studies, 15(2): 61-70.\n\n\
        Poe, A. (2012). Night pilots. Leiden: Brill.\n";
    put(&directory, "a.txt", list);
    put(&directory, "b.txt", &list.replace("Roe, J.", "Roe, Jane"));
    let arguments = ["extract", "a.txt", "b.txt", "--to", "ndjson"];
    let output = run(directory.path(), &arguments, b"");
    let said = text(&output.stderr);
    assert_eq!(items(&output.stdout).len(), 4);
    assert!(said.contains("b.txt:3:1"), "{said}");
    assert!(said.contains("help: see a.txt:3:1"), "{said}");
    let keep = run(directory.path(), &[&arguments[..], &["--duplicates", "keep"]].concat(), b"");
    assert!(!text(&keep.stderr).contains("duplicate/"));
    let merge = run(directory.path(), &[&arguments[..], &["--duplicates", "merge"]].concat(), b"");
    let items = items(&merge.stdout);
    assert_eq!(items.len(), 2);
    assert_eq!(items[0]["author"][0]["given"], "Jane");
}
