//! The network as training runs it, with all that the way back needs.

use crate::label::{Direction, HIDDEN, JOINT, Network, Scores, WIDTH, sigmoid, tanh};

/// `sum += factor * row`
#[inline(always)]
pub(super) fn add<const N: usize>(sum: &mut [f32; N], factor: f32, row: &[f32; N]) {
    for (sum, &value) in sum.iter_mut().zip(row) {
        *sum += factor * value;
    }
}

/// What one direction computed at a position.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) forget: [f32; HIDDEN],
    pub(super) open: [f32; HIDDEN],
    pub(super) candidate: [f32; HIDDEN],
    pub(super) cell: [f32; HIDDEN],
    pub(super) squashed: [f32; HIDDEN],
    pub(super) out: [f32; HIDDEN],
}

/// Runs one direction over `sums`; the steps are given by position.
#[inline(always)]
pub(super) fn run(direction: &Direction, sums: &[[f32; WIDTH]], backwards: bool) -> Vec<Step> {
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
        let mut gates = direction.bias;
        for (&value, row) in sums[index].iter().zip(&direction.input) {
            add(&mut gates, value, row);
        }
        if nth > 0 {
            for (&value, row) in out.iter().zip(&direction.hidden) {
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

/// The joint vector of a position.
#[inline(always)]
pub(super) fn joint(sum: &[f32; WIDTH], steps: [&Step; 2]) -> [f32; JOINT] {
    let mut joint = [0.0; JOINT];
    joint[..HIDDEN].copy_from_slice(&steps[0].out);
    joint[HIDDEN..2 * HIDDEN].copy_from_slice(&steps[1].out);
    joint[2 * HIDDEN..].copy_from_slice(sum);
    joint
}

/// The scores of a joint vector.
#[inline(always)]
pub(super) fn emission(network: &Network, joint: &[f32; JOINT]) -> Scores {
    let mut scores = network.bias;
    for (&value, row) in joint.iter().zip(&network.output) {
        add(&mut scores, value, row);
    }
    scores
}
