//! What lies behind the authors, cut into elements: the anchors that grammars are sure of
//! (dates, numberings, identifiers, editors, editions) and stretches of text between them.
//!
//! What a stretch of text is, is not decided here: that is the arrangement's part.

use crate::grammar::date::{self, TypedDate};
use crate::grammar::identifier::{Identifier, identifier};
use crate::grammar::name::{NameList, name_list, one_body};
use crate::grammar::numbering::{Numbering, numbering};
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;

/// The mark that stands before an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The first element.
    Start,
    /// Only white space, or nothing.
    None,
    Comma,
    Semicolon,
    Colon,
    /// A full stop that ends something.
    Stop,
    /// `?` or `!`, which belong to the text before.
    Exclamation,
    /// A dash between spaces.
    Dash,
    /// A slash between spaces.
    Slash,
}

/// What an element is.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// Text whose field is not yet known.
    Text,
    /// Text in quotation marks; the span lies inside them.
    Quoted,
    /// Text in brackets that is nothing else.
    Bracketed,
    Date(TypedDate),
    /// `accessed 12 May 2010`
    Accessed(TypedDate),
    Numbering(Box<Numbering>),
    Edition,
    Editors(NameList),
    Translators(NameList),
    /// `In:`
    In,
    Doi(String),
    Url(String),
    Arxiv(String),
    Isbn(String),
    Issn(String),
    /// `[online]`, `CD-ROM`, `available at`: says nothing that a field holds.
    Medium,
    /// `PhD thesis`, `Technical Report`
    Genre,
}

/// An element.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) mark: Mark,
    pub(crate) content: Content,
    /// Where its text stands.
    pub(crate) span: Span,
    /// Its first token.
    pub(crate) start: usize,
    /// The token behind its last.
    pub(crate) end: usize,
    /// Whether it stands in brackets.
    pub(crate) bracketed: bool,
}

/// How far another year is looked for.
const HORIZON: usize = 60;

/// How many elements a citation is cut into; what stands behind is one text. Elements look at
/// one another, so that a line of a thousand citations would take their square.
const ELEMENTS: usize = 400;

/// How many tokens a list of editors may have; longer ones are not looked for.
const EDITORS: usize = 160;

/// Cuts the tokens from `start` on into elements. `dated` says that the year is known already.
pub(crate) fn elements(lexed: &Lexed, start: usize, dated: bool) -> Vec<Element> {
    let mut cutter = Cutter { lexed, dated, elements: Vec::new(), mark: Mark::Start, open: None };
    let mut at = start;
    while at < lexed.len() && cutter.elements.len() < ELEMENTS {
        at = cutter.step(at).max(at + 1);
    }
    if at < lexed.len() {
        cutter.open.get_or_insert(at);
    }
    cutter.close(lexed.len());
    cutter.elements
}

struct Cutter<'a, 'b> {
    lexed: &'b Lexed<'a>,
    dated: bool,
    elements: Vec<Element>,
    /// The mark before the element that comes next.
    mark: Mark,
    /// Where the text that is being gathered began.
    open: Option<usize>,
}

impl Cutter<'_, '_> {
    fn push(&mut self, content: Content, span: Span, start: usize, end: usize, bracketed: bool) {
        self.close(start);
        let mark = std::mem::replace(&mut self.mark, Mark::None);
        self.elements.push(Element { mark, content, span, start, end, bracketed });
    }

    /// Ends the text that is being gathered.
    fn close(&mut self, end: usize) {
        if let Some(start) = self.open.take()
            && start < end
        {
            let mark = std::mem::replace(&mut self.mark, Mark::None);
            let span = self.lexed.span(start, end);
            self.elements.push(Element {
                mark,
                content: Content::Text,
                span,
                start,
                end,
                bracketed: false,
            });
        }
    }

    fn set_mark(&mut self, mark: Mark) {
        // a stop says more than the comma behind it
        let rank = |mark| match mark {
            Mark::Stop => 3,
            Mark::Exclamation => 2,
            Mark::None | Mark::Start => 0,
            _ => 1,
        };
        if rank(mark) >= rank(self.mark) && self.mark != Mark::Start
            || !self.elements.is_empty() && self.mark == Mark::None
        {
            self.mark = mark;
        }
    }

    /// Reads on from the token `at`; gives the token to go on with.
    fn step(&mut self, at: usize) -> usize {
        let lexed = self.lexed;
        let Some(token) = lexed.get(at) else { return at + 1 };
        // Anchors begin where a stretch of text begins, or behind a space inside it.
        let fresh = self.open.is_none();
        if (fresh || token.space)
            && let Some(next) = self.anchor(at, fresh)
        {
            return next;
        }
        match token.kind {
            TokenKind::Link => self.link(at),
            TokenKind::Mark(c) => self.marked(at, c),
            _ => {
                self.open.get_or_insert(at);
                at + 1
            }
        }
    }

    fn link(&mut self, at: usize) -> usize {
        let span = self.lexed.span(at, at + 1);
        let word = self.lexed.word(at);
        let content = match crate::work::doi_in(word) {
            Some(doi) => Content::Doi(doi.to_owned()),
            None => Content::Url(word.to_owned()),
        };
        self.push(content, span, at, at + 1, false);
        at + 1
    }

    fn marked(&mut self, at: usize, c: char) -> usize {
        let lexed = self.lexed;
        if let Some(close) = closing_quote(c)
            && (lexed.spaced(at)
                || self.open.is_none()
                || matches!(c, '«' | '“' | '„' | '「' | '《'))
            && let Some(end) = quote_end(lexed, at, c, close)
        {
            // A quotation inside a stretch of text is part of it: `Approach to “being”`.
            let inside = self.open.is_some_and(|start| at - start <= 14)
                && self.mark != Mark::Start
                || self.open.is_some();
            if inside {
                return end;
            }
            let inner = trim_quoted(lexed, at + 1, end - 1);
            self.push(Content::Quoted, lexed.span(inner.0, inner.1), at, end, false);
            let last = lexed.word(end - 2);
            self.mark = match last {
                "," => Mark::Comma,
                "." | "?" | "!" => Mark::Stop,
                _ => Mark::None,
            };
            return end;
        }
        match c {
            '(' | '[' | '（' | '【' | '<' | '⟨' => return self.bracket(at, c),
            ')' | ']' | '）' | '>' | '⟩' => {
                self.close(at);
                return at + 1;
            }
            _ => {}
        }
        let next_spaced = lexed.spaced(at + 1)
            || lexed
                .get(at + 1)
                .is_some_and(|t| matches!(t.kind, TokenKind::Mark(_) | TokenKind::Link));
        let mark = match c {
            ',' | '，' | '、' => Some(Mark::Comma),
            ';' | '；' => Some(Mark::Semicolon),
            ':' | '：' => Some(Mark::Colon),
            '.' if self.open.is_none() => Some(Mark::Stop),
            '.' | '。' if ends_sentence(lexed, at) => Some(Mark::Stop),
            '?' | '!' | '？' | '！' if next_spaced && next_is_capital(lexed, at + 1) => {
                Some(Mark::Exclamation)
            }
            '–' | '—' | '-' if lexed.spaced(at) && next_spaced && at + 1 < lexed.len() => {
                Some(Mark::Dash)
            }
            '/' if lexed.spaced(at) && next_spaced => Some(Mark::Slash),
            _ => None,
        };
        let Some(mark) = mark else {
            self.open.get_or_insert(at);
            return at + 1;
        };
        if mark == Mark::Exclamation && self.open.is_some() {
            self.close(at + 1);
        } else {
            self.close(at);
        }
        self.set_mark(mark);
        at + 1
    }

    /// What a grammar is sure of at `at`. `fresh`: nothing is being gathered.
    fn anchor(&mut self, at: usize, fresh: bool) -> Option<usize> {
        let lexed = self.lexed;
        let from = lexed.from(at);
        if let Ok((rest, found)) = identifier(from) {
            let end = lexed.index_at(lexed.text.len() - rest.len());
            let content = match found {
                Identifier::Doi(doi) => Content::Doi(doi.to_owned()),
                Identifier::Arxiv(number) => Content::Arxiv(number.to_owned()),
                Identifier::Isbn(isbn) => Content::Isbn(isbn.to_owned()),
                Identifier::Issn(issn) => Content::Issn(issn.to_owned()),
            };
            let len = match found {
                Identifier::Doi(s)
                | Identifier::Arxiv(s)
                | Identifier::Isbn(s)
                | Identifier::Issn(s) => s.len(),
            };
            let stop = lexed.text.len() - rest.len();
            let span = Span::new(stop.saturating_sub(len), stop);
            self.push(content, span, at, end, false);
            return Some(end);
        }
        if let Some(next) = self.accessed(at) {
            return Some(next);
        }
        // `Macrophages in: Proceedings`: no mark before, but one behind
        if !fresh
            && lexed.has(at, Class::Container)
            && lexed.is_mark(at + 1, ':')
            && lexed.word(at).len() > 1
            && self.elements.is_empty()
        {
            self.push(Content::In, lexed.span(at, at + 1), at, at + 1, false);
            return Some(at + 2);
        }
        if fresh {
            if let Some(next) = self.role_before(at) {
                return Some(next);
            }
            if let Some(next) = self.container(at) {
                return Some(next);
            }
            if let Some(next) = self.names_with_role(at) {
                return Some(next);
            }
            if let Some(next) = self.available(at) {
                return Some(next);
            }
        }
        if let Some(next) = self.edition(at) {
            return Some(next);
        }
        self.date_or_numbering(at, fresh)
    }

    fn date_or_numbering(&mut self, at: usize, fresh: bool) -> Option<usize> {
        let lexed = self.lexed;
        let begins = matches!(lexed.get(at)?.kind, TokenKind::Number | TokenKind::Mixed)
            || lexed.has(at, Class::Volume)
            || lexed.has(at, Class::Issue)
            || lexed.has(at, Class::Page)
            || lexed.has(at, Class::Month)
            || lexed.has(at, Class::NoDate)
            || lexed.is_mark(at, '#');
        if !begins {
            return None;
        }
        if let Some((end, found)) = numbering(lexed, at, self.dated || self.has_date()) {
            let last = end >= lexed.len()
                || !matches!(
                    lexed.get(end)?.kind,
                    TokenKind::Word | TokenKind::Number | TokenKind::Mixed
                );
            let behind_text = !fresh
                || self
                    .elements
                    .iter()
                    .any(|e| matches!(e.content, Content::Text | Content::Quoted));
            if (found.strong || fresh && self.mark != Mark::Start && last)
                && behind_text
                && !self.is_title_range(at, end, &found)
            {
                let mut found = found;
                if let Some((span, typed)) = found.date.take() {
                    if self.dated || self.has_date() {
                        found.date = Some((span, typed));
                    } else {
                        self.push(Content::Date(typed), span, at, at, false);
                    }
                }
                let span = lexed.span(at, end);
                self.push(Content::Numbering(Box::new(found)), span, at, end, false);
                return Some(end);
            }
        }
        if (!self.dated && !self.has_date() || fresh && lexed.has(at, Class::Month))
            && let Ok((rest, typed)) = date::date(lexed.from(at))
            && (date::is_real(&typed.date) || fresh)
        {
            let stop = lexed.text.len() - rest.len();
            let end = lexed.index_at(stop);
            // a year inside a stretch of text ends it only where nothing but marks follow:
            // `Mouton de Gruyter 1986, pp.`, but not `the 1986 elections`
            let ends = matches!(
                lexed.get(end).map(|t| t.kind),
                None | Some(TokenKind::Mark('.' | ',' | ';' | ':' | ')' | '(' | '[' | ']' | '。'))
                    | Some(TokenKind::Link)
            );
            let later_year = !fresh && self.year_follows(end);
            let title_range = fresh && self.mark == Mark::Colon && self.elements.len() == 1;
            if ends
                && !later_year
                && !title_range
                && (fresh && self.mark != Mark::Start
                    || !fresh && self.elements.len() + 1 >= 2
                    || self.rest_is_short(end))
            {
                self.push(
                    Content::Date(typed),
                    Span::new(lexed.get(at)?.span.start, stop),
                    at,
                    end,
                    false,
                );
                return Some(end);
            }
        }
        None
    }

    /// `1871–1914` inside a title: a range of years with nothing else.
    fn is_title_range(&self, at: usize, end: usize, found: &Numbering) -> bool {
        let text = self.lexed.span(at, end).of(self.lexed.text).unwrap_or("");
        let years =
            text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).all(|part| {
                part.len() == 4 && part.parse::<i32>().is_ok_and(|year| date::YEARS.contains(&year))
            });
        years
            && found.volume.is_none()
            && !self.elements.iter().any(|e| matches!(e.content, Content::Numbering(_)))
            && self.elements.len() + usize::from(self.open.is_some()) <= 1
    }

    /// Whether another year stands behind `end`, which is then the likelier date.
    fn year_follows(&self, end: usize) -> bool {
        (end..self.lexed.len().min(end + HORIZON)).any(|index| {
            let word = self.lexed.word(index);
            let dash = |index: usize| {
                self.lexed.get(index).is_some_and(
                    |t| matches!(t.kind, TokenKind::Mark(c) if crate::work::is_page_dash(c)),
                )
            };
            word.len() == 4
                && word.parse().is_ok_and(|year: i32| date::YEARS.contains(&year))
                && !dash(index + 1)
                && !dash(index.wrapping_sub(1))
        })
    }

    fn rest_is_short(&self, end: usize) -> bool {
        self.lexed.len() - end <= 2
    }

    fn has_date(&self) -> bool {
        self.elements
            .iter()
            .any(|e| matches!(&e.content, Content::Date(typed) if date::is_real(&typed.date)))
    }

    /// `Accessed 12 May 2010`, `[consulté le 12 mai 2010]`, `2010年5月12日访问` is not read.
    fn accessed(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        if !lexed.has(at, Class::Accessed) && lexed.phrase(at, Class::Accessed).is_none() {
            return None;
        }
        let mut next = lexed.phrase(at, Class::Accessed).unwrap_or(at + 1);
        for _ in 0..4 {
            if let Ok((rest, typed)) = date::date(lexed.from(next))
                && date::is_real(&typed.date)
            {
                let stop = lexed.text.len() - rest.len();
                let end = lexed.index_at(stop);
                let span = Span::new(lexed.get(next)?.span.start, stop);
                self.push(Content::Accessed(typed), span, at, end, false);
                // `Retrieved 12 May 2010, from http://…`
                let mut after = end;
                while matches!(lexed.word(after), "," | "from" | ":" | "at") && after < end + 4 {
                    after += 1;
                }
                return Some(after);
            }
            let word = lexed.get(next)?;
            let small =
                matches!(word.kind, TokenKind::Mark(':' | ',' | '.')) || word.span.len() <= 4;
            if !small {
                return None;
            }
            next += 1;
        }
        None
    }

    /// `available at <http://…>`: words that only lead to an address.
    fn available(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        let class = [Class::Available, Class::Medium, Class::Accessed]
            .into_iter()
            .find(|&class| lexed.phrase(at, class).is_some())?;
        let mut next = lexed.phrase(at, class)?;
        let words_end = next;
        while next < words_end + 5
            && matches!(
                lexed.word(next),
                ":" | "<"
                    | ","
                    | "at"
                    | "from"
                    | "on"
                    | "sur"
                    | "en"
                    | "in"
                    | "unter"
                    | "("
                    | "["
                    | "."
                    | "URL"
                    | "a"
            )
        {
            next += 1;
        }
        if matches!(lexed.get(next).map(|t| t.kind), Some(TokenKind::Link))
            || lexed.from(next).get(..3).is_some_and(|s| s.eq_ignore_ascii_case("doi"))
        {
            let span = lexed.span(at, words_end);
            self.push(Content::Medium, span, at, words_end, false);
            return Some(next);
        }
        None
    }

    /// `In:`, `En`, `dans`
    fn container(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        if self.mark == Mark::Start || !lexed.has(at, Class::Container) {
            return None;
        }
        let word = lexed.word(at);
        let colon = lexed.is_mark(at + 1, ':') || lexed.is_mark(at + 1, '：');
        let capital = word.starts_with(char::is_uppercase);
        let behind_stop = matches!(self.mark, Mark::Stop | Mark::None | Mark::Exclamation);
        let next_capital = next_is_capital(lexed, at + 1);
        // `v Praze`: a small letter of one sign needs its colon
        let sure = colon
            || (next_capital
                && word.chars().count() > 1
                && (capital && (behind_stop || self.mark == Mark::Comma)
                    || !capital && self.mark != Mark::Colon && word != "an"));
        if !sure {
            return None;
        }
        self.push(Content::In, lexed.span(at, at + 1), at, at + 1, false);
        self.mark = Mark::None;
        Some(at + 1 + usize::from(colon))
    }

    /// `edited by A. Roe and B. Doe`, `Ed. A. Roe`, `trans. C. Poe`
    fn role_before(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        for (class, translator) in [(Class::EditorBefore, false), (Class::TranslatorBefore, true)] {
            let Some(mut next) = lexed.phrase(at, class) else { continue };
            while matches!(lexed.word(next), ":" | "." | "von" | "par" | "by" | "por" | "di" | "de")
                && next < at + 6
                && !(lexed.word(next) == "di" && !lexed.has(at, class))
            {
                next += 1;
            }
            let end = self.names_until(next)?;
            let list = name_list(lexed, next, end).filter(|list| list.likeness >= 0.4)?;
            let span = lexed.span(next, end);
            let content =
                if translator { Content::Translators(list) } else { Content::Editors(list) };
            self.push(content, span, at, end, false);
            return Some(end);
        }
        None
    }

    /// Where a list of names that begins at `start` ends: before the first mark behind which
    /// no name follows.
    fn names_until(&self, start: usize) -> Option<usize> {
        let lexed = self.lexed;
        let limit = (start + EDITORS).min(lexed.len());
        let mut best = None;
        let mut tries = 0;
        for at in start + 1..=limit {
            let ends = at == lexed.len()
                || matches!(
                    lexed.get(at).map(|t| t.kind),
                    Some(TokenKind::Mark(
                        ',' | ';' | ':' | ')' | '(' | ']' | '“' | '«' | '—' | '–'
                    ))
                )
                || (lexed.is_mark(at, '.') && ends_sentence(lexed, at))
                || lexed.has(at, Class::Container);
            if !ends {
                continue;
            }
            tries += 1;
            // `ed. A. Roe, Leiden, Brill`: a place is no name
            if best.is_some() && self.is_place_before(at) {
                break;
            }
            match name_list(lexed, start, at) {
                Some(list) if list.likeness >= 0.4 && (at - start <= 8 || list.is_of_persons()) => {
                    best = Some((at, list.likeness))
                }
                _ if best.is_some() && tries > 6 => break,
                _ => {}
            }
            if lexed.is_mark(at, ')')
                || lexed.is_mark(at, ':')
                || lexed.is_mark(at, '(')
                || tries > 40
            {
                break;
            }
            if lexed.is_mark(at, '.')
                && !lexed.is_mark(at, ',')
                && best.is_some_and(|(end, _)| end == at)
            {
                break;
            }
        }
        // the final stop of an initial belongs to the name
        best.map(|(end, _)| end)
    }

    /// Whether what stands between the mark before `at` and `at` is a place.
    fn is_place_before(&self, at: usize) -> bool {
        let from = (0..at)
            .rev()
            .find(|&index| self.lexed.is_mark(index, ','))
            .map_or(at, |index| index + 1);
        from < at && self.lexed.phrase(from, Class::Place).is_some_and(|stop| stop >= at)
    }

    /// `A. Roe and B. Doe (eds.)`, `Roe A, Doe B, editors.`
    fn names_with_role(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        let after_in = matches!(self.elements.last().map(|e| &e.content), Some(Content::In));
        let (role, end, translator) = self.next_role(at)?;
        let list = name_list(lexed, at, role)
            // `In Beck (Ed.), …`: too little for a list, but it stands where editors stand
            .or_else(|| {
                (after_in && role - at <= 4 && lexed.is_mark(role, '('))
                    .then(|| one_body(lexed, at, role, 0.5))
            })?;
        if list.likeness < 0.45 {
            return None;
        }
        let span = lexed.span(at, role);
        let content = if translator { Content::Translators(list) } else { Content::Editors(list) };
        self.push(content, span, at, end, false);
        Some(end)
    }

    /// The next word behind `at` that makes editors or translators of the names before it: the
    /// end of the names, the token behind the word, and whether it says translators.
    fn next_role(&self, at: usize) -> Option<(usize, usize, bool)> {
        let lexed = self.lexed;
        let limit = (at + EDITORS).min(lexed.len());
        for index in at + 1..limit {
            let (end, translator) = match (
                lexed.phrase(index, Class::EditorAfter),
                lexed.phrase(index, Class::TranslatorAfter),
            ) {
                (Some(end), _) => (end, false),
                (_, Some(end)) => (end, true),
                _ => continue,
            };
            let bracket = lexed.is_mark(index - 1, '(') || lexed.is_mark(index - 1, '[');
            let closed = lexed.is_mark(end, ')') || lexed.is_mark(end, ']');
            let comma = lexed.is_mark(index - 1, ',');
            let stops = matches!(lexed.get(end).map(|t| t.kind), None | Some(TokenKind::Mark(_)))
                || lexed.is_mark(end - 1, '.');
            if bracket && closed {
                return Some((index - 1, end + 1, translator));
            }
            if !bracket && stops && (comma || lexed.spaced(index)) && !closed {
                return Some((if comma { index - 1 } else { index }, end, translator));
            }
        }
        None
    }

    /// `2nd ed.`, `3., überarb. Aufl.`, `Second edition`, `Reprint edition`
    fn edition(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        let begins = matches!(lexed.get(at)?.kind, TokenKind::Number | TokenKind::Mixed)
            || lexed.has(at, Class::Revised)
            || is_ordinal(lexed.word(at));
        if !begins || self.mark == Mark::Start {
            return None;
        }
        let word = (at + 1..at + 7).find(|&index| lexed.phrase(index, Class::Edition).is_some())?;
        let only_small = (at + 1..word).all(|index| {
            matches!(
                lexed.get(index).map(|t| t.kind),
                Some(TokenKind::Mark('.' | ',' | 'ª' | 'º' | '°'))
            ) || lexed.has(index, Class::Revised)
                || matches!(
                    lexed.word(index),
                    "ed" | "e" | "and" | "und" | "et" | "ª" | "th" | "nd" | "rd" | "st"
                )
        });
        let number = lexed.word(at);
        let plain_year = number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit());
        if !only_small || plain_year {
            return None;
        }
        let end = lexed.phrase(word, Class::Edition)?;
        if lexed.is_mark(end, ')') && lexed.word(word).to_lowercase().starts_with("eds") {
            return None;
        }
        let value_end = if number.starts_with(|c: char| c.is_ascii_digit()) || is_ordinal(number) {
            at + 1
        } else {
            end
        };
        self.push(Content::Edition, lexed.span(at, value_end), at, end, false);
        Some(end)
    }

    /// A bracket and what is in it.
    fn bracket(&mut self, at: usize, open: char) -> usize {
        let lexed = self.lexed;
        let close = match open {
            '[' => ']',
            '（' => '）',
            '【' => '】',
            '<' => '>',
            '⟨' => '⟩',
            _ => ')',
        };
        let Some(end) = bracket_end(lexed, at, open, close) else {
            return at + 1;
        };
        let first = at + 1;
        let inner = lexed.span(first, end);
        // `[M]`, `[J/OL]`: the marks of GB/T 7714 for what a work is
        if open == '['
            && inner.len() <= 5
            && inner
                .of(lexed.text)
                .is_some_and(|t| t.bytes().all(|b| b.is_ascii_uppercase() || b == b'/'))
        {
            self.push(Content::Medium, inner, at, end + 1, true);
            return end + 1;
        }
        let whole_text = lexed.from(first);
        // a date, alone or with words behind it
        if let Ok((rest, typed)) = date::date(whole_text) {
            let stop = lexed.text.len() - rest.len();
            let after = lexed.index_at(stop);
            let known = self.dated || self.has_date();
            if after == end && (!known || !date::is_real(&typed.date)) {
                self.push(Content::Date(typed), Span::new(inner.start, stop), at, end + 1, true);
                return end + 1;
            }
        }
        if open == '<' || matches!(lexed.get(first).map(|t| t.kind), Some(TokenKind::Link)) {
            self.close(at);
            return first;
        }
        // numbers and identifiers: `(2), 161`, `(pp. 358-386)`, `[doi:…]`
        let strong_numbers = numbering(lexed, first, self.dated || self.has_date())
            .is_some_and(|(stop, found)| stop == end && found.strong);
        let anchored = identifier(whole_text).is_ok()
            || strong_numbers
            || lexed.has(first, Class::Accessed)
            || lexed.phrase(first, Class::EditorBefore).is_some()
            || lexed.phrase(first, Class::TranslatorBefore).is_some()
            || self
                .next_role(first)
                .is_some_and(|(_, role_end, _)| role_end <= end + 1 && end - first > 2)
            || is_edition_inside(lexed, first, end);
        if anchored {
            return self.inside(at, end);
        }
        if lexed.phrase(first, Class::Medium).is_some_and(|stop| stop == end)
            || open == '['
                && (lexed.has(first, Class::Medium) || lexed.has(first, Class::Available))
        {
            self.push(Content::Medium, inner, at, end + 1, true);
            return end + 1;
        }
        if is_genre(lexed, first, end) {
            self.push(Content::Genre, inner, at, end + 1, true);
            return end + 1;
        }
        let apart = self.looks_apart(first, end);
        // `(Mouton, The Hague, 1965)`: an imprint is read as if it stood without the bracket
        if apart && (first..end).any(|index| matches!(lexed.word(index), "," | ":")) {
            return self.inside(at, end);
        }
        // Behind text and before more text it is the text's own.
        let more_follows = matches!(lexed.get(end + 1).map(|t| t.kind), Some(TokenKind::Word))
            && lexed.spaced(end + 1)
            || lexed
                .get(end + 1)
                .is_some_and(|t| !t.space && !matches!(t.kind, TokenKind::Mark(_)));
        if self.open.is_some() && (more_follows || !apart) {
            return end + 1;
        }
        if self.open.is_none() && open == '[' && self.elements.is_empty() {
            // `[Review of …]` as a title
            self.open = Some(first);
            return first;
        }
        self.push(Content::Bracketed, inner, at, end + 1, true);
        end + 1
    }

    /// Reads what stands between the brackets at `open` and `close`.
    fn inside(&mut self, open: usize, close: usize) -> usize {
        self.close(open);
        let before = self.elements.len();
        let mut next = open + 1;
        while next < close {
            next = self.step(next).max(next + 1);
        }
        self.close(close);
        for element in &mut self.elements[before..] {
            element.bracketed = true;
        }
        next.max(close) + usize::from(next <= close)
    }

    /// Whether a bracket holds an imprint, `(Mouton, The Hague, 1965)`, or a publisher.
    fn looks_apart(&self, first: usize, end: usize) -> bool {
        // `Arbeitspapiere (Köln). 2000;63`: a place in brackets tells journals of one name apart
        let one_place = self.lexed.phrase(first, Class::Place) == Some(end);
        let numbers = (end + 1..end + 4).any(|index| {
            self.lexed.get(index).is_some_and(|token| token.kind == TokenKind::Number)
        });
        let in_book =
            self.elements.iter().any(|e| matches!(e.content, Content::In | Content::Editors(_)));
        if one_place && numbers && !in_book {
            return false;
        }
        (first..end).any(|index| {
            self.lexed.has(index, Class::Publisher)
                || self.lexed.has(index, Class::Place)
                || self.lexed.has(index, Class::Body)
        }) || numbering(self.lexed, first, true).is_some_and(|(stop, _)| stop == end)
    }
}

/// Whether the full stop at `at` ends something, rather than an initial or an abbreviation.
pub(crate) fn ends_sentence(lexed: &Lexed, at: usize) -> bool {
    let Some(next) = lexed.get(at + 1) else { return true };
    if !next.space {
        // `University Press.The border`: glued, where a small letter stands before it and a
        // capital word behind
        return matches!(
            next.kind,
            TokenKind::Mark('.' | ',' | ';' | ':' | ')' | ']' | '”' | '"' | '»')
        ) && !matches!(next.kind, TokenKind::Mark(','))
            || next.kind == TokenKind::Word
                && lexed.word(at + 1).starts_with(char::is_uppercase)
                && lexed.word(at + 1).chars().count() > 2
                && at > 0
                && !lexed.is_mark(at + 2, '.')
                && lexed.word(at - 1).chars().count() > 3
                && lexed
                    .word(at - 1)
                    .chars()
                    .skip(1)
                    .all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '\'' || c == '’');
    }
    let before = at.checked_sub(1).map_or("", |index| lexed.word(index));
    let letters = before.chars().count();
    if matches!(next.kind, TokenKind::Word) && lexed.word(at + 1).starts_with(char::is_lowercase) {
        // `et al. in`, `Estud. psicol.`; but `. in Proceedings` after a long word ends
        return letters > 4
            && !lexed.has(at - 1, Class::Abbreviation)
            && (lexed.has(at + 1, Class::Container)
                || lexed.has(at + 1, Class::Page)
                || lexed.has(at + 1, Class::Volume)
                || lexed.has(at + 1, Class::Available)
                || lexed.has(at + 1, Class::EditorBefore)
                || lexed.has(at + 1, Class::Accessed));
    }
    if letters == 1 && before.starts_with(char::is_uppercase) {
        // an initial; but `Papers, Series A. London`
        return at >= 2
            && lexed.get(at - 2).is_some_and(|t| t.kind == TokenKind::Word && t.span.len() > 3)
            && !next_is_capital(lexed, at + 1);
    }
    // `Proc. Int. Conf. History`; but `… with notes vol. 3`
    let abbreviation = lexed.has(at - 1, Class::Abbreviation)
        && letters <= 6
        && !before.chars().all(|c| c.is_ascii_digit());
    !abbreviation || next.kind != TokenKind::Word
}

fn next_is_capital(lexed: &Lexed, at: usize) -> bool {
    let at = if matches!(lexed.word(at), "“" | "«" | "‘" | "\"" | "'" | "(" | "[" | "„") {
        at + 1
    } else {
        at
    };
    lexed.word(at).chars().next().is_none_or(|c| !c.is_lowercase())
}

/// The mark that closes a quotation opened with `open`.
fn closing_quote(open: char) -> Option<char> {
    Some(match open {
        '“' => '”',
        '‘' => '’',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '„' => '“',
        '"' => '"',
        '\'' => '\'',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        _ => return None,
    })
}

/// How many tokens a quotation may have.
const QUOTATION: usize = 120;

/// The token behind the mark that closes the quotation opened at `at`.
fn quote_end(lexed: &Lexed, at: usize, open: char, close: char) -> Option<usize> {
    let mut depth = 1;
    for index in at + 1..(at + QUOTATION).min(lexed.len()) {
        let Some(TokenKind::Mark(c)) = lexed.get(index).map(|t| t.kind) else { continue };
        let closes = c == close || open == '„' && c == '”' || open == '“' && c == '"';
        if c == open && open != close && !closes {
            depth += 1;
        } else if closes {
            // an apostrophe stands before a letter
            let apostrophe = matches!(c, '’' | '\'')
                && lexed.get(index + 1).is_some_and(|t| {
                    !t.space && matches!(t.kind, TokenKind::Word | TokenKind::Mixed)
                });
            let opens_again = open == close
                && lexed.spaced(index)
                && lexed.get(index + 1).is_some_and(|t| !t.space && t.kind == TokenKind::Word);
            if apostrophe || opens_again {
                continue;
            }
            depth -= 1;
            if depth == 0 {
                return (index > at + 1).then_some(index + 1);
            }
        }
    }
    None
}

/// The tokens of a quotation without the marks of the sentence at its end.
fn trim_quoted(lexed: &Lexed, start: usize, mut end: usize) -> (usize, usize) {
    while end > start + 1 && matches!(lexed.word(end - 1), "," | "." | ";" | ":") {
        end -= 1;
    }
    (start, end)
}

fn bracket_end(lexed: &Lexed, at: usize, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    for index in at..(at + QUOTATION).min(lexed.len()) {
        if lexed.is_mark(index, open) {
            depth += 1;
        } else if lexed.is_mark(index, close) {
            depth -= 1;
            if depth == 0 {
                return (index > at + 1).then_some(index);
            }
        }
    }
    None
}

fn is_ordinal(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
            | "zweite"
            | "dritte"
            | "vierte"
            | "deuxième"
            | "troisième"
            | "segunda"
            | "tercera"
            | "terceira"
            | "seconda"
            | "terza"
    )
}

fn is_edition_inside(lexed: &Lexed, first: usize, end: usize) -> bool {
    end - first <= 5
        && (lexed.word(first).starts_with(|c: char| c.is_ascii_digit())
            || lexed.has(first, Class::Revised)
            || is_ordinal(lexed.word(first)))
        && (first..end).any(|index| lexed.has(index, Class::Edition))
}

/// Whether the tokens say what sort of thesis or report a work is.
pub(crate) fn is_genre(lexed: &Lexed, start: usize, end: usize) -> bool {
    let words =
        (start..end).filter(|&i| lexed.get(i).is_some_and(|t| t.kind == TokenKind::Word)).count();
    let thesis = (start..end).any(|i| lexed.has(i, Class::Thesis));
    let report = lexed.phrase(start, Class::Report).is_some_and(|stop| {
        stop >= end
            || lexed.get(stop).is_some_and(|t| {
                matches!(t.kind, TokenKind::Mark(_) | TokenKind::Number | TokenKind::Mixed)
            })
    });
    let thesis = thesis || lexed.phrase(start, Class::Thesis).is_some_and(|stop| stop >= end);
    let noun = (start..end)
        .any(|i| lexed.has(i, Class::Thesis) && !lexed.has(i, Class::ThesisAdjective))
        || words <= 2;
    thesis && noun && words <= 5 || report && words <= 4
}
