//! From every format to every other: what both can hold survives.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod works;

use citelift::{Bibliography, Field, Format, ValueRef, Work};
use proptest::prelude::*;

fn through(format: Format, work: &Work) -> Bibliography {
    let mut bytes = Vec::new();
    format.write(std::slice::from_ref(work), &mut bytes).unwrap();
    format.read(bytes.as_slice()).unwrap()
}

/// The fields that a format names as lost or reduced.
fn named(format: Format, work: &Work) -> Vec<Field> {
    let lost = format.losses(std::slice::from_ref(work));
    let is_named = |field: &&Field| {
        let name = format!("`{}`", field.as_str());
        lost.iter().any(|loss| loss.message.contains(&name))
    };
    Field::ALL.iter().filter(is_named).copied().collect()
}

/// The fields of a work that a format does not name so.
fn held(format: Format, work: &Work) -> Vec<Field> {
    let named = named(format, work);
    work.fields().map(|(field, _)| field).filter(|field| !named.contains(field)).collect()
}

fn folded(value: ValueRef<'_>) -> String {
    let text = match value {
        ValueRef::Text(text) => text.to_owned(),
        ValueRef::Keywords(words) => words.join("\n"),
        ValueRef::Names(names) => format!(
            "{} {}",
            names
                .iter()
                .map(|name| words(&name.to_string()).replace(" ,", ","))
                .collect::<Vec<_>>()
                .join(";"),
            names.others
        ),
        ValueRef::Date(date) => date.to_string(),
        ValueRef::Pages(pages) => pages.to_string(),
        other => format!("{other:?}"),
    };
    words(&text)
}

/// A text with its white space folded.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is read from one format, written in another and read again is what it was, in all
    /// the fields that the other does not name as lost.
    #[test]
    fn what_both_formats_hold_survives(made in works::any_work()) {
        for &from in Format::ALL {
            let read = through(from, &made);
            prop_assert_eq!(read.works.len(), 1, "{}", from);
            let work = &read.works[0];
            for &to in Format::ALL {
                let again = through(to, work);
                prop_assert_eq!(again.works.len(), 1, "{} to {}", from, to);
                for (field, _) in again.works[0].fields() {
                    let is_named = work.get(field).is_some() || named(to, work).contains(&field);
                    prop_assert!(is_named, "{:?} comes from nowhere, from {} to {}", field, from, to);
                }
                for field in held(to, work) {
                    let text = |work: &Work| work.get(field).map(folded).unwrap_or_default();
                    let (was, is) = (text(work), text(&again.works[0]));
                    prop_assert_eq!(is, was, "{:?} from {} to {}", field, from, to);
                }
            }
        }
    }

    /// Each format: read, written and read again is the same work, extras included.
    #[test]
    fn each_format_keeps_what_was_read_from_it(made in works::any_work()) {
        for &format in Format::ALL {
            let once = through(format, &made).works;
            let mut twice = through(format, &once[0]).works;
            // A work without a key that can stand is given one, which is told.
            twice[0].id.clone_from(&once[0].id);
            prop_assert_eq!(&twice, &once, "{}", format);
        }
    }
}
