//! Adam (Kingma, Ba 2015): each weight's step by the mean and the spread of its gradients. Rows
//! of features take a step only where a reference had them.

use super::gradient::Gradient;
use crate::label::{Network, WIDTH};
use fearless_simd::{Level, Simd, dispatch};

#[derive(Debug)]
pub(crate) struct Adam {
    mean: Network,
    spread: Network,
    row_mean: Vec<[f32; WIDTH]>,
    row_spread: Vec<[f32; WIDTH]>,
    steps: i32,
}

const MEAN: f32 = 0.9;
const SPREAD: f32 = 0.999;
const SMALL: f32 = 1e-8;

impl Adam {
    pub(crate) fn new(rows: usize) -> Self {
        Self {
            mean: Network::zero(),
            spread: Network::zero(),
            row_mean: vec![[0.0; WIDTH]; rows],
            row_spread: vec![[0.0; WIDTH]; rows],
            steps: 0,
        }
    }

    /// One step against `gradient`, which is empty afterwards.
    pub(crate) fn step(
        &mut self,
        network: &mut Network,
        table: &mut [[f32; WIDTH]],
        gradient: &mut Gradient,
        rate: f32,
    ) {
        dispatch!(Level::new(), simd => self.step_with(simd, network, table, gradient, rate));
    }

    #[inline(always)]
    fn step_with<S: Simd>(
        &mut self,
        _: S,
        network: &mut Network,
        table: &mut [[f32; WIDTH]],
        gradient: &mut Gradient,
        rate: f32,
    ) {
        self.steps += 1;
        let first = 1.0 - MEAN.powi(self.steps);
        let second = 1.0 - SPREAD.powi(self.steps);
        let rates = [rate, first, second];
        let all = network
            .slices_mut()
            .into_iter()
            .zip(gradient.network.slices_mut())
            .zip(self.mean.slices_mut())
            .zip(self.spread.slices_mut());
        for (((weights, change), mean), spread) in all {
            update(weights, change, mean, spread, rates);
        }
        for &row in &gradient.touched {
            let i = row as usize;
            update(
                &mut table[i],
                &gradient.rows[i],
                &mut self.row_mean[i],
                &mut self.row_spread[i],
                rates,
            );
        }
        gradient.clear();
    }
}

/// Changes weights by the gradient `change`; the numbers are the rate and how much of the mean
/// and the spread has gathered.
#[inline(always)]
fn update(
    weights: &mut [f32],
    change: &[f32],
    mean: &mut [f32],
    spread: &mut [f32],
    [rate, first, second]: [f32; 3],
) {
    for (((weight, &change), mean), spread) in weights.iter_mut().zip(change).zip(mean).zip(spread)
    {
        let change = change.clamp(-5.0, 5.0);
        *mean = MEAN * *mean + (1.0 - MEAN) * change;
        *spread = SPREAD * *spread + (1.0 - SPREAD) * change * change;
        let step = (*mean / first) / ((*spread / second).sqrt() + SMALL);
        *weight -= rate * step;
    }
}
