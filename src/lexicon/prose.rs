//! Words of prose, of all languages together. Called by `extract`, for every word of what may be a
//! list.

use super::table::Table;
use std::sync::OnceLock;

/// Words that prose has and citations hardly have.
pub(crate) fn is_prose_word(word: &str) -> bool {
    static WORDS: OnceLock<Table<()>> = OnceLock::new();
    let table = include_str!("../../data/lexicon/prose_words.tsv");
    WORDS.get_or_init(|| words(table)).get(word).is_some()
}

/// Words that begin sentences and few names.
pub(crate) fn is_opening_word(word: &str) -> bool {
    static WORDS: OnceLock<Table<()>> = OnceLock::new();
    let table = include_str!("../../data/lexicon/opening_words.tsv");
    WORDS.get_or_init(|| words(table)).get(word).is_some()
}

/// The words of lines of a language and its words.
fn words(lines: &str) -> Table<()> {
    let mut table = Table::default();
    let lines = lines.lines().filter_map(|line| line.split_once('\t'));
    for word in lines.flat_map(|(_, words)| words.split(' ')).filter(|word| !word.is_empty()) {
        table.entry(word);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        assert!(is_prose_word("were") && is_prose_word("Were") && is_prose_word("ÉTAIENT"));
        assert!(is_opening_word("The") && is_opening_word("Über"));
        assert!(!is_prose_word("harbour") && !is_opening_word("Roe") && !is_prose_word(""));
    }
}
