//! Works that are there more than once: said, or made one.
//!
//! Takes all works of a run and where each comes from; called by `extract` and `convert`.

use crate::args::Duplicates;
use crate::render::Reporter;
use crate::source::Source;
use citelift::duplicate::{self, Cluster, Finding, Merged};
use citelift::{Span, Work};

/// Says what is the same, and merges it where that is asked for. Gives the works in their order,
/// each with its old index; `source` gives where a work comes from, by that index.
pub(crate) fn settle<'s, 't: 's>(
    works: Vec<Work>,
    what: Duplicates,
    source: impl Fn(usize) -> Option<&'s Source<'t>>,
    reporter: &mut Reporter,
) -> Vec<(usize, Work)> {
    let mut works: Vec<Option<Work>> = works.into_iter().map(Some).collect();
    if what != Duplicates::Keep {
        let held: Vec<Work> = works.iter_mut().filter_map(Option::take).collect();
        let clusters = duplicate::find(&held);
        let (sure, doubted): (Vec<Cluster>, Vec<Cluster>) =
            clusters.into_iter().partition(|found| what == Duplicates::Merge && found.is_sure());
        let merged: Vec<Merged> =
            sure.iter().map(|cluster| duplicate::merge(&held, cluster)).collect();
        for finding in merged.iter().flat_map(|merged| &merged.findings) {
            say(finding, &held, &source, reporter);
        }
        for finding in duplicate::report(&held, &doubted) {
            say(&finding, &held, &source, reporter);
        }
        works = held.into_iter().map(Some).collect();
        for at in sure.iter().flat_map(|cluster| &cluster.works) {
            works[*at] = None;
        }
        for Merged { work, base, .. } in merged {
            works[base] = Some(work);
        }
    }
    works.into_iter().enumerate().filter_map(|(at, work)| Some((at, work?))).collect()
}

/// Says a finding at its work's place, and where the work is that it is the same as.
fn say<'s, 't: 's>(
    finding: &Finding,
    works: &[Work],
    source: &impl Fn(usize) -> Option<&'s Source<'t>>,
    reporter: &mut Reporter,
) {
    let Some(own) = source(finding.work) else { return };
    let mut diagnostic = finding.diagnostic.clone();
    let other = finding.other.and_then(|at| Some((source(at)?, works.get(at)?)));
    if let Some((other, work)) = other {
        let start = work.evidence.as_ref().map(|evidence| evidence.offset);
        let local = start.and_then(|start| other.local(Span::new(start, start)));
        let position = local.map(|span| other.position(span.start)).or(other.beginning());
        if let Some(position) = position {
            let (line, column) = (position.line, position.column);
            diagnostic = diagnostic.help(format!("see {}:{line}:{column}", other.name()));
        }
    }
    reporter.say(own, &diagnostic);
}
