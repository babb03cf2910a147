//! What a hostile PDF may cost: limits on what its packed parts unpack to and on what it draws.
//!
//! The reader of the file's objects unpacks as much as a stream holds, so that a kilobyte may
//! become gigabytes. Before anything is read, [`check`] unpacks every packed stream of the file
//! without keeping it; what is drawn later counts on [`Limits`]. Called by `file` and `content`.

use crate::error::{Error, Result};
use flate2::read::ZlibDecoder;
use hayro_font::hayro_syntax::Filter;
use hayro_font::hayro_syntax::object::Stream;
use std::borrow::Cow;
use std::io::Read;

/// A stream that is no picture may unpack to this many bytes.
const MOST_UNPACKED: u64 = 64 << 20;
/// And all of them together to this many, or this many times the file.
const MOST_TOGETHER: u64 = 1 << 30;
/// How far before its data a stream's dictionary is looked for, in bytes.
const DICTIONARY: usize = 1024;

/// Refuses a file whose packed streams unpack beyond all measure.
pub(super) fn check(bytes: &[u8]) -> Result<()> {
    check_to(bytes, MOST_UNPACKED, MOST_TOGETHER)
}

fn check_to(bytes: &[u8], most: u64, most_together: u64) -> Result<()> {
    let mut together = 0;
    let mut at = 0;
    while let Some(found) = find(bytes.get(at..).unwrap_or_default(), b"stream") {
        let start = at + found;
        at = start + b"stream".len();
        let rest = bytes.get(at..).unwrap_or_default();
        let data = rest.strip_prefix(b"\r").unwrap_or(rest);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let before = bytes.get(start.saturating_sub(DICTIONARY)..start).unwrap_or_default();
        if before.ends_with(b"end") {
            continue;
        }
        let own = rfind(before, b" obj").map_or(before, |at| before.get(at..).unwrap_or(before));
        let own = plain_names(own);
        let holds_objects = find(&own, b"/ObjStm").or_else(|| find(&own, b"/XRef")).is_some();
        let filters = [&b"Decode"[..], b"/Fl", b"/AHx", b"/A85", b"/LZW", b"/RL"];
        let count: usize = filters.iter().map(|filter| count(&own, filter)).sum();
        // `/DecodeParms` and `/FlateDecode` hold two of the words each.
        if holds_objects && (count > 4 || find(&own, b"LZW").is_some()) {
            return Err(too_much());
        }
        if !is_zlib(data) {
            continue;
        }
        let unpacked = unpacked(ZlibDecoder::new(data), most);
        let is_picture = find(&own, b"/Image").is_some() && !holds_objects;
        together += unpacked;
        if unpacked >= most && !is_picture || together > most_together {
            return Err(too_much());
        }
    }
    Ok(())
}

fn too_much() -> Error {
    Error::document("the PDF unpacks to more than is read: it is broken, or made to harm")
}

/// How many bytes come of a reader, up to `most`.
fn unpacked(reader: impl Read, most: u64) -> u64 {
    let mut reader = reader.take(most);
    let mut buffer = [0; 1 << 14];
    let mut count = 0;
    // What is broken ends where it breaks.
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        count += read as u64;
    }
    count
}

/// Whether data begins as packed data does (RFC 1950).
fn is_zlib(data: &[u8]) -> bool {
    match data {
        [method, flags, ..] => {
            method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0
        }
        _ => false,
    }
}

/// A dictionary whose names are spelled plainly: `/Obj#53tm` is `/ObjStm`.
fn plain_names(dictionary: &[u8]) -> Cow<'_, [u8]> {
    if !dictionary.contains(&b'#') {
        return Cow::Borrowed(dictionary);
    }
    let mut plain = Vec::with_capacity(dictionary.len());
    let mut rest = dictionary;
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| byte == b'#');
        let code = digits
            .and_then(|digits| str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(code.unwrap_or(byte));
        rest = after.get(if code.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    Cow::Owned(plain)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == first)?;
        if bytes.get(at..)?.starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
}

fn rfind(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}

fn count(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).filter(|window| *window == what).count()
}

/// What may still be drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Instructions.
    pub(super) steps: u64,
    /// Bytes of unpacked instructions.
    pub(super) bytes: u64,
    /// Letters.
    pub(super) letters: u64,
}

impl Limits {
    /// What a document may cost.
    pub(super) fn of_document() -> Self {
        Self { steps: 30_000_000, bytes: 512 << 20, letters: 20_000_000 }
    }

    /// Whether anything was cut off.
    pub(super) fn is_spent(&self) -> bool {
        self.steps == 0 || self.bytes == 0 || self.letters == 0
    }

    /// Takes `count` from what is left of `what`; whether that much was left.
    pub(super) fn take(what: &mut u64, count: u64) -> bool {
        let enough = *what >= count;
        *what = if enough { *what - count } else { 0 };
        enough
    }

    /// The instructions of a stream, unpacked, as far as they may be.
    pub(super) fn unpack(&mut self, stream: &Stream<'_>) -> Option<Vec<u8>> {
        let packed = |filter: &&Filter| {
            matches!(filter, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode)
        };
        let filters = stream.filters();
        // Nobody packs instructions twice, but to make much of little.
        if filters.iter().filter(packed).count() > 1 {
            return None;
        }
        let raw = stream.raw_data();
        if filters.first() == Some(&Filter::FlateDecode)
            && unpacked(ZlibDecoder::new(&raw[..]), self.bytes) >= self.bytes
        {
            self.bytes = 0;
            return None;
        }
        let data = stream.decoded_data().ok()?;
        Self::take(&mut self.bytes, data.len() as u64).then(|| data.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    fn packed(length: usize) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![b' '; length]).unwrap();
        encoder.finish().unwrap()
    }

    fn file(dictionary: &str, data: &[u8]) -> Vec<u8> {
        let mut file = format!("%PDF-1.5\n1 0 obj\n{dictionary}\nstream\n").into_bytes();
        file.extend(data);
        file.extend(b"\nendstream\nendobj\n");
        file
    }

    #[test]
    fn a_bomb_is_refused_and_a_picture_is_not() {
        let check = |file: &[u8]| check_to(file, 1 << 20, 1 << 24);
        let bomb = packed(2 << 20);
        assert!(check(&file("<< /Filter /FlateDecode >>", &bomb)).is_err());
        assert!(check(&file("<< /Subtype /Image /Filter /FlateDecode >>", &bomb)).is_ok());
        let hidden = "<< /Type /Obj#53tm /Filter [/ASCIIHexDecode /FlateDecode /FlateDecode] >>";
        assert!(check(&file(hidden, b"78da>")).is_err());
        let usual = "<< /Type /ObjStm /N 3 /Filter /FlateDecode /DecodeParms << >> >>";
        assert!(check(&file(usual, &packed(1000))).is_ok());
    }
}
