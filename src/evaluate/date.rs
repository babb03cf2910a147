//! The comparable form of dates, and when two are equal.
//!
//! A date is one point or the two ends of a range. The gold date says how much of a point is
//! compared: where it has a year alone, a prediction's month does not count.

use super::character::{digit, is_digit, is_space};
use super::spelling::{is_true, spelled};
use super::text::plain;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A year, month or day, or words that are no date: `spring 1999/2`.
#[derive(Debug, PartialEq)]
pub(super) enum Part {
    /// Without zeros before it; as text, so that no number is too long.
    Number(String),
    Words(String),
}

/// Year, month, day, as far as given.
pub(super) type Point = Vec<Part>;

/// The points of a date; none where there is no date.
pub(super) fn date_key(value: &Value) -> Vec<Point> {
    match value {
        Value::String(text) => points_in(text),
        Value::Bool(_) => points_in(&spelled(value)),
        Value::Number(number) if !number.is_f64() => points_in(&number.to_string()),
        Value::Object(members) => match members.get("date-parts").and_then(date_parts) {
            Some(points) => points,
            None => written(members).map(|text| points_in(&text)).unwrap_or_default(),
        },
        _ => Vec::new(),
    }
}

/// Whether a predicted date is right.
pub(super) fn dates_equal(gold: &[Point], predicted: &[Point]) -> bool {
    // A range from a day to the same day is that day.
    let predicted = match (gold, predicted) {
        ([_], [first, second]) if first == second => std::slice::from_ref(first),
        _ => predicted,
    };
    gold.len() == predicted.len()
        && gold.iter().zip(predicted).all(|(gold, predicted)| predicted.starts_with(gold))
}

fn written(members: &Map<String, Value>) -> Option<Cow<'_, str>> {
    let mut names = ["literal", "raw", "edtf"].iter();
    names.find_map(|name| members.get(*name).filter(|value| is_true(value))).map(spelled)
}

/// The points of CSL's `date-parts`; `None` where the first is missing or empty.
fn date_parts(parts: &Value) -> Option<Vec<Point>> {
    let rows = items(parts)?;
    rows.first().filter(|row| is_true(row))?;
    let points = rows.iter().filter_map(items).map(|row| {
        row.iter().take(3).map_while(|part| integer(part).map(Part::Number)).collect::<Point>()
    });
    Some(points.filter(|point| !point.is_empty()).collect())
}

/// The items of a list; text in its place is, as in Python, a list of its characters.
fn items(value: &Value) -> Option<Cow<'_, [Value]>> {
    match value {
        Value::Array(items) => Some(Cow::Borrowed(items)),
        Value::String(text) => {
            Some(text.chars().map(|c| Value::String(c.to_string())).collect::<Vec<_>>().into())
        }
        _ => None,
    }
}

/// A whole number, also one in quotes or with a fraction to be cut off.
fn integer(value: &Value) -> Option<String> {
    match value {
        Value::Bool(yes) => Some(u8::from(*yes).to_string()),
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            // Zero is added to take the sign off zero.
            Some(float) => Some(format!("{:.0}", float.trunc() + 0.0)),
            None => Some(number.to_string()),
        },
        Value::String(text) => integer_in(text),
        _ => None,
    }
}

/// A sign and digits, between which single underscores may stand.
fn integer_in(text: &str) -> Option<String> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let groups: Vec<&str> = digits.split('_').collect();
    let well_formed = groups.iter().all(|group| !group.is_empty() && group.chars().all(is_digit));
    well_formed.then(|| canonical(sign, &groups.concat()))
}

/// Digits of any script in ASCII, without zeros before the number.
fn canonical(sign: &str, digits: &str) -> String {
    let ascii: String =
        digits.chars().filter_map(digit).filter_map(|value| char::from_digit(value, 10)).collect();
    match ascii.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => format!("{sign}{rest}"),
    }
}

/// The points of a date in words: `1999/2001`, `2019-03-22`, `March 2019`.
fn points_in(text: &str) -> Vec<Point> {
    let chars: Vec<char> = text.chars().collect();
    let mut points = Vec::new();
    for end in ends(&chars) {
        if let Some(point) = point(end) {
            points.push(point);
            continue;
        }
        let words = plain(&String::from_iter(end));
        if !words.is_empty() && !says_undated(&words) {
            points.push(vec![Part::Words(words)]);
        }
    }
    points
}

/// The text cut where one end of a range ends and the other begins.
fn ends(text: &[char]) -> Vec<&[char]> {
    let mut ends = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < text.len() {
        match range_sign(text, at) {
            Some(length) => {
                ends.push(text.get(start..at).unwrap_or_default());
                at += length;
                start = at;
            }
            None => at += 1,
        }
    }
    ends.push(text.get(start..).unwrap_or_default());
    ends
}

/// The length of the sign of a range that stands at `at`: a dash or a slash between years, with
/// white space around it, or a slash behind a month or a day.
fn range_sign(text: &[char], at: usize) -> Option<usize> {
    let (before, behind) = text.split_at_checked(at)?;
    if ends_as(before, "0000") {
        let space = spaces(behind);
        let rest = behind.get(space..)?;
        if let Some((c, rest)) = rest.split_first()
            && matches!(c, '/' | '-' | '\u{2010}'..='\u{2014}')
        {
            let more = spaces(rest);
            if shaped(rest.get(more..)?, "0000") {
                return Some(space + 1 + more);
            }
        }
    }
    let slash = behind.first() == Some(&'/');
    (slash && (ends_as(before, "0000-00") || ends_as(before, "0000-00-00"))).then_some(1)
}

fn spaces(text: &[char]) -> usize {
    text.iter().take_while(|&&c| is_space(c)).count()
}

fn ends_as(text: &[char], shape: &str) -> bool {
    text.len()
        .checked_sub(shape.len())
        .and_then(|at| text.get(at..))
        .is_some_and(|end| shaped(end, shape))
}

/// Whether the text begins as `shape` does, where `0` is any digit.
fn shaped(text: &[char], shape: &str) -> bool {
    text.len() >= shape.len()
        && text.iter().zip(shape.chars()).all(|(&c, shape)| match shape {
            '0' => is_digit(c),
            other => c == other,
        })
}

/// The first date of the form year, year-month or year-month-day, not within a longer number.
fn point(text: &[char]) -> Option<Point> {
    let mut before = None;
    for (at, &c) in text.iter().enumerate() {
        if !before.replace(c).is_some_and(is_digit)
            && let Some(point) = text.get(at..).and_then(point_at)
        {
            return Some(point);
        }
    }
    None
}

fn point_at(text: &[char]) -> Option<Point> {
    let (sign, text) = match text.strip_prefix(&['-']) {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let shape = ["0000-00-00", "0000-00", "0000"].into_iter().find(|shape| {
        shaped(text, shape) && !text.get(shape.len()).is_some_and(|&c| is_digit(c))
    })?;
    let number = |from: usize, to: usize, sign| {
        let digits = text.get(from..to)?;
        Some(Part::Number(canonical(sign, &String::from_iter(digits))))
    };
    let parts = [(0, 4, sign), (5, 7, ""), (8, 10, "")].into_iter();
    Some(
        parts
            .take_while(|&(_, to, _)| to <= shape.len())
            .filter_map(|(from, to, sign)| number(from, to, sign))
            .collect(),
    )
}

/// `n.d.` and the like.
fn says_undated(words: &str) -> bool {
    let mut chars = words.chars();
    let letters = (chars.next(), chars.next(), chars.next(), chars.next());
    matches!(letters, (Some('n' | 'o' | 's'), Some('.'), Some('d' | 'j' | 'a' | 'f'), None))
        || matches!(words, "xxxx" | "no date" | "undated" | "ohne jahr")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn equal(gold: &Value, predicted: &Value) -> bool {
        dates_equal(&date_key(gold), &date_key(predicted))
    }

    #[test]
    fn the_gold_date_says_how_much_counts() {
        let year = json!({"date-parts": [[2019]]});
        let day = json!({"date-parts": [[2019, 3, 22]]});
        assert!(equal(&year, &day));
        assert!(!equal(&day, &year));
        assert!(!equal(&day, &json!({"date-parts": [[2019, 3, 21]]})));
        assert!(!equal(&year, &json!({"date-parts": [[2018]]})));
    }

    #[test]
    fn dates_in_words_are_read() {
        assert!(equal(&json!({"date-parts": [[2019, 3]]}), &json!({"raw": "2019-03-22"})));
        for date in [json!("2019"), json!(2019), json!({"date-parts": [["2019"]]})] {
            assert!(equal(&json!({"date-parts": [[2019]]}), &date), "{date}");
        }
        for (text, date) in [
            ("March 2019", json!([[2019]])),
            ("2019-123", json!([[2019]])),
            ("2019-12-311", json!([[2019, 12]])),
            ("-0044", json!([[-44]])),
            ("12-2019", json!([[2019]])),
            ("x-2019", json!([[-2019]])),
            ("٢٠١٩", json!([[2019]])),
        ] {
            assert_eq!(date_key(&json!(text)), date_key(&json!({"date-parts": date})), "{text}");
        }
    }

    #[test]
    fn ranges_compare_both_ends() {
        let range = json!({"date-parts": [[1999], [2001]]});
        for text in ["1999/2001", "1999–2001", "1999 - 2001", "1999-01/2001-03"] {
            assert!(equal(&range, &json!({"raw": text})), "{text}");
        }
        assert!(equal(&range, &json!("1999-01-02/2001")));
        assert!(!equal(&range, &json!({"date-parts": [[1999]]})));
        assert!(!equal(&json!({"date-parts": [[1999]]}), &range));
        assert!(equal(&json!(1999), &json!({"date-parts": [[1999], [1999]]})));
    }

    #[test]
    fn what_is_no_date_is_absent_or_words() {
        for value in [
            json!(null),
            json!(1999.0),
            json!("n.d."),
            json!("o. J."),
            json!("XXXX"),
            json!(""),
            json!({"date-parts": []}),
            json!({"date-parts": [[]]}),
            json!({"date-parts": [[null]]}),
            json!({"date-parts": 1999}),
            json!({}),
        ] {
            assert!(date_key(&value).is_empty(), "{value}");
        }
        assert!(equal(&json!("in press"), &json!({"literal": "In Press."})));
        assert!(!equal(&json!("12345"), &json!("1234")));
    }

    #[test]
    fn parts_of_other_types_are_cast() {
        for part in [json!(2019.9), json!(" +2_019 "), json!("02019")] {
            assert_eq!(
                date_key(&json!({"date-parts": [[part]]})),
                [vec![Part::Number("2019".into())]]
            );
        }
        assert_eq!(date_key(&json!({"date-parts": [[2019, "x", 3]]})), date_key(&json!(2019)));
        assert_eq!(date_key(&json!({"date-parts": [[-0.5]]})), [vec![Part::Number("0".into())]]);
        assert_eq!(
            date_key(&json!({"date-parts": ["2019"]})),
            date_key(&json!({"date-parts": [[2, 0, 1]]}))
        );
        assert!(
            integer_in("1\u{1e}").is_none()
                && integer_in("_1").is_none()
                && integer_in("1__2").is_none()
        );
    }
}
