//! Letters and marks that citations are full of, told without a search in the tables of Unicode.
//!
//! Every character of every citation is asked for: by `lex` and the lexicon. The answers are
//! those of [`char::is_alphanumeric`] and [`char::is_alphabetic`].

/// Whether a character is a letter (`Some(true)`) or neither letter nor digit (`Some(false)`);
/// `None` where only the tables know, and of digits.
#[inline]
pub(crate) fn known_letter(c: char) -> Option<bool> {
    if c.is_ascii() {
        return if c.is_ascii_digit() { None } else { Some(c.is_ascii_alphabetic()) };
    }
    match c {
        // dashes, quotation marks, brackets, marks as wide as letters
        '\u{a0}'..='\u{a9}'
        | '\u{ab}'..='\u{b1}'
        | '\u{b6}'..='\u{b8}'
        | '\u{2010}'..='\u{206f}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}' => Some(false),
        // of Latin, Greek and Cyrillic, Japanese, Chinese, Korean
        '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}'
        | '\u{3b1}'..='\u{3c9}'
        | '\u{400}'..='\u{481}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => Some(true),
        _ => None,
    }
}

/// Whether a character is a letter or a digit.
#[inline]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    known_letter(c).unwrap_or_else(|| c.is_alphanumeric())
}

/// Whether a character is a letter, as [`char::is_alphabetic`] says.
#[inline]
pub(crate) fn is_alphabetic(c: char) -> bool {
    known_letter(c).unwrap_or_else(|| c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
        }
    }
}
