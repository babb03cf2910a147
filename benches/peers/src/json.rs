//! CSL-JSON → model.

use crate::bib::work_of;
use crate::flat;
use crate::inputs::{Inputs, date};
use crate::race::{Contestant, Goal, Job};
use citelift::Format;

/// The race of the readers.
pub(crate) fn job(inputs: &Inputs) -> Job {
    let (text, count) = (inputs.json, inputs.count());
    check(inputs);
    Job {
        title: inputs.title("CSL-JSON → model", text),
        ours: vec![
            Contestant::new("citelift `from_str`", count, move || {
                citelift::csl_json::from_str(text).works.len()
            }),
            Contestant::new("citelift `Reader`", count, move || {
                Format::CslJson.reader(text.as_bytes()).filter(work_of).count()
            }),
        ],
        peers: vec![
            Contestant::new("serde_json, a flat struct", count, move || flat_items(text).len())
                .goal(Goal::Faster(1.0)),
            Contestant::new("citationberg", count, move || {
                let items: Vec<citationberg::json::Item> =
                    serde_json::from_str(text).expect("citationberg");
                items.len()
            }),
            Contestant::new("citeworks-csl", count, move || {
                citeworks_csl::from_str(text).expect("citeworks-csl").len()
            }),
        ],
        remarks: [
            "The flat struct has the variables that are members of citelift's `Work`; it fails at \
             a number where it expects a string, drops what it does not know, and leaves pages \
             and keywords as strings.",
            "citationberg keeps a map of values, citeworks-csl a struct and a map; both stop at \
             the first value that is not as the schema has it.",
            "citelift besides mends what is near to the schema, keeps what is not of it, and \
             reports both.",
        ]
        .map(String::from)
        .to_vec(),
    }
}

fn flat_items(text: &str) -> Vec<flat::Item> {
    serde_json::from_str(text).expect("the flat struct")
}

/// All read what the works were made of.
fn check(inputs: &Inputs) {
    let read = citelift::csl_json::from_str(inputs.json);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics.first());
    let flat = flat_items(inputs.json);
    for ((made, work), item) in inputs.works.iter().zip(&read.works).zip(&flat) {
        assert_eq!(Some(&*made.title), work.title.as_deref(), "citelift, {}", made.key);
        assert_eq!(made.authors.len(), work.author.len(), "citelift, {}", made.key);
        let issued = work.issued.as_ref().map(ToString::to_string);
        assert_eq!(Some(date(made)), issued, "citelift, {}", made.key);
        assert_eq!(Some(&*made.title), item.title.as_deref(), "flat, {}", made.key);
        assert_eq!(made.authors.len(), item.author.len(), "flat, {}", made.key);
    }
}
