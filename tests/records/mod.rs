//! Records of RIS, for tests that read them: one from its lines, what is said of it, and what is
//! read of what is written.

#![allow(dead_code, reason = "no test uses all of it")]

use citelift::{Bibliography, Work, ris};

/// One record's work and the codes of what is said of it.
pub(crate) fn one(text: &str) -> (Work, Vec<&'static str>) {
    let read = ris::from_str(text);
    assert_eq!(read.works.len(), 1, "{text}\n{:?}", read.diagnostics);
    (read.works[0].clone(), codes(&read))
}

pub(crate) fn codes(read: &Bibliography) -> Vec<&'static str> {
    read.diagnostics.iter().map(|doubt| doubt.code.as_str()).collect()
}

pub(crate) fn record(kind: &str, lines: &str) -> (Work, Vec<&'static str>) {
    one(&format!("TY  - {kind}\n{lines}\nER  - \n"))
}

pub(crate) fn extras(work: &Work) -> Vec<(&str, &str)> {
    work.extra.iter().map(|extra| (extra.name.as_str(), extra.value.as_str())).collect()
}

/// What is read of what is written.
pub(crate) fn reread(works: &[Work]) -> Vec<Work> {
    ris::from_str(&ris::to_string(works)).works
}
