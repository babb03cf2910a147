//! The units of a list of names: words, initials, particles and separators, with the noise of
//! PDFs mended (`M .W .Roe`, `andM. Roe`, `RoeM .`).

use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;

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
    /// `and`, `&`
    And,
    EtAl,
}

impl Kind {
    pub(super) fn parts(self) -> bool {
        matches!(self, Kind::Comma | Kind::Strong | Kind::Stop | Kind::And | Kind::EtAl)
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

struct Scan<'l, 'a> {
    lexed: &'l Lexed<'a>,
    units: Vec<Unit>,
    /// Whether the text has capitals, without which a word in lower case is a name's.
    cased: bool,
    /// Whether nothing in it is in lower case, so that capitals say nothing.
    shouted: bool,
    /// Whether it has a full stop that is not its last character.
    stops: bool,
    /// Whether it has a word of four or more capitals: `ROE` is then a family name.
    families_in_capitals: bool,
    /// Whether a bracket that closes can still follow.
    closes: bool,
}

/// The units of the tokens `start..stop`.
pub(super) fn units(lexed: &Lexed, start: usize, stop: usize) -> Vec<Unit> {
    let lower = |c: char| c.is_lowercase();
    let mut scan = Scan {
        lexed,
        units: Vec::with_capacity(lexed.len()),
        cased: lexed.text.contains(|c: char| c.is_alphabetic() && !c.is_lowercase()),
        shouted: (0..lexed.len()).all(|at| {
            lexed.word(at).chars().filter(|&c| lower(c)).count() < 2
                || lexed.has(at, Class::Conjunction)
                || lexed.has(at, Class::Particle)
        }),
        stops: lexed.text.trim_end_matches('.').contains('.'),
        families_in_capitals: (start..stop).any(|at| {
            let word = lexed.word(at);
            word.chars().nth(3).is_some() && word.chars().all(|c| c.is_uppercase() || c == '-')
        }),
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
                Kind::Comma => (straight, has_word) = (straight || !has_word, false),
                Kind::Strong | Kind::Stop | Kind::And | Kind::EtAl => {
                    (straight, has_word) = (true, false);
                }
                Kind::Word => {
                    has_word = true;
                    let behind = at > 0 && self.units[at - 1].kind == Kind::Initials;
                    straight = behind;
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
    fn take(&mut self, at: usize) -> usize {
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

    fn separated(&self) -> bool {
        self.units.last().is_none_or(|unit| unit.kind.parts())
    }

    fn push(&mut self, kind: Kind, from: usize, to: usize) {
        let span = self.lexed.span(from, to);
        self.push_bytes(kind, from, span.start, span.end);
    }

    fn push_bytes(&mut self, kind: Kind, token: usize, start: usize, end: usize) {
        let text = self.lexed.text.get(start..end).unwrap_or("");
        let mut letters = text.chars().filter(|c| c.is_alphabetic());
        let capitals = kind == Kind::Word
            && letters.clone().nth(1).is_some()
            && letters.all(char::is_uppercase);
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
        match mark {
            ',' | '，' | '、' | '،' => self.push(Kind::Comma, at, after),
            ';' | '；' | '؛' | '|' | '=' | '＝' => self.push(Kind::Strong, at, after),
            '/' => self.push(Kind::Strong, at, after),
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
                    && !lexed.spaced(at)
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
                if word.chars().count() <= 3 && !lexed.spaced(at) {
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

    fn word(&mut self, at: usize) -> usize {
        let lexed = self.lexed;
        let word = lexed.word(at);
        let span = lexed.span(at, at + 1);
        if self.joins(word, span.start, span.end) {
            return at + 1;
        }
        // `Roe와/과Kim`, `J RoeとC Doe`: a conjunction that is glued to letters of another script
        if !word.is_ascii()
            && let Some((place, conjunction)) = glued(word)
        {
            let place = span.start + place;
            let behind = place + conjunction.len_utf8();
            if place > span.start {
                self.plain(at, span.start, place);
            }
            self.push_bytes(Kind::And, at, place, behind);
            if span.end > behind {
                self.plain(at, behind, span.end);
            }
            return at + 1;
        }
        let joined = self.cased && word.len() > 3 && word.is_char_boundary(3);
        if joined && word.starts_with("and") && word[3..].starts_with(char::is_uppercase) {
            self.push_bytes(Kind::And, at, span.start, span.start + 3);
            self.plain(at, span.start + 3, span.end);
            return at + 1;
        }
        if self.is_and(at, word) {
            self.push(Kind::And, at, at + 1);
            return at + 1;
        }
        self.plain(at, span.start, span.end);
        at + 1
    }

    fn is_and(&self, at: usize, word: &str) -> bool {
        let lexed = self.lexed;
        // `Roe, J., in Doe, K.`, `Roe, with Jane Doe`
        if matches!(word, "dan" | "with" | "in" | "mit" | "avec")
            && !self.units.is_empty()
            && lexed.word(at + 1).starts_with(char::is_uppercase)
        {
            return true;
        }
        let upper = word.starts_with(char::is_uppercase);
        let next = lexed.word(at + 1);
        // `ROE, A. E DOE, B.` and `H. ROE Y H. DOE`, where initials have full stops
        if matches!(word, "E" | "Y") && self.shouted && self.stops && next != "." {
            let before = self.units.last().map(|unit| (unit.kind, unit.end));
            return match before {
                Some((Kind::Word, _)) => true,
                Some((Kind::Initials, end)) => {
                    lexed.text.get(..end).is_some_and(|text| text.ends_with('.'))
                        && next.chars().nth(1).is_some()
                }
                _ => false,
            };
        }
        // `Peasgood ET`, `e.`
        let ends = matches!(next, "." | "") || upper && matches!(next, "," | ";" | "/" | "&");
        if ends || !lexed.has(at, Class::Conjunction) {
            return false;
        }
        // `OG`, `VE` among capitals; `ROE, JANE, Y JOAN DOE`
        if upper && self.shouted && !self.units.is_empty() {
            let behind_comma = self.units.len() >= 3
                && self.units.last().is_some_and(|unit| unit.kind == Kind::Comma)
                && self.units[0].kind == Kind::Word;
            if word.chars().nth(1).is_some() || behind_comma && next.chars().nth(1).is_some() {
                return true;
            }
        }
        if word == "И" && self.separated() && !self.units.is_empty() {
            return true;
        }
        // `AND` among capitals, `And` behind a suffix; a single capital is an initial
        let long = upper && matches!(word, "AND" | "And" | "UND" | "ET") && !self.units.is_empty();
        long || !upper && self.cased || !self.cased && word.chars().count() > 1
    }

    /// `Nesvorn´y`, `D’ Aspremont`, `Gonzalez- Roe`: the second half of a word.
    fn joins(&mut self, word: &str, start: usize, end: usize) -> bool {
        let lexed = self.lexed;
        let Some(last) = self.units.last_mut() else { return false };
        let before = lexed.text.get(last.start..last.end).unwrap_or("");
        let mark = before.chars().next_back().unwrap_or(' ');
        let spaced = lexed.text.get(last.end..start).is_some_and(|gap| !gap.is_empty());
        let hyphen = matches!(mark, '-' | '‐' | '‑' | '–');
        let joins = match last.kind {
            Kind::Word => {
                hyphen || !mark.is_alphanumeric() && mark != '.' && !spaced || is_quote(mark)
            }
            Kind::Initials => hyphen && word.chars().count() <= 2,
            _ => false,
        };
        if joins {
            last.end = end;
        }
        joins
    }

    /// A word between two bytes of the text.
    fn plain(&mut self, at: usize, start: usize, end: usize) {
        let lexed = self.lexed;
        let word = lexed.text.get(start..end).unwrap_or("");
        let whole = lexed.get(at).is_some_and(|token| token.span.end == end);
        let dotted = whole && lexed.is_mark(at + 1, '.');
        let behind = !self.separated();
        let behind_words = behind
            && self
                .units
                .iter()
                .rev()
                .take_while(|unit| !unit.kind.parts())
                .any(|unit| matches!(unit.kind, Kind::Word));
        let classes = lexed.get(at).map(|token| token.classes).unwrap_or_default();
        let upper = word.starts_with(char::is_uppercase);
        let caseless = word.chars().next().is_some_and(|c| !c.is_uppercase() && !c.is_lowercase());
        // `A. LAL` has a family name
        let ends = matches!(lexed.word(at + 1), "" | "," | ";" | "&")
            || lexed.has(at + 1, Class::Conjunction);
        let alone = !behind && self.families_in_capitals && word.contains(VOWELS);
        let family_of_caps = ends && alone && !dotted && word.chars().nth(1).is_some()
            || ends
                && !dotted
                && !behind_words
                && word.chars().nth(2).is_some()
                && self.units.last().is_some_and(|unit| unit.kind == Kind::Initials);
        let caps_before = self.units.last().is_some_and(|unit| unit.capitals);
        let next = lexed.word(at + 1);
        let next_is_word = next.starts_with(char::is_uppercase) && next.chars().nth(1).is_some();
        let kind = if !behind
            && next_is_word
            && (self.begins_family(at, word) || {
                // `wa Ilunga M.`
                !upper
                    && self.cased
                    && !caseless
                    && word.chars().count() <= 3
                    && !classes.has(Class::Function)
                    && !word.contains(char::is_uppercase)
            }) {
            Kind::Particle
        } else if classes.has(Class::Suffix)
            && is_suffix(word, dotted && (self.shouted || self.separated()), upper)
            // `Roe, J., Jr.` and `J. Roe III`; `Roe V` has an initial
            && (!self.units.is_empty() || behind_words)
        {
            Kind::Suffix
        } else if matches!(word, "OF" | "FOR" | "THE" | "ON" | "FÜR") && self.shouted {
            Kind::Other
        } else if is_initials(word, dotted, behind_words, self.shouted, caps_before)
            && !family_of_caps
            && !(classes.has(Class::Particle) && self.among_capitals(at, word))
        {
            Kind::Initials
        } else if (classes.has(Class::Particle) || is_arabic_particle(word))
            && !(dotted && upper)
            && (!upper || behind || !self.ends_here(at))
        {
            Kind::Particle
        } else if upper || caseless || !self.cased || word.contains(char::is_uppercase) {
            // `RoeM .`: an initial glued to the family name
            if let Some((split, count)) = glued_initial(word)
                && (count == 1 || dotted)
                && (lexed.spaced(at + 1) || matches!(next, "." | "," | ";"))
            {
                self.push_bytes(Kind::Word, at, start, start + split);
                self.push_bytes(Kind::Initials, at, start + split, end);
                return;
            }
            // `Chr.`, `Wm.`, `Yu.`: a shortened given name
            let short = word.chars().count() <= 4
                && upper
                && dotted
                && !self.shouted
                && lexed.len() > at + 2;
            if short { Kind::Initials } else { Kind::Word }
        } else {
            Kind::Other
        };
        self.push_bytes(kind, at, start, end);
    }

    /// `Ó Siadhail M`, `O Dochartaigh C.`, `San Pedro S.`
    fn begins_family(&self, at: usize, word: &str) -> bool {
        match word {
            "Ó" | "Ní" | "San" | "Santa" | "Saint" | "St" | "SAN" => true,
            "O" => {
                self.lexed.word(at + 2).chars().count() == 1
                    && self.lexed.word(at + 2).starts_with(char::is_uppercase)
            }
            _ => false,
        }
    }

    /// `DE` in `DE GOEJE, C.`, but not in `DE Roe`.
    fn among_capitals(&self, at: usize, word: &str) -> bool {
        let next = self.lexed.word(at + 1);
        word.chars().nth(1).is_some_and(char::is_uppercase)
            && next.chars().count() > 1
            && next.chars().all(|c| !c.is_lowercase())
            && next.starts_with(char::is_uppercase)
    }

    /// Whether a separator or an initial follows: `Le M`, where a particle with a capital is
    /// the family name.
    fn ends_here(&self, at: usize) -> bool {
        let lexed = self.lexed;
        let next = lexed.word(at + 1);
        next.is_empty()
            || matches!(next, "," | ";" | "/" | "&" | "." | "(")
            || lexed.has(at + 1, Class::Conjunction)
            || is_initials(next, lexed.is_mark(at + 2, '.'), true, self.shouted, false)
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʻ')
}

/// A conjunction of Chinese, Japanese or Korean that touches letters of another script.
fn glued(word: &str) -> Option<(usize, char)> {
    let mut before = ' ';
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        if matches!(c, '와' | '과' | 'と' | '和' | '与' | '與' | '及')
            && (!is_cjk(before) && !is_cjk(after)
                || c == 'と' && is_ideograph(before) && is_ideograph(after))
        {
            return Some((at, c));
        }
        before = c;
    }
    None
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// A letter of Chinese, Japanese or Korean.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn is_suffix(word: &str, dotted: bool, upper: bool) -> bool {
    // `Roberts JR` has initials, `Roberts Jr` a suffix; `Senior` is a family name too
    upper
        && !matches!(word, "Senior" | "Junior")
        && (dotted || !matches!(word, "JR" | "SR" | "JNR" | "SNR"))
}

fn is_arabic_particle(word: &str) -> bool {
    matches!(word, "ابن" | "بن" | "أبو" | "ابو" | "آل" | "عبد")
}

/// Where the initial begins that is glued to a family name: `RoeM`, `DoeJA`.
fn glued_initial(word: &str) -> Option<(usize, usize)> {
    let mut back = word.char_indices().rev().peekable();
    let mut split = None;
    let mut count = 0;
    while let Some(&(at, c)) = back.peek() {
        if !c.is_uppercase() {
            break;
        }
        split = Some(at);
        count += 1;
        back.next();
    }
    let split = split.filter(|_| count <= 2)?;
    let family = &word[..split];
    (family.chars().count() >= 3 && family.ends_with(char::is_lowercase)).then_some((split, count))
}

const VOWELS: [char; 14] = ['A', 'E', 'I', 'O', 'U', 'Y', 'Á', 'É', 'Í', 'Ó', 'Ú', 'Ü', 'Ö', 'Ä'];

/// Whether a word is one or more initials.
fn is_initials(
    word: &str,
    dotted: bool,
    behind_words: bool,
    shouted: bool,
    caps_before: bool,
) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return false };
    let cased = first.is_uppercase() || first.is_lowercase();
    if chars.next().is_none() {
        return first.is_uppercase() || !is_cjk(first) && !cased || dotted;
    }
    if !first.is_uppercase() {
        return false;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 5 {
        return false;
    }
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    let hyphen = word.contains(['-', '‐', '‑']);
    // `JB`, `WHG`, `J.-P.`, `PJa`, `S-JD`
    if upper != letters && !(upper >= 2 && letters - upper <= 1) {
        return false;
    }
    if hyphen {
        return word.split(['-', '‐', '‑']).all(|part| part.chars().count() <= 2);
    }
    let vowels = word.contains(VOWELS);
    if shouted {
        // among capitals, `LI` and `WU` are names
        return letters <= 3 && (dotted || !vowels || behind_words && letters == 2);
    }
    if caps_before && vowels && letters >= 3 && !dotted {
        // `MARGERY PEÑA, Enrique`
        return false;
    }
    dotted && letters <= 3 || (behind_words && letters <= 4) || (upper == letters && letters <= 3)
}
