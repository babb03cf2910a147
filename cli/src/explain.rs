//! `citelift parse --explain`: which words of a citation are which field, how sure each value
//! is, and what is doubted.
//!
//! For people, on standard output. In colour, every field has its own; without, it stands in
//! brackets behind its name. Called by `parse` for every citation.

use crate::output::Sink;
use crate::render::{Failure, clean};
use anstyle::{AnsiColor, Style};
use citelift::{Diagnostic, Evidence, Field, FieldEvidence, Name, Span, ValueRef, Work};
use std::cmp::Reverse;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write as _;

/// Below this confidence it is said why a value is doubted.
const SURE: f32 = 0.9;
/// How many doubts that begin before a value are looked at for one about it.
const BEFORE: usize = 8;
/// How much of the words that are doubted is shown, in characters.
const QUOTED: usize = 60;

/// Explains works one after the other.
pub(crate) struct Explain {
    to: Sink,
    colour: bool,
    begun: bool,
}

impl Explain {
    /// On standard output, in colour where that is a terminal and the environment does not
    /// forbid it.
    pub(crate) fn to_standard_output() -> Self {
        let colour = anstream::stdout().current_choice() != anstream::ColorChoice::Never;
        Self { to: Sink::standard(), colour, begun: false }
    }

    /// Explains a work.
    pub(crate) fn work(&mut self, work: &Work) -> Result<(), Failure> {
        let mut text = String::new();
        if std::mem::replace(&mut self.begun, true) {
            text.push('\n');
        }
        text.push_str(&explained(work, self.colour));
        self.to.write_all(text.as_bytes()).map_err(|error| Failure::writing(self.to.name(), &error))
    }

    /// Hands out what was explained so far.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.to.flush().map_err(|error| Failure::writing(self.to.name(), &error))
    }

    /// Whether nobody reads any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.to.is_closed()
    }
}

/// The explanation of a work, in lines.
fn explained(work: &Work, colour: bool) -> String {
    let Some(evidence) = &work.evidence else { return String::new() };
    let mut page = Page { text: String::new(), colour };
    page.citation(evidence);
    page.text.push('\n');
    page.line(None, "type", None, work.kind.as_str());
    let mut fields: Vec<&FieldEvidence> = evidence.fields.iter().collect();
    fields.sort_by_key(|field| field.spans.first().map_or(usize::MAX, |span| span.start));
    let mut doubts = Doubts::of(evidence);
    let mut shown = HashSet::new();
    for field in fields {
        let known = !shown.insert((field.field, field.index));
        let value = match work.get(field.field) {
            // A note is made of several parts.
            Some(_) if known => typed(evidence, field),
            Some(value) => described(value, field.index),
            None => typed(evidence, field),
        };
        let confidence = field.confidence.get();
        page.line(Some(field.field), field.field.as_str(), Some(confidence), &value);
        if confidence < SURE {
            let reasons = doubts.about(field);
            if reasons.is_empty() {
                page.reason("words like these are often another field's");
            }
            for doubt in reasons {
                page.reason(&sentence(doubt));
            }
        }
    }
    page.line(None, "all of these", Some(evidence.confidence.get()), "for the work as a whole");
    for doubt in doubts.rest() {
        page.doubt(evidence, doubt);
    }
    page.text
}

/// The text that a value was read from.
fn typed(evidence: &Evidence, field: &FieldEvidence) -> String {
    let parts: Vec<&str> = field.spans.iter().filter_map(|&span| evidence.text(span)).collect();
    parts.join(" ")
}

/// A value, or the one name or keyword of it, in one line.
fn described(value: ValueRef<'_>, index: usize) -> String {
    match value {
        ValueRef::Text(text) => text.to_owned(),
        ValueRef::Names(names) => names.iter().nth(index).map(Name::to_string).unwrap_or_default(),
        ValueRef::Date(date) => date.to_string(),
        ValueRef::Pages(pages) => pages.to_string(),
        ValueRef::Keywords(words) => words.get(index).cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

fn sentence(doubt: &Diagnostic) -> String {
    match &doubt.assumed {
        Some(assumed) => format!("{}; {assumed}", doubt.message),
        None => doubt.message.clone(),
    }
}

/// What is written.
struct Page {
    text: String,
    colour: bool,
}

impl Page {
    /// The citation with its fields; where two overlap, the one that begins first is shown, or
    /// the longer.
    fn citation(&mut self, evidence: &Evidence) {
        let mut places: Vec<(Span, Field)> = evidence
            .fields
            .iter()
            .flat_map(|field| field.spans.iter().map(|&span| (span, field.field)))
            .collect();
        places.sort_by_key(|(span, _)| (span.start, Reverse(span.end)));
        let mut at = evidence.offset;
        for (span, field) in places {
            if span.start < at || span.is_empty() {
                continue;
            }
            let parts = (evidence.text(Span::new(at, span.start)), evidence.text(span));
            let (Some(before), Some(inside)) = parts else { continue };
            self.push(before);
            if self.colour {
                let style = style(field);
                let _ = write!(self.text, "{style}");
                self.push(inside);
                let _ = write!(self.text, "{style:#}");
            } else {
                let _ = write!(self.text, "[{}: ", field.as_str());
                self.push(inside);
                self.text.push(']');
            }
            at = span.end;
        }
        let end = evidence.offset + evidence.source.len();
        self.push(evidence.text(Span::new(at, end)).unwrap_or_default());
        self.text.push('\n');
    }

    /// Text of the citation, safe for a terminal.
    fn push(&mut self, text: &str) {
        self.text.extend(text.chars().map(clean::shown));
    }

    /// A line of the table below the citation.
    fn line(&mut self, field: Option<Field>, name: &str, confidence: Option<f32>, value: &str) {
        let style = field.filter(|_| self.colour).map(style).unwrap_or_default();
        let confidence = confidence.map(|share| format!("{share:.2}")).unwrap_or_default();
        let value = clean::sentence(value);
        let _ = writeln!(self.text, "  {style}{name:18}{style:#} {confidence:4}  {value}");
    }

    /// Why a value is doubted, below its line.
    fn reason(&mut self, why: &str) {
        let _ = writeln!(self.text, "  {:18} {:4}  because {}", "", "", clean::sentence(why));
    }

    /// What is doubted of no single value.
    fn doubt(&mut self, evidence: &Evidence, doubt: &Diagnostic) {
        let mut quoted = String::new();
        let words = doubt.span.and_then(|span| evidence.text(span));
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            quoted.push('“');
            clean::push_head(&mut quoted, words, QUOTED);
            quoted.push_str("”: ");
        }
        let _ =
            writeln!(self.text, "  {}: {quoted}{}", doubt.code, clean::sentence(&sentence(doubt)));
    }
}

/// The doubts of a work, and which are told.
struct Doubts<'a> {
    /// Those with a place, by its beginning; then those without, or about all of the citation.
    all: Vec<(usize, &'a Diagnostic)>,
    told: Vec<bool>,
}

impl<'a> Doubts<'a> {
    fn of(evidence: &'a Evidence) -> Self {
        let length = evidence.source.trim().len();
        let place = |doubt: &Diagnostic| doubt.span.filter(|span| span.len() < length);
        let start = |doubt| place(doubt).map_or(usize::MAX, |span| span.start);
        let mut all: Vec<_> = evidence.doubts.iter().map(|doubt| (start(doubt), doubt)).collect();
        all.sort_by_key(|(start, _)| *start);
        Self { told: vec![false; all.len()], all }
    }

    /// What is doubted where a value stood, each doubt once.
    fn about(&mut self, field: &FieldEvidence) -> Vec<&'a Diagnostic> {
        let mut found = Vec::new();
        for place in &field.spans {
            let first = self.all.partition_point(|(start, _)| *start <= place.start);
            let first = first.saturating_sub(BEFORE);
            for (&(start, doubt), told) in self.all.iter().zip(&mut self.told).skip(first) {
                if start >= place.end {
                    break;
                }
                let overlaps = doubt.span.is_some_and(|span| span.end > place.start);
                if overlaps && !std::mem::replace(told, true) {
                    found.push(doubt);
                }
            }
        }
        found
    }

    /// Those that are not told yet.
    fn rest(&self) -> impl Iterator<Item = &'a Diagnostic> {
        self.all.iter().zip(&self.told).filter(|(_, told)| !**told).map(|((_, doubt), _)| *doubt)
    }
}

/// The colour of a field; fields that often stand side by side differ.
fn style(field: Field) -> Style {
    let colour = match field {
        Field::Author => AnsiColor::Green,
        Field::Editor | Field::Translator | Field::ContainerAuthor => AnsiColor::BrightGreen,
        Field::Title => return AnsiColor::Yellow.on_default().bold(),
        Field::ContainerTitle => AnsiColor::Magenta,
        Field::CollectionTitle => AnsiColor::BrightMagenta,
        Field::Issued => AnsiColor::Red,
        Field::Volume | Field::Edition => AnsiColor::Cyan,
        Field::Issue | Field::Number | Field::CollectionNumber => AnsiColor::BrightRed,
        Field::Page => AnsiColor::Blue,
        Field::Publisher => AnsiColor::BrightBlue,
        Field::PublisherPlace => AnsiColor::BrightCyan,
        _ => return Style::new().underline(),
    };
    colour.on_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use citelift::{Code, Confidence};

    const LINE: &str = "Roe, J. \u{1b}[1m(2010). Harbour watch.";

    /// A work whose evidence is put together by hand, so that no model decides the test.
    fn work(confidence: f32) -> Work {
        let mut work = citelift::parse(LINE);
        work.title = Some("Harbour watch".to_owned());
        let mut doubt = Diagnostic::new(
            Code::CitationAmbiguous,
            Some(Span::new(20, 33)),
            "this may be a series",
        );
        doubt.assumed = Some("it is taken for the title".to_owned());
        if let Some(evidence) = &mut work.evidence {
            let mut title = evidence.of(Field::Title, 0).cloned();
            if let Some(title) = &mut title {
                title.spans = vec![Span::new(20, 33)];
                title.confidence = Confidence::new(confidence);
            }
            // Twice, as where a value was put together of two.
            evidence.fields = title.iter().chain(&title).cloned().collect();
            evidence.doubts = vec![doubt];
        }
        work
    }

    #[test]
    fn without_colour_a_field_stands_in_brackets() {
        let text = explained(&work(0.95), false);
        assert!(
            text.starts_with("Roe, J. ␛[1m(2010). [title: Harbour watch].\n\n  type "),
            "{text}"
        );
        assert!(text.contains("\n  title              0.95  Harbour watch\n"), "{text}");
        assert!(text.contains("\n  citation/ambiguous: “Harbour watch”: this may be a series; it"));
        assert!(!text.contains("because"), "{text}");
    }

    #[test]
    fn what_is_less_sure_says_why_once() {
        let text = explained(&work(0.5), false);
        assert!(text.contains("  because this may be a series; it is taken for the title\n"));
        assert!(!text.contains("citation/ambiguous"), "{text}");
        assert_eq!(text.matches("this may be a series").count(), 1);
        assert!(text.contains("  because words like these are often another field's\n"));
    }

    #[test]
    fn in_colour_nothing_of_the_citation_rules_the_terminal() {
        let text = explained(&work(0.5), true);
        assert!(text.contains("\u{1b}[1m\u{1b}[33mHarbour watch\u{1b}[0m."), "{text:?}");
        assert!(!text.contains("J. \u{1b}"), "{text:?}");
    }
}
