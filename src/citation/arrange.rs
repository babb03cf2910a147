//! Which field each stretch of text is: the likeliest arrangement of labels over the elements.
//!
//! Every element of text has a score for every label, from its words, its marks and its
//! neighbours; a label has a score for following another. The best sum is found in one pass
//! (Viterbi), so the time is linear in the number of elements.

use super::element::{Content, Element, Mark, is_genre};
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Title,
    Container,
    Series,
    Publisher,
    Place,
    Genre,
    Note,
}

const LABELS: [Label; 7] = [
    Label::Title,
    Label::Container,
    Label::Series,
    Label::Publisher,
    Label::Place,
    Label::Genre,
    Label::Note,
];

/// A label for every element (`None` for those that are no text) and what the whole scores.
pub(crate) struct Arrangement {
    pub(crate) labels: Vec<Option<Label>>,
    pub(crate) score: f32,
    /// How much the second label of the least sure element lags behind.
    pub(crate) margins: Vec<f32>,
}

/// What an element of text looks like, by itself and among its neighbours.
struct Look {
    mark: Mark,
    words: usize,
    lower: f32,
    starts_lower: bool,
    journal: usize,
    conference: usize,
    publisher: usize,
    body: usize,
    places: bool,
    some_place: bool,
    thesis: bool,
    genre: bool,
    series: bool,
    quoted: bool,
    bracketed: bool,
    first: bool,
    last: bool,
    /// `In:` stands between this and the text before.
    after_in: bool,
    /// Editors stand between.
    after_editors: bool,
    after_numbering: bool,
    after_date: bool,
    before_numbering: bool,
    /// A date and then numbers follow.
    before_date_numbering: bool,
    before_editors: bool,
    before_in: bool,
    next_mark: Mark,
    ends_with_number: bool,
    abbreviated: bool,
    /// `Capitalised Words Only`, short
    title_case: bool,
    quoted_before: bool,
    numbering_ahead: bool,
    /// `…, and Possibility`: the text before goes on.
    joined: bool,
    /// `Milton, Queensland:`: a place and a colon follow behind a comma.
    before_place: bool,
    /// `San Mateo, CA`: a state or country follows behind a comma.
    before_region: bool,
    /// A place and its publisher stand behind.
    imprint_ahead: bool,
    /// How much the numbers behind speak for a container.
    numbers: f32,
}

/// The best arrangement of the elements.
pub(crate) fn arrange(lexed: &Lexed, elements: &[Element]) -> Arrangement {
    let texts: Vec<usize> = (0..elements.len())
        .filter(|&index| {
            matches!(elements[index].content, Content::Text | Content::Quoted | Content::Bracketed)
        })
        .collect();
    let looks: Vec<Look> = (0..texts.len()).map(|nth| look(lexed, elements, &texts, nth)).collect();
    let mut best: Vec<[(f32, usize); LABELS.len()]> = Vec::with_capacity(texts.len());
    for (nth, look) in looks.iter().enumerate() {
        let mut row = [(f32::NEG_INFINITY, 0); LABELS.len()];
        for (to, &label) in LABELS.iter().enumerate() {
            let own = emission(label, look);
            if nth == 0 {
                row[to] = (own, 0);
                continue;
            }
            for (from, &before) in LABELS.iter().enumerate() {
                let total = best[nth - 1][from].0 + transition(before, label, look) + own;
                if total > row[to].0 {
                    row[to] = (total, from);
                }
            }
        }
        best.push(row);
    }
    let mut labels = vec![None; elements.len()];
    let mut margins = vec![f32::INFINITY; elements.len()];
    let mut score = 0.0;
    if let Some(row) = best.last() {
        let mut at = (0..LABELS.len()).max_by(|&a, &b| row[a].0.total_cmp(&row[b].0)).unwrap_or(0);
        score = row[at].0;
        for nth in (0..texts.len()).rev() {
            labels[texts[nth]] = Some(LABELS[at]);
            let runner_up = (0..LABELS.len())
                .filter(|&other| other != at)
                .map(|other| emission(LABELS[other], &looks[nth]))
                .fold(f32::NEG_INFINITY, f32::max);
            margins[texts[nth]] = emission(LABELS[at], &looks[nth]) - runner_up;
            at = best[nth][at].1;
        }
    }
    Arrangement { labels, score, margins }
}

fn look(lexed: &Lexed, elements: &[Element], texts: &[usize], nth: usize) -> Look {
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
    let text = element.span.of(lexed.text).unwrap_or("");
    Look {
        mark: element.mark,
        words: words.len(),
        lower: lower as f32 / words.len().max(1) as f32,
        starts_lower: words.first().is_some_and(|&i| lexed.word(i).starts_with(char::is_lowercase)),
        journal: count(Class::Journal),
        conference: count(Class::Conference),
        publisher: count(Class::Publisher),
        body: count(Class::Body),
        places: place_end == element.end && !words.is_empty(),
        some_place: place_end > element.start || known_places > 0,
        thesis: words.iter().any(|&i| is(i, Class::Thesis)),
        genre: is_genre(lexed, element.start, element.end),
        series: ["series", "Series", "Reihe", "reihe", "collection", "Collection", "Lecture Notes", "Coll.", "Schriften", "Monograph", "monograph", "Papers", "Occasional", "Contributions"].iter().any(|word| text.contains(word)),
        quoted: matches!(element.content, Content::Quoted),
        bracketed: matches!(element.content, Content::Bracketed) || element.bracketed,
        first: nth == 0,
        last: nth + 1 == texts.len(),
        after_in: has(between, |c| matches!(c, Content::In)),
        after_editors: has(between, editors),
        after_numbering: elements[..index].iter().any(|e| any_numbering(&e.content) && matches!(&e.content, Content::Numbering(n) if n.volume.is_some() || n.pages.is_some() && n.issue.is_none())),
        after_date: has(between, date),
        before_numbering: next.is_some_and(|e| numbering(&e.content)),
        before_date_numbering: next.is_some_and(|e| date(&e.content)) && elements.get(index + 2).is_some_and(|e| any_numbering(&e.content)) && elements.get(index + 2).is_some_and(|e| numbering(&e.content)),
        before_editors: has(behind, editors),
        before_in: has(behind, |c| matches!(c, Content::In)),
        next_mark: next.map_or(Mark::Stop, |e| e.mark),
        ends_with_number: words.last().is_some_and(|&i| lexed.get(i).is_some_and(|t| t.kind == TokenKind::Number)),
        abbreviated: tokens.clone().any(|i| lexed.is_mark(i, '.') && i > element.start && lexed.get(i - 1).is_some_and(|t| t.kind == TokenKind::Word && t.span.len() >= 3)),
        title_case: lower == 0,
        quoted_before: nth > 0 && matches!(elements[texts[nth - 1]].content, Content::Quoted),
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
                yes_or(n.volume.is_some() || n.issue.is_some() || n.month.is_some(), 2.4, 1.3)
            }
            Some(Content::Numbering(n)) if n.month.is_some() => 2.4,
            Some(Content::Numbering(n)) if n.volume.is_some() => yes_or(n.labelled_volume, 0.8, 1.8),
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

fn yes(condition: bool, points: f32) -> f32 {
    if condition { points } else { 0.0 }
}

fn yes_or(condition: bool, points: f32, others: f32) -> f32 {
    if condition { points } else { others }
}

fn emission(label: Label, look: &Look) -> f32 {
    match label {
        Label::Title => {
            yes(look.first, 2.0)
                + yes(look.first && look.starts_lower, -1.0)
                + yes(!look.first, -0.6)
                + yes(look.quoted && look.first, 4.0)
                + yes(
                    look.first
                        && !look.quoted
                        && look.numbers > 1.5
                        && (look.abbreviated || look.words <= 2),
                    -2.5,
                )
                + yes(look.quoted && !look.first, 1.0)
                + yes(look.words >= 4, 0.4)
                + yes(look.lower > 0.3, 0.5)
                + yes(!look.first && look.publisher > 0, -0.8)
                + yes(look.places, if look.first { -0.6 } else { -1.6 })
                + yes(look.after_numbering, -4.0)
                + yes(look.after_in, -4.0)
                + yes(look.after_editors && !look.first, -3.0)
                + yes(look.bracketed && !look.first, -1.0)
                + yes(look.genre && !look.first, -2.0)
                + yes(look.before_in, 1.0)
                + yes(look.before_numbering && !look.first, -0.8)
        }
        Label::Container => {
            yes(look.after_in, 4.0)
                + look.numbers
                + yes(look.before_date_numbering, 2.2)
                + yes(look.journal > 0, 1.4)
                + yes(look.conference > 0, 1.2)
                + yes(
                    look.first,
                    yes_or(look.numbers > 1.5 && (look.abbreviated || look.words <= 2), 0.5, -3.0),
                )
                + yes(
                    look.imprint_ahead
                        && look.numbers == 0.0
                        && !look.after_in
                        && !look.before_editors,
                    -1.5,
                )
                + yes(look.publisher > 0 && look.journal == 0, -1.0)
                + yes(look.places, -2.6)
                + yes(look.words > 14, -0.8)
                + yes(look.after_numbering && !look.after_in, -2.4)
                + yes(look.quoted_before, 1.2)
                + yes(look.before_editors && !look.first, 1.5)
                + yes(look.after_editors && !look.after_in && !look.first, 1.2)
                + yes(look.abbreviated && !look.first, 0.5)
                + yes(look.bracketed, -1.2)
                + yes(look.genre || look.thesis, -1.5)
                + yes(look.starts_lower, -0.8)
                + yes(
                    !look.numbering_ahead
                        && !look.after_in
                        && look.journal == 0
                        && look.conference == 0,
                    yes_or(look.quoted_before, -0.4, -1.4),
                )
                + yes(look.quoted && look.after_in, 0.5)
                + yes(look.quoted && !look.after_in, -1.5)
        }
        Label::Publisher => {
            yes(look.publisher > 0, 2.4)
                + yes(look.body > 0, 1.3)
                + yes(look.publisher == 0 && look.body == 0, -0.7)
                + yes(look.first, -4.0)
                + yes(look.before_numbering, -2.0)
                + yes(look.words > 9, -1.2)
                + yes(look.lower > 0.45, -1.5)
                + yes(look.starts_lower, -1.0)
                + yes(look.last, 0.5)
                + yes(look.places, -1.2)
                + yes(look.after_in, -3.0)
                + yes(look.quoted, -1.5)
                + yes(look.journal > 0 && look.publisher == 0, -1.0)
                + yes(look.title_case && look.words <= 4, 0.3)
                + yes(look.genre, -2.0)
                + yes(look.words == 0, -3.0)
                + yes(look.ends_with_number, -0.8)
                + yes(look.after_numbering, 0.3)
        }
        Label::Place => {
            yes(look.places, 2.6)
                + yes(
                    look.before_region
                        && !look.before_place
                        && look.words <= 3
                        && look.title_case
                        && !look.places
                        && !look.first,
                    2.4,
                )
                + yes(look.before_place && look.words <= 3 && look.title_case && !look.places, 3.4)
                + yes(!look.some_place, -1.6)
                + yes(look.some_place && !look.places && look.words <= 3, 0.4)
                + yes(look.words > 4 && !look.places, -2.0)
                + yes(look.first, -4.0)
                + yes(look.before_numbering, -1.5)
                + yes(look.next_mark == Mark::Colon && look.words <= 4 && look.title_case, 2.0)
                + yes(look.publisher > 0, -2.0)
                + yes(look.body > 0, -1.6)
                + yes(look.lower > 0.3 && !look.places, -1.5)
                + yes(look.quoted, -3.0)
                + yes(look.after_in, -3.0)
                + yes(look.words == 0, -3.0)
                + yes(look.conference > 0, -2.0)
        }
        Label::Series => {
            yes(look.series, 1.6)
                + yes(!look.series, -1.6)
                + yes(look.bracketed, 1.6)
                + yes(look.first, -5.0)
                + yes(look.after_in, -3.0)
                + yes(look.places, -2.0)
                + yes(look.before_numbering && !look.after_in && look.after_numbering, 0.8)
                + yes(look.ends_with_number, 0.3)
                + yes(look.quoted, -2.0)
                + yes(look.publisher > 0, -0.8)
                + yes(!look.bracketed && !look.after_numbering, -0.6)
        }
        Label::Genre => {
            if look.genre && !look.first {
                3.2
            } else {
                -6.0
            }
        }
        Label::Note => {
            -1.8 + yes(look.bracketed, 0.9)
                + yes(look.starts_lower, 0.6)
                + yes(look.first, -4.0)
                + yes(look.after_numbering, 0.5)
                + yes(look.words == 0, 1.5)
        }
    }
}

fn transition(before: Label, label: Label, look: &Look) -> f32 {
    use Label::{Container, Genre, Note, Place, Publisher, Series, Title};
    use Mark::{Colon, Comma, Dash, Exclamation, None, Semicolon, Slash, Start, Stop};
    let mark = look.mark;
    match (before, label) {
        (Title, Title) => match mark {
            Colon => 0.8,
            Exclamation => 0.2,
            Comma => yes_or(look.joined, 1.5, 0.2),
            Semicolon => -0.2,
            Dash => 0.5,
            Slash => 0.0,
            Stop => yes_or(look.imprint_ahead, -0.7, -1.5),
            None | Start => yes(look.after_date, -1.0) - 1.6 + yes(look.quoted_before, -1.5),
        },
        (Title, Container) => match mark {
            Stop => 0.9,
            Exclamation => 0.5,
            Comma => 0.1,
            Semicolon => -0.5,
            Colon => yes(!look.quoted_before && !look.after_in, -2.4),
            Dash => -1.0,
            Slash => -0.3,
            None | Start => yes(
                !look.quoted_before && !look.after_in && !look.after_date && !look.after_editors,
                -1.5,
            ),
        },
        (Title, Publisher | Place) => match mark {
            Stop => 0.3,
            Comma | Semicolon | Exclamation => 0.0,
            Colon => -2.6,
            _ => yes(!look.bracketed, -0.6),
        },
        (Title, Series | Note) => 0.0,
        (Container, Container) => {
            let joined = match mark {
                Comma => yes_or(look.joined, 1.5, -0.1),
                Colon | Dash => -0.2,
                Stop => -1.2,
                Slash | Semicolon => -0.4,
                _ => -2.0,
            };
            joined + yes(look.after_numbering || look.after_editors || look.after_date, -2.5)
        }
        (Container, Title) => -7.0,
        (Container, Publisher | Place) => match mark {
            Colon => -2.0,
            _ => 0.0,
        },
        (Publisher, Place) => match mark {
            Comma | None => 0.9,
            Colon => -2.5,
            _ => 0.0,
        },
        (Publisher, Publisher) => match mark {
            Comma => yes_or(look.joined, 1.5, -0.1),
            Slash => 0.6,
            Semicolon => 0.2,
            _ => -1.2,
        },
        (Place, Publisher) => match mark {
            Colon => 3.0,
            Comma => 0.6,
            Stop | Semicolon => -0.3,
            _ => 0.0,
        },
        (Place, Place) => match mark {
            Comma | Slash | Semicolon => 0.4,
            Dash => 0.2,
            _ => -1.5,
        },
        (Publisher | Place, Container) => -2.6,
        (Publisher | Place | Series, Title) => -7.0,
        (Genre, Title) => -4.0,
        (Note, Title) => -2.0,
        _ => 0.0,
    }
}
