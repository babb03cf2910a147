//! CSL-JSON read: every shape of the schema, what programs make of it, and what is broken.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skips"
)]

mod works;

use citelift::{
    Bibliography, Code, Field, Kind, Name, Severity, Work, csl_json,
    csl_json::{from_str, ndjson},
};
use proptest::prelude::*;
use std::io::Read;
use works::any_work;

/// The codes of a file's diagnostics.
fn codes(read: &Bibliography) -> Vec<&'static str> {
    read.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

fn ids(read: &Bibliography) -> Vec<&str> {
    read.works.iter().map(|work| work.id.as_deref().unwrap_or("-")).collect()
}

/// The one work of an item with these properties, and the codes.
fn item(properties: &str) -> (Work, Vec<&'static str>) {
    let read = from_str(&format!("{{\"id\": \"x\", {properties}}}"));
    assert_eq!(read.works.len(), 1, "{properties}: {read:?}");
    (read.works[0].clone(), codes(&read))
}

/// A stream that gives few bytes at a time.
struct Drops<'a>(&'a [u8], usize);

impl Read for Drops<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let count = self.0.len().min(self.1).min(to.len());
        to[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

#[test]
fn arrays_objects_lines_and_wrappers_are_read_alike() {
    let (a, b) = (r#"{"id": "a", "type": "book"}"#, r#"{"id": "b", "type": "map"}"#);
    for file in [
        format!("[{a}, {b}]"),
        format!("[\n  {a},\n  {b}\n]\n"),
        format!("{a}\n{b}\n"),
        format!("{a}\r\n\r\nnull\r\n{b}"),
        format!("{a}{b}"),
        format!("\u{feff}[{a},{b}]"),
        format!("[{a}]\n[{b}]"),
    ] {
        let read = csl_json::from_slice(file.as_bytes());
        assert_eq!(ids(&read), ["a", "b"], "{file}");
        assert!(read.diagnostics.is_empty(), "{file}: {:?}", read.diagnostics);
    }
    // Commas belong in a list: said once, however many there are.
    let read = from_str(&format!("{a}, {b},\n{b}"));
    assert_eq!(ids(&read), ["a", "b", "b"]);
    assert_eq!(codes(&read), ["csl-json/syntax", "record/key-repeated"]);
    for name in ["items", "references"] {
        let read = from_str(&format!("{{\"{name}\": [{a}, {b}]}}"));
        assert_eq!(ids(&read), ["a", "b"]);
        assert_eq!(codes(&read), ["csl-json/wrong-shape"]);
    }
    let read = from_str(&format!("{{\"version\": 3, \"items\": [{a}, {b}], \"total\": 2}}"));
    assert_eq!(ids(&read), ["a", "b"]);
    assert_eq!(
        codes(&read),
        ["csl-json/wrong-shape", "record/unknown-field", "record/unknown-field"]
    );
    assert!(from_str("[]").diagnostics.is_empty());
    for nothing in [" \n", ",", " ,\n,"] {
        assert_eq!(codes(&from_str(nothing)), ["record/nothing-found"], "{nothing}");
    }
    let read = from_str("[{\"id\": 1, \"references\": \"x\", \"type\": \"book\"}]");
    assert_eq!(read.works[0].text(Field::References), Some("x"));
}

#[test]
fn an_item_may_hold_a_list_of_items() {
    let graph = r#""_graph": [{"id": "x", "type": "book"}, {"type": "map"}]"#;
    let item = format!(r#"{{{graph}, "id": "a", "title": "Harbour watch"}}"#);
    let list = format!("[{item},\n{}]", item.replace("\"a\"", "\"b\""));
    for (text, expected) in [(&item, &["a"][..]), (&list, &["a", "b"])] {
        let read = from_str(text);
        assert_eq!(ids(&read), expected);
        assert_eq!(read.works[0].title.as_deref(), Some("Harbour watch"));
        assert_eq!(codes(&read), vec!["record/unknown-field"; expected.len()]);
    }
    // What no key makes an item of stands around items.
    let around = format!(r#"{{"name": "L", {graph}}}"#);
    for text in [around.clone(), format!("[{around}]"), around.replace(']', "")] {
        assert_eq!(from_str(&text).works[0].id.as_deref(), Some("x"), "{text}");
    }
    // Of brackets that close nothing one is spoken of.
    let read = from_str(&format!("[]{}", "]".repeat(100)));
    assert_eq!(read.diagnostics[0].message, "100 times `]` closes nothing");
    assert_eq!(read.diagnostics.len(), 1);
}

#[test]
fn numbers_and_texts_stand_for_each_other() {
    let (work, codes) = item(
        r#""type": "book", "volume": 12, "version": "1.10", "issue": 3.50, "title": 1984,
           "ISBN": 9780471986355000000000, "page": 7, "PMID": true, "DOI": null"#,
    );
    assert_eq!(work.volume.as_deref(), Some("12"));
    assert_eq!(work.issue.as_deref(), Some("3.50"));
    assert_eq!(work.title.as_deref(), Some("1984"));
    assert_eq!(work.isbn.as_deref(), Some("9780471986355000000000"));
    assert_eq!(work.page.as_ref().unwrap().to_string(), "7");
    assert_eq!(work.text(Field::Pmid), Some("true"));
    // The schema wants a text of titles and identifiers, not of numbers.
    assert_eq!(codes, ["csl-json/wrong-shape"; 3]);
    let read = from_str(r#"{"id": 7, "type": "book"} {"type": "book"} {"id": "7"}"#);
    assert_eq!(ids(&read), ["7", "-", "7"]);
    assert_eq!(self::codes(&read), ["record/no-key", "record/key-repeated"]);
}

#[test]
fn dates_of_every_shape_are_read() {
    for (json, date, code) in [
        (r#"{"date-parts": [[2010, 11, 3]]}"#, "2010-11-03", ""),
        (r#"{"date-parts": [["2010", "11"]]}"#, "2010-11", ""),
        (r#"{"date-parts": [[2010, 11], [2011]]}"#, "2010-11/2011", ""),
        (r#"{"date-parts": [[2010], [0]]}"#, "2010/..", ""),
        (r#"{"date-parts": [[-44, 3, 15]]}"#, "-0043-03-15", ""),
        (r#"{"date-parts": [["2010.0"]]}"#, "2010", ""),
        (r#"{"date-parts": [[2010]], "season": 1}"#, "2010-21", ""),
        (r#"{"date-parts": [[2010]], "season": "spring"}"#, "2010-21", ""),
        (r#"{"date-parts": [[2010, 22]]}"#, "2010-22", ""),
        (r#"{"date-parts": [[2010]], "circa": true}"#, "2010~", ""),
        (r#"{"date-parts": [[2010]], "circa": 0}"#, "2010", ""),
        (r#"{"date-parts": [[2010, "May"]]}"#, "2010-05", ""),
        (r#""2010-11/2011""#, "2010-11/2011", ""),
        (r#""1850~""#, "1850~", ""),
        (r#"{"raw": "2010-1-5"}"#, "2010-01-05", ""),
        (r#"{"raw": "May 5th, 2010"}"#, "2010-05-05", ""),
        (r#"{"raw": "2010-01-05T10:00:00Z"}"#, "2010-01-05", ""),
        (r#"{"raw": "someday"}"#, "someday", "record/date-not-understood"),
        (r#"{"literal": "in press"}"#, "in press", ""),
        (r#"{"date-parts": [[2010, 2, 30]]}"#, "2010-2-30", "record/date-not-understood"),
        ("2010", "2010", "csl-json/wrong-shape"),
        ("[[2010, 5]]", "2010-05", "csl-json/wrong-shape"),
        ("[2010, 5]", "2010-05", "csl-json/wrong-shape"),
        (r#"{"year": 2010, "month": 5}"#, "2010-05", "csl-json/wrong-shape"),
    ] {
        let (work, codes) = item(&format!("\"issued\": {json}"));
        assert_eq!(work.issued.unwrap().to_string(), date, "{json}");
        assert_eq!(codes.first().copied().unwrap_or(""), code, "{json}");
    }
    for json in ["[[null]]", "[[]]", r#"[[""]]"#, "[]"] {
        let (work, codes) = item(&format!("\"issued\": {{\"date-parts\": {json}}}"));
        assert_eq!(work.issued, None, "{json}");
        assert_eq!(codes, ["csl-json/wrong-shape"], "{json}");
    }
}

#[test]
fn names_of_every_shape_are_read() {
    let (work, codes) = item(
        r#""author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der", "suffix": "Jr."},
            {"family": "Plato", "given": ""}, {"given": "Madonna"},
            {"literal": "World Bank"}, {"family": "UNESCO", "isInstitution": true},
            {"family": "王", "given": "小明", "static-ordering": true, "comma-suffix": 1}]"#,
    );
    assert_eq!(codes, [""; 0]);
    let names: Vec<String> = work.author.iter().map(ToString::to_string).collect();
    assert_eq!(
        names,
        ["van der Berg, Jan, Jr.", "Plato", "Madonna", "World Bank", "UNESCO", "王, 小明"]
    );
    assert_eq!(work.author.list[4], Name::body("UNESCO"));
    let back = csl_json::to_string(std::slice::from_ref(&work));
    assert_eq!(from_str(&back).works, [work]);

    for (json, names) in [
        (
            r#"["Roe, Jane", "World Bank"]"#,
            vec![Name::person("Roe", "Jane"), Name::body("World Bank")],
        ),
        (r#"{"family": "Roe", "given": "J."}"#, vec![Name::person("Roe", "J.")]),
        (
            r#""Roe, Jane; Doe, John""#,
            vec![Name::person("Roe", "Jane"), Name::person("Doe", "John")],
        ),
        (
            r#""Roe, Jane and Doe, John""#,
            vec![Name::person("Roe", "Jane"), Name::person("Doe", "John")],
        ),
        (r#"[{"name": "World Bank"}]"#, vec![Name::body("World Bank")]),
    ] {
        let (work, codes) = item(&format!("\"author\": {json}"));
        assert_eq!(work.author.list, names, "{json}");
        assert!(codes.iter().all(|code| *code == "csl-json/wrong-shape"), "{json}: {codes:?}");
        assert!(!codes.is_empty());
    }
}

#[test]
fn types_that_are_plainly_meant_are_taken_and_others_kept() {
    for (name, kind) in [
        ("article_journal", Kind::ArticleJournal),
        ("Journal article", Kind::ArticleJournal),
        ("journalArticle", Kind::ArticleJournal),
        ("bookSection", Kind::Chapter),
        ("legal case", Kind::LegalCase),
        ("phdthesis", Kind::Thesis),
    ] {
        let read = from_str(&format!("{{\"id\": 1, \"type\": \"{name}\"}}"));
        assert_eq!(read.works[0].kind, kind, "{name}");
        assert_eq!(read.diagnostics[0].severity, Severity::Note);
    }
    let (work, codes) = item(r#""type": "hologram""#);
    assert_eq!((work.kind, codes), (Kind::Document, vec!["record/unknown-type"]));
    assert_eq!(work.extra[0].name, "type");
    let back = csl_json::to_string(std::slice::from_ref(&work));
    assert!(back.contains(r#""type":"document","custom":{"type":"hologram"}"#), "{back}");
    assert_eq!(from_str(&back).works, [work]);
}

#[test]
fn what_has_no_field_is_kept_and_written_back() {
    let (work, codes) = item(
        r#""type": "book", "shortTitle": "H", "journalAbbreviation": "J. H.", "event": "Congress",
           "doi": "https://doi.org/10.1000/182", "container_title": "Port Studies",
           "categories": ["x"], "volume-title-short": "v", "mine": {"a": [1, null]},
           "keyword": "one, two; three", "note": "original-date: 1890\n{:DOI: 10.1/x}",
           "custom": {"theirs": true, "title": "Other", "et-al": 7}"#,
    );
    assert_eq!(codes, ["record/unknown-field"; 3]);
    assert_eq!(work.doi.as_deref(), Some("10.1000/182"));
    assert_eq!(work.container_title.as_deref(), Some("Port Studies"));
    assert_eq!(work.container_title_short.as_deref(), Some("J. H."));
    assert_eq!(work.event_title.as_deref(), Some("Congress"));
    assert_eq!(work.keyword, ["one", "two", "three"]);
    assert_eq!(work.note.as_deref(), Some("original-date: 1890\n{:DOI: 10.1/x}"));
    assert_eq!(work.title, None);
    let back = csl_json::to_string(std::slice::from_ref(&work));
    let json: serde_json::Value = serde_json::from_str(&back).unwrap();
    assert_eq!(json[0]["categories"], serde_json::json!(["x"]));
    assert_eq!(json[0]["custom"]["mine"], serde_json::json!({"a": [1, null]}));
    assert_eq!(json[0]["custom"]["theirs"], true);
    assert_eq!(from_str(&back).works, [work]);
}

#[test]
fn a_property_twice_is_kept_twice() {
    let (work, codes) =
        item(r#""title": "One", "title": "Two", "shortTitle": "O", "title-short": "O""#);
    assert_eq!(work.title.as_deref(), Some("One"));
    assert_eq!((work.extra[0].name.as_str(), work.extra[0].value.as_str()), ("title", "\"Two\""));
    assert_eq!(codes, ["record/field-repeated"]);
}

#[test]
fn one_broken_item_costs_only_itself() {
    for (file, kept) in [
        (r#"[{"id":"a"},{"id":"b","title":},{"id":"c"}]"#, "a b c"),
        (r#"[{"id":"a"},{"id":"b","title":"x","volume":1,{"id":"c"}]"#, "a b c"),
        (r#"[{"id":"a"},{"id":"b","author":[{"family":"x"},{"id":"c"},{"id":"d"}]"#, "a b c d"),
        (r#"[{"id":"a"},{"id":"b","title":"x},{"id":"c"}]"#, "a b c"),
        ("[{\"id\":\"a\"},\n{\"id\":\"b\",\"title\":\"x\n{\"id\":\"c\"}]", "a b c"),
        (
            "{\"id\":\"a\"}\n{\"id\":\"b\",\"author\":[{\"family\":\"x\"},\n{\"id\":\"c\"}\n",
            "a b c",
        ),
        (r#"[{"id":"a"},{"id":"b","author":[{"family":"x"],"title":"t"},{"id":"c"}]"#, "a b c"),
        (r#"[{"id":"a"},{"id":"b","author":[{"family":"x"},"title":"t"},{"id":"c"}]"#, "a b c"),
        (r#"[{"id":"a"},{"id":"b" "title":"t"}{"id":"c"},]"#, "a b c"),
        (r#"[{"id":"a"}, {"id":"b","title":"The "big" one"}, {"id":"c"}]"#, "a b c"),
        (r#"[{"id":"a"}, {id:"b",'title':"t"}, {"id":"c"}]"#, "a b c"),
        (r#"[{"id":"a"}, {"id":"b","title":"\q\ud800"}, {"id":"c"}]"#, "a b c"),
        ("[{\"id\":\"a\"}, {\"id\":\"b\",\"abstract\":\"one\ntwo\"}, {\"id\":\"c\"}]", "a b c"),
        (r#"callback([{"id":"a"}, {"id":"b"}]);"#, "a b"),
        (r#"[{"id":"a"}, 7, "text", {"id":"b"}]"#, "a b"),
        (r#"[{"id":"a"}} {"id":"b"}]]"#, "a b"),
    ] {
        let read = from_str(file);
        assert_eq!(ids(&read).join(" "), kept, "{file}");
        let bad = read.diagnostics.iter().any(|doubt| doubt.severity == Severity::Error);
        assert!(bad, "{file}");
        for doubt in &read.diagnostics {
            assert!(doubt.span.unwrap().of(file).is_some(), "{file}: {doubt:?}");
        }
    }
    let read = from_str("{\"id\":\"a\",\n \"title\": \"Harbour watch\n \"volume\": 3}");
    assert_eq!(read.works[0].title.as_deref(), Some("Harbour watch"));
    assert_eq!(read.works[0].volume.as_deref(), Some("3"));
}

#[test]
fn a_file_cut_off_gives_what_is_complete() {
    let file = r#"[{"id":"a"},{"id":"b","title":"Harbour watch","author":[{"family":"Roe","given":"J."},{"family":"Do"#;
    let read = from_str(file);
    assert_eq!(ids(&read), ["a", "b"]);
    assert_eq!(read.works[1].title.as_deref(), Some("Harbour watch"));
    assert_eq!(read.works[1].author.len(), 1);
    assert!(read.diagnostics.iter().all(|doubt| doubt.code == Code::CslJsonSyntax || doubt.code == Code::CslJsonWrongShape));
    let (cut, _) = file.split_at(file.len() - 40);
    for end in 0..cut.len() {
        let read = from_str(&file[..end]);
        assert!(end < 12 || ids(&read)[0] == "a");
    }
}

#[test]
fn diagnostics_point_at_the_value() {
    let file = "[\n{\"id\": \"x\", \"type\": \"book\",\n \"issued\": {\"raw\": \"someday\"}}]";
    let read = from_str(file);
    assert_eq!(read.diagnostics[0].span.unwrap().of(file), Some("\"someday\""));
    assert_eq!(read.diagnostics[0].message, "`issued` of `x` is no date: `someday`");
    let record = csl_json::Reader::new(file.as_bytes()).next().unwrap().unwrap();
    assert_eq!((record.position.line, record.position.column), (2, 1));
    assert_eq!(record.span.of(file).unwrap(), record.source);
}

#[test]
fn hostile_files_are_read_in_linear_time() {
    let deep = "[".repeat(100_000);
    let _ = from_str(&deep);
    let _ = from_str(&format!("{{\"id\":\"a\",\"x\":{deep}"));
    let closed = format!("{{\"id\":\"a\",\"x\":{deep}{}}}", "]".repeat(100_000));
    let read = from_str(&closed);
    assert_eq!(ids(&read), ["a"]);
    assert!(codes(&read).contains(&"csl-json/syntax"));
    let _ = from_str(&"{\"a\":".repeat(100_000));
    let objects = from_str(&"{\"id\":1,\"author\":[{\"id\":2},".repeat(20_000));
    assert!(objects.works.len() >= 20_000);
    let long = format!("[{{\"id\":\"a\",\"abstract\":\"{}\"}}]", "x".repeat(20 << 20));
    assert_eq!(from_str(&long).works[0].abstract_.as_ref().unwrap().len(), 20 << 20);
    let read = csl_json::from_reader(long.as_bytes()).unwrap();
    assert_eq!(read.works[0].abstract_.as_ref().unwrap().len(), 20 << 20);
    let _ = from_str(&"\"".repeat(100_000));
    let _ = from_str(&"{\"".repeat(100_000));
    let _ = from_str(&"{\"id\":\"\n".repeat(50_000));
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "\r\n",
        " ",
        "null",
        "true",
        "1",
        "-0.5e3",
        "{\"id\":",
        "\"id\"",
        "\"type\":",
        "\"book\"",
        "\"items\":[",
        "\"author\":[{",
        "\"family\":",
        "\"issued\":",
        "\"date-parts\":[[",
        "\"custom\":{",
        "\"title\":\"x\"",
        "é",
        "王",
        "\\u00e9",
        "\\ud800",
        "\u{feff}",
        "\u{0}",
        "},\n{",
        "}]",
        "]]}",
        "\"custom\":{\"type\":\"x\"}",
        "},{\"id\":\"",
    ]);
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A written file with a stretch taken out and another put in.
fn mutated() -> impl Strategy<Value = String> {
    let works = proptest::collection::vec(any_work(), 1..4);
    (works, any::<prop::sample::Index>(), 0..6_usize, pieces(), any::<bool>()).prop_map(
        |(works, at, cut, put, lines)| {
            let text = if lines { ndjson::to_string(&works) } else { csl_json::to_string(&works) };
            let chars: Vec<char> = text.chars().collect();
            let at = at.index(chars.len());
            let end = (at + cut).min(chars.len());
            let put = put.chars().take(3);
            chars[..at].iter().copied().chain(put).chain(chars[end..].iter().copied()).collect()
        },
    )
}

/// What holds of any text.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let read = from_str(text);
    for doubt in &read.diagnostics {
        let span = doubt.span.unwrap();
        prop_assert!(span.of(text).is_some(), "{doubt:?}");
    }
    for size in [1, 7, 300] {
        let streamed = csl_json::from_reader(Drops(text.as_bytes(), size)).unwrap();
        let text_alone = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text_alone.len() == text.len() {
            prop_assert_eq!(&streamed, &read, "{} {}", size, text);
        }
    }
    // What is read is written and read alike.
    let written = csl_json::to_string(&read.works);
    let again = from_str(&written);
    prop_assert_eq!(again.works.len(), read.works.len());
    for (again, mut work) in again.works.into_iter().zip(read.works) {
        work.id = again.id.clone();
        prop_assert_eq!(again, work, "{}", written);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn soup_is_read(text in pieces()) {
        holds(&text)?;
        // What is one JSON object to serde_json has no fault.
        if serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text).is_ok() {
            let read = from_str(&text);
            prop_assert!(!read.diagnostics.iter().any(|doubt| doubt.code == Code::CslJsonSyntax));
        }
    }

    #[test]
    fn broken_files_are_read(text in mutated()) {
        holds(&text)?;
        let mut values = serde_json::Deserializer::from_str(&text).into_iter::<serde_json::Value>();
        let valid = values.all(|value| value.is_ok());
        let syntax = from_str(&text).diagnostics.iter().any(|doubt| doubt.code == Code::CslJsonSyntax);
        prop_assert!(!(valid && syntax), "{}", text);
    }

    #[test]
    fn fields_that_are_not_lost_come_back(work in any_work()) {
        let written = csl_json::to_string(std::slice::from_ref(&work));
        let read = from_str(&written);
        prop_assert_eq!(read.works.len(), 1);
        prop_assert!(!read.diagnostics.iter().any(|doubt| doubt.severity == Severity::Error));
        let losses = csl_json::losses(std::slice::from_ref(&work));
        for (field, value) in work.fields() {
            let name = format!("`{}`", field.as_str());
            if !losses.iter().any(|loss| loss.message.contains(&name)) {
                prop_assert_eq!(read.works[0].get(field), Some(value), "{}", written);
            }
        }
        prop_assert_eq!(read.works[0].kind, work.kind);
    }
}
