//! A rough cut of text into words, numbers and marks: enough to tell a citation from prose.
//!
//! Called by `feature` and `annotation`, on a bounded stretch at a time.

use crate::text::{is_alphabetic, is_alphanumeric};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `harbour`
    Lower,
    /// `Harbour`, `McKay`
    Capital,
    /// `HARBOUR`, `AR`: two letters or more.
    Upper,
    /// `A`
    Initial,
    /// A word of a script without case.
    Caseless,
    /// Four digits between 1450 and 2099, perhaps with a letter behind.
    Year,
    /// Any other number.
    Number,
    /// A web address or DOI, taken whole.
    Address,
    /// One other character.
    Mark(char),
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) shape: Shape,
    pub(super) text: &'a str,
    /// Where it ends, in bytes.
    pub(super) end: usize,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
}

impl Token<'_> {
    pub(super) fn is_word(&self) -> bool {
        matches!(
            self.shape,
            Shape::Lower | Shape::Capital | Shape::Upper | Shape::Initial | Shape::Caseless
        )
    }

    pub(super) fn is(&self, mark: char) -> bool {
        self.shape == Shape::Mark(mark)
    }

    /// Whether a particle without its vowel stands before a name: `d’Arc`, `dell'Orto`.
    pub(super) fn is_elided(&self) -> bool {
        let mut parts = self.text.split(['\'', '’']);
        self.shape == Shape::Lower
            && parts.next().is_some_and(|particle| (1..=4).contains(&particle.len()))
            && parts.next().is_some_and(|name| name.starts_with(char::is_uppercase))
    }

    /// Whether a name may hold the word: in capitals, or in a script that has none.
    pub(super) fn is_name_word(&self) -> bool {
        match self.shape {
            Shape::Capital | Shape::Upper | Shape::Initial => true,
            Shape::Caseless => self.text.chars().count() <= 4,
            Shape::Lower => self.is_elided(),
            _ => false,
        }
    }
}

/// How many tokens of a stretch are looked at.
pub(super) const TOKENS: usize = 90;

/// The first `limit` tokens of `text`.
pub(super) fn tokens(text: &str, limit: usize) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(limit.min(text.len() / 3 + 1));
    tokens.extend(Tokens::of(text).take(limit));
    tokens
}

/// The tokens of a text, one after the other.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The length of the whole text, in bytes.
    whole: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: text, whole: text.len() }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let trimmed = match self.rest.as_bytes() {
            [b'!'..=b'~', ..] => self.rest,
            [b' ', b'!'..=b'~', ..] => &self.rest[1..],
            _ => self.rest.trim_start(),
        };
        let first = trimmed.chars().next()?;
        let spaced = trimmed.len() < self.rest.len();
        let (length, shape) = token(trimmed, first);
        let (text, after) = trimmed.split_at(length);
        self.rest = after;
        Some(Token { shape, text, end: self.whole - after.len(), spaced })
    }
}

/// Longer words than this are cut, so that a line without spaces costs no more than any other.
const LONGEST: usize = 400;

fn token(text: &str, first: char) -> (usize, Shape) {
    if let Some(length) = address(text) {
        return (length, Shape::Address);
    }
    if first.is_ascii_digit() {
        let length = prefix(text, |c| c.is_ascii_digit());
        let suffix = text[length..].chars().next().filter(char::is_ascii_lowercase);
        let after = text[length..].chars().nth(1);
        let whole = suffix.is_none() || after.is_none_or(|c| !is_alphanumeric(c));
        let is_year = length == 4 && whole && ("1450".."2100").contains(&&text[..4]);
        return (length, if is_year { Shape::Year } else { Shape::Number });
    }
    if let Some(plain) = plain_word(text) {
        return plain;
    }
    if is_alphabetic(first) {
        let inner =
            |c: char| is_alphabetic(c) || matches!(c, '\'' | '’' | '\u{2bc}') || is_combining(c);
        let length = text[..prefix(text, inner)].trim_end_matches(['\'', '’']).len();
        return (length, word(&text[..length]));
    }
    (first.len_utf8(), Shape::Mark(first))
}

/// The length and shape of a word of ASCII letters, which most are; `None` where there is none, or
/// where another letter or an apostrophe of another kind may belong to it.
fn plain_word(text: &str) -> Option<(usize, Shape)> {
    let bytes = text.as_bytes();
    let first = *bytes.first().filter(|first| first.is_ascii_alphabetic())?;
    let (mut length, mut upper, mut lower) = (0, 0, 0);
    for &byte in bytes.iter().take(LONGEST) {
        match byte {
            b'a'..=b'z' => lower += 1,
            b'A'..=b'Z' => upper += 1,
            b'\'' => {}
            0x80.. => return None,
            _ => break,
        }
        length += 1;
    }
    let shape = match (first.is_ascii_lowercase(), upper, lower) {
        (true, ..) => Shape::Lower,
        (false, 1, 0) => Shape::Initial,
        (false, _, 0) => Shape::Upper,
        _ => Shape::Capital,
    };
    Some((text[..length].trim_end_matches('\'').len(), shape))
}

/// The length in bytes of the characters that `inside` accepts, up to [`LONGEST`] of them.
fn prefix(text: &str, inside: impl Fn(char) -> bool) -> usize {
    text.chars().take(LONGEST).take_while(|&c| inside(c)).map(char::len_utf8).sum()
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn word(text: &str) -> Shape {
    let mut letters = text.chars().filter(|&c| is_alphabetic(c));
    let Some(first) = letters.next() else { return Shape::Lower };
    let (mut upper, mut lower, mut count) = (0, 0, 1);
    for c in letters {
        count += 1;
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    if first.is_lowercase() {
        Shape::Lower
    } else if !first.is_uppercase() {
        Shape::Caseless
    } else if count == 1 {
        Shape::Initial
    } else if lower == 0 && upper > 0 {
        Shape::Upper
    } else {
        Shape::Capital
    }
}

/// The length of the web address or DOI that `text` opens with.
fn address(text: &str) -> Option<usize> {
    if !matches!(text.as_bytes().first(), Some(b'h' | b'H' | b'f' | b'F' | b'w' | b'W' | b'1')) {
        return None;
    }
    let starts =
        |prefix: &str| text.get(..prefix.len()).is_some_and(|s| s.eq_ignore_ascii_case(prefix));
    let doi = || {
        let registrant = text.strip_prefix("10.")?;
        let digits = prefix(registrant, |c| c.is_ascii_digit());
        (digits >= 4 && registrant[digits..].starts_with('/')).then_some(())
    };
    if !(starts("http://") || starts("https://") || starts("ftp://") || starts("www."))
        && doi().is_none()
    {
        return None;
    }
    let length = prefix(text, |c| !c.is_whitespace() && !matches!(c, '<' | '>' | '"' | '”' | '»'));
    let whole = &text[..length];
    // "…/nature09944.It argues": a sentence may begin straight behind the full stop.
    let glued = whole.char_indices().find(|&(at, c)| {
        c == '.' && {
            let mut next = whole[at + 1..].chars();
            let first = next.next().is_some_and(|c| c.is_uppercase());
            first && next.next().is_none_or(char::is_lowercase)
        }
    });
    let whole = glued.map_or(whole, |(at, _)| &whole[..at]);
    Some(whole.trim_end_matches(['.', ',', ';', ')', ']']).len().max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let shapes: Vec<Shape> =
            tokens("Roe AR, B. (2010a) deep 15 余敏 O’Neill https://a.org/b.It is", 99)
                .iter()
                .map(|token| token.shape)
                .collect();
        use Shape::*;
        assert_eq!(
            shapes,
            [
                Capital,
                Upper,
                Mark(','),
                Initial,
                Mark('.'),
                Mark('('),
                Year,
                Lower,
                Mark(')'),
                Lower,
                Number,
                Caseless,
                Capital,
                Address,
                Mark('.'),
                Capital,
                Lower
            ]
        );
    }
}
