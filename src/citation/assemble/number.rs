//! Volumes, issues, pages, editions.

use super::Assembly;
use crate::diagnostic::Code;
use crate::span::Span;
use crate::work::{Field, Pages, Value};

impl Assembly<'_, '_> {
    /// A volume; where one stands already, and no issue, the second number is the issue.
    pub(super) fn volume(&mut self, span: Span, share: f32) {
        self.signs.numbered = true;
        let span = self.trim(span);
        let value = compact(self.of(span));
        if self.work.volume.is_some() && self.work.issue.is_none() {
            self.first(Field::Issue, Value::Text(value), span, share);
        } else {
            self.first(Field::Volume, Value::Text(value), span, share);
        }
    }

    pub(super) fn issue(&mut self, span: Span, share: f32) {
        self.signs.numbered = true;
        let span = self.trim(span);
        let value = compact(self.of(span));
        self.first(Field::Issue, Value::Text(value), span, share);
    }

    pub(super) fn pages(&mut self, span: Span, share: f32) {
        let span = self.trim(span);
        let text = self.of(span);
        let Ok(pages) = text.parse::<Pages>() else { return self.left_over(span) };
        if pages.are_backwards() {
            self.doubt(
                Code::CitationPagesBackwards,
                Some(span),
                "the last page comes before the first",
                "both are kept as typed",
            );
        }
        self.first(Field::Page, Value::Pages(pages), span, share);
    }

    pub(super) fn edition(&mut self, span: Span, share: f32) {
        let span = self.trim(span);
        let value = self.of(span);
        let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
        let value = if digits.is_empty() { value.to_owned() } else { digits };
        self.first(Field::Edition, Value::Text(value), span, share);
    }
}

/// A number without the spaces around its dashes and slashes: `3 – 4`.
fn compact(text: &str) -> String {
    let mut compact = String::with_capacity(text.len());
    let mark = |c: char| matches!(c, '-' | '–' | '—' | '/');
    for c in text.chars() {
        if mark(c) {
            compact.truncate(compact.trim_end().len());
        }
        if c == ' ' && compact.ends_with(mark) {
            continue;
        }
        compact.push(c);
    }
    compact
}
