//! What Zotero does not keep of a RIS record, although the tag is the specification's.
//!
//! Its importer (the translator "RIS") gives each RIS type an item type, and each tag a field of
//! that item type; a tag without one is dropped. It takes `M2` for lines of the item's Extra, and
//! reads CSL variables and types there, so that what it drops is written by name too
//! (`ris/variable.rs`). Publishers of articles are left out: no style prints them. So is all of
//! pamphlets that has a tag: `M2` is their number of pages to others.

use super::field::{ARTICLES, BOOKS, PARTS};
use crate::{Field, Kind};

/// Kinds of works.
enum Kinds {
    All,
    These(&'static [Kind]),
    AllBut(&'static [&'static [Kind]]),
}

/// Kinds whose RIS type Zotero takes for another kind's, `GEN` for a journal article, say.
const RETYPED: &[Kind] = &[
    Kind::Article,
    Kind::Classic,
    Kind::Dataset,
    Kind::Document,
    Kind::Figure,
    Kind::MusicalScore,
    Kind::Periodical,
    Kind::Post,
    Kind::Standard,
    Kind::Treaty,
];

/// Kinds that Zotero has as journal articles.
const TAKEN_FOR_ARTICLES: &[Kind] = &[
    Kind::Article,
    Kind::Collection,
    Kind::Document,
    Kind::Event,
    Kind::Performance,
    Kind::Periodical,
];

/// Fields and the kinds whose items have no place for the tag.
const DROPPED: &[(Field, Kinds)] = &[
    (
        Field::ContainerTitle,
        Kinds::These(&[
            Kind::Broadcast,
            Kind::Dataset,
            Kind::Figure,
            Kind::Graphic,
            Kind::Hearing,
            Kind::Interview,
            Kind::LegalCase,
            Kind::Manuscript,
            Kind::MotionPicture,
            Kind::MusicalScore,
            Kind::Patent,
            Kind::PersonalCommunication,
            Kind::Post,
            Kind::Song,
            Kind::Thesis,
            Kind::Treaty,
        ]),
    ),
    (
        Field::CollectionTitle,
        Kinds::AllBut(&[
            ARTICLES,
            BOOKS,
            TAKEN_FOR_ARTICLES,
            &[
                Kind::Chapter,
                Kind::Map,
                Kind::MusicalScore,
                Kind::PaperConference,
                Kind::Report,
                Kind::Software,
                Kind::Song,
                Kind::Standard,
            ],
        ]),
    ),
    (
        Field::Volume,
        Kinds::AllBut(&[
            ARTICLES,
            BOOKS,
            PARTS,
            TAKEN_FOR_ARTICLES,
            &[
                Kind::Bill,
                Kind::Broadcast,
                Kind::LegalCase,
                Kind::Legislation,
                Kind::MusicalScore,
                Kind::Regulation,
                Kind::Song,
                Kind::Treaty,
            ],
        ]),
    ),
    (
        Field::NumberOfVolumes,
        Kinds::AllBut(&[
            BOOKS,
            PARTS,
            &[Kind::Broadcast, Kind::Hearing, Kind::MusicalScore, Kind::Song],
        ]),
    ),
    (Field::Issue, Kinds::AllBut(&[ARTICLES, TAKEN_FOR_ARTICLES])),
    (
        Field::Page,
        Kinds::These(&[
            Kind::Bill,
            Kind::Book,
            Kind::LegalCase,
            Kind::Manuscript,
            Kind::MotionPicture,
            Kind::Thesis,
            Kind::Treaty,
        ]),
    ),
    (
        Field::Number,
        Kinds::AllBut(&[&[
            Kind::Bill,
            Kind::Hearing,
            Kind::LegalCase,
            Kind::Legislation,
            Kind::Patent,
            Kind::Regulation,
            Kind::Report,
            Kind::Standard,
        ]]),
    ),
    (Field::Edition, Kinds::AllBut(&[BOOKS, PARTS, &[Kind::ArticleNewspaper, Kind::Map]])),
    (Field::Version, Kinds::These(&[Kind::Dataset])),
    (Field::ChapterNumber, Kinds::All),
    (
        Field::Section,
        Kinds::AllBut(&[
            ARTICLES,
            TAKEN_FOR_ARTICLES,
            &[Kind::Bill, Kind::Legislation, Kind::Regulation],
        ]),
    ),
    (
        Field::Publisher,
        Kinds::These(&[
            Kind::Article,
            Kind::Bill,
            Kind::Collection,
            Kind::Document,
            Kind::Event,
            Kind::Figure,
            Kind::Graphic,
            Kind::Interview,
            Kind::Legislation,
            Kind::Manuscript,
            Kind::Performance,
            Kind::Periodical,
            Kind::PersonalCommunication,
            Kind::Post,
            Kind::PostWeblog,
            Kind::Regulation,
            Kind::Speech,
            Kind::Treaty,
            Kind::Webpage,
        ]),
    ),
    (
        Field::PublisherPlace,
        Kinds::These(&[
            Kind::Article,
            Kind::Bill,
            Kind::Collection,
            Kind::Dataset,
            Kind::Document,
            Kind::Event,
            Kind::Figure,
            Kind::Graphic,
            Kind::Interview,
            Kind::LegalCase,
            Kind::Legislation,
            Kind::MotionPicture,
            Kind::Performance,
            Kind::Periodical,
            Kind::PersonalCommunication,
            Kind::Post,
            Kind::PostWeblog,
            Kind::Regulation,
            Kind::Treaty,
            Kind::Webpage,
        ]),
    ),
    (Field::EventPlace, Kinds::These(&[Kind::PaperConference])),
    (
        Field::Genre,
        Kinds::AllBut(&[&[
            Kind::Figure,
            Kind::Graphic,
            Kind::Manuscript,
            Kind::Map,
            Kind::Pamphlet,
            Kind::PersonalCommunication,
            Kind::PostWeblog,
            Kind::Report,
            Kind::Speech,
            Kind::Standard,
            Kind::Thesis,
            Kind::Webpage,
        ]]),
    ),
    (Field::Isbn, Kinds::AllBut(&[BOOKS, PARTS, &[Kind::Map, Kind::Software, Kind::Song]])),
    (Field::Issn, Kinds::AllBut(&[ARTICLES, TAKEN_FOR_ARTICLES])),
    (Field::Interviewer, Kinds::All),
    (Field::CitationLabel, Kinds::All),
    (Field::Dimensions, Kinds::AllBut(&[&[Kind::Graphic]])),
    (Field::OriginalTitle, Kinds::All),
    (Field::Pmcid, Kinds::All),
    (Field::ReviewedTitle, Kinds::All),
];

/// Whether Zotero drops the tag of a field in works of a kind.
pub(in crate::format) fn zotero_drops(field: Field, kind: Kind) -> bool {
    let place = usize::from(PLACE_OF[field as usize]).checked_sub(1);
    place.and_then(|place| DROPPED.get(place)).is_some_and(|(_, kinds)| match kinds {
        Kinds::All => true,
        Kinds::These(kinds) => kinds.contains(&kind),
        Kinds::AllBut(lists) => !lists.iter().any(|kinds| kinds.contains(&kind)),
    })
}

/// Where in the list a field stands, counted from 1; 0 where it is not there.
static PLACE_OF: [u8; Field::ALL.len()] = {
    let mut places = [0; Field::ALL.len()];
    let mut place = DROPPED.len();
    while place > 0 {
        places[DROPPED[place - 1].0 as usize] = place as u8;
        place -= 1;
    }
    places
};

/// Whether Zotero takes the RIS type of a kind for another kind's.
pub(in crate::format) fn zotero_retypes(kind: Kind) -> bool {
    RETYPED.contains(&kind)
}
