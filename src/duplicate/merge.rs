//! One work out of several that are the same, with what each of them had.
//!
//! Takes works and a [`Cluster`] of them, gives the one [`Work`] and what is said of it. Nothing
//! goes silently: that works were merged is said, and so is each value that another one kept out.
//! Called by users and by the commands.

use super::choose::{Choice, choose};
use super::report::{name, why};
use super::{Cluster, Finding};
use crate::diagnostic::{Code, Diagnostic};
use crate::work::{
    Confidence, Extra, Field, FieldEvidence, Kind, Names, Origin, Value, ValueRef, Work,
};
use std::collections::HashSet;

/// How much of a value is quoted, in characters.
const QUOTED: usize = 80;
/// How many fields that the model has not are put together: else 100,000 works that differ in one
/// would be compared with as many.
const MOST_EXTRAS: usize = 1000;
/// BibLaTeX's name for a work's other keys.
const OTHER_KEYS: &str = "ids";

/// One work made of several.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Merged {
    /// The work.
    pub work: Work,
    /// The index of the work that was filled up: the evidence tells of its text.
    pub base: usize,
    /// That it was merged, and what was dropped.
    pub findings: Vec<Finding>,
}

/// Makes one work of a cluster's.
///
/// The one that says most is filled up from the others: fields that it lacks, longer lists of
/// names, given names for initials, full titles for short ones; abstracts, notes, keywords,
/// ISBNs and what the model has no field for are put together. The first key stays, and
/// the others are named. A value that contradicts one that is there is dropped, and said.
/// What was taken from another work has no place in the text that the [`Evidence`](crate::Evidence) tells of.
///
/// Indexes that no work has are passed over; a cluster of none gives an empty work.
///
/// ```
/// use citelift::duplicate;
/// let works = [
///     citelift::parse("Roe, J. (2011). Harbour watch at night. Port Studies, 15(2): 61-70."),
///     citelift::parse("Roe, Jane. Harbour Watch at Night. Port Studies 15.2 (2011). doi:10.1000/182"),
/// ];
/// let merged = duplicate::merge(&works, &duplicate::find(&works)[0]);
/// assert_eq!(merged.work.author.first().map(ToString::to_string).as_deref(), Some("Roe, Jane"));
/// assert_eq!(merged.work.doi.as_deref(), Some("10.1000/182"));
/// assert_eq!(merged.work.page.map(|pages| pages.to_string()).as_deref(), Some("61-70"));
/// assert_eq!(merged.findings[0].diagnostic.code.as_str(), "duplicate/merged");
/// ```
#[must_use]
pub fn merge(works: &[Work], cluster: &Cluster) -> Merged {
    let members: Vec<(usize, &Work)> =
        cluster.works.iter().filter_map(|&at| Some((at, works.get(at)?))).collect();
    // Of works that say equally much, the first.
    let fullest = members.iter().enumerate().max_by_key(|(at, (_, work))| {
        (work.fields().count(), work.kind != Kind::Document, std::cmp::Reverse(*at))
    });
    let Some((base, (base_index, fullest))) = fullest else {
        return Merged { work: Work::default(), base: 0, findings: Vec::new() };
    };
    let mut merging = Merging { work: Work::clone(fullest), findings: Vec::new() };
    let mut added = Vec::new();
    for (at, (index, other)) in members.iter().enumerate() {
        if at != base {
            merging.take(*index, other, &mut added);
        }
    }
    merging.keys(&members);
    let first = members.first().map_or(0, |(index, _)| *index);
    merging.told(first, *base_index, cluster, &members, &added)
}

struct Merging {
    work: Work,
    findings: Vec<Finding>,
}

impl Merging {
    /// Takes from another work what this one lacks; `added` learns which fields.
    fn take(&mut self, index: usize, other: &Work, added: &mut Vec<Field>) {
        let known_doi = self.work.doi.clone();
        for (field, value) in other.fields() {
            let choice = match self.work.get(field) {
                None if is_the_doi(field, value, known_doi.as_deref()) => Choice::Keep,
                None => Choice::Take(owned(value)),
                Some(own) => choose(field, own, value),
            };
            let before = length(self.work.get(field));
            match choice {
                Choice::Keep => {}
                Choice::Take(value) => {
                    if let (Field::ContainerTitle, Some(short)) =
                        (field, &self.work.container_title)
                        && self.work.container_title_short.is_none()
                        && short.ends_with('.')
                    {
                        self.work.container_title_short = Some(short.clone());
                    }
                    self.put(field, value, other, 0);
                    added.push(field);
                }
                Choice::Both(value) => {
                    self.put(field, value, other, before);
                    added.push(field);
                }
                Choice::Conflict => self.conflict(index, other, field, value),
            }
        }
        if self.work.kind == Kind::Document {
            self.work.kind = other.kind;
        } else if other.kind != self.work.kind && other.kind != Kind::Document {
            let message = format!(
                "of one work, the type is {} and {}",
                self.work.kind.as_str(),
                other.kind.as_str()
            );
            let assumed = format!("it is {}", self.work.kind.as_str());
            self.say(
                index,
                Diagnostic::new(Code::DuplicateConflict, None, message).assumed(assumed),
            );
        }
        for extra in &other.extra {
            self.extra(index, extra);
        }
    }

    /// Sets a value that came from another work, of which the items from `from` on are new.
    fn put(&mut self, field: Field, value: Value, other: &Work, from: usize) {
        let old = self.work.get(field).map(owned);
        if self.work.set(field, value).is_err() {
            return;
        }
        let names = self.work.names(field).cloned();
        let count = length(self.work.get(field));
        let Some(evidence) = &mut self.work.evidence else { return };
        let sure = |index| {
            let of = other.evidence.as_ref().and_then(|evidence| evidence.of(field, index));
            of.map_or(Confidence::CERTAIN, |found| found.confidence)
        };
        // A name that is as it was stands where it stood.
        let stays = |index: usize| match (&old, &names) {
            (Some(Value::Names(Names { list, .. })), Some(names)) => {
                list.get(index).is_some() && list.get(index) == names.list.get(index)
            }
            _ => index < from,
        };
        evidence.fields.retain(|found| found.field != field || stays(found.index));
        for index in (0..count).filter(|&index| !stays(index)) {
            let found = FieldEvidence::new(field, index, Vec::new(), sure(index));
            evidence.fields.push(found);
        }
    }

    /// Says that a value is dropped because there is another.
    fn conflict(&mut self, index: usize, other: &Work, field: Field, value: ValueRef<'_>) {
        let Some(own) = self.work.get(field).map(words) else { return };
        let message =
            format!("of one work, the {} is “{own}” and “{}”", field.as_str(), words(value));
        let place = other
            .evidence
            .as_ref()
            .and_then(|evidence| evidence.of(field, 0)?.spans.first().copied());
        let diagnostic = Diagnostic::new(Code::DuplicateConflict, place, message)
            .assumed(format!("it is “{own}”"))
            .help("look the work up, and correct the wrong one");
        self.say(index, diagnostic);
    }

    fn extra(&mut self, index: usize, extra: &Extra) {
        let named = |own: &&Extra| own.origin == extra.origin && own.name == extra.name;
        match self.work.extra.iter().find(named) {
            None if self.work.extra.len() < MOST_EXTRAS => self.work.extra.push(extra.clone()),
            None => {
                let message = format!("`{}` is one field too many to be put together", extra.name);
                self.say(index, Diagnostic::new(Code::DuplicateConflict, None, message));
            }
            Some(own) if own.value == extra.value || extra.name == OTHER_KEYS => {}
            Some(own) => {
                let message = format!(
                    "of one work, `{}` is “{}” and “{}”",
                    extra.name,
                    short(&own.value),
                    short(&extra.value)
                );
                let assumed = format!("it is “{}”", short(&own.value));
                let found =
                    Diagnostic::new(Code::DuplicateConflict, None, message).assumed(assumed);
                self.say(index, found);
            }
        }
    }

    /// The first key is the work's. What BibLaTeX has of other keys is put together.
    fn keys(&mut self, members: &[(usize, &Work)]) {
        let ids = members.iter().filter_map(|(_, work)| work.id.as_deref());
        self.work.id = ids.into_iter().find(|key| !key.is_empty()).map(str::to_owned);
        let extras = members.iter().flat_map(|(_, work)| &work.extra);
        let lists = extras.filter(|extra| extra.name == OTHER_KEYS);
        let others = each_once(lists.flat_map(|extra| extra.value.split(',')).map(str::trim));
        self.work.extra.retain(|extra| extra.name != OTHER_KEYS);
        if !others.is_empty() {
            let name = OTHER_KEYS.to_owned();
            let value = others.join(",");
            self.work.extra.push(Extra { origin: Origin::Bibtex, name, value });
        }
    }

    /// Says that works were merged, first of all.
    fn told(
        mut self,
        first: usize,
        base: usize,
        cluster: &Cluster,
        members: &[(usize, &Work)],
        added: &[Field],
    ) -> Merged {
        let mut fields: Vec<&str> = Vec::new();
        for field in added {
            if !fields.contains(&field.as_str()) {
                fields.push(field.as_str());
            }
        }
        let message = format!(
            "{} records of {} were merged into one ({})",
            members.len(),
            name(&self.work),
            why(cluster)
        );
        let mut diagnostic = Diagnostic::new(Code::DuplicateMerged, None, message);
        if !fields.is_empty() {
            diagnostic = diagnostic.assumed(format!(
                "what one had and another not was put together: {}",
                fields.join(", ")
            ));
        }
        let keys = each_once(members.iter().filter_map(|(_, work)| work.id.as_deref()));
        if let Some((first, gone @ [_, ..])) = keys.split_first() {
            let gone = short(&gone.join("` or `"));
            diagnostic = diagnostic.help(format!("cite `{first}` where `{gone}` is cited"));
        }
        self.findings.insert(0, Finding { work: first, other: None, diagnostic });
        if let Some(evidence) = &mut self.work.evidence {
            // Their places are in other texts.
            let said = self.findings.iter().map(|finding| finding.diagnostic.clone());
            evidence.doubts.extend(said.map(|doubt| Diagnostic { span: None, ..doubt }));
        }
        Merged { work: self.work, base, findings: self.findings }
    }

    fn say(&mut self, work: usize, diagnostic: Diagnostic) {
        self.findings.push(Finding { work, other: None, diagnostic });
    }
}

/// The keys that are not empty, each once.
fn each_once<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    keys.filter(|key| !key.is_empty() && seen.insert(*key)).collect()
}

/// Whether an address is that of the DOI which the work has anyway.
fn is_the_doi(field: Field, value: ValueRef<'_>, doi: Option<&str>) -> bool {
    let (Field::Url, ValueRef::Text(url), Some(doi)) = (field, value, doi) else { return false };
    crate::work::doi_in(url).is_some_and(|found| found.eq_ignore_ascii_case(doi))
}

/// How many values a field has.
fn length(value: Option<ValueRef<'_>>) -> usize {
    match value {
        None => 0,
        Some(ValueRef::Names(names)) => names.len(),
        Some(ValueRef::Keywords(words)) => words.len(),
        Some(_) => 1,
    }
}

fn owned(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Text(text) => Value::Text(text.to_owned()),
        ValueRef::Names(names) => Value::Names(names.clone()),
        ValueRef::Date(date) => Value::Date(date.clone()),
        ValueRef::Pages(pages) => Value::Pages(pages.clone()),
        ValueRef::Keywords(words) => Value::Keywords(words.to_vec()),
    }
}

/// A value in words, shortened.
fn words(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(text) => short(text),
        ValueRef::Names(names) => {
            let list: Vec<String> = names.iter().map(ToString::to_string).collect();
            short(&list.join("; "))
        }
        ValueRef::Date(date) => short(&date.to_string()),
        ValueRef::Pages(pages) => short(&pages.to_string()),
        ValueRef::Keywords(words) => short(&words.join(", ")),
    }
}

fn short(text: &str) -> String {
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(QUOTED).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}
