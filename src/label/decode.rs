//! The best chain of labels, and how sure each label is, in use: at every position only labels
//! that are not hopeless there are followed, which are a few of all.

use super::chain::{Scores, Transitions};
use super::name::Label;

const L: usize = Label::COUNT;

/// A label that is so far behind the best at its position is not followed.
const HOPELESS: f32 = 12.0;

/// Transitions as they are used.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    transitions: Transitions,
    /// Their exponentials.
    weights: Box<[Scores; L]>,
}

/// A label that is followed at a position.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    label: u8,
    score: f32,
    /// The best score of a chain up to here, and where it comes from.
    best: f32,
    from: u8,
    /// `exp(score - the position's best)`
    weight: f32,
    forward: f32,
    backward: f32,
}

impl Chain {
    pub(crate) fn of(transitions: &Transitions) -> Self {
        let weights = Box::new(transitions.between.map(|row| row.map(f32::exp)));
        Self { transitions: transitions.clone(), weights }
    }

    /// The best chain, for every position each label's share of all chains, and the best
    /// chain's score.
    pub(crate) fn decode(&self, scores: &[Scores]) -> (Vec<u8>, Vec<Scores>, f32) {
        if scores.is_empty() {
            return (Vec::new(), Vec::new(), 0.0);
        }
        let mut all: Vec<Candidate> = Vec::with_capacity(scores.len() * 5);
        let mut starts = Vec::with_capacity(scores.len() + 1);
        for row in scores {
            starts.push(all.len());
            let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            for (label, &score) in row.iter().enumerate() {
                if score >= top - HOPELESS {
                    let weight = (score - top).exp();
                    let label = label as u8;
                    all.push(Candidate {
                        label,
                        score,
                        best: 0.0,
                        from: 0,
                        weight,
                        forward: 0.0,
                        backward: 0.0,
                    });
                }
            }
        }
        starts.push(all.len());
        self.forwards(&mut all, &starts);
        self.backwards(&mut all, &starts);
        let mut chain = vec![0u8; scores.len()];
        let mut shares = vec![[0.0; L]; scores.len()];
        let last = starts[scores.len() - 1];
        let mut at = (last..all.len())
            .max_by(|&a, &b| {
                let total = |i: usize| all[i].best + self.transitions.last[all[i].label as usize];
                total(a).total_cmp(&total(b))
            })
            .unwrap_or(last);
        let score = all[at].best + self.transitions.last[all[at].label as usize];
        for index in (0..scores.len()).rev() {
            chain[index] = all[at].label;
            if index > 0 {
                at = starts[index - 1] + all[at].from as usize;
            }
            let here = &all[starts[index]..starts[index + 1]];
            let sum: f32 = here.iter().map(|c| c.forward * c.backward).sum::<f32>().max(1e-30);
            for candidate in here {
                shares[index][candidate.label as usize] =
                    candidate.forward * candidate.backward / sum;
            }
        }
        (chain, shares, score)
    }

    fn forwards(&self, all: &mut [Candidate], starts: &[usize]) {
        for index in 0..starts.len() - 1 {
            let (done, rest) = all.split_at_mut(starts[index]);
            let here = &mut rest[..starts[index + 1] - starts[index]];
            let before = index.checked_sub(1).map(|before| &done[starts[before]..]);
            let mut sum = 0.0;
            for candidate in here.iter_mut() {
                let to = candidate.label as usize;
                let (mut best, mut from, mut forward) = (f32::NEG_INFINITY, 0, 0.0);
                match before {
                    None => {
                        best = self.transitions.first[to];
                        forward = best.exp();
                    }
                    Some(before) => {
                        for (nth, old) in before.iter().enumerate() {
                            let label = old.label as usize;
                            let total = old.best + self.transitions.between[label][to];
                            if total > best {
                                (best, from) = (total, nth as u8);
                            }
                            forward += old.forward * self.weights[label][to];
                        }
                    }
                }
                candidate.best = best + candidate.score;
                candidate.from = from;
                candidate.forward = forward * candidate.weight;
                sum += candidate.forward;
            }
            let scale = 1.0 / sum.max(1e-30);
            here.iter_mut().for_each(|candidate| candidate.forward *= scale);
        }
    }

    fn backwards(&self, all: &mut [Candidate], starts: &[usize]) {
        let positions = starts.len() - 1;
        for index in (0..positions).rev() {
            let (done, rest) = all.split_at_mut(starts[index + 1]);
            let here = &mut done[starts[index]..];
            let mut top = 0.0f32;
            for candidate in here.iter_mut() {
                let from = candidate.label as usize;
                candidate.backward = if index + 1 == positions {
                    self.transitions.last[from].exp()
                } else {
                    let next = &rest[..starts[index + 2] - starts[index + 1]];
                    next.iter()
                        .map(|c| self.weights[from][c.label as usize] * c.weight * c.backward)
                        .sum()
                };
                top = top.max(candidate.backward);
            }
            let scale = 1.0 / top.max(1e-30);
            here.iter_mut().for_each(|candidate| candidate.backward *= scale);
        }
    }
}
