//! THE table: every kind and every field of the model against every format.
//!
//! Writers look up where a kind and a field go; readers look up where a type and a name came
//! from. A kind or field is added here and nowhere else. Two halves: [`kind`] and
//! [`field`]; [`bib`], [`ris`] and [`csl`] look fields up; [`zotero`]
//! knows which RIS tags Zotero drops, so that the value is written by name in `M2` as well.
//!
//! Sources: BibTeX manual ("BibTeXing") 3.1 and 3.2; biblatex 3.20, 2.1 and 2.2; the RIS
//! specification of 2011, tags by type; `csl-data.json` 1.0.2.

mod bib;
mod csl;
mod field;
mod kind;
mod ris;
mod zotero;

pub(super) use bib::{
    Place, VOLUME, bib_field, bib_meaning, bib_names_too, bib_place, bib_second, role_field,
    role_name,
};
pub(super) use csl::{csl_field, csl_field_loosely, csl_name, is_in_schema, role_of_creator};
pub(super) use field::{ARTICLES, NUMBERED, PAGED};
pub(super) use kind::{
    ENTRY_TYPE, RIS_TYPE, csl_kind, entry_type, entry_types, is_type_of, kind_of_csl_type,
    kind_of_entry_type, kind_of_ris_type, kind_with_event, own_entry_type, ris_type, ris_types,
};
pub(super) use ris::{BY_NAME, Strength, ris_fields, ris_place};
pub(super) use zotero::{zotero_drops, zotero_retypes};

/// The columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Bibtex,
    Biblatex,
}
