//! Dates and numberings inside a citation's text, and what only looks like one.

use super::{Content, Cutter, Mark};
use crate::grammar::date;
use crate::grammar::numbering::{Numbering, numbering};
use crate::lex::TokenKind;
use crate::lexicon::Class;
use crate::span::Span;

/// How far another year is looked for.
const HORIZON: usize = 60;

impl Cutter<'_, '_> {
    pub(super) fn date_or_numbering(&mut self, at: usize, fresh: bool) -> Option<usize> {
        let lexed = self.lexed;
        let begins = matches!(lexed.get(at)?.kind, TokenKind::Number | TokenKind::Mixed)
            || lexed.has(at, Class::Volume)
            || lexed.has(at, Class::Issue)
            || lexed.has(at, Class::Page)
            || lexed.has(at, Class::Month)
            || lexed.has(at, Class::NoDate)
            || lexed.is_mark(at, '#');
        if !begins {
            return None;
        }
        if let Some((end, found)) = numbering(lexed, at, self.dated || self.has_date()) {
            let last = end >= lexed.len()
                || !matches!(
                    lexed.get(end)?.kind,
                    TokenKind::Word | TokenKind::Number | TokenKind::Mixed
                );
            // `Volume 3: Languages` is a title's, `vol. 3: 12-20` is not
            let titled = found.labelled_volume
                && found.pages.is_none()
                && found.issue.is_none()
                && lexed.is_mark(end, ':')
                && lexed
                    .get(end + 1)
                    .is_some_and(|t| t.kind == TokenKind::Word && !t.classes.has(Class::Page));
            // bare pages are a citation's last word: `Provincial Society, 950-1100. Leiden`
            let unlabelled = found.volume.is_none()
                && found.issue.is_none()
                && found.month.is_none()
                && found.date.is_none()
                && !(lexed.has(at, Class::Page));
            let stray = unlabelled
                && !self.has_container()
                && (end..end + 3).any(|index| {
                    lexed.get(index).is_some_and(|t| {
                        t.kind == TokenKind::Word && !t.classes.has(Class::Available)
                    })
                });
            let behind_text = !fresh
                || self
                    .elements
                    .iter()
                    .any(|e| matches!(e.content, Content::Text | Content::Quoted));
            let behind_text = behind_text && !titled && !stray;
            if (found.strong || fresh && self.mark != Mark::Start && last)
                && behind_text
                && !self.is_title_range(at, end, &found)
            {
                let span = lexed.span(at, end);
                self.push(Content::Numbering(Box::new(found)), span, at, end, false);
                return Some(end);
            }
        }
        if (!self.dated && !self.has_date() || fresh && lexed.has(at, Class::Month))
            && let Ok((rest, typed)) = date::date(lexed.from(at))
            && (date::is_real(&typed.date) || fresh)
        {
            let stop = lexed.text.len() - rest.len();
            let end = lexed.index_at(stop);
            // a year inside a stretch of text ends it only where nothing but marks follow:
            // `Mouton de Gruyter 1986, pp.`, but not `the 1986 elections`
            let ends = matches!(
                lexed.get(end).map(|t| t.kind),
                None | Some(TokenKind::Mark('.' | ',' | ';' | ':' | ')' | '(' | '[' | ']' | '。'))
                    | Some(TokenKind::Link)
            );
            let later_year = !fresh && self.year_follows(end);
            let title_range = fresh && self.mark == Mark::Colon && self.elements.len() == 1;
            if ends
                && !later_year
                && !title_range
                && (fresh && self.mark != Mark::Start
                    || !fresh && !self.elements.is_empty()
                    || self.rest_is_short(end))
            {
                self.push(
                    Content::Date(typed),
                    Span::new(lexed.get(at)?.span.start, stop),
                    at,
                    end,
                    false,
                );
                return Some(end);
            }
        }
        None
    }

    /// `1871–1914` inside a title: a range of years with nothing else.
    pub(super) fn is_title_range(&self, at: usize, end: usize, found: &Numbering) -> bool {
        let text = self.lexed.span(at, end).of(self.lexed.text).unwrap_or("");
        let years =
            text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).all(|part| {
                part.len() == 4 && part.parse::<i32>().is_ok_and(|year| date::YEARS.contains(&year))
            });
        years
            && found.volume.is_none()
            && !self.elements.iter().any(|e| matches!(e.content, Content::Numbering(_)))
            && self.elements.len() + usize::from(self.open.is_some()) <= 1
    }

    /// Whether another year stands behind `end`, which is then the likelier date.
    pub(super) fn year_follows(&self, end: usize) -> bool {
        (end..self.lexed.len().min(end + HORIZON)).any(|index| {
            let word = self.lexed.word(index);
            let dash = |index: usize| {
                self.lexed.get(index).is_some_and(
                    |t| matches!(t.kind, TokenKind::Mark(c) if crate::work::is_page_dash(c)),
                )
            };
            word.len() == 4
                && word.parse().is_ok_and(|year: i32| date::YEARS.contains(&year))
                && !dash(index + 1)
                && !dash(index.wrapping_sub(1))
        })
    }

    pub(super) fn rest_is_short(&self, end: usize) -> bool {
        self.lexed.len() - end <= 2
    }
}
