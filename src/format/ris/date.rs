//! Dates of RIS: `YYYY/MM/DD/other` of the specification, and what people and programs write.
//!
//! Called by [`read`](super::read). The fourth part takes words: what our own writer puts there
//! (`to 2010-11-09`, `until`, `circa`, `uncertain`), a season, a month.

use crate::lexicon::lexicon;
use crate::work::Season;
use crate::{Date, DateForm, PartialDate};

/// A date that was read, and whether words were left over.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) date: Date,
    pub(super) has_rest: bool,
}

impl Reading {
    fn whole(date: Date) -> Self {
        Self { date, has_rest: false }
    }
}

/// The date in a text of folded white space; `year` is the one that other tags tell, for dates
/// without (`DA  - Nov 3`). `None` for words that are no date.
pub(super) fn read(text: &str, year: Option<i32>) -> Option<Reading> {
    let text = without_time(text);
    compact(text)
        .or_else(|| slashed(text))
        .or_else(|| text.parse().ok())
        .or_else(|| numeric(text))
        .map(Reading::whole)
        .or_else(|| specified(text))
        .or_else(|| words(text, year).map(Reading::whole))
        .or_else(|| year_at_the_end(text))
}

/// Two dates that say the same of one event: the finer one; `None` where they disagree.
pub(super) fn finer(one: &Date, other: &Date) -> Option<Date> {
    let refines = |fine: &Date, plain: &Date| {
        let (DateForm::Point(point), Some(first)) = (&plain.form, fine.first()) else {
            return fine == plain;
        };
        fine == plain
            || (!plain.circa
                && !plain.uncertain
                && point.get_season().is_none()
                && point.get_year() == first.get_year()
                && point.get_month().is_none_or(|month| Some(month) == first.get_month())
                && point.get_day().is_none_or(|day| Some(day) == first.get_day()))
    };
    if refines(one, other) {
        Some(one.clone())
    } else if refines(other, one) {
        Some(other.clone())
    } else {
        None
    }
}

/// A date without the time of day behind it, which works have no place for: `2010/11/03/14:05`
/// of Zotero, `2010-11-03T00:00:00Z` of databases.
fn without_time(text: &str) -> &str {
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

/// `20101103`.
fn compact(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year = text[..4].parse().ok().filter(|year| (1000..2100).contains(year))?;
    PartialDate::day(year, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok().map(Date::from)
}

/// A year as RIS writes it: four digits; before the year 1 as historians count, -44 for 44 BC.
fn ris_year(text: &str) -> Option<i32> {
    let (is_before, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || digits.is_empty() || (!is_before && digits.len() < 3) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    match (is_before, number) {
        (true, 0) => None,
        (true, number) => Some(1 - number),
        (false, 0) => None,
        (false, number) => Some(number),
    }
}

/// The date that the specification's form tells whole, words of our own in the fourth part.
fn slashed(text: &str) -> Option<Date> {
    specified(text).filter(|reading| !reading.has_rest).map(|reading| reading.date)
}

/// The specification's form, and whatever else stands in the fourth part.
fn specified(text: &str) -> Option<Reading> {
    let mut parts = text.splitn(4, '/').map(str::trim);
    let year = ris_year(parts.next()?)?;
    let month = parts.next().unwrap_or_default();
    let day = parts.next().unwrap_or_default();
    let other = parts.next().unwrap_or_default();
    let mut has_rest = false;
    let day_is_word = day.starts_with(char::is_alphabetic);
    let point = match (number(month)?, number(day)?) {
        // `2010//Spring/`
        (0, day @ 21..=24) if day_is_word => {
            PartialDate::season(year, Season::from_number(day - 20)?)
        }
        (0, day) => {
            has_rest = day > 0;
            PartialDate::year(year)
        }
        (month @ 21..=24, 0) => PartialDate::season(year, Season::from_number(month - 20)?),
        (month, 0) => PartialDate::month(year, month).ok()?,
        (month, day) => PartialDate::day(year, month, day).ok()?,
    };
    let mut reading = fourth_part(point, other.trim_end_matches('/').trim());
    reading.has_rest |= has_rest;
    Some(reading)
}

/// A month or day of the specification's form: up to two digits, or a month's name; 0 for none.
fn number(text: &str) -> Option<u8> {
    match text {
        "" => Some(0),
        text if text.len() <= 2 => text.parse().ok(),
        text => lexicon().month(text),
    }
}

/// What the fourth part adds to a date.
fn fourth_part(point: PartialDate, other: &str) -> Reading {
    let only_a_year = point == PartialDate::year(point.get_year());
    let mut point = point;
    let mut tokens = other.split_whitespace().peekable();
    let season = tokens.peek().and_then(|word| lexicon().month(word)).filter(|month| *month > 20);
    if let Some(season) = season.and_then(|month| Season::from_number(month - 20))
        && only_a_year
    {
        point = PartialDate::season(point.get_year(), season);
        tokens.next();
    }
    let mut date = Date::from(point);
    match tokens.peek() {
        Some(&"to") => {
            tokens.next();
            let last: Option<PartialDate> = tokens.peek().and_then(|word| word.parse().ok());
            if last.is_some() {
                tokens.next();
            }
            date.form = DateForm::Range(Some(point), last);
        }
        Some(&"until") => {
            tokens.next();
            date.form = DateForm::Range(None, Some(point));
        }
        _ => {}
    }
    if tokens.next_if(|word| *word == "circa").is_some() {
        date.circa = true;
    }
    if tokens.next_if(|word| *word == "uncertain").is_some() {
        date.uncertain = true;
    }
    if tokens.peek().is_none() {
        return Reading::whole(date);
    }
    // `2010///Nov 3`, `2010///Nov-Dec`; EBSCO's `2010///Fall2010`, `2011/03//Mar2011`
    let said = words(&parted(other), Some(point.get_year()));
    match said.and_then(|date| finer(&point.into(), &date)) {
        Some(date) => Reading::whole(date),
        _ => Reading { date: point.into(), has_rest: true },
    }
}

/// Words with a space between a name and the year behind it: `Fall2010`.
fn parted(text: &str) -> String {
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
fn numeric(text: &str) -> Option<Date> {
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

/// `3/11/2010`, of which only the year is sure.
fn year_at_the_end(text: &str) -> Option<Reading> {
    let mut parts = text.split('/');
    let (one, other, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_day = |text: &str| text.parse::<u8>().is_ok_and(|number| (1..=12).contains(&number));
    if !is_day(one) || !is_day(other) || year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let year = year.parse().ok()?;
    Some(Reading { date: Date::year(year), has_rest: true })
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
fn words(text: &str, year: Option<i32>) -> Option<Date> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(text: &str) -> Option<(String, bool)> {
        read(text, None).map(|reading| (reading.date.to_string(), reading.has_rest))
    }

    #[test]
    fn dates_of_every_shape() {
        for (text, date) in [
            ("2010", "2010"),
            ("2010///", "2010"),
            ("2010//", "2010"),
            ("2010/11//", "2010-11"),
            ("2010/11", "2010-11"),
            ("2010/11/03/", "2010-11-03"),
            ("2010/11/03", "2010-11-03"),
            ("2010/0/0/", "2010"),
            ("2010///Spring", "2010-21"),
            ("2010///Nov", "2010-11"),
            ("2010///Nov-Dec", "2010-11/2010-12"),
            ("2010/Nov/3/", "2010-11-03"),
            ("2010/11/03/to 2010-11-09", "2010-11-03/2010-11-09"),
            ("2010/11/03/to", "2010-11-03/.."),
            ("2010///until", "../2010"),
            ("1850///circa", "1850~"),
            ("1850///circa uncertain", "1850%"),
            ("1850///Spring to 1851-22 uncertain", "1850-21?/1851-22?"),
            ("-44", "-0043"),
            ("-1///", "0000"),
            ("12000/11//", "Y12000-11"),
            ("0044/03//", "0044-03"),
            ("2010-11-03", "2010-11-03"),
            ("2010-1-5", "2010-01-05"),
            ("2010/11/03/14:05:33", "2010-11-03"),
            ("2010///14:05", "2010"),
            ("2010-11-03T00:00:00Z", "2010-11-03"),
            ("2010-11-03T00:00:00.000+01:00", "2010-11-03"),
            ("2010-11-03 14:05:33 UTC", "2010-11-03"),
            ("11/13/2010 2:05 PM", "2010-11-13"),
            ("20101103", "2010-11-03"),
            ("2010/2012", "2010/2012"),
            ("2010-2012", "2010/2012"),
            ("3 Nov 2010", "2010-11-03"),
            ("Nov 3, 2010", "2010-11-03"),
            ("November 3rd, 2010", "2010-11-03"),
            ("Nov 2010", "2010-11"),
            ("2010 Nov-Dec", "2010-11/2010-12"),
            ("Nov-Dec 2010", "2010-11/2010-12"),
            ("Spring 2010", "2010-21"),
            ("3-5 May 2010", "2010-05-03/2010-05-05"),
            ("11/2010", "2010-11"),
            ("25/12/2010", "2010-12-25"),
            ("12/25/2010", "2010-12-25"),
            ("3.11.2010", "2010-11-03"),
            ("c. 1850", "1850~"),
            ("1850?", "1850?"),
            ("[2010]", "2010"),
            ("c2010", "2010"),
            ("2010//Spring/", "2010-21"),
            ("2010///Fall2010", "2010-23"),
            ("2011/03//Mar2011", "2011-03"),
            ("2011/03//Mar/Apr2011", "2011-03/2011-04"),
        ] {
            assert_eq!(edtf(text), Some((date.to_owned(), false)), "{text}");
        }
    }

    #[test]
    fn what_is_left_over_is_said() {
        for (text, date) in [
            ("2010/11/03/Spring", "2010-11-03"),
            ("2010/11/03/25:61:00", "2010-11-03"),
            ("3/11/2010", "2010"),
        ] {
            assert_eq!(edtf(text), Some((date.to_owned(), true)), "{text}");
        }
    }

    #[test]
    fn words_are_no_date() {
        for text in [
            "in press",
            "n.d.",
            "",
            "/",
            "10",
            "2010 Juno",
            "2010/13/",
            "2010/02/31/",
            "Nov 3",
            "0/0/0",
            "14:05",
            "T14:05",
            "/14:05",
        ] {
            assert_eq!(edtf(text), None, "{text}");
        }
        let borrowed = read("Nov 3", Some(2010)).unwrap();
        assert_eq!(borrowed.date.to_string(), "2010-11-03");
    }

    #[test]
    fn the_finer_date_is_taken_where_both_agree() {
        let both = |one: &str, other: &str| {
            finer(&one.parse().unwrap(), &other.parse().unwrap()).map(|date| date.to_string())
        };
        assert_eq!(both("2010", "2010-11"), Some("2010-11".into()));
        assert_eq!(both("2010-11-03/2010-11-09", "2010"), Some("2010-11-03/2010-11-09".into()));
        assert_eq!(both("2010", "2010~"), Some("2010~".into()));
        assert_eq!(both("2010", "2011-01"), None);
        assert_eq!(both("2010-11", "2010-12"), None);
    }
}
