//! What kind of work a citation is, from the fields that were found.

use crate::lexicon::{Class, lexicon};
use crate::work::{DateForm, Kind, Name, Work};

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
}

/// Whether a word of `class` stands in `text`.
pub(crate) fn says(text: Option<&str>, class: Class) -> bool {
    text.is_some_and(|text| {
        text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .any(|word| !word.is_empty() && lexicon().classes(word).has(class))
    })
}

/// The likeliest kind.
pub(crate) fn kind_of(work: &Work, signs: Signs) -> Kind {
    let container = work.container_title.as_deref();
    let publisher = work.publisher.as_deref();
    let body_author = work.author.first().is_some_and(|name| match name {
        // `AA.VV.` is nobody, `Ders.` a person
        Name::Literal(body) => [Class::Anonymous, Class::Ditto]
            .iter()
            .all(|&class| lexicon().phrase(body, class) != Some(body.len())),
        Name::Person(_) => false,
    });
    if signs.thesis {
        return Kind::Thesis;
    }
    if container.is_some() {
        let conference = says(container, Class::Conference);
        if conference
            && (signs.inside_a_book || !says(container, Class::Journal) || !signs.numbered)
        {
            return Kind::PaperConference;
        }
        if signs.inside_a_book && !(signs.numbered && publisher.is_none() && work.editor.is_empty())
        {
            return Kind::Chapter;
        }
        let day = work.issued.as_ref().is_some_and(
            |date| matches!(date.form, DateForm::Point(point) if point.get_day().is_some()),
        );
        if day && !signs.numbered && publisher.is_none() && !says(container, Class::Journal) {
            return Kind::ArticleNewspaper;
        }
        if !signs.numbered
            && publisher.is_none()
            && work.url.is_some()
            && work.page.is_none()
            && !says(container, Class::Journal)
        {
            return Kind::Webpage;
        }
        let imprint = publisher.is_some() || work.publisher_place.is_some();
        if !signs.numbered && imprint && !says(container, Class::Journal) {
            return Kind::Chapter;
        }
        return Kind::ArticleJournal;
    }
    if signs.report {
        return Kind::Report;
    }
    if signs.preprint {
        return Kind::Article;
    }
    match publisher {
        Some(_) if says(publisher, Class::Publisher) => Kind::Book,
        Some(_)
            if body_author
                || work.number.is_some()
                || says(publisher, Class::Body) && work.url.is_some() =>
        {
            Kind::Report
        }
        Some(_) => Kind::Book,
        None if work.number.is_some() => Kind::Report,
        None if work.publisher_place.is_some()
            || !work.editor.is_empty()
            || work.isbn.is_some() =>
        {
            Kind::Book
        }
        None if signs.numbered && work.title.is_some() => Kind::ArticleJournal,
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
