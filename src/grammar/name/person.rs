//! From a piece, or two, to a person.

use super::common::Common;
use super::piece::{Form, Piece};
use super::units::{Kind, Unit};
use crate::lex::Lexed;
use crate::span::Span;
use crate::work::{Name, Person};

/// What a list tells about each of its pieces.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habit {
    /// Whether given names are initials throughout: `B. A. Pulido Guevara` then has two family
    /// names.
    pub(super) initials_only: bool,
    /// Whether whole given names stand behind family names: `Roe Jane`.
    pub(super) full_family_first: bool,
}

/// The list's text and units.
#[derive(Clone, Copy)]
pub(super) struct Source<'s, 'a> {
    pub(super) lexed: &'s Lexed<'a>,
    pub(super) units: &'s [Unit],
    pub(super) habit: Habit,
}

impl<'a> Source<'_, 'a> {
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        match (self.units.get(start), end.checked_sub(1).and_then(|last| self.units.get(last))) {
            (Some(first), Some(last)) if start < end => Span::new(first.start, last.end),
            _ => Span::new(0, 0),
        }
    }

    fn text(&self, start: usize, end: usize) -> &'a str {
        self.span(start, end).of(self.lexed.text).unwrap_or("").trim()
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.units.get(at).map(|unit| unit.kind)
    }

    /// Given names: their text, the spaces before full stops and brackets left out.
    fn given(&self, start: usize, end: usize) -> Option<String> {
        if start >= end {
            return None;
        }
        let mut given = String::with_capacity(self.span(start, end).len());
        for at in start..end {
            if self.kind(at) == Some(Kind::Remark) {
                continue;
            }
            // `Karl(ed.)Roe` is of two words.
            let is_apart =
                |before: &Unit| before.kind == Kind::Remark || before.end < self.units[at].start;
            if !given.is_empty() && self.units[start..at].last().is_some_and(is_apart) {
                given.push(' ');
            }
            let text = self.text(at, at + 1);
            let mut parts = text.split(' ').filter(|part| !part.is_empty());
            given.extend(parts.next());
            for part in parts {
                if !part.starts_with(['.', '-', '‐']) {
                    given.push(' ');
                }
                given.push_str(part);
            }
        }
        (!given.is_empty()).then_some(given)
    }

    /// A particle typed in lower case before the family is the model's own part; one with a
    /// capital belongs to the family as the bearer spells it.
    fn with_family(&self, start: usize, end: usize) -> Person {
        let mut family = start;
        let text = |at: usize| self.text(at, at + 1);
        while family + 1 < end
            && self.kind(family) == Some(Kind::Particle)
            && text(family).starts_with(char::is_lowercase)
            && !text(family).contains(['\'', '’'])
        {
            family += 1;
        }
        let name = self.text(family, end).trim_end_matches([',', '-', ':']);
        // `Roe P., Anna`: the stop of an initial stays
        let bare = name.trim_end_matches([',', '.', '-', ':']);
        let initial = end.checked_sub(1).and_then(|last| self.kind(last)) == Some(Kind::Initials)
            && self.kind(family) == Some(Kind::Word)
            && bare.ends_with(|c: char| c.is_uppercase() || c.is_lowercase());
        let name = if initial { name } else { bare };
        Person {
            family: name.to_owned(),
            non_dropping_particle: (family > start).then(|| self.text(start, family).to_owned()),
            ..Person::default()
        }
    }

    fn suffixed(&self, mut person: Person, piece: &Piece) -> Name {
        if person.suffix.is_none() {
            person.suffix = piece.suffix.map(|at| self.text(at, at + 1).to_owned());
        }
        person.into()
    }

    /// `Family, Given particle`
    pub(super) fn inverted(&self, family: &Piece, given: &Piece) -> Name {
        let mut person = self.with_family(family.start, family.end);
        let mut end = given.end;
        while end > given.start + 1 && self.kind(end - 1) == Some(Kind::Particle) {
            end -= 1;
        }
        if end < given.end {
            person.dropping_particle = Some(self.text(end, given.end).to_owned());
        }
        person.given = self.given(given.start, end);
        person.suffix = family.suffix.map(|at| self.text(at, at + 1).to_owned());
        self.suffixed(person, given)
    }

    /// One piece without a given name of its own, or with both in it.
    pub(super) fn alone(&self, piece: &Piece, family_first: bool) -> Name {
        let count = piece.end - piece.start;
        if piece.form == Form::Body {
            return Name::body(self.text(piece.start, piece.end).trim_end_matches([',', ';', ':']));
        }
        if let Some((from, behind)) = piece.family
            && (count > behind - from)
        {
            let mut person = self.with_family(from, behind);
            person.given = if from > piece.start {
                self.given(piece.start, from)
            } else {
                self.given(behind, piece.end)
            };
            return self.suffixed(person, piece);
        }
        let at = match piece.form {
            _ if piece.words == 0 || count == 1 || piece.ideographic => piece.end,
            Form::WordsInitials => return self.family_first(piece, self.before_initials(piece)),
            // `De Goeje`, `Van Maris`; `Al Roe` has a given name
            Form::Words
                if piece.words == 1
                    && piece.common[0] != Some(Common::Family)
                    && self.begins_with_particle(piece) =>
            {
                piece.end
            }
            Form::Words if family_first => {
                let first = self.first_word(piece);
                return self.family_first(piece, first + 1);
            }
            _ => self.family_of_straight(piece),
        };
        if at >= piece.end {
            return self.suffixed(self.with_family(piece.start, piece.end), piece);
        }
        let mut person = self.with_family(at, piece.end);
        person.given = self.given(piece.start, at);
        self.suffixed(person, piece)
    }

    fn begins_with_particle(&self, piece: &Piece) -> bool {
        let first = self.text(piece.start, piece.start + 1);
        self.kind(piece.start) == Some(Kind::Particle)
            && !matches!(first, "Al" | "Ben" | "Les" | "Bin" | "Do")
    }

    fn first_word(&self, piece: &Piece) -> usize {
        (piece.start..piece.end)
            .find(|&at| self.kind(at) == Some(Kind::Word))
            .unwrap_or(piece.start)
    }

    /// Where the given names of `Roe J`, `Brown Cecil H.`, `Rojas Curieux T.` begin.
    fn before_initials(&self, piece: &Piece) -> usize {
        let initials = (piece.start..piece.end)
            .find(|&at| self.kind(at) == Some(Kind::Initials))
            .unwrap_or(piece.end);
        let first = self.first_word(piece);
        // `Bybee Joan L.`, where the word is a common given name
        if piece.words >= 2
            && first + 1 < initials
            && (self.habit.full_family_first && piece.words == 2
                || piece.common[1] == Some(Common::Given) && piece.common[0] != Some(Common::Given))
        {
            return first + 1;
        }
        initials
    }

    /// The family stands before the unit `at`, a suffix perhaps between.
    fn family_first(&self, piece: &Piece, at: usize) -> Name {
        let mut end = at.min(piece.end);
        let mut suffix = None;
        // `King Jr ML`
        if end > piece.start + 1 && self.kind(end - 1) == Some(Kind::Suffix) {
            end -= 1;
            suffix = Some(self.text(end, end + 1).to_owned());
        }
        let mut person = self.with_family(piece.start, end);
        let mut last = piece.end;
        while last > at + 1 && self.kind(last - 1) == Some(Kind::Particle) {
            last -= 1;
        }
        if last < piece.end {
            person.dropping_particle = Some(self.text(last, piece.end).to_owned());
        }
        person.given = self.given(at, last);
        person.suffix = suffix;
        self.suffixed(person, piece)
    }

    /// Where the family begins in `M.R. Waldman`, `J. van der Auwera`, `Martin Calkins`.
    fn family_of_straight(&self, piece: &Piece) -> usize {
        let first = self.units[piece.start].kind == Kind::Particle;
        let given = piece.start + usize::from(first);
        let particle = (given + 1..piece.end)
            .find(|&at| {
                // `J. le R. d’Alembert`
                self.kind(at) == Some(Kind::Particle) && self.kind(at + 1) != Some(Kind::Initials)
            })
            .filter(|&at| at + 1 < piece.end);
        if let Some(at) = particle {
            // `R. Quill della Roe`: a word between initials and particle is a family name's, if
            // it is no given name
            let initials =
                (piece.start..at).take_while(|&unit| self.kind(unit) == Some(Kind::Initials));
            let behind = piece.start + initials.count();
            let family = behind > piece.start
                && behind + 1 == at
                && self.kind(behind) == Some(Kind::Word)
                && piece.common[0] != Some(Common::Given)
                // `Fr. Roe de Poe` is a friar
                && self.text(behind - 1, behind).trim_end_matches('.').chars().nth(1).is_none()
                && self.habit.initials_only;
            return if family { behind } else { at };
        }
        let mut at = piece.end - 1;
        while at > piece.start && self.kind(at) == Some(Kind::Remark) {
            at -= 1;
        }
        // `José Sousa Filho`
        let last = self.text(at, at + 1);
        if matches!(last, "Filho" | "Júnior" | "Junior" | "Neto" | "Sobrinho" | "Netto")
            && at > piece.start + 1
        {
            at -= 1;
        }
        let initials = (piece.start..piece.end)
            .rfind(|&at| self.kind(at) == Some(Kind::Initials))
            .map(|at| at + 1);
        match initials {
            Some(behind)
                if piece.form == Form::InitialsWords
                    && piece.words == 2
                    && behind + 2 == piece.end
                    && piece.common[0] != Some(Common::Given)
                    && self.habit.initials_only =>
            {
                behind
            }
            _ => at,
        }
    }
}
