//! JSON as a tree that knows its places: every value with its bytes, numbers as they are spelled,
//! members in their order, repeated ones included.
//!
//! Built by [`parse`](super::parse) of an item's text, or by serde; [`read`](super::read) makes
//! works of it. `serde_json::Value` has no places, rounds long numbers and keeps one of two
//! members of a name.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// A JSON value and where it stands in the item's text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node<'a> {
    pub(super) place: Range<usize>,
    pub(super) shape: Shape<'a>,
}

/// What a JSON value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape<'a> {
    Null,
    Truth(bool),
    /// As it is spelled.
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Vec<Member<'a>>),
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member<'a> {
    pub(super) name: Cow<'a, str>,
    /// Where the name stands, its quotes included.
    pub(super) place: Range<usize>,
    pub(super) value: Node<'a>,
}

impl<'a> Node<'a> {
    /// A value that stands in no text.
    pub(super) fn of(shape: Shape<'a>) -> Self {
        Self { place: 0..0, shape }
    }

    /// A text, a number or a truth value as text; `None` for the others.
    pub(super) fn scalar(&self) -> Option<Cow<'_, str>> {
        match &self.shape {
            Shape::Text(text) | Shape::Number(text) => Some(Cow::Borrowed(text)),
            Shape::Truth(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
            Shape::Null | Shape::List(_) | Shape::Object(_) => None,
        }
    }

    /// How many lists and objects stand in each other here.
    pub(super) fn depth(&self) -> usize {
        // The depth is bounded by what reads JSON: 128 with serde_json, less with `parse`.
        match &self.shape {
            Shape::List(nodes) => 1 + nodes.iter().map(Node::depth).max().unwrap_or(0),
            Shape::Object(members) => {
                1 + members.iter().map(|member| member.value.depth()).max().unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// The value as JSON text.
    pub(super) fn to_json(&self) -> String {
        // The tree has text keys and no value that serde_json refuses.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Node<'_> {
    /// A number that no machine number holds digit for digit is written as a text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.shape {
            Shape::Null => serializer.serialize_unit(),
            Shape::Truth(truth) => serializer.serialize_bool(*truth),
            Shape::Text(text) => serializer.serialize_str(text),
            Shape::Number(digits) => number(digits, serializer),
            Shape::List(nodes) => {
                let mut list = serializer.serialize_seq(Some(nodes.len()))?;
                for node in nodes {
                    list.serialize_element(node)?;
                }
                list.end()
            }
            Shape::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                // Readers keep one of two members of a name: the second takes another.
                let mut taken = HashSet::new();
                for member in members {
                    let mut name = member.name.clone();
                    let mut count = 1;
                    while !taken.insert(name.clone()) {
                        count += 1;
                        name = Cow::Owned(format!("{}-{count}", member.name));
                    }
                    map.serialize_entry(&name, &member.value)?;
                }
                map.end()
            }
        }
    }
}

fn number<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(number) = digits.parse::<i64>() {
        return serializer.serialize_i64(number);
    }
    if let Ok(number) = digits.parse::<u64>() {
        return serializer.serialize_u64(number);
    }
    // 15 digits survive the way through a binary fraction and back.
    const SAFE_DIGITS: usize = 15;
    let few = digits.bytes().filter(u8::is_ascii_digit).count() <= SAFE_DIGITS;
    match digits.parse::<f64>() {
        Ok(number) if few && number.is_finite() => serializer.serialize_f64(number),
        _ => serializer.serialize_str(digits),
    }
}

impl<'de> Deserialize<'de> for Node<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor).map(Node::of)
    }
}

struct Visitor;

impl<'de> serde::de::Visitor<'de> for Visitor {
    type Value = Shape<'static>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Shape::Null)
    }
    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Shape::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_bool<E: Error>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Shape::Truth(truth))
    }
    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Shape::Number(number.to_string().into()))
    }
    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Shape::Number(number.to_string().into()))
    }
    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Shape::Number(number.to_string().into()))
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Shape::Text(text.to_owned().into()))
    }
    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Shape::Text(text.into()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Shape::List(nodes))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Node<'static>>()? {
            members.push(Member { name: name.into(), place: 0..0, value });
        }
        Ok(Shape::Object(members))
    }
}
