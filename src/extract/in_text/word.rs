//! Words that stand beside citations in running text (`data/lexicon/in_text.tsv`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word says beside a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Beside {
    /// A noun follows it, no name.
    Article,
    /// Counts parts of this document.
    Label,
    /// Stands before a place in a work.
    Locator,
    /// Is written like a name, and is none.
    Unnamed,
    /// Stands for more names.
    Others,
}

static WORDS: LazyLock<HashMap<String, Vec<Beside>>> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<Beside>> = HashMap::new();
    for line in include_str!("../../../data/lexicon/in_text.tsv").lines() {
        let Some((class, list)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let class = match class {
            "article" => Beside::Article,
            "label" => Beside::Label,
            "locator" => Beside::Locator,
            "others" => Beside::Others,
            _ => Beside::Unnamed,
        };
        for word in list.split(' ') {
            words.entry(word.replace('_', " ")).or_default().push(class);
        }
    }
    words
});

/// Whether a word, in any case, with or without a full stop, is of a class.
pub(super) fn is(word: &str, class: Beside) -> bool {
    let word = word.to_lowercase();
    WORDS.get(word.trim_end_matches('.')).is_some_and(|classes| classes.contains(&class))
}
