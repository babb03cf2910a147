//! The last look at a work: its kind, its language, what is missing.

use super::{Assembly, Found};
use crate::citation::confidence::of_work;
use crate::citation::kind::{Container, classes_in, is_journal, is_newspaper, kind_of};
use crate::diagnostic::Code;
use crate::lexicon::{Class, language_of};
use crate::span::Span;
use crate::work::{Field, Kind, Value, Work};

impl Assembly<'_, '_> {
    pub(super) fn finish(mut self) -> Work {
        self.finer_date();
        self.collaborations();
        self.body_as_container();
        self.linked();
        if !self.is_understood() {
            self.nothing();
        } else if self.work.title.is_none() {
            self.without_title();
        }
        self.work.language = self.work.title.as_deref().and_then(language_of).map(str::to_owned);
        if self.work.language.is_some() {
            // inferred: it has no place in the text
            self.found.push(Found {
                field: Field::Language,
                index: 0,
                spans: Vec::new(),
                share: 1.0,
            });
        }
        if self.evidence.doubts.iter().all(|d| d.code != Code::CitationNotUnderstood) {
            self.work.kind = kind_of(&self.work, self.signs);
            self.renumber();
            self.missing();
        }
        self.evidence.fields = self.found.into_iter().map(Found::evidence).collect();
        if !self.evidence.fields.is_empty() {
            self.evidence.confidence = of_work(&self.evidence.fields);
        }
        self.work.evidence = Some(Box::new(self.evidence));
        self.work
    }

    /// Whether more was found than words that may be anything.
    fn is_understood(&self) -> bool {
        // `zzyzx` alone is no author
        let begins_small = self.lexed.text.starts_with(char::is_lowercase);
        self.found.iter().any(|found| {
            let anything = matches!(
                found.field,
                Field::Note
                    | Field::Medium
                    | Field::Genre
                    | Field::Number
                    | Field::Publisher
                    | Field::PublisherPlace
                    | Field::CollectionTitle
                    | Field::Edition
                    | Field::Volume
                    | Field::Issue
                    | Field::Page
            );
            !(anything || begins_small && found.field == Field::Author)
        })
    }

    /// Where nothing is understood, the line is the title.
    fn nothing(&mut self) {
        let span = Span::new(0, self.lexed.text.len());
        if self.lexed.text.is_empty() {
            return;
        }
        self.work = Work::default();
        self.found.clear();
        self.evidence.doubts.clear();
        self.put(Field::Title, Value::Text(self.lexed.text.to_owned()), span, 0.0);
        self.doubt(
            Code::CitationNotUnderstood,
            Some(span),
            "nothing was understood of this citation",
            "the whole line is the title",
        );
    }

    /// A container without a title is the title, unless numbers say that the style gives none:
    /// `NJW 1998, 2417`. A volume alone does not, since books have them.
    pub(super) fn without_title(&mut self) {
        let work = &self.work;
        let journal = work.container_title.as_deref().is_some_and(is_journal);
        let imprint = work.publisher.is_some() || work.publisher_place.is_some();
        let dated = work.issued.is_some() && !imprint;
        // `The Times, London, 4 May 1923, p. 3`
        let newspaper = work.container_title.as_deref().is_some_and(|container| {
            let container = Container::of(container);
            container.newspaper && is_newspaper(work, self.signs, container)
        });
        let article = newspaper
            || work.page.is_some() && (self.signs.numbered || dated)
            || work.issue.is_some()
            || journal && (self.signs.numbered || dated);
        let article = article && work.edition.is_none();
        if self.signs.inside_a_book || self.signs.shelved.is_some() || article {
            return;
        }
        for (field, value) in [
            (Field::ContainerTitle, self.work.container_title.clone()),
            (Field::Publisher, self.work.publisher.clone()),
        ] {
            if let Some(value) = value {
                self.work.clear(field);
                if let Some(known) = self.found.iter_mut().find(|e| e.field == field) {
                    known.field = Field::Title;
                }
                self.work.title = Some(value);
                return;
            }
        }
    }

    /// A body that a work alone on the web is said to stand in is its publisher: `African Policing
    /// Forum` with an address, but no volume, no pages and no editors.
    fn body_as_container(&mut self) {
        let work = &self.work;
        let alone = !self.signs.numbered
            && !self.signs.inside_a_book
            && work.publisher.is_none()
            && work.page.is_none()
            && work.editor.is_empty();
        if !alone {
            return;
        }
        let Some(container) = self.work.container_title.take() else { return };
        let classes = classes_in(&container);
        if !classes.has(Class::Body) || classes.has(Class::Journal) {
            self.work.container_title = Some(container);
        } else {
            self.work.publisher = Some(container);
            for found in &mut self.found {
                if found.field == Field::ContainerTitle {
                    found.field = Field::Publisher;
                }
            }
        }
    }

    /// A number behind a report is the report's own, not an issue.
    pub(super) fn renumber(&mut self) {
        let work = &mut self.work;
        if work.kind == Kind::Report
            && work.container_title.is_none()
            && work.number.is_none()
            && work.volume.is_none()
            && let Some(issue) = work.issue.take()
        {
            work.number = Some(issue);
            if let Some(known) = self.found.iter_mut().find(|e| e.field == Field::Issue) {
                known.field = Field::Number;
            }
        }
    }

    pub(super) fn missing(&mut self) {
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
