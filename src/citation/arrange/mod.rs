//! Which field each stretch of text is: the likeliest arrangement of labels over the elements.
//!
//! Every element of text has a score for every label, from its words, its marks and its
//! neighbours; a label has a score for following another. The best sum is found in one pass
//! (Viterbi), so the time is linear in the number of elements.

mod look;
mod score;

use super::element::{Content, Element};
use crate::lex::Lexed;
use look::{Look, look};
use score::{emission, transition};

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Title,
    Container,
    Series,
    Publisher,
    Place,
    Genre,
    Note,
}

const LABELS: [Label; 7] = [
    Label::Title,
    Label::Container,
    Label::Series,
    Label::Publisher,
    Label::Place,
    Label::Genre,
    Label::Note,
];

/// A label for every element (`None` for those that are no text) and what the whole scores.
pub(crate) struct Arrangement {
    pub(crate) labels: Vec<Option<Label>>,
    pub(crate) score: f32,
    /// How much the second label of the least sure element lags behind.
    pub(crate) margins: Vec<f32>,
}

/// The best arrangement of the elements.
pub(crate) fn arrange(lexed: &Lexed, elements: &[Element]) -> Arrangement {
    let texts: Vec<usize> = (0..elements.len())
        .filter(|&index| {
            matches!(elements[index].content, Content::Text | Content::Quoted | Content::Bracketed)
        })
        .collect();
    let looks: Vec<Look> = (0..texts.len()).map(|nth| look(lexed, elements, &texts, nth)).collect();
    let mut best: Vec<[(f32, usize); LABELS.len()]> = Vec::with_capacity(texts.len());
    for (nth, look) in looks.iter().enumerate() {
        let mut row = [(f32::NEG_INFINITY, 0); LABELS.len()];
        for (to, &label) in LABELS.iter().enumerate() {
            let own = emission(label, look);
            if nth == 0 {
                row[to] = (own, 0);
                continue;
            }
            for (from, &before) in LABELS.iter().enumerate() {
                let total = best[nth - 1][from].0 + transition(before, label, look) + own;
                if total > row[to].0 {
                    row[to] = (total, from);
                }
            }
        }
        best.push(row);
    }
    let mut labels = vec![None; elements.len()];
    let mut margins = vec![f32::INFINITY; elements.len()];
    let mut score = 0.0;
    if let Some(row) = best.last() {
        let mut at = (0..LABELS.len()).max_by(|&a, &b| row[a].0.total_cmp(&row[b].0)).unwrap_or(0);
        score = row[at].0;
        for nth in (0..texts.len()).rev() {
            labels[texts[nth]] = Some(LABELS[at]);
            let runner_up = (0..LABELS.len())
                .filter(|&other| other != at)
                .map(|other| emission(LABELS[other], &looks[nth]))
                .fold(f32::NEG_INFINITY, f32::max);
            margins[texts[nth]] = emission(LABELS[at], &looks[nth]) - runner_up;
            at = best[nth][at].1;
        }
    }
    Arrangement { labels, score, margins }
}
