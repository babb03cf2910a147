//! Whether some byte of a text, with the byte behind it, is one of a few: asked of many at a time.
//!
//! Called for every record by what looks for signs that nearly none has.

/// How many bytes are looked at together.
const STEP: usize = 32;

/// Whether `is` holds of a byte and the one behind it, or of a byte of ASCII `is_ascii`, which says
/// the same as `is` without knowing what is behind. Behind the last byte stands a letter.
///
/// Steps of ASCII, as most are, need few instructions; in others there is no branch either, so
/// that the compiler looks at sixteen bytes at a time.
pub(crate) fn any_pair(
    bytes: &[u8],
    is_ascii: impl Fn(u8) -> bool,
    is: impl Fn(u8, u8) -> bool,
) -> bool {
    let in_step = |step: &[u8; STEP], behind: &[u8; STEP]| {
        if step.is_ascii() {
            step.iter().fold(false, |found, &byte| found | is_ascii(byte))
        } else {
            step.iter().zip(behind).fold(false, |found, (&byte, &next)| found | is(byte, next))
        }
    };
    let Some((&last, before)) = bytes.split_last() else { return false };
    let behind = bytes.get(1..).unwrap_or_default();
    let (steps, rest) = before.as_chunks::<STEP>();
    let (behind_steps, behind_rest) = behind.as_chunks::<STEP>();
    if steps.iter().zip(behind_steps).any(|(step, behind)| in_step(step, behind)) {
        return true;
    }
    // The last step goes back as far as it must, where there is so much.
    let is_in_rest = match (before.last_chunk(), behind.last_chunk()) {
        (Some(step), Some(behind)) => in_step(step, behind),
        _ => rest.iter().zip(behind_rest).any(|(&byte, &next)| is(byte, next)),
    };
    is_in_rest || is(last, b'a')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_looked_at() {
        for length in 0..100 {
            for at in 0..length {
                for letter in [b'x', 0xc3] {
                    let mut bytes = vec![letter; length];
                    bytes[at] = b'!';
                    let is_sign = |byte: u8| byte == b'!';
                    assert!(any_pair(&bytes, is_sign, |byte, _| is_sign(byte)), "{length} {at}");
                    let pair = any_pair(
                        &bytes,
                        |_| false,
                        |byte, next| byte == letter && byte > 0x7f && next == b'!',
                    );
                    assert_eq!(pair, letter > 0x7f && at > 0, "{length} {at}");
                }
            }
            assert!(!any_pair(&vec![0xc3; length], |_| true, |_, next| next == b'!'));
        }
    }
}
