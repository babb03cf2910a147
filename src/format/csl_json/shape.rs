//! Names and texts in every shape that programs write them.
//!
//! Takes a [`Node`], gives the value; called by [`read`](super::read) and by serde. The shape of
//! names is `name-variable` of `csl-data.json` 1.0.2.

use super::node::{Member, Node, Shape};
use super::notes::Notes;
use crate::{Code, Name, Names, Person};
use memchr::memchr2_iter;
use std::borrow::Cow;

/// The text of a property; `None` where it is empty or of no use.
pub(super) fn text(node: &Node<'_>, name: &str, notes: &mut Notes) -> Option<String> {
    if let Some(text) = node.scalar() {
        return (!text.is_empty()).then(|| text.into_owned());
    }
    match &node.shape {
        Shape::List(nodes) => {
            let texts: Vec<Cow<'_, str>> = nodes.iter().filter_map(Node::scalar).collect();
            let whole = nodes.iter().all(|node| node.scalar().is_some());
            if !whole {
                notes.refuse(node, name, "is a list where a text belongs");
                notes.keep(name.to_owned(), node);
                return None;
            }
            if !texts.is_empty() {
                let assumed = "its texts are joined with semicolons";
                notes.shape(node, name, "is a list where a text belongs", assumed);
            }
            Some(texts.join("; ")).filter(|text| !text.is_empty())
        }
        Shape::Object(_) => {
            notes.refuse(node, name, "is an object where a text belongs");
            notes.keep(name.to_owned(), node);
            None
        }
        _ => None,
    }
}

/// The keywords of a property: a list, or one text divided at commas and semicolons.
pub(super) fn keywords(node: &Node<'_>, name: &str, notes: &mut Notes) -> Vec<String> {
    match &node.shape {
        Shape::List(nodes) if nodes.iter().all(|node| node.scalar().is_some()) => {
            notes.shape(node, name, "is a list where a text belongs", "it is read as the keywords");
            nodes.iter().filter_map(Node::scalar).map(Cow::into_owned).collect()
        }
        _ => text(node, name, notes).map(|text| words(&text)).unwrap_or_default(),
    }
}

/// Keywords in one text.
pub(super) fn words(text: &str) -> Vec<String> {
    let ends = memchr2_iter(b',', b';', text.as_bytes()).chain([text.len()]);
    let mut start = 0;
    let words = ends.map(|end| {
        let word = text[start..end].trim();
        start = end + 1;
        word
    });
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The names of a property; none where it holds none.
pub(super) fn names(node: &Node<'_>, property: &str, notes: &mut Notes) -> Names {
    let mut names = match &node.shape {
        Shape::Null => Names::default(),
        Shape::List(nodes) => {
            if nodes.iter().any(|node| matches!(node.shape, Shape::List(_))) {
                notes.shape(node, property, "has a list in its list", "its names are read");
            }
            let read = |(index, node)| name(node, property, index, notes);
            nodes.iter().flat_map(within).enumerate().filter_map(read).collect()
        }
        Shape::Object(_) => {
            notes.shape(node, property, "is one name where a list belongs", "it is read as a list");
            name(node, property, 0, notes).into_iter().collect()
        }
        Shape::Text(text) if text.trim().is_empty() => Names::default(),
        Shape::Text(text) => {
            doubtful(node, property, notes);
            divided(text).into_iter().map(typed).collect()
        }
        Shape::Number(_) | Shape::Truth(_) => {
            notes.refuse(node, property, "holds no names");
            notes.keep(property.to_owned(), node);
            Names::default()
        }
    };
    take_others(&mut names);
    names
}

/// Takes a last name that says that there are more.
pub(super) fn take_others(names: &mut Names) {
    let is_others = |name: &Name| match name {
        Name::Literal(literal) => matches!(literal.as_str(), "others" | "et al." | "et al"),
        Name::Person(_) => false,
    };
    if names.len() > 1 && names.list.last().is_some_and(is_others) {
        names.list.pop();
        names.others = true;
    }
}

/// The names of a list that stands within the list; else the name itself.
fn within<'n, 'a>(node: &'n Node<'a>) -> &'n [Node<'a>] {
    match &node.shape {
        Shape::List(inner) => inner,
        _ => std::slice::from_ref(node),
    }
}

/// The names in one text: with a semicolon between, or `and` where each has its comma.
fn divided(text: &str) -> Vec<&str> {
    let by_and: Vec<&str> = text.split(" and ").collect();
    let parts = if text.contains(';') {
        text.split(';').collect()
    } else if by_and.iter().all(|name| name.contains(',')) {
        by_and
    } else {
        vec![text]
    };
    parts.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// A name as people type it: `Family, Given, Suffix`, or a body.
fn typed(text: &str) -> Name {
    let mut parts = text.splitn(3, ',').map(str::trim);
    let family = parts.next().unwrap_or("");
    let mut part = || parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
    match part() {
        Some(given) if !family.is_empty() => Name::Person(Person {
            family: family.to_owned(),
            given: Some(given),
            suffix: part(),
            ..Person::default()
        }),
        _ => Name::body(text),
    }
}

fn doubtful(node: &Node<'_>, property: &str, notes: &mut Notes) {
    let assumed = "what stands before a comma is the family name; without a comma it is a body";
    notes.shape(node, property, "has a text where names belong", assumed);
}

/// One name; `None` where it is empty or of no use.
pub(super) fn name(
    node: &Node<'_>,
    property: &str,
    index: usize,
    notes: &mut Notes,
) -> Option<Name> {
    match &node.shape {
        Shape::Object(members) => parts(node, members, property, index, notes),
        Shape::Text(text) if !text.trim().is_empty() => {
            doubtful(node, property, notes);
            Some(typed(text.trim()))
        }
        Shape::Text(_) | Shape::Null => None,
        _ => {
            notes.refuse(node, property, "holds what is no name");
            notes.keep(format!("{property}/{index}"), node);
            None
        }
    }
}

fn parts(
    node: &Node<'_>,
    members: &[Member<'_>],
    property: &str,
    index: usize,
    notes: &mut Notes,
) -> Option<Name> {
    let mut person = Person::default();
    let (mut literal, mut called, mut family) = (None, None, None);
    let mut is_body = false;
    let mut is_foreign = false;
    let mut rest: Vec<&Member<'_>> = Vec::new();
    for member in members {
        let said = member.value.scalar().filter(|text| !text.is_empty()).map(Cow::into_owned);
        let part = part_name(&member.name);
        is_foreign |= part != member.name;
        if is_part(part) && matches!(member.value.shape, Shape::Number(_) | Shape::Truth(_)) {
            let what = "has a name that is no text";
            notes.shape(&member.value, property, what, "it is read as a text");
        }
        let slot = match part {
            "family" => &mut family,
            "given" => &mut person.given,
            "dropping-particle" => &mut person.dropping_particle,
            "non-dropping-particle" => &mut person.non_dropping_particle,
            "suffix" => &mut person.suffix,
            "literal" => &mut literal,
            "name" => &mut called,
            "isInstitution" => {
                is_body = !matches!(said.as_deref(), None | Some("false" | "0"));
                continue;
            }
            _ => {
                rest.push(member);
                continue;
            }
        };
        let is_empty = matches!(member.value.shape, Shape::Null) || member.value.scalar().is_some();
        if !is_empty || slot.is_some() && said.is_some() && *slot != said {
            rest.push(member);
        } else if slot.is_none() {
            *slot = said;
        }
    }
    if is_foreign {
        let what = "has a name whose parts are called otherwise";
        notes.shape(node, property, what, "they are read as `family` and `given`");
    }
    for member in rest {
        let path = format!("{property}/{index}/{}", member.name);
        if !is_option(&member.name) {
            notes.doubt(
                Code::RecordUnknownField,
                &member.place,
                &path,
                "is no part of a name",
                "it is kept for CSL-JSON alone",
                "other formats have no place for it",
            );
        }
        notes.keep(path, &member.value);
    }
    if is_body && literal.is_none() {
        literal = family.take().or_else(|| called.take());
    }
    let nobody = family.is_none() && person.given.is_none();
    if literal.is_none() && nobody && called.is_some() {
        notes.shape(node, property, "has `name` in place of `literal`", "it is read as a body");
        literal = called.take();
    }
    let mut keep = |part: &str, value: Option<String>| {
        if let Some(value) = value {
            let node = Node::of(Shape::Text(value.into()));
            notes.keep(format!("{property}/{index}/{part}"), &node);
        }
    };
    keep("name", called);
    if let Some(literal) = literal {
        keep("family", family);
        keep("given", person.given);
        keep("dropping-particle", person.dropping_particle);
        keep("non-dropping-particle", person.non_dropping_particle);
        keep("suffix", person.suffix);
        return Some(Name::Literal(literal));
    }
    // A person known by one name has it as the family name.
    let family = family.or_else(|| person.given.take());
    let Some(family) = family else {
        if !members.is_empty() {
            keep("dropping-particle", person.dropping_particle);
            keep("non-dropping-particle", person.non_dropping_particle);
            keep("suffix", person.suffix);
        }
        notes.shape(node, property, "holds a name without a name", "it is left out");
        return None;
    };
    Some(Name::Person(Person { family, ..person }))
}

/// Parts of a name in the schema that the model has no place for: they say how styles are to
/// set the name, not what it is.
fn is_option(name: &str) -> bool {
    matches!(name, "comma-suffix" | "static-ordering" | "parse-names")
}

/// The part of a name that a word plainly means which CSL has not: Zotero's words, capitals.
fn part_name(name: &str) -> &str {
    match name.to_ascii_lowercase().as_str() {
        "family" | "lastname" => "family",
        "given" | "firstname" => "given",
        _ => name,
    }
}

fn is_part(name: &str) -> bool {
    matches!(
        name,
        "family" | "given" | "dropping-particle" | "non-dropping-particle" | "suffix" | "literal"
    )
}
