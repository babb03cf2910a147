//! The comparable form of names: the family name's letters and the initials.
//!
//! `Jean-Paul`, `J.-P.`, `J. P.` and `JP` are the same initials; particles belong to the family
//! name; a body's name is a family name without initials; a Chinese, Japanese or Korean name is
//! its characters in order, however it is divided.

use super::character::{fold, is_letter, is_mark, is_space, is_word};
use super::spelling::{is_true, spelled};
use super::text::{is_invisible, text_key};
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

/// One name.
#[derive(Debug, PartialEq)]
pub(super) struct NameKey {
    family: String,
    initials: Vec<String>,
}

/// A word of more letters is a name, even in capitals.
const MOST_INITIALS: usize = 4;

/// The parts that make the family name, in their order.
const FAMILY: [&str; 4] = ["dropping-particle", "non-dropping-particle", "particle", "family"];

/// The names of a list, or of a single name; those without letters do not count.
pub(super) fn names_key(value: &Value) -> Vec<NameKey> {
    let names = match value {
        Value::Array(names) => names.as_slice(),
        Value::String(_) | Value::Object(_) => std::slice::from_ref(value),
        _ => &[],
    };
    names.iter().filter_map(name_key).filter(|name| !name.family.is_empty()).collect()
}

fn name_key(name: &Value) -> Option<NameKey> {
    let parts = match name {
        Value::String(_) => return Some(body(family_key(name))),
        Value::Object(parts) => parts,
        _ => return None,
    };
    if let Some(literal) = part(parts, "literal") {
        let literal = family_key(literal);
        let joined = if literal.contains(is_east_asian) { unspaced(&literal) } else { literal };
        return Some(body(joined));
    }
    let whole: String =
        ["family", "given"].iter().filter_map(|name| part(parts, name)).map(spelled).collect();
    if whole.contains(is_east_asian) {
        return Some(body(unspaced(&family_key(&Value::String(whole)))));
    }
    let family: Vec<_> = FAMILY.iter().filter_map(|name| part(parts, name)).map(spelled).collect();
    let given = part(parts, "given");
    // Somebody with a given name alone goes by it.
    if family.is_empty() {
        return Some(body(given.map(family_key).unwrap_or_default()));
    }
    Some(NameKey {
        family: family_key(&Value::String(family.join(" "))),
        initials: given.map(|given| initials(&spelled(given))).unwrap_or_default(),
    })
}

fn part<'a>(parts: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    parts.get(name).filter(|value| is_true(value))
}

fn body(family: String) -> NameKey {
    NameKey { family, initials: Vec::new() }
}

fn unspaced(text: &str) -> String {
    text.replace(' ', "")
}

fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
}

/// The words of a name by their letters alone.
fn family_key(value: &Value) -> String {
    let mut out = String::new();
    for word in text_key(value).split(|c| !is_word(c)) {
        let before = out.len();
        for c in word.chars().filter(|&c| is_letter(c)) {
            if out.len() == before && before > 0 {
                out.push(' ');
            }
            out.push(c);
        }
    }
    out
}

/// The initials of given names, each case-folded.
fn initials(given: &str) -> Vec<String> {
    let given: String = given.chars().filter(|&c| !is_invisible(c)).nfkc().collect();
    let mut found: Vec<char> = Vec::new();
    for word in given.split(is_between_names) {
        let word: Vec<char> = word.chars().filter(|&c| is_letter(c) || is_mark(c)).collect();
        let few = word.len() <= MOST_INITIALS;
        if few && is_upper(&word) {
            found.extend(word);
        } else if few && is_run_of_initials(&word) {
            found.extend(word.into_iter().filter(|c| c.is_uppercase()));
        } else {
            found.extend(word.first());
        }
    }
    found
        .into_iter()
        .map(|c| {
            let mut folded = String::new();
            fold(c, &mut folded);
            folded
        })
        .collect()
}

fn is_between_names(c: char) -> bool {
    is_space(c) || matches!(c, '.' | ',' | '·' | '’' | '\'' | '\u{2010}'..='\u{2015}' | '-')
}

/// Whether a word is in capitals: `HCM`.
fn is_upper(word: &[char]) -> bool {
    let cased = word.iter().any(|c| c.is_uppercase());
    cased && !word.iter().any(|&c| c.is_lowercase() || is_title_case(c))
}

/// Greek capitals with a small iota beside them: neither upper nor lower case.
fn is_title_case(c: char) -> bool {
    matches!(c, '\u{1F88}'..='\u{1F8F}' | '\u{1F98}'..='\u{1F9F}' | '\u{1FA8}'..='\u{1FAF}'
        | '\u{1FBC}' | '\u{1FCC}' | '\u{1FFC}')
}

/// Whether a word is two initials or more, of a capital and at most one small letter: `JaP`.
fn is_run_of_initials(word: &[char]) -> bool {
    let mut capitals = 0;
    let mut after_capital = false;
    for c in word {
        match c {
            'A'..='Z' | '\u{C0}'..='\u{DE}' => (capitals, after_capital) = (capitals + 1, true),
            'a'..='z' | '\u{DF}'..='\u{FF}' if after_capital => after_capital = false,
            _ => return false,
        }
    }
    capitals >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn person(family: &str, given: &str) -> Value {
        json!({"family": family, "given": given})
    }

    fn same(one: &Value, other: &Value) -> bool {
        names_key(one) == names_key(other)
    }

    #[test]
    fn given_names_go_by_their_initials() {
        for (one, other) in [
            ("Daniel", "D."),
            ("Jean-Paul", "J.-P."),
            ("JP", "J P"),
            ("JaP", "J. P."),
            ("HCM", "H C M"),
            ("Å.", "A\u{30a}."),
            ("jean", "JEANNE"),
            ("J’P", "JP"),
        ] {
            assert!(same(&person("Roe", one), &person("ROE", other)), "{one}");
        }
        for (one, other) in [("D.", "A."), ("L. E.", "L."), ("MARIO", "M A"), ("O", "Ö")] {
            assert!(!same(&person("Roe", one), &person("Roe", other)), "{one}");
        }
    }

    #[test]
    fn particles_belong_to_the_family() {
        let apart = json!({"family": "Maaten", "given": "L.", "non-dropping-particle": "van der"});
        assert!(same(&apart, &person("van der Maaten", "L.")));
        assert!(!same(&apart, &person("Maaten", "L.")));
        let suffix = json!({"family": "King", "given": "M. L.", "suffix": "Jr."});
        assert!(same(&suffix, &person("King", "M.L.")));
    }

    #[test]
    fn marks_in_families_do_not_count_but_accents_do() {
        assert!(same(&person("O’Brien", "T."), &person("O'Brien", "T")));
        assert!(same(&person("Smith-Jones", "A"), &person("Smith\u{2010}Jones", "A")));
        assert!(same(&person("Lu\u{308}ders", "A"), &person("Lüders", "A")));
        assert!(!same(&person("Müller", "H."), &person("Muller", "H.")));
    }

    #[test]
    fn a_body_is_a_family_name() {
        assert!(same(&json!([{"literal": "Europol"}]), &json!([{"family": "Europol"}])));
        assert!(same(&json!([{"literal": "Home Office"}]), &json!("Home Office.")));
        assert!(same(&json!([{"given": "Europol"}]), &json!(["Europol"])));
        assert!(!same(&json!([{"literal": "Home Office"}]), &person("Office", "Home")));
    }

    #[test]
    fn east_asian_names_count_whole() {
        assert!(same(&person("권", "희홍"), &json!({"literal": "권희홍"})));
        assert!(same(&json!({"literal": "권 희홍"}), &json!({"literal": "권희홍"})));
        assert!(!same(&person("권", "희홍"), &person("권", "정흠")));
    }

    #[test]
    fn order_and_number_count_and_the_empty_do_not() {
        let (one, two) = (person("A", "B."), person("C", "D."));
        assert!(!same(&json!([one, two]), &json!([two, one])));
        assert!(!same(&json!([one, two]), &json!([one])));
        assert!(same(&json!([one, {}, 5, null, {"literal": "."}]), &json!([one])));
        assert!(names_key(&json!(5)).is_empty() && names_key(&json!("1984")).is_empty());
    }
}
