//! Files of references that say what is right: labelled ones, and ones with their CSL-JSON item.
//!
//! Called by `train` and `evaluate`. A line of JSON may have both; the two are read apart, each
//! with the lines that have it, so that no reference counts as one in which nothing is right.

use crate::corrections::{self, Corrections};
use crate::input::{self, STANDARD_INPUT};
use crate::render::{Failure, Notice, Reporter};
use citelift::Severity;
use citelift::evaluate::Gold;
use citelift::train::Labelled;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::path::{Path, PathBuf};

/// What one file holds.
#[derive(Debug)]
pub(crate) struct File {
    /// The path as it was given, or `<stdin>`.
    pub(crate) name: String,
    /// The references with their item.
    pub(crate) gold: Vec<Gold>,
    /// The references with a label.
    pub(crate) labelled: Vec<Labelled>,
    /// How many have no label.
    pub(crate) unlabelled: usize,
    /// How many have neither.
    pub(crate) bare: usize,
    /// How many of those without a label are a person's corrections, of which a value stands
    /// nowhere in the citation.
    pub(crate) unplaced: usize,
}

/// What a line of JSON may have.
#[derive(Default, Deserialize)]
struct Members {
    gold: Option<IgnoredAny>,
    spans: Option<IgnoredAny>,
}

/// Reads the files, or standard input where none is named. All are tried, so that one run names
/// all that cannot be read.
pub(crate) fn files(paths: &[PathBuf], reporter: &mut Reporter) -> Result<Vec<File>, Vec<Failure>> {
    let standard = [PathBuf::from("-")];
    let mut files = Vec::new();
    let mut failures = Vec::new();
    let mut standard_taken = false;
    for path in if paths.is_empty() { &standard } else { paths } {
        if input::is_standard(path) {
            if std::mem::replace(&mut standard_taken, true) {
                failures.push(input::standard_input_twice());
                continue;
            }
            if input::is_typed() {
                reporter.hint("reading references from the terminal; Ctrl-D ends them");
            }
        }
        match File::read(path) {
            Ok(file) => files.push(file),
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() { Ok(files) } else { Err(failures) }
}

impl File {
    fn read(path: &Path) -> Result<Self, Failure> {
        let name = if input::is_standard(path) {
            STANDARD_INPUT.to_owned()
        } else {
            path.display().to_string()
        };
        let bytes = input::bytes(path)
            .map_err(|error| input::cannot_read(path, &name, &error, "DIRECTORY/*.jsonl"))?;
        let text = text(&name, &bytes)?;
        if Corrections::are_in(text) {
            let read = Corrections::of(text).map_err(|why| Failure::reading(&name, why))?;
            let (lines, unplaced) = corrections::json_lines(&read);
            return Self::of(&name, &lines)
                .map(|file| Self { unplaced, ..file })
                .map_err(|error| Failure::reading(&name, error));
        }
        Self::of(&name, text).map_err(|error| Failure::reading(&name, error))
    }

    fn of(name: &str, text: &str) -> citelift::Result<Self> {
        let mut file = if text.trim_start().starts_with('{') {
            Self::of_json_lines(text)?
        } else {
            let labelled = Labelled::read(text)?;
            let unlabelled = labelled.len();
            let (gold, bare, unplaced) = (Vec::new(), 0, 0);
            Self { name: String::new(), gold, labelled, unlabelled, bare, unplaced }
        };
        file.name = name.to_owned();
        file.labelled.retain(|reference| reference.spans().next().is_some());
        file.unlabelled = file.unlabelled.saturating_sub(file.labelled.len());
        if file.gold.is_empty() {
            file.bare = file.unlabelled;
        }
        Ok(file)
    }

    /// Lines that have not what is looked for are read as empty ones, so that faults are told
    /// with the numbers of the file's lines.
    fn of_json_lines(text: &str) -> citelift::Result<Self> {
        let mut gold = String::new();
        let mut labelled = String::new();
        let (mut all, mut bare) = (0, 0);
        for line in text.split('\n') {
            // What is no JSON goes to both readers, which tell of it.
            let members = serde_json::from_str(line)
                .unwrap_or(Members { gold: Some(IgnoredAny), spans: Some(IgnoredAny) });
            for (lines, wanted) in
                [(&mut gold, members.gold.is_some()), (&mut labelled, members.spans.is_some())]
            {
                lines.push_str(if wanted { line } else { "" });
                lines.push('\n');
            }
            let blank = line.trim().is_empty();
            all += usize::from(!blank);
            bare += usize::from(!blank && members.gold.is_none() && members.spans.is_none());
        }
        let (gold, labelled) = (Gold::from_json_lines(&gold)?, Labelled::read(&labelled)?);
        Ok(Self { name: String::new(), gold, labelled, unlabelled: all, bare, unplaced: 0 })
    }

    /// Says that `count` of its references cannot be used, for want of `what`.
    pub(crate) fn say_left_out(&self, count: usize, what: &str, reporter: &mut Reporter) {
        if count > 0 {
            let (word, has) =
                if count == 1 { ("reference", "has") } else { ("references", "have") };
            reporter.notify(&Notice {
                code: "input/no-labels",
                severity: Severity::Warning,
                file: Some(&self.name),
                message: format!("{count} {word} of {} {has} {what}", self.name),
                assumed: Some("left out".to_owned()),
                help: None,
                span: None,
            });
        }
    }
}

/// The bytes as text.
fn text<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Failure> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let help = if bytes.starts_with(b"\x1f\x8b") {
            "it looks packed; unpack it first: gzip -dc FILE | citelift …"
        } else {
            "make it UTF-8 first: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
        };
        Failure::no_text(name, format!("it is not valid UTF-8 at byte {at}")).help(help)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(text: &str) -> [usize; 4] {
        let file = File::of("x", text).unwrap();
        [file.gold.len(), file.labelled.len(), file.unlabelled, file.bare]
    }

    #[test]
    fn a_line_of_json_may_have_labels_and_an_item() {
        let both =
            r#"{"id": 1, "text": "Fog", "gold": {"title": "Fog"}, "spans": [[0, 3, "title"]]}"#;
        let gold = r#"{"id": 2, "text": "Fog", "gold": {"title": "Fog"}, "spans": null}"#;
        let spans = r#"{"text": "Fog", "spans": [[0, 3, "title"]]}"#;
        let neither = r#"{"id": 3, "text": "Fog"}"#;
        assert_eq!(counts(&format!("{both}\r\n\n{gold}\n{spans}\n{neither}\n")), [2, 2, 2, 1]);
        assert_eq!(counts(&format!("{spans}\n{neither}")), [0, 1, 1, 1]);
    }

    #[test]
    fn tagged_lines_without_a_label_are_counted() {
        assert_eq!(counts("<title>Fog</title>, 2010\n# a remark\nIce, 2011\n"), [0, 1, 1, 1]);
        assert_eq!(counts(""), [0, 0, 0, 0]);
    }

    #[test]
    fn faults_keep_their_lines() {
        let gold = r#"{"id": 2, "text": "Fog", "gold": {"title": "Fog"}}"#;
        for wrong in ["{", r#"{"text": "Fog", "spans": [[0, 3, "colour"]]}"#] {
            let error = File::of("x", &format!("{gold}\n\n{wrong}")).unwrap_err();
            assert!(error.to_string().starts_with("line 3: "), "{error}");
        }
    }
}
