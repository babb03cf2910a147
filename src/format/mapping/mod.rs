//! THE table: every kind and every field of the model against every format.
//!
//! Writers look up where a kind and a field go; readers look up where a type and a name came
//! from. A kind or field is added here and nowhere else. Two halves: [`kind`] and [`field`].
//!
//! Sources: BibTeX manual ("BibTeXing") 3.1 and 3.2; biblatex 3.20, 2.1 and 2.2; the RIS
//! specification of 2011, tags by type; `csl-data.json` 1.0.2.

mod field;
mod kind;

pub(super) use field::{Place, bib_place, csl_name, ris_place};
pub(super) use kind::{csl_kind, entry_type, is_own_ris_type, ris_type};

/// The columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Bibtex,
    Biblatex,
}
