//! What lies behind the authors, cut into elements: the anchors that grammars are sure of
//! (dates, numberings, identifiers, editors, editions) and stretches of text between them.
//!
//! What a stretch of text is, is not decided here: that is the arrangement's part.

mod anchor;
mod bracket;
mod number;
mod role;
mod stop;

pub(crate) use anchor::is_genre;
pub(crate) use stop::ends_sentence;

use crate::grammar::date::{self, TypedDate};
use crate::grammar::name::NameList;
use crate::grammar::numbering::Numbering;
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;
use crate::work::Field;
use stop::{closing_quote, next_is_capital, quote_end, trim_quoted};

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
    /// An identifier that is the field's value as it stands.
    Number(Field),
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

/// How many elements a citation is cut into; what stands behind is one text. Elements look at
/// one another, so that a line of a thousand citations would take their square.
const ELEMENTS: usize = 400;

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
        // `Frankfurt a. M.:`: a place keeps its stops
        if let Some(end) = lexed.phrase(at, Class::Place).filter(|&end| end > at + 2)
            && (fresh || token.space)
        {
            self.open.get_or_insert(at);
            let own = matches!(lexed.word(end), ":" | ",");
            return if lexed.is_mark(end - 1, '.') && !own { end - 1 } else { end };
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
            if self.open.is_some() {
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

    fn has_date(&self) -> bool {
        self.elements.iter().any(|element| match &element.content {
            Content::Date(typed) => date::is_real(&typed.date),
            Content::Numbering(numbering) => numbering.date.is_some(),
            _ => false,
        })
    }

    fn has_container(&self) -> bool {
        self.elements.iter().any(|e| matches!(e.content, Content::In | Content::Editors(_)))
    }
}
