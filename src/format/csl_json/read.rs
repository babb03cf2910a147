//! One CSL-JSON item to one work, whatever shapes its values have.
//!
//! Takes a [`Node`], gives a [`Work`] and fills [`Notes`]; called by [`reader`](super::reader)
//! and by serde for a [`Work`]. What the model has no field for is kept as an [`Extra`](crate::Extra) and
//! written back: where the schema has the property, there, else under `custom`.

use super::creators::creators;
use super::date::date;
use super::extras::Extras;
use super::node::{Member, Node, Shape};
use super::note_lines;
use super::notes::Notes;
use super::plain::plain;
use super::shape::{keywords, names, text};
use crate::format::mapping::{
    csl_field, csl_field_loosely, csl_kind, csl_name, is_in_schema, kind_of_csl_type,
};
use crate::{Code, Field, FieldClass, Kind, Names, Pages, Value, Work, doi_in};
use serde::de::{Deserialize, Deserializer, Error};

impl<'de> Deserialize<'de> for Work {
    /// A CSL-JSON item.
    ///
    /// # Errors
    /// An item that is no object, or a variable whose value is not of its class at all (an
    /// object where a text belongs).
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut notes = Notes::new(None);
        let item = Node::deserialize(deserializer)?;
        let work = work(&item, &mut notes).ok_or_else(|| Error::custom("an item is an object"))?;
        notes.impossible.map_or(Ok(work), |what| Err(Error::custom(what)))
    }
}

/// How deep a value may be that is kept without being understood: so that it can be written
/// inside an item, inside a list, and read again by programs that allow 128.
const DEEPEST: usize = 100;

/// The work of an item; `None` where it is no object.
pub(super) fn work(item: &Node<'_>, notes: &mut Notes) -> Option<Work> {
    let Shape::Object(members) = &item.shape else { return None };
    let mut read = Reading { work: Work::default(), extras: Extras::default(), notes };
    let is_own = |wanted: &str| members.iter().any(|member| member.name == wanted);
    // `ID`, `Type`, and what Zotero's own JSON calls the type.
    let (own_id, own_type) = (is_own("id"), is_own("type"));
    let meant = |member: &Member<'_>| match member.name.to_ascii_lowercase().as_str() {
        "id" if !own_id => "id",
        "type" | "itemtype" if !own_type => "type",
        _ => "",
    };
    let id = members.iter().find(|member| member.name == "id" || meant(member) == "id");
    if let Some(id) = id.and_then(|id| id.value.scalar()).filter(|id| !id.is_empty()) {
        read.notes.name_item(&id);
    }
    let mut custom = Vec::new();
    let mut typed = false;
    for member in members {
        let name = match meant(member) {
            "" => member.name.as_ref(),
            name => name,
        };
        match name {
            "id" if read.work.id.is_none() => {
                if let Shape::Truth(_) = member.value.shape {
                    read.should_be_text("id", &member.value);
                }
                read.work.id = text(&member.value, "id", read.notes);
                read.take_parts();
            }
            "type" if !typed => {
                typed = true;
                read.kind(member);
            }
            "custom" => match &member.value.shape {
                Shape::Object(own) => custom.extend(own),
                Shape::Null => {}
                _ => {
                    let what = "is no object";
                    let assumed = "it is kept for CSL-JSON alone";
                    read.notes.shape(&member.value, "custom", what, assumed);
                    read.extra(&member.name, &member.value);
                }
            },
            _ => read.property(member),
        }
    }
    for member in custom {
        read.own(member);
    }
    note_lines::take(&mut read.work);
    Some(read.work)
}

struct Reading<'n> {
    work: Work,
    extras: Extras,
    notes: &'n mut Notes,
}

impl Reading<'_> {
    fn kind(&mut self, member: &Member<'_>) {
        let Some(name) = member.value.scalar() else {
            if !matches!(member.value.shape, Shape::Null) {
                self.notes.refuse(&member.value, "type", "is no text");
                self.extra("type", &member.value);
            }
            return;
        };
        if let Some(kind) = Kind::from_csl(&name) {
            self.work.kind = kind;
            return;
        }
        let what = format!("is no CSL type: `{}`", super::parse::shown(&name));
        let known = kind_of_csl_type(&name);
        self.work.kind = known.unwrap_or_default();
        let assumed = match known {
            Some(kind) => format!("it is read as `{kind}`"),
            None => "the work is a document, and the type is kept".to_owned(),
        };
        let help = "write one of the types of CSL 1.0.2";
        let place = &member.value.place;
        self.notes.doubt(Code::RecordUnknownType, place, "type", &what, assumed, help);
        if known.is_none() {
            self.extra("type", &member.value);
        } else {
            self.notes.soften();
        }
    }

    /// A property of the item itself.
    fn property(&mut self, member: &Member<'_>) {
        let name = member.name.as_ref();
        if matches!(member.value.shape, Shape::Null) {
            return;
        }
        if let Some(field) = csl_field(name) {
            return self.set(field, member);
        }
        if is_in_schema(name) && !matches!(name, "id" | "type") {
            return self.extra(name, &member.value);
        }
        let help = "properties of one's own stand under `custom`";
        let code = Code::RecordUnknownField;
        let what = "is no CSL variable";
        if let Some(field) = csl_field_loosely(name) {
            let assumed = format!("it is read as `{}`", field.as_str());
            self.notes.doubt(code, &member.place, name, what, assumed, help);
            return self.set(field, member);
        }
        if name == "creators" && self.creators(&member.value) {
            return;
        }
        if !matches!(name, "id" | "type") {
            let assumed = "it is kept for CSL-JSON alone";
            self.notes.doubt(code, &member.place, name, what, assumed, help);
        }
        self.again(member);
    }

    /// People as Zotero's own JSON has them, where the item names none of those roles itself.
    fn creators(&mut self, node: &Node<'_>) -> bool {
        let (doubts, parts) = (self.notes.found.len(), self.notes.parts.len());
        let plain = plain(node).map(|(node, _)| node);
        let roles = creators(plain.as_ref().unwrap_or(node), self.notes).unwrap_or_default();
        if roles.is_empty() || roles.iter().any(|(field, _)| self.work.get(*field).is_some()) {
            self.notes.found.truncate(doubts);
            self.notes.parts.truncate(parts);
            return false;
        }
        self.notes.found.truncate(doubts);
        let assumed = "each is read in its role";
        self.notes.shape(node, "creators", "stands where the roles belong", assumed);
        for (field, names) in roles {
            put(&mut self.work, field, Value::Names(names));
        }
        self.take_parts();
        true
    }

    /// A property that the item has already: the second is kept apart, unless it says the same.
    fn again(&mut self, member: &Member<'_>) {
        let same = match member.name.as_ref() {
            "id" => member.value.scalar().as_deref() == self.work.id.as_deref(),
            "type" => member.value.scalar().as_deref() == Some(self.work.kind.as_str()),
            _ => return self.extra(&member.name, &member.value),
        };
        if same {
            return;
        }
        self.repeated(member);
        self.extra(&member.name, &member.value);
    }

    fn repeated(&mut self, member: &Member<'_>) {
        self.notes.doubt(
            Code::RecordFieldRepeated,
            &member.place,
            &member.name,
            "stands twice",
            "the first is read, the second is kept for CSL-JSON alone",
            "take one of them away",
        );
    }

    fn set(&mut self, field: Field, member: &Member<'_>) {
        let name = member.name.as_ref();
        let plain = self.plain(name, &member.value);
        let node = plain.as_ref().unwrap_or(&member.value);
        let value = match field.class() {
            FieldClass::Names => Some(Value::Names(names(node, name, self.notes))),
            FieldClass::Date => date(node, name, self.notes).map(Value::Date),
            FieldClass::Pages => text(node, name, self.notes)
                // A dash alone is no page, but it is what the file says.
                .map(|text| Value::Pages(text.parse().unwrap_or_else(|_| Pages::page(text)))),
            FieldClass::Keywords => Some(Value::Keywords(keywords(node, name, self.notes))),
            FieldClass::Text | FieldClass::Number => {
                if field.class() == FieldClass::Text {
                    self.should_be_text(name, node);
                }
                text(node, name, self.notes).map(|text| match doi_in(&text) {
                    Some(bare) if field == Field::Doi => Value::Text(bare.to_owned()),
                    _ => Value::Text(text),
                })
            }
        };
        if let Some(value) = value {
            match self.work.get(field) {
                None => put(&mut self.work, field, value),
                Some(_) => {
                    let mut other = Work::default();
                    put(&mut other, field, value);
                    if other.get(field).is_some() && other.get(field) != self.work.get(field) {
                        self.repeated(member);
                        self.notes.parts.clear();
                        self.extra(name, node);
                    }
                }
            }
        }
        self.take_parts();
    }

    /// The value without entities and control characters, where it has such.
    fn plain<'a>(&mut self, name: &str, node: &Node<'a>) -> Option<Node<'a>> {
        let (node, has_controls) = plain(node)?;
        if has_controls {
            let assumed = "they are left out";
            let (code, what) = (Code::TextControlCharacters, "holds control characters");
            self.notes.doubt(code, &node.place, name, what, assumed, "take them away");
        }
        Some(node)
    }

    fn should_be_text(&mut self, name: &str, node: &Node<'_>) {
        let what = match node.shape {
            Shape::Number(_) => "is a number where a text belongs",
            Shape::Truth(_) => "is a truth value where a text belongs",
            _ => return,
        };
        self.notes.shape(node, name, what, "it is read as a text");
    }

    /// What stands under `custom`: ours, where it has the shape that we write; else another's.
    fn own(&mut self, member: &Member<'_>) {
        let node = &member.value;
        let read = match member.name.as_ref() {
            "type" => self.own_type(node),
            "keywords" => match texts(node) {
                Some(words) if !words.is_empty() => {
                    self.work.keyword = words;
                    true
                }
                _ => false,
            },
            "et-al" => self.open_names(node),
            // Says where values came from, not what they are.
            "evidence" => matches!(node.shape, Shape::Object(_)),
            name => match csl_field(name).filter(|field| csl_name(*field).is_none()) {
                Some(field) => {
                    self.set(field, member);
                    true
                }
                None => false,
            },
        };
        if !read {
            self.extra(&member.name, node);
        }
    }

    /// Where the kind is written as another, `custom.type` says which it is; where it is no CSL
    /// type at all, what it was.
    fn own_type(&mut self, node: &Node<'_>) -> bool {
        let Shape::Text(name) = &node.shape else { return false };
        match Kind::from_csl(name) {
            Some(kind)
                if matches!(self.work.kind, Kind::Document) || csl_kind(kind) == self.work.kind =>
            {
                self.work.kind = kind;
                // What it was before is said no more.
                self.extras.remove(&mut self.work, "type");
            }
            None if self.work.kind == Kind::Document
                && self.extras.place(&self.work, "type").is_none() =>
            {
                self.extras.keep(&mut self.work, "type", node.to_json());
            }
            _ => return false,
        }
        true
    }

    fn open_names(&mut self, node: &Node<'_>) -> bool {
        let fields = match &node.shape {
            Shape::Truth(true) => vec![Field::Author],
            _ => {
                let fields = texts(node).unwrap_or_default();
                let fields: Option<Vec<Field>> =
                    fields.iter().map(|name| Field::from_csl(name)).collect();
                fields.unwrap_or_default()
            }
        };
        let open = fields.iter().all(|&field| self.work.names(field).is_some());
        if fields.is_empty() || !open {
            return false;
        }
        for field in fields {
            if let Some(names) = self.work.names(field) {
                let names = Names { others: true, ..names.clone() };
                put(&mut self.work, field, Value::Names(names));
            }
        }
        true
    }

    /// Keeps a value under a name that nothing else has.
    fn extra(&mut self, name: &str, node: &Node<'_>) {
        if node.depth() > DEEPEST {
            self.notes.doubt(
                Code::CslJsonWrongShape,
                &(node.place.start..node.place.start + 1.min(node.place.len())),
                name,
                "is nested too deep",
                "it is left out",
                "nothing in a bibliography is so deep",
            );
            return;
        }
        self.extras.keep(&mut self.work, name, node.to_json());
    }

    /// Keeps the parts of a value that had no place.
    fn take_parts(&mut self) {
        for (path, value) in std::mem::take(&mut self.notes.parts) {
            self.extras.keep(&mut self.work, &path, value);
        }
    }
}

/// The texts of a list that holds nothing else.
fn texts(node: &Node<'_>) -> Option<Vec<String>> {
    let Shape::List(nodes) = &node.shape else { return None };
    let text = |node: &Node<'_>| match &node.shape {
        Shape::Text(text) => Some(text.clone().into_owned()),
        _ => None,
    };
    nodes.iter().map(text).collect()
}

/// Sets a field to a value made for its class.
fn put(work: &mut Work, field: Field, value: Value) {
    let set = work.set(field, value);
    debug_assert!(set.is_ok(), "{field:?} takes a value of its class");
}
