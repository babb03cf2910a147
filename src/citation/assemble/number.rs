//! Volumes, issues, pages, editions.

use super::Assembly;
use crate::citation::stretch::Stretch;
use crate::diagnostic::Code;
use crate::grammar::date::YEARS;
use crate::label::Label;
use crate::lex::TokenKind;
use crate::lexicon::Class;
use crate::span::Span;
use crate::work::{Field, Pages, Value};

impl Assembly<'_, '_> {
    /// A volume; where one stands already, and no issue, the second number is the issue. `3 vols.`
    /// beside a volume says how many there are.
    pub(super) fn volume(&mut self, span: Span, share: f32, others: &[&[Stretch]]) {
        self.signs.numbered = true;
        let span = self.trim(span);
        let value = compact(self.of(span));
        let another = others.iter().copied().flatten().any(|other| other.label == Label::Volume);
        if another && self.counts_volumes(span) {
            return self.first(Field::NumberOfVolumes, Value::Text(value), span, share);
        }
        if self.work.volume.is_some() && self.work.issue.is_none() {
            self.first(Field::Issue, Value::Text(value), span, share);
        } else {
            self.first(Field::Volume, Value::Text(value), span, share);
        }
    }

    /// Whether a number stands before the word for volumes, and none behind it.
    fn counts_volumes(&self, span: Span) -> bool {
        let first = self.lexed.index_at(span.start);
        let word = self.lexed.index_at(span.end);
        let is_word = |index: usize| self.lexed.has(index, Class::Volume);
        let stop = usize::from(self.lexed.is_mark(word + 1, '.'));
        let number = self.lexed.get(word + 1 + stop).is_some_and(|t| t.kind == TokenKind::Number);
        is_word(word) && !number && !self.is_said_before(first, Class::Volume)
    }

    /// Whether a word of a class stands right before a token, with or without its stop.
    fn is_said_before(&self, token: usize, class: Class) -> bool {
        let is_word = |index: usize| self.lexed.has(index, class);
        token.checked_sub(1).is_some_and(|before| {
            is_word(before) || self.lexed.is_mark(before, '.') && before > 0 && is_word(before - 1)
        })
    }

    /// A series, and the number that it has there: `Civiltà veneziana, 11`, `CSEL 54`.
    pub(super) fn series(&mut self, span: Span, share: f32) {
        let span = self.trim(span);
        let first = self.lexed.index_at(span.start);
        let last = self.lexed.index_at(span.end);
        let Some(number) = last.checked_sub(1).filter(|&number| number > first) else {
            return self.text(Field::CollectionTitle, span, share);
        };
        let word = self.lexed.word(number);
        // a year belongs to the name
        let counted = word.len() <= 5
            && word.bytes().all(|b| b.is_ascii_digit())
            && !(word.len() == 4 && word.parse().is_ok_and(|year| YEARS.contains(&year)));
        // `12/13`, `3.12` are one number
        let parted = number.checked_sub(1).is_some_and(|mark| {
            let mark = self.lexed.get(mark).map(|token| token.kind);
            matches!(mark, Some(TokenKind::Mark('/' | '-' | '–' | '.')))
                && !self.lexed.spaced(number)
        });
        let mut end = number;
        while end > first
            && (matches!(self.lexed.get(end - 1).map(|t| t.kind), Some(TokenKind::Mark(',' | '.')))
                || self.lexed.has(end - 1, Class::Volume)
                || self.lexed.has(end - 1, Class::Issue))
        {
            end -= 1;
        }
        let more = end.checked_sub(1).is_some_and(|before| {
            self.lexed.get(before).is_some_and(|token| token.kind == TokenKind::Number)
        });
        if !counted || parted || more || end == first || self.work.collection_number.is_some() {
            return self.text(Field::CollectionTitle, span, share);
        }
        let name = Span::new(span.start, self.lexed.span(first, end).end);
        self.text(Field::CollectionTitle, name, share);
        let number = self.lexed.span(number, number + 1);
        self.first(Field::CollectionNumber, Value::Text(word.to_owned()), number, share);
    }

    pub(super) fn issue(&mut self, span: Span, share: f32) {
        self.signs.numbered = true;
        let span = self.trim(span);
        let value = compact(self.of(span));
        self.first(Field::Issue, Value::Text(value), span, share);
    }

    /// Whether a number is that of all pages: the word for pages stands behind it, and none
    /// before (`240 p.`).
    pub(super) fn counts_pages(&self, span: Span) -> bool {
        let first = self.lexed.index_at(span.start);
        self.work.get(Field::NumberOfPages).is_none()
            && self.lexed.index_at(span.end) <= first + 2
            && self.lexed.word(first).bytes().all(|b| b.is_ascii_digit())
            && self.lexed.has(first + 1, Class::Page)
            && !self.is_said_before(first, Class::Page)
    }

    /// How many pages there are: the first word of `span`.
    pub(super) fn number_of_pages(&mut self, span: Span, share: f32) {
        let first = self.lexed.index_at(span.start);
        let value = Value::Text(self.lexed.word(first).to_owned());
        self.put(Field::NumberOfPages, value, self.lexed.span(first, first + 1), share);
    }

    pub(super) fn pages(&mut self, span: Span, share: f32) {
        let span = self.trim(span);
        if self.counts_pages(span) {
            return self.number_of_pages(span, share);
        }
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
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        let value = if digits == 0 { value } else { &value[..digits] };
        self.first(Field::Edition, Value::Text(value.to_owned()), span, share);
    }
}

/// A number without the spaces around its dashes and slashes: `3 – 4`.
fn compact(text: &str) -> String {
    let mark = |c: char| matches!(c, '-' | '–' | '—' | '/');
    if !text.contains(mark) {
        return text.to_owned();
    }
    let mut compact = String::with_capacity(text.len());
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
