//! Spells works as RIS records.
//!
//! Called by the verbs of [`ris`](super). A value stands on one line, whatever it holds: the
//! specification has no continuation lines, and a line of its own could read as a tag
//! (`ER  - ` in an abstract would end the record).

use super::Options;
use super::creators::tells_others;
use super::value::{is_folded, is_space};
use super::variable;
use crate::format::loss::{Losses, Spaces, names};
use crate::format::mapping::{BY_NAME, RIS_TYPE, kind_of_ris_type, ris_place, ris_type};
use crate::format::with_annotation;
use crate::work::Season;
use crate::{
    Date, DateForm, Diagnostic, Field, Kind, Name, Origin, Pages, PartialDate, ValueRef, Work, key,
};
use std::fmt::Write;

/// Works as records, an empty line between.
pub(super) fn records(works: &[Work], options: &Options) -> String {
    let mut out = String::new();
    for (work, id) in works.iter().zip(key::unique(works, is_key)) {
        record(&mut out, work, &id, options);
    }
    out
}

/// What RIS cannot hold.
pub(super) fn losses(works: &[Work]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (work, id) in works.iter().zip(key::unique(works, is_key)) {
        let mut losses = Losses::of(work, "RIS", Origin::Ris);
        let read = read_back(work, &id);
        if kind_of_ris_type(ris_type(work)).is_some_and(|kind| kind != work.kind) {
            losses.kind(work.kind, &format!("`{}`, with the kind in `M2`,", ris_type(work)));
        }
        if let Some(given) = work.id.as_deref().filter(|given| *given != id) {
            losses.key(given, &id);
        }
        for (field, names) in names(work) {
            if names.others && !tells_others(work, field) {
                losses.reduced(field, "“and others”", "the names that are given are written");
            }
            if ris_place(field, work).is_some() && names.iter().any(is_ambiguous) {
                losses.reduced(field, "a comma inside a name", "it divides the name");
            }
        }
        for field in [Field::Abstract, Field::Annote, Field::Note] {
            if work.text(field).is_some_and(|text| text.trim().contains('\n')) {
                losses.reduced(field, "paragraphs", "they are written as one");
            }
        }
        for extra in work.extra.iter().filter(|extra| extra.origin == Origin::Ris) {
            if !is_tag(&extra.name) && extra.name != RIS_TYPE {
                losses.extra(&extra.name);
            }
        }
        // What programs make of a tag depends on the value (`SN  - 0003-2697` is an ISSN
        // whatever it was), so that only reading tells.
        losses.read_back(&read, Spaces::Folded);
        for (field, _) in work.fields().filter(|(field, _)| ris_place(*field, work).is_none()) {
            losses.elsewhere(field, "`M2`");
        }
        found.extend(losses.into_found());
    }
    found
}

/// The work as it is when the record that is written of it is read.
fn read_back(work: &Work, id: &str) -> Work {
    let mut text = String::new();
    record(&mut text, work, id, &Options::default());
    super::from_str(&text).works.into_iter().next().unwrap_or_default()
}

/// Whether a name holds a comma, which in RIS divides the parts of a person's name.
fn is_ambiguous(name: &Name) -> bool {
    match name {
        Name::Literal(body) => body.contains(','),
        Name::Person(person) => {
            let given = person.given.as_deref().unwrap_or("");
            person.family.contains(',') || given.contains(',')
        }
    }
}

/// Whether a key can stand behind `ID`.
pub(super) fn is_key(id: &str) -> bool {
    !id.is_empty() && !id.contains(|c: char| c.is_control() || c.is_whitespace())
}

fn record(out: &mut String, work: &Work, id: &str, options: &Options) {
    let work: &Work = &with_annotation(work, options.annotation);
    line(out, "TY", ris_type(work));
    line(out, "ID", id);
    let mut by_name = Vec::new();
    for (field, value) in work.fields() {
        let tags = ris_place(field, work);
        if variable::by_name(field, work.kind, tags) {
            by_name.push((field, value));
        }
        let Some([first, others @ ..]) = tags else { continue };
        match value {
            ValueRef::Names(names) => {
                for name in names {
                    name_line(out, first, name);
                }
            }
            ValueRef::Date(date) if field == Field::Issued => issued(out, date, work.kind),
            ValueRef::Date(date) => date_line(out, first, date),
            ValueRef::Pages(pages) => page_lines(out, pages),
            ValueRef::Keywords(words) => {
                for word in words {
                    line(out, first, word);
                }
            }
            ValueRef::Text(text) => {
                line(out, first, text);
                for tag in others {
                    line(out, tag, text);
                }
            }
        }
    }
    for variable in variable::lines(work, &by_name) {
        line(out, BY_NAME, &variable);
    }
    for extra in work.extra.iter().filter(|extra| extra.origin == Origin::Ris) {
        if is_tag(&extra.name) {
            line(out, &extra.name, &extra.value);
        }
    }
    out.push_str("ER  - \r\n\r\n");
}

/// Whether a name from elsewhere is a tag, and none that has a meaning for the record.
pub(super) fn is_tag(name: &str) -> bool {
    matches!(name.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z' | b'0'..=b'9'])
        && !matches!(name, "TY" | "ER")
}

fn line(out: &mut String, tag: &str, value: &str) {
    begin(out, tag);
    push(out, value);
    out.push_str("\r\n");
}

fn begin(out: &mut String, tag: &str) {
    out.push_str(tag);
    out.push_str("  - ");
}

/// Adds a value in one line: white space of every kind, and any amount, is one space, controls
/// go. `&lt;` stays as it is, though Zotero and our own reader take it for `<`: what would save it
/// there (`&amp;lt;`) is what every other program would show, and a text that holds an entity is
/// nearly always one that a web page left behind. [`losses`] names such texts.
/// Two spaces and a hyphen inside a value are a tag to citation-js (`said TY  - JOUR`).
fn push(out: &mut String, value: &str) {
    if is_folded(value) {
        out.push_str(value);
        return;
    }
    for (index, word) in value.split(is_space).filter(|word| !word.is_empty()).enumerate() {
        if index > 0 {
            out.push(' ');
        }
        if word.contains(char::is_control) {
            out.extend(word.chars().filter(|c| !c.is_control()));
        } else {
            out.push_str(word);
        }
    }
}

/// A name, inverted. A comma ends a name of one part, so that none of its words is taken for a
/// given name.
fn name_line(out: &mut String, tag: &str, name: &Name) {
    begin(out, tag);
    match name {
        Name::Literal(body) => {
            push(out, body);
            out.push(',');
        }
        Name::Person(person) => {
            for particle in person.dropping_particle.iter().chain(&person.non_dropping_particle) {
                push(out, particle);
                out.push(' ');
            }
            push(out, &person.family);
            out.push(',');
            if let Some(given) = &person.given {
                out.push(' ');
                push(out, given);
            }
            if let Some(suffix) = &person.suffix {
                // Without a given name its place stays empty.
                out.push_str(if person.given.is_some() { ", " } else { " , " });
                push(out, suffix);
            }
        }
    }
    out.push_str("\r\n");
}

/// `PY` the year alone, `DA` what is known beyond it; for a conference, where `PY` is the year
/// of the event, both.
fn issued(out: &mut String, date: &Date, kind: Kind) {
    if let DateForm::Literal(words) = &date.form {
        line(out, "PY", words);
        return;
    }
    let Some(first) = date.first() else { return };
    begin(out, "PY");
    push_year(out, first);
    out.push_str("\r\n");
    let only_a_year =
        first.get_month().is_none() && matches!(date.form, DateForm::Point(_)) && !is_special(date);
    if !only_a_year || kind == Kind::PaperConference {
        date_line(out, "DA", date);
    }
}

/// Whether a date says what stands in RIS's fourth part.
fn is_special(date: &Date) -> bool {
    date.circa
        || date.uncertain
        || matches!(date.form, DateForm::Range(..))
        || date.first().is_some_and(|first| first.get_season().is_some())
}

/// `YYYY/MM/DD/other`: the slashes stand even where a part is not known. The fourth part takes
/// words: a season, `circa`, and the end of a range.
fn date_line(out: &mut String, tag: &str, date: &Date) {
    begin(out, tag);
    match (date.first(), &date.form) {
        (Some(first), form) => {
            push_year(out, first);
            out.push('/');
            if let Some(month) = first.get_month() {
                push_number(out, month.into(), 2);
            }
            out.push('/');
            if let Some(day) = first.get_day() {
                push_number(out, day.into(), 2);
            }
            out.push('/');
            let mut before = "";
            if let Some(season) = first.get_season() {
                out.push_str(season_word(season));
                before = " ";
            }
            match form {
                DateForm::Range(Some(_), last) => {
                    let last = last.map_or_else(String::new, |last| format!(" {last}"));
                    let _ = write!(out, "{before}to{last}");
                    before = " ";
                }
                DateForm::Range(None, _) => {
                    let _ = write!(out, "{before}until");
                    before = " ";
                }
                DateForm::Point(_) | DateForm::Literal(_) => {}
            }
            for (is_so, word) in [(date.circa, "circa"), (date.uncertain, "uncertain")] {
                if is_so {
                    let _ = write!(out, "{before}{word}");
                    before = " ";
                }
            }
        }
        (None, DateForm::Literal(words)) => push(out, words),
        (None, _) => {}
    }
    out.push_str("\r\n");
}

/// A year of four digits. Years before 1 are counted as historians do: -44 is 44 BC.
fn push_year(out: &mut String, point: PartialDate) {
    let year = point.get_year();
    if year > 0 {
        push_number(out, year.unsigned_abs(), 4);
    } else {
        out.push('-');
        push_number(out, year.unsigned_abs() + 1, 1);
    }
}

/// A number of so many digits at least, which `write!` takes ten times as long for.
fn push_number(out: &mut String, number: u32, least: usize) {
    let mut digits = [b'0'; 10];
    let mut rest = number;
    let mut first = digits.len();
    for (at, digit) in digits.iter_mut().enumerate().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        first = at;
        if rest == 0 {
            break;
        }
    }
    let first = first.min(digits.len().saturating_sub(least));
    out.extend(digits.iter().skip(first).map(|&digit| char::from(digit)));
}

fn season_word(season: Season) -> &'static str {
    match season {
        Season::Spring => "Spring",
        Season::Summer => "Summer",
        Season::Autumn => "Autumn",
        Season::Winter => "Winter",
    }
}

/// `SP` and `EP` for one range; several ranges stand in `SP` together.
fn page_lines(out: &mut String, pages: &Pages) {
    match pages.ranges() {
        [range] => {
            line(out, "SP", &range.first);
            if let Some(last) = &range.last {
                line(out, "EP", last);
            }
        }
        _ => line(out, "SP", &pages.to_string()),
    }
}
