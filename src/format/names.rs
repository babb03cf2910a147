//! What fields and types are called in each format, for people and pages that list them.
//!
//! Asks the table that writers and readers go by, so that a list made of this cannot be out of
//! date.

use super::Format;
use super::mapping::{
    BY_NAME, Column, Place, bib_names_too, bib_place, bib_second, csl_name, entry_types, ris_place,
    ris_types, zotero_drops,
};
use crate::{Field, Kind, Work};

impl Format {
    /// What a field is called in works of a kind: the names that are written, the field's own
    /// first. Where RIS has none, or none that Zotero reads, `M2`, for a line `name: value`; where the schema of CSL-JSON
    /// has none, `custom`.
    ///
    /// ```
    /// use citelift::{Field, Format, Kind};
    /// assert_eq!(Format::Bibtex.field_names(Field::PublisherPlace, Kind::Book), ["address"]);
    /// assert_eq!(Format::Ris.field_names(Field::Page, Kind::Chapter), ["SP", "EP"]);
    /// assert_eq!(Format::Ris.field_names(Field::Medium, Kind::Book), ["M2"]);
    /// ```
    #[must_use]
    pub fn field_names(self, field: Field, kind: Kind) -> Vec<&'static str> {
        let bib = |column| match bib_place(field, kind, column) {
            Place::Field(_) if field == Field::Issued && column == Column::Bibtex => {
                vec!["year", "month", "date"]
            }
            Place::Field(name) => {
                std::iter::once(name).chain(bib_second(field, kind, column)).collect()
            }
            Place::Role(_) => vec!["editora"],
        };
        match self {
            Format::Bibtex => bib(Column::Bibtex),
            Format::Biblatex => bib(Column::Biblatex),
            Format::Ris => {
                let tags = ris_place(field, &Work::new(kind)).unwrap_or_default();
                let is_by_name = tags.is_empty() || zotero_drops(field, kind);
                tags.iter().copied().chain(is_by_name.then_some(BY_NAME)).collect()
            }
            Format::CslJson | Format::Ndjson => vec![csl_name(field).unwrap_or("custom")],
        }
    }

    /// The other names that a field is read by, older ones and other programs' habits.
    ///
    /// ```
    /// use citelift::{Field, Format};
    /// assert!(Format::Bibtex.other_names(Field::NumberOfPages).contains(&"numpages"));
    /// ```
    #[must_use]
    pub fn other_names(self, field: Field) -> &'static [&'static str] {
        match self {
            Format::Bibtex | Format::Biblatex => bib_names_too(field),
            Format::Ris | Format::CslJson | Format::Ndjson => &[],
        }
    }

    /// Every type that the format is read with, and the kind that it means.
    ///
    /// ```
    /// use citelift::{Format, Kind};
    /// assert!(Format::Ris.types().contains(&("EBOOK", Kind::Book)));
    /// assert!(Format::Biblatex.types().contains(&("mvbook", Kind::Book)));
    /// ```
    #[must_use]
    pub fn types(self) -> Vec<(&'static str, Kind)> {
        match self {
            Format::Bibtex | Format::Biblatex => entry_types(),
            Format::Ris => ris_types(),
            Format::CslJson | Format::Ndjson => {
                Kind::ALL.iter().map(|&kind| (kind.as_str(), kind)).collect()
            }
        }
    }
}
