//! How the loss changes with every weight.
//!
//! The loss of a reference is the logarithm of the share of all chains that its labels allow;
//! a reference that leaves some labels open (a source that does not mark notes) allows several.

use super::chain::shares;
use super::forward::{Step, add, emission, joint, run};
use super::random::Random;
use crate::label::{Allowed, Direction, GATES, HIDDEN, JOINT, Network, WIDTH};
use fearless_simd::Simd;

/// A reference ready for training.
#[derive(Clone, Debug, Default)]
pub(crate) struct Encoded {
    /// Rows of features, those of position n from `starts[n]`.
    pub(crate) rows: Vec<u32>,
    pub(crate) starts: Vec<u32>,
    /// The labels each position may have.
    pub(crate) sets: Vec<Allowed>,
}

/// The sums that gradients are added up in.
pub(crate) struct Gradient {
    pub(crate) network: Network,
    pub(crate) rows: Vec<[f32; WIDTH]>,
    /// Which rows are not zero.
    pub(crate) touched: Vec<u32>,
    marks: Vec<bool>,
}

impl Gradient {
    pub(crate) fn new(rows: usize) -> Self {
        Self {
            network: Network::zero(),
            rows: vec![[0.0; WIDTH]; rows],
            touched: Vec::new(),
            marks: vec![false; rows],
        }
    }

    #[inline(always)]
    fn row(&mut self, row: u32, change: &[f32; WIDTH]) {
        let index = row as usize;
        if !self.marks[index] {
            self.marks[index] = true;
            self.touched.push(row);
        }
        add(&mut self.rows[index], 1.0, change);
    }

    /// Adds `other`, which is empty afterwards.
    pub(crate) fn take(&mut self, other: &mut Gradient) {
        for (sum, part) in self.network.slices_mut().into_iter().zip(other.network.slices_mut()) {
            for (sum, part) in sum.iter_mut().zip(part) {
                *sum += *part;
                *part = 0.0;
            }
        }
        for row in std::mem::take(&mut other.touched) {
            let index = row as usize;
            let change = std::mem::replace(&mut other.rows[index], [0.0; WIDTH]);
            other.marks[index] = false;
            self.row(row, &change);
        }
    }

    pub(crate) fn clear(&mut self) {
        for slice in self.network.slices_mut() {
            slice.fill(0.0);
        }
        for row in std::mem::take(&mut self.touched) {
            self.rows[row as usize] = [0.0; WIDTH];
            self.marks[row as usize] = false;
        }
    }
}

/// How much is left out in training, so that no single sign is relied on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dropout {
    /// The share of rows.
    pub(crate) rows: f32,
    /// The share of the recurrent layer's outputs.
    pub(crate) hidden: f32,
}

/// Adds the gradient of one reference; gives its loss. Its loops are made for what the processor
/// can do, since it stands where it is called.
#[inline(always)]
pub(crate) fn gradient<S: Simd>(
    _: S,
    network: &Network,
    table: &[[f32; WIDTH]],
    reference: &Encoded,
    dropout: Dropout,
    random: &mut Random,
    into: &mut Gradient,
) -> f32 {
    let n = reference.sets.len();
    if n == 0 {
        return 0.0;
    }
    let mut kept: Vec<u32> = Vec::with_capacity(reference.rows.len());
    let mut starts = Vec::with_capacity(n + 1);
    let mut sums = vec![[0.0; WIDTH]; n];
    for (sum, of) in sums.iter_mut().zip(reference.starts.windows(2)) {
        starts.push(kept.len());
        for &row in &reference.rows[of[0] as usize..of[1] as usize] {
            if !random.chance(dropout.rows) {
                add(sum, 1.0, &table[row as usize]);
                kept.push(row);
            }
        }
    }
    starts.push(kept.len());
    let [forwards, backwards] = &network.directions;
    let steps = [run(forwards, &sums, false), run(backwards, &sums, true)];
    let scale = 1.0 / (1.0 - dropout.hidden);
    let mut joints = Vec::with_capacity(n);
    let mut masks = Vec::with_capacity(n);
    let mut scores = Vec::with_capacity(n);
    for index in 0..n {
        let mut joint = joint(&sums[index], [&steps[0][index], &steps[1][index]]);
        let mut mask = [1.0; JOINT];
        for (value, mask) in joint.iter_mut().zip(&mut mask).take(2 * HIDDEN) {
            *mask = if random.chance(dropout.hidden) { 0.0 } else { scale };
            *value *= *mask;
        }
        scores.push(emission(network, &joint));
        joints.push(joint);
        masks.push(mask);
    }
    let between = &mut into.network.transitions.between;
    let (all, shares_all) =
        shares(&scores, &network.transitions, None, |from, to, share| between[from][to] += share);
    let (gold, shares_gold) = shares(&scores, &network.transitions, Some(&reference.sets), {
        |from, to, share| between[from][to] -= share
    });
    let mut changes = Vec::with_capacity(n);
    for index in 0..n {
        let change: [f32; _] =
            std::array::from_fn(|l| shares_all[index][l] - shares_gold[index][l]);
        if index == 0 {
            add(&mut into.network.transitions.first, 1.0, &change);
        }
        if index + 1 == n {
            add(&mut into.network.transitions.last, 1.0, &change);
        }
        changes.push(change);
    }
    // back through the scores
    let mut sums_back = vec![[0.0; WIDTH]; n];
    let mut outs_back = [vec![[0.0; HIDDEN]; n], vec![[0.0; HIDDEN]; n]];
    for index in 0..n {
        let change = &changes[index];
        add(&mut into.network.bias, 1.0, change);
        for j in 0..JOINT {
            add(&mut into.network.output[j], joints[index][j], change);
            let back = dot(&network.output[j], change) * masks[index][j];
            if j < HIDDEN {
                outs_back[0][index][j] = back;
            } else if j < 2 * HIDDEN {
                outs_back[1][index][j - HIDDEN] = back;
            } else {
                sums_back[index][j - 2 * HIDDEN] = back;
            }
        }
    }
    for (way, backwards) in [(0, false), (1, true)] {
        through(
            &network.directions[way],
            &steps[way],
            &sums,
            backwards,
            &outs_back[way],
            &mut sums_back,
            &mut into.network.directions[way],
        );
    }
    for index in 0..n {
        for &row in &kept[starts[index]..starts[index + 1]] {
            into.row(row, &sums_back[index]);
        }
    }
    all - gold
}

#[inline(always)]
fn dot<const N: usize>(a: &[f32; N], b: &[f32; N]) -> f32 {
    let mut sums = [0.0f32; 8];
    let mut chunks = a.chunks_exact(8).zip(b.chunks_exact(8));
    for (a, b) in &mut chunks {
        for k in 0..8 {
            sums[k] += a[k] * b[k];
        }
    }
    let rest = N / 8 * 8;
    let tail: f32 = a[rest..].iter().zip(&b[rest..]).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + tail
}

/// Back through one direction of the recurrent layer.
#[inline(always)]
fn through(
    weights: &Direction,
    steps: &[Step],
    sums: &[[f32; WIDTH]],
    backwards: bool,
    outs_back: &[[f32; HIDDEN]],
    sums_back: &mut [[f32; WIDTH]],
    into: &mut Direction,
) {
    let n = steps.len();
    let mut out_back = [0.0; HIDDEN];
    let mut cell_back = [0.0; HIDDEN];
    for nth in (0..n).rev() {
        let at = |nth: usize| if backwards { n - 1 - nth } else { nth };
        let index = at(nth);
        let step = &steps[index];
        let before = (nth > 0).then(|| &steps[at(nth - 1)]);
        let mut gates = [0.0; GATES];
        for k in 0..HIDDEN {
            let out = out_back[k] + outs_back[index][k];
            let cell = cell_back[k] + out * step.open[k] * (1.0 - step.squashed[k].powi(2));
            let old = before.map_or(0.0, |before| before.cell[k]);
            let forget = cell * (old - step.candidate[k]);
            gates[k] = forget * step.forget[k] * (1.0 - step.forget[k]);
            gates[HIDDEN + k] = out * step.squashed[k] * step.open[k] * (1.0 - step.open[k]);
            gates[2 * HIDDEN + k] =
                cell * (1.0 - step.forget[k]) * (1.0 - step.candidate[k].powi(2));
            cell_back[k] = cell * step.forget[k];
        }
        add(&mut into.bias, 1.0, &gates);
        for j in 0..WIDTH {
            add(&mut into.input[j], sums[index][j], &gates);
            sums_back[index][j] += dot(&weights.input[j], &gates);
        }
        if let Some(before) = before {
            for (j, back) in out_back.iter_mut().enumerate() {
                add(&mut into.hidden[j], before.out[j], &gates);
                *back = dot(&weights.hidden[j], &gates);
            }
        }
    }
}
