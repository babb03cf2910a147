//! Words that are less than a unit, or more than one: `M.ª`, `v. d.`, `김·이`, `Tafel-G.`, and
//! given names in brackets.

use super::common::{Common, common};
use super::letters::{is_cjk, is_ideograph, is_quote};
use super::units::{Kind, Scan};
use crate::lex::TokenKind;
use crate::lexicon::Class;

/// How many units stand at most before them, of one family's name.
const FAMILY: usize = 8;

/// How many tokens given names in brackets have at most.
const GIVEN: usize = 8;

impl Scan<'_, '_> {
    /// `M.ª`, `M.a`: the end of a shortened given name is no name of its own.
    pub(super) fn shortened(&mut self, at: usize, word: &str) -> bool {
        let lexed = self.lexed;
        let ordinal = matches!(word, "ª" | "º");
        if !ordinal && (word != "a" || lexed.is_mark(at + 1, '.')) || lexed.spaced(at) {
            return false;
        }
        let Some(last) = self.units.last_mut() else { return false };
        let dotted = lexed.text.get(last.start..last.end).is_some_and(|text| text.ends_with('.'));
        if last.kind != Kind::Initials || !dotted {
            return false;
        }
        last.kind = Kind::Word;
        last.end = lexed.span(at, at + 1).end;
        self.has_word = true;
        true
    }

    /// `K. v.`, `v. d. Roe`: a particle of which a letter is typed.
    pub(super) fn is_short_particle(&self, at: usize, word: &str) -> bool {
        let lexed = self.lexed;
        let ends = lexed.is_mark(at + 1, '.') || at + 1 == lexed.len();
        let behind = self.units.last().is_some_and(|unit| {
            unit.kind == Kind::Particle && lexed.has(unit.token, Class::ShortParticle)
        });
        ends && self.cased
            && word.starts_with(char::is_lowercase)
            && (lexed.has(at, Class::ShortParticle) || behind && word.chars().nth(1).is_none())
    }

    /// A word that holds the end of one person and the beginning of the next.
    pub(super) fn divided(&mut self, at: usize, word: &str, start: usize) -> bool {
        let end = start + word.len();
        let mut from = 0;
        while let Some(place) = self.division(at, &word[from..]) {
            let place = from + place;
            let mark = word[place..].chars().next().map_or(0, char::len_utf8);
            self.plain(at, start + from, start + place);
            self.push_bytes(Kind::Strong, at, start + place, start + place + mark);
            from = place + mark;
        }
        if from > 0 {
            self.plain(at, start + from, end);
        }
        from > 0
    }

    fn division(&self, at: usize, word: &str) -> Option<usize> {
        // a dot divides Korean names; in Chinese it stands within a foreign one
        let hangul = |c: Option<char>| c.is_some_and(|c| is_cjk(c) && c >= '\u{ac00}');
        if !word.is_ascii()
            && let Some(dot) = word.find('·')
        {
            let behind = word[dot..].chars().nth(1);
            return (hangul(word[..dot].chars().next_back()) && hangul(behind)).then_some(dot);
        }
        // `A. Roe-B. Poe`: a hyphen before an initial that has a stop, behind initials
        if self.units.last().is_none_or(|unit| unit.kind != Kind::Initials) {
            return None;
        }
        let hyphen = word.rfind('-')?;
        let (before, behind) = (&word[..hyphen], &word[hyphen + 1..]);
        let initial = behind.chars().nth(1).is_none() && behind.starts_with(char::is_uppercase);
        (initial
            && before.ends_with(char::is_lowercase)
            && before.chars().nth(2).is_some()
            && self.lexed.is_mark(at + 1, '.')
            && self.lexed.word(at + 2).starts_with(char::is_uppercase))
        .then_some(hyphen)
    }

    /// `G. ’t Roe`
    pub(super) fn quoted_particle(&self, at: usize, mark: char) -> bool {
        let lexed = self.lexed;
        is_quote(mark)
            && lexed.has(at + 1, Class::QuotedParticle)
            && !lexed.spaced(at + 1)
            && !lexed.is_mark(at + 2, '.')
            && (lexed.spaced(at) || self.separated())
            && lexed.word(at + 2).starts_with(char::is_uppercase)
    }

    /// `山田・佐藤` are two; `ジョン・スミス` is one, whose family name stands last.
    pub(super) fn is_dividing_dot(&self, at: usize, mark: char) -> bool {
        let native = |c: Option<char>| c.is_some_and(|c| is_ideograph(c) || c >= '\u{ac00}');
        let before = at.checked_sub(1).map_or("", |before| self.lexed.word(before));
        let behind = self.lexed.word(at + 1).chars().next();
        mark == '・' && native(before.chars().next_back()) && native(behind)
    }

    /// `BLOCH (Marc)`, `Roe (A.)`: given names in brackets behind a family name; the token behind
    /// the bracket.
    pub(super) fn given_in_brackets(&mut self, at: usize, close: usize) -> Option<usize> {
        let lexed = self.lexed;
        let inside = at + 1..close;
        if inside.is_empty() || inside.len() > GIVEN || !self.ends_a_name(close + 1) {
            return None;
        }
        let near = self.units.len().saturating_sub(FAMILY);
        let segment = self.units[near..]
            .iter()
            .rposition(|unit| unit.kind.parts())
            .map_or(near, |at| near + at + 1);
        let family = &self.units[segment..];
        let words = family.iter().filter(|unit| unit.kind == Kind::Word).count();
        let plain = family.iter().all(|unit| matches!(unit.kind, Kind::Word | Kind::Particle));
        let capitals = family.iter().all(|unit| unit.capitals || unit.kind == Kind::Particle);
        let body = family.iter().any(|unit| lexed.has(unit.token, Class::Body));
        let named = plain && words > 0 && (words == 1 || capitals && words < 4) && !body;
        if !named {
            return None;
        }
        // `Roe (Hg.)`, `Roe (London)`, `WTO (World Trade Organization)`
        let mut letters = 0;
        for token in inside.clone() {
            let word = lexed.word(token);
            let kind = lexed.get(token).map(|token| token.kind);
            let stop = matches!(kind, Some(TokenKind::Mark('.' | '-' | '‐' | '‑')));
            let name = kind == Some(TokenKind::Word)
                && word.starts_with(char::is_uppercase)
                && (word.chars().nth(1).is_none()
                    || word.contains(char::is_lowercase)
                    || self.shouted);
            let other = [Class::EditorAfter, Class::Place, Class::Body, Class::BodyName]
                .iter()
                .any(|&class| lexed.has(token, class));
            if !(stop || name) || other && word.chars().nth(1).is_some() {
                return None;
            }
            letters += usize::from(name && word.chars().nth(1).is_some());
        }
        if letters > 2 || letters == 1 && !capitals && self.is_other_family(at + 1, close) {
            return None;
        }
        self.push(Kind::Bracket, at, at + 1);
        let mut token = at + 1;
        while token < close {
            token = self.take(token);
        }
        Some(close + 1)
    }

    /// `Roe (Poe), Anna`: a family name in brackets, since given names follow behind a comma and
    /// no bracket.
    fn is_other_family(&self, inside: usize, close: usize) -> bool {
        let lexed = self.lexed;
        let word = lexed.word(inside);
        close == inside + 1
            && word.chars().nth(1).is_some()
            && common(word) != Some(Common::Given)
            && lexed.is_mark(close + 1, ',')
            && lexed.word(close + 2).starts_with(char::is_uppercase)
            && (close + 2..close + 2 + GIVEN)
                .map(|at| lexed.word(at))
                .find(|word| matches!(*word, "" | "," | ";" | "("))
                != Some("(")
    }

    /// Whether a separator stands at a token, or the end.
    fn ends_a_name(&self, at: usize) -> bool {
        let lexed = self.lexed;
        matches!(lexed.word(at), "" | "," | ";" | "/" | "&" | "." | ":" | "-" | "–" | "—" | "(")
            || lexed.has(at, Class::Conjunction)
            || lexed.phrase(at, Class::EtAl).is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::grammar::name::names_in;
    use crate::lex::Lexed;

    fn read(text: &str) -> Vec<String> {
        let names = names_in(&Lexed::new(text)).map(|list| list.parted().0.list);
        names.unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_of_several_countries() {
        for (text, want) in [
            ("QUILLOCH (Anna)", vec!["QUILLOCH, Anna"]),
            ("Quill-Nessard (A.)", vec!["Quill-Nessard, A."]),
            (
                "Quill (Anna), Ness (P.) et Dorn (Paul)",
                vec!["Quill, Anna", "Ness, P.", "Dorn, Paul"],
            ),
            ("Quill (Hg.)", vec!["Quill"]),
            ("Quillova (Nessova), Anna; Dorn, Paul", vec!["Quillova, Anna", "Dorn, Paul"]),
            ("Quill i Ness, Maria Rosanda", vec!["Quill i Ness, Maria Rosanda"]),
            ("Quill y Ness, Anna", vec!["Quill y Ness, Anna"]),
            ("Quill i Ness, A.; Dorn e Lund, Paul", vec!["Quill i Ness, A.", "Dorn e Lund, Paul"]),
            ("Quill, Anna y Ness, P.", vec!["Quill, Anna", "Ness, P."]),
            ("Quill y Ness", vec!["Quill", "Ness"]),
            ("Quillau, K. v.", vec!["Quillau, K. v."]),
            ("v. Quillau, H.", vec!["v. Quillau, H."]),
            ("H. v. Quillau, F. v. d. Ness", vec!["v. Quillau, H.", "v. d. Ness, F."]),
            ("Quill, M.ª do Nesso", vec!["Quill, M.ª do Nesso"]),
            ("QUILL, Mª Teresa; Ness, M.a Rosa", vec!["QUILL, Mª Teresa", "Ness, M.a Rosa"]),
            ("G. ’t Quill", vec!["’t Quill, G."]),
            ("QUILLO NESSO, A. Rosende", vec!["QUILLO NESSO, A. Rosende"]),
            ("Quill P., Anna", vec!["Quill P., Anna"]),
            ("Quill P., Ness A.", vec!["Quill, P.", "Ness, A."]),
            ("김갑을·이병정·박무기", vec!["김갑을", "이병정", "박무기"]),
            ("山甲・田乙、森丙", vec!["山甲", "田乙", "森丙"]),
            ("R. Quillozzo della Ness", vec!["Quillozzo della Ness, R."]),
            ("G. L. Fr. Quillel-G. M. Ness", vec!["Quillel, G. L. Fr.", "Ness, G. M."]),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }
}
