//! What a stretch of text looks like: its words, its marks, its neighbours.

use crate::citation::element::{Content, Element, Mark, is_genre};
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;

/// What an element of text looks like, by itself and among its neighbours.
pub(super) struct Look {
    pub(super) mark: Mark,
    pub(super) words: usize,
    pub(super) lower: f32,
    pub(super) starts_lower: bool,
    pub(super) journal: usize,
    pub(super) conference: usize,
    pub(super) publisher: usize,
    pub(super) body: usize,
    pub(super) places: bool,
    pub(super) some_place: bool,
    pub(super) thesis: bool,
    pub(super) genre: bool,
    pub(super) series: bool,
    pub(super) quoted: bool,
    pub(super) bracketed: bool,
    pub(super) first: bool,
    pub(super) last: bool,
    /// `In:` stands between this and the text before.
    pub(super) after_in: bool,
    /// Editors stand between.
    pub(super) after_editors: bool,
    pub(super) after_numbering: bool,
    pub(super) after_date: bool,
    pub(super) before_numbering: bool,
    /// A date and then numbers follow.
    pub(super) before_date_numbering: bool,
    pub(super) before_editors: bool,
    pub(super) before_in: bool,
    pub(super) next_mark: Mark,
    pub(super) ends_with_number: bool,
    pub(super) abbreviated: bool,
    /// `Capitalised Words Only`, short
    pub(super) title_case: bool,
    pub(super) quoted_before: bool,
    pub(super) numbering_ahead: bool,
    /// `…, and Possibility`: the text before goes on.
    pub(super) joined: bool,
    /// `Milton, Queensland:`: a place and a colon follow behind a comma.
    pub(super) before_place: bool,
    /// `San Mateo, CA`: a state or country follows behind a comma.
    pub(super) before_region: bool,
    /// The text before is a place.
    pub(super) behind_place: bool,
    /// A place and its publisher stand behind.
    pub(super) imprint_ahead: bool,
    /// How much the numbers behind speak for a container.
    pub(super) numbers: f32,
}

/// The look of text number `nth` of `texts`, which are indices of elements.
pub(super) fn look(lexed: &Lexed, elements: &[Element], texts: &[usize], nth: usize) -> Look {
    let index = texts[nth];
    let element = &elements[index];
    let tokens = element.start..element.end;
    let is = |i: usize, class| lexed.has(i, class);
    let words: Vec<usize> = tokens
        .clone()
        .filter(|&i| {
            lexed.get(i).is_some_and(|t| {
                matches!(t.kind, TokenKind::Word | TokenKind::Mixed | TokenKind::Number)
            })
        })
        .collect();
    let count = |class: Class| {
        words
            .iter()
            .filter(|&&i| is(i, class) && !lexed.word(i).starts_with(char::is_lowercase))
            .count()
    };
    let lower = words.iter().filter(|&&i| lexed.word(i).starts_with(char::is_lowercase)).count();
    let since = if nth == 0 { 0 } else { texts[nth - 1] + 1 };
    let until = texts.get(nth + 1).copied().unwrap_or(elements.len());
    let between = &elements[since..index];
    let behind = &elements[index + 1..until];
    let has =
        |slice: &[Element], test: fn(&Content) -> bool| slice.iter().any(|e| test(&e.content));
    let next = elements.get(index + 1);
    let numbering = |c: &Content| matches!(c, Content::Numbering(n) if n.volume.is_some() || n.issue.is_some() || n.month.is_some());
    let any_numbering: fn(&Content) -> bool = |c| matches!(c, Content::Numbering(_));
    let date: fn(&Content) -> bool = |c| matches!(c, Content::Date(_));
    let editors: fn(&Content) -> bool =
        |c| matches!(c, Content::Editors(_) | Content::Translators(_));
    let place_end = place_prefix(lexed, element.start, element.end);
    let known_places = words.iter().filter(|&&i| is(i, Class::Place)).count();
    Look {
        mark: element.mark,
        words: words.len(),
        lower: lower as f32 / words.len().max(1) as f32,
        starts_lower: words.first().is_some_and(|&i| lexed.word(i).starts_with(char::is_lowercase)),
        journal: count(Class::Journal),
        conference: count(Class::Conference),
        publisher: count(Class::Publisher),
        body: words.iter().filter(|&&i| is(i, Class::Body)).count(),
        places: place_end == element.end && !words.is_empty(),
        some_place: place_end > element.start || known_places > 0,
        thesis: words.iter().any(|&i| is(i, Class::Thesis)),
        genre: is_genre(lexed, element.start, element.end),
        series: words.iter().any(|&i| is(i, Class::Series)),
        quoted: matches!(element.content, Content::Quoted),
        bracketed: matches!(element.content, Content::Bracketed) || element.bracketed,
        first: nth == 0,
        last: nth + 1 == texts.len(),
        after_in: has(between, |c| matches!(c, Content::In)),
        after_editors: has(between, editors),
        after_numbering: elements[..index].iter().any(|e| any_numbering(&e.content) && matches!(&e.content, Content::Numbering(n) if n.volume.is_some() || n.pages.is_some() && n.issue.is_none())),
        after_date: has(between, date),
        before_numbering: next.is_some_and(|e| numbering(&e.content)),
        before_date_numbering: next.is_some_and(|e| date(&e.content)) && elements.get(index + 2).is_some_and(|e| numbering(&e.content)),
        before_editors: has(behind, editors),
        before_in: has(behind, |c| matches!(c, Content::In)),
        next_mark: next.map_or(Mark::Stop, |e| e.mark),
        ends_with_number: words.last().is_some_and(|&i| lexed.get(i).is_some_and(|t| t.kind == TokenKind::Number)),
        abbreviated: tokens.clone().any(|i| lexed.is_mark(i, '.') && i > element.start && lexed.get(i - 1).is_some_and(|t| t.kind == TokenKind::Word && t.span.len() >= 3)),
        title_case: lower == 0,
        quoted_before: nth > 0 && matches!(elements[texts[nth - 1]].content, Content::Quoted),
        behind_place: nth > 0 && {
            let before = &elements[texts[nth - 1]];
            place_prefix(lexed, before.start, before.end) == before.end
        },
        before_region: texts.get(nth + 1).is_some_and(|&following| {
            let after = &elements[following];
            following == index + 1 && after.mark == Mark::Comma && lexed.phrase(after.start, Class::Region).is_some_and(|stop| stop >= after.end)
        }),
        imprint_ahead: texts[nth + 1..].windows(2).any(|pair| {
            let (place, publisher) = (&elements[pair[0]], &elements[pair[1]]);
            publisher.mark == Mark::Colon && place_prefix(lexed, place.start, place.end) == place.end
        }),
        before_place: texts.get(nth + 1).is_some_and(|&following| {
            let after = &elements[following];
            following == index + 1
                && after.mark == Mark::Comma
                && place_prefix(lexed, after.start, after.end) == after.end
                && elements.get(following + 1).is_some_and(|e| e.mark == Mark::Colon)
        }),
        joined: words.first().is_some_and(|&i| {
            lexed.word(i).starts_with(char::is_lowercase)
                && (is(i, Class::Conjunction) || is(i, Class::Function))
        }),
        numbers: match next.map(|e| &e.content) {
            Some(Content::Numbering(n)) if n.pages.is_some() || n.issue.is_some() => {
                if n.volume.is_some() || n.issue.is_some() || n.month.is_some() { 2.4 } else { 1.3 }
            }
            Some(Content::Numbering(n)) if n.month.is_some() => 2.4,
            Some(Content::Numbering(n)) if n.volume.is_some() => if n.labelled_volume { 0.8 } else { 1.8 },
            _ => 0.0,
        },
        numbering_ahead: elements[index + 1..].iter().any(|e| numbering(&e.content)),
    }
}

/// The token behind the places that `start..end` begins with: `Berlin`, `Malden, MA`, `Berlin /
/// New York`, `The Hague`.
fn place_prefix(lexed: &Lexed, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end {
        if let Some(after) = lexed.phrase(at, Class::Place).map(|after| after.min(end)) {
            at = after;
        } else if at > start
            && (matches!(lexed.get(at).map(|t| t.kind), Some(TokenKind::Mark(_)))
                || lexed.has(at, Class::Conjunction))
        {
            at += 1;
        } else {
            break;
        }
    }
    at
}
