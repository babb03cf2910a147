//! The role that the words around names say, which counts more than their label.

use super::Assembly;
use crate::citation::stretch::Stretch;
use crate::label::Label;
use crate::lexicon::Class;
use crate::span::Span;
use crate::work::Field;

/// How many tokens a phrase before names has at most.
const PHRASE: usize = 8;

/// How far before names a word for a review is looked for.
const REVIEW: usize = 40;

/// What names are in a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Names of a field.
    Of(Field),
    /// Editors who are translators, too.
    EditorTranslator,
    /// Others, who are named in the note with the word before them, which begins at this byte.
    Noted(usize),
}

impl Assembly<'_, '_> {
    /// The role of a stretch's names: its label's, if no word beside it says another.
    pub(super) fn role(&self, stretch: &Stretch, before: &[Stretch], behind: &[Stretch]) -> Role {
        let first = self.lexed.index_at(stretch.span.start);
        let end = self.lexed.index_at(stretch.span.end);
        for class in [Class::Contributor, Class::Reviewed] {
            if self.lexed.phrase(first, class).is_some_and(|after| after < end) {
                return Role::Noted(stretch.span.start);
            }
            if let Some(word) = self.phrase_before(first, class, before) {
                return Role::Noted(word);
            }
        }
        if self.phrase_before(first, Class::EditorTranslator, before).is_some() {
            return Role::EditorTranslator;
        }
        let clear = |class| self.phrase_before(first, class, before).is_some();
        match stretch.label {
            Label::Author | Label::Translator if clear(Class::EditorWord) => {
                Role::Of(Field::Editor)
            }
            Label::Author | Label::Editor if clear(Class::TranslatorWord) => {
                Role::Of(Field::Translator)
            }
            Label::Author if self.is_reviewed(first, before, behind) => {
                Role::Noted(self.lexed.span(first - 1, first).start)
            }
            Label::Author if self.marks_an_editor(end) => Role::Of(Field::Editor),
            Label::Author => Role::Of(Field::Author),
            Label::Translator => Role::Of(Field::Translator),
            // `in: ders., Buch`: who wrote the book
            _ if self.lexed.phrase(first, Class::Ditto).is_some()
                && !self.says_editor(first, end, before) =>
            {
                Role::Of(Field::ContainerAuthor)
            }
            _ => Role::Of(Field::Editor),
        }
    }

    /// Where names that the note keeps begin within a stretch: `Roe; introduction by Poe`.
    pub(super) fn noted_inside(&self, stretch: &Stretch) -> Option<usize> {
        let lexed = self.lexed;
        let first = lexed.index_at(stretch.span.start);
        let end = lexed.index_at(stretch.span.end);
        let at = (first + 2..end).find(|&at| {
            let divided = matches!(lexed.word(at - 1), "," | ";" | "." | "(" | "[");
            let after = divided.then(|| lexed.phrase(at, Class::Contributor)).flatten();
            after.is_some_and(|after| after > at + 1 && after < end)
        })?;
        lexed.get(at).map(|token| token.span.start)
    }

    /// Whether a word for editors stands before or behind the tokens of names.
    pub(super) fn says_editor(&self, first: usize, end: usize, before: &[Stretch]) -> bool {
        let behind = (end..end + 3).find(|&at| {
            let mark = |mark| self.lexed.is_mark(at, mark);
            !(mark(',') || mark('(') || mark('[') || mark('.'))
        });
        let marked = |at: usize| self.lexed.phrase(at, Class::EditorAfter).is_some();
        behind.is_some_and(marked)
            || (first..end).any(marked)
            || self.marks_an_editor(end)
            || self.phrase_before(first, Class::EditorBefore, before).is_some()
    }

    /// Whether `(ed.)`, `et al. (Hg.)` or `, eds.` stands at a token.
    fn marks_an_editor(&self, end: usize) -> bool {
        let lexed = self.lexed;
        let mut at = end;
        if let Some(after) = lexed.phrase(at, Class::EtAl) {
            at = after;
        }
        let Some(after) = lexed.phrase(at + 1, Class::EditorAfter) else { return false };
        // `(Dir.)` made a film
        if lexed.has(at + 1, Class::DirectorAfter)
            && lexed.word(at + 1).starts_with(char::is_uppercase)
        {
            return false;
        }
        if lexed.is_mark(at, '(') || lexed.is_mark(at, '[') {
            return lexed.is_mark(after, ')') || lexed.is_mark(after, ']');
        }
        // `, ed. by Roe`, `, Ed. Harbour`
        lexed.is_mark(at, ',')
            && lexed.word(at + 1).starts_with(char::is_lowercase)
            && lexed.word(at + 1).chars().nth(1).is_some()
            && lexed.phrase(at + 1, Class::EditorBefore).is_none_or(|other| other <= after)
            && !lexed.word(after).starts_with(char::is_alphanumeric)
    }

    /// Where a phrase of a class begins that ends before the token `first`, and is no part of a
    /// title.
    fn phrase_before(&self, first: usize, class: Class, before: &[Stretch]) -> Option<usize> {
        let lexed = self.lexed;
        let start = (first.saturating_sub(PHRASE)..first).find(|&start| {
            lexed.phrase(start, class).is_some_and(|after| {
                after == first || after + 1 == first && lexed.is_mark(after, ':')
            })
        })?;
        let start = lexed.get(start)?.span.start;
        let free = |stretch: &Stretch| {
            matches!(stretch.label, Label::Other | Label::Note | Label::Genre)
                || stretch.span.end <= start
        };
        before.iter().rev().take(PHRASE).all(free).then_some(start)
    }

    /// `review of Harbours, by J. Roe`: another is the author, whose review it is.
    fn is_reviewed(&self, first: usize, before: &[Stretch], behind: &[Stretch]) -> bool {
        let lexed = self.lexed;
        let Some(word) = first.checked_sub(1) else { return false };
        lexed.has(word, Class::ReviewedBy)
            && before.iter().chain(behind).any(|other| other.label == Label::Author)
            && (first.saturating_sub(REVIEW)..first)
                .any(|at| lexed.phrase(at, Class::Reviewed).is_some())
    }

    /// Names that have no field of their own: with the word before them, which may stand in the
    /// note already.
    pub(super) fn noted(&mut self, start: usize, end: usize, before: &[Stretch], share: f32) {
        if let Some(last) = before.last()
            && start < last.span.end
            && let Some(note) = &self.work.note
            && let Some(bare) = note.strip_suffix(self.of(Span::new(start, last.span.end)))
        {
            let bare = bare.trim_end_matches([' ', ',', ';']);
            self.work.note = (!bare.is_empty()).then(|| bare.to_owned());
        }
        self.remark(Span::new(start, end), share);
    }
}
