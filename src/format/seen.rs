//! The keys of the records so far, as digests: the keys themselves would fill memory.
//!
//! Takes a key, says whether it came before; called by the readers, which name keys that repeat.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

/// Keys that came: eight bytes each. Of a hundred million keys two have one digest once in
/// thousands of runs. Nobody can make keys of one digest, since every run digests otherwise.
#[derive(Debug, Default)]
pub(super) struct Seen {
    digests: HashSet<u64, BuildHasherDefault<Digest>>,
    state: RandomState,
}

impl Seen {
    /// Whether a key comes for the first time.
    pub(super) fn is_new(&mut self, key: &str) -> bool {
        self.digests.insert(self.state.hash_one(key))
    }
}

/// The hash of a digest: the digest.
#[derive(Debug, Default)]
struct Digest(u64);

impl Hasher for Digest {
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

    #[test]
    fn keys_are_new_once() {
        let mut seen = Seen::default();
        let keys = ["a", "b", "a", "", "b", ""];
        assert_eq!(keys.map(|key| seen.is_new(key)), [true, true, false, true, false, false]);
    }
}
