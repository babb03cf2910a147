//! Citations one behind the other: each is read with those before in mind.

use super::anchor::{self, Anchor};
use super::antecedent::{Outcome, Reading};
use super::echo::{self, Echo};
use super::memory::Memory;
use super::{Parser, assemble, check, several, stretch};
use crate::diagnostic::{Code, Diagnostic};
use crate::label::Labelling;
use crate::lex::Lexed;
use crate::span::Span;
use crate::text::{Joined, LEFT_OUT, beginning, disguises};
use crate::work::{Confidence, Field, FieldEvidence, Work};

/// Reads citations in the order of a list or of footnotes, and remembers those before: what
/// `Ibid.`, `Roe, op. cit.`, `Idem` or a dash in an author's place stands for is put in, and said
/// in a doubt. The last 2,000 works are remembered, so that a list may have any length.
///
/// ```
/// let mut list = citelift::Parser::new().list();
/// let first = list.parse("Roe, J. (2011). Harbour watch. Leiden: Brill.");
/// let again = list.parse("Ibid., p. 12.");
/// assert_eq!(again.title, first.title);
/// assert_eq!(again.note.as_deref(), Some("p. 12"));
/// ```
#[derive(Clone, Debug)]
pub struct ListParser {
    parser: Parser,
    memory: Memory,
    /// Whether one citation is read alone, and none comes behind it.
    alone: bool,
}

/// A line that was labelled: its one work, or where it cites several.
enum Line {
    One(Box<Work>, Option<Echo>),
    Several(Vec<Span>),
}

/// A line that was labelled, which needs none of those before.
pub(crate) struct Labelled(Line);

impl ListParser {
    pub(super) fn new(parser: Parser) -> Self {
        Self { parser, memory: Memory::default(), alone: false }
    }

    /// For one citation, which need not be remembered.
    pub(super) fn alone(parser: Parser) -> Self {
        Self { alone: true, ..Self::new(parser) }
    }

    /// Reads the next citation, as [`Parser::parse`] does.
    #[must_use]
    pub fn parse(&mut self, citation: &str) -> Work {
        let mut work = self.parse_joined(&Joined::of(citation), citation);
        doubt_looks(&mut work, citation);
        work
    }

    /// Reads all works of the next line or footnote, as [`Parser::parse_all`] does.
    #[must_use]
    pub fn parse_all(&mut self, text: &str) -> Vec<Work> {
        let mut works = self.parse_all_joined(&Joined::of(text), text);
        works.first_mut().into_iter().for_each(|work| doubt_looks(work, text));
        works
    }

    /// The same of a footnote whose clean text was joined of stretches of `source`.
    pub(crate) fn parse_all_joined(&mut self, joined: &Joined, source: &str) -> Vec<Work> {
        if joined.text().is_empty() {
            return Vec::new();
        }
        match self.parser.line(joined, source, true) {
            Line::One(work, cited) => vec![self.resolved(*work, cited, joined, false)],
            Line::Several(places) => self.parts(joined, &places, source),
        }
    }

    /// Reads the next citation, whose clean text was joined of stretches of `source`. Spans are
    /// bytes of `source`.
    pub(crate) fn parse_joined(&mut self, joined: &Joined, source: &str) -> Work {
        let labelled = self.parser.labelled(joined, source);
        self.parse_labelled(labelled, joined, source)
    }

    /// The same of a line that is labelled already.
    pub(crate) fn parse_labelled(
        &mut self,
        labelled: Labelled,
        joined: &Joined,
        source: &str,
    ) -> Work {
        match labelled.0 {
            Line::One(work, cited) => self.resolved(*work, cited, joined, false),
            Line::Several(places) => {
                // those behind the first may be meant by a later citation, where there is one
                let read = if self.alone { places.get(..1).unwrap_or(&places) } else { &places };
                let works = self.parts(joined, read, source);
                let mut work = works.into_iter().next().unwrap_or_default();
                if let Some(second) = places.get(1) {
                    let rest = Span::new(second.start, joined.text().len());
                    with_rest(&mut work, rest, joined, source, another);
                }
                work
            }
        }
    }

    /// The works of a line of several.
    fn parts(&mut self, joined: &Joined, places: &[Span], source: &str) -> Vec<Work> {
        let mut works = Vec::with_capacity(places.len());
        for &place in places {
            let part = joined.part(place);
            if let Line::One(work, cited) = self.parser.line(&part, source, false) {
                works.push(self.resolved(*work, cited, &part, !works.is_empty()));
            }
        }
        works
    }

    /// The work with what it takes from those before; it is remembered.
    fn resolved(
        &mut self,
        mut work: Work,
        cited: Option<Echo>,
        joined: &Joined,
        continues: bool,
    ) -> Work {
        let beginning = echo::beginning(joined.text());
        let mut reading = Reading { work: &mut work, joined, beginning, cited, continues };
        let outcome = reading.resolve(&self.memory);
        match outcome {
            _ if self.alone => {}
            Outcome::Own => self.memory.keep(&mut work, true),
            Outcome::Nameless => self.memory.keep(&mut work, false),
            Outcome::Same(place) => self.memory.again(place),
            Outcome::Unknown => self.memory.forget(),
        }
        work
    }
}

/// What of reading a line needs none of the lines before.
impl Parser {
    /// Labels the next line of a list.
    pub(crate) fn labelled(&self, joined: &Joined, source: &str) -> Labelled {
        Labelled(self.line(joined, source, true))
    }

    /// Labels a line. Where `whole` says so, a line of several works is not read as one.
    fn line(&self, joined: &Joined, source: &str, whole: bool) -> Line {
        if joined.text().len() > LONGEST {
            return self.long_line(joined, source, whole);
        }
        let lexed = Lexed::of(joined);
        let anchors = anchor::anchors(&lexed);
        let labelling = self.labelling(&lexed, &anchors);
        let stretches = stretch::stretches(&lexed, &labelling);
        if whole {
            let places = several::references(&lexed, &stretches, |text| self.is_reference(text));
            if places.len() > 1 {
                return Line::Several(places);
            }
        }
        let labeller = self.model.labeller();
        let stretches = check::checked(&lexed, labeller, labelling, stretches);
        let stretches = stretch::with_second_imprints(lexed.text, stretches);
        let work = assemble::assemble(&lexed, &anchors, &stretches, joined, source);
        Line::One(Box::new(work), echo::cited(&lexed))
    }

    /// Reads the beginning of a line that is longer than any citation; the rest is noted.
    fn long_line(&self, joined: &Joined, source: &str, whole: bool) -> Line {
        let text = joined.text();
        let head = beginning(text, LONGEST);
        let end = head.rfind(' ').filter(|&end| end > 0).unwrap_or(head.len());
        match self.line(&joined.part(Span::new(0, end)), source, whole) {
            Line::One(mut work, cited) => {
                let rest = text.get(end..).unwrap_or_default().trim_start();
                let rest = Span::new(text.len() - rest.len(), text.len());
                with_rest(&mut work, rest, joined, source, unread);
                Line::One(work, cited)
            }
            Line::Several(mut places) => {
                places.last_mut().into_iter().for_each(|last| last.end = text.len());
                Line::Several(places)
            }
        }
    }

    /// Whether a text, read by itself, is a reference.
    fn is_reference(&self, text: &str) -> bool {
        let lexed = Lexed::new(text);
        let labelling = self.labelling(&lexed, &anchor::anchors(&lexed));
        several::is_reference(&lexed, &stretch::stretches(&lexed, &labelling))
    }

    /// The labels of a text, bound by its anchors.
    fn labelling(&self, lexed: &Lexed, anchors: &[Anchor]) -> Labelling {
        let labeller = self.model.labeller();
        labeller.label(lexed, |positions| anchor::bound(lexed, anchors, positions))
    }
}

/// A longer line is no citation, in bytes: what is known of each word of it takes two hundred
/// times the memory of its letters. Fifteen thousand authors fit.
const LONGEST: usize = 1 << 18;

/// Puts the rest of a line in the note of its work, and says so.
fn with_rest(
    work: &mut Work,
    rest: Span,
    joined: &Joined,
    source: &str,
    doubt: impl FnOnce(Option<Span>) -> Diagnostic,
) {
    let text = rest.of(joined.text()).unwrap_or("").to_owned();
    work.note = Some(match work.note.take() {
        Some(note) => format!("{note}; {text}"),
        None => text,
    });
    let Some(evidence) = &mut work.evidence else { return };
    let whole = joined.source(Span::new(0, joined.text().len()));
    if let (Some(first), Some(last)) = (whole.first(), whole.last()) {
        evidence.offset = first.start;
        evidence.source = Span::new(first.start, last.end).of(source).unwrap_or("").to_owned();
    }
    let spans = joined.source(rest);
    let place = spans.first().zip(spans.last()).map(|(a, b)| Span::new(a.start, b.end));
    match evidence.fields.iter_mut().find(|found| found.field == Field::Note) {
        Some(found) => found.spans.extend(spans),
        None => {
            let none = Confidence::new(0.0);
            evidence.fields.push(FieldEvidence::new(Field::Note, 0, spans, none));
        }
    }
    evidence.doubts.push(doubt(place));
}

/// The rest of the line is of other works.
fn another(place: Option<Span>) -> Diagnostic {
    Diagnostic::new(Code::CitationSeveral, place, "the line cites another work here")
        .assumed("the first was read; the rest stands in the note")
        .help("put each work on a line of its own (programs: `Parser::parse_all` reads them all)")
}

/// The rest of the line is too much for one citation.
fn unread(place: Option<Span>) -> Diagnostic {
    Diagnostic::new(Code::CitationLeftOver, place, "the line is longer than a citation can be")
        .assumed("its beginning was read; the rest stands in the note")
        .help("put each work on a line of its own")
}

/// Says what is not as it looks in a citation that stands in no document.
fn doubt_looks(work: &mut Work, citation: &str) {
    if let Some(evidence) = &mut work.evidence {
        evidence.doubts.extend(disguises(citation, 0, LEFT_OUT));
    }
}
