//! Variables in lines of a note: `PMID: 5551`, `Original Date: 1899`.
//!
//! Takes a [`Work`] whose properties are read, sets what only its note says; called by
//! [`read`](super::read). Zotero's users put what its items have no field for into Extra, which
//! it exports as `note`; citeproc-js, pandoc and Zotero read the variables there (Zotero's
//! documentation, "Citing Fields from Extra"). Here only names that are no words of their own
//! are: identifiers and names of two words. The note stays as it is.

use super::date::understood;
use crate::format::mapping::csl_field;
use crate::{Field, FieldClass, Value, Work, doi_in};

/// Sets the fields that lines of the work's note name and that nothing else says.
pub(super) fn take(work: &mut Work) {
    let Some(note) = work.note.as_deref().filter(|note| note.contains(':')) else { return };
    let found: Vec<(Field, Value)> = note.lines().filter_map(variable).collect();
    for (field, value) in found {
        if work.get(field).is_none() {
            // The value is made for the field's class.
            let _ = work.set(field, value);
        }
    }
}

fn variable(line: &str) -> Option<(Field, Value)> {
    let (name, value) = line.split_once(':')?;
    let (name, value) = (name.trim(), value.trim());
    let is_identifier = matches!(name, "DOI" | "ISBN" | "ISSN" | "PMID" | "PMCID");
    let plain = if is_identifier { name.to_owned() } else { spelled(name)? };
    let field = csl_field(&plain).filter(|_| !value.is_empty())?;
    let value = match field.class() {
        FieldClass::Text | FieldClass::Number => {
            let bare = doi_in(value).filter(|_| field == Field::Doi);
            Value::Text(bare.unwrap_or(value).to_owned())
        }
        FieldClass::Date => Value::Date(understood(value)?),
        _ => return None,
    };
    Some((field, value))
}

/// The variable of a name of two words or more: `Original Date`, `original-date`.
fn spelled(name: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let is_name = name.len() <= LONGEST && name.contains([' ', '-']) && name.is_ascii();
    is_name.then(|| name.to_ascii_lowercase().replace(' ', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_name_a_variable_are_read() {
        let mut work = Work::default();
        work.isbn = Some("1".into());
        let note = "Original Date: 1899\nPMID: 5551\nISBN: 2\nMedium: oil\nNota bene: x\nlast";
        work.note = Some(note.into());
        take(&mut work);
        let text = |field: Field| work.get(field).map(|value| format!("{value:?}"));
        assert!(text(Field::Pmid).is_some_and(|text| text.contains("5551")));
        assert!(work.date(Field::OriginalDate).is_some());
        assert_eq!(work.isbn.as_deref(), Some("1"));
        assert_eq!(work.medium, None);
        assert_eq!(work.note.as_deref(), Some(note));
    }
}
