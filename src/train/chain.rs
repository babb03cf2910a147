//! The sum over all chains of labels, and every label's and every neighbours' share in it, from
//! which the loss and its gradient come.

use crate::label::{ANY, Allowed, Label, Scores, Transitions};

const L: usize = Label::COUNT;

/// A score that no other outweighs.
const NEVER: f32 = -1e9;

fn allowed(set: Allowed, label: usize) -> bool {
    set & (1 << label) != 0
}

/// The sum over all chains that keep to `sets`, as a logarithm, and for every position each
/// label's share in it; the shares of neighbours are handed to `pair(from, to, share)`.
#[inline(always)]
pub(super) fn shares(
    scores: &[Scores],
    transitions: &Transitions,
    sets: Option<&[Allowed]>,
    mut pair: impl FnMut(usize, usize, f32),
) -> (f32, Vec<Scores>) {
    let n = scores.len();
    if n == 0 {
        return (0.0, Vec::new());
    }
    let set = |index: usize| sets.map_or(ANY, |sets| sets[index]);
    let masked =
        |index: usize| -> Scores {
            std::array::from_fn(|label| {
                if allowed(set(index), label) { scores[index][label] } else { NEVER }
            })
        };
    // exponentials, each row scaled to a largest of one; `logs` keeps the scales
    let weights: [Scores; L] = std::array::from_fn(|from| transitions.between[from].map(f32::exp));
    let mut emissions = Vec::with_capacity(n);
    let mut forward: Vec<Scores> = Vec::with_capacity(n);
    let mut log = 0.0;
    for index in 0..n {
        let row = masked(index);
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let emission: Scores = row.map(|score| (score - top).exp());
        let mut next = [0.0; L];
        if index == 0 {
            next = transitions.first.map(f32::exp);
        } else {
            let before = &forward[index - 1];
            for from in 0..L {
                let share = before[from];
                if share > 0.0 {
                    for to in 0..L {
                        next[to] += share * weights[from][to];
                    }
                }
            }
        }
        for to in 0..L {
            next[to] *= emission[to];
        }
        let sum: f32 = next.iter().sum::<f32>().max(1e-30);
        next.iter_mut().for_each(|value| *value /= sum);
        log += top + sum.ln();
        emissions.push(emission);
        forward.push(next);
    }
    let ends: Scores = transitions.last.map(f32::exp);
    let total: f32 = (0..L).map(|to| forward[n - 1][to] * ends[to]).sum::<f32>().max(1e-30);
    log += total.ln();
    let mut backward = ends;
    let mut marginals = vec![[0.0; L]; n];
    for index in (0..n).rev() {
        let sum: f32 =
            (0..L).map(|label| forward[index][label] * backward[label]).sum::<f32>().max(1e-30);
        for label in 0..L {
            marginals[index][label] = forward[index][label] * backward[label] / sum;
        }
        if index > 0 {
            let after: Scores = std::array::from_fn(|to| emissions[index][to] * backward[to]);
            let mut before = [0.0; L];
            for from in 0..L {
                let mut value = 0.0;
                for to in 0..L {
                    value += weights[from][to] * after[to];
                }
                before[from] = value;
            }
            let norm: f32 =
                (0..L).map(|from| forward[index - 1][from] * before[from]).sum::<f32>().max(1e-30);
            for from in 0..L {
                let share = forward[index - 1][from] / norm;
                if share > 1e-12 {
                    for to in 0..L {
                        pair(from, to, share * weights[from][to] * after[to]);
                    }
                }
            }
            let scale: f32 = before.iter().copied().fold(0.0, f32::max).max(1e-30);
            backward = before.map(|value| value / scale);
        }
    }
    (log, marginals)
}
