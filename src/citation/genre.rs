//! The kind that words outside the titles say: `[Motion picture]`, `U.S. Patent`, `DIN EN 12`.

use super::stretch::Stretch;
use crate::label::Label;
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::{Class, Said, Site, Sites, said, said_first};
use crate::work::Kind;

/// How many words stand between a standards body and its number: `DIN EN ISO`, `KS F`.
const BETWEEN: usize = 5;

/// How long the other bodies before it in a title are: `Norm DIN EN`.
const BEFORE: usize = 30;

/// The kind that is said beside the titles and names.
pub(crate) fn kind_said(lexed: &Lexed, stretches: &[Stretch], sites: Sites) -> Option<Kind> {
    let standard =
        || (sites.any(&[Site::Number]) && is_standard(lexed, stretches)).then_some(Kind::Standard);
    match worded(lexed, stretches, sites) {
        // `UK Patent GB 2123456`
        Some(Kind::Patent) => Some(Kind::Patent),
        worded => standard().or(worded),
    }
}

/// The kind that a word says; the first that says one.
fn worded(lexed: &Lexed, stretches: &[Stretch], sites: Sites) -> Option<Kind> {
    let disc = stretches.iter().any(|stretch| stretch.label == Label::Medium);
    if !disc && !sites.any(&[Site::Beside, Site::Genre]) {
        return None;
    }
    stretches.iter().find_map(|stretch| {
        let text = stretch.span.of(lexed.text)?;
        let beside = matches!(
            stretch.label,
            Label::Genre | Label::Medium | Label::Note | Label::Number | Label::Other
        );
        if !beside {
            return None;
        }
        let opens = lexed.text[..stretch.span.start].trim_end().ends_with('[');
        let genre = opens
            || text.trim_start().starts_with('[')
            || matches!(stretch.label, Label::Genre | Label::Medium);
        // `s. V` is a fifth series
        let small = |what: &Said| !text[what.start..what.end].contains(char::is_uppercase);
        let mut beside = said(text, Site::Beside);
        let what = beside.find(|said| said.what != Kind::EntryDictionary.as_str() || small(said));
        let what = what.or_else(|| said(text, Site::Genre).next().filter(|_| genre));
        // a disc is a film where somebody directed it
        let disc = || {
            let directed = |index| {
                lexed.phrase(index, Class::DirectorBefore).is_some()
                    || lexed.phrase(index, Class::DirectorAfter).is_some()
            };
            let is_disc = stretch.label == Label::Medium && text.contains("DVD");
            (is_disc && (0..lexed.len()).any(directed)).then_some(Kind::MotionPicture)
        };
        what.and_then(|said| Kind::from_csl(said.what)).or_else(disc)
    })
}

/// Whether a standard's number stands outside the titles, or one of them begins with it. A book
/// about `ISO 9001` is a book.
fn is_standard(lexed: &Lexed, stretches: &[Stretch]) -> bool {
    said(lexed.text, Site::Number).any(|body| {
        let name = &lexed.text[body.start..body.end];
        let capitals = name.contains(' ') || !name.contains(char::is_lowercase);
        if !capitals || !is_numbered(lexed, lexed.index_at(body.end)) {
            return false;
        }
        let title = stretches.iter().find(|stretch| {
            matches!(stretch.label, Label::Title | Label::ContainerTitle)
                && stretch.span.start < body.start
                && body.start < stretch.span.end
        });
        title.is_none_or(|title| {
            let before = &lexed.text[title.span.start..body.start];
            before.len() <= BEFORE
                && before.split(' ').filter(|word| !word.is_empty()).all(|word| {
                    said_first(word, Site::Number).or(said_first(word, Site::Head)).is_some()
                })
        })
    })
}

/// Whether a number stands at `index`, or behind capitals and slashes: `/IEC 10746-1`, `F 2405`.
fn is_numbered(lexed: &Lexed, index: usize) -> bool {
    for token in index..index + BETWEEN {
        match lexed.get(token).map(|token| token.kind) {
            Some(TokenKind::Number | TokenKind::Mixed) => {
                // `EN, 2001` is a year; a number stands next to the body's name
                return lexed.word(token).len() >= 2;
            }
            // `BS/47/2008` is another body's number
            Some(TokenKind::Mark('/' | '-')) => {
                if lexed.get(token + 1).is_none_or(|next| next.kind != TokenKind::Word) {
                    return false;
                }
            }
            Some(TokenKind::Word) if !lexed.word(token).contains(char::is_lowercase) => {}
            _ => return false,
        }
    }
    false
}
