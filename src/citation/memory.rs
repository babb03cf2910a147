//! The works of a list that later citations can stand for: the last few thousand.

use crate::text::{is_alphabetic, is_alphanumeric};
use crate::work::{Confidence, Name, Names, Person, Work};
use std::collections::VecDeque;
use std::iter;

/// How many works are kept.
const WORKS: usize = 2000;

/// A citation that is longer than this, in bytes, is not kept: it is none.
const LONGEST: usize = 4000;

/// A work before.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) work: Work,
    pub(super) confidence: Confidence,
}

impl Known {
    /// The names that a dash stands for.
    pub(super) fn names(&self) -> &Names {
        if self.work.author.is_empty() { &self.work.editor } else { &self.work.author }
    }
}

/// The works before, the last at the end; `None` where it is not known which one was cited.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory(VecDeque<Option<Known>>);

impl Memory {
    /// The work that was cited last.
    pub(super) fn last(&self) -> Option<&Known> {
        self.0.back()?.as_ref()
    }

    /// Its place.
    pub(super) fn last_place(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// The last work of an author whose title has the words of `title`.
    pub(super) fn find(&self, author: &Name, title: &str) -> Option<(usize, &Known)> {
        let title = words(title);
        let works = self.0.iter().enumerate().rev();
        works.filter_map(|(place, known)| Some((place, known.as_ref()?))).find(|(_, known)| {
            known.names().first().is_some_and(|name| are_one(name, author))
                && words(known.work.title.as_deref().unwrap_or("")).contains(&title)
        })
    }

    /// Keeps a work of its own.
    pub(super) fn keep(&mut self, own: &mut Work, is_named: bool) {
        // most of what a work weighs, and not needed again
        let evidence = own.evidence.take();
        let length = evidence.as_ref().map_or(0, |evidence| evidence.source.len());
        let confidence = evidence.as_ref().map(|evidence| evidence.confidence);
        let known = length <= LONGEST && (own.title.is_some() || own.container_title.is_some());
        let copy = known.then(|| own.clone());
        own.evidence = evidence;
        let Some(mut work) = copy else { return self.forget() };
        work.note = None;
        if !is_named {
            work.author = Names::default();
            work.editor = Names::default();
        }
        let confidence = confidence.unwrap_or(Confidence::new(0.0));
        self.push(Some(Known { work, confidence }));
    }

    /// The work at a place was cited again, and is the last now.
    pub(super) fn again(&mut self, place: usize) {
        if place + 1 < self.0.len() {
            let known = self.0[place].clone();
            self.push(known);
        }
    }

    /// Something was cited, nobody knows what.
    pub(super) fn forget(&mut self) {
        if self.last().is_some() {
            self.push(None);
        }
    }

    fn push(&mut self, known: Option<Known>) {
        if self.0.len() == WORKS {
            self.0.pop_front();
        }
        self.0.push_back(known);
    }
}

/// The words of a title, each between spaces.
fn words(title: &str) -> String {
    let mut words = String::from(" ");
    for word in title.split(|c: char| !is_alphanumeric(c)).filter(|word| !word.is_empty()) {
        words.push_str(&word.to_lowercase());
        words.push(' ');
    }
    words
}

/// The letters of a text's words in lower case, each word with a space before it. A small sigma
/// is written otherwise at a word's end, which does not count.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let words = text.split(|c: char| !is_alphanumeric(c)).filter(|word| !word.is_empty());
    words
        .flat_map(|word| iter::once(' ').chain(word.chars().flat_map(char::to_lowercase)))
        .map(|c| if c == 'ς' { 'σ' } else { c })
}

/// Whether two names can be one person's: the family name, and the first initial where both
/// have one.
fn are_one(a: &Name, b: &Name) -> bool {
    let initial = |name: &Name| match name {
        Name::Person(Person { given: Some(given), .. }) => {
            given.chars().find(|&c| is_alphabetic(c))
        }
        _ => None,
    };
    let initials = match (initial(a), initial(b)) {
        (Some(a), Some(b)) => a.to_lowercase().eq(b.to_lowercase()),
        _ => true,
    };
    initials && letters(&a.sort_name()).eq(letters(&b.sort_name()))
}
