//! The comparable form of pages: `pp. 263–91` is `263-291`.

use super::character::{is_digit, is_space};
use super::text::text_key;
use serde_json::Value;

/// Words before pages.
const PAGE_WORDS: &[&str] =
    &["page", "pages", "p", "pp", "s", "ss", "seite", "seiten", "pág", "págs", "pag", "с", "стр"];

/// The comparable form of a value of pages.
pub(super) fn page_key(value: &Value) -> String {
    let text = text_key(value);
    let bare = without_page_word(&text).trim_matches(is_space);
    let bare = with_single_hyphens(bare);
    let stretches: Vec<String> = bare
        .split([',', ';'])
        .map(|stretch| stretch.trim_matches(is_space))
        .filter(|stretch| !stretch.is_empty())
        .map(|stretch| whole_range(stretch).unwrap_or_else(|| stretch.to_owned()))
        .collect();
    stretches.join(",")
}

fn without_page_word(text: &str) -> &str {
    let rest = PAGE_WORDS.iter().filter_map(|word| text.strip_prefix(word));
    let mut bare = rest.filter_map(|rest| match rest.chars().next() {
        Some(c) if is_digit(c) || c == ' ' => Some(rest),
        Some(c @ ('.' | ':')) => Some(rest.trim_start_matches(c)),
        _ => None,
    });
    bare.next().map_or(text, |rest| rest.trim_start_matches(is_space))
}

fn with_single_hyphens(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '-' || !out.ends_with('-') {
            out.push(c);
        }
    }
    out
}

/// A range with its last page written out; a range of one page is that page. `None` where it is
/// no range of two numbers, each with or without letters before it.
fn whole_range(text: &str) -> Option<String> {
    let (first, last) = text.split_once('-')?;
    let (first_letters, first) = lettered(first)?;
    let (mut last_letters, last) = lettered(last)?;
    let (first_length, last_length) = (first.chars().count(), last.chars().count());
    let mut last = last.to_owned();
    if last_length < first_length && (last_letters.is_empty() || last_letters == first_letters) {
        last = first.chars().take(first_length - last_length).chain(last.chars()).collect();
    }
    if last_letters.is_empty() {
        last_letters = first_letters;
    }
    Some(if (first_letters, first) == (last_letters, &last) {
        format!("{first_letters}{first}")
    } else {
        format!("{first_letters}{first}-{last_letters}{last}")
    })
}

/// Small letters of ASCII, then digits to the end.
fn lettered(text: &str) -> Option<(&str, &str)> {
    let (letters, digits) =
        text.split_at(text.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(text.len()));
    (!digits.is_empty() && digits.chars().all(is_digit)).then_some((letters, digits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pages_have_one_form() {
        for (value, pages) in [
            ("263–91", "263-291"),
            ("pp. 427–60", "427-460"),
            ("S. 289-317", "289-317"),
            ("289—317", "289-317"),
            ("e12-e15", "e12-e15"),
            ("e12-15", "e12-e15"),
            ("e123-e5", "e123-e125"),
            ("xi – xii", "xi-xii"),
            ("65.", "65"),
            ("5-5", "5"),
            ("12--15", "12-15"),
            ("1263-91", "1263-1291"),
            ("123-5125", "123-5125"),
            ("1-3; 7-9,", "1-3,7-9"),
            ("pages 3", "3"),
            ("p:3", "3"),
            ("s3-s9", "3-s9"),
            ("pp", "pp"),
            ("12-15-18", "12-15-18"),
            ("", ""),
        ] {
            assert_eq!(page_key(&json!(value)), pages, "{value}");
        }
    }

    #[test]
    fn other_pages_differ() {
        for (one, other) in
            [("263-291", "263-292"), ("263", "263-291"), ("12-15", "e12-e15"), ("1", "2")]
        {
            assert_ne!(page_key(&json!(one)), page_key(&json!(other)));
        }
    }
}
