//! Dates: a point of a year, month, day or season, or a range, or words.

use std::str::FromStr;

/// A season, numbered as in EDTF and CSL-JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Season {
    /// EDTF 21, CSL 1.
    Spring,
    /// EDTF 22, CSL 2.
    Summer,
    /// EDTF 23, CSL 3.
    Autumn,
    /// EDTF 24, CSL 4.
    Winter,
}

impl Season {
    /// The season of CSL-JSON's number, 1 to 4.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            1 => Season::Spring,
            2 => Season::Summer,
            3 => Season::Autumn,
            4 => Season::Winter,
            _ => return None,
        })
    }

    /// CSL-JSON's number, 1 to 4.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

/// A year, perhaps with a season, a month, or a month and a day. Only real dates can be built.
///
/// Years are astronomical: 0 is 1 BC, -43 is 44 BC.
///
/// ```
/// use citelift::PartialDate;
/// assert_eq!(PartialDate::day(2012, 2, 29)?.to_string(), "2012-02-29");
/// assert!(PartialDate::day(2013, 2, 29).is_err());
/// # Ok::<(), citelift::InvalidDate>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: i32,
    rest: Rest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Rest {
    Nothing,
    Season(Season),
    Month(u8),
    Day(u8, u8),
}

/// A date that no calendar has, or text that is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such date")]
pub struct InvalidDate;

impl PartialDate {
    /// A year.
    #[must_use]
    pub fn year(year: i32) -> Self {
        Self { year, rest: Rest::Nothing }
    }

    /// A season of a year.
    #[must_use]
    pub fn season(year: i32, season: Season) -> Self {
        Self { year, rest: Rest::Season(season) }
    }

    /// A month, 1 to 12.
    ///
    /// # Errors
    /// [`InvalidDate`] where there is no such month.
    pub fn month(year: i32, month: u8) -> Result<Self, InvalidDate> {
        if (1..=12).contains(&month) {
            Ok(Self { year, rest: Rest::Month(month) })
        } else {
            Err(InvalidDate)
        }
    }

    /// A day of the Gregorian calendar.
    ///
    /// # Errors
    /// [`InvalidDate`] where the calendar has no such day.
    pub fn day(year: i32, month: u8, day: u8) -> Result<Self, InvalidDate> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return Err(InvalidDate),
        };
        if (1..=days).contains(&day) {
            Ok(Self { year, rest: Rest::Day(month, day) })
        } else {
            Err(InvalidDate)
        }
    }

    /// The year.
    #[must_use]
    pub fn get_year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn get_month(self) -> Option<u8> {
        match self.rest {
            Rest::Month(month) | Rest::Day(month, _) => Some(month),
            Rest::Nothing | Rest::Season(_) => None,
        }
    }

    /// The day of the month.
    #[must_use]
    pub fn get_day(self) -> Option<u8> {
        if let Rest::Day(_, day) = self.rest { Some(day) } else { None }
    }

    /// The season.
    #[must_use]
    pub fn get_season(self) -> Option<Season> {
        if let Rest::Season(season) = self.rest { Some(season) } else { None }
    }
}

impl std::fmt::Display for PartialDate {
    /// EDTF: `2010`, `2010-11`, `2010-11-03`, `2010-21` (spring), `-0043`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.year {
            10_000.. | ..=-10_000 => write!(f, "Y{}", self.year)?,
            year if year < 0 => write!(f, "-{:04}", -year)?,
            year => write!(f, "{year:04}")?,
        }
        match self.rest {
            Rest::Nothing => Ok(()),
            Rest::Season(season) => write!(f, "-{}", season.number() + 20),
            Rest::Month(month) => write!(f, "-{month:02}"),
            Rest::Day(month, day) => write!(f, "-{month:02}-{day:02}"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = InvalidDate;

    /// Reads what [`Display`](std::fmt::Display) writes.
    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let (long, text) = text.strip_prefix(['Y', 'y']).map_or((false, text), |t| (true, t));
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let mut parts = digits.split('-');
        let year = parts.next().filter(|year| year.len() == 4 || long).ok_or(InvalidDate)?;
        let year = sign * number::<i32>(year)?;
        let month = parts.next().map(two_digits).transpose()?;
        let day = parts.next().map(two_digits).transpose()?;
        if parts.next().is_some() {
            return Err(InvalidDate);
        }
        match (month, day) {
            (None, _) => Ok(Self::year(year)),
            (Some(month @ 21..=24), None) => {
                Season::from_number(month - 20).map(|s| Self::season(year, s)).ok_or(InvalidDate)
            }
            (Some(month), None) => Self::month(year, month),
            (Some(month), Some(day)) => Self::day(year, month, day),
        }
    }
}

fn two_digits(text: &str) -> Result<u8, InvalidDate> {
    if text.len() == 2 { number(text) } else { Err(InvalidDate) }
}

fn number<T: FromStr>(text: &str) -> Result<T, InvalidDate> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().map_err(|_| InvalidDate)
    } else {
        Err(InvalidDate)
    }
}

/// What a [`Date`] says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DateForm {
    /// One point.
    Point(PartialDate),
    /// From a first to a last point; `None` is an open end. Not both are open in a date that
    /// this crate makes.
    Range(Option<PartialDate>, Option<PartialDate>),
    /// Words that are no date ("in press", "n. d.").
    Literal(String),
}

/// A date as a bibliography knows it.
///
/// [`Display`](std::fmt::Display) and [`FromStr`] use EDTF (ISO 8601-2 level 1), as BibLaTeX
/// does: `2010-11`, `2010/2012`, `2010/..`, `1850~`, `1850?`, `2010-21` for spring. Words that
/// are no EDTF do not parse; [`Date::literal`] holds them.
///
/// ```
/// use citelift::{Date, DateForm};
/// let date: Date = "2010-11/2011".parse()?;
/// assert!(matches!(date.form, DateForm::Range(Some(_), Some(_))));
/// assert_eq!(date.to_string(), "2010-11/2011");
/// assert_eq!(date.first_year(), Some(2010));
/// # Ok::<(), citelift::InvalidDate>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// The date itself.
    pub form: DateForm,
    /// Approximate: "c. 1850", EDTF `~`.
    pub circa: bool,
    /// Uncertain: "1850?", EDTF `?`.
    pub uncertain: bool,
}

impl Date {
    /// A year.
    #[must_use]
    pub fn year(year: i32) -> Self {
        PartialDate::year(year).into()
    }

    /// A range; `None` is an open end.
    #[must_use]
    pub fn range(first: Option<PartialDate>, last: Option<PartialDate>) -> Self {
        Self::of(DateForm::Range(first, last))
    }

    /// Words that are no date.
    #[must_use]
    pub fn literal(words: impl Into<String>) -> Self {
        Self::of(DateForm::Literal(words.into()))
    }

    fn of(form: DateForm) -> Self {
        Self { form, circa: false, uncertain: false }
    }

    /// The first point: the date itself, or a range's beginning (its end where it has none).
    #[must_use]
    pub fn first(&self) -> Option<PartialDate> {
        match self.form {
            DateForm::Point(point) => Some(point),
            DateForm::Range(first, last) => first.or(last),
            DateForm::Literal(_) => None,
        }
    }

    /// The year of the first point.
    #[must_use]
    pub fn first_year(&self) -> Option<i32> {
        self.first().map(PartialDate::get_year)
    }
}

impl From<PartialDate> for Date {
    fn from(point: PartialDate) -> Self {
        Self::of(DateForm::Point(point))
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mark = match (self.circa, self.uncertain) {
            (false, false) => "",
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "%",
        };
        let end = |f: &mut std::fmt::Formatter<'_>, end: &Option<PartialDate>| match end {
            Some(point) => write!(f, "{point}{mark}"),
            None => f.write_str(".."),
        };
        match &self.form {
            DateForm::Point(point) => write!(f, "{point}{mark}"),
            DateForm::Range(first, last) => {
                end(f, first)?;
                f.write_str("/")?;
                end(f, last)
            }
            DateForm::Literal(words) => f.write_str(words),
        }
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let text = text.trim();
        let mut circa = false;
        let mut uncertain = false;
        let mut point = |text: &str| {
            let bare = text.trim_end_matches(['~', '?', '%']);
            let marks = &text[bare.len()..];
            circa |= marks.contains(['~', '%']);
            uncertain |= marks.contains(['?', '%']);
            bare.parse::<PartialDate>()
        };
        let form = if let Some((first, last)) = text.split_once('/') {
            let mut end = |text: &str| match text {
                "" | ".." => Ok(None),
                text => point(text).map(Some),
            };
            match (end(first)?, end(last)?) {
                (None, None) => return Err(InvalidDate),
                (first, last) => DateForm::Range(first, last),
            }
        } else {
            DateForm::Point(point(text)?)
        };
        Ok(Self { form, circa, uncertain })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edtf_survives_reading_and_writing() {
        for text in [
            "2010",
            "2010-11",
            "2010-11-03",
            "2010-21",
            "2010/2012",
            "2010/..",
            "../2010",
            "1850~",
            "1850?",
            "1850%",
            "-0043",
            "0000",
            "Y12000",
            "1998-08-15/1998-08-30",
            "1850~/1860~",
        ] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_no_calendar_has_is_refused() {
        for text in [
            "2010-13",
            "2010-02-30",
            "2010-1",
            "20100",
            "",
            "/",
            "../..",
            "Mai 2010",
            "2010-25",
            "--12",
            "2010-11-03-04",
        ] {
            assert_eq!(text.parse::<Date>(), Err(InvalidDate), "{text}");
        }
    }
}
