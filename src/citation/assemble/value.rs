//! Values of text, mended where typing or line breaks broke them.

use crate::lex::{Lexed, TokenKind};
use crate::lexicon::{Class, lexicon};
use std::borrow::Cow;

/// Words that stand before a hyphen of their own: `low- temperature` was typed `low-temperature`.
const COMPOUND: [&str; 40] = [
    "high", "low", "self", "non", "long", "short", "large", "small", "two", "three", "four", "one",
    "well", "cross", "multi", "post", "pre", "inter", "anti", "co", "sub", "semi", "half", "full",
    "real", "so", "socio", "neo", "ultra", "quasi", "all", "old", "new", "single", "double", "mid",
    "world", "part", "time", "cost",
];

/// A word divided at a line's end is joined again: `infor- mation`. `South- and` stays.
pub(super) fn mended(text: Cow<str>) -> String {
    if !text.contains('-') {
        return text.into_owned();
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find("- ") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let next = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let classes = lexicon().classes(next);
        let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        if COMPOUND.contains(&last.to_lowercase().as_str()) && next.starts_with(char::is_lowercase)
        {
            mended.push_str(before);
            mended.push('-');
            rest = after;
            continue;
        }
        let divided = before.ends_with(char::is_lowercase)
            && next.starts_with(char::is_lowercase)
            && !classes.has(Class::Conjunction)
            && !classes.has(Class::Function);
        mended.push_str(before);
        if !divided {
            mended.push_str("- ");
        }
        rest = after;
    }
    mended.push_str(rest);
    mended
}

/// A colon typed without its space between words is given one: `Issues:International`.
pub(super) fn spaced_colons(text: &str) -> Cow<'_, str> {
    let mut colons = text.match_indices(':');
    if !colons.any(|(at, _)| text[at + 1..].starts_with(char::is_alphanumeric)) {
        return Cow::Borrowed(text);
    }
    let lexed = Lexed::plain(text);
    let mut spaced = String::with_capacity(text.len() + 1);
    let mut copied = 0;
    for (index, token) in lexed.tokens.iter().enumerate() {
        let word = |index: usize| lexed.get(index).is_some_and(|t| t.kind == TokenKind::Word);
        if token.kind == TokenKind::Mark(':')
            && index > 0
            && word(index - 1)
            && word(index + 1)
            && !lexed.spaced(index + 1)
        {
            spaced.push_str(&text[copied..token.span.end]);
            spaced.push(' ');
            copied = token.span.end;
        }
    }
    spaced.push_str(&text[copied..]);
    Cow::Owned(spaced)
}

/// A text without its white space: addresses are broken at the ends of lines.
pub(super) fn without_spaces(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        Cow::Owned(text.split_whitespace().collect())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colons_get_their_space_and_divided_words_their_halves() {
        assert_eq!(spaced_colons("Ports:Their watch at 10:30"), "Ports: Their watch at 10:30");
        let mended = |text: &str| mended(text.into());
        assert_eq!(mended("infor- mation, South- and North"), "information, South- and North");
        assert_eq!(mended("a low- temperature gas"), "a low-temperature gas");
    }
}
