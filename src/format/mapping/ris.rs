//! Fields against RIS tags, both directions.

use super::field::{ROWS, find, row_of};
use crate::{Field, Kind, Work};

/// The tags of a field of a work in RIS; `None` where it has none, or where a field that the
/// work has too takes up the only one.
pub(in crate::format) fn ris_place(field: Field, work: &Work) -> Option<&'static [&'static str]> {
    let has = |field| work.get(field).is_some();
    let taken = match field {
        Field::NumberOfPages => has(Field::Page),
        Field::EventTitle => has(Field::ContainerTitle),
        Field::EventPlace => has(Field::PublisherPlace),
        _ => false,
    };
    tags(field, work.kind).filter(|_| !taken)
}

/// The tags of a field in works of a kind; `None` where it has none.
fn tags(field: Field, kind: Kind) -> Option<&'static [&'static str]> {
    find(row_of(field).ris, kind).filter(|tags| !tags.is_empty())
}

/// The fields that a tag may hold in works of a kind, the likeliest first: what a writer puts
/// there, then what other programs do. Empty for a tag that the table has not.
pub(in crate::format) fn ris_fields(tag: &str, kind: Kind) -> Vec<Field> {
    let written = |field: Field, first: bool| {
        tags(field, kind).is_some_and(|tags| {
            if first { tags.first() == Some(&tag) } else { tags.contains(&tag) }
        })
    };
    let mut fields = Vec::new();
    let mut add = |fits: &dyn Fn(&super::field::Row) -> bool| {
        for row in ROWS {
            if fits(row) && !fields.contains(&row.field) {
                fields.push(row.field);
            }
        }
    };
    add(&|row| written(row.field, true));
    add(&|row| written(row.field, false));
    add(&|row| row.ris_too.contains(&tag));
    add(&|row| row.ris.iter().any(|(_, tags)| tags.contains(&tag)));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_may_be_read_as_the_same_field() {
        for &kind in Kind::ALL {
            for &field in Field::ALL {
                for tag in tags(field, kind).unwrap_or_default() {
                    assert!(ris_fields(tag, kind).contains(&field), "{kind} {field:?} {tag}");
                }
            }
        }
    }

    #[test]
    fn older_tags_are_known() {
        for (tag, field) in
            [("A1", Field::Author), ("T1", Field::Title), ("JO", Field::ContainerTitle)]
        {
            assert_eq!(ris_fields(tag, Kind::ArticleJournal).first(), Some(&field), "{tag}");
        }
        assert_eq!(ris_fields("XQ", Kind::Book), []);
    }
}
