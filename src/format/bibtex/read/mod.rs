//! Builds works from the values of entries.
//!
//! Takes an entry's values, gives a work and what is doubted; called by
//! [`reader`](super::reader). What a type and a field mean stands in
//! [`mapping`](crate::format); how a value is read is said here. What the model has no field for
//! is kept raw as an [`Extra`], and written back.

mod dates;
mod habits;
mod titles;

use super::date_read;
use super::decode::{self, Doubt};
use super::name_read::{names, split_at};
use super::raw::brief;
use super::values::{Value as Raw, Values};
use crate::format::mapping::{
    Column, ENTRY_TYPE, Place, bib_field, bib_place, entry_type, kind_of_entry_type, role_field,
};
use crate::{
    Code, Date, Diagnostic, Extra, Field, FieldClass, Kind, Origin, PageRange, Pages, Span, Value,
    ValueRef, Work, doi_in,
};
use std::collections::{HashMap, HashSet};

/// The work of an entry, its inheritance settled; `None` for data that only others inherit.
pub(super) fn work(values: &Values<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Work> {
    if values.kind == "xdata" {
        return None;
    }
    if values.fields.iter().all(|field| field.raw.trim().is_empty()) {
        let message = format!("the `@{}` holds nothing", values.kind);
        // Of an entry that breaks off, that is said already.
        if values.is_closed {
            diagnostics.push(Diagnostic::new(Code::RecordEmpty, Some(values.kind_span), message));
        }
        if values.key.trim().is_empty() {
            return None;
        }
    }
    let mut reading = Reading {
        values,
        used: vec![false; values.fields.len()],
        work: Work::default(),
        keywords: HashSet::new(),
        diagnostics,
    };
    reading.kind();
    reading.key();
    reading.titles();
    reading.roles();
    reading.issued();
    reading.language();
    reading.eprint();
    reading.published_how();
    reading.fields();
    reading.controls();
    Some(reading.work)
}

struct Reading<'v, 'a, 'd> {
    values: &'v Values<'a>,
    used: Vec<bool>,
    work: Work,
    /// The keywords that are read.
    keywords: HashSet<String>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'v, 'a> Reading<'v, 'a, '_> {
    /// The first field of a name that nobody took, taken.
    fn take(&mut self, name: &str) -> Option<&'v Raw<'a>> {
        let at = self.find(name)?;
        self.used[at] = true;
        self.values.fields.get(at)
    }

    fn find(&self, name: &str) -> Option<usize> {
        let mut fields = self.values.fields.iter().zip(&self.used);
        fields.position(|(field, used)| !used && field.name == name)
    }

    fn peek(&self, name: &str) -> Option<&'v Raw<'a>> {
        self.values.fields.get(self.find(name)?)
    }

    fn kind(&mut self) {
        let name = &*self.values.kind;
        let kind = kind_of_entry_type(name);
        if kind.is_none() {
            let message = format!("`@{name}` is no entry type that is known");
            self.diagnostics.push(
                Diagnostic::new(Code::RecordUnknownType, Some(self.values.kind_span), message)
                    .assumed("it is read as `@misc`, and the type is kept"),
            );
        }
        self.work.kind = kind.unwrap_or_default();
        let subtype = self
            .peek("entrysubtype")
            .map(|raw| decode::text(&raw.raw, &mut Vec::new()).trim().to_ascii_lowercase());
        let told = match subtype.as_deref() {
            Some("magazine") => Some(Kind::ArticleMagazine),
            Some("newspaper") => Some(Kind::ArticleNewspaper),
            Some(name) => Kind::from_csl(name),
            None => None,
        };
        if let Some(told) = told {
            self.work.kind = told;
            self.take("entrysubtype");
        }
        let bare = Work::new(self.work.kind);
        let is_written = |column| entry_type(&bare, column).0 == name;
        if !is_written(Column::Bibtex) && !is_written(Column::Biblatex) {
            self.extra(ENTRY_TYPE, name);
        }
        // BibTeX's types of theses say what others say in `type`; that nothing is said of a
        // thesis is said by the subtype.
        if self.find("type").is_none() && told.is_none() {
            self.work.genre = match name {
                "mastersthesis" => Some("Master’s thesis".to_owned()),
                "phdthesis" => Some("PhD thesis".to_owned()),
                _ => None,
            };
        }
    }

    fn key(&mut self) {
        let key = self.values.key.trim();
        if key.is_empty() {
            let message = format!("the `@{}` has no key", self.values.kind);
            self.diagnostics.push(
                Diagnostic::new(Code::RecordNoKey, Some(self.values.kind_span), message)
                    .assumed("one is made where it is needed"),
            );
        } else {
            self.work.id = Some(key.to_owned());
        }
    }

    /// Editors of other kinds (biblatex 2.3.6): `editor` with `editortype`, `editora` and so on.
    fn roles(&mut self) {
        for (name, of_type) in [
            ("editor", "editortype"),
            ("editora", "editoratype"),
            ("editorb", "editorbtype"),
            ("editorc", "editorctype"),
        ] {
            let role = self.peek(of_type).map(|raw| raw.raw.trim().to_ascii_lowercase());
            let field = match role.as_deref() {
                Some("editor") => Some(Field::Editor),
                Some(role) => role_field(role),
                None => None,
            };
            if let Some(field) = field.filter(|field| self.work.get(*field).is_none())
                && let Some(raw) = self.take(name)
            {
                self.take(of_type);
                self.names(field, raw);
            }
        }
    }

    /// Everything else: first under the name that a writer gives it, then under others.
    fn fields(&mut self) {
        for by_own_name in [true, false] {
            for at in 0..self.values.fields.len() {
                if self.used[at] {
                    continue;
                }
                let Some(raw) = self.values.fields.get(at) else { continue };
                // What a book's children are to call it (BibTeX's cross-references) is none of
                // the book's own fields.
                if raw.name == "booktitle" && matches!(self.work.kind, Kind::Book | Kind::Classic) {
                    continue;
                }
                let Some(field) = bib_field(&raw.name, self.work.kind) else { continue };
                // `host = {University of Ports}` of another program is not known to be a name;
                // a writer names a field so where `editora` and its like are taken.
                let is_role =
                    matches!(bib_place(field, self.work.kind, Column::Bibtex), Place::Role(_));
                if is_role && raw.name != "director" && self.values.get("editorc").is_none() {
                    continue;
                }
                let is_own = [Column::Bibtex, Column::Biblatex].into_iter().any(|column| {
                    let place = bib_place(field, self.work.kind, column);
                    matches!(place, Place::Field(name) if name == raw.name)
                });
                if is_own == by_own_name {
                    self.used[at] = self.field(field, raw);
                }
            }
        }
        let is_left =
            |at: &usize| !self.used[*at] && !self.values.fields[*at].raw.trim().is_empty();
        let left: Vec<usize> = (0..self.values.fields.len()).filter(is_left).collect();
        if !left.is_empty() {
            self.left_over(&left);
        }
    }

    /// Control characters enter no field; one doubt for the whole entry.
    fn controls(&mut self) {
        let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        let found =
            self.values.fields.iter().find_map(|raw| Some((raw, raw.raw.find(is_control)?)));
        if let Some((raw, at)) = found {
            let place = raw.span.start + if raw.is_verbatim { at } else { 0 };
            let length = raw.raw[at..].chars().next().map_or(0, char::len_utf8);
            let span = if raw.is_verbatim { Span::new(place, place + length) } else { raw.span };
            let message =
                format!("`{}` of `{}` holds control characters", brief(&raw.name), self.owner());
            self.diagnostics.push(
                Diagnostic::new(Code::TextControlCharacters, Some(span), message)
                    .assumed("they are left out"),
            );
        }
    }

    /// What no field takes: kept raw. A name that stands twice is numbered.
    fn left_over(&mut self, places: &[usize]) {
        let fields: &'v [Raw<'a>] = &self.values.fields;
        // Ten thousand unknown fields, or one name ten thousand times, must not be looked for
        // among each other.
        let mut first: HashMap<&str, &Raw<'_>> = HashMap::new();
        for raw in fields {
            first.entry(&raw.name).or_insert(raw);
        }
        let mut kept: HashSet<String> =
            self.work.extra.iter().map(|extra| extra.name.clone()).collect();
        let mut next: HashMap<&str, usize> = HashMap::new();
        for raw in places.iter().filter_map(|&at| fields.get(at)) {
            let first = first.get(&*raw.name);
            let is_repeated = first.is_some_and(|first| !std::ptr::eq(*first, raw));
            if is_repeated && first.is_some_and(|first| first.raw == raw.raw) {
                continue;
            }
            let mut name = raw.name.to_string();
            if is_repeated {
                let number = next.entry(&raw.name).or_insert(2);
                while kept.contains(&format!("{name}_{number}")) {
                    *number += 1;
                }
                name = format!("{name}_{number}");
                self.repeated(raw, &name);
            }
            self.extra(&name, &raw.raw);
            kept.insert(name);
        }
    }

    /// Says that a field stands twice, and what the second is called.
    fn repeated(&mut self, raw: &Raw<'_>, name: &str) {
        let message = format!("`{}` stands twice in `{}`", brief(&raw.name), self.owner());
        self.diagnostics.push(
            Diagnostic::new(Code::RecordFieldRepeated, Some(raw.span), message)
                .assumed(format!("the first one counts, this one is kept as `{name}`"))
                .help("take one of the two out"),
        );
    }

    /// Reads a value into a field; `false` where the field has another value already.
    fn field(&mut self, field: Field, raw: &Raw<'_>) -> bool {
        if raw.raw.trim().is_empty() {
            return true;
        }
        let before = self.work.get(field).is_some();
        if before && matches!(field.class(), FieldClass::Date | FieldClass::Pages) {
            return false;
        }
        match field.class() {
            FieldClass::Names if before => return self.has_names(field, raw),
            FieldClass::Names => self.names(field, raw),
            FieldClass::Keywords => {
                let mut words = std::mem::take(&mut self.work.keyword);
                let divides =
                    if raw.raw.contains(';') && !raw.raw.contains(',') { b';' } else { b',' };
                for part in split_at(&raw.raw, divides).flat_map(|part| split_at(part, b';')) {
                    let word = decode::text(part.trim(), &mut Vec::new()).trim().to_owned();
                    if !word.is_empty() && self.keywords.insert(word.clone()) {
                        words.push(word);
                    }
                }
                self.work.keyword = words;
            }
            FieldClass::Date => {
                let text = self.date_text(raw);
                let date = date_read::date(&text).unwrap_or_else(|| {
                    self.no_date(&raw.name, &text, raw.span);
                    Date::literal(text)
                });
                self.put(field, Value::Date(date));
            }
            FieldClass::Pages => match self.pages(raw) {
                Some(pages) => self.put(field, Value::Pages(pages)),
                None => return false,
            },
            _ => {
                let text = match field {
                    Field::Url => decode::verbatim(&raw.raw),
                    Field::Doi => {
                        let doi = decode::verbatim(&raw.raw);
                        doi_in(&doi).map(str::to_owned).unwrap_or(doi)
                    }
                    Field::Abstract | Field::Annote | Field::Note => {
                        let mut doubts = Vec::new();
                        let text = decode::paragraphs(&raw.raw, &mut doubts);
                        self.doubted(raw, doubts);
                        text
                    }
                    _ => self.text(raw),
                };
                // ACM's `location` is where the conference met, beside the publisher's address.
                if field == Field::PublisherPlace
                    && raw.name == "location"
                    && self.work.kind == Kind::PaperConference
                    && self.work.publisher_place.as_ref().is_some_and(|place| *place != text)
                {
                    return self.put_text(Field::EventPlace, text, &raw.name);
                }
                return self.put_text(field, text, &raw.name);
            }
        }
        true
    }

    /// Sets a text, unless another stands there. A note and an addendum are one note.
    fn put_text(&mut self, field: Field, text: String, name: &str) -> bool {
        match self.work.text(field) {
            Some(before) if before == text => {}
            Some(_) if field == Field::Note && name == "addendum" => {
                let note = self.work.note.get_or_insert_default();
                note.push('\n');
                note.push_str(&text);
            }
            Some(_) => return false,
            None => self.put(field, Value::Text(text)),
        }
        true
    }

    /// Whether a field says the names that the work has already.
    fn has_names(&self, field: Field, raw: &Raw<'_>) -> bool {
        let names = names(&raw.raw, &mut Vec::new(), &mut Vec::new());
        matches!(self.work.get(field), Some(ValueRef::Names(before)) if before.eq(&names))
    }

    fn names(&mut self, field: Field, raw: &Raw<'_>) {
        let (mut doubts, mut doubtful) = (Vec::new(), Vec::new());
        let names = names(&raw.raw, &mut doubts, &mut doubtful);
        self.doubted(raw, doubts);
        for (name, what) in doubtful {
            let named = if name.is_empty() { String::new() } else { format!(": `{name}`") };
            self.diagnostics.push(
                Diagnostic::new(
                    Code::RecordNameDoubtful,
                    Some(raw.span),
                    format!("in `{}` of `{}` {what}{named}", brief(&raw.name), self.owner()),
                )
                .help("write `Family, Suffix, Given`, bodies in two pairs of braces"),
            );
        }
        self.put(field, Value::Names(names));
    }

    /// Pages: `--` divides first and last, so that pages may have hyphens of their own.
    fn pages(&mut self, raw: &Raw<'_>) -> Option<Pages> {
        let ranges: Vec<PageRange> = raw
            .raw
            .split([',', ';'])
            .filter_map(|part| {
                let plain = |text: &str| decode::fold(&decode::text(text, &mut Vec::new()));
                match part.split_once("--") {
                    Some((first, last)) => {
                        let (first, last) = (plain(first), plain(last.trim_start_matches('-')));
                        if first.is_empty() {
                            return plain(part).parse::<Pages>().ok()?.ranges().first().cloned();
                        }
                        Some(PageRange { first, last: (!last.is_empty()).then_some(last) })
                    }
                    None => plain(part).parse::<Pages>().ok()?.ranges().first().cloned(),
                }
            })
            .collect();
        Pages::from_ranges(ranges)
    }

    /// What messages call the entry.
    fn owner(&self) -> &'v str {
        brief(&self.values.key)
    }

    fn text(&mut self, raw: &Raw<'_>) -> String {
        let mut doubts = Vec::new();
        let text = decode::text(&raw.raw, &mut doubts).into_owned();
        self.doubted(raw, doubts);
        text
    }

    fn doubted(&mut self, raw: &Raw<'_>, doubts: Vec<Doubt>) {
        for doubt in doubts {
            let (code, range, what) = match &doubt {
                Doubt::Command(range) => {
                    (Code::BibtexUnknownCommand, range, "a command that is not known")
                }
                Doubt::Math(range) => {
                    (Code::BibtexUnbalancedMath, range, "a `$` without a partner")
                }
            };
            let spelled = raw.raw.get(range.clone()).unwrap_or_default();
            let span = if raw.is_verbatim {
                Span::new(raw.span.start + range.start, raw.span.start + range.end)
            } else {
                raw.span
            };
            let message =
                format!("`{}` of `{}` holds {what}: `{spelled}`", brief(&raw.name), self.owner());
            self.diagnostics.push(
                Diagnostic::new(code, Some(span), message).assumed("it stands as it is spelled"),
            );
        }
    }

    fn put(&mut self, field: Field, value: Value) {
        if matches!(&value, Value::Text(text) if text.trim().is_empty()) {
            return;
        }
        let set = self.work.set(field, value);
        debug_assert!(set.is_ok(), "{field:?} takes a value of its class");
    }

    fn extra(&mut self, name: &str, value: &str) {
        self.work.extra.push(Extra {
            origin: Origin::Bibtex,
            name: name.to_owned(),
            value: value.to_owned(),
        });
    }
}
