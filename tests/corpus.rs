//! Files as programs export them, and broken ones: what must be read from each, and what must be
//! said of it, stands beside it in plain text (tests/corpus/README.md).
//!
//! Takes tests/corpus/, compares every file with its `.expect`, and reports all that differs at
//! once, each with the line of the expectation. Expectations were written from what a careful
//! librarian wants, before there were readers: where one fails, weigh it before you change it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use citelift::{Bibliography, Severity, bibtex, csl_json, ris};
use std::path::{Path, PathBuf};

mod expectation;

use expectation::{Expectation, decoded};

const FORMATS: [&str; 3] = ["bib", "ris", "json"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn read(format: &str, bytes: &[u8]) -> Bibliography {
    match format {
        "bib" => bibtex::from_slice(bytes),
        "ris" => ris::from_slice(bytes),
        _ => csl_json::from_slice(bytes),
    }
}

/// Every file of the corpus but the expectations: format and path, in order.
fn files() -> Vec<(&'static str, PathBuf)> {
    let mut files = Vec::new();
    for format in FORMATS {
        for entry in std::fs::read_dir(folder().join(format)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == format) {
                files.push((format, path));
            }
        }
    }
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path).display().to_string()
}

#[test]
fn every_file_gives_what_its_expectation_says() {
    let mut faults = Vec::new();
    let mut wrong = 0_usize;
    let files = files();
    for (format, path) in &files {
        let expected = path.with_extension("expect");
        let found = match std::fs::read_to_string(&expected) {
            Err(_) => vec!["  has no expectation beside it".to_owned()],
            Ok(text) => {
                let bytes = std::fs::read(path).unwrap();
                let given = read(format, &bytes);
                Expectation::parse(&text)
                    .and_then(|expectation| expectation.compare(&given, &decoded(&bytes)))
                    .err()
                    .unwrap_or_default()
                    .into_iter()
                    .map(|(line, fault)| format!("  {}:{line}: {fault}", name(&expected)))
                    .collect()
            }
        };
        if !found.is_empty() {
            wrong += 1;
            faults.push(name(path));
            faults.extend(found);
        }
    }
    assert!(faults.is_empty(), "{wrong} of {} files differ:\n{}", files.len(), faults.join("\n"));
}

#[test]
fn the_corpus_is_as_large_as_promised() {
    let files = files();
    assert!(files.len() >= 100, "{} files", files.len());
    let mut broken = 0_usize;
    for (_, path) in &files {
        let text = std::fs::read_to_string(path.with_extension("expect")).unwrap();
        broken += usize::from(!text.contains("\ndiagnostics: none\n"));
    }
    assert!(broken >= 45, "{broken} broken files");
    for format in FORMATS {
        assert!(files.iter().filter(|(other, _)| *other == format).count() >= 30, "{format}");
    }
}

#[test]
fn no_expectation_is_without_its_file() {
    for format in FORMATS {
        for entry in std::fs::read_dir(folder().join(format)).unwrap() {
            let path = entry.unwrap().path();
            assert!(path.with_extension(format).exists(), "{}", name(&path));
        }
    }
}

/// Bytes that tools like to mend are still as they were written.
#[test]
fn the_files_bytes_are_untouched() {
    let bytes = |file: &str| std::fs::read(folder().join(file)).unwrap();
    assert!(bytes("bib/byte-order-mark.bib").starts_with(b"\xef\xbb\xbf@"));
    assert!(bytes("bib/utf-16-le.bib").starts_with(b"\xff\xfe@\0"));
    assert!(std::str::from_utf8(&bytes("bib/latin-1.bib")).is_err());
    assert!(!bytes("bib/cr-only.bib").contains(&b'\n'));
    let crlf = bytes("ris/zotero.ris");
    assert!(crlf.windows(2).any(|pair| pair == b"\r\n"));
    assert!(bytes("ris/control-characters.ris").contains(&0));
    assert!(!bytes("json/truncated.json").ends_with(b"\n"));
}

/// A file may break off anywhere: nothing panics, and every span lies in the text.
#[test]
fn every_file_can_break_off_anywhere() {
    for (format, path) in files() {
        let bytes = std::fs::read(&path).unwrap();
        let is_utf8 = std::str::from_utf8(&bytes).is_ok();
        for end in (0..bytes.len()).step_by(11) {
            // Half a character is another encoding, which is guessed otherwise here than there.
            let whole = std::str::from_utf8(&bytes[..end]).err().filter(|_| is_utf8);
            let part = &bytes[..whole.map_or(end, |cut| cut.valid_up_to())];
            let text = decoded(part);
            for diagnostic in read(format, part).diagnostics {
                if let Some(span) = diagnostic.span {
                    let file = name(&path);
                    assert!(span.of(&text).is_some(), "{file} cut at {end}: {diagnostic:?}");
                }
            }
        }
    }
}

/// The expectations themselves are tried: what differs must be reported.
mod instruments {
    use super::*;
    use citelift::{Code, Diagnostic, Kind, Name, Span, Work};

    const TEXT: &str = "one\rtwo\r\nthree";

    fn bibliography() -> Bibliography {
        let mut work = Work::new(Kind::Book);
        work.id = Some("roe2011".into());
        work.author.push(Name::person("Roe", "Jane"));
        work.author.push(Name::body("World Bank"));
        work.author.others = true;
        work.title = Some("Harbour  watch".into());
        work.issued = Some("2010-11".parse().unwrap());
        work.publisher = Some("{Quay}".into());
        let span = Some(Span::new(9, 14));
        let diagnostics = vec![
            Diagnostic::new(Code::BibtexMissingComma, span, "no comma stands behind `title`"),
            Diagnostic::new(Code::RecordNoKey, None, "a note is not asked for"),
        ];
        Bibliography { works: vec![work], diagnostics }
    }

    fn faults(expectation: &str) -> Vec<(usize, String)> {
        Expectation::parse(expectation)
            .and_then(|expectation| expectation.compare(&bibliography(), TEXT))
            .err()
            .unwrap_or_default()
    }

    #[test]
    fn what_agrees_passes() {
        assert_eq!(bibliography().diagnostics[1].severity, Severity::Note);
        for expectation in [
            "# x\nworks: 1\ndiagnostics: bibtex/missing-comma 3\nwork roe2011: type book\n  \
             author: Roe, Jane; {World Bank}; et al.\n  title: Harbour watch\n  issued: 2010-11\n  \
             volume: -\n",
            "# x\nworks: 1\ndiagnostics: bibtex/missing-comma 2-4\nwork -: type book\n",
            "# x\nworks: 1\ndiagnostics: bibtex/missing-comma 3*\n",
            "# x\nworks: 1\ndiagnostics: bibtex/missing-comma -\n",
            "# x\nworks: 1\ndiagnostics: bibtex/missing-comma 3\nwork -: type book\n  \
             author: Roe, Jane; World Bank; et al.\n",
        ] {
            assert_eq!(faults(expectation), [], "{expectation}");
        }
    }

    #[test]
    fn what_differs_is_reported_with_its_line() {
        let head = "# x\nworks: 1\ndiagnostics: bibtex/missing-comma 3\n";
        for (expectation, line) in [
            ("# x\nworks: 2\ndiagnostics: bibtex/missing-comma 3\n".to_owned(), 2),
            ("# x\nworks: 1\ndiagnostics: none\n".to_owned(), 3),
            ("# x\nworks: 1\ndiagnostics: bibtex/missing-comma 2\n".to_owned(), 3),
            (format!("{head}work smith2010: type book\n"), 4),
            (format!("{head}work roe2011: type chapter\n"), 4),
            (format!("{head}work roe2011: type book\n  title: Harbour\n"), 5),
            (format!("{head}work roe2011: type book\n  title: -\n"), 5),
            (format!("{head}work roe2011: type book\n  author: Roe, Jane; {{World Bank}}\n"), 5),
            (format!("{head}work roe2011: type book\n  volume: 3\n"), 5),
            (format!("{head}work roe2011: type book\n  publisher: Quay\n"), 5),
            (format!("{head}work roe2011: type book\n  extra volume: 4\n"), 5),
            (format!("{head}work roe2011: type book\n  titel: Harbour watch\n"), 5),
            (format!("{head}work roe2011: typ book\n"), 4),
            ("# x\nworks: 1\ndiagnostics: bibtex/missing-coma 3\n".to_owned(), 3),
            ("works: 1\n".to_owned(), 1),
        ] {
            let faults = faults(&expectation);
            assert!(faults.iter().any(|(at, _)| *at == line), "{expectation}{faults:?}");
        }
    }

    #[test]
    fn texts_are_decoded_line_by_line() {
        assert_eq!(decoded(b"\xef\xbb\xbfa\xc3\xa4\nb\xe4\x93"), "aä\nbä“");
        assert_eq!(decoded(b"\xff\xfea\0\xe4\0"), "aä");
        assert_eq!(decoded(b"\xfe\xff\0a\0\xe4"), "aä");
    }
}
