//! Names that need no care, which nearly all are: letters, a comma or none, a particle or none,
//! letters with an accent in braces, and bodies in braces.
//!
//! Takes the raw value of a name field and where in it a name begins, gives the name and where the
//! next one begins; called by [`name_read`](super::name_read), which reads whatever is not plain,
//! and would read what is plain as the same.

use super::decode;
use super::name::is_word_of_lists;
use super::name_read::{LONGEST_SUFFIX, is_small, is_suffix};
use crate::{Name, Person};

/// What a byte of a plain name is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A part of a word: a letter, a stop, a byte of a letter that is none of ASCII. 0xC2 may
    /// begin a control character or a no-break space, 0xE2 the end of a line.
    Letter,
    /// A mark that stands once between letters.
    Joint,
    Comma,
    Space,
    Open,
    Backslash,
    /// Whatever could be anything else.
    Other,
}

/// Every byte of every name is looked up.
static SIGNS: [Sign; 256] = {
    let mut signs = [Sign::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        signs[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'.' | 0x80..=0xc1 | 0xc3..=0xe1 | 0xe3..=0xff => {
                Sign::Letter
            }
            b'-' | b'\'' => Sign::Joint,
            b',' => Sign::Comma,
            b' ' | b'\n' | b'\r' | b'\t' => Sign::Space,
            b'{' => Sign::Open,
            b'\\' => Sign::Backslash,
            _ => Sign::Other,
        };
        byte += 1;
    }
    signs
};

fn sign(byte: u8) -> Sign {
    SIGNS[usize::from(byte)]
}

/// A name that begins at `from` behind white space or the word “and”, and where the next one
/// begins: `None` where it is the last. Nothing for a name that is not plain.
pub(super) fn plain_name(raw: &str, from: usize) -> Option<(Name, Option<usize>)> {
    let bytes = raw.as_bytes();
    let blanks = bytes.get(from..)?.iter().take_while(|&&byte| sign(byte) == Sign::Space).count();
    let start = from + blanks;
    if is_and(bytes, start) {
        return None;
    }
    if bytes.get(start) == Some(&b'{')
        && let Some(found) = body(raw, start)
    {
        return Some(found);
    }
    // The name with its accents decoded, from the first that it has.
    let mut spelled: Option<String> = None;
    let mut taken = start;
    let mut commas = [None; 2];
    let (mut at, mut before) = (start, b' ');
    let next = loop {
        let Some(&byte) = bytes.get(at) else { break None };
        match sign(byte) {
            Sign::Letter => {}
            Sign::Joint if before != byte => {}
            Sign::Space => match and(bytes, at) {
                Some(behind) => break Some(behind),
                None if byte == b' ' && before != b' ' => {}
                None => return None,
            },
            Sign::Comma => {
                // Where the comma is in the name as it is spelled so far.
                let place = match &spelled {
                    Some(spelled) => spelled.len() + at - taken,
                    None => at - start,
                };
                *commas.iter_mut().find(|comma| comma.is_none())? = Some(place);
            }
            Sign::Open | Sign::Backslash => {
                let rest = raw.get(at..)?;
                let spelled = spelled.get_or_insert_default();
                spelled.push_str(raw.get(taken..at)?);
                at += decode::push_letters(spelled, rest)?;
                (taken, before) = (at, b'}');
                continue;
            }
            Sign::Joint | Sign::Other => return None,
        }
        (at, before) = (at + 1, byte);
    };
    if before == b' ' {
        return None;
    }
    let person = match spelled {
        Some(mut spelled) => {
            spelled.push_str(raw.get(taken..at)?);
            person(&spelled, commas)?
        }
        None => person(raw.get(start..at)?, commas)?,
    };
    Some((Name::Person(person), next))
}

/// Where a name goes on behind the word “and”, which white space divides from the names.
fn and(bytes: &[u8], space: usize) -> Option<usize> {
    let mut at = space;
    while bytes.get(at).is_some_and(|&byte| sign(byte) == Sign::Space) {
        at += 1;
    }
    is_and(bytes, at).then_some(at + AND.len())
}

const AND: &[u8] = b"and";

/// Whether the word “and” stands at a place.
fn is_and(bytes: &[u8], at: usize) -> bool {
    let behind = at + AND.len();
    bytes.get(at..behind).is_some_and(|word| word.eq_ignore_ascii_case(AND))
        && bytes.get(behind).is_none_or(|&byte| sign(byte) == Sign::Space)
}

/// A body in braces that begins at `start`.
fn body(raw: &str, start: usize) -> Option<(Name, Option<usize>)> {
    let bytes = raw.as_bytes();
    let inner = bytes.get(start + 1..)?;
    let end = start + 1 + inner.iter().position(|byte| matches!(byte, b'{' | b'}' | b'\\'))?;
    let body = raw.get(start + 1..end).filter(|_| bytes.get(end) == Some(&b'}'))?;
    let next = match bytes.get(end + 1) {
        None => None,
        Some(_) => Some(and(bytes, end + 1)?),
    };
    // “Others” in braces is the word of lists, and math may be doubtful.
    let is_other = body.len() <= "others".len() || body.contains('$');
    let text = decode::text(body, &mut Vec::new());
    (!is_other && !text.is_empty()).then(|| (Name::Literal(text.into_owned()), next))
}

/// The person whose name is spelled in plain letters, with commas at these places.
fn person(name: &str, commas: [Option<usize>; 2]) -> Option<Person> {
    let (family, given, suffix) = match commas {
        [Some(one), Some(two)] => {
            let (suffix, given) = (part(name, one + 1, two)?, part(name, two + 1, name.len())?);
            // “King, Martin, Jr.”, and names between commas, are read with more care.
            if !is_suffix(suffix) || is_suffix(given) {
                return None;
            }
            (name.get(..one)?, given, Some(suffix))
        }
        [Some(comma), _] => {
            let given = name.get(comma + 1..)?.trim_start_matches(' ');
            // “Martin King, Jr.”
            if may_be_suffix(given) {
                return None;
            }
            (name.get(..comma)?, given, None)
        }
        _ => {
            let space = name.as_bytes().iter().rposition(|&byte| byte == b' ')?;
            (name.get(space + 1..)?, name.get(..space)?, None)
        }
    };
    let (particle, family, given) = match commas {
        [None, _] => {
            let (given, particle) = particle_behind(given)?;
            (particle, family, given)
        }
        _ if begins_large(family) => (None, family, given),
        _ => {
            let (particle, family) = particle_before(family)?;
            (Some(particle), family, given)
        }
    };
    let is_more = given.len() >= "et al".len()
        && given.ends_with(['l', '.'])
        && given.trim_end_matches('.').ends_with("et al");
    let is_odd = |particle: &str| {
        particle.as_bytes().contains(&b'.') || particle.split(' ').any(is_word_of_lists)
    };
    // White space that is none of ASCII.
    let is_blank_behind =
        !name.as_bytes().last().is_some_and(u8::is_ascii) && name.ends_with(char::is_whitespace);
    let is_other = family.ends_with(' ')
        || is_blank_behind
        || family.as_bytes().contains(&b'.')
        || given.is_empty()
        || is_more
        || particle.is_some_and(is_odd);
    (begins_large(family) && !is_other).then(|| Person {
        family: family.to_owned(),
        given: Some(given.to_owned()),
        non_dropping_particle: particle.map(str::to_owned),
        suffix: suffix.map(str::to_owned),
        ..Person::default()
    })
}

/// A part of a name without the spaces around it.
fn part(name: &str, from: usize, to: usize) -> Option<&str> {
    name.get(from..to).map(|part| part.trim_matches(' '))
}

fn begins_large(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
        _ => word.starts_with(char::is_uppercase),
    }
}

fn begins_small(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_lowercase)
}

/// Whether what stands behind a comma may be a suffix.
fn may_be_suffix(given: &str) -> bool {
    // Nearly all given names begin with another letter.
    matches!(given.as_bytes().first(), Some(b'J' | b'j' | b'S' | b's' | b'I' | b'V' | b'.'))
        && given.trim_end_matches(' ').len() <= LONGEST_SUFFIX
        && is_suffix(given)
}

/// Given names, and the particle behind them: words before a family name without a comma.
fn particle_behind(words: &str) -> Option<(&str, Option<&str>)> {
    if !words.as_bytes().contains(&b' ') && begins_large(words) && words.len() > "the".len() {
        return Some((words, None));
    }
    if words.split(' ').next().is_some_and(|word| word.eq_ignore_ascii_case("the")) {
        return None;
    }
    if words.split(' ').all(begins_large) {
        return Some((words, None));
    }
    let mut at = 0;
    let given = words.split(' ').take_while(|word| begins_large(word));
    given.for_each(|word| at += word.len() + 1);
    let (given, particle) = (words.get(..at.checked_sub(1)?)?, words.get(at..)?);
    particle.split(' ').all(begins_small).then_some((given, Some(particle)))
}

/// The particle that a family name before a comma begins with, and the rest, in which no word is
/// small.
fn particle_before(family: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    let small = family.split(' ').take_while(|word| begins_small(word));
    small.for_each(|word| at += word.len() + 1);
    let (particle, rest) = (family.get(..at.checked_sub(1)?)?, family.get(at..)?);
    (!rest.is_empty() && !rest.split(' ').any(is_small)).then_some((particle, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::bibtex::name_read::name;
    use proptest::prelude::*;

    const PIECES: &[&str] = &[
        "Roe",
        "Jane",
        "Roe, Jane",
        "Ann Poe",
        ", ",
        " ",
        "van ",
        "de la ",
        "Jr.",
        "III",
        "J.",
        "-",
        "'",
        "the ",
        "others",
        "and",
        "{\\\"o}",
        "\\'{E}",
        "\\~n",
        "{\\ss}",
        "{\\r a}",
        "{World Bank}",
        "{",
        "}",
        "é",
        "É",
        "ö",
        "\u{3000}",
        "et al.",
        "x",
        "{\\relax Ch}",
        "\\",
        "=",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn plain_names_are_read_as_any(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 1..9),
        ) {
            let raw = pieces.concat();
            let raw = raw.trim();
            if let Some((plain, None)) = plain_name(raw, 0) {
                prop_assert_eq!(name(raw, &mut Vec::new(), &mut Vec::new()), Some(plain));
            }
        }
    }
}
