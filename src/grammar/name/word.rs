//! The words of a list of names: which are initials, particles, conjunctions.

use super::letters::{
    VOWELS, glued, glued_initial, is_arabic_particle, is_initials, is_quote, is_suffix,
};
use super::units::{Kind, Scan};
use crate::lexicon::Class;
use crate::text::is_alphanumeric;

impl Scan<'_, '_> {
    pub(super) fn word(&mut self, at: usize) -> usize {
        let lexed = self.lexed;
        let word = lexed.word(at);
        let span = lexed.span(at, at + 1);
        if self.joins(word, span.start, span.end)
            || self.shortened(at, word)
            || self.divided(at, word, span.start)
        {
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
        if !matches!(last.kind, Kind::Word | Kind::Initials) {
            return false;
        }
        let before = lexed.text.get(last.start..last.end).unwrap_or("");
        let mark = before.chars().next_back().unwrap_or(' ');
        let spaced = lexed.text.get(last.end..start).is_some_and(|gap| !gap.is_empty());
        let hyphen = matches!(mark, '-' | '‐' | '‑' | '–');
        let joins = if last.kind == Kind::Word {
            hyphen || !is_alphanumeric(mark) && mark != '.' && !spaced || is_quote(mark)
        } else {
            hyphen && word.chars().nth(2).is_none()
        };
        if joins {
            last.end = end;
        }
        joins
    }

    /// A word between two bytes of the text.
    pub(super) fn plain(&mut self, at: usize, start: usize, end: usize) {
        let lexed = self.lexed;
        let word = lexed.text.get(start..end).unwrap_or("");
        let whole = lexed.get(at).is_some_and(|token| token.span.end == end);
        let dotted = whole && lexed.is_mark(at + 1, '.');
        let behind = !self.separated();
        let behind_words = behind && self.has_word;
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
        let caps_before = self.units.last().is_some_and(|unit| {
            let text = || lexed.text.get(unit.start..unit.end).unwrap_or("").chars();
            unit.capitals
                || unit.kind == Kind::Particle
                    && text().nth(1).is_some()
                    && text().all(char::is_uppercase)
        });
        let next = lexed.word(at + 1);
        let next_is_word = next.starts_with(char::is_uppercase) && next.chars().nth(1).is_some();
        let kind = if self.is_short_particle(at, word)
            || !behind
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
