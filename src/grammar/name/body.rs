//! Bodies as authors and editors, whose names may hold an `and` of their own.

use super::list::{NameList, TypedName};
use super::units::{Kind, Unit};
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::work::Name;

/// Bodies that are cited by their initials, which a list of capitals would hide.
const KNOWN: &[&str] = &[
    "UNESCO", "UNICEF", "OECD", "OCDE", "WHO", "NATO", "FAO", "UNHCR", "UNODC", "UNEP", "UNDP",
    "IPCC", "NASA", "NIST", "IEEE", "CDC", "EFSA", "EUROSTAT", "INTERPOL", "EUROPOL", "UNECE",
];

/// Words of bodies' names that stand in titles too often to be in the lexicon.
fn is_more(word: &str) -> bool {
    MORE.iter().any(|more| more.eq_ignore_ascii_case(word))
}

const MORE: &[&str] = &[
    "Service",
    "Services",
    "Survey",
    "Project",
    "Programme",
    "Program",
    "Task",
    "Force",
    "Network",
    "Editors",
    "Staff",
    "Investigators",
    "Study",
    "Initiative",
    "Consulting",
    "Ltd",
    "Inc",
    "GmbH",
    "LLC",
    "Microsystems",
    "Systems",
    "Contributors",
    "Community",
    "Coalition",
    "Panel",
    "Press",
    "Media",
    "News",
    "Congress",
    "Senate",
    "House",
    "Embassy",
    "Army",
    "Navy",
    "Police",
    "Watch",
    "Ministere",
    "Departement",
    "Authors",
    "Office",
    "Bureau",
];

/// Whether a word is one of bodies' names.
fn is_of_bodies(lexed: &Lexed, at: usize) -> bool {
    lexed.has(at, Class::Body) || lexed.has(at, Class::BodyName)
}

/// Whether a piece is a body's name: it has a word of such names, or begins with an article.
pub(super) fn is_body(lexed: &Lexed, inside: &[Unit]) -> bool {
    let Some(first) = inside.first() else { return false };
    let word = |unit: &Unit| lexed.text.get(unit.start..unit.end).unwrap_or("");
    // the names of most persons are told from these by their second letter
    let shouted = || word(first).as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
    if inside.len() == 1 && shouted() && KNOWN.contains(&word(first)) {
        return true;
    }
    let named = inside.iter().filter(|unit| unit.kind != Kind::Initials).count();
    // `U.S. Department`; but `J. Bank` and `Bank, J.` are persons
    let state = inside.len() > 2
        && inside[0].kind == Kind::Initials
        && matches!(word(first), "U." | "U.S." | "US" | "UK" | "U.K." | "UN" | "EU" | "U.N." | "U");
    let initials = inside.iter().any(|unit| unit.kind == Kind::Initials);
    // `R Core Team`
    let software = inside.len() > 2
        && first.kind == Kind::Initials
        && !word(first).ends_with('.')
        && inside.last().is_some_and(|unit| word(unit).eq_ignore_ascii_case("team"));
    if software {
        return true;
    }
    // `CDF Collaboration`, `OLG Roe`
    let dotted = inside.iter().any(|unit| unit.kind == Kind::Initials && word(unit).ends_with('.'));
    if inside.len() > 1
        && !dotted
        && inside.iter().any(|unit| lexed.has(unit.token, Class::BodyName))
    {
        return true;
    }
    if named < 2 || initials && !state && named < 3 {
        return false;
    }
    if word(first) == "The" {
        return true;
    }
    if dotted && !state {
        return false;
    }
    inside.iter().any(|unit| {
        let text = word(unit);
        unit.kind == Kind::Word
            && (is_of_bodies(lexed, unit.token) || is_more(text.trim_end_matches('.')))
    })
}

/// `UNESCO`: one word all in capitals that no initials are.
pub(super) fn is_acronym(lexed: &Lexed, unit: &Unit) -> bool {
    let word = lexed.text.get(unit.start..unit.end).unwrap_or("");
    matches!(unit.kind, Kind::Word | Kind::Initials)
        && (3..=10).contains(&word.len())
        && word.chars().all(|c| c.is_ascii_uppercase())
}

/// Bodies: `UNODC and Organization for Security and Cooperation in Europe`.
pub(super) fn bodies(lexed: &Lexed, start: usize, end: usize) -> Option<NameList> {
    let is_head = |at: usize| {
        is_of_bodies(lexed, at)
            && lexed.word(at).starts_with(|c: char| c.is_uppercase() || !c.is_lowercase())
    };
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
    if !(heads > 0 || all_acronym || article) {
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
            TypedName {
                name: Name::body(lexed.span(from, to).of(lexed.text).unwrap_or("").trim()),
                span: lexed.span(from, to),
            }
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
