//! The network as it is used: weights as integers of 16 bits, so that sums are exact, quick and
//! the same on every machine. What the processor can do is asked when the program runs.

use super::chain::Scores;
use super::matrix::{Matrix, OUTPUTS, Pair, Values, chunks, paired, values};
use super::name::Label;
use super::network::{Direction, GATES, HIDDEN, JOINT, Network, WIDTH, tangent};
use fearless_simd::{Level, Simd, dispatch};

const L: usize = Label::COUNT;

/// The largest weight, and the largest input: so large that the sum of all products of an output
/// stays within 32 bits.
const LARGEST: f32 = 1023.0;
const MOST: i16 = (i32::MAX / (JOINT as i32 * 1024)) as i16;

/// What a whole number stands for among these weights.
fn step<const N: usize>(weights: &[&[[f32; N]]]) -> f32 {
    let all = weights.iter().flat_map(|weights| weights.as_flattened());
    all.fold(1e-9f32, |top, weight| top.max(weight.abs())) / LARGEST
}

/// What sums of rows are multiplied by, so that the recurrent layer's outputs, which have the
/// same unit, are fine enough.
const FINER: u32 = 8;

/// A sum in the finer unit: doubled and doubled again, which processors do for many at once.
#[inline(always)]
fn finer(sums: &[i16; WIDTH]) -> [Pair; SUM_PAIRS] {
    let mut finer = *sums;
    for _ in 0..FINER.trailing_zeros() {
        for value in &mut finer {
            *value = value.saturating_add(*value);
        }
    }
    for value in &mut finer {
        *value = (*value).clamp(-MOST, MOST);
    }
    paired(&finer)
}

/// The pairs of a position's sum and of one direction's output.
const SUM_PAIRS: usize = WIDTH / 2;
const OUT_PAIRS: usize = HIDDEN / 2;

/// The blocks of all gates and of all labels.
const GATE_SIDE: usize = GATES / OUTPUTS;
const LABEL_SIDE: usize = L.div_ceil(OUTPUTS);

/// For how many positions products are added up together, and the sums that processors hold then.
const GATES_MANY: usize = 3;
const GATES_GROUP: usize = 3;
const LABELS_MANY: usize = 4;

/// One direction of the recurrent layer.
#[derive(Clone, Debug)]
struct Way {
    sums: Matrix<SUM_PAIRS, GATE_SIDE>,
    outputs: Matrix<OUT_PAIRS, GATE_SIDE>,
    /// What a product stands for.
    unit: f32,
    bias: Values<f32, GATE_SIDE>,
}

/// What the scores are made of, by what it is multiplied with.
#[derive(Clone, Debug)]
struct Output {
    ways: [Matrix<OUT_PAIRS, LABEL_SIDE>; 2],
    sums: Matrix<SUM_PAIRS, LABEL_SIDE>,
    unit: f32,
    bias: Values<f32, LABEL_SIDE>,
}

/// The network.
#[derive(Clone, Debug)]
pub(crate) struct Compact {
    ways: [Way; 2],
    output: Output,
    /// Half of how many inputs one is.
    half: f32,
}

impl Compact {
    /// Of a network whose sums of rows have the unit `unit`.
    pub(crate) fn of(network: &Network, unit: f32) -> Self {
        let unit = unit / FINER as f32;
        let way = |direction: &Direction| {
            let step = step(&[&direction.input, &direction.hidden]);
            Way {
                sums: Matrix::of(&direction.input, step),
                outputs: Matrix::of(&direction.hidden, step),
                unit: unit * step,
                bias: chunks(&direction.bias),
            }
        };
        let step = step(&[&network.output]);
        let (first, rest) = network.output.split_at(HIDDEN);
        let (second, sums) = rest.split_at(HIDDEN);
        Self {
            ways: [way(&network.directions[0]), way(&network.directions[1])],
            output: Output {
                ways: [Matrix::of(first, step), Matrix::of(second, step)],
                sums: Matrix::of(sums, step),
                unit: unit * step,
                bias: chunks(&network.bias),
            },
            half: 0.5 / unit,
        }
    }

    /// The scores of every position, from the sums of its rows.
    pub(crate) fn scores(&self, sums: &[[i16; WIDTH]]) -> Vec<Scores> {
        dispatch!(Level::new(), simd => self.scores_with(simd, sums))
    }

    #[inline(always)]
    fn scores_with<S: Simd>(&self, simd: S, sums: &[[i16; WIDTH]]) -> Vec<Scores> {
        // a loop, so that it is built for this processor, as the rest here
        let mut finer_sums = vec![[0; SUM_PAIRS]; sums.len()];
        for (finer_sum, sum) in finer_sums.iter_mut().zip(sums) {
            *finer_sum = finer(sum);
        }
        let sums = finer_sums;
        let [first, second] = &self.ways;
        // What does not depend on the last outputs is reckoned beforehand, so that the weights of
        // what does fit the memory that is nearest; the directions go on side by side, so that the
        // one has work while the other waits for its division.
        let begun = [first.begun(simd, &sums), second.begun(simd, &sums)];
        let mut outs = [vec![[0; OUT_PAIRS]; sums.len()], vec![[0; OUT_PAIRS]; sums.len()]];
        let mut states = [State::default(), State::default()];
        for nth in 0..sums.len() {
            let last = sums.len() - 1 - nth;
            outs[0][nth] = first.goes_on(simd, &begun[0][nth], &mut states[0], self.half);
            outs[1][last] = second.goes_on(simd, &begun[1][last], &mut states[1], self.half);
        }
        self.output.scores(simd, &sums, &outs)
    }
}

/// What one direction remembers: its cells and its last outputs.
struct State {
    cells: [f32; HIDDEN],
    out: [Pair; OUT_PAIRS],
}

impl Default for State {
    fn default() -> Self {
        Self { cells: [0.0; HIDDEN], out: [0; OUT_PAIRS] }
    }
}

impl Way {
    /// The share of every position's sum in its gates.
    #[inline(always)]
    fn begun<S: Simd>(&self, simd: S, sums: &[[Pair; SUM_PAIRS]]) -> Vec<Values<i32, GATE_SIDE>> {
        let mut begun = vec![[[0; OUTPUTS]; GATE_SIDE]; sums.len()];
        let (many, rest) = begun.as_chunks_mut::<GATES_MANY>();
        let (many_sums, rest_sums) = sums.as_chunks::<GATES_MANY>();
        for (begun, sums) in many.iter_mut().zip(many_sums) {
            self.sums.add::<S, GATES_MANY, GATES_GROUP>(simd, sums.each_ref(), begun);
        }
        for (begun, sum) in rest.iter_mut().zip(rest_sums) {
            self.sums.add::<S, 1, GATE_SIDE>(simd, [sum], std::array::from_mut(begun));
        }
        begun
    }

    /// The outputs at the next position, whose gates were begun.
    #[inline(always)]
    fn goes_on<S: Simd>(
        &self,
        simd: S,
        begun: &Values<i32, GATE_SIDE>,
        state: &mut State,
        half: f32,
    ) -> [Pair; OUT_PAIRS] {
        let State { cells, out } = state;
        let mut gates = [*begun];
        self.outputs.add::<S, 1, GATE_SIDE>(simd, [out], &mut gates);
        let gates = values(simd, &gates[0], self.unit, &self.bias);
        let (forget, rest) = gates.as_flattened().split_at(HIDDEN);
        let (open, candidate) = rest.split_at(HIDDEN);
        let mut values = [0; HIDDEN];
        for k in 0..HIDDEN {
            // Divisions are what takes time: fractions are brought to one denominator. A sigmoid
            // is half of one and a tangent of the half: (bottom + top) / (2 bottom).
            let forget = tangent(0.5 * forget[k]);
            let candidate = tangent(candidate[k]);
            let kept = (forget.bottom + forget.top) * cells[k] * candidate.bottom;
            let added = (forget.bottom - forget.top) * candidate.top;
            cells[k] = (kept + added) / (2.0 * forget.bottom * candidate.bottom);
            let (open, cell) = (tangent(0.5 * open[k]), tangent(cells[k]));
            let value = (open.bottom + open.top) * cell.top / (open.bottom * cell.bottom);
            values[k] = whole(value * half);
        }
        *out = paired(&values);
        *out
    }
}

impl Output {
    #[inline(always)]
    fn scores<S: Simd>(
        &self,
        simd: S,
        sums: &[[Pair; SUM_PAIRS]],
        outs: &[Vec<[Pair; OUT_PAIRS]>; 2],
    ) -> Vec<Scores> {
        let mut scores = vec![[0.0; L]; sums.len()];
        for (group, scores) in scores.chunks_mut(LABELS_MANY).enumerate() {
            let mut all = [[[0; OUTPUTS]; LABEL_SIDE]; LABELS_MANY];
            // where fewer are left, the last of them stands for more
            let at = |nth: usize| LABELS_MANY * group + nth.min(scores.len() - 1);
            for (matrix, out) in self.ways.iter().zip(outs) {
                let inputs = std::array::from_fn(|nth| &out[at(nth)]);
                matrix.add::<S, LABELS_MANY, LABEL_SIDE>(simd, inputs, &mut all);
            }
            let inputs = std::array::from_fn(|nth| &sums[at(nth)]);
            self.sums.add::<S, LABELS_MANY, LABEL_SIDE>(simd, inputs, &mut all);
            for (scores, sums) in scores.iter_mut().zip(&all) {
                let all = values(simd, sums, self.unit, &self.bias);
                scores.copy_from_slice(&all.as_flattened()[..L]);
            }
        }
        scores
    }
}

/// The nearest whole number: added to a number so large that its fraction has no room.
#[inline(always)]
fn whole(value: f32) -> i16 {
    const ROOM: f32 = 12_582_912.0;
    (value.clamp(-f32::from(MOST), f32::from(MOST)) + ROOM).to_bits() as u16 as i16
}

const _: () =
    assert!(WIDTH.is_multiple_of(2) && HIDDEN.is_multiple_of(2) && GATES.is_multiple_of(OUTPUTS));

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
