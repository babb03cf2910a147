//! What is not as it looks in an entry: marks of direction, letters of two scripts in a word.

use super::Reading;
use crate::Span;
use crate::format::bibtex::bytes::Bytes;
use crate::text::{KEPT, disguises};

impl Reading<'_, '_, '_> {
    /// The first of each kind in the entry.
    pub(super) fn looks(&mut self) {
        let mut codes = Vec::new();
        for raw in self
            .values
            .fields
            .iter()
            .filter(|raw| !raw.raw.is_ascii() && may_be_disguised(&raw.raw))
        {
            for mut found in disguises(&raw.raw, 0, KEPT) {
                if codes.contains(&found.code) {
                    continue;
                }
                codes.push(found.code);
                found.span =
                    found.span.filter(|_| raw.is_verbatim).map_or(Some(raw.span), |span| {
                        Some(Span::new(raw.span.start + span.start, raw.span.start + span.end))
                    });
                self.diagnostics.push(found);
            }
        }
    }
}

/// What letters of Greek and Cyrillic begin with, and what stands second in marks of direction.
static DOUBTFUL: Bytes = Bytes::of(b"\x80\x81\xcd\xce\xcf\xd0\xd1\xd2\xd3\xd4", 0, 0xff);

/// Whether a text may hold what is not as it looks: without these bytes nothing is.
fn may_be_disguised(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter(|&(_, &byte)| DOUBTFUL.holds(byte)).any(|(at, byte)| {
        match (byte, bytes.get(at + 1)) {
            (0x80, next) => matches!(next, Some(0xaa..=0xae)),
            (0x81, next) => matches!(next, Some(0xa6..=0xa9)),
            _ => true,
        }
    })
}
