//! CSL variables in `M2` lines, for what RIS has no tag of its own for.
//!
//! Zotero's importer takes `M2` for a line of an item's Extra, and reads variables there (its
//! documentation, "Citing Fields from Extra"): `original-date: 1990`, `director: Varda || Agnès`,
//! `type: broadcast`. The specification of 2011 has the tag for pamphlets, the number of pages, and
//! older exports for the first page; a bare number is read as that. What other programs make of
//! the lines tells docs/clients.md. Called by [`write`](super::write) and [`read`](super::read).

use super::name::particle;
use super::value::{folded, is_number};
use crate::format::mapping::{
    ARTICLES, kind_of_ris_type, ris_fields, ris_place, ris_type, zotero_drops, zotero_retypes,
};
use crate::{
    Date, Field, FieldClass, Kind, Name, Names, Origin, Pages, Person, Value, ValueRef, Work,
};

/// The lines of a work, without their tag: its kind where its RIS type means another, then the
/// fields that stand [`by_name`].
pub(super) fn lines(work: &Work, by_name: &[(Field, ValueRef<'_>)]) -> Vec<String> {
    let mut lines = Vec::new();
    if !type_tells(work) || is_retyped(work) {
        lines.push(format!("type: {}", work.kind));
    }
    for &(field, value) in by_name {
        // The tag by the specification, so that a number needs no name.
        if field == Field::NumberOfPages
            && work.kind == Kind::Pamphlet
            && let Some(count) = work.number_of_pages.as_ref().filter(|count| is_number(count))
        {
            lines.push(count.clone());
            continue;
        }
        let mut line = |value: &str| lines.push(format!("{}: {value}", field.as_str()));
        match value {
            ValueRef::Text(text) => line(text),
            ValueRef::Date(date) => line(&date.to_string()),
            ValueRef::Pages(pages) => line(&pages.to_string()),
            ValueRef::Keywords(words) => words.iter().for_each(|word| line(word)),
            ValueRef::Names(names) => names.iter().for_each(|name| line(&spelled(name))),
        }
    }
    lines
}

/// Whether a field with these tags stands in a line of its name: one without a tag, or without
/// one that Zotero reads.
pub(super) fn by_name(field: Field, kind: Kind, tags: Option<&[&str]>) -> bool {
    tags.is_none() || zotero_drops(field, kind)
}

fn is_by_name(field: Field, work: &Work) -> bool {
    by_name(field, work.kind, ris_place(field, work))
}

/// Whether the RIS type of a work is read as its kind. A type that nobody knows is a document.
fn type_tells(work: &Work) -> bool {
    kind_of_ris_type(ris_type(work)).unwrap_or(Kind::Document) == work.kind
}

/// Whether Zotero takes the work for one of another kind. A type that the work was read with is
/// left alone.
fn is_retyped(work: &Work) -> bool {
    zotero_retypes(work.kind) && ris_type(work) == ris_type(&Work::new(work.kind))
}

/// `Family || Given, Suffix`; a body as it is.
fn spelled(name: &Name) -> String {
    let person = match name {
        Name::Literal(body) => return body.clone(),
        Name::Person(person) => person,
    };
    let particles = person.dropping_particle.iter().chain(&person.non_dropping_particle);
    let family: Vec<&str> = particles.chain([&person.family]).map(String::as_str).collect();
    let suffix = person.suffix.as_ref().map(|suffix| format!(", {suffix}")).unwrap_or_default();
    format!("{} || {}{suffix}", family.join(" "), person.given.as_deref().unwrap_or_default())
}

/// The kind that a line says, where a work of that kind is written with this RIS type. A type
/// that is written of other kinds stands for itself, whatever the line says.
pub(super) fn kind(line: &str, ris_type_given: &str) -> Option<Kind> {
    let (name, value) = line.split_once(':')?;
    Kind::from_csl(value.trim())
        .filter(|_| name.trim() == "type")
        .filter(|&kind| ris_type(&Work::new(kind)) == ris_type_given)
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is in the work.
    Read,
    /// Its field has another value.
    Repeated,
    /// It is no variable, or one whose tag is enough.
    Other,
}

/// Reads the lines of a work, all of whose tags are read.
pub(super) struct Lines {
    /// The work's RIS type.
    ris_type: String,
    /// The kind that a line said.
    told: Option<Kind>,
    /// Names, until all are known.
    lists: Vec<(Field, Names)>,
}

impl Lines {
    pub(super) fn new(told: Option<Kind>, work: &Work) -> Self {
        Self { ris_type: ris_type(work).to_owned(), told, lists: Vec::new() }
    }

    /// Reads one line.
    pub(super) fn take(&mut self, work: &mut Work, line: &str) -> Taken {
        if self.told.is_some() && self.told == kind(line, &self.ris_type) {
            return Taken::Read;
        }
        let found = variable(line).filter(|(field, _)| is_by_name(*field, work));
        let Some((field, value)) = found else { return bare(work, line) };
        // `3-1` to `3-24`, which tags divide, is one page with hyphens in a line.
        let spelled = || line.split_once(':').map(|(_, value)| folded(value).into_owned());
        match (work.get(field), value) {
            (known, Value::Names(mut added)) => {
                let at = self.lists.iter().position(|(other, _)| *other == field);
                let so_far = at.map_or(0, |at| self.lists[at].1.len());
                // Names that have a tag too are the same ones in the same order.
                if let Some(ValueRef::Names(known)) = known
                    && known.list.get(so_far) != added.first()
                {
                    return Taken::Repeated;
                }
                match at {
                    Some(at) => self.lists[at].1.list.append(&mut added.list),
                    None => self.lists.push((field, added)),
                }
            }
            (None, value) => {
                let spelled = spelled().unwrap_or_default();
                untake(work, field, &spelled);
                // The value is of the field's own class, so that nothing is refused.
                let _ = work.set(field, value);
            }
            (Some(ValueRef::Pages(known)), Value::Pages(_))
                if spelled().is_some_and(|spelled| folded(&known.to_string()) == spelled) => {}
            (Some(ValueRef::Text(known)), Value::Text(text)) if known == text => {}
            (Some(ValueRef::Date(known)), Value::Date(date)) if *known == date => {}
            _ => return Taken::Repeated,
        }
        Taken::Read
    }

    /// Gives the work the names that it has from lines alone.
    pub(super) fn end(self, work: &mut Work) {
        for (field, names) in self.lists {
            if work.get(field).is_none() {
                let _ = work.set(field, Value::Names(names));
            }
        }
    }
}

/// Takes out what was kept of `C1` and `C3` and is a field's value: such lines are written for the
/// field, and kept beside it they would be more each time a file goes through here.
pub(super) fn without_own(work: &mut Work) {
    let mut kept = std::mem::take(&mut work.extra);
    kept.retain(|extra| {
        let tag = match extra.name.as_bytes() {
            b"C1" if extra.origin == Origin::Ris => *b"C1",
            b"C3" if extra.origin == Origin::Ris => *b"C3",
            _ => return true,
        };
        let is_it = |field: &Field| work.text(*field).is_some_and(|own| folded(own) == extra.value);
        !ris_fields(tag, work.kind).1.iter().any(is_it)
    });
    work.extra = kept;
}

/// Takes a value away from where it was read because nothing told then which of its tag's fields
/// it is of: `CY` is where a conference met or was published.
fn untake(work: &mut Work, field: Field, value: &str) {
    // The tags of the field by itself: the value has taken them from it.
    for tag in ris_place(field, &Work::new(work.kind)).unwrap_or_default() {
        work.extra.retain(|extra| {
            extra.origin != Origin::Ris || extra.name != *tag || extra.value != value
        });
        let Ok(letters) = <[u8; 2]>::try_from(tag.as_bytes()) else { continue };
        for other in
            ris_fields(letters, work.kind).1.iter().copied().filter(|other| *other != field)
        {
            let is_it = match work.get(other) {
                Some(ValueRef::Text(text)) => folded(text) == value,
                Some(ValueRef::Pages(pages)) => folded(&pages.to_string()) == value,
                _ => false,
            };
            if is_it {
                work.clear(other);
            }
        }
    }
}

/// Reads a line without a name: a number alone is the first page of an article, or how many
/// pages a pamphlet has.
fn bare(work: &mut Work, line: &str) -> Taken {
    let value = folded(line).into_owned();
    if !is_number(&value) {
        return Taken::Other;
    }
    if work.kind == Kind::Pamphlet && work.number_of_pages.is_none() {
        work.number_of_pages = Some(value);
        return Taken::Read;
    }
    let is_first = |pages: &Pages| pages.ranges().first().is_some_and(|range| range.first == value);
    match &work.page {
        Some(pages) if ARTICLES.contains(&work.kind) && is_first(pages) => Taken::Read,
        _ => Taken::Other,
    }
}

/// The variable that a line holds, by CSL's own name, and its value; `None` for any other line:
/// `Host: EBSCO` is somebody's remark.
fn variable(line: &str) -> Option<(Field, Value)> {
    let (name, value) = line.split_once(':')?;
    let field = Field::from_csl(name)?;
    let value = folded(value).into_owned();
    if value.is_empty() {
        return None;
    }
    Some((
        field,
        match field.class() {
            FieldClass::Names => Value::Names(Names::from(vec![name_of(&value)])),
            FieldClass::Date => {
                Value::Date(value.parse::<Date>().unwrap_or_else(|_| Date::literal(value)))
            }
            FieldClass::Text | FieldClass::Number => Value::Text(value),
            FieldClass::Pages => Value::Pages(value.parse().ok()?),
            // These have a tag whatever the work.
            FieldClass::Keywords => return None,
        },
    ))
}

fn name_of(value: &str) -> Name {
    let Some((family, given)) = value.split_once("||") else { return Name::body(value) };
    let (non_dropping, family) = particle(family.trim());
    // Of several commas none is known to be the suffix's.
    let (given, suffix) = match given.split_once(',') {
        Some((given, suffix)) if !suffix.contains(',') => (given.trim(), suffix.trim()),
        _ => (given.trim(), ""),
    };
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut person = Person::default();
    family.clone_into(&mut person.family);
    person.given = some(given);
    person.non_dropping_particle = some(non_dropping);
    person.suffix = some(suffix);
    person.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(work: &Work) -> Vec<String> {
        let fields: Vec<_> = work.fields().filter(|(field, _)| is_by_name(*field, work)).collect();
        lines(work, &fields)
    }

    fn work() -> Work {
        let mut work = Work::new(Kind::Broadcast);
        work.set(Field::Pmid, Value::Text("20876088".to_owned())).unwrap();
        work.set(Field::OriginalDate, Value::Date("1990-02/..".parse().unwrap())).unwrap();
        let mut person = Person::default();
        "Berg".clone_into(&mut person.family);
        person.given = Some("Jan".to_owned());
        person.non_dropping_particle = Some("van den".to_owned());
        person.suffix = Some("Jr.".to_owned());
        let names = vec![person.into(), Name::body("World: Bank"), Name::person("Plato", "")];
        work.set(Field::Director, Value::Names(names.into())).unwrap();
        work
    }

    #[test]
    fn what_has_no_tag_is_said_by_name() {
        assert_eq!(
            lines_of(&work()),
            [
                "type: broadcast",
                "director: van den Berg || Jan, Jr.",
                "director: World: Bank",
                "director: Plato || ",
                "original-date: 1990-02/..",
                "PMID: 20876088",
            ]
        );
        assert_eq!(lines_of(&Work::new(Kind::Book)), Vec::<String>::new());
        // `GEN` is a journal article to Zotero, which no publisher belongs to.
        let mut work = Work::new(Kind::Document);
        work.publisher = Some("Brill".into());
        assert_eq!(lines_of(&work), ["type: document", "publisher: Brill"]);
    }

    #[test]
    fn lines_are_read_as_they_were_written() {
        let work = work();
        let mut read = Work::new(Kind::Broadcast);
        let mut reading = Lines::new(Some(Kind::Broadcast), &read);
        for line in lines_of(&work) {
            assert_eq!(reading.take(&mut read, &line), Taken::Read, "{line}");
        }
        reading.end(&mut read);
        assert_eq!(read, work);
    }

    #[test]
    fn other_lines_are_no_variables() {
        let date = Value::Date(Date::year(1990));
        assert_eq!(variable("original-date:1990"), Some((Field::OriginalDate, date)));
        for line in [
            "435/5 424/3",
            "see: there",
            "PMID:",
            "PMID",
            "12: 3",
            "type: broadcast",
            "Host: EBSCO",
        ] {
            assert_eq!(variable(line), None, "{line}");
        }
        let mut read = work();
        assert_eq!(Lines::new(None, &work()).take(&mut read, "PMID: 2"), Taken::Repeated);
        assert_eq!(Lines::new(None, &work()).take(&mut read, "volume: 2"), Taken::Other);
        assert_eq!(kind("type: broadcast", "JOUR"), None);
        assert_eq!(kind("type: review", "JOUR"), Some(Kind::Review));
    }
}
