//! Hashing that is quicker than the standard library's: names of a table, and texts that went by.
//!
//! Called by the readers and by `key`. The tables hold the names that formats know, and never what
//! a file says; digests begin with a number that is another in each run. So no file can be made
//! to be slow.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

/// Hashes the names of a table that is made once.
pub(crate) type OfNames = BuildHasherDefault<Names>;

/// Eight bytes at a time, mixed by a product whose halves are put together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Names(u64);

/// Odd numbers without a pattern: digits of the golden ratio and of pi.
const MIX: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0x2437_6a88_85a3_08d3];

fn mixed(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    (product as u64) ^ (product >> 64) as u64
}

impl Hasher for Names {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= bytes.len() as u64;
        let (steps, rest) = bytes.as_chunks::<8>();
        for step in steps {
            self.0 = mixed(self.0 ^ u64::from_le_bytes(*step), MIX[0]);
        }
        let rest = rest.iter().fold(0, |word, &byte| (word << 8) | u64::from(byte));
        self.0 = mixed(self.0 ^ rest ^ MIX[1], MIX[0]);
    }

    /// What a text ends with, as if it were followed by others: nothing is.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Hashes texts of a file, beginning with a number that is another each time.
#[derive(Clone, Debug)]
pub(crate) struct Seeded(u64);

impl Default for Seeded {
    fn default() -> Self {
        Self(RandomState::new().build_hasher().finish())
    }
}

impl BuildHasher for Seeded {
    type Hasher = Names;

    fn build_hasher(&self) -> Names {
        Names(self.0)
    }
}

/// Digests of texts that went by: the texts themselves would fill memory. Of a hundred million
/// texts two have one digest once in thousands of runs.
#[derive(Clone, Debug)]
pub(crate) struct Digests {
    seed: Seeded,
    seen: HashSet<u64, BuildHasherDefault<AsIs>>,
}

impl Digests {
    /// None so far.
    pub(crate) fn new() -> Self {
        Self { seed: Seeded::default(), seen: HashSet::default() }
    }

    /// Adds a text; `false` where it went by already.
    pub(crate) fn insert(&mut self, text: &str) -> bool {
        let mut hasher = self.seed.build_hasher();
        hasher.write(text.as_bytes());
        self.seen.insert(mixed(hasher.finish() ^ self.seed.0, MIX[0]))
    }
}

impl Default for Digests {
    fn default() -> Self {
        Self::new()
    }
}

/// The hash of a number that is a digest already: the number.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, digest: u64) {
        self.0 = digest;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn what_is_put_in_is_found() {
        let names: HashMap<&str, usize, OfNames> =
            ["author", "title", "year"].into_iter().zip(0..).collect();
        assert_eq!((names.get("title"), names.get("titel")), (Some(&1), None));
        let mut digests = Digests::new();
        assert!((0..100_000).all(|number| digests.insert(&format!("roe{number}"))));
        assert!(!digests.insert("roe99999"));
        assert!(digests.insert("") && digests.insert("\0") && digests.insert("\0\0"));
    }
}
