//! Reading and writing grow with the text and not with its square: counted in bytes asked of the
//! allocator, which is the same on every machine. Alone in its file, since the count is shared
//! by all threads of a program, and one test.

use citelift::{bibtex, csl_json, ris};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const STRETCHES: &[&str] = &[
    "Roe, J. (2010). Harbour watch. Port Studies, 15(2): 61-70.\nA note on it, of one sentence.\n\n",
    "Roe, J., ",
    "and ",
    "(2010). ",
    "([{“",
    "harbour",
    "Roe, J. (2010). Harbour watch. Leiden: Brill. ",
    "a\n\n",
    "e\u{301}",
];

/// Beginnings of `.bib` entries, and what they go on with, `§` a number.
const ENTRIES: &[(&str, &str)] = &[
    ("@book{§, ", "a = {1} b = {2} "),
    ("@book{k, § = ", "= # "),
    ("@book{k, ", "x§ = {1}, "),
    ("@book{k, ", "x = {§}, "),
    ("@book{k, note = {a}, ", "addendum = {§}, "),
    ("@book{k, keywords = {", "a§, "),
    ("@book{k, author = {", "A§ and "),
    ("@book{k, title = ", "{§} # "),
    ("", "@misc{§, crossref = {b}}\n"),
    ("", "@misc{§, x = {1}} "),
];

#[test]
fn work_grows_with_the_text() {
    a_long_line_takes_a_few_times_its_size();
    for (head, each) in ENTRIES {
        let read = |size: usize| {
            // An endless name at the head too.
            let head = head.replace('§', &"k".repeat(size / 2));
            let parts = (0..size / each.len()).map(|number| each.replace('§', &number.to_string()));
            let text = format!("{head}{}}}", parts.collect::<String>());
            let region = Region::new(ALLOCATOR);
            let found = bibtex::from_str(&text);
            let change = region.change();
            drop(found);
            asked_in(change)
        };
        let (small, large) = (read(10_000), read(80_000));
        assert!(large < small.max(100_000) * 16, "{head:?} {each:?}: {small} bytes, then {large}");
    }
    for stretch in STRETCHES {
        let few = 20_000 / stretch.len();
        let (small, large) = (asked(&stretch.repeat(few)), asked(&stretch.repeat(few * 8)));
        // Twice as much as in proportion leaves room for vectors that double.
        assert!(large < small.max(100_000) * 16, "{stretch:?}: {small} bytes, then {large}");
    }
}

/// A line without end is read as far as a citation may go, and the rest of it kept as it stands:
/// what is known of each word would take hundreds of times its letters.
fn a_long_line_takes_a_few_times_its_size() {
    let text = "harbour watch, ".repeat(400_000);
    let region = Region::new(ALLOCATOR);
    let work = citelift::parse(&text);
    let asked = asked_in(region.change());
    let note = work.note.as_deref().unwrap_or_default();
    assert!(note.len() > text.len() / 10 * 9 && text.trim().ends_with(note), "{}", note.len());
    assert!(asked < 40 * text.len(), "{asked} bytes for {}", text.len());
}

/// How many bytes were asked of the allocator while a text was read and written.
fn asked(text: &str) -> usize {
    let region = Region::new(ALLOCATOR);
    let mut works = citelift::extract(text).works;
    works.push(citelift::parse(text));
    let written = [bibtex::to_string(&works), ris::to_string(&works), csl_json::to_string(&works)];
    let change = region.change();
    drop(written);
    asked_in(change)
}

fn asked_in(change: Stats) -> usize {
    change.bytes_allocated + usize::try_from(change.bytes_reallocated.max(0)).unwrap_or_default()
}
