//! From the best reading to a [`Work`]: values, their places, what is doubted.

mod value;

use super::Reading;
use super::arrange::Label;
use super::element::{Content, Element};
use super::head::Role;
use super::kind::{Signs, kind_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::date::TypedDate;
use crate::grammar::name::NameList;
use crate::grammar::numbering::Numbering;
use crate::lex::Lexed;
use crate::lexicon::{Class, language_of, lexicon};
use crate::span::Span;
use crate::text::Joined;
use crate::work::{
    Confidence, Date, DateForm, Evidence, Field, FieldEvidence, Kind, Pages, PartialDate, Value,
    Work,
};
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

struct Assembly<'a, 'b> {
    lexed: &'b Lexed<'a>,
    joined: &'b Joined,
    work: Work,
    evidence: Evidence,
    signs: Signs,
}

/// How sure a value of a field is, by how it was found; shares measured on labelled references.
mod sure {
    pub(super) const IDENTIFIER: f32 = 0.98;
    pub(super) const ANCHORED: f32 = 0.95;
    pub(super) const LIKELY: f32 = 0.85;
    pub(super) const GUESSED: f32 = 0.6;
}

impl Assembly<'_, '_> {
    fn nothing(&mut self) {
        let span = Span::new(0, self.lexed.text.len());
        if self.lexed.text.is_empty() {
            return;
        }
        self.put(Field::Title, Value::Text(self.lexed.text.to_owned()), span, sure::GUESSED);
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
            self.date(*span, typed, sure::ANCHORED);
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
            let margin = reading.arrangement.margins[index..=last]
                .iter()
                .copied()
                .fold(f32::INFINITY, f32::min);
            let confidence = if margin > 2.0 {
                sure::ANCHORED
            } else if margin > 0.5 {
                sure::LIKELY
            } else {
                sure::GUESSED
            };
            self.text(label, span, confidence);
            index = last + 1;
        }
    }

    fn text(&mut self, label: Label, span: Span, confidence: f32) {
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
            (None, _) => self.put(field, Value::Text(value), span, confidence),
            // a second place or publisher stands beside the first
            (Some(first), Some(divider)) if first != value => {
                self.put(field, Value::Text(format!("{first}{divider}{value}")), span, confidence)
            }
            (Some(first), _) if first == value => {}
            // a second container is the series of the first, or the other way round
            (Some(_), None)
                if field == Field::ContainerTitle && self.work.collection_title.is_none() =>
            {
                self.put(Field::CollectionTitle, Value::Text(value), span, sure::GUESSED)
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
        self.put(Field::Note, Value::Text(note), span, sure::GUESSED);
        self.doubt(
            Code::CitationLeftOver,
            Some(span),
            "this part belongs to no field that was recognised",
            "it is kept as a note",
        );
    }

    fn anchor(&mut self, element: &Element) {
        let text = |span: Span| span.of(self.lexed.text).unwrap_or("").to_owned();
        match &element.content {
            Content::Text | Content::Quoted | Content::Bracketed | Content::Medium => {}
            Content::Genre => {
                let value = text(element.span);
                self.genre(&value);
                self.put(Field::Genre, Value::Text(value), element.span, sure::LIKELY);
            }
            Content::In => self.signs.inside_a_book = true,
            Content::Date(typed) => self.date(element.span, typed, sure::ANCHORED),
            Content::Accessed(typed) => self.put(
                Field::Accessed,
                Value::Date(typed.date.clone()),
                element.span,
                sure::ANCHORED,
            ),
            Content::Numbering(numbering) => self.numbering(numbering),
            Content::Edition => {
                let value = text(element.span);
                let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
                let value = if digits.is_empty() { value } else { digits };
                self.put(Field::Edition, Value::Text(value), element.span, sure::ANCHORED);
            }
            Content::Editors(list) => {
                self.signs.inside_a_book |= self.work.container_title.is_some();
                if self.work.editor.is_empty() {
                    self.names(Field::Editor, list);
                }
            }
            Content::Translators(list) => self.names(Field::Translator, list),
            Content::Doi(doi) => {
                self.put(Field::Doi, Value::Text(doi.clone()), element.span, sure::IDENTIFIER)
            }
            Content::Url(url) => {
                if self.work.url.is_none() {
                    self.put(Field::Url, Value::Text(url.clone()), element.span, sure::IDENTIFIER);
                } else {
                    self.left_over(element.span);
                }
            }
            Content::Arxiv(number) => {
                self.signs.preprint = true;
                self.put(
                    Field::Archive,
                    Value::Text("arXiv".to_owned()),
                    element.span,
                    sure::IDENTIFIER,
                );
                self.put(
                    Field::ArchiveLocation,
                    Value::Text(number.clone()),
                    element.span,
                    sure::IDENTIFIER,
                );
            }
            Content::Isbn(isbn) => {
                self.put(Field::Isbn, Value::Text(isbn.clone()), element.span, sure::IDENTIFIER)
            }
            Content::Issn(issn) => {
                self.put(Field::Issn, Value::Text(issn.clone()), element.span, sure::IDENTIFIER)
            }
        }
    }

    fn numbering(&mut self, numbering: &Numbering) {
        let text = |span: Span| span.of(self.lexed.text).unwrap_or("").to_owned();
        self.signs.numbered |=
            numbering.volume.is_some() || numbering.issue.is_some() || numbering.month.is_some();
        for (field, span) in [
            (Field::Volume, numbering.volume),
            (Field::Issue, numbering.issue),
            (Field::NumberOfPages, numbering.number_of_pages),
        ] {
            if let Some(span) = span
                && self.work.text(field).is_none()
            {
                self.put(field, Value::Text(text(span)), span, sure::ANCHORED);
            }
        }
        if let Some(span) = numbering.pages
            && self.work.page.is_none()
            && let Ok(pages) = text(span).parse::<Pages>()
        {
            self.check_pages(&pages, span);
            self.put(Field::Page, Value::Pages(pages), span, sure::ANCHORED);
        }
        if let Some((span, typed)) = &numbering.date {
            self.date(*span, typed, sure::LIKELY);
        }
        if let Some((span, month)) = numbering.month {
            self.month(span, month);
        }
    }

    fn check_pages(&mut self, pages: &Pages, span: Span) {
        let backwards = pages.ranges().iter().any(|range| {
            let last = range.last.as_ref().and_then(|last| last.parse::<u64>().ok());
            let first = range.first.parse::<u64>().ok();
            // `263-91` is a shortened 291
            matches!((first, last, &range.last), (Some(first), Some(last), Some(text)) if last < first && text.len() >= range.first.len())
        });
        if backwards {
            self.doubt(
                Code::CitationPagesBackwards,
                Some(span),
                "the last page comes before the first",
                "both are kept as typed",
            );
        }
    }

    /// A month of issue makes the year more exact.
    fn month(&mut self, span: Span, month: u8) {
        if let Some(Date { form: DateForm::Point(point), circa, uncertain }) =
            self.work.issued.clone()
            && point.get_month().is_none()
            && point.get_season().is_none()
            && let Ok(point) = PartialDate::month(point.get_year(), month)
        {
            self.work.issued = Some(Date { form: DateForm::Point(point), circa, uncertain });
            let spans = self.joined.source(span);
            if let Some(evidence) =
                self.evidence.fields.iter_mut().find(|e| e.field == Field::Issued)
            {
                evidence.spans.extend(spans);
            }
        }
    }

    fn date(&mut self, span: Span, typed: &TypedDate, confidence: f32) {
        let real = crate::grammar::date::is_real(&typed.date);
        match &self.work.issued {
            None => self.put(Field::Issued, Value::Date(typed.date.clone()), span, confidence),
            Some(known)
                if real
                    && (!crate::grammar::date::is_real(known) || is_finer(known, &typed.date)) =>
            {
                self.evidence.fields.retain(|e| e.field != Field::Issued);
                self.put(Field::Issued, Value::Date(typed.date.clone()), span, confidence);
            }
            Some(_) => {}
        }
        if let Some(suffix) = typed.suffix
            && self.work.text(Field::YearSuffix).is_none()
        {
            self.put(Field::YearSuffix, Value::Text(suffix.to_string()), span, confidence);
        }
    }

    fn names(&mut self, field: Field, list: &NameList) {
        let confidence = if list.likeness >= 0.9 {
            sure::ANCHORED
        } else if list.likeness >= 0.5 {
            sure::LIKELY
        } else {
            sure::GUESSED
        };
        if self.work.set(field, Value::Names(list.to_names())).is_err() {
            return;
        }
        for (index, typed) in list.names.iter().enumerate() {
            let spans = self.joined.source(typed.span);
            self.evidence.fields.push(FieldEvidence::new(
                field,
                index,
                spans,
                Confidence::new(confidence),
            ));
        }
        if list.likeness < 0.4
            && let Some(first) = list.names.first()
        {
            self.doubt(
                Code::CitationNameDoubtful,
                Some(first.span),
                "this may be no name",
                "it is taken for the author",
            );
        }
    }

    fn put(&mut self, field: Field, value: Value, span: Span, confidence: f32) {
        if self.work.set(field, value).is_ok() {
            let spans = self.joined.source(span);
            match self.evidence.fields.iter_mut().find(|e| e.field == field && e.index == 0) {
                Some(known) => {
                    known.spans.extend(spans);
                    known.confidence = Confidence::new(confidence.min(known.confidence.get()));
                }
                None => self.evidence.fields.push(FieldEvidence::new(
                    field,
                    0,
                    spans,
                    Confidence::new(confidence),
                )),
            }
        }
    }

    fn doubt(&mut self, code: Code, span: Option<Span>, message: &str, assumed: &str) {
        let spans = span.map(|span| self.joined.source(span)).unwrap_or_default();
        let span = match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => Some(Span::new(first.start, last.end)),
            _ => None,
        };
        self.evidence.doubts.push(Diagnostic::new(code, span, message).assumed(assumed));
    }

    /// `span` without the marks and spaces at its ends that belong to the citation's style.
    fn trim(&self, span: Span) -> Span {
        let text = span.of(self.lexed.text).unwrap_or("");
        let marks =
            |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '*' | '|' | '_' | '=');
        let start = text.len() - text.trim_start_matches(|c| marks(c) || c == '.').len();
        let mut inner = text[start..].trim_end_matches(marks);
        // the stop of an abbreviation stays where it stood inside the element
        if let Some(bare) = inner.strip_suffix('.')
            && !bare.ends_with(|c: char| c.is_uppercase())
        {
            inner = bare;
        }
        for (open, close) in [('(', ')'), ('[', ']')] {
            let opened = inner.matches(open).count();
            let closed = inner.matches(close).count();
            if inner.starts_with(open) && opened > closed {
                let from = start + open.len_utf8();
                return Span::new(span.start + from, span.start + start + inner.len());
            }
            if inner.ends_with(close) && closed > opened {
                inner = &inner[..inner.len() - close.len_utf8()];
            }
        }
        Span::new(span.start + start, span.start + start + inner.len())
    }

    fn finish(mut self) -> Work {
        if self.work.title.is_none() {
            self.without_title();
        }
        self.work.language = self.work.title.as_deref().and_then(language_of).map(str::to_owned);
        if self.work.language.is_some() {
            // inferred: it has no place in the text
            self.evidence.fields.push(FieldEvidence::new(
                Field::Language,
                0,
                Vec::new(),
                Confidence::new(sure::LIKELY),
            ));
        }
        if self.evidence.doubts.iter().all(|d| d.code != Code::CitationNotUnderstood) {
            self.work.kind = kind_of(&self.work, self.signs);
            self.renumber();
            self.missing();
        }
        let worst = self.evidence.fields.iter().map(|e| e.confidence.get()).fold(1.0, f32::min);
        self.evidence.confidence =
            Confidence::new(if self.evidence.fields.is_empty() { 0.0 } else { worst });
        self.work.evidence = Some(Box::new(self.evidence));
        self.work
    }

    /// A container without a title is the title, unless numbers say that the style gives none.
    fn without_title(&mut self) {
        if self.signs.numbered || self.signs.inside_a_book {
            return;
        }
        for (field, value) in [
            (Field::ContainerTitle, self.work.container_title.clone()),
            (Field::Publisher, self.work.publisher.clone()),
        ] {
            if let Some(value) = value {
                self.work.clear(field);
                if let Some(known) = self.evidence.fields.iter_mut().find(|e| e.field == field) {
                    known.field = Field::Title;
                }
                self.work.title = Some(value);
                return;
            }
        }
    }

    /// A number behind a report is the report's own, not an issue.
    fn renumber(&mut self) {
        let work = &mut self.work;
        if work.kind == Kind::Report
            && work.container_title.is_none()
            && work.number.is_none()
            && work.volume.is_none()
            && let Some(issue) = work.issue.take()
        {
            work.number = Some(issue);
            if let Some(known) = self.evidence.fields.iter_mut().find(|e| e.field == Field::Issue) {
                known.field = Field::Number;
            }
        }
    }

    fn missing(&mut self) {
        let whole = Some(Span::new(0, self.lexed.text.len()));
        if self.work.title.is_none() {
            self.doubt(Code::CitationNoTitle, whole, "no title was found", "the work has none");
        }
        if self.work.issued.is_none() {
            self.doubt(Code::CitationNoYear, whole, "no year was found", "the work is undated");
        }
        if self.work.author.is_empty()
            && self.work.editor.is_empty()
            && self.work.translator.is_empty()
        {
            self.doubt(
                Code::CitationNoAuthor,
                whole,
                "no author was found",
                "the work is anonymous",
            );
        }
    }
}

/// Whether `new` says the month or day of the year that `known` says.
fn is_finer(known: &Date, new: &Date) -> bool {
    match (&known.form, &new.form) {
        (DateForm::Point(known), DateForm::Point(new)) => {
            known.get_year() == new.get_year()
                && known.get_month().is_none()
                && known.get_season().is_none()
                && (new.get_month().is_some() || new.get_season().is_some())
        }
        _ => false,
    }
}
