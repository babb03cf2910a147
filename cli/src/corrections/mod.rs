//! What a person said of works in the review page: the file that it saves.
//!
//! Takes files named with `--corrections`, gives what they say of the documents at hand
//! ([`apply`]), and labelled references of them ([`labels`]) for `train` and `evaluate`. The form
//! is docs/review.md's: places are bytes of the document's decoded text, as everywhere.

mod apply;
mod labels;

use crate::input;
use crate::render::Failure;
use citelift::{Field, Span, Work};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

pub(crate) use apply::{Applied, Sheet};
pub(crate) use labels::json_lines;

/// The version of the form that is read and written here.
pub(crate) const VERSION: u32 = 1;

/// The member that tells a file of corrections from other JSON.
pub(crate) const MEMBER: &str = "citelift-corrections";

/// The longest text that a span can lie in, in bytes.
const MOST: usize = usize::MAX / 4;

/// A file of corrections.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Corrections {
    #[serde(rename = "citelift-corrections")]
    version: u32,
    /// What was said, by document.
    documents: Vec<Reviewed>,
}

/// What was said of the works of one document.
#[derive(Clone, Debug, Deserialize)]
struct Reviewed {
    /// What the document was called.
    name: String,
    /// The SHA-256 of its decoded text, in hexadecimal digits.
    sha256: String,
    works: Vec<Correction>,
}

/// What was said of one work.
#[derive(Clone, Debug, Deserialize)]
struct Correction {
    status: Status,
    /// Where its citation stands in the document.
    span: Span,
    /// The citation as it was typed.
    text: String,
    /// The work as it should be; of a removed one, as it was.
    item: Work,
    /// Where its values stand in the document.
    #[serde(default)]
    fields: Vec<Place>,
}

/// Where value number `index` of a field stands.
#[derive(Clone, Debug, Deserialize)]
struct Place {
    field: Field,
    #[serde(default)]
    index: usize,
    spans: Vec<Span>,
}

/// What became of a work under a person's eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    /// It is right as it was read.
    Accepted,
    /// It was changed.
    Corrected,
    /// It is no work.
    Removed,
    /// A person found it.
    Added,
}

/// Reads files of corrections. All are tried, so that one run names all that cannot be read.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Vec<Corrections>, Vec<Failure>> {
    let (read, failed): (Vec<_>, Vec<_>) =
        paths.iter().map(|path| file(path)).partition(Result::is_ok);
    let failures: Vec<Failure> = failed.into_iter().filter_map(Result::err).collect();
    if failures.is_empty() { Ok(read.into_iter().flatten().collect()) } else { Err(failures) }
}

fn file(path: &Path) -> Result<Corrections, Failure> {
    let name = path.display().to_string();
    let bytes = input::bytes(path)
        .map_err(|error| input::cannot_read(path, &name, &error, "corrections.json"))?;
    let help = "corrections are what the page of citelift extract -o review.html saves";
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Failure::no_text(&name, "it is not valid UTF-8").help(help))?;
    Corrections::of(text).map_err(|why| Failure::reading(&name, why).help(help))
}

impl Corrections {
    /// Reads a file's text; the error tells what is wrong with it.
    pub(crate) fn of(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let read: Self = serde_json::from_str(text)
            .map_err(|error| format!("this is no file of corrections: {error}"))?;
        if read.version != VERSION {
            let version = read.version;
            return Err(format!("its form is number {version}, and only {VERSION} is known here"));
        }
        for Correction { span, text, fields, .. } in
            read.documents.iter().flat_map(|document| &document.works)
        {
            let spans = fields.iter().flat_map(|place| &place.spans);
            // No text is that long, and places are reckoned with.
            if spans.chain([span]).any(|span| span.start > span.end || span.end > MOST) {
                return Err("a span in it ends before it begins".to_owned());
            }
            if span.len() != text.len() {
                return Err("a span in it has not the length of its citation".to_owned());
            }
        }
        Ok(read)
    }

    /// Whether a text is meant to be a file of corrections.
    pub(crate) fn are_in(text: &str) -> bool {
        // The page writes the member first; a person's editor may have moved it.
        text.trim_start().starts_with('{')
            && serde_json::from_str::<serde_json::Value>(text)
                .is_ok_and(|value| value.get(MEMBER).is_some())
    }
}

/// The SHA-256 of a document's text, in hexadecimal digits.
pub(crate) fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hostile(start: usize, end: usize) -> String {
        format!(
            r#"{{"citelift-corrections": 1, "documents": [{{"name": "a", "sha256": "", "works": [
            {{"status": "accepted", "text": "Roe", "item": {{}},
            "span": {{"start": {start}, "end": {end}}}}}]}}]}}"#
        )
    }

    #[test]
    fn only_the_known_form_is_read() {
        assert!(Corrections::of(&hostile(5, 8)).is_ok());
        assert!(Corrections::of(r#"{"citelift-corrections": 1, "documents": []}"#).is_ok());
        for (text, why) in [
            (r#"{"citelift-corrections": 2, "documents": []}"#, "only 1 is known"),
            (r#"{"documents": []}"#, "no file of corrections"),
            ("[]", "no file of corrections"),
            (&hostile(5, 2), "ends before it begins"),
            (&hostile(usize::MAX - 3, usize::MAX), "ends before it begins"),
            (&hostile(0, 7), "has not the length"),
        ] {
            let error = Corrections::of(text).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
        assert!(Corrections::are_in(" {\"documents\": [], \"citelift-corrections\": 9}"));
        assert!(!Corrections::are_in("{\"text\": \"Roe\"}\n{\"text\": \"Poe\"}"));
    }

    #[test]
    fn a_text_is_known_by_its_hash() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hash(""), empty);
    }
}
