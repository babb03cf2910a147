//! Dates as people type them: `3 Nov 2010`, `Spring 2010`, `11/2010`, `c. 1850`, `2010-11-03 14:05`.
//!
//! Takes a text, gives a [`Date`] or nothing; called by the readers of RIS and CSL-JSON, whose
//! own forms of dates are read there. Months and seasons are the lexicon's.

use crate::lexicon::lexicon;
use crate::work::Season;
use crate::{Date, PartialDate};

/// A date without the time of day behind it, which works have no place for: `2010/11/03/14:05`
/// of Zotero, `2010-11-03T00:00:00Z` of databases.
pub(in crate::format) fn without_time(text: &str) -> &str {
    let bare = without_zone(text);
    match bare.rsplit_once(['/', 'T', ' ']) {
        Some((date, clock)) if is_clock(clock) && !date.is_empty() => date.trim_end(),
        _ => text,
    }
}

/// A time without its zone or half of the day: `Z`, `UTC`, `+01:00`, `PM`.
fn without_zone(text: &str) -> &str {
    for zone in ["Z", "UTC", "GMT", "AM", "PM"] {
        if let Some(bare) = text.strip_suffix(zone) {
            return bare.trim_end();
        }
    }
    match text.rsplit_once(['+', '-']) {
        Some((bare, zone))
            if matches!(zone.len(), 4 | 5)
                && zone.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') =>
        {
            bare.trim_end()
        }
        _ => text,
    }
}

/// Whether a text is a time of day: `14:05`, `14:05:33`, `14:05:33.123`.
fn is_clock(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = clock.splitn(3, ':');
    let mut below = |limit: u8| match parts.next() {
        Some(part) => {
            matches!(part.len(), 1 | 2)
                && is_digits(part)
                && part.parse::<u8>().is_ok_and(|part| part < limit)
        }
        None => false,
    };
    let is_minute = below(24) && below(60);
    is_minute && (clock.matches(':').count() == 1 || below(61)) && is_digits(fraction)
}

/// Words with a space between a name and the year behind it: `Fall2010`.
pub(in crate::format) fn parted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut is_letter = false;
    for c in text.chars() {
        if is_letter && c.is_ascii_digit() {
            out.push(' ');
        }
        is_letter = c.is_alphabetic();
        out.push(c);
    }
    out
}

/// `11/2010`, and days whose order is plain: `25/12/2010`, `12/25/2010`, `3.11.2010`.
pub(in crate::format) fn numeric(text: &str) -> Option<Date> {
    let mark = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(mark, '/' | '.' | '-') {
        return None;
    }
    let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
    let small = |text: &str| if text.len() <= 2 { text.parse::<u8>().ok() } else { None };
    let year = |text: &str| text.parse().ok().filter(|_| text.len() == 4);
    let point = match parts.as_slice() {
        [month, last] => PartialDate::month(year(last)?, small(month)?),
        // `2010-1-5`, which EDTF has not.
        [first, month, day] if first.len() == 4 => {
            PartialDate::day(year(first)?, small(month)?, small(day)?)
        }
        [one, other, last] => {
            let (one, other) = (small(one)?, small(other)?);
            let (month, day) = match (one, other) {
                (one, other) if one == other => (one, other),
                (13.., _) => (other, one),
                (_, 13..) => (one, other),
                // Stops are European.
                _ if mark == '.' => (other, one),
                _ => return None,
            };
            PartialDate::day(year(last)?, month, day)
        }
        _ => return None,
    };
    point.ok().map(Date::from)
}

/// Years, months and days in the order they stand.
#[derive(Default)]
struct Found {
    years: Vec<i32>,
    months: Vec<u8>,
    days: Vec<u8>,
    circa: bool,
    uncertain: bool,
}

/// `3 Nov 2010`, `Nov 3, 2010`, `2010 Nov-Dec`, `Spring 2010`, `1998-2000`, `c. 2010`, `2010?`.
pub(in crate::format) fn words(text: &str, year: Option<i32>) -> Option<Date> {
    const MOST: usize = 8;
    let text = text.trim_start_matches(['[', '©', '(']).trim_end_matches([']', ')', '.']);
    // `c2010` is a year of copyright to librarians; `c. 1850` is another matter.
    let text = match text.strip_prefix('c') {
        Some(year) if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) => year,
        _ => text,
    };
    let mut found = Found::default();
    let is_mark = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '-' | '/' | '\u{2010}'..='\u{2015}' | '&')
    };
    for (index, token) in text.split(is_mark).filter(|token| !token.is_empty()).enumerate() {
        if index >= MOST {
            return None;
        }
        found.token(token)?;
    }
    if found.years.is_empty() {
        found.years.extend(year.filter(|_| !found.months.is_empty()));
    }
    let (first, last) = found.ends()?;
    let mut date = match last {
        Some(last) if first < last => Date::range(Some(first), Some(last)),
        Some(_) => return None,
        None => Date::from(first),
    };
    date.circa = found.circa;
    date.uncertain = found.uncertain;
    Some(date)
}

impl Found {
    fn token(&mut self, token: &str) -> Option<()> {
        let bare = token.trim_end_matches('?');
        self.uncertain |= bare.len() < token.len();
        let bare = bare.trim_end_matches('.');
        if matches!(bare, "c" | "ca" | "circa") && self.years.is_empty() {
            self.circa = true;
        } else if matches!(bare, "to" | "and" | "of" | "") {
            // Words between.
        } else if bare.bytes().all(|byte| byte.is_ascii_digit()) && bare.len() == 4 {
            self.years.push(bare.parse().ok()?);
        } else if let Some(month) = lexicon().month(bare) {
            self.months.push(month);
        } else {
            let digits = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let ordinal = &bare[digits.len()..];
            let fits = matches!(ordinal, "" | "st" | "nd" | "rd" | "th")
                && (1..=2).contains(&digits.len())
                && digits.bytes().all(|byte| byte.is_ascii_digit());
            self.days.push(digits.parse().ok().filter(|_| fits)?);
        }
        Some(())
    }

    /// The first point and the last, where there are two.
    fn ends(&self) -> Option<(PartialDate, Option<PartialDate>)> {
        let point = |year: i32, month: u8, day: Option<u8>| match (month, day) {
            (21..=24, None) => {
                Season::from_number(month - 20).map(|season| PartialDate::season(year, season))
            }
            (month, None) => PartialDate::month(year, month).ok(),
            (month, Some(day)) => PartialDate::day(year, month, day).ok(),
        };
        Some(match (self.years.as_slice(), self.months.as_slice(), self.days.as_slice()) {
            (&[year], [], []) => (PartialDate::year(year), None),
            (&[year], &[month], []) => (point(year, month, None)?, None),
            (&[year], &[month], &[day]) => (point(year, month, Some(day))?, None),
            (&[year], &[month], &[one, two]) => {
                (point(year, month, Some(one))?, point(year, month, Some(two)))
            }
            (&[year], &[one, two], []) => (point(year, one, None)?, point(year, two, None)),
            (&[year], &[one, two], &[three, four]) => {
                (point(year, one, Some(three))?, point(year, two, Some(four)))
            }
            (&[one, two], [], []) => (PartialDate::year(one), Some(PartialDate::year(two))),
            (&[one, two], &[three, four], []) => (point(one, three, None)?, point(two, four, None)),
            (&[one, two], &[three, four], &[five, six]) => {
                (point(one, three, Some(five))?, point(two, four, Some(six)))
            }
            _ => return None,
        })
    }
}
