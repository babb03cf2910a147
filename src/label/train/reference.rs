//! Labelled references, and the files they come in: JSON lines with spans, and text with tags
//! (a reference a line, or AnyStyle's XML).

use crate::label::{Allowed, Label, only};

/// A stretch of a reference's text and the labels it may have.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) set: Allowed,
}

/// A reference in pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reference {
    pub(crate) pieces: Vec<Piece>,
}

/// What a source's label stands for.
pub(crate) fn set_of(name: &str) -> Option<Allowed> {
    Some(match name {
        "organisation" => only(Label::Author) | only(Label::Publisher),
        "director" | "producer" | "chapter" | "source" => only(Label::Other) | only(Label::Note),
        "body" => only(Label::Author),
        "monograph" | "fulltitle" => only(Label::Title),
        "journal" | "booktitle" | "book" | "newspaper" | "conference" => {
            only(Label::ContainerTitle)
        }
        "series" => only(Label::CollectionTitle),
        "university" | "institution" | "bodypublisher" => only(Label::Publisher),
        "location" => only(Label::Place),
        "year" => only(Label::Date),
        "page" | "articlenumber" => only(Label::Pages),
        "pmid" | "issn" => only(Label::Isbn),
        name => only(Label::from_name(name)?),
    })
}

impl Reference {
    pub(crate) fn push(&mut self, text: &str, set: Allowed) {
        if text.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.set == set && set & only(Label::Other) != 0 => {
                last.text.push_str(text)
            }
            _ => self.pieces.push(Piece { text: text.to_owned(), set }),
        }
    }

    pub(crate) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Of a text with labelled spans in characters; `open` is the set of what has no label.
    pub(crate) fn of_spans(text: &str, spans: &[(usize, usize, Allowed)], open: Allowed) -> Self {
        let places: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut reference = Self::default();
        let mut at = 0;
        for &(start, end, set) in spans {
            let (Some(&start), Some(&end)) = (places.get(start), places.get(end)) else { continue };
            if start < at || end <= start {
                continue;
            }
            reference.push(&text[at..start], open);
            reference.push(&text[start..end], set);
            at = end;
        }
        reference.push(&text[at..], open);
        reference
    }

    /// Of a line with tags: `<author>Roe, J.</author> (<date>2010</date>).`
    pub(crate) fn of_tagged(line: &str, open: Allowed) -> Self {
        let mut reference = Self::default();
        let mut set = open;
        let mut rest = line;
        while let Some(at) = rest.find('<') {
            let tag = rest[at + 1..].split_once('>').and_then(|(tag, behind)| {
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
}
