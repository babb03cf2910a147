//! Citations in footnotes and endnotes: works that stand there in full, and short references
//! without a year (`Roe, Harbour watch, p. 3`, `Roe, op. cit., p. 3`).
//!
//! Called by [`Extractor::citations`](super::Extractor::citations) and by the scan of notes.

use super::author_date::Scan;
use super::index::{Index, Meaning};
use super::names::readings;
use super::page::Page;
use super::token::Kind;
use super::{Citation, CitationForm};
use crate::lexicon::Class;
use crate::span::Span;
use crate::text::letters;
use crate::work::Work;
use std::ops::Range;

/// How much of a note's part is compared with titles, in letters.
const LONGEST: usize = 400;
/// How many tokens a name takes up at most.
const NAME: usize = 8;

/// The citations that were found, and with them the works that notes cite in full: each means its
/// entry in the list, or itself where there is none. Where a note's text was understood as short
/// references already, these go before.
pub(super) fn in_full(
    works: &[Work],
    noted: &[usize],
    index: &Index,
    mut citations: Vec<Citation>,
) -> Vec<Citation> {
    citations.sort_by_key(|citation| citation.span.start);
    let mut full = Vec::new();
    let mut spans: Vec<Span> = Vec::new();
    for &at in noted {
        let Some(evidence) = works.get(at).and_then(|work| work.evidence.as_ref()) else {
            continue;
        };
        let span = Span::new(evidence.offset, evidence.offset + evidence.source.len());
        let first = citations.partition_point(|citation| citation.span.start < span.start);
        let mut inside = citations.iter().skip(first).take_while(|it| it.span.start < span.end);
        if inside.any(|citation| !citation.works.is_empty()) {
            continue;
        }
        spans.push(span);
        let means = vec![index.listed(at).unwrap_or(at)];
        let form = CitationForm::Note;
        full.push(Citation { span, form, works: means, locator: None, doubt: None });
    }
    spans.sort();
    // What looks like a citation inside such a work is a part of it: `(Brill, 2011)`.
    citations.retain(|citation| {
        let before = spans.partition_point(|span| span.start <= citation.span.start).checked_sub(1);
        let span = before.and_then(|at| spans.get(at));
        span.is_none_or(|span| citation.span.start >= span.end)
    });
    citations.extend(full);
    citations
}

impl Scan<'_> {
    /// The short references of a note, beside those that were found by their years.
    pub(super) fn short(&mut self, page: &Page<'_>, found: &[Citation]) -> Vec<Citation> {
        let mut short = Vec::new();
        let mut start = 0;
        let end = page.tokens.len();
        while start < end {
            let stop = (start..end).find(|&at| page.kind(at) == Some(Kind::Semicolon));
            let part = start..stop.unwrap_or(end);
            start = part.end + 1;
            let citation = self.part(page, part);
            short.extend(citation.filter(|own| {
                let next = found.partition_point(|it| it.span.end <= own.span.start);
                found.get(next).is_none_or(|it| own.span.end <= it.span.start)
            }));
        }
        short
    }

    fn part(&mut self, page: &Page<'_>, part: Range<usize>) -> Option<Citation> {
        let mut first = page.behind_leads(part.clone());
        // The number that counts the note.
        if page.kind(first) == Some(Kind::Number) && first == part.start {
            first += 1;
            while matches!(page.kind(first), Some(Kind::Stop | Kind::Close)) {
                first += 1;
            }
            first = page.behind_leads(first..part.end);
        }
        if page.phrase(first, Class::Ibidem) > 0 {
            return self.same(page, first, part.end);
        }
        let most = part.end.min(first + NAME);
        let comma =
            (first..most).find(|&at| matches!(page.kind(at), Some(Kind::Comma | Kind::Colon)))?;
        let rest = comma + 1..part.end;
        let all = readings(page.text, &page.tokens, first..comma);
        let mut names = all.iter().filter_map(|reading| reading.names.first());
        let name = names.find(|name| self.index.knows(name))?;
        let text = letters(page.span(rest.clone())?.of(page.text)?, LONGEST);
        let is_cited = rest.clone().find(|&at| page.phrase(at, Class::OpCit) > 0);
        let work = match is_cited {
            Some(_) => self.index.last_of(name, &self.cited)?,
            None => self.index.titled(name, &text)?,
        };
        self.remember(&[work]);
        let page_word = rest.clone().rev().find(|&at| page.phrase(at, Class::Page) > 0);
        let number = || rest.clone().rev().find(|&at| page.kind(at) == Some(Kind::Number));
        let place = page_word.or_else(number);
        let locator = place.and_then(|at| page.locator(at..part.end));
        let end = locator.as_ref().map_or(part.end, |(_, end)| *end);
        let meaning = Meaning { works: vec![work], doubt: None };
        let mut citation = page.citation(first..end, CitationForm::Note, meaning)?;
        citation.locator = locator.map(|(text, _)| text);
        Some(citation)
    }
}
