//! Weights as whole numbers of 16 bits, in the order that processors multiply and add them: blocks
//! of 16 outputs and two inputs, those of all outputs side by side.

use fearless_simd::{Simd, f32x16, i16x32, i32x16, prelude::*};

/// Two inputs of 16 bits, as one number.
pub(super) type Pair = i32;

/// Inputs two by two.
#[inline(always)]
pub(super) fn paired<const N: usize, const PAIRS: usize>(values: &[i16; N]) -> [Pair; PAIRS] {
    const { assert!(N == 2 * PAIRS) };
    let mut paired = [0; PAIRS];
    for (pair, [first, second]) in paired.iter_mut().zip(values.as_chunks::<2>().0) {
        let ([a, b], [c, d]) = (first.to_ne_bytes(), second.to_ne_bytes());
        *pair = Pair::from_ne_bytes([a, b, c, d]);
    }
    paired
}

/// How many outputs a block has.
pub(super) const OUTPUTS: usize = 16;

/// The weights of a block.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Block([i16; 2 * OUTPUTS]);

/// A number for every output; where the last block has outputs to spare, they are zero.
pub(super) type Values<T, const SIDE: usize> = [[T; OUTPUTS]; SIDE];

/// `values` in chunks of the outputs of a block.
pub(super) fn chunks<const SIDE: usize>(values: &[f32]) -> Values<f32, SIDE> {
    let value = |at: usize| values.get(at).copied().unwrap_or(0.0);
    std::array::from_fn(|side| std::array::from_fn(|at| value(OUTPUTS * side + at)))
}

/// The weights of `2 * PAIRS` inputs for `SIDE` blocks of outputs.
#[derive(Clone, Debug)]
pub(super) struct Matrix<const PAIRS: usize, const SIDE: usize>(Box<[[Block; SIDE]; PAIRS]>);

impl<const PAIRS: usize, const SIDE: usize> Matrix<PAIRS, SIDE> {
    /// Of weights by input, of which a whole number stands for `step`.
    pub(super) fn of<const N: usize>(weights: &[[f32; N]], step: f32) -> Self {
        const { assert!(N <= SIDE * OUTPUTS) };
        let weight = |input: usize, output: usize| {
            let weight = weights.get(input).and_then(|outputs| outputs.get(output));
            weight.map_or(0, |weight| (weight / step).round() as i16)
        };
        let block = |pair: usize, side: usize| {
            let weight = |at| weight(2 * pair + at % 2, OUTPUTS * side + at / 2);
            Block(std::array::from_fn(weight))
        };
        Self(Box::new(std::array::from_fn(|pair| std::array::from_fn(|side| block(pair, side)))))
    }

    /// Adds the products with the inputs of `MANY` positions to their sums: weights are read once
    /// for all of them, and sums of `GROUP` blocks are held by the processor at a time.
    #[inline(always)]
    pub(super) fn add<S: Simd, const MANY: usize, const GROUP: usize>(
        &self,
        simd: S,
        inputs: [&[Pair; PAIRS]; MANY],
        sums: &mut [Values<i32, SIDE>; MANY],
    ) {
        const { assert!(SIDE.is_multiple_of(GROUP)) };
        for group in 0..SIDE / GROUP {
            let mut held = [[i32x16::splat(simd, 0); GROUP]; MANY];
            for (at, weights) in self.0.iter().enumerate() {
                let weights = &weights.as_chunks::<GROUP>().0[group];
                for (held, inputs) in held.iter_mut().zip(inputs) {
                    let input: i16x32<S> = i32x16::splat(simd, inputs[at]).bitcast();
                    for (sum, weights) in held.iter_mut().zip(weights) {
                        let weights = i16x32::load_array_ref(simd, &weights.0);
                        *sum += input.pairwise_dot_product(weights);
                    }
                }
            }
            for (held, sums) in held.into_iter().zip(sums.iter_mut()) {
                for (held, sum) in held.into_iter().zip(&mut sums.as_chunks_mut::<GROUP>().0[group])
                {
                    *sum = (i32x16::load_array_ref(simd, sum) + held).to_array();
                }
            }
        }
    }
}

/// What sums stand for, whose products have the unit `unit`, and `bias`.
#[inline(always)]
pub(super) fn values<S: Simd, const SIDE: usize>(
    simd: S,
    sums: &Values<i32, SIDE>,
    unit: f32,
    bias: &Values<f32, SIDE>,
) -> Values<f32, SIDE> {
    let mut values = *bias;
    for (value, sum) in values.iter_mut().zip(sums) {
        let sum: f32x16<S> = i32x16::load_array_ref(simd, sum).to_float();
        *value = (f32x16::load_array_ref(simd, value) + sum * unit).to_array();
    }
    values
}
