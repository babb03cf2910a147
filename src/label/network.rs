//! The network: from the rows of a citation's features to every position's scores.
//!
//! The rows of a position are added up; a recurrent layer with two gates (an LSTM whose input and
//! forget gates are one: Greff et al. 2017) reads them in each direction; the scores are linear
//! in both and in the sum.

use super::chain::{Scores, Transitions};
use super::name::Label;

/// The width of a feature's row.
pub(crate) const WIDTH: usize = 48;

/// The width of the recurrent layer, in each direction.
pub(crate) const HIDDEN: usize = 32;

/// What the scores are made of: both directions and the sum of rows.
pub(crate) const JOINT: usize = 2 * HIDDEN + WIDTH;

/// Forget gate, output gate, candidate.
pub(crate) const GATES: usize = 3 * HIDDEN;

const L: usize = Label::COUNT;

/// One direction of the recurrent layer; weights by input, so that a row is a column's share.
#[derive(Clone, Debug)]
pub(crate) struct Direction {
    pub(crate) input: Vec<[f32; GATES]>,
    pub(crate) hidden: Vec<[f32; GATES]>,
    pub(crate) bias: [f32; GATES],
}

/// All weights but the rows of features.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    pub(crate) directions: [Direction; 2],
    pub(crate) output: Vec<[f32; L]>,
    pub(crate) bias: [f32; L],
    pub(crate) transitions: Transitions,
}

/// `sum += factor * row`
pub(crate) fn add<const N: usize>(sum: &mut [f32; N], factor: f32, row: &[f32; N]) {
    for (sum, &value) in sum.iter_mut().zip(row) {
        *sum += factor * value;
    }
}

/// The hyperbolic tangent, near enough (a fraction of polynomials, to 0.0003): the same in
/// training and in use, and the same on every machine.
pub(crate) fn tanh(x: f32) -> f32 {
    let x = x.max(-4.97).min(4.97);
    let square = x * x;
    let top = x * (135135.0 + square * (17325.0 + square * (378.0 + square)));
    let bottom = 135135.0 + square * (62370.0 + square * (3150.0 + square * 28.0));
    top / bottom
}

pub(crate) fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// What one direction computed at a position.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) forget: [f32; HIDDEN],
    pub(crate) open: [f32; HIDDEN],
    pub(crate) candidate: [f32; HIDDEN],
    pub(crate) cell: [f32; HIDDEN],
    pub(crate) squashed: [f32; HIDDEN],
    pub(crate) out: [f32; HIDDEN],
}

impl Direction {
    /// Reads `sums` in the order of `order`; the steps are given by position.
    pub(crate) fn run(&self, sums: &[[f32; WIDTH]], backwards: bool) -> Vec<Step> {
        let n = sums.len();
        let mut steps = vec![
            Step {
                forget: [0.0; HIDDEN],
                open: [0.0; HIDDEN],
                candidate: [0.0; HIDDEN],
                cell: [0.0; HIDDEN],
                squashed: [0.0; HIDDEN],
                out: [0.0; HIDDEN],
            };
            n
        ];
        let mut cell = [0.0; HIDDEN];
        let mut out = [0.0; HIDDEN];
        for nth in 0..n {
            let index = if backwards { n - 1 - nth } else { nth };
            let mut gates = self.bias;
            for (&value, row) in sums[index].iter().zip(&self.input) {
                add(&mut gates, value, row);
            }
            if nth > 0 {
                for (&value, row) in out.iter().zip(&self.hidden) {
                    add(&mut gates, value, row);
                }
            }
            let step = &mut steps[index];
            for k in 0..HIDDEN {
                let forget = sigmoid(gates[k]);
                let open = sigmoid(gates[HIDDEN + k]);
                let candidate = tanh(gates[2 * HIDDEN + k]);
                cell[k] = forget * cell[k] + (1.0 - forget) * candidate;
                let squashed = tanh(cell[k]);
                out[k] = open * squashed;
                step.forget[k] = forget;
                step.open[k] = open;
                step.candidate[k] = candidate;
                step.cell[k] = cell[k];
                step.squashed[k] = squashed;
                step.out[k] = out[k];
            }
        }
        steps
    }
}

impl Network {
    /// All weights, in the order that files have them in.
    pub(crate) fn slices(&self) -> Vec<&[f32]> {
        let mut slices: Vec<&[f32]> = Vec::new();
        for direction in &self.directions {
            slices.push(direction.input.as_flattened());
            slices.push(direction.hidden.as_flattened());
            slices.push(&direction.bias);
        }
        slices.push(self.output.as_flattened());
        slices.push(&self.bias);
        slices.push(self.transitions.between.as_flattened());
        slices.push(&self.transitions.first);
        slices.push(&self.transitions.last);
        slices
    }

    /// The joint vector of a position.
    pub(crate) fn joint(sum: &[f32; WIDTH], steps: [&Step; 2]) -> [f32; JOINT] {
        let mut joint = [0.0; JOINT];
        joint[..HIDDEN].copy_from_slice(&steps[0].out);
        joint[HIDDEN..2 * HIDDEN].copy_from_slice(&steps[1].out);
        joint[2 * HIDDEN..].copy_from_slice(sum);
        joint
    }

    /// The scores of a joint vector.
    pub(crate) fn emission(&self, joint: &[f32; JOINT]) -> Scores {
        let mut scores = self.bias;
        for (&value, row) in joint.iter().zip(&self.output) {
            add(&mut scores, value, row);
        }
        scores
    }
}

impl Network {
    /// All weights zero.
    pub(crate) fn zero() -> Self {
        let direction = || Direction {
            input: vec![[0.0; GATES]; WIDTH],
            hidden: vec![[0.0; GATES]; HIDDEN],
            bias: [0.0; GATES],
        };
        Self {
            directions: [direction(), direction()],
            output: vec![[0.0; L]; JOINT],
            bias: [0.0; L],
            transitions: Transitions::default(),
        }
    }

    #[cfg(feature = "train")]
    /// All weights to be changed, in the order of [`Network::slices`].
    pub(crate) fn slices_mut(&mut self) -> Vec<&mut [f32]> {
        let mut slices: Vec<&mut [f32]> = Vec::new();
        for direction in &mut self.directions {
            slices.push(direction.input.as_flattened_mut());
            slices.push(direction.hidden.as_flattened_mut());
            slices.push(&mut direction.bias);
        }
        slices.push(self.output.as_flattened_mut());
        slices.push(&mut self.bias);
        slices.push(self.transitions.between.as_flattened_mut());
        slices.push(&mut self.transitions.first);
        slices.push(&mut self.transitions.last);
        slices
    }
}
