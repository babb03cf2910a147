//! Where references for training come from, and under which licence.

use super::around::without_words_around;
use super::augment::{Pool, noisy};
use super::random::Random;
use super::recipe::Recipe;
use super::reference::Labelled;

/// A source of labelled references: a collection, or a recipe that makes them.
///
/// ```
/// use citelift::train::{Labelled, Source};
/// let references = Labelled::read("<title>Harbour watch</title>, <date>2010</date>")?;
/// let source = Source::of_references("my library", references).licence("CC0-1.0", "myself");
/// # Ok::<(), citelift::Error>(())
/// ```
#[derive(Debug)]
pub struct Source {
    pub(crate) name: String,
    pub(crate) licence: String,
    pub(crate) from: String,
    references: Vec<Labelled>,
    recipe: Option<Recipe>,
    pub(crate) times: f32,
    pub(crate) swaps: f32,
}

impl Source {
    /// A collection of references. The words around values (`In`, `(eds.)`, `vol.`) may stand
    /// inside or outside of the labels.
    #[must_use]
    pub fn of_references(name: impl Into<String>, references: Vec<Labelled>) -> Self {
        let references = references.iter().map(without_words_around).collect();
        Self {
            name: name.into(),
            licence: String::new(),
            from: String::new(),
            references,
            recipe: None,
            times: 1.0,
            swaps: 0.1,
        }
    }

    /// A recipe: banks of names, titles, publishers, and templates that put references together
    /// (`data/README.md` of the project tells its form). `count` references are made anew for
    /// every pass.
    #[must_use]
    pub fn of_recipe(name: impl Into<String>, text: &str, count: usize) -> Self {
        let recipe = Some(Recipe::of(text));
        Self { recipe, times: count as f32, ..Self::of_references(name, Vec::new()) }
    }

    /// How often each reference is seen in a pass; a part of one means by chance.
    #[must_use]
    pub fn times(mut self, times: f32) -> Self {
        self.times = times;
        self
    }

    /// How often a value is exchanged for one of another reference, 0 to 1.
    #[must_use]
    pub fn swaps(mut self, share: f32) -> Self {
        self.swaps = share;
        self
    }

    /// The licence and the people that the model's header names for it.
    #[must_use]
    pub fn licence(mut self, licence: impl Into<String>, from: impl Into<String>) -> Self {
        self.licence = licence.into();
        self.from = from.into();
        self
    }

    /// How many references there are; for a recipe, how many a pass has.
    #[must_use]
    pub fn len(&self) -> usize {
        if self.recipe.is_some() { self.times as usize } else { self.references.len() }
    }

    /// Whether nothing can come of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds its values to those that may change places.
    pub(super) fn fill(&self, pool: &mut Pool, random: &mut Random) {
        for reference in &self.references {
            pool.add(reference);
        }
        if let Some(recipe) = &self.recipe {
            for reference in (0..SAMPLE).filter_map(|_| recipe.make(random)) {
                pool.add(&reference);
            }
        }
    }

    /// The references of one pass.
    pub(super) fn pass(&self, pool: &Pool, random: &mut Random, into: &mut Vec<Labelled>) {
        if let Some(recipe) = &self.recipe {
            for _ in 0..self.len() {
                if let Some(made) = recipe.make(random) {
                    into.push(noisy(&made, pool, self.swaps, random));
                }
            }
        }
        for reference in &self.references {
            let more = random.chance(self.times.fract());
            for _ in 0..self.times as usize + usize::from(more) {
                into.push(noisy(reference, pool, self.swaps, random));
            }
        }
    }
}

/// How many references of a recipe give their values to others.
const SAMPLE: usize = 1500;
