//! Builds works from the values of entries.
//!
//! Takes an entry's values, gives a work and what is doubted; called by
//! [`reader`](super::reader). What a type and a field mean stands in
//! [`mapping`](crate::format); how a value is read is said here. What the model has no field for
//! is kept raw as an [`Extra`], and written back.

mod dates;
mod habits;
mod looks;
mod pages;
mod rest;
mod titles;
mod used;

use super::bytes::{any, trimmed};
use super::date_read;
use super::decode::{self, Doubt};
use super::journal;
use super::name_read::{names, split_at};
use super::raw::brief;
use super::values::{Value as Raw, Values, sign};
use crate::format::mapping::{
    ENTRY_TYPE, bib_meaning, is_type_of, kind_of_entry_type, kind_with_event, own_entry_type,
    role_field,
};
use crate::{
    Code, Date, Diagnostic, Extra, Field, FieldClass, Kind, Origin, Span, Value, ValueRef, Work,
    doi_in, is_doi,
};
use std::borrow::Cow;
use std::collections::HashSet;
use used::Used;

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
        used: Used::default(),
        signs: values.fields.iter().fold(0, |signs, field| signs | field.sign),
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
    reading.genre();
    reading.fields();
    reading.controls();
    reading.looks();
    Some(reading.work)
}

/// What says that there was an event.
const EVENT: [&str; 3] = ["eventtitle", "eventdate", "venue"];

/// A number without the word that says what it is: `ISBN: 0-00-000001-9`.
fn without_label(text: &str) -> &str {
    let behind = ["ISBN", "ISSN"].iter().find_map(|word| text.strip_prefix(word)).map(|behind| {
        let behind =
            ["-13", "-10"].iter().find_map(|kind| behind.strip_prefix(kind)).unwrap_or(behind);
        behind.trim_start_matches([':', ' ', '\u{a0}'])
    });
    behind.filter(|behind| !behind.is_empty()).unwrap_or(text)
}

/// Whether a text is nothing but white space.
fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

struct Reading<'v, 'a, 'd> {
    values: &'v Values<'a>,
    used: Used,
    /// The signs of all names, which tell of most names at once that none is it.
    signs: u64,
    work: Work,
    /// The keywords that are read, where they are many.
    keywords: HashSet<String>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'v, 'a> Reading<'v, 'a, '_> {
    /// The first field of a name that nobody took, taken.
    fn take(&mut self, name: &str) -> Option<&'v Raw<'a>> {
        let at = self.find(name)?;
        self.used.add(at);
        self.values.fields.get(at)
    }

    #[inline]
    fn find(&self, name: &str) -> Option<usize> {
        let sign = sign(name);
        if self.signs & sign == 0 { None } else { self.search(name, sign) }
    }

    fn search(&self, name: &str, sign: u64) -> Option<usize> {
        let mut fields = self.values.fields.iter().enumerate();
        let is_it = |(at, field): &(usize, &Raw<'_>)| {
            field.sign == sign && !self.used.holds(*at) && field.name == name
        };
        fields.find(is_it).map(|(at, _)| at)
    }

    fn peek(&self, name: &str) -> Option<&'v Raw<'a>> {
        self.values.fields.get(self.find(name)?)
    }

    fn has(&self, name: &str) -> bool {
        self.signs & sign(name) != 0
            && self.values.get(name).is_some_and(|raw| !raw.raw.trim().is_empty())
    }

    fn kind(&mut self) {
        let name = own_entry_type(&self.values.kind);
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
        } else if EVENT.iter().any(|name| self.has(name)) {
            self.work.kind = kind_with_event(self.work.kind);
        }
        if !is_type_of(name, self.work.kind) {
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
        let key = trimmed(&self.values.key);
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
        let mut others = false;
        for by_own_name in [true, false] {
            if !by_own_name && !others {
                break;
            }
            for (at, raw) in self.values.fields.iter().enumerate() {
                if self.used.holds(at) {
                    continue;
                }
                // What a book's children are to call it (BibTeX's cross-references) is none of
                // the book's own fields.
                if raw.name == "booktitle" && matches!(self.work.kind, Kind::Book | Kind::Classic) {
                    continue;
                }
                let Some(meaning) = bib_meaning(&raw.name, self.work.kind) else { continue };
                // `host = {University of Ports}` of another program is not known to be a name;
                // a writer names a field so where `editora` and its like are taken.
                if meaning.is_role && raw.name != "director" && self.values.get("editorc").is_none()
                {
                    continue;
                }
                others |= !meaning.is_own;
                if meaning.is_own == by_own_name && self.field(meaning.field, raw) {
                    self.used.add(at);
                }
            }
        }
        let is_left =
            |at: &usize| !self.used.holds(*at) && !self.values.fields[*at].raw.trim().is_empty();
        let left: Vec<usize> = (0..self.values.fields.len()).filter(is_left).collect();
        if !left.is_empty() {
            self.left_over(&left);
        }
    }

    /// Reads a value into a field; `false` where the field has another value already.
    fn field(&mut self, field: Field, raw: &Raw<'_>) -> bool {
        if is_blank(&raw.raw) {
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
                let divides = match (raw.raw.contains(','), raw.raw.contains(';')) {
                    (false, true) => b';',
                    // EndNote writes each on a line of its own; other programs indent a line
                    // that goes on.
                    (false, false) if !raw.raw.contains(['\t', '\r']) => {
                        if raw.raw.contains("\n ") { b',' } else { b'\n' }
                    }
                    _ => b',',
                };
                if any(raw.raw.as_bytes(), |byte, _| {
                    u8::from(byte == b'{') | u8::from(byte == b'}') | u8::from(byte == b'\\')
                }) {
                    for part in split_at(&raw.raw, divides).flat_map(|part| split_at(part, b';')) {
                        self.keyword(part, &mut words);
                    }
                } else {
                    let divides = |c| c == char::from(divides) || c == ';';
                    raw.raw.split(divides).for_each(|part| self.keyword(part, &mut words));
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
                        // Wiley's old DOIs have angle brackets, which come as entities.
                        let mut doi = decode::verbatim(&raw.raw);
                        if doi.starts_with("10.") && is_doi(&doi) && !doi.contains('&') {
                            return self.put_text(field, doi, &raw.name, before);
                        }
                        if doi.contains('&') {
                            doi = doi.replace("&lt;", "<").replace("&gt;", ">");
                        }
                        let slash = || doi.replacen("%2F", "/", 1).replacen("%2f", "/", 1);
                        match doi_in(&doi) {
                            Some(found) if found.len() == doi.len() => doi,
                            Some(found) => found.to_owned(),
                            None => doi_in(&slash()).map(str::to_owned).unwrap_or(doi),
                        }
                    }
                    Field::Abstract | Field::Annote | Field::Note => {
                        let mut doubts = Vec::new();
                        let text = decode::paragraphs(&raw.raw, &mut doubts);
                        self.doubted(raw, doubts);
                        text
                    }
                    Field::Isbn | Field::Issn => without_label(&self.decoded(raw)).to_owned(),
                    Field::ContainerTitle => match journal::of_macro(&raw.raw) {
                        Some(title) => title.to_owned(),
                        None => self.text(raw),
                    },
                    _ => self.text(raw),
                };
                // ACM's `location` is where the conference met, beside the publisher's address.
                if field == Field::PublisherPlace
                    && raw.name == "location"
                    && self.work.kind == Kind::PaperConference
                    && self.work.publisher_place.as_ref().is_some_and(|place| *place != text)
                {
                    let before = self.work.event_place.is_some();
                    return self.put_text(Field::EventPlace, text, &raw.name, before);
                }
                return self.put_text(field, text, &raw.name, before);
            }
        }
        true
    }

    fn keyword(&mut self, part: &str, words: &mut Vec<String>) {
        let word = decode::text(trimmed(part), &mut Vec::new());
        let word = trimmed(&word);
        if !word.is_empty() && self.is_new_keyword(word, words) {
            words.push(word.to_owned());
        }
    }

    /// Whether a keyword is none of those before it. A few are gone through; a million must not
    /// be, over and over.
    fn is_new_keyword(&mut self, word: &str, before: &[String]) -> bool {
        const FEW: usize = 16;
        if before.len() < FEW {
            return !before.iter().any(|before| before == word);
        }
        if self.keywords.len() < before.len() {
            self.keywords.extend(before.iter().cloned());
        }
        self.keywords.insert(word.to_owned())
    }

    /// Sets a text, unless another stands there, as `before` says. A note and an addendum are one
    /// note.
    fn put_text(&mut self, field: Field, text: String, name: &str, before: bool) -> bool {
        let before = if before { self.work.text(field) } else { None };
        match before {
            Some(before) if before == text => {}
            Some(_) if field == Field::Note && name == "addendum" => {
                let note = self.work.note.get_or_insert_default();
                note.push('\n');
                note.push_str(&text);
            }
            Some(_) => return false,
            None if is_blank(&text) => {}
            None => match self.work.text_member(field) {
                Some(member) => *member = Some(text),
                None => self.put(field, Value::Text(text)),
            },
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

    /// What messages call the entry.
    fn owner(&self) -> &'v str {
        brief(&self.values.key)
    }

    fn text(&mut self, raw: &Raw<'_>) -> String {
        self.decoded(raw).into_owned()
    }

    fn decoded<'t>(&mut self, raw: &'t Raw<'_>) -> Cow<'t, str> {
        let mut doubts = Vec::new();
        let text = decode::text(&raw.raw, &mut doubts);
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
        if matches!(&value, Value::Text(text) if is_blank(text)) {
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
