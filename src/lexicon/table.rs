//! The table that words are looked up in, and the form that they have there. Both are asked for
//! every word of every citation: nothing is allocated for an answer, and a word of a few letters
//! is one number, which is made, hashed and compared in a few steps.

use std::collections::HashMap;

/// The keys of the lexicon are shorter, in bytes.
const LONGEST: usize = 64;

/// The longest word that fits into a number beside its length, in bytes.
const SHORT: usize = 15;

/// A word's form in the lexicon: lower case, one kind of apostrophe; empty where it is too long
/// to be known.
struct Normal {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Normal {
    fn of(word: &str) -> Self {
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
            word.chars().all(|c| normal.push_small(c));
        }
        normal
    }

    /// Adds a letter in its small form; no table is asked for those that are small.
    fn push_small(&mut self, c: char) -> bool {
        match c {
            ..='\u{7f}' => self.push(c.to_ascii_lowercase()),
            'ß'..='ÿ' | '’' => self.push(c),
            _ => c.to_lowercase().all(|c| self.push(c)),
        }
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

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// The number of a short word: its bytes, the first lowest, and its length in the highest byte.
#[inline]
fn number(word: &[u8]) -> Option<u128> {
    let len = word.len();
    // two parts that overlap: no loop, and no copy of a length that is not known beforehand
    let letters = if len > SHORT {
        return None;
    } else if let (Some(&first), Some(&last)) = (word.first_chunk(), word.last_chunk()) {
        let last = u128::from(u64::from_le_bytes(last)) << (8 * (len - 8));
        u128::from(u64::from_le_bytes(first)) | last
    } else if let (Some(&first), Some(&last)) = (word.first_chunk(), word.last_chunk()) {
        let last = u64::from(u32::from_le_bytes(last)) << (8 * (len - 4));
        u128::from(u64::from(u32::from_le_bytes(first)) | last)
    } else {
        u128::from(word.iter().rev().fold(0u32, |number, &byte| number << 8 | u32::from(byte)))
    };
    Some(letters | (len as u128) << 120)
}

/// One in each byte.
const EACH: u128 = u128::from_ne_bytes([1; 16]);

/// The number of the same word in small letters, all bytes at a time; `None` where a letter is
/// not ASCII.
#[inline]
fn lower(number: u128) -> Option<u128> {
    const HIGH: u128 = EACH * 0x80;
    // both set the high bit of a byte: from `A` on, and behind `Z`
    let from_a = number + EACH * (0x80 - b'A' as u128);
    let behind_z = number + EACH * (0x80 - b'Z' as u128 - 1);
    (number & HIGH == 0).then_some(number | (from_a & !behind_z & HIGH) >> 2)
}

/// Values by the form of their word.
#[derive(Debug, Default)]
pub(super) struct Table<T> {
    /// The short words' numbers and values.
    short: Vec<(u128, T)>,
    /// Where they stand in `short`, from 1, at the place that their number says or the next that
    /// was free; 0 at a free place. Most words of a text are not known: their place is free.
    places: Vec<u16>,
    long: HashMap<Box<[u8]>, T>,
    /// For each first letter of the long words, by its lowest bits, their lengths: a bit for each.
    lengths: [u64; 32],
}

impl<T: Default> Table<T> {
    /// The value of a word in any case, with any apostrophe.
    #[inline]
    pub(super) fn get(&self, word: &str) -> Option<&T> {
        match number(word.as_bytes()).and_then(lower) {
            Some(number) => self.find(number).ok().map(|at| &self.short[at].1),
            None => self.uncommon(word),
        }
    }

    /// The value of a word that is long, or not ASCII.
    fn uncommon(&self, word: &str) -> Option<&T> {
        if word.is_ascii() && !self.may_be_long(word.as_bytes()) {
            return None;
        }
        let normal = Normal::of(word);
        match number(normal.bytes()) {
            Some(number) => self.find(number).ok().map(|at| &self.short[at].1),
            None => self.long.get(normal.bytes()),
        }
    }

    /// Whether a long word has a known one's length, and perhaps its first letter.
    fn may_be_long(&self, word: &[u8]) -> bool {
        let lengths = word.first().map_or(0, |&first| self.lengths[usize::from(first % 32)]);
        word.len() < LONGEST && lengths & (1 << word.len()) != 0
    }

    /// Where in `short` a number stands, or the place that it would have.
    #[inline]
    fn find(&self, number: u128) -> Result<usize, usize> {
        // the keys are the lexicon's own: nobody can choose them so that they fall together
        let mixed = (number as u64 ^ ((number >> 64) as u64).rotate_left(25))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let last = self.places.len().wrapping_sub(1);
        let mut place = (mixed >> 40) as usize & last;
        loop {
            let Some(at) = self.places.get(place).and_then(|&at| usize::from(at).checked_sub(1))
            else {
                return Err(place);
            };
            if self.short.get(at).is_some_and(|known| known.0 == number) {
                return Ok(at);
            }
            place = (place + 1) & last;
        }
    }

    /// The value of a word, to be set.
    pub(super) fn entry(&mut self, word: &str) -> &mut T {
        let normal = Normal::of(word);
        debug_assert!(normal.len > 0 && normal.len < LONGEST, "{word}");
        let Some(number) = number(normal.bytes()) else {
            let word = normal.bytes();
            let first = word.first().map_or(0, |&first| usize::from(first % 32));
            self.lengths[first] |= 1 << word.len();
            return self.long.entry(word.into()).or_default();
        };
        let at = self.find(number).unwrap_or_else(|_| self.add(number));
        &mut self.short[at].1
    }

    /// Adds a short word; three places of four stay free.
    fn add(&mut self, number: u128) -> usize {
        self.short.push((number, T::default()));
        let grow = self.short.len() * 4 > self.places.len();
        let first = if grow {
            self.places = vec![0; (self.short.len() * 8).next_power_of_two()];
            0
        } else {
            self.short.len() - 1
        };
        for at in first..self.short.len() {
            if let Err(place) = self.find(self.short[at].0) {
                debug_assert!(at < usize::from(u16::MAX));
                self.places[place] = at as u16 + 1;
            }
        }
        self.short.len() - 1
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

    #[test]
    fn words_of_every_length_are_found_in_any_case() {
        let letters = "abz@[`{-'.09éyabcdefghijklm";
        let words: Vec<&str> = (1..=letters.len()).filter_map(|len| letters.get(..len)).collect();
        let mut table: Table<usize> = Table::default();
        assert_eq!(table.get("a"), None);
        for word in &words {
            *table.entry(word) = word.len() + 1;
        }
        for word in &words {
            assert_eq!(table.get(word), Some(&(word.len() + 1)), "{word}");
            assert_eq!(table.get(&word.to_uppercase()), Some(&(word.len() + 1)), "{word}");
        }
        // a capital's neighbours are no capitals; a byte of nothing is no end
        for word in ["ab", "aby", "abz`", "abz@{", "abz\0", "\0", "a\0", "é", "abz@[`{-'.09éY\0"]
        {
            let known = words.contains(&word).then_some(word.len() + 1);
            assert_eq!(table.get(word), known.as_ref(), "{word:?}");
        }
    }

    #[test]
    fn a_table_holds_many_words() {
        let mut table: Table<u32> = Table::default();
        for number in 0..5000 {
            *table.entry(&format!("word {number}")) = number;
        }
        for number in 0..5000 {
            assert_eq!(table.get(&format!("Word {number}")), Some(&number));
        }
        assert_eq!(table.get("word 5000"), None);
    }
}
