//! Anchors: what grammars are sure of before anything is labelled. Addresses and identifiers
//! with their word (`doi:`, `arXiv:`, `ISBN`, `PMID`) bind the labels of the words they cover.

use crate::grammar::identifier::{Identifier, identifier};
use crate::label::{Allowed, Label, Position, any, only};
use crate::lex::Lexed;
use crate::lexicon::Class;
use crate::span::Span;
use crate::text::beginning;
use crate::work::doi_in;

/// An identifier and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Anchor<'a> {
    pub(crate) identifier: Identifier<'a>,
    pub(crate) span: Span,
    /// Its word included.
    whole: Span,
}

/// The words that identifiers begin with.
const WORDS: [&str; 6] = ["doi", "arxiv", "isbn", "issn", "pmid", "pmcid"];

/// The identifiers of a text, in its order.
pub(crate) fn anchors<'a>(lexed: &Lexed<'a>) -> Vec<Anchor<'a>> {
    let mut found: Vec<Anchor> = Vec::new();
    for index in 0..lexed.len() {
        let word = lexed.word(index);
        // most words are none by their first letter
        if !word.starts_with(['d', 'D', 'a', 'A', 'i', 'I', 'p', 'P']) {
            continue;
        }
        let begins = |known: &&str| {
            word.get(..known.len()).is_some_and(|head| head.eq_ignore_ascii_case(known))
        };
        if !WORDS.iter().any(begins) {
            continue;
        }
        let start = lexed.span(index, index + 1).start;
        if found.last().is_some_and(|last| last.whole.end > start) {
            continue;
        }
        let text = beginning(lexed.from(index), LONGEST);
        let Ok((rest, identifier)) = identifier(text) else { continue };
        let end = start + text.len() - rest.len();
        let value = match identifier {
            Identifier::Doi(value)
            | Identifier::Arxiv(value)
            | Identifier::Isbn(value)
            | Identifier::Issn(value)
            | Identifier::Pmid(value)
            | Identifier::Pmcid(value) => value,
        };
        let span = Span::new(end - value.len(), end);
        found.push(Anchor { identifier, span, whole: Span::new(start, end) });
    }
    found
}

/// The longest identifier, in bytes, with its word.
const LONGEST: usize = 1000;

/// Whether an anchor covers a part of a span.
pub(crate) fn covers(anchors: &[Anchor], span: Span) -> bool {
    let first = anchors.partition_point(|anchor| anchor.whole.end <= span.start);
    anchors.get(first).is_some_and(|anchor| anchor.whole.start < span.end)
}

/// Which labels every position may have.
pub(crate) fn bound(lexed: &Lexed, anchors: &[Anchor], positions: &[Position]) -> Vec<Allowed> {
    let (mut next, mut next_undated) = (0, 0);
    // `n.d.`, `o. J.`: words of several parts that say that there is no date; `N.D.` are initials
    let undated: Vec<_> = lexed
        .phrases()
        .filter(|&(start, end, classes)| {
            let small = lexed.word(start).starts_with(char::is_lowercase);
            end > start + 2 && classes.has(Class::NoDate) && small
        })
        .collect();
    positions
        .iter()
        .map(|position| {
            while undated.get(next_undated).is_some_and(|&(_, end, _)| end <= position.token) {
                next_undated += 1;
            }
            if undated.get(next_undated).is_some_and(|&(start, ..)| start <= position.token) {
                return only(Label::Date);
            }
            while anchors.get(next).is_some_and(|a| a.whole.end <= position.span.start) {
                next += 1;
            }
            match anchors.get(next) {
                Some(anchor) if anchor.span.start < position.span.end => only(label(anchor)),
                Some(anchor) if anchor.whole.start < position.span.end => only(Label::Other),
                _ if position.link => {
                    let doi = position.span.of(lexed.text).and_then(doi_in).is_some();
                    only(if doi { Label::Doi } else { Label::Url })
                }
                _ => any(),
            }
        })
        .collect()
}

fn label(anchor: &Anchor) -> Label {
    match anchor.identifier {
        Identifier::Doi(_) => Label::Doi,
        Identifier::Arxiv(_) => Label::Arxiv,
        _ => Label::Isbn,
    }
}
