//! The listed works as a text may name them: by family names, bodies, abbreviations, titles, and
//! by their years.
//!
//! Takes works, answers which of them a name and a year mean. Called by the scanners.

use super::CitationDoubt;
use crate::lexicon::{Class, lexicon};
use crate::text::letters;
use crate::work::{Date, DateForm, Field, Name, Names, Work};
use std::collections::HashMap;

/// The longest name that is looked up, in letters.
const LONGEST: usize = 80;
/// How many words of a title may stand for a work without authors.
const TITLE_WORDS: usize = 6;
/// How many names of a work are compared.
const MOST_NAMES: usize = 12;
/// How many works one name may mean: of more, the first are looked at. A list of 100,000 works of
/// one author, cited 100,000 times, would else take for ever.
const MOST_WORKS: usize = 500;

/// One listed work.
#[derive(Debug)]
struct Known {
    /// What each of those who made it may be called.
    names: Vec<Vec<String>>,
    /// Whether more are meant than are named.
    others: bool,
    first_year: Option<i32>,
    last_year: Option<i32>,
    letter: Option<char>,
    title: String,
    /// Whether it is the entry of a note, which an entry of the list goes before.
    is_noted: bool,
}

/// When a cited work is said to have appeared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// A year, and the letter behind it.
    Year(i32, Option<char>),
    /// Without a date, or not yet.
    Undated,
}

/// The works that a citation means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) works: Vec<usize>,
    pub(super) doubt: Option<CitationDoubt>,
}

/// The listed works by their names.
#[derive(Debug)]
pub(super) struct Index {
    works: Vec<Known>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Index {
    pub(super) fn of(works: &[Work], noted: &[usize]) -> Self {
        let mut index = Self { works: Vec::with_capacity(works.len()), by_name: HashMap::new() };
        for (at, work) in works.iter().enumerate() {
            let mut known = Known::of(work);
            known.is_noted = noted.binary_search(&at).is_ok();
            let keys: Vec<String> = match known.names.first() {
                Some(first) => first.clone(),
                None => nameless(work),
            };
            for key in keys {
                let list = index.by_name.entry(key).or_default();
                if list.last() != Some(&at) && list.len() < MOST_WORKS {
                    list.push(at);
                }
            }
            index.works.push(known);
        }
        index
    }

    /// Whether some work goes by this name.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.by_name.contains_key(&letters(name, LONGEST))
    }

    /// The works that a list of names and a time mean; `others` tells whether more names are
    /// meant. `None` where no work goes by the first name.
    pub(super) fn find(&self, names: &[&str], others: bool, when: When) -> Option<Meaning> {
        let keys: Vec<String> = names.iter().map(|name| letters(name, LONGEST)).collect();
        let candidates = self.by_name.get(keys.first()?)?;
        let scored = candidates.iter().filter_map(|&at| {
            let work = self.works.get(at)?;
            Some((work.agrees(&keys, others) + work.appeared(when)?, at))
        });
        let mut best = i32::MIN;
        let mut found = Vec::new();
        for (score, at) in scored {
            if score > best {
                best = score;
                found.clear();
            }
            if score == best {
                found.push(at);
            }
        }
        if found.is_empty() {
            let years = candidates.iter().filter_map(|&at| self.works.get(at)?.first_year);
            let mut years: Vec<i32> = years.collect();
            years.sort_unstable();
            years.dedup();
            years.truncate(MOST_NAMES);
            let doubt = Some(CitationDoubt::OtherYears(years));
            return Some(Meaning { works: Vec::new(), doubt });
        }
        // Two entries of one work, in the list and in a note, are one.
        if found.len() > 1 {
            let listed = |at: &usize| self.works.get(*at).is_some_and(|work| !work.is_noted);
            if found.iter().any(listed) {
                found.retain(listed);
            } else {
                found.truncate(1);
            }
        }
        let doubt = match found.len() {
            1 if best < -2 => Some(CitationDoubt::OtherNames),
            1 => None,
            _ => Some(CitationDoubt::Several),
        };
        // More than a person looks through are no help.
        found.truncate(MOST_NAMES);
        Some(Meaning { works: found, doubt })
    }

    /// The works of a name whose title stands in `text`, which is folded: the surest, that of the
    /// longest title.
    pub(super) fn titled(&self, name: &str, text: &str) -> Option<usize> {
        let candidates = self.by_name.get(&letters(name, LONGEST))?;
        let shared = |at: &usize| {
            let title = &self.works.get(*at)?.title;
            let head = crate::text::beginning(title, SHORT_TITLE);
            (head.len() >= 5 && text.contains(head)).then_some((title.len(), *at))
        };
        let found: Vec<(usize, usize)> = candidates.iter().filter_map(shared).collect();
        let listed =
            found.iter().find(|(_, at)| self.works.get(*at).is_some_and(|it| !it.is_noted));
        listed.or(found.first()).map(|(_, at)| *at)
    }

    /// The work of a name that was cited last; `cited` tells when each was.
    pub(super) fn last_of(&self, name: &str, cited: &HashMap<usize, usize>) -> Option<usize> {
        let candidates = self.by_name.get(&letters(name, LONGEST))?;
        let found = candidates.iter().filter_map(|at| Some((cited.get(at)?, *at)));
        found.max().map(|(_, at)| at)
    }

    /// The entry of the list that is the same work as one cited in a note.
    pub(super) fn listed(&self, noted: usize) -> Option<usize> {
        let own = self.works.get(noted)?;
        let candidates = self.by_name.get(own.names.first()?.first()?)?;
        let head = crate::text::beginning(&own.title, SHORT_TITLE);
        candidates.iter().copied().find(|&at| {
            self.works.get(at).is_some_and(|it| {
                !it.is_noted
                    && it.first_year == own.first_year
                    && !head.is_empty()
                    && it.title.starts_with(head)
            })
        })
    }
}

/// How many letters of a title tell it in a note.
const SHORT_TITLE: usize = 10;

impl Known {
    fn of(work: &Work) -> Self {
        let made = [Field::Author, Field::Editor, Field::Translator];
        let mut made = made.iter().filter_map(|&field| work.names(field));
        let names = made.next();
        let listed = |names: &Names| names.iter().take(MOST_NAMES).map(called).collect();
        let literal = |date: &Date| matches!(date.form, DateForm::Literal(_));
        let issued = work.issued.as_ref().filter(|date| !literal(date));
        let last_year = issued.and_then(|date| match date.form {
            DateForm::Range(_, Some(last)) => Some(last.get_year()),
            _ => None,
        });
        let original = work.date(Field::OriginalDate).and_then(Date::first_year);
        Self {
            names: names.map(listed).unwrap_or_default(),
            others: names.is_some_and(|names| names.others || names.len() > MOST_NAMES),
            first_year: issued.and_then(Date::first_year),
            last_year: last_year.or(original),
            letter: work.text(Field::YearSuffix).and_then(|letter| letter.chars().next()),
            title: letters(work.title.as_deref().unwrap_or_default(), LONGEST),
            is_noted: false,
        }
    }

    /// How well the names agree: 0 where they are just these.
    fn agrees(&self, keys: &[String], others: bool) -> i32 {
        let mut score = 0;
        for (at, key) in keys.iter().enumerate().skip(1) {
            // `Anna Poe` is `Poe`.
            let is = |called: &Vec<String>| {
                called.iter().any(|name| name == key || name.len() > 2 && key.ends_with(name))
            };
            score -= match self.names.get(at) {
                Some(called) if is(called) => 0,
                _ if self.names.iter().any(is) => 1,
                Some(_) => 4,
                None => 3,
            };
        }
        let (cited, all) = (keys.len(), self.names.len());
        match (others, self.others) {
            (true, false) if all <= cited => score - 2,
            (false, true) => score - 1,
            (false, false) if cited < all => score - 1,
            _ => score,
        }
    }

    /// How well the time agrees; `None` where it does not.
    fn appeared(&self, when: When) -> Option<i32> {
        match when {
            When::Undated => self.first_year.is_none().then_some(0),
            When::Year(year, letter) => {
                let own = self.first_year?;
                let is_year = own == year;
                let is_within = self.last_year.is_some_and(|last| {
                    last == year || (own.min(last)..=own.max(last)).contains(&year)
                });
                if !is_year && !is_within {
                    return None;
                }
                let letters = match (letter, self.letter) {
                    (Some(cited), Some(own)) if cited != own => return None,
                    (Some(_), Some(_)) | (None, None) => 0,
                    _ => -1,
                };
                Some(letters - i32::from(!is_year))
            }
        }
    }
}

/// What one of those who made a work may be called, folded.
fn called(name: &Name) -> Vec<String> {
    let mut keys = Vec::new();
    let mut add = |key: String| {
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    };
    match name {
        Name::Person(person) => {
            let family = &person.family;
            add(letters(family, LONGEST));
            let particles = [&person.non_dropping_particle, &person.dropping_particle];
            for particle in particles.into_iter().flatten() {
                add(letters(&format!("{particle} {family}"), LONGEST));
            }
            add(letters(without_particles(family), LONGEST));
            // `Müller` is `Mueller`, and either may be cited by the other.
            add(letters(&spelled_out(family), LONGEST));
            let plain = letters(family, LONGEST);
            add(plain.replace("ae", "a").replace("oe", "o").replace("ue", "u"));
            if family.is_empty() {
                add(letters(person.given.as_deref().unwrap_or_default(), LONGEST));
            }
            // Names of the East are cited whole.
            if family.chars().any(super::token::is_unspaced) {
                let given = person.given.as_deref().unwrap_or_default();
                add(letters(&format!("{family}{given}"), LONGEST));
            }
        }
        Name::Literal(body) => {
            add(letters(body, LONGEST));
            for part in body.split(['(', ')', '[', ']', ';', '/']) {
                add(letters(part, LONGEST));
            }
            add(initials(body));
            if let Some(bare) = body.strip_prefix("The ") {
                add(letters(bare, LONGEST));
            }
        }
    }
    keys
}

/// A name whose letters with dots or strokes are spelled in two.
fn spelled_out(name: &str) -> String {
    let mut spelled = String::new();
    for c in name.chars() {
        match c {
            'ä' | 'æ' => spelled.push_str("ae"),
            'ö' | 'ø' | 'œ' => spelled.push_str("oe"),
            'ü' => spelled.push_str("ue"),
            'å' => spelled.push_str("aa"),
            c => spelled.extend(c.to_lowercase()),
        }
    }
    spelled
}

/// What a work without authors may be called: by who issued it, or its title's beginning.
fn nameless(work: &Work) -> Vec<String> {
    let mut keys = Vec::new();
    for field in [Field::Authority, Field::Publisher, Field::ContainerTitle] {
        if let Some(text) = work.text(field) {
            keys.push(letters(text, LONGEST));
            keys.push(initials(text));
        }
    }
    let title = work.title.as_deref().unwrap_or_default();
    let mut head = String::new();
    for (at, word) in title.split_whitespace().take(TITLE_WORDS).enumerate() {
        head.push_str(&letters(word, LONGEST));
        if at > 0 || word.chars().count() > 5 {
            keys.push(head.clone());
        }
    }
    keys.retain(|key| !key.is_empty());
    keys
}

/// The initials of the capitalised words of a body's name; empty where they are fewer than two.
fn initials(body: &str) -> String {
    let bare = body.split('(').next().unwrap_or_default();
    let words = bare.split(|c: char| c.is_whitespace() || c == '-');
    let capital = |word: &str| word.chars().next().filter(|c| c.is_uppercase());
    let initials: String = words.take(MOST_NAMES).filter_map(capital).collect();
    if initials.chars().count() < 2 { String::new() } else { letters(&initials, LONGEST) }
}

/// A name from its first word that is no particle on.
fn without_particles(name: &str) -> &str {
    let mut rest = name.trim_start();
    while let Some((word, behind)) = rest.split_once(char::is_whitespace) {
        if !lexicon().classes(word).has(Class::Particle) {
            break;
        }
        rest = behind.trim_start();
    }
    rest
}
