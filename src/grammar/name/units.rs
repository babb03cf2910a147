//! The units of a list of names: words, initials, particles and separators, with the noise of
//! PDFs mended (`M .W .Roe`, `andM. Roe`, `RoeM .`).

use super::letters::is_dash;
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::text::is_alphabetic;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Initials,
    Particle,
    Suffix,
    /// A word in lower case that is no particle, a number: parts of a body's name.
    Other,
    /// What stands in brackets.
    Remark,
    Comma,
    /// `;`, `/`, a dash between spaces, a full stop behind a long word
    Strong,
    /// A full stop behind a long word.
    Stop,
    /// The bracket before given names.
    Bracket,
    /// `and`, `&`
    And,
    EtAl,
}

impl Kind {
    pub(super) fn parts(self) -> bool {
        matches!(
            self,
            Kind::Comma | Kind::Strong | Kind::Stop | Kind::Bracket | Kind::And | Kind::EtAl
        )
    }
}

/// A unit: what it is and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) kind: Kind,
    /// Bytes in the text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The token it begins in.
    pub(super) token: usize,
    /// Whether it is a word of two or more letters, all capitals.
    pub(super) capitals: bool,
}

pub(super) struct Scan<'l, 'a> {
    pub(super) lexed: &'l Lexed<'a>,
    pub(super) units: Vec<Unit>,
    /// Whether the text has capitals, without which a word in lower case is a name's.
    pub(super) cased: bool,
    /// Whether nothing in it is in lower case, so that capitals say nothing.
    pub(super) shouted: bool,
    /// Whether it has a full stop that is not its last character.
    pub(super) stops: bool,
    /// Whether a word stands behind the last separator.
    pub(super) has_word: bool,
    /// Whether it has a word of four or more capitals: `ROE` is then a family name.
    pub(super) families_in_capitals: bool,
    /// Whether a bracket that closes can still follow.
    pub(super) closes: bool,
}

/// The units of the tokens `start..stop`.
pub(super) fn units(lexed: &Lexed, start: usize, stop: usize) -> Vec<Unit> {
    let lower = |c: char| c.is_lowercase();
    let mut scan = Scan {
        lexed,
        units: Vec::with_capacity(lexed.len()),
        cased: lexed.text.contains(|c: char| is_alphabetic(c) && !c.is_lowercase()),
        shouted: (0..lexed.len()).all(|at| {
            lexed.word(at).chars().filter(|&c| lower(c)).count() < 2
                || lexed.has(at, Class::Conjunction)
                || lexed.has(at, Class::Particle)
        }),
        stops: lexed.text.trim_end_matches('.').contains('.'),
        families_in_capitals: (start..stop).any(|at| {
            let word = lexed.word(at);
            word.chars().all(|c| c.is_uppercase() || c == '-') && word.chars().nth(3).is_some()
        }),
        has_word: false,
        closes: true,
    };
    let mut at = start;
    while at < stop {
        at = scan.take(at);
    }
    scan.families();
    scan.units
}

impl Scan<'_, '_> {
    /// `S. Das`: a particle with a capital that ends a name of initials is the family name;
    /// `Andrade, T. De` has one of its own.
    fn families(&mut self) {
        let mut has_word = false;
        let mut straight = false;
        for at in 0..self.units.len() {
            let ends = self.units.get(at + 1).is_none_or(|next| next.kind.parts());
            let unit = self.units[at];
            match unit.kind {
                Kind::Comma | Kind::Bracket => {
                    (straight, has_word) = (straight || !has_word, false)
                }
                Kind::Strong | Kind::Stop | Kind::And | Kind::EtAl => {
                    (straight, has_word) = (true, false);
                }
                Kind::Word => {
                    has_word = true;
                    let behind = at > 0 && self.units[at - 1].kind == Kind::Initials;
                    straight = behind;
                }
                // `Sujit Das`
                Kind::Particle
                    if ends && has_word && matches!(self.text(at), "Das" | "Do" | "Du" | "Le") =>
                {
                    self.units[at].kind = Kind::Word;
                }
                Kind::Particle
                    if ends
                        && !has_word
                        && (straight || at < 3)
                        && at > 0
                        && self.units[at - 1].kind == Kind::Initials
                        && self.text(at).starts_with(char::is_uppercase) =>
                {
                    self.units[at].kind = Kind::Word;
                }
                _ => {}
            }
        }
    }

    fn text(&self, at: usize) -> &str {
        let unit = self.units[at];
        self.lexed.text.get(unit.start..unit.end).unwrap_or("")
    }

    /// Reads the token `at` and perhaps more; the token behind.
    pub(super) fn take(&mut self, at: usize) -> usize {
        let lexed = self.lexed;
        if let Some(after) = self.et_al(at) {
            self.push(Kind::EtAl, at, after);
            return after;
        }
        let Some(token) = lexed.get(at) else { return at + 1 };
        match token.kind {
            TokenKind::Word => self.word(at),
            TokenKind::Mark(mark) => self.mark(at, mark),
            // `5.W. Roe`: the number of a note
            TokenKind::Number
                if (self.units.is_empty() || self.separated())
                    && matches!(lexed.word(at + 1), "." | "]" | ")") =>
            {
                at + 2
            }
            TokenKind::Number | TokenKind::Mixed | TokenKind::Link => {
                self.push(Kind::Other, at, at + 1);
                at + 1
            }
        }
    }

    pub(super) fn separated(&self) -> bool {
        self.units.last().is_none_or(|unit| unit.kind.parts())
    }

    pub(super) fn push(&mut self, kind: Kind, from: usize, to: usize) {
        let span = self.lexed.span(from, to);
        self.push_bytes(kind, from, span.start, span.end);
    }

    pub(super) fn push_bytes(&mut self, kind: Kind, token: usize, start: usize, end: usize) {
        let text = self.lexed.text.get(start..end).unwrap_or("");
        let mut letters = text.chars().filter(|&c| is_alphabetic(c));
        let capitals = kind == Kind::Word
            && letters.clone().nth(1).is_some()
            && letters.all(char::is_uppercase);
        self.has_word = !kind.parts() && (self.has_word || kind == Kind::Word);
        self.units.push(Unit { kind, start, end, token, capitals });
    }

    /// `et al.`, also as PDFs have it: `etal`, `et . al.`, `& al.`
    fn et_al(&self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        let word = lexed.word(at);
        let stop = |at: usize| at + usize::from(lexed.is_mark(at, '.'));
        if word == "etal" {
            return Some(stop(at + 1));
        }
        if word.eq_ignore_ascii_case("et") || word == "&" {
            let next = stop(at + 1);
            let word = lexed.word(next);
            if word == "al" || word == "coll" {
                return Some(stop(next + 1));
            }
        }
        // `U.A.` is a person's, `u.a.` are others; `others` alone is a word like any
        let after = lexed.phrase(at, Class::EtAl)?;
        let phrase = lexed.span(at, after).of(lexed.text).unwrap_or("");
        let lower = word.chars().count() > 1 || !phrase.contains(char::is_uppercase);
        (lower
            && (!self.units.is_empty() || after > at + 1)
            && (self.separated() || after > at + 1 || !word.is_ascii()))
        .then_some(after)
    }

    fn mark(&mut self, at: usize, mark: char) -> usize {
        let lexed = self.lexed;
        let after = at + 1;
        // `———, and J. Roe`: a name that is repeated
        if is_dash(mark) && self.separated() {
            let run = (after..lexed.len())
                .find(|&next| !matches!(lexed.get(next).map(|t| t.kind), Some(TokenKind::Mark(c)) if is_dash(c)))
                .unwrap_or(lexed.len());
            let next = lexed.word(run);
            if run > after + 1 || matches!(next, "" | "," | ";" | ":" | ".") {
                self.push(Kind::Other, at, run);
            }
            return run;
        }
        match mark {
            ',' | '，' | '、' | '،' => self.push(Kind::Comma, at, after),
            ';' | '；' | '؛' | '|' | '=' | '＝' => self.push(Kind::Strong, at, after),
            '/' => self.push(Kind::Strong, at, after),
            _ if self.quoted_particle(at, mark) => {
                self.push(Kind::Particle, at, after + 1);
                return after + 1;
            }
            _ if self.is_dividing_dot(at, mark) => self.push(Kind::Strong, at, after),
            // `Texas A&M`
            '&' if !lexed.spaced(at)
                && !lexed.spaced(after)
                && lexed.word(after).len() == 1
                && !lexed.is_mark(after + 1, '.') => {}
            '&' | '+' => self.push(Kind::And, at, after),
            '·' | '–' | '—' | '-' | '•' if lexed.spaced(at) && lexed.spaced(after) => {
                self.push(Kind::Strong, at, after)
            }
            '-' | '‐' | '‑' | '–' => {
                // `J.-P.`; `Gonzalez- Roe`
                if let Some(last) = self.units.last_mut()
                    && !last.kind.parts()
                    && (!lexed.spaced(at) || last.kind == Kind::Initials)
                {
                    last.end = lexed.span(at, after).end;
                }
            }
            '.' | '．' => self.full_stop(at),
            '(' | '[' | '（' | '【' => return self.remark(at, mark),
            ':' => {
                if !self.separated() {
                    self.push(Kind::Stop, at, after);
                }
            }
            // an accent that stands alone, an apostrophe, a letter that was lost: `B�ssler`
            _ => {
                let lower = lexed.word(after).starts_with(char::is_lowercase);
                if let Some(last) = self.units.last_mut()
                    && !lexed.spaced(at)
                    && (matches!(last.kind, Kind::Word | Kind::Particle | Kind::Other)
                        || last.kind == Kind::Initials && lower && !lexed.spaced(after))
                {
                    if last.kind == Kind::Initials {
                        last.kind = Kind::Word;
                    }
                    last.end = lexed.span(at, after).end;
                }
            }
        }
        after
    }

    fn full_stop(&mut self, at: usize) {
        let lexed = self.lexed;
        let end = lexed.span(at, at + 1).end;
        let Some(last) = self.units.last_mut() else { return };
        match last.kind {
            Kind::Initials | Kind::Suffix => last.end = end,
            Kind::Word | Kind::Particle | Kind::Other => {
                let word = lexed.text.get(last.start..last.end).unwrap_or("");
                if word.chars().nth(3).is_none() && !lexed.spaced(at) {
                    last.end = end;
                } else {
                    self.push(Kind::Stop, at, at + 1);
                }
            }
            _ => {}
        }
    }

    /// What stands in brackets; a bracket that never closes is passed over.
    fn remark(&mut self, at: usize, open: char) -> usize {
        let lexed = self.lexed;
        let close = match open {
            '(' => ')',
            '[' => ']',
            '（' => '）',
            _ => '】',
        };
        if self.closes {
            for behind in at + 1..lexed.len() {
                if lexed.is_mark(behind, close) {
                    if let Some(after) = self.given_in_brackets(at, behind) {
                        return after;
                    }
                    let others = (at + 1..behind)
                        .take(3)
                        .any(|inside| lexed.phrase(inside, Class::EtAl).is_some());
                    let kind = if others { Kind::EtAl } else { Kind::Remark };
                    self.push(kind, at, behind + 1);
                    return behind + 1;
                }
            }
            self.closes = false;
        }
        at + 1
    }
}
