//! What holds of any text, of any works, and of citations made by rule.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod invariants;

use citelift::{
    Date, Field, FieldClass, Format, Kind, Name, Names, Pages, Value, Work, bibtex, csl_json, key,
    ris,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::HashSet;

const SAMPLE: &str = include_str!("../data/police-cooperation.txt");

/// Stretches that citations are made of, and characters that have broken parsers.
const STRETCHES: &[&str] = &[
    "Okafor, N.",
    "Okafor",
    "N.",
    "de la Cruz",
    "Müller-Lüdenscheidt",
    "van den",
    "O’Brien, P.-L.",
    "World Bank",
    "UNHCR",
    "et al.",
    "and others",
    " & ",
    " and ",
    " und ",
    " et ",
    ", ",
    "; ",
    ". ",
    ": ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "(",
    ")",
    "(2010)",
    "(2011a).",
    "2010",
    "1998-99",
    "n.d.",
    "c. 1850",
    "in press",
    "(Ed.)",
    "(Eds.)",
    "(Hrsg.)",
    "eds.",
    "transl. by",
    "In: ",
    "In ",
    "Harbour watch",
    "La surveillance des quais",
    "港の監視",
    "رصد الميناء",
    "Port Studies",
    "15 (2): 61-70",
    "15(2):",
    "vol. 3",
    "no. 4",
    "pp. 12–34",
    "p. xiv",
    "S. 5 f.",
    "61—70",
    "420 – 443",
    "November",
    "Spring",
    "2nd ed.",
    "Leiden: Brill",
    "Brill Press.",
    "doi:10.1000/182",
    "10.1000/",
    "https://example.org/a(b)_c.",
    "http://",
    "www.",
    "ISBN 0-306-40615-2",
    "ISSN 2049-3630",
    "[",
    "]",
    "«",
    "»",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "{",
    "}",
    "<i>",
    "</i>",
    "&amp;",
    "$",
    "%",
    "#",
    "_",
    "\\",
    "^",
    "~",
    "@",
    "*****",
    "· ",
    "• ",
    "1. ",
    "[1] ",
    "—",
    "———.",
    "Ibid.",
    "\0",
    "\u{1}",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{feff}",
    "\u{301}",
    "e\u{301}\u{323}",
    "\u{1100}\u{1161}\u{11a8}",
    "ﬁ",
    "ǅ",
    "İ",
    "ẞ",
    "٣",
    "²",
    "Ⅷ",
    "👩‍🔬",
    "\u{e000}",
    "\u{2028}",
    "[footnoteRef:1]",
    "[bookmark: _x]",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(select(STRETCHES), 0..50).prop_map(|stretches| stretches.concat())
}

/// The sample with a stretch cut out of it and another put in.
fn damaged_sample() -> impl Strategy<Value = String> {
    (any::<Index>(), 0..400_usize, select(STRETCHES), 0..3000_usize).prop_map(
        |(at, cut, put, length)| {
            let start = boundary(at.index(SAMPLE.len()));
            let middle = boundary(start + length);
            let after = boundary(middle + cut);
            let end = boundary(after + length);
            [&SAMPLE[start..middle], put, &SAMPLE[after..end]].concat()
        },
    )
}

/// The nearest character boundary of the sample at or before a place.
fn boundary(at: usize) -> usize {
    (0..=at.min(SAMPLE.len())).rev().find(|&at| SAMPLE.is_char_boundary(at)).unwrap_or(0)
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![1 => any::<String>(), 1 => "\\PC{0,300}", 3 => soup(), 2 => damaged_sample()]
}

fn settings() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn any_line_gives_a_work_of_its_own_letters(text in any_text()) {
        let work = citelift::parse(&text);
        invariants::of_work(&work, &text);
        let says_something = text.chars().any(char::is_alphanumeric);
        prop_assert!(work.fields().next().is_some() || !says_something, "{:?} gave nothing", text);
    }

    #[test]
    fn any_text_gives_works_of_its_own_letters(text in any_text()) {
        invariants::of_bibliography(&citelift::extract(&text), &text);
    }

    #[test]
    fn any_works_are_written_so_that_others_can_read_them(
        text in any_text(),
        made in prop::collection::vec(any_work(), 0..4),
    ) {
        let mut works = citelift::extract(&text).works;
        works.push(citelift::parse(&text));
        works.extend(made);
        let json: serde_json::Value = serde_json::from_str(&csl_json::to_string(&works)).unwrap();
        prop_assert_eq!(json.as_array().map(Vec::len), Some(works.len()));
        for line in csl_json::ndjson::to_string(&works).lines() {
            prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{}", line);
        }
        assert_is_ris(&ris::to_string(&works), works.len());
        for dialect in [bibtex::Dialect::Bibtex, bibtex::Dialect::Biblatex] {
            let options = bibtex::Options::default().dialect(dialect);
            let bib = bibtex::to_string_with(&works, &options);
            assert_is_bib(&bib, works.len());
        }
    }

    #[test]
    fn to_writer_writes_what_to_string_gives(line in soup()) {
        let works = [citelift::parse(&line)];
        let strings =
            [bibtex::to_string(&works), ris::to_string(&works), csl_json::to_string(&works)];
        for (format, wanted) in [Format::Bibtex, Format::Ris, Format::CslJson].iter().zip(strings) {
            let mut bytes = Vec::new();
            format.write(&works, &mut bytes).unwrap();
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), wanted);
        }
    }

    #[test]
    fn keys_are_unique_ascii_and_free_of_order(
        works in prop::collection::vec(small_work(), 0..12),
        turn in any::<Index>(),
    ) {
        let mut turned = works.clone();
        if !turned.is_empty() {
            let by = turn.index(turned.len());
            turned.rotate_left(by);
            turned.reverse();
        }
        let keyed = with_keys(works);
        let mut keys: Vec<&str> = keyed.iter().map(|(key, _)| key.as_str()).collect();
        prop_assert!(keys.iter().all(|key| !key.is_empty() && key.is_ascii()), "{:?}", keys);
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), keyed.len());
        prop_assert_eq!(with_keys(turned), keyed);
    }

    #[test]
    fn a_citation_made_by_rule_is_read_back(made in made_citation()) {
        let work = citelift::parse(&made.text);
        let (author, issued) = (work.names(Field::Author), work.date(Field::Issued));
        prop_assert_eq!(author, Some(&made.authors.into()), "{}", made.text);
        prop_assert_eq!(issued, Some(&Date::year(made.year)), "{}", made.text);
        prop_assert_eq!(work.text(Field::Title), Some(&*made.title), "{}", made.text);
        prop_assert_eq!(work.text(Field::ContainerTitle), Some(&*made.journal), "{}", made.text);
        prop_assert_eq!(work.text(Field::Volume), Some(&*made.volume), "{}", made.text);
        prop_assert_eq!(work.text(Field::Issue), Some(&*made.issue), "{}", made.text);
        prop_assert_eq!(&work.page, &Some(made.page), "{}", made.text);
        prop_assert_eq!(work.kind, Kind::ArticleJournal, "{}", made.text);
    }
}

/// The biblatex crate reads it; no key stands twice, and no field stands twice in an entry.
fn assert_is_bib(bib: &str, entries: usize) {
    let read =
        biblatex::RawBibliography::parse(bib).unwrap_or_else(|error| panic!("{error:?}\n{bib}"));
    assert_eq!(read.entries.len(), entries, "{bib}");
    let keys: HashSet<&str> = read.entries.iter().map(|entry| entry.v.key.v).collect();
    assert_eq!(keys.len(), entries, "a key stands twice\n{bib}");
    for entry in &read.entries {
        let names: HashSet<&str> = entry.v.fields.iter().map(|field| field.key.v).collect();
        assert_eq!(names.len(), entry.v.fields.len(), "a field stands twice\n{bib}");
    }
}

/// Every line is a tag; records begin with `TY` and end with `ER`.
fn assert_is_ris(ris: &str, records: usize) {
    let mut open = false;
    let mut closed = 0;
    for line in ris.split("\r\n").filter(|line| !line.is_empty()) {
        let tag = line.as_bytes().get(..6);
        let is_tag = tag.is_some_and(|tag| {
            tag[..2].iter().all(u8::is_ascii_alphanumeric) && tag[2..].starts_with(b"  -")
        });
        assert!(is_tag && !line.contains(['\r', '\n']), "not a RIS line: {line:?}\n{ris}");
        assert_eq!(!open, line.starts_with("TY"), "{line:?}\n{ris}");
        open = !line.starts_with("ER");
        closed += usize::from(!open);
    }
    assert!(!open);
    assert_eq!(closed, records, "{ris}");
}

/// A work of any kind with any text in any of its fields.
fn any_work() -> impl Strategy<Value = Work> {
    let value = (select(Field::ALL), any_text(), any_text(), any::<i32>());
    (select(Kind::ALL), prop::collection::vec(value, 0..8)).prop_map(|(kind, values)| {
        let mut work = Work::new(kind);
        for (field, text, other, year) in values {
            let value = match field.class() {
                FieldClass::Names => Value::Names(Names::from(vec![
                    Name::person(text.clone(), other),
                    Name::body(text),
                ])),
                FieldClass::Date if year % 5 == 0 => Value::Date(Date::literal(text)),
                FieldClass::Date => Value::Date(Date::year(year)),
                FieldClass::Pages => Value::Pages(Pages::range(text, other)),
                FieldClass::Keywords => Value::Keywords(vec![text, other]),
                _ => Value::Text(text),
            };
            work.set(field, value).unwrap();
        }
        work
    })
}

/// Works that share names, years and titles, so that their keys collide.
fn small_work() -> impl Strategy<Value = Work> {
    (
        select(vec!["", "Roe", "Röe", "王", "'"]),
        prop::option::of(2009..2011_i32),
        select(vec!["", "Harbour watch", "Harbour law", "The harbour", "?", "港"]),
        select(vec![None, None, None, Some("roe2010harbour"), Some("x")]),
    )
        .prop_map(|(family, year, title, id)| {
            let mut work = Work::new(Kind::Book);
            if !family.is_empty() {
                work.author.push(Name::person(family, "J."));
            }
            work.issued = year.map(Date::year);
            work.title = (!title.is_empty()).then(|| title.to_owned());
            work.id = id.map(str::to_owned);
            work
        })
}

/// Keys and works, sorted. Ids that were given twice are the giver's own; they go.
fn with_keys(mut works: Vec<Work>) -> Vec<(String, String)> {
    let mut seen = HashSet::new();
    let given: Vec<Option<String>> = works.iter().map(|work| work.id.clone()).collect();
    let twice: Vec<&String> = given.iter().flatten().filter(|id| !seen.insert(*id)).collect();
    for work in &mut works {
        if work.id.as_ref().is_some_and(|id| twice.contains(&id)) {
            work.id = None;
        }
    }
    key::assign(&mut works);
    let mut keyed: Vec<_> =
        works.iter().map(|work| (work.id.clone().unwrap(), format!("{work:?}"))).collect();
    keyed.sort();
    keyed
}

/// A citation with the values that it was made of.
#[derive(Debug)]
struct Made {
    text: String,
    authors: Vec<Name>,
    year: i32,
    title: String,
    journal: String,
    volume: String,
    issue: String,
    page: Pages,
}

fn made_citation() -> impl Strategy<Value = Made> {
    let family = select(vec!["Okafor", "Reyes", "Thornbury", "Ellis-Whitfield", "Núñez", "Żak"]);
    let given = select(vec!["N.", "L. M.", "P.-L.", "J.K."]);
    let title = select(vec![
        "Harbour watch",
        "Small boats and large ships: The pilots of the estuary",
        "Who pays for the dredging of rivers?",
        "On ice in the port of Riga, 1890-1914",
    ]);
    let journal = select(vec!["Port Studies", "Journal of Inland Shipping", "Review of Coasts"]);
    (
        prop::collection::vec((family, given), 1..5),
        (1900..2026_i32, title, journal),
        (1..90_u32, 1..12_u32, 1..900_u32, 1..60_u32),
        (select(vec![" & ", ", & ", " and "]), select(vec!["-", "–", " – ", "--"]), any::<bool>()),
    )
        .prop_map(|(people, (year, title, journal), numbers, (link, dash, spaced))| {
            let (volume, issue, first, length) = numbers;
            let written: Vec<_> =
                people.iter().map(|(family, given)| format!("{family}, {given}")).collect();
            let (last, before) = written.split_last().unwrap();
            let authors =
                if before.is_empty() { last.clone() } else { before.join(", ") + link + last };
            let end = if title.ends_with('?') { "" } else { "." };
            let space = if spaced { " " } else { "" };
            let (last_page, space_or_not) = (first + length, space);
            Made {
                text: format!(
                    "{authors} ({year}). {title}{end} {journal}, {volume}{space_or_not}({issue}): \
                     {first}{dash}{last_page}."
                ),
                authors: people
                    .iter()
                    .map(|&(family, given)| Name::person(family, given))
                    .collect(),
                year,
                title: title.to_owned(),
                journal: journal.to_owned(),
                volume: volume.to_string(),
                issue: issue.to_string(),
                page: Pages::range(first.to_string(), last_page.to_string()),
            }
        })
}
