//! Anchors that are no numbers and no names: identifiers, `accessed …`, `available at`, `In:`,
//! editions, genres.

use super::stop::next_is_capital;
use super::{Content, Cutter, Mark};
use crate::grammar::date;
use crate::grammar::identifier::{Identifier, identifier};
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;
use crate::work::Field;

impl Cutter<'_, '_> {
    /// What a grammar is sure of at `at`. `fresh`: nothing is being gathered.
    pub(super) fn anchor(&mut self, at: usize, fresh: bool) -> Option<usize> {
        let lexed = self.lexed;
        let from = lexed.from(at);
        if let Ok((rest, found)) = identifier(from) {
            let end = lexed.index_at(lexed.text.len() - rest.len());
            let (content, value) = match found {
                Identifier::Doi(doi) => (Content::Doi(doi.to_owned()), doi),
                Identifier::Arxiv(number) => (Content::Arxiv(number.to_owned()), number),
                Identifier::Isbn(isbn) => (Content::Number(Field::Isbn), isbn),
                Identifier::Issn(issn) => (Content::Number(Field::Issn), issn),
                Identifier::Pmid(pmid) => (Content::Number(Field::Pmid), pmid),
                Identifier::Pmcid(pmcid) => (Content::Number(Field::Pmcid), pmcid),
            };
            let len = value.len();
            let stop = lexed.text.len() - rest.len();
            let span = Span::new(stop.saturating_sub(len), stop);
            self.push(content, span, at, end, false);
            return Some(end);
        }
        if let Some(next) = self.accessed(at) {
            return Some(next);
        }
        // `Macrophages in: Proceedings`: no mark before, but one behind
        if !fresh
            && lexed.has(at, Class::Container)
            && lexed.is_mark(at + 1, ':')
            && lexed.word(at).len() > 1
            && self.elements.is_empty()
        {
            self.push(Content::In, lexed.span(at, at + 1), at, at + 1, false);
            return Some(at + 2);
        }
        if fresh {
            if let Some(next) = self.role_before(at) {
                return Some(next);
            }
            if let Some(next) = self.container(at) {
                return Some(next);
            }
            if let Some(next) = self.names_with_role(at) {
                return Some(next);
            }
            if let Some(next) = self.available(at) {
                return Some(next);
            }
        }
        if let Some(next) = self.edition(at) {
            return Some(next);
        }
        self.date_or_numbering(at, fresh)
    }

    /// `Accessed 12 May 2010`, `[consulté le 12 mai 2010]`, `2010年5月12日访问` is not read.
    pub(super) fn accessed(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        if !lexed.has(at, Class::Accessed) && lexed.phrase(at, Class::Accessed).is_none() {
            return None;
        }
        let words_end = lexed.phrase(at, Class::Accessed).unwrap_or(at + 1);
        for next in words_end..words_end + 4 {
            if let Ok((rest, typed)) = date::date(lexed.from(next))
                && date::is_real(&typed.date)
            {
                let stop = lexed.text.len() - rest.len();
                let end = lexed.index_at(stop);
                let span = Span::new(lexed.get(next)?.span.start, stop);
                self.push(Content::Accessed(typed), span, at, end, false);
                // `Retrieved 12 May 2010, from http://…`
                let mut after = end;
                while matches!(lexed.word(after), "," | "from" | ":" | "at") && after < end + 4 {
                    after += 1;
                }
                return Some(after);
            }
            let word = lexed.get(next)?;
            let small =
                matches!(word.kind, TokenKind::Mark(':' | ',' | '.')) || word.span.len() <= 4;
            if !small {
                return None;
            }
        }
        None
    }

    /// `available at <http://…>`: words that only lead to an address.
    pub(super) fn available(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        let class = [Class::Available, Class::Medium, Class::Accessed]
            .into_iter()
            .find(|&class| lexed.phrase(at, class).is_some())?;
        let mut next = lexed.phrase(at, class)?;
        let words_end = next;
        while next < words_end + 5
            && matches!(
                lexed.word(next),
                ":" | "<"
                    | ","
                    | "at"
                    | "from"
                    | "on"
                    | "sur"
                    | "en"
                    | "in"
                    | "unter"
                    | "("
                    | "["
                    | "."
                    | "URL"
                    | "a"
            )
        {
            next += 1;
        }
        if matches!(lexed.get(next).map(|t| t.kind), Some(TokenKind::Link))
            || lexed.from(next).get(..3).is_some_and(|s| s.eq_ignore_ascii_case("doi"))
        {
            let span = lexed.span(at, words_end);
            self.push(Content::Medium, span, at, words_end, false);
            return Some(next);
        }
        None
    }

    /// `In:`, `En`, `dans`
    pub(super) fn container(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        if self.mark == Mark::Start || !lexed.has(at, Class::Container) {
            return None;
        }
        let word = lexed.word(at);
        let colon = lexed.is_mark(at + 1, ':') || lexed.is_mark(at + 1, '：');
        let capital = word.starts_with(char::is_uppercase);
        let behind_stop = matches!(self.mark, Mark::Stop | Mark::None | Mark::Exclamation);
        let next_capital = next_is_capital(lexed, at + 1);
        // `v Praze`: a small letter of one sign needs its colon
        let sure = colon
            || (next_capital
                && word.chars().count() > 1
                && (capital && (behind_stop || self.mark == Mark::Comma)
                    || !capital && self.mark != Mark::Colon && word != "an"));
        if !sure {
            return None;
        }
        self.push(Content::In, lexed.span(at, at + 1), at, at + 1, false);
        self.mark = Mark::None;
        Some(at + 1 + usize::from(colon))
    }

    /// `2nd ed.`, `3., überarb. Aufl.`, `Second edition`, `Reprint edition`
    pub(super) fn edition(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        let begins = matches!(lexed.get(at)?.kind, TokenKind::Number | TokenKind::Mixed)
            || lexed.has(at, Class::Revised)
            || lexed.has(at, Class::Ordinal);
        if !begins || self.mark == Mark::Start {
            return None;
        }
        let word = (at + 1..at + 7).find(|&index| lexed.phrase(index, Class::Edition).is_some())?;
        let only_small = (at + 1..word).all(|index| {
            matches!(
                lexed.get(index).map(|t| t.kind),
                Some(TokenKind::Mark('.' | ',' | 'ª' | 'º' | '°'))
            ) || lexed.has(index, Class::Revised)
                || matches!(
                    lexed.word(index),
                    "ed" | "e" | "and" | "und" | "et" | "ª" | "th" | "nd" | "rd" | "st"
                )
        });
        let number = lexed.word(at);
        let plain_year = number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit());
        if !only_small || plain_year {
            return None;
        }
        let end = lexed.phrase(word, Class::Edition)?;
        if lexed.is_mark(end, ')') && lexed.word(word).to_lowercase().starts_with("eds") {
            return None;
        }
        let value_end =
            if number.starts_with(|c: char| c.is_ascii_digit()) || lexed.has(at, Class::Ordinal) {
                at + 1
            } else {
                end
            };
        self.push(Content::Edition, lexed.span(at, value_end), at, end, false);
        Some(end)
    }
}

pub(super) fn is_edition_inside(lexed: &Lexed, first: usize, end: usize) -> bool {
    end - first <= 5
        && (lexed.word(first).starts_with(|c: char| c.is_ascii_digit())
            || lexed.has(first, Class::Revised)
            || lexed.has(first, Class::Ordinal))
        && (first..end).any(|index| lexed.has(index, Class::Edition))
}

/// Whether the tokens say what sort of thesis or report a work is.
pub(crate) fn is_genre(lexed: &Lexed, start: usize, end: usize) -> bool {
    let words =
        (start..end).filter(|&i| lexed.get(i).is_some_and(|t| t.kind == TokenKind::Word)).count();
    let thesis = (start..end).any(|i| lexed.has(i, Class::Thesis));
    let report = lexed.phrase(start, Class::Report).is_some_and(|stop| {
        stop >= end
            || lexed.get(stop).is_some_and(|t| {
                matches!(t.kind, TokenKind::Mark(_) | TokenKind::Number | TokenKind::Mixed)
            })
    });
    let thesis = thesis || lexed.phrase(start, Class::Thesis).is_some_and(|stop| stop >= end);
    let noun = (start..end)
        .any(|i| lexed.has(i, Class::Thesis) && !lexed.has(i, Class::ThesisAdjective))
        || words <= 2;
    thesis && noun && words <= 5 || report && words <= 4
}
