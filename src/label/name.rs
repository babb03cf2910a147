//! What the words of a citation can be.

/// Makes [`Label`] and its names.
macro_rules! labels {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// What a word of a citation is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Label { $($(#[$doc])* $variant),+ }

        impl Label {
            /// Every label, in the order of their numbers.
            pub const ALL: [Label; [$($name),+].len()] = [$(Label::$variant),+];

            /// The label's name, as labelled references write it.
            ///
            /// ```
            /// assert_eq!(citelift::Label::ContainerTitle.name(), "container-title");
            /// ```
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Label::$variant => $name),+ }
            }
        }
    };
}

labels! {
    /// Words between the fields: `In`, `(eds.)`, `vol.`
    Other = "other",
    /// The authors, all of them.
    Author = "author",
    /// The editors.
    Editor = "editor",
    /// The translators.
    Translator = "translator",
    /// The title of the work cited, subtitle included.
    Title = "title",
    /// The journal, book or site that the work stands in.
    ContainerTitle = "container-title",
    /// The series.
    CollectionTitle = "collection-title",
    /// When the work came out.
    Date = "date",
    /// A volume's number.
    Volume = "volume",
    /// An issue's number.
    Issue = "issue",
    /// The pages, or the number of an article.
    Pages = "pages",
    /// The number of a report, a patent, a standard, an archive's record.
    Number = "number",
    /// The publisher, or the institution of a thesis or report.
    Publisher = "publisher",
    /// Where the publisher is.
    Place = "place",
    /// An edition's number.
    Edition = "edition",
    /// What sort of work it is: `PhD thesis`.
    Genre = "genre",
    /// What carries it: `CD-ROM`.
    Medium = "medium",
    /// A remark.
    Note = "note",
    /// A DOI.
    Doi = "doi",
    /// A web address.
    Url = "url",
    /// The arXiv's number.
    Arxiv = "arxiv",
    /// An ISBN, ISSN or PubMed number.
    Isbn = "isbn",
    /// When a web page was looked at.
    Accessed = "accessed",
    /// The number that the list gives the reference.
    CitationNumber = "citation-number",
}

impl Label {
    /// How many labels there are.
    pub(crate) const COUNT: usize = Self::ALL.len();

    /// The label of a name; `None` where there is none such.
    ///
    /// ```
    /// assert_eq!(citelift::Label::from_name("pages"), Some(citelift::Label::Pages));
    /// assert_eq!(citelift::Label::from_name("colour"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }
}

impl Label {
    /// The label in words, for people.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Label::Other => "no field's",
            Label::Author => "the author",
            Label::Editor => "the editor",
            Label::Translator => "the translator",
            Label::Title => "the title",
            Label::ContainerTitle => "what it stands in (journal, book, site)",
            Label::CollectionTitle => "a series",
            Label::Date => "the date",
            Label::Volume => "the volume",
            Label::Issue => "the issue",
            Label::Pages => "the pages",
            Label::Number => "a number of its own",
            Label::Publisher => "the publisher",
            Label::Place => "the place of publication",
            Label::Edition => "the edition",
            Label::Genre => "the sort of work",
            Label::Medium => "the medium",
            Label::Note => "a remark",
            Label::Doi => "a DOI",
            Label::Url => "a web address",
            Label::Arxiv => "a number of the arXiv",
            Label::Isbn => "an ISBN, ISSN or PubMed number",
            Label::Accessed => "the day of access",
            Label::CitationNumber => "the number in the list",
        }
    }
}
