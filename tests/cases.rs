//! Citations and what must come out of them: `tests/cases/*.txt`, one file a style or trouble.
//!
//! A case is a citation, a blank line, and a line `field: value` for every field that the work
//! must have, no more and no less (`language` may be left out: it is inferred). Names stand as
//! `Family, Given`, a list of them with semicolons; dates are EDTF. Cases are divided by a line
//! of hyphens; lines that begin with `#` are remarks.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use citelift::{Field, Kind, ValueRef, Work};
use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn every_case_comes_out_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut faults = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        for (citation, expected) in cases(&std::fs::read_to_string(&path).unwrap()) {
            count += 1;
            let found = fields(&citelift::parse(&citation));
            let mut names: Vec<_> = expected.keys().chain(found.keys()).collect();
            names.sort();
            names.dedup();
            for name in names {
                let (want, got) = (expected.get(name), found.get(name));
                if want != got && !(name == "language" && want.is_none()) {
                    let file = path.file_name().unwrap().to_string_lossy().into_owned();
                    faults
                        .push(format!("{file}: {citation}\n  {name}: want {want:?}, got {got:?}"));
                }
            }
        }
    }
    assert!(count >= 30, "only {count} cases were found");
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn cases(text: &str) -> Vec<(String, BTreeMap<String, String>)> {
    text.split("\n---\n")
        .filter_map(|case| {
            let mut lines = case.lines().filter(|line| !line.starts_with('#'));
            let citation = lines.by_ref().find(|line| !line.trim().is_empty())?.to_owned();
            let fields = lines
                .filter(|line| !line.trim().is_empty())
                .map(|line| {
                    let (name, value) =
                        line.split_once(": ").unwrap_or_else(|| panic!("{line:?} names no field"));
                    assert!(
                        name == "kind" || Field::from_csl(name).is_some(),
                        "{name} is no field"
                    );
                    (name.to_owned(), value.to_owned())
                })
                .collect();
            Some((citation, fields))
        })
        .collect()
}

fn fields(work: &Work) -> BTreeMap<String, String> {
    let mut found: BTreeMap<_, _> =
        work.fields().map(|(field, value)| (field.as_str().to_owned(), written(value))).collect();
    found.insert("kind".to_owned(), Kind::as_str(work.kind).to_owned());
    found
}

fn written(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(text) => text.to_owned(),
        ValueRef::Date(date) => date.to_string(),
        ValueRef::Pages(pages) => pages.to_string(),
        ValueRef::Keywords(keywords) => keywords.join("; "),
        ValueRef::Names(names) => {
            let mut list: Vec<_> = names.iter().map(ToString::to_string).collect();
            if names.others {
                list.push("…".to_owned());
            }
            list.join("; ")
        }
        other => panic!("no text for {other:?}"),
    }
}
