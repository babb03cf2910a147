//! `.ris` → model.

use crate::bib::work_of;
use crate::inputs::{Inputs, date};
use crate::race::{Contestant, Goal, Job};
use biblib::{CitationParser, RisParser};
use citelift::Format;

/// The race of the readers.
pub(crate) fn job(inputs: &Inputs) -> Job {
    let (text, count) = (inputs.ris, inputs.count());
    check(inputs);
    Job {
        title: inputs.title(".ris → model", text),
        ours: vec![
            Contestant::new("citelift `from_str`", count, move || {
                citelift::ris::from_str(text).works.len()
            }),
            Contestant::new("citelift `Reader`", count, move || {
                Format::Ris.reader(text.as_bytes()).filter(work_of).count()
            }),
        ],
        peers: vec![
            Contestant::new("biblib", count, move || {
                RisParser::new().parse(text).expect("biblib").len()
            })
            .goal(Goal::Faster(5.0)),
        ],
        remarks: vec![
            "biblib takes editors for authors, knows no particles and suffixes of names, puts \
             most other tags into a map of strings, and tells nothing of what it does not \
             understand."
                .into(),
        ],
    }
}

/// citelift and biblib read what the works were made of.
fn check(inputs: &Inputs) {
    let read = citelift::ris::from_str(inputs.ris);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics.first());
    let theirs = RisParser::new().parse(inputs.ris).expect("biblib");
    for ((made, work), other) in inputs.works.iter().zip(&read.works).zip(&theirs) {
        assert_eq!(Some(&*made.title), work.title.as_deref(), "citelift, {}", made.key);
        assert_eq!(made.authors.len(), work.author.len(), "citelift, {}", made.key);
        let issued = work.issued.as_ref().map(ToString::to_string);
        assert_eq!(Some(date(made)), issued, "citelift, {}", made.key);
        assert_eq!(made.title, other.title, "biblib, {}", made.key);
        // It cuts the names of bodies at `and`.
        assert!(made.authors.len() <= other.authors.len(), "biblib, {}", made.key);
    }
}
