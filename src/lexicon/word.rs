//! Where words of a text begin and end: byte by byte as long as they are ASCII, since whole
//! citations are gone through. Called by the rest of the lexicon.

use crate::text::is_alphanumeric;

/// What a character is to words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Between words, whatever these are.
    Outside,
    /// Inside of the words of phrases: `et al.`, `a.k.a.`, `co-ed`.
    Phrase,
    /// Inside of words too.
    Apostrophe,
    /// Inside of the narrowest words.
    Letter,
}

impl Part {
    /// What every byte of ASCII is.
    const ASCII: [Part; 128] = {
        let mut parts = [Part::Outside; 128];
        let mut byte = 0;
        while byte < 128 {
            parts[byte] = match byte as u8 {
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Part::Letter,
                b'\'' => Part::Apostrophe,
                b'-' | b'.' | b'#' | b'&' => Part::Phrase,
                _ => Part::Outside,
            };
            byte += 1;
        }
        parts
    };

    fn of(c: char) -> Self {
        match c {
            '’' => Part::Apostrophe,
            _ if is_alphanumeric(c) => Part::Letter,
            '°' | '№' => Part::Phrase,
            _ => Part::Outside,
        }
    }
}

/// The first byte from `from` on that is no ASCII of which `goes_on` says so.
#[inline]
fn behind_ascii(bytes: &[u8], from: usize, goes_on: impl Fn(Part) -> bool) -> usize {
    let mut at = from;
    while let Some(&byte) = bytes.get(at)
        && let Some(&part) = Part::ASCII.get(usize::from(byte))
        && goes_on(part)
    {
        at += 1;
    }
    at
}

/// The character at byte `at`, if it is no ASCII.
#[inline]
fn beyond_ascii(text: &str, at: usize) -> Option<char> {
    let byte = text.as_bytes().get(at)?;
    if byte.is_ascii() { None } else { text.get(at..)?.chars().next() }
}

/// The same of all characters.
#[inline]
fn behind(text: &str, from: usize, goes_on: impl Fn(Part) -> bool) -> usize {
    let mut at = from;
    loop {
        at = behind_ascii(text.as_bytes(), at, &goes_on);
        match beyond_ascii(text, at) {
            Some(c) if goes_on(Part::of(c)) => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// The byte behind the word that goes on at `from`, of characters that are `least` or more.
#[inline]
pub(super) fn end(text: &str, from: usize, least: Part) -> usize {
    behind(text, from, |part| part >= least)
}

/// The first byte of the next word from `from` on, of characters that are `least` or more; the
/// text's end where there is none.
#[inline]
pub(super) fn start(text: &str, from: usize, least: Part) -> usize {
    behind(text, from, |part| part < least)
}

/// The words of a text, of characters that are `least` or more.
pub(super) fn words(text: &str, least: Part) -> impl Iterator<Item = &str> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let first = start(text, from, least);
        from = end(text, first, least);
        text.get(first..from).filter(|word| !word.is_empty())
    })
}

/// The length of the word of a phrase that `text` begins with; `None` where it begins with none,
/// or the word goes on behind `most` bytes.
#[inline]
pub(super) fn of_phrase(text: &str, most: usize) -> Option<usize> {
    let inside = |part| part != Part::Outside;
    // no text is read to its end from each of its words
    let read = text.as_bytes().get(..=most).unwrap_or(text.as_bytes());
    let mut at = 0;
    loop {
        at = behind_ascii(read, at, inside);
        match beyond_ascii(text, at) {
            Some(c) if at <= most && inside(Part::of(c)) => at += c.len_utf8(),
            _ => break,
        }
    }
    let goes_on = at > most && at < text.len();
    (at > 0 && !goes_on).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_they_are_said_to() {
        let text = " L’été, n.º 5 & co-ed's";
        let of = |least| words(text, least).collect::<Vec<_>>();
        assert_eq!(of(Part::Letter), ["L", "été", "n", "º", "5", "co", "ed", "s"]);
        assert_eq!(of(Part::Apostrophe), ["L’été", "n", "º", "5", "co", "ed's"]);
        assert_eq!(of(Part::Phrase), ["L’été", "n.º", "5", "&", "co-ed's"]);
        assert_eq!(words("", Part::Letter).next(), None);
    }

    #[test]
    fn a_word_of_a_phrase_has_a_longest() {
        assert_eq!(of_phrase("n.º 5", 160), Some("n.º".len()));
        assert_eq!(of_phrase("(n.", 160), None);
        assert_eq!(of_phrase("abc", 2), Some(3));
        assert_eq!(of_phrase("abcd", 2), None);
        assert_eq!(of_phrase("abc d", 3), Some(3));
    }
}
