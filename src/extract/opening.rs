//! How a stretch of text opens: with a list of names, with a particle.
//!
//! Called by `feature`, and by `annotation`, which never parts a citation's head from its title.

use super::sentence::Cut;
use super::token::{Shape, TOKENS, Token, Tokens};

/// How many tokens a list of names may take from the beginning, and how many names' words it has.
pub(super) fn list_of_names(tokens: &[Token<'_>]) -> (usize, usize) {
    let (mut words, mut lower) = (0, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token.shape {
            Shape::Lower if token.text.chars().count() <= 4 && lower < 2 && !token.is_elided() => {
                lower += 1;
            }
            _ if token.is_name_word() => {
                words += 1;
                lower = 0;
            }
            Shape::Mark(',' | '.' | '&' | ';' | '-' | '‐' | '‑' | '/' | '–') => {}
            _ => return (at, words),
        }
    }
    (tokens.len(), words)
}

/// Where a citation's head ends, in bytes: its names and year. No citation ends there, for its
/// title is still to come. `cuts` are the places where sentences begin.
pub(super) fn head_end(text: &str, cuts: &[Cut]) -> usize {
    let first = cuts.iter().find(|cut| !cut.after_initial).map_or(text.len(), |cut| cut.at);
    let mut tokens = Tokens::of(text).take(TOKENS);
    let mut seen = Vec::with_capacity(3 * FEW);
    loop {
        let before = seen.len();
        seen.extend(tokens.by_ref().take(FEW));
        let (end, looked_at) = head_among(&seen, first);
        if looked_at <= seen.len() || seen.len() < before + FEW {
            return end;
        }
    }
}

/// Tokens are taken so many at a time, since most heads are short.
const FEW: usize = 12;

/// Where the head ends, in bytes, and how many tokens were looked at; `first` is where the first
/// sentence ends.
fn head_among(tokens: &[Token<'_>], first: usize) -> (usize, usize) {
    /// How far ahead a role in brackets is looked for.
    const AHEAD: usize = 7;
    let (names, words) = list_of_names(tokens);
    if words == 0 {
        return (0, names + 1);
    }
    // A title in capitals reads like names; but it follows a full stop, "Velten, Carl. Die Sprache".
    let looked_at = names + 1;
    let names = names.min(tokens.partition_point(|token| token.end <= first));
    let mut at = names;
    // "(Ed.)", "[eds]"
    let opens = tokens.get(at).is_some_and(|token| token.is('(') || token.is('['));
    let role =
        tokens.iter().skip(at + 1).take(4).take_while(|token| token.is_word() || token.is('.'));
    let role = 1 + role.count();
    if opens
        && role > 1
        && tokens.get(at + role).is_some_and(|token| token.is(')') || token.is(']'))
    {
        at += role + 1;
    }
    at += tokens
        .iter()
        .skip(at)
        .take_while(|token| {
            matches!(
                token.shape,
                Shape::Year | Shape::Mark('(' | ')' | '[' | ']' | '.' | ',' | ':')
            )
        })
        .count();
    let end = at.checked_sub(1).and_then(|last| tokens.get(last)).map_or(0, |token| token.end);
    (end, looked_at.max(at + AHEAD))
}

/// Whether the opening word is a particle of a name ("de Goeje CH", "van Groen, M.M.", "al-Roe, A.",
/// "d’Arc, J.").
pub(super) fn particle_opens(tokens: &[Token<'_>]) -> bool {
    let is_particle = |token: &&Token<'_>| {
        token.shape == Shape::Lower && token.text.chars().count() <= 4 && !token.is_elided()
    };
    let words = tokens.iter().take_while(is_particle).count();
    let joins = words > 0
        && tokens.get(words).is_some_and(|token| token.is('-') || token.is('‐') || token.is('‑'));
    let name = words + usize::from(joins);
    words <= 3
        && tokens
            .get(name)
            .is_some_and(|token| token.is_elided() || words > 0 && token.shape == Shape::Capital)
        && tokens.get(name + 1).is_some_and(|token| {
            token.is(',') || matches!(token.shape, Shape::Initial | Shape::Upper)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::sentence::cuts;
    use crate::extract::token::tokens;

    #[test]
    fn particles_open_names() {
        for text in ["de la Roe, J.", "van Groen M", "al-Doe, A.", "d’Ar, B.", "dell'Orto, C."] {
            assert!(particle_opens(&tokens(text, 9)), "{text}");
        }
        for text in ["in the harbour, J.", "don't, A.", "de la mer, A.", "infor-\nmation, A."] {
            assert!(!particle_opens(&tokens(text, 9)), "{text}");
        }
    }

    #[test]
    fn the_head_is_names_and_year() {
        for (head, rest) in [
            ("Roe, A.B. & Poe, C. (2010).", " Harbour watch. Brill."),
            ("ROE A., 1986.", " Les ports. Dakar."),
            ("Roe, A. (Ed.) (2010).", "Harbour watch. Brill."),
            ("Roe, Carl.", " Harbour Watch. Leiden 1899."),
            ("World Port Council. 2011.", " Harbour watch. Rotterdam."),
            ("", "harbours have changed. They"),
        ] {
            let text = format!("{head}{rest}");
            assert_eq!(head_end(&text, &cuts(&text)), head.len(), "{text}");
        }
    }
}
