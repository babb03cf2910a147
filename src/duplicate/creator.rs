//! Who made a work, in the form that is compared: family names and initials.
//!
//! Takes [`Names`], gives [`Creator`]s and says how two lists of them agree. Called by
//! [`portrait`](super::portrait) and [`judge`](super::judge).

use super::fold::distance;
use crate::lexicon::{Class, lexicon};
use crate::text::letters;
use crate::work::{Field, Name, Names, Work};
use unicode_normalization::UnicodeNormalization;

/// How many names are compared.
const MOST: usize = 8;
/// The longest name that is compared, in letters.
const LONGEST: usize = 120;

/// One person or body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Creator {
    /// The family name without particles, or a body's whole name.
    pub(super) family: String,
    /// The initials of the given names; of a body's words.
    pub(super) initials: String,
    /// The first given name, as far as it is more than an initial.
    given: String,
    body: bool,
}

/// How two lists of names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// They cannot be of one work.
    Different,
    /// One has no name.
    Missing,
    /// As far as they go, the same.
    Same,
}

impl Creator {
    fn of(name: &Name) -> Self {
        match name {
            Name::Person(person) => {
                let given = person.given.as_deref().unwrap_or_default();
                let family = if person.family.is_empty() { given } else { &person.family };
                Self {
                    family: letters(without_particles(family), LONGEST),
                    initials: initials(given),
                    given: first_given(given),
                    body: false,
                }
            }
            Name::Literal(literal) => {
                let bare = literal.split('(').next().unwrap_or_default();
                let bare = if bare.trim().is_empty() { literal } else { bare };
                let words = bare.split_whitespace().filter(|word| !is_function_word(word));
                Self {
                    family: letters(bare, LONGEST),
                    initials: words.filter_map(|word| letters(word, 1).chars().next()).collect(),
                    given: String::new(),
                    body: true,
                }
            }
        }
    }

    /// The family name as it is looked up: `Müller` and `Mueller` are one.
    pub(super) fn key(&self) -> String {
        self.family.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    }

    fn agrees(&self, other: &Self) -> bool {
        if self.body || other.body {
            return self.agrees_as_body(other);
        }
        let same = self.key() == other.key()
            || self.family.len().min(other.family.len()) >= 5
                && distance(&self.family, &other.family, 1).is_some();
        if same {
            return begins(&self.initials, &other.initials)
                && (self.given.is_empty()
                    || other.given.is_empty()
                    || begins(&self.given, &other.given)
                    || distance(&self.given, &other.given, 1).is_some());
        }
        // `Roe Jane` and `Jane Roe` are read as one or the other where no comma stands.
        !self.given.is_empty() && self.given == other.family && self.family == other.given
    }

    fn agrees_as_body(&self, other: &Self) -> bool {
        let short = |one: &Self, other: &Self| {
            one.family.len() >= 2 && one.family == other.initials && other.body
        };
        let holds = |one: &Self, other: &Self| {
            one.body && !other.body && other.family.len() > 2 && one.family.contains(&other.family)
        };
        self.key() == other.key()
            || short(self, other)
            || short(other, self)
            || holds(self, other)
            || holds(other, self)
            || self.family.len().min(other.family.len()) >= 12
                && distance(&self.family, &other.family, 2).is_some()
    }
}

/// Who a work is known by: its authors, else its editors, else those of any other role.
pub(super) fn creators(work: &Work) -> Vec<Creator> {
    [Field::Author, Field::Editor]
        .iter()
        .chain(Field::ALL)
        .filter_map(|&field| work.names(field))
        .find_map(|names: &Names| {
            let list: Vec<Creator> = names
                .iter()
                .take(MOST)
                .map(Creator::of)
                .filter(|creator| !creator.family.is_empty())
                .collect();
            (!list.is_empty()).then_some(list)
        })
        .unwrap_or_default()
}

/// How two lists agree: the first names must, and of the others most that both lists have.
pub(super) fn agreement(one: &[Creator], other: &[Creator]) -> Agreement {
    let (Some(first), Some(of_other)) = (one.first(), other.first()) else {
        return Agreement::Missing;
    };
    let both = one.len().min(other.len());
    let pairs = || one.iter().zip(other);
    let alike = pairs().filter(|(one, other)| one.agrees(other)).count();
    // In another order, they are still who made it.
    let anywhere = || both > 1 && one.iter().all(|one| other.iter().any(|other| one.agrees(other)));
    let same = first.agrees(of_other) && alike * 2 > both.saturating_sub(1) || anywhere();
    if same { Agreement::Same } else { Agreement::Different }
}

fn begins(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// A family name from its first word that is no particle; the whole where all are.
fn without_particles(family: &str) -> &str {
    let mut rest = family.trim_start();
    while let Some((word, behind)) = rest.split_once(char::is_whitespace) {
        if !lexicon().classes(word).has(Class::Particle) {
            return rest;
        }
        rest = behind.trim_start();
    }
    if rest.is_empty() { family } else { rest }
}

/// The first letters of given names: `Jean-Paul`, `J.-P.` and `JP` are `jp`.
fn initials(given: &str) -> String {
    let mut initials = String::new();
    // A decomposed letter would come apart from its accent.
    let given: String = given.nfc().collect();
    for word in given.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
        let all = word.chars().count() <= 3 && word.chars().all(char::is_uppercase);
        let count = if all { 3 } else { 1 };
        for c in word.chars().take(count) {
            initials.extend(letters(c.encode_utf8(&mut [0; 4]), 1).chars().next());
        }
        if initials.len() >= 6 {
            break;
        }
    }
    initials
}

fn first_given(given: &str) -> String {
    let word = given.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    let full = |word: &&str| word.chars().count() > 1 && !word.chars().all(char::is_uppercase);
    word.filter(full).map(|word| letters(word, LONGEST)).unwrap_or_default()
}

fn is_function_word(word: &str) -> bool {
    lexicon().classes(word).has(Class::Function)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(one: Name, other: Name) -> bool {
        Creator::of(&one).agrees(&Creator::of(&other))
    }

    #[test]
    fn spellings_of_one_person_agree() {
        for (one, other) in [
            (("Müller", "Jean-Paul"), ("Mueller", "J.-P.")),
            (("van der Berg", "Anna"), ("Berg", "A.")),
            (("Ivanov", "Ivan"), ("Иванов", "И. И.")),
            (("Okafor", "N. T."), ("Okafor", "NT")),
            (("Thornton", "A."), ("Thorton", "Anne")),
            (("Jane", "Roe"), ("Roe", "Jane")),
        ] {
            assert!(agree(Name::person(one.0, one.1), Name::person(other.0, other.1)), "{one:?}");
        }
        assert!(agree(Name::body("World Health Organization (WHO)"), Name::body("WHO")));
    }

    #[test]
    fn other_persons_do_not() {
        assert!(!agree(Name::person("Roe", "Jane"), Name::person("Roe", "Peter")));
        assert!(!agree(Name::person("Roe", "Jane"), Name::person("Roe", "Joan")));
        assert!(!agree(Name::person("Roe", "J."), Name::person("Poe", "J.")));
        assert!(!agree(Name::body("World Bank"), Name::body("WHO")));
    }
}
