//! Dates of RIS: `YYYY/MM/DD/other` of the specification, and what people and programs write.
//!
//! Called by [`read`](super::read). The fourth part takes words: what our own writer puts there
//! (`to 2010-11-09`, `until`, `circa`, `uncertain`), a season, a month.

use crate::format::date_words::{numeric, parted, without_time, words};
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
    // `2010`
    if let [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] = text.as_bytes() {
        return Some(Reading::whole(Date::year(text.parse().ok()?)));
    }
    if let Some(date) = plain(text) {
        return Some(Reading::whole(date));
    }
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

/// `2010/11//`, `2010/11/03/`: the specification's form where nothing is to be asked.
fn plain(text: &str) -> Option<Date> {
    let (year, rest) = text.as_bytes().split_first_chunk::<4>()?;
    let number = |digits: &[u8]| {
        let is_number = digits.iter().all(u8::is_ascii_digit);
        is_number.then(|| digits.iter().fold(0, |number, digit| number * 10 + (digit - b'0')))
    };
    let (month, day) = match rest {
        b"/" | b"//" | b"///" => (None, None),
        [b'/', month @ .., b'/', b'/'] if month.len() == 2 => (Some(number(month)?), None),
        [b'/', a, b, b'/', day @ ..] if matches!(day, [_, _] | [_, _, b'/']) => {
            (Some(number(&[*a, *b])?), Some(number(day.get(..2)?)?))
        }
        _ => return None,
    };
    let is_year = year.iter().all(u8::is_ascii_digit) && year[0] != b'0';
    let year = year.iter().fold(0, |number, digit| number * 10 + i32::from(*digit & 0xf));
    let point = match (month, day) {
        _ if !is_year => return None,
        (Some(month), Some(day)) => PartialDate::day(year, month, day).ok()?,
        (Some(month), None) => PartialDate::month(year, month).ok()?,
        _ => PartialDate::year(year),
    };
    Some(point.into())
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
    let said = words(&parted(other), Some(point.get_year())).or_else(|| numeric(other));
    match said.and_then(|date| finer(&point.into(), &date)) {
        Some(date) => Reading::whole(date),
        _ => Reading { date: point.into(), has_rest: true },
    }
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
            ("2011///12/25/2011", "2011-12-25"),
            ("2010//Spring/", "2010-21"),
            ("2010///Fall2010", "2010-23"),
            ("2011/03//Mar2011", "2011-03"),
            ("2011/03//Mar/Apr2011", "2011-03/2011-04"),
        ] {
            assert_eq!(edtf(text), Some((date.to_owned(), false)), "{text}");
        }
    }

    #[test]
    fn plain_dates_are_what_the_others_read() {
        let number = |number: u8| format!("{number:02}");
        for (month, day) in (0..=32).flat_map(|month| (0..=32).map(move |day| (month, day))) {
            let (month, day) = (number(month), number(day));
            for text in [
                format!("2011/{month}//"),
                format!("2012/{month}/{day}/"),
                format!("2012/{month}/{day}"),
            ] {
                if let Some(date) = plain(&text) {
                    assert_eq!(slashed(without_time(&text)), Some(date), "{text}");
                }
            }
        }
        assert!(["2010/", "2010//", "2010///"].iter().all(|text| plain(text) == slashed(text)));
        assert!(
            ["0010//", "2010/1//", "2010/11", "2010/00//", "2010/-1//"]
                .iter()
                .all(|text| plain(text).is_none())
        );
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
