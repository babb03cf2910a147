//! Fields of works against BibTeX fields, RIS tags and CSL-JSON properties: the rows.
//!
//! One row a field, both directions: what a writer calls it, by kind of work, and what else
//! readers know it by. [`bib`](super::bib), [`ris`](super::ris) and [`csl`](super::csl) look
//! things up here.

use crate::{Field, Kind};

/// Kinds that stand in a periodical.
pub(in crate::format) const ARTICLES: &[Kind] = &[
    Kind::ArticleJournal,
    Kind::ArticleMagazine,
    Kind::ArticleNewspaper,
    Kind::Review,
    Kind::ReviewBook,
];
/// Kinds that are a part of a book.
pub(super) const PARTS: &[Kind] = &[
    Kind::Chapter,
    Kind::PaperConference,
    Kind::Entry,
    Kind::EntryDictionary,
    Kind::EntryEncyclopedia,
];
/// Books.
pub(super) const BOOKS: &[Kind] = &[Kind::Book, Kind::Classic, Kind::Pamphlet];
/// Kinds that a `number` of their own belongs to in RIS's `SN`.
pub(in crate::format) const NUMBERED: &[Kind] = &[Kind::Report, Kind::Patent, Kind::Standard];
/// Law.
const LAW: &[Kind] = &[
    Kind::LegalCase,
    Kind::Legislation,
    Kind::Regulation,
    Kind::Bill,
    Kind::Hearing,
    Kind::Treaty,
    Kind::Patent,
];
/// Kinds that an institution publishes.
const REPORTS: &[Kind] = &[Kind::Report, Kind::Standard];
const THESES: &[Kind] = &[Kind::Thesis];
const PAPERS: &[Kind] = &[Kind::PaperConference];
const CHAPTERS: &[Kind] = &[Kind::Chapter];
const LETTERS: &[Kind] = &[Kind::PersonalCommunication];
const INTERVIEWS: &[Kind] = &[Kind::Interview];
const SONGS: &[Kind] = &[Kind::Song];
const CASES: &[Kind] = &[Kind::LegalCase];
/// Kinds of RIS's `JOUR`.
const JOURNALS: &[Kind] = &[Kind::ArticleJournal, Kind::Review, Kind::ReviewBook];
/// Kinds whose number Zotero takes for something else.
const MISREAD: &[Kind] = &[Kind::Webpage, Kind::Software];
/// Kinds of RIS's `DICT`.
const DICTIONARIES: &[Kind] = &[Kind::Entry, Kind::EntryDictionary];
/// Kinds that RIS knows a series of and no container.
const SERIAL: &[Kind] = &[Kind::Report, Kind::Standard, Kind::Map, Kind::Software];
/// Kinds of RIS's `STAT`.
const STATUTES: &[Kind] = &[Kind::Legislation, Kind::Regulation];
const FILMS: &[Kind] = &[Kind::MotionPicture, Kind::Broadcast];
/// Kinds whose size or length RIS tells in `C3`.
const MEASURED: &[Kind] = &[Kind::Graphic, Kind::Broadcast, Kind::Song];
const PATENTS: &[Kind] = &[Kind::Patent];
const MAPS: &[Kind] = &[Kind::Map];
/// Kinds whose `number` is an issue's.
const PERIODICALS: &[Kind] = &[Kind::Periodical];
/// Kinds that have versions where others have editions.
const VERSIONED: &[Kind] = &[Kind::Software, Kind::Dataset];
/// Kinds whose length RIS tells in `SP`.
pub(in crate::format) const PAGED: &[Kind] = &[Kind::Book, Kind::Thesis, Kind::Manuscript];
/// Kinds that belong to an event.
const EVENTS: &[Kind] = &[Kind::Speech, Kind::PaperConference];
/// Kinds whose entry types have BibTeX's `howpublished`; elsewhere pandoc makes a publisher of it.
const UNCLASSED: &[Kind] = &[Kind::Document, Kind::Pamphlet];
/// Every kind.
pub(super) const ANY: &[Kind] = &[];

/// For works of these kinds (none means all), this. The first rule that fits is taken.
pub(super) type Rule<T> = (&'static [Kind], T);

/// What a rule list gives for a kind.
pub(super) fn find<T: Copy>(rules: &[Rule<T>], kind: Kind) -> Option<T> {
    rules
        .iter()
        .find(|(kinds, _)| kinds.is_empty() || kinds.contains(&kind))
        .map(|(_, names)| *names)
}

/// Where a field stands in a `.bib` file.
#[derive(Clone, Copy)]
pub(super) enum Bib {
    /// In a field.
    Named(&'static str),
    /// In one field or another, by kind.
    ByKind(&'static [Rule<&'static str>]),
    /// In one of `editora`, `editorb`, `editorc`, with this role.
    Role(&'static str),
}

/// Where a field stands in CSL-JSON.
#[derive(Clone, Copy)]
pub(super) enum Csl {
    /// In the property of its own name.
    Variable,
    /// In a property that the schema spells otherwise than the specification.
    Schema(&'static str),
    /// Under `custom`: the schema has no such property.
    Custom,
}

/// One field in every format.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) field: Field,
    pub(super) bib: Bib,
    /// Other fields that mean the same, BibLaTeX's names and other programs' habits.
    pub(super) bib_too: &'static [&'static str],
    /// The tags that are written, all of them; the first is the field's own.
    pub(super) ris: &'static [Rule<&'static [&'static str]>],
    /// Other tags that mean the same, older ones among them.
    pub(super) ris_too: &'static [&'static str],
    pub(super) csl: Csl,
    /// Properties that mean the same: CSL 1.0.1's names and the schema's older ones.
    pub(super) csl_too: &'static [&'static str],
}

/// A row of a field that only CSL-JSON has a place for.
const fn row(field: Field) -> Row {
    Row {
        field,
        bib: Bib::ByKind(&[]),
        bib_too: &[],
        ris: &[],
        ris_too: &[],
        csl: Csl::Variable,
        csl_too: &[],
    }
}

impl Row {
    const fn bib(self, name: &'static str) -> Self {
        Self { bib: Bib::Named(name), ..self }
    }
    const fn bib_by_kind(self, rules: &'static [Rule<&'static str>]) -> Self {
        Self { bib: Bib::ByKind(rules), ..self }
    }
    const fn role(self, role: &'static str) -> Self {
        Self { bib: Bib::Role(role), ..self }
    }
    const fn bib_too(self, names: &'static [&'static str]) -> Self {
        Self { bib_too: names, ..self }
    }
    const fn ris(self, rules: &'static [Rule<&'static [&'static str]>]) -> Self {
        Self { ris: rules, ..self }
    }
    const fn ris_too(self, tags: &'static [&'static str]) -> Self {
        Self { ris_too: tags, ..self }
    }
    const fn csl(self, name: &'static str) -> Self {
        Self { csl: Csl::Schema(name), ..self }
    }
    const fn csl_custom(self) -> Self {
        Self { csl: Csl::Custom, ..self }
    }
    const fn csl_too(self, names: &'static [&'static str]) -> Self {
        Self { csl_too: names, ..self }
    }
}

/// The row of a field. Every field has one: a test sees to it.
pub(super) fn row_of(field: Field) -> &'static Row {
    const NONE: Row = row(Field::Title);
    // The rows stand in the order of the fields, so that the search is mostly one step.
    ROWS.get(field as usize)
        .filter(|row| row.field == field)
        .or_else(|| ROWS.iter().find(|row| row.field == field))
        .unwrap_or(&NONE)
}

/// BibTeX ignores fields that it does not know (BibTeXing, 3.2), so that every field has a place
/// there; those without a name in BibLaTeX have CSL's.
///
/// Where RIS readers disagree, Zotero and the specification are followed: editors of books stand
/// in `A3` and their series in `T2`, which pandoc alone reads otherwise (docs/clients.md). `CY`
/// is where a conference met; Zotero looks for the publisher's place in `C1`, pandoc in `PP`.
/// A second tag is written where some program reads it and none is misled.
pub(super) const ROWS: &[Row] = &[
    row(Field::Author).bib("author").ris(&[(ANY, &["AU"])]).ris_too(&["A1"]),
    row(Field::Editor)
        .bib("editor")
        .ris(&[(BOOKS, &["A3"]), (PARTS, &["A2"]), (ARTICLES, &["A2"]), (ANY, &["ED"])])
        .ris_too(&["A2", "ED", "A3"]),
    row(Field::Translator).bib("translator").ris(&[(ANY, &["A4"])]).ris_too(&["TA"]),
    row(Field::ContainerAuthor).bib("bookauthor").ris(&[(CHAPTERS, &["C2"])]),
    row(Field::CollectionEditor)
        .role("collection-editor")
        .ris(&[(PARTS, &["A3"]), (BOOKS, &["A2"])]),
    row(Field::Title).bib("title").ris(&[(ANY, &["TI"])]).ris_too(&["T1", "CT", "BT"]),
    row(Field::TitleShort).bib("shorttitle").ris(&[(ANY, &["ST"])]).csl_too(&["shortTitle"]),
    row(Field::ContainerTitle)
        .bib_by_kind(&[(PARTS, "booktitle"), (ANY, "journal")])
        .bib_too(&["journaltitle", "booktitle", "journal"])
        .ris(&[
            (BOOKS, &[]),
            (SERIAL, &[]),
            (ARTICLES, &["T2", "JF"]),
            (PAPERS, &["T2", "C3", "BT"]),
            (CHAPTERS, &["T2", "BT"]),
            (ANY, &["T2"]),
        ])
        .ris_too(&["JF", "JO", "T2", "BT"]),
    row(Field::ContainerTitleShort)
        .bib("shortjournal")
        .bib_too(&["journalabbr", "shortbooktitle", "abbrev_source_title", "journal-iso"])
        .ris(&[(ANY, &["J2"])])
        // `JO` is the full name to one program and the short one to another: it is the short
        // one where the full one is there.
        .ris_too(&["JA", "J1", "JI", "JO"])
        .csl_too(&["journalAbbreviation"]),
    row(Field::CollectionTitle)
        .bib("series")
        .ris(&[(BOOKS, &["T2", "T3"]), (SERIAL, &["T2", "T3"]), (ANY, &["T3"])])
        .ris_too(&["T3"]),
    row(Field::CollectionNumber)
        .bib_by_kind(&[(BOOKS, "number"), (PARTS, "number"), (ANY, "seriesnumber")])
        .ris(&[(BOOKS, &["M1"]), (CHAPTERS, &["SV"]), (DICTIONARIES, &[]), (PARTS, &["M1"])]),
    row(Field::Issued).bib("date").ris(&[(ANY, &["PY", "DA"])]).ris_too(&["PY", "Y1", "DA", "YR"]),
    row(Field::Accessed)
        .bib("urldate")
        .bib_too(&["lastchecked", "accessed", "lastaccessed", "dateaccessed"])
        .ris(&[(ANY, &["Y2"])]),
    row(Field::Volume)
        .bib("volume")
        .ris(&[(STATUTES, &["VL", "C6"]), (ANY, &["VL"])])
        .ris_too(&["VO"]),
    row(Field::Issue)
        .bib_by_kind(&[(ARTICLES, "number"), (ANY, "issue")])
        .bib_too(&["issue"])
        .ris(&[(ANY, &["IS"])])
        .ris_too(&["CP"]),
    row(Field::Page).bib("pages").bib_too(&["page"]).ris(&[(ANY, &["SP", "EP"])]),
    row(Field::Number)
        .bib_by_kind(&[
            (ARTICLES, "eid"),
            (PERIODICALS, "eid"),
            (PARTS, "eid"),
            (BOOKS, "eid"),
            (ANY, "number"),
        ])
        .bib_too(&["articleno", "article-number", "article_number", "art_number", "number"])
        .ris(&[
            (NUMBERED, &["SN"]),
            (ARTICLES, &["C7"]),
            (CASES, &["SV"]),
            // `M1` is the date of access of a web page to Zotero, the system of a program.
            (MISREAD, &[]),
            (BOOKS, &[]),
            (DICTIONARIES, &["M1"]),
            (PARTS, &[]),
            (ANY, &["M1"]),
        ]),
    row(Field::Edition).bib("edition").ris(&[(VERSIONED, &[]), (ANY, &["ET"])]),
    row(Field::NumberOfPages)
        .bib("pagetotal")
        .bib_too(&["numpages", "totalpages"])
        .ris(&[(PAGED, &["SP"])]),
    row(Field::NumberOfVolumes).bib("volumes").ris(&[(ANY, &["NV"])]),
    row(Field::ChapterNumber).bib("chapter").ris(&[(CHAPTERS, &["SE"])]),
    row(Field::Publisher)
        .bib_by_kind(&[(REPORTS, "institution"), (THESES, "school"), (ANY, "publisher")])
        .bib_too(&["publisher", "institution", "school", "organization", "university"])
        .ris(&[(CASES, &[]), (ANY, &["PB"])])
        .ris_too(&["PU"]),
    row(Field::PublisherPlace)
        .bib("address")
        .bib_too(&["location", "city", "place"])
        .ris(&[(PAPERS, &["CY", "C1", "PP"]), (ANY, &["CY", "PP"])])
        .ris_too(&["PI"]),
    row(Field::EventTitle)
        .bib("eventtitle")
        .bib_too(&["conference", "eventname"])
        .ris(&[(EVENTS, &["T2"])])
        .csl_too(&["event"]),
    row(Field::EventPlace).bib("venue").bib_too(&["eventplace"]).ris(&[(EVENTS, &["CY"])]),
    row(Field::EventDate).bib("eventdate"),
    row(Field::Genre).bib("type").bib_too(&["thesistype", "reporttype"]).ris(&[(ANY, &["M3"])]),
    row(Field::Medium)
        .bib_by_kind(&[(UNCLASSED, "howpublished"), (ANY, "medium")])
        .bib_too(&["medium", "howpublished"]),
    row(Field::Doi).bib("doi").ris(&[(ANY, &["DO"])]).ris_too(&["DOI"]),
    row(Field::Url).bib("url").bib_too(&["link"]).ris(&[(ANY, &["UR"])]).ris_too(&["LK"]),
    row(Field::Isbn).bib("isbn").bib_too(&["isbn-13", "isbn13", "eisbn"]).ris(&[(ANY, &["SN"])]),
    row(Field::Issn).bib("issn").bib_too(&["eissn"]).ris(&[(ANY, &["SN"])]),
    row(Field::Language).bib("language").ris(&[(ANY, &["LA"])]),
    row(Field::Abstract)
        .bib("abstract")
        .bib_too(&["summary"])
        .ris(&[(ANY, &["AB"])])
        .ris_too(&["N2"]),
    row(Field::Annote).bib("annote").bib_too(&["annotation"]).ris(&[(ANY, &["RN"])]),
    row(Field::Keyword)
        .bib("keywords")
        .bib_too(&["keyword", "author-keywords", "author_keywords"])
        .ris(&[(ANY, &["KW"])])
        .ris_too(&["K1"])
        .csl_too(&["keywords"]),
    row(Field::Note).bib("note").bib_too(&["addendum"]).ris(&[(ANY, &["N1"])]),
    row(Field::Version).bib("version").ris(&[(VERSIONED, &["ET"])]),
    row(Field::Section).bib("section").ris(&[(CHAPTERS, &[]), (ANY, &["SE"])]),
    row(Field::Archive).bib("archive").ris(&[(ANY, &["DB"])]),
    row(Field::ArchiveLocation).bib("archivelocation").ris(&[(ANY, &["AN", "AV"])]),
    row(Field::Authority)
        .bib_by_kind(&[(LAW, "institution"), (ANY, "authority")])
        .bib_too(&["court"])
        .ris(&[(CASES, &["PB"])]),
    row(Field::Status).bib("pubstate").bib_too(&["pubstatus"]).ris(&[(PATENTS, &["C6"])]),
    row(Field::Chair).role("chair"),
    row(Field::Compiler).role("compiler"),
    row(Field::Composer).role("composer"),
    row(Field::Contributor).role("contributor"),
    row(Field::Curator).role("curator"),
    row(Field::Director).role("director"),
    row(Field::EditorialDirector).role("editorial-director"),
    row(Field::EditorTranslator).role("editor-translator").csl_custom(),
    row(Field::ExecutiveProducer).role("executive-producer"),
    row(Field::Guest).role("guest"),
    row(Field::Host).role("host"),
    row(Field::Illustrator).role("illustrator"),
    row(Field::Interviewer).role("interviewer").ris(&[(INTERVIEWS, &["A2"])]),
    row(Field::Narrator).role("narrator"),
    row(Field::Organizer).role("organizer"),
    row(Field::OriginalAuthor).role("original-author"),
    row(Field::Performer).role("performer").ris(&[(SONGS, &["A2"])]),
    row(Field::Producer).role("producer").ris(&[(FILMS, &["A3"])]),
    row(Field::Recipient).role("recipient").ris(&[(LETTERS, &["A2"])]),
    row(Field::ReviewedAuthor).role("reviewed-author"),
    row(Field::ScriptWriter).role("script-writer"),
    row(Field::SeriesCreator).role("series-creator"),
    row(Field::AvailableDate).bib("availabledate"),
    row(Field::OriginalDate).bib("origdate"),
    row(Field::Submitted).bib("submitted"),
    row(Field::ArchiveCollection).bib("archivecollection"),
    row(Field::ArchivePlace).bib("archiveplace"),
    row(Field::CallNumber)
        .bib("library")
        .bib_too(&["call-number", "callnumber"])
        .ris(&[(ANY, &["CN"])]),
    row(Field::CitationKey).bib("citationkey"),
    row(Field::CitationLabel).bib("shorthand").ris(&[(ANY, &["LB"])]),
    row(Field::Dimensions).bib("dimensions").ris(&[(MEASURED, &["C3"])]),
    row(Field::Division).bib("division"),
    row(Field::Jurisdiction).bib("jurisdiction").ris(&[(PATENTS, &["C3"])]),
    row(Field::License).bib("license").bib_too(&["copyright", "rights", "licence"]).csl_custom(),
    row(Field::OriginalPublisher).bib("origpublisher"),
    row(Field::OriginalPublisherPlace).bib("origlocation"),
    row(Field::OriginalTitle).bib("origtitle").ris(&[(LAW, &[]), (ANY, &["OP"])]),
    row(Field::PartTitle).bib("parttitle"),
    row(Field::Pmcid).bib("pmcid").bib_too(&["pmc"]).ris(&[(JOURNALS, &["C2"])]),
    row(Field::Pmid).bib("pmid").bib_too(&["pubmed", "pubmed_id"]),
    row(Field::References).bib("references").ris(&[(PATENTS, &["C5"]), (LAW, &["OP"])]),
    row(Field::ReviewedGenre).bib("reviewedgenre"),
    row(Field::ReviewedTitle).bib("reviewedtitle").ris(&[(ANY, &["RI"])]),
    row(Field::Scale).bib("scale").ris(&[(MAPS, &["C1"])]),
    row(Field::Source).bib("source").ris(&[(ANY, &["DP"])]),
    row(Field::VolumeTitle)
        .bib_by_kind(&[(ARTICLES, "issuetitle"), (ANY, "volumetitle")])
        .bib_too(&["volumetitle", "issuetitle"]),
    row(Field::YearSuffix).bib("yearsuffix"),
    row(Field::CitationNumber).bib("citationnumber"),
    row(Field::FirstReferenceNoteNumber).bib("firstreferencenotenumber"),
    row(Field::Locator).bib("locator"),
    row(Field::PageFirst).bib("pagefirst"),
    row(Field::PartNumber).bib("part").csl("part"),
    row(Field::PrintingNumber).bib("printingnumber").csl("printing"),
    row(Field::SupplementNumber).bib("supplementnumber").csl("supplement"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_row_at_its_place() {
        assert_eq!(ROWS.len(), Field::ALL.len());
        for (row, &field) in ROWS.iter().zip(Field::ALL) {
            assert_eq!(row.field, field);
            assert_eq!(row_of(field).field, field);
        }
    }
}
