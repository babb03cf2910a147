//! The keys of any number of records, remembered in little memory: what is too much goes to disk.
//!
//! Called by `convert` and `check`, whose readers and writers ask for every key whether it came
//! before. As many numbers are held in memory as stay near the processor; then they are sorted and
//! written to a temporary file that has no name and goes with the process, and runs of like length
//! are merged, so that there are never many to look into. Numbers of keys are evenly spread: where
//! one would stand in a run can be reckoned. Most were never there, which a filter says without
//! the disk.

use crate::render::Failure;
use citelift::Seen;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many numbers are held in memory: as many as a hash table of 2^17 places takes, about 1 MiB.
const HELD: usize = (1 << 17) / 8 * 7;
/// How many numbers are read at once, 4 KiB.
const BLOCK: u64 = 512;
/// How many bytes a number has.
const SIZE: u64 = 8;

/// Which numbers went by.
#[derive(Debug)]
pub(crate) struct OnDisk {
    held: HashSet<u64>,
    /// How many are held at most; tests have few.
    most: usize,
    /// Sorted, each longer than the next.
    runs: Vec<Run>,
    /// What the runs hold.
    filter: Filter,
    trouble: Trouble,
}

/// Whether the disk failed to give back what was written; its copies are one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trouble(Arc<AtomicBool>);

impl Trouble {
    /// Why a run must not be trusted whose disk failed: a key may stand there twice.
    pub(crate) fn failure(&self) -> Option<Failure> {
        self.0.load(Ordering::Relaxed).then(|| {
            Failure::reading("a temporary file", "the disk does not give back what was written")
                .help("name another directory for such files: TMPDIR=DIRECTORY citelift …")
        })
    }
}

impl OnDisk {
    /// No number went by. A disk that fails is told to `trouble`.
    pub(crate) fn new(trouble: &Trouble) -> Self {
        Self {
            held: HashSet::new(),
            most: HELD,
            runs: Vec::new(),
            filter: Filter::default(),
            trouble: trouble.clone(),
        }
    }

    fn is_on_disk(&mut self, number: u64) -> bool {
        !self.runs.is_empty()
            && self.filter.may_have(number)
            && self.runs.iter_mut().any(|run| {
                run.has(number).unwrap_or_else(|_| {
                    self.trouble.0.store(true, Ordering::Relaxed);
                    false
                })
            })
    }

    /// Moves what is held to disk. Where that fails, a full disk say, all stays in memory.
    fn spill(&mut self) {
        let mut numbers: Vec<u64> = self.held.iter().copied().collect();
        numbers.sort_unstable();
        self.announce(&numbers);
        match Run::of(numbers.into_iter().map(Ok)) {
            Ok(run) => {
                self.runs.push(run);
                self.held.clear();
                self.merge();
            }
            Err(_) => self.most = usize::MAX,
        }
    }

    /// Lets the filter know what comes to disk. Where a larger one cannot be made of what is there
    /// already, the small one says less often that a number is not there, and no more.
    fn announce(&mut self, numbers: &[u64]) {
        let count = self.runs.iter().map(|run| run.length).sum::<u64>() + numbers.len() as u64;
        let length = Filter::length(count);
        if length > self.filter.0.len() {
            let mut larger = Filter(vec![0; length]);
            if self.runs.iter_mut().try_for_each(|run| larger.insert_all(run)).is_ok() {
                self.filter = larger;
            }
        }
        numbers.iter().for_each(|&number| self.filter.insert(number));
    }

    /// Makes one run of two as long as the last two are of like length. Where that fails, there
    /// are more to look into, and that is all.
    fn merge(&mut self) {
        while let [.., one, other] = self.runs.as_mut_slice()
            && one.length < 2 * other.length
            && let Ok(run) = Run::of_two(one, other)
        {
            self.runs.truncate(self.runs.len() - 2);
            self.runs.push(run);
        }
    }
}

impl Seen for OnDisk {
    fn has(&mut self, number: u64) -> bool {
        self.held.contains(&number) || self.is_on_disk(number)
    }

    fn insert(&mut self, number: u64) -> bool {
        if self.is_on_disk(number) {
            return false;
        }
        let is_new = self.held.insert(number);
        if self.held.len() >= self.most {
            self.spill();
        }
        is_new
    }
}

/// Which numbers are surely not on disk: a Bloom filter. It is no larger than it has to be, since
/// what is large is far from the processor: at eight numbers for each 64 bits one in thirty that
/// are not there is looked for on disk nevertheless, and a filter of four times as much is made,
/// up to 8 MiB. With ten million numbers it is one in eighteen, with forty million every second.
#[derive(Debug, Default)]
struct Filter(Vec<u64>);

impl Filter {
    /// How many numbers of 64 bits there are at first and at most, as powers of two.
    const WIDTHS: std::ops::RangeInclusive<u32> = 15..=20;

    /// How many there are for so many keys.
    fn length(count: u64) -> usize {
        let width = Self::WIDTHS.step_by(2).find(|&width| count >> width < 8);
        1 << width.unwrap_or(*Self::WIDTHS.end())
    }

    /// The word and the three bits in it that stand for a number. One word for all: it is far from
    /// the processor, and each would be another way.
    fn bits(&self, number: u64) -> (usize, u64) {
        // An odd number of no pattern: numbers that are alike are spread, too.
        let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let bits = [16, 24, 32].into_iter().fold(0, |bits, from| bits | 1 << (spread >> from & 63));
        let place = spread >> (u64::BITS - self.0.len().trailing_zeros());
        (usize::try_from(place).unwrap_or_default(), bits)
    }

    fn insert(&mut self, number: u64) {
        let (word, bits) = self.bits(number);
        self.0[word] |= bits;
    }

    fn insert_all(&mut self, run: &mut Run) -> io::Result<()> {
        for number in run.numbers()? {
            self.insert(number?);
        }
        Ok(())
    }

    fn may_have(&self, number: u64) -> bool {
        let (word, bits) = self.bits(number);
        self.0[word] & bits == bits
    }
}

/// Numbers on disk, in order.
#[derive(Debug)]
struct Run {
    file: File,
    /// How many.
    length: u64,
}

impl Run {
    fn of(numbers: impl Iterator<Item = io::Result<u64>>) -> io::Result<Self> {
        let mut to = BufWriter::with_capacity(1 << 16, tempfile::tempfile()?);
        let mut length = 0;
        for number in numbers {
            to.write_all(&number?.to_le_bytes())?;
            length += 1;
        }
        Ok(Self { file: to.into_inner().map_err(io::IntoInnerError::into_error)?, length })
    }

    fn of_two(one: &mut Self, other: &mut Self) -> io::Result<Self> {
        let mut one = one.numbers()?.peekable();
        let mut other = other.numbers()?.peekable();
        Self::of(std::iter::from_fn(move || match (one.peek(), other.peek()) {
            (Some(Ok(first)), Some(Ok(second))) if second < first => other.next(),
            (Some(_), _) => one.next(),
            (None, _) => other.next(),
        }))
    }

    fn numbers(&mut self) -> io::Result<impl Iterator<Item = io::Result<u64>>> {
        self.file.seek(SeekFrom::Start(0))?;
        let mut from = BufReader::with_capacity(1 << 16, &self.file);
        Ok((0..self.length).map(move |_| {
            let mut bytes = [0; SIZE as usize];
            from.read_exact(&mut bytes).map(|()| u64::from_le_bytes(bytes))
        }))
    }

    /// Whether a number is there. Looks into the block where it would stand if all were evenly
    /// spread, then into one between the ends that are left; every second time into the middle,
    /// for numbers that are not.
    fn has(&mut self, number: u64) -> io::Result<bool> {
        let (mut first, mut behind) = (0, self.length.div_ceil(BLOCK));
        let (mut least, mut most) = (0, u64::MAX);
        let mut reckon = false;
        while first < behind {
            let count = behind - first;
            reckon = !reckon;
            let block = if reckon {
                let share = u128::from(number.saturating_sub(least)) * u128::from(count)
                    / (u128::from(most.saturating_sub(least)) + 1);
                first + u64::try_from(share).unwrap_or_default().min(count - 1)
            } else {
                first + count / 2
            };
            let numbers = self.block(block)?;
            match (numbers.first(), numbers.last()) {
                (Some(&begin), _) if number < begin => (behind, most) = (block, begin),
                (_, Some(&end)) if number > end => (first, least) = (block + 1, end),
                _ => return Ok(numbers.binary_search(&number).is_ok()),
            }
        }
        Ok(false)
    }

    fn block(&mut self, block: u64) -> io::Result<Vec<u64>> {
        let count = BLOCK.min(self.length.saturating_sub(block * BLOCK));
        let mut bytes = vec![0; usize::try_from(count * SIZE).unwrap_or_default()];
        self.file.seek(SeekFrom::Start(block * BLOCK * SIZE))?;
        self.file.read_exact(&mut bytes)?;
        let (numbers, _) = bytes.as_chunks();
        Ok(numbers.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn small(most: usize) -> OnDisk {
        OnDisk { most, ..OnDisk::new(&Trouble::default()) }
    }

    #[test]
    fn many_numbers_lie_in_few_runs() {
        let mut seen = small(1000);
        let number = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for n in 0..300_000 {
            assert!(seen.insert(number(n)), "{n}");
        }
        for n in (0..300_000).step_by(97) {
            assert!(!seen.insert(number(n)) && seen.has(number(n)), "{n}");
        }
        assert!(!seen.has(number(300_000)));
        assert!(seen.runs.len() <= 8, "{}", seen.runs.len());
        assert_eq!(seen.runs.iter().map(|run| run.length).sum::<u64>(), 300_000);
        assert_eq!(seen.filter.0.len(), 1 << 17);
        assert!(seen.trouble.failure().is_none());
    }

    #[test]
    fn numbers_that_are_not_spread_are_found_too() {
        let mut seen = small(5000);
        let numbers: Vec<u64> = (0..20_000).chain(u64::MAX - 20_000..=u64::MAX).collect();
        assert!(numbers.iter().all(|&number| seen.insert(number)));
        assert!(!numbers.iter().any(|&number| seen.insert(number)));
        assert!(!seen.has(20_000) && !seen.has(u64::MAX - 20_001));
    }

    proptest! {
        /// It says what a set in memory says.
        #[test]
        fn it_agrees_with_memory(numbers in prop::collection::vec(0_u64..500, 0..400)) {
            let (mut seen, mut set) = (small(7), HashSet::new());
            for number in numbers {
                prop_assert_eq!(seen.insert(number), set.insert(number));
            }
        }
    }
}
