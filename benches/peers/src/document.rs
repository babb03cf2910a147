//! Document → works, beside the parsing of its entries alone.

use crate::inputs::Inputs;
use crate::made_up::{Made, Name};
use crate::race::{Contestant, Goal, Job};
use crate::spell;
use citelift::Parser;

/// A bibliography whose entries are parted by blank lines.
pub(crate) fn parted(inputs: &Inputs) -> Job {
    job(inputs, "a blank line between entries", "\n\n")
}

/// A bibliography with a line for every entry.
pub(crate) fn lines(inputs: &Inputs) -> Job {
    job(inputs, "a line for every entry", "\n")
}

fn job(inputs: &Inputs, what: &str, between: &str) -> Job {
    // Both read the same entries only where every beginning is plain: in a list of lines, one
    // that begins with a particle (`de la Roe, J.`) or a body may go on the line before.
    let plain = |made: &&Made| matches!(made.authors[0], Name::Person { particle: None, .. });
    let works: Vec<&Made> = inputs.works.iter().filter(plain).collect();
    let references: &'static [String] =
        works.iter().map(|made| spell::reference(made)).collect::<Vec<_>>().leak();
    let count = references.len();
    let text: &'static str =
        format!("{PROSE}\n\nReferences\n\n{}\n", references.join(between)).leak();
    let found = citelift::extract(text).works;
    for (work, (made, reference)) in found.iter().zip(works.iter().zip(references)) {
        let year = work.issued.as_ref().map(ToString::to_string);
        assert_eq!(year, Some(made.year.to_string()), "{reference}");
    }
    Job {
        title: format!("document → works, {what} ({count} entries)"),
        ours: vec![Contestant::new("citelift `extract`", count, move || {
            citelift::extract(text).works.len()
        })],
        peers: vec![
            Contestant::new("citelift `parse`, its entries alone", count, move || {
                let parser = Parser::new();
                references.iter().map(|one| parser.parse(one)).collect::<Vec<_>>().len()
            })
            .goal(Goal::Time(1.25)),
        ],
        remarks: vec![
            "`extract` also finds the heading, the entries and their ends, and says where each \
             stood; both give the same works."
                .into(),
        ],
    }
}

const PROSE: &str = "Harbours have changed since the first pilots read the fog, and what is known \
    of them has changed as well. This report looks at seven ports, at their archives, and at the \
    people who work there; it tells what was read, and what is still to be read.";
