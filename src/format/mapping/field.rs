//! Fields of works against BibTeX fields, RIS tags and CSL-JSON properties.

use super::Column;
use crate::{Field, Kind, Work};

/// Kinds that stand in a periodical.
const ARTICLES: &[Kind] = &[
    Kind::ArticleJournal,
    Kind::ArticleMagazine,
    Kind::ArticleNewspaper,
    Kind::Review,
    Kind::ReviewBook,
];
/// Kinds that are a part of a book.
const PARTS: &[Kind] = &[
    Kind::Chapter,
    Kind::PaperConference,
    Kind::Entry,
    Kind::EntryDictionary,
    Kind::EntryEncyclopedia,
];
/// Books.
const BOOKS: &[Kind] = &[Kind::Book, Kind::Classic, Kind::Pamphlet];
/// Kinds that a `number` of their own belongs to in RIS's `SN`.
const NUMBERED: &[Kind] = &[Kind::Report, Kind::Patent, Kind::Standard];
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
const ANY: &[Kind] = &[];

/// Where a field goes for works of these kinds (none means all), under these names: all of them
/// are written, the first is the field's own. The first rule that fits is taken.
type Rule = (&'static [Kind], &'static [&'static str]);

fn find(rules: &'static [Rule], kind: Kind) -> Option<&'static [&'static str]> {
    rules
        .iter()
        .find(|(kinds, _)| kinds.is_empty() || kinds.contains(&kind))
        .map(|(_, names)| *names)
}

/// A field's rules in `.bib` files. BibTeX ignores fields that it does not know (BibTeXing,
/// 3.2), so that every field has a place; those without a name in BibLaTeX have CSL's.
fn bib_rules(field: Field) -> &'static [Rule] {
    match field {
        Field::ContainerAuthor => &[(ANY, &["bookauthor"])],
        Field::TitleShort => &[(ANY, &["shorttitle"])],
        Field::ContainerTitle => &[(PARTS, &["booktitle"]), (ANY, &["journal"])],
        Field::ContainerTitleShort => &[(ANY, &["shortjournal"])],
        Field::CollectionTitle => &[(ANY, &["series"])],
        Field::CollectionNumber => {
            &[(BOOKS, &["number"]), (PARTS, &["number"]), (ANY, &["seriesnumber"])]
        }
        Field::Accessed => &[(ANY, &["urldate"])],
        Field::Issue => &[(ARTICLES, &["number"]), (ANY, &["issue"])],
        Field::Number => {
            &[(ARTICLES, &["eid"]), (PARTS, &["eid"]), (BOOKS, &["eid"]), (ANY, &["number"])]
        }
        Field::Page => &[(ANY, &["pages"])],
        Field::NumberOfPages => &[(ANY, &["pagetotal"])],
        Field::NumberOfVolumes => &[(ANY, &["volumes"])],
        Field::ChapterNumber => &[(ANY, &["chapter"])],
        Field::Publisher => &[
            (&[Kind::Report, Kind::Standard], &["institution"]),
            (&[Kind::Thesis], &["school"]),
            (ANY, &["publisher"]),
        ],
        Field::PublisherPlace => &[(ANY, &["address"])],
        Field::EventTitle => &[(ANY, &["eventtitle"])],
        Field::EventPlace => &[(ANY, &["venue"])],
        Field::EventDate => &[(ANY, &["eventdate"])],
        Field::Genre => &[(ANY, &["type"])],
        Field::Doi => &[(ANY, &["doi"])],
        Field::Url => &[(ANY, &["url"])],
        Field::Isbn => &[(ANY, &["isbn"])],
        Field::Issn => &[(ANY, &["issn"])],
        Field::Pmid => &[(ANY, &["pmid"])],
        Field::Pmcid => &[(ANY, &["pmcid"])],
        Field::Keyword => &[(ANY, &["keywords"])],
        Field::Authority => &[(LAW, &["institution"]), (ANY, &["authority"])],
        Field::Status => &[(ANY, &["pubstate"])],
        Field::CallNumber => &[(ANY, &["library"])],
        Field::OriginalDate => &[(ANY, &["origdate"])],
        Field::OriginalTitle => &[(ANY, &["origtitle"])],
        Field::OriginalPublisher => &[(ANY, &["origpublisher"])],
        Field::OriginalPublisherPlace => &[(ANY, &["origlocation"])],
        Field::PartNumber => &[(ANY, &["part"])],
        Field::ArchiveLocation => &[(ANY, &["archivelocation"])],
        Field::ArchiveCollection => &[(ANY, &["archivecollection"])],
        Field::ArchivePlace => &[(ANY, &["archiveplace"])],
        Field::AvailableDate => &[(ANY, &["availabledate"])],
        Field::CitationKey => &[(ANY, &["citationkey"])],
        Field::CitationLabel => &[(ANY, &["shorthand"])],
        Field::PartTitle => &[(ANY, &["parttitle"])],
        Field::ReviewedGenre => &[(ANY, &["reviewedgenre"])],
        Field::ReviewedTitle => &[(ANY, &["reviewedtitle"])],
        Field::VolumeTitle => &[(ANY, &["volumetitle"])],
        Field::YearSuffix => &[(ANY, &["yearsuffix"])],
        Field::CitationNumber => &[(ANY, &["citationnumber"])],
        Field::FirstReferenceNoteNumber => &[(ANY, &["firstreferencenotenumber"])],
        Field::PageFirst => &[(ANY, &["pagefirst"])],
        Field::PrintingNumber => &[(ANY, &["printingnumber"])],
        Field::SupplementNumber => &[(ANY, &["supplementnumber"])],
        // Author, title, year and the like: CSL's name is BibTeX's.
        _ => &[],
    }
}

/// What BibLaTeX calls otherwise than BibTeX (biblatex 2.2.5, field aliases).
const BIBLATEX_NAMES: &[(&str, &str)] = &[
    ("journal", "journaltitle"),
    ("address", "location"),
    ("school", "institution"),
    ("annote", "annotation"),
];

/// Where a field goes in a `.bib` file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format) enum Place {
    /// Into a field of this name.
    Field(&'static str),
    /// Into the next of `editora`, `editorb`, `editorc`, with this role in `editoratype` and so
    /// on (biblatex 2.2.2).
    Role(&'static str),
}

/// The place of a field in a `.bib` file.
pub(in crate::format) fn bib_place(field: Field, kind: Kind, column: Column) -> Place {
    let own = field.as_str();
    let name = match field {
        Field::Author | Field::Editor | Field::Translator | Field::ContainerAuthor => {
            find(bib_rules(field), kind).map_or(own, |names| names[0])
        }
        _ if field.class() == crate::FieldClass::Names => return Place::Role(own),
        _ => find(bib_rules(field), kind).map_or(own, |names| names[0]),
    };
    let renamed = BIBLATEX_NAMES
        .iter()
        // Readers know `journaltitle` of articles; elsewhere they look for `journal`, which
        // biblatex takes for the same.
        .find(|(bibtex, _)| *bibtex == name && (name != "journal" || ARTICLES.contains(&kind)));
    Place::Field(match (column, renamed) {
        (Column::Biblatex, Some((_, biblatex))) => biblatex,
        _ => name,
    })
}

/// A field's rules in RIS; no rule means no place.
///
/// Where clients disagree, Zotero and the specification are followed: editors of books stand in
/// `A3` and their series in `T2`, which pandoc alone reads otherwise (docs/clients.md).
fn ris_rules(field: Field) -> &'static [Rule] {
    match field {
        Field::Author => &[(ANY, &["AU"])],
        Field::Editor => &[(BOOKS, &["A3"]), (PARTS, &["A2"]), (ARTICLES, &["A2"]), (ANY, &["ED"])],
        Field::Translator => &[(ANY, &["A4"])],
        Field::CollectionEditor => &[(PARTS, &["A3"]), (BOOKS, &["A2"])],
        Field::Recipient => &[(&[Kind::PersonalCommunication], &["A2"])],
        Field::Interviewer => &[(&[Kind::Interview], &["A2"])],
        Field::Performer => &[(&[Kind::Song], &["A2"])],
        Field::Title => &[(ANY, &["TI"])],
        Field::TitleShort => &[(ANY, &["ST"])],
        Field::ContainerTitle => &[
            (BOOKS, &[]),
            (ARTICLES, &["T2", "JF"]),
            (&[Kind::PaperConference], &["T2", "C3", "BT"]),
            (&[Kind::Chapter], &["T2", "BT"]),
            (ANY, &["T2"]),
        ],
        Field::ContainerTitleShort => &[(ANY, &["J2"])],
        Field::CollectionTitle => &[(BOOKS, &["T2"]), (ANY, &["T3"])],
        Field::CollectionNumber => &[(BOOKS, &["M1"]), (PARTS, &["M1"])],
        Field::Issued => &[(ANY, &["PY", "DA"])],
        Field::Accessed => &[(ANY, &["Y2"])],
        Field::Volume => &[(ANY, &["VL"])],
        Field::Issue => &[(ANY, &["IS"])],
        Field::Page => &[(ANY, &["SP", "EP"])],
        Field::Number => &[(NUMBERED, &["SN"]), (BOOKS, &[]), (PARTS, &[]), (ANY, &["M1"])],
        Field::Edition => &[(&[Kind::Software, Kind::Dataset], &[]), (ANY, &["ET"])],
        Field::Version => &[(&[Kind::Software, Kind::Dataset], &["ET"])],
        Field::NumberOfPages => &[(&[Kind::Book, Kind::Thesis, Kind::Manuscript], &["SP"])],
        Field::NumberOfVolumes => &[(ANY, &["NV"])],
        Field::ChapterNumber => &[(&[Kind::Chapter], &["SE"])],
        Field::Section => &[(&[Kind::Chapter], &[]), (ANY, &["SE"])],
        Field::Publisher => &[(&[Kind::LegalCase], &[]), (ANY, &["PB"])],
        Field::Authority => &[(&[Kind::LegalCase], &["PB"]), (&[Kind::Patent], &["C3"])],
        Field::PublisherPlace => &[(ANY, &["CY"])],
        Field::EventTitle => &[(&[Kind::Speech, Kind::PaperConference], &["T2"])],
        Field::EventPlace => &[(&[Kind::Speech, Kind::PaperConference], &["CY"])],
        Field::Genre => &[(ANY, &["M3"])],
        Field::Doi => &[(ANY, &["DO"])],
        Field::Url => &[(ANY, &["UR"])],
        Field::Isbn | Field::Issn => &[(NUMBERED, &[]), (ANY, &["SN"])],
        Field::Language => &[(ANY, &["LA"])],
        Field::Abstract => &[(ANY, &["AB"])],
        Field::Annote => &[(ANY, &["RN"])],
        Field::Keyword => &[(ANY, &["KW"])],
        Field::Note => &[(ANY, &["N1"])],
        Field::Archive => &[(ANY, &["DB"])],
        Field::ArchiveLocation => &[(ANY, &["AN"])],
        Field::CallNumber => &[(ANY, &["CN"])],
        Field::Source => &[(ANY, &["DP"])],
        Field::Scale => &[(&[Kind::Map], &["C1"])],
        Field::ReviewedTitle => &[(ANY, &["RI"])],
        Field::OriginalTitle => &[(ANY, &["OP"])],
        _ => &[],
    }
}

/// The tags of a field of a work in RIS; `None` where it has none, or where a field that the
/// work has too takes up the only one.
pub(in crate::format) fn ris_place(field: Field, work: &Work) -> Option<&'static [&'static str]> {
    let has = |field| work.get(field).is_some();
    let taken = match field {
        Field::NumberOfPages => has(Field::Page),
        Field::EventTitle => has(Field::ContainerTitle),
        Field::EventPlace => has(Field::PublisherPlace),
        _ => false,
    };
    find(ris_rules(field), work.kind).filter(|tags| !taken && !tags.is_empty())
}

/// The property of a field in CSL-JSON; `None` for the variables that the schema has not, which
/// stand under `custom`. The schema spells some variables otherwise than the specification.
pub(in crate::format) fn csl_name(field: Field) -> Option<&'static str> {
    match field {
        Field::PartNumber => Some("part"),
        Field::PrintingNumber => Some("printing"),
        Field::SupplementNumber => Some("supplement"),
        Field::License | Field::EditorTranslator => None,
        field => Some(field.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_fields_share_a_place_in_a_bib_file() {
        for &kind in Kind::ALL {
            for column in [Column::Bibtex, Column::Biblatex] {
                let mut places: Vec<_> = Field::ALL
                    .iter()
                    .filter_map(|&field| match bib_place(field, kind, column) {
                        Place::Field(name) => Some(name),
                        Place::Role(_) => None,
                    })
                    .collect();
                let all = places.len();
                places.sort_unstable();
                places.dedup();
                assert_eq!(places.len(), all, "{kind} {column:?}");
            }
        }
    }

    #[test]
    fn names_in_bib_files_are_letters() {
        for &field in Field::ALL {
            if let Place::Field(name) = bib_place(field, Kind::Book, Column::Bibtex) {
                let plain = name.bytes().all(|byte| byte.is_ascii_alphabetic());
                assert!(plain, "{name}");
            }
        }
    }
}
