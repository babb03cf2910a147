//! Runs of entries with nothing else between them, and which of them are lists of works once
//! their citations are read.
//!
//! A table or the labels of a figure may look like entries line for line, but no works come of
//! them. Called by `extract`.

use super::heading;
use super::region::Label;
use crate::document::Document;
use crate::work::Work;
use std::ops::Range;

/// So much is known, on average, of the works of a list, by [`known`].
const LIST: f32 = 1.2;
/// And of those of a list without a title in a document that has one with a title.
const BESIDE: f32 = 2.6;
/// A list with a title and so many entries is the document's.
const ENTRIES: usize = 3;

/// The runs of a document's entries.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// The first entry of each, and whether the title of a list stands before it.
    runs: Vec<(usize, bool)>,
    /// Whether there is anything in the document besides.
    other: bool,
}

impl Runs {
    /// The runs of the entries that stand at `ranges` of lines.
    pub(super) fn of(document: &Document, labels: &[Label], ranges: &[Range<usize>]) -> Self {
        let mut runs = Vec::new();
        let mut end = 0;
        for (entry, range) in ranges.iter().enumerate() {
            let between = end..range.start;
            end = range.end;
            let is = |at: &usize, label| labels.get(*at) == Some(&label);
            if entry == 0 || between.clone().any(|at| is(&at, Label::Outside)) {
                let mut headings = between.filter(|at| is(at, Label::Heading));
                runs.push((entry, headings.any(|at| heading::is_list_title(document, at))));
            }
        }
        Self { runs, other: labels.contains(&Label::Outside) }
    }

    /// Which of the works, one for each entry, are of lists.
    pub(super) fn listed(&self, works: &[Work]) -> Vec<bool> {
        let ends = self.runs.iter().skip(1).map(|&(first, _)| first).chain([works.len()]);
        let runs: Vec<(Range<usize>, bool)> = self
            .runs
            .iter()
            .zip(ends)
            .map(|(&(first, titled), end)| (first..end, titled))
            .collect();
        let has_list = runs.iter().any(|(run, titled)| *titled && run.len() >= ENTRIES);
        let mut listed = vec![true; works.len()];
        for (run, titled) in runs {
            let Some(of) = works.get(run.clone()).filter(|of| !of.is_empty()) else { continue };
            #[expect(clippy::cast_precision_loss, reason = "a count of works")]
            let mean = of.iter().map(known).sum::<f32>() / of.len() as f32;
            let least = if has_list { BESIDE } else { LIST };
            if !titled && self.other && mean < least {
                for listed in &mut listed[run] {
                    *listed = false;
                }
            }
        }
        listed
    }
}

/// How much is known of a work: who made it, when, what it is called, where it is.
fn known(work: &Work) -> f32 {
    let made = !work.author.is_empty() || !work.editor.is_empty();
    let placed = work.container_title.is_some()
        || work.publisher.is_some()
        || work.volume.is_some()
        || work.doi.is_some()
        || work.url.is_some();
    let one = |known| if known { 1.0 } else { 0.0 };
    one(made) + one(work.issued.is_some()) + 0.5 * one(work.title.is_some()) + one(placed)
}
