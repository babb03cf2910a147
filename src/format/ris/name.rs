//! Names of RIS: `Family, Given, Suffix` of the specification, bodies, and what people write.
//!
//! Called by [`read`](super::read), and by the writer to see what a name would be read as.

use crate::lexicon::{Class, lexicon};
use crate::{Name, Person};

/// What a value of names says.
#[derive(Debug, PartialEq)]
pub(super) enum NameValue {
    Name(Name),
    /// Several persons on one line.
    Several(Vec<Name>),
    /// "et al."
    Others,
}

/// Names in a folded value; `None` where there is none.
pub(super) fn names(value: &str) -> Option<NameValue> {
    if let Some(name) = plain(value) {
        return Some(NameValue::Name(name));
    }
    let bare = value.trim_end_matches(['.', ',']).trim_end();
    if ["et al", "and others", "others"].iter().any(|word| bare.eq_ignore_ascii_case(word)) {
        return Some(NameValue::Others);
    }
    if value.contains(';') {
        let pieces: Vec<&str> =
            value.split(';').map(str::trim).filter(|piece| !piece.is_empty()).collect();
        if pieces.len() > 1 && pieces.iter().all(|piece| is_person(piece)) {
            // `Doe, Ann and Poe, Bob; Roe, Jim`
            let several = |piece| joined(piece).or_else(|| listed(piece));
            let names = pieces
                .into_iter()
                .flat_map(|piece| {
                    several(piece).unwrap_or_else(|| name(piece).into_iter().collect())
                })
                .collect();
            return Some(NameValue::Several(names));
        }
    }
    if let Some(names) = joined(value).or_else(|| listed(value)) {
        return Some(NameValue::Several(names));
    }
    name(value).map(NameValue::Name)
}

/// `Doe, Ann B.`, which nearly all names are like: a word, a comma, words of which the last is no
/// suffix.
fn plain(value: &str) -> Option<Name> {
    // Marks that divide names, and the bytes that white space other than a space begins with.
    let is_mark = |byte: u8| matches!(byte, b',' | b';' | b'{' | 0xc2 | 0xe1..=0xe3);
    let bytes = value.as_bytes();
    let comma = bytes.iter().position(|&byte| byte == b' ' || is_mark(byte))?;
    let family = value.get(..comma).filter(|family| !family.is_empty())?;
    let given = value.get(comma..)?.strip_prefix(',')?;
    let given = given.strip_prefix(' ').unwrap_or(given);
    let mut last = 0;
    for (at, &byte) in given.as_bytes().iter().enumerate() {
        if is_mark(byte) {
            return None;
        }
        if byte == b' ' {
            last = at + 1;
        }
    }
    let word = given.get(last..).filter(|word| !word.is_empty())?;
    let is_plain = !given.starts_with(' ') && (last == 0 || !has(word, Class::Suffix));
    is_plain.then(|| Name::person(family, given))
}

/// `Doe, Ann and Poe, Bob`: inverted names with a word for "and" between all of them.
fn joined(value: &str) -> Option<Vec<Name>> {
    // Each of two names at least has a comma.
    if value.bytes().filter(|byte| *byte == b',').count() < 2 {
        return None;
    }
    let is_and = |word: &str| {
        word.chars().any(|c| c.is_lowercase() || c == '&') && has(word, Class::Conjunction)
    };
    if !value.split_whitespace().any(is_and) {
        return None;
    }
    let mut pieces = vec![String::new()];
    for word in value.split_whitespace() {
        if is_and(word) {
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push_str(if piece.is_empty() { "" } else { " " });
            piece.push_str(word);
        }
    }
    let is_one = |piece: &String| {
        piece.matches(',').count() == 1
            && piece.split(',').all(|part| part.contains(char::is_alphabetic))
            && is_person(piece)
    };
    if pieces.len() < 2 || !pieces.iter().all(is_one) {
        return None;
    }
    pieces.iter().map(|piece| name(piece)).collect()
}

/// `Smith J, Jones KL`: family names with initials behind them, as in medicine.
fn listed(value: &str) -> Option<Vec<Name>> {
    let mut names = Vec::new();
    for piece in value.split(',') {
        let (family, initials) = piece.trim().rsplit_once(' ')?;
        let is_family = family.starts_with(char::is_alphabetic)
            && family.chars().any(char::is_lowercase)
            && !family.contains(|c: char| c.is_ascii_digit() || c == '.');
        let is_initials =
            initials.chars().all(char::is_uppercase) && initials.chars().nth(3).is_none();
        if !is_family || !is_initials || has(initials, Class::Suffix) {
            return None;
        }
        let (particle, family) = particle(family);
        let mut person = Person::default();
        family.clone_into(&mut person.family);
        person.given = Some(initials.to_owned());
        person.non_dropping_particle = Some(particle.to_owned()).filter(|text| !text.is_empty());
        names.push(person.into());
    }
    (names.len() > 1).then_some(names)
}

/// Whether a text is plainly one person: inverted, or with initials.
pub(super) fn is_person(text: &str) -> bool {
    let is_inverted = text.split_once(',').is_some_and(|(family, given)| {
        !family.trim().is_empty() && !given.trim().is_empty() && !given.trim().ends_with(',')
    });
    is_inverted || with_initials(text).is_some() || initials_behind(text).is_some()
}

/// A person whose initials stand behind without a comma, as Scopus and medicine have them:
/// `Roe J.`, `van der Berg JK`. Two letters with stops may be a firm's (`Acme S.A.`), and more
/// letters a country's or a body's.
fn initials_behind(text: &str) -> Option<Person> {
    let (family, initials) = text.rsplit_once(' ')?;
    if !initials.chars().all(|c| c == '.' || c.is_uppercase()) {
        return None;
    }
    let (particle, family) = particle(family);
    let is_family = family.starts_with(char::is_uppercase)
        && family.contains(char::is_lowercase)
        && family.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}'));
    let letters = initials.strip_suffix('.').unwrap_or(initials);
    let most = if letters.len() < initials.len() { 1 } else { 2 };
    let is_initials =
        letters.chars().all(char::is_uppercase) && (1..=most).contains(&letters.chars().count());
    if !is_family || !is_initials {
        return None;
    }
    let is_other = [Class::Body, Class::Conference, Class::Publisher, Class::Journal]
        .iter()
        .any(|class| has(family, *class))
        || letters.chars().count() > 1
            && [Class::Region, Class::Abbreviation, Class::Suffix]
                .iter()
                .any(|class| has(letters, *class));
    if is_other {
        return None;
    }
    let mut person = Person::default();
    family.clone_into(&mut person.family);
    person.given = Some(initials.to_owned());
    person.non_dropping_particle = Some(particle.to_owned()).filter(|text| !text.is_empty());
    Some(person)
}

/// A person whose initials come first: `J. Doe`, `A. B. van der Okoro`, `J.-P. Roe Jr.`.
///
/// Initials, particles and one word are a person. More words may be a body's (`J. Paul Getty
/// Trust`), and so may a word that bodies are called by, or initials that are a country's
/// (`U.S. Navy`).
fn with_initials(text: &str) -> Option<Person> {
    // More words than any such name has.
    const MOST: usize = 10;
    if !text.split_whitespace().next().is_some_and(is_initial) {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().take(MOST + 1).collect();
    let first = words.iter().take_while(|word| is_initial(word)).count();
    let (initials, rest) = words.split_at_checked(first)?;
    let particles = rest
        .iter()
        .take_while(|word| word.starts_with(char::is_lowercase) && has(word, Class::Particle))
        .count();
    let (particles, rest) = rest.split_at_checked(particles)?;
    let (family, suffix) = match rest {
        [family] => (*family, None),
        [family, suffix] if has(suffix, Class::Suffix) => (*family, Some((*suffix).to_owned())),
        _ => return None,
    };
    let is_word = family.starts_with(char::is_uppercase)
        && family.chars().filter(|c| c.is_alphabetic()).count() > 1
        && family.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}'));
    let is_body = [Class::Body, Class::Conference].iter().any(|class| has(family, *class));
    let is_country = initials.iter().any(|word| {
        word.len() > 2 && [Class::Region, Class::Abbreviation].iter().any(|class| has(word, *class))
    });
    if words.len() > MOST || initials.is_empty() || !is_word || is_body || is_country {
        return None;
    }
    let mut person = Person::default();
    family.clone_into(&mut person.family);
    person.given = Some(initials.join(" "));
    person.non_dropping_particle = Some(particles.join(" ")).filter(|text| !text.is_empty());
    person.suffix = suffix;
    Some(person)
}

fn has(word: &str, class: Class) -> bool {
    lexicon().classes(word).has(class)
}

/// Whether a word is initials with their stops: `J.`, `J.P.`, `J.-P.`.
fn is_initial(word: &str) -> bool {
    let mut letters = word.split_terminator('.').map(|part| part.trim_start_matches('-'));
    word.ends_with('.')
        && letters
            .all(|letter| letter.starts_with(char::is_uppercase) && letter.chars().nth(1).is_none())
}

/// `Family, Given, Suffix`; a body where nothing stands behind the comma.
fn name(value: &str) -> Option<Name> {
    let value = value.trim_start_matches([',', ' ']).trim_end();
    // BibTeX's braces around a body.
    if let Some(body) = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'))
        && !body.contains(['{', '}'])
        && !body.trim().is_empty()
    {
        return Some(Name::body(body.trim()));
    }
    if !value.contains(',') {
        let body = value.trim();
        let person = || with_initials(body).or_else(|| initials_behind(body));
        let name = || person().map_or_else(|| Name::body(body), Name::from);
        return (!body.is_empty()).then(name);
    }
    let mut parts: Vec<&str> = value.split(',').map(str::trim).collect();
    let ends_in_comma = parts.len() > 1 && parts.last().is_some_and(|last| last.is_empty());
    while parts.last().is_some_and(|last| last.is_empty()) {
        parts.pop();
    }
    match parts.as_slice() {
        [] | [""] => None,
        // Our writer's comma says that it is a body.
        [body] => Some(Name::body(*body)),
        // `Food and Agriculture Organization, Statistics Division,` against `Roe, J.,`
        [.., last] if ends_in_comma && !is_initials(last) => {
            Some(Name::body(value.trim_end_matches([',', ' '])))
        }
        [family, given, suffix @ ..] => {
            let (family, given, suffix) = suffixed(family, given, suffix);
            let (particle, family) = particle(family);
            let some = |text: String| (!text.is_empty()).then_some(text);
            let mut person = Person::default();
            family.clone_into(&mut person.family);
            person.given = some(given.to_owned());
            person.non_dropping_particle = some(particle.to_owned());
            person.suffix = some(suffix);
            Some(person.into())
        }
    }
}

/// Family, given name and suffix, wherever the suffix stands: behind both as the specification
/// has it, `King Jr., Martin`, `King, Martin Jr.`, or BibTeX's `King, Jr., Martin`.
fn suffixed<'a>(family: &'a str, given: &'a str, rest: &[&'a str]) -> (&'a str, &'a str, String) {
    let last = |text: &'a str| text.rsplit_once(' ').filter(|(_, last)| has(last, Class::Suffix));
    match rest {
        [] => {
            if let Some((family, suffix)) = last(family) {
                return (family.trim_end(), given, suffix.to_owned());
            }
            if let Some((given, suffix)) = last(given) {
                return (family, given.trim_end(), suffix.to_owned());
            }
        }
        [other] if has(given, Class::Suffix) && !has(other, Class::Suffix) => {
            return (family, other, given.to_owned());
        }
        _ => {}
    }
    (family, given, rest.join(", "))
}

/// Whether a text is the initials of a person: `J.`, `J. W.`, `JW`.
fn is_initials(text: &str) -> bool {
    text.split_whitespace().all(|word| word.ends_with('.') || word.chars().count() <= 2)
}

/// Words in small letters at the beginning of a family name: `van der` of `van der Berg`. One
/// word is left to be the name.
pub(super) fn particle(family: &str) -> (&str, &str) {
    let mut at = 0;
    while let Some(space) = family[at..].find(' ') {
        let word = &family[at..at + space];
        let is_small = word.chars().any(char::is_alphabetic)
            && word.chars().all(|c| !c.is_alphabetic() || c.is_lowercase());
        if !is_small || family[at + space..].trim_start().is_empty() {
            break;
        }
        at += space + 1;
    }
    (family[..at].trim_end(), family[at..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_persons_or_bodies() {
        let shown = |text: &str| match names(text) {
            Some(NameValue::Name(Name::Person(person))) => {
                let part = |part: Option<String>| part.unwrap_or_default();
                format!(
                    "{}|{}|{}|{}",
                    part(person.non_dropping_particle),
                    person.family,
                    part(person.given),
                    part(person.suffix)
                )
            }
            Some(NameValue::Name(Name::Literal(body))) => body,
            other => format!("{other:?}"),
        };
        assert_eq!(shown("van der Berg, Jan"), "van der|Berg|Jan|");
        assert_eq!(shown("Van der Berg, Jan"), "|Van der Berg|Jan|");
        assert_eq!(shown("de la, X"), "de|la|X|");
        assert_eq!(shown("King, Martin Luther, Jr."), "|King|Martin Luther|Jr.");
        assert_eq!(shown("King,Martin,"), "King,Martin");
        assert_eq!(shown("Roe, J. W.,"), "|Roe|J. W.|");
        assert_eq!(shown("World Bank,"), "World Bank");
        assert_eq!(shown("World Bank"), "World Bank");
        assert_eq!(shown(", X"), "X");
        assert_eq!(shown("Bureau, Port Division,"), "Bureau, Port Division");
        assert_eq!(shown("J. Doe"), "|Doe|J.|");
        assert_eq!(shown("A. B. Okoro"), "|Okoro|A. B.|");
        assert_eq!(shown("J.-P. van der Roe-Doe Jr."), "van der|Roe-Doe|J.-P.|Jr.");
        assert_eq!(shown("King Jr., Martin"), "|King|Martin|Jr.");
        assert_eq!(shown("King, Martin Jr."), "|King|Martin|Jr.");
        assert_eq!(shown("King, Jr., Martin"), "|King|Martin|Jr.");
        assert_eq!(shown("Silva, Junior"), "|Silva|Junior|");
        assert_eq!(shown("{World Bank}"), "World Bank");
        assert_eq!(shown("Moor B."), "|Moor|B.|");
        assert_eq!(shown("van der Berg JK"), "van der|Berg|JK|");
        for body in [
            "University B",
            "Port Board B",
            "Radio NSW",
            "J. Paul Getty Trust",
            "U.S. Navy",
            "A. B. Committee",
            "A. Doe Ltd",
            "Acme S.A.",
            "E. coli Consortium",
            "J. D.",
            "J.",
        ] {
            assert_eq!(shown(body), body);
        }
        // The writer's comma ends a body.
        assert_eq!(shown("J. Doe,"), "J. Doe");
        assert_eq!(names(" , "), None);
        assert_eq!(names("et al."), Some(NameValue::Others));
        let two = vec![Name::person("Roe", "J."), Name::person("Doe", "A.")];
        assert_eq!(names("Roe, J.; Doe, A."), Some(NameValue::Several(two.clone())));
        assert_eq!(names("Roe, J. and Doe, A."), Some(NameValue::Several(two.clone())));
        let three = [&two[..], &two[..1]].concat();
        assert_eq!(names("Roe, J. and Doe, A.; Roe, J."), Some(NameValue::Several(three)));
        assert_eq!(names("J. Roe; A. Doe"), Some(NameValue::Several(two)));
        let bare = vec![Name::person("Roe", "J"), Name::person("Doe", "AB")];
        assert_eq!(names("Roe J, Doe AB"), Some(NameValue::Several(bare)));
        assert_eq!(shown("Roe, Jane and Ann"), "|Roe|Jane and Ann|");
        assert_eq!(shown("Ports, Ministry of, and Fish"), "|Ports|Ministry of|and Fish");
        assert_eq!(shown("Roe J, III"), "|Roe J|III|");
        assert_eq!(shown("Ship Lines, US"), "|Ship Lines|US|");
    }
}
