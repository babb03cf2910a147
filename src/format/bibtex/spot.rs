//! Where each field stands in entries of a kind, worked out once for each kind and dialect.
//!
//! Takes a kind and a dialect, gives a spot for each field; called by [`write`](super::write), which
//! asks for every field of every work. What goes where is [`mapping`](crate::format)'s to say.

use super::Options;
use crate::format::mapping::{Column, Place, bib_place, bib_second};
use crate::{Field, Kind};
use std::sync::OnceLock;

/// Where a field stands.
pub(super) struct Spot {
    pub(super) place: Place,
    /// What ends the field before and begins this one: `,\n  title = {`.
    pub(super) begin: String,
    pub(super) treatment: Treatment,
    /// Another name that it stands under too.
    pub(super) second: Option<&'static str>,
}

/// What is done to the text of a field of this name.
#[derive(Clone, Copy)]
pub(super) struct Treatment {
    /// Whether styles change its case. They leave journals alone.
    pub(super) is_cased: bool,
    /// Whether biblatex takes it for a list that `and` divides (3.20, 2.2.2): without braces the
    /// house of Smith and Daughters is two.
    pub(super) is_list: bool,
}

impl Treatment {
    pub(super) fn of(name: &str) -> Self {
        let is_cased = matches!(
            name,
            "title"
                | "booktitle"
                | "maintitle"
                | "volumetitle"
                | "series"
                | "shorttitle"
                | "eventtitle"
                | "origtitle"
        );
        let is_list = matches!(
            name,
            "publisher"
                | "institution"
                | "school"
                | "address"
                | "location"
                | "origpublisher"
                | "origlocation"
        );
        Self { is_cased, is_list }
    }
}

/// The spots of all fields, in the order of [`Field::ALL`].
pub(super) fn spots(kind: Kind, options: &Options) -> &'static [Spot] {
    type Columns = [OnceLock<Vec<Spot>>; Kind::ALL.len()];
    static BIBTEX: Columns = [const { OnceLock::new() }; _];
    static BIBLATEX: Columns = [const { OnceLock::new() }; _];
    let column = options.column();
    let columns = match column {
        Column::Bibtex => &BIBTEX,
        Column::Biblatex => &BIBLATEX,
    };
    columns.get(kind as usize).map_or(&[], |spots| {
        spots.get_or_init(|| Field::ALL.iter().map(|&field| spot(field, kind, column)).collect())
    })
}

fn spot(field: Field, kind: Kind, column: Column) -> Spot {
    let place = bib_place(field, kind, column);
    let name = if let Place::Field(name) = place { name } else { "" };
    Spot {
        place,
        begin: format!(",\n  {name} = {{"),
        treatment: Treatment::of(name),
        second: bib_second(field, kind, column),
    }
}
