//! Two values of one field of one work: which is kept, or what is made of both.
//!
//! Takes the value that is there and another, gives a [`Choice`]. Called by [`merge`](super::merge).

use super::creator::{Agreement, agreement, creators};
use super::fold::Folded;
use super::judge::are_one_place;
use super::portrait::isbns;
use crate::work::{
    Date, DateForm, Field, Kind, Name, Names, PageRange, Pages, PartialDate, Person, Value,
    ValueRef, Work, doi_in,
};
use std::collections::HashSet;

/// What is to become of two values.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Choice {
    /// The first says all that the second does.
    Keep,
    /// The second says the same, and says it better, or more.
    Take(Value),
    /// Each has something of its own; this has both.
    Both(Value),
    /// They say different things.
    Conflict,
}

/// The longest text, in bytes, and the most keywords that are made of several: a hundred thousand
/// records of one work would else make one without end.
const LONGEST_UNITED: usize = 1 << 16;
const MOST_KEYWORDS: usize = 1000;

/// What to make of two values of `field`.
pub(super) fn choose(field: Field, one: ValueRef<'_>, other: ValueRef<'_>) -> Choice {
    if one == other {
        return Choice::Keep;
    }
    match (one, other) {
        (ValueRef::Text(one), ValueRef::Text(other)) => text(field, one, other),
        (ValueRef::Names(one), ValueRef::Names(other)) => names(one, other),
        (ValueRef::Date(one), ValueRef::Date(other)) => date(one, other),
        (ValueRef::Pages(one), ValueRef::Pages(other)) => pages(one, other),
        (ValueRef::Keywords(one), ValueRef::Keywords(other)) => keywords(one, other),
        _ => Choice::Conflict,
    }
}

fn text(field: Field, one: &str, other: &str) -> Choice {
    match field {
        Field::Isbn => return united(one, other, |part| isbns(part).into_iter().next()),
        Field::Issn => return united(one, other, |part| Some(part.to_lowercase())),
        Field::Doi => {
            let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
            let bare = |text| doi_in(text).unwrap_or(text);
            return match same(bare(one), bare(other)) {
                true if bare(one).len() < one.len() => {
                    Choice::Take(Value::Text(bare(one).to_owned()))
                }
                true => Choice::Keep,
                false => Choice::Conflict,
            };
        }
        Field::Abstract | Field::Annote | Field::Note => return remark(field, one, other),
        _ => {}
    }
    let (a, b) = (Folded::of(one), Folded::of(other));
    let take = |is_better: bool| {
        if is_better { Choice::Take(Value::Text(other.to_owned())) } else { Choice::Keep }
    };
    if a.joined == b.joined && a.numbers == b.numbers {
        return take(spelling(other) > spelling(one));
    }
    let longer = b.joined.len() > a.joined.len();
    match field {
        Field::Title | Field::ContainerTitle | Field::CollectionTitle | Field::EventTitle => {
            let shortened = are_one_place(&a, &b) || a.main_joined() == b.main_joined();
            if shortened { take(longer) } else { Choice::Conflict }
        }
        Field::Publisher | Field::PublisherPlace | Field::Authority | Field::Language => {
            if are_one_place(&a, &b) {
                take(longer)
            } else {
                Choice::Conflict
            }
        }
        Field::Volume | Field::Issue | Field::Edition | Field::Number | Field::ChapterNumber => {
            let same = a.numbers.len() == 1 && a.numbers == b.numbers;
            // `2` and `2nd ed.`: the number alone is what styles want.
            if same { take(!longer) } else { Choice::Conflict }
        }
        Field::Url => {
            let bare = |url: &str| {
                let url = url.split_once("://").map_or(url, |(_, rest)| rest);
                url.trim_start_matches("www.").trim_end_matches('/').to_owned()
            };
            if bare(one) == bare(other) {
                take(other.starts_with("https:"))
            } else {
                Choice::Conflict
            }
        }
        _ => Choice::Conflict,
    }
}

/// How well a text is spelled: in two cases, with its accents, without entities.
fn spelling(text: &str) -> (bool, bool, usize, usize) {
    let in_two_cases = text.chars().any(char::is_lowercase);
    let plain = !text.contains('&') || !text.contains(';');
    let accents = text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    (in_two_cases, plain, accents, text.len())
}

/// Remarks and abstracts: the longer where it holds the other, else both.
fn remark(field: Field, one: &str, other: &str) -> Choice {
    let (a, b) = (one.trim(), other.trim());
    if a.contains(b) {
        return Choice::Keep;
    }
    if b.contains(a) {
        return Choice::Take(Value::Text(other.to_owned()));
    }
    if a.len() + b.len() > LONGEST_UNITED {
        return Choice::Conflict;
    }
    let between = if field == Field::Note { "; " } else { "\n" };
    Choice::Both(Value::Text(format!("{a}{between}{b}")))
}

/// Identifiers of which a work may have several: all of both, each once.
fn united(one: &str, other: &str, normal: impl Fn(&str) -> Option<String>) -> Choice {
    let key = |part: &str| normal(part).unwrap_or_else(|| part.to_lowercase());
    let known: HashSet<String> = one.split_whitespace().map(key).collect();
    let new: Vec<&str> =
        other.split_whitespace().filter(|part| !known.contains(&key(part))).collect();
    if new.is_empty() {
        return Choice::Keep;
    }
    if one.len() + other.len() > LONGEST_UNITED {
        return Choice::Conflict;
    }
    Choice::Both(Value::Text(format!("{one} {}", new.join(" "))))
}

fn keywords(one: &[String], other: &[String]) -> Choice {
    let key = |word: &String| word.to_lowercase();
    let mut known: HashSet<String> = one.iter().map(key).collect();
    let new = other.iter().filter(|word| known.insert(key(word)));
    let all: Vec<String> = one.iter().chain(new).cloned().collect();
    match all.len() {
        length if length == one.len() => Choice::Keep,
        length if length > MOST_KEYWORDS => Choice::Conflict,
        _ => Choice::Both(Value::Keywords(all)),
    }
}

/// The more exact of two dates that agree.
fn date(one: &Date, other: &Date) -> Choice {
    let take = || Choice::Take(Value::Date(other.clone()));
    match (&one.form, &other.form) {
        (DateForm::Literal(a), DateForm::Literal(b)) => {
            if a.eq_ignore_ascii_case(b) {
                Choice::Keep
            } else {
                Choice::Conflict
            }
        }
        // `in press`, and later a year.
        (DateForm::Literal(_), _) => take(),
        (_, DateForm::Literal(_)) => Choice::Keep,
        (DateForm::Point(a), DateForm::Point(b)) => match (finer(*a, *b), finer(*b, *a)) {
            (true, _) => Choice::Keep,
            (false, true) => take(),
            (false, false) => Choice::Conflict,
        },
        _ if one.first_year() == other.first_year() => {
            if matches!(one.form, DateForm::Range(..)) {
                Choice::Keep
            } else {
                take()
            }
        }
        _ => Choice::Conflict,
    }
}

/// Whether `one` says all that `other` does.
fn finer(one: PartialDate, other: PartialDate) -> bool {
    let holds = |one: Option<u8>, other: Option<u8>| other.is_none() || one == other;
    one.get_year() == other.get_year()
        && holds(one.get_month(), other.get_month())
        && holds(one.get_day(), other.get_day())
        && (other.get_season().is_none()
            || one.get_season() == other.get_season()
            || one.get_month().is_some())
}

/// The pages that say more: a range over its first page.
fn pages(one: &Pages, other: &Pages) -> Choice {
    let digits =
        |page: &str| page.trim_start_matches('p').trim_start_matches('.').trim().to_owned();
    let first = |pages: &Pages| pages.ranges().first().map(|range| digits(&range.first));
    let last = |pages: &Pages| {
        let range = pages.ranges().first()?;
        Some(full(range)).flatten()
    };
    if first(one) != first(other) {
        return Choice::Conflict;
    }
    match (last(one), last(other)) {
        (Some(a), Some(b)) if a != b => Choice::Conflict,
        (None, Some(_)) => Choice::Take(Value::Pages(other.clone())),
        // `263-291` over `263-91`.
        (Some(_), Some(_)) if other.to_string().len() > one.to_string().len() => {
            Choice::Take(Value::Pages(other.clone()))
        }
        _ => Choice::Keep,
    }
}

/// The last page of a range in full.
fn full(range: &PageRange) -> Option<String> {
    let last = range.last.as_deref()?;
    let missing = range.first.len().saturating_sub(last.len());
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match range.first.get(..missing) {
        Some(head) if digits(&range.first) && digits(last) => Some(format!("{head}{last}")),
        _ => Some(last.to_owned()),
    }
}

/// The longer list, each name as fully as one of the two has it.
fn names(one: &Names, other: &Names) -> Choice {
    let listed = |names: &Names| {
        let mut work = Work::new(Kind::Document);
        work.author = names.clone();
        creators(&work)
    };
    if agreement(&listed(one), &listed(other)) != Agreement::Same {
        return Choice::Conflict;
    }
    let (long, short) = if other.len() > one.len() { (other, one) } else { (one, other) };
    let whole = if one.len() == other.len() { !one.others || !other.others } else { !long.others };
    let mut list: Vec<Name> = Vec::with_capacity(long.len());
    for (at, name) in long.iter().enumerate() {
        let twin = short.list.get(at).filter(|twin| are_one(name, twin));
        list.push(twin.map_or_else(|| name.clone(), |twin| fuller(name, twin)));
    }
    let united = Names { list, others: !whole };
    if united == *one { Choice::Keep } else { Choice::Take(Value::Names(united)) }
}

fn are_one(one: &Name, other: &Name) -> bool {
    let listed = |name: &Name| {
        let mut work = Work::new(Kind::Document);
        work.author.push(name.clone());
        creators(&work)
    };
    agreement(&listed(one), &listed(other)) == Agreement::Same
}

/// One person with all that is known: the longer given names, particles and suffix of either.
fn fuller(one: &Name, other: &Name) -> Name {
    let letters = |text: &Option<String>| {
        text.as_deref().map_or(0, |text| text.chars().filter(|c| c.is_alphabetic()).count())
    };
    match (one, other) {
        (Name::Person(a), Name::Person(b)) => {
            let better = |a: &String, b: &String| {
                if spelling(b) > spelling(a) { b.clone() } else { a.clone() }
            };
            let same = Folded::of(&a.family).joined == Folded::of(&b.family).joined;
            let mut person = Person::clone(a);
            if same {
                person.family = better(&a.family, &b.family);
                if letters(&b.given) > letters(&a.given) {
                    person.given = b.given.clone();
                }
                person.suffix = a.suffix.clone().or_else(|| b.suffix.clone());
                person.dropping_particle =
                    a.dropping_particle.clone().or_else(|| b.dropping_particle.clone());
                person.non_dropping_particle =
                    a.non_dropping_particle.clone().or_else(|| b.non_dropping_particle.clone());
            } else if letters(&b.given) > letters(&a.given) {
                // Spelled in two ways, with a particle or without: the one that says more.
                person = Person::clone(b);
            }
            Name::Person(person)
        }
        (Name::Literal(a), Name::Literal(b)) if b.len() > a.len() => Name::Literal(b.clone()),
        (Name::Literal(_), Name::Person(_)) => other.clone(),
        _ => one.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(field: Field, one: &str, other: &str) -> Choice {
        choose(field, ValueRef::Text(one), ValueRef::Text(other))
    }

    #[test]
    fn the_better_spelling_is_taken() {
        let take = |text: &str| Choice::Take(Value::Text(text.into()));
        assert_eq!(text(Field::Title, "HARBOUR WATCH", "Harbour Watch"), take("Harbour Watch"));
        assert_eq!(text(Field::Title, "Uber &amp; out", "Über & out"), take("Über & out"));
        assert_eq!(text(Field::Title, "Watch: at night", "Watch"), Choice::Keep);
        assert_eq!(text(Field::Volume, "Vol. 2", "2"), take("2"));
        assert_eq!(text(Field::Volume, "2", "3"), Choice::Conflict);
    }

    #[test]
    fn names_become_fuller_and_more() {
        let names = |list: &[(&str, &str)]| -> Names {
            list.iter().map(|(family, given)| Name::person(*family, *given)).collect()
        };
        let (one, other) = (
            names(&[("Roe", "Jane"), ("Poe", "A.")]),
            names(&[("Roe", "J."), ("Poe", "Anna"), ("Doe", "Max")]),
        );
        let whole = names(&[("Roe", "Jane"), ("Poe", "Anna"), ("Doe", "Max")]);
        assert_eq!(super::names(&one, &other), Choice::Take(Value::Names(whole)));
        assert_eq!(super::names(&one, &names(&[("Doe", "M.")])), Choice::Conflict);
    }
}
