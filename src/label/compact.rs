//! The network as it is used: weights as integers of 16 bits, so that sums are exact, quick and
//! the same on every machine.
//!
//! Weights lie in blocks of eight outputs and two inputs, the order that processors multiply
//! and add in pairs; the blocks of all outputs lie side by side, so that an input is read once for
//! all of them and their sums do not wait for one another. What the processor can do is asked when
//! the program runs.

use super::chain::Scores;
use super::name::Label;
use super::network::{Direction, GATES, HIDDEN, JOINT, Network, WIDTH, sigmoid, tanh};
use fearless_simd::{Level, dispatch, f32x8, i16x16, i32x8, prelude::*};

const L: usize = Label::COUNT;

/// Two inputs of 16 bits, as one number.
type Pair = i32;

#[inline(always)]
fn pair(first: i16, second: i16) -> Pair {
    let ([a, b], [c, d]) = (first.to_ne_bytes(), second.to_ne_bytes());
    Pair::from_ne_bytes([a, b, c, d])
}

/// How many outputs a block has.
const OUTPUTS: usize = 8;

/// The weights of a block.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Block([i16; 2 * OUTPUTS]);

/// Whole numbers in blocks, those of all outputs side by side, and what the product of one of them
/// and one input stands for.
#[derive(Clone, Debug)]
struct Matrix<const SIDE: usize> {
    blocks: Vec<[Block; SIDE]>,
    unit: f32,
}

/// The largest weight, and the largest input: so large that the sum of all products of an output
/// stays within 32 bits.
const LARGEST: f32 = 1023.0;
const MOST: i16 = (i32::MAX / (JOINT as i32 * 1024)) as i16;

/// What sums of rows are multiplied by, so that the recurrent layer's outputs, which have the
/// same unit, are fine enough.
const FINER: u32 = 8;

/// A sum in the finer unit: doubled and doubled again, which processors do for many at once.
#[inline(always)]
fn finer(sums: &[i16; WIDTH]) -> [i16; WIDTH] {
    let mut finer = *sums;
    for _ in 0..FINER.trailing_zeros() {
        for value in &mut finer {
            *value = value.saturating_add(*value);
        }
    }
    for value in &mut finer {
        *value = (*value).clamp(-MOST, MOST);
    }
    finer
}

impl<const SIDE: usize> Matrix<SIDE> {
    /// Of weights by input; one input stands for `unit`.
    fn of<const N: usize>(weights: &[[f32; N]], unit: f32) -> Self {
        const { assert!(N <= SIDE * OUTPUTS) };
        let largest = weights.as_flattened().iter().fold(1e-9f32, |top, w| top.max(w.abs()));
        let step = largest / LARGEST;
        // where the last block has outputs to spare, they are zero
        let weight = |pair: &[[f32; N]; 2], output: usize, input: usize| {
            pair[input].get(output).map_or(0, |weight| (weight / step).round() as i16)
        };
        let blocks = weights.as_chunks::<2>().0.iter().map(|pair| {
            std::array::from_fn(|side| {
                Block(std::array::from_fn(|at| weight(pair, OUTPUTS * side + at / 2, at % 2)))
            })
        });
        Self { blocks: blocks.collect(), unit: unit * step }
    }

    /// Adds the products with `input` to `sums`.
    #[inline(always)]
    fn times<S: Simd>(&self, simd: S, input: &[Pair], sums: &mut [f32]) {
        let mut products = [i32x8::splat(simd, 0); SIDE];
        for (weights, &input) in self.blocks.iter().zip(input) {
            let input: i16x16<S> = i32x8::splat(simd, input).bitcast();
            for (product, weights) in products.iter_mut().zip(weights) {
                *product += input.pairwise_dot_product(i16x16::load_array_ref(simd, &weights.0));
            }
        }
        for (sums, product) in sums.chunks_mut(OUTPUTS).zip(products) {
            let product: f32x8<S> = product.to_float();
            for (sum, product) in sums.iter_mut().zip((product * self.unit).to_array()) {
                *sum += product;
            }
        }
    }
}

/// The pairs of a position's sum and of one direction's output.
const SUM_PAIRS: usize = WIDTH / 2;
const OUT_PAIRS: usize = HIDDEN / 2;

/// The network; one of its inputs stands for `unit`.
#[derive(Clone, Debug)]
pub(crate) struct Compact {
    ways: [(Matrix<{ GATES.div_ceil(OUTPUTS) }>, [f32; GATES]); 2],
    output: Matrix<{ L.div_ceil(OUTPUTS) }>,
    bias: Scores,
    unit: f32,
}

impl Compact {
    /// Of a network whose sums of rows have the unit `unit`.
    pub(crate) fn of(network: &Network, unit: f32) -> Self {
        let unit = unit / FINER as f32;
        let way = |direction: &Direction| {
            let weights: Vec<[f32; GATES]> =
                direction.input.iter().chain(&direction.hidden).copied().collect();
            (Matrix::of(&weights, unit), direction.bias)
        };
        Self {
            ways: [way(&network.directions[0]), way(&network.directions[1])],
            output: Matrix::of(&network.output, unit),
            bias: network.bias,
            unit,
        }
    }

    /// The scores of every position, from the sums of its rows.
    pub(crate) fn scores(&self, sums: &[[i16; WIDTH]]) -> Vec<Scores> {
        dispatch!(Level::new(), simd => self.scores_with(simd, sums))
    }

    #[inline(always)]
    fn scores_with<S: Simd>(&self, simd: S, sums: &[[i16; WIDTH]]) -> Vec<Scores> {
        let mut inputs = vec![[0; 2 * OUT_PAIRS + SUM_PAIRS]; sums.len()];
        for (input, sum) in inputs.iter_mut().zip(sums) {
            let finer = finer(sum);
            for (place, two) in input[2 * OUT_PAIRS..].iter_mut().zip(finer.as_chunks::<2>().0) {
                *place = pair(two[0], two[1]);
            }
        }
        self.run(simd, 0, &mut inputs);
        self.run(simd, 1, &mut inputs);
        let mut scores = vec![self.bias; sums.len()];
        for (input, scores) in inputs.iter().zip(&mut scores) {
            self.output.times(simd, input, scores);
        }
        scores
    }

    /// Runs one direction; its outputs go to their places in `inputs`.
    #[inline(always)]
    fn run<S: Simd>(&self, simd: S, way: usize, inputs: &mut [[Pair; 2 * OUT_PAIRS + SUM_PAIRS]]) {
        let (weights, bias) = &self.ways[way];
        let mut cell = [0.0f32; HIDDEN];
        let mut joint = [0; SUM_PAIRS + OUT_PAIRS];
        let count = inputs.len();
        for nth in 0..count {
            let input = &mut inputs[if way == 1 { count - 1 - nth } else { nth }];
            joint[..SUM_PAIRS].copy_from_slice(&input[2 * OUT_PAIRS..]);
            let mut gates = *bias;
            weights.times(simd, &joint, &mut gates);
            let mut out = [0.0f32; HIDDEN];
            let (forget, rest) = gates.split_at(HIDDEN);
            let (open, candidate) = rest.split_at(HIDDEN);
            for k in 0..HIDDEN {
                let forget = sigmoid(forget[k]);
                cell[k] = forget * cell[k] + (1.0 - forget) * tanh(candidate[k]);
                out[k] = sigmoid(open[k]) * tanh(cell[k]);
            }
            for (place, two) in joint[SUM_PAIRS..].iter_mut().zip(out.as_chunks::<2>().0) {
                *place = pair(whole(two[0] / self.unit), whole(two[1] / self.unit));
            }
            input[way * OUT_PAIRS..(way + 1) * OUT_PAIRS].copy_from_slice(&joint[SUM_PAIRS..]);
        }
    }
}

/// The nearest whole number: added to a number so large that its fraction has no room.
#[inline(always)]
fn whole(value: f32) -> i16 {
    const ROOM: f32 = 12_582_912.0;
    (value.clamp(-f32::from(MOST), f32::from(MOST)) + ROOM).to_bits() as u16 as i16
}

const _: () =
    assert!(JOINT == 2 * HIDDEN + WIDTH && WIDTH.is_multiple_of(2) && HIDDEN.is_multiple_of(2));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Model;

    /// What a processor can do must not change what is read.
    #[test]
    fn any_processor_gives_the_same_scores() {
        let compact = Compact::of(&Model::shipped().labeller().network, 0.01);
        let sums: Vec<[i16; WIDTH]> = (0..40)
            .map(|n| std::array::from_fn(|k| ((n * 131 + k * 977) % 1201) as i16 - 600))
            .collect();
        let plain = dispatch!(Level::baseline(), simd => compact.scores_with(simd, &sums));
        let best = compact.scores(&sums);
        assert!(plain.as_flattened().iter().any(|score| score.abs() > 0.1));
        assert_eq!(plain, best);
    }
}
