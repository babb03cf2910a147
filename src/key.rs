//! Cite keys.

use crate::Work;

/// How keys are made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// How many words of the title a key has when nothing else demands more.
    pub title_words: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { title_words: 1 }
    }
}

/// Gives every work without an `id` a readable, unique key.
pub fn assign(works: &mut [Work]) {
    assign_with(works, &Options::default());
}

/// The same, as `options` say.
pub fn assign_with(works: &mut [Work], options: &Options) {
    let _ = (works, options);
}
