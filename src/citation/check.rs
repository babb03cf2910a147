//! What the grammars say of a labelling: a stretch that cannot be what its label says is sent
//! back, and the best labelling without it is taken, if it is not much less likely.

use super::stretch::{Stretch, is_of_a_volume, stretches};
use crate::grammar::date;
use crate::label::{Label, Labeller, Labelling};
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;
use crate::work::Pages;

/// How many times a labelling is sent back.
const TIMES: usize = 4;

/// A line of more stretches than this is no citation.
const MANY: usize = 200;

/// How far behind the best another labelling may lie: its share is at least a twentieth.
const BEHIND: f32 = 3.0;

/// The stretches of a text: those of the best labelling that no grammar refuses, or of the best
/// of all where the others are too unlikely.
pub(crate) fn checked(
    lexed: &Lexed,
    labeller: &Labeller,
    best: Labelling,
    first: Vec<Stretch>,
) -> Vec<Stretch> {
    // stretches are held against one another
    let faults = if first.len() > MANY { 0 } else { count(lexed, &first) };
    if faults == 0 {
        return first;
    }
    let (mut found, mut least) = (first.clone(), faults);
    let (mut labelling, mut current) = (best, first);
    let floor = labelling.score - BEHIND;
    for _ in 0..TIMES {
        let Some(fault) = current.iter().position(|s| is_refused(lexed, s, &current)) else {
            break;
        };
        let Stretch { mut first, end, label, span, .. } = current[fault];
        let fault = &current[fault];
        let mut floor = floor;
        let is_title = label == Label::Title;
        let meeting = is_title && lacks_its_meeting(lexed, fault, &current);
        if meeting || is_title && lacks_its_journal(lexed, fault, &current) {
            first = journal(lexed, &labelling, span, end).unwrap_or(first);
        }
        // every word of a long name has its doubt, and the sum of them says nothing
        if meeting {
            floor = f32::NEG_INFINITY;
        }
        labelling = labeller.without(&labelling, first, end, label);
        if labelling.score < floor {
            break;
        }
        current = stretches(lexed, &labelling);
        let faults = count(lexed, &current);
        if faults < least {
            (found, least) = (current.clone(), faults);
        }
    }
    found
}

fn count(lexed: &Lexed, stretches: &[Stretch]) -> usize {
    stretches.iter().filter(|stretch| is_refused(lexed, stretch, stretches)).count()
}

/// Whether a grammar refuses a stretch, or its neighbours do.
fn is_refused(lexed: &Lexed, stretch: &Stretch, all: &[Stretch]) -> bool {
    let text = stretch.span.of(lexed.text).unwrap_or("");
    let tokens = || lexed.index_at(stretch.span.start)..lexed.index_at(stretch.span.end);
    let digits = || text.contains(|c: char| c.is_numeric());
    match stretch.label {
        Label::Date => {
            let word = |class| tokens().any(|t| lexed.phrase(t, class).is_some());
            let says = digits()
                || word(Class::NoDate)
                || word(Class::Forthcoming)
                || tokens().any(|t| date::month(lexed.from(t)).is_ok());
            // one year, and the finer dates of it
            let another = all.iter().any(|other| {
                other.label == Label::Date
                    && other.share > stretch.share
                    && matches!((year(lexed, other), year(lexed, stretch)), (Some(a), Some(b)) if a != b)
            });
            !says || another
        }
        Label::Pages => !Pages::are_given(text) || text.len() > 12 && !digits(),
        Label::Volume | Label::Issue => {
            !digits() && tokens().filter(|&t| kind(lexed, t) == Some(TokenKind::Word)).count() > 3
        }
        // a book's title that goes on behind a comma or a colon: nothing says that the book stands
        // in another
        Label::ContainerTitle => {
            let before = all.iter().rfind(|other| other.end == stretch.first);
            let gap = before.and_then(|b| lexed.text.get(b.span.end..stretch.span.start));
            let has = |labels: &[Label]| all.iter().any(|other| labels.contains(&other.label));
            before.is_some_and(|before| before.label == Label::Title)
                && matches!(gap, Some(", " | ": "))
                && has(&[Label::Publisher])
                && !has(&[Label::Volume, Label::Issue, Label::Pages])
        }
        Label::Publisher => stands_as_a_journal(lexed, stretch, all),
        Label::Author | Label::Editor => !text.contains(char::is_alphabetic),
        Label::Title
            if lacks_its_journal(lexed, stretch, all) || lacks_its_meeting(lexed, stretch, all) =>
        {
            true
        }
        // a title is one stretch, but for that of a volume
        Label::Title if !is_of_a_volume(stretch, all) => all.iter().any(|other| {
            other.label == Label::Title
                && other.first != stretch.first
                && (other.share, other.end) > (stretch.share, stretch.end)
                && !is_of_a_volume(other, all)
        }),
        _ => false,
    }
}

/// Whether a stretch stands where only a journal does: before a volume and an issue or pages, and
/// nothing else is said to be one.
fn stands_as_a_journal(lexed: &Lexed, stretch: &Stretch, all: &[Stretch]) -> bool {
    let behind = &all[all.partition_point(|other| other.first < stretch.end)..];
    let gap = behind.first().and_then(|b| lexed.text.get(stretch.span.end..b.span.start));
    let is = |at: usize, label| behind.get(at).is_some_and(|other| other.label == label);
    let container = [Label::ContainerTitle, Label::CollectionTitle];
    matches!(gap, Some(", " | " "))
        && is(0, Label::Volume)
        && (is(1, Label::Issue) || is(1, Label::Pages))
        && !all.iter().any(|other| container.contains(&other.label))
}

/// Whether the name of the journal was taken for the end of a title: `Harbour watch. Port
/// Studies` before `12(3): 45-67`.
fn lacks_its_journal(lexed: &Lexed, stretch: &Stretch, all: &[Stretch]) -> bool {
    let text = stretch.span.of(lexed.text).unwrap_or("");
    stands_as_a_journal(lexed, stretch, all) && sentence_end(text).is_some()
}

/// Whether the meeting that a paper was read at was taken for the end of its title: `Harbour
/// watch. The Third Conference on Ports`, and pages of it.
fn lacks_its_meeting(lexed: &Lexed, stretch: &Stretch, all: &[Stretch]) -> bool {
    let has = |label| all.iter().any(|other| other.label == label);
    if has(Label::ContainerTitle) || has(Label::CollectionTitle) {
        return false;
    }
    let part = all.iter().filter(|other| other.label == Label::Pages).any(|pages| {
        pages.span.of(lexed.text).is_some_and(|text| text.contains(['-', '–', '—', '‑']))
    });
    if !part {
        return false;
    }
    let text = stretch.span.of(lexed.text).unwrap_or("");
    let Some(end) = sentence_end(text) else { return false };
    let first = lexed.index_at(stretch.span.start + end);
    // What is set in italics as one is one.
    let begin = lexed.setting(lexed.index_at(stretch.span.start));
    if begin.is_some_and(|begin| begin.italic && lexed.setting(first) == Some(begin)) {
        return false;
    }
    let last = lexed.index_at(stretch.span.end).min(first + MEETING);
    (first..last).any(|token| lexed.has(token, Class::Conference))
}

/// The name of a meeting says what it is within so many words.
const MEETING: usize = 6;

/// Where the last sentence of a text but one ends. The stop behind a short word is an
/// abbreviation's.
fn sentence_end(text: &str) -> Option<usize> {
    text.match_indices([' ']).rev().map(|(space, _)| space).find(|&space| {
        let before = &text[..space];
        let word = before
            .strip_suffix('.')
            .map(|before| before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or(""));
        before.ends_with(['?', '!']) || word.is_some_and(|word| word.chars().count() >= WORD)
    })
}

/// A word of fewer letters before a stop may be an abbreviation.
const WORD: usize = 4;

/// The position that the last sentence of a title's span begins at.
fn journal(lexed: &Lexed, labelling: &Labelling, span: Span, end: usize) -> Option<usize> {
    let text = span.of(lexed.text)?;
    let mark = sentence_end(text)?;
    let at = labelling.positions.partition_point(|p| p.span.start < span.start + mark);
    (at < end).then_some(at)
}

fn kind(lexed: &Lexed, token: usize) -> Option<TokenKind> {
    lexed.get(token).map(|token| token.kind)
}

/// The year that a stretch holds.
fn year<'a>(lexed: &Lexed<'a>, stretch: &Stretch) -> Option<&'a str> {
    let tokens = lexed.index_at(stretch.span.start)..lexed.index_at(stretch.span.end);
    tokens
        .map(|token| lexed.word(token))
        .find(|word| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()))
}
