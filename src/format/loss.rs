//! What a format cannot hold, said before anything is written.
//!
//! Takes a work and a format's own knowledge, gives diagnostics; each format's `losses` is built
//! of these. A diagnostic names the work by its title and points at the value in the source
//! where the work carries evidence.

use super::Format;
use super::mapping::{ENTRY_TYPE, RIS_TYPE};
use crate::{Code, Diagnostic, Extra, Field, Kind, Names, Origin, Span, ValueRef, Work};

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

    /// A field without a place.
    pub(super) fn field(&mut self, field: Field) {
        let message = format!("`{}` has no place in {}", field.as_str(), self.format);
        self.add(Code::OutputFieldLost, Some(field), message, "it is left out");
    }

    /// A value that the model has no field for, and the format neither.
    pub(super) fn extra(&mut self, name: &str) {
        let message = format!("`{name}` has no place in {}", self.format);
        self.add(Code::OutputFieldLost, None, message, "it is left out");
    }

    /// A field of which a part is written.
    pub(super) fn reduced(&mut self, field: Field, what: &str, assumed: &str) {
        let message = format!("{} cannot hold {what} in `{}`", self.format, field.as_str());
        self.add(Code::OutputValueReduced, Some(field), message, assumed);
    }

    /// A kind without a type.
    pub(super) fn kind(&mut self, kind: Kind, written: &str) {
        let message = format!("{} has no type for `{kind}`", self.format);
        self.add(Code::OutputKindLost, None, message, format!("`{written}` is written"));
    }

    /// A key that cannot stand.
    pub(super) fn key(&mut self, id: &str, written: &str) {
        let message = format!("the key `{id}` cannot stand in {} as it is", self.format);
        self.add(Code::OutputKeyChanged, None, message, format!("`{written}` is written"));
    }

    /// Compares the work with what its own writing reads back as: whatever is not the same and
    /// was not named yet is named now, so that no loss goes unsaid.
    pub(super) fn read_back(&mut self, read: Option<&Work>) {
        let Some(read) = read else { return };
        let changed: Vec<Field> = self
            .work
            .fields()
            .filter(|(field, value)| {
                !self.named.contains(field)
                    && !read.get(*field).is_some_and(|read| is_same(*value, read))
            })
            .map(|(field, _)| field)
            .collect();
        for field in changed {
            self.reduced(field, "every sign", "it reads back a little different");
        }
    }

    /// Whether something is said of a field already.
    pub(super) fn names(&self, field: Field) -> bool {
        self.named.contains(&field)
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

/// The beginning of a title, enough to know the work by.
fn shortened(title: &str) -> String {
    const LONGEST: usize = 40;
    let mut chars = title.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

/// Whether two values are the same but for white space.
fn is_same(a: ValueRef<'_>, b: ValueRef<'_>) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect()
    };
    match (a, b) {
        (ValueRef::Text(a), ValueRef::Text(b)) => a == b || words(a) == words(b),
        (ValueRef::Keywords(a), ValueRef::Keywords(b)) => {
            a == b || a.iter().map(|word| words(word)).eq(b.iter().map(|word| words(word)))
        }
        (a, b) => a == b,
    }
}

fn holds_control(value: ValueRef<'_>) -> bool {
    let is_lost = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    match value {
        ValueRef::Text(text) => text.contains(is_lost),
        ValueRef::Keywords(words) => words.iter().any(|word| word.contains(is_lost)),
        ValueRef::Names(names) => names.iter().any(|name| name.to_string().contains(is_lost)),
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
