//! Model → `.bib`, `.ris`, CSL-JSON.

use crate::inputs::Inputs;
use crate::race::{Contestant, Goal, Job};
use citelift::bibtex::{Dialect, Options};
use citelift::{Work, bibtex, csl_json, ris};

/// Works to `.bib`.
pub(crate) fn bib(inputs: &Inputs) -> Job {
    let count = inputs.count();
    let works = read(bibtex::from_str(inputs.bib), count);
    let biblatex: &'static biblatex::Bibliography =
        Box::leak(Box::new(biblatex::Bibliography::parse(inputs.bib).expect("biblatex")));
    Job {
        title: format!("model → .bib ({count} entries)"),
        ours: vec![
            writer("citelift, BibTeX", "@", count, move || bibtex::to_string(works)),
            writer("citelift, BibLaTeX", "@", count, move || {
                bibtex::to_string_with(works, &Options::default().dialect(Dialect::Biblatex))
            }),
        ],
        peers: vec![
            writer("biblatex, `to_bibtex_string`", "@", count, move || biblatex.to_bibtex_string())
                .goal(Goal::Faster(3.0)),
            writer("biblatex, `to_biblatex_string`", "@", count, move || {
                biblatex.to_biblatex_string()
            })
            .goal(Goal::Faster(3.0)),
        ],
        remarks: vec![
            "biblatex writes the chunks of the fields it has read, under the types and names they \
             came with; citelift writes fields from its model: names, dates, pages, capitals \
             to be protected, characters that LaTeX needs escaped."
                .into(),
        ],
    }
}

/// Works to `.ris`.
pub(crate) fn ris(inputs: &Inputs) -> Job {
    let count = inputs.count();
    let works = read(ris::from_str(inputs.ris), count);
    Job {
        title: format!("model → .ris ({count} entries)"),
        ours: vec![writer("citelift", "TY  - ", count, move || ris::to_string(works))],
        peers: Vec::new(),
        remarks: vec!["biblib has no writer; no other crate known here writes RIS.".into()],
    }
}

/// Works to CSL-JSON.
pub(crate) fn json(inputs: &Inputs) -> Job {
    let count = inputs.count();
    let works = read(csl_json::from_str(inputs.json), count);
    let citeworks: &'static [citeworks_csl::Item] =
        citeworks_csl::from_str(inputs.json).expect("citeworks-csl").leak();
    let flat: &'static [crate::flat::Item] =
        serde_json::from_str::<Vec<_>>(inputs.json).expect("flat").leak();
    Job {
        title: format!("model → CSL-JSON ({count} entries)"),
        ours: vec![
            writer("citelift, an array", ID, count, move || csl_json::to_string(works)),
            writer("citelift, a line each", ID, count, move || csl_json::ndjson::to_string(works)),
        ],
        peers: vec![
            writer("citeworks-csl", ID, count, move || {
                citeworks_csl::to_string(citeworks).expect("citeworks-csl")
            })
            .goal(Goal::Faster(1.0)),
            writer("serde_json, a flat struct", ID, count, move || {
                serde_json::to_string(flat).expect("the flat struct")
            }),
        ],
        remarks: vec![
            "citeworks-csl and the flat struct write values as they were read, the flat struct \
             `null` for what it has not."
                .into(),
        ],
    }
}

/// The works of what was read, for as long as the bench runs.
fn read(read: citelift::Bibliography, count: usize) -> &'static [Work] {
    assert_eq!(read.works.len(), count);
    read.works.leak()
}

/// What every item of CSL-JSON has once.
const ID: &str = "\"id\":";

/// A writer; what it writes has `mark` for every entry, which is looked at once, before the race.
fn writer(
    name: &'static str,
    mark: &str,
    count: usize,
    write: impl Fn() -> String + 'static,
) -> Contestant {
    assert!(write().matches(mark).count() >= count, "{name}: not all entries");
    Contestant::new(name, count, move || if write().is_empty() { 0 } else { count })
}
