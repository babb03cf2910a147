//! Bodies as authors and editors, whose names may hold an `and` of their own.

use super::list::{NameList, TypedName, text};
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::work::Name;

/// A stretch of text taken for one body, whatever it says.
pub(crate) fn one_body(lexed: &Lexed, start: usize, end: usize, likeness: f32) -> NameList {
    let span = lexed.span(start, end);
    let text = span.of(lexed.text).unwrap_or("").trim_end_matches([',', ';', ':']);
    NameList { names: vec![TypedName { name: Name::body(text), span }], others: false, likeness }
}

/// Bodies: `UNODC and Organization for Security and Cooperation in Europe`.
pub(super) fn bodies(lexed: &Lexed, start: usize, end: usize) -> Option<NameList> {
    let is_head = |at: usize| {
        lexed.has(at, Class::Body)
            && lexed.word(at).starts_with(|c: char| c.is_uppercase() || !c.is_lowercase())
    };
    let initial_follows = (start..end).any(|at| {
        lexed.word(at).chars().count() == 1
            && lexed.word(at).starts_with(char::is_uppercase)
            && lexed.is_mark(at + 1, '.')
            && !lexed.is_mark(at + 3, '.')
    });
    let heads = (start..end).filter(|&at| is_head(at)).count();
    let acronym = |at: usize| {
        let word = lexed.word(at);
        let letters = word.chars().count();
        (2..=10).contains(&letters) && word.chars().all(char::is_uppercase) && word.is_ascii()
    };
    let all_acronym = end - start == 1 && acronym(start) && lexed.word(start).len() >= 3;
    // `The Economist`: an article begins no person's name
    let capitals = (start..end).all(|at| !lexed.word(at).starts_with(char::is_lowercase));
    let article = lexed.word(start) == "The" && end - start <= 6 && capitals;
    if !(heads > 0 && !initial_follows || all_acronym || article) {
        return None;
    }
    // stops inside a body are abbreviations'; a sentence is no body
    let stops = (start..end.saturating_sub(1))
        .filter(|&at| lexed.is_mark(at, '.') && lexed.spaced(at + 1))
        .count();
    let sentences = (start + 1..end.saturating_sub(1)).any(|at| {
        lexed.is_mark(at, ':')
            || lexed.is_mark(at, '.') && lexed.spaced(at + 1) && lexed.word(at - 1).len() > 5
    });
    if stops > 1 || sentences || end - start > 40 {
        return None;
    }
    let mut names = Vec::new();
    let mut from = start;
    for at in start..end {
        let strong = lexed.is_mark(at, ';') || lexed.is_mark(at, '/');
        let and = (lexed.has(at, Class::Conjunction)
            && !lexed.word(at).starts_with(char::is_uppercase))
            || lexed.is_mark(at, '&');
        let left_is_whole = (from..at).any(is_head) || (at - from == 1 && acronym(from));
        // the body's own `and` has no head behind it: `Security and Cooperation in Europe`
        let right_is_whole = at + 1 < end
            && (is_head(at + 1)
                || (at + 2 == end && acronym(at + 1))
                || (at - from == 1 && acronym(from) && (at + 1..end).any(is_head)))
            && !lexed.has(at.wrapping_sub(1), Class::Container);
        if strong && from < at || and && left_is_whole && right_is_whole {
            names.push((from, at));
            from = at + 1;
        }
    }
    names.push((from, end));
    let names: Vec<_> = names
        .into_iter()
        .map(|(from, mut to)| {
            while to > from
                && matches!(lexed.get(to - 1).map(|t| t.kind), Some(TokenKind::Mark(',' | ';')))
            {
                to -= 1;
            }
            TypedName { name: Name::body(text(lexed, from, to)), span: lexed.span(from, to) }
        })
        .filter(|typed| !typed.span.is_empty())
        .collect();
    let likeness = match (all_acronym, article && heads == 0) {
        (true, _) => 0.6,
        (_, true) => 0.4,
        _ => 0.8,
    };
    (!names.is_empty()).then_some(NameList { names, others: false, likeness })
}
