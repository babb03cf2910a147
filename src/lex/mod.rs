//! A citation cut into tokens over its own text: words, numbers, links and marks.
//!
//! Takes the clean text of a [`Joined`](crate::text::Joined) and gives tokens with spans in it;
//! grammars and the labeller read these.

mod link;
mod part;
mod token;

pub(crate) use link::without_sentence_marks;
pub(crate) use token::{Token, TokenKind};

use crate::lexicon::{Class, Classes, lexicon};
use crate::span::Span;
use crate::text::{Joined, Style, is_alphabetic, is_alphanumeric, known_letter};
use unicode_normalization::char::is_combining_mark;

/// A text and its tokens.
pub(crate) struct Lexed<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// Its tokens in order.
    pub(crate) tokens: Vec<Token>,
    /// The phrases of the lexicon in it: first token, token behind the last, classes; in order
    /// of the first token, longest first. Looked up once, since grammars ask again and again.
    phrases: Vec<(usize, usize, Classes)>,
    /// The classes of all of them.
    said: Classes,
    /// For each token how it is set; empty where the document knows no such thing, or sets all
    /// alike.
    settings: Vec<Setting>,
}

/// How a token is set in its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Setting {
    /// In italics.
    pub(crate) italic: bool,
    /// In bold.
    pub(crate) bold: bool,
    /// As a link.
    pub(crate) link: bool,
}

impl<'a> Lexed<'a> {
    /// Cuts `text` into tokens; never fails, and takes time linear in its length.
    pub(crate) fn new(text: &'a str) -> Self {
        let mut lexed = Self::plain(text);
        let lexicon = lexicon();
        lexed.phrases.reserve(lexed.tokens.len() / 3);
        for (index, token) in lexed.tokens.iter_mut().enumerate() {
            // most marks begin no phrase
            if matches!(
                token.kind,
                TokenKind::Mark('!' | '"' | '$' | '%' | '('..=',' | '/' | ':'..='~')
            ) {
                continue;
            }
            let start = token.span.start;
            let rest = &text[start..];
            let beginning = lexicon.beginning(rest);
            if matches!(token.kind, TokenKind::Word | TokenKind::Mixed) {
                token.classes = if beginning.first == token.span.len() {
                    beginning.classes
                } else {
                    lexicon.classes(&text[start..token.span.end])
                };
            }
            if beginning.may_be_phrase() {
                for (len, classes) in lexicon.phrases(rest, beginning) {
                    token.phrases = token.phrases.with(classes);
                    lexed.said = lexed.said.with(classes);
                    lexed.phrases.push((index, start + len, classes));
                }
            }
        }
        // from the byte behind a phrase to the token behind it, which is never far
        for (index, end, _) in &mut lexed.phrases {
            let tokens = &lexed.tokens[*index..];
            *end = *index + tokens.iter().take_while(|token| token.span.start < *end).count();
        }
        lexed
    }

    /// Cuts the text of `joined` into tokens, which know how they are set.
    pub(crate) fn of(joined: &'a Joined) -> Self {
        let mut lexed = Self::new(joined.text());
        let Some(marks) = joined.marks().filter(|marks| !marks.is_empty()) else { return lexed };
        let mut settings = vec![Setting::default(); lexed.len()];
        for mark in marks {
            let first = lexed.tokens.partition_point(|token| token.span.end <= mark.span.start);
            let tokens = lexed.tokens.iter().zip(&mut settings).skip(first);
            for (_, setting) in tokens.take_while(|(token, _)| token.span.start < mark.span.end) {
                match mark.style {
                    Style::Italic => setting.italic = true,
                    Style::Bold => setting.bold = true,
                    Style::Link(_) => setting.link = true,
                    Style::Raised => {}
                }
            }
        }
        if settings.iter().any(|setting| *setting != settings[0]) {
            lexed.settings = settings;
        }
        lexed
    }

    /// How the token at `index` is set, where the document sets tokens differently.
    pub(crate) fn setting(&self, index: usize) -> Option<Setting> {
        self.settings.get(index).copied()
    }

    /// Cuts `text` into tokens without looking their words up.
    pub(crate) fn plain(text: &'a str) -> Self {
        let mut tokens = Vec::with_capacity(text.len() / 4);
        let mut at = 0;
        let mut space = false;
        while let Some(c) = text[at..].chars().next() {
            if c == ' ' || c.is_whitespace() {
                space = true;
                at += c.len_utf8();
                continue;
            }
            let (kind, len) = token_at(&text[at..], c);
            let span = Span::new(at, at + len);
            let (classes, phrases) = (Classes::default(), Classes::default());
            tokens.push(Token { kind, span, space, classes, phrases });
            space = false;
            at += len;
        }
        let said = Classes::default();
        Self { text, tokens, phrases: Vec::new(), said, settings: Vec::new() }
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at `index`.
    pub(crate) fn get(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    /// The text of the token at `index`; empty past the end.
    pub(crate) fn word(&self, index: usize) -> &'a str {
        self.get(index).and_then(|token| token.span.of(self.text)).unwrap_or("")
    }

    /// Whether the token at `index` is the mark `mark`.
    pub(crate) fn is_mark(&self, index: usize, mark: char) -> bool {
        self.get(index).is_some_and(|token| token.kind == TokenKind::Mark(mark))
    }

    /// Whether the token at `index` is a word of a class.
    pub(crate) fn has(&self, index: usize, class: Class) -> bool {
        self.get(index).is_some_and(|token| token.classes.has(class))
    }

    /// Whether the token at `index` is a word that the lexicon does not know.
    pub(crate) fn is_unknown(&self, index: usize) -> bool {
        self.get(index).is_some_and(|t| t.kind == TokenKind::Word && t.classes.are_of_names())
    }

    /// Whether white space stands before the token at `index`; true at the text's end.
    pub(crate) fn spaced(&self, index: usize) -> bool {
        self.get(index).is_none_or(|token| token.space)
    }

    /// The text from the token at `index` to the end.
    pub(crate) fn from(&self, index: usize) -> &'a str {
        self.get(index).map_or("", |token| &self.text[token.span.start..])
    }

    /// The span of the tokens from `start` up to, not with, `end`.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        match (self.get(start), end.checked_sub(1).and_then(|last| self.get(last))) {
            (Some(first), Some(last)) if start < end => Span::new(first.span.start, last.span.end),
            (Some(first), _) => Span::new(first.span.start, first.span.start),
            (None, _) => Span::new(self.text.len(), self.text.len()),
        }
    }

    /// The first token that begins at or behind byte `offset`.
    pub(crate) fn index_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| token.span.start < offset)
    }

    /// The phrases of the lexicon in the text: first token, token behind the last, classes; in
    /// order of the first token.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = (usize, usize, Classes)> {
        self.phrases.iter().copied()
    }

    /// Whether a phrase of `class` stands anywhere: most that grammars look for stand nowhere.
    pub(crate) fn says(&self, class: Class) -> bool {
        self.said.has(class)
    }

    /// The index behind a phrase of `class` that begins at the token `index`.
    pub(crate) fn phrase(&self, index: usize, class: Class) -> Option<usize> {
        if !self.get(index)?.phrases.has(class) {
            return None;
        }
        let first = self.phrases.partition_point(|&(start, ..)| start < index);
        let here = self.phrases[first..].iter().take_while(|&&(start, ..)| start == index);
        here.filter(|(_, _, classes)| classes.has(class)).map(|&(_, end, _)| end).next()
    }
}

/// The kind and the length of the token that `text`, beginning with `first`, begins with.
fn token_at(text: &str, first: char) -> (TokenKind, usize) {
    if link::may_be_link(text.as_bytes())
        && let Some(len) = link::link_len(text)
    {
        return (TokenKind::Link, len);
    }
    if !is_alphanumeric(first) {
        return (TokenKind::Mark(first), first.len_utf8());
    }
    let mut digits = false;
    let mut letters = false;
    let mut len = 0;
    // most words are of plain letters or digits
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(len) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => letters = true,
            b'0'..=b'9' => digits = true,
            _ => break,
        }
        len += 1;
    }
    // and end before a space or a mark that cannot stand in a word
    if bytes.get(len).is_some_and(|&byte| !byte.is_ascii() || matches!(byte, b'\'' | b'-')) {
        let plain = len;
        let mut chars = text[plain..].char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let known = known_letter(c);
            if known == Some(true) {
                letters = true;
            } else if known.is_none() && c.is_numeric() && !is_ideograph(c) {
                digits = true;
            } else if known.is_none() && (is_alphanumeric(c) || is_combining_mark(c)) {
                letters = true;
            } else {
                // An apostrophe or a hyphen belongs to the word where letters stand on both sides.
                let inside = matches!(c, '\'' | '’' | 'ʼ' | '-' | '‐' | '‑' | '·')
                    && letters
                    && chars.peek().is_some_and(|&(_, next)| is_alphabetic(next));
                if !inside {
                    break;
                }
            }
            len = plain + at + c.len_utf8();
        }
    }
    let kind = match (letters, digits) {
        (_, false) => TokenKind::Word,
        (false, true) => TokenKind::Number,
        (true, true) => TokenKind::Mixed,
    };
    (kind, len)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(TokenKind, &str)> {
        Lexed::new(text).tokens.iter().map(|t| (t.kind, t.span.of(text).unwrap())).collect()
    }

    #[test]
    fn words_keep_their_apostrophes_and_hyphens() {
        use TokenKind::*;
        assert_eq!(
            kinds("O’Neil, Yi-chao 51(2): e12"),
            [
                (Word, "O’Neil"),
                (Mark(','), ","),
                (Word, "Yi-chao"),
                (Number, "51"),
                (Mark('('), "("),
                (Number, "2"),
                (Mark(')'), ")"),
                (Mark(':'), ":"),
                (Mixed, "e12"),
            ]
        );
    }

    #[test]
    fn links_end_before_the_marks_of_the_sentence() {
        for (text, link) in [
            ("https://a.org/x_(y).", "https://a.org/x_(y)"),
            ("(http://a.org/x).", "http://a.org/x"),
            ("<http://a.org/?q=1,2>.", "http://a.org/?q=1,2"),
            (
                "10.1002/(SICI)1097(1998)17:15<1661::AID-SIM968>3.0.CO;2-2.",
                "10.1002/(SICI)1097(1998)17:15<1661::AID-SIM968>3.0.CO;2-2",
            ),
        ] {
            let lexed = Lexed::new(text);
            let token = lexed.tokens.iter().find(|t| t.kind == TokenKind::Link).unwrap();
            assert_eq!(token.span.of(text), Some(link));
        }
    }
}
