//! What a citation stands for, where it leans on an earlier one: the names that a dash takes the
//! place of, the work that `Ibid.` means. Takes the works before from a [`Memory`].

use super::echo::{Echo, goes_on_as_a_name, is_person};
use super::memory::{Known, Memory};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::name::names_in;
use crate::lex::Lexed;
use crate::lexicon::{Class, lexicon};
use crate::span::Span;
use crate::text::Joined;
use crate::work::{Confidence, Field, FieldEvidence, Name, Names, Value, ValueRef, Work};

/// What came of a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A work of its own.
    Own,
    /// A work of its own, whose author is not known.
    Nameless,
    /// The same as a work before; its place in the memory.
    Same(usize),
    /// Some work before, nobody knows which.
    Unknown,
}

/// A citation that was read, and what it says of those before.
pub(super) struct Reading<'a> {
    pub(super) work: &'a mut Work,
    pub(super) joined: &'a Joined,
    /// What its first word says.
    pub(super) beginning: Option<Echo>,
    /// What is cited by a word for it.
    pub(super) cited: Option<Echo>,
    /// Whether another reference stands before it on its line.
    pub(super) continues: bool,
}

impl Reading<'_> {
    /// Puts in what the citation takes from those before.
    pub(super) fn resolve(&mut self, memory: &Memory) -> Outcome {
        let outcome = match self.beginning {
            Some(Echo::Work { span }) if !self.says_more(span) => return self.same(span, memory),
            Some(Echo::Person { span }) if self.is_the_same_person(span) => {
                if !self.says_more(span) && self.cited.is_none() {
                    return self.same(span, memory);
                }
                self.persons(span, None, memory)
            }
            Some(Echo::Dashes { span, count }) if self.are_names(span) => {
                self.persons(span, Some(count), memory)
            }
            _ => {
                if self.continues && self.is_bare() {
                    self.persons_of_the_line(memory);
                }
                Outcome::Own
            }
        };
        self.persons_inside();
        match self.cited {
            Some(Echo::Cited { span }) if !self.is_whole() => self.cited(span, memory),
            _ => outcome,
        }
    }

    fn text(&self, span: Span) -> &str {
        span.of(self.joined.text()).unwrap_or("")
    }

    fn behind(&self, span: Span) -> &str {
        self.joined.text().get(span.end..).unwrap_or("")
    }

    /// The place in the source of a stretch of the clean text.
    fn place(&self, span: Span) -> Option<Span> {
        let spans = self.joined.source(span);
        Some(Span::new(spans.first()?.start, spans.last()?.end))
    }

    /// Whether a value of a field lies over `span`.
    fn lies_over(&self, field: Field, index: usize, span: Span) -> bool {
        let (Some(place), Some(evidence)) = (self.place(span), &self.work.evidence) else {
            return false;
        };
        let found = evidence.of(field, index);
        found.is_some_and(|found| {
            found.spans.iter().any(|s| s.start < place.end && place.start < s.end)
        })
    }

    /// How the name number `index` of a field is typed.
    fn typed(&self, field: Field, index: usize) -> Option<&str> {
        let evidence = self.work.evidence.as_ref()?;
        evidence.text(*evidence.of(field, index)?.spans.first()?)
    }

    /// Whether the citation names a title, a container or a date beside the word at `span`.
    fn says_more(&self, span: Span) -> bool {
        let work = &*self.work;
        work.title.is_some() && !self.lies_over(Field::Title, 0, span)
            || work.container_title.is_some() && !self.lies_over(Field::ContainerTitle, 0, span)
            || work.issued.is_some()
    }

    /// Whether nothing of a reference is missing that `op. cit.` would have to give.
    fn is_whole(&self) -> bool {
        let work = &*self.work;
        work.issued.is_some()
            || work.container_title.is_some()
            || work.publisher.is_some()
            || !work.editor.is_empty()
    }

    /// `Dies, K.` is somebody's name.
    fn is_the_same_person(&self, span: Span) -> bool {
        [Field::Author, Field::Editor].into_iter().all(|field| {
            !self.lies_over(field, 0, span) || self.typed(field, 0).is_some_and(is_person)
        })
    }

    /// Dashes without a mark behind them may be a list's own.
    fn are_names(&self, span: Span) -> bool {
        goes_on_as_a_name(self.behind(span)) || self.work.author.is_empty()
    }

    /// The names that a word or dashes at the beginning stand for.
    fn persons(&mut self, span: Span, count: Option<usize>, memory: &Memory) -> Outcome {
        let field = if self.lies_over(Field::Editor, 0, span) || self.is_an_editor(span) {
            Field::Editor
        } else {
            Field::Author
        };
        let Some(known) = memory.last().filter(|known| !known.names().is_empty()) else {
            self.unresolved(span, "an author");
            return Outcome::Nameless;
        };
        let own = self.lies_over(field, 0, span);
        let more = self.names(field).len() > usize::from(own);
        let mut names = known.names().clone();
        // one dash stands for all the names, or for the first where others follow
        if more || count.is_some_and(|count| count > 1) {
            names.list.truncate(count.unwrap_or(1));
            names.others = false;
        }
        let who = self.put_first(field, names, own, known.confidence);
        self.settle(span, &[Code::CitationNoAuthor]);
        let word = self.text(span).to_owned();
        self.taken(span, format!("`{word}` stands for names of the citation before"), who);
        Outcome::Own
    }

    /// Whether the citation names nobody and no title: `Phys. Rev. 12 (1999) 345`.
    fn is_bare(&self) -> bool {
        let work = &*self.work;
        work.author.is_empty() && work.editor.is_empty() && work.title.is_none()
    }

    /// The names of the reference before on the line.
    fn persons_of_the_line(&mut self, memory: &Memory) {
        let Some(known) = memory.last().filter(|known| !known.names().is_empty()) else { return };
        let whole = Span::new(0, self.joined.text().len());
        let who = self.put_first(Field::Author, known.names().clone(), false, known.confidence);
        self.settle(Span::new(0, 0), &[Code::CitationNoAuthor]);
        self.taken(whole, "the line names its author before".to_owned(), who);
    }

    fn is_an_editor(&self, span: Span) -> bool {
        let rest = self.behind(span).trim_start_matches([' ', ',', '.', '(', '[']);
        self.work.author.is_empty()
            && self.work.editor.is_empty()
            && lexicon().phrase(rest, Class::EditorAfter).is_some()
    }

    fn names(&self, field: Field) -> Names {
        match self.work.get(field) {
            Some(ValueRef::Names(names)) => names.clone(),
            _ => Names::default(),
        }
    }

    /// Puts names before those of a field, in place of its first where `own` says that this is
    /// the word for them. The names in words, for a doubt.
    fn put_first(
        &mut self,
        field: Field,
        mut names: Names,
        own: bool,
        confidence: Confidence,
    ) -> String {
        let who = names.list.iter().map(Name::to_string).collect::<Vec<_>>().join("; ");
        let who = format!("it means {who}");
        let count = names.list.len();
        let mut old = self.names(field);
        let gone = usize::from(own).min(old.list.len());
        names.list.extend(old.list.drain(gone..));
        names.others |= old.others;
        if self.work.set(field, Value::Names(names)).is_ok()
            && let Some(evidence) = &mut self.work.evidence
        {
            evidence.fields.retain(|found| found.field != field || found.index >= gone);
            for found in evidence.fields.iter_mut().filter(|found| found.field == field) {
                found.index = found.index + count - gone;
            }
            // inferred: they have no place in the text
            let inferred =
                (0..count).map(|index| FieldEvidence::new(field, index, Vec::new(), confidence));
            evidence.fields.extend(inferred);
        }
        who
    }

    /// `in: ders. (Hrsg.)`: the author of the work edited, or wrote, what it stands in.
    fn persons_inside(&mut self) {
        let Some(last) = self.work.author.len().checked_sub(1) else { return };
        let inside = [Field::Editor, Field::ContainerAuthor]
            .into_iter()
            .find(|&field| self.typed(field, 0).is_some_and(is_person));
        let among =
            inside.is_none() && last > 0 && self.typed(Field::Author, last).is_some_and(is_person);
        if inside.is_none() && !among {
            return;
        }
        let mut author = self.work.author.clone();
        let confidence = self
            .work
            .evidence
            .as_ref()
            .and_then(|evidence| evidence.of(Field::Author, 0))
            .map_or(Confidence::new(0.0), |found| found.confidence);
        if let Some(field) = inside {
            let who = self.put_first(field, author, true, confidence);
            self.inside(who);
        } else {
            author.list.pop();
            if let Some(evidence) = &mut self.work.evidence {
                evidence.fields.retain(|f| f.field != Field::Author || f.index != last);
            }
            self.work.author = author.clone();
            let who = self.put_first(Field::ContainerAuthor, author, false, confidence);
            self.inside(who);
        }
    }

    fn inside(&mut self, who: String) {
        let doubt = Diagnostic::new(
            Code::CitationAntecedent,
            None,
            "a word for the same person stands before the book",
        );
        self.say(doubt.assumed(who));
    }

    /// `Ibid.`: the whole of the work before.
    fn same(&mut self, span: Span, memory: &Memory) -> Outcome {
        match memory.last() {
            Some(known) => {
                self.become_the(known, span);
                Outcome::Same(memory.last_place())
            }
            None => {
                self.unresolved(span, "a work");
                Outcome::Unknown
            }
        }
    }

    /// `Roe, op. cit.`: the last work of that author, or the one with the title given.
    fn cited(&mut self, span: Span, memory: &Memory) -> Outcome {
        let (name, title) = self.cited_as(span);
        let found = name.and_then(|name| match title {
            Some(title) => memory.find(&name, &title),
            // what stands between may be its title, or a volume
            None => memory.find(&name, self.between(span)).or_else(|| memory.find(&name, "")),
        });
        match found {
            Some((place, known)) => {
                self.become_the(known, span);
                Outcome::Same(place)
            }
            None => {
                self.unresolved(span, "a work");
                Outcome::Unknown
            }
        }
    }

    /// What stands between the author and `op. cit.`
    fn between(&self, span: Span) -> &str {
        let text = self.joined.text().get(..span.start).unwrap_or("");
        text.split_once(',').map_or("", |(_, behind)| behind)
    }

    /// The author and the short title before `op. cit.`
    fn cited_as(&self, span: Span) -> (Option<Name>, Option<String>) {
        let title = self.work.title.clone();
        match self.work.author.first() {
            // `Roe, Harbour watch` was taken for a body
            Some(Name::Literal(both)) if title.is_none() && both.contains(", ") => {
                let name = both.split(", ").next().unwrap_or(both);
                (Some(Name::person(name, "")), None)
            }
            Some(name) => (Some(name.clone()), title),
            None => {
                let before = self.joined.text().get(..span.start).unwrap_or("");
                let (name, rest) = before.split_once(',').unwrap_or((before, ""));
                let lexed = Lexed::new(name.trim());
                let name =
                    names_in(&lexed).and_then(|list| list.parted().0.list.into_iter().next());
                (name, Some(rest.trim_matches([' ', ',', '.']).to_owned()))
            }
        }
    }

    /// Makes the work an earlier one. What stands behind the word (pages, mostly) is its note.
    fn become_the(&mut self, known: &Known, span: Span) {
        let marks = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.');
        let behind = self.behind(span);
        let rest = behind.trim_start_matches(|c| marks(c) || c == ')');
        let start = span.end + behind.len() - rest.len();
        let rest = rest.trim_end_matches(marks);
        let place = Span::new(start, start + rest.len());
        let rest = (!rest.is_empty()).then(|| (rest.to_owned(), place));
        let word = self.text(span).to_owned();
        // pages before the word
        let pages = self.work.page.as_ref().map(ToString::to_string).filter(|_| rest.is_none());
        let spans = rest.as_ref().map(|(_, span)| self.joined.source(*span)).unwrap_or_default();
        let note = rest.map(|(text, _)| text).or(pages);
        let evidence = self.work.evidence.take();
        *self.work = known.work.clone();
        self.work.note.clone_from(&note);
        self.work.evidence = evidence;
        let mut fields = Vec::new();
        for (field, value) in self.work.fields() {
            let count = match value {
                ValueRef::Names(names) => names.list.len(),
                _ => 1,
            };
            // inferred: they have no place in the text
            let spans = if field == Field::Note { spans.clone() } else { Vec::new() };
            fields
                .extend((0..count).map(|index| {
                    FieldEvidence::new(field, index, spans.clone(), known.confidence)
                }));
        }
        if let Some(evidence) = &mut self.work.evidence {
            evidence.fields = fields;
            evidence.confidence = known.confidence;
            evidence.doubts.clear();
        }
        let what = match (&self.work.title, self.names(Field::Author).first()) {
            (Some(title), _) => format!("it is `{title}`"),
            (None, Some(name)) => format!("it is the work of {name}"),
            (None, None) => "it is the work before".to_owned(),
        };
        let what = match note {
            Some(note) => format!("{what}; `{note}` stands in the note"),
            None => what,
        };
        self.taken(span, format!("`{word}` stands for a work cited before"), what);
    }

    /// Takes back the doubts of `codes`, and all about the word itself.
    fn settle(&mut self, span: Span, codes: &[Code]) {
        let place = self.place(span);
        let Some(evidence) = &mut self.work.evidence else { return };
        evidence.doubts.retain(|doubt| {
            let about = doubt.span.zip(place);
            let about = about.is_some_and(|(a, b)| a.start >= b.start && a.end <= b.end);
            !about && !codes.contains(&doubt.code)
        });
    }

    fn taken(&mut self, span: Span, message: String, assumed: String) {
        let place = self.place(span);
        self.say(Diagnostic::new(Code::CitationAntecedent, place, message).assumed(assumed));
    }

    fn unresolved(&mut self, span: Span, what: &str) {
        let word = self.text(span);
        let message = format!("`{word}` stands for {what} that no citation before gives");
        let doubt = Diagnostic::new(Code::CitationNoAntecedent, self.place(span), message)
            .assumed("the citation was read as it stands")
            .help("read the whole list in its order (`Parser::parse_list`, `citelift parse --in-order`)");
        self.say(doubt);
    }

    fn say(&mut self, doubt: Diagnostic) {
        if let Some(evidence) = &mut self.work.evidence {
            evidence.doubts.push(doubt);
        }
    }
}
