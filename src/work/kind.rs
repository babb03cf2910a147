//! The types of works: the CSL 1.0.2 types (specification, appendix III).

use super::lookup::Lookup;

/// Makes [`Kind`] of one table: variant and CSL's name.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)+) => {
        /// What a work is: a CSL type. The default is [`Kind::Document`], CSL's word for
        /// something of no known type.
        ///
        /// ```
        /// use citelift::Kind;
        /// assert_eq!(Kind::ArticleJournal.as_str(), "article-journal");
        /// assert_eq!(Kind::from_csl("book"), Some(Kind::Book));
        /// ```
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[doc = $doc])+ $variant,)+
            /// Something of no known type.
            #[default]
            Document,
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)+ Kind::Document];

            const NAMES: &'static [&'static str] = &[$($name,)+ "document"];

            /// CSL's name of the type.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Kind::$variant => $name,)+ Kind::Document => "document" }
            }

            /// The kind of a CSL type's name; `None` for a name that CSL has not.
            #[must_use]
            pub fn from_csl(name: &str) -> Option<Self> {
                static BY_NAME: Lookup<256> = Lookup::of(Kind::NAMES);
                BY_NAME.find(Kind::NAMES, name).and_then(|at| Kind::ALL.get(at).copied())
            }
        }
    };
}

kinds! {
    /// An article that stands by itself: a preprint, a working paper.
    Article = "article";
    /// An article in a scholarly journal.
    ArticleJournal = "article-journal";
    /// An article in a magazine.
    ArticleMagazine = "article-magazine";
    /// An article in a newspaper.
    ArticleNewspaper = "article-newspaper";
    /// A bill before a legislature.
    Bill = "bill";
    /// A book, edited ones included.
    Book = "book";
    /// A broadcast.
    Broadcast = "broadcast";
    /// A part of a book.
    Chapter = "chapter";
    /// A classical work.
    Classic = "classic";
    /// An archival collection.
    Collection = "collection";
    /// Data.
    Dataset = "dataset";
    /// An entry of a data base, dictionary or catalogue.
    Entry = "entry";
    /// An entry of a dictionary.
    EntryDictionary = "entry-dictionary";
    /// An entry of an encyclopedia.
    EntryEncyclopedia = "entry-encyclopedia";
    /// An event.
    Event = "event";
    /// A figure.
    Figure = "figure";
    /// A graphic.
    Graphic = "graphic";
    /// A hearing.
    Hearing = "hearing";
    /// An interview.
    Interview = "interview";
    /// A decided case.
    LegalCase = "legal_case";
    /// A law.
    Legislation = "legislation";
    /// A manuscript, an unpublished work.
    Manuscript = "manuscript";
    /// A map.
    Map = "map";
    /// A film or video.
    MotionPicture = "motion_picture";
    /// A musical score.
    MusicalScore = "musical_score";
    /// A pamphlet.
    Pamphlet = "pamphlet";
    /// A paper given at a conference.
    PaperConference = "paper-conference";
    /// A patent.
    Patent = "patent";
    /// A performance.
    Performance = "performance";
    /// A whole periodical.
    Periodical = "periodical";
    /// A letter, a message, a conversation.
    PersonalCommunication = "personal_communication";
    /// A post in a forum or network.
    Post = "post";
    /// A post of a weblog.
    PostWeblog = "post-weblog";
    /// A regulation.
    Regulation = "regulation";
    /// A report.
    Report = "report";
    /// A review of something.
    Review = "review";
    /// A review of a book.
    ReviewBook = "review-book";
    /// Software.
    Software = "software";
    /// A song or sound recording.
    Song = "song";
    /// A speech, a talk.
    Speech = "speech";
    /// A standard.
    Standard = "standard";
    /// A thesis.
    Thesis = "thesis";
    /// A treaty.
    Treaty = "treaty";
    /// A page on the web.
    Webpage = "webpage";
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
