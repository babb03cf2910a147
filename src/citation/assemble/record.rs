//! Setting a value and noting its place; noting a doubt.

use super::{Assembly, Found};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use crate::work::{Field, Value};

impl Assembly<'_, '_> {
    pub(super) fn put(&mut self, field: Field, value: Value, span: Span, share: f32) {
        if self.work.set(field, value).is_ok() {
            let spans = self.joined.source(span);
            match self.found.iter_mut().find(|e| e.field == field && e.index == 0) {
                Some(known) => {
                    known.spans.extend(spans);
                    known.share = known.share.min(share);
                }
                None => self.found.push(Found { field, index: 0, spans, share }),
            }
        }
    }

    pub(super) fn doubt(
        &mut self,
        code: Code,
        span: Option<Span>,
        message: impl Into<String>,
        assumed: impl Into<String>,
    ) {
        let spans = span.map(|span| self.joined.source(span)).unwrap_or_default();
        let span = match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => Some(Span::new(first.start, last.end)),
            _ => None,
        };
        self.evidence.doubts.push(Diagnostic::new(code, span, message).assumed(assumed));
    }

    /// `span` without the marks and spaces at its ends that belong to the citation's style. A full
    /// stop at its end is an abbreviation's: stretches hold no other.
    pub(super) fn trim(&self, span: Span) -> Span {
        let text = span.of(self.lexed.text).unwrap_or("");
        let marks =
            |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '*' | '|' | '_' | '=');
        let start = text.len() - text.trim_start_matches(|c| marks(c) || c == '.').len();
        let mut inner = text[start..].trim_end_matches(marks);
        for (open, close) in [('(', ')'), ('[', ']')] {
            let (opens, closes) = (inner.starts_with(open), inner.ends_with(close));
            if !opens && !closes {
                continue;
            }
            let opened = inner.matches(open).count();
            let closed = inner.matches(close).count();
            if opens && opened > closed {
                let from = start + open.len_utf8();
                return Span::new(span.start + from, span.start + start + inner.len());
            }
            if closes && closed > opened {
                inner = &inner[..inner.len() - close.len_utf8()];
            }
        }
        Span::new(span.start + start, span.start + start + inner.len())
    }
}
