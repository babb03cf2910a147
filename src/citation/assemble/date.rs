//! Dates: of issue and of access.

use super::Assembly;
use crate::grammar::date::{self, TypedDate, YEARS, is_real};
use crate::lex::{Lexed, TokenKind};
use crate::span::Span;
use crate::text::beginning;
use crate::text::roman;
use crate::work::{Date, DateForm, Field, PartialDate, Value};

impl Assembly<'_, '_> {
    pub(super) fn date(&mut self, span: Span, share: f32) {
        if let Some((year, edition)) = raised(self.of(span)) {
            let edition = Value::Text(edition.to_string());
            self.first(Field::Edition, edition, span, share);
            return self.first(Field::Issued, Value::Date(Date::year(year)), span, share);
        }
        let Some(typed) = date_in(self.of(span)) else {
            return self.loose_date(span);
        };
        let real = is_real(&typed.date);
        match &self.work.issued {
            None => self.put(Field::Issued, Value::Date(typed.date.clone()), span, share),
            Some(known) if real && (!is_real(known) || is_finer(known, &typed.date)) => {
                self.found.retain(|e| e.field != Field::Issued);
                self.put(Field::Issued, Value::Date(typed.date.clone()), span, share);
            }
            // another date than the one it has is a reprint's, an edition's, a hearing's
            Some(known) if *known != typed.date && real && !is_finer(&typed.date, known) => {
                self.left_over(span);
            }
            Some(_) => {}
        }
        if let Some(suffix) = typed.suffix
            && self.work.text(Field::YearSuffix).is_none()
        {
            self.put(Field::YearSuffix, Value::Text(suffix.to_string()), span, share);
        }
    }

    /// A day and a month without a year make the year more exact, whichever comes first; other
    /// words in a date's place are the date, as typed.
    fn loose_date(&mut self, span: Span) {
        let text = self.of(span);
        if month_in(text).is_some() && self.loose.is_none() {
            self.loose = Some(span);
        } else if self.work.issued.is_none() {
            let date = Date::literal(text);
            self.put(Field::Issued, Value::Date(date), span, 0.5);
        } else {
            self.left_over(span);
        }
    }

    /// Puts the day and month that stood apart to the year; where there is none, or a finer date
    /// stands already, they are a remark.
    pub(super) fn finer_date(&mut self) {
        let Some(span) = self.loose.take() else { return };
        let finer = month_in(self.of(span)).and_then(|(month, day)| {
            let Some(Date { form: DateForm::Point(point), circa, uncertain }) = self.work.issued
            else {
                return None;
            };
            if point.get_month().is_some() || point.get_season().is_some() {
                return None;
            }
            let year = point.get_year();
            let point = match day {
                Some(day) => PartialDate::day(year, month, day),
                None => PartialDate::month(year, month),
            };
            Some(Date { form: DateForm::Point(point.ok()?), circa, uncertain })
        });
        let Some(finer) = finer else { return self.left_over(span) };
        self.work.issued = Some(finer);
        let spans = self.joined.source(span);
        if let Some(found) = self.found.iter_mut().find(|e| e.field == Field::Issued) {
            found.spans.extend(spans);
        }
    }

    pub(super) fn accessed(&mut self, span: Span, share: f32) {
        match date_in(self.of(span)).filter(|typed| is_real(&typed.date)) {
            Some(typed) => {
                let date = a_month(typed.date);
                self.first(Field::Accessed, Value::Date(date), span, share);
            }
            None => self.left_over(span),
        }
    }
}

/// `2009-10`, read as two years, is October where it says when something was looked at.
fn a_month(date: Date) -> Date {
    let DateForm::Range(Some(first), Some(last)) = &date.form else { return date };
    let whole = first.get_month().is_none() && last.get_month().is_none();
    let month = u8::try_from(last.get_year() % 100).ok();
    let month = month.filter(|_| whole && last.get_year() == first.get_year() + 1);
    let month = month.and_then(|month| PartialDate::month(first.get_year(), month).ok());
    month.map_or(date, Date::from)
}

/// The date in a stretch that is one: from its first word on, or from a later one. A date that
/// takes in more of the text is better.
fn date_in(text: &str) -> Option<TypedDate> {
    if let Some(typed) = year_alone(text) {
        return Some(typed);
    }
    let text = &parted(beginning(text, LONGEST));
    let lexed = Lexed::plain(text);
    let mut best: Option<(usize, TypedDate)> = None;
    for token in 0..lexed.len().min(WORDS) {
        if lexed.get(token).is_some_and(|token| matches!(token.kind, TokenKind::Mark(_))) {
            continue;
        }
        let from = lexed.from(token);
        if let Ok((rest, typed)) = date::date(from) {
            let len = from.len() - rest.len();
            let better = best.as_ref().is_none_or(|(known, old)| {
                is_real(&typed.date) && !is_real(&old.date)
                    || len > *known && is_real(&typed.date) >= is_real(&old.date)
            });
            if better {
                best = Some((len, typed));
            }
        }
    }
    best.map(|(_, typed)| typed).or_else(|| {
        let year = roman_year(text)?;
        Some(TypedDate { date: Date::year(year), suffix: None })
    })
}

/// A year, and perhaps the letter behind it, and nothing else: most dates are such, and no grammar
/// has to be asked.
fn year_alone(text: &str) -> Option<TypedDate> {
    let (digits, letter) = text.split_at_checked(4)?;
    let suffix = match letter.as_bytes() {
        [] => None,
        [letter @ b'a'..=b'z'] => Some(char::from(*letter)),
        _ => return None,
    };
    let numeral = digits.bytes().all(|byte| byte.is_ascii_digit());
    let year = numeral.then(|| digits.parse().ok()).flatten()?;
    YEARS.contains(&year).then(|| TypedDate { date: Date::year(year), suffix })
}

/// A year as old prints have it: `MDCCLXXXIV`, `M.DC.V`.
fn roman_year(text: &str) -> Option<i32> {
    let letters: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let year = roman(&letters.to_lowercase())?.try_into().ok()?;
    (letters.len() >= 2 && YEARS.contains(&year)).then_some(year)
}

/// A year and the number of the edition that was raised before or behind it: `²1991`, and where a
/// PDF lost that, `21991`, `19912`.
fn raised(text: &str) -> Option<(i32, char)> {
    const RAISED: [char; 8] = ['²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    if text.chars().nth(4).is_none() || text.chars().nth(5).is_some() {
        return None;
    }
    let plain: String = text
        .chars()
        .map(|c| match RAISED.iter().zip('2'..='9').find(|(raised, _)| **raised == c) {
            Some((_, digit)) => digit,
            None => c,
        })
        .collect();
    if plain.len() != 5 || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year = |digits: &str| digits.parse().ok().filter(|year| PRINTED.contains(year));
    let edition = |c: Option<char>| c.filter(|c| ('2'..='9').contains(c));
    let before = edition(plain.chars().next()).and_then(|c| Some((year(&plain[1..])?, c)));
    before.or_else(|| Some((year(&plain[..4])?, edition(plain.chars().last())?)))
}

/// The years of books that tell their edition so.
const PRINTED: std::ops::RangeInclusive<i32> = 1700..=2049;

/// The longest date, in bytes, with room to spare.
const LONGEST: usize = 300;

/// A month and a year that are glued together (`Jun2010`) with a space between; and the signs of
/// Chinese and Japanese dates (`2015年5月7日`) as dashes.
fn parted(text: &str) -> String {
    let mut parted = String::with_capacity(text.len() + 2);
    let mut last = ' ';
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let glued = last.is_alphabetic() && c.is_ascii_digit() && !text[..at].ends_with("er");
        if glued {
            parted.push(' ');
        }
        let more = rest.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        match c {
            '年' | '月' | '년' | '월' if last.is_ascii_digit() && more => {
                let day = parted.len() - parted.rfind('-').map_or(0, |at| at + 1);
                if day == 1 {
                    let place = parted.len() - 1;
                    parted.insert(place, '0');
                }
                parted.push('-');
            }
            '日' | '일' if last.is_ascii_digit() => {
                let day = parted.len() - parted.rfind('-').map_or(0, |at| at + 1);
                if day == 1 {
                    let place = parted.len() - 1;
                    parted.insert(place, '0');
                }
            }
            _ => parted.push(c),
        }
        last = c;
    }
    parted
}

/// How many words of a date's stretch are tried.
const WORDS: usize = 24;

/// A month, and a day before or behind it, in a text without a year.
fn month_in(text: &str) -> Option<(u8, Option<u8>)> {
    let lexed = Lexed::plain(text);
    let at = (0..lexed.len().min(WORDS)).find(|&at| date::month(lexed.from(at)).is_ok())?;
    let (_, month) = date::month(lexed.from(at)).ok()?;
    let day = |at: usize| {
        let digits: String = lexed.word(at).chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u8>().ok().filter(|day| (1..=31).contains(day))
    };
    let before = at.checked_sub(1).and_then(|before| {
        day(before).or_else(|| {
            lexed.is_mark(before, '.').then(|| before.checked_sub(1)).flatten().and_then(day)
        })
    });
    Some((month, before.or_else(|| day(at + 1))))
}

/// Whether `new` says the month or day of the year that `known` says.
fn is_finer(known: &Date, new: &Date) -> bool {
    match (&known.form, &new.form) {
        (DateForm::Point(known), DateForm::Point(new)) => {
            known.get_year() == new.get_year()
                && known.get_month().is_none()
                && known.get_season().is_none()
                && (new.get_month().is_some() || new.get_season().is_some())
        }
        _ => false,
    }
}
