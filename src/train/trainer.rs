//! The course of training: passes over all references, in small groups, each a step against the
//! gradient of its loss. The same seed and sources give the same model, byte for byte, on any
//! number of cores.

use super::augment::Pool;
use super::encode::seen;
use super::gradient::{Dropout, Encoded, Gradient, gradient};
use super::optimise::Adam;
use super::random::Random;
use super::reference::Labelled;
use super::source::Source;
use crate::label::{HIDDEN, Labeller, Model, Network, WIDTH};
use fearless_simd::{Level, dispatch};
use std::collections::HashMap;

/// How many features a model trained from nothing knows, and how many one may know at all, so
/// that its file stays below four megabytes.
const ROWS: usize = 64_000;
const MOST_ROWS: usize = 74_000;

/// How often a feature must be seen in the first pass.
const SEEN: u32 = 3;

/// How many references take one step together, and how few, where a pass has few.
const GROUP: usize = 32;
const SMALL_GROUP: usize = 4;
/// How many steps a pass has at least, as far as groups can be small.
const STEPS: usize = 16;

/// How many steps the rate of learning rises, and the part of all steps that this is at most.
const WARM: f32 = 300.0;
const WARM_PART: f32 = 0.2;

/// How far the rate of learning falls, of what it is at most.
const LOWEST: f32 = 0.15;

/// The part of all steps whose weights the model is the mean of, and how often in it they are
/// taken: where the rate does not fall to nothing, the mean is better than the last.
const AVERAGED: f32 = 0.15;
const TAKEN: f32 = 50.0;

const DROPOUT: Dropout = Dropout { rows: 0.1, hidden: 0.2 };

/// Trains a model.
#[derive(Debug)]
pub struct Trainer {
    start: Option<Model>,
    sources: Vec<Source>,
    passes: usize,
    rate: f32,
    seed: u64,
}

/// How far training has come.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Progress {
    /// The pass that has ended, from 1 on.
    pub pass: usize,
    /// How many passes there will be.
    pub passes: usize,
    /// The mean loss of a reference in it.
    pub loss: f32,
    /// How many references it had.
    pub references: usize,
}

/// What training changes, and which row belongs to which feature.
struct State {
    rows: HashMap<u32, u32>,
    hashes: Vec<u32>,
    table: Vec<[f32; WIDTH]>,
    network: Network,
}

/// A mean of weights over steps, the later ones counting more.
struct Average {
    network: Network,
    table: Vec<[f32; WIDTH]>,
}

impl Average {
    fn draw_to(&mut self, network: &Network, table: &[[f32; WIDTH]], share: f32) {
        let table = [(self.table.as_flattened_mut(), table.as_flattened())];
        let network = self.network.slices_mut().into_iter().zip(network.slices());
        for (mean, new) in network.chain(table) {
            for (mean, &new) in mean.iter_mut().zip(new) {
                *mean += share * (new - *mean);
            }
        }
    }
}

impl Trainer {
    /// Training from nothing; `seed` decides all chance.
    #[must_use]
    pub fn from_nothing(seed: u64) -> Self {
        Self { start: None, sources: Vec::new(), passes: 24, rate: 0.002, seed }
    }

    /// Training that goes on from a model: a few references of one's own improve it in seconds.
    #[must_use]
    pub fn starting_from(model: &Model) -> Self {
        let start = Some(model.clone());
        Self { start, sources: Vec::new(), passes: 10, rate: 0.001, seed: 1 }
    }

    /// Adds references of one's own.
    pub fn add(&mut self, references: Vec<Labelled>) -> &mut Self {
        self.add_source(Source::of_references("own references", references))
    }

    /// Adds a source.
    pub fn add_source(&mut self, source: Source) -> &mut Self {
        self.sources.push(source);
        self
    }

    /// How often all references are gone through.
    pub fn passes(&mut self, passes: usize) -> &mut Self {
        self.passes = passes;
        self
    }

    /// Trains; `progress` is called after every pass.
    #[must_use]
    pub fn train(&self, progress: &mut dyn FnMut(Progress)) -> Model {
        let mut random = Random::new(self.seed);
        let mut pool = Pool::default();
        for source in &self.sources {
            source.fill(&mut pool, &mut random);
        }
        let mut references = self.pass(&pool, &mut random);
        let mut state = self.state(&references, &mut random);
        let rows = state.table.len();
        let mut adam = Adam::new(rows);
        let mut gradients = [Gradient::new(rows), Gradient::new(rows)];
        let group = (references.len() / STEPS).clamp(SMALL_GROUP, GROUP);
        let steps = (self.passes * references.len().div_ceil(group)).max(1) as f32;
        let warm_up = WARM.min(steps * WARM_PART).max(1.0);
        let every = (steps * AVERAGED / TAKEN).ceil();
        let mut average = Average { network: state.network.clone(), table: state.table.clone() };
        let mut step = 0.0;
        for pass in 1..=self.passes {
            let encoded = state.encode(&references);
            let mut loss = 0.0;
            for part in encoded.chunks(group) {
                let warm = (step / warm_up).min(1.0_f32);
                let rate = self.rate * warm * (1.0 - step / steps).max(LOWEST);
                loss += state.group(part, &mut gradients, &mut random);
                adam.step(&mut state.network, &mut state.table, &mut gradients[0], rate);
                step += 1.0;
                if step % every == 0.0 {
                    average.draw_to(
                        &state.network,
                        &state.table,
                        (every / (steps * AVERAGED)).min(1.0),
                    );
                }
            }
            let count = references.len();
            let mean = loss / count.max(1) as f32;
            progress(Progress { pass, passes: self.passes, loss: mean, references: count });
            if pass < self.passes {
                references = self.pass(&pool, &mut random);
            }
        }
        state.network = average.network;
        state.table = average.table;
        state.model(self.header())
    }

    /// The references of one pass, in an order of chance.
    fn pass(&self, pool: &Pool, random: &mut Random) -> Vec<Labelled> {
        let mut all = Vec::new();
        for source in &self.sources {
            source.pass(pool, random, &mut all);
        }
        random.shuffle(&mut all);
        all
    }

    fn state(&self, references: &[Labelled], random: &mut Random) -> State {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for reference in references {
            for hash in seen(reference).hashes {
                *counts.entry(hash).or_default() += 1;
            }
        }
        let mut common: Vec<(u32, u32)> =
            counts.into_iter().filter(|&(_, count)| count >= SEEN).collect();
        common.sort_by_key(|&(hash, count)| (std::cmp::Reverse(count), hash));
        let mut state = match &self.start {
            Some(model) => State::of(model.labeller()),
            None => State::new(random),
        };
        let limit = if self.start.is_some() { MOST_ROWS } else { ROWS };
        for (hash, _) in common {
            if state.hashes.len() < limit && !state.rows.contains_key(&hash) {
                state.rows.insert(hash, state.hashes.len() as u32);
                state.hashes.push(hash);
                state.table.push(match self.start {
                    Some(_) => [0.0; WIDTH],
                    None => std::array::from_fn(|_| around_zero(random, 0.05)),
                });
            }
        }
        state
    }

    /// What the model's header says of its training.
    fn header(&self) -> String {
        let sources: Vec<_> = self
            .sources
            .iter()
            .map(|source| {
                serde_json::json!({
                    "name": source.name,
                    "licence": source.licence,
                    "from": source.from,
                    "references": source.len(),
                })
            })
            .collect();
        serde_json::json!({
            "seed": self.seed,
            "passes": self.passes,
            "sources": sources,
            "start": self.start.as_ref().map(history),
        })
        .to_string()
    }
}

/// What a model and those that it was trained from say of themselves, the last first: a list, so
/// that a model trained on and on does not keep a header within a header within a header.
fn history(model: &Model) -> Vec<serde_json::Value> {
    let mut about = serde_json::from_str(model.about()).unwrap_or(serde_json::Value::Null);
    let before = about.as_object_mut().and_then(|about| about.remove("start"));
    let mut history = vec![about];
    if let Some(serde_json::Value::Array(before)) = before {
        history.extend(before.into_iter().take(HISTORY));
    }
    history
}

/// How many of the models before are told of.
const HISTORY: usize = 16;

fn around_zero(random: &mut Random, width: f32) -> f32 {
    (random.share() * 2.0 - 1.0) * width
}

impl State {
    fn new(random: &mut Random) -> Self {
        let mut network = Network::zero();
        for direction in &mut network.directions {
            for weights in [direction.input.as_flattened_mut(), direction.hidden.as_flattened_mut()]
            {
                weights.fill_with(|| around_zero(random, 0.2));
            }
            // at first, all is remembered
            direction.bias[..HIDDEN].fill(1.0);
        }
        network.output.as_flattened_mut().fill_with(|| around_zero(random, 0.15));
        Self { rows: HashMap::new(), hashes: Vec::new(), table: Vec::new(), network }
    }

    fn of(labeller: &Labeller) -> Self {
        let hashes = labeller.hashes.clone();
        let rows = hashes.iter().zip(0..).map(|(&hash, row)| (hash, row)).collect();
        let table =
            labeller.weights().map(|row| row.map(|v| f32::from(v) * labeller.unit)).collect();
        Self { rows, hashes, table, network: labeller.network.clone() }
    }

    /// The references as rows and labels; two threads share the work.
    fn encode(&self, references: &[Labelled]) -> Vec<Encoded> {
        let run = |part: &[Labelled]| -> Vec<Encoded> {
            let row = |hash| self.rows.get(&hash).copied();
            part.iter().map(|reference| Encoded::of(&seen(reference), row)).collect()
        };
        let (first, second) = references.split_at(references.len() / 2);
        let (mut all, mut rest) = both(|| run(first), || run(second));
        all.append(&mut rest);
        all
    }

    /// The gradient of a group, in the first of `gradients`; gives its loss.
    fn group(&self, group: &[Encoded], gradients: &mut [Gradient; 2], random: &mut Random) -> f32 {
        let seed = random.next();
        let run = |part: &[Encoded], into: &mut Gradient, seed: u64| -> f32 {
            let mut random = Random::new(seed);
            let mut loss = 0.0;
            dispatch!(Level::new(), simd => for one in part {
                let (network, table) = (&self.network, &self.table);
                loss += gradient(simd, network, table, one, DROPOUT, &mut random, into);
            });
            loss
        };
        let [one, two] = gradients;
        let (first, second) = group.split_at(group.len().div_ceil(2));
        let (a, b) = both(|| run(first, one, seed), || run(second, two, !seed));
        one.take(two);
        a + b
    }

    /// The model, its rows in bytes. The few weights beyond the range that nearly all keep to
    /// are drawn to its ends.
    fn model(self, header: String) -> Model {
        let mut sizes: Vec<f32> = self.table.as_flattened().iter().map(|v| v.abs()).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / OUTLIERS)).copied();
        let unit = top.unwrap_or(1.0).max(1e-6) / 127.0;
        let rows = self
            .table
            .iter()
            .map(|row| row.map(|value| (value / unit).round().clamp(-127.0, 127.0) as i8));
        Model::new(Labeller::new(header, self.hashes, rows, unit, self.network))
    }
}

/// One weight in so many may lie beyond the range.
const OUTLIERS: usize = 2000;

/// Both results, computed at the same time.
fn both<A, B: Send>(first: impl FnOnce() -> A, second: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let other = scope.spawn(second);
        let a = first();
        match other.join() {
            Ok(b) => (a, b),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
