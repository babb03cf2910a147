//! The network: from the rows of a citation's features to every position's scores.
//!
//! The rows of a position are added up; a recurrent layer with two gates (an LSTM whose input and
//! forget gates are one: Greff et al. 2017) reads them in each direction; the scores are linear
//! in both and in the sum.

use super::chain::Transitions;
use super::name::Label;

/// The width of a feature's row.
pub(crate) const WIDTH: usize = 48;

/// The width of the recurrent layer, in each direction.
pub(crate) const HIDDEN: usize = 48;

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

/// A number as a fraction.
#[derive(Clone, Copy)]
pub(crate) struct Fraction {
    pub(crate) top: f32,
    pub(crate) bottom: f32,
}

/// The hyperbolic tangent, near enough (a fraction of polynomials, to 0.0003): the same in
/// training and in use, and the same on every machine.
#[inline(always)]
pub(crate) fn tangent(x: f32) -> Fraction {
    let x = x.clamp(-4.97, 4.97);
    let square = x * x;
    Fraction {
        top: x * (135135.0 + square * (17325.0 + square * (378.0 + square))),
        bottom: 135135.0 + square * (62370.0 + square * (3150.0 + square * 28.0)),
    }
}

/// The hyperbolic tangent as a number.
#[cfg(feature = "train")]
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    let tangent = tangent(x);
    tangent.top / tangent.bottom
}

#[cfg(feature = "train")]
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// The exponential of a number that is not above zero, near enough (a power of two times a
/// polynomial, to a hundred-thousandth part): the same on every machine.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // added and taken off again, it leaves the nearest whole number
    const ROOM: f32 = 12_582_912.0;
    let power = x.max(-87.0) * std::f32::consts::LOG2_E;
    let roomy = power + ROOM;
    let part = (power - (roomy - ROOM)) * std::f32::consts::LN_2;
    let near = 1.0 + part * (1.0 + part * (0.5 + part * (1.0 / 6.0 + part * (1.0 / 24.0))));
    let whole = roomy.to_bits().wrapping_add(127) << 23;
    f32::from_bits(whole) * near
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
