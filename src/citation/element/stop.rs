//! Where a sentence ends, and where a quotation does.

use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;

/// Whether the full stop at `at` ends something, rather than an initial or an abbreviation.
pub(crate) fn ends_sentence(lexed: &Lexed, at: usize) -> bool {
    let Some(next) = lexed.get(at + 1) else { return true };
    if !next.space {
        // `University Press.The border`: glued, where a small letter stands before it and a
        // capital word behind
        return matches!(next.kind, TokenKind::Mark('.' | ';' | ':' | ')' | ']' | '”' | '"' | '»'))
            || next.kind == TokenKind::Word
                && lexed.word(at + 1).starts_with(char::is_uppercase)
                && lexed.word(at + 1).chars().count() > 2
                && at > 0
                && !lexed.is_mark(at + 2, '.')
                && lexed.word(at - 1).chars().count() > 3
                && lexed
                    .word(at - 1)
                    .chars()
                    .skip(1)
                    .all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '\'' || c == '’');
    }
    let before = at.checked_sub(1).map_or("", |index| lexed.word(index));
    let letters = before.chars().count();
    if matches!(next.kind, TokenKind::Word) && lexed.word(at + 1).starts_with(char::is_lowercase) {
        // `et al. in`, `Estud. psicol.`; but `. in Proceedings` after a long word ends
        return letters > 4
            && !lexed.has(at - 1, Class::Abbreviation)
            && (lexed.has(at + 1, Class::Container)
                || lexed.has(at + 1, Class::Page)
                || lexed.has(at + 1, Class::Volume)
                || lexed.has(at + 1, Class::Available)
                || lexed.has(at + 1, Class::EditorBefore)
                || lexed.has(at + 1, Class::Accessed));
    }
    if letters == 1 && before.starts_with(char::is_uppercase) {
        // an initial; but `Papers, Series A. London`
        if lexed.phrase(at + 1, Class::Place).is_some()
            && lexed.has(at - 1, Class::Abbreviation) == lexed.has(at - 1, Class::Suffix)
            && at >= 2
            && lexed.get(at - 2).is_some_and(|t| t.kind == TokenKind::Word && t.span.len() > 3)
        {
            return true;
        }
        return at >= 2
            && lexed.get(at - 2).is_some_and(|t| t.kind == TokenKind::Word && t.span.len() > 3)
            && !next_is_capital(lexed, at + 1);
    }
    // `Vol. 1: Fundamentals`
    let numbering = [Class::Volume, Class::Issue, Class::Page, Class::Edition];
    if next.kind == TokenKind::Number && numbering.iter().any(|&class| lexed.has(at - 1, class)) {
        return false;
    }
    // `Proc. Int. Conf. History`; but `… with notes vol. 3`
    let abbreviation = lexed.has(at - 1, Class::Abbreviation)
        && letters <= 6
        && !before.chars().all(|c| c.is_ascii_digit());
    !abbreviation || next.kind != TokenKind::Word
}

pub(super) fn next_is_capital(lexed: &Lexed, at: usize) -> bool {
    let at = if matches!(lexed.word(at), "“" | "«" | "‘" | "\"" | "'" | "(" | "[" | "„") {
        at + 1
    } else {
        at
    };
    lexed.word(at).chars().next().is_none_or(|c| !c.is_lowercase())
}

/// The mark that closes a quotation opened with `open`.
pub(super) fn closing_quote(open: char) -> Option<char> {
    Some(match open {
        '“' => '”',
        '‘' => '’',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '„' => '“',
        '"' => '"',
        '\'' => '\'',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        _ => return None,
    })
}

/// How many tokens a quotation may have.
pub(super) const QUOTATION: usize = 120;

/// The token behind the mark that closes the quotation opened at `at`.
pub(super) fn quote_end(lexed: &Lexed, at: usize, open: char, close: char) -> Option<usize> {
    let mut depth = 1;
    for index in at + 1..(at + QUOTATION).min(lexed.len()) {
        let Some(TokenKind::Mark(c)) = lexed.get(index).map(|t| t.kind) else { continue };
        let closes = c == close || open == '„' && c == '”' || open == '“' && c == '"';
        if c == open && open != close && !closes {
            depth += 1;
        } else if closes {
            // an apostrophe stands before a letter
            let apostrophe = matches!(c, '’' | '\'')
                && lexed.get(index + 1).is_some_and(|t| {
                    !t.space && matches!(t.kind, TokenKind::Word | TokenKind::Mixed)
                });
            let opens_again = open == close
                && lexed.spaced(index)
                && lexed.get(index + 1).is_some_and(|t| !t.space && t.kind == TokenKind::Word);
            if apostrophe || opens_again {
                continue;
            }
            depth -= 1;
            if depth == 0 {
                return (index > at + 1).then_some(index + 1);
            }
        }
    }
    None
}

/// The tokens of a quotation without the marks of the sentence at its end.
pub(super) fn trim_quoted(lexed: &Lexed, start: usize, mut end: usize) -> (usize, usize) {
    while end > start + 1 && matches!(lexed.word(end - 1), "," | "." | ";" | ":") {
        end -= 1;
    }
    (start, end)
}
