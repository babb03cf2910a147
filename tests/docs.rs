//! The pages under docs/ that are made from the program's own tables are current.
//!
//! `CITELIFT_WRITE_DOCS=1 cargo test --test docs` writes them anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use citelift::{Code, Field, FieldClass, Format, Kind, Severity, Work};
use std::fmt::Write as _;

#[test]
fn diagnostics_page_is_current() {
    is_current("docs/diagnostics.md", &diagnostics());
}

#[test]
fn fields_page_is_current() {
    is_current("docs/fields.md", &fields());
}

#[test]
fn readme_shows_what_comes_out() {
    let readme = include_str!("../README.md");
    let block = |language: &str| {
        let (_, from) = readme.split_once(&format!("```{language}\n")).unwrap();
        from.split_once("```").unwrap().0
    };
    let work = citelift::parse(block("text").trim());
    assert_eq!(citelift::bibtex::to_string(&[work]), block("bibtex"));
}

/// Compares a page with what it should be, or writes it where the variable asks for that.
fn is_current(page: &str, wanted: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    if std::env::var_os("CITELIFT_WRITE_DOCS").is_some() {
        std::fs::write(&path, wanted).unwrap();
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stands == wanted,
        "{page} is not current; write it anew with CITELIFT_WRITE_DOCS=1 cargo test --test docs"
    );
}

fn diagnostics() -> String {
    let mut page = String::from(
        "# Diagnostics\n\n\
         Made from the table in `src/diagnostic.rs`; do not edit by hand (CONTRIBUTING.md says how \
         it is made).\n\n\
         A code once released keeps its meaning. `error`: something is lost. `warning`: something \
         is doubted, and something was assumed. `note`: worth knowing.\n\n\
         | code | severity | meaning |\n| --- | --- | --- |\n",
    );
    for &code in Code::ALL {
        let severity = match code.severity() {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        writeln!(page, "| `{code}` | {severity} | {} |", cell(code.explanation())).unwrap();
    }
    page.push_str(
        "\n## The command's own\n\n\
         Errors stop a run, with exit status 2.\n\n\
         | code | severity | meaning |\n| --- | --- | --- |\n",
    );
    for (code, severity, meaning) in COMMAND {
        writeln!(page, "| `{code}` | {severity} | {meaning} |").unwrap();
    }
    page
}

/// The codes of `cli/`, which the library does not know.
const COMMAND: [(&str, &str, &str); 10] = [
    ("command/usage", "error", "The command line asks for what cannot be."),
    ("input/unreadable", "error", "An input cannot be opened or read."),
    ("input/no-text", "error", "An input holds bytes that are text in no encoding known here."),
    ("input/no-format", "error", "An input is in none of the formats that are read."),
    ("output/unwritable", "error", "An output cannot be written; files are as they were."),
    (
        "input/no-references",
        "error",
        "No input of `train` has a reference with labels, or of `evaluate` one with `gold` or labels.",
    ),
    ("input/no-labels", "warning", "References that do not say what is right; they are left out."),
    (
        "input/few-references",
        "warning",
        "So few references that chance decides what is learned from them.",
    ),
    (
        "input/no-fields",
        "note",
        "A file's references have labels, but no `gold`; the table of fields is made without them.",
    ),
    (
        "input/other-format",
        "warning",
        "A file's content is in another format than its name says; the content is believed.",
    ),
];

#[test]
fn every_code_of_the_command_is_told() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("cli/src");
    for file in ["render/mod.rs", "records.rs", "labelled.rs", "train.rs", "evaluate.rs"] {
        let source = std::fs::read_to_string(folder.join(file)).unwrap();
        let codes = source.split('"').filter(|text| {
            ["command/", "input/", "output/"].iter().any(|family| text.starts_with(family))
        });
        for code in codes {
            assert!(COMMAND.iter().any(|(told, ..)| *told == code), "{code} of {file}");
        }
    }
}

fn fields() -> String {
    const FORMATS: [Format; 4] = [Format::Bibtex, Format::Biblatex, Format::Ris, Format::CslJson];
    let mut page = String::from(
        "# Fields and kinds\n\n\
         Made from the tables that the code maps with (`src/work`, `src/format/mapping`), by way of \
         `Format::field_names` and `Format::types`; do not edit by hand (CONTRIBUTING.md says how \
         it is made).\n\n\
         ## Fields\n\n\
         Names are CSL's variables. Beside each, what a writer calls it and a reader takes for it; \
         several where it goes by kind of work. `losses` tells each case. Names of persons that are \
         no author, editor or translator stand in `editora`, `editorb`, `editorc`, with CSL's name \
         of the role in `editoratype` and so on; names of a fourth role in a field of its name. RIS \
         holds what it has no tag for in lines of `M2`, which Zotero reads so: \
         `M2  - original-date: 1990`, `M2  - director: Varda || Agnès`.\n\n\
         | field | holds | BibTeX | BibLaTeX | RIS | CSL-JSON | `.bib`, read too |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for &field in Field::ALL {
        let holds = match field.class() {
            FieldClass::Text => "text",
            FieldClass::Number => "number",
            FieldClass::Names => "names",
            FieldClass::Date => "date",
            FieldClass::Pages => "pages",
            FieldClass::Keywords => "keywords",
            other => panic!("class {other:?} has no name here"),
        };
        write!(page, "| `{}` | {holds} |", field.as_str()).unwrap();
        for format in FORMATS {
            write!(page, " {} |", names(format, field)).unwrap();
        }
        writeln!(page, " {} |", code(Format::Bibtex.other_names(field))).unwrap();
    }
    page.push_str(
        "\n## Kinds\n\n\
         Names are CSL's types; beside each, the type that a writer gives to a bare work of the \
         kind.\n\n\
         | kind | BibTeX | BibLaTeX | RIS |\n| --- | --- | --- | --- |\n",
    );
    for &kind in Kind::ALL {
        write!(page, "| `{kind}` |").unwrap();
        for format in [Format::Bibtex, Format::Biblatex, Format::Ris] {
            write!(page, " `{}` |", written_type(format, kind)).unwrap();
        }
        page.push('\n');
    }
    for (title, format) in [("Entry types", Format::Biblatex), ("RIS types", Format::Ris)] {
        write!(page, "\n## {title} and the kinds they are read as\n\n").unwrap();
        page.push_str("| type | kind |\n| --- | --- |\n");
        for (name, kind) in format.types() {
            writeln!(page, "| `{name}` | `{kind}` |").unwrap();
        }
    }
    page
}

/// Every name of a field in a format, over all kinds.
fn names(format: Format, field: Field) -> String {
    let by_kind: Vec<_> = Kind::ALL.iter().map(|&kind| format.field_names(field, kind)).collect();
    let mut all: Vec<&str> = by_kind.iter().flatten().copied().collect();
    let mut seen = std::collections::HashSet::new();
    all.retain(|name| seen.insert(*name));
    code(&all)
}

fn code(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ")
}

fn written_type(format: Format, kind: Kind) -> String {
    let mut bytes = Vec::new();
    format.write(&[Work::new(kind)], &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let line = text.lines().find(|line| line.starts_with('@') || line.starts_with("TY  - "));
    let line = line.unwrap_or_default();
    line.strip_prefix("TY  - ").unwrap_or(line.split('{').next().unwrap_or_default()).to_owned()
}

/// Text as it may stand in a cell of a table.
fn cell(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
