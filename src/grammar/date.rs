//! Dates as people type them in citations: `2010`, `2010a`, `May 2011`, `23 June 2009`,
//! `2010, November 3`, `12.05.2010`, `2010-05-12`, `1998–2000`, `c. 1850`, `n.d.`.

use super::Parsed;
use crate::lexicon::{Class, lexicon};
use crate::work::{Date, DateForm, PartialDate, Season};
use nom::branch::alt;
use nom::bytes::complete::{take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, space0};
use nom::combinator::{map_opt, map_res, opt, recognize, verify};
use nom::sequence::{pair, preceded, terminated};
use nom::{Err, Parser as _, error::ErrorKind};

/// A date and the letter that tells works of one author and year apart (`2010a`).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypedDate {
    pub(crate) date: Date,
    pub(crate) suffix: Option<char>,
}

/// The years that a bare number of four digits is taken for.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 1450..=2099;

/// A date at the beginning of `input`.
pub(crate) fn date(input: &str) -> Parsed<'_, TypedDate> {
    let (rest, circa) = opt(circa).parse(input)?;
    let (rest, mut typed) = alt((words, points)).parse(rest)?;
    typed.date.circa |= circa.is_some();
    let (rest, mark) = opt(char('?')).parse(rest)?;
    typed.date.uncertain |= mark.is_some();
    Ok((rest, typed))
}

fn circa(input: &str) -> Parsed<'_, ()> {
    let (rest, word) = take_while1(char::is_alphabetic).parse(input)?;
    let (rest, stop) = opt(char('.')).parse(rest)?;
    let known = matches!(
        (word, stop),
        ("c" | "ca" | "C" | "Ca" | "approx", Some(_)) | ("circa" | "ca" | "um" | "vers", _)
    );
    let (rest, _) = space0.parse(rest)?;
    if known { Ok((rest, ())) } else { fail(input) }
}

/// `n.d.`, `forthcoming`: words in place of a date.
fn words(input: &str) -> Parsed<'_, TypedDate> {
    let len = [Class::NoDate, Class::Forthcoming]
        .into_iter()
        .find_map(|class| lexicon().phrase(input, class))
        .filter(|&len| !input[len..].starts_with(char::is_alphanumeric));
    match len {
        Some(len) => {
            let date = Date::literal(&input[..len]);
            Ok((&input[len..], TypedDate { date, suffix: None }))
        }
        None => fail(input),
    }
}

/// `1998–2000`, `May 2010 – June 2011`, `3–5 May 2010`, or one point in time, which is read once
/// for both.
fn points(input: &str) -> Parsed<'_, TypedDate> {
    let one = point(input);
    let range = days_range(input).or_else(|_| {
        let (rest, (first, _)) = one.clone()?;
        up_to(first, rest)
    });
    if let Ok((rest, (first, last))) = range
        && first <= last
    {
        return Ok((rest, TypedDate { date: Date::range(Some(first), Some(last)), suffix: None }));
    }
    let (rest, (point, suffix)) = one?;
    Ok((rest, TypedDate { date: point.into(), suffix }))
}

fn dash(input: &str) -> Parsed<'_, ()> {
    let (rest, _) = (space0, one_of("-–—‐‑/"), space0).parse(input)?;
    Ok((rest, ()))
}

/// The range from a date to the one behind a dash.
fn up_to(first: PartialDate, input: &str) -> Parsed<'_, (PartialDate, PartialDate)> {
    let (rest, _) = dash(input)?;
    if let Ok((after, (last, None))) = point(rest) {
        return Ok((after, (first, last)));
    }
    // `1998-99`, a shortened last year
    let (after, last) = terminated(digits(2), word_end).parse(rest)?;
    match (first.get_month(), first.get_year() / 100 * 100 + last) {
        (None, last) if last > first.get_year() => Ok((after, (first, PartialDate::year(last)))),
        _ => fail(input),
    }
}

fn days_range(input: &str) -> Parsed<'_, (PartialDate, PartialDate)> {
    let (rest, first) = day_number(input)?;
    let (rest, _) = dash(rest)?;
    let (rest, last) = point(rest)?;
    match (last.0.get_month(), last.0.get_day()) {
        (Some(month), Some(_)) => match PartialDate::day(last.0.get_year(), month, first) {
            Ok(first) => Ok((rest, (first, last.0))),
            Err(_) => fail(input),
        },
        _ => fail(input),
    }
}

/// One point in time, day, month, season or year.
fn point(input: &str) -> Parsed<'_, (PartialDate, Option<char>)> {
    alt((iso, numeric, day_month_year, month_day_year, month_year, year_month_day, year_alone))
        .parse(input)
}

/// `2010-05-12`, `2010/05/12`
fn iso(input: &str) -> Parsed<'_, (PartialDate, Option<char>)> {
    let (rest, year) = digits(4)(input)?;
    let (rest, mark) = one_of("-/.").parse(rest)?;
    let (rest, month) = digits(2)(rest)?;
    let (rest, day) = opt(preceded(char(mark), digits(2))).parse(rest)?;
    let (rest, ()) = word_end(rest)?;
    let date = match day {
        Some(day) => PartialDate::day(year, small(month), small(day)),
        // `2010-05` is a month, `1998-99` and `1910-11` are two years
        None if mark == '-' && month != year % 100 + 1 => PartialDate::month(year, small(month)),
        None => return fail(input),
    };
    date.map_or_else(|_| fail(input), |date| Ok((rest, (date, None))))
}

/// `12.05.2010`, `12/5/2010`: the day first, unless only the other order is a date.
fn numeric(input: &str) -> Parsed<'_, (PartialDate, Option<char>)> {
    let (rest, day) = up_to_two(input)?;
    let (rest, mark) = one_of("./-").parse(rest)?;
    let (rest, _) = space0.parse(rest)?;
    let (rest, month) = up_to_two(rest)?;
    let (rest, _) = char(mark).parse(rest)?;
    let (rest, _) = space0.parse(rest)?;
    let (rest, year) = year(rest)?;
    let (rest, ()) = word_end(rest)?;
    PartialDate::day(year, small(month), small(day))
        .or_else(|_| PartialDate::day(year, small(day), small(month)))
        .map_or_else(|_| fail(input), |date| Ok((rest, (date, None))))
}

/// `23 June 2009`, `1er janvier 2006`, `3. Mai 2010`, `12 de mayo de 2010`
fn day_month_year(input: &str) -> Parsed<'_, (PartialDate, Option<char>)> {
    let (rest, day) = day_number(input)?;
    let (rest, _) = glue(rest)?;
    let (rest, month) = month(rest)?;
    let (rest, _) = glue(rest)?;
    let (rest, year) = year(rest)?;
    let (rest, ()) = word_end(rest)?;
    PartialDate::day(year, month, day).map_or_else(|_| fail(input), |date| Ok((rest, (date, None))))
}

/// `June 23, 2009`
fn month_day_year(input: &str) -> Parsed<'_, (PartialDate, Option<char>)> {
    let (rest, month) = month(input)?;
    let (rest, _) = glue(rest)?;
    let (rest, day) = day_number(rest)?;
    let (rest, _) = glue(rest)?;
    let (rest, year) = year(rest)?;
    let (rest, ()) = word_end(rest)?;
    PartialDate::day(year, month, day).map_or_else(|_| fail(input), |date| Ok((rest, (date, None))))
}

/// `June 2009`, `Spring 2009`, `giugno-luglio 2009` (the first month)
fn month_year(input: &str) -> Parsed<'_, (PartialDate, Option<char>)> {
    let (rest, number) = month_or_season(input)?;
    let (rest, _) = opt(preceded(dash, month_or_season)).parse(rest)?;
    let (rest, _) = glue(rest)?;
    let (rest, (year, suffix)) = year_with_suffix(rest)?;
    dated(year, number, None).map_or_else(|| fail(input), |date| Ok((rest, (date, suffix))))
}

/// `2010, November 3`, `2010 Nov`, `2010, 3 November`
fn year_month_day(input: &str) -> Parsed<'_, (PartialDate, Option<char>)> {
    let (rest, (year, suffix)) = year_with_suffix(input)?;
    let (rest, _) = glue(rest)?;
    let month_then_day = |input| {
        let (rest, number) = month_or_season(input)?;
        let day = preceded(glue, terminated(day_number, followed_by_no_number));
        let (rest, day) = opt(day).parse(rest)?;
        Ok((rest, (number, day)))
    };
    let day_then_month = |input| {
        let (rest, day) = day_number(input)?;
        let (rest, _) = glue(rest)?;
        let (rest, number) = month_or_season(rest)?;
        Ok((rest, (number, Some(day))))
    };
    let (rest, (number, day)) = alt((day_then_month, month_then_day)).parse(rest)?;
    dated(year, number, day).map_or_else(|| fail(input), |date| Ok((rest, (date, suffix))))
}

fn year_alone(input: &str) -> Parsed<'_, (PartialDate, Option<char>)> {
    let (rest, (year, suffix)) = year_with_suffix(input)?;
    Ok((rest, (PartialDate::year(year), suffix)))
}

fn dated(year: i32, number: u8, day: Option<u8>) -> Option<PartialDate> {
    match (number, day) {
        (1..=12, Some(day)) => PartialDate::day(year, number, day).ok(),
        (1..=12, None) => PartialDate::month(year, number).ok(),
        (_, None) => number
            .checked_sub(20)
            .and_then(Season::from_number)
            .map(|s| PartialDate::season(year, s)),
        (_, Some(_)) => None,
    }
}

/// A month's number, 1 to 12.
pub(crate) fn month(input: &str) -> Parsed<'_, u8> {
    verify(month_or_season, |number| *number <= 12).parse(input)
}

fn month_or_season(input: &str) -> Parsed<'_, u8> {
    let word = terminated(take_while1(char::is_alphabetic), opt(char('.')));
    map_opt(word, |word| lexicon().month(word)).parse(input)
}

/// A day of a month, with the marks that languages put behind it.
fn day_number(input: &str) -> Parsed<'_, u8> {
    let (rest, day) = up_to_two(input)?;
    let (rest, mark) = take_while(char::is_alphabetic).parse(rest)?;
    let (rest, _) = opt(char('.')).parse(rest)?;
    if matches!(mark, "" | "st" | "nd" | "rd" | "th" | "er" | "e" | "º" | "°" | "日")
        && (1..=31).contains(&day)
    {
        Ok((rest, small(day)))
    } else {
        fail(input)
    }
}

/// A year in the years that citations have, and a letter behind it.
fn year_with_suffix(input: &str) -> Parsed<'_, (i32, Option<char>)> {
    let (rest, year) = year(input)?;
    let (rest, _) = opt(alt((char('年'), char('년')))).parse(rest)?;
    let (rest, suffix) =
        opt(nom::character::complete::satisfy(|c| c.is_ascii_lowercase())).parse(rest)?;
    let (rest, ()) = word_end(rest)?;
    Ok((rest, (year, suffix)))
}

fn year(input: &str) -> Parsed<'_, i32> {
    verify(digits(4), |year| YEARS.contains(year)).parse(input)
}

/// What may stand between the parts of a date.
fn glue(input: &str) -> Parsed<'_, ()> {
    let (rest, mark) = (space0, opt(one_of(",./")), space0).parse(input)?;
    let (rest, _) = opt(terminated(
        alt((nom::bytes::complete::tag("de"), nom::bytes::complete::tag("del"))),
        nom::character::complete::space1,
    ))
    .parse(rest)?;
    let empty = mark.0.is_empty() && mark.1.is_none() && mark.2.is_empty();
    if empty { fail(input) } else { Ok((rest, ())) }
}

fn digits(count: usize) -> impl Fn(&str) -> Parsed<'_, i32> {
    move |input| {
        map_res(
            terminated(take_while_m_n(count, count, |c: char| c.is_ascii_digit()), not_digit),
            str::parse,
        )
        .parse(input)
    }
}

fn up_to_two(input: &str) -> Parsed<'_, i32> {
    map_res(terminated(recognize(pair(one_digit, opt(one_digit))), not_digit), str::parse)
        .parse(input)
}

fn one_digit(input: &str) -> Parsed<'_, char> {
    nom::character::complete::satisfy(|c| c.is_ascii_digit()).parse(input)
}

fn not_digit(input: &str) -> Parsed<'_, ()> {
    if input.starts_with(|c: char| c.is_ascii_digit()) { fail(input) } else { Ok((input, ())) }
}

fn followed_by_no_number(input: &str) -> Parsed<'_, ()> {
    if input.starts_with([':', '(']) { fail(input) } else { Ok((input, ())) }
}

fn word_end(input: &str) -> Parsed<'_, ()> {
    if input.starts_with(char::is_alphanumeric) { fail(input) } else { Ok((input, ())) }
}

fn small(number: i32) -> u8 {
    u8::try_from(number).unwrap_or(0)
}

fn fail<T>(input: &str) -> Parsed<'_, T> {
    Err(Err::Error(nom::error::Error::new(input, ErrorKind::Verify)))
}

/// Whether a date says when: it is no literal.
pub(crate) fn is_real(date: &Date) -> bool {
    !matches!(date.form, DateForm::Literal(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, &str)> {
        date(text).ok().map(|(rest, typed)| (typed.date.to_string(), rest))
    }

    #[test]
    fn dates_of_many_hands() {
        for (text, edtf, rest) in [
            ("2010).", "2010", ")."),
            ("2010a.", "2010", "."),
            ("May 2011. Vol.", "2011-05", ". Vol."),
            ("23 June 2009.", "2009-06-23", "."),
            ("2010, November 3)", "2010-11-03", ")"),
            ("2007 Sep;3(4)", "2007-09", ";3(4)"),
            ("12.05.2010", "2010-05-12", ""),
            ("2010-05-12", "2010-05-12", ""),
            ("1998–2000)", "1998/2000", ")"),
            ("1998-99)", "1998/1999", ")"),
            ("1910-11)", "1910/1911", ")"),
            ("c. 1850", "1850~", ""),
            ("20 septembre 2019) : 1", "2019-09-20", ") : 1"),
            ("Spring 2009", "2009-21", ""),
            ("3–5 May 2010", "2010-05-03/2010-05-05", ""),
            ("n.d.)", "n.d.", ")"),
            ("1990?", "1990?", ""),
            ("2005, 122, 365", "2005", ", 122, 365"),
        ] {
            assert_eq!(read(text), Some((edtf.to_owned(), rest)), "{text}");
        }
    }

    #[test]
    fn numbers_that_are_no_date() {
        for text in ["12", "3456", "20100", "2010B5", "Mayor 2010", "", "52(2)", "194pp"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
