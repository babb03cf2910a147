//! Whether some byte of a text is one of a few, asked of sixteen at a time.
//!
//! Called by what reads and writes values, most of which hold nothing that needs care. The bytes
//! of a step are looked at without an early end and as numbers, which the compiler makes a few
//! wide instructions; short texts are filled up to a step.

/// How many bytes are looked at together.
const STEP: usize = 16;

/// Whether `is` gives anything but 0 for a byte and the byte behind it; behind the last stands a
/// letter.
#[inline(always)]
pub(super) fn any(bytes: &[u8], is: impl Fn(u8, u8) -> u8) -> bool {
    let Some((last, before)) = bytes.split_last() else { return false };
    let behind = bytes.get(1..).unwrap_or_default();
    let (steps, rest) = before.as_chunks::<STEP>();
    let (next_steps, next_rest) = behind.as_chunks::<STEP>();
    let mut found = is(*last, b'a');
    // An end between two steps keeps the compiler to steps: without one it gathers bytes of several.
    if steps.iter().zip(next_steps).any(|(step, next)| in_step(step, next, &is) != 0) {
        return true;
    }
    // The last step goes back as far as it must, where there is so much.
    found |= match (before.last_chunk::<STEP>(), behind.last_chunk::<STEP>()) {
        (Some(step), Some(next)) => in_step(step, next, &is),
        _ => {
            let (mut step, mut next) = ([b'a'; STEP], [b'a'; STEP]);
            if let Some(to) = step.get_mut(..rest.len()) {
                to.copy_from_slice(rest);
            }
            if let Some(to) = next.get_mut(..next_rest.len()) {
                to.copy_from_slice(next_rest);
            }
            in_step(&step, &next, &is)
        }
    };
    found != 0
}

/// The same of one step. Written as two loops over numbers, since that is what is made wide.
#[inline(always)]
fn in_step(step: &[u8; STEP], next: &[u8; STEP], is: &impl Fn(u8, u8) -> u8) -> u8 {
    let mut signs = [0; STEP];
    for (sign, (&byte, &next)) in signs.iter_mut().zip(step.iter().zip(next)) {
        *sign = is(byte, next);
    }
    signs.iter().fold(0, |found, sign| found | sign)
}

/// How many bytes stand before the first that `is` gives anything but 0 for, which of small letters
/// it must give.
#[inline(always)]
pub(super) fn count_before(bytes: &[u8], is: impl Fn(u8) -> u8) -> usize {
    let first = |step: &[u8; STEP]| {
        let mut signs = [0; STEP];
        for (sign, &byte) in signs.iter_mut().zip(step) {
            *sign = is(byte);
        }
        // Of sixteen bytes as one number the first is the lowest.
        u128::from_le_bytes(signs).trailing_zeros() as usize / 8
    };
    let (steps, rest) = bytes.as_chunks::<STEP>();
    for (number, step) in steps.iter().enumerate() {
        let before = first(step);
        if before < STEP {
            return number * STEP + before;
        }
    }
    let mut last = [b'a'; STEP];
    if let Some(to) = last.get_mut(..rest.len()) {
        to.copy_from_slice(rest);
    }
    steps.len() * STEP + first(&last).min(rest.len())
}

/// A set of bytes, asked byte for byte: what is quickest for short texts.
pub(super) struct Bytes([bool; 256]);

impl Bytes {
    /// The bytes of a list, all below one, and all from another on.
    pub(super) const fn of(list: &[u8], below: u8, from: u8) -> Self {
        let mut bytes = [false; 256];
        let mut at = 0;
        while at < list.len() {
            bytes[list[at] as usize] = true;
            at += 1;
        }
        let mut byte = 0;
        while byte < 256 {
            bytes[byte] |= byte < below as usize || byte >= from as usize;
            byte += 1;
        }
        Self(bytes)
    }

    #[inline]
    pub(super) fn holds(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// Whether a text has one of them. Nearly none has, so that an end at the first one would only
    /// be one more thing to ask for every byte.
    #[inline]
    pub(super) fn any_in(&self, text: &str) -> bool {
        text.bytes().fold(false, |found, byte| found | self.holds(byte))
    }
}

/// A text without the white space around it, of which most have none.
#[inline]
pub(super) fn trimmed(text: &str) -> &str {
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if is_letter(bytes.first()) && is_letter(bytes.last()) { text } else { text.trim() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_looked_at() {
        for length in 0..50 {
            for at in 0..length {
                let mut bytes = vec![b'x'; length];
                bytes[at] = b'!';
                assert!(any(&bytes, |byte, _| u8::from(byte == b'!')), "{length} {at}");
                let pair = any(&bytes, |one, next| u8::from(one == b'!') & u8::from(next == b'x'));
                assert_eq!(pair, at + 1 < length, "{length} {at}");
                assert_eq!(count_before(&bytes, |byte| u8::from(byte == b'!')), at);
            }
            assert!(!any(&vec![b'x'; length], |byte, _| u8::from(byte == b'!')));
            assert_eq!(count_before(&vec![b'x'; length], |byte| u8::from(byte == b'!')), length);
        }
    }
}
