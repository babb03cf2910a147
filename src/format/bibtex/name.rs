//! Names as BibTeX writes them: `von Family, Jr, Given`, bodies in braces.
//!
//! Takes names, adds them to an entry; called by [`write`](super::write). The rules are those of
//! BibTeXing, section 4, and of biblatex 3.20, section 2.3.1 (name lists).

use super::bytes::Bytes;
use super::latex::push_plain;
use crate::{Name, Names, Person};

/// Adds a list of names.
pub(super) fn push_names(out: &mut String, names: &Names) {
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            out.push_str(" and ");
        }
        match name {
            Name::Literal(body) => push_braced(out, body),
            Name::Person(person) => push_person(out, person),
        }
    }
    if names.others {
        out.push_str(" and others");
    }
}

fn push_person(out: &mut String, person: &Person) {
    let family = person.family.trim();
    // A name of one word is a family name; more words without a comma would be taken apart, and
    // `others` alone would be "and others".
    if person.given.is_none()
        && person.suffix.is_none()
        && person.dropping_particle.is_none()
        && person.non_dropping_particle.is_none()
    {
        if family.contains(|c: char| !c.is_alphanumeric()) || is_word_of_lists(family) {
            push_braced(out, family);
        } else {
            push_plain(out, family);
        }
        return;
    }
    for particle in person.dropping_particle.iter().chain(&person.non_dropping_particle) {
        push_part(out, particle, false);
        out.push(' ');
    }
    if is_simple(family) {
        out.push_str(family);
    } else {
        push_part(out, family, starts_like_a_particle(family) || begins_with_initial(family));
    }
    if let Some(suffix) = &person.suffix {
        out.push_str(", ");
        push_part(out, suffix, false);
    }
    out.push_str(", ");
    match person.given.as_deref() {
        // An end with a comma would be one too many.
        None if person.suffix.is_some() => out.push_str("{}"),
        Some(given) if is_simple(given) => out.push_str(given),
        given => push_given(out, given.unwrap_or_default()),
    }
}

/// Whether a part of a name is one word of ASCII with a capital: what most are, and what needs no
/// care.
fn is_simple(part: &str) -> bool {
    part.as_bytes().first().is_some_and(u8::is_ascii_uppercase)
        && part.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !part.eq_ignore_ascii_case("and")
}

/// Whether a name alone would be a word that lists of names are made with.
pub(super) fn is_word_of_lists(family: &str) -> bool {
    family.eq_ignore_ascii_case("and") || family.eq_ignore_ascii_case("others")
}

/// Whether BibTeX would take a part of a family name for a particle: a word in it begins with a
/// small letter (`Ramón y Cajal`).
fn starts_like_a_particle(family: &str) -> bool {
    if is_letters(family) && !family.as_bytes().contains(&b' ') {
        return !family.starts_with(char::is_uppercase)
            && family.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    }
    family
        .split_whitespace()
        .any(|word| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase))
}

/// Whether a name begins with an initial and goes on: `J. Roe`. No family name does, so names
/// between commas that do are persons.
pub(super) fn begins_with_initial(name: &str) -> bool {
    if !name.as_bytes().contains(&b'.') {
        return false;
    }
    let mut words = name.split([' ', '~', '\n', '\t']).filter(|word| !word.is_empty());
    let first = words.next().and_then(|word| word.strip_suffix('.'));
    let mut letters = first.unwrap_or_default().chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none()
        && words.next_back().is_some_and(|last| last.chars().count() > 1 && !last.ends_with('.'))
}

/// Adds a part of a name, in braces where `keep` says so or where it holds what divides names.
fn push_part(out: &mut String, part: &str, keep: bool) {
    let is_list = |part: &str| {
        part.eq_ignore_ascii_case("and")
            || part.as_bytes().contains(&b' ')
                && part.split(' ').any(|word| word.eq_ignore_ascii_case("and"))
    };
    if !keep && is_letters(part) && !is_list(part) {
        let more = part.ends_with(['l', '.']) && part.trim_end_matches('.').ends_with("et al");
        if !more {
            out.push_str(part);
            return;
        }
    }
    let divides = part.contains([',', ';', '&', '{', '}', '='])
        || part.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"))
        || part.trim_end_matches('.').ends_with("et al");
    if keep || divides { push_braced(out, part) } else { push_line(out, part) }
}

/// Whether a part of a name is nothing but letters, stops and single spaces, hyphens and
/// apostrophes between: what needs no care, and what most are. Scripts of three bytes a letter
/// have white space of their own.
fn is_letters(part: &str) -> bool {
    static LETTERS: Bytes =
        Bytes::of(b".ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 0, 0x80);
    let is_mark = |byte: u8| matches!(byte, b' ' | b'-' | b'\'');
    let mut before = b' ';
    for (at, byte) in part.bytes().enumerate() {
        let is_kept = match is_mark(byte) {
            true => at > 0 && byte != before,
            false => LETTERS.holds(byte) && byte != 0xc2 && byte < 0xe0,
        };
        if !is_kept {
            return false;
        }
        before = byte;
    }
    !is_mark(before)
}

fn push_braced(out: &mut String, part: &str) {
    out.push('{');
    push_line(out, part);
    out.push('}');
}

/// A name stands on one line.
fn push_line(out: &mut String, part: &str) {
    for (index, word) in part.split_whitespace().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        push_plain(out, word);
    }
}

/// Adds a given name. Initials without a space between stand in braces: pandoc spaces them.
fn push_given(out: &mut String, given: &str) {
    let mut before = [' '; 2];
    let closed_up = given.as_bytes().contains(&b'.')
        && given.chars().any(|c| {
            let found = before[0].is_uppercase() && before[1] == '.' && c.is_uppercase();
            before = [before[1], c];
            found
        });
    push_part(out, given, closed_up);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_parts() {
        let bare = |family: &str| Person { family: family.into(), ..Person::default() };
        let mut king = Person { family: "King".into(), ..Person::default() };
        king.given = Some("Martin Luther".into());
        king.suffix = Some("Jr.".into());
        let mut berg = Person { family: "Berg".into(), ..Person::default() };
        berg.given = Some("J.".into());
        berg.non_dropping_particle = Some("van der".into());
        for (name, bib) in [
            (king.into(), "King, Jr., Martin Luther"),
            (berg.into(), "van der Berg, J."),
            (Name::person("Ramón y Cajal", "Santiago"), "{Ramón y Cajal}, Santiago"),
            (Name::person("Den Boer", "M."), "Den Boer, M."),
            (Name::person("Chang", "Y.C."), "Chang, {Y.C.}"),
            (Name::person("Plato", ""), "Plato"),
            (Name::person("Sitting Bull", ""), "{Sitting Bull}"),
            (Name::person("others", ""), "{others}"),
            (Name::body("Simon and Co., Inc."), "{Simon and Co., Inc.}"),
            (Name::person("a, b", "c and d"), "{a, b}, {c and d}"),
            (Person { suffix: Some("x".into()), ..bare("Roe") }.into(), "Roe, x, {}"),
            (Person { non_dropping_particle: Some("X".into()), ..bare("Roe") }.into(), "X Roe, "),
            (Name::person("J. Roe", "K. Hu"), "{J. Roe}, K. Hu"),
            (Name::person("a; b", "et al."), "{a; b}, {et al.}"),
        ] {
            let mut out = String::new();
            push_names(&mut out, &Names::from(vec![name]));
            assert_eq!(out, bib);
        }
    }
}
