//! Fields in `.bib` files, both directions.
//!
//! BibLaTeX's own names, where BibTeX has others, stand in one list here; the rest is the
//! table's.

use super::Column;
use super::field::{ARTICLES, BOOKS, Bib, NUMBERED, PARTS, ROWS, find, row_of};
use crate::text::OfNames;
use crate::{Field, Kind};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What BibLaTeX calls otherwise than BibTeX (biblatex 2.2.5, field aliases). `address` keeps its
/// name: `location` is read by all but bibutils, and to pandoc is where a patent holds.
const BIBLATEX_NAMES: &[(&str, &str)] =
    &[("journal", "journaltitle"), ("school", "institution"), ("annote", "annotation")];

/// Where the title of a work in several volumes stands in BibLaTeX where its volume has a title
/// too: the whole's in `maintitle`, the volume's in the field that is else the whole's
/// (biblatex 3.20, 2.2.2; pandoc reads it so). BibTeX has no such field, and keeps the whole's
/// title where its styles look for it.
pub(in crate::format) struct Volume {
    pub(in crate::format) kinds: &'static [Kind],
    /// The field of the whole's title.
    pub(in crate::format) whole: Field,
    /// The `.bib` field of the volume's title.
    pub(in crate::format) volume: &'static str,
    pub(in crate::format) subtitle: &'static str,
}

/// Every such place.
pub(in crate::format) const VOLUME: &[Volume] = &[
    Volume { kinds: BOOKS, whole: Field::Title, volume: "title", subtitle: "subtitle" },
    Volume {
        kinds: PARTS,
        whole: Field::ContainerTitle,
        volume: "booktitle",
        subtitle: "booksubtitle",
    },
];

/// Where a field goes in a `.bib` file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format) enum Place {
    /// Into a field of this name.
    Field(&'static str),
    /// Into the next of `editora`, `editorb`, `editorc`, with this role in `editoratype` and so
    /// on (biblatex 2.2.2); into the [`role_name`] where these are taken.
    Role(&'static str),
}

/// The place of a field in a `.bib` file.
pub(in crate::format) fn bib_place(field: Field, kind: Kind, column: Column) -> Place {
    let name = match row_of(field).bib {
        Bib::Role(role) => return Place::Role(role),
        Bib::Named(name) => name,
        Bib::ByKind(rules) => find(rules, kind).unwrap_or(field.as_str()),
    };
    Place::Field(match column {
        Column::Bibtex => name,
        // Readers know `journaltitle` of articles; elsewhere they look for `journal`, which
        // biblatex takes for the same.
        Column::Biblatex if name == "journal" && !ARTICLES.contains(&kind) => name,
        // `issue` is for words such as “Spring” (biblatex 2.2.2); BibTeX has no such entry type.
        Column::Biblatex if field == Field::Issue && kind == Kind::Periodical => "number",
        Column::Biblatex => {
            let renamed = BIBLATEX_NAMES.iter().find(|(bibtex, _)| *bibtex == name);
            renamed.map_or(name, |(_, biblatex)| biblatex)
        }
    })
}

/// Another name that a field is written under too, since some program reads it there alone, none
/// is misled, and no style prints it twice (docs/clients.md).
pub(in crate::format) fn bib_second(
    field: Field,
    kind: Kind,
    column: Column,
) -> Option<&'static str> {
    if !matches!(field, Field::Number | Field::ContainerTitle | Field::Director) {
        return None;
    }
    match (field, column, bib_place(field, kind, column)) {
        // citation-js and bibutils know `number` in entries of articles, reports and patents.
        (Field::Number, Column::Biblatex, Place::Field("number"))
            if !NUMBERED.contains(&kind) && kind != Kind::Thesis =>
        {
            Some("eid")
        }
        // citation-js knows `journal` in articles. In a book `booktitle` is for its parts.
        (Field::ContainerTitle, Column::Bibtex, Place::Field("journal"))
            if !ARTICLES.contains(&kind) && !BOOKS.contains(&kind) =>
        {
            Some("booktitle")
        }
        // pandoc passes over `editora`; in BibLaTeX files bibutils would see two directors.
        (Field::Director, Column::Bibtex, _) => Some("director"),
        _ => None,
    }
}

/// What a `.bib` field of a name holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format) struct Meaning {
    pub(in crate::format) field: Field,
    /// Whether a writer calls the field so.
    pub(in crate::format) is_own: bool,
    /// Whether it holds the names of a role.
    pub(in crate::format) is_role: bool,
}

/// What a `.bib` field of this name (in lower case) holds in works of a kind; `None` for a name
/// that the table has not.
pub(in crate::format) fn bib_meaning(name: &str, kind: Kind) -> Option<Meaning> {
    type Names = HashMap<&'static str, Meaning, OfNames>;
    // Every field of every entry is asked for, and there are few kinds in a file.
    static MEANINGS: [OnceLock<Names>; Kind::ALL.len()] = [const { OnceLock::new() }; _];
    let meanings = MEANINGS.get(kind as usize)?.get_or_init(|| {
        let names = by_name().keys().map(String::as_str);
        names.filter_map(|name| Some((name, looked_up(name, kind)?))).collect()
    });
    meanings.get(name).copied()
}

/// The field that a `.bib` field of this name (in lower case) holds in works of a kind; `None`
/// for a name that the table has not.
pub(in crate::format) fn bib_field(name: &str, kind: Kind) -> Option<Field> {
    bib_meaning(name, kind).map(|meaning| meaning.field)
}

fn looked_up(name: &str, kind: Kind) -> Option<Meaning> {
    let field = candidate(name, kind)?;
    let place = |column| bib_place(field, kind, column);
    let is_own = [Column::Bibtex, Column::Biblatex]
        .into_iter()
        .any(|column| matches!(place(column), Place::Field(own) if own == name));
    Some(Meaning { field, is_own, is_role: matches!(place(Column::Bibtex), Place::Role(_)) })
}

fn candidate(name: &str, kind: Kind) -> Option<Field> {
    let candidates = by_name().get(name)?;
    // A name means what a writer means by it for the kind; then what it means everywhere.
    let written = |field: &&Field| {
        [Column::Bibtex, Column::Biblatex].into_iter().any(|column| {
            matches!(bib_place(**field, kind, column), Place::Field(written) if written == name)
        })
    };
    let known_too = |field: &&Field| row_of(**field).bib_too.contains(&name);
    candidates
        .iter()
        .find(written)
        .or_else(|| candidates.iter().find(known_too))
        .or_else(|| candidates.first())
        .copied()
}

/// Every other name that a field is read by.
pub(in crate::format) fn bib_names_too(field: Field) -> &'static [&'static str] {
    row_of(field).bib_too
}

/// The field of a role in `editortype` and its like.
pub(in crate::format) fn role_field(role: &str) -> Option<Field> {
    ROWS.iter()
        .find(|row| matches!(row.bib, Bib::Role(known) if known == role))
        .map(|row| row.field)
}

/// The field for names of a role where `editora` and its like are taken: its letters, as names in
/// `.bib` files have no other signs.
pub(in crate::format) fn role_name(role: &str) -> String {
    role.replace('-', "")
}

/// Every name of a `.bib` field with the fields that it may mean.
fn by_name() -> &'static HashMap<String, Vec<Field>> {
    static NAMES: OnceLock<HashMap<String, Vec<Field>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: HashMap<String, Vec<Field>> = HashMap::new();
        for row in ROWS {
            let written: Vec<&'static str> = match row.bib {
                Bib::Role(_) => Vec::new(),
                Bib::Named(name) => vec![name],
                Bib::ByKind(rules) => rules.iter().map(|(_, name)| *name).collect(),
            };
            let biblatex = BIBLATEX_NAMES
                .iter()
                .filter(|(bibtex, _)| written.contains(bibtex))
                .map(|(_, biblatex)| *biblatex);
            let role = match row.bib {
                Bib::Role(role) => Some(role_name(role)),
                _ => None,
            };
            let all: Vec<String> = written
                .iter()
                .copied()
                .chain(biblatex)
                .chain(row.bib_too.iter().copied())
                .map(str::to_owned)
                .chain(role)
                .collect();
            for name in all {
                let fields = names.entry(name).or_default();
                if !fields.contains(&row.field) {
                    fields.push(row.field);
                }
            }
        }
        names
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_fields_share_a_place_in_a_bib_file() {
        for &kind in Kind::ALL {
            for column in [Column::Bibtex, Column::Biblatex] {
                let mut places: Vec<_> = Field::ALL
                    .iter()
                    .filter_map(|&field| match bib_place(field, kind, column) {
                        Place::Field(name) => Some(name),
                        Place::Role(_) => None,
                    })
                    .collect();
                let all = places.len();
                places.sort_unstable();
                places.dedup();
                assert_eq!(places.len(), all, "{kind} {column:?}");
            }
        }
    }

    #[test]
    fn names_in_bib_files_are_letters() {
        for &field in Field::ALL {
            if let Place::Field(name) = bib_place(field, Kind::Book, Column::Bibtex) {
                let plain = name.bytes().all(|byte| byte.is_ascii_alphabetic());
                assert!(plain, "{name}");
            }
        }
    }

    #[test]
    fn what_is_written_is_read_as_the_same_field() {
        for &kind in Kind::ALL {
            for &field in Field::ALL {
                for column in [Column::Bibtex, Column::Biblatex] {
                    match bib_place(field, kind, column) {
                        Place::Field(name) => {
                            assert_eq!(bib_field(name, kind), Some(field), "{kind} {name}");
                        }
                        Place::Role(role) => {
                            assert_eq!(role_field(role), Some(field), "{role}");
                            assert_eq!(bib_field(&role_name(role), kind), Some(field), "{role}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_names_of_other_kinds_and_programs_are_known() {
        for (name, kind, field) in [
            ("journaltitle", Kind::Webpage, Field::ContainerTitle),
            ("institution", Kind::Book, Field::Publisher),
            ("number", Kind::ArticleJournal, Field::Issue),
            ("number", Kind::Book, Field::CollectionNumber),
            ("number", Kind::Report, Field::Number),
            ("location", Kind::Thesis, Field::PublisherPlace),
            ("numpages", Kind::Book, Field::NumberOfPages),
        ] {
            assert_eq!(bib_field(name, kind), Some(field), "{name} {kind}");
        }
        assert_eq!(bib_field("mendeley-tags", Kind::Book), None);
    }
}
