//! The names before a year in running text.
//!
//! Takes tokens that end before a year or a bracket, gives the names that stand there, longest
//! reading first. Called by [`author_date`](super::author_date).

use super::token::{Kind, Token};
use super::word::{Beside, is};
use crate::lexicon::{Class, lexicon};
use crate::span::Span;
use std::ops::Range;

/// How many tokens names may take up.
const MOST_TOKENS: usize = 30;

/// One reading of names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading<'a> {
    pub(super) names: Vec<&'a str>,
    /// Whether more are meant.
    pub(super) others: bool,
    /// The tokens that it takes up.
    pub(super) tokens: Range<usize>,
}

/// The tokens before `end`, back to `start`, that may be of names.
pub(super) fn reach(text: &str, tokens: &[Token], start: usize, end: usize) -> usize {
    let mut at = end;
    while at > start && end - at < MOST_TOKENS {
        let Some(token) = tokens.get(at - 1) else { break };
        let word = token.of(text);
        let fits = match token.kind {
            Kind::Word(true) => true,
            Kind::Word(false) => is_small_part(word) || is_of_others(text, tokens, at - 1),
            Kind::Joint | Kind::Comma => true,
            Kind::Stop => {
                at >= 2
                    && tokens.get(at - 2).is_some_and(|before| {
                        let before = before.of(text);
                        before.chars().count() <= 2 || is_etal_word(text, tokens, at - 2)
                    })
            }
            Kind::Dash => false,
            Kind::Number
            | Kind::Open
            | Kind::Close
            | Kind::Semicolon
            | Kind::Colon
            | Kind::Other => false,
        };
        if !fits {
            break;
        }
        at -= 1;
    }
    // Neither a comma nor a conjunction begins a name.
    while at < end && tokens.get(at).is_some_and(|token| !begins_name(text, token)) {
        at += 1;
    }
    at
}

fn begins_name(text: &str, token: &Token) -> bool {
    match token.kind {
        Kind::Word(true) => true,
        Kind::Word(false) => lexicon().classes(token.of(text)).has(Class::Particle),
        _ => false,
    }
}

/// Whether a word in small letters may stand within names: a particle, a conjunction, a word of a
/// body's name.
fn is_small_part(word: &str) -> bool {
    let classes = lexicon().classes(word);
    classes.has(Class::Particle)
        || classes.has(Class::Conjunction)
        || classes.has(Class::Function)
        || word == "s"
}

fn is_of_others(text: &str, tokens: &[Token], at: usize) -> bool {
    is_etal_word(text, tokens, at)
        || tokens.get(at).is_some_and(|token| is(token.of(text), Beside::Others))
}

/// Whether the token belongs to a phrase for further names: `et al.`
fn is_etal_word(text: &str, tokens: &[Token], at: usize) -> bool {
    (at.saturating_sub(3)..=at).any(|from| etal(text, tokens, from).is_some_and(|end| end > at))
}

/// The token behind a phrase for further names that begins at `at`: `et al.`, `and colleagues`.
fn etal(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let start = tokens.get(at)?.span.start;
    let rest = text.get(start..)?;
    if let Some(length) = lexicon().phrase(rest, Class::EtAl) {
        let end = start + length;
        return Some(at + tokens.iter().skip(at).take_while(|it| it.span.start < end).count());
    }
    let word = tokens.get(at)?.of(text);
    let joins = lexicon().classes(word).has(Class::Conjunction) || word == "&";
    let mut behind = at + 1;
    // `and her colleagues`
    while joins && behind < at + 3 {
        let next = tokens.get(behind)?.of(text);
        behind += 1;
        if is(next, Beside::Others) {
            return Some(behind);
        }
    }
    None
}

/// The readings of the tokens `range` as names: from each place where names may begin, the longest
/// first, once as one body and once as several names.
pub(super) fn readings<'a>(
    text: &'a str,
    tokens: &[Token],
    range: Range<usize>,
) -> Vec<Reading<'a>> {
    let mut found = Vec::new();
    let mut end = range.end;
    while end > range.start
        && tokens.get(end - 1).is_some_and(|it| {
            matches!(it.kind, Kind::Comma | Kind::Joint) || matches!(it.of(text), "s" | "’" | "'")
        })
    {
        end -= 1;
    }
    for start in range.start..end {
        let starts = tokens.get(start).is_some_and(|token| begins_name(text, token));
        if !starts {
            continue;
        }
        let several = several(text, tokens, start..end);
        let whole = stretch(text, tokens, start..end);
        let is_other = several.names.len() > 1 || several.names.first() != Some(&whole);
        if is_other && !several.others {
            found.push(Reading { names: vec![whole], others: false, tokens: start..end });
        }
        if !several.names.is_empty() {
            found.push(several);
        }
    }
    found
}

fn stretch<'a>(text: &'a str, tokens: &[Token], range: Range<usize>) -> &'a str {
    let ends = tokens.get(range.start).zip(tokens.get(range.end.saturating_sub(1)));
    let span = ends.map(|(first, last)| Span::new(first.span.start, last.span.end));
    possessive(span.and_then(|span| span.of(text)).unwrap_or(""))
}

/// A name without the ending of a genitive: `Roe’s`.
fn possessive(name: &str) -> &str {
    ["'s", "’s", "'", "’"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

/// The tokens as names with commas, conjunctions and marks between; initials and given names do
/// not count.
fn several<'a>(text: &'a str, tokens: &[Token], range: Range<usize>) -> Reading<'a> {
    let mut reading = Reading { tokens: range.clone(), ..Reading::default() };
    let mut from = range.start;
    let mut at = range.start;
    let flush = |from: usize, to: usize, names: &mut Vec<&'a str>| {
        if let Some(range) = family(text, tokens, from..to) {
            names.push(stretch(text, tokens, range));
        }
    };
    while at < range.end {
        let Some(token) = tokens.get(at) else { break };
        if let Some(behind) = etal(text, tokens, at).filter(|_| at > range.start) {
            flush(from, at, &mut reading.names);
            reading.others = true;
            at = behind;
            from = behind;
            continue;
        }
        let word = token.of(text);
        let divides = matches!(token.kind, Kind::Comma | Kind::Joint)
            || matches!(token.kind, Kind::Word(_))
                && lexicon().classes(word).has(Class::Conjunction)
                && !word.chars().next().is_some_and(char::is_uppercase)
                && !lexicon().classes(word).has(Class::Particle);
        if divides {
            flush(from, at, &mut reading.names);
            from = at + 1;
        }
        at += 1;
    }
    flush(from, range.end, &mut reading.names);
    reading
}

/// The family name among the tokens of one name: without initials and full stops before and
/// behind.
fn family(text: &str, tokens: &[Token], range: Range<usize>) -> Option<Range<usize>> {
    let is_initial = |at: usize| {
        tokens.get(at).is_none_or(|token| {
            let word = token.of(text);
            !matches!(token.kind, Kind::Word(_))
                || word.chars().count() == 1 && !word.chars().any(super::token::is_unspaced)
        })
    };
    let (mut start, mut end) = (range.start, range.end);
    while start < end && is_initial(start) {
        start += 1;
    }
    while end > start && is_initial(end - 1) {
        end -= 1;
    }
    (start < end).then_some(start..end)
}
