//! Brackets: a date, numbers, editors, an imprint, a genre, or text like any other.

use super::anchor::{is_edition_inside, is_genre};
use super::stop::QUOTATION;
use super::{Content, Cutter};
use crate::grammar::date;
use crate::grammar::identifier::identifier;
use crate::grammar::numbering::numbering;
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;

impl Cutter<'_, '_> {
    /// A bracket and what is in it.
    pub(super) fn bracket(&mut self, at: usize, open: char) -> usize {
        let lexed = self.lexed;
        let close = match open {
            '[' => ']',
            '（' => '）',
            '【' => '】',
            '<' => '>',
            '⟨' => '⟩',
            _ => ')',
        };
        let Some(end) = bracket_end(lexed, at, open, close) else {
            return at + 1;
        };
        let first = at + 1;
        let inner = lexed.span(first, end);
        // `[M]`, `[J/OL]`: the marks of GB/T 7714 for what a work is
        if open == '[' && inner.of(lexed.text).is_some_and(is_document_code) {
            self.push(Content::Medium, inner, at, end + 1, true);
            return end + 1;
        }
        let whole_text = lexed.from(first);
        // a date, alone or with words behind it
        if let Ok((rest, typed)) = date::date(whole_text) {
            let stop = lexed.text.len() - rest.len();
            let after = lexed.index_at(stop);
            let known = self.dated || self.has_date();
            let title_range = matches!(typed.date.form, crate::work::DateForm::Range(..))
                && self.year_follows(end);
            if after == end && !title_range && (!known || !date::is_real(&typed.date)) {
                self.push(Content::Date(typed), Span::new(inner.start, stop), at, end + 1, true);
                return end + 1;
            }
        }
        if open == '<' || matches!(lexed.get(first).map(|t| t.kind), Some(TokenKind::Link)) {
            self.close(at);
            return first;
        }
        // numbers and identifiers: `(2), 161`, `(pp. 358-386)`, `[doi:…]`
        let strong_numbers = numbering(lexed, first, self.dated || self.has_date())
            .is_some_and(|(stop, found)| stop == end && found.strong);
        let anchored = identifier(inner.of(lexed.text).unwrap_or("")).is_ok()
            || strong_numbers
            || lexed.has(first, Class::Accessed)
            || lexed.phrase(first, Class::EditorBefore).is_some()
            || lexed.phrase(first, Class::TranslatorBefore).is_some()
            || self
                .next_role(first)
                .is_some_and(|(_, role_end, _)| role_end <= end + 1 && end - first > 2)
            || is_edition_inside(lexed, first, end);
        if anchored {
            return self.inside(at, end);
        }
        if lexed.phrase(first, Class::Medium).is_some_and(|stop| stop == end)
            || open == '['
                && (lexed.has(first, Class::Medium) || lexed.has(first, Class::Available))
        {
            self.push(Content::Medium, inner, at, end + 1, true);
            return end + 1;
        }
        if is_genre(lexed, first, end) {
            self.push(Content::Genre, inner, at, end + 1, true);
            return end + 1;
        }
        let apart = self.looks_apart(first, end);
        // `(Mouton, The Hague, 1965)`: an imprint is read as if it stood without the bracket
        if apart && (first..end).any(|index| matches!(lexed.word(index), "," | ":")) {
            return self.inside(at, end);
        }
        // Behind text and before more text it is the text's own.
        let more_follows = matches!(lexed.get(end + 1).map(|t| t.kind), Some(TokenKind::Word))
            && lexed.spaced(end + 1)
            || lexed
                .get(end + 1)
                .is_some_and(|t| !t.space && !matches!(t.kind, TokenKind::Mark(_)));
        if self.open.is_some() && (more_follows || !apart) {
            return end + 1;
        }
        if self.open.is_none() && open == '[' && self.elements.is_empty() {
            // `[Review of …]` as a title
            self.open = Some(first);
            return first;
        }
        self.push(Content::Bracketed, inner, at, end + 1, true);
        end + 1
    }

    /// Reads what stands between the brackets at `open` and `close`.
    pub(super) fn inside(&mut self, open: usize, close: usize) -> usize {
        self.close(open);
        let before = self.elements.len();
        let mut next = open + 1;
        while next < close {
            next = self.step(next).max(next + 1);
        }
        self.close(close);
        for element in &mut self.elements[before..] {
            element.bracketed = true;
        }
        next.max(close) + usize::from(next <= close)
    }

    /// Whether a bracket holds an imprint, `(Mouton, The Hague, 1965)`, or a publisher.
    pub(super) fn looks_apart(&self, first: usize, end: usize) -> bool {
        // `Arbeitspapiere (Köln). 2000;63`: a place in brackets tells journals of one name apart
        let one_place = self.lexed.phrase(first, Class::Place) == Some(end);
        let numbers = (end + 1..end + 4).any(|index| {
            self.lexed.get(index).is_some_and(|token| token.kind == TokenKind::Number)
        });
        let in_book =
            self.elements.iter().any(|e| matches!(e.content, Content::In | Content::Editors(_)));
        if one_place && numbers && !in_book {
            return false;
        }
        (first..end).any(|index| {
            self.lexed.has(index, Class::Publisher)
                || self.lexed.has(index, Class::Place)
                || self.lexed.has(index, Class::Body)
        }) || numbering(self.lexed, first, true).is_some_and(|(stop, _)| stop == end)
    }
}

fn bracket_end(lexed: &Lexed, at: usize, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    for index in at..(at + QUOTATION).min(lexed.len()) {
        if lexed.is_mark(index, open) {
            depth += 1;
        } else if lexed.is_mark(index, close) {
            depth -= 1;
            if depth == 0 {
                return (index > at + 1).then_some(index);
            }
        }
    }
    None
}

/// Whether `text` is a code of GB/T 7714 for a kind of document, with or without its carrier.
fn is_document_code(text: &str) -> bool {
    const KINDS: [&str; 17] =
        ["M", "C", "G", "J", "N", "D", "R", "S", "P", "A", "Z", "DB", "CP", "EB", "CM", "DS", "K"];
    let (kind, carrier) = text.split_once('/').unwrap_or((text, "OL"));
    KINDS.contains(&kind) && matches!(carrier, "OL" | "CD" | "MT" | "DK")
}
