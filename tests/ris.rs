//! RIS as other programs see it: lines, tags, records.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skips"
)]

mod works;

use citelift::{Annotation, Code, Field, Kind, Name, Value, Work, ris};
use proptest::prelude::*;
use works::{any_work, hard};

/// The records of a file, each a list of tag and value. Fails where a line is none.
fn records(text: &str) -> Vec<Vec<(String, String)>> {
    let mut records = Vec::new();
    let mut open: Option<Vec<(String, String)>> = None;
    for line in text.split_terminator("\r\n").filter(|line| !line.is_empty()) {
        assert!(!line.contains(['\r', '\n', '\u{2028}', '\u{85}']), "{line:?}");
        let (tag, value) = line.split_once("  - ").unwrap_or_else(|| panic!("no tag: {line:?}"));
        assert!(
            tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        );
        match tag {
            "TY" => {
                assert!(open.is_none(), "a record in a record");
                open = Some(vec![(tag.into(), value.into())]);
            }
            "ER" => records.push(open.take().expect("an end without a beginning")),
            _ => open.as_mut().expect("a line outside").push((tag.into(), value.into())),
        }
    }
    assert!(open.is_none(), "no end");
    records
}

fn values<'a>(record: &'a [(String, String)], tag: &str) -> Vec<&'a str> {
    record.iter().filter(|(known, _)| known == tag).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn tags_hold_what_the_specification_says() {
    let text = ris::to_string(&hard());
    let records = records(&text);
    let article = &records[0];
    assert_eq!(article[0], ("TY".into(), "JOUR".into()));
    assert_eq!(
        values(article, "AU"),
        [
            "van der Berg, Jan Willem",
            "King, Martin Luther, Jr.",
            "Food and Agriculture Organization, Statistics Division,",
        ]
    );
    assert_eq!(values(article, "T2"), ["Journal of Biology & Medicine"]);
    assert_eq!(values(article, "PY"), ["2010"]);
    assert_eq!(values(article, "DA"), ["2010/11//"]);
    assert_eq!((values(article, "SP"), values(article, "EP")), (vec!["101"], vec!["115"]));
    assert_eq!(values(article, "KW"), ["DNA repair", "Proteins, recombinant", "A/B"]);
    assert_eq!(values(article, "UR"), ["https://example.org/~a/b_c%20d?e=f&g=h#i"]);
    assert_eq!(values(article, "AB"), ["First paragraph, {braces} and \\ too. Second; cost $5."]);
    assert_eq!(values(&records[1], "A3"), ["Müller, Jürgen"]);
    assert_eq!(values(&records[1], "A4"), ["O'Connor, S."]);
    assert_eq!(values(&records[2], "A2"), ["de la Fontaine, Jean"]);
    assert_eq!(values(&records[2], "DA"), ["1998/08/15/to 1998-08-30"]);
    assert_eq!(values(&records[4], "Y2"), ["2023/11/05/"]);
}

#[test]
fn nothing_is_an_empty_file() {
    assert_eq!(ris::to_string(&[]), "");
}

#[test]
fn the_annotation_goes_where_it_is_wanted() {
    let mut work = Work::new(Kind::Book);
    work.abstract_ = Some("Says much.".into());
    work.note = Some("Read twice.".into());
    for (annotation, tag, text) in [
        (Annotation::Abstract, "AB", "Says much."),
        (Annotation::Annote, "RN", "Says much."),
        (Annotation::Note, "N1", "Read twice. Says much."),
    ] {
        let options = ris::Options::default().annotation(annotation);
        let text_of = ris::to_string_with(&[work.clone()], &options);
        assert_eq!(values(&records(&text_of)[0], tag), [text]);
    }
}

#[test]
fn what_ris_cannot_hold_is_said() {
    let mut work = Work::new(Kind::Review);
    work.title = Some("Harbour".into());
    work.author = vec![Name::body("Bureau, Port")].into();
    work.author.others = true;
    work.set(Field::Dimensions, Value::Text("8°".into())).unwrap();
    let codes: Vec<Code> = ris::losses(&[work]).iter().map(|loss| loss.code).collect();
    assert_eq!(
        codes,
        [
            Code::OutputKindLost,
            Code::OutputValueReduced,
            Code::OutputValueReduced,
            Code::OutputValueReduced
        ]
    );
}

/// What RIS has no tag for stands by name where Zotero looks for it, and is read from there.
#[test]
fn what_has_no_tag_is_written_by_name() {
    let mut work = Work::new(Kind::Review);
    work.id = Some("roe".into());
    work.title = Some("Harbour".into());
    work.set(Field::Pmid, Value::Text("20876088".into())).unwrap();
    work.set(Field::OriginalDate, Value::Date("1990-02/..".parse().unwrap())).unwrap();
    work.set(Field::Director, Value::Names(vec![Name::person("Varda", "Agnès")].into())).unwrap();
    let text = ris::to_string(std::slice::from_ref(&work));
    assert_eq!(
        values(&records(&text)[0], "M2"),
        ["type: review", "director: Varda || Agnès", "original-date: 1990-02/..", "PMID: 20876088"]
    );
    assert_eq!(ris::from_str(&text).works, [work]);
}

/// A report's ISBN, whose tag the report's own number takes.
#[test]
fn a_tag_that_is_taken_loses_nothing() {
    let mut work = Work::new(Kind::Report);
    work.id = Some("roe".into());
    work.number = Some("FAO/2019-17".into());
    work.isbn = Some("978-0-471-98635-5".into());
    let text = ris::to_string(std::slice::from_ref(&work));
    assert!(text.contains("\r\nM2  - ISBN: 978-0-471-98635-5\r\n"), "{text}");
    assert_eq!(ris::from_str(&text).works, [work]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_value_breaks_out_of_its_line(works in proptest::collection::vec(any_work(), 0..4)) {
        let text = ris::to_string(&works);
        prop_assert_eq!(records(&text).len(), works.len());
        prop_assert!(!text.chars().any(|c| c.is_control() && c != '\r' && c != '\n'));
    }

    #[test]
    fn a_field_is_written_or_named_as_lost(mut work in any_work()) {
        // A key of its own, since keys are made of fields.
        work.id = Some("k".into());
        let losses = ris::losses(std::slice::from_ref(&work));
        let text = ris::to_string(std::slice::from_ref(&work));
        for (field, _) in work.fields() {
            let mut without = work.clone();
            without.clear(field);
            let is_lost = losses.iter().any(|loss| {
                loss.code == Code::OutputFieldLost
                    && loss.message.starts_with(&format!("`{}`", field.as_str()))
            });
            prop_assert_eq!(is_lost, ris::to_string(&[without]) == text, "{:?}", field);
        }
    }
}
