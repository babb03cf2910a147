//! How far a model's labels agree with those of labelled references.

use super::around::without_words_around;
use super::encode::sets;
use super::reference::Labelled;
use crate::label::{Label, Model, any, only};
use crate::lex::Lexed;
use crate::text::Joined;

/// How far labels agree, word by word.
///
/// ```
/// use citelift::train::{Agreement, Labelled};
/// let gold = Labelled::read("<author>Roe, J.</author> (<date>2010</date>). <title>Harbour watch</title>.")?;
/// let agreement = Agreement::of(&citelift::Model::shipped(), &gold);
/// assert_eq!((agreement.words(), agreement.references()), ((5, 5), (1, 1)));
/// # Ok::<(), citelift::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Agreement {
    counts: [[usize; Label::COUNT]; Label::COUNT],
    references: Vec<(usize, usize)>,
}

/// What no field of a work comes of: sources differ in what they leave without a label.
const UNCOUNTED: [Label; 9] = [
    Label::Other,
    Label::Note,
    Label::Medium,
    Label::Genre,
    Label::Number,
    Label::Isbn,
    Label::Arxiv,
    Label::Accessed,
    Label::CitationNumber,
];

impl Agreement {
    /// Of a model's labels with `gold`.
    #[must_use]
    pub fn of(model: &Model, gold: &[Labelled]) -> Self {
        let mut found = Self {
            counts: [[0; Label::COUNT]; Label::COUNT],
            references: Vec::with_capacity(gold.len()),
        };
        for reference in gold {
            found.add(model, &without_words_around(reference));
        }
        found
    }

    fn add(&mut self, model: &Model, reference: &Labelled) {
        let text = reference.text();
        let joined = Joined::of(&text);
        let lexed = Lexed::new(joined.text());
        let labelling = model.labeller().label(&lexed, |positions| vec![any(); positions.len()]);
        let sets = sets(reference, &labelling.positions, |span| {
            joined.source(span).first().copied().unwrap_or(span)
        });
        let uncounted = |set| UNCOUNTED.into_iter().any(|label| set & only(label) != 0);
        let mut wrong = 0;
        for (&label, &set) in labelling.labels.iter().zip(&sets) {
            let right = set & only(label) != 0 || uncounted(set) && UNCOUNTED.contains(&label);
            let gold = if right {
                label
            } else {
                wrong += 1;
                Label::ALL.into_iter().find(|&l| set & only(l) != 0).unwrap_or(Label::Other)
            };
            self.counts[gold as usize][label as usize] += 1;
        }
        self.references.push((wrong, labelling.labels.len()));
    }

    /// How many words have their label, of how many.
    #[must_use]
    pub fn words(&self) -> (usize, usize) {
        let all = self.references.iter().map(|&(_, words)| words).sum();
        let wrong: usize = self.references.iter().map(|&(wrong, _)| wrong).sum();
        (all - wrong, all)
    }

    /// How many references have all their labels, of how many.
    #[must_use]
    pub fn references(&self) -> (usize, usize) {
        let right = self.references.iter().filter(|&&(wrong, _)| wrong == 0).count();
        (right, self.references.len())
    }

    /// Labels taken for others: the right one, the model's, how many words; the commonest first.
    #[must_use]
    pub fn confusions(&self) -> Vec<(Label, Label, usize)> {
        let mut found = Vec::new();
        for gold in Label::ALL {
            for label in Label::ALL {
                let count = self.counts[gold as usize][label as usize];
                if gold != label && count > 0 {
                    found.push((gold, label, count));
                }
            }
        }
        found.sort_by_key(|&(gold, label, count)| (std::cmp::Reverse(count), gold, label));
        found
    }

    /// The references with wrong labels, as indices of `gold`, and how many words of each are
    /// wrong; the worst first.
    #[must_use]
    pub fn worst(&self) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = self
            .references
            .iter()
            .enumerate()
            .filter(|(_, (wrong, _))| *wrong > 0)
            .map(|(index, &(wrong, _))| (index, wrong))
            .collect();
        found.sort_by_key(|&(index, wrong)| (std::cmp::Reverse(wrong), index));
        found
    }
}
