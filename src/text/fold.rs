//! Letters of every script in small letters of ASCII, by the tables of `deunicode`.
//!
//! What is compared and looked up by its letters is brought to this form; called by `duplicate`
//! and `extract`.

use super::entity::unescaped;

/// Adds a letter or digit of any script, in small letters of ASCII.
pub(crate) fn push_folded(word: &mut String, c: char) {
    if c.is_ascii() {
        word.push(c.to_ascii_lowercase());
        return;
    }
    let ascii = deunicode::deunicode_char(c).unwrap_or_default();
    let letters = ascii.chars().filter(char::is_ascii_alphanumeric);
    let before = word.len();
    word.extend(letters.map(|letter| letter.to_ascii_lowercase()));
    if word.len() == before {
        word.push(c);
    }
}

/// The letters and digits of a text, folded, without spaces; at most `most` of them.
pub(crate) fn letters(text: &str, most: usize) -> String {
    let mut word = String::new();
    for c in unescaped(text).chars().filter(|c| c.is_alphanumeric()) {
        if word.len() >= most {
            break;
        }
        push_folded(&mut word, c);
    }
    word
}
