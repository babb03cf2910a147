//! A piece of a list of names: what stands between two separators, and its form.

use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `J. B.`, `WHG`, `J.-P.`, `J.A. de`
    Initials,
    /// `Smith`, `Den Boer`, `van der Auwera`, `Ramón y Cajal`, `Martin Calkins`, `Braden`
    Words,
    /// `Schäfer C`, `van den Berg R`, `Brown Cecil H.`
    WordsInitials,
    /// `M.R. Waldman`, `J. van der Auwera`
    InitialsWords,
    /// `Tara J. Radin`, `W. Holman Bentley` is [`Form::InitialsWords`]
    WordsInitialsWords,
    /// `Jr.`, `III`
    Suffix,
    /// `et al.`
    Others,
    /// Something that is no part of a person's name.
    Other,
}

/// How the separator before a piece reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    Nothing,
    Comma,
    /// `;`, `/`
    Strong,
    /// `and`, `&`
    Conjunction,
}

/// A piece: its tokens, its form, and the separator before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) start: usize,
    /// The token behind the last.
    pub(crate) end: usize,
    pub(crate) form: Form,
    pub(crate) before: Before,
    /// How many words that are no initials and no particles it has.
    pub(crate) words: usize,
    /// Whether its first word is all capitals.
    pub(crate) capitals: bool,
    /// Whether it is a whole name in Chinese, Japanese or Korean letters.
    pub(crate) ideographic: bool,
}

/// What one token, or a few, are inside a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Atom {
    Word,
    Initials,
    Particle,
    Suffix,
}

/// Cuts the tokens `start..end` at the separators of a list of names. Stops at the
/// first piece that can be no part of a name, which is the last given.
pub(crate) fn pieces(lexed: &Lexed, start: usize, end: usize) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = start;
    let mut before = Before::Nothing;
    while at < end {
        if let Some(after) = lexed
            .phrase(at, Class::EtAl)
            .filter(|&after| after <= end && is_others(at, after, before))
        {
            found.push(Piece {
                start: at,
                end: after,
                form: Form::Others,
                before,
                words: 0,
                capitals: false,
                ideographic: false,
            });
            at = after;
        } else {
            let stop = piece_end(lexed, at, end);
            let (form, words, capitals) = form(lexed, at, stop);
            if stop > at {
                let ideographic = is_ideographic(lexed.word(at)) && stop == at + 1;
                found.push(Piece {
                    start: at,
                    end: stop,
                    form,
                    before,
                    words,
                    capitals,
                    ideographic,
                });
                if form == Form::Other {
                    break;
                }
            }
            at = stop;
        }
        before = Before::Nothing;
        while at < end {
            let next = separator(lexed, at);
            match (before, next) {
                (_, None) => break,
                (Before::Strong, Some(_)) => {}
                (_, Some(next)) => before = next,
            }
            at += 1;
        }
        if before == Before::Nothing
            && at < end
            && found.last().is_some_and(|piece| piece.end == at)
        {
            // no separator between two pieces: only `et al.` may follow so
            if lexed.phrase(at, Class::EtAl).is_none() {
                break;
            }
        }
    }
    found
}

/// `others` alone is a word like any; behind a separator, or as `et al.`, it is none.
fn is_others(at: usize, after: usize, before: Before) -> bool {
    before != Before::Nothing || after > at + 1
}

/// A name of two to four signs is a whole one: family and given name.
fn is_ideographic(word: &str) -> bool {
    (2..=4).contains(&word.chars().count())
        && word.chars().all(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'))
}

fn separator(lexed: &Lexed, at: usize) -> Option<Before> {
    // `et` is a conjunction, `et al.` is none
    if lexed.phrase(at, Class::EtAl).is_some_and(|after| after > at + 1) {
        return None;
    }
    match lexed.word(at) {
        "," | "，" | "、" => Some(Before::Comma),
        ";" | "；" | "/" | "·" => Some(Before::Strong),
        "&" | "+" => Some(Before::Conjunction),
        word if lexed.has(at, Class::Conjunction) && is_conjunction(lexed, at, word) => {
            Some(Before::Conjunction)
        }
        _ => None,
    }
}

/// A conjunction is typed in lower case, and a letter of one is no initial.
fn is_conjunction(lexed: &Lexed, at: usize, word: &str) -> bool {
    !word.starts_with(char::is_uppercase) && !lexed.is_mark(at + 1, '.')
}

fn piece_end(lexed: &Lexed, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end && separator(lexed, at).is_none() {
        if at > start
            && lexed
                .phrase(at, Class::EtAl)
                .is_some_and(|after| after > at + 1 || !lexed.word(at).is_ascii())
        {
            break;
        }
        at += 1;
    }
    at
}

/// The atoms of the tokens `start..end`, each with the tokens it spans; `None` where one token
/// is no part of a name.
pub(crate) fn atoms(lexed: &Lexed, start: usize, end: usize) -> Option<Vec<(Atom, usize, usize)>> {
    let mut found: Vec<(Atom, usize, usize)> = Vec::new();
    let mut at = start;
    while at < end {
        let token = lexed.get(at)?;
        let word = lexed.word(at);
        let dotted = lexed.is_mark(at + 1, '.') && at + 1 < end && !lexed.spaced(at + 1);
        match token.kind {
            TokenKind::Word => {
                let after = at + 1 + usize::from(dotted);
                let has_words = found.iter().any(|(atom, ..)| *atom == Atom::Word);
                if token.classes.has(Class::Suffix) && has_words && is_suffix(word) {
                    found.push((Atom::Suffix, at, after));
                } else if is_initial(word, dotted, has_words) {
                    found.push((Atom::Initials, at, after));
                } else if token.classes.has(Class::Particle)
                    && (has_words
                        || !word.starts_with(char::is_uppercase)
                        || !initials_follow(lexed, after, end))
                    && (!word.starts_with(char::is_uppercase) || after < end)
                    && !dotted
                {
                    found.push((Atom::Particle, at, after));
                } else if begins_a_name(word) && !dotted {
                    found.push((Atom::Word, at, after));
                } else if begins_a_name(word)
                    && (!token.classes.has(Class::Abbreviation) || token.classes.has(Class::Suffix))
                    && dotted
                    && word.chars().count() <= 4
                    && (after < end || !has_words)
                {
                    // `Chr.`, `Wm.`, `Yu.`: an abbreviated given name
                    found.push((Atom::Initials, at, after));
                } else {
                    return None;
                }
                at = after;
            }
            TokenKind::Mark('-' | '‐' | '‑') => {
                // `J.-P.`
                let last = found.last_mut()?;
                if last.0 != Atom::Initials {
                    return None;
                }
                last.2 = at + 1;
                at += 1;
            }
            TokenKind::Mark('\'' | '’' | '‘' | 'ʻ' | '`')
                if lexed.get(at + 1).is_some_and(|t| !t.space) =>
            {
                at += 1
            }
            _ => return None,
        }
    }
    Some(found)
}

/// `Le M`: a particle with a capital before nothing but initials is the family name.
fn initials_follow(lexed: &Lexed, at: usize, end: usize) -> bool {
    at < end
        && lexed.word(at).chars().count() <= 3
        && is_initial(lexed.word(at), lexed.is_mark(at + 1, '.'), true)
}

fn is_suffix(word: &str) -> bool {
    // `Roberts JR` has initials, `Roberts Jr` a suffix; `III` is one in any case
    word.starts_with(char::is_uppercase) && !matches!(word, "JR" | "SR" | "JNR" | "SNR")
}

/// Whether a word is one or more initials.
pub(crate) fn is_initial(word: &str, dotted: bool, behind_words: bool) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    if !word.starts_with(char::is_uppercase) {
        return letters == 1 && dotted && word.chars().all(char::is_lowercase) && behind_words;
    }
    match letters {
        1 => true,
        // `JB`, `WHG`, `PJa`, `S-JD`, `J-P`: behind a family name, or short and dotted
        2..=5 => {
            (upper == letters || (upper >= 2 && letters - upper <= 1))
                && (behind_words && letters <= 4
                    || dotted && letters <= 3
                    || word.contains(['-', '‐', '‑']) && letters <= 4)
        }
        _ => false,
    }
}

fn begins_a_name(word: &str) -> bool {
    let Some(first) = word.chars().next() else { return false };
    // scripts without capitals count as capitalised
    let caseless = first.is_alphabetic() && !first.is_lowercase() && !first.is_uppercase();
    // `d’Hondt`, `al-Ghazali`, `dos`
    let elided = word.char_indices().any(|(at, c)| {
        matches!(c, '\'' | '’' | '-')
            && at <= 4
            && word[at + c.len_utf8()..].starts_with(char::is_uppercase)
    });
    first.is_uppercase() || caseless || elided
}

/// The form of the tokens `start..end`, how many plain words they have, and whether the first
/// word is all capitals.
fn form(lexed: &Lexed, start: usize, end: usize) -> (Form, usize, bool) {
    let Some(mut atoms) = atoms(lexed, start, end) else { return (Form::Other, 0, false) };
    while atoms.len() > 1 && atoms.last().is_some_and(|(atom, ..)| *atom == Atom::Suffix) {
        atoms.pop();
    }
    let words = atoms.iter().filter(|(atom, ..)| *atom == Atom::Word).count();
    let capitals =
        atoms.iter().find(|(atom, ..)| *atom == Atom::Word).is_some_and(|&(_, at, _)| {
            let word = lexed.word(at);
            word.chars().count() > 1 && !word.chars().any(char::is_lowercase)
        });
    let first = atoms.iter().find(|(atom, ..)| *atom != Atom::Particle).map(|(atom, ..)| *atom);
    let last = atoms.iter().rfind(|(atom, ..)| *atom != Atom::Particle).map(|(atom, ..)| *atom);
    let initials = atoms.iter().any(|(atom, ..)| *atom == Atom::Initials);
    let form = match (first, last) {
        _ if words > 6 => Form::Other,
        (Some(Atom::Suffix), _) => Form::Suffix,
        (Some(Atom::Initials), Some(Atom::Initials)) if words == 0 => Form::Initials,
        (Some(Atom::Initials), Some(Atom::Initials)) => Form::InitialsWords,
        (Some(Atom::Word), Some(Atom::Word)) if initials => Form::WordsInitialsWords,
        (Some(Atom::Word), Some(Atom::Word)) => Form::Words,
        (Some(Atom::Word), Some(Atom::Initials)) => Form::WordsInitials,
        (Some(Atom::Initials), Some(Atom::Word)) => Form::InitialsWords,
        _ => Form::Other,
    };
    let lone_suffix = atoms.len() == 1
        && start > 0
        && lexed.has(start, Class::Suffix)
        && is_suffix(lexed.word(start));
    if lone_suffix { (Form::Suffix, 0, false) } else { (form, words, capitals) }
}
