//! The table that words are looked up in, and the form that they have there. Both are asked for
//! every word of every citation: nothing is allocated for an answer.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The longest key of the lexicon in bytes, with room to spare.
const LONGEST: usize = 64;

/// A word's form in the lexicon: lower case, one kind of apostrophe; empty where it is too long
/// to be known.
pub(super) struct Normal {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Normal {
    pub(super) fn of(word: &str) -> Self {
        let mut normal = Self { bytes: [0; LONGEST], len: 0 };
        if word.len() <= LONGEST && word.is_ascii() {
            let bytes = &mut normal.bytes[..word.len()];
            bytes.copy_from_slice(word.as_bytes());
            bytes.make_ascii_lowercase();
            normal.len = word.len();
        } else if word.contains('Σ') {
            // a capital sigma's small letter depends on what stands around it
            word.to_lowercase().chars().all(|c| normal.push(c));
        } else {
            word.chars().flat_map(char::to_lowercase).all(|c| normal.push(c));
        }
        normal
    }

    /// Adds a letter; `false` where there is no room, which leaves nothing.
    fn push(&mut self, c: char) -> bool {
        let c = if c == '’' { '\'' } else { c };
        let end = self.len + c.len_utf8();
        let Some(place) = self.bytes.get_mut(self.len..end) else {
            self.len = 0;
            return false;
        };
        c.encode_utf8(place);
        self.len = end;
        true
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// Values by the bytes of their key. The keys are the lexicon's own: nobody can choose them so
/// that they fall together, and a quick hash will do.
#[derive(Debug, Default)]
pub(super) struct Table<T>(HashMap<Box<[u8]>, T, BuildHasherDefault<Quick>>);

impl<T: Default> Table<T> {
    pub(super) fn get(&self, key: &[u8]) -> Option<&T> {
        self.0.get(key)
    }

    pub(super) fn entry(&mut self, key: &str) -> &mut T {
        debug_assert!(key.len() <= LONGEST, "{key}");
        self.0.entry(key.as_bytes().into()).or_default()
    }
}

/// A hash of eight bytes at a time.
#[derive(Debug, Default)]
struct Quick(u64);

impl Quick {
    fn add(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for &eight in eights {
            self.add(u64::from_le_bytes(eight));
        }
        self.add(rest.iter().fold(0, |value, &byte| value << 8 | u64::from(byte)));
    }

    fn write_usize(&mut self, value: usize) {
        self.add(value as u64);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_one_form() {
        let long = "é".repeat(LONGEST);
        for (word, form) in
            [("Eds.", "eds."), ("AOÛT", "août"), ("L’Été", "l'été"), ("ΟΔΟΣ", "οδος"), (&long, "")]
        {
            assert_eq!(Normal::of(word).bytes(), form.as_bytes(), "{word}");
        }
    }
}
