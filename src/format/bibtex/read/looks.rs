//! What is not as it looks in an entry: marks of direction, letters of two scripts in a word.

use super::Reading;
use crate::Span;
use crate::text::{KEPT, disguises};

impl Reading<'_, '_, '_> {
    /// The first of each kind in the entry.
    pub(super) fn looks(&mut self) {
        let mut codes = Vec::new();
        for raw in self.values.fields.iter().filter(|raw| !raw.raw.is_ascii()) {
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
