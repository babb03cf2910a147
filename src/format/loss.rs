//! What a format cannot hold, said before anything is written.
//!
//! Takes a work and a format's own knowledge, gives diagnostics; each format's `losses` is built
//! of these. A diagnostic names the work by its title and points at the value in the source
//! where the work carries evidence.

use super::Format;
use super::mapping::{ENTRY_TYPE, RIS_TYPE};
use crate::{
    Code, DateForm, Diagnostic, Extra, Field, Kind, Name, Names, Origin, Span, ValueRef, Work,
};

/// Collects the losses of one work in one format.
pub(super) struct Losses<'a> {
    work: &'a Work,
    format: &'static str,
    found: Vec<Diagnostic>,
    /// The fields that were named already.
    named: Vec<Field>,
}

impl<'a> Losses<'a> {
    /// Begins with what every format loses: control characters, and what another format alone
    /// has a place for.
    pub(super) fn of(work: &'a Work, format: &'static str, origin: Origin) -> Self {
        let mut losses = Self { work, format, found: Vec::new(), named: Vec::new() };
        for (field, value) in work.fields() {
            if holds_control(value) && origin != Origin::CslJson {
                losses.add(
                    Code::TextControlCharacters,
                    Some(field),
                    format!("control characters stand in `{}`", field.as_str()),
                    "they are left out",
                );
            }
        }
        // The kind says what the type of another format said, as well as this format can.
        let is_type =
            |extra: &&Extra| matches!(extra.name.as_str(), ENTRY_TYPE | RIS_TYPE | "type");
        for extra in work.extra.iter().filter(|extra| extra.origin != origin && !is_type(extra)) {
            losses.extra(&extra.name);
        }
        losses
    }

    /// A value that the model has no field for, and the format neither.
    pub(super) fn extra(&mut self, name: &str) {
        let message = format!("`{name}` has no place in {}", self.format);
        self.add(Code::OutputFieldLost, None, message, "it is left out");
    }

    /// A value that the model has no field for, and whose own name another value has.
    pub(super) fn taken(&mut self, name: &str) {
        let message = format!("`{name}` stands in {} with another value", self.format);
        self.add(Code::OutputFieldLost, None, message, "this one is left out");
    }

    /// A field of which a part is written.
    pub(super) fn reduced(&mut self, field: Field, what: &str, assumed: &str) {
        let message = format!("{} cannot hold {what} in `{}`", self.format, field.as_str());
        self.add(Code::OutputValueReduced, Some(field), message, assumed);
    }

    /// A kind without a type.
    pub(super) fn kind(&mut self, kind: Kind, written: &str) {
        let message = format!("{} has no type for `{kind}`", self.format);
        self.add(Code::OutputKindLost, None, message, format!("{written} is written"));
    }

    /// A key that cannot stand.
    pub(super) fn key(&mut self, id: &str, written: &str) {
        let message = format!("the key `{id}` cannot stand in {} as it is", self.format);
        self.add(Code::OutputKeyChanged, None, message, format!("`{written}` is written"));
    }

    /// A field that stands where few programs look for it, unless worse is said of it already.
    pub(super) fn elsewhere(&mut self, field: Field, place: &str) {
        if self.named.contains(&field) {
            return;
        }
        let message = format!("`{}` has no place of its own in {}", field.as_str(), self.format);
        let assumed = format!("it stands in {place}, which not every program reads");
        self.add(Code::OutputValueReduced, Some(field), message, assumed);
    }

    /// Compares the work with what its own writing reads back as: whatever is not the same and
    /// was not named yet is named now, so that no loss goes unsaid; so is what is read where
    /// nothing was.
    pub(super) fn read_back(&mut self, read: &Work, spaces: Spaces) {
        let changed: Vec<Field> = self
            .work
            .fields()
            .filter(|(field, _)| !self.named.contains(field))
            .filter(|(field, value)| !comes_back(*value, read.get(*field), spaces))
            .map(|(field, _)| field)
            .collect();
        for field in changed {
            self.reduced(field, "this value as it is", "it is read back as another");
        }
        let is_new = |field: &Field| self.work.get(*field).is_none() && !self.named.contains(field);
        let added: Vec<Field> = read.fields().map(|(field, _)| field).filter(is_new).collect();
        for field in added {
            let message =
                format!("{} cannot say that there is no `{}`", self.format, field.as_str());
            let assumed = "another value is read as that too";
            self.add(Code::OutputValueReduced, Some(field), message, assumed);
        }
    }

    pub(super) fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }

    fn add(
        &mut self,
        code: Code,
        field: Option<Field>,
        message: String,
        assumed: impl Into<String>,
    ) {
        let named = named(self.work, message);
        let span = field.and_then(|field| self.span(field));
        self.named.extend(field);
        self.found.push(Diagnostic::new(code, span, named).assumed(assumed));
    }

    fn span(&self, field: Field) -> Option<Span> {
        self.work.evidence.as_deref()?.of(field, 0)?.spans.first().copied()
    }
}

/// A key that is not written where works are written one by one: it cannot stand, or an earlier
/// work has it.
pub(super) fn key_changed(
    work: &Work,
    format: Format,
    id: &str,
    written: &str,
    can_stand: bool,
) -> Diagnostic {
    let name = match format {
        Format::Bibtex => "BibTeX",
        Format::Biblatex => "BibLaTeX",
        Format::Ris => "RIS",
        Format::CslJson | Format::Ndjson => "CSL-JSON",
    };
    let message = if can_stand {
        format!("another work has the key `{id}` already")
    } else {
        format!("the key `{id}` cannot stand in {name} as it is")
    };
    Diagnostic::new(Code::OutputKeyChanged, None, named(work, message))
        .assumed(format!("`{written}` is written"))
}

/// A message, and the work that it is about.
fn named(work: &Work, message: String) -> String {
    match work.title.as_deref().or(work.id.as_deref()) {
        Some(name) => format!("{message} (“{}”)", shortened(name)),
        None => message,
    }
}

/// The beginning of a title or another value, enough to know it by.
pub(super) fn shortened(title: &str) -> String {
    const LONGEST: usize = 40;
    let mut chars = title.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

/// How white space counts where a value is compared with what its own writing reads back as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spaces {
    /// Every sign counts.
    Kept,
    /// Lines of a text count, and the words in them; names, dates and pages are as they are.
    Lines,
    /// Words alone count: white space is no value.
    Folded,
}

impl Spaces {
    fn is_same(self, one: &str, other: &str) -> bool {
        let lines = |text| {
            str::lines(text)
                .map(str::split_whitespace)
                .filter(|words| words.clone().next().is_some())
        };
        one == other
            || match self {
                Spaces::Kept => false,
                Spaces::Lines => {
                    let (mut one, mut other) = (lines(one), lines(other));
                    loop {
                        match (one.next(), other.next()) {
                            (None, None) => return true,
                            (Some(one), Some(other)) if one.clone().eq(other.clone()) => {}
                            _ => return false,
                        }
                    }
                }
                Spaces::Folded => one.split_whitespace().eq(other.split_whitespace()),
            }
    }

    /// The same of a part of a name, a date or a page.
    fn is_same_part(self, one: &str, other: &str) -> bool {
        if self == Spaces::Folded { self.is_same(one, other) } else { one == other }
    }
}

/// Whether a value is read back as what it was.
pub(super) fn comes_back(value: ValueRef<'_>, read: Option<ValueRef<'_>>, spaces: Spaces) -> bool {
    let part = |one: &str, other: &str| spaces.is_same_part(one, other);
    let maybe = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => part(one, other),
        (one, other) => one.is_none() && other.is_none(),
    };
    match (value, read) {
        (ValueRef::Text(value), Some(ValueRef::Text(read))) => spaces.is_same(value, read),
        (ValueRef::Keywords(value), Some(ValueRef::Keywords(read))) => {
            value.len() == read.len() && value.iter().zip(read).all(|(a, b)| spaces.is_same(a, b))
        }
        (ValueRef::Names(value), Some(ValueRef::Names(read))) => {
            value.others == read.others
                && value.len() == read.len()
                && value.iter().zip(read.iter()).all(|names| match names {
                    (Name::Literal(a), Name::Literal(b)) => part(a, b),
                    (Name::Person(a), Name::Person(b)) => {
                        part(&a.family, &b.family)
                            && maybe(&a.given, &b.given)
                            && maybe(&a.suffix, &b.suffix)
                            && maybe(&a.dropping_particle, &b.dropping_particle)
                            && maybe(&a.non_dropping_particle, &b.non_dropping_particle)
                    }
                    _ => false,
                })
        }
        (ValueRef::Date(value), Some(ValueRef::Date(read))) => match (&value.form, &read.form) {
            (DateForm::Literal(a), DateForm::Literal(b)) => {
                part(a, b) && value.circa == read.circa && value.uncertain == read.uncertain
            }
            _ => value == read,
        },
        (ValueRef::Pages(value), Some(ValueRef::Pages(read))) => {
            value.ranges().len() == read.ranges().len()
                && value
                    .ranges()
                    .iter()
                    .zip(read.ranges())
                    .all(|(a, b)| part(&a.first, &b.first) && maybe(&a.last, &b.last))
        }
        (ValueRef::Text(text), None) if spaces == Spaces::Folded => text.trim().is_empty(),
        (ValueRef::Keywords(words), None) if spaces == Spaces::Folded => {
            words.iter().all(|word| word.trim().is_empty())
        }
        _ => false,
    }
}

fn holds_control(value: ValueRef<'_>) -> bool {
    let is_lost = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    // The bytes that control characters begin with: nearly no text has any.
    let is_odd = |byte: u8| (byte < b' ') | (byte == 0x7f) | (byte == 0xc2);
    let is_in = |text: &str| {
        text.bytes().fold(false, |odd, byte| odd | is_odd(byte)) && text.contains(is_lost)
    };
    match value {
        ValueRef::Text(text) => is_in(text),
        ValueRef::Keywords(words) => words.iter().any(|word| is_in(word)),
        ValueRef::Names(names) => names.iter().any(|name| match name {
            Name::Literal(body) => is_in(body),
            Name::Person(person) => {
                let parts = [&person.given, &person.dropping_particle];
                let more = [&person.non_dropping_particle, &person.suffix];
                is_in(&person.family)
                    || parts.into_iter().chain(more).flatten().any(|part| is_in(part))
            }
        }),
        ValueRef::Date(_) | ValueRef::Pages(_) => false,
    }
}

/// The names of a work, which formats hold in part.
pub(super) fn names(work: &Work) -> impl Iterator<Item = (Field, &Names)> {
    work.fields().filter_map(|(field, value)| match value {
        ValueRef::Names(names) => Some((field, names)),
        _ => None,
    })
}
