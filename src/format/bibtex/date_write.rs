//! Dates as `.bib` files have them: BibLaTeX's EDTF, BibTeX's `year` and `month`.
//!
//! Takes dates, adds fields to an entry; called by [`write`](super::write).

use super::Dialect;
use super::latex::push_rich;
use super::write::begin;
use crate::{Date, DateForm, PartialDate};
use std::fmt::Write;

pub(super) fn date_field(out: &mut String, name: &str, date: &Date) {
    begin(out, name);
    push_date(out, date);
    out.push('}');
}

/// A date in EDTF, or its words.
fn push_date(out: &mut String, date: &Date) {
    if let DateForm::Literal(words) = &date.form {
        push_rich(out, words);
    } else {
        // An open end is nothing or `..` to biblatex (2.3.8), and nothing alone to pandoc.
        out.push_str(&date.to_string().replace("..", ""));
    }
}

/// Whether a date is from one year to another and no more.
fn is_range_of_years(date: &Date) -> bool {
    let is_year = |point: &PartialDate| {
        point.get_month().is_none() && point.get_season().is_none() && point.get_year() > 0
    };
    match &date.form {
        DateForm::Range(Some(first), Some(last)) => {
            is_year(first) && is_year(last) && !date.circa && !date.uncertain
        }
        _ => false,
    }
}

/// The date of publication. BibTeX has `year` and `month` and nothing finer; `date`, which
/// BibTeX passes over and other readers prefer, says the rest.
pub(super) fn issued(out: &mut String, date: &Date, dialect: Dialect) {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let Some(first) = date.first() else {
        // Words are no EDTF; `year` takes them in both dialects (biblatex 2.2.2).
        date_field(out, "year", date);
        return;
    };
    if dialect == Dialect::Biblatex {
        date_field(out, "date", date);
        return;
    }
    let simple = matches!(date.form, DateForm::Point(_))
        && first.get_day().is_none()
        && first.get_season().is_none()
        && first.get_year() > 0
        && !date.circa
        && !date.uncertain;
    if !simple {
        date_field(out, "date", date);
    }
    begin(out, "year");
    // Before 1, as historians count and as styles print it: -44 is 44 BC.
    let _ = match i64::from(first.get_year()) {
        // A style can print that, and citation-js reads no `date`.
        _ if is_range_of_years(date) => write!(out, "{date}"),
        year @ 1000..=9999 => {
            push_year(out, year);
            Ok(())
        }
        year if year > 0 => write!(out, "{year:04}"),
        year => write!(out, "{}", year - 1),
    };
    out.push('}');
    if let Some(month) = first.get_month().and_then(|month| MONTHS.get(usize::from(month) - 1)) {
        out.push_str(",\n  month = ");
        out.push_str(month);
        // No field of BibTeX's own either, but all that citation-js reads of a day.
        if let (Some(day), DateForm::Point(_)) = (first.get_day(), &date.form) {
            let _ = write!(out, ",\n  day = {{{day}}}");
        }
    }
}

/// A year of four digits; `write!` takes as long as all other fields.
fn push_year(out: &mut String, year: i64) {
    for place in [1000, 100, 10, 1] {
        out.push(char::from(b'0' + (year / place % 10) as u8));
    }
}
