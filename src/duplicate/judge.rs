//! Whether two works are the same: what speaks for it, and how sure it is.
//!
//! Takes two [`Portrait`]s, gives a [`Verdict`]. Called by [`group`](super::group) for works that
//! have something in common. The confidences are shares of right verdicts on 2,000 references
//! paired with misspelled and shortened forms of themselves and with works that look alike
//! (`examples/duplicates.rs`).

use super::creator::{Agreement, agreement};
use super::fold::{Folded, distance};
use super::portrait::{Portrait, Sort};
use super::{Reason, Reasons};

/// What two works are to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Verdict {
    /// How sure it is that they are one.
    pub(super) confidence: f32,
    pub(super) reasons: Reasons,
}

/// From here on works are the same, not perhaps the same.
pub(super) const SURE: f32 = 0.9;

/// Confidences: what each kind of agreement is worth.
const IDENTIFIER: f32 = 0.99;
const WHOLE: f32 = 0.98;
const CORROBORATED: f32 = 0.95;
const JUST_SURE: f32 = 0.92;
const LIKELY: f32 = 0.7;
const PERHAPS: f32 = 0.5;

/// How two titles agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Title {
    Different,
    /// One work has none.
    Missing,
    /// One has the other's main part alone.
    Part,
    /// A few letters differ.
    Near,
    /// One letter differs.
    Misspelled,
    Same,
}

/// How two values agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Agree {
    Different,
    Missing,
    Same,
}

/// What two works are to each other; `None` where they are two.
pub(super) fn judge(one: &Portrait, other: &Portrait) -> Option<Verdict> {
    let mut reasons = Reasons::default();
    let title = titles(&one.title, &other.title);
    let authors = agreement(&one.creators, &other.creators);
    let preprint = one.is_preprint && is_published(other) || other.is_preprint && is_published(one);
    let marks = |doi: bool| {
        one.marks.each().into_iter().zip(other.marks.each()).skip(usize::from(!doi)).any(
            |((_, one), (_, other))| matches!((one, other), (Some(one), Some(other)) if one != other),
        )
    };
    if title >= Title::Part {
        reasons.add(if title == Title::Same { Reason::Title } else { Reason::SimilarTitle });
    }
    if authors == Agreement::Same {
        reasons.add(Reason::Author);
    }
    let dois = agree(one.marks.doi.as_deref(), other.marks.doi.as_deref());
    if dois == Agree::Same {
        reasons.add(Reason::Doi);
        // A chapter is sometimes given the DOI of its book.
        let two = title == Title::Different
            && (authors == Agreement::Different || page(one, other) == Agree::Different);
        return (!two).then(|| Verdict {
            confidence: if title == Title::Different { LIKELY } else { IDENTIFIER },
            reasons,
        });
    }
    if dois == Agree::Different {
        let printed = preprint && title >= Title::Near && authors == Agreement::Same;
        reasons.add(Reason::Preprint);
        return printed.then_some(Verdict { confidence: PERHAPS, reasons });
    }
    if (one.sort == Sort::Review) != (other.sort == Sort::Review) {
        return None;
    }
    let same = identifiers(one, other, title, &mut reasons);
    let years = match (one.year, other.year) {
        (Some(one), Some(other)) => Some(one.abs_diff(other)),
        _ => None,
    };
    if marks(false) {
        // A wrong number in one of two records of one number of PubMed.
        let wrong = same && years.is_none_or(|years| years <= 1) && title >= Title::Near;
        return wrong.then_some(Verdict { confidence: LIKELY, reasons });
    }
    if years == Some(0) {
        reasons.add(Reason::Year);
    }
    if same && authors != Agreement::Different && title >= Title::Part {
        let confidence = if years.is_none_or(|years| years <= 1) { IDENTIFIER } else { PERHAPS };
        return Some(Verdict { confidence, reasons });
    }
    weigh(one, other, title, authors, years, preprint, reasons)
}

/// Works without a common identifier: title, year, first author, pages and where they stand.
fn weigh(
    one: &Portrait,
    other: &Portrait,
    title: Title,
    authors: Agreement,
    years: Option<u32>,
    preprint: bool,
    mut reasons: Reasons,
) -> Option<Verdict> {
    let pages = page(one, other);
    if pages == Agree::Same {
        reasons.add(Reason::Pages);
    }
    let volumes = agree(one.marks.volume.as_deref(), other.marks.volume.as_deref());
    let containers = places(&one.container, &other.container);
    if containers == Agree::Same {
        reasons.add(Reason::Container);
    }
    let publishers = places(&one.publisher, &other.publisher);
    if publishers == Agree::Same {
        reasons.add(Reason::Publisher);
    }
    let in_place = containers == Agree::Same && volumes == Agree::Same;
    // What only a copy has.
    let pinned = pages == Agree::Same && (containers == Agree::Same || volumes == Agree::Same);
    let corroborated = pinned || pages == Agree::Same || in_place || publishers == Agree::Same;
    let beside = containers == Agree::Same;
    let letters = one.title.joined.len().min(other.title.joined.len());
    let words = one.title.words.len().min(other.title.words.len());
    let telling = words >= 2 && letters >= 9 || letters >= 14;
    let written = authors == Agreement::Same;
    let year = years == Some(0);
    let (mut confidence, least) = match title {
        Title::Different => return None,
        // Physicists cite without titles.
        Title::Missing if written && year && pinned && volumes == Agree::Same => {
            (CORROBORATED, 0.0)
        }
        Title::Missing => return None,
        _ if authors == Agreement::Different => {
            let all = title >= Title::Misspelled && year && pinned && telling;
            return all.then_some(Verdict { confidence: PERHAPS, reasons });
        }
        Title::Same if written && year && (telling || corroborated || beside) => {
            (if corroborated { WHOLE } else { CORROBORATED }, LIKELY)
        }
        Title::Misspelled if written && year && (pinned || in_place) => (CORROBORATED, LIKELY),
        Title::Misspelled if written && year && (words >= 3 || corroborated || beside) => {
            (JUST_SURE, LIKELY)
        }
        Title::Near if written && year && (pinned || in_place) => (JUST_SURE, LIKELY),
        Title::Part if written && year && (corroborated || telling) => (JUST_SURE, LIKELY),
        Title::Same if written && years.is_none() && (corroborated || beside) && telling => {
            (JUST_SURE, LIKELY)
        }
        Title::Misspelled if written && years.is_none() && (pinned || in_place) => {
            (JUST_SURE, LIKELY)
        }
        Title::Same if written && one.year.or(other.year).is_none() && words >= 4 => {
            (JUST_SURE, LIKELY)
        }
        Title::Same if written && years == Some(1) && pinned => (JUST_SURE, LIKELY),
        Title::Same if year && telling && (pinned || in_place || publishers == Agree::Same) => {
            (JUST_SURE, LIKELY)
        }
        Title::Same | Title::Misspelled
            if (written || telling && pinned) && years.is_none_or(|by| by <= 1) =>
        {
            (LIKELY, LIKELY)
        }
        Title::Same if telling && (year && words >= 4 || one == other) => (PERHAPS, PERHAPS),
        Title::Near | Title::Part if written && years.is_none_or(|by| by == 0) => {
            (PERHAPS, PERHAPS)
        }
        _ => return None,
    };
    if preprint {
        reasons.add(Reason::Preprint);
        confidence = confidence.min(PERHAPS);
    }
    let versions = one.sort != other.sort
        && (one.sort == Sort::Thesis
            || other.sort == Sort::Thesis
            || one.sort == Sort::Book && matches!(other.sort, Sort::Part | Sort::Article)
            || other.sort == Sort::Book && matches!(one.sort, Sort::Part | Sort::Article));
    let elsewhere =
        containers == Agree::Different && !(pages == Agree::Same && volumes == Agree::Same);
    // The whole, or one of its volumes.
    let of_many =
        one.sort == Sort::Book && one.marks.volume.is_some() != other.marks.volume.is_some();
    if versions || elsewhere || of_many {
        confidence = confidence.min(least);
    }
    Some(Verdict { confidence, reasons })
}

/// Whether a work has appeared somewhere that is no server of preprints.
fn is_published(it: &Portrait) -> bool {
    !it.is_preprint
        && (it.sort != Sort::Other
            || !it.container.is_empty()
            || !it.publisher.is_empty()
            || it.marks.volume.is_some()
            || it.marks.doi.is_some())
}

/// Whether an identifier beside the DOI is common to both; an ISBN and an address are those of
/// the whole book or site, and count with the title alone.
fn identifiers(one: &Portrait, other: &Portrait, title: Title, reasons: &mut Reasons) -> bool {
    let (a, b) = (&one.ids, &other.ids);
    let pubmed = agree(a.pmid.as_deref(), b.pmid.as_deref()) == Agree::Same
        || agree(a.pmcid.as_deref(), b.pmcid.as_deref()) == Agree::Same;
    if pubmed {
        reasons.add(Reason::PubMed);
    }
    let isbn = a.isbns.iter().any(|isbn| b.isbns.contains(isbn));
    if isbn {
        reasons.add(Reason::Isbn);
    }
    let url = agree(a.url.as_deref(), b.url.as_deref()) == Agree::Same;
    if url {
        reasons.add(Reason::Url);
    }
    pubmed && title != Title::Different || (isbn || url) && title >= Title::Part
}

fn agree(one: Option<&str>, other: Option<&str>) -> Agree {
    match (one, other) {
        (Some(one), Some(other)) if one == other => Agree::Same,
        (Some(_), Some(_)) => Agree::Different,
        _ => Agree::Missing,
    }
}

fn page(one: &Portrait, other: &Portrait) -> Agree {
    let first = agree(one.marks.first_page.as_deref(), other.marks.first_page.as_deref());
    let last = agree(one.marks.last_page.as_deref(), other.marks.last_page.as_deref());
    if first == Agree::Same && last == Agree::Different { Agree::Different } else { first }
}

fn titles(one: &Folded, other: &Folded) -> Title {
    if one.is_empty() || other.is_empty() {
        return Title::Missing;
    }
    let (a, b) = (&one.joined, &other.joined);
    if a == b || one.whole == other.whole {
        return if one.numbers == other.numbers { Title::Same } else { Title::Different };
    }
    if one.numbers == other.numbers
        && let Some(found) = misspelled(one, other)
    {
        return found;
    }
    for (long, short, joined) in [(one, other, b), (other, one, a)] {
        let main = long.numbers.get(..long.main_numbers).unwrap_or_default();
        let enough = long.main >= 2 || joined.len() >= 10;
        // A subtitle's number may be a volume's.
        if long.has_subtitle()
            && enough
            && long.main_joined() == joined
            && short.numbers.as_slice() == main
            && long.numbers.len() == main.len()
        {
            return Title::Part;
        }
    }
    Title::Different
}

/// Titles that differ in a few letters.
fn misspelled(one: &Folded, other: &Folded) -> Option<Title> {
    /// The letters of a title that may have one wrong, and two, and three.
    const ENOUGH: [usize; 3] = [10, 24, 40];
    let shorter = one.whole.len().min(other.whole.len());
    let limit = ENOUGH.iter().filter(|&&enough| shorter >= enough).count();
    let far = distance(&one.whole, &other.whole, limit).filter(|_| limit > 0)?;
    // `Part A` and `Part B` are two, and so are `On ports` and `In ports`.
    let same = |(one, other): &(&String, &String)| one == other;
    let head = one.all.iter().zip(&other.all).take_while(same).count();
    let rest = (one.all.get(head..)?, other.all.get(head..)?);
    let tail = rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(same).count();
    let letters =
        |rest: &[String]| -> usize { rest.iter().take(rest.len() - tail).map(String::len).sum() };
    let (a, b) = (letters(rest.0), letters(rest.1));
    if a.min(b) < 2 {
        return None;
    }
    Some(if far == 1 && a.max(b) > 2 { Title::Misspelled } else { Title::Near })
}

/// Whether two names that are said are of one journal, book or publisher.
pub(super) fn are_one_place(one: &Folded, other: &Folded) -> bool {
    places(one, other) == Agree::Same
}

/// Whether two names of journals, books or publishers are one: equal, abbreviated, or initials.
fn places(one: &Folded, other: &Folded) -> Agree {
    if one.is_empty() || other.is_empty() {
        return Agree::Missing;
    }
    let (a, b) = (&one.joined, &other.joined);
    let initials = |words: &[String]| -> String {
        words.iter().filter_map(|word| word.chars().next()).collect()
    };
    let same = a == b
        || abbreviates(one, other)
        || abbreviates(other, one)
        || initials(&one.words) == *b
        || initials(&other.words) == *a
        || one.main_joined() == b
        || other.main_joined() == a
        || a.len().min(b.len()) >= 12 && distance(a, b, 2).is_some();
    if same { Agree::Same } else { Agree::Different }
}

/// Whether every word of `short` begins, or is a contraction of, the word of `long` that stands
/// in its place (ISO 4): `Intl. J. Port Stud.`; words of `long` may be left out.
fn abbreviates(short: &Folded, long: &Folded) -> bool {
    let mut words = long.words.iter();
    short.words.len() <= long.words.len()
        && short.words.first().zip(long.words.first()).is_some_and(|(s, l)| is_short(s, l))
        && short.words.iter().all(|short| words.any(|long| is_short(short, long)))
}

fn is_short(short: &str, long: &str) -> bool {
    if long.starts_with(short) {
        return true;
    }
    let mut letters = long.chars();
    short.chars().next() == long.chars().next()
        && short.len() >= 3
        && short.chars().all(|c| letters.any(|letter| letter == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(one: &str, other: &str) -> Title {
        titles(&Folded::of(one), &Folded::of(other))
    }

    #[test]
    fn titles_are_told_apart() {
        for (one, other, expected) in [
            ("Harbour watch", "The Harbour-Watch.", Title::Same),
            ("Harbour watch: pilots at night", "Harbour watch", Title::Part),
            ("Harbour watch: volume 2", "Harbour watch", Title::Different),
            ("Harbour watch at night", "Harbour wacth at night", Title::Misspelled),
            ("Harbour report 2010", "Harbour report 2011", Title::Different),
            ("Harbour watch, part I", "Harbour watch, part II", Title::Different),
            ("Harbour watch, part A", "Harbour watch, part B", Title::Different),
            ("Harbour pilots of Norway", "Harbour pilots of Sweden", Title::Different),
        ] {
            assert_eq!(compare(one, other), expected, "{one} / {other}");
        }
    }

    #[test]
    fn journals_are_known_by_their_abbreviations() {
        let places = |one: &str, other: &str| places(&Folded::of(one), &Folded::of(other));
        let long = "International Journal of Port Studies";
        for short in ["Int. J. Port Stud.", "Intl. J. Port Studies", "IJPS"] {
            assert_eq!(places(short, long), Agree::Same, "{short}");
        }
        assert_eq!(places("Journal of Ship Studies", long), Agree::Different);
    }
}
