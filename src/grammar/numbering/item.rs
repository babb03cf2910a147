//! One item of a run of numbers: a number with its word, a bare number, a date, a month.

use crate::grammar::date::{self, TypedDate};
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;
use crate::work::is_page_dash;

/// What an item is.
#[derive(Clone, Debug)]
pub(super) enum What {
    Volume,
    Issue,
    Page,
    PageCount,
    Bare,
    Date(TypedDate),
    Month(u8),
}

/// An item, and how it is typed.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) what: What,
    pub(super) span: Span,
    /// The mark before it, where one stands.
    pub(super) mark: Option<char>,
    pub(super) bracketed: bool,
    /// Two numbers with a dash between.
    pub(super) range: bool,
    /// Letters and digits mixed: `e1000098`.
    pub(super) mixed: bool,
    /// Where a slash stands in it.
    pub(super) slash: Option<usize>,
}

impl Item {
    fn new(what: What, span: Span) -> Self {
        Self { what, span, mark: None, bracketed: false, range: false, mixed: false, slash: None }
    }
}

/// The item at the token `at`, and the token behind it.
pub(super) fn item(
    lexed: &Lexed,
    at: usize,
    dated: bool,
    bracketed: bool,
) -> Option<(usize, Item)> {
    labelled(lexed, at)
        .or_else(|| dated_item(lexed, at, dated, bracketed))
        .or_else(|| month(lexed, at, bracketed))
        .or_else(|| unlabelled(lexed, at))
}

/// `vol. 6`, `n° 6`, `pp. 1-20`
fn labelled(lexed: &Lexed, at: usize) -> Option<(usize, Item)> {
    for (class, what) in
        [(Class::Page, What::Page), (Class::Volume, What::Volume), (Class::Issue, What::Issue)]
    {
        let sign = class == Class::Issue && matches!(lexed.word(at), "#" | "№");
        if !sign && !lexed.has(at, class) {
            continue;
        }
        let mut after = at + 1;
        while after < at + 3 && matches!(lexed.word(after), "." | ":" | "°" | "º") {
            after += 1;
        }
        let Some((end, mut item)) = number(lexed, after, matches!(what, What::Page)) else {
            continue;
        };
        // `v 12-20`: a letter and a range of pages
        if class == Class::Volume && item.range && lexed.word(at).len() == 1 {
            continue;
        }
        item.what = what;
        return Some((end, item));
    }
    None
}

fn dated_item(lexed: &Lexed, at: usize, dated: bool, bracketed: bool) -> Option<(usize, Item)> {
    let token = lexed.get(at)?;
    let (rest, typed) =
        date::date(lexed.from(at)).ok().filter(|(_, typed)| date::is_real(&typed.date))?;
    let stop = lexed.text.len() - rest.len();
    let end = lexed.index_at(stop);
    let bare_year = token.kind == TokenKind::Number && stop - token.span.start == 4;
    // with the year known, `2014:25` has a volume, as has the second of `2010;2010`
    let volume = bare_year && dated && !bracketed;
    // a range of pages is no year: `1998-2004`
    let range =
        lexed.get(end).is_some_and(|t| matches!(t.kind, TokenKind::Mark(c) if is_page_dash(c)));
    // a day needs its month: `12, 2010` is no date
    let day = token.kind == TokenKind::Number && token.span.len() < 3;
    let month_follows = (at + 1..at + 4).any(|next| lexed.has(next, Class::Month))
        || lexed.get(at + 1).is_some_and(|t| !t.space);
    if volume || range || day && !month_follows {
        return None;
    }
    Some((end, Item::new(What::Date(typed), Span::new(token.span.start, stop))))
}

/// A month without a year: `November: 1-23`
fn month(lexed: &Lexed, at: usize, bracketed: bool) -> Option<(usize, Item)> {
    let token = lexed.get(at).filter(|token| token.kind == TokenKind::Word)?;
    let (rest, month) = date::month(lexed.from(at)).ok()?;
    let end = lexed.index_at(lexed.text.len() - rest.len());
    let follows = lexed.is_mark(end, ':')
        || lexed.is_mark(end, ',') && lexed.has(end + 1, Class::Page)
        || bracketed && lexed.is_mark(end, ')');
    follows.then(|| (end, Item::new(What::Month(month), token.span)))
}

fn unlabelled(lexed: &Lexed, at: usize) -> Option<(usize, Item)> {
    let (end, mut item) = number(lexed, at, false)?;
    let number_at = |index: usize| lexed.get(index).is_some_and(|t| t.kind == TokenKind::Number);
    // `340 p.`: a count of pages
    let stop = end + 1 + usize::from(lexed.is_mark(end + 1, '.'));
    if !item.range && lexed.has(end, Class::Page) && !number_at(stop) {
        item.what = What::PageCount;
        return Some((stop, item));
    }
    // `48. Jg.`: the word behind the number
    let word = end + usize::from(lexed.is_mark(end, '.'));
    let stop = word + 1 + usize::from(lexed.is_mark(word + 1, '.'));
    if lexed.has(word, Class::Volume) && lexed.word(word).chars().count() > 1 && !number_at(stop) {
        item.what = What::Volume;
        return Some((stop, item));
    }
    (!counts(lexed, end)).then_some((end, item))
}

/// A number before a plain word counts something: `5 cases`.
fn counts(lexed: &Lexed, end: usize) -> bool {
    const NUMBERING: [Class; 7] = [
        Class::Volume,
        Class::Issue,
        Class::Page,
        Class::Accessed,
        Class::Available,
        Class::Month,
        Class::Container,
    ];
    const IDENTIFIERS: [&str; 5] = ["doi", "arxiv", "issn", "isbn", "pmid"];
    lexed.get(end).is_some_and(|next| {
        next.space
            && next.kind == TokenKind::Word
            && !NUMBERING.iter().any(|&class| next.classes.has(class))
            && !IDENTIFIERS.contains(&lexed.word(end).to_lowercase().as_str())
    })
}

/// A number, or a range of numbers, at the token `at`, and the token behind it.
fn number(lexed: &Lexed, at: usize, labelled: bool) -> Option<(usize, Item)> {
    if !is_number(lexed, at, labelled) {
        return None;
    }
    let dash = |index: usize| {
        lexed.get(index).is_some_and(|t| matches!(t.kind, TokenKind::Mark(c) if is_page_dash(c)))
    };
    let tight = |index: usize| lexed.get(index).is_some_and(|t| !t.space);
    let mut end = at + 1;
    let mut range = false;
    let mut slash = None;
    loop {
        // a dash, typed once or twice (`--`), and the other end
        let dashes = (end..end + 2).take_while(|&index| dash(index)).count();
        if dashes > 0 && !range && is_number(lexed, end + dashes, true) {
            end += dashes + 1;
            range = true;
        } else if matches!(lexed.word(end), "," | "/" | ".")
            && tight(end)
            && tight(end + 1)
            && lexed.get(end + 1).is_some_and(|t| t.kind == TokenKind::Number)
            && (labelled || range || lexed.word(end) != ",")
        {
            // `94-98,93`, `15/16`, `2.1`
            if lexed.is_mark(end, '/') {
                slash = Some(lexed.span(end, end + 1).start);
                range = false;
            }
            end += 2;
        } else {
            break;
        }
    }
    let mut item = Item::new(What::Bare, lexed.span(at, end));
    item.mixed = !range && lexed.get(at).is_some_and(|token| token.kind == TokenKind::Mixed);
    item.range = range;
    item.slash = slash;
    Some((end, item))
}

fn is_number(lexed: &Lexed, at: usize, labelled: bool) -> bool {
    const ORDINALS: [&str; 4] = ["th", "nd", "st", "rd"];
    let word = lexed.word(at);
    match lexed.get(at).map(|token| token.kind) {
        Some(TokenKind::Number) => word.len() <= 12,
        Some(TokenKind::Mixed) => {
            word.len() <= 16
                && !word.contains('-')
                && !ORDINALS.iter().any(|end| word.ends_with(end))
        }
        Some(TokenKind::Word) => {
            labelled && (is_roman(word) || word.len() == 1 && word.chars().all(char::is_uppercase))
        }
        _ => false,
    }
}

/// Whether `word` is a number in Roman letters.
fn is_roman(word: &str) -> bool {
    let upper = word.bytes().all(|b| b"IVXLCDM".contains(&b));
    let lower = word.bytes().all(|b| b"ivxlcdm".contains(&b));
    !word.is_empty() && word.len() <= 9 && (upper || lower)
}
