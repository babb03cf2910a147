//! Authors, editors, translators.

use super::role::Role;
use super::{Assembly, Found};
use crate::citation::stretch::Stretch;
use crate::diagnostic::Code;
use crate::grammar::name::names_in;
use crate::label::Label;
use crate::lexicon::Class;
use crate::span::Span;
use crate::work::{Field, Name, Names, Value, ValueRef};

/// Names that look less like names than this are doubted.
const UNLIKELY: f32 = 0.3;

impl Assembly<'_, '_> {
    /// The names of a stretch, in the role that they have.
    pub(super) fn persons(&mut self, stretch: &Stretch, before: &[Stretch], behind: &[Stretch]) {
        let (mut span, share) = (stretch.span, stretch.share);
        let others = self.noted_inside(stretch);
        if let Some(start) = others {
            span = self.trim(Span::new(span.start, start));
        }
        let role = self.role(stretch, before, behind);
        if let Role::Noted(start) = role {
            return self.noted(start, stretch.span.end, before, share);
        }
        if stretch.label == Label::Editor {
            self.signs.inside_a_book |= self.work.container_title.is_some();
        }
        match role {
            Role::Of(field) => self.people(field, span, share),
            Role::EditorTranslator | Role::Noted(_) => {
                self.people(Field::Editor, span, share);
                self.people(Field::Translator, span, share);
            }
        }
        if let Some(start) = others {
            self.remark(Span::new(start, stretch.span.end), share);
        }
    }

    /// The names in a stretch; those of a second stretch stand behind the first's.
    pub(super) fn people(&mut self, field: Field, span: Span, share: f32) {
        let Some(list) = names_in(&self.lexed.part(span)) else { return self.left_over(span) };
        let likeness = list.likeness;
        let (mut names, places) = list.parted();
        let place = |typed: &Span| Span::new(span.start + typed.start, span.start + typed.end);
        let mut field = field;
        if field != Field::Author && names.list == self.work.author.list {
            // `Harbours / J. Roe`: the author again
            if self.lexed.text[..span.start].trim_end().ends_with('/') {
                return;
            }
            // `In J. Roe, Harbours`: the author's own book
            let first = self.lexed.index_at(span.start);
            let end = self.lexed.index_at(span.end);
            if field == Field::Editor
                && self.lexed.has(first.wrapping_sub(1), Class::Container)
                && !self.says_editor(first, end, &[])
            {
                field = Field::ContainerAuthor;
            }
        }
        let known = match self.work.get(field) {
            // the same again, as an editor who is named twice
            Some(ValueRef::Names(known)) if *known == names => return,
            Some(ValueRef::Names(known)) => {
                let mut all: Names = known.clone();
                let count = all.list.len();
                all.list.append(&mut names.list);
                all.others |= names.others;
                names = all;
                count
            }
            _ => 0,
        };
        // `et al.` stands behind the stretch, being no name
        let behind = self.lexed.index_at(span.end);
        names.others |= (behind..behind + 3).any(|token| self.says_others(token));
        if self.work.set(field, Value::Names(names)).is_err() {
            return;
        }
        for (index, typed) in places.iter().enumerate() {
            let spans = self.joined.source(place(typed));
            self.found.push(Found { field, index: known + index, spans, share });
        }
        if likeness < UNLIKELY
            && let Some(first) = places.first()
        {
            self.doubt(
                Code::CitationNameDoubtful,
                Some(place(first)),
                "this may be no name",
                "it is taken for one",
            );
        }
    }

    /// `et al.`, `et. al.`
    fn says_others(&self, at: usize) -> bool {
        let lexed = self.lexed;
        lexed.phrase(at, Class::EtAl).is_some()
            || lexed.word(at) == "et" && lexed.is_mark(at + 1, '.') && lexed.word(at + 2) == "al"
    }

    /// A collaboration beside persons is no author of its own: CSL has no field for it, so that
    /// it stands in the note.
    pub(super) fn collaborations(&mut self) {
        let is_collaboration = |name: &Name| match name {
            Name::Literal(body) => body.to_lowercase().contains("collaboration"),
            Name::Person(_) => false,
        };
        let names = &self.work.author;
        let persons = names.list.iter().any(|name| matches!(name, Name::Person(_)));
        if !persons || !names.list.iter().any(is_collaboration) {
            return;
        }
        let mut kept = Names { list: Vec::new(), others: names.others };
        let mut places = Vec::with_capacity(names.list.len());
        let mut bodies = Vec::new();
        for name in names.list.clone() {
            if is_collaboration(&name) {
                places.push(None);
                bodies.push(name.to_string());
            } else {
                places.push(Some(kept.list.len()));
                kept.list.push(name);
            }
        }
        self.work.author = kept;
        for mut found in std::mem::take(&mut self.found) {
            if found.field == Field::Author {
                match places.get(found.index).copied().flatten() {
                    Some(index) => found.index = index,
                    None => (found.field, found.index) = (Field::Note, 0),
                }
            }
            self.found.push(found);
        }
        let note = bodies.join("; ");
        self.work.note = Some(match self.work.note.take() {
            Some(known) => format!("{known}; {note}"),
            None => note,
        });
    }
}
