//! What kind of work a citation is, from the fields that were found.

use crate::lexicon::{Class, Classes, Site, lexicon, said, said_first};
use crate::work::{DateForm, Field, Kind, Name, Work};

/// What the text said about the kind, beside the fields.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs {
    /// `In:` or editors stood before the container.
    pub(crate) inside_a_book: bool,
    /// The genre is a thesis's.
    pub(crate) thesis: bool,
    /// The genre is a report's.
    pub(crate) report: bool,
    /// A volume, an issue or a month of issue was given.
    pub(crate) numbered: bool,
    /// The work is in the arXiv.
    pub(crate) preprint: bool,
    /// It is a paper in an archive, which is named at this byte.
    pub(crate) shelved: Option<usize>,
    /// What a word beside the titles says.
    pub(crate) said: Option<Kind>,
}

/// The classes of all words of a text.
pub(crate) fn classes_in(text: &str) -> Classes {
    lexicon().classes_in(text)
}

/// What the words of a container's title say, read once for all rules.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Container {
    classes: Classes,
    society: bool,
    meeting: bool,
    proceedings: bool,
    encyclopedia: bool,
    dictionary: bool,
    /// Whether it is a newspaper's: `Times`, `Zeitung`.
    pub(crate) newspaper: bool,
}

impl Container {
    pub(crate) fn of(title: &str) -> Self {
        let mut container = Self { classes: classes_in(title), ..Self::default() };
        for said in said(title, Site::Container) {
            match said.what {
                "society" => container.society = true,
                "meeting" => container.meeting = true,
                what => match Kind::from_csl(what) {
                    Some(Kind::PaperConference) => container.proceedings = true,
                    Some(Kind::ArticleNewspaper) => container.newspaper = true,
                    Some(Kind::EntryEncyclopedia) => container.encyclopedia = true,
                    Some(Kind::EntryDictionary) => container.dictionary = true,
                    _ => {}
                },
            }
        }
        container
    }
}

/// Whether a title is that of a journal by its words, or by being abbreviated: `NJW`, `Phys. Rev.`
pub(crate) fn is_journal(title: &str) -> bool {
    let abbreviation = |word: &str| {
        word.ends_with('.') && word.len() > 2
            || word.len() <= ABBREVIATION && word.chars().filter(|c| c.is_uppercase()).count() >= 2
    };
    classes_in(title).has(Class::Journal) || title.split(' ').any(abbreviation)
}

/// The letters of a journal's abbreviation: a title in capitals has longer words.
const ABBREVIATION: usize = 6;

/// Whether a name is a body's: `AA.VV.` is nobody's, `Ders.` a person's.
fn is_body(name: &Name) -> bool {
    let Name::Literal(body) = name else { return false };
    let is_all = |class| lexicon().phrase(body, class) == Some(body.len());
    !is_all(Class::Anonymous) && !is_all(Class::Ditto)
}

/// The likeliest kind.
pub(crate) fn kind_of(work: &Work, signs: Signs) -> Kind {
    if signs.thesis {
        return Kind::Thesis;
    }
    if signs.shelved.is_some() {
        return Kind::Manuscript;
    }
    if let Some(kind) = by_words(work, signs) {
        return kind;
    }
    match work.container_title.as_deref() {
        Some(container) => inside(work, signs, container),
        None => alone(work, signs),
    }
}

/// The kind that a word of genre, a title's first words or an author say, where the fields do not
/// speak against it.
fn by_words(work: &Work, signs: Signs) -> Option<Kind> {
    let container = work.container_title.as_deref();
    let is_person = work
        .author
        .iter()
        .any(|name| matches!(name, Name::Person(person) if person.given.is_some()));
    let fits = |kind: &Kind| match kind {
        Kind::Patent => work.volume.is_none() && !signs.inside_a_book,
        Kind::Standard => work.volume.is_none() && !is_person,
        Kind::LegalCase => !is_person && work.publisher.is_none() && work.editor.is_empty(),
        Kind::Legislation => {
            let title = work.title.as_deref().unwrap_or("");
            !is_person
                && work.editor.is_empty()
                && (work.number.is_some() || title.contains(|c: char| c.is_ascii_digit()))
        }
        Kind::Interview | Kind::ReviewBook => !signs.inside_a_book && work.publisher.is_none(),
        Kind::Manuscript => container.is_none() && work.publisher.is_none(),
        Kind::PaperConference => container.is_none() || !signs.numbered,
        Kind::EntryDictionary => work.author.is_empty() || container.is_some(),
        _ => container.is_none(),
    };
    let head = || Some(said_first(work.title.as_deref()?, Site::Head)?.what);
    let by_author = || match work.author.first()? {
        Name::Literal(name) => Some(said_first(name, Site::Author)?.what),
        // `Bag` is a family
        Name::Person(person)
            if person.given.is_none() && person.family.chars().skip(1).any(char::is_uppercase) =>
        {
            Some(said_first(&person.family, Site::Author)?.what)
        }
        Name::Person(_) => None,
    };
    let court = || said_first(container?, Site::Container).map(|said| said.what);
    signs
        .said
        .filter(fits)
        .or_else(|| head().and_then(Kind::from_csl).filter(fits))
        .or_else(|| by_author().and_then(Kind::from_csl).filter(fits))
        .or_else(|| {
            let court = court().and_then(Kind::from_csl);
            court.filter(|&kind| kind == Kind::LegalCase).filter(fits)
        })
}

/// The kind of a work that stands in another.
fn inside(work: &Work, signs: Signs, container: &str) -> Kind {
    let said = Container::of(container);
    let publisher = work.publisher.is_some();
    let journal = said.classes.has(Class::Journal);
    let placed = publisher || work.publisher_place.is_some();
    let imprint = publisher || placed && !journal && work.issue.is_none();
    // proceedings of a society are its journal: `Proc. R. Soc. A 392`
    let society = said.society && !said.meeting;
    let meeting = said.classes.has(Class::Conference);
    if meeting && society && work.volume.is_some() && !publisher {
        return Kind::ArticleJournal;
    }
    let conference = meeting || said.proceedings;
    if conference && (signs.inside_a_book || !journal || !signs.numbered) {
        return Kind::PaperConference;
    }
    if signs.inside_a_book && is_meeting(work, container) {
        return Kind::PaperConference;
    }
    if is_newspaper(work, signs, said) {
        return Kind::ArticleNewspaper;
    }
    let entry = match (said.encyclopedia, said.dictionary) {
        (true, _) => Some(Kind::EntryEncyclopedia),
        (false, true) => Some(Kind::EntryDictionary),
        (false, false) => None,
    };
    if let Some(entry) = entry
        && work.title.is_some()
        && !(journal && signs.numbered)
    {
        return entry;
    }
    let book = imprint || !work.editor.is_empty() || work.edition.is_some();
    if signs.inside_a_book && (!signs.numbered || book) {
        return Kind::Chapter;
    }
    if !signs.numbered && !publisher && work.url.is_some() && work.page.is_none() && !journal {
        return Kind::Webpage;
    }
    if !signs.numbered && placed && !journal {
        return Kind::Chapter;
    }
    Kind::ArticleJournal
}

/// Newspapers are cited by the day, and by neither volume nor publisher. There were none before
/// the seventeenth century.
pub(crate) fn is_newspaper(work: &Work, signs: Signs, container: Container) -> bool {
    let day = work.issued.as_ref().is_some_and(|date| {
        matches!(date.form, DateForm::Point(point)
            if point.get_day().is_some() && point.get_year() >= FIRST_NEWSPAPER)
    });
    let named = container.newspaper;
    day && work.volume.is_none()
        && work.publisher.is_none()
        && (named || !signs.inside_a_book || work.publisher_place.is_none())
        && work.editor.is_empty()
        && work.doi.is_none()
        && work.get(Field::Pmid).is_none()
        && (named || !container.classes.has(Class::Journal))
}

/// The year of the first newspaper.
const FIRST_NEWSPAPER: i32 = 1600;

/// Whether a container in capitals, perhaps with its year, is a meeting's: `In OSDI`, `In: SIGMOD
/// 1993`, with pages from one to another. A journal of law has one page, or a volume.
fn is_meeting(work: &Work, container: &str) -> bool {
    let mut words = container.split(' ');
    let acronym = words
        .next()
        .is_some_and(|word| word.len() >= 3 && word.chars().all(|c| c.is_ascii_uppercase()));
    let year =
        |word: &str| word.trim_start_matches(['\'', '’']).bytes().all(|byte| byte.is_ascii_digit());
    let dated = words.next().map(year);
    acronym
        && words.next().is_none()
        && dated != Some(false)
        && work.volume.is_none()
        && work.editor.is_empty()
        && work.title.is_some()
        && (dated == Some(true) || has_page_range(work))
}

/// Whether pages from one to another are given.
fn has_page_range(work: &Work) -> bool {
    work.page.as_ref().is_some_and(|pages| pages.ranges().iter().any(|range| range.last.is_some()))
}

/// Whether a volume in digits, a page and a date are given, as of a journal; a book's volume is
/// often in Roman numbers, and its date stands beside a place.
fn is_volume_and_page(work: &Work) -> bool {
    work.page.is_some()
        && work.issued.is_some()
        && work.volume.as_deref().is_some_and(|volume| volume.bytes().all(|b| b.is_ascii_digit()))
}

/// The kind of a work that stands in no other.
fn alone(work: &Work, signs: Signs) -> Kind {
    if signs.report {
        return Kind::Report;
    }
    if signs.preprint {
        return Kind::Article;
    }
    let publisher = work.publisher.as_deref();
    let body_author = work.author.first().is_some_and(is_body);
    let edited = !work.editor.is_empty() || work.isbn.is_some() || work.edition.is_some();
    let numbered = work.number.is_some() && (body_author || work.genre.is_some());
    match publisher.map(classes_in) {
        Some(said) if said.has(Class::Publisher) || work.edition.is_some() => Kind::Book,
        Some(said)
            if body_author
                || work.number.is_some()
                || said.has(Class::Body) && work.url.is_some() =>
        {
            Kind::Report
        }
        Some(_) => Kind::Book,
        None if edited => Kind::Book,
        None if numbered => Kind::Report,
        None if work.publisher_place.is_some() => Kind::Book,
        None if work.number.is_some() => Kind::Report,
        // a journal whose name stands in the title
        None if signs.numbered
            && work.title.is_some()
            && (work.issue.is_some() || has_page_range(work) || is_volume_and_page(work)) =>
        {
            Kind::ArticleJournal
        }
        None if work.volume.is_some() && work.url.is_none() => Kind::Book,
        None if work.url.is_some() => {
            if body_author {
                Kind::Report
            } else {
                Kind::Webpage
            }
        }
        None => Kind::Document,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Kind, Work, parse};

    fn all_are(kind: Kind, texts: &[&str]) {
        for text in texts {
            assert_eq!(parse(text).kind, kind, "{text}");
        }
    }

    #[test]
    fn a_journal_without_a_title_is_no_title() {
        for (text, container) in [
            ("Roe, NJW 1998, 2417.", "NJW"),
            ("A. Roe, Phys. Rev. D 12, 345 (1990).", "Phys. Rev. D"),
        ] {
            let work: Work = parse(text);
            assert_eq!(work.kind, Kind::ArticleJournal, "{text}");
            assert_eq!(work.container_title.as_deref(), Some(container), "{text}");
            assert_eq!(work.title, None, "{text}");
        }
    }

    #[test]
    fn volumes_are_of_books_where_nothing_says_journal() {
        all_are(
            Kind::Book,
            &["Roe, Hafengeschichte, Bd. 3, S. 44.", "A. Lind, Diarii, XLVI, 380."],
        );
        all_are(
            Kind::Chapter,
            &[
                "Jan Lind: Zur Lotsenfrage, in: Lotsen und Hafen, Bd. 18, Berlin 1962, S. 209-287.",
                "A. Roe, Le origini del porto, in Studi in onore di Carlo Lind, III, Milano 1962, pp. 545-557.",
            ],
        );
    }

    #[test]
    fn proceedings_of_societies_are_journals() {
        all_are(
            Kind::ArticleJournal,
            &[
                "A. Roe, B. Lind, On the regularity of quays, Proc. Amer. Math. Soc. 140 (2012), no. 3, 901-915.",
                "A. Roe, \"Learning of fog,\" Proc. of the IEEE, 86(11), 1998",
            ],
        );
        all_are(
            Kind::PaperConference,
            &[
                "[1] J. Roe and S. Lind. Simplified fog. In OSDI, pages 137-150, 2004.",
                "Roe, J. Fog. Paper presented at the Congress of Pilots, Lisbon, 2004.",
            ],
        );
    }

    #[test]
    fn words_of_genre_say_the_kind() {
        all_are(Kind::Patent, &["Roe, J. D. U.S. Patent 1,234,567, 2000."]);
        all_are(Kind::Standard, &["[16] ASTM D 1234, Standard Test Method for Fog Signals, 2000."]);
        all_are(
            Kind::MotionPicture,
            &["Roe, N. (Director). (2009). The long fog [Motion picture]. Canada: Mole Films."],
        );
        all_are(
            Kind::EntryEncyclopedia,
            &[
                "Roe, J. (2003). Fog. In Encyclopedia of Harbours (Vol. 2, pp. 3-5). Oxford: Elsevier.",
            ],
        );
        all_are(
            Kind::Legislation,
            &[
                "BRASIL. Lei nº 1.234, de 20 de dezembro de 1996. Estabelece as bases da pesca. Diário \
                 Oficial da União, Brasília, DF, 23 dez. 1996.",
            ],
        );
        // words of titles do not
        all_are(
            Kind::Book,
            &[
                "Roe, J. Act of fog. London: Penguin, 2003.",
                "Roe, J. Harbour standards: implementing ISO 9001 in ports. Leiden: Brill, 2001.",
            ],
        );
    }

    #[test]
    fn newspapers_are_of_a_day() {
        all_are(
            Kind::ArticleNewspaper,
            &[
                "\"Fog shuts harbour\", The Times, 4 May 1923, p. 3.",
                "Jornal do Porto, Rio de Janeiro, 4 abr. 1871, p. 1.",
                "Roe, J. (2011): Mehr Nebel, in: Norddeutsche Zeitung, 14.6.2011, S. 6",
            ],
        );
    }
}
