//! Raw records to works: what each tag means, and what is left over.
//!
//! Called by [`reader`](super::reader). The table says which fields a tag may hold in works of
//! the kind; the first of them that is free, or says the same, is taken. A value that finds none
//! is kept in the work's extras, and written back to RIS.

use super::creators::List;
use super::date;
use super::split::{Entry, Raw};
use super::tag::Tag;
use super::value::{
    Role, Tagged, address, folded, has_single_spaces, is_folded, is_printable, is_same, is_space,
    keywords, paragraphs,
};
use super::variable::{self, Lines, Taken};
use crate::format::loss::shortened;
use crate::format::mapping::{
    BY_NAME, RIS_TYPE, Strength, kind_of_csl_type, kind_of_entry_type, kind_of_ris_type,
    ris_fields, ris_place, ris_type,
};
use crate::text::unescaped;
use crate::{Code, Diagnostic, Extra, Field, FieldClass, Kind, Origin, Span, Value, Work, doi_in};
use memchr::{memchr, memchr2};
use std::borrow::Cow;

/// The work of a record, where it holds anything, and what is doubted of it. `text` is the
/// record's own.
pub(super) fn work(raw: &mut Raw, text: &str) -> (Option<Work>, Vec<Diagnostic>) {
    let offset = raw.span.start;
    let doubts = std::mem::take(&mut raw.diagnostics);
    let raw = &*raw;
    let tagged = |entry: &Entry| Tagged {
        tag: entry.tag,
        value: entry.value(text, offset),
        span: entry.span,
        is_folded: false,
        role: Role::Key,
        fields: &[],
    };
    let kind = raw.kind.as_ref().map(tagged);
    let told = |ris_type: &str| {
        let mut lines = raw.entries.iter().filter(|entry| entry.tag == BY_NAME);
        lines.find_map(|entry| variable::kind(&entry.value(text, offset), ris_type))
    };
    let mut reading = Reading {
        work: Work::default(),
        doubts,
        more: None,
        texts: Vec::new(),
        lists: Vec::new(),
        told: None,
    };
    reading.kind(kind.as_ref(), &told);
    let is_of_science = raw.entries.iter().any(|entry| is_of_science(entry.tag));
    // Most records have no sign at all that the values are to be looked through for.
    let (is_printable, has_ampersand) =
        (is_printable(text), memchr(b'&', text.as_bytes()).is_some());
    let mut is_empty = true;
    let mut entries: Vec<Tagged<'_>> = Vec::with_capacity(raw.entries.len());
    for mut entry in raw.entries.iter().map(tagged) {
        entry.is_folded = match &entry.value {
            Cow::Borrowed(value) if is_printable => has_single_spaces(value),
            value => is_folded(value),
        };
        if !entry.is_folded {
            reading.without_controls(&mut entry);
        }
        let is_nothing = match entry.is_folded {
            true => entry.value.is_empty(),
            false => !entry.value.contains(|c| !is_space(c)),
        };
        if is_nothing {
            continue;
        }
        // Key words are divided by the semicolons that entities end with.
        if has_ampersand
            && !matches!(entry.tag.letters(), b"ID" | b"KW" | b"K1")
            && let Cow::Owned(value) = unescaped(&entry.value)
        {
            // A space that an entity spells is none at the end of a value.
            entry.value = Cow::Owned(value.trim().to_owned());
            entry.is_folded = is_folded(&entry.value);
            if entry.value.is_empty() {
                continue;
            }
        }
        is_empty &= entry.tag == "ID";
        (entry.role, entry.fields) = role(&entry, reading.work.kind, is_of_science);
        match entry.role {
            Role::Key => reading.key(&entry),
            Role::Address => reading.unknown(&entry),
            _ => entries.push(entry),
        }
    }
    // The surest first; within these, as they stand. What another field than its first may have
    // waits until all have theirs: a second `BT` is no title where `T1` gives one.
    let mut waiting = Vec::new();
    for strength in Strength::ALL {
        for entry in entries.iter().filter(|entry| entry.role == Role::Field(strength)) {
            waiting.extend(reading.entry(entry));
        }
    }
    for (entry, fields) in waiting {
        if !reading.text(entry, fields) {
            reading.repeated(entry);
        }
    }
    // A `T2` that is no proceedings has the meeting before.
    for entry in entries.iter().filter(|entry| entry.role == Role::Meeting) {
        if !reading.text(entry, &[Field::EventTitle]) {
            reading.repeated(entry);
        }
    }
    reading.whole();
    reading.pages(&entries);
    reading.issued(&entries);
    reading.serials(&entries);
    reading.variables(&entries);
    if is_of_science {
        variable::without_own(&mut reading.work);
    }
    // A key alone may be cited.
    let is_work = !is_empty || reading.work.id.is_some();
    if is_empty {
        let (message, assumed) = match is_work {
            true => ("the record holds nothing but its key", "a work with that key stands for it"),
            false => ("the record holds nothing but its type", "no work is made of it"),
        };
        let first = kind.as_ref().map(|entry| entry.span);
        let first = first.or_else(|| raw.entries.first().map(|entry| entry.span));
        let place = first.unwrap_or(Span::new(offset, offset));
        reading
            .doubts
            .push(Diagnostic::new(Code::RecordEmpty, Some(place), message).assumed(assumed));
    }
    if let Some((place, count)) = reading.more {
        let message = format!("{count} more values that have no place begin here");
        let doubt = Diagnostic::new(Code::RecordUnknownField, Some(place), message);
        reading.doubts.push(doubt.assumed("they are kept for RIS"));
    }
    (is_work.then_some(reading.work), reading.doubts)
}

/// What an entry is in works of a kind, and the fields that it may be.
fn role(entry: &Tagged<'_>, kind: Kind, is_of_science: bool) -> (Role, &'static [Field]) {
    let role = match entry.tag.letters() {
        b"ID" => Role::Key,
        b"SP" | b"EP" => Role::Page,
        b"PY" | b"Y1" | b"DA" | b"YR" => Role::Date,
        b"SN" => Role::Serial,
        _ if entry.tag == BY_NAME => Role::Variable,
        b"C1" | b"C3" if is_of_science => Role::Address,
        b"CP" if is_of_science && kind == Kind::PaperConference => Role::Meeting,
        _ if is_date_of_access(entry, kind) => {
            return (Role::Field(Strength::Guess), &[Field::Accessed]);
        }
        letters => {
            let (strength, fields) = ris_fields(*letters, kind);
            // The order of names is theirs, whatever their tags.
            let is_list = fields.first().is_some_and(|field| {
                matches!(field.class(), FieldClass::Names | FieldClass::Keywords)
            });
            let strength = match is_list {
                true => Strength::Own,
                false if letters == b"M3" && misplaced_doi(entry).is_some() => Strength::Guess,
                false => strength,
            };
            return (Role::Field(strength), fields);
        }
    };
    (role, &[])
}

/// Tags that only Web of Science has: there, `C1` and `C3` are addresses and `CP` is a meeting.
fn is_of_science(tag: Tag) -> bool {
    matches!(tag.letters(), b"J9" | b"JI" | b"PA" | b"PI" | b"PU" | b"WE" | b"Z9")
}

pub(super) struct Reading {
    pub(super) work: Work,
    pub(super) doubts: Vec<Diagnostic>,
    /// Where the first of the values stands that are kept and only counted, and how many.
    more: Option<(Span, usize)>,
    /// Fields of paragraphs, the tag that each was read from, and what belongs behind it.
    texts: Vec<(Field, Tag, String)>,
    /// Names, until all are known.
    pub(super) lists: Vec<List>,
    /// The kind that a variable says.
    told: Option<Kind>,
}

impl Reading {
    /// Keeps a value that has no field.
    pub(super) fn keep(&mut self, tag: &str, value: &str) {
        let value = folded(value).into_owned();
        self.work.extra.push(Extra { origin: Origin::Ris, name: tag.to_owned(), value });
    }

    /// `told` gives what variables say of a type.
    fn kind(&mut self, kind: Option<&Tagged<'_>>, told: &dyn Fn(&str) -> Option<Kind>) {
        let Some(entry) = kind else { return };
        let name = folded(&entry.value);
        let known = match name.bytes().any(|byte| byte.is_ascii_lowercase()) {
            true => Cow::Owned(name.to_ascii_uppercase()),
            false => Cow::Borrowed(&*name),
        };
        self.told = told(&known);
        match kind_of_ris_type(&known) {
            Some(kind) => {
                self.work.kind = self.told.unwrap_or(kind);
                if ris_type(&self.work) != known {
                    self.keep(RIS_TYPE, &known);
                }
            }
            None if name.is_empty() => self.doubts.push(
                Diagnostic::new(
                    Code::RecordUnknownType,
                    Some(entry.span),
                    "the record's `TY` names no type",
                )
                .assumed("it is read as `GEN`")
                .help("write a type behind `TY`, such as `JOUR` or `BOOK`"),
            ),
            None => {
                // `Journal Article`, `"JOUR"`
                let meant = meant_kind(&name).filter(|kind| *kind != Kind::Document);
                self.told = meant.and_then(|kind| told(ris_type(&Work::new(kind))));
                self.work.kind = self.told.or(meant).unwrap_or(Kind::Document);
                let assumed = match meant {
                    Some(kind) => format!("the work is of the kind `{kind}`"),
                    None => {
                        self.keep(RIS_TYPE, &name);
                        "the work is a document; the type is kept".to_owned()
                    }
                };
                self.doubts.push(
                    Diagnostic::new(
                        Code::RecordUnknownType,
                        Some(entry.span),
                        format!("`{name}` is no type of RIS"),
                    )
                    .assumed(assumed)
                    .help("write a type of the specification, such as `JOUR` or `BOOK`"),
                );
            }
        }
    }

    /// Variables by name.
    fn variables(&mut self, entries: &[Tagged<'_>]) {
        let mut entries = entries.iter().filter(|entry| entry.role == Role::Variable).peekable();
        if entries.peek().is_none() {
            return;
        }
        let mut lines = Lines::new(self.told, &self.work);
        for entry in entries {
            match lines.take(&mut self.work, &entry.value) {
                Taken::Read => {}
                Taken::Repeated => self.repeated(entry),
                Taken::Other => self.unknown(entry),
            }
        }
        lines.end(&mut self.work);
    }

    fn key(&mut self, entry: &Tagged<'_>) {
        let key = entry.folded();
        match &self.work.id {
            None => self.work.id = Some(key.into_owned()),
            Some(known) if *known == key => {}
            Some(_) => self.repeated(entry),
        }
    }

    /// Takes control characters away but for the ends of lines, and the spaces that they hid at
    /// the value's ends.
    fn without_controls(&mut self, entry: &mut Tagged<'_>) {
        let is_lost = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if !entry.value.contains(is_lost) {
            return;
        }
        let kept: String = entry.value.chars().filter(|c| !is_lost(*c)).collect();
        entry.value = Cow::Owned(kept.trim().to_owned());
        self.doubts.push(
            Diagnostic::new(
                Code::TextControlCharacters,
                Some(entry.span),
                format!("control characters stand in `{}`", entry.tag),
            )
            .assumed("they are left out"),
        );
    }

    /// Says of a value that it is kept; of very many in a record how many they are.
    fn doubt_kept(&mut self, place: Span, doubt: impl FnOnce() -> Diagnostic) {
        const MOST: usize = 128;
        if self.doubts.len() < MOST {
            self.doubts.push(doubt());
        } else {
            self.more.get_or_insert((place, 0)).1 += 1;
        }
    }

    /// A second value where one belongs.
    pub(super) fn repeated(&mut self, entry: &Tagged<'_>) {
        self.doubt_kept(entry.span, || {
            Diagnostic::new(
                Code::RecordFieldRepeated,
                Some(entry.span),
                format!("`{}` says another value than what stands already", entry.tag),
            )
            .assumed("the first is taken; this one is kept apart")
            .help("keep the right one, and take the other out")
        });
        self.keep(entry.tag.as_str(), &entry.value);
    }

    pub(super) fn unknown(&mut self, entry: &Tagged<'_>) {
        self.doubt_kept(entry.span, || {
            Diagnostic::new(
                Code::RecordUnknownField,
                Some(entry.span),
                format!(
                    "`{}` has no place in the model: `{}`",
                    entry.tag,
                    shortened(&folded(&entry.value))
                ),
            )
            .assumed("it is kept for RIS")
        });
        self.keep(entry.tag.as_str(), &entry.value);
    }

    /// Reads an entry; gives it back, with the other fields that it may be of, where the first has
    /// another value.
    fn entry<'e, 'a>(
        &mut self,
        entry: &'e Tagged<'a>,
    ) -> Option<(&'e Tagged<'a>, &'static [Field])> {
        let Some((&first, others)) = entry.fields.split_first() else {
            self.unknown(entry);
            return None;
        };
        match first.class() {
            FieldClass::Names => self.names(first, entry),
            FieldClass::Keywords
                if entry.is_folded && memchr2(b';', b'&', entry.value.as_bytes()).is_none() =>
            {
                self.work.keyword.push(entry.value.as_ref().to_owned());
            }
            FieldClass::Keywords => self.work.keyword.extend(keywords(&entry.value)),
            FieldClass::Date => self.accessed(first, entry),
            _ if self.text(entry, &[first]) => {}
            _ => return Some((entry, others)),
        }
        None
    }

    /// Sets the fields that several tags make up.
    fn whole(&mut self) {
        self.end_lists();
        // One line of many words; `Boats, wooden` is one.
        if let [only] = self.work.keyword.as_slice() {
            let words: Vec<&str> = only.split(',').map(str::trim).collect();
            let is_short = |word: &&str| !word.is_empty() && word.split(' ').count() <= 4;
            if words.len() > 2 && words.iter().all(is_short) {
                self.work.keyword = words.into_iter().map(str::to_owned).collect();
            }
        }
        for (field, _, more) in std::mem::take(&mut self.texts) {
            if let Some(known) = self.work.text(field).filter(|_| !more.is_empty()) {
                let joined = format!("{known}{more}");
                self.work.set_text(field, joined);
            }
        }
    }

    /// Sets a field to a value of its class.
    pub(super) fn set(&mut self, field: Field, value: Value) {
        // The class is the field's own, so that nothing is refused.
        let _ = self.work.set(field, value);
    }

    /// Sets the first of the fields that has room for the value; whether any had, or has it
    /// already.
    fn text(&mut self, entry: &Tagged<'_>, fields: &[Field]) -> bool {
        let folded = entry.folded();
        // Old exports put the DOI where a type of work belongs.
        if let Some(doi) = misplaced_doi(entry)
            && self.work.doi.as_ref().is_none_or(|known| *known == doi)
        {
            self.work.doi = Some(doi);
            return true;
        }
        for &field in fields {
            let value = match field {
                Field::Doi => Cow::Borrowed(doi(&folded).unwrap_or(&folded)),
                Field::Url if !entry.is_folded => Cow::Owned(address(&entry.value)),
                field if has_paragraphs(field) && !entry.is_folded => {
                    Cow::Owned(paragraphs(&entry.value))
                }
                _ => Cow::Borrowed(&*folded),
            };
            match self.work.text(field) {
                None if matches!(field.class(), FieldClass::Text | FieldClass::Number) => {
                    self.work.set_text(field, value.into_owned());
                    if self.has_lost_place(field) {
                        self.work.clear(field);
                        continue;
                    }
                    if has_paragraphs(field) {
                        self.texts.push((field, entry.tag, String::new()));
                    }
                    return true;
                }
                Some(known) if is_same(known, &value) => return true,
                Some(_) => {
                    if let Some(more) = self.more_of(field, entry.tag) {
                        more.push('\n');
                        more.push_str(&value);
                        return true;
                    }
                }
                None => {}
            }
        }
        false
    }

    /// What belongs behind a text that a tag gave already: notes and abstracts come in several
    /// lines of one tag.
    fn more_of(&mut self, field: Field, tag: Tag) -> Option<&mut String> {
        let mut texts = self.texts.iter_mut();
        texts.find(|(known, from, _)| *known == field && *from == tag).map(|(.., more)| more)
    }

    /// Whether a field that was just set, or one whose tag it took, could not be written.
    fn has_lost_place(&self, field: Field) -> bool {
        // Of all others `ris_fields` gives those alone that have a place in works of the kind.
        let may_be_taken = matches!(field, Field::Isbn | Field::Issn | Field::NumberOfPages)
            || self.work.event_title.is_some()
            || self.work.event_place.is_some();
        if !may_be_taken {
            return false;
        }
        [field, Field::EventTitle, Field::EventPlace]
            .into_iter()
            .any(|field| self.work.get(field).is_some() && ris_place(field, &self.work).is_none())
    }
}

/// Whether a field's text is of paragraphs.
fn has_paragraphs(field: Field) -> bool {
    matches!(field, Field::Abstract | Field::Annote | Field::Note)
}

/// Whether `M1` is when a web page was looked at, as in EndNote's exports.
fn is_date_of_access(entry: &Tagged<'_>, kind: Kind) -> bool {
    entry.tag == "M1"
        && kind == Kind::Webpage
        && entry.value.contains('/')
        && date::read(&folded(&entry.value), None).is_some()
}

/// A DOI with whatever stands before it: an address, `doi:`, the word alone.
fn doi(value: &str) -> Option<&str> {
    let word = value.get(..3).filter(|word| word.eq_ignore_ascii_case("doi"));
    let bare = word.map_or(value, |word| value[word.len()..].trim_start_matches([' ', ':']));
    doi_in(value).or_else(|| doi_in(bare))
}

/// A DOI behind `M3`, which counts where `DO` tells none.
fn misplaced_doi(entry: &Tagged<'_>) -> Option<String> {
    if entry.tag != "M3" {
        return None;
    }
    doi(&folded(&entry.value)).map(str::to_owned)
}

/// The kind that a type means which is none of RIS: one with marks around it, an entry type of
/// BibTeX, another program's word.
fn meant_kind(name: &str) -> Option<Kind> {
    let bare = name.trim_matches(|c: char| !c.is_alphanumeric());
    kind_of_ris_type(&bare.to_ascii_uppercase())
        .or_else(|| kind_of_entry_type(&bare.to_ascii_lowercase()))
        .or_else(|| kind_of_csl_type(bare))
}
