//! The role that the words around names say, which counts more than their label.

use super::Assembly;
use crate::citation::stretch::Stretch;
use crate::label::Label;
use crate::lex::TokenKind;
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

/// Where the last title ends.
fn title_end(before: &[Stretch]) -> usize {
    let title = before.iter().rfind(|other| other.label == Label::Title);
    title.map_or(0, |title| title.span.end)
}

/// `Roe, J. (coord.), Poe, A.`: the list of authors goes on.
fn goes_on(behind: &[Stretch]) -> bool {
    let mut named = behind.iter().filter(|other| other.label != Label::Other);
    named.next().is_some_and(|next| next.label == Label::Author)
}

impl Assembly<'_, '_> {
    /// The role of a stretch's names: its label's, if no word beside it says another.
    pub(super) fn role(&self, stretch: &Stretch, before: &[Stretch], behind: &[Stretch]) -> Role {
        let first = self.lexed.index_at(stretch.span.start);
        let end = self.lexed.index_at(stretch.span.end);
        let author = |other: &Stretch| other.label == Label::Author;
        let reviewer = before.iter().chain(behind).any(author);
        for class in [Class::Contributor, Class::Reviewed] {
            // a review without a reviewer may be his own
            if class == Class::Reviewed && !reviewer {
                continue;
            }
            // `Rel, A.` is a name
            let word = self.lexed.phrase(first, class).filter(|&after| after < end);
            if word.is_some_and(|after| !self.lexed.is_mark(after, ',')) {
                return Role::Noted(stretch.span.start);
            }
            if let Some(word) = self.phrase_before(first, class, before)
                && (stretch.label == Label::Author || !self.goes_with_another(word))
            {
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
            Label::Author if reviewer && self.is_reviewed(first) => {
                Role::Noted(self.lexed.span(first - 1, first).start)
            }
            Label::Author if self.marks_an_editor(end) && !goes_on(behind) => {
                Role::Of(Field::Editor)
            }
            // `Roe, Tides, in Poe, Harbours`: who wrote the book
            Label::Author if before.iter().any(author) && self.is_inside(first, before) => {
                Role::Of(Field::ContainerAuthor)
            }
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
        if !lexed.says(Class::Contributor) {
            return None;
        }
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
        if !lexed.says(class) {
            return None;
        }
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
    fn is_reviewed(&self, first: usize) -> bool {
        let lexed = self.lexed;
        let Some(word) = first.checked_sub(1) else { return false };
        lexed.has(word, Class::ReviewedBy)
            && (first.saturating_sub(REVIEW)..first)
                .any(|at| lexed.phrase(at, Class::Reviewed).is_some())
    }

    /// Whether `in` stands before the token `first`, behind a title.
    fn is_inside(&self, first: usize, before: &[Stretch]) -> bool {
        let lexed = self.lexed;
        let word = first.saturating_sub(1 + usize::from(lexed.is_mark(first.wrapping_sub(1), ':')));
        first > 0
            && self.work.title.is_some()
            && lexed.has(word, Class::Container)
            && lexed.word(word).chars().nth(1).is_some()
            // `quoted in`, `p. 3 apud`
            && word.checked_sub(1).and_then(|at| lexed.get(at)).is_none_or(|token| {
                matches!(token.kind, TokenKind::Mark(_)) || token.span.end <= title_end(before)
            })
    }

    /// `Übersetzt und eingeleitet von`, `Trans. with an introduction by`: the word at a byte goes
    /// with one that says what the label says.
    fn goes_with_another(&self, start: usize) -> bool {
        let lexed = self.lexed;
        let word = lexed.index_at(start);
        word > 0
            && (lexed.has(word - 1, Class::Conjunction) || lexed.has(word - 1, Class::Function))
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

#[cfg(test)]
mod tests {
    use crate::citation::assemble::assemble;
    use crate::citation::stretch::Stretch;
    use crate::label::Label;
    use crate::lex::Lexed;
    use crate::span::Span;
    use crate::text::Joined;
    use crate::work::{Names, Work};

    /// The work of a text whose names and titles stand between signs: `{` author, `<` editor, `|`
    /// translator, `*` title.
    fn work(typed: &str) -> Work {
        let (mut text, mut stretches, mut from, mut open) = (String::new(), Vec::new(), 0, None);
        for c in typed.chars() {
            let label = match c {
                '{' | '}' => Label::Author,
                '<' | '>' => Label::Editor,
                '|' => Label::Translator,
                '*' => Label::Title,
                _ => {
                    text.push(c);
                    continue;
                }
            };
            let label = if open.is_some() { label } else { Label::Other };
            open = if open.is_some() { None } else { Some(c) };
            let span = Span::new(from, text.len());
            from = text.len();
            let (first, end) = (stretches.len(), stretches.len() + 1);
            stretches.push(Stretch { label, span, first, end, share: 1.0, second: Label::Other });
        }
        let joined = Joined::of(&text);
        assemble(&Lexed::new(joined.text()), &[], &stretches, &joined, &text)
    }

    fn names(names: &Names) -> String {
        names.list.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn others_are_named_in_the_note_with_their_word() {
        for (text, want) in [
            ("{A. Quill}, *Tides*, introduzione di <P. Ness>", "introduzione di P. Ness"),
            ("{A. Quill}, *Tides*, préface de |Paul Ness|", "préface de Paul Ness"),
            ("{A. Quill}, *Tides*, rel. {P. Ness}", "rel. P. Ness"),
            ("{A. Quill}, recensione a {P. Ness}, *Tides*", "recensione a P. Ness"),
            ("{A. Quill}, review of *Tides*, by {P. Ness}", "by P. Ness"),
            ("{A. Quill}. *Tides*. Trans. |B. Dorn; preface by P. Ness|", "preface by P. Ness"),
        ] {
            let work = work(text);
            assert_eq!(names(&work.author), "Quill, A.", "{text}");
            assert!(work.editor.is_empty() && work.translator.len() < 2, "{text}");
            assert!(work.note.as_deref().is_some_and(|note| note.ends_with(want)), "{text}");
        }
    }

    #[test]
    fn clear_words_say_who_edits_and_translates() {
        let read = |text: &str| {
            let work = work(text);
            [&work.author, &work.editor, &work.translator, &work.container_author].map(names)
        };
        for (text, want) in [
            ("{A. Quill} (ed.), *Tides*", ["", "Quill, A.", "", ""]),
            ("{A. Quill} (coord.), {P. Ness}, *Tides*", ["Quill, A.; Ness, P.", "", "", ""]),
            ("{A. Quill}, ed. by Roe, *Tides*", ["Quill, A.", "", "", ""]),
            ("*Tides*, ed. and trans. by <P. Ness>", ["", "Ness, P.", "Ness, P.", ""]),
            ("{A. Quill}, *Tides*, ex recensione {P. Ness}", ["Quill, A.", "Ness, P.", "", ""]),
            ("{A. Quill}, *Tides*, in: <ders.>, Docks", ["Quill, A.", "", "", "ders."]),
            ("{A. Quill}, *Tides*, in: <ders.> (Hg.), Docks", ["Quill, A.", "ders.", "", ""]),
            ("{A. Quill}, *Tides*, in: {P. Ness}, Docks", ["Quill, A.", "", "", "Ness, P."]),
            ("{A. Quill}, *Tides*, p. 3, quoted in {P. Ness}", ["Quill, A.; Ness, P.", "", "", ""]),
            ("{A. Quill}, *Tides*, in <A. Quill>, Docks", ["Quill, A.", "", "", "Quill, A."]),
            ("{A. Quill}, *Tides*, in <P. Ness>, Docks", ["Quill, A.", "Ness, P.", "", ""]),
            ("{A. Quill} *Tides* / |A. Quill|", ["Quill, A.", "", "", ""]),
            ("*Tides*. Übersetzt und eingeleitet von |P. Ness|", ["", "", "Ness, P.", ""]),
        ] {
            assert_eq!(read(text), want.map(str::to_owned), "{text}");
        }
    }
}
