//! Spells works as CSL-JSON items, by way of serde.
//!
//! Called by the verbs of [`csl_json`](super) and by serde for a [`Work`] alone. Our own
//! additions stand under `custom`, the schema's place for them: `keywords` where they cannot be
//! told apart with commas between, `et-al` where more names were meant, `type` where the kind is written as another,
//! the variables that the schema has not, and `evidence` on request.

use super::Options;
use super::direct;
use super::notes::Notes;
use super::parse::parse;
use super::spell::Json;
use crate::format::loss::{Losses, Spaces};
use crate::format::mapping::{csl_field, csl_kind, csl_name, is_in_schema};
use crate::format::with_annotation;
use crate::{Diagnostic, Evidence, Extra, Field, Kind, Names, Origin, ValueRef, Work, key};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use std::collections::HashSet;

/// Works as one array, an item a line.
pub(super) fn array(works: &[Work], options: &Options) -> String {
    let mut out = "[".to_owned();
    let mut before = "\n";
    for (work, id) in works.iter().zip(key::unique(works, |_| true)) {
        out.push_str(before);
        before = ",\n";
        push(&mut out, &Item { work, id: &id, options });
    }
    out.push_str("\n]\n");
    out
}

/// Works as one item a line.
pub(super) fn lines(works: &[Work], options: &Options) -> String {
    let mut out = String::new();
    for (work, id) in works.iter().zip(key::unique(works, |_| true)) {
        push(&mut out, &Item { work, id: &id, options });
        out.push('\n');
    }
    out
}

fn push(out: &mut String, item: &Item<'_>) {
    let before = out.len();
    // An item has text keys and no value that is refused.
    if item.serialize(&mut Json(out)).is_err() {
        out.truncate(before);
    }
}

impl Serialize for Work {
    /// A CSL-JSON 1.0.2 item. A work without an `id` is given its readable key, since the
    /// schema demands an id.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let options = Options::default();
        let id = self.id.clone().unwrap_or_else(|| key::of(self));
        Item { work: self, id: &id, options: &options }.serialize(serializer)
    }
}

struct Item<'a> {
    work: &'a Work,
    id: &'a str,
    options: &'a Options,
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let work: &Work = &with_annotation(self.work, self.options.annotation);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", self.id)?;
        map.serialize_entry("type", &csl_kind(work.kind))?;
        // Whether a value stands under `custom` as a whole or in part.
        let mut is_custom = false;
        for (field, value) in work.fields() {
            let Some(name) = csl_name(field) else {
                is_custom = true;
                continue;
            };
            is_custom |= is_open(value);
            match value {
                ValueRef::Names(names) => map.serialize_entry(name, &names.list)?,
                ValueRef::Date(date) => map.serialize_entry(name, date)?,
                ValueRef::Pages(pages) => map.serialize_entry(name, pages)?,
                ValueRef::Keywords(words) => map.serialize_entry(name, &words.join(", "))?,
                ValueRef::Text(text) => map.serialize_entry(name, text)?,
            }
        }
        for extra in extras(work).filter(|extra| has_place(extra)) {
            map.serialize_entry(&extra.name, &json(&extra.value))?;
        }
        let custom = Custom { work, evidence: self.options.evidence };
        if is_custom || custom.is_needed() {
            map.serialize_entry("custom", &custom)?;
        }
        map.end()
    }
}

/// The properties that the model has no field for. What the type was stands only where the
/// kind does not say it.
fn extras(work: &Work) -> impl Iterator<Item = &Extra> {
    work.extra.iter().filter(|extra| {
        extra.origin == Origin::CslJson && (extra.name != "type" || work.kind == Kind::Document)
    })
}

/// Whether an extra property can stand in the item itself by the schema.
fn has_place(extra: &Extra) -> bool {
    is_in_schema(&extra.name)
        && match json(&extra.value) {
            Value::Array(texts) => extra.name == "categories" && texts.iter().all(Value::is_string),
            value => extra.name != "categories" && value.is_string(),
        }
}

/// The value of an extra property: its JSON, or a text where it is none.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

/// What stands under `custom`.
struct Custom<'a> {
    work: &'a Work,
    evidence: bool,
}

impl Custom<'_> {
    /// Whether anything but a field stands there.
    fn is_needed(&self) -> bool {
        let work = self.work;
        csl_kind(work.kind) != work.kind
            || needs_list(&work.keyword)
            || extras(work).any(|extra| !has_place(extra))
            || self.evidence && work.evidence.is_some()
    }
}

/// Whether the keywords cannot be told apart in one text with commas between.
fn needs_list(words: &[String]) -> bool {
    let is_plain =
        |word: &String| !word.is_empty() && word.trim() == word && !word.contains([',', ';']);
    !words.iter().all(is_plain)
}

/// Whether a value is a list of names that ends in "and others".
fn is_open(value: ValueRef<'_>) -> bool {
    matches!(value, ValueRef::Names(Names { others: true, .. }))
}

impl Serialize for Custom<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let work = self.work;
        let mut map = serializer.serialize_map(None)?;
        if csl_kind(work.kind) != work.kind {
            map.serialize_entry("type", &work.kind)?;
        }
        let open: Vec<Field> = work
            .fields()
            .filter(|(field, value)| csl_name(*field).is_some() && is_open(*value))
            .map(|(field, _)| field)
            .collect();
        match open.as_slice() {
            [] => {}
            [Field::Author] => map.serialize_entry("et-al", &true)?,
            fields => map.serialize_entry("et-al", fields)?,
        }
        if needs_list(&work.keyword) {
            map.serialize_entry("keywords", &work.keyword)?;
        }
        for (field, value) in work.fields().filter(|(field, _)| csl_name(*field).is_none()) {
            match value {
                ValueRef::Names(names) => map.serialize_entry(field.as_str(), names)?,
                ValueRef::Text(text) => map.serialize_entry(field.as_str(), text)?,
                ValueRef::Date(date) => map.serialize_entry(field.as_str(), date)?,
                ValueRef::Pages(pages) => map.serialize_entry(field.as_str(), pages)?,
                ValueRef::Keywords(words) => map.serialize_entry(field.as_str(), words)?,
            }
        }
        let mut taken = HashSet::new();
        for extra in extras(work).filter(|extra| !has_place(extra)) {
            // Readers give every extra a name of its own; whoever made these by hand may not.
            let mut name = extra.name.clone();
            let mut count = 1;
            while taken.contains(&name) || is_taken(&name, work) {
                count += 1;
                name = format!("{}-{count}", extra.name);
            }
            map.serialize_entry(&name, &json(&extra.value))?;
            taken.insert(name);
        }
        if let Some(evidence) = work.evidence.as_deref().filter(|_| self.evidence) {
            map.serialize_entry("evidence", &Shown(evidence))?;
        }
        map.end()
    }
}

/// Whether a name under `custom` means something of ours.
pub(super) fn is_taken(name: &str, work: &Work) -> bool {
    matches!(name, "keywords" | "et-al" | "evidence")
        || name == "type" && work.kind != Kind::Document
        || csl_field(name).is_some_and(|field| csl_name(field).is_none())
}

/// What CSL-JSON cannot hold. What stands under `custom` is held, but other programs do not look
/// there.
pub(super) fn losses(works: &[Work]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // what has no key yet loses none
    let is_keyed = works.iter().any(|work| work.id.is_some());
    let keys = if is_keyed { key::unique(works, |_| true) } else { Vec::new() };
    for (at, work) in works.iter().enumerate() {
        let mut losses = Losses::of(work, "CSL-JSON", Origin::CslJson);
        for (field, _) in work.fields().filter(|(field, _)| csl_name(*field).is_none()) {
            losses.elsewhere(field, "`custom`");
        }
        losses.read_back(&read_back(work), Spaces::Kept);
        if let (Some(given), Some(id)) = (work.id.as_deref(), keys.get(at))
            && given != id
        {
            losses.key(given, id);
        }
        if csl_kind(work.kind) != work.kind {
            losses.kind(work.kind, &format!("`{}`", csl_kind(work.kind)));
        }
        found.extend(losses.into_found());
    }
    found
}

/// A work as it is after a way through CSL-JSON: empty parts of names are gone, for one.
fn read_back(work: &Work) -> Work {
    let mut text = String::new();
    // Nothing of a work is refused.
    let _ = work.serialize(&mut Json(&mut text));
    let mut read = Work::default();
    if direct::members(&text, 0, &mut read, &mut direct::Order::new()).is_some() {
        return read;
    }
    let (item, _) = parse(&text);
    super::read::work(&item, &mut Notes::new(None)).unwrap_or_default()
}

/// Evidence as JSON: the source text, and the spans and confidence of every value.
struct Shown<'a>(&'a Evidence);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Place<'a> {
            field: Field,
            index: usize,
            spans: &'a [crate::Span],
            confidence: crate::Confidence,
        }
        let places: Vec<Place<'_>> = self
            .0
            .fields
            .iter()
            .map(|place| Place {
                field: place.field,
                index: place.index,
                spans: &place.spans,
                confidence: place.confidence,
            })
            .collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("source", &self.0.source)?;
        map.serialize_entry("offset", &self.0.offset)?;
        map.serialize_entry("confidence", &self.0.confidence)?;
        map.serialize_entry("fields", &places)?;
        map.serialize_entry("doubts", &self.0.doubts)?;
        map.end()
    }
}
