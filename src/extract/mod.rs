//! A document to a bibliography: where the list stands, where each entry begins, what of it is
//! citation and what annotation, and which heading it stands under.
//!
//! Takes a [`Document`], gives a [`Bibliography`]; each citation is handed to the citation parser.
//! Called by the library's [`extract`](crate::extract) and by programs.

mod annotation;
mod feature;
mod heading;
mod in_text;
mod layout;
mod likeness;
mod marker;
mod note;
mod opening;
mod region;
mod run;
mod sentence;
mod single;
mod token;

pub use in_text::{Citation, CitationDoubt, CitationForm, Citations};

use crate::bibliography::Bibliography;
use crate::citation::{Labelled, ListParser, Parser};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Join};
use crate::span::Span;
use crate::text::Joined;
use crate::work::{Confidence, Field, FieldEvidence, Work};
use annotation::{Split, Text};
use marker::Marker;
use region::{Break, Label};
use run::Runs;
use std::ops::Range;

/// Finds bibliographies in documents and reads their works.
///
/// ```
/// use citelift::{Document, Extractor};
/// let document = Document::from_text(
///     "Africa\n\nRoe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.\n\n\
///      Asia\n\nPoe, A. (2012). Night pilots. Leiden: Brill.\n",
/// );
/// let bibliography = Extractor::new().extract(&document);
/// assert_eq!(bibliography.works.len(), 2);
/// assert_eq!(bibliography.works[1].keyword, ["Asia"]);
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Extractor {
    parser: Parser,
}

impl Extractor {
    /// An extractor with the built-in rules.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with a parser of one's own, for citations.
    ///
    /// ```
    /// use citelift::{Document, Extractor, Model, Parser};
    /// let extractor = Extractor::new().parser(Parser::with_model(Model::shipped()));
    /// let document = Document::from_text("Roe, J. (2011). Harbour watch. Leiden: Brill.\n");
    /// assert_eq!(extractor.extract(&document).works.len(), 1);
    /// ```
    #[must_use]
    pub fn parser(mut self, parser: Parser) -> Self {
        self.parser = parser;
        self
    }

    /// Reads every work of every list in the document, in its order. Never fails.
    ///
    /// Behind them come the works that footnotes and endnotes cite in full, each once, where the
    /// document says what its notes are.
    ///
    /// An annotation becomes the work's `abstract`, its paragraphs parted by line feeds; the
    /// heading of its group becomes a keyword. The diagnostics are those of the document and the
    /// doubts of all works. What an entry takes from one before (`———.`, `Idem`, `Ibid.`) is put
    /// in, and said in a doubt.
    #[must_use]
    pub fn extract(&self, document: &Document) -> Bibliography {
        let mut diagnostics = document.diagnostics().to_vec();
        let (entries, runs) = entries(document);
        let labelled = labelled(&self.parser, &entries, document.text());
        let mut list = self.parser.list();
        let mut works: Vec<Work> = entries
            .into_iter()
            .zip(labelled)
            .map(|(entry, labelled)| work(&mut list, document, entry, labelled))
            .collect();
        let mut listed = runs.listed(&works).into_iter();
        works.retain(|_| listed.next().unwrap_or(true));
        note::add(&self.parser, document, &mut works, &mut diagnostics);
        if works.is_empty() {
            diagnostics.push(
                Diagnostic::new(Code::ExtractNothingFound, None, "no list of works was found")
                    .help("give single citations to `parse` instead"),
            );
        }
        for work in &works {
            diagnostics.extend(work.evidence.iter().flat_map(|evidence| evidence.doubts.clone()));
        }
        Bibliography { works, diagnostics }
    }
}

/// All citations labelled, on all threads of the pool.
#[cfg(feature = "parallel")]
fn labelled(parser: &Parser, entries: &[Entry], source: &str) -> Vec<Labelled> {
    use rayon::prelude::*;
    entries.par_iter().map(|entry| parser.labelled(&entry.citation, source)).collect()
}

/// All citations labelled.
#[cfg(not(feature = "parallel"))]
fn labelled(parser: &Parser, entries: &[Entry], source: &str) -> Vec<Labelled> {
    entries.iter().map(|entry| parser.labelled(&entry.citation, source)).collect()
}

fn work(list: &mut ListParser, document: &Document, entry: Entry, labelled: Labelled) -> Work {
    let mut work = list.parse_labelled(labelled, &entry.citation, document.text());
    let mut found = Vec::new();
    if let Some((paragraphs, spans)) = entry.annotation {
        work.abstract_ = Some(paragraphs);
        found.push(FieldEvidence::new(Field::Abstract, 0, spans, entry.confidence));
    }
    if let Some(at) = entry.heading {
        let (heading, spans) = heading::text(document, at);
        if !heading.is_empty() && !work.keyword.contains(&heading) {
            let index = work.keyword.len();
            work.keyword.push(heading);
            found.push(FieldEvidence::new(Field::Keyword, index, spans, Confidence::new(HEADING)));
        }
    }
    if let Some(evidence) = &mut work.evidence {
        evidence.fields.extend(found);
    }
    work
}

/// How sure a heading is: the share of right headings among 1,920 works of made-up reports.
const HEADING: f32 = 0.97;

/// One entry of a list, before its citation is read.
struct Entry {
    citation: Joined,
    /// Its text, paragraphs parted by line feeds, and where each stood.
    annotation: Option<(String, Vec<Span>)>,
    /// How sure it is that citation and annotation part there.
    confidence: Confidence,
    /// The line of the heading above it.
    heading: Option<usize>,
}

fn entries(document: &Document) -> (Vec<Entry>, Runs) {
    let lines = document.lines();
    let (looks, labels) = region::label(document);
    let groups = heading::groups(document, &labels);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        match (label, ranges.last_mut()) {
            (Label::Start, _) => ranges.push(at..at + 1),
            (Label::Citation | Label::Annotation, Some(last)) if last.end == at => last.end += 1,
            _ => {}
        }
    }
    let texts: Vec<(Joined, Vec<usize>, Span)> = ranges
        .iter()
        .map(|range| {
            // The number before an entry is the list's, not the citation's.
            let look = &looks[range.start];
            let marker =
                look.marker.filter(|marker| look.sequence.is_some() || marker.stands_alone());
            let start = lines[range.start].start();
            let whole = Span::new(start, lines[range.end - 1].end());
            let start = marker.map_or(start, |marker| behind(document, range, whole, marker));
            let within = Span::new(start, lines[range.end - 1].end());
            let (joined, starts) = document.joined_lines(range.clone(), within);
            (joined, starts, within)
        })
        .collect();
    let parts: Vec<Text<'_>> = ranges
        .iter()
        .zip(&texts)
        .map(|(range, (joined, starts, _))| Text {
            text: joined.text(),
            lines: starts
                .iter()
                .zip(range.clone())
                .skip(1)
                .map(|(&start, at)| (start, Break::before(&lines[at])))
                .collect(),
        })
        .collect();
    let splits = annotation::split(&parts);
    let runs = Runs::of(document, &labels, &ranges);
    let entries = ranges
        .into_iter()
        .zip(texts)
        .zip(splits)
        .map(|((range, (joined, _, within)), split)| {
            let heading = groups[range.start];
            let (citation, annotation) = match annotation_start(&joined, split) {
                None => (joined, None),
                Some(cut) => (
                    document.joined(range.clone(), Span::new(within.start, cut)),
                    paragraphs(document, range, Span::new(cut, within.end)),
                ),
            };
            let confidence = Confidence::new(1.0 / (1.0 + (-split.margin).exp()));
            Entry { citation, annotation, confidence, heading }
        })
        .collect();
    (entries, runs)
}

/// Where in the document the text behind an entry's marker begins.
fn behind(document: &Document, range: &Range<usize>, whole: Span, marker: Marker) -> usize {
    let first = range.start..range.start + 1;
    let joined = document.joined(first, whole);
    let rest = joined.text().get(marker.length..).unwrap_or_default();
    let Some(c) = rest.chars().next() else { return whole.start };
    let behind = joined.source(Span::new(marker.length, marker.length + c.len_utf8()));
    behind.first().map_or(whole.start, |span| span.start)
}

/// Where in the document the annotation begins, if there is one.
fn annotation_start(joined: &Joined, split: Split) -> Option<usize> {
    let first = joined.text().get(split.at..)?.chars().next()?;
    let span = Span::new(split.at, split.at + first.len_utf8());
    joined.source(span).first().map(|span| span.start)
}

/// The annotation's paragraphs parted by line feeds, and where each stood.
fn paragraphs(
    document: &Document,
    lines: Range<usize>,
    within: Span,
) -> Option<(String, Vec<Span>)> {
    let mut whole = String::new();
    let mut spans = Vec::new();
    let mut start = lines.start;
    while start < lines.end {
        let rest = document.lines().get(start + 1..lines.end).unwrap_or_default();
        let length = 1 + rest.iter().take_while(|line| line.join != Join::Apart).count();
        let joined = document.joined(start..start + length, within);
        start += length;
        let text = joined.text();
        if text.is_empty() {
            continue;
        }
        if !whole.is_empty() {
            whole.push('\n');
        }
        whole.push_str(text);
        let places = joined.source(Span::new(0, text.len()));
        if let (Some(first), Some(last)) = (places.first(), places.last()) {
            spans.push(Span::new(first.start, last.end));
        }
    }
    (!whole.is_empty()).then_some((whole, spans))
}
