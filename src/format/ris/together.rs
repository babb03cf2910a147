//! What several tags of a record say together: dates, pages, serial numbers.
//!
//! Called by [`read`](super::read), whose reading of the record they add to. Where tags disagree,
//! the first is taken and the others are kept.

use super::date;
use super::read::Reading;
use super::value::{Extent, Role, Tagged, extent, is_number, serial_field};
use crate::{Code, Date, Diagnostic, Field, Pages, Value};
use std::borrow::Cow;
use std::collections::HashSet;

impl Reading {
    /// `Y2`, the one date beside that of publication.
    pub(super) fn accessed(&mut self, field: Field, entry: &Tagged<'_>) {
        let value = entry.folded();
        let reading = date::read(&value, None);
        let (date, has_rest) = self.date(entry, &value, reading);
        match self.work.date(field) {
            Some(known) if *known != date => return self.repeated(entry),
            _ => self.set(field, Value::Date(date)),
        }
        if has_rest {
            self.keep(entry.tag.as_str(), &value);
        }
    }

    /// A date, words where it is none; whether it says more than the date holds.
    fn date(
        &mut self,
        entry: &Tagged<'_>,
        value: &str,
        reading: Option<date::Reading>,
    ) -> (Date, bool) {
        let mut doubt = |message: String, assumed: String| {
            self.doubts.push(
                Diagnostic::new(Code::RecordDateNotUnderstood, Some(entry.span), message)
                    .assumed(assumed)
                    .help("write it as `YYYY/MM/DD/`"),
            );
        };
        match reading {
            Some(reading) => {
                if reading.has_rest {
                    doubt(
                        format!("`{}` is not understood whole: `{value}`", entry.tag),
                        format!("it is read as {}; the whole is kept", reading.date),
                    );
                }
                (reading.date, reading.has_rest)
            }
            None => {
                doubt(
                    format!("`{}` is no date: `{value}`", entry.tag),
                    "it is kept as words".to_owned(),
                );
                (Date::literal(value), false)
            }
        }
    }

    /// The date of publication: the finest of those that agree.
    pub(super) fn issued(&mut self, entries: &[Tagged<'_>]) {
        let entries = entries.iter().filter(|entry| entry.role == Role::Date);
        let values = entries.map(|entry| {
            let value = entry.folded();
            let reading = date::read(&value, None);
            (entry, value, reading)
        });
        let values: Vec<_> = values.collect();
        let mut years = values.iter().flat_map(|(.., reading)| reading);
        let year = years.find_map(|reading| reading.date.first_year());
        let mut taken: Option<Date> = None;
        let mut words = Vec::new();
        for (entry, value, reading) in values {
            // What is a date by itself needs no year.
            let reading = match reading {
                Some(reading) if !reading.has_rest => Some(reading),
                _ => date::read(&value, year),
            };
            let (date, has_rest) = self.date(entry, &value, reading);
            if date.first().is_none() {
                words.push((entry, value, date));
                continue;
            }
            match &taken {
                None => taken = Some(date),
                Some(known) => match date::finer(known, &date) {
                    Some(date) => taken = Some(date),
                    None => {
                        self.repeated(entry);
                        continue;
                    }
                },
            }
            if has_rest {
                self.keep(entry.tag.as_str(), &value);
            }
        }
        for (entry, value, date) in words {
            match &taken {
                None => taken = Some(date),
                Some(known) if *known == date => {}
                Some(_) => self.keep(entry.tag.as_str(), &value),
            }
        }
        self.work.issued = taken;
    }

    pub(super) fn pages(&mut self, entries: &[Tagged<'_>]) {
        let of_pages = || entries.iter().filter(|entry| entry.role == Role::Page);
        let mut some = of_pages();
        match [some.next(), some.next(), some.next()] {
            [None, ..] => return,
            // Nearly all records.
            [Some(first), Some(last), None]
                if first.tag == "SP"
                    && last.tag == "EP"
                    && is_number(&first.value)
                    && is_number(&last.value) =>
            {
                let pages = Pages::range(&*first.value, &*last.value);
                if !pages.are_backwards() {
                    self.work.page = Some(pages);
                    return;
                }
            }
            _ => {}
        }
        let of = |tag: &str| -> Vec<(&Tagged<'_>, Cow<'_, str>)> {
            let entries = of_pages().filter(|entry| entry.tag == tag);
            entries.map(|entry| (entry, entry.folded())).collect()
        };
        let (firsts, mut lasts) = (of("SP"), of("EP"));
        let kind = self.work.kind;
        let is_extent = |value: &str| is_number(value) || extent(Some(value), None, kind).is_some();
        let first = firsts.iter().find(|(_, value)| is_extent(value));
        let found = if let Some((taken, first)) = first {
            let place = lasts.first().map_or(taken.span, |(entry, _)| entry.span);
            let last = lasts.first().map(|(_, last)| &**last);
            let found = extent(Some(first), last, kind);
            let others: Vec<_> = firsts.iter().filter(|(_, value)| value != first).collect();
            for (entry, _) in others {
                self.repeated(entry);
            }
            let last = last.map(str::to_owned);
            lasts.retain(|(_, value)| Some(&**value) != last.as_deref());
            found.map(|found| (found, place))
        } else {
            for (entry, _) in &firsts {
                self.unknown(entry);
            }
            let all = lasts.iter().map(|(_, last)| &**last).collect::<Vec<_>>().join(", ");
            let span = lasts.first().map(|(entry, _)| entry.span);
            let found = span.and_then(|span| Some((extent(Some(&all), None, kind)?, span)));
            if let Some((_, span)) = &found {
                lasts.clear();
                self.doubts.push(
                    Diagnostic::new(
                        Code::RisEndPageAlone,
                        Some(*span),
                        format!("`EP` stands without `SP`: `{all}`"),
                    )
                    .assumed("it is read as the pages")
                    .help("write the first page behind `SP`"),
                );
            }
            found
        };
        for (entry, _) in &lasts {
            if found.is_some() { self.repeated(entry) } else { self.unknown(entry) }
        }
        match found {
            Some((Extent::Pages(pages), span)) => {
                if pages.are_backwards() {
                    let what = format!("the last page comes before the first: `{pages}`");
                    self.doubts.push(
                        Diagnostic::new(Code::CitationPagesBackwards, Some(span), what)
                            .assumed("both are kept as they stand")
                            .help("look the pages up"),
                    );
                }
                self.work.page = Some(pages);
            }
            Some((Extent::Count(count), _)) => self.work.number_of_pages = Some(count),
            None => {}
        }
    }

    /// `SN`: ISBN and ISSN may stand side by side, and several of each.
    pub(super) fn serials(&mut self, entries: &[Tagged<'_>]) {
        let mut entries = entries.iter().filter(|entry| entry.role == Role::Serial);
        let Some(first) = entries.next() else { return };
        let kind = self.work.kind;
        let Some(second) = entries.next() else {
            let value = first.folded();
            let field = serial_field(&value, kind);
            return match self.work.text(field) {
                Some(known) if known != value => self.repeated(first),
                _ => self.work.set_text(field, value.into_owned()),
            };
        };
        let entries: Vec<_> = [first, second].into_iter().chain(entries).collect();
        let values: Vec<(Field, String)> = entries
            .iter()
            .map(|entry| entry.folded().into_owned())
            .map(|value| (serial_field(&value, kind), value))
            .collect();
        // The first value, those behind it, and whether it is one that others may stand behind.
        let mut lists: Vec<(Field, String, bool)> = Vec::new();
        let mut seen = HashSet::new();
        for (entry, (field, value)) in entries.iter().zip(values) {
            // What is said twice is kept once.
            if !seen.insert(value.clone()) {
                continue;
            }
            let is_more = field != Field::Number && is_list(&value, field);
            match lists.iter_mut().find(|(known, ..)| *known == field) {
                None => match self.work.text(field) {
                    Some(known) if *known != value => self.repeated(entry),
                    _ => lists.push((field, value, is_more)),
                },
                Some((_, known, true)) if is_more => {
                    // `978-0-471-98635-5 (hbk.); 0-471-98635-0 (pbk.)`
                    let has_remark = known.contains('(') || value.contains('(');
                    known.push_str(if has_remark { "; " } else { " " });
                    known.push_str(&value);
                }
                Some(_) => self.repeated(entry),
            }
        }
        for (field, value, _) in lists {
            self.work.set_text(field, value);
        }
    }
}

/// Whether a text is nothing but ISBNs or ISSNs by their length, remarks in brackets aside. A
/// number with a slip in it is one more of them all the same.
fn is_list(text: &str, field: Field) -> bool {
    let mut depth = 0_usize;
    let bare: String = text
        .chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    let is_one = |token: &str| {
        let digits = token.chars().filter(|c| *c != '-').count();
        let fits = if field == Field::Isbn { matches!(digits, 10 | 13) } else { digits == 8 };
        fits && token.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | 'X' | 'x'))
    };
    let mut tokens = bare.split([' ', ',', ';']).filter(|token| !token.is_empty()).peekable();
    tokens.peek().is_some() && tokens.all(is_one)
}
