//! Kinds of works against entry types and RIS types.

use super::Column;
use crate::Kind;

/// One kind in each format.
struct Row {
    kind: Kind,
    bibtex: &'static str,
    biblatex: &'static str,
    ris: &'static str,
}

const fn row(kind: Kind, bibtex: &'static str, biblatex: &'static str, ris: &'static str) -> Row {
    Row { kind, bibtex, biblatex, ris }
}

/// The first row that names a type is what the type means when it is read; the other kinds of
/// that type are told apart in `.bib` by `entrysubtype` (biblatex 2.2.3) holding CSL's name.
///
/// Data go to `@misc` in both dialects: Zotero drops entries of the type `dataset`. Standards
/// are reports: `@standard` is a law to pandoc. Law and software keep BibLaTeX's types in BibTeX
/// too, whose styles set unknown types as `@misc`, since no `@misc` says what it is.
const ROWS: &[Row] = &[
    row(Kind::ArticleJournal, "article", "article", "JOUR"),
    row(Kind::ArticleMagazine, "article", "article", "MGZN"),
    row(Kind::ArticleNewspaper, "article", "article", "NEWS"),
    row(Kind::Review, "article", "article", "JOUR"),
    row(Kind::ReviewBook, "article", "article", "JOUR"),
    row(Kind::Book, "book", "book", "BOOK"),
    row(Kind::Classic, "book", "book", "CLSWK"),
    row(Kind::Pamphlet, "booklet", "booklet", "PAMP"),
    row(Kind::Chapter, "incollection", "incollection", "CHAP"),
    row(Kind::EntryEncyclopedia, "incollection", "inreference", "ENCYC"),
    row(Kind::EntryDictionary, "incollection", "inreference", "DICT"),
    row(Kind::Entry, "incollection", "inreference", "DICT"),
    row(Kind::PaperConference, "inproceedings", "inproceedings", "CONF"),
    row(Kind::Report, "techreport", "report", "RPRT"),
    row(Kind::Standard, "techreport", "report", "STAND"),
    row(Kind::Thesis, "phdthesis", "thesis", "THES"),
    row(Kind::Manuscript, "unpublished", "unpublished", "MANSCPT"),
    row(Kind::Speech, "unpublished", "unpublished", "SLIDE"),
    row(Kind::Article, "unpublished", "unpublished", "UNPB"),
    row(Kind::Webpage, "online", "online", "ELEC"),
    row(Kind::PostWeblog, "online", "online", "BLOG"),
    row(Kind::Post, "online", "online", "ICOMM"),
    row(Kind::Patent, "patent", "patent", "PAT"),
    row(Kind::Document, "misc", "misc", "GEN"),
    row(Kind::Collection, "misc", "misc", "GEN"),
    row(Kind::Dataset, "misc", "misc", "DATA"),
    row(Kind::Event, "misc", "misc", "GEN"),
    row(Kind::Hearing, "misc", "misc", "HEAR"),
    row(Kind::PersonalCommunication, "misc", "letter", "PCOMM"),
    row(Kind::Interview, "misc", "misc", "PCOMM"),
    row(Kind::Map, "misc", "misc", "MAP"),
    row(Kind::MusicalScore, "misc", "misc", "MUSIC"),
    row(Kind::Periodical, "misc", "periodical", "JFULL"),
    row(Kind::Graphic, "misc", "artwork", "ART"),
    row(Kind::Figure, "misc", "image", "FIGURE"),
    row(Kind::MotionPicture, "misc", "movie", "MPCT"),
    row(Kind::Broadcast, "misc", "video", "VIDEO"),
    row(Kind::Song, "misc", "music", "SOUND"),
    row(Kind::Performance, "misc", "performance", "GEN"),
    row(Kind::Software, "software", "software", "COMP"),
    row(Kind::LegalCase, "jurisdiction", "jurisdiction", "CASE"),
    row(Kind::Legislation, "legislation", "legislation", "STAT"),
    row(Kind::Regulation, "legislation", "legislation", "STAT"),
    row(Kind::Bill, "legislation", "legislation", "BILL"),
    row(Kind::Treaty, "misc", "legal", "LEGAL"),
];

/// What a kind without a row would be; a test sees to it that every kind has one.
const NO_ROW: Row = row(Kind::Document, "misc", "misc", "GEN");

fn row_of(kind: Kind) -> &'static Row {
    ROWS.iter().find(|row| row.kind == kind).unwrap_or(&NO_ROW)
}

/// The entry type of a kind, and the `entrysubtype` where the type alone would be read as
/// another kind.
pub(in crate::format) fn entry_type(
    kind: Kind,
    column: Column,
) -> (&'static str, Option<&'static str>) {
    let name = |row: &Row| match column {
        Column::Bibtex => row.bibtex,
        Column::Biblatex => row.biblatex,
    };
    let own = name(row_of(kind));
    let read = ROWS.iter().find(|row| name(row) == own).map_or(Kind::Document, |row| row.kind);
    let subtype = match kind {
        kind if kind == read => None,
        // The words that biblatex users and pandoc know.
        Kind::ArticleMagazine => Some("magazine"),
        Kind::ArticleNewspaper => Some("newspaper"),
        kind => Some(kind.as_str()),
    };
    (own, subtype)
}

/// The RIS type of a kind.
pub(in crate::format) fn ris_type(kind: Kind) -> &'static str {
    row_of(kind).ris
}

/// Whether the RIS type of a kind is read back as that kind.
pub(in crate::format) fn is_own_ris_type(kind: Kind) -> bool {
    let own = ris_type(kind);
    ROWS.iter().find(|row| row.ris == own).is_some_and(|row| row.kind == kind)
}

/// The kind that CSL-JSON is written with. Zotero refuses a whole file for one item of a type
/// that it does not know, and `software` is such a type; it is written as a book, and the kind
/// itself stands in `custom.type`.
pub(in crate::format) fn csl_kind(kind: Kind) -> Kind {
    if kind == Kind::Software { Kind::Book } else { kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_row() {
        for &kind in Kind::ALL {
            assert_eq!(ROWS.iter().filter(|row| row.kind == kind).count(), 1, "{kind}");
        }
        assert_eq!(ROWS.len(), Kind::ALL.len());
    }

    #[test]
    fn type_and_subtype_tell_all_kinds_apart() {
        for column in [Column::Bibtex, Column::Biblatex] {
            let mut types: Vec<_> =
                Kind::ALL.iter().map(|&kind| entry_type(kind, column)).collect();
            types.sort_unstable();
            types.dedup();
            assert_eq!(types.len(), Kind::ALL.len());
        }
    }
}
