//! Raw records to works: what each tag means, and what is left over.
//!
//! Called by [`reader`](super::reader). The table says which fields a tag may hold in works of
//! the kind; the first of them that is free, or says the same, is taken. A value that finds none
//! is kept in the work's extras, and written back to RIS.

use super::date;
use super::split::{Entry, Raw};
use super::value::{Extent, NameValue, extent, folded, keywords, names, paragraphs, serial_field};
use super::variable::{self, Taken};
use crate::format::mapping::{
    BY_NAME, RIS_TYPE, Strength, kind_of_ris_type, ris_fields, ris_place, ris_type,
};
use crate::{
    Code, Date, Diagnostic, Extra, Field, FieldClass, Kind, Names, Origin, Span, Value, Work,
    doi_in, is_doi,
};

/// The work of a record, and what is doubted of it.
pub(super) fn work(raw: Raw) -> (Work, Vec<Diagnostic>) {
    let mut reading = Reading {
        work: Work::default(),
        doubts: raw.diagnostics,
        texts: Vec::new(),
        others: Vec::new(),
        told: None,
    };
    reading.kind(raw.kind.as_ref(), &raw.entries);
    let place = match (&raw.kind, raw.entries.first()) {
        (Some(entry), _) | (None, Some(entry)) => entry.span,
        (None, None) => Span::new(raw.offset, raw.offset),
    };
    let is_empty = raw.entries.iter().all(|entry| folded(&entry.value).is_empty());
    let mut sorted: Vec<(Strength, Vec<Field>, Entry)> = Vec::with_capacity(raw.entries.len());
    let (mut pages, mut dates, mut serials) = (Vec::new(), Vec::new(), Vec::new());
    let mut variables = Vec::new();
    for mut entry in raw.entries {
        if entry.value.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            reading.control_characters(&entry);
            entry.value.retain(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
        }
        if folded(&entry.value).is_empty() {
            continue;
        }
        match entry.tag.as_str() {
            "ID" => reading.key(&entry),
            "SP" | "EP" => pages.push(entry),
            "PY" | "Y1" | "DA" | "YR" => dates.push(entry),
            "SN" => serials.push(entry),
            BY_NAME => variables.push(entry),
            tag => {
                let (strength, fields) = ris_fields(tag, reading.work.kind);
                // The order of names is theirs, whatever their tags.
                let is_list = fields.first().is_some_and(|field| {
                    matches!(field.class(), FieldClass::Names | FieldClass::Keywords)
                });
                let strength = match is_list {
                    true => Strength::Own,
                    false if is_misplaced_doi(&entry) => Strength::Guess,
                    false => strength,
                };
                sorted.push((strength, fields, entry));
            }
        }
    }
    sorted.sort_by_key(|(strength, ..)| *strength);
    for (_, fields, entry) in &sorted {
        reading.entry(fields, entry);
    }
    for field in std::mem::take(&mut reading.others) {
        if let Some(names) = reading.work.names(field).cloned() {
            reading.set(field, Value::Names(Names { others: true, ..names }));
        }
    }
    reading.pages(&pages);
    reading.issued(&dates);
    reading.serials(&serials);
    reading.variables(&variables);
    if is_empty {
        reading.doubts.push(
            Diagnostic::new(
                Code::RecordEmpty,
                Some(place),
                "the record holds nothing but its type",
            )
            .assumed("a work without fields stands for it"),
        );
    }
    (reading.work, reading.doubts)
}

struct Reading {
    work: Work,
    doubts: Vec<Diagnostic>,
    /// Which tag a text field was read from.
    texts: Vec<(Field, String)>,
    /// Fields whose names are said to be more.
    others: Vec<Field>,
    /// The kind that a variable says.
    told: Option<Kind>,
}

impl Reading {
    /// Keeps a value that has no field.
    fn keep(&mut self, tag: &str, value: &str) {
        let value = folded(value);
        self.work.extra.push(Extra { origin: Origin::Ris, name: tag.to_owned(), value });
    }

    fn kind(&mut self, kind: Option<&Entry>, entries: &[Entry]) {
        let Some(entry) = kind else { return };
        let name = folded(&entry.value);
        let known = name.to_ascii_uppercase();
        let told = entries
            .iter()
            .filter(|entry| entry.tag == BY_NAME)
            .find_map(|entry| variable::kind(&entry.value, &known));
        match kind_of_ris_type(&known) {
            Some(kind) => {
                self.work.kind = told.unwrap_or(kind);
                self.told = told;
                if ris_type(&self.work) != known {
                    self.keep(RIS_TYPE, &known);
                }
            }
            None if name.is_empty() => self.doubts.push(
                Diagnostic::new(
                    Code::RisMissingType,
                    Some(entry.span),
                    "the record's `TY` names no type",
                )
                .assumed("it is read as `GEN`")
                .help("write a type behind `TY`, such as `JOUR` or `BOOK`"),
            ),
            None => {
                self.work.kind = Kind::Document;
                self.keep(RIS_TYPE, &name);
                self.doubts.push(
                    Diagnostic::new(
                        Code::RecordUnknownType,
                        Some(entry.span),
                        format!("`{name}` is no type of RIS"),
                    )
                    .assumed("the work is a document; the type is kept")
                    .help("write a type of the specification, such as `JOUR` or `BOOK`"),
                );
            }
        }
    }

    fn key(&mut self, entry: &Entry) {
        let key = folded(&entry.value);
        match &self.work.id {
            None => self.work.id = Some(key),
            Some(known) if *known == key => {}
            Some(_) => self.repeated(entry),
        }
    }

    fn control_characters(&mut self, entry: &Entry) {
        self.doubts.push(
            Diagnostic::new(
                Code::TextControlCharacters,
                Some(entry.span),
                format!("control characters stand in `{}`", entry.tag),
            )
            .assumed("they are left out"),
        );
    }

    /// A second value where one belongs.
    fn repeated(&mut self, entry: &Entry) {
        self.doubts.push(
            Diagnostic::new(
                Code::RecordFieldRepeated,
                Some(entry.span),
                format!("`{}` says another value than what stands already", entry.tag),
            )
            .assumed("the first is taken; this one is kept apart")
            .help("leave the right one"),
        );
        self.keep(&entry.tag, &entry.value);
    }

    fn unknown(&mut self, entry: &Entry) {
        self.doubts.push(
            Diagnostic::new(
                Code::RecordUnknownField,
                Some(entry.span),
                format!("`{}` has no place in the model", entry.tag),
            )
            .assumed("it is kept for RIS"),
        );
        self.keep(&entry.tag, &entry.value);
    }

    fn entry(&mut self, fields: &[Field], entry: &Entry) {
        let Some(&first) = fields.first() else { return self.unknown(entry) };
        match first.class() {
            FieldClass::Names => self.names(first, entry),
            FieldClass::Keywords => self.work.keyword.extend(keywords(&entry.value)),
            FieldClass::Date => self.accessed(first, entry),
            _ => self.text(fields, entry),
        }
    }

    fn names(&mut self, field: Field, entry: &Entry) {
        let mut list = self.work.names(field).cloned().unwrap_or_default();
        // A line without a tag behind a name is another name where all are inverted; else it is
        // the rest of a long one.
        let is_list = entry.value.split('\n').all(|line| line.contains(','));
        let end = if is_list { '\n' } else { '\0' };
        for line in entry.value.split(end).map(folded) {
            match names(&line) {
                Some(NameValue::Name(name)) => list.push(name),
                Some(NameValue::Several(several)) => {
                    self.doubts.push(
                        Diagnostic::new(
                            Code::RecordNameDoubtful,
                            Some(entry.span),
                            format!("`{}` holds {} names on one line", entry.tag, several.len()),
                        )
                        .assumed("they are read as that many persons")
                        .help("give each name a line of its own"),
                    );
                    list.list.extend(several);
                }
                Some(NameValue::Others) => {
                    self.others.push(field);
                    // RIS has no word for more names: the line itself goes back.
                    self.keep(&entry.tag, &line);
                }
                None if line.is_empty() => {}
                None => self.keep(&entry.tag, &line),
            }
        }
        self.set(field, Value::Names(list));
    }

    /// Sets a field to a value of its class.
    fn set(&mut self, field: Field, value: Value) {
        // The class is the field's own, so that nothing is refused.
        let _ = self.work.set(field, value);
    }

    fn text(&mut self, fields: &[Field], entry: &Entry) {
        let value = folded(&entry.value);
        // Old exports put the DOI where a type of work belongs.
        if is_misplaced_doi(entry) && self.work.doi.as_ref().is_none_or(|doi| *doi == value) {
            self.work.doi = Some(value);
            return;
        }
        for &field in fields {
            let value = match field {
                Field::Doi => doi_in(&value).unwrap_or(&value).to_owned(),
                Field::Abstract | Field::Annote | Field::Note => paragraphs(&entry.value),
                _ => value.clone(),
            };
            match self.work.text(field) {
                None if field.class() == FieldClass::Text
                    || field.class() == FieldClass::Number =>
                {
                    self.set(field, Value::Text(value));
                    if self.has_lost_place(field) {
                        self.work.clear(field);
                        continue;
                    }
                    self.texts.push((field, entry.tag.clone()));
                    return;
                }
                Some(known) if folded(known) == folded(&value) => return,
                Some(known) if self.is_more_of(field, &entry.tag) => {
                    let joined = format!("{known}\n{value}");
                    self.set(field, Value::Text(joined));
                    return;
                }
                _ => {}
            }
        }
        self.repeated(entry);
    }

    /// Whether a value of a tag that is there already belongs to the same text: notes and
    /// abstracts come in several lines of one tag.
    fn is_more_of(&self, field: Field, tag: &str) -> bool {
        matches!(field, Field::Abstract | Field::Annote | Field::Note)
            && self.texts.iter().any(|(known, from)| *known == field && from == tag)
    }

    /// Whether a field that was just set, or one whose tag it took, could not be written.
    fn has_lost_place(&self, field: Field) -> bool {
        [field, Field::EventTitle, Field::EventPlace]
            .into_iter()
            .any(|field| self.work.get(field).is_some() && ris_place(field, &self.work).is_none())
    }

    /// Variables by name, for fields that have no tag in this work.
    fn variables(&mut self, entries: &[Entry]) {
        for entry in entries {
            match variable::take(&mut self.work, &entry.value, self.told) {
                Taken::Read => {}
                Taken::Repeated => self.repeated(entry),
                Taken::Other => self.unknown(entry),
            }
        }
    }

    /// `Y2`, the one date beside that of publication.
    fn accessed(&mut self, field: Field, entry: &Entry) {
        let value = folded(&entry.value);
        let (date, has_rest) = self.date(entry, &value, None);
        match self.work.date(field) {
            Some(known) if *known != date => return self.repeated(entry),
            _ => self.set(field, Value::Date(date)),
        }
        if has_rest {
            self.keep(&entry.tag, &value);
        }
    }

    /// A date, words where it is none; whether it says more than the date holds.
    fn date(&mut self, entry: &Entry, value: &str, year: Option<i32>) -> (Date, bool) {
        let mut doubt = |message: String, assumed: String| {
            self.doubts.push(
                Diagnostic::new(Code::RecordDateNotUnderstood, Some(entry.span), message)
                    .assumed(assumed)
                    .help("write it as `YYYY/MM/DD/`"),
            );
        };
        match date::read(value, year) {
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
    fn issued(&mut self, entries: &[Entry]) {
        let values: Vec<String> = entries.iter().map(|entry| folded(&entry.value)).collect();
        let year = values.iter().find_map(|value| date::read(value, None)?.date.first_year());
        let mut taken: Option<Date> = None;
        let mut words = Vec::new();
        for (entry, value) in entries.iter().zip(&values) {
            let (date, has_rest) = self.date(entry, value, year);
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
                self.keep(&entry.tag, value);
            }
        }
        for (entry, value, date) in words {
            match &taken {
                None => taken = Some(date),
                Some(known) if *known == date => {}
                Some(_) => self.keep(&entry.tag, value),
            }
        }
        self.work.issued = taken;
    }

    fn pages(&mut self, entries: &[Entry]) {
        let of = |tag: &str| -> Vec<(&Entry, String)> {
            let entries = entries.iter().filter(|entry| entry.tag == tag);
            entries.map(|entry| (entry, folded(&entry.value))).collect()
        };
        let (firsts, mut lasts) = (of("SP"), of("EP"));
        let kind = self.work.kind;
        let first = firsts.iter().find(|(_, value)| extent(Some(value), None, kind).is_some());
        let found = if let Some((taken, first)) = first {
            let last = lasts.first().map(|(_, last)| last.as_str());
            let found = extent(Some(first), last, kind);
            let others: Vec<_> = firsts.iter().filter(|(_, value)| value != first).collect();
            for (entry, _) in others {
                self.repeated(entry);
            }
            let last = last.map(str::to_owned);
            lasts.retain(|(_, value)| Some(value) != last.as_ref());
            found.map(|found| (found, taken.span))
        } else {
            for (entry, _) in &firsts {
                self.unknown(entry);
            }
            let all = lasts.iter().map(|(_, last)| last.as_str()).collect::<Vec<_>>().join(", ");
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
            Some((Extent::Pages(pages), _)) => self.work.page = Some(pages),
            Some((Extent::Count(count), _)) => self.work.number_of_pages = Some(count),
            None => {}
        }
    }

    /// `SN`: ISBN and ISSN may stand side by side, and several of each.
    fn serials(&mut self, entries: &[Entry]) {
        let kind = self.work.kind;
        let values: Vec<(Field, String)> = entries
            .iter()
            .map(|entry| folded(&entry.value))
            .map(|value| (serial_field(&value, kind), value))
            .collect();
        let has_number = values.iter().any(|(field, _)| *field == Field::Number);
        for (entry, (field, value)) in entries.iter().zip(values) {
            // A report's own number takes the one tag.
            if has_number && field != Field::Number {
                self.repeated(entry);
                continue;
            }
            match self.work.text(field).map(str::to_owned) {
                None => self.set(field, Value::Text(value)),
                Some(known) if known == value => {}
                Some(known) => {
                    let joined = format!("{known} {value}");
                    let is_list = |text: &str| {
                        !text.contains('(') && field != Field::Number && is_valid(text, field)
                    };
                    if is_list(&joined) {
                        self.set(field, Value::Text(joined));
                    } else {
                        self.repeated(entry);
                    }
                }
            }
        }
    }
}

/// A DOI behind `M3`, which counts where `DO` tells none.
fn is_misplaced_doi(entry: &Entry) -> bool {
    entry.tag == "M3" && is_doi(&folded(&entry.value))
}

/// Whether every word of a text is an ISBN or ISSN.
fn is_valid(text: &str, field: Field) -> bool {
    let is_one = if field == Field::Isbn { crate::is_isbn } else { crate::is_issn };
    text.split(' ').all(is_one)
}

/// The names that a work says there are more of, as an extra tells RIS.
pub(super) fn tells_others(work: &Work, field: Field) -> bool {
    work.extra.iter().any(|extra| {
        extra.origin == Origin::Ris
            && names(&extra.value) == Some(NameValue::Others)
            && ris_fields(&extra.name, work.kind).1.first() == Some(&field)
    })
}
