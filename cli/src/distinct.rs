//! Keys that stay apart in a stream: told apart as they come, in memory that does not grow.
//!
//! [`citelift::key::assign`] sees all works at once, gives equal keys more words of their titles
//! and does not care for the order. `parse --to ndjson` must hand out line one before line two
//! is there. Called by `parse`.

use crate::render::Failure;
use crate::seen::{OnDisk, Trouble};
use citelift::{Seen, Work};

/// The keys that went by.
#[derive(Debug)]
pub(crate) struct Distinct {
    seen: OnDisk,
    trouble: Trouble,
}

impl Distinct {
    /// No key has gone by.
    pub(crate) fn new() -> Self {
        let trouble = Trouble::default();
        Self { seen: OnDisk::new(&trouble), trouble }
    }

    /// Gives the work of line `line` its key, with `-LINE` behind it if the key has gone by
    /// already. No key that the library makes has a hyphen, and no line comes twice: all are
    /// distinct.
    pub(crate) fn assign(&mut self, work: &mut Work, line: usize) {
        citelift::key::assign(std::slice::from_mut(work));
        let Some(key) = &mut work.id else { return };
        if !self.seen.insert(hash(key)) {
            key.push_str(&format!("-{line}"));
        }
    }

    /// Why the keys are not to be trusted, if they are not.
    pub(crate) fn failure(&self) -> Option<Failure> {
        self.trouble.failure()
    }
}

/// FNV-1a, 64 bits: the same numbers with every release of every compiler, so the same output.
fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use citelift::Kind;

    #[test]
    fn equal_keys_get_the_number_of_their_line() {
        let mut distinct = Distinct::new();
        let mut key = |title: &str, line| {
            let mut work = Work::new(Kind::Book);
            work.title = Some(title.to_owned());
            distinct.assign(&mut work, line);
            work.id.unwrap()
        };
        assert_eq!(key("Harbour", 1), "harbour");
        assert_eq!(key("Border", 2), "border");
        assert_eq!(key("Harbour", 12), "harbour-12");
    }
}
