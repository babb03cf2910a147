//! `extract --citations` as a supervisor runs it.

// The helpers below are called by tests alone.
#![allow(clippy::unwrap_used)]

mod run;

use run::{items, run, text};
use std::fs;
use tempfile::TempDir;

const PROSE: &str =
    "Pilots sleep (Roe, 2011, p. 62; Coe 2010).\n\nAs Roe (2011) has it, they do.\n";
const LIST: &str = "References\n\nPoe, A. & M. Doe (2012). Night pilots. Leiden: Brill.\n\n\
    Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.\n";

#[test]
fn the_list_tells_where_each_work_is_cited_and_what_is_missing() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("thesis.txt"), format!("{PROSE}\n{LIST}")).unwrap();
    let output = run(directory.path(), &["extract", "thesis.txt", "--citations"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout),
        "roe2011harbour, “Harbour watch”, cited 2 times\n\
         \u{20} thesis.txt:1:15: Roe, 2011, p. 62\n\
         \u{20} thesis.txt:3:4: Roe (2011\n\n\
         never cited: 1\n\
         \u{20} thesis.txt:7:1: poe2012night, “Night pilots”\n\n\
         without an entry: 1\n\
         \u{20} thesis.txt:1:33: Coe 2010 (no work of this name is listed)\n\n\
         1 works cited, 1 never; 1 citations without an entry\n"
    );
}

#[test]
fn chapters_are_held_against_the_list_of_another_file() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("chapter.txt"), PROSE).unwrap();
    fs::write(directory.path().join("list.txt"), LIST).unwrap();
    let arguments = ["extract", "chapter.txt", "list.txt", "--citations=json"];
    let output = run(directory.path(), &arguments, b"");
    assert_eq!(items(&output.stderr).len(), 0);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let works = report["works"].as_array().unwrap();
    assert_eq!(works[0]["places"].as_array().unwrap().len(), 0);
    assert_eq!(
        (&works[1]["id"], &works[1]["file"]),
        (&"roe2011harbour".into(), &"list.txt".into())
    );
    let place = &works[1]["places"][0];
    assert_eq!((&place["file"], &place["line"]), (&"chapter.txt".into(), &1.into()));
    assert_eq!((&place["locator"], &place["form"]), (&"p. 62".into(), &"author-date".into()));
    assert_eq!(report["without_entry"][0]["text"], "Coe 2010");
}

#[test]
fn an_export_is_not_asked_for_beside_it() {
    let directory = TempDir::new().unwrap();
    let output = run(directory.path(), &["extract", "--citations", "-o", "a.bib"], b"");
    assert_eq!(output.status.code(), Some(2));
}
