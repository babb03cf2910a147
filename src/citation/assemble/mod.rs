//! From labelled stretches to a [`Work`]: values, their places, what is doubted.

mod date;
mod finish;
mod linked;
mod number;
mod people;
mod record;
mod role;
mod shelved;
mod value;

use super::anchor::{Anchor, covers};
use super::archive::shelved;
use super::confidence::share;
use super::genre::kind_said;
use super::kind::Signs;
use super::stretch::{DOUBTFUL, Stretch, is_of_a_volume};
use crate::diagnostic::Code;
use crate::grammar::identifier::{Identifier, arxiv_number};
use crate::label::Label;
use crate::lex::Lexed;
use crate::lexicon::{Class, lexicon, sites_in};
use crate::span::Span;
use crate::text::Joined;
use crate::work::{Confidence, Evidence, Field, FieldEvidence, Value, ValueRef, Work, doi_in};
use value::{mended, spaced_colons, without_spaces};

/// The work that the stretches of a text describe.
pub(crate) fn assemble(
    lexed: &Lexed,
    anchors: &[Anchor],
    stretches: &[Stretch],
    joined: &Joined,
    source: &str,
) -> Work {
    let places = joined.source(Span::new(0, lexed.text.len()));
    let whole =
        Span::new(places.first().map_or(0, |s| s.start), places.last().map_or(0, |s| s.end));
    let read = &stretches[..stretches.len().min(STRETCHES)];
    let mut assembly = Assembly {
        lexed,
        joined,
        work: Work::default(),
        evidence: Evidence::new(whole.of(source).unwrap_or(""), whole.start, Confidence::new(0.0)),
        found: Vec::with_capacity(read.len()),
        signs: Signs::default(),
        loose: None,
    };
    assembly.signs.preprint = anchors.iter().any(|a| matches!(a.identifier, Identifier::Arxiv(_)));
    let sites = sites_in(lexed.text);
    assembly.signs.said = kind_said(lexed, read, sites);
    let shelved = shelved(lexed, read, sites);
    if let Some(shelved) = &shelved {
        assembly.shelved(shelved);
    }
    for (index, stretch) in read.iter().enumerate() {
        // what an anchor covers is the anchor's
        let identifier = matches!(stretch.label, Label::Doi | Label::Arxiv | Label::Isbn);
        let elsewhere = shelved.filter(|shelved| shelved.has(stretch));
        if let Some(shelved) = elsewhere
            && shelved.end() < stretch.span.end
        {
            let rest = Span::new(shelved.end(), stretch.span.end);
            assembly.left_over(assembly.trim(rest));
        }
        if elsewhere.is_some() || identifier && covers(anchors, stretch.span) {
            continue;
        }
        let span = shelved.map_or(stretch.span, |shelved| shelved.without(stretch.span));
        assembly.stretch(&Stretch { span, ..*stretch }, &read[..index], &read[index + 1..]);
    }
    // what was not labelled, or is too much for one citation
    let end = read.last().map_or(0, |last| last.span.end);
    let unread = Span::new(end, lexed.text.len());
    if stretches.len() > read.len() || lexed.text[end..].contains(char::is_alphanumeric) {
        assembly.left_over(assembly.trim(unread));
    }
    let anchors = &anchors[..anchors.partition_point(|anchor| anchor.span.start < end)];
    for anchor in anchors {
        assembly.anchor(anchor);
    }
    assembly.finish()
}

/// How many stretches a citation has at most; what stands behind is one remark. Values look at
/// one another, so that a line of a thousand citations would take their square.
const STRETCHES: usize = 400;

/// Words between fields are kept if so many of them say nothing that fields say.
const SENTENCE: usize = 3;

struct Assembly<'a, 'b> {
    lexed: &'b Lexed<'a>,
    joined: &'b Joined,
    work: Work,
    evidence: Evidence,
    found: Vec<Found>,
    signs: Signs,
    /// A day or month that stands apart from its year.
    loose: Option<Span>,
}

/// Where a value stood, and the share of its label there.
struct Found {
    field: Field,
    index: usize,
    spans: Vec<Span>,
    share: f32,
}

impl Found {
    fn evidence(self) -> FieldEvidence {
        FieldEvidence::new(self.field, self.index, self.spans, share(self.field, self.share))
    }
}

impl Assembly<'_, '_> {
    /// The values of one stretch, between those `before` and `behind` it.
    fn stretch(&mut self, stretch: &Stretch, before: &[Stretch], behind: &[Stretch]) {
        let span = stretch.span;
        let share = stretch.share;
        match stretch.label {
            Label::Other => self.other(stretch, before, behind),
            Label::Author | Label::Editor | Label::Translator => {
                self.persons(stretch, before, behind);
            }
            Label::Title if self.work.title.is_some() && is_of_a_volume(stretch, before) => {
                self.text(Field::VolumeTitle, span, share);
            }
            Label::Title => self.text(Field::Title, span, share),
            Label::ContainerTitle => self.container(span, share),
            Label::CollectionTitle => self.series(span, share),
            Label::Publisher => self.publisher(span, share),
            Label::Place => self.text(Field::PublisherPlace, span, share),
            Label::Medium => self.text(Field::Medium, span, share),
            Label::Number => self.text(Field::Number, span, share),
            Label::Genre => {
                let (thesis, report) = self.genre(self.of(span));
                self.signs.thesis |= thesis;
                self.signs.report |= report;
                self.text(Field::Genre, span, share);
            }
            Label::Note => self.note(self.with_its_word(span, before), share),
            Label::Date => self.date(span, share),
            Label::Accessed => self.accessed(span, share),
            Label::Volume => self.volume(span, share, &[before, behind]),
            Label::Issue => self.issue(span, share),
            Label::Pages => self.pages(span, share),
            Label::Edition => self.edition(span, share),
            Label::Doi => self.doi(span, share),
            Label::Url => self.url(span, share),
            Label::Arxiv | Label::Isbn => self.identifier(stretch),
            Label::CitationNumber => {}
        }
        let field = !matches!(stretch.label, Label::Other | Label::Note | Label::CitationNumber);
        if field && share < DOUBTFUL {
            let second = stretch.second.described();
            let taken = stretch.label.described();
            self.doubt(
                Code::CitationAmbiguous,
                Some(span),
                format!("this may be {second}"),
                format!("it is taken for {taken}"),
            );
        }
    }

    /// The text at a span.
    fn of(&self, span: Span) -> &str {
        span.of(self.lexed.text).unwrap_or("")
    }

    fn text(&mut self, field: Field, span: Span, share: f32) {
        let span = self.trim(span);
        let value = mended(spaced_colons(self.of(span)));
        if value.is_empty() {
            return;
        }
        match self.work.text(field) {
            None => self.put(field, Value::Text(value), span, share),
            Some(first) if first.eq_ignore_ascii_case(&value) => {}
            // `Ohrid: University; Skopje: Faculty`: a second imprint
            Some(first)
                if matches!(field, Field::Publisher | Field::PublisherPlace)
                    && self.is_second_imprint(span) =>
            {
                let both = format!("{first}; {value}");
                self.put(field, Value::Text(both), span, share);
            }
            // a second container is the series of the first
            Some(_) if field == Field::ContainerTitle && self.work.collection_title.is_none() => {
                self.put(Field::CollectionTitle, Value::Text(value), span, share / 2.0);
            }
            Some(_) => self.left_over(span),
        }
    }

    /// A publisher; in `University; Skopje: Faculty` there are two, and the second's place.
    fn publisher(&mut self, span: Span, share: f32) {
        let text = self.of(span);
        let semicolon = text.contains(';').then(|| text.find("; ")).flatten();
        let second = semicolon.and_then(|semicolon| {
            let colon = semicolon + text[semicolon..].find(": ")?;
            let place = &text[semicolon + 2..colon];
            let words = place.split(' ').count();
            let name = words <= 3 && !place.contains(|c: char| c.is_numeric() || c == ',');
            name.then_some((semicolon, colon))
        });
        let Some((semicolon, colon)) = second else {
            return self.text(Field::Publisher, span, share);
        };
        let part = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
        let end = text.len();
        self.text(Field::Publisher, part(0, semicolon), share);
        self.text(Field::PublisherPlace, part(semicolon + 2, colon), share);
        self.text(Field::Publisher, part(colon + 2, end), share);
    }

    /// Whether a semicolon stands before a place, or before the place of a publisher.
    fn is_second_imprint(&self, span: Span) -> bool {
        let before = &self.lexed.text[..span.start];
        match before.trim_end().chars().next_back() {
            Some(';') => true,
            Some(':') => before.rfind(';').is_some_and(|at| {
                let place = &before[at + 1..];
                place.len() < 40 && !place.contains(|c: char| c.is_numeric() || c == '.')
            }),
            _ => false,
        }
    }

    fn genre(&self, text: &str) -> (bool, bool) {
        let says = |class| {
            text.split(|c: char| !c.is_alphanumeric())
                .any(|word| !word.is_empty() && lexicon().classes(word).has(class))
        };
        (says(Class::Thesis), says(Class::Report))
    }

    /// The span of a remark. A number alone says nothing: the word before it belongs to it
    /// (`hier S. 354`, `Rn. 4`).
    fn with_its_word(&self, span: Span, before: &[Stretch]) -> Span {
        let word = before.last().filter(|word| {
            let tokens = self.lexed.index_at(span.start) - self.lexed.index_at(word.span.start);
            word.label == Label::Other
                && tokens <= 4
                && !self.of(span).contains(char::is_alphabetic)
                && self.of(word.span).contains(char::is_alphabetic)
        });
        self.trim(Span::new(word.map_or(span.start, |word| word.span.start), span.end))
    }

    /// A remark; `240 p.` says how many pages there are.
    fn note(&mut self, span: Span, share: f32) {
        if self.counts_pages(span) {
            self.number_of_pages(span, share);
        } else if share < DOUBTFUL {
            self.left_over(span);
        } else {
            self.remark(span, share);
        }
    }

    /// Words between the fields (`In`, `eds.`, `vol.`) are said by the fields; some tell the kind.
    /// A sentence between them that no list knows is kept.
    fn other(&mut self, stretch: &Stretch, before: &[Stretch], behind: &[Stretch]) {
        let tokens = self.lexed.index_at(stretch.span.start)..self.lexed.index_at(stretch.span.end);
        let next = behind.first().map(|next| next.label);
        if matches!(next, Some(Label::ContainerTitle | Label::Editor | Label::Author))
            && !before.is_empty()
            && tokens.clone().any(|token| self.lexed.has(token, Class::Container))
        {
            self.signs.inside_a_book = true;
        }
        let named = |label| !matches!(label, Label::Other | Label::CitationNumber);
        if before.iter().any(|stretch| named(stretch.label)) {
            let unknown = tokens.clone().filter(|&token| self.lexed.is_unknown(token)).count();
            let named = |at: usize| {
                let behind = |class| self.lexed.phrase(at, class).unwrap_or(tokens.end);
                let first = behind(Class::Contributor).min(behind(Class::Reviewed));
                (first..tokens.end).any(|token| self.lexed.is_unknown(token))
            };
            if unknown >= SENTENCE || unknown > 0 && tokens.clone().any(named) {
                self.left_over(self.trim(stretch.span));
            }
        }
    }

    fn doi(&mut self, span: Span, share: f32) {
        let text = without_spaces(self.of(span));
        match doi_in(&text) {
            Some(doi) => {
                let doi = without_open_bracket(doi).to_owned();
                self.first(Field::Doi, Value::Text(doi), span, share);
            }
            None => self.left_over(span),
        }
    }

    fn url(&mut self, span: Span, share: f32) {
        let text = without_spaces(self.of(span));
        if text.is_empty() {
            return;
        }
        match doi_in(&text) {
            Some(doi) => {
                let doi = without_open_bracket(doi).to_owned();
                self.first(Field::Doi, Value::Text(doi), span, share);
            }
            None => self.first(Field::Url, Value::Text(text.into_owned()), span, share),
        }
    }

    /// A number that the labeller takes for one of the arXiv or of another register, where no
    /// grammar was sure of it.
    fn identifier(&mut self, stretch: &Stretch) {
        let text = stretch.span.of(self.lexed.text).unwrap_or("");
        let value = without_spaces(text);
        let bare = value.trim_start_matches("arXiv:");
        if stretch.label == Label::Arxiv && arxiv_number(bare).is_ok() {
            self.signs.preprint = true;
            self.arxiv(bare.to_owned(), stretch.span, stretch.span, stretch.share);
        } else {
            let field = match value.chars().filter(char::is_ascii_alphanumeric).count() {
                8 if value.contains('-') => Field::Issn,
                10 | 13 => Field::Isbn,
                _ => Field::Number,
            };
            self.first(field, Value::Text(value.into_owned()), stretch.span, stretch.share);
        }
    }

    fn arxiv(&mut self, number: String, span: Span, whole: Span, share: f32) {
        let archive = Value::Text("arXiv".to_owned());
        self.first(Field::Archive, archive, whole, share);
        self.first(Field::ArchiveLocation, Value::Text(number), span, share);
    }

    fn anchor(&mut self, anchor: &Anchor) {
        let (field, value) = match anchor.identifier {
            Identifier::Arxiv(number) => {
                return self.arxiv(number.to_owned(), anchor.span, anchor.span, 1.0);
            }
            Identifier::Doi(value) => (Field::Doi, value),
            Identifier::Isbn(value) => (Field::Isbn, value),
            Identifier::Issn(value) => (Field::Issn, value),
            Identifier::Pmid(value) => (Field::Pmid, value),
            Identifier::Pmcid(value) => (Field::Pmcid, value),
        };
        self.first(field, Value::Text(without_open_bracket(value).to_owned()), anchor.span, 1.0);
    }

    /// Sets a field that has no value yet; another value than the one it has is left over.
    fn first(&mut self, field: Field, value: Value, span: Span, share: f32) {
        let same = match (self.work.get(field), &value) {
            (None, _) => return self.put(field, value, span, share),
            (Some(ValueRef::Text(known)), Value::Text(new)) => known.eq_ignore_ascii_case(new),
            (Some(ValueRef::Date(known)), Value::Date(new)) => known == new,
            (Some(ValueRef::Pages(known)), Value::Pages(new)) => known == new,
            _ => false,
        };
        if !same {
            self.left_over(span);
        }
    }

    /// Adds to the note.
    fn remark(&mut self, span: Span, share: f32) {
        let text = self.of(span);
        if text.is_empty() {
            return;
        }
        let note = match &self.work.note {
            Some(note) => format!("{note}; {text}"),
            None => text.to_owned(),
        };
        self.put(Field::Note, Value::Text(note), span, share);
    }

    /// Keeps what belongs to no field, and says so.
    fn left_over(&mut self, span: Span) {
        self.remark(span, 0.0);
        if !span.is_empty() {
            self.doubt(
                Code::CitationLeftOver,
                Some(span),
                "this part belongs to no field that was recognised",
                "it is kept as a note",
            );
        }
    }
}

/// An identifier up to a square bracket that it does not close: `10.1000/182[arXiv`.
fn without_open_bracket(identifier: &str) -> &str {
    match identifier.find('[') {
        Some(at) if !identifier[at..].contains(']') => &identifier[..at],
        _ => identifier,
    }
}
