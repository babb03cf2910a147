//! `src/review/places.json`, the table that the review page writes changed works by, is what the
//! library's own writers do.
//!
//! Every kind is written with every field, with all of them, and with those two of which one moves
//! the other; what is seen is the table. So the page knows no format that the library does not. `CITELIFT_WRITE_DOCS=1 cargo test -p
//! citelift-cli --test places` writes it anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use citelift::{Date, Field, FieldClass, Format, Kind, Name, Names, Pages, Value, Work};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

const FORMATS: [Format; 3] = [Format::Bibtex, Format::Biblatex, Format::Ris];

#[test]
fn the_pages_table_is_current() {
    let wanted = table();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/review/places.json");
    if std::env::var_os("CITELIFT_WRITE_DOCS").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stands == wanted,
        "{} is not current; write it anew with CITELIFT_WRITE_DOCS=1 cargo test -p citelift-cli \
         --test places",
        path.display()
    );
}

/// What stands for the value of a field, in any record.
fn mark(at: usize, field: Field) -> String {
    match field.class() {
        FieldClass::Date => format!("{}", 2000 + at),
        // A pamphlet's is written without its name where it is a number.
        _ if field == Field::NumberOfPages => "770077".to_owned(),
        _ => format!("Xv{at:03}x"),
    }
}

fn put(work: &mut Work, at: usize, field: Field) {
    let text = mark(at, field);
    let value = match field.class() {
        FieldClass::Names => Value::Names(Names::from(vec![Name::body(text)])),
        FieldClass::Date => Value::Date(text.parse::<Date>().unwrap()),
        FieldClass::Pages => Value::Pages(Pages::page(text)),
        FieldClass::Keywords => Value::Keywords(vec![text]),
        _ => Value::Text(text),
    };
    work.set(field, value).unwrap();
}

/// A record's lines behind its first two, which have the type and the key.
fn record(format: Format, kind: Kind, fields: &[usize]) -> (String, Vec<String>) {
    let mut work = Work::new(kind);
    work.id = Some("x".to_owned());
    for &at in fields {
        put(&mut work, at, Field::ALL[at]);
    }
    let mut text = Vec::new();
    format.write(&[work], &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let mut lines = text.lines().map(|line| line.trim().trim_end_matches(',').to_owned());
    let first = lines.next().unwrap();
    let kind = match format {
        Format::Ris => first.strip_prefix("TY  - ").unwrap().to_owned(),
        _ => first.strip_prefix('@').unwrap().split('{').next().unwrap().to_owned(),
    };
    let ends = ["}", "", "ER  -", "ID  - x"];
    (kind, lines.filter(|line| !ends.contains(&line.as_str())).collect())
}

/// Where a field goes in a record: names of fields, or tags with what stands before the value.
fn places(format: Format, lines: &[String], at: usize) -> Json {
    let mark = mark(at, Field::ALL[at]);
    let name = |line: &str| line.split(" = ").next().unwrap().to_owned();
    let mut found = Vec::new();
    for line in lines.iter().filter(|line| line.contains(&mark)) {
        if format == Format::Ris {
            let (tag, value) = line.split_once("  - ").unwrap();
            let before = value.split(&mark).next().unwrap();
            found.push(if before.is_empty() { json!(tag) } else { json!([tag, before]) });
        } else if ["editora", "editorb", "editorc"].contains(&name(line).as_str()) {
            let kind = format!("{}type = {{", name(line));
            let role = lines.iter().find_map(|line| line.strip_prefix(&kind)).unwrap();
            found.push(json!({"role": role.trim_end_matches('}')}));
        } else {
            found.push(json!(name(line)));
        }
    }
    Json::Array(found)
}

/// What a record says of its kind beside its type.
fn said(lines: &[String]) -> Option<&str> {
    lines.iter().find_map(|line| {
        line.strip_prefix("entrysubtype = {")
            .or_else(|| line.strip_prefix("M2  - type: "))
            .map(|word| word.trim_end_matches('}'))
    })
}

/// Groups what kinds have alike: the commonest last, for all other kinds.
fn grouped(by_kind: &BTreeMap<Kind, Json>) -> Json {
    let mut groups: Vec<(Json, Vec<Kind>)> = Vec::new();
    for (kind, places) in by_kind {
        match groups.iter_mut().find(|(known, _)| known == places) {
            Some((_, kinds)) => kinds.push(*kind),
            None => groups.push((places.clone(), vec![*kind])),
        }
    }
    groups.sort_by_key(|(_, kinds)| kinds.len());
    let last = groups.len().saturating_sub(1);
    groups
        .into_iter()
        .enumerate()
        .map(|(at, (places, kinds))| {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
            if at == last { json!(["*", places]) } else { json!([words.join(" "), places]) }
        })
        .collect()
}

fn table() -> String {
    let (mut kinds, mut fields, mut beside) = (Map::new(), Map::new(), Map::new());
    for &kind in Kind::ALL {
        let item = serde_json::to_value(Work::new(kind)).unwrap();
        let mut row = Map::from_iter([("csl".to_owned(), item["type"].clone())]);
        for format in FORMATS {
            let (name, lines) = record(format, kind, &[]);
            row.insert(format.name().to_owned(), json!([name, said(&lines)]));
        }
        kinds.insert(kind.as_str().to_owned(), row.into());
    }
    for &field in Field::ALL {
        let mut work = Work::new(Kind::Book);
        put(&mut work, 7, field);
        let item = serde_json::to_value(&work).unwrap();
        let property =
            item.as_object().unwrap().keys().find(|key| !["id", "type"].contains(&key.as_str()));
        let class = format!("{:?}", field.class()).to_lowercase();
        let row = json!({"class": class, "csl": property.filter(|name| *name != "custom")});
        fields.insert(field.as_str().to_owned(), row);
    }
    for format in FORMATS {
        let (places, with) = column(format);
        for (field, places) in Field::ALL.iter().zip(places) {
            fields[field.as_str()][format.name()] = places;
        }
        beside.insert(format.name().to_owned(), with.into());
    }
    let table =
        json!({"kinds": kinds, "fields": fields, "beside": beside, "languages": languages()});
    lines_of(&table)
}

/// The places of one format: by field, and where another field changes them.
fn column(format: Format) -> (Vec<Json>, Vec<Json>) {
    let all: Vec<usize> = (0..Field::ALL.len()).collect();
    let mut with = Vec::new();
    // Places by field and kind, and those that another field changes, by both and the places.
    let mut alone: Vec<BTreeMap<Kind, Json>> = vec![BTreeMap::new(); all.len()];
    let mut changed: BTreeMap<(usize, usize, String), Vec<&str>> = BTreeMap::new();
    for &kind in Kind::ALL {
        let bare = record(format, kind, &[]);
        for &at in &all {
            let (name, lines) = record(format, kind, &[at]);
            alone[at].insert(kind, places(format, &lines, at));
            if (&name, said(&lines)) != (&bare.0, said(&bare.1)) {
                let field = Field::ALL[at].as_str();
                with.push(json!(["", field, [name, said(&lines)], kind.as_str()]));
            }
        }
        // A field that no crowd moves is moved by no single one. Roles follow one another; the
        // page counts them, so that they are no crowd.
        let is_role = |at: usize| alone[at][&kind].to_string().contains("\"role\"");
        let crowd: Vec<usize> = all.iter().copied().filter(|&at| !is_role(at)).collect();
        let (_, crowded) = record(format, kind, &crowd);
        for &at in &all {
            let found = if is_role(at) {
                let (_, lines) = record(format, kind, &[&crowd[..], &[at]].concat());
                places(format, &lines, at)
            } else {
                places(format, &crowded, at)
            };
            if found == alone[at][&kind] {
                continue;
            }
            for other in crowd.iter().copied().filter(|&other| other != at) {
                let both = places(format, &record(format, kind, &[at, other]).1, at);
                if both != alone[at][&kind] {
                    changed.entry((at, other, both.to_string())).or_default().push(kind.as_str());
                }
            }
        }
    }
    for ((at, other, both), kinds) in changed {
        let kinds = if kinds.len() == Kind::ALL.len() { "*".into() } else { kinds.join(" ") };
        let both: Json = serde_json::from_str(&both).unwrap();
        with.push(json!([Field::ALL[at].as_str(), Field::ALL[other].as_str(), both, kinds]));
    }
    (alone.iter().map(grouped).collect(), with)
}

/// What `langid` says of the tags of two letters, and of those with a region that change it.
fn languages() -> Map<String, Json> {
    let babel = |tag: &str| -> Option<String> {
        let mut work = Work::new(Kind::Book);
        work.language = Some(tag.to_owned());
        let text = citelift::bibtex::to_string(&[work]);
        let (_, rest) = text.split_once("langid = {")?;
        Some(rest.split('}').next().unwrap().to_owned())
    };
    let letters = || 'a'..='z';
    let mut found = Map::new();
    for tag in letters().flat_map(|one| letters().map(move |two| format!("{one}{two}"))) {
        let Some(name) = babel(&tag) else { continue };
        for region in letters().flat_map(|one| letters().map(move |two| format!("{one}{two}"))) {
            let regional = format!("{tag}-{region}");
            if let Some(other) = babel(&regional).filter(|other| *other != name) {
                found.insert(regional, other.into());
            }
        }
        found.insert(tag, name.into());
    }
    found
}

/// JSON with a row of the table on a line, so that a change to it can be read.
fn lines_of(table: &Json) -> String {
    let mut out = String::from("{");
    for (at, (name, part)) in table.as_object().unwrap().iter().enumerate() {
        out.push_str(if at > 0 { ",\n" } else { "\n" });
        out.push_str(&format!("\"{name}\": {{"));
        for (at, (name, row)) in part.as_object().unwrap().iter().enumerate() {
            out.push_str(if at > 0 { ",\n" } else { "\n" });
            out.push_str(&format!("\"{name}\": {row}"));
        }
        out.push_str("\n}");
    }
    out.push_str("\n}\n");
    out
}
