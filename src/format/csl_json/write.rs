//! Spells works as CSL-JSON items, by way of serde.
//!
//! Called by the verbs of [`csl_json`](super) and by serde for a [`Work`] alone. Our own
//! additions stand under `custom`, the schema's place for them: `keywords` where a keyword holds
//! a comma, `et-al` where more names were meant, `type` where the kind is written as another,
//! the variables that the schema has not, and `evidence` on request.

use super::Options;
use crate::format::annotated;
use crate::format::loss::Losses;
use crate::format::mapping::{csl_kind, csl_name};
use crate::{Diagnostic, Evidence, Field, Names, Origin, ValueRef, Work, key};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// Works as one array, an item a line.
pub(super) fn array(works: &[Work], options: &Options) -> String {
    let mut out = String::from("[");
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
    // An item has text keys and no value that serde_json refuses.
    if let Ok(json) = serde_json::to_string(item) {
        out.push_str(&json);
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
        let work = self.work;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", self.id)?;
        map.serialize_entry("type", &csl_kind(work.kind))?;
        for &field in Field::ALL {
            let Some(name) = csl_name(field) else { continue };
            match work.get(field) {
                Some(ValueRef::Names(names)) => map.serialize_entry(name, &names.list)?,
                Some(ValueRef::Date(date)) => map.serialize_entry(name, date)?,
                Some(ValueRef::Pages(pages)) => map.serialize_entry(name, pages)?,
                Some(ValueRef::Keywords(words)) => map.serialize_entry(name, &words.join(", "))?,
                Some(ValueRef::Text(_)) | None => {
                    if let Some(text) = annotated(work, field, self.options.annotation) {
                        map.serialize_entry(name, &text)?;
                    }
                }
            }
        }
        for extra in extras(work).filter(|extra| is_in_schema(&extra.name)) {
            map.serialize_entry(&extra.name, &json(&extra.value))?;
        }
        let custom = Custom { work, evidence: self.options.evidence };
        if custom.is_needed() {
            map.serialize_entry("custom", &custom)?;
        }
        map.end()
    }
}

fn extras(work: &Work) -> impl Iterator<Item = &crate::Extra> {
    work.extra.iter().filter(|extra| extra.origin == Origin::CslJson)
}

/// The schema's properties that are no variables of the specification.
fn is_in_schema(name: &str) -> bool {
    matches!(name, "categories" | "volume-title-short")
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
    fn is_needed(&self) -> bool {
        let work = self.work;
        csl_kind(work.kind) != work.kind
            || work.keyword.iter().any(|word| word.contains([',', ';']))
            || work.fields().any(|(field, value)| csl_name(field).is_none() || is_open(value))
            || extras(work).any(|extra| !is_in_schema(&extra.name))
            || self.evidence && work.evidence.is_some()
    }
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
        if work.keyword.iter().any(|word| word.contains([',', ';'])) {
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
        for extra in extras(work).filter(|extra| !is_in_schema(&extra.name)) {
            map.serialize_entry(&extra.name, &json(&extra.value))?;
        }
        if let Some(evidence) = work.evidence.as_deref().filter(|_| self.evidence) {
            map.serialize_entry("evidence", &Shown(evidence))?;
        }
        map.end()
    }
}

/// What CSL-JSON cannot hold. What stands under `custom` is held, but other programs do not look
/// there.
pub(super) fn losses(works: &[Work]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (work, id) in works.iter().zip(key::unique(works, |_| true)) {
        let mut losses = Losses::of(work, "CSL-JSON", Origin::CslJson);
        for (field, _) in work.fields().filter(|(field, _)| csl_name(*field).is_none()) {
            losses.reduced(field, "any value", "it stands under `custom`");
        }
        if let Some(given) = work.id.as_deref().filter(|given| *given != id) {
            losses.key(given, &id);
        }
        if csl_kind(work.kind) != work.kind {
            losses.kind(work.kind, csl_kind(work.kind).as_str());
        }
        found.extend(losses.into_found());
    }
    found
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
