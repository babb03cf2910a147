//! How far a text of JSON goes on as it stands: to its end, an escape, or what is to be looked at.
//!
//! Takes bytes, gives a length; called where items are read straight to works and where texts are
//! written. Eight bytes are looked at as one number.

/// How many bytes are read as they stand, up to the end of the text, an escape, an entity or the
/// beginning of a control character.
#[inline]
pub(super) fn len_to_read(bytes: &[u8]) -> usize {
    let among_eight = |eight: u64| {
        // `"` and `&` differ in one bit.
        controls(eight)
            | equal(eight & !every(b'"' ^ b'&'), b'"' & b'&')
            | equal(eight, b'\\')
            | equal(eight, 0x7f)
            | equal(eight, 0xc2)
    };
    first(bytes, among_eight, |byte| {
        (byte < b' ')
            | (byte == b'"')
            | (byte == b'\\')
            | (byte == b'&')
            | (byte == 0x7f)
            | (byte == 0xc2)
    })
}

/// How many bytes there are up to the next quotation mark, be it an escaped one.
#[inline]
pub(super) fn len_to_quote(bytes: &[u8]) -> usize {
    first(bytes, |eight| equal(eight, b'"'), |byte| byte == b'"')
}

/// How many bytes are written as they stand (RFC 8259, 7).
#[inline]
pub(super) fn len_to_write(bytes: &[u8]) -> usize {
    let among_eight = |eight: u64| controls(eight) | equal(eight, b'"') | equal(eight, b'\\');
    first(bytes, among_eight, |byte| (byte < b' ') | (byte == b'"') | (byte == b'\\'))
}

/// Where the first byte stands that a test finds; the same test is given for eight bytes, which
/// sets the high bit of the first such byte, and may set others behind it.
#[inline]
fn first(bytes: &[u8], among_eight: impl Fn(u64) -> u64, is_one: impl Fn(u8) -> bool) -> usize {
    let place = |eight: u64| {
        let found = among_eight(eight);
        (found != 0).then(|| found.trailing_zeros() as usize / 8)
    };
    let len = bytes.len();
    let mut at = 0;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        if let Some(place) = place(u64::from_le_bytes(*eight)) {
            return at + place;
        }
        at += 8;
    }
    // What is left, with bytes before it that were looked at already, or as two halves that
    // overlap.
    if let Some(last) = bytes.last_chunk() {
        return place(u64::from_le_bytes(*last)).map_or(len, |place| len + place - 8);
    }
    if let (Some(head), Some(tail)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (head, tail) = (u32::from_le_bytes(*head), u32::from_le_bytes(*tail));
        return match place(u64::from(tail) << 32 | u64::from(head)) {
            Some(place @ 0..4) => place,
            Some(place) => len + place - 8,
            None => len,
        };
    }
    bytes.iter().position(|&byte| is_one(byte)).unwrap_or(len)
}

/// A byte eight times.
const fn every(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The high bits of the bytes that are equal to one, and maybe of bytes behind the first of them.
const fn equal(eight: u64, byte: u8) -> u64 {
    let other = eight ^ every(byte);
    other.wrapping_sub(every(1)) & !other & every(0x80)
}

/// The same of bytes below the space.
const fn controls(eight: u64) -> u64 {
    eight.wrapping_sub(every(b' ')) & !eight & every(0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_that_is_sought_is_found_wherever_it_stands() {
        let to_read = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\' | b'&' | 0x7f | 0xc2);
        let to_write = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\');
        for len in 0..36 {
            for at in 0..len {
                for byte in 0..=u8::MAX {
                    let mut bytes = vec![b'!'; len];
                    bytes[at] = byte;
                    // What stands behind changes nothing.
                    bytes[len - 1] = if at + 1 < len { 0x21 ^ byte } else { byte };
                    let expected = |test: &dyn Fn(u8) -> bool| {
                        bytes.iter().position(|&byte| test(byte)).unwrap_or(len)
                    };
                    assert_eq!(len_to_read(&bytes), expected(&to_read), "{bytes:?}");
                    assert_eq!(len_to_quote(&bytes), expected(&|byte| byte == b'"'), "{bytes:?}");
                    assert_eq!(len_to_write(&bytes), expected(&to_write), "{bytes:?}");
                }
            }
        }
    }
}
