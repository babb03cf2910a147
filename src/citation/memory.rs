//! The works of a list that later citations can stand for: the last few thousand.

use crate::text::{Seeded, is_alphabetic, is_alphanumeric};
use crate::work::{Confidence, Name, Names, Person, Work};
use std::collections::VecDeque;
use std::hash::BuildHasher;
use std::sync::OnceLock;

/// How many works are kept.
const WORKS: usize = 2000;

/// A citation that is longer than this, in bytes, is not kept: it is none.
const LONGEST: usize = 4000;

/// How many works of one author are looked through for a title, from the last on.
const OF_ONE: usize = 100;

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

/// What a work is looked for by: the words of its first name, as a digest and as they are, and
/// those of its title.
#[derive(Clone, Debug)]
struct Called {
    digest: u64,
    name: String,
    title: String,
}

/// The works before, the last at the end; `None` where it is not known which one was cited.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    works: VecDeque<Option<Known>>,
    /// What each is called, once one is looked for: few lists ask, and two thousand works are too
    /// many to fold them for each that does.
    called: VecDeque<OnceLock<Called>>,
    seed: Seeded,
}

impl Memory {
    /// The work that was cited last.
    pub(super) fn last(&self) -> Option<&Known> {
        self.works.back()?.as_ref()
    }

    /// Its place.
    pub(super) fn last_place(&self) -> usize {
        self.works.len().saturating_sub(1)
    }

    /// The last work of an author whose title has the words of `title`.
    pub(super) fn find(&self, author: &Name, title: &str) -> Option<(usize, &Known)> {
        let (name, title) = (words(&author.sort_name()), words(title));
        let digest = self.seed.hash_one(&name);
        let works = self.works.iter().zip(&self.called).enumerate().rev();
        let of_one = works.filter_map(|(place, (known, called))| {
            let known = known.as_ref()?;
            let first = known.names().first()?;
            let called = called.get_or_init(|| self.called(first, &known.work));
            let same = called.digest == digest && called.name == name && may_be_one(first, author);
            same.then_some((place, known, called))
        });
        let mut found = of_one.take(OF_ONE).filter(|(_, _, called)| called.title.contains(&title));
        found.next().map(|(place, known, _)| (place, known))
    }

    fn called(&self, first: &Name, work: &Work) -> Called {
        let name = words(&first.sort_name());
        let title = words(work.title.as_deref().unwrap_or(""));
        Called { digest: self.seed.hash_one(&name), name, title }
    }

    /// Keeps a work of its own.
    pub(super) fn keep(&mut self, own: &mut Work, is_named: bool) {
        // most of what a work weighs, and not needed again
        let (evidence, note) = (own.evidence.take(), own.note.take());
        let length = evidence.as_ref().map_or(0, |evidence| evidence.source.len());
        let confidence = evidence.as_ref().map(|evidence| evidence.confidence);
        let known = length <= LONGEST && (own.title.is_some() || own.container_title.is_some());
        let copy = known.then(|| own.clone());
        (own.evidence, own.note) = (evidence, note);
        let Some(mut work) = copy else { return self.forget() };
        if !is_named {
            work.author = Names::default();
            work.editor = Names::default();
        }
        let confidence = confidence.unwrap_or(Confidence::new(0.0));
        self.push(Some(Known { work, confidence }), OnceLock::new());
    }

    /// The work at a place was cited again, and is the last now.
    pub(super) fn again(&mut self, place: usize) {
        if place + 1 < self.works.len() {
            let known = self.works[place].clone();
            let called = self.called[place].clone();
            self.push(known, called);
        }
    }

    /// Something was cited, nobody knows what.
    pub(super) fn forget(&mut self) {
        if self.last().is_some() {
            self.push(None, OnceLock::new());
        }
    }

    fn push(&mut self, known: Option<Known>, called: OnceLock<Called>) {
        if self.works.len() == WORKS {
            self.works.pop_front();
            self.called.pop_front();
        }
        self.works.push_back(known);
        self.called.push_back(called);
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

/// Whether two names of the same family can be one person's: by the first initial, where both
/// have one.
fn may_be_one(a: &Name, b: &Name) -> bool {
    let initial = |name: &Name| match name {
        Name::Person(Person { given: Some(given), .. }) => {
            given.chars().find(|&c| is_alphabetic(c))
        }
        _ => None,
    };
    match (initial(a), initial(b)) {
        (Some(a), Some(b)) => a.to_lowercase().eq(b.to_lowercase()),
        _ => true,
    }
}
