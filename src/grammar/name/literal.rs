//! Lists of names that are one name as they stand: words for nobody and for the same person,
//! courts, companies, bodies of two initials.

use super::common::common;
use super::list::{NameList, TypedName};
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;
use crate::work::Name;

/// The one name that the whole text is.
pub(super) fn literal(lexed: &Lexed) -> Option<NameList> {
    let count = lexed.len();
    let span = lexed.span(0, count);
    // `ders.`, `Idem`: as it stands
    let repeated = |class| count > 0 && lexed.phrase(0, class) == Some(count);
    if repeated(Class::Ditto) || repeated(Class::Ibidem) {
        return list(lexed, span, 0.5);
    }
    // `AA.VV.`, `o. V.`, `Anonyme`
    if let Some(after) = lexed.phrase(0, Class::Anonymous)
        && (after..count).all(|at| lexed.is_mark(at, '.'))
    {
        return list(lexed, span, 0.6);
    }
    let bare = (0..count).rev().find(|&at| !is_stop(lexed, at)).map_or(0, |last| last + 1);
    if is_court(lexed, bare) || are_joined_initials(lexed, bare) {
        return list(lexed, lexed.span(0, bare), 0.6);
    }
    is_company(lexed, bare).then(|| list(lexed, span, 0.6)).flatten()
}

fn list(lexed: &Lexed, span: Span, likeness: f32) -> Option<NameList> {
    let name = Name::body(span.of(lexed.text)?);
    Some(NameList { names: vec![TypedName { name, span }], others: false, likeness })
}

fn is_stop(lexed: &Lexed, at: usize) -> bool {
    [',', '.', ':', ';'].iter().any(|&mark| lexed.is_mark(at, mark))
}

/// `EuGH`, `BVerfG`: one word with capitals at its beginning and its end and others between. More
/// than two at its end are those of a family: `McKAY`.
fn is_court(lexed: &Lexed, count: usize) -> bool {
    let word = lexed.word(0);
    count == 1
        && (3..=9).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphabetic())
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.ends_with(|c: char| c.is_ascii_uppercase())
        && word.contains(|c: char| c.is_ascii_lowercase())
        && word.bytes().rev().take_while(u8::is_ascii_uppercase).count() <= 2
        && word.bytes().filter(u8::is_ascii_uppercase).count() > 2 - usize::from(word.len() < 5)
}

/// `ISO/IEC`: initials of bodies that have issued something together.
fn are_joined_initials(lexed: &Lexed, count: usize) -> bool {
    let initials = |at: usize| {
        let word = lexed.word(at);
        (2..=6).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_uppercase())
            && common(word).is_none()
    };
    (3..=7).contains(&count)
        && count % 2 == 1
        && (0..count).step_by(2).all(initials)
        && (1..count)
            .step_by(2)
            .all(|at| lexed.is_mark(at, '/') && !lexed.spaced(at) && !lexed.spaced(at + 1))
}

/// `Roe, Poe and Doe, Inc.`: one company, which has commas of its own.
fn is_company(lexed: &Lexed, count: usize) -> bool {
    let Some(last) = count.checked_sub(1) else { return false };
    let plain = |at: usize| {
        lexed.get(at).is_some_and(|token| match token.kind {
            TokenKind::Word => token.span.len() > 1 || lexed.is_mark(at + 1, '.'),
            TokenKind::Mark(mark) => matches!(mark, ',' | '&' | '.' | '-'),
            _ => false,
        })
    };
    // `Roe AG`, `Inc` alone
    (2..=16).contains(&last)
        && lexed.has(last, Class::Company)
        && lexed.word(last).starts_with(char::is_uppercase)
        && (0..last).all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_names_stand_as_they_are() {
        for text in [
            "AA.VV.",
            "AA. VV.",
            "o.V.",
            "Anonyme",
            "N. N.",
            "EuGH",
            "BVerfG",
            "ISO/IEC",
            "Quill, Nessman and Dorn, Inc.",
            "Quillman & Dorn Ltd.",
            "Dies.",
            "EAD.",
            "ders.",
        ] {
            let read = literal(&Lexed::new(text)).map(|list| list.parted().0.list);
            assert_eq!(read, Some(vec![Name::body(text)]), "{text}");
        }
        for text in ["", "Quill", "QuillM", "McQuill", "QUILL/NESSMAN", "Quill, A. V.", "Anon, A."]
        {
            assert!(literal(&Lexed::new(text)).is_none(), "{text}");
        }
    }
}
