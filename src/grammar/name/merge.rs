//! Pieces that are parts of one name: bodies with an `and`, a stop or a comma of their own, and
//! Spanish family names with `y`.

use super::body::is_acronym;
use super::common::{Common, common};
use super::piece::{Before, Form, Piece};
use super::units::{Kind, Unit};
use crate::lex::Lexed;
use crate::lexicon::Class;

/// Whether a list is all of bodies: one at least has a word of bodies, or all are acronyms, and
/// none has initials.
pub(super) fn are_bodies(lexed: &Lexed, units: &[Unit], pieces: &[Piece]) -> bool {
    let acronym =
        |piece: &Piece| piece.end - piece.start == 1 && is_acronym(lexed, &units[piece.start]);
    let body = |piece: &Piece| piece.form == Form::Body || acronym(piece);
    let plain = |piece: &Piece| body(piece) || piece.form == Form::Words;
    if !pieces.iter().all(plain) || !pieces.iter().any(|piece| piece.form == Form::Body) {
        return pieces.iter().all(acronym);
    }
    // `Department of Lands, Survey Office and Land Bank`; `Office of Safety, Department of Labor`
    let short = pieces.iter().all(|piece| piece.end - piece.start == 1);
    if (short || pieces.len() > 2) && pieces.iter().all(|piece| piece.form == Form::Body) {
        return false;
    }
    // each part between `;` must have a body
    let mut has = false;
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 && piece.before == Before::Strong {
            if !has {
                return false;
            }
            has = false;
        }
        has |= body(piece);
    }
    // `Food and Agriculture Organization` is one, `Jane Roe and World Bank` are two
    let first = pieces[0].form == Form::Body || acronym(&pieces[0]) && pieces.len() < 4;
    has && (first || pieces.len() == 2 && pieces[0].words != 2)
}

/// `United States. Environmental Protection Agency. Office of Safety`: a stop in a body's name.
pub(super) fn with_their_own_stop(units: &[Unit], pieces: &mut Vec<Piece>) {
    let mut kept: usize = 0;
    for at in 1..pieces.len() {
        let piece = pieces[at];
        let last = &mut pieces[kept];
        if units[piece.start - 1].kind == Kind::Stop
            && matches!(last.form, Form::Words | Form::Body)
            && matches!(piece.form, Form::Words | Form::Body)
            && (last.form == Form::Body || piece.form == Form::Body)
        {
            last.form = Form::Body;
            last.end = piece.end;
            continue;
        }
        kept += 1;
        pieces[kept] = piece;
    }
    pieces.truncate(kept + 1);
}

/// `Совет по стандартизации, метрологии`: what goes on in lower case belongs to the body.
pub(super) fn with_lower(units: &[Unit], lexed: &Lexed, pieces: &mut Vec<Piece>) {
    let mut kept: usize = 0;
    for at in 1..pieces.len() {
        let piece = pieces[at];
        let last = &mut pieces[kept];
        let lower = units[piece.start].kind == Kind::Other
            && lexed.text[units[piece.start].start..].starts_with(char::is_lowercase);
        if last.form == Form::Body && lower && piece.before != Before::Strong {
            last.end = piece.end;
            continue;
        }
        kept += 1;
        pieces[kept] = piece;
    }
    pieces.truncate(kept + 1);
}

/// `Council on Quality of Care and Outcomes`: what follows the `and` of a body, and is no body
/// and no person with initials, belongs to it.
pub(super) fn with_their_own_and(lexed: &Lexed, units: &[Unit], pieces: &mut Vec<Piece>) {
    let mut kept: usize = 0;
    for at in 1..pieces.len() {
        let piece = pieces[at];
        let last = &mut pieces[kept];
        let word = units[piece.start - 1].token;
        if last.form == Form::Body
            && piece.before == Before::And
            && piece.form == Form::Words
            && lexed.has(word, Class::Conjunction)
        {
            last.end = piece.end;
            continue;
        }
        kept += 1;
        pieces[kept] = piece;
    }
    pieces.truncate(kept + 1);
}

/// `Ramón y Cajal, S.`, `Roe i Poe, Anna`: one family name, where given names follow and no
/// given name stands before the `and`.
pub(super) fn spanish(lexed: &Lexed, units: &[Unit], pieces: &mut Vec<Piece>) {
    let first = |piece: &Piece| {
        let unit = &units[piece.start];
        common(lexed.text.get(unit.start..unit.end).unwrap_or(""))
    };
    let mut kept: usize = 0;
    for at in 1..pieces.len() {
        let piece = pieces[at];
        let last = &pieces[kept];
        let two = last.form == Form::Words
            && last.words == 1
            && piece.words == 1
            && piece.before == Before::And
            && piece.form == Form::Words
            && matches!(lexed.word(units[piece.start - 1].token), "y" | "i" | "e");
        if !two {
            kept += 1;
            pieces[kept] = piece;
            continue;
        }
        let inverted = pieces.get(at + 1).is_some_and(|given| {
            given.before == Before::Comma
                && match given.form {
                    Form::Initials => true,
                    Form::Words => given.words <= 3 && first(given) == Some(Common::Given),
                    Form::WordsInitials => first(given) == Some(Common::Given),
                    _ => false,
                }
        });
        // `Roe, Jane y Poe, K.` are two: what stands before the comma has no given name yet
        let behind_family = pieces[kept].before == Before::Comma
            && kept.checked_sub(1).is_some_and(|before| pieces[before].form == Form::Words)
            && first(&pieces[kept - 1]) != Some(Common::Given);
        if inverted && !behind_family {
            pieces[kept].end = piece.end;
            continue;
        }
        kept += 1;
        pieces[kept] = piece;
    }
    pieces.truncate(kept + 1);
}
