//! The comparable form of volumes, issues and editions: the number, without the word beside it.
//!
//! `Vol. 3` is 3, `XIX` is 19, `2nd`, `Second edition` and `2. Aufl.` are 2.

use super::character::{is_digit, is_space, is_word};
use super::text::text_key;
use crate::text::roman;
use serde_json::Value;

/// Ordinals in words; the place in the list is the number.
const ORDINALS: [&[&str]; 2] = [
    &[
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ],
    &[
        "erste", "zweite", "dritte", "vierte", "fünfte", "sechste", "siebte", "achte", "neunte",
        "zehnte",
    ],
];

/// Words beside the number of an edition.
const EDITION_WORDS: &[&str] = &[
    "revised",
    "rev",
    "new",
    "enlarged",
    "edition",
    "edn",
    "eds",
    "ed",
    "auflage",
    "aufl",
    "ausgabe",
    "édition",
    "édn",
    "éd",
    "edición",
    "edizione",
    "edição",
    "uitgave",
    "druk",
    "издание",
    "изд",
];

/// Words before the number of a volume or an issue.
const NUMBER_WORDS: &[&str] = &[
    "volume",
    "volumes",
    "vol",
    "vols",
    "v",
    "band",
    "bd",
    "bde",
    "jahrgang",
    "jg",
    "tome",
    "tomes",
    "tomo",
    "t",
    "issue",
    "issues",
    "iss",
    "number",
    "numbers",
    "numéro",
    "número",
    "numero",
    "nummer",
    "no",
    "nos",
    "nr",
    "nrs",
    "núm",
    "num",
    "n",
    "heft",
    "h",
    "fascicule",
    "fasc",
    "part",
    "parts",
    "pt",
    "том",
    "т",
    "вып",
    "№",
    "#",
];

/// What makes an ordinal of a number.
const ENDINGS: &[&str] =
    &["", "st", "nd", "rd", "th", "e", "er", "ère", "ème", "ª", "º", "a", "o", "te", "."];

/// The comparable form of a volume or an issue.
pub(super) fn number_key(value: &Value) -> String {
    let mut text = text_key(value);
    // Twice, for `Vol. no. 3`.
    for _ in 0..2 {
        let bare = without_number_word(&text);
        if !bare.is_empty() {
            text = bare.to_owned();
        }
    }
    if let Some(number) = roman(&text) {
        return number.to_string();
    }
    match cardinal(&text) {
        // `3a` is a volume of its own, not the third.
        Some((digits, ending)) if ending.is_empty() || !text.ends_with(['a', 'e', 'o']) => {
            without_zeros(digits).to_owned()
        }
        _ => text,
    }
}

/// The comparable form of an edition.
pub(super) fn edition_key(value: &Value) -> String {
    let whole = text_key(value);
    let bare = without_edition_words(&whole);
    let mut text = bare.trim_matches([' ', '.', ',', ';', ':', '(', ')']);
    if text.is_empty() {
        return whole;
    }
    if text.starts_with(is_digit) {
        let end = text.find(|c| is_space(c) || matches!(c, ',' | '.' | ';'));
        text = text.split_at(end.unwrap_or(text.len())).0;
    }
    // `zweiter`, `zweites`, `zweiten`, `zweitem`
    let stem = text.strip_suffix(['r', 's', 'n', 'm']).unwrap_or(text);
    if let Some(number) = ordinal(text).or_else(|| ordinal(stem)) {
        return number.to_string();
    }
    match cardinal(text) {
        Some((digits, _)) => without_zeros(digits).to_owned(),
        None => text.to_owned(),
    }
}

fn ordinal(word: &str) -> Option<usize> {
    ORDINALS.iter().find_map(|list| list.iter().position(|&known| known == word)).map(|at| at + 1)
}

/// The text behind a word of [`NUMBER_WORDS`], if such a word stands before a digit, a space or
/// a full stop.
fn without_number_word(text: &str) -> &str {
    let is_mark = |c| matches!(c, '.' | ':' | '°' | 'º');
    let rest = NUMBER_WORDS.iter().filter_map(|word| text.strip_prefix(word));
    let mut bare = rest.filter_map(|rest| match rest.chars().next() {
        Some(c) if is_digit(c) || c == ' ' => Some(rest),
        Some(c) if is_mark(c) => Some(rest.trim_start_matches(is_mark)),
        _ => None,
    });
    bare.next().map_or(text, |rest| rest.trim_start_matches(is_space))
}

/// The text with a space for every one of [`EDITION_WORDS`] and the full stop behind it.
fn without_edition_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        let (between, next) = after.split_at(after.find(is_word).unwrap_or(after.len()));
        if EDITION_WORDS.contains(&word) {
            out.push(' ');
            out.push_str(between.strip_prefix('.').unwrap_or(between));
        } else {
            out.push_str(word);
            out.push_str(between);
        }
        rest = next;
    }
    out
}

/// The digits and the ending of a number, which may be an ordinal.
fn cardinal(text: &str) -> Option<(&str, &str)> {
    let (digits, ending) = text.split_at(text.find(|c| !is_digit(c)).unwrap_or(text.len()));
    (!digits.is_empty() && ENDINGS.contains(&ending)).then_some((digits, ending))
}

fn without_zeros(digits: &str) -> &str {
    match digits.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_beside_a_volume_do_not_count() {
        for (value, number) in [
            (json!("Vol. 3"), "3"),
            (json!("XIX"), "19"),
            (json!("Bd. 4"), "4"),
            (json!("no. 3"), "3"),
            (json!("Vol. no. 3"), "3"),
            (json!("№ 3"), "3"),
            (json!("n° 3"), "3"),
            (json!("#3"), "3"),
            (json!("v3"), "3"),
            (json!("003"), "3"),
            (json!("0"), "0"),
            (json!(12), "12"),
            (json!("3rd"), "3"),
            (json!("1–2"), "1-2"),
            (json!("B5"), "b5"),
            (json!("3a"), "3a"),
            (json!("3te"), "3te"),
            (json!("vol"), "vol"),
            (json!("vol."), "vol"),
            (json!("iiii"), "iiii"),
            (json!(""), ""),
        ] {
            assert_eq!(number_key(&value), number, "{value}");
        }
    }

    #[test]
    fn editions_go_by_their_number() {
        for (value, number) in [
            (json!("2nd ed."), "2"),
            (json!("11th"), "11"),
            (json!(11), "11"),
            (json!("3., überarb. Aufl."), "3"),
            (json!("Second edition"), "2"),
            (json!("zweites"), "2"),
            (json!("Zweite Auflage"), "2"),
            (json!("revised ed."), "revised ed"),
            (json!("Rev. and expanded ed."), "and expanded"),
            (json!("3a"), "3"),
            (json!("XIX"), "xix"),
            (json!("version"), "version"),
        ] {
            assert_eq!(edition_key(&value), number, "{value}");
        }
    }
}
