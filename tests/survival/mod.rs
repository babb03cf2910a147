//! What of a work comes back from a format: all that the format does not name as lost. Shared by
//! the tests of round trips and the fuzzer.

use citelift::{Bibliography, Field, Format, ValueRef, Work};

/// Works written in a format and read again.
pub(crate) fn through(format: Format, works: &[Work]) -> Bibliography {
    let mut bytes = Vec::new();
    assert!(format.write(works, &mut bytes).is_ok());
    format.read(bytes.as_slice()).unwrap_or_default()
}

/// The fields that a format names as lost or reduced.
pub(crate) fn named(format: Format, work: &Work) -> Vec<Field> {
    let lost = format.losses(std::slice::from_ref(work));
    let is_named = |field: &&Field| {
        let name = format!("`{}`", field.as_str());
        lost.iter().any(|loss| loss.message.contains(&name))
    };
    Field::ALL.iter().filter(is_named).copied().collect()
}

/// Asserts that all fields of a work which a format does not name are there again, and none else.
pub(crate) fn all_named(format: Format, work: &Work, again: &Work) {
    let named = named(format, work);
    for (field, _) in again.fields() {
        let is_known = work.get(field).is_some() || named.contains(&field);
        assert!(is_known, "{field:?} comes from nowhere in {format}: {again:?}");
    }
    for (field, value) in work.fields().filter(|(field, _)| !named.contains(field)) {
        let is = again.get(field).map(folded).unwrap_or_default();
        assert_eq!(is, folded(value), "{field:?} in {format}");
    }
}

/// A value as words.
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
