//! Which field each stretch of text is: the likeliest arrangement of labels over the elements.
//!
//! Every element of text has a score for every label, from its words, its marks and its
//! neighbours; a label has a score for following another. The best sum is found in one pass
//! forwards and one backwards (Viterbi, max-marginals), so the time is linear in the number of
//! elements, and for every element the best other arrangement is known too.

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

impl Label {
    /// The label in words, for people.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Label::Title => "the title",
            Label::Container => "what it stands in (journal, book, site)",
            Label::Series => "a series",
            Label::Publisher => "the publisher",
            Label::Place => "the place of publication",
            Label::Genre => "the sort of work",
            Label::Note => "a remark",
        }
    }
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
    /// For every element of text: the label it has in the best other arrangement, and how far
    /// behind that one lies.
    pub(crate) runners_up: Vec<Option<(Label, f32)>>,
}

/// The best arrangement of the elements.
pub(crate) fn arrange(lexed: &Lexed, elements: &[Element]) -> Arrangement {
    let texts: Vec<usize> = (0..elements.len())
        .filter(|&index| {
            matches!(elements[index].content, Content::Text | Content::Quoted | Content::Bracketed)
        })
        .collect();
    let looks: Vec<Look> = (0..texts.len()).map(|nth| look(lexed, elements, &texts, nth)).collect();
    let before = forwards(&looks);
    let behind = backwards(&looks);
    let mut labels = vec![None; elements.len()];
    let mut runners_up = vec![None; elements.len()];
    let mut score = 0.0;
    // the best arrangement in which text `nth` has a label scores the sum of both passes
    let mut previous = None;
    for (nth, &index) in texts.iter().enumerate() {
        let total = |label: usize| before[nth][label] + behind[nth][label];
        // of equally good labels, the one that follows the label taken before
        let best = (0..LABELS.len())
            .max_by(|&a, &b| {
                let joined = |label: usize| {
                    previous
                        .map_or(0.0, |from| transition(LABELS[from], LABELS[label], &looks[nth]))
                };
                total(a).total_cmp(&total(b)).then(joined(a).total_cmp(&joined(b)))
            })
            .unwrap_or(0);
        score = total(best);
        labels[index] = Some(LABELS[best]);
        runners_up[index] = (0..LABELS.len())
            .filter(|&label| label != best)
            .map(|label| (LABELS[label], total(best) - total(label)))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        previous = Some(best);
    }
    Arrangement { labels, score, runners_up }
}

/// For every text and label, the best score of the texts up to and with it.
fn forwards(looks: &[Look]) -> Vec<[f32; LABELS.len()]> {
    let mut rows: Vec<[f32; LABELS.len()]> = Vec::with_capacity(looks.len());
    for look in looks {
        let last = rows.last().copied();
        rows.push(std::array::from_fn(|to| {
            let way = last.map_or(0.0, |row| {
                best(
                    (0..LABELS.len())
                        .map(|from| row[from] + transition(LABELS[from], LABELS[to], look)),
                )
            });
            way + emission(LABELS[to], look)
        }));
    }
    rows
}

/// For every text and label, the best score of the texts behind it.
fn backwards(looks: &[Look]) -> Vec<[f32; LABELS.len()]> {
    let mut rows = vec![[0.0; LABELS.len()]; looks.len()];
    for nth in (1..looks.len()).rev() {
        let (look, next) = (&looks[nth], rows[nth]);
        rows[nth - 1] = std::array::from_fn(|from| {
            best((0..LABELS.len()).map(|to| {
                transition(LABELS[from], LABELS[to], look) + emission(LABELS[to], look) + next[to]
            }))
        });
    }
    rows
}

fn best(scores: impl Iterator<Item = f32>) -> f32 {
    scores.fold(f32::NEG_INFINITY, f32::max)
}
