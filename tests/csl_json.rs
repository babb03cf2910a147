//! CSL-JSON: one shape for serde and for the export, there and back, valid by the schema.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skips"
)]

mod works;

use citelift::{Annotation, Kind, Name, Work, csl_json};
use proptest::prelude::*;
use works::{any_work, hard};

/// The schema of the CSL project, where the checkout lies beside its shared data.
fn schema() -> Option<jsonschema::Validator> {
    // Beside the checkout, or beside the folder that worktrees lie in.
    let folders = ["..", "../.."];
    let paths = folders.map(|folder| {
        format!("{}/{folder}/shared/clients/csl-data.json", env!("CARGO_MANIFEST_DIR"))
    });
    let Some(text) = paths.iter().find_map(|path| std::fs::read_to_string(path).ok()) else {
        eprintln!("skipped: {} is not there", paths[0]);
        return None;
    };
    let mut schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    // Its `$id` is an address; nothing is to be fetched.
    schema.as_object_mut().unwrap().remove("$id");
    Some(jsonschema::validator_for(&schema).unwrap())
}

#[test]
fn the_export_is_what_serde_makes_of_a_work() {
    let mut works = hard();
    citelift::key::assign(&mut works);
    let read: Vec<Work> = serde_json::from_str(&csl_json::to_string(&works)).unwrap();
    assert_eq!(read, works);
    let one: Vec<Work> = csl_json::ndjson::to_string(&works)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(one, works);
    assert_eq!(
        serde_json::to_string(&works[0]).unwrap(),
        csl_json::ndjson::to_string(&works[..1]).trim()
    );
}

#[test]
fn dates_names_and_keywords_have_the_schemas_shape() {
    let json: serde_json::Value = serde_json::from_str(&csl_json::to_string(&hard())).unwrap();
    assert_eq!(json[0]["issued"], serde_json::json!({"date-parts": [[2010, 11]]}));
    assert_eq!(
        json[0]["author"][0],
        serde_json::json!(
            {"family": "Berg", "given": "Jan Willem", "non-dropping-particle": "van der"}
        )
    );
    assert_eq!(json[0]["author"].as_array().unwrap().len(), 3);
    assert_eq!(json[0]["custom"]["et-al"], true);
    assert_eq!(json[0]["keyword"], "DNA repair, Proteins, recombinant, A/B");
    assert_eq!(json[0]["custom"]["keywords"][1], "Proteins, recombinant");
    assert_eq!(json[2]["issued"]["date-parts"], serde_json::json!([[1998, 8, 15], [1998, 8, 30]]));
}

#[test]
fn what_other_programs_write_is_read() {
    let work: Work = serde_json::from_str(
        r#"{"id": 7, "type": "article-journal", "volume": 12, "issued": "1850~",
            "author": [{"family": "Roe", "given": "J."}, {"literal": "others"}],
            "accessed": {"date-parts": [["2010", "2", "30"]]}, "page": "1–5",
            "shortTitle": "Harbour", "categories": ["x"], "custom": {"mine": [1]}}"#,
    )
    .unwrap();
    assert_eq!(work.id.as_deref(), Some("7"));
    assert_eq!(work.volume.as_deref(), Some("12"));
    assert!(work.issued.as_ref().unwrap().circa && work.author.others);
    assert_eq!(work.accessed.as_ref().unwrap().to_string(), "2010-2-30");
    assert_eq!(work.title_short.as_deref(), Some("Harbour"));
    let back: serde_json::Value = serde_json::to_value(&work).unwrap();
    assert_eq!(back["categories"], serde_json::json!(["x"]));
    assert_eq!(back["custom"]["mine"], serde_json::json!([1]));
}

#[test]
fn software_does_not_cost_the_whole_file() {
    let mut work = Work::new(Kind::Software);
    work.id = Some("r".into());
    work.author.push(Name::body("R Core Team"));
    let json = serde_json::to_value(&work).unwrap();
    assert_eq!(json["type"], "book");
    assert_eq!(serde_json::from_value::<Work>(json).unwrap(), work);
}

#[test]
fn an_annotation_may_be_a_note_and_evidence_comes_on_request() {
    let mut work = citelift::parse("Roe, J. (2010). Harbour watch. Leiden: Brill.");
    work.abstract_ = Some("Says much.".into());
    let options = csl_json::Options::default().annotation(Annotation::Note).evidence(true);
    let json: serde_json::Value =
        serde_json::from_str(&csl_json::to_string_with(&[work.clone()], &options)).unwrap();
    assert_eq!(json[0]["note"], "Says much.");
    assert_eq!(json[0].get("abstract"), None);
    assert_eq!(json[0]["custom"]["evidence"].is_object(), work.evidence.is_some());
    assert!(!csl_json::to_string(&[work]).contains("evidence"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_work_comes_back_and_the_schema_holds(works in proptest::collection::vec(any_work(), 0..3)) {
        let text = csl_json::to_string(&works);
        let read: Vec<Work> = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(read.len(), works.len());
        for (mut read, work) in read.into_iter().zip(&works) {
            if work.id.is_none() {
                read.id = None;
            }
            if read.id == work.id {
                // A key that was made for the work as it was fits it no more without its empty
                // names.
                let (mut once, mut twice) = (without_doubtful(work), without_doubtful(&read));
                (once.id, twice.id) = (None, None);
                prop_assert_eq!(twice, once);
            }
        }
        thread_local!(static SCHEMA: Option<jsonschema::Validator> = schema());
        let valid = SCHEMA.with(|schema| {
            let json = serde_json::from_str(&text).unwrap();
            schema.as_ref().is_none_or(|schema| schema.is_valid(&json))
        });
        prop_assert!(valid, "{}", text);
    }
}

/// A work as JSON can say it: words that are a date are one, and empty parts are none.
fn without_doubtful(work: &Work) -> Work {
    serde_json::from_value(serde_json::to_value(work).unwrap()).unwrap()
}
