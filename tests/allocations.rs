//! The guard against creep: how often, and for how many bytes, memory is asked for by a reference
//! parsed, a work extracted, an entry read or written. Unlike times, these are the same on every
//! machine and at every hour. Alone in its file, since the count is shared by all threads of a
//! program.
//!
//! No figure may exceed its ceiling in `tests/allocations.tsv`, which lies a tenth over what was
//! measured. Where more is really needed, or where less has come to suffice,
//! `CITELIFT_WRITE_ALLOCATIONS=1 cargo test -p citelift --test allocations` sets them anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use citelift::bibtex::{self, Dialect, Options};
use citelift::{Format, Work, csl_json, ris};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::fmt::Write;
use std::hint::black_box;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const CEILINGS: &str = "tests/allocations.tsv";
const SAMPLE: &str = include_str!("../data/police-cooperation.txt");
const BIB: &str = include_str!("../data/police-cooperation.expected.bib");
const LABELLED: &str = include_str!("labelled/styles.txt");

#[test]
fn nothing_asks_for_more_memory_than_it_did() {
    let references: Vec<String> = LABELLED.lines().map(without_tags).collect();
    let works = bibtex::from_str(BIB).works;
    let (ris, json) = (ris::to_string(&works), csl_json::to_string(&works));
    let biblatex = || Options::default().dialect(Dialect::Biblatex);
    let records = |format: Format, text: &str| {
        format.reader(text.as_bytes()).filter(|read| read.as_ref().unwrap().work.is_some()).count()
    };
    let mut measured = Vec::new();
    let mut measure = |what: &'static str, work: &dyn Fn() -> usize| {
        // The first time the model is unpacked and tables are made.
        work();
        let region = Region::new(ALLOCATOR);
        let entries = black_box(work());
        let change = region.change();
        assert!(entries > 10, "{what}: {entries} entries");
        let bytes = change.bytes_allocated + change.bytes_reallocated.max(0).unsigned_abs();
        let times = change.allocations + change.reallocations;
        measured.push((what, times.div_ceil(entries), bytes.div_ceil(entries)));
    };
    measure("parse", &|| {
        references.iter().map(|one| citelift::parse(one)).collect::<Vec<Work>>().len()
    });
    // On several threads each has stores of its own, and how many take part is chance.
    if cfg!(not(feature = "parallel")) {
        measure("extract", &|| citelift::extract(SAMPLE).works.len());
    }
    measure("read .bib whole", &|| bibtex::from_str(BIB).works.len());
    measure("read .bib one by one", &|| records(Format::Bibtex, BIB));
    measure("read RIS whole", &|| ris::from_str(&ris).works.len());
    measure("read RIS one by one", &|| records(Format::Ris, &ris));
    measure("read CSL-JSON whole", &|| csl_json::from_str(&json).works.len());
    measure("read CSL-JSON one by one", &|| records(Format::CslJson, &json));
    let written = |text: String| if text.is_empty() { 0 } else { works.len() };
    measure("write BibTeX", &|| written(bibtex::to_string(&works)));
    measure("write BibLaTeX", &|| written(bibtex::to_string_with(&works, &biblatex())));
    measure("write RIS", &|| written(ris::to_string(&works)));
    measure("write CSL-JSON", &|| written(csl_json::to_string(&works)));

    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(CEILINGS);
    if std::env::var_os("CITELIFT_WRITE_ALLOCATIONS").is_some() && cfg!(not(feature = "parallel")) {
        std::fs::write(&path, table(&measured)).unwrap();
    }
    let ceilings = std::fs::read_to_string(&path).unwrap();
    let mut faults = Vec::new();
    for (what, times, bytes) in &measured {
        let line = ceilings.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix('\t'));
        let most = line.and_then(|line| line.split_once('\t')).unwrap_or_else(|| {
            panic!("{CEILINGS} has no ceilings for {what}");
        });
        let most: (usize, usize) = (most.0.parse().unwrap(), most.1.parse().unwrap());
        if *times > most.0 || *bytes > most.1 {
            faults.push(format!(
                "{what}: {times} allocations of {bytes} bytes for each, more than {} of {}",
                most.0, most.1
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "\n{}\n{CEILINGS} is set anew with CITELIFT_WRITE_ALLOCATIONS=1",
        faults.join("\n")
    );
}

/// The ceilings' file: a tenth over what was measured.
fn table(measured: &[(&str, usize, usize)]) -> String {
    let mut out = String::from(
        "# How often memory may be asked for, and for how many bytes, for each reference or entry: \
         tests/allocations.rs.\n",
    );
    for (what, times, bytes) in measured {
        let over = |measured: &usize| (measured * 11).div_ceil(10);
        writeln!(out, "{what}\t{}\t{}", over(times), over(bytes)).unwrap();
    }
    out
}

/// A labelled reference as it was typed: its tags (`<author>`, `</author>`) taken out.
fn without_tags(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('<') {
        let tag = after.split_once('>').filter(|(name, _)| {
            name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '/'))
        });
        out.push_str(before);
        match tag {
            Some((_, after)) => rest = after,
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out + rest
}
