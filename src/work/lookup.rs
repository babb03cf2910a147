//! Names to their places in a list, by a table that is made when the crate is compiled.
//!
//! Takes a list of names that is known beforehand, gives where in it a name stands; called by
//! [`Field`](super::Field), [`Kind`](super::Kind) and the tables of formats. Readers ask for every
//! property of every record, and going through a list of ninety names is what they would do most.

/// The places of names: more slots than names, at most 255 of them.
pub(crate) struct Lookup<const SLOTS: usize> {
    /// A place counted from 1 in the slot of its name's hash, or in the next that was free.
    slots: [u8; SLOTS],
}

impl<const SLOTS: usize> Lookup<SLOTS> {
    /// The table of a list. Of equal names the first is found.
    pub(crate) const fn of(names: &[&str]) -> Self {
        assert!(names.len() < SLOTS && names.len() < u8::MAX as usize);
        let mut slots = [0; SLOTS];
        let mut place = 0;
        while place < names.len() {
            let mut slot = hash(names[place].as_bytes()) % SLOTS;
            while slots[slot] > 0 {
                slot = (slot + 1) % SLOTS;
            }
            place += 1;
            slots[slot] = place as u8;
        }
        Self { slots }
    }

    /// Where a name stands in the list that the table was made of.
    pub(crate) fn find(&self, names: &[&str], name: &str) -> Option<usize> {
        let start = hash(name.as_bytes()) % SLOTS;
        for slot in (start..SLOTS).chain(0..start) {
            let place = usize::from(self.slots[slot]).checked_sub(1)?;
            if names.get(place) == Some(&name) {
                return Some(place);
            }
        }
        None
    }
}

/// A number for a name: its length and four of its signs tell CSL's names apart well enough.
const fn hash(name: &[u8]) -> usize {
    let len = name.len();
    if len == 0 {
        return 0;
    }
    let (first, second) = (name[0] as usize, name[len / 4] as usize);
    let (middle, last) = (name[len / 2] as usize, name[len - 1] as usize);
    len.wrapping_mul(37)
        ^ first.wrapping_mul(5)
        ^ second.wrapping_mul(11)
        ^ middle.wrapping_mul(23)
        ^ last.wrapping_mul(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_no_other() {
        const NAMES: &[&str] = &["title", "URL", "title", "", "a", "title-short"];
        static TABLE: Lookup<7> = Lookup::of(NAMES);
        let found: Vec<_> = NAMES.iter().map(|name| TABLE.find(NAMES, name)).collect();
        assert_eq!(found, [Some(0), Some(1), Some(0), Some(3), Some(4), Some(5)]);
        assert_eq!(TABLE.find(NAMES, "url"), None);
        assert_eq!(TABLE.find(NAMES, "Ürl"), None);
    }
}
