//! The places that get a label: words, numbers and links. The marks between them belong to the
//! field around them or to none, and are told by rules afterwards.

use crate::lex::{Lexed, TokenKind};
use crate::span::Span;
use crate::text::is_alphabetic;

/// A word, number or link, or a part of one where two fields are glued together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    /// Where it stands in the lexed text.
    pub(crate) span: Span,
    /// The token that it is, or is a part of.
    pub(crate) token: usize,
    /// Whether it is a link.
    pub(crate) link: bool,
}

/// Characters of one kind stay together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Digit,
    Ideograph,
    Letter,
    Mark,
}

fn script(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' => Script::Letter,
        '0'..='9' => Script::Digit,
        '\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => Script::Ideograph,
        _ if c.is_numeric() => Script::Digit,
        _ if is_alphabetic(c) => Script::Letter,
        _ => Script::Mark,
    }
}

/// How many small letters must stand before a capital for two words to be glued: `McDonald` is
/// one, `ReviewLetters` two.
const GLUED: usize = 4;

/// How many positions are labelled. A longer line is no citation; what is behind is a remark.
const MOST: usize = 20_000;

/// The positions of a text, up to [`MOST`].
pub(crate) fn positions(lexed: &Lexed) -> Vec<Position> {
    let mut positions = Vec::with_capacity(lexed.len().min(MOST));
    for (token, lexeme) in lexed.tokens.iter().enumerate() {
        if positions.len() >= MOST {
            break;
        }
        match lexeme.kind {
            TokenKind::Mark(_) => {}
            TokenKind::Number => positions.push(Position { span: lexeme.span, token, link: false }),
            TokenKind::Link => positions.push(Position { span: lexeme.span, token, link: true }),
            TokenKind::Word | TokenKind::Mixed => {
                let word = lexed.word(token);
                let mut start = 0;
                let mut last = None;
                let mut small = 0;
                for (at, c) in word.char_indices() {
                    let kind = script(c);
                    let differs = matches!(
                        (last, kind),
                        (Some(Script::Digit), Script::Letter | Script::Ideograph)
                            | (Some(Script::Letter), Script::Digit | Script::Ideograph)
                            | (Some(Script::Ideograph), Script::Digit | Script::Letter)
                    );
                    if differs || small >= GLUED && c.is_uppercase() {
                        let span = Span::new(lexeme.span.start + start, lexeme.span.start + at);
                        positions.push(Position { span, token, link: false });
                        start = at;
                    }
                    small = if c.is_lowercase() { small + 1 } else { 0 };
                    if kind != Script::Mark {
                        last = Some(kind);
                    }
                }
                let span = Span::new(lexeme.span.start + start, lexeme.span.end);
                positions.push(Position { span, token, link: false });
            }
        }
    }
    positions
}
