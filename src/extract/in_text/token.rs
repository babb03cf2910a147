//! Running text in tokens: words, numbers, marks. Called for each passage.

use crate::span::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word; `true` where it begins with a capital letter, or its script has none.
    Word(bool),
    /// A number, a letter behind it included: `2010a`.
    Number,
    Open,
    Close,
    Comma,
    Semicolon,
    Colon,
    Stop,
    /// `&`, `/`, `+`: stands between two names.
    Joint,
    Dash,
    Other,
}

/// One token and its place in the passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

impl Token {
    /// The token's text.
    pub(super) fn of<'a>(&self, text: &'a str) -> &'a str {
        self.span.of(text).unwrap_or("")
    }
}

/// Whether words of this script stand without spaces between.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut take = |end: &mut usize, goes_on: &dyn Fn(char, Option<char>) -> bool| {
            while let Some(&(at, c)) = chars.peek() {
                let next = text[at + c.len_utf8()..].chars().next();
                if !goes_on(c, next) {
                    break;
                }
                *end = at + c.len_utf8();
                chars.next();
            }
        };
        let kind = if c.is_ascii_digit() {
            take(&mut end, &|c, next| {
                c.is_ascii_digit()
                    || c.is_ascii_lowercase() && next.is_none_or(|next| !next.is_alphanumeric())
            });
            Kind::Number
        } else if c.is_alphabetic() {
            take(&mut end, &|c, next| {
                let joins = matches!(c, '\'' | '’' | '-' | '\u{2010}' | '\u{2011}');
                c.is_alphanumeric() || joins && next.is_some_and(char::is_alphabetic)
            });
            Kind::Word(c.is_uppercase() || !c.is_lowercase())
        } else {
            match c {
                '(' | '[' | '（' | '［' | '【' => Kind::Open,
                ')' | ']' | '）' | '］' | '】' => Kind::Close,
                ',' | '，' | '、' => Kind::Comma,
                ';' | '；' => Kind::Semicolon,
                ':' | '：' => Kind::Colon,
                '.' | '。' | '!' | '?' | '…' => Kind::Stop,
                '&' | '/' | '+' => Kind::Joint,
                '-' | '–' | '—' | '‐' | '‑' => Kind::Dash,
                _ => Kind::Other,
            }
        };
        tokens.push(Token { kind, span: Span::new(start, end) });
    }
    tokens
}

/// A year that a number token is, and the letter behind it.
pub(super) fn year(token: &str) -> Option<(i32, Option<char>)> {
    let digits = token.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let letter = token[digits.len()..].chars().next();
    let year: i32 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    (1400..2100).contains(&year).then_some((year, letter))
}
