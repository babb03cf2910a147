//! Reads a work from a CSL-JSON item, by way of serde.
//!
//! Called by serde for a [`Work`]. Values that are not what the schema says are read where they
//! can be: numbers as texts, texts as dates. What the model has no field for is kept as an
//! [`Extra`] and written back.

use super::value::Scalar;
use crate::format::mapping::csl_field;
use crate::{Date, Extra, Field, FieldClass, Kind, Names, Origin, Pages, Value, Work};
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::{Map, Value as Json};

impl<'de> Deserialize<'de> for Work {
    /// A CSL-JSON item.
    ///
    /// # Errors
    /// An item that is no object, or a variable whose value is not of its class at all (an
    /// object where a text belongs).
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        work(Map::deserialize(deserializer)?).map_err(Error::custom)
    }
}

fn work(item: Map<String, Json>) -> Result<Work, serde_json::Error> {
    let mut work = Work::default();
    let mut custom = Map::new();
    for (name, json) in item {
        match (name.as_str(), json) {
            ("id", json) => work.id = Some(Scalar::deserialize(json)?.0),
            ("type", json) => work.kind = Kind::deserialize(json)?,
            ("custom", Json::Object(object)) => custom = object,
            (name, json) => set(&mut work, name, json)?,
        }
    }
    for (name, json) in custom {
        match (name.as_str(), json) {
            ("type", json) => work.kind = Kind::deserialize(json)?,
            ("keywords", json) => work.keyword = Vec::deserialize(json)?,
            ("et-al", Json::Bool(open)) => work.author.others = open,
            ("et-al", json) => {
                for field in Vec::<Field>::deserialize(json)? {
                    if let Some(names) = work.names(field) {
                        let names = Names { others: true, ..names.clone() };
                        put(&mut work, field, Value::Names(names));
                    }
                }
            }
            // Says where values came from, not what they are.
            ("evidence", _) => {}
            (name, json) => set(&mut work, name, json)?,
        }
    }
    Ok(work)
}

fn set(work: &mut Work, name: &str, json: Json) -> Result<(), serde_json::Error> {
    if json.is_null() {
        return Ok(());
    }
    let Some(field) = csl_field(name) else {
        work.extra.push(Extra {
            origin: Origin::CslJson,
            name: name.to_owned(),
            value: json.to_string(),
        });
        return Ok(());
    };
    let value = match field.class() {
        FieldClass::Names => Value::Names(Names::deserialize(json)?),
        FieldClass::Date => Value::Date(Date::deserialize(json)?),
        FieldClass::Pages => {
            let text = Scalar::deserialize(json)?.0;
            // A dash alone is no page, but it is what the file says.
            Value::Pages(text.parse().unwrap_or_else(|_| Pages::page(text)))
        }
        FieldClass::Keywords => Value::Keywords(match json {
            Json::Array(words) => Vec::deserialize(Json::Array(words))?,
            json => Scalar::deserialize(json)?
                .0
                .split([',', ';'])
                .map(|word| word.trim().to_owned())
                .filter(|word| !word.is_empty())
                .collect(),
        }),
        FieldClass::Text | FieldClass::Number => Value::Text(Scalar::deserialize(json)?.0),
    };
    put(work, field, value);
    Ok(())
}

/// Sets a field to a value made for its class.
fn put(work: &mut Work, field: Field, value: Value) {
    let set = work.set(field, value);
    debug_assert!(set.is_ok(), "{field:?} takes a value of its class");
}
