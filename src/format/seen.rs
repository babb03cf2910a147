//! Which cite keys went by: numbers that stand for them, kept in memory or where a caller says.
//!
//! Called by the readers, which say that a key is repeated, and by [`stream`](super::stream),
//! which writes no key twice. A number has 64 bits: of a hundred million works two different keys
//! have one number once in thousands of runs, and one of them is then taken for the other.

use crate::text::AsIs;
use std::collections::HashSet;
use std::fmt::Debug;
use std::hash::{BuildHasher, BuildHasherDefault, RandomState};

/// Remembers numbers: which went by.
///
/// A `HashSet` does, and takes some 16 bytes of memory for each. Whoever reads tens of millions
/// of records may keep the numbers elsewhere, as `citelift convert` does on disk.
///
/// ```
/// use citelift::Seen;
/// use std::collections::HashSet;
///
/// let mut seen = HashSet::new();
/// assert!(Seen::insert(&mut seen, 7) && !Seen::insert(&mut seen, 7));
/// assert!(seen.has(7) && !seen.has(8));
/// ```
pub trait Seen: Debug + Send + Sync {
    /// Whether the number went by.
    fn has(&mut self, number: u64) -> bool;

    /// Lets the number go by; `true` where it had not yet.
    fn insert(&mut self, number: u64) -> bool;
}

impl<S: BuildHasher + Send + Sync> Seen for HashSet<u64, S> {
    fn has(&mut self, number: u64) -> bool {
        self.contains(&number)
    }

    fn insert(&mut self, number: u64) -> bool {
        HashSet::insert(self, number)
    }
}

/// The keys that went by. Nobody can make keys of one number, since every run numbers otherwise.
#[derive(Debug)]
pub(super) struct Keys {
    seen: Box<dyn Seen>,
    state: RandomState,
}

impl Default for Keys {
    fn default() -> Self {
        Self::kept_in(Box::<HashSet<u64, BuildHasherDefault<AsIs>>>::default())
    }
}

impl Keys {
    pub(super) fn kept_in(seen: Box<dyn Seen>) -> Self {
        Self { seen, state: RandomState::new() }
    }

    /// Whether a key went by.
    pub(super) fn has(&mut self, key: &str) -> bool {
        self.seen.has(self.number_of(key))
    }

    /// Whether a key comes for the first time; it has gone by then.
    pub(super) fn is_new(&mut self, key: &str) -> bool {
        self.seen.insert(self.number_of(key))
    }

    /// The number that stands for a key.
    pub(super) fn number_of(&self, key: &str) -> u64 {
        self.state.hash_one(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_new_once() {
        let mut seen = Keys::default();
        let keys = ["a", "b", "a", "", "b", ""];
        assert_eq!(keys.map(|key| seen.is_new(key)), [true, true, false, true, false, false]);
        assert!(seen.has("a") && !seen.has("c"));
    }
}
