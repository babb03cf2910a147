//! From the best reading to a [`Work`]: values, their places, what is doubted.

mod anchor;
mod finish;
mod record;
mod value;

use super::Reading;
use super::arrange::Label;
use super::confidence::{Sureness, share};
use super::element::{Content, Element};
use super::head::Role;
use super::kind::Signs;
use crate::diagnostic::Code;
use crate::lex::Lexed;
use crate::lexicon::{Class, lexicon};
use crate::span::Span;
use crate::text::Joined;
use crate::work::{Confidence, Evidence, Field, FieldEvidence, Value, Work};
use value::{mended, spaced_colons};

/// The work that `reading` describes.
pub(crate) fn assemble(
    lexed: &Lexed,
    reading: Option<Reading>,
    joined: &Joined,
    source: &str,
) -> Work {
    let places = joined.source(Span::new(0, lexed.text.len()));
    let whole =
        Span::new(places.first().map_or(0, |s| s.start), places.last().map_or(0, |s| s.end));
    let mut assembly = Assembly {
        lexed,
        joined,
        work: Work::default(),
        evidence: Evidence::new(whole.of(source).unwrap_or(""), whole.start, Confidence::new(0.0)),
        found: Vec::new(),
        signs: Signs::default(),
    };
    match reading.filter(is_understood) {
        Some(reading) => assembly.read(&reading),
        None => assembly.nothing(),
    }
    assembly.finish()
}

/// Whether more was found than text.
fn is_understood(reading: &Reading) -> bool {
    let anchored = reading.elements.iter().any(|element| {
        !matches!(
            element.content,
            Content::Text | Content::Quoted | Content::Bracketed | Content::In | Content::Medium
        )
    });
    let quoted = reading.elements.iter().any(|element| matches!(element.content, Content::Quoted));
    let named = reading.head.names.as_ref().is_some_and(|names| names.likeness > 0.4);
    let imprint =
        reading.arrangement.labels.iter().flatten().any(|label| matches!(label, Label::Publisher));
    reading.head.date.is_some()
        || anchored
        || quoted
        || named && reading.elements.iter().any(|e| matches!(e.content, Content::Text))
        || imprint && reading.elements.len() > 2
}

/// A second label so many points behind makes the first a guess.
const NEAR: f32 = 0.5;

/// A second label so many points behind leaves no doubt.
const SURE: f32 = 2.0;

struct Assembly<'a, 'b> {
    lexed: &'b Lexed<'a>,
    joined: &'b Joined,
    work: Work,
    evidence: Evidence,
    found: Vec<Found>,
    signs: Signs,
}

/// Where a value stood, and how it was found.
struct Found {
    field: Field,
    index: usize,
    spans: Vec<Span>,
    sureness: Sureness,
}

impl Found {
    fn evidence(self) -> FieldEvidence {
        FieldEvidence::new(self.field, self.index, self.spans, share(self.field, self.sureness))
    }
}

impl Assembly<'_, '_> {
    fn nothing(&mut self) {
        let span = Span::new(0, self.lexed.text.len());
        if self.lexed.text.is_empty() {
            return;
        }
        self.put(Field::Title, Value::Text(self.lexed.text.to_owned()), span, Sureness::Guessed);
        self.doubt(
            Code::CitationNotUnderstood,
            Some(span),
            "nothing was understood of this citation",
            "the whole line is the title",
        );
    }

    fn read(&mut self, reading: &Reading) {
        if let Some(names) = &reading.head.names {
            let field = match reading.head.role {
                Role::Author => Field::Author,
                Role::Editor => Field::Editor,
                Role::Translator => Field::Translator,
            };
            self.names(field, names);
        }
        if let Some((span, typed)) = &reading.head.date {
            self.date(*span, typed, Sureness::Anchored);
        }
        if let Some(remark) = reading.head.remark {
            self.left_over(self.trim(remark));
        }
        self.texts(reading);
        for element in &reading.elements {
            self.anchor(element);
        }
    }

    /// The values of labelled stretches: neighbours of one label are one value.
    fn texts(&mut self, reading: &Reading) {
        let elements = &reading.elements;
        let labels = &reading.arrangement.labels;
        let mut index = 0;
        while index < elements.len() {
            let Some(label) = labels[index] else {
                index += 1;
                continue;
            };
            let mut last = index;
            let joins = |next: usize| {
                let bracketed = elements[next].bracketed;
                let quoted = matches!(elements[next - 1].content, Content::Quoted);
                let belongs = match label {
                    Label::Note | Label::Genre => false,
                    // a quoted title ends with its quotation
                    Label::Title => bracketed || !quoted,
                    _ => !bracketed,
                };
                belongs && labels[next] == Some(label)
            };
            while last + 1 < elements.len() && joins(last + 1) {
                last += 1;
            }
            let span = Span::new(elements[index].span.start, elements[last].span.end);
            let runner_up = reading.arrangement.runners_up[index..=last]
                .iter()
                .flatten()
                .min_by(|a, b| a.1.total_cmp(&b.1));
            let sureness = match runner_up {
                Some((_, margin)) if *margin <= NEAR => Sureness::Guessed,
                Some((_, margin)) if *margin <= SURE => Sureness::Likely,
                _ => Sureness::Anchored,
            };
            self.text(label, span, sureness);
            if sureness == Sureness::Guessed
                && label != Label::Note
                && let Some((other, _)) = runner_up
            {
                let message = format!("this may be {}", other.described());
                self.doubt(
                    Code::CitationAmbiguous,
                    Some(span),
                    &message,
                    &format!("it is taken for {}", label.described()),
                );
            }
            index = last + 1;
        }
    }

    fn text(&mut self, label: Label, span: Span, sureness: Sureness) {
        let span = self.trim(span);
        let raw = span.of(self.lexed.text).unwrap_or("");
        if raw.is_empty() {
            return;
        }
        let value = mended(&spaced_colons(raw));
        let (field, divider) = match label {
            Label::Title => (Field::Title, None),
            Label::Container => (Field::ContainerTitle, None),
            Label::Series => (Field::CollectionTitle, None),
            Label::Publisher => (Field::Publisher, Some("; ")),
            Label::Place => (Field::PublisherPlace, Some("; ")),
            Label::Genre => {
                self.genre(&value);
                (Field::Genre, None)
            }
            Label::Note => {
                self.left_over(span);
                return;
            }
        };
        match (self.work.text(field).map(str::to_owned), divider) {
            (None, _) => self.put(field, Value::Text(value), span, sureness),
            // a second place or publisher stands beside the first
            (Some(first), Some(divider)) if first != value => {
                self.put(field, Value::Text(format!("{first}{divider}{value}")), span, sureness)
            }
            (Some(first), _) if first == value => {}
            // a second container is the series of the first, or the other way round
            (Some(_), None)
                if field == Field::ContainerTitle && self.work.collection_title.is_none() =>
            {
                self.put(Field::CollectionTitle, Value::Text(value), span, Sureness::Guessed)
            }
            (Some(_), _) => self.left_over(span),
        }
    }

    fn genre(&mut self, text: &str) {
        let says = |class| {
            text.split(|c: char| !c.is_alphanumeric())
                .any(|word| !word.is_empty() && lexicon().classes(word).has(class))
        };
        self.signs.thesis |= says(Class::Thesis);
        self.signs.report |= says(Class::Report);
    }

    fn left_over(&mut self, span: Span) {
        let text = span.of(self.lexed.text).unwrap_or("").to_owned();
        let note = match self.work.note.take() {
            Some(note) => format!("{note}; {text}"),
            None => text,
        };
        self.put(Field::Note, Value::Text(note), span, Sureness::Guessed);
        self.doubt(
            Code::CitationLeftOver,
            Some(span),
            "this part belongs to no field that was recognised",
            "it is kept as a note",
        );
    }
}
