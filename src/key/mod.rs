//! Cite keys: readable, unique, of ASCII letters and digits.
//!
//! Takes works, gives a key for each one: `bowling2010policing`, the first author's family name,
//! the year and the first word of the title that says something. Called by users through
//! [`assign`], and by the writers, which need a key for every work.
//!
//! Keys do not depend on the order of the works. Works whose keys are equal get more words of
//! their titles, all of them alike (`bowling2010policingcaribbean`, `bowling2010policingglobe`);
//! where words do not tell them apart, a letter follows (`roe2011harboura`), given in the order
//! of the works' contents. Works that are equal in every field are told apart by letters too,
//! and which of them gets which cannot be seen.

mod word;

use crate::text::Digests;
use crate::{Date, Field, Names, ValueRef, Work};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// How keys are made.
///
/// ```
/// assert_eq!(citelift::key::Options::default().title_words, 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// How many words of the title a key has where one key is not in another's way; with 0,
    /// `bowling2010`.
    pub title_words: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { title_words: 1 }
    }
}

impl Options {
    /// The same with another number of title words.
    #[must_use]
    pub fn title_words(mut self, title_words: usize) -> Self {
        self.title_words = title_words;
        self
    }
}

/// Gives every work that has no `id` a key, unique among all ids. Works that have an `id` keep
/// it. Never fails.
///
/// ```
/// use citelift::{Date, Kind, Name, Work};
///
/// let mut work = Work::new(Kind::Book);
/// work.author.push(Name::person("Müller-Łukasz", "Zoë"));
/// work.title = Some("The “smart” border".into());
/// work.issued = Some(Date::year(2010));
/// let mut works = [work];
/// citelift::key::assign(&mut works);
/// assert_eq!(works[0].id.as_deref(), Some("mullerlukasz2010smart"));
/// ```
pub fn assign(works: &mut [Work]) {
    assign_with(works, &Options::default());
}

/// The same, as `options` say.
///
/// ```
/// use citelift::{Kind, Name, Work, key};
///
/// let mut works = [Work::new(Kind::Book)];
/// works[0].author.push(Name::body("World Health Organization"));
/// key::assign_with(&mut works, &key::Options::default().title_words(0));
/// assert_eq!(works[0].id.as_deref(), Some("who"));
/// ```
pub fn assign_with(works: &mut [Work], options: &Options) {
    let given = works.iter().map(|work| work.id.as_deref().map(Cow::Borrowed)).collect();
    let keys: Vec<Option<String>> = fill(works, given, options)
        .into_iter()
        .map(|key| if let Cow::Owned(key) = key { Some(key) } else { None })
        .collect();
    for (work, key) in works.iter_mut().zip(keys) {
        if key.is_some() {
            work.id = key;
        }
    }
}

/// A key for every work of an export: its `id` where `usable` takes it and no other work has
/// it, else a new one. Of several works of one id, the first in the order of their contents
/// keeps it.
pub(crate) fn unique(works: &[Work], usable: fn(&str) -> bool) -> Vec<Cow<'_, str>> {
    // In most exports every work has an id of its own, which digests show at once.
    let mut seen = Digests::new();
    if works.iter().all(|work| work.id.as_deref().is_some_and(|id| usable(id) && seen.insert(id))) {
        return works.iter().filter_map(|work| work.id.as_deref().map(Cow::Borrowed)).collect();
    }
    let mut holder: HashMap<&str, usize> = HashMap::new();
    for (index, work) in works.iter().enumerate() {
        if let Some(id) = work.id.as_deref().filter(|id| usable(id)) {
            let first = *holder.entry(id).or_insert(index);
            if first != index && by_content(work, &works[first]) == Ordering::Less {
                holder.insert(id, index);
            }
        }
    }
    let given = works
        .iter()
        .enumerate()
        .map(|(index, work)| {
            let id = work.id.as_deref()?;
            (holder.get(id) == Some(&index)).then_some(Cow::Borrowed(id))
        })
        .collect();
    fill(works, given, &Options::default())
}

/// The key of a work that stands alone.
pub(crate) fn of(work: &Work) -> String {
    Parts::of(work).key(Options::default().title_words)
}

/// How many words of a title may tell two keys apart before letters do.
const MOST_WORDS: usize = 5;

/// Puts a new key where none is given. Every step treats all works of one key alike, so that
/// their order does not matter.
fn fill<'a>(
    works: &[Work],
    mut keys: Vec<Option<Cow<'a, str>>>,
    options: &Options,
) -> Vec<Cow<'a, str>> {
    let mut taken: HashSet<String> = keys.iter().flatten().map(|key| key.to_string()).collect();
    let mut open: Vec<(usize, Parts)> = keys
        .iter()
        .zip(works)
        .enumerate()
        .filter(|(_, (key, _))| key.is_none())
        .map(|(index, (_, work))| (index, Parts::of(work)))
        .collect();
    for words in options.title_words..options.title_words.max(MOST_WORDS) + 1 {
        let proposed: Vec<String> = open.iter().map(|(_, parts)| parts.key(words)).collect();
        let mut count: HashMap<&str, usize> = HashMap::new();
        for key in &proposed {
            *count.entry(key).or_default() += 1;
        }
        let settled: Vec<bool> =
            proposed.iter().map(|key| count[key.as_str()] == 1 && !taken.contains(key)).collect();
        let mut left = Vec::new();
        for (((index, parts), key), settled) in open.into_iter().zip(proposed).zip(settled) {
            if settled {
                taken.insert(key.clone());
                keys[index] = Some(Cow::Owned(key));
            } else {
                left.push((index, parts));
            }
        }
        open = left;
    }
    let mut rest: Vec<(String, usize)> =
        open.iter().map(|(index, parts)| (parts.key(options.title_words), *index)).collect();
    rest.sort_by(|(a, one), (b, other)| {
        a.cmp(b).then_with(|| by_content(&works[*one], &works[*other]))
    });
    let mut last = String::new();
    let mut letter = 0;
    for (base, index) in rest {
        if base != last {
            letter = 0;
            last.clone_from(&base);
        }
        let key = loop {
            let key = with_letters(&base, letter);
            letter += 1;
            if !taken.contains(&key) {
                break key;
            }
        };
        taken.insert(key.clone());
        keys[index] = Some(Cow::Owned(key));
    }
    keys.into_iter().flatten().collect()
}

/// `base` and the letters of a number: a to z, then aa, ab and so on.
fn with_letters(base: &str, mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push((b'a' + (number % 26) as u8) as char);
        if number < 26 {
            break;
        }
        number = number / 26 - 1;
    }
    base.chars().chain(letters.into_iter().rev()).collect()
}

/// The order of two works by all their fields: equal only where the fields are.
fn by_content(one: &Work, other: &Work) -> Ordering {
    one.title.cmp(&other.title).then_with(|| one.kind.cmp(&other.kind)).then_with(|| {
        let mut others = other.fields();
        for (field, value) in one.fields() {
            let Some((other_field, other_value)) = others.next() else {
                return Ordering::Greater;
            };
            let order = field.cmp(&other_field).then_with(|| by_value(value, other_value));
            if order != Ordering::Equal {
                return order;
            }
        }
        if others.next().is_some() { Ordering::Less } else { Ordering::Equal }
    })
}

/// The order of two values of one field.
fn by_value(one: ValueRef<'_>, other: ValueRef<'_>) -> Ordering {
    match (one, other) {
        (ValueRef::Text(one), ValueRef::Text(other)) => one.cmp(other),
        (ValueRef::Keywords(one), ValueRef::Keywords(other)) => one.cmp(other),
        (ValueRef::Pages(one), ValueRef::Pages(other)) => one.to_string().cmp(&other.to_string()),
        (ValueRef::Date(one), ValueRef::Date(other)) => one.to_string().cmp(&other.to_string()),
        (one, other) if one == other => Ordering::Equal,
        // Names have no order of their own, and their debugging form tells every part.
        (one, other) => format!("{one:?}").cmp(&format!("{other:?}")),
    }
}

/// What a key is made of.
struct Parts {
    /// The name and the year.
    head: String,
    /// Words of the title.
    words: Vec<String>,
    /// How many of the words the head already has.
    used: usize,
}

impl Parts {
    fn of(work: &Work) -> Self {
        let year =
            work.issued.as_ref().and_then(Date::first_year).map_or_else(String::new, |year| {
                if year > 0 { year.to_string() } else { format!("{}bc", 1 - i64::from(year)) }
            });
        let title = work.title.as_deref().or(work.container_title.as_deref()).unwrap_or("");
        let words = word::significant(title, MOST_WORDS + 1);
        match creator(work).map(word::of_name).filter(|name| !name.is_empty()) {
            Some(name) => Self { head: name + &year, words, used: 0 },
            // No one is named: `harbour2011watch`, and with nothing at all `work`.
            None => {
                let first = words.first().map_or_else(|| "work".to_owned(), String::clone);
                Self { head: first + &year, words, used: 1 }
            }
        }
    }

    fn key(&self, title_words: usize) -> String {
        let words = self.words.iter().skip(self.used).take(title_words - self.spent(title_words));
        words.fold(self.head.clone(), |key, word| key + word)
    }

    /// Of the words asked for, how many the head spends.
    fn spent(&self, title_words: usize) -> usize {
        self.used.min(title_words)
    }
}

/// Who a work is known by: its first author, else editor, else translator, else the first of
/// any other role.
fn creator(work: &Work) -> Option<&crate::Name> {
    [Field::Author, Field::Editor, Field::Translator]
        .iter()
        .chain(Field::ALL)
        .filter_map(|&field| work.names(field))
        .find_map(Names::first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        let letters: Vec<String> =
            [0, 25, 26, 51, 52, 701, 702].iter().map(|&n| with_letters("", n)).collect();
        assert_eq!(letters, ["a", "z", "aa", "az", "ba", "zz", "aaa"]);
    }

    #[test]
    fn a_letter_is_not_given_that_makes_another_works_key() {
        let twin = |title: &str| {
            let mut work = Work::new(crate::Kind::Book);
            work.title = Some(title.into());
            work
        };
        let mut works = [twin("Watch"), twin("Watch"), twin("Watcha")];
        assign(&mut works);
        let keys: Vec<_> = works.iter().flat_map(|work| work.id.as_deref()).collect();
        assert_eq!(keys, ["watchb", "watchc", "watcha"]);
    }
}
