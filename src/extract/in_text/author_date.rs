//! Citations by names and years: `(see Roe 2010, 12–15; cf. Poe/Doe 2012a)`, `Roe’s (2010)`,
//! `Roe et al. (2010a, b)`, `(ibid., p. 3)`.
//!
//! Takes passages one after the other, gives their [`Citation`]s. Called by
//! [`Extractor::citations`](super::Extractor::citations). What has no entry is given where nothing
//! but names, a year and a place stand there, and the names are no words of the document's, months
//! or places.

use super::index::{Index, Meaning, When};
use super::names::{Reading, reach, readings};
use super::page::Page;
use super::prose::{Passage, Prose};
use super::token::{Kind, is_unspaced, year};
use super::word::{Beside, is};
use super::{Citation, CitationDoubt, CitationForm};
use crate::lexicon::{Class, lexicon};
use std::collections::HashMap;
use std::ops::Range;

/// How far before a year in brackets its name may stand, in tokens.
const SENTENCE: usize = 40;

/// Walks through the passages, and remembers what was cited.
pub(super) struct Scan<'a> {
    pub(super) index: &'a Index,
    prose: &'a Prose,
    /// What was cited last, for `ibid.`
    last: Vec<usize>,
    /// When each work was cited last.
    pub(super) cited: HashMap<usize, usize>,
    /// How many citations there were.
    now: usize,
}

/// A year as it stands: when, a second year that may be meant, and its tokens.
type Stated = (When, Option<i32>, Range<usize>);

impl<'a> Scan<'a> {
    pub(super) fn new(index: &'a Index, prose: &'a Prose) -> Self {
        Self { index, prose, last: Vec::new(), cited: HashMap::new(), now: 0 }
    }

    /// The citations of a passage, in their order.
    pub(super) fn passage(&mut self, passage: &Passage) -> Vec<Citation> {
        let page = Page::of(passage);
        let mut found = Vec::new();
        let mut at = 0;
        let mut floor = 0;
        while at < page.tokens.len() {
            let close = (page.kind(at) == Some(Kind::Open)).then(|| page.closing(at)).flatten();
            if let Some(close) = close {
                let group = self.group(&page, floor, at, close);
                if !group.is_empty() {
                    found.extend(group);
                    floor = close + 1;
                    at = close;
                }
            } else if year(page.word(at)).is_some()
                && let Some((citations, behind)) = self.bare(&page, floor, at)
            {
                found.extend(citations);
                floor = behind;
                at = behind.max(at + 1) - 1;
            }
            at += 1;
        }
        if passage.is_note {
            let short = self.short(&page, &found);
            found.extend(short);
            found.sort_by_key(|citation| citation.span.start);
            if let Some(last) = found.iter().rfind(|citation| !citation.works.is_empty()) {
                self.last.clone_from(&last.works);
            }
        }
        found
    }

    pub(super) fn remember(&mut self, works: &[usize]) {
        if works.is_empty() {
            return;
        }
        self.last = works.to_vec();
        self.now += 1;
        let now = self.now;
        for &work in works {
            self.cited.insert(work, now);
        }
    }

    /// The citations of a bracket from token `open` to `close`.
    fn group(&mut self, page: &Page<'_>, floor: usize, open: usize, close: usize) -> Vec<Citation> {
        let mut found = Vec::new();
        let mut carried: Option<(Vec<&str>, bool)> = None;
        let mut start = open + 1;
        while start < close {
            let end = (start..close).find(|&at| page.kind(at) == Some(Kind::Semicolon));
            let part = start..end.unwrap_or(close);
            start = part.end + 1;
            let first = page.behind_leads(part.clone());
            if page.phrase(first, Class::Ibidem) > 0 {
                found.extend(self.same(page, first, part.end));
            } else if self.is_time(page, first) {
                if part.start == open + 1 {
                    let before = reach(page.text, &page.tokens, floor, open);
                    found.extend(self.narrative(
                        page,
                        before..open,
                        first..part.end,
                        floor,
                        &mut carried,
                    ));
                } else if let Some((names, others)) = carried.clone() {
                    found.extend(self.dated(page, &names, others, None, first..part.end));
                }
            } else {
                found.extend(self.parenthetic(page, part, first, &mut carried));
            }
        }
        found
    }

    fn is_time(&self, page: &Page<'_>, at: usize) -> bool {
        year(page.word(at)).is_some()
            || page.phrase(at, Class::NoDate) > 0 && page.word(at).contains('.')
            || page.phrase(at, Class::NoDate) > 1
            || page.phrase(at, Class::Forthcoming) > 0
    }

    /// `(ibid., p. 3)`.
    pub(super) fn same(&mut self, page: &Page<'_>, at: usize, end: usize) -> Option<Citation> {
        let behind = at + page.phrase(at, Class::Ibidem);
        let doubt = self.last.is_empty().then_some(CitationDoubt::NothingBefore);
        let locator = page.locator(behind..end);
        let stop = locator.as_ref().map_or(behind, |(_, stop)| *stop);
        let meaning = Meaning { works: self.last.clone(), doubt };
        let form = if page.passage.is_note { CitationForm::Note } else { CitationForm::AuthorDate };
        let mut citation = page.citation(at..stop, form, meaning)?;
        citation.locator = locator.map(|(text, _)| text);
        self.remember(&citation.works.clone());
        Some(citation)
    }

    /// `Roe (2010: 12)`; the names stand at `names`.
    fn narrative<'p>(
        &mut self,
        page: &Page<'p>,
        names: Range<usize>,
        times: Range<usize>,
        floor: usize,
        carried: &mut Option<(Vec<&'p str>, bool)>,
    ) -> Vec<Citation> {
        let (stated, _) = self.years(page, times.clone());
        let Some((when, second, _)) = stated.first().cloned() else { return Vec::new() };
        let all = readings(page.text, &page.tokens, names.clone());
        if let Some(reading) = self.best(&all, when, second) {
            *carried = Some((reading.names.clone(), reading.others));
            let before = Some(reading.tokens.start);
            return self.dated(page, &reading.names, reading.others, before, times);
        }
        if let Some(name) = self.unspaced(page, names.end, when) {
            *carried = Some((vec![name], false));
            return self.dated(page, &[name], false, Some(names.end - 1), times);
        }
        if let Some(citation) = self.apart(page, floor, names.end, when, times.clone()) {
            return vec![citation];
        }
        // `As Roe and Poe (2004)`: a word that opens the sentence is no name.
        let opens = |at: usize| {
            let word = page.word(at).to_lowercase();
            lexicon().classes(&word).has(Class::Function) || self.prose.small.contains(&word)
        };
        let start = names.clone().find(|&at| !opens(at)).unwrap_or(names.end);
        let plain = all.iter().rfind(|reading| reading.tokens.start == start);
        let is_acronym = |name: &&str| !name.chars().any(char::is_lowercase);
        match plain {
            Some(reading)
                if self.is_plain(page, reading) && !reading.names.iter().any(is_acronym) =>
            {
                *carried = Some((reading.names.clone(), reading.others));
                self.dated(page, &reading.names, reading.others, Some(start), times)
            }
            _ => Vec::new(),
        }
    }

    /// `(see Roe, 2010, p. 12, Poe 2012)`: one part of a bracket, without what leads in.
    fn parenthetic<'p>(
        &mut self,
        page: &Page<'p>,
        part: Range<usize>,
        first: usize,
        carried: &mut Option<(Vec<&'p str>, bool)>,
    ) -> Vec<Citation> {
        let mut found = Vec::new();
        let mut from = first;
        while let Some(time) = (from..part.end).find(|&at| self.is_time(page, at)) {
            let end = self.before_brackets(page, from, time);
            let start = reach(page.text, &page.tokens, from, end);
            let (stated, behind) = self.years(page, time..part.end);
            let all = readings(page.text, &page.tokens, start..end);
            let Some((when, second, _)) = stated.first().cloned() else { break };
            let known = self.best(&all, when, second);
            let whole = all.iter().rfind(|reading| reading.tokens.start == start);
            let rest = behind..part.end;
            let is_last = !(rest.clone()).any(|at| self.is_time(page, at));
            let clean = start == from && (!is_last || self.ends_plainly(page, rest));
            let reading = match known {
                Some(reading) => Some(reading),
                None => whole.filter(|reading| clean && self.is_plain(page, reading)),
            };
            if let Some(reading) = reading {
                *carried = Some((reading.names.clone(), reading.others));
                let times = time..part.end;
                let before = Some(reading.tokens.start);
                found.extend(self.dated(page, &reading.names, reading.others, before, times));
            }
            from = behind.max(time + 1);
            while matches!(page.kind(from), Some(Kind::Comma)) && from < part.end {
                from += 1;
            }
        }
        found
    }

    /// Where the names end before a year: before a bracket that holds their abbreviation.
    fn before_brackets(&self, page: &Page<'_>, from: usize, time: usize) -> usize {
        let mut end = time;
        while end > from && matches!(page.kind(end - 1), Some(Kind::Comma)) {
            end -= 1;
        }
        if end > from && page.kind(end - 1) == Some(Kind::Close) {
            let open = (from..end).rev().take(12).find(|&at| page.kind(at) == Some(Kind::Open));
            return open.unwrap_or(time);
        }
        time
    }

    /// Whether nothing stands behind the year, or a place in the work alone.
    fn ends_plainly(&self, page: &Page<'_>, rest: Range<usize>) -> bool {
        let end = page.locator(rest.clone()).map_or(rest.start, |(_, end)| end);
        (end..rest.end).all(|at| !matches!(page.kind(at), Some(Kind::Word(_) | Kind::Number)))
    }

    /// A name and a year without brackets, where a work has both.
    fn bare(&mut self, page: &Page<'_>, floor: usize, at: usize) -> Option<(Vec<Citation>, usize)> {
        let start = reach(page.text, &page.tokens, floor, at);
        if start == at {
            return None;
        }
        let (stated, behind) = self.years(page, at..at + 1);
        let (when, second, _) = stated.first().cloned()?;
        let all = readings(page.text, &page.tokens, start..at);
        let reading = self.best(&all, when, second)?;
        let meaning = self.index.find(&reading.names, reading.others, when)?;
        if meaning.works.is_empty() {
            return None;
        }
        let end = page.tokens.len().min(behind + 12);
        let found =
            self.dated(page, &reading.names, reading.others, Some(reading.tokens.start), at..end);
        let behind = page.locator(behind..end).map_or(behind, |(_, behind)| behind);
        Some((found, behind))
    }

    /// The first reading that is a work of that time; else the first that is a work of another.
    fn best<'r, 'p>(
        &self,
        all: &'r [Reading<'p>],
        when: When,
        second: Option<i32>,
    ) -> Option<&'r Reading<'p>> {
        let is_then = |reading: &&Reading<'_>| {
            let found = |when| self.index.find(&reading.names, reading.others, when);
            let means = |when| found(when).is_some_and(|meaning| !meaning.works.is_empty());
            means(when) || second.is_some_and(|year| means(When::Year(year, None)))
        };
        let is_known = |reading: &&Reading<'_>| {
            reading.names.first().is_some_and(|name| self.index.knows(name))
        };
        all.iter().find(is_then).or_else(|| all.iter().find(is_known))
    }

    /// The citations of names at one or more times, which begin the tokens `times`. `before` is the
    /// first token of the names, where they belong to the place.
    fn dated(
        &mut self,
        page: &Page<'_>,
        names: &[&str],
        others: bool,
        before: Option<usize>,
        times: Range<usize>,
    ) -> Vec<Citation> {
        let (stated, behind) = self.years(page, times.clone());
        let count = stated.len();
        let mut found = Vec::new();
        for (number, (when, second, range)) in stated.into_iter().enumerate() {
            let not_listed =
                || Meaning { works: Vec::new(), doubt: Some(CitationDoubt::NotListed) };
            let mut meaning = self.index.find(names, others, when).unwrap_or_else(not_listed);
            if let (true, Some(year)) = (meaning.works.is_empty(), second) {
                let other = self.index.find(names, others, When::Year(year, None));
                meaning = other.filter(|other| !other.works.is_empty()).unwrap_or(meaning);
            }
            let last = number + 1 == count;
            let locator = last.then(|| page.locator(behind..times.end)).flatten();
            let start = if number == 0 { before.unwrap_or(range.start) } else { range.start };
            let end = locator.as_ref().map_or(range.end, |(_, end)| *end);
            self.remember(&meaning.works);
            let form =
                if page.passage.is_note { CitationForm::Note } else { CitationForm::AuthorDate };
            if let Some(mut citation) = page.citation(start..end, form, meaning) {
                citation.locator = locator.map(|(text, _)| text);
                found.push(citation);
            }
        }
        found
    }

    /// The times that stand from a token on, and the token behind them.
    fn years(&self, page: &Page<'_>, range: Range<usize>) -> (Vec<Stated>, usize) {
        let mut found: Vec<Stated> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let undated = page.phrase(at, Class::NoDate).max(page.phrase(at, Class::Forthcoming));
            let Some((number, letter)) = year(page.word(at)) else {
                if undated > 0 && self.is_time(page, at) {
                    found.push((When::Undated, None, at..at + undated));
                    at += undated;
                }
                break;
            };
            let start = at;
            at += 1;
            let mut second = None;
            if matches!(page.kind(at), Some(Kind::Dash | Kind::Joint))
                && page.kind(at + 1) == Some(Kind::Number)
                && at + 1 < range.end
            {
                second = year(page.word(at + 1)).map(|(year, _)| year);
                at += 2;
            }
            found.push((When::Year(number, letter), second, start..at));
            // `2010a, b`
            while letter.is_some()
                && page.kind(at) == Some(Kind::Comma)
                && at + 1 < range.end
                && page.word(at + 1).len() == 1
                && page.word(at + 1).chars().all(|c| c.is_ascii_lowercase())
            {
                let letter = page.word(at + 1).chars().next();
                found.push((When::Year(number, letter), None, at + 1..at + 2));
                at += 2;
            }
            let joins = matches!(page.kind(at), Some(Kind::Comma | Kind::Joint))
                || lexicon().classes(page.word(at)).has(Class::Conjunction);
            if joins && at + 1 < range.end && year(page.word(at + 1)).is_some() {
                at += 1;
            } else {
                break;
            }
        }
        (found, at)
    }

    /// A name of a script without spaces, which the words before it run into.
    fn unspaced<'p>(&self, page: &Page<'p>, end: usize, when: When) -> Option<&'p str> {
        let word = page.word(end.checked_sub(1)?);
        let places: Vec<usize> = word.char_indices().rev().take(6).map(|(at, _)| at).collect();
        let tails = places.into_iter().rev().filter_map(|at| word.get(at..));
        let mut tails = tails.filter(|tail| tail.chars().all(is_unspaced));
        tails.find(|tail| {
            self.index.find(&[tail], false, when).is_some_and(|found| !found.works.is_empty())
        })
    }

    /// A year alone in brackets, whose name stands earlier in the sentence.
    fn apart(
        &mut self,
        page: &Page<'_>,
        floor: usize,
        open: usize,
        when: When,
        times: Range<usize>,
    ) -> Option<Citation> {
        let lowest = floor.max(open.saturating_sub(SENTENCE));
        let ends = |at: usize| {
            page.kind(at) == Some(Kind::Stop) && at > 0 && page.word(at - 1).chars().count() > 2
        };
        let mut seen: Option<Vec<usize>> = None;
        for at in (lowest..open).rev().take_while(|&at| !ends(at)) {
            if page.kind(at) != Some(Kind::Word(true)) {
                continue;
            }
            let reading = readings(page.text, &page.tokens, at..at + 1);
            let Some(reading) = reading.first() else { continue };
            let found = self.index.find(&reading.names, false, when);
            let works = found.map(|found| found.works).unwrap_or_default();
            if works.len() == 1 && seen.as_ref().is_none_or(|seen| *seen == works) {
                seen = Some(works);
            } else if !works.is_empty() {
                return None;
            }
        }
        let works = seen?;
        self.remember(&works);
        let doubt = Some(CitationDoubt::NameApart);
        let locator = page.locator(times.start + 1..times.end);
        let end = locator.as_ref().map_or(times.start + 1, |(_, end)| *end);
        let meaning = Meaning { works, doubt };
        let mut citation = page.citation(times.start..end, CitationForm::AuthorDate, meaning)?;
        citation.locator = locator.map(|(text, _)| text);
        Some(citation)
    }

    /// Whether names can be nothing but names, as far as their words tell.
    fn is_plain(&self, page: &Page<'_>, reading: &Reading<'_>) -> bool {
        let start = reading.tokens.start;
        let before = start.checked_sub(1).map(|at| page.word(at));
        if before.is_some_and(|word| is(word, Beside::Article)) {
            return false;
        }
        !reading.names.is_empty()
            && reading.names.iter().all(|name| {
                let first = name.split_whitespace().next().unwrap_or_default();
                let last = name.split_whitespace().next_back().unwrap_or_default();
                let small = last.to_lowercase();
                let classes = lexicon().classes(last);
                let is_place = lexicon().phrase(name, Class::Place) == Some(name.len());
                name.chars().filter(|c| c.is_alphabetic()).count() > 1
                    && last.chars().next().is_some_and(|c| !c.is_lowercase())
                    && !is_place
                    && ![Class::Month, Class::Place, Class::Publisher, Class::Function]
                        .into_iter()
                        .any(|class| classes.has(class))
                    && ![Beside::Label, Beside::Unnamed]
                        .into_iter()
                        .any(|class| is(last, class) || is(first, class))
                    && lexicon().month(first).is_none()
                    && !is(first, Beside::Article)
                    && crate::text::roman(&small).is_none()
                    && !self.prose.small.contains(&small)
            })
    }
}
