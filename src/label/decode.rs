//! The best chain of labels, and how sure each label is, in use: at every position only labels
//! that are not hopeless there are followed, which are a few of all.

use super::chain::{Scores, Transitions};
use super::name::Label;
use super::network::exp;
use fearless_simd::{Level, Simd, dispatch};

const L: usize = Label::COUNT;

/// A label that is so far behind the best at its position is not followed.
const HOPELESS: f32 = 9.0;

/// Transitions as they are used.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    transitions: Transitions,
    /// The exponentials of how likely labels are at the ends.
    first: Scores,
    last: Scores,
    /// Their exponentials, by where they come from and by where they go to.
    weights: Box<[Scores; L]>,
    backwards: Box<[Scores; L]>,
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

/// The exponentials of how far every label is behind the best.
#[inline(always)]
fn weights(row: &Scores, top: f32) -> Scores {
    let mut weights = [0.0; L];
    for (weight, score) in weights.iter_mut().zip(row) {
        *weight = exp(score - top);
    }
    weights
}

impl Chain {
    pub(crate) fn of(transitions: &Transitions) -> Self {
        let between = &transitions.between;
        Self {
            transitions: transitions.clone(),
            first: transitions.first.map(f32::exp),
            last: transitions.last.map(f32::exp),
            weights: Box::new(between.map(|row| row.map(f32::exp))),
            backwards: Box::new(std::array::from_fn(|to| between.map(|row| row[to].exp()))),
        }
    }

    /// The best chain, for every position each label's share of all chains, and the best
    /// chain's score.
    pub(crate) fn decode(&self, scores: &[Scores]) -> (Vec<u8>, Vec<Scores>, f32) {
        dispatch!(Level::new(), simd => self.decode_with(simd, scores))
    }

    /// Loops over labels are made for what the processor can do, since they stand in here.
    #[inline(always)]
    fn decode_with<S: Simd>(&self, _: S, scores: &[Scores]) -> (Vec<u8>, Vec<Scores>, f32) {
        if scores.is_empty() {
            return (Vec::new(), Vec::new(), 0.0);
        }
        let mut all: Vec<Candidate> = Vec::with_capacity(scores.len() * 12);
        let mut starts = Vec::with_capacity(scores.len() + 1);
        for row in scores {
            starts.push(all.len());
            let top = row.iter().fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a });
            let weights = weights(row, top);
            // noted without a branch, which would be guessed wrong again and again
            let mut followed = [0u8; L];
            let mut count = 0;
            for (label, &score) in row.iter().enumerate() {
                followed[count.min(L - 1)] = label as u8;
                count += usize::from(score >= top - HOPELESS);
            }
            // one at least, whatever the numbers are
            all.extend(followed[..count.max(1)].iter().map(|&label| Candidate {
                label,
                score: row[label as usize],
                best: 0.0,
                weight: weights[label as usize],
                forward: 0.0,
                backward: 0.0,
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
    #[inline(always)]
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

    #[inline(always)]
    fn forwards(&self, all: &mut [Candidate], starts: &[usize]) {
        for index in 0..starts.len() - 1 {
            let (done, rest) = all.split_at_mut(starts[index]);
            let here = &mut rest[..starts[index + 1] - starts[index]];
            let mut best = [f32::NEG_INFINITY; L];
            let mut forward = [0.0; L];
            match index.checked_sub(1) {
                None => {
                    best = self.transitions.first;
                    forward = self.first;
                }
                Some(before) => {
                    for old in &done[starts[before]..] {
                        let label = old.label as usize;
                        for (best, between) in best.iter_mut().zip(&self.transitions.between[label])
                        {
                            let score = old.best + between;
                            *best = if score > *best { score } else { *best };
                        }
                        for (forward, weight) in forward.iter_mut().zip(&self.weights[label]) {
                            *forward += old.forward * weight;
                        }
                    }
                }
            }
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

    #[inline(always)]
    fn backwards(&self, all: &mut [Candidate], starts: &[usize]) {
        let positions = starts.len() - 1;
        for index in (0..positions).rev() {
            let (done, rest) = all.split_at_mut(starts[index + 1]);
            let here = &mut done[starts[index]..];
            let mut backward = [0.0; L];
            if index + 1 == positions {
                backward = self.last;
            } else {
                for next in &rest[..starts[index + 2] - starts[index + 1]] {
                    let row = &self.backwards[next.label as usize];
                    for (backward, between) in backward.iter_mut().zip(row) {
                        *backward += between * next.weight * next.backward;
                    }
                }
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_near_enough() {
        for step in 0..8000u16 {
            let x = -f32::from(step) / 100.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-4, "{x}: {} {}", exp(x), x.exp());
        }
        assert!(exp(-1e6) < 1e-37);
    }
}
