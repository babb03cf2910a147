//! Reading `.bib`: what is written comes back, what is read stays, nothing breaks the reader.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod works;

use citelift::bibtex::{self, Dialect, Options, Reader};
use citelift::{Code, Field, Kind, Severity, ValueRef, Work};
use proptest::prelude::*;
use std::io::Read;

fn write(works: &[Work], dialect: Dialect) -> String {
    bibtex::to_string_with(works, &Options::default().dialect(dialect))
}

fn settings() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(settings())]

    /// What `losses` does not name survives.
    #[test]
    fn what_is_not_named_as_lost_comes_back(work in works::any_work()) {
        for dialect in [Dialect::Bibtex, Dialect::Biblatex] {
            let options = Options::default().dialect(dialect);
            let works = std::slice::from_ref(&work);
            let lost: Vec<String> =
                bibtex::losses_with(works, &options).into_iter().map(|loss| loss.message).collect();
            let bib = write(works, dialect);
            let read = bibtex::from_str(&bib);
            prop_assert_eq!(read.works.len(), 1, "{}", bib);
            let back = &read.works[0];
            prop_assert_eq!(back.kind, work.kind, "{}", bib);
            for (field, value) in work.fields() {
                let named = format!("`{}`", field.as_str());
                if !lost.iter().any(|message| message.contains(&named)) {
                    let same = back.get(field).is_some_and(|back| folded(back) == folded(value));
                    prop_assert!(same, "{field:?}: {value:?} became {:?}\n{bib}", back.get(field));
                }
            }
        }
    }

    /// What is read, written and read again is the same.
    #[test]
    fn what_was_read_stays_as_it_is(work in works::any_work(), text in works::text()) {
        for dialect in [Dialect::Bibtex, Dialect::Biblatex] {
            for source in [write(std::slice::from_ref(&work), dialect), format!("@book{{k, title = {{{text}}}}}")] {
                let once = bibtex::from_str(&source);
                let bib = write(&once.works, dialect);
                let twice = bibtex::from_str(&bib).works;
                // Of a broken text, not all that is kept can be written.
                if once.diagnostics.iter().all(|doubt| doubt.severity < Severity::Error) {
                    prop_assert_eq!(&twice, &once.works, "{}\n{}", source, bib);
                }
                let thrice = bibtex::from_str(&write(&twice, dialect)).works;
                prop_assert_eq!(thrice, twice, "{}\n{}", source, bib);
            }
        }
    }

    /// No text breaks the reader, and a stream gives what the whole text does.
    #[test]
    fn a_stream_gives_what_the_whole_text_does(pieces in prop::collection::vec(piece(), 0..30)) {
        let text = pieces.concat();
        let whole = bibtex::from_str(&text);
        let mut works = Vec::new();
        for record in Reader::new(Drops(text.as_bytes())) {
            let record = record.unwrap();
            prop_assert!(record.span.of(&text).is_some());
            for diagnostic in &record.diagnostics {
                let span = diagnostic.span;
                prop_assert!(span.is_none_or(|span| span.of(&text).is_some()), "{:?}", diagnostic);
            }
            works.extend(record.work);
        }
        prop_assert_eq!(works, whole.works, "{}", text);
    }
}

/// A few bytes at a time.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let length = to.len().min(self.0.len()).min(7);
        to[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => proptest::sample::select(vec![
            "@book{", "@article{a,", "@string{s = {x}}", "@string(t = s # \"y\")", "@comment{", "@", "}", "{", ",",
            " title = {A {B} c},", "\n  author = {Roe, J. and K. Doe},\n", " year = 2010", "\n}\n\n", "\"", "#", "=",
            "crossref = {a},", "@inbook{b, crossref = {c}}", "@book{c, crossref = {b}, title = \"T\"}", "$", "\\", "\\'",
            "é", "\r\n", "%", "@preamble{\"x\"}", "title = s # { z},", "@xdata{x, note = {n}}", "xdata = {x, y},",
        ]).prop_map(str::to_owned),
        1 => works::text(),
    ]
}

/// A value with its white space folded, line for line.
fn folded(value: ValueRef<'_>) -> String {
    let text = match value {
        ValueRef::Text(text) => text.to_owned(),
        ValueRef::Keywords(words) => words.join("\n"),
        other => format!("{other:?}"),
    };
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

fn one(bib: &str) -> Work {
    let read = bibtex::from_str(bib);
    assert_eq!(read.works.len(), 1, "{bib}");
    read.works.into_iter().next().unwrap()
}

#[test]
fn children_have_what_their_parents_have() {
    let read = bibtex::from_str(
        "@inproceedings{a, title = {A}, crossref = {p}, xdata = {x}}\n\
         @proceedings{p, title = {P}, subtitle = {Sub}, editor = {Doe, J.}, year = 2001}\n\
         @xdata{x, publisher = {ACM}}\n\
         @inbook{b, title = {B}, crossref = {m}}\n\
         @book{m, title = {M}, author = {Roe, J.}, date = {1999}}",
    );
    assert_eq!(read.diagnostics, []);
    let [a, p, b, _] = read.works.as_slice() else { panic!("{:?}", read.works) };
    assert_eq!(a.container_title.as_deref(), Some("P: Sub"));
    assert_eq!(a.title.as_deref(), Some("A"));
    assert_eq!(a.publisher.as_deref(), Some("ACM"));
    assert_eq!(a.issued, p.issued);
    assert_eq!(b.container_title.as_deref(), Some("M"));
    assert_eq!(b.container_author.len(), 1);
    assert!(a.extra.is_empty(), "{:?}", a.extra);
}

#[test]
fn a_title_of_its_own_takes_no_subtitle_of_another() {
    let read = bibtex::from_str(
        "@set{s, title = {Harbours: A view}, entryset = {a}}\n@book{a, subtitle = {A view}}\n\
         @book{b, title = {Sand}, crossref = {c}}\n\
         @book{c, title = {Mud}, subtitle = {North}}\n\
         @book{d, title = {Tides}, xdata = {x}}\n@xdata{x, subtitle = {South}}",
    );
    let titles: Vec<_> = read.works.iter().map(|work| work.title.as_deref()).collect();
    let [s, _, b, c, d] = titles.as_slice() else { panic!("{titles:?}") };
    assert_eq!(*s, Some("Harbours: A view"));
    assert_eq!((*b, *c), (Some("Sand"), Some("Mud: North")));
    assert_eq!(*d, Some("Tides: South"));
}

#[test]
fn circles_and_missing_parents_are_told_and_cost_nothing_else() {
    let read = bibtex::from_str(
        "@book{a, title = {A}, crossref = {b}}\n@book{b, title = {B}, crossref = {a}}\n\
         @book{c, title = {C}, crossref = {nobody}}\n@book{d, title = {D}, crossref = {d}}",
    );
    assert_eq!(read.works.len(), 4);
    let codes: Vec<Code> = read.diagnostics.iter().map(|d| d.code).collect();
    assert!(codes.contains(&Code::BibtexParentMissing) && codes.contains(&Code::BibtexParentCycle));
    assert_eq!(read.works[2].extra[0].name, "crossref");
}

/// One long parent of many children would fill any memory.
#[test]
fn what_a_file_inherits_is_bounded() {
    const CHILDREN: usize = 100;
    let long = "word ".repeat(200_000);
    let mut bib = format!("@book{{p, title = {{P}}, abstract = {{{long}}}}}\n");
    for number in 0..CHILDREN {
        bib += &format!("@inbook{{c{number}, title = {{C}}, crossref = {{p}}}}\n");
    }
    let read = bibtex::from_str(&bib);
    let is_refused = |code: Code| code == Code::BibtexParentTooLong;
    let refused = read.diagnostics.iter().filter(|told| is_refused(told.code)).count();
    let heirs = read.works.iter().filter(|work| work.container_title.is_some()).count();
    assert_eq!((read.works.len(), heirs + refused), (CHILDREN + 1, CHILDREN));
    assert!((10..40).contains(&heirs), "{heirs}");
    // What is not inherited is still asked for.
    assert!(read.works[CHILDREN].extra.iter().any(|extra| extra.name == "crossref"));
}

#[test]
fn commas_that_are_missing_everywhere_are_told_of_a_few_times() {
    let fields: String = (0..200).map(|number| format!("x{number} = {{1}} ")).collect();
    for mark in ["", "q = 1 # {2}"] {
        let read = bibtex::from_str(&format!("@misc{{k, {fields}{mark}}}"));
        assert_eq!(read.diagnostics.len(), 51, "{mark}");
        assert!(read.diagnostics[50].message.ends_with("further fields of `k`"));
        assert!(read.works[0].extra.len() >= 200);
    }
}

#[test]
fn abbreviations_grow_to_a_megabyte_and_no_further() {
    let mut bib = String::from("@string{a0 = {ha}}\n");
    for step in 1..60 {
        bib.push_str(&format!("@string{{a{step} = a{} # a{}}}\n", step - 1, step - 1));
    }
    bib.push_str("@misc{x, note = a59, title = nobody # { knows}}");
    let read = bibtex::from_str(&bib);
    assert!(read.works[0].note.as_ref().unwrap().len() <= 1 << 20);
    assert!(read.diagnostics.iter().any(|d| d.code == Code::BibtexStringTooLong));
    assert!(read.diagnostics.iter().any(|d| d.code == Code::BibtexUnknownString));
    assert_eq!(read.works[0].title.as_deref(), Some("nobody knows"));
}

#[test]
fn programs_habits_are_understood() {
    let work = one(
        "@article{x, title = {T}, journal = {J}, eprint = {1501.00001}, archivePrefix = {arXiv},\n\
         primaryClass = {cs.CL}, numpages = {7}, doi = {https://doi.org/10.1000/a\\_b}, url = {https://x.org/a\\_b},\n\
         keywords = {a; b}, file = {:C$\\backslash$:/x.pdf:PDF}, mendeley-tags = {t}, year = {2010a}}",
    );
    assert_eq!(work.archive_location.as_deref(), Some("1501.00001"));
    assert_eq!(work.doi.as_deref(), Some("10.1000/a_b"));
    assert_eq!(work.url.as_deref(), Some("https://x.org/a_b"));
    assert_eq!(work.number_of_pages.as_deref(), Some("7"));
    assert_eq!(work.keyword, ["a", "b"]);
    assert_eq!(work.text(Field::YearSuffix), Some("a"));
    let names: Vec<&str> = work.extra.iter().map(|extra| extra.name.as_str()).collect();
    assert_eq!(names, ["eprintclass", "file", "mendeley-tags"]);
    assert_eq!(one("@misc{x, eprint = {1501.00001}}").kind, Kind::Article);
    assert_eq!(
        one("@misc{x, howpublished = {\\url{http://x.org/~y}}}").url.as_deref(),
        Some("http://x.org/~y")
    );
    let thesis = one("@mastersthesis{x, title = {T}}");
    assert_eq!((thesis.kind, thesis.genre.as_deref()), (Kind::Thesis, Some("Master’s thesis")));
    assert!(write(&[thesis], Dialect::Bibtex).starts_with("@mastersthesis{"));
}

#[test]
fn faults_point_at_the_bytes_that_are_to_blame() {
    let bib = "@book{a, title = {A \\foo{b} c}, month = {Juno}, year = 2010, title = {Again}}";
    let read = bibtex::from_str(bib);
    let said: Vec<_> =
        read.diagnostics.iter().map(|d| (d.code, d.span.unwrap().of(bib).unwrap())).collect();
    assert_eq!(
        said,
        [
            (Code::BibtexUnknownCommand, "\\foo"),
            (Code::RecordDateNotUnderstood, "Juno"),
            (Code::RecordFieldRepeated, "Again"),
        ]
    );
}

/// biblatex's `maintitle`: the whole has the title, the volume its own.
#[test]
fn a_whole_and_its_volume_have_a_title_each() {
    for (bib, kind, title, container, volume) in [
        (
            "@book{a, maintitle = {Seas}, mainsubtitle = {North}, volume = {2}, title = {Sand}}",
            Kind::Book,
            Some("Seas: North"),
            None,
            Some("Sand"),
        ),
        (
            "@incollection{a, title = {Dunes}, maintitle = {Seas}, booktitle = {Sand},
                booksubtitle = {And mud}}",
            Kind::Chapter,
            Some("Dunes"),
            Some("Seas"),
            Some("Sand: And mud"),
        ),
        ("@book{a, maintitle = {Seas}}", Kind::Book, Some("Seas"), None, None),
        (
            "@inbook{a, title = {Dunes}, maintitle = {Seas}}",
            Kind::Chapter,
            Some("Dunes"),
            Some("Seas"),
            None,
        ),
    ] {
        let work = one(bib);
        assert_eq!(work.kind, kind, "{bib}");
        assert_eq!(work.title.as_deref(), title, "{bib}");
        assert_eq!(work.container_title.as_deref(), container, "{bib}");
        assert_eq!(work.text(Field::VolumeTitle), volume, "{bib}");
        for dialect in [Dialect::Bibtex, Dialect::Biblatex] {
            let text = write(std::slice::from_ref(&work), dialect);
            let is_main = dialect == Dialect::Biblatex && volume.is_some();
            assert_eq!(text.contains("maintitle = {Seas"), is_main, "{text}");
            assert_eq!(one(&text), work, "{text}");
        }
    }
}
