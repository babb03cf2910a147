//! Adam (Kingma, Ba 2015): each weight's step by the mean and the spread of its gradients. Rows
//! of features take a step only where a reference had them.

use super::gradient::Gradient;
use crate::label::{Network, WIDTH};

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
        self.steps += 1;
        let first = 1.0 - MEAN.powi(self.steps);
        let second = 1.0 - SPREAD.powi(self.steps);
        let update = |weights: &mut [f32], change: &[f32], mean: &mut [f32], spread: &mut [f32]| {
            for i in 0..weights.len() {
                let g = change[i].clamp(-5.0, 5.0);
                mean[i] = MEAN * mean[i] + (1.0 - MEAN) * g;
                spread[i] = SPREAD * spread[i] + (1.0 - SPREAD) * g * g;
                let step = (mean[i] / first) / ((spread[i] / second).sqrt() + SMALL);
                weights[i] -= rate * step;
            }
        };
        let all = network
            .slices_mut()
            .into_iter()
            .zip(gradient.network.slices_mut())
            .zip(self.mean.slices_mut())
            .zip(self.spread.slices_mut());
        for (((weights, change), mean), spread) in all {
            update(weights, change, mean, spread);
        }
        for &row in &gradient.touched {
            let i = row as usize;
            update(
                &mut table[i],
                &gradient.rows[i],
                &mut self.row_mean[i],
                &mut self.row_spread[i],
            );
        }
        gradient.clear();
    }
}
