//! Citations by the number or label of the entry: `[3]`, `[3, 5–7]`, `(3)`, a raised 3, `[Roe10]`.
//!
//! Takes a document and its works, gives the citations; called by
//! [`Extractor::citations`](super::Extractor::citations). Only lists whose entries are counted are
//! cited so, and in one way each: in square brackets, else by raised numbers, else in round
//! brackets, which also count what is enumerated.

use super::prose::{Passage, Prose};
use super::token::{Kind, Token, tokens};
use super::word::{Beside, is};
use super::{Citation, CitationDoubt, CitationForm};
use crate::document::Document;
use crate::extract::marker::{Marker, Style as Counted};
use crate::lexicon::{Class, lexicon};
use crate::span::Span;
use crate::text::Style;
use crate::work::{Field, Work};
use std::collections::HashMap;
use std::ops::Range;

/// How many entries one range may mean.
const LONGEST_RANGE: u32 = 100;
/// The longest bracket, in tokens.
const LONGEST_GROUP: usize = 60;

/// How a text writes the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Way {
    Square,
    Raised,
    Round,
}

/// What the entries are counted and called by.
#[derive(Debug, Default)]
struct Entries {
    numbers: HashMap<u32, usize>,
    labels: HashMap<String, usize>,
    /// Whether round brackets count them.
    is_round: bool,
    most: u32,
}

/// The citations by number and by label; `others` are those that were found by names.
pub(super) fn find(
    document: &Document,
    works: &[Work],
    prose: &Prose,
    others: &[Citation],
) -> Vec<Citation> {
    let entries = entries(document, works, prose);
    let mut found: Vec<(Way, Citation)> = Vec::new();
    let mut labelled = Vec::new();
    let listed = works.len() - prose.noted.len();
    let is_counted = entries.numbers.len() > 1 && entries.numbers.len() * 2 > listed;
    // Raised numbers are those of the notes, where there are notes.
    let has_notes = !prose.noted.is_empty() || prose.passages.iter().any(|it| it.is_note);
    for passage in &prose.passages {
        let text = passage.text.text();
        let all = tokens(text);
        let mut at = 0;
        while at < all.len() {
            let close = closing(&all, at);
            if let Some(close) = close {
                let bracket = all.get(at).map_or("", |token| token.of(text));
                let inside = at + 1..close;
                let square = matches!(bracket, "[" | "［" | "【");
                if square && !entries.labels.is_empty() {
                    labelled.extend(labels(passage, text, &all, inside.clone(), &entries));
                }
                let way = if square { Way::Square } else { Way::Round };
                if is_counted && (square || !enumerates(&all, at, close)) {
                    let group = numbers(passage, text, &all, inside, &entries);
                    found.extend(group.into_iter().map(|citation| (way, citation)));
                }
            }
            at = close.unwrap_or(at) + 1;
        }
        if is_counted && !has_notes {
            found.extend(raised(passage, &entries).into_iter().map(|it| (Way::Raised, it)));
        }
    }
    let hits =
        |way: Way| found.iter().filter(|(own, it)| *own == way && !it.works.is_empty()).count();
    let by_name = others.iter().any(|citation| !citation.works.is_empty());
    let way = if hits(Way::Square) > 0 {
        Some(Way::Square)
    } else if hits(Way::Raised) > 0 && !by_name {
        Some(Way::Raised)
    } else if hits(Way::Round) > usize::from(!entries.is_round) && !by_name {
        Some(Way::Round)
    } else {
        None
    };
    let chosen = found.into_iter().filter(|(own, _)| Some(*own) == way).map(|(_, it)| it);
    chosen.chain(labelled).collect()
}

/// The numbers and labels of the entries.
fn entries(document: &Document, works: &[Work], prose: &Prose) -> Entries {
    let lines = document.lines();
    let mut entries = Entries::default();
    let mut round = 0;
    for (at, work) in works.iter().enumerate() {
        if prose.noted.binary_search(&at).is_ok() {
            continue;
        }
        if let Some(number) = work.text(Field::CitationNumber).and_then(|it| it.parse().ok()) {
            entries.numbers.entry(number).or_insert(at);
        }
        if let Some(label) = work.text(Field::CitationLabel) {
            entries.labels.entry(label.to_owned()).or_insert(at);
        }
        let Some(evidence) = &work.evidence else { continue };
        // A work of another document has no line in this one.
        let span = Span::new(evidence.offset, evidence.offset + evidence.source.len());
        if span.of(document.text()) != Some(evidence.source.as_str()) {
            continue;
        }
        let line = lines.partition_point(|line| line.start() <= evidence.offset).checked_sub(1);
        let Some((line, index)) = line.and_then(|at| Some((lines.get(at)?, at))) else { continue };
        if let Some(number) = line.number {
            entries.numbers.entry(number).or_insert(at);
            continue;
        }
        let opening = document.opening(index, 1, 60);
        let Some(marker) = Marker::of(&opening) else { continue };
        if marker.style == Counted::Label {
            let label = opening.trim_start_matches('[').split(']').next().unwrap_or_default();
            entries.labels.entry(label.to_owned()).or_insert(at);
        } else {
            round += usize::from(marker.style == Counted::Round);
            entries.numbers.entry(marker.number).or_insert(at);
        }
    }
    entries.is_round = round * 2 > works.len();
    entries.most = entries.numbers.keys().max().copied().unwrap_or(0);
    entries
}

fn closing(all: &[Token], open: usize) -> Option<usize> {
    if all.get(open)?.kind != Kind::Open {
        return None;
    }
    let inside = all.iter().enumerate().skip(open + 1).take(LONGEST_GROUP);
    let (at, token) =
        inside.into_iter().find(|(_, it)| matches!(it.kind, Kind::Open | Kind::Close))?;
    (token.kind == Kind::Close).then_some(at)
}

/// Whether a round bracket counts what follows it: `they (1) sleep and (2) eat`.
fn enumerates(all: &[Token], open: usize, close: usize) -> bool {
    let before = open.checked_sub(1).and_then(|at| all.get(at)).map(|token| token.kind);
    let behind = all.get(close + 1).map(|token| token.kind);
    !matches!(before, Some(Kind::Word(_) | Kind::Close))
        || !matches!(
            behind,
            None | Some(
                Kind::Stop | Kind::Comma | Kind::Semicolon | Kind::Close | Kind::Word(false)
            )
        )
}

/// `3, 5–7, p. 12`: numbers and ranges of them, and at the end a place in the last work.
fn numbers(
    passage: &Passage,
    text: &str,
    all: &[Token],
    inside: Range<usize>,
    entries: &Entries,
) -> Vec<Citation> {
    let number = |at: usize| {
        let token = all.get(at).filter(|it| it.kind == Kind::Number && at < inside.end)?;
        token.of(text).parse::<u32>().ok().filter(|&number| number > 0 && number < 1400)
    };
    let mut found: Vec<Citation> = Vec::new();
    let mut at = inside.start;
    while at < inside.end {
        let Some(first) = number(at) else {
            // A place in the work, or something that is no citation.
            let word = all.get(at).map_or("", |token| token.of(text));
            let is_place = lexicon().classes(word).has(Class::Page) || is(word, Beside::Locator);
            let (true, Some(last)) = (is_place, found.last_mut()) else { return Vec::new() };
            let ends = all.get(at).zip(all.get(inside.end - 1));
            let span = ends.map(|(first, last)| Span::new(first.span.start, last.span.end));
            last.locator = span.and_then(|span| span.of(text)).map(str::to_owned);
            break;
        };
        let is_range = all.get(at + 1).is_some_and(|token| token.kind == Kind::Dash);
        let last = if is_range { number(at + 2) } else { Some(first) };
        let Some(last) = last.filter(|&last| last >= first && last - first <= LONGEST_RANGE) else {
            return Vec::new();
        };
        let end = if is_range { at + 3 } else { at + 1 };
        let ends = all.get(at).zip(all.get(end - 1));
        let span = ends.map(|(first, last)| Span::new(first.span.start, last.span.end));
        let works: Vec<usize> =
            (first..=last).filter_map(|number| entries.numbers.get(&number).copied()).collect();
        // `[2010]` is a year, `[1204]` a figure.
        if works.is_empty() && first > entries.most.saturating_mul(2) + 10 {
            return Vec::new();
        }
        let whole = works.len() as u64 == u64::from(last - first) + 1;
        let doubt = (!whole).then_some(CitationDoubt::NoSuchNumber);
        let Some(span) = span.and_then(|span| passage.place(span)) else { return Vec::new() };
        found.push(Citation { span, form: CitationForm::Number, works, locator: None, doubt });
        at = end;
        match all.get(at).map(|token| token.kind).filter(|_| at < inside.end) {
            Some(Kind::Comma | Kind::Semicolon | Kind::Colon) => at += 1,
            None => {}
            Some(_) => return Vec::new(),
        }
    }
    found
}

/// `Roe10, p. 3; Poe12`.
fn labels(
    passage: &Passage,
    text: &str,
    all: &[Token],
    inside: Range<usize>,
    entries: &Entries,
) -> Vec<Citation> {
    let mut found = Vec::new();
    let mut at = inside.start;
    while at < inside.end {
        let end = (at..inside.end)
            .find(|&at| {
                all.get(at).is_some_and(|it| matches!(it.kind, Kind::Comma | Kind::Semicolon))
            })
            .unwrap_or(inside.end);
        let ends = all.get(at).zip(all.get(end.max(at + 1) - 1));
        if let Some((first, last)) = ends {
            let span = Span::new(first.span.start, last.span.end);
            let label = span.of(text).unwrap_or_default();
            if let (Some(&work), Some(span)) = (entries.labels.get(label), passage.place(span)) {
                let form = CitationForm::Label;
                found.push(Citation { span, form, works: vec![work], locator: None, doubt: None });
            }
        }
        at = end + 1;
    }
    found
}

/// Numbers above the line, by the document's marks or by their characters.
fn raised(passage: &Passage, entries: &Entries) -> Vec<Citation> {
    let text = passage.text.text();
    let marked = passage.text.marks().unwrap_or_default().iter();
    let mut spans: Vec<Span> =
        marked.filter(|mark| mark.style == Style::Raised).map(|mark| mark.span).collect();
    let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c);
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (digit(c), open) {
            (Some(_), None) => open = Some(at),
            (None, Some(start)) if !matches!(c, '⁻' | '˒' | ',') => {
                // `m²` is a unit sooner.
                let before = text[..start].chars().rev().take_while(|c| c.is_alphabetic()).count();
                if before != 1 {
                    spans.push(Span::new(start, at));
                }
                open = None;
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for span in spans {
        let raw = span.of(text).unwrap_or_default();
        let plain: String = raw
            .chars()
            .map(|c| match digit(c) {
                Some(value) => char::from_digit(value as u32, 10).unwrap_or(c),
                None if c == '⁻' => '-',
                None => c,
            })
            .collect();
        let all = tokens(&plain);
        let numbers: Option<Vec<u32>> = expand(&plain, &all);
        let works: Option<Vec<usize>> = numbers.and_then(|numbers| {
            numbers.into_iter().map(|number| entries.numbers.get(&number).copied()).collect()
        });
        let (Some(works), Some(span)) = (works.filter(|it| !it.is_empty()), passage.place(span))
        else {
            continue;
        };
        found.push(Citation {
            span,
            form: CitationForm::Number,
            works,
            locator: None,
            doubt: None,
        });
    }
    found
}

/// The numbers of `1,3-5`; `None` where it is something else.
fn expand(text: &str, all: &[Token]) -> Option<Vec<u32>> {
    let mut numbers: Vec<u32> = Vec::new();
    let mut is_range = false;
    for token in all {
        match token.kind {
            Kind::Number => {
                let number = token.of(text).parse().ok()?;
                let from = numbers
                    .last()
                    .copied()
                    .filter(|_| is_range)
                    .map_or(Some(number), |last| last.checked_add(1))?;
                if number < from || number - from > LONGEST_RANGE {
                    return None;
                }
                numbers.extend(from..=number);
                is_range = false;
            }
            Kind::Dash => is_range = true,
            Kind::Comma => {}
            _ => return None,
        }
    }
    Some(numbers)
}
