//! `.bib` → model, names and LaTeX decoded.

use crate::inputs::Inputs;
use crate::race::{Contestant, Goal, Job};
use biblatex::{
    ChunksExt, ChunksRef, Date, EditorType, Entry, PermissiveType, Person, RetrievalError,
};
use citelift::Format;
use serde::Deserialize;
use serde_bibtex::{MacroDictionary, de::Deserializer, entry};

/// The race of the readers.
pub(crate) fn job(inputs: &Inputs) -> Job {
    let (text, count) = (inputs.bib, inputs.count());
    check(inputs);
    Job {
        title: inputs.title(".bib → model", text),
        ours: vec![
            Contestant::new("citelift `from_str`", count, move || {
                citelift::bibtex::from_str(text).works.len()
            }),
            Contestant::new("citelift `Reader`", count, move || {
                Format::Bibtex.reader(text.as_bytes()).filter(work_of).count()
            }),
        ],
        peers: vec![
            Contestant::new("biblatex, in full", count, move || full(text).len())
                .goal(Goal::Faster(6.0)),
            Contestant::new("biblatex, `RawBibliography`", count, move || {
                biblatex::RawBibliography::parse(text).expect("biblatex").entries.len()
            }),
            Contestant::new("nom-bibtex", count, move || {
                nom_bibtex::Bibtex::parse(text).expect("nom-bibtex").bibliographies().len()
            }),
            Contestant::new("serde_bibtex", count, move || {
                let mut macros = MacroDictionary::default();
                macros.set_month_macros();
                let mut from = Deserializer::from_str_with_macros(text, macros);
                let entries = Vec::<entry::Entry>::deserialize(&mut from).expect("serde_bibtex");
                entries.iter().filter(|one| matches!(one, entry::Entry::Regular { .. })).count()
            }),
            Contestant::new("bibtex-parser", count, move || {
                bibtex_parser::Library::parse(text).expect("bibtex-parser").entries().len()
            })
            .goal(Goal::Faster(0.5)),
        ],
        remarks: [
            "biblatex in full: `Bibliography::parse`, then every field by its typed access, text \
             by `format_verbatim`. It leaves LaTeX's quotation marks undecoded, and stops at the \
             first fault of a file.",
            "nom-bibtex, serde_bibtex (owned entries, abbreviations put in) and bibtex-parser \
             (borrowed fields) give raw fields: no names, no dates, no LaTeX decoded.",
            "citelift besides keeps fields that it does not know, resolves what entries inherit, \
             and reports what is wrong; its `Reader` holds one entry at a time, and keeps its \
             source.",
        ]
        .map(String::from)
        .to_vec(),
    }
}

/// Whether a record came with a work.
pub(crate) fn work_of(read: &citelift::Result<citelift::Record>) -> bool {
    read.as_ref().is_ok_and(|record| record.work.is_some())
}

/// citelift and biblatex read what the works were made of.
fn check(inputs: &Inputs) {
    let read = citelift::bibtex::from_str(inputs.bib);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics.first());
    let theirs = full(inputs.bib);
    for ((made, work), full) in inputs.works.iter().zip(&read.works).zip(&theirs) {
        assert_eq!(Some(&*made.title), work.title.as_deref(), "citelift, {}", made.key);
        assert_eq!(made.authors.len(), work.author.len(), "citelift, {}", made.key);
        let month = work.issued.as_ref().map(ToString::to_string);
        assert_eq!(Some(crate::inputs::date(made)), month, "citelift, {}", made.key);
        // It leaves LaTeX's quotation marks as they are.
        let title = full.texts[0].as_deref().unwrap_or_default();
        let title = title.replace("``", "“").replace("''", "”");
        assert_eq!(made.title, title, "biblatex, {}", made.key);
        assert_eq!(made.authors.len(), full.author.len(), "biblatex, {}", made.key);
    }
}

/// An entry of biblatex with all its fields decoded.
#[derive(Default)]
#[expect(dead_code, reason = "made to be measured")]
pub(crate) struct Full {
    key: String,
    author: Vec<Person>,
    editors: Vec<(Vec<Person>, EditorType)>,
    translator: Vec<Person>,
    date: Option<PermissiveType<Date>>,
    pages: Option<PermissiveType<Vec<std::ops::Range<u32>>>>,
    volume: Option<PermissiveType<i64>>,
    edition: Option<PermissiveType<i64>>,
    publisher: Vec<String>,
    doi: Option<String>,
    url: Option<String>,
    /// `title`, `booktitle`, `journal`, …
    texts: [Option<String>; 13],
}

/// All entries with all their fields decoded.
fn full(text: &str) -> Vec<Full> {
    let read = biblatex::Bibliography::parse(text).expect("biblatex");
    read.iter().map(decoded).collect()
}

fn decoded(entry: &Entry) -> Full {
    fn verbatim(chunks: Result<ChunksRef<'_>, RetrievalError>) -> Option<String> {
        chunks.ok().map(ChunksExt::format_verbatim)
    }
    Full {
        key: entry.key.clone(),
        author: entry.author().unwrap_or_default(),
        editors: entry.editors().unwrap_or_default(),
        translator: entry.translator().unwrap_or_default(),
        date: entry.date().ok(),
        pages: entry.pages().ok(),
        volume: entry.volume().ok(),
        edition: entry.edition().ok(),
        publisher: entry
            .publisher()
            .map(|names| names.iter().map(|name| name.format_verbatim()).collect())
            .unwrap_or_default(),
        doi: entry.doi().ok(),
        url: entry.url().ok(),
        texts: [
            verbatim(entry.title()),
            verbatim(entry.book_title()),
            verbatim(entry.journal()),
            verbatim(entry.number()),
            verbatim(entry.series()),
            verbatim(entry.address()),
            verbatim(entry.school()),
            verbatim(entry.chapter()),
            verbatim(entry.isbn()),
            verbatim(entry.issn()),
            verbatim(entry.keywords()),
            verbatim(entry.abstract_()),
            verbatim(entry.note()),
        ],
    }
}
