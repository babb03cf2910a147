//! Volume, issue and pages, with the date that some styles put among them: `51(2): 243-259`,
//! `15 (2): 61-70`, `2000;5:75–83`, `Vol. 6, n° 6, pp. e1000098`, `13, 2 (2013), p. 299`,
//! `November: 1-23`.
//!
//! A run of numbers is first cut into items with the marks before them, then read as a whole,
//! since what a bare number means depends on its neighbours.

use super::date::{self, TypedDate};
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;

/// What a run of numbers says; spans are in the lexed text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbering {
    pub(crate) volume: Option<Span>,
    /// Whether a word (`vol.`) says that it is one.
    pub(crate) labelled_volume: bool,
    pub(crate) issue: Option<Span>,
    pub(crate) pages: Option<Span>,
    pub(crate) number_of_pages: Option<Span>,
    pub(crate) date: Option<(Span, TypedDate)>,
    /// A month of issue without a year, 1 to 12.
    pub(crate) month: Option<(Span, u8)>,
    /// Whether a word (`vol.`, `no.`, `pp.`) or a typical form says that this is a numbering,
    /// rather than a number in a title.
    pub(crate) strong: bool,
}

#[derive(Clone, Debug)]
enum What {
    Volume,
    Issue,
    Page,
    PageCount,
    Bare,
    Date(TypedDate),
    Month(u8),
}

#[derive(Clone, Debug)]
struct Item {
    what: What,
    span: Span,
    range: bool,
    /// The mark before it, where one stands.
    mark: Option<char>,
    bracketed: bool,
    /// Letters and digits mixed: `e1000098`.
    mixed: bool,
}

/// How many items a run has at most; more are a table, not a citation.
const ITEMS: usize = 12;

/// The run of numbers that begins at the token `start`, and the token behind it. `dated` says
/// that the citation's year is known already, so that a bare year may be a volume.
pub(crate) fn numbering(lexed: &Lexed, start: usize, dated: bool) -> Option<(usize, Numbering)> {
    let mut items: Vec<Item> = Vec::new();
    let mut at = start;
    let mut end = start;
    while items.len() < ITEMS {
        let mut next = at;
        let mut mark = None;
        let mut bracketed = false;
        if !items.is_empty() {
            // at most two marks between items: `), `
            for _ in 0..3 {
                match lexed.get(next).map(|token| token.kind) {
                    Some(TokenKind::Mark(
                        c @ (',' | ';' | ':' | '.' | ')' | '/' | '，' | '；' | '：'),
                    )) => {
                        if c != ')' {
                            mark = Some(c);
                        }
                        next += 1;
                    }
                    _ => break,
                }
            }
        }
        if lexed.is_mark(next, '(') || lexed.is_mark(next, '（') {
            if items.is_empty() {
                break;
            }
            bracketed = true;
            next += 1;
        }
        let Some((after, mut item)) = item(lexed, next, dated, bracketed) else { break };
        if bracketed {
            if !(lexed.is_mark(after, ')')
                || lexed.is_mark(after, '）')
                || lexed.is_mark(after, ','))
            {
                break;
            }
            at = after + usize::from(!lexed.is_mark(after, ','));
        } else {
            at = after;
        }
        item.mark = mark;
        item.bracketed = bracketed;
        items.push(item);
        end = at;
    }
    let numbering = resolve(&items, dated)?;
    Some((end, numbering))
}

fn item(lexed: &Lexed, at: usize, dated: bool, bracketed: bool) -> Option<(usize, Item)> {
    let token = lexed.get(at)?;
    let labelled =
        [(Class::Page, What::Page), (Class::Volume, What::Volume), (Class::Issue, What::Issue)];
    for (class, what) in labelled {
        let Some(after) = word_of(lexed, at, class) else { continue };
        if let Some((end, span, range, mixed)) = number(lexed, after, matches!(what, What::Page))
            && !(class == Class::Volume && range && token.span.len() == 1)
        {
            return Some((end, Item { what, span, range, mark: None, bracketed: false, mixed }));
        }
    }
    let date = date::date(lexed.from(at)).ok().filter(|(_, typed)| date::is_real(&typed.date));
    if let Some((rest, typed)) = date {
        let stop = lexed.text.len() - rest.len();
        let end = lexed.index_at(stop);
        let bare_year = stop - token.span.start == 4 && token.kind == TokenKind::Number;
        // `2014:25` with the year known is a volume, and so is the second of `2010;2010`
        let dash = lexed
            .get(end)
            .is_some_and(|t| matches!(t.kind, TokenKind::Mark(c) if crate::work::is_page_dash(c)));
        if !(bare_year && dated && !bracketed)
            && !dash
            && !(token.kind == TokenKind::Number
                && token.span.len() < 3
                && !rest_is_date(lexed, at))
        {
            let span = Span::new(token.span.start, stop);
            return Some((
                end,
                Item {
                    what: What::Date(typed),
                    span,
                    range: false,
                    mark: None,
                    bracketed: false,
                    mixed: false,
                },
            ));
        }
    }
    if let Ok((rest, month)) = date::month(lexed.from(at))
        && token.kind == TokenKind::Word
    {
        let end = lexed.index_at(lexed.text.len() - rest.len());
        if lexed.is_mark(end, ':')
            || (lexed.is_mark(end, ',') && lexed.has(end + 1, Class::Page))
            || (bracketed && lexed.is_mark(end, ')'))
        {
            return Some((
                end,
                Item {
                    what: What::Month(month),
                    span: token.span,
                    range: false,
                    mark: None,
                    bracketed: false,
                    mixed: false,
                },
            ));
        }
    }
    let (end, span, range, mixed) = number(lexed, at, false)?;
    // `340 p.`: a count of pages
    if !range
        && lexed.has(end, Class::Page)
        && matches!(
            lexed.word(end),
            "p" | "pp" | "pages" | "S" | "s" | "pgs" | "с" | "Seiten" | "págs" | "páginas"
        )
        && !matches!(
            lexed.get(end + 1 + usize::from(lexed.is_mark(end + 1, '.'))).map(|t| t.kind),
            Some(TokenKind::Number)
        )
    {
        let end = end + 1 + usize::from(lexed.is_mark(end + 1, '.'));
        return Some((
            end,
            Item { what: What::PageCount, span, range, mark: None, bracketed: false, mixed },
        ));
    }
    // A number before a plain word counts something: `5 cases`
    let counts = lexed.get(end).is_some_and(|next| {
        next.space
            && matches!(next.kind, TokenKind::Word)
            && !next.classes.has(Class::Volume)
            && !next.classes.has(Class::Issue)
            && !next.classes.has(Class::Page)
            && !next.classes.has(Class::Accessed)
            && !next.classes.has(Class::Available)
            && !next.classes.has(Class::Month)
            && !next.classes.has(Class::Container)
            && !matches!(
                lexed.word(end),
                "doi" | "DOI" | "Doi" | "arXiv" | "ISSN" | "ISBN" | "PMID"
            )
    });
    if counts {
        return None;
    }
    Some((end, Item { what: What::Bare, span, range, mark: None, bracketed: false, mixed }))
}

/// A day needs its month: `12, 2010` is no date.
fn rest_is_date(lexed: &Lexed, at: usize) -> bool {
    (at + 1..at + 4).any(|next| lexed.has(next, Class::Month))
        || lexed.get(at + 1).is_some_and(|t| !t.space)
}

/// The token behind a word of `class` at `at`, with its stop and, for pages, its colon.
fn word_of(lexed: &Lexed, at: usize, class: Class) -> Option<usize> {
    if !lexed.has(at, class) && !matches!((class, lexed.word(at)), (Class::Issue, "#" | "№")) {
        return None;
    }
    let mut after = at + 1;
    while matches!(lexed.word(after), "." | ":" | "°" | "º") && after < at + 3 {
        after += 1;
    }
    Some(after)
}

/// A number, or a range of numbers, at `at`: the token behind it, its span, whether it is a
/// range, whether it mixes letters and digits.
fn number(lexed: &Lexed, at: usize, labelled: bool) -> Option<(usize, Span, bool, bool)> {
    if !is_number(lexed, at, labelled) {
        return None;
    }
    let mut end = at + 1;
    let mut range = false;
    let mut mixed = lexed.get(at).is_some_and(|token| token.kind == TokenKind::Mixed);
    loop {
        // a dash, typed once or twice (`--`), and the other end
        let dashes = (end..end + 2)
            .take_while(|&i| {
                lexed.get(i).is_some_and(
                    |t| matches!(t.kind, TokenKind::Mark(c) if crate::work::is_page_dash(c)),
                )
            })
            .count();
        if dashes > 0 && is_number(lexed, end + dashes, true) && !range {
            end += dashes + 1;
            range = true;
        } else if matches!(
            lexed.get(end).map(|t| (t.kind, t.space)),
            Some((TokenKind::Mark(',' | '/' | '.'), false))
        ) && lexed.get(end + 1).is_some_and(|t| !t.space && t.kind == TokenKind::Number)
            && (labelled || range || lexed.is_mark(end, '/') || lexed.is_mark(end, '.'))
        {
            // `94-98,93`, `15/16`, `2.1`
            range &= !lexed.is_mark(end, '/');
            end += 2;
        } else {
            break;
        }
    }
    mixed &= !range;
    Some((end, lexed.span(at, end), range, mixed))
}

fn is_number(lexed: &Lexed, at: usize, labelled: bool) -> bool {
    let word = lexed.word(at);
    match lexed.get(at).map(|token| token.kind) {
        Some(TokenKind::Number) => word.len() <= 12,
        Some(TokenKind::Mixed) => {
            word.len() <= 16
                && !word.ends_with("th")
                && !word.ends_with("nd")
                && !word.ends_with("st")
                && !word.ends_with("rd")
                && !word.contains('-')
        }
        Some(TokenKind::Word) => {
            labelled && is_roman(word)
                || labelled && word.len() == 1 && word.chars().all(char::is_uppercase)
        }
        _ => false,
    }
}

/// Whether `word` is a number in Roman letters.
pub(crate) fn is_roman(word: &str) -> bool {
    let upper = word.bytes().all(|b| b"IVXLCDM".contains(&b));
    let lower = word.bytes().all(|b| b"ivxlcdm".contains(&b));
    !word.is_empty() && word.len() <= 9 && (upper || lower)
}

fn resolve(items: &[Item], dated: bool) -> Option<Numbering> {
    let mut read = Numbering::default();
    let mut bare: Vec<&Item> = Vec::new();
    let mut labels = 0;
    for item in items {
        let slot = match &item.what {
            What::Volume => &mut read.volume,
            What::Issue => &mut read.issue,
            What::Page => &mut read.pages,
            What::PageCount => &mut read.number_of_pages,
            What::Bare => {
                bare.push(item);
                continue;
            }
            What::Date(typed) => {
                // the second year of `2010;2010:` is the volume
                if read.date.is_some() && item.span.len() == 4 && !item.bracketed {
                    bare.push(item);
                } else {
                    read.date.get_or_insert((item.span, typed.clone()));
                }
                continue;
            }
            What::Month(month) => {
                read.month = Some((item.span, *month));
                continue;
            }
        };
        labels += 1;
        if slot.is_none() {
            *slot = Some(item.span);
        }
    }
    let labelled_pages = read.pages.is_some();
    read.labelled_volume = read.volume.is_some();
    if read.pages.is_none()
        && let Some(last) = bare.last()
    {
        let alone = bare.len() == 1 && read.volume.is_none();
        let article = last.mixed && last.span.len() > 3;
        let after_colon = matches!(last.mark, Some(':' | '：')) && !last.bracketed;
        let two_left =
            bare.len() >= 3 || (read.issue.is_some() && read.volume.is_none() && bare.len() >= 2);
        let behind_volume = read.volume.is_some() && !last.bracketed && read.issue.is_some();
        let large = !alone && !last.bracketed && last.span.len() >= 3 && bare.len() >= 2;
        if last.range && !last.bracketed
            || article
            || after_colon
            || two_left && !last.bracketed
            || behind_volume
            || large
        {
            read.pages = Some(last.span);
            bare.pop();
        }
    }
    // `2011;(247):82`: a number in brackets is an issue, with or without a volume
    if read.issue.is_none() && bare.len() == 1 && bare[0].bracketed {
        read.issue = bare.pop().map(|item| item.span);
    }
    let mut bare = bare.into_iter();
    if read.volume.is_none()
        && !(read.issue.is_some()
            && labels > 0
            && items.first().is_some_and(|i| matches!(i.what, What::Issue)))
    {
        read.volume = bare.next().map(|item| item.span);
    }
    if read.issue.is_none() {
        read.issue = bare.next().map(|item| item.span);
    }
    let pages_after_number = read.pages.is_some()
        && (read.volume.is_some() || read.date.is_some() || read.month.is_some());
    let bracketed_issue = read.issue.is_some() && read.volume.is_some();
    let only_pages = read.pages.is_some() && items.iter().any(|item| item.range);
    read.strong = labels > 0
        || labelled_pages
        || pages_after_number
        || bracketed_issue
        || only_pages
        || (read.volume.is_some() && read.date.is_some() && !dated);
    let says = read.volume.is_some()
        || read.issue.is_some()
        || read.pages.is_some()
        || read.number_of_pages.is_some();
    says.then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// volume, issue, pages, date, the rest
    fn read(text: &str, dated: bool) -> Option<[String; 5]> {
        let lexed = Lexed::new(text);
        let (end, found) = numbering(&lexed, 0, dated)?;
        let of = |span: Option<Span>| span.and_then(|s| s.of(text)).unwrap_or("").to_owned();
        let date = found.date.map(|(_, typed)| typed.date.to_string()).unwrap_or_default();
        Some([of(found.volume), of(found.issue), of(found.pages), date, lexed.from(end).to_owned()])
    }

    #[test]
    fn numberings_of_many_styles() {
        for (text, dated, want) in [
            ("51(2): 243-259.", true, ["51", "2", "243-259", "", "."]),
            ("15 (2): 61-70.", true, ["15", "2", "61-70", "", "."]),
            ("21(5): 420 – 443.", true, ["21", "5", "420 – 443", "", "."]),
            ("3: 18-20.", true, ["3", "", "18-20", "", "."]),
            ("23(2).", true, ["23", "2", "", "", "."]),
            ("2000;5:75–83.", false, ["5", "", "75–83", "2000", "."]),
            ("2014;2014:25–99.", false, ["2014", "", "25–99", "2014", "."]),
            ("1952;18(3):146–149.", false, ["18", "3", "146–149", "1952", "."]),
            ("Vol. 6, n° 6, pp. e1000098. DOI", true, ["6", "6", "e1000098", "", ". DOI"]),
            ("13, 2 (2013), p. 299‑309, en", false, ["13", "2", "299‑309", "2013", ", en"]),
            ("8 (1969), p. 171‑189.", false, ["8", "", "171‑189", "1969", "."]),
            ("350, h696 doi", true, ["350", "", "h696", "", " doi"]),
            ("79, 356–390.", true, ["79", "", "356–390", "", "."]),
            ("50 (2): 197–221.", true, ["50", "2", "197–221", "", "."]),
            ("48:617–24.", true, ["48", "", "617–24", "", "."]),
            ("no. 4 (January 1950): 482–484", false, ["", "4", "482–484", "1950-01", ""]),
            ("27 (1991) 443 – 482.", false, ["27", "", "443 – 482", "1991", "."]),
            ("29: 94-98,93, 2009.", false, ["29", "", "94-98,93", "2009", "."]),
        ] {
            let want = want.map(str::to_owned);
            let mut got = read(text, dated).unwrap();
            if want[4].starts_with(' ') {
                got[4].insert(0, ' ');
            }
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn numbers_that_count_are_no_numbering() {
        assert!(read("5 cases of harbour watch", true).is_none());
        assert!(read("2nd ed.", true).is_none());
    }
}
