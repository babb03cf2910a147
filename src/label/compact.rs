//! The network as it is used: weights as integers of 16 bits, so that sums are exact, quick and
//! the same on every machine.
//!
//! Weights lie in blocks of four outputs and two inputs, the order that processors multiply and
//! add in pairs; blocks of six times four outputs lie side by side, so that an input is read once
//! for all of them and their sums do not wait for one another.

use super::chain::Scores;
use super::name::Label;
use super::network::{Direction, GATES, HIDDEN, JOINT, Network, WIDTH, sigmoid, tanh};
use wide::{i16x8, i32x4};

const L: usize = Label::COUNT;

/// Two inputs, four times each.
type Pair = i16x8;

/// How many blocks are summed side by side.
const SIDE: usize = 6;

/// Their outputs.
const OUTPUTS: usize = 4 * SIDE;

/// How many pairs of inputs one turn of the loop takes.
const TURN: usize = 4;

/// Whole numbers in blocks, and what the product of one of them and one input stands for.
#[derive(Clone, Debug)]
struct Matrix {
    blocks: Vec<[i16x8; SIDE]>,
    unit: f32,
}

/// So large that sums of a hundred products stay within 32 bits.
const LARGEST: f32 = 1023.0;

/// What sums of rows are multiplied by, so that the recurrent layer's outputs, which have the
/// same unit, are fine enough.
const FINER: i32 = 8;

impl Matrix {
    /// Of weights by input; one input stands for `unit`.
    fn of<const N: usize>(weights: &[[f32; N]], unit: f32) -> Self {
        let largest = weights.as_flattened().iter().fold(1e-9f32, |top, w| top.max(w.abs()));
        let step = largest / LARGEST;
        let pairs = weights.len() / 2;
        let mut blocks = Vec::with_capacity(N / OUTPUTS * pairs);
        for first in (0..N).step_by(OUTPUTS) {
            for pair in weights.as_chunks::<2>().0 {
                blocks.push(std::array::from_fn(|side| {
                    let block: [i16; 8] = std::array::from_fn(|at| {
                        (pair[at % 2][first + 4 * side + at / 2] / step).round() as i16
                    });
                    block.into()
                }));
            }
        }
        Self { blocks, unit: unit * step }
    }

    /// Adds the products with `input` to `sums`.
    fn times<const PAIRS: usize>(&self, input: &[Pair; PAIRS], sums: &mut [f32]) {
        let blocks = self.blocks.as_chunks::<PAIRS>().0;
        for (sums, blocks) in sums.as_chunks_mut::<OUTPUTS>().0.iter_mut().zip(blocks) {
            let mut products = [i32x4::ZERO; SIDE];
            let blocks = blocks.as_chunks::<TURN>().0;
            for (blocks, inputs) in blocks.iter().zip(input.as_chunks::<TURN>().0) {
                for (weights, &input) in blocks.iter().zip(inputs) {
                    for (product, weights) in products.iter_mut().zip(weights) {
                        *product += weights.dot(input);
                    }
                }
            }
            for (sums, products) in sums.as_chunks_mut::<4>().0.iter_mut().zip(products) {
                for (sum, product) in sums.iter_mut().zip(products.to_array()) {
                    *sum += product as f32 * self.unit;
                }
            }
        }
    }
}

fn pair(first: i16, second: i16) -> Pair {
    [first, second, first, second, first, second, first, second].into()
}

/// The pairs of a position's sum and of one direction's output.
const SUM_PAIRS: usize = WIDTH / 2;
const OUT_PAIRS: usize = HIDDEN / 2;

/// The network; one of its inputs stands for `unit`.
#[derive(Clone, Debug)]
pub(crate) struct Compact {
    ways: [(Matrix, [f32; GATES]); 2],
    output: Matrix,
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
        let mut inputs = vec![[i16x8::ZERO; 2 * OUT_PAIRS + SUM_PAIRS]; sums.len()];
        for (input, sum) in inputs.iter_mut().zip(sums) {
            let finer = sum.map(|value| value.saturating_mul(FINER as i16));
            for (place, two) in input[2 * OUT_PAIRS..].iter_mut().zip(finer.as_chunks::<2>().0) {
                *place = pair(two[0], two[1]);
            }
        }
        self.run(0, &mut inputs);
        self.run(1, &mut inputs);
        inputs
            .iter()
            .map(|input| {
                let mut scores = self.bias;
                self.output.times(input, &mut scores);
                scores
            })
            .collect()
    }

    /// Runs one direction; its outputs go to their places in `inputs`.
    fn run(&self, way: usize, inputs: &mut [[Pair; 2 * OUT_PAIRS + SUM_PAIRS]]) {
        let (weights, bias) = &self.ways[way];
        let mut cell = [0.0f32; HIDDEN];
        let mut joint = [i16x8::ZERO; SUM_PAIRS + OUT_PAIRS];
        let count = inputs.len();
        for nth in 0..count {
            let input = &mut inputs[if way == 1 { count - 1 - nth } else { nth }];
            joint[..SUM_PAIRS].copy_from_slice(&input[2 * OUT_PAIRS..]);
            let mut gates = *bias;
            weights.times(&joint, &mut gates);
            let mut out = [0.0f32; HIDDEN];
            let (forget, rest) = gates.split_at(HIDDEN);
            let (open, candidate) = rest.split_at(HIDDEN);
            for k in 0..HIDDEN {
                let forget = sigmoid(forget[k]);
                cell[k] = forget * cell[k] + (1.0 - forget) * tanh(candidate[k]);
                out[k] = sigmoid(open[k]) * tanh(cell[k]);
            }
            let whole = out.map(|value| whole(value / self.unit));
            for (place, two) in joint[SUM_PAIRS..].iter_mut().zip(whole.as_chunks::<2>().0) {
                *place = pair(two[0], two[1]);
            }
            input[way * OUT_PAIRS..(way + 1) * OUT_PAIRS].copy_from_slice(&joint[SUM_PAIRS..]);
        }
    }
}

/// The nearest whole number: added to a number so large that its fraction has no room.
fn whole(value: f32) -> i16 {
    const ROOM: f32 = 12_582_912.0;
    (value.clamp(-32000.0, 32000.0) + ROOM).to_bits() as u16 as i16
}

const _: () = assert!(JOINT == 2 * HIDDEN + WIDTH && L.is_multiple_of(OUTPUTS) && GATES.is_multiple_of(OUTPUTS) && (JOINT / 2).is_multiple_of(TURN) && (SUM_PAIRS + OUT_PAIRS).is_multiple_of(TURN));
