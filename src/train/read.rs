//! The files that labelled references come in: JSON lines with spans, and text with tags (a
//! reference a line, or AnyStyle's XML).

use super::reference::{Labelled, set_of};
use crate::error::{Error, Result};
use crate::label::{Allowed, Label, only};
use crate::text::unescaped;

/// What a stretch without a label may be, where a source does not label remarks.
pub(crate) const OPEN: Allowed =
    only(Label::Other) | only(Label::Note) | only(Label::Medium) | only(Label::Genre);

impl Labelled {
    /// Reads labelled references; the form is told by the content:
    ///
    /// - JSON lines, `{"text": …, "spans": [[start, end, "label"], …]}`, offsets in characters,
    ///   end exclusive;
    /// - lines of text with tags, `<author>Roe, J.</author> (<date>2010</date>).`, where text
    ///   outside of tags belongs to no field;
    /// - AnyStyle's XML: `<dataset><sequence><author>…</author>…</sequence></dataset>`.
    ///
    /// # Errors
    /// Of kind [`ErrorKind::Data`](crate::ErrorKind::Data) with the line, where a line is no
    /// JSON or has a label that is not known.
    pub fn read(text: &str) -> Result<Vec<Self>> {
        if text.trim_start().starts_with('{') {
            json_lines(text)
        } else if text.contains("<sequence>") {
            Ok(sequences(text))
        } else {
            text.lines()
                .enumerate()
                .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
                .map(|(index, line)| match unknown_tag(line) {
                    Some(tag) => Err(Error::data(index + 1, format!("`{tag}` is no label"))),
                    None => Ok(tagged(line, only(Label::Other))),
                })
                .collect()
        }
    }
}

fn json_lines(text: &str) -> Result<Vec<Labelled>> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fault = |what: String| Error::data(index + 1, what);
        let value: serde_json::Value =
            serde_json::from_str(line).map_err(|error| fault(format!("it is no JSON: {error}")))?;
        let text = value["text"].as_str().ok_or_else(|| fault("it has no `text`".into()))?;
        let mut spans = Vec::new();
        for span in value["spans"].as_array().map_or(&[][..], Vec::as_slice) {
            let (Some(start), Some(end), Some(label)) =
                (span[0].as_u64(), span[1].as_u64(), span[2].as_str())
            else {
                return Err(fault("a span is not [start, end, \"label\"]".into()));
            };
            let set = set_of(label).ok_or_else(|| fault(format!("`{label}` is no label")))?;
            spans.push((start as usize, end as usize, set));
        }
        found.push(Labelled::of_spans(text, &mut spans, OPEN).map_err(fault)?);
    }
    Ok(found)
}

/// AnyStyle's XML; the words around values stand inside its tags, and its text between tags is
/// white space.
fn sequences(text: &str) -> Vec<Labelled> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, from)) = rest.split_once("<sequence>") {
        let (inside, behind) = from.split_once("</sequence>").unwrap_or((from, ""));
        let mut labelled = tagged(inside.trim(), OPEN);
        for piece in &mut labelled.pieces {
            piece.text = unescaped(&piece.text).into_owned();
        }
        found.push(labelled);
        rest = behind;
    }
    found
}

/// A closing tag whose name is no label: a label misspelt.
fn unknown_tag(line: &str) -> Option<&str> {
    line.split("</").skip(1).find_map(|rest| {
        let (name, _) = rest.split_once('>')?;
        let word = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        (word && !name.is_empty() && set_of(name).is_none() && !STYLES.contains(&name))
            .then_some(name)
    })
}

/// Tags that texts have for their looks.
const STYLES: [&str; 7] = ["i", "b", "em", "sup", "sub", "span", "italic"];

/// The longest tag, in bytes.
const TAG: usize = 40;

/// A text with tags; `open` is the set of what stands outside of them.
fn tagged(line: &str, open: Allowed) -> Labelled {
    let mut reference = Labelled::default();
    let mut set = open;
    let mut rest = line;
    while let Some(at) = rest.find('<') {
        let end = rest[at + 1..].bytes().take(TAG).position(|b| b == b'>');
        let tag = end.and_then(|end| {
            let (tag, behind) = (&rest[at + 1..at + 1 + end], &rest[at + 2 + end..]);
            let name = tag.strip_prefix('/').unwrap_or(tag);
            let known = set_of(name)?;
            Some((if tag.starts_with('/') { open } else { known }, behind))
        });
        match tag {
            Some((next, behind)) => {
                reference.push(&rest[..at], set);
                set = next;
                rest = behind;
            }
            None => {
                reference.push(&rest[..=at], set);
                rest = &rest[at + 1..];
            }
        }
    }
    reference.push(rest, set);
    reference
}
