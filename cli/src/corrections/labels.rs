//! Corrections as labelled references, a JSON object a line: `{"id", "text", "gold", "spans"}`.
//!
//! Called for `train`, which takes the spans, and `evaluate`, which takes the items. A work gives
//! labels only where each of its values that labels are of stands in its citation, and no other
//! does: what has no place there (an author that a dash stood for) or no label (an archive) would
//! teach that its words are of no field.

use super::{Correction, Corrections, Status};
use citelift::{Field, FieldClass, Name, Span, ValueRef};
use serde_json::json;
use std::collections::BTreeMap;

/// The references, and how many give no labels.
pub(crate) fn json_lines(corrections: &Corrections) -> (String, usize) {
    let mut lines = String::new();
    let mut without = 0;
    let works = corrections.documents.iter().flat_map(|document| &document.works);
    for (number, correction) in (1..).zip(works.filter(|work| work.status != Status::Removed)) {
        let mut line = json!({"id": number, "text": correction.text, "gold": correction.item});
        match spans(correction) {
            Some(spans) => line["spans"] = json!(spans),
            None => without += 1,
        }
        lines.push_str(&format!("{line}\n"));
    }
    (lines, without)
}

/// The label of a field; `None` for one that no label is of.
fn label(field: Field, value: ValueRef<'_>) -> Option<&'static str> {
    Some(match field {
        Field::Author => "author",
        Field::Editor | Field::CollectionEditor | Field::ContainerAuthor => "editor",
        Field::Translator => "translator",
        Field::Title | Field::VolumeTitle => "title",
        Field::ContainerTitle | Field::EventTitle => "container-title",
        Field::CollectionTitle | Field::CollectionNumber => "collection-title",
        Field::Issued | Field::YearSuffix => "date",
        Field::Volume | Field::NumberOfVolumes => "volume",
        Field::Issue => "issue",
        Field::Page | Field::NumberOfPages => "pages",
        Field::Number if matches!(value, ValueRef::Text(text) if text.starts_with("arXiv:")) => {
            "arxiv"
        }
        Field::Number => "number",
        Field::Publisher => "publisher",
        Field::PublisherPlace | Field::EventPlace => "place",
        Field::Edition => "edition",
        Field::Genre => "genre",
        Field::Medium => "medium",
        Field::Note => "note",
        Field::Doi => "doi",
        Field::Url => "url",
        Field::Isbn | Field::Issn | Field::Pmid | Field::Pmcid => "isbn",
        Field::Accessed => "accessed",
        _ => return None,
    })
}

/// Fields whose value may be inferred of other words than its own.
const INFERRED: [Field; 3] = [Field::Genre, Field::Medium, Field::Note];

/// The labelled stretches, in characters; `None` where a value stands nowhere in the citation.
fn spans(correction: &Correction) -> Option<Vec<(usize, usize, &'static str)>> {
    let text = correction.text.as_str();
    let mut found: Vec<(Span, &'static str)> = Vec::new();
    for (field, value) in correction.item.fields() {
        let marked: Vec<Span> = (correction.fields.iter())
            .filter(|place| place.field == field)
            .flat_map(|place| &place.spans)
            .filter_map(|span| within(*span, correction))
            .collect();
        let Some(label) = label(field, value) else {
            // Words that are a field's, and of no label, cannot be taught.
            if marked.is_empty() {
                continue;
            }
            return None;
        };
        if !marked.is_empty() {
            found.extend(marked.into_iter().map(|span| (span, label)));
        } else if let Some(span) = verbatim(text, field, value) {
            found.push((span, label));
        } else if !INFERRED.contains(&field) {
            return None;
        }
    }
    found.sort_by_key(|(span, _)| (span.start, span.end));
    let joined = together(found)?;
    // Characters, as labelled references count.
    let mut starts: BTreeMap<usize, usize> = BTreeMap::new();
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    starts.extend(ends.enumerate().map(|(number, at)| (at, number)));
    joined
        .into_iter()
        .map(|(span, label)| Some((*starts.get(&span.start)?, *starts.get(&span.end)?, label)))
        .collect()
}

/// A span of the document, counted from the citation's beginning; `None` where it lies outside.
fn within(span: Span, correction: &Correction) -> Option<Span> {
    let start = span.start.checked_sub(correction.span.start)?;
    let span = Span::new(start, start + span.len());
    (!span.is_empty() && span.of(&correction.text).is_some()).then_some(span)
}

/// Where the value stands in the citation, if it stands there once and as it is.
fn verbatim(text: &str, field: Field, value: ValueRef<'_>) -> Option<Span> {
    let once = |wanted: &str| {
        let start = text.find(wanted).filter(|_| !wanted.is_empty())?;
        let span = Span::new(start, start + wanted.len());
        (!text[span.end..].contains(wanted)).then_some(span)
    };
    match value {
        ValueRef::Text(value) if field.class() != FieldClass::Number || value.len() > 1 => {
            once(value)
        }
        ValueRef::Date(date) => once(&date.first_year()?.to_string()),
        ValueRef::Pages(pages) => once(&pages.to_string()),
        ValueRef::Names(names) => match names.iter().next() {
            Some(Name::Literal(body)) if names.len() == 1 => once(body),
            _ => None,
        },
        _ => None,
    }
}

/// Neighbours of one label as one stretch, as the names of one list are; `None` where stretches
/// of different labels lie over one another.
fn together(found: Vec<(Span, &'static str)>) -> Option<Vec<(Span, &'static str)>> {
    let mut joined: Vec<(Span, &'static str)> = Vec::new();
    for (span, label) in found {
        match joined.last_mut() {
            Some((last, known)) if *known == label => last.end = last.end.max(span.end),
            Some((last, _)) if span.start < last.end => return None,
            _ => joined.push((span, label)),
        }
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use citelift::train::Labelled;

    fn lines(status: &str, item: &str, fields: &str) -> (String, usize) {
        let text = "Roé, J. & Poe, K. (2010). Harbour watch. Leiden: Brill.";
        json_lines(
            &Corrections::of(&format!(
                r#"{{"citelift-corrections": 1, "documents": [{{"name": "a", "sha256": "", "works": [
                {{"status": "{status}", "span": {{"start": 100, "end": {}}}, "text": "{text}",
                "item": {item}, "fields": [{fields}]}}]}}]}}"#,
                100 + text.len()
            ))
            .unwrap(),
        )
    }

    #[test]
    fn names_of_a_list_are_one_stretch_and_values_are_found() {
        let item = r#"{"type": "book", "title": "Harbour watch", "publisher": "Brill", "language": "en",
            "author": [{"family": "Roé", "given": "J."}, {"family": "Poe", "given": "K."}],
            "issued": {"date-parts": [[2010]]}}"#;
        let fields = r#"{"field": "author", "index": 0, "spans": [{"start": 100, "end": 108}]},
            {"field": "author", "index": 1, "spans": [{"start": 111, "end": 118}]}"#;
        let (lines, without) = lines("corrected", item, fields);
        assert_eq!(without, 0);
        let references = Labelled::read(&lines).unwrap();
        let text = references[0].text();
        let spans: Vec<_> = references[0]
            .spans()
            .map(|(span, label)| (span.of(&text).unwrap(), label.name()))
            .collect();
        assert!(spans.contains(&("Roé, J. & Poe, K.", "author")), "{spans:?}");
        assert!(spans.contains(&("2010", "date")) && spans.contains(&("Brill", "publisher")));
    }

    #[test]
    fn a_value_that_stands_nowhere_gives_no_labels() {
        let (lines_made, without) = lines("accepted", r#"{"type": "book", "title": "Fog"}"#, "");
        assert_eq!(without, 1);
        assert!(!lines_made.contains("\"spans\"") && lines_made.contains("\"gold\""));
        assert_eq!(lines("removed", r#"{"type": "book", "title": "Fog"}"#, ""), (String::new(), 0));
    }
}
