//! A passage that is being read: its tokens, the phrases and brackets among them, and places in a
//! work (`p. 12`, `12–15`). Called by [`author_date`](super::author_date) and [`note`](super::note).

use super::index::Meaning;
use super::prose::Passage;
use super::token::{Kind, Token, tokens, year};
use super::word::{Beside, is};
use super::{Citation, CitationForm};
use crate::lexicon::{Class, lexicon};
use crate::span::Span;
use std::ops::Range;

/// The longest bracket, in tokens.
const LONGEST_GROUP: usize = 200;
/// The longest place in a work, in bytes.
const LONGEST_LOCATOR: usize = 60;

/// A passage that is being read.
pub(super) struct Page<'a> {
    pub(super) passage: &'a Passage,
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
}

impl<'a> Page<'a> {
    pub(super) fn of(passage: &'a Passage) -> Self {
        let text = passage.text.text();
        Self { passage, text, tokens: tokens(text) }
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    /// The stretch of some tokens.
    pub(super) fn span(&self, range: Range<usize>) -> Option<Span> {
        let last = range.end.checked_sub(1)?;
        Some(Span::new(self.tokens.get(range.start)?.span.start, self.tokens.get(last)?.span.end))
    }

    /// How many tokens the phrase of a class takes up that begins at a token; 0 where none does.
    pub(super) fn phrase(&self, at: usize, class: Class) -> usize {
        let Some(token) = self.tokens.get(at) else { return 0 };
        let rest = self.text.get(token.span.start..).unwrap_or_default();
        let Some(length) = lexicon().phrase(rest, class) else { return 0 };
        let end = token.span.start + length;
        self.tokens.iter().skip(at).take_while(|token| token.span.start < end).count()
    }

    /// The token behind words that lead a citation in: `see e.g.,`
    pub(super) fn behind_leads(&self, range: Range<usize>) -> usize {
        let mut at = range.start;
        while at < range.end {
            let length = self.phrase(at, Class::LeadIn);
            if length > 0 {
                at += length;
            } else if at > range.start
                && matches!(self.kind(at), Some(Kind::Comma | Kind::Stop | Kind::Colon))
            {
                at += 1;
            } else {
                break;
            }
        }
        at.min(range.end)
    }

    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for at in open..self.tokens.len().min(open + LONGEST_GROUP) {
            match self.kind(at)? {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(at);
            }
        }
        None
    }

    pub(super) fn citation(
        &self,
        range: Range<usize>,
        form: CitationForm,
        meaning: Meaning,
    ) -> Option<Citation> {
        let span = self.passage.place(self.span(range)?)?;
        let Meaning { works, doubt } = meaning;
        Some(Citation { span, form, works, locator: None, doubt })
    }

    /// What stands behind a year or a title, where it is a place in the work, and the token behind.
    pub(super) fn locator(&self, range: Range<usize>) -> Option<(String, usize)> {
        let mut at = range.start;
        while matches!(self.kind(at), Some(Kind::Comma | Kind::Colon | Kind::Stop))
            && at < range.end
        {
            at += 1;
        }
        let word = self.word(at);
        let is_page = self.phrase(at, Class::Page) > 0 || is(word, Beside::Locator) || word == "§";
        let is_number = self.kind(at) == Some(Kind::Number) && year(word).is_none();
        if at >= range.end || !is_page && !is_number {
            return None;
        }
        let mut end = at + 1;
        let mut counted = is_number;
        while end < range.end {
            let word = self.word(end);
            let goes_on = match self.kind(end)? {
                Kind::Number => year(word).is_none(),
                Kind::Dash | Kind::Comma | Kind::Stop | Kind::Joint | Kind::Other => true,
                Kind::Word(_) => word.len() <= 5 && word.is_ascii(),
                _ => false,
            };
            if !goes_on {
                break;
            }
            counted |= self.kind(end) == Some(Kind::Number);
            end += 1;
        }
        while end > at && !matches!(self.kind(end - 1), Some(Kind::Number | Kind::Word(_))) {
            end -= 1;
        }
        let text = self.span(at..end)?.of(self.text)?;
        (counted && text.len() <= LONGEST_LOCATOR).then(|| (text.to_owned(), end))
    }
}
