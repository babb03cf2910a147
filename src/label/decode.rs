//! The best chain of labels, and how sure each label is, in use: at every position only labels
//! that are not hopeless there are followed, which are a few of all; from each, the way to all
//! labels of the next position is reckoned at once.

use super::chain::{Scores, Transitions};
use super::name::Label;
use super::network::exp;
use fearless_simd::{Level, dispatch, f32x8, mask32x8, prelude::*};

const L: usize = Label::COUNT;

/// A label that is so far behind the best at its position is not followed.
const HOPELESS: f32 = 9.0;

/// Numbers of all labels, as processors take them.
type Wide<S> = [f32x8<S>; L / LANES];
const LANES: usize = 8;
const _: () = assert!(L.is_multiple_of(LANES));

// Loops, not `array::from_fn` and `array::map`: these are functions of their own where a closure is
// large, built for any processor, and what goes to them and back goes through memory.

#[inline(always)]
fn wide<S: Simd>(simd: S, row: &Scores) -> Wide<S> {
    let mut wide = [f32x8::splat(simd, 0.0); L / LANES];
    for (value, eight) in wide.iter_mut().zip(row.as_chunks::<LANES>().0) {
        *value = f32x8::load_array_ref(simd, eight);
    }
    wide
}

#[inline(always)]
fn with<S: Simd>(
    mut left: Wide<S>,
    right: Wide<S>,
    each: impl Fn(f32x8<S>, f32x8<S>) -> f32x8<S>,
) -> Wide<S> {
    for (left, right) in left.iter_mut().zip(right) {
        *left = each(*left, right);
    }
    left
}

#[inline(always)]
fn times<S: Simd>(mut values: Wide<S>, scale: f32) -> Wide<S> {
    for value in &mut values {
        *value *= scale;
    }
    values
}

#[inline(always)]
fn narrow<S: Simd>(values: Wide<S>) -> Scores {
    let mut row = [0.0; L];
    for (eight, value) in row.as_chunks_mut::<LANES>().0.iter_mut().zip(values) {
        *eight = value.to_array();
    }
    row
}

/// The largest of all labels.
#[inline(always)]
fn largest<S: Simd>(values: Wide<S>) -> f32 {
    let [first, rest @ ..] = values;
    rest.into_iter().fold(first, |top, value| top.max(value)).reduce_max()
}

/// The sum of all labels, added up in an order that no processor changes.
#[inline(always)]
fn sum<S: Simd>(values: Wide<S>) -> f32 {
    let [first, rest @ ..] = values;
    rest.into_iter().fold(first, |sum, value| sum + value).to_array().iter().sum()
}

/// One bit for each label whose value is `least` or more.
#[inline(always)]
fn at_least<S: Simd>(values: Wide<S>, least: f32) -> u32 {
    let bits = |value: f32x8<S>| value.simd_ge(least).to_bitmask() as u32;
    values.into_iter().rev().fold(0, |all, value| all << LANES | bits(value))
}

/// `values` where `set` has the label, else `other`.
#[inline(always)]
fn only<S: Simd>(simd: S, mut values: Wide<S>, set: u32, other: f32) -> Wide<S> {
    for (at, value) in values.iter_mut().enumerate() {
        let mask = mask32x8::from_bitmask(simd, u64::from(set >> (LANES * at)));
        *value = mask.select(*value, f32x8::splat(simd, other));
    }
    values
}

/// The label among `set` whose best chain, and what `more` adds to it, is the best; and its score.
#[inline(always)]
fn best_of<S: Simd>(simd: S, best: &Scores, more: &Scores, set: u32) -> (usize, f32) {
    let total = with(wide(simd, best), wide(simd, more), |best, more| best + more);
    let total = only(simd, total, set, f32::NEG_INFINITY);
    let top = largest(total);
    // what is not a number is not above itself either: then the first
    let label = (at_least(total, top) & set).trailing_zeros() as usize;
    (label.min(L - 1), top)
}

/// The labels of a set, smallest first.
fn labels(set: u32) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let label = rest.trailing_zeros() as usize;
        let some = rest != 0;
        rest &= rest.wrapping_sub(1);
        some.then_some(label)
    })
}

/// Transitions as they are used.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    transitions: Transitions,
    /// Scores of neighbours by where they go to.
    into: Box<[Scores; L]>,
    /// The exponentials of how likely labels are at the ends.
    first: Scores,
    last: Scores,
    /// Those of neighbours, by where they come from and by where they go to.
    weights: Box<[Scores; L]>,
    backwards: Box<[Scores; L]>,
}

/// What is known of a position.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The labels that are followed.
    followed: u32,
    /// The best score of a chain up to here, for every label.
    best: Scores,
    /// How far every label is behind the best, as an exponential; zero where it is not followed.
    weight: Scores,
    /// The share of all chains up to here.
    forward: Scores,
}

impl Chain {
    pub(crate) fn of(transitions: &Transitions) -> Self {
        let between = &transitions.between;
        let into: [Scores; L] = std::array::from_fn(|to| between.map(|row| row[to]));
        Self {
            transitions: transitions.clone(),
            first: transitions.first.map(f32::exp),
            last: transitions.last.map(f32::exp),
            weights: Box::new(between.map(|row| row.map(f32::exp))),
            backwards: Box::new(into.map(|row| row.map(f32::exp))),
            into: Box::new(into),
        }
    }

    /// The best chain, for every position each label's share of all chains, and the best
    /// chain's score.
    pub(crate) fn decode(&self, scores: &[Scores]) -> (Vec<u8>, Vec<Scores>, f32) {
        dispatch!(Level::new(), simd => self.decode_with(simd, scores))
    }

    #[inline(always)]
    fn decode_with<S: Simd>(&self, simd: S, scores: &[Scores]) -> (Vec<u8>, Vec<Scores>, f32) {
        let places = self.forwards(simd, scores);
        let Some(last) = places.last() else { return (Vec::new(), Vec::new(), 0.0) };
        let (mut label, score) = best_of(simd, &last.best, &self.transitions.last, last.followed);
        let mut chain = vec![0u8; places.len()];
        for index in (0..places.len()).rev() {
            chain[index] = label as u8;
            if let Some(before) = index.checked_sub(1).and_then(|before| places.get(before)) {
                label = best_of(simd, &before.best, &self.into[label], before.followed).0;
            }
        }
        (chain, self.shares(simd, &places), score)
    }

    #[inline(always)]
    fn forwards<S: Simd>(&self, simd: S, scores: &[Scores]) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::with_capacity(scores.len());
        for row in scores {
            let score = wide(simd, row);
            let top = largest(score);
            // one at least, whatever the numbers are
            let followed = match at_least(score, top - HOPELESS) {
                0 => 1,
                followed => followed,
            };
            let mut weight = *row;
            for score in &mut weight {
                *score = exp(*score - top);
            }
            let weight = only(simd, wide(simd, &weight), followed, 0.0);
            let mut best = wide(simd, &self.transitions.first);
            let mut forward = wide(simd, &self.first);
            if let Some(before) = places.last() {
                best = [f32x8::splat(simd, f32::NEG_INFINITY); L / LANES];
                forward = [f32x8::splat(simd, 0.0); L / LANES];
                for from in labels(before.followed) {
                    let between = wide(simd, &self.transitions.between[from]);
                    best =
                        with(best, between, |best, between| best.max(between + before.best[from]));
                    let weights = wide(simd, &self.weights[from]);
                    forward = with(forward, weights, |forward, weight| {
                        forward + weight * before.forward[from]
                    });
                }
            }
            let best = with(best, score, |best, score| best + score);
            let forward = with(forward, weight, |forward, weight| forward * weight);
            let scale = 1.0 / sum(forward).max(1e-30);
            let forward = times(forward, scale);
            places.push(Place {
                followed,
                best: narrow(best),
                weight: narrow(weight),
                forward: narrow(forward),
            });
        }
        places
    }

    /// Every label's share at every position.
    #[inline(always)]
    fn shares<S: Simd>(&self, simd: S, places: &[Place]) -> Vec<Scores> {
        let mut shares = vec![[0.0; L]; places.len()];
        let mut backward = wide(simd, &self.last);
        for (index, place) in places.iter().enumerate().rev() {
            backward = only(simd, backward, place.followed, 0.0);
            let scale = 1.0 / largest(backward).max(1e-30);
            backward = times(backward, scale);
            let forward = wide(simd, &place.forward);
            let share = with(forward, backward, |forward, backward| forward * backward);
            let all = 1.0 / sum(share).max(1e-30);
            shares[index] = narrow(times(share, all));
            let mass =
                with(backward, wide(simd, &place.weight), |backward, weight| backward * weight);
            let mass = narrow(mass);
            backward = [f32x8::splat(simd, 0.0); L / LANES];
            for to in labels(place.followed) {
                let between = wide(simd, &self.backwards[to]);
                backward =
                    with(backward, between, |backward, between| backward + between * mass[to]);
            }
        }
        shares
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
