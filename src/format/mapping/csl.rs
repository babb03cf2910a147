//! Fields against the properties of CSL-JSON, both directions.

use super::field::{Csl, ROWS, row_of};
use crate::{Field, FieldClass};
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

/// The property of a field in CSL-JSON; `None` for the variables that the schema has not, which
/// stand under `custom`. The schema spells some variables otherwise than the specification.
pub(in crate::format) fn csl_name(field: Field) -> Option<&'static str> {
    match row_of(field).csl {
        Csl::Variable => Some(field.as_str()),
        Csl::Schema(name) => Some(name),
        Csl::Custom => None,
    }
}

/// The field of a property: the specification's name, the schema's, or an older one.
pub(in crate::format) fn csl_field(name: &str) -> Option<Field> {
    static OTHERS: OnceLock<HashMap<&'static str, Field>> = OnceLock::new();
    // Whatever stands in an item is asked for, abstracts too.
    const LONGEST: usize = 32;
    Field::from_csl(name).or_else(|| {
        let others = OTHERS.get_or_init(|| {
            let mut others = HashMap::new();
            for row in ROWS {
                let schema = if let Csl::Schema(name) = row.csl { Some(name) } else { None };
                for name in schema.iter().chain(row.csl_too) {
                    debug_assert!(name.len() <= LONGEST, "{name}");
                    others.entry(*name).or_insert(row.field);
                }
            }
            others
        });
        if name.len() > LONGEST { None } else { others.get(name).copied() }
    })
}

/// Properties of the schema that are no variables of the specification.
const SCHEMA_ONLY: &[&str] = &["categories", "volume-title-short"];

/// Whether the schema has a property that is no field.
pub(in crate::format) fn is_in_schema(name: &str) -> bool {
    SCHEMA_ONLY.contains(&name)
}

/// What Zotero's own JSON calls fields, which Citoid and others give too.
const ZOTERO: &[(&str, Field)] = &[
    ("abstractNote", Field::Abstract),
    ("accessDate", Field::Accessed),
    ("bookTitle", Field::ContainerTitle),
    ("date", Field::Issued),
    ("numPages", Field::NumberOfPages),
    ("pages", Field::Page),
    ("place", Field::PublisherPlace),
    ("proceedingsTitle", Field::ContainerTitle),
    ("publicationTitle", Field::ContainerTitle),
];

/// The role of a person in Zotero's own JSON, `creatorType`.
pub(in crate::format) fn role_of_creator(name: &str) -> Field {
    match name {
        "bookAuthor" => Field::ContainerAuthor,
        "seriesEditor" => Field::CollectionEditor,
        "castMember" => Field::Performer,
        "scriptwriter" => Field::ScriptWriter,
        "reviewedAuthor" => Field::ReviewedAuthor,
        "artist" | "cartographer" | "inventor" | "interviewee" | "podcaster" | "presenter"
        | "programmer" | "sponsor" => Field::Author,
        name => Field::from_csl(name)
            .filter(|field| field.class() == FieldClass::Names)
            .unwrap_or(Field::Contributor),
    }
}

/// The field that a property plainly means which is spelled otherwise: `doi`, `Title`,
/// `container_title`, `publisherPlace`.
pub(in crate::format) fn csl_field_loosely(name: &str) -> Option<Field> {
    // A file may have a million properties that nobody knows.
    static BY_LETTERS: LazyLock<HashMap<String, Field>> = LazyLock::new(|| {
        let mut fields = HashMap::new();
        for field in Field::ALL {
            fields.entry(letters(field.as_str())).or_insert(*field);
        }
        for row in ROWS {
            let schema = if let Csl::Schema(schema) = row.csl { Some(schema) } else { None };
            for name in schema.into_iter().chain(row.csl_too.iter().copied()) {
                fields.entry(letters(name)).or_insert(row.field);
            }
        }
        fields
    });
    let known = || ZOTERO.iter().find(|(known, _)| *known == name).map(|(_, field)| *field);
    BY_LETTERS.get(&letters(name)).copied().or_else(known)
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_leads_to_its_field() {
        for &field in Field::ALL {
            assert_eq!(csl_field(csl_name(field).unwrap_or(field.as_str())), Some(field));
        }
        assert_eq!(csl_field("journalAbbreviation"), Some(Field::ContainerTitleShort));
        assert_eq!(csl_field("categories"), None);
    }
}
