//! Words of names and titles in ASCII, as a cite key spells them.
//!
//! Called by the rest of [`key`](super). Letters of every script are transliterated by the
//! `deunicode` tables (`Иванов` is `ivanov`, `王` is `wang`).

use crate::Name;
use crate::work::{Piece, pieces};
use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

/// The longest a name or a word gets, in letters: titles of scripts without spaces are one word.
const LONGEST: usize = 24;

static FUNCTION_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/lexicon/title-function-words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(_, words)| words.split_ascii_whitespace())
        .collect()
});

/// A name: the family name with its particle in one word, or a short form of a body's name.
pub(super) fn of_name(name: &Name) -> String {
    match name {
        Name::Person(person) => {
            let mut key = String::new();
            for part in person.non_dropping_particle.iter().chain([&person.family]) {
                push_ascii(&mut key, part);
            }
            // Readers take a given name that stands alone for the family name.
            if key.is_empty() || person.family.is_empty() {
                push_ascii(&mut key, person.given.as_deref().unwrap_or(""));
            }
            cut(key)
        }
        Name::Literal(body) => of_body(body),
    }
}

/// A body's name: its own abbreviation in parentheses, else its words where they are one or
/// two, else their initials (`World Health Organization` is `who`).
fn of_body(body: &str) -> String {
    if let Some((_, rest)) = body.split_once('(')
        && let Some((inside, _)) = rest.split_once(')')
        && !inside.contains(char::is_whitespace)
    {
        let mut key = String::new();
        push_ascii(&mut key, inside);
        if !key.is_empty() {
            return cut(key);
        }
    }
    let words = significant(body, LONGEST);
    cut(match words.as_slice() {
        short @ ([] | [_] | [_, _]) => short.concat(),
        long => long.iter().filter_map(|word| word.chars().next()).collect(),
    })
}

/// The first words of a title that say something, in ASCII. Where none does ("What is to be
/// done?"), all its words.
pub(super) fn significant(title: &str, most: usize) -> Vec<String> {
    let pick = |all: bool| -> Vec<String> {
        words(title)
            .filter(|word| all || !is_function_word(word))
            .map(|word| {
                let mut key = String::new();
                push_ascii(&mut key, word);
                cut(key)
            })
            .filter(|word| !word.is_empty())
            .take(most)
            .collect()
    };
    let said = pick(false);
    if said.is_empty() { pick(true) } else { said }
}

fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(word.to_lowercase().as_str())
}

/// The words of a text, without its tags. A hyphen or an apostrophe inside a word divides it:
/// `l’État` is about `État`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    pieces(text).into_iter().flat_map(|piece| {
        let text = if let Piece::Text(text) = piece { text } else { "" };
        // The stops of `U.S.` stay inside.
        text.split(|c: char| !c.is_alphanumeric() && c != '.' && !is_combining_mark(c))
            .map(|word| word.trim_matches('.'))
            .filter(|word| !word.is_empty())
    })
}

/// Adds a text's letters and digits in lower case, in ASCII.
fn push_ascii(key: &mut String, text: &str) {
    for c in text.chars() {
        if key.len() > LONGEST {
            break;
        }
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                key.push(c.to_ascii_lowercase());
            }
        } else if let Some(letters) = deunicode::deunicode_char(c) {
            key.extend(
                letters
                    .chars()
                    .filter(char::is_ascii_alphanumeric)
                    .map(|letter| letter.to_ascii_lowercase()),
            );
        }
    }
}

fn cut(mut key: String) -> String {
    key.truncate(LONGEST);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_short() {
        for (body, key) in [
            ("World Bank", "worldbank"),
            ("World Health Organization", "who"),
            ("Food and Agriculture Organization of the United Nations", "faoun"),
            ("European Police Office (Europol)", "europol"),
            ("UNODC", "unodc"),
        ] {
            assert_eq!(of_body(body), key);
        }
    }

    #[test]
    fn titles_start_where_they_say_something() {
        for (title, key) in [
            ("Le citoyen et l'État", "citoyen"),
            ("<i>The</i> Harbour", "harbour"),
            ("What is to be done?", "done"),
            ("Über die Größe", "grosse"),
            ("Теория вероятностей", "teoriia"),
            ("a < b and why", "b"),
        ] {
            assert_eq!(significant(title, 1), [key], "{title}");
        }
    }
}
