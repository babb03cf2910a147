//! The best chain of labels, and how sure each label is, in use: at every position only labels
//! that are not hopeless there are followed, which are a few of all.

use super::chain::{Scores, Transitions};
use super::name::Label;
use wide::f32x4;

const L: usize = Label::COUNT;

/// A label that is so far behind the best at its position is not followed.
const HOPELESS: f32 = 12.0;

/// A number for every label, as processors take them.
type Row = [f32x4; L / 4];

fn row(values: impl Fn(usize) -> f32) -> Row {
    std::array::from_fn(|at| f32x4::from(std::array::from_fn(|lane| values(4 * at + lane))))
}

/// Transitions as they are used.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    transitions: Transitions,
    /// The transitions by where they come from.
    between: Box<[Row; L]>,
    /// The exponentials of how likely labels are at the ends.
    first: Scores,
    last: Scores,
    /// Their exponentials, by where they come from and by where they go to.
    weights: Box<[Row; L]>,
    backwards: Box<[Row; L]>,
}

/// A label that is followed at a position.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    label: u8,
    score: f32,
    /// The best score of a chain up to here.
    best: f32,
    /// `exp(score - the position's best)`
    weight: f32,
    forward: f32,
    backward: f32,
}

impl Chain {
    pub(crate) fn of(transitions: &Transitions) -> Self {
        let between = &transitions.between;
        Self {
            transitions: transitions.clone(),
            first: transitions.first.map(f32::exp),
            last: transitions.last.map(f32::exp),
            between: Box::new(std::array::from_fn(|from| row(|to| between[from][to]))),
            weights: Box::new(std::array::from_fn(|from| row(|to| between[from][to].exp()))),
            backwards: Box::new(std::array::from_fn(|to| row(|from| between[from][to].exp()))),
        }
    }

    /// The best chain, for every position each label's share of all chains, and the best
    /// chain's score.
    pub(crate) fn decode(&self, scores: &[Scores]) -> (Vec<u8>, Vec<Scores>, f32) {
        if scores.is_empty() {
            return (Vec::new(), Vec::new(), 0.0);
        }
        let mut all: Vec<Candidate> = Vec::with_capacity(scores.len() * 12);
        let mut starts = Vec::with_capacity(scores.len() + 1);
        for row in scores {
            starts.push(all.len());
            let top = row.iter().fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a });
            // noted without a branch, which would be guessed wrong again and again
            let mut followed = [0u8; L];
            let mut count = 0;
            for (label, &score) in row.iter().enumerate() {
                followed[count.min(L - 1)] = label as u8;
                count += usize::from(score >= top - HOPELESS);
            }
            // one at least, whatever the numbers are
            all.extend(followed[..count.max(1)].iter().map(|&label| {
                let score = row[label as usize];
                Candidate {
                    label,
                    score,
                    best: 0.0,
                    weight: (score - top).exp(),
                    forward: 0.0,
                    backward: 0.0,
                }
            }));
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
                let before = starts[index - 1];
                at = before + self.best_before(&all[before..starts[index]], chain[index]);
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

    /// Which of the candidates `before` the best chain to `label` comes from.
    fn best_before(&self, before: &[Candidate], label: u8) -> usize {
        let (mut best, mut at) = (f32::NEG_INFINITY, 0);
        for (nth, old) in before.iter().enumerate() {
            let total = old.best + self.transitions.between[old.label as usize][label as usize];
            if total > best {
                (best, at) = (total, nth);
            }
        }
        at
    }

    fn forwards(&self, all: &mut [Candidate], starts: &[usize]) {
        for index in 0..starts.len() - 1 {
            let (done, rest) = all.split_at_mut(starts[index]);
            let here = &mut rest[..starts[index + 1] - starts[index]];
            let mut best = [f32x4::splat(f32::NEG_INFINITY); L / 4];
            let mut forward = [f32x4::ZERO; L / 4];
            match index.checked_sub(1) {
                None => {
                    best = row(|to| self.transitions.first[to]);
                    forward = row(|to| self.first[to]);
                }
                Some(before) => {
                    for old in &done[starts[before]..] {
                        let label = old.label as usize;
                        let (score, share) = (f32x4::splat(old.best), f32x4::splat(old.forward));
                        for (best, &between) in best.iter_mut().zip(&self.between[label]) {
                            *best = (score + between).fast_max(*best);
                        }
                        for (forward, &weight) in forward.iter_mut().zip(&self.weights[label]) {
                            *forward += share * weight;
                        }
                    }
                }
            }
            let (best, forward) = (flat(best), flat(forward));
            let mut sum = 0.0;
            for candidate in here.iter_mut() {
                let to = candidate.label as usize;
                candidate.best = best[to] + candidate.score;
                candidate.forward = forward[to] * candidate.weight;
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
            let mut backward = [f32x4::ZERO; L / 4];
            if index + 1 == positions {
                backward = row(|from| self.last[from]);
            } else {
                for next in &rest[..starts[index + 2] - starts[index + 1]] {
                    let (weight, share) = (f32x4::splat(next.weight), f32x4::splat(next.backward));
                    let row = &self.backwards[next.label as usize];
                    for (backward, &between) in backward.iter_mut().zip(row) {
                        *backward += between * weight * share;
                    }
                }
            }
            let backward = flat(backward);
            let mut top = 0.0f32;
            for candidate in here.iter_mut() {
                candidate.backward = backward[candidate.label as usize];
                top = top.max(candidate.backward);
            }
            let scale = 1.0 / top.max(1e-30);
            here.iter_mut().for_each(|candidate| candidate.backward *= scale);
        }
    }
}

/// A row as numbers that can be picked by their label.
fn flat(row: Row) -> Scores {
    let mut flat = [0.0; L];
    for (place, four) in flat.as_chunks_mut::<4>().0.iter_mut().zip(row) {
        *place = four.to_array();
    }
    flat
}

const _: () = assert!(L.is_multiple_of(4));
