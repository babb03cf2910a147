//! Dates of `.bib` files: BibLaTeX's EDTF, BibTeX's `year`, `month` and `day`, and what people
//! type instead.
//!
//! Takes decoded values, gives a date; called by [`read`](super::read). Sources: biblatex 3.20,
//! 2.3.8 (date and time specifications); BibTeXing, 3.2.

use crate::lexicon::lexicon;
use crate::work::Season;
use crate::{Date, DateForm, PartialDate};

/// The date of a BibLaTeX date field; `None` for what is no date.
pub(super) fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    // Librarians put in brackets what they know from elsewhere.
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).map(str::trim);
    let text = inner.unwrap_or(text);
    let lower = text.to_lowercase();
    match ["circa ", "ca. ", "ca ", "c. ", "c."].iter().find_map(|word| lower.strip_prefix(word)) {
        Some(rest) => plain_date(rest.trim()).map(|date| Date { circa: true, ..date }),
        None => plain_date(text),
    }
}

/// A date without the words before it.
fn plain_date(text: &str) -> Option<Date> {
    let doubt = text.trim_end_matches(['~', '?', '%']);
    // `199X` is the decade, `19XX` the century (EDTF, unspecified digits).
    if doubt.len() == 4 && doubt.ends_with(['X', 'x', 'u']) {
        let filled = |digit: &str| doubt.replace(['X', 'x', 'u'], digit).parse::<i32>().ok();
        let (first, last) = (filled("0")?, filled("9")?);
        let years = Date::range(Some(PartialDate::year(first)), Some(PartialDate::year(last)));
        return Some(with_marks(years, &text[doubt.len()..]));
    }
    let ends: Vec<&str> = text.split('/').map(|end| known(without_time(end.trim()))).collect();
    match ends.as_slice() {
        // A day that is spelled with slashes is no range.
        [year, month, day] => parts(year, month, day).map(Date::from),
        // `unknown` beginnings and ends are open ones to the model.
        _ => ends
            .iter()
            .map(|end| if matches!(*end, "open" | "unknown" | "*") { ".." } else { end })
            .collect::<Vec<_>>()
            .join("/")
            .parse()
            .ok()
            .or_else(|| typed(text)),
    }
}

/// `2010-5-3`, `3 May 2010`, `May 2010`, `c. 1850`, `1998--2000`.
fn typed(text: &str) -> Option<Date> {
    let mut parts_of = text.split(['-', '.']);
    if let (Some(a), Some(b), Some(c), None) =
        (parts_of.next(), parts_of.next(), parts_of.next(), parts_of.next())
    {
        // Between dots the day comes first in every country that writes them.
        let point = parts(a, b, c).or_else(|| parts(c, b, a).filter(|_| text.contains('.')));
        if let Some(point) = point {
            return Some(point.into());
        }
    }
    if let Some(year) = before_our_era(text) {
        return Some(Date::year(year));
    }
    if let Some(first) = text.strip_suffix(['-', '–', '—'])
        && let Some(first) = year(first.trim_end_matches(['-', '–', '—', ' ']))
    {
        return Some(Date::range(Some(PartialDate::year(first)), None));
    }
    let years: Vec<&str> =
        text.split(['-', '–', '—']).map(str::trim).filter(|year| !year.is_empty()).collect();
    if let [first, last] = years.as_slice()
        && let (Some(first), Some(last)) = (year(first), last_year(first, last))
    {
        return Some(Date::range(Some(PartialDate::year(first)), Some(PartialDate::year(last))));
    }
    let words: Vec<&str> = words(text).collect();
    let (at, found) = words.iter().enumerate().find_map(|(at, word)| Some((at, year(word)?)))?;
    let rest: Vec<&str> =
        words.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, w)| *w).collect();
    if rest.is_empty() { Some(Date::year(found)) } else { months(found, &rest, None) }
}

/// The date of BibTeX's three fields; `Err` with the year alone where the month is none.
pub(super) fn of_parts(year_text: &str, month: Option<&str>, day: Option<&str>) -> (Date, bool) {
    let text = year_text.trim();
    // Before 1 a year counts as historians do: -44 is 44 BC.
    let whole = text
        .strip_prefix('-')
        .and_then(|digits| digits.parse::<i32>().ok())
        .and_then(|year| year.checked_neg()?.checked_add(1))
        .or_else(|| year(text));
    let found = whole.map(Date::year).or_else(|| slash_years(text)).or_else(|| date(text));
    let month = month.map(str::trim).filter(|month| !month.is_empty());
    let (Some(found), Some(month)) = (&found, month) else {
        return (found.unwrap_or_else(|| Date::literal(text)), month.is_none());
    };
    let DateForm::Point(point) = found.form else { return (found.clone(), false) };
    // What nearly all entries say.
    if let (Some(year), None, Some(number)) = (whole, day, abbreviated(month))
        && let Ok(point) = PartialDate::month(year, number)
    {
        return (point.into(), true);
    }
    let words: Vec<&str> = words(month).collect();
    match months(point.get_year(), &words, day) {
        Some(date) if point == PartialDate::year(point.get_year()) => {
            (Date { form: date.form, ..found.clone() }, true)
        }
        // A whole date in `year`: the month says the same, or something else.
        Some(date) => {
            let same = date.first().is_some_and(|first| first.get_month() == point.get_month());
            (found.clone(), same)
        }
        None => (found.clone(), false),
    }
}

/// The month of one of the abbreviations that BibTeX's styles define.
fn abbreviated(month: &str) -> Option<u8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    MONTHS.iter().zip(1..).find(|(known, _)| **known == month).map(|(_, number)| number)
}

/// `44 BC`, `44 v. Chr.`: as historians count, without a year 0.
fn before_our_era(text: &str) -> Option<i32> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (year, era) = text.split_at(digits);
    let era: String =
        era.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let year: i32 = year.parse().ok().filter(|_| digits <= 5)?;
    matches!(era.as_str(), "bc" | "bce" | "vchr" | "avjc" | "ac").then_some(1 - year)
}

/// `2010/2011` and `2010/11` in a `year` are the year of a winter, not a month.
fn slash_years(text: &str) -> Option<Date> {
    let (first, last) = text.split_once('/')?;
    let first = year(first.trim())?;
    let last = last_year(&first.to_string(), last.trim())?;
    Some(Date::range(Some(PartialDate::year(first)), Some(PartialDate::year(last))))
}

/// A year of one to five digits.
fn year(text: &str) -> Option<i32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    (digits && (3..=5).contains(&text.len())).then(|| text.parse().ok())?
}

/// The last year of a range, which may be typed short: `1998-99`.
fn last_year(first: &str, last: &str) -> Option<i32> {
    if last.len() == 2 && first.len() == 4 && last.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{}{last}", first.get(..2)?).parse().ok();
    }
    year(last)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | ',' | '.' | '~' | '&' | '\u{a0}')
    })
    .filter(|word| !word.is_empty())
}

/// Months, a season, days among words; `None` where one of them is none of these.
fn months(year: i32, words: &[&str], day: Option<&str>) -> Option<Date> {
    let mut months: Vec<u8> = Vec::new();
    let mut days: Vec<u8> = day.and_then(|day| day.trim().parse().ok()).into_iter().collect();
    for word in words {
        let word = word.to_lowercase();
        if let Some(month) = lexicon().month(&word) {
            months.push(month);
        } else if self::year(&word) == Some(year) {
            // "May 2010" in a `month`.
        } else if let Some(number) = number(&word) {
            let is_month = months.is_empty() && words.len() == 1;
            if is_month { months.push(number) } else { days.push(number) }
        } else if !matches!(word.as_str(), "and" | "to" | "of" | "de" | "und" | "et" | "bis") {
            return None;
        }
    }
    let point = |month: u8, day: Option<u8>| match (month, day) {
        (21..=24, _) => Season::from_number(month - 20).map(|s| PartialDate::season(year, s)),
        (month, Some(day)) => PartialDate::day(year, month, day).ok(),
        (month, None) => PartialDate::month(year, month).ok(),
    };
    match (months.as_slice(), days.as_slice()) {
        ([month], []) => point(*month, None).map(Date::from),
        ([month], [day]) => point(*month, Some(*day)).map(Date::from),
        ([month], [a, b]) => {
            Some(Date::range(Some(point(*month, Some(*a))?), Some(point(*month, Some(*b))?)))
        }
        ([a, b], []) => Some(Date::range(Some(point(*a, None)?), Some(point(*b, None)?))),
        ([a, b], [c, d]) => {
            Some(Date::range(Some(point(*a, Some(*c))?), Some(point(*b, Some(*d))?)))
        }
        _ => None,
    }
}

/// A number, with an English ordinal's ending or without.
fn number(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    matches!(ending, "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok())?
}

/// Year, month and day as numbers; a month or day of 0 is not known.
fn parts(year: &str, month: &str, day: &str) -> Option<PartialDate> {
    let number = |text: &str| {
        let text = text.trim();
        (text.len() <= 2).then(|| text.parse::<u8>().ok())?
    };
    let year = self::year(year.trim()).filter(|_| year.trim().len() == 4)?;
    match (number(month)?, number(day)?) {
        (0, _) => Some(PartialDate::year(year)),
        (month, 0) => PartialDate::month(year, month).ok(),
        (month, day) => PartialDate::day(year, month, day).ok(),
    }
}

/// A date without the time of day behind it.
fn without_time(text: &str) -> &str {
    match text.split_once('T') {
        Some((date, time)) if time.starts_with(|c: char| c.is_ascii_digit()) => date,
        _ => text,
    }
}

/// An end of a date without a month and day of unspecified digits (EDTF): `2010-XX`, once
/// spelled `2010-uu`.
fn known(end: &str) -> &str {
    let mut known = end;
    for _ in 0..2 {
        known =
            ["-XX", "-xx", "-uu"].iter().find_map(|not| known.strip_suffix(not)).unwrap_or(known);
    }
    known
}

fn with_marks(mut date: Date, marks: &str) -> Date {
    date.circa = marks.contains(['~', '%']);
    date.uncertain = marks.contains(['?', '%']);
    date
}

/// Whether a date says something finer than its words.
pub(super) fn is_words(date: &Date) -> bool {
    matches!(date.form, DateForm::Literal(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_fields_are_edtf_or_what_people_type() {
        for (text, wanted) in [
            ("2010-11-03", "2010-11-03"),
            ("2010-11-03T12:30:00", "2010-11-03"),
            ("1997/", "1997/.."),
            ("/1997", "../1997"),
            ("1997/unknown", "1997/.."),
            ("199X", "1990/1999"),
            ("1850~", "1850~"),
            ("2004-22", "2004-22"),
            ("2010/11/03", "2010-11-03"),
            ("2010-5-3", "2010-05-03"),
            ("3 May 2010", "2010-05-03"),
            ("May 3rd, 2010", "2010-05-03"),
            ("c. 1850", "1850~"),
            ("1998--2000", "1998/2000"),
            ("2010-00-00", "2010"),
            ("2010-uu", "2010"),
            ("2010-03-XX/2010-XX-XX", "2010-03/2010"),
            ("02.03.2020", "2020-03-02"),
            ("[2001]", "2001"),
            ("[c. 1850]", "1850~"),
            ("44 BC", "-0043"),
            ("1998-", "1998/.."),
            ("1998--", "1998/.."),
        ] {
            assert_eq!(date(text).map(|d| d.to_string()).as_deref(), Some(wanted), "{text}");
        }
        assert_eq!(date("in press"), None);
        assert_eq!(date("[1999] 2004"), None);
        // However often a word is said, the stack is not deeper for it.
        assert_eq!(date(&"c. ".repeat(100_000)), None);
        assert_eq!(date(&"[".repeat(100_000)), None);
        assert_eq!(date("2010-02-30"), None);
    }

    #[test]
    fn three_fields_are_one_date() {
        for (year, month, day, wanted) in [
            ("2010", Some("nov"), None, "2010-11"),
            ("2010", Some("11"), Some("3"), "2010-11-03"),
            ("2010", Some("10~nov"), None, "2010-11-10"),
            ("2010", Some("May 2010"), None, "2010-05"),
            ("c. 1850", Some("may"), None, "1850-05~"),
            ("2004-05-06", Some("May"), None, "2004-05-06"),
            ("1998-", None, None, "1998/.."),
            ("2010", Some("July–August"), None, "2010-07/2010-08"),
            ("2010", Some("Spring"), None, "2010-21"),
            ("2010", Some("Nov 3–5"), None, "2010-11-03/2010-11-05"),
            ("-44", None, None, "-0043"),
            ("2010/11", None, None, "2010/2011"),
            ("in press", None, None, "in press"),
        ] {
            let (date, whole) = of_parts(year, month, day);
            assert_eq!((date.to_string().as_str(), whole), (wanted, true), "{year} {month:?}");
        }
        assert!(!of_parts("2010", Some("Juno"), None).1);
        for month in "jan feb mar apr may jun jul aug sep oct nov dec".split(' ') {
            assert_eq!(abbreviated(month), lexicon().month(month), "{month}");
        }
    }
}
