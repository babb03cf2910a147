//! A trained model: the rows of features it knows and the weights of its network, and the file
//! it is kept in.
//!
//! The file: a line with its name and version, a line of JSON (what it was trained on, with
//! licences), then numbers, least byte first: how many rows; their features' hashes; their
//! weights, a byte each; what one of these bytes stands for; the network's weights.

use super::chain::{Allowed, Scores, Transitions};
use super::compact::Compact;
use super::decode::Chain;
use super::feature::{Features, features};
use super::name::Label;
use super::network::{Direction, GATES, HIDDEN, JOINT, Network, WIDTH};
use super::position::{Position, positions};
use crate::error::{Error, Result};
use crate::lex::Lexed;
use fearless_simd::{Level, Simd, dispatch};
use std::sync::{Arc, OnceLock};

/// The first line of a model's file.
const MAGIC: &[u8] = b"citelift model 1\n";

/// A trained model, cheap to clone.
///
/// ```
/// let model = citelift::Model::shipped();
/// assert!(model.about().contains("\"sources\""));
/// let copy = citelift::Model::from_bytes(&model.to_bytes())?;
/// assert_eq!(copy.about(), model.about());
/// # Ok::<(), citelift::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Model(Arc<Labeller>);

impl Model {
    pub(crate) fn new(labeller: Labeller) -> Self {
        Self(Arc::new(labeller))
    }

    /// The model that comes with the library.
    #[must_use]
    pub fn shipped() -> Self {
        static SHIPPED: OnceLock<Model> = OnceLock::new();
        let read = || {
            let bytes = include_bytes!("../../data/citelift.model");
            Self::new(Labeller::from_bytes(bytes).unwrap_or_else(|_| Labeller::empty()))
        };
        SHIPPED.get_or_init(read).clone()
    }

    /// Reads a model's file.
    ///
    /// # Errors
    /// Of kind [`ErrorKind::Data`](crate::ErrorKind::Data) where the bytes are no model of this
    /// version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        Labeller::from_bytes(bytes)
            .map(Self::new)
            .map_err(|fault| Error::data(0, format!("this is no model: {fault}")))
    }

    /// The model as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// What it was trained on, with licences, as JSON.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.0.header
    }

    pub(crate) fn labeller(&self) -> &Labeller {
        &self.0
    }
}

/// The parts of a model.
#[derive(Clone, Debug)]
pub(crate) struct Labeller {
    /// What it was trained on, as JSON.
    pub(crate) header: String,
    slots: Vec<Slot>,
    pub(crate) hashes: Vec<u32>,
    rows: Vec<Row>,
    /// What one of a row's numbers stands for.
    pub(crate) unit: f32,
    pub(crate) network: Network,
    compact: Compact,
    chain: Chain,
}

/// How many places of the table of hashes are tried for one.
const LONGEST: usize = 1000;

/// For how many positions rows are fetched at a time.
const AHEAD: usize = 8;

/// The weights of a feature; so aligned that they are in the machine's memory as one piece.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Row([i8; WIDTH]);

/// A place in the table of hashes.
#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    /// One more than the row; 0 where the slot is empty.
    row: u32,
}

/// The labels of a citation's positions.
pub(crate) struct Labelling {
    pub(crate) positions: Vec<Position>,
    /// One for every position.
    pub(crate) labels: Vec<Label>,
    /// For every position, each label's share of all labellings.
    pub(crate) shares: Vec<Scores>,
    /// What the model gives every label at every position.
    scores: Vec<Scores>,
    /// The score of the labelling as a whole.
    pub(crate) score: f32,
}

impl Labeller {
    /// A model of these parts; `rows` belong to `hashes` one by one.
    pub(crate) fn new(
        header: String,
        hashes: Vec<u32>,
        rows: impl IntoIterator<Item = [i8; WIDTH]>,
        unit: f32,
        network: Network,
    ) -> Self {
        let rows = rows.into_iter().map(Row).collect();
        let size = (hashes.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![Slot { hash: 0, row: 0 }; size];
        for (row, &hash) in hashes.iter().enumerate() {
            let mut at = hash as usize & (size - 1);
            // only a file made to do harm has more that fall on one place
            let mut steps = 0;
            while slots[at].row != 0 && steps < LONGEST {
                at = (at + 1) & (size - 1);
                steps += 1;
            }
            if slots[at].row == 0 {
                slots[at] = Slot { hash, row: row as u32 + 1 };
            }
        }
        let compact = Compact::of(&network, unit);
        let chain = Chain::of(&network.transitions);
        Self { header, slots, hashes, rows, unit, network, compact, chain }
    }

    /// A model that knows nothing.
    pub(crate) fn empty() -> Self {
        Self::new(String::new(), Vec::new(), Vec::new(), 1.0, Network::zero())
    }

    /// The row of a feature; `None` where the model does not know it.
    pub(crate) fn row(&self, hash: u32) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.row == 0 {
                return None;
            }
            if slot.hash == hash {
                return Some(slot.row as usize - 1);
            }
            at = (at + 1) & mask;
        }
    }

    /// The weights of the rows, in the order of their hashes.
    #[cfg(feature = "train")]
    pub(crate) fn weights(&self) -> impl Iterator<Item = [i8; WIDTH]> {
        self.rows.iter().map(|row| row.0)
    }

    /// The sum of every position's rows. The table and the rows are larger than the memory that
    /// is near, so that the machine is asked for what a few positions need before any of it is
    /// waited for.
    fn sums(&self, features: &Features) -> Vec<[i16; WIDTH]> {
        dispatch!(Level::new(), simd => self.sums_with(simd, features))
    }

    #[inline(always)]
    fn sums_with<S: Simd>(&self, _: S, features: &Features) -> Vec<[i16; WIDTH]> {
        let count = features.starts.len().saturating_sub(1);
        let mut sums = vec![[0i16; WIDTH]; count];
        let mask = self.slots.len() - 1;
        let mut slots: Vec<Slot> = Vec::new();
        let mut rows: Vec<u32> = Vec::new();
        let mut ends = [0; AHEAD];
        for first in (0..count).step_by(AHEAD) {
            let last = (first + AHEAD).min(count);
            let hashes =
                &features.hashes[features.starts[first] as usize..features.starts[last] as usize];
            slots.clear();
            slots.extend(hashes.iter().map(|&hash| self.slots[hash as usize & mask]));
            // written without asking whether there is a row, which is as often so as not
            rows.resize(hashes.len(), 0);
            let (mut read, mut known) = (0, 0);
            for (index, end) in (first..last).zip(&mut ends) {
                for &hash in features.of(index) {
                    let slot = slots[read];
                    read += 1;
                    let mut row = slot.row;
                    if row != 0 && slot.hash != hash {
                        row = self.row(hash).map_or(0, |row| row as u32 + 1);
                    }
                    rows[known] = row.wrapping_sub(1);
                    known += usize::from(row != 0);
                }
                *end = known;
            }
            rows.truncate(known);
            let touched = rows.iter().fold(0, |touched, &row| {
                let Row(row) = &self.rows[row as usize];
                touched ^ row[0] ^ row[WIDTH - 1]
            });
            std::hint::black_box(touched);
            let mut start = 0;
            for (sum, &end) in sums[first..last].iter_mut().zip(&ends) {
                *sum = self.sum(&rows[start..end]);
                start = end;
            }
        }
        sums
    }

    /// The sum of rows.
    #[inline(always)]
    fn sum(&self, rows: &[u32]) -> [i16; WIDTH] {
        let mut sum = [0i16; WIDTH];
        for &row in rows {
            for (sum, &value) in sum.iter_mut().zip(&self.rows[row as usize].0) {
                *sum = sum.saturating_add(i16::from(value));
            }
        }
        sum
    }

    /// Labels a text; `bound` tells for every position which labels it may have.
    pub(crate) fn label(
        &self,
        lexed: &Lexed,
        bound: impl FnOnce(&[Position]) -> Vec<Allowed>,
    ) -> Labelling {
        let positions = positions(lexed);
        let found = features(lexed, &positions);
        let mut scores = self.compact.scores(&self.sums(&found));
        for (scores, set) in scores.iter_mut().zip(bound(&positions)) {
            for (label, score) in scores.iter_mut().enumerate() {
                if set & (1 << label) == 0 {
                    *score = NEVER;
                }
            }
        }
        self.labelling(positions, scores)
    }

    /// The best labelling in which the positions `first..end` have not `label`.
    pub(crate) fn without(
        &self,
        labelling: &Labelling,
        first: usize,
        end: usize,
        label: Label,
    ) -> Labelling {
        let mut scores = labelling.scores.clone();
        for scores in &mut scores[first..end] {
            scores[label as usize] = NEVER;
        }
        self.labelling(labelling.positions.clone(), scores)
    }

    fn labelling(&self, positions: Vec<Position>, scores: Vec<Scores>) -> Labelling {
        let (chain, shares, score) = self.chain.decode(&scores);
        let labels = chain.into_iter().map(|label| Label::ALL[label as usize]).collect();
        Labelling { positions, labels, shares, scores, score }
    }

    /// The model as a file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(self.header.replace('\n', " ").as_bytes());
        bytes.push(b'\n');
        bytes.extend_from_slice(&(self.hashes.len() as u32).to_le_bytes());
        for hash in &self.hashes {
            bytes.extend_from_slice(&hash.to_le_bytes());
        }
        bytes.extend(self.rows.iter().flat_map(|row| row.0).map(|value| value.cast_unsigned()));
        for value in [&self.unit].into_iter().chain(self.network.slices().into_iter().flatten()) {
            bytes.extend_from_slice(&value.to_le_bytes());
        }
        bytes
    }

    /// Reads a file; the error says what is wrong with it.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Read<Self> {
        let rest = bytes.strip_prefix(MAGIC).ok_or("it does not begin as a model of version 1")?;
        let end = rest.iter().position(|&b| b == b'\n').ok_or("it has no header")?;
        let header = std::str::from_utf8(&rest[..end]).map_err(|_| "its header is no text")?;
        let mut reader = Bytes(&rest[end + 1..]);
        let count = reader.number()? as usize;
        if count > reader.0.len() / (4 + WIDTH) {
            return Err("it ends too early");
        }
        let hashes = (0..count).map(|_| reader.number()).collect::<Read<Vec<_>>>()?;
        let rows = reader
            .take(count * WIDTH)?
            .as_chunks::<WIDTH>()
            .0
            .iter()
            .map(|row| row.map(|byte| byte.cast_signed()));
        let mut unit = [0.0];
        reader.fill(&mut unit)?;
        let direction = |reader: &mut Bytes| -> Read<Direction> {
            let mut input = vec![[0.0; GATES]; WIDTH];
            reader.fill(input.as_flattened_mut())?;
            let mut hidden = vec![[0.0; GATES]; HIDDEN];
            reader.fill(hidden.as_flattened_mut())?;
            let mut bias = [0.0; GATES];
            reader.fill(&mut bias)?;
            Ok(Direction { input, hidden, bias })
        };
        let directions = [direction(&mut reader)?, direction(&mut reader)?];
        let mut output = vec![[0.0; Label::COUNT]; JOINT];
        reader.fill(output.as_flattened_mut())?;
        let mut bias = [0.0; Label::COUNT];
        reader.fill(&mut bias)?;
        let mut transitions = Transitions::default();
        reader.fill(transitions.between.as_flattened_mut())?;
        reader.fill(&mut transitions.first)?;
        reader.fill(&mut transitions.last)?;
        if !reader.0.is_empty() {
            return Err("it goes on behind its end");
        }
        let network = Network { directions, output, bias, transitions };
        Ok(Self::new(header.to_owned(), hashes, rows, unit[0], network))
    }
}

/// What is read, or what is wrong with it.
type Read<T> = std::result::Result<T, &'static str>;

/// A score that no other outweighs.
const NEVER: f32 = -1e6;

/// No weight is larger; sums of them stay numbers.
const HEAVIEST: f32 = 1e4;

/// Numbers out of a file.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Read<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or("it ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Read<u32> {
        let taken = self.take(4)?;
        Ok(u32::from_le_bytes([taken[0], taken[1], taken[2], taken[3]]))
    }

    fn fill(&mut self, values: &mut [f32]) -> Read<()> {
        for value in values {
            *value = f32::from_bits(self.number()?);
            if !value.is_finite() || value.abs() > HEAVIEST {
                return Err("a weight in it is no number, or too large");
            }
        }
        Ok(())
    }
}
