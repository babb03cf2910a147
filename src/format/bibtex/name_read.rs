//! BibTeX names to names: `von Family, Jr, Given`, `Given von Family`, bodies in braces.
//!
//! Takes the raw value of a name field, gives names; called by [`read`](super::read). The rules
//! are those of BibTeXing, section 4 (names), and of biblatex 3.20, 3.4 (extended name format).

use super::bytes::trimmed;
use super::decode::{self, Doubt};
use super::name::{begins_with_initial, is_word_of_lists};
use super::name_plain::plain_name;
use crate::{Name, Names, Person};
use std::borrow::Cow;

/// The names of a value. A doubt is a name, with the words for what is doubtful in it.
pub(super) fn names(
    raw: &str,
    doubts: &mut Vec<Doubt>,
    doubtful: &mut Vec<(String, &'static str)>,
) -> Names {
    let mut names = Names::default();
    let raw = trimmed(raw);
    let mut from = Some(0);
    while let Some(start) = from {
        if let Some((name, next)) = plain_name(raw, start) {
            names.list.push(name);
            from = next;
            continue;
        }
        let end = word_outside(raw, start, "and");
        from = end.map(|end| end + "and".len());
        let raw = trimmed(&raw[start..end.unwrap_or(raw.len())]);
        if raw.is_empty() {
            doubtful.push((String::new(), "a name is missing beside “and”"));
        } else if is_others(raw, !names.is_empty()) {
            names.others = true;
        } else {
            let (raw, more) = before_others(raw);
            names.others |= more;
            let (bare, is_too_long) = before_comma(raw);
            if is_too_long {
                doubtful.push((raw.to_owned(), "a comma stands behind a name"));
            }
            let (each, what) = several(bare);
            if let Some(what) = what {
                doubtful.push((raw.to_owned(), what));
            }
            for raw in each {
                names.list.extend(name(raw, doubts, doubtful));
            }
        }
    }
    names
}

/// A name without the comma behind it that is one too many; `Roe,` alone says that there is no
/// given name.
fn before_comma(raw: &str) -> (&str, bool) {
    let bare = raw.trim_end_matches([',', ' ', '\t', '\n', '\r']);
    let is_too_long = bare.len() < raw.len()
        && raw[bare.len()..].contains(',')
        && !bare.ends_with('\\')
        && split_at(bare, b',').count() > 1;
    (if is_too_long || bare.is_empty() { bare } else { raw }, is_too_long)
}

/// A name without the words behind it that there are more: `Roe, Jane, et al.`
fn before_others(raw: &str) -> (&str, bool) {
    let found = ["et al.", "et al", "et~al."].iter().find_map(|words| raw.strip_suffix(words));
    match found.filter(|before| before.ends_with([' ', ',', '~', '\n', '\t'])) {
        Some(before) => (before.trim_end_matches([' ', ',', '~', '\n', '\t']), true),
        None => (raw, false),
    }
}

/// Words that stand in the names of firms.
fn is_of_firm(word: &str) -> bool {
    const FIRMS: &[&str] = &[
        "associates",
        "bros",
        "brothers",
        "co",
        "company",
        "corp",
        "gmbh",
        "group",
        "inc",
        "institute",
        "limited",
        "llc",
        "llp",
        "ltd",
        "partners",
        "press",
        "publishers",
        "publishing",
        "sons",
        "university",
    ];
    FIRMS.contains(&word.trim_end_matches('.').to_ascii_lowercase().as_str())
}

fn said<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The names of what should be one name: people divide them by semicolons, by `&`, and given
/// names before family names by commas.
fn several(raw: &str) -> (Vec<&str>, Option<&'static str>) {
    // `&#233;` is no divider.
    if raw.contains(';') && !raw.contains('&') {
        let parts = said(split_at(raw, b';'));
        if parts.len() > 1 {
            return (parts, Some("semicolons stand where “and” belongs"));
        }
    }
    if raw.contains('&') {
        let parts = split_words(raw, "&").flat_map(|part| split_words(part, "\\&"));
        let parts = said(parts);
        // `Smith, Jones & Co.` is a body, and so is `Johnson & Johnson`.
        let is_person = |part: &&str| match split_at(part, b',').count() {
            1 => words(part).len() > 1 && words(part).iter().all(|word| !is_of_firm(word)),
            commas => commas == 2,
        };
        if parts.len() > 1 && parts.iter().all(is_person) {
            return (parts, Some("“&” stands where “and” belongs"));
        }
    }
    if raw.contains(',') {
        let first = split_at(raw, b',').map(str::trim).find(|part| !part.is_empty());
        if first.is_some_and(begins_with_initial) {
            let parts = said(split_at(raw, b','));
            if parts.len() > 1 && parts.iter().all(|part| begins_with_initial(part)) {
                return (parts, Some("commas stand where “and” belongs"));
            }
        }
    }
    (vec![raw], None)
}

/// Whether a name says that there are more; behind other names, people write it as they do in
/// running text.
fn is_others(raw: &str, behind_names: bool) -> bool {
    raw.eq_ignore_ascii_case("others")
        || behind_names && matches!(raw, "{others}" | "et al." | "et al" | "{et al.}" | "et~al.")
}

pub(super) fn name(
    raw: &str,
    doubts: &mut Vec<Doubt>,
    doubtful: &mut Vec<(String, &'static str)>,
) -> Option<Name> {
    let mut text = |raw: &str| decode::text(raw, doubts).into_owned();
    if let Some(inner) = whole_group(raw) {
        let body = text(inner);
        return (!body.is_empty()).then_some(Name::Literal(body));
    }
    if let Some(person) = extended(raw, &mut text) {
        return Some(person.into());
    }
    let parts: Vec<&str> = split_at(raw, b',').collect();
    let mut person = Person::default();
    match parts.as_slice() {
        // "the SEA Study Group": nobody's name begins so.
        [only] if words(only).first().is_some_and(|word| word.eq_ignore_ascii_case("the")) => {
            return Some(Name::Literal(text(only)));
        }
        [only] => {
            let mut words = words(only);
            // DBLP numbers people of one name: "Jane Roe 0002".
            let is_number =
                |word: &&str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
            if words.len() > 2 && words.last().is_some_and(is_number) {
                words.pop();
                doubtful.push((raw.to_owned(), "a number behind a name is left out"));
            }
            let (von, family) = particle(&words, true);
            person.given = some(text(&joined(&words[..von.start])));
            person.non_dropping_particle = some(text(&joined(&words[von])));
            person.family = text(&joined(&words[family..]));
        }
        // "Martin King, Jr.": the suffix stands where a given name would.
        [before, suffix] if is_suffix(suffix.trim()) && words(before).len() > 1 => {
            doubtful.push((raw.to_owned(), "a suffix stands where the given name belongs"));
            let words = words(before);
            let (von, family) = particle(&words, true);
            person.given = some(text(&joined(&words[..von.start])));
            person.non_dropping_particle = some(text(&joined(&words[von])));
            person.family = text(&joined(&words[family..]));
            person.suffix = some(text(suffix));
        }
        [family, rest @ ..] => {
            let words = words(family);
            let (von, start) = particle(&words, false);
            person.non_dropping_particle = some(text(&joined(&words[von])));
            person.family = text(&joined(&words[start..]));
            match rest {
                [given] => person.given = some(text(given)),
                // "King, Martin, Jr." for "King, Jr., Martin".
                [given, suffix] if is_suffix(suffix.trim()) && !is_suffix(given.trim()) => {
                    doubtful.push((raw.to_owned(), "a suffix stands behind the given name"));
                    person.given = some(text(given));
                    person.suffix = some(text(suffix));
                }
                [suffix, given] => {
                    person.suffix = some(text(suffix));
                    person.given = some(text(given));
                }
                more => {
                    doubtful.push((raw.to_owned(), "a name has more than two commas"));
                    person.given = some(text(&more.join(",")));
                }
            }
        }
        [] => return None,
    }
    if person.family.is_empty() {
        person.family = person.given.take().or(person.non_dropping_particle.take())?;
    }
    // A particle of such signs could not be written as one.
    let is_odd = |part: &String| {
        part.contains(['{', '}', ',', ';', '&', '='])
            || part.split_whitespace().any(is_word_of_lists)
    };
    if let Some(particle) = person.non_dropping_particle.take_if(|part| is_odd(part)) {
        person.family = format!("{particle} {}", person.family);
    }
    // Of a name without other parts only one word can be told from a body.
    let is_alone = person.given.is_none()
        && person.dropping_particle.is_none()
        && person.non_dropping_particle.is_none()
        && person.suffix.is_none();
    let is_one_word = !person.family.contains(|c: char| !c.is_alphanumeric());
    if is_alone && (!is_one_word || is_word_of_lists(&person.family)) {
        return Some(Name::Literal(person.family));
    }
    Some(person.into())
}

/// Words with single spaces between.
fn joined<'a>(words: &[&'a str]) -> Cow<'a, str> {
    match words {
        [] => Cow::Borrowed(""),
        [only] => Cow::Borrowed(only),
        words => Cow::Owned(words.join(" ")),
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// The longest suffix, in bytes.
pub(super) const LONGEST_SUFFIX: usize = "junior.".len();

pub(super) fn is_suffix(text: &str) -> bool {
    let bare = text.trim_matches(['{', '}', '.', ' ']);
    matches!(bare, "Jr" | "jr" | "Sr" | "sr" | "II" | "III" | "IV" | "V")
        || bare.eq_ignore_ascii_case("junior")
        || bare.eq_ignore_ascii_case("senior")
}

/// Where the particle and the family name stand among the words of a name. With `given`, words
/// before the particle are given names; without a particle the last word is the family name.
fn particle(words: &[&str], given: bool) -> (std::ops::Range<usize>, usize) {
    let Some(last) = words.len().checked_sub(1) else { return (0..0, 0) };
    let is_small = |index: &usize| is_small(words[*index]);
    let first = (0..last).find(is_small);
    let end = (0..last).rev().find(is_small).map(|at| at + 1);
    match (first, end) {
        (Some(first), Some(end)) if given => (first..end, end),
        // Before a comma only a particle at the beginning is one: "Ramón y Cajal" has none.
        (Some(0), Some(end)) => (0..end, end),
        _ if given => (last..last, last),
        _ => (0..0, 0),
    }
}

/// Whether a word begins with a small letter outside of braces; a group that begins with a
/// command counts by its letter (`{\'e}`), any other has no case.
pub(super) fn is_small(word: &str) -> bool {
    if let Some(first) = word.bytes().next().filter(u8::is_ascii_alphabetic) {
        return first.is_ascii_lowercase();
    }
    if word.starts_with('{') && !word.starts_with("{\\") {
        return false;
    }
    let text = decode::text(word, &mut Vec::new());
    text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
}

/// The inside of a value that is one group as a whole.
fn whole_group(raw: &str) -> Option<&str> {
    let inner = raw.strip_prefix('{')?.strip_suffix('}')?;
    // `{\'E}mile` and `{A} and {B}` are not.
    (super::latex::is_balanced(inner) && !inner.starts_with('\\')).then_some(inner)
}

/// biblatex's extended format: `given=Hans, family=Harman, prefix=van`.
fn extended(raw: &str, text: &mut impl FnMut(&str) -> String) -> Option<Person> {
    if !raw.contains('=') {
        return None;
    }
    let mut person = Person::default();
    let mut dropped = false;
    for part in split_at(raw, b',') {
        let (key, value) = part.split_once('=')?;
        let value = value.trim();
        let value = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(value);
        let value = text(value);
        match key.trim().to_ascii_lowercase().as_str() {
            "family" => person.family = value,
            "given" => person.given = some(value),
            "prefix" => person.non_dropping_particle = some(value),
            "suffix" => person.suffix = some(value),
            "useprefix" => dropped = value == "false",
            key if key.ends_with("-i") || key == "nametemplates" || key == "id" => {}
            _ => return None,
        }
    }
    if dropped {
        person.dropping_particle = person.non_dropping_particle.take();
    }
    (!person.family.is_empty()).then_some(person)
}

/// Words outside of braces; `~` divides words too.
fn words(raw: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    let mut escaped = false;
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b' ' | b'\n' | b'\t' | b'\r' | b'~' if depth == 0 && !escaped => {
                if at > from {
                    words.push(&raw[from..at]);
                }
                from = at + 1;
            }
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    if from < raw.len() {
        words.push(&raw[from..]);
    }
    words
}

/// The parts of a value between bytes of a kind that stand outside of braces.
pub(super) fn split_at(raw: &str, at: u8) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    let mut escaped = false;
    raw.split(move |c: char| {
        let divides = depth == 0 && !escaped && u32::from(c) == u32::from(at);
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        divides
    })
}

/// The parts of a value between a word that stands outside of braces, in any case.
fn split_words<'a>(raw: &'a str, word: &'static str) -> impl Iterator<Item = &'a str> {
    let mut from = Some(0);
    std::iter::from_fn(move || {
        let start = from?;
        let end = word_outside(raw, start, word);
        from = end.map(|end| end + word.len());
        raw.get(start..end.unwrap_or(raw.len()))
    })
}

/// Where a word stands outside of braces, in any case, with white space around it; looked for from
/// `from`, where no brace is open.
fn word_outside(raw: &str, from: usize, word: &str) -> Option<usize> {
    let bytes = raw.as_bytes();
    let small = word.bytes().next().unwrap_or_default();
    let large = small.to_ascii_uppercase();
    let is_space = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    let mut depth = 0_usize;
    for (at, &byte) in bytes.iter().enumerate().skip(from) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ if (byte == small || byte == large)
                && depth == 0
                && (at == 0 || is_space(at - 1))
                && is_space(at + word.len())
                && bytes
                    .get(at..at + word.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes())) =>
            {
                return Some(at);
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Vec<String> {
        let mut read = names(raw, &mut Vec::new(), &mut Vec::new());
        if std::mem::take(&mut read.others) {
            read.push(Name::body("…"));
        }
        read.iter()
            .map(|name| match name {
                Name::Literal(body) => format!("[{body}]"),
                Name::Person(p) => format!(
                    "{}|{}|{}|{}",
                    p.non_dropping_particle.as_deref().unwrap_or(""),
                    p.family,
                    p.suffix.as_deref().unwrap_or(""),
                    p.given.as_deref().unwrap_or("")
                ),
            })
            .collect()
    }

    #[test]
    fn names_are_taken_apart_as_bibtex_does() {
        for (raw, wanted) in [
            ("Jane Roe", vec!["|Roe||Jane"]),
            (
                "Ludwig van Beethoven and de la Cruz, Juan",
                vec!["van|Beethoven||Ludwig", "de la|Cruz||Juan"],
            ),
            ("King, Jr., Martin Luther", vec!["|King|Jr.|Martin Luther"]),
            ("{World Bank and IMF} and others", vec!["[World Bank and IMF]", "[…]"]),
            ("{Ramón y Cajal}, Santiago", vec!["|Ramón y Cajal||Santiago"]),
            ("Ramón y Cajal, Santiago", vec!["|Ramón y Cajal||Santiago"]),
            (r"{\'E}mile Zola", vec!["|Zola||Émile"]),
            ("Plato", vec!["|Plato||"]),
            ("the SEA Study Group", vec!["[the SEA Study Group]"]),
            ("Jane Roe 0002", vec!["|Roe||Jane"]),
            ("family=Harman, given={Hans Q}, prefix=van", vec!["van|Harman||Hans Q"]),
            ("Den Boer, M. AND\n Roe, J.", vec!["|Den Boer||M.", "|Roe||J."]),
            (r"Brand\~ao, F", vec!["|Brandão||F"]),
            ("Anderson, B and", vec!["|Anderson||B"]),
            ("Roe, J.; Hu, W.;", vec!["|Roe||J.", "|Hu||W."]),
            ("Roe, J. \\& Hu, W.", vec!["|Roe||J.", "|Hu||W."]),
            ("Jane Roe & Wei Hu", vec!["|Roe||Jane", "|Hu||Wei"]),
            ("Smith, Jones & Co.", vec!["|Smith||Jones & Co."]),
            ("Jane Roe & Sons", vec!["|Sons||Jane Roe &"]),
            ("J. Roe, W. K. Hu and X", vec!["|Roe||J.", "|Hu||W. K.", "|X||"]),
            ("Roe, J., et al.", vec!["|Roe||J.", "[…]"]),
            ("x Roe, ", vec!["x|Roe||"]),
            ("Roe, x, {}", vec!["|Roe|x|"]),
            ("Roe, J., and Hu, W.,", vec!["|Roe||J.", "|Hu||W."]),
        ] {
            assert_eq!(read(raw), wanted, "{raw}");
        }
    }

    #[test]
    fn suffixes_out_of_place_are_doubted() {
        let mut doubtful = Vec::new();
        let read = names("King, Martin, Jr. and Martin King, Jr.", &mut Vec::new(), &mut doubtful);
        assert!(read.iter().all(|name| name.to_string() == "King, Martin, Jr."), "{read:?}");
        assert_eq!(doubtful.len(), 2);
    }
}
