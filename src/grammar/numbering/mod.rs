//! Volume, issue and pages, with the date that some styles put among them: `51(2): 243-259`,
//! `15 (2): 61-70`, `2000;5:75–83`, `Vol. 6, n° 6, pp. e1000098`, `13, 2 (2013), p. 299`,
//! `November: 1-23`.
//!
//! A run of numbers is first cut into items with the marks before them, then read as a whole,
//! since what a bare number means depends on its neighbours.

mod item;

use super::date::TypedDate;
use crate::lex::{Lexed, TokenKind};
use crate::span::Span;
use item::{Item, What, item};

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

/// How many items a run has at most; more are a table, not a citation.
const ITEMS: usize = 12;

/// The run of numbers that begins at the token `start`, and the token behind it. `dated` says
/// that the citation's year is known already, so that a bare year may be a volume.
pub(crate) fn numbering(lexed: &Lexed, start: usize, dated: bool) -> Option<(usize, Numbering)> {
    let mut items: Vec<Item> = Vec::new();
    let mut at = start;
    while items.len() < ITEMS {
        let (mark, mut next) = if items.is_empty() { (None, at) } else { marks(lexed, at) };
        let bracketed = !items.is_empty() && matches!(lexed.word(next), "(" | "（" | "[");
        next += usize::from(bracketed);
        let Some((mut after, mut found)) = item(lexed, next, dated, bracketed) else { break };
        // `Studies 1 (Vol. 40, pp. 1–20)`, `Papers 12. Vol 58`: the number before is the title's
        let only_bare =
            !items.is_empty() && items.iter().all(|item| matches!(item.what, What::Bare));
        if only_bare && matches!(found.what, What::Volume) {
            return None;
        }
        if bracketed {
            match lexed.word(after) {
                ")" | "）" | "]" => after += 1,
                "," => {}
                _ => break,
            }
        }
        found.mark = mark;
        found.bracketed = bracketed;
        items.push(found);
        at = after;
    }
    Some((at, resolve(&items, dated)?))
}

/// The mark between two items, of which at most three stand (`), `), and the token behind.
fn marks(lexed: &Lexed, start: usize) -> (Option<char>, usize) {
    let mut mark = None;
    let mut at = start;
    while at < start + 3
        && let Some(TokenKind::Mark(c @ (',' | ';' | ':' | '.' | ')' | '/' | '，' | '；' | '：'))) =
            lexed.get(at).map(|token| token.kind)
    {
        if c != ')' {
            mark = Some(c);
        }
        at += 1;
    }
    (mark, at)
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
    // `57/2`: a volume and its issue
    if let (Some(span), None, Some(slash)) = (
        read.volume,
        read.issue,
        items
            .iter()
            .find(|item| Some(item.span) == read.volume && matches!(item.what, What::Bare))
            .and_then(|item| item.slash),
    ) {
        read.volume = Some(Span::new(span.start, slash));
        read.issue = Some(Span::new(slash + 1, span.end));
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
