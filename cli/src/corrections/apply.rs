//! Corrections put to the works of documents that are read anew.
//!
//! Called by `extract`. A work is found by its place where the document is the one that was
//! reviewed, by the text of its citation where it is another. In the same document nothing that
//! was said is lost: a work that is no longer read there is put in, and what is read across a
//! reviewed citation gives way to it. What cannot be placed is named.

use super::{Correction, Corrections, Place, Reviewed, Status, hash};
use crate::input::Input;
use crate::render::Notice;
use citelift::{Bibliography, Confidence, Evidence, FieldEvidence, Severity, Span, Work};
use std::collections::{HashMap, HashSet};

/// A work of a document, and what a person said of it.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The work; of a removed one, as it was.
    pub(crate) work: Work,
    /// What was said.
    pub(crate) status: Option<Status>,
}

/// Corrections that belong to documents.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    documents: Vec<Document>,
}

/// The corrections of one document, and where they belong.
#[derive(Debug)]
struct Document {
    reviewed: Reviewed,
    /// The inputs whose text is the reviewed one.
    same: Vec<usize>,
    /// The inputs that may be a later state of it.
    similar: Vec<usize>,
    /// Which corrections were put to a work.
    placed: Vec<bool>,
}

impl Applied {
    /// Finds the inputs that corrections are of: those with the same text; else those of the
    /// same name; else any that no corrections are of.
    pub(crate) fn new(corrections: Vec<Corrections>, inputs: &[Input]) -> Self {
        if corrections.is_empty() {
            return Self::default();
        }
        let hashes: Vec<String> = inputs.iter().map(|input| hash(input.document.text())).collect();
        let all: Vec<Reviewed> =
            corrections.into_iter().flat_map(|corrections| corrections.documents).collect();
        let known: HashSet<&str> = all.iter().map(|reviewed| reviewed.sha256.as_str()).collect();
        let strangers: Vec<usize> =
            (0..inputs.len()).filter(|&at| !known.contains(hashes[at].as_str())).collect();
        let place = |reviewed: &Reviewed| -> (Vec<usize>, Vec<usize>) {
            let same: Vec<usize> =
                (0..inputs.len()).filter(|&at| hashes[at] == reviewed.sha256).collect();
            if !same.is_empty() {
                return (same, Vec::new());
            }
            let named: Vec<usize> =
                strangers.iter().copied().filter(|&at| inputs[at].name == reviewed.name).collect();
            (same, if named.is_empty() { strangers.clone() } else { named })
        };
        let places: Vec<_> = all.iter().map(place).collect();
        let documents = all
            .into_iter()
            .zip(places)
            .map(|(reviewed, (same, similar))| {
                let placed = vec![false; reviewed.works.len()];
                Document { reviewed, same, similar, placed }
            })
            .collect();
        Self { documents }
    }

    /// The works of input number `input`, with what was said of them; the doubts of those that a
    /// person settled are taken from the bibliography's.
    pub(crate) fn put_to(
        &mut self,
        input: usize,
        text: &str,
        bibliography: &mut Bibliography,
    ) -> Vec<Sheet> {
        let works = std::mem::take(&mut bibliography.works);
        let mut sheets: Vec<Sheet> =
            works.into_iter().map(|work| Sheet { work, status: None }).collect();
        let mut settled = HashSet::new();
        for document in &mut self.documents {
            if document.same.contains(&input) {
                // A file that was made by hand may have places that are none.
                let is_there = |it: &Correction| it.span.of(text) == Some(it.text.as_str());
                let mut placed = Vec::new();
                for (correction, done) in document.reviewed.works.iter().zip(&mut document.placed) {
                    if is_there(correction) {
                        *done = true;
                        placed.push((correction, correction.span));
                    }
                }
                sheets = by_place(placed, sheets, &mut settled);
            } else if document.similar.contains(&input) {
                sheets = by_text(document, sheets, text, &mut settled);
            }
        }
        bibliography
            .diagnostics
            .retain(|doubt| !settled.contains(&(doubt.code, doubt.span)) || doubt.span.is_none());
        sheets
    }

    /// What could not be put to any work.
    pub(crate) fn strayed(&self) -> Vec<Notice<'_>> {
        let mut notices = Vec::new();
        for Document { reviewed, same, similar, placed } in &self.documents {
            let strays: Vec<&Correction> = (reviewed.works.iter())
                .zip(placed)
                .filter(|(_, placed)| !**placed)
                .map(|(correction, _)| correction)
                .collect();
            let name = reviewed.name.as_str();
            let notice = |message: String, help: &str| Notice {
                code: "corrections/no-match",
                severity: Severity::Warning,
                file: Some(name),
                message,
                assumed: Some("they were left out".to_owned()),
                help: Some(help.to_owned()),
                span: None,
            };
            let is_here = !same.is_empty() || placed.contains(&true);
            if !is_here && similar.is_empty() && !strays.is_empty() {
                let count = strays.len();
                notices.push(notice(
                    format!(
                        "there are {count} corrections of {name}, which is not among the documents"
                    ),
                    "name that document too",
                ));
                continue;
            }
            for stray in strays {
                let begin: String = stray.text.split_whitespace().collect::<Vec<_>>().join(" ");
                let begin: String = begin.chars().take(60).collect();
                notices.push(Notice {
                    assumed: Some("the correction was left out".to_owned()),
                    ..notice(
                        format!("no citation matches the correction of “{begin}…”"),
                        "review the document again: -o review.html",
                    )
                });
            }
        }
        notices
    }
}

type Settled = HashSet<(citelift::Code, Option<Span>)>;

/// Where a work's citation stands.
fn span_of(work: &Work) -> Span {
    work.evidence.as_ref().map_or(Span::new(0, 0), |evidence| {
        Span::new(evidence.offset, evidence.offset + evidence.source.len())
    })
}

/// Whether what was read at a place gives way to a correction: one of the two lies for the most
/// part inside the other. A work that a person added gives way to none but its like, since several
/// may stand in what was read as one.
fn gives_way(read: Span, correction: &Correction, place: Span) -> bool {
    let common = read.end.min(place.end).saturating_sub(read.start.max(place.start));
    let (of_read, of_place) = (2 * common > read.len(), 2 * common > place.len());
    match correction.status {
        Status::Added => of_read && of_place,
        _ => of_read || of_place,
    }
}

/// Puts corrections to the places of a document that they are of. Both lists are gone through
/// once, in the order of their places.
fn by_place(
    mut placed: Vec<(&Correction, Span)>,
    sheets: Vec<Sheet>,
    settled: &mut Settled,
) -> Vec<Sheet> {
    placed.sort_by_key(|(_, span)| *span);
    let mut rest = sheets.into_iter().peekable();
    let mut found: Vec<Sheet> = Vec::new();
    for (correction, span) in placed {
        // What stands before, and does not reach over.
        while let Some(sheet) = rest.next_if(|sheet| {
            let other = span_of(&sheet.work);
            other.start < span.start && !gives_way(other, correction, span)
        }) {
            found.push(sheet);
        }
        // What an earlier file said gives way, too.
        let gives = |sheet: &Sheet| gives_way(span_of(&sheet.work), correction, span);
        while let Some(sheet) = rest.next_if(gives) {
            settle(&sheet.work, settled);
        }
        found.push(corrected(correction, span.start, true));
    }
    found.extend(rest);
    found
}

/// Puts corrections to a later state of the document: to citations of the same text, and to where
/// that text stands though nothing was read there.
fn by_text(
    document: &mut Document,
    mut sheets: Vec<Sheet>,
    text: &str,
    settled: &mut Settled,
) -> Vec<Sheet> {
    let mut by_source: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, sheet) in sheets.iter().enumerate().rev() {
        if let Some(evidence) = &sheet.work.evidence {
            by_source.entry(folded(&evidence.source)).or_default().push(at);
        }
    }
    let mut elsewhere = Vec::new();
    let mut left = SEARCHED;
    for (correction, placed) in document.reviewed.works.iter().zip(&mut document.placed) {
        if let Some(at) = by_source.get_mut(&folded(&correction.text)).and_then(Vec::pop) {
            *placed = true;
            settle(&sheets[at].work, settled);
            let read = sheets[at].work.evidence.take();
            // Places hold where the very bytes are the same.
            let exact = read.as_ref().is_some_and(|read| read.source == correction.text);
            let offset = read.map_or(correction.span.start, |read| read.offset);
            sheets[at] = corrected(correction, offset, exact);
        } else if !correction.text.trim().is_empty() && left >= text.len() {
            left -= text.len();
            // What nobody read need not be removed; and a few words inside of a citation are none.
            let at = text.find(&correction.text).filter(|_| correction.status != Status::Removed);
            let place = at.map(|start| Span::new(start, start + correction.text.len()));
            let is_inside = |place: Span| {
                let behind = sheets.partition_point(|it| span_of(&it.work).start <= place.start);
                let around = behind.checked_sub(1).and_then(|at| sheets.get(at));
                around
                    .map(|it| span_of(&it.work))
                    .is_some_and(|around| around.end >= place.end && around.len() > 2 * place.len())
            };
            let is_added = correction.status == Status::Added;
            if let Some(place) = place.filter(|&place| is_added || !is_inside(place)) {
                *placed = true;
                elsewhere.push((correction, place));
            }
        }
    }
    by_place(elsewhere, sheets, settled)
}

/// How much text is searched for citations that are read nowhere, in bytes: a second's work.
const SEARCHED: usize = 1 << 30;

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Notes the doubts that a person has settled.
fn settle(work: &Work, settled: &mut Settled) {
    if let Some(evidence) = &work.evidence {
        settled.extend(evidence.doubts.iter().map(|doubt| (doubt.code, doubt.span)));
    }
}

/// The work that a correction asks for, whose citation begins at byte `offset`; `exact` where it
/// has the very bytes that were reviewed, so that the places of its fields hold.
fn corrected(correction: &Correction, offset: usize, exact: bool) -> Sheet {
    let mut work = correction.item.clone();
    let moved = |span: &Span| {
        let start = (span.start + offset).checked_sub(correction.span.start)?;
        Some(Span::new(start, start + span.len()))
    };
    let mut places = Evidence::new(correction.text.clone(), offset, Confidence::CERTAIN);
    if exact {
        places.fields = (correction.fields.iter())
            .map(|Place { field, index, spans }| {
                let spans = spans.iter().filter_map(moved).collect();
                FieldEvidence::new(*field, *index, spans, Confidence::CERTAIN)
            })
            .collect();
    }
    work.evidence = Some(Box::new(places));
    Sheet { work, status: Some(correction.status) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use citelift::Document as Text;

    const LIST: &str = "References\n\nRoe, J. (2010). Harbour watch. Leiden: Brill.\n\n\
        Poe, K. (2011). Small ports. Port Studies 15 (2): 61-70.\n";

    fn corrections(text: &str, works: &str) -> Corrections {
        let hash = hash(text);
        Corrections::of(&format!(
            r#"{{"citelift-corrections": 1, "documents": [{{"name": "a.txt", "sha256": "{hash}", "works": [{works}]}}]}}"#
        ))
        .unwrap()
    }

    fn put(reviewed: &str, works: &str, text: &str) -> (Vec<Sheet>, usize) {
        let document = Text::from_text(text);
        let inputs = [Input { name: "a.txt".to_owned(), document }];
        let mut applied = Applied::new(vec![corrections(reviewed, works)], &inputs);
        let mut bibliography = citelift::extract(text);
        let sheets = applied.put_to(0, text, &mut bibliography);
        let strayed = applied.strayed().len();
        (sheets, strayed)
    }

    fn correction(text: &str, citation: &str, status: &str, title: &str) -> String {
        let start = text.find(citation).unwrap();
        let span = serde_json::json!({"start": start, "end": start + citation.len()});
        serde_json::json!({
            "status": status, "span": span, "text": citation,
            "item": {"id": "x", "type": "book", "title": title},
            "fields": [{"field": "title", "index": 0, "spans": [span]}],
        })
        .to_string()
    }

    const ROE: &str = "Roe, J. (2010). Harbour watch. Leiden: Brill.";

    #[test]
    fn the_same_document_takes_every_correction() {
        let (sheets, strayed) = put(LIST, &correction(LIST, ROE, "corrected", "Fog"), LIST);
        assert_eq!((sheets.len(), strayed), (2, 0));
        assert_eq!(sheets[0].work.title.as_deref(), Some("Fog"));
        assert_eq!((sheets[0].status, sheets[1].status), (Some(Status::Corrected), None));
        let place = &sheets[0].work.evidence.as_ref().unwrap().fields[0];
        assert_eq!(place.spans[0].of(LIST), Some(ROE));

        // One that nobody reads there is put in, at its place.
        let (sheets, _) = put(LIST, &correction(LIST, "References", "added", "Ice"), LIST);
        let titles: Vec<_> = sheets.iter().map(|sheet| sheet.work.title.as_deref()).collect();
        assert_eq!(titles, [Some("Ice"), Some("Harbour watch"), Some("Small ports")]);

        // One citation where two are read.
        let whole = &LIST[12..LIST.len() - 1];
        let (sheets, _) = put(LIST, &correction(LIST, whole, "corrected", "Fog"), LIST);
        assert_eq!(sheets.len(), 1);
    }

    #[test]
    fn another_state_of_the_document_is_matched_by_the_citation() {
        let later = format!("A line before.\n\n{LIST}");
        let works = correction(LIST, ROE, "corrected", "Fog");
        let (sheets, strayed) = put(LIST, &works, &later);
        assert_eq!((sheets[0].work.title.as_deref(), strayed), (Some("Fog"), 0));
        let place = &sheets[0].work.evidence.as_ref().unwrap().fields[0];
        assert_eq!(place.spans[0].of(&later), Some(ROE));

        // A heading that nobody reads as a work is found by its text.
        let added = correction(LIST, "References", "added", "Ice");
        let (sheets, strayed) = put(LIST, &added, &later);
        assert_eq!((sheets.len(), strayed), (3, 0));
        assert_eq!(sheets[0].work.title.as_deref(), Some("Ice"));

        let (sheets, strayed) = put(LIST, &works, &later.replace("Leiden", "Delft"));
        assert_eq!((sheets[0].work.title.as_deref(), strayed), (Some("Harbour watch"), 1));
    }

    #[test]
    fn what_is_settled_is_doubted_no_more() {
        let text = "References\n\nzzyzx quux 12 3 (4), Brill\n\nRoe, J. (2010). Harbour watch. Leiden: Brill.\n";
        let document = Text::from_text(text);
        let inputs = [Input { name: "b.txt".to_owned(), document }];
        let works = correction(text, ROE, "accepted", "Fog");
        let mut applied = Applied::new(vec![corrections(text, &works)], &inputs);
        let mut bibliography = citelift::extract(text);
        let sheets = applied.put_to(0, text, &mut bibliography);
        let accepted = sheets.iter().find(|sheet| sheet.status.is_some()).unwrap();
        let span = span_of(&accepted.work);
        let inside = |doubt: &citelift::Diagnostic| {
            doubt.span.is_some_and(|other| other.start >= span.start && other.end <= span.end)
        };
        assert!(!bibliography.diagnostics.iter().any(inside));
        assert!(accepted.work.evidence.as_ref().unwrap().doubts.is_empty());
    }
}
