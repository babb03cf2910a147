//! The one list of fields: every CSL variable, its class, and where [`Work`] keeps it.

use super::lookup::Lookup;
use super::value::{FieldClass, Slot, Value, ValueRef, WrongClass};
use super::{Date, Evidence, Extra, Kind, Names, Pages};
use std::collections::BTreeMap;

/// Makes [`Field`] and [`Work`] of one table. `direct` fields are public members of `Work`;
/// `rare` ones, which few works have, share a map and are reached with [`Work::get`].
macro_rules! fields {
    (
        direct { $($(#[doc = $doc:literal])+ $member:ident: $type:ty = $variant:ident $class:ident $name:literal;)+ }
        rare { $($(#[doc = $rare_doc:literal])+ $rare:ident $rare_class:ident $rare_name:literal;)+ }
    ) => {
        /// A field of a [`Work`]: a CSL variable.
        ///
        /// ```
        /// use citelift::{Field, FieldClass};
        /// assert_eq!(Field::ContainerTitle.as_str(), "container-title");
        /// assert_eq!(Field::from_csl("DOI"), Some(Field::Doi));
        /// assert_eq!(Field::Issued.class(), FieldClass::Date);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Field {
            $($(#[doc = $doc])+ $variant,)+
            $($(#[doc = $rare_doc])+ $rare,)+
        }

        impl Field {
            /// Every field; those that are members of [`Work`] first.
            pub const ALL: &'static [Field] = &[$(Field::$variant,)+ $(Field::$rare,)+];

            /// Those that are members of [`Work`].
            const DIRECT: &'static [Field] = &[$(Field::$variant,)+];

            const NAMES: &'static [&'static str] = &[$($name,)+ $($rare_name,)+];

            /// The CSL variable's name, as CSL-JSON spells it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Field::$variant => $name,)+ $(Field::$rare => $rare_name,)+ }
            }

            /// The field of a CSL variable's name; `None` for a name that CSL has not.
            #[must_use]
            pub fn from_csl(name: &str) -> Option<Self> {
                static BY_NAME: Lookup<512> = Lookup::of(Field::NAMES);
                BY_NAME.find(Field::NAMES, name).and_then(|at| Field::ALL.get(at).copied())
            }

            /// What the field holds.
            #[must_use]
            pub fn class(self) -> FieldClass {
                match self { $(Field::$variant => FieldClass::$class,)+ $(Field::$rare => FieldClass::$rare_class,)+ }
            }
        }

        /// A cited work.
        ///
        /// Its members are the CSL variables that citations commonly have; the others are kept
        /// too and reached with [`Work::get`] and [`Work::set`], as all are. An absent value is
        /// `None` or an empty list.
        ///
        /// Two works are equal when their fields are: what a work was read from
        /// ([`Work::evidence`]) does not count.
        ///
        /// ```
        /// use citelift::{Date, Kind, Name, Work};
        ///
        /// let mut work = Work::new(Kind::Book);
        /// work.author.push(Name::person("Roe", "Jane"));
        /// work.title = Some("Harbour watch".into());
        /// work.issued = Some(Date::year(2011));
        /// assert_eq!(work.issued.map(|date| date.to_string()).as_deref(), Some("2011"));
        /// ```
        #[derive(Clone, Debug, Default)]
        #[non_exhaustive]
        pub struct Work {
            /// The cite key, `id` in CSL-JSON.
            pub id: Option<String>,
            /// The CSL type.
            pub kind: Kind,
            $($(#[doc = $doc])+ pub $member: $type,)+
            /// Values of the fields that are no members of this struct.
            rare: BTreeMap<Field, Value>,
            /// What a file had and the model has no field for, kept for writing back.
            pub extra: Vec<Extra>,
            /// What the work was read from, and how sure that is.
            pub evidence: Option<Box<Evidence>>,
        }

        impl PartialEq for Work {
            fn eq(&self, other: &Self) -> bool {
                self.id == other.id
                    && self.kind == other.kind
                    $(&& self.$member == other.$member)+
                    && self.rare == other.rare
                    && self.extra == other.extra
            }
        }

        impl Work {
            /// The value of `field`; `None` where it is absent or empty.
            #[must_use]
            pub fn get(&self, field: Field) -> Option<ValueRef<'_>> {
                match field {
                    $(Field::$variant => Slot::get(&self.$member),)+
                    _ => self.rare.get(&field).map(Value::borrow),
                }
            }

            /// Sets `field`; an empty value takes it away.
            ///
            /// # Errors
            /// [`WrongClass`] where `value` is not of the field's class.
            pub fn set(&mut self, field: Field, value: Value) -> Result<(), WrongClass> {
                if !value.fits(field.class()) {
                    return Err(WrongClass { field });
                }
                if value.is_empty() {
                    self.clear(field);
                    return Ok(());
                }
                match field {
                    $(Field::$variant => self.$member = Slot::put(value).ok_or(WrongClass { field })?,)+
                    _ => {
                        self.rare.insert(field, value);
                    }
                }
                Ok(())
            }

            /// The member that holds a text or number; `None` where `field` is another.
            pub(crate) fn text_member(&mut self, field: Field) -> Option<&mut Option<String>> {
                match field {
                    $(Field::$variant => Slot::text(&mut self.$member),)+
                    _ => None,
                }
            }

            /// Sets a field of text or a number.
            pub(crate) fn set_text(&mut self, field: Field, text: String) {
                match self.text_member(field) {
                    Some(member) => *member = Some(text).filter(|text| !text.is_empty()),
                    // The class is the field's own, so that nothing is refused.
                    None => drop(self.set(field, Value::Text(text))),
                }
            }

            /// The members that have a value, each a bit: most have none, and all are gone
            /// through for every work that is written.
            fn given(&self) -> u64 {
                let mut given = 0;
                $(given |= u64::from(Slot::get(&self.$member).is_some()) << Field::$variant as u64;)+
                given
            }

            /// Takes `field` away.
            pub fn clear(&mut self, field: Field) {
                match field {
                    $(Field::$variant => self.$member = Default::default(),)+
                    _ => {
                        self.rare.remove(&field);
                    }
                }
            }
        }
    };
}

fields! {
    direct {
        /// Who wrote the work.
        author: Names = Author Names "author";
        /// Who edited the work, or the container of a chapter or paper.
        editor: Names = Editor Names "editor";
        /// Who translated the work.
        translator: Names = Translator Names "translator";
        /// Who wrote the book that holds a chapter.
        container_author: Names = ContainerAuthor Names "container-author";
        /// Who edits the series.
        collection_editor: Names = CollectionEditor Names "collection-editor";
        /// The title of the work cited.
        title: Option<String> = Title Text "title";
        /// A short form of the title.
        title_short: Option<String> = TitleShort Text "title-short";
        /// What the work stands in: a journal, a book, proceedings, a site.
        container_title: Option<String> = ContainerTitle Text "container-title";
        /// A short form of the container's title.
        container_title_short: Option<String> = ContainerTitleShort Text "container-title-short";
        /// The series that the work or its container belongs to.
        collection_title: Option<String> = CollectionTitle Text "collection-title";
        /// The number in that series.
        collection_number: Option<String> = CollectionNumber Number "collection-number";
        /// When the work was published.
        issued: Option<Date> = Issued Date "issued";
        /// When an online work was last looked at.
        accessed: Option<Date> = Accessed Date "accessed";
        /// The volume.
        volume: Option<String> = Volume Number "volume";
        /// The issue.
        issue: Option<String> = Issue Number "issue";
        /// The pages that the work takes up in its container.
        page: Option<Pages> = Page Pages "page";
        /// The number of a report, patent, standard or other numbered work.
        number: Option<String> = Number Number "number";
        /// The edition: `2`, or words where it has no number.
        edition: Option<String> = Edition Number "edition";
        /// How many pages the work has.
        number_of_pages: Option<String> = NumberOfPages Number "number-of-pages";
        /// How many volumes the work has.
        number_of_volumes: Option<String> = NumberOfVolumes Number "number-of-volumes";
        /// The chapter's number.
        chapter_number: Option<String> = ChapterNumber Number "chapter-number";
        /// Who published the work.
        publisher: Option<String> = Publisher Text "publisher";
        /// Where the publisher sits.
        publisher_place: Option<String> = PublisherPlace Text "publisher-place";
        /// The name of a conference or other event.
        event_title: Option<String> = EventTitle Text "event-title";
        /// Where that event took place.
        event_place: Option<String> = EventPlace Text "event-place";
        /// When that event took place.
        event_date: Option<Date> = EventDate Date "event-date";
        /// What sort of work within its type: "PhD thesis", "Technical report".
        genre: Option<String> = Genre Text "genre";
        /// The carrier: "CD-ROM", "online".
        medium: Option<String> = Medium Text "medium";
        /// The DOI, without a resolver before it.
        doi: Option<String> = Doi Text "DOI";
        /// The address on the web.
        url: Option<String> = Url Text "URL";
        /// The ISBN; several stand with a space between.
        isbn: Option<String> = Isbn Text "ISBN";
        /// The ISSN; several stand with a space between.
        issn: Option<String> = Issn Text "ISSN";
        /// The language, as a BCP 47 tag.
        language: Option<String> = Language Text "language";
        /// The abstract; in an annotated bibliography, the annotation. Paragraphs are divided
        /// by a line feed. (`abstract` is a reserved word of Rust.)
        abstract_: Option<String> = Abstract Text "abstract";
        /// A remark of the bibliography's author on the work.
        annote: Option<String> = Annote Text "annote";
        /// Keywords, the headings that the work stood under among them.
        keyword: Vec<String> = Keyword Keywords "keyword";
        /// What else is said of the work.
        note: Option<String> = Note Text "note";
        /// The version of software or data.
        version: Option<String> = Version Number "version";
        /// The section of a newspaper or law.
        section: Option<String> = Section Text "section";
        /// The archive that holds the work.
        archive: Option<String> = Archive Text "archive";
        /// Where in that archive.
        archive_location: Option<String> = ArchiveLocation Text "archive_location";
        /// Who issued it with authority: a court, a standards body.
        authority: Option<String> = Authority Text "authority";
        /// The state of publication: "in press", "forthcoming".
        status: Option<String> = Status Text "status";
    }
    rare {
        /// The chair of a session.
        Chair Names "chair";
        /// Who compiled the work.
        Compiler Names "compiler";
        /// Who composed it.
        Composer Names "composer";
        /// Who contributed.
        Contributor Names "contributor";
        /// Who curated it.
        Curator Names "curator";
        /// Who directed it.
        Director Names "director";
        /// The managing editor.
        EditorialDirector Names "editorial-director";
        /// Who edited and translated it.
        EditorTranslator Names "editor-translator";
        /// The executive producer.
        ExecutiveProducer Names "executive-producer";
        /// A guest.
        Guest Names "guest";
        /// A host.
        Host Names "host";
        /// Who drew the pictures.
        Illustrator Names "illustrator";
        /// Who asked the questions.
        Interviewer Names "interviewer";
        /// Who narrates.
        Narrator Names "narrator";
        /// Who organized the event.
        Organizer Names "organizer";
        /// Who wrote the original.
        OriginalAuthor Names "original-author";
        /// Who performed.
        Performer Names "performer";
        /// Who produced it.
        Producer Names "producer";
        /// Who received a letter.
        Recipient Names "recipient";
        /// Who wrote the work reviewed.
        ReviewedAuthor Names "reviewed-author";
        /// Who wrote the script.
        ScriptWriter Names "script-writer";
        /// Who created the series.
        SeriesCreator Names "series-creator";
        /// When the work became available.
        AvailableDate Date "available-date";
        /// When the original was published.
        OriginalDate Date "original-date";
        /// When the work was submitted.
        Submitted Date "submitted";
        /// The collection within an archive.
        ArchiveCollection Text "archive_collection";
        /// Where the archive is.
        ArchivePlace Text "archive-place";
        /// The call number in a library.
        CallNumber Text "call-number";
        /// The key in the input's own data base.
        CitationKey Text "citation-key";
        /// The label of the citation.
        CitationLabel Text "citation-label";
        /// Width, height, running time.
        Dimensions Text "dimensions";
        /// A part of a court or body.
        Division Text "division";
        /// The jurisdiction of a law or case.
        Jurisdiction Text "jurisdiction";
        /// The licence.
        License Text "license";
        /// The original's publisher.
        OriginalPublisher Text "original-publisher";
        /// Where the original was published.
        OriginalPublisherPlace Text "original-publisher-place";
        /// The original's title.
        OriginalTitle Text "original-title";
        /// The title of a part.
        PartTitle Text "part-title";
        /// The PubMed Central number.
        Pmcid Text "PMCID";
        /// The PubMed number.
        Pmid Text "PMID";
        /// Related works.
        References Text "references";
        /// What sort of work is reviewed.
        ReviewedGenre Text "reviewed-genre";
        /// The title of the work reviewed.
        ReviewedTitle Text "reviewed-title";
        /// The scale of a map.
        Scale Text "scale";
        /// Where the record came from.
        Source Text "source";
        /// The title of a volume.
        VolumeTitle Text "volume-title";
        /// The letter behind a year.
        YearSuffix Text "year-suffix";
        /// The number in a list of references.
        CitationNumber Number "citation-number";
        /// The number of the first note that cites the work.
        FirstReferenceNoteNumber Number "first-reference-note-number";
        /// A place within the work.
        Locator Number "locator";
        /// The first page.
        PageFirst Number "page-first";
        /// The number of a part.
        PartNumber Number "part-number";
        /// The printing.
        PrintingNumber Number "printing-number";
        /// The number of a supplement.
        SupplementNumber Number "supplement-number";
    }
}

impl Work {
    /// An empty work of a kind.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, ..Self::default() }
    }

    /// The text of a text or number field; `None` where it is absent or of another class.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&str> {
        if let Some(ValueRef::Text(text)) = self.get(field) { Some(text) } else { None }
    }

    /// The names of a names field; `None` where it is absent or of another class.
    #[must_use]
    pub fn names(&self, field: Field) -> Option<&Names> {
        if let Some(ValueRef::Names(names)) = self.get(field) { Some(names) } else { None }
    }

    /// The date of a date field; `None` where it is absent or of another class.
    #[must_use]
    pub fn date(&self, field: Field) -> Option<&Date> {
        if let Some(ValueRef::Date(date)) = self.get(field) { Some(date) } else { None }
    }

    /// Every field that has a value, in the order of [`Field::ALL`].
    pub fn fields(&self) -> impl Iterator<Item = (Field, ValueRef<'_>)> {
        let mut given = self.given();
        let direct = std::iter::from_fn(move || {
            let at = given.trailing_zeros();
            given &= given.checked_sub(1)?;
            Field::DIRECT.get(at as usize).copied()
        });
        // Of the others, which stand in their order, nearly every work has none.
        direct
            .filter_map(|field| self.get(field).map(|value| (field, value)))
            .chain(self.rare.iter().map(|(field, value)| (*field, value.borrow())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields_are_unique_and_lead_back() {
        for &field in Field::ALL {
            assert_eq!(Field::from_csl(field.as_str()), Some(field));
        }
    }

    #[test]
    fn every_field_takes_a_value_of_its_class_and_gives_it_back() {
        for &field in Field::ALL {
            let value = match field.class() {
                FieldClass::Text | FieldClass::Number => Value::Text("x".into()),
                FieldClass::Names => Value::Names(Names::from(vec![super::super::Name::body("x")])),
                FieldClass::Date => Value::Date(Date::year(1)),
                FieldClass::Pages => Value::Pages("1-2".parse().unwrap()),
                FieldClass::Keywords => Value::Keywords(vec!["x".into()]),
            };
            let mut work = Work::default();
            work.set(field, value.clone()).unwrap();
            assert_eq!(work.get(field), Some(value.borrow()), "{field:?}");
            assert_eq!(work.fields().count(), 1);
            work.clear(field);
            assert_eq!(work, Work::default());
        }
    }

    #[test]
    fn a_value_of_another_class_is_refused() {
        let mut work = Work::default();
        assert!(work.set(Field::Issued, Value::Text("2010".into())).is_err());
        assert_eq!(work, Work::default());
    }
}
