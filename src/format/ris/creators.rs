//! Lists of names: lines of one tag, or of two that give the same.
//!
//! Called by [`read`](super::read), whose reading of the record it adds to, and by the writer.
//! [`name`](super::name) reads the single name.

use super::name::{NameValue, is_person, names};
use super::read::Reading;
use super::tag::Tag;
use super::value::{Tagged, folded};
use crate::format::mapping::ris_fields;
use crate::{Code, Diagnostic, Field, Names, Origin, Value, Work};

/// The names of a field, until all are known.
pub(super) struct List {
    field: Field,
    names: Names,
    /// The tag of the first name.
    tag: Tag,
    /// Which names have that tag; empty where all have.
    has_tag: Vec<bool>,
}

impl List {
    /// Says that the names from here on have this tag.
    fn tagged(&mut self, tag: Tag, from: usize) {
        let len = self.names.len();
        if from == 0 {
            self.tag = tag;
        }
        if tag != self.tag || !self.has_tag.is_empty() {
            self.has_tag.resize(from, true);
            self.has_tag.resize(len, tag == self.tag);
        }
    }

    /// Leaves one list where two tags give the same one: some programs write `A1` and `AU`.
    fn say_once(&mut self) {
        let count = self.has_tag.iter().filter(|has_tag| **has_tag).count();
        if self.has_tag.is_empty() || count * 2 != self.has_tag.len() {
            return;
        }
        let of = |wanted: bool| {
            let both = self.names.list.iter().zip(&self.has_tag);
            both.filter(move |(_, has_tag)| **has_tag == wanted).map(|(name, _)| name)
        };
        if of(true).eq(of(false)) {
            self.names.list = of(true).cloned().collect();
        }
    }
}

impl Reading {
    pub(super) fn names(&mut self, field: Field, entry: &Tagged<'_>) {
        let at = self.lists.iter().position(|list| list.field == field).unwrap_or_else(|| {
            let (names, has_tag) = (Names::default(), Vec::new());
            self.lists.push(List { field, names, tag: entry.tag, has_tag });
            self.lists.len() - 1
        });
        // A line without a tag behind a name is another name where all are inverted; else it is
        // the rest of a long one.
        let is_list = !entry.is_folded
            && entry.value.split('\n').all(|line| line.contains(',') || is_person(line));
        if !is_list {
            return self.line_of_names(at, entry, &entry.folded());
        }
        for line in entry.value.split('\n') {
            self.line_of_names(at, entry, &folded(line));
        }
    }

    fn line_of_names(&mut self, at: usize, entry: &Tagged<'_>, line: &str) {
        let said = names(line);
        let Some(list) = self.lists.get_mut(at) else { return };
        let before = list.names.len();
        match said {
            Some(NameValue::Name(name)) => list.names.push(name),
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
                list.names.list.extend(several);
            }
            Some(NameValue::Others) => {
                list.names.others = true;
                // RIS has no word for more names: the line itself goes back.
                return self.keep(entry.tag.as_str(), line);
            }
            None if line.is_empty() => return,
            None => return self.keep(entry.tag.as_str(), line),
        }
        list.tagged(entry.tag, before);
    }

    /// Gives the work its names. Not before all are known: a record with as many lines as a file
    /// of megabytes has would take hours.
    pub(super) fn end_lists(&mut self) {
        for mut list in std::mem::take(&mut self.lists) {
            list.say_once();
            self.set(list.field, Value::Names(list.names));
        }
    }
}

/// The names that a work says there are more of, as an extra tells RIS.
pub(super) fn tells_others(work: &Work, field: Field) -> bool {
    work.extra.iter().any(|extra| {
        extra.origin == Origin::Ris
            && names(&extra.value) == Some(NameValue::Others)
            && <[u8; 2]>::try_from(extra.name.as_bytes())
                .is_ok_and(|tag| ris_fields(tag, work.kind).1.first() == Some(&field))
    })
}
