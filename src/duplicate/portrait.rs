//! What tells a work from others, in the form that is compared.
//!
//! Takes a [`Work`], gives its [`Portrait`]. Works whose portraits are equal are compared as one,
//! and portraits have an order, so that nothing here depends on the order of the works. Called by
//! [`group`](super::group).

use super::creator::{Creator, creators};
use super::fold::Folded;
use crate::text::{letters, roman};
use crate::work::{Date, Extra, Field, Kind, Work, doi_in, is_doi, is_isbn};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The longest number of a volume, an issue, a page that is compared, in letters.
const LONGEST: usize = 40;
/// The longest identifier.
const LONGEST_IDENTIFIER: usize = 400;

/// What tells a work from others. The title stands first: it leads the order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Portrait {
    pub(super) title: Folded,
    pub(super) creators: Vec<Creator>,
    pub(super) year: Option<i32>,
    pub(super) marks: Marks,
    pub(super) ids: Identifiers,
    pub(super) container: Folded,
    pub(super) publisher: Folded,
    pub(super) sort: Sort,
    /// Whether it is a preprint or a working paper.
    pub(super) is_preprint: bool,
}

/// What numbers a work among its neighbours: works of which one differs are two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Marks {
    pub(super) doi: Option<String>,
    pub(super) volume: Option<String>,
    pub(super) issue: Option<String>,
    pub(super) first_page: Option<String>,
    pub(super) last_page: Option<String>,
    pub(super) edition: Option<String>,
    pub(super) number: Option<String>,
    pub(super) chapter: Option<String>,
    pub(super) part: Option<String>,
}

/// The identifiers beside the DOI.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Identifiers {
    /// With 13 digits.
    pub(super) isbns: Vec<String>,
    pub(super) pmid: Option<String>,
    pub(super) pmcid: Option<String>,
    /// Without protocol, `www.` and the slash at the end.
    pub(super) url: Option<String>,
}

/// Kinds of which one is never another, though titles and names are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sort {
    Article,
    Book,
    Part,
    Thesis,
    Review,
    #[default]
    Other,
}

impl Portrait {
    /// The portrait of a work.
    pub(super) fn of(work: &Work) -> Self {
        let text = |field| work.text(field).map(Folded::of).unwrap_or_default();
        let mut title = text(Field::Title);
        if title.is_empty() {
            title = text(Field::VolumeTitle);
        }
        let pages = work.page.as_ref().and_then(|pages| pages.ranges().first());
        let first = pages.map(|range| range.first.clone());
        let short_last = pages.and_then(|range| range.last.clone());
        let identifier = |field| {
            let value = work.text(field).map(|value| letters(value, LONGEST_IDENTIFIER));
            value
                .map(|value| value.trim_start_matches("pmc").to_owned())
                .filter(|value| !value.is_empty())
        };
        let number = |field| work.text(field).and_then(mark);
        let marks = Marks {
            doi: doi(work),
            volume: number(Field::Volume),
            issue: number(Field::Issue),
            first_page: first.as_deref().or(work.text(Field::PageFirst)).and_then(page),
            last_page: last_page(first.as_deref(), short_last.as_deref()),
            edition: number(Field::Edition),
            number: work
                .text(Field::Number)
                .map(|number| letters(number, LONGEST))
                .filter(|value| !value.is_empty()),
            chapter: number(Field::ChapterNumber),
            part: number(Field::PartNumber),
        };
        let ids = Identifiers {
            isbns: isbns(work.isbn.as_deref().unwrap_or_default()),
            pmid: identifier(Field::Pmid),
            pmcid: identifier(Field::Pmcid),
            url: work.url.as_deref().and_then(address),
        };
        Self {
            title,
            creators: creators(work),
            year: work.issued.as_ref().and_then(Date::first_year),
            is_preprint: is_preprint(work, marks.doi.as_deref()),
            marks,
            ids,
            container: text(Field::ContainerTitle),
            publisher: text(Field::Publisher),
            sort: sort(work),
        }
    }
}

impl Marks {
    /// Each mark with its name, in one order.
    pub(super) fn each(&self) -> [(Field, Option<&str>); 8] {
        [
            (Field::Doi, self.doi.as_deref()),
            (Field::Volume, self.volume.as_deref()),
            (Field::Issue, self.issue.as_deref()),
            (Field::Page, self.first_page.as_deref()),
            (Field::Edition, self.edition.as_deref()),
            (Field::Number, self.number.as_deref()),
            (Field::ChapterNumber, self.chapter.as_deref()),
            (Field::PartNumber, self.part.as_deref()),
        ]
    }
}

/// The DOI of a work: in its field, or in its address.
fn doi(work: &Work) -> Option<String> {
    let found = |text: &str| doi_in(text.trim()).map(|doi| doi.to_lowercase());
    let doi = work.doi.as_deref().and_then(found).or(work.url.as_deref().and_then(found))?;
    let doi = doi.trim_end_matches(['.', ',', ';', '/']);
    (is_doi(doi) && doi.len() <= LONGEST_IDENTIFIER).then(|| doi.to_owned())
}

/// A number without the words around it: `Vol. XIV` is 14, `2nd ed.` is 2, `15(2)` is 15.
fn mark(text: &str) -> Option<String> {
    let folded = Folded::of(text);
    if let Some(number) = folded.numbers.first() {
        return Some(number.to_string());
    }
    let plain = letters(text, LONGEST);
    let digits: String = plain
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    let digits = digits.trim_start_matches('0');
    if !digits.is_empty() {
        return Some(digits.to_owned());
    }
    Some(roman(&plain).map_or(plain, |number| number.to_string())).filter(|value| !value.is_empty())
}

fn page(text: &str) -> Option<String> {
    let plain = letters(text, LONGEST);
    let plain = plain.trim_start_matches("pp").trim_start_matches('p').trim_start_matches('0');
    Some(plain.to_owned()).filter(|value| !value.is_empty())
}

/// The last page in full: of `263-91` it is 291.
fn last_page(first: Option<&str>, last: Option<&str>) -> Option<String> {
    let (first, last) = (page(first?)?, page(last?)?);
    let missing = first.len().saturating_sub(last.len());
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match first.get(..missing) {
        Some(head) if digits(&first) && digits(&last) => Some(format!("{head}{last}")),
        _ => Some(last),
    }
}

/// ISBNs in one form, 13 digits without hyphens, sorted.
pub(super) fn isbns(text: &str) -> Vec<String> {
    let whole = letters(text, LONGEST_IDENTIFIER);
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/'));
    let parts = parts.map(|part| letters(part, LONGEST));
    let mut found: Vec<String> =
        parts.chain([whole]).filter(|part| is_isbn(part)).map(|part| thirteen(&part)).collect();
    found.sort();
    found.dedup();
    found
}

/// An ISBN of 10 digits as one of 13 (ISO 2108, annex C).
fn thirteen(isbn: &str) -> String {
    let Some(nine) = isbn.get(..9).filter(|_| isbn.len() == 10) else { return isbn.to_owned() };
    let body = format!("978{nine}");
    let sum: u32 = body
        .chars()
        .filter_map(|c| c.to_digit(10))
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// An address without what does not tell places apart.
fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/');
    let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
    // A front page is the address of every page that is not named.
    (!path.is_empty() && bare.len() <= LONGEST_IDENTIFIER && doi_in(url).is_none())
        .then(|| format!("{}/{path}", host.to_lowercase()))
}

fn sort(work: &Work) -> Sort {
    match work.kind {
        Kind::Review | Kind::ReviewBook => Sort::Review,
        _ if work.get(Field::ReviewedTitle).is_some() => Sort::Review,
        Kind::Thesis => Sort::Thesis,
        Kind::Chapter | Kind::PaperConference | Kind::Entry => Sort::Part,
        Kind::EntryDictionary | Kind::EntryEncyclopedia => Sort::Part,
        Kind::Book | Kind::Classic => Sort::Book,
        Kind::ArticleJournal | Kind::ArticleMagazine | Kind::ArticleNewspaper => Sort::Article,
        _ => Sort::Other,
    }
}

static PREPRINTS: LazyLock<HashMap<&'static str, Vec<String>>> = LazyLock::new(|| {
    include_str!("../../data/lexicon/preprints.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(class, words)| {
            let words = words.split(' ').map(|word| word.replace('_', " "));
            (class, words.collect())
        })
        .collect()
});

/// Whether a work is a preprint or working paper by its DOI's registrant, or by a server's name.
fn is_preprint(work: &Work, doi: Option<&str>) -> bool {
    let words = |class| PREPRINTS.get(class).map(Vec::as_slice).unwrap_or_default();
    if let Some(doi) = doi {
        return words("doi").iter().any(|start| doi.starts_with(start));
    }
    let places = [
        Field::ContainerTitle,
        Field::Archive,
        Field::Publisher,
        Field::Genre,
        Field::CollectionTitle,
        Field::Number,
        Field::Url,
    ];
    let of_extra = |extra: &Extra| extra.name.eq_ignore_ascii_case("eprinttype");
    let extra = work.extra.iter().find(|extra| of_extra(extra)).map(|extra| extra.value.as_str());
    places.iter().filter_map(|&field| work.text(field)).chain(extra).any(|text| {
        let beginning = crate::text::beginning(text, LONGEST_IDENTIFIER).to_lowercase();
        words("name").iter().any(|name| is_word_of(&beginning, name))
    })
}

/// Whether `word` stands in `text` as a word: `arxiv` in `https://arxiv.org/abs/1`.
fn is_word_of(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + word.len()..].chars().next();
        [before, behind].iter().flatten().all(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_form() {
        assert_eq!(mark("Vol. XIV").as_deref(), Some("14"));
        assert_eq!(mark("2nd ed.").as_deref(), Some("2"));
        assert_eq!(mark("015(2)").as_deref(), Some("15"));
        assert_eq!(mark("A").as_deref(), Some("a"));
        assert_eq!(last_page(Some("263"), Some("91")).as_deref(), Some("291"));
        assert_eq!(isbns("0-306-40615-2"), isbns("978 0 306 40615 7"));
    }

    #[test]
    fn a_doi_is_found_in_an_address() {
        let mut work = Work::new(Kind::Book);
        work.url = Some("https://doi.org/10.1000/ABC.".into());
        assert_eq!(Portrait::of(&work).marks.doi.as_deref(), Some("10.1000/abc"));
    }
}
