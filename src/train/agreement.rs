//! How far a model's labels agree with those of labelled references.

use super::around::without_words_around;
use super::encode::sets;
use super::reference::Labelled;
use crate::label::{Label, Model, any, only};
use crate::lex::Lexed;
use crate::span::Span;

/// How far labels agree, word by word.
///
/// ```
/// use citelift::train::{Agreement, Labelled};
/// let gold = Labelled::read(
///     "<author>Roe, J.</author> (<date>2010</date>). <title>Harbour watch</title>. <place>Leiden</place>: <publisher>Brill</publisher>."
/// )?;
/// let agreement = Agreement::of(&citelift::Model::shipped(), &gold);
/// assert_eq!((agreement.words(), agreement.references()), ((7, 7), (1, 1)));
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
        let mut wrong = 0;
        let compared = compared(model, reference);
        for &(_, gold, label) in &compared {
            wrong += usize::from(gold != label);
            self.counts[gold as usize][label as usize] += 1;
        }
        self.references.push((wrong, compared.len()));
    }

    /// What is labelled wrongly in one reference: where in [`Labelled::text`], the right label,
    /// the model's. Neighbouring words that are taken for the same are one stretch.
    ///
    /// ```
    /// use citelift::train::{Agreement, Labelled};
    /// use citelift::{Label, Model, Span};
    /// let gold = Labelled::read("<author>Roe, J.</author> (<date>2011</date>). <title>Harbour \
    ///     watch</title>. <container-title>Port Studies</container-title>, <doi>15</doi>(2): 61-70.")?;
    /// let mistakes = Agreement::mistakes(&Model::shipped(), &gold[0]);
    /// assert!(mistakes.contains(&(Span::new(45, 47), Label::Doi, Label::Volume)));
    /// # Ok::<(), citelift::Error>(())
    /// ```
    #[must_use]
    pub fn mistakes(model: &Model, reference: &Labelled) -> Vec<(Span, Label, Label)> {
        let mut found: Vec<(Span, Label, Label)> = Vec::new();
        let mut before = None;
        for (span, gold, label) in compared(model, &without_words_around(reference)) {
            let goes_on = before.replace((gold, label)) == Some((gold, label));
            match found.last_mut() {
                _ if gold == label => {}
                Some((last, ..)) if goes_on => last.end = span.end,
                _ => found.push((span, gold, label)),
            }
        }
        found
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

/// Every word of a reference, with its right label and the model's.
fn compared(model: &Model, reference: &Labelled) -> Vec<(Span, Label, Label)> {
    let text = reference.text();
    let joined = reference.joined(&text);
    let lexed = Lexed::of(&joined);
    let labelling = model.labeller().label(&lexed, |positions| vec![any(); positions.len()]);
    let place = |span| joined.source(span).first().copied().unwrap_or(span);
    let sets = sets(reference, &labelling.positions, place);
    let uncounted = |set| UNCOUNTED.into_iter().any(|label| set & only(label) != 0);
    labelling
        .positions
        .iter()
        .zip(&labelling.labels)
        .zip(&sets)
        .map(|((position, &label), &set)| {
            let right = set & only(label) != 0 || uncounted(set) && UNCOUNTED.contains(&label);
            let first = || Label::ALL.into_iter().find(|&one| set & only(one) != 0);
            let gold = if right { label } else { first().unwrap_or(Label::Other) };
            (place(position.span), gold, label)
        })
        .collect()
}
