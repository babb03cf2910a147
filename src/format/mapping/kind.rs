//! Kinds of works against entry types and RIS types.

use super::Column;
use crate::text::OfNames;
use crate::work::Lookup;
use crate::{Field, Kind, Origin, Work};
use std::collections::HashMap;
use std::sync::OnceLock;

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

/// The first row that names a type is what the type means when it is read, unless the lists
/// below say otherwise; the other kinds of that type are told apart in `.bib` by `entrysubtype`
/// (biblatex 2.2.3) holding CSL's name.
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

/// Entry types that are read and not written for want of a kind of their own, or that mean
/// another kind than the one which is written with them: the rest of biblatex 3.20, 2.1.1 to
/// 2.1.3, BibTeX's theses, and habits of other programs.
const ENTRY_TYPES: &[(&str, Kind)] = &[
    ("artifactdataset", Kind::Dataset),
    ("artifactsoftware", Kind::Software),
    ("audio", Kind::Song),
    ("bibnote", Kind::Document),
    ("bookinbook", Kind::Chapter),
    ("collection", Kind::Book),
    ("commentary", Kind::Book),
    ("conference", Kind::PaperConference),
    ("customa", Kind::Document),
    ("customb", Kind::Document),
    ("customc", Kind::Document),
    ("customd", Kind::Document),
    ("custome", Kind::Document),
    ("customf", Kind::Document),
    ("dataset", Kind::Dataset),
    ("electronic", Kind::Webpage),
    ("game", Kind::Software),
    ("image", Kind::Graphic),
    ("inbook", Kind::Chapter),
    ("manual", Kind::Book),
    ("mastersthesis", Kind::Thesis),
    ("mvbook", Kind::Book),
    ("mvcollection", Kind::Book),
    ("mvproceedings", Kind::Book),
    ("mvreference", Kind::Book),
    ("phdthesis", Kind::Thesis),
    ("presentation", Kind::Speech),
    ("proceedings", Kind::Book),
    ("reference", Kind::Book),
    ("review", Kind::Review),
    ("set", Kind::Document),
    ("standard", Kind::Standard),
    ("suppbook", Kind::Chapter),
    ("suppcollection", Kind::Chapter),
    ("suppperiodical", Kind::ArticleJournal),
    ("video", Kind::MotionPicture),
    ("webpage", Kind::Webpage),
    ("www", Kind::Webpage),
];

/// RIS types that are read and not written, or that mean another kind than the one which is
/// written with them: the rest of the specification's list (`GRNT` and `UNPD` stand there as
/// `GRANT` and `UNPB` in some editions), older ones, and those of other programs.
const RIS_TYPES: &[(&str, Kind)] = &[
    ("ABST", Kind::ArticleJournal),
    ("ADVS", Kind::MotionPicture),
    ("AGGR", Kind::Dataset),
    ("ANCIENT", Kind::Classic),
    ("CHART", Kind::Figure),
    ("CPAPER", Kind::PaperConference),
    ("CTLG", Kind::Book),
    ("DBASE", Kind::Dataset),
    ("DISS", Kind::Thesis),
    ("EBOOK", Kind::Book),
    ("ECHAP", Kind::Chapter),
    ("EDBOOK", Kind::Book),
    ("EJOUR", Kind::ArticleJournal),
    ("EQUA", Kind::Document),
    ("GOVDOC", Kind::Report),
    ("GRANT", Kind::Document),
    ("GRNT", Kind::Document),
    ("INPR", Kind::ArticleJournal),
    ("INTERVIEW", Kind::Interview),
    ("INTV", Kind::Interview),
    ("LEGAL", Kind::Regulation),
    ("MULTI", Kind::Webpage),
    ("POD", Kind::Broadcast),
    ("PODCAST", Kind::Broadcast),
    ("PREPRINT", Kind::Article),
    ("SER", Kind::Book),
    ("STD", Kind::Standard),
    ("UNBILL", Kind::Bill),
    ("UNPD", Kind::Article),
    ("VIDEO", Kind::MotionPicture),
    ("WEB", Kind::Webpage),
];

/// The name under which a work's extras keep the entry type that it was read with, where the
/// kind alone would be written with another.
pub(in crate::format) const ENTRY_TYPE: &str = "entrytype";
/// The same for RIS: the tag itself.
pub(in crate::format) const RIS_TYPE: &str = "TY";

/// The entry types of BibTeX's own (BibTeXing, 3.1): in that dialect no others are written.
const CLASSIC: &[&str] = &[
    "article",
    "book",
    "booklet",
    "conference",
    "inbook",
    "incollection",
    "inproceedings",
    "manual",
    "mastersthesis",
    "misc",
    "phdthesis",
    "proceedings",
    "techreport",
    "unpublished",
];

/// The row of every kind, counted from 1; 0 where it has none.
const ROW_OF: [u8; Kind::ALL.len()] = {
    let mut rows = [0; Kind::ALL.len()];
    let mut row = ROWS.len();
    while row > 0 {
        rows[ROWS[row - 1].kind as usize] = row as u8;
        row -= 1;
    }
    rows
};

fn row_of(kind: Kind) -> &'static Row {
    let row = usize::from(ROW_OF[kind as usize]);
    row.checked_sub(1).and_then(|row| ROWS.get(row)).unwrap_or(&NO_ROW)
}

/// The entry type of a work, and the `entrysubtype` where the type alone would be read as
/// another kind. An entry type that the work was read with stays where it still fits its kind.
pub(in crate::format) fn entry_type(
    work: &Work,
    column: Column,
) -> (&'static str, Option<&'static str>) {
    let kind = work.kind;
    let row = row_of(kind);
    let own = match column {
        Column::Bibtex => row.bibtex,
        Column::Biblatex => row.biblatex,
    };
    let kept = kept(work, Origin::Bibtex, ENTRY_TYPE)
        .and_then(|kept| ENTRY_TYPES.iter().find(|(name, _)| *name == kept))
        .filter(|(name, means)| {
            *means == kind && (column == Column::Biblatex || CLASSIC.contains(name))
        });
    let written = kept.map_or(own, |(name, _)| name);
    let subtype = match kind {
        Kind::Manuscript if has_event(work) => Some(kind.as_str()),
        kind if kind_of_entry_type(written) == Some(kind) => None,
        // The words that biblatex users and pandoc know.
        Kind::ArticleMagazine => Some("magazine"),
        Kind::ArticleNewspaper => Some("newspaper"),
        kind => Some(kind.as_str()),
    };
    (written, subtype)
}

/// Whether works of a kind are written with an entry type of this name, in one dialect or the
/// other.
pub(in crate::format) fn is_type_of(name: &str, kind: Kind) -> bool {
    let row = row_of(kind);
    row.bibtex == name || row.biblatex == name
}

fn has_event(work: &Work) -> bool {
    [Field::EventTitle, Field::EventDate, Field::EventPlace]
        .into_iter()
        .any(|field| work.get(field).is_some())
}

/// The kind of a work of an event that is read as `kind` without one: an unpublished one is the
/// script of a talk (biblatex 3.20, 2.1.1; pandoc reads it so).
pub(in crate::format) fn kind_with_event(kind: Kind) -> Kind {
    if kind == Kind::Manuscript { Kind::Speech } else { kind }
}

/// The types that Mendeley's newer program made up, and the type that each is.
const MENDELEY_TYPES: &[(&str, &str)] = &[("generic", "misc"), ("web_page", "online")];

/// An entry type as BibTeX and biblatex name it.
pub(in crate::format) fn own_entry_type(name: &str) -> &str {
    MENDELEY_TYPES.iter().find(|(made_up, _)| *made_up == name).map_or(name, |(_, own)| own)
}

/// The kind of an entry type, in lower case; `None` for a type that nobody knows.
pub(in crate::format) fn kind_of_entry_type(name: &str) -> Option<Kind> {
    static KINDS: OnceLock<HashMap<&'static str, Kind, OfNames>> = OnceLock::new();
    KINDS.get_or_init(|| entry_types().into_iter().collect()).get(name).copied()
}

fn looked_up(name: &str) -> Option<Kind> {
    let name = own_entry_type(name);
    let read = ENTRY_TYPES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    read.or_else(|| {
        ROWS.iter().find(|row| row.bibtex == name || row.biblatex == name).map(|row| row.kind)
    })
}

/// The RIS type of a work; one that it was read with stays where it still fits its kind, and so
/// does one that nobody knows.
pub(in crate::format) fn ris_type(work: &Work) -> &str {
    let own = row_of(work.kind).ris;
    kept(work, Origin::Ris, RIS_TYPE)
        .filter(|kept| match kind_of_ris_type(kept) {
            Some(means) => means == work.kind,
            None => work.kind == Kind::Document && !kept.trim().is_empty(),
        })
        .unwrap_or(own)
}

/// The kind of a RIS type, in capitals; `None` for a type that nobody knows.
pub(in crate::format) fn kind_of_ris_type(name: &str) -> Option<Kind> {
    static BY_NAME: Lookup<256> = Lookup::of(&RIS_NAMES);
    let place = BY_NAME.find(&RIS_NAMES, name)?;
    let read = RIS_TYPES.get(place).map(|(_, kind)| *kind);
    read.or_else(|| ROWS.get(place - RIS_TYPES.len()).map(|row| row.kind))
}

/// Every RIS type: those of the list of its own first, then those of the rows.
static RIS_NAMES: [&str; RIS_TYPES.len() + ROWS.len()] = {
    let mut names = [""; RIS_TYPES.len() + ROWS.len()];
    let mut place = 0;
    while place < names.len() {
        names[place] = if place < RIS_TYPES.len() {
            RIS_TYPES[place].0
        } else {
            ROWS[place - RIS_TYPES.len()].ris
        };
        place += 1;
    }
    names
};

/// Every entry type that is known, with the kind that it is read as.
pub(in crate::format) fn entry_types() -> Vec<(&'static str, Kind)> {
    let written = ROWS.iter().flat_map(|row| [row.bibtex, row.biblatex]);
    let made_up = MENDELEY_TYPES.iter().map(|(name, _)| *name);
    known(written.chain(made_up), ENTRY_TYPES, looked_up)
}

/// Every RIS type that is known, with the kind that it is read as.
pub(in crate::format) fn ris_types() -> Vec<(&'static str, Kind)> {
    known(ROWS.iter().map(|row| row.ris), RIS_TYPES, kind_of_ris_type)
}

fn known(
    written: impl Iterator<Item = &'static str>,
    read: &[(&'static str, Kind)],
    kind: fn(&str) -> Option<Kind>,
) -> Vec<(&'static str, Kind)> {
    let mut names: Vec<&'static str> = written.chain(read.iter().map(|(name, _)| *name)).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().filter_map(|name| Some((name, kind(name)?))).collect()
}

fn kept<'a>(work: &'a Work, origin: Origin, name: &str) -> Option<&'a str> {
    work.extra
        .iter()
        .find(|extra| extra.origin == origin && extra.name == name)
        .map(|extra| extra.value.as_str())
}

/// The kind that CSL-JSON is written with. Zotero refuses a whole file for one item of a type
/// that it does not know, and `software` is such a type; it is written as a book, and the kind
/// itself stands in `custom.type`.
pub(in crate::format) fn csl_kind(kind: Kind) -> Kind {
    if kind == Kind::Software { Kind::Book } else { kind }
}

/// Types of other programs that stand in CSL-JSON now and then: Zotero's, Crossref's.
const CSL_TYPES: &[(&str, Kind)] = &[
    ("artwork", Kind::Graphic),
    ("audiorecording", Kind::Song),
    ("blogpost", Kind::PostWeblog),
    ("bookchapter", Kind::Chapter),
    ("bookpart", Kind::Chapter),
    ("booksection", Kind::Chapter),
    ("bookseries", Kind::Book),
    ("bookset", Kind::Book),
    ("booktrack", Kind::Chapter),
    ("case", Kind::LegalCase),
    ("component", Kind::Document),
    ("computerprogram", Kind::Software),
    ("conferencepaper", Kind::PaperConference),
    ("database", Kind::Dataset),
    ("dictionaryentry", Kind::EntryDictionary),
    ("dissertation", Kind::Thesis),
    ("editedbook", Kind::Book),
    ("email", Kind::PersonalCommunication),
    ("encyclopediaarticle", Kind::EntryEncyclopedia),
    ("film", Kind::MotionPicture),
    ("forumpost", Kind::Post),
    ("gazette", Kind::Legislation),
    ("instantmessage", Kind::PersonalCommunication),
    ("journalarticle", Kind::ArticleJournal),
    ("journalissue", Kind::Periodical),
    ("journalvolume", Kind::Periodical),
    ("letter", Kind::PersonalCommunication),
    ("magazinearticle", Kind::ArticleMagazine),
    ("monograph", Kind::Book),
    ("newspaper", Kind::ArticleNewspaper),
    ("newspaperarticle", Kind::ArticleNewspaper),
    ("other", Kind::Document),
    ("peerreview", Kind::Review),
    ("podcast", Kind::Broadcast),
    ("postedcontent", Kind::Article),
    ("preprint", Kind::Article),
    ("presentation", Kind::Speech),
    ("proceedingsarticle", Kind::PaperConference),
    ("proceedingsseries", Kind::Book),
    ("radiobroadcast", Kind::Broadcast),
    ("referencebook", Kind::Book),
    ("referenceentry", Kind::Entry),
    ("reportcomponent", Kind::Report),
    ("reportseries", Kind::Report),
    ("statute", Kind::Legislation),
    ("tvbroadcast", Kind::Broadcast),
    ("videorecording", Kind::MotionPicture),
];

/// The kind that a type plainly means which CSL has not: another spelling of one
/// (`article_journal`, `Journal article`), another program's, an entry type of BibTeX.
pub(in crate::format) fn kind_of_csl_type(name: &str) -> Option<Kind> {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let plain = letters(name);
    let spelled = Kind::ALL.iter().copied().find(|kind| letters(kind.as_str()) == plain);
    let known = || CSL_TYPES.iter().find(|(known, _)| *known == plain).map(|(_, kind)| *kind);
    spelled.or_else(known).or_else(|| kind_of_entry_type(&plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Extra;

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
                Kind::ALL.iter().map(|&kind| entry_type(&Work::new(kind), column)).collect();
            types.sort_unstable();
            types.dedup();
            assert_eq!(types.len(), Kind::ALL.len());
        }
    }

    #[test]
    fn a_type_that_was_read_stays_while_it_fits() {
        let mut work = Work::new(Kind::Book);
        let value = "mvbook".to_owned();
        work.extra.push(Extra { origin: Origin::Bibtex, name: ENTRY_TYPE.into(), value });
        assert_eq!(entry_type(&work, Column::Biblatex), ("mvbook", None));
        assert_eq!(entry_type(&work, Column::Bibtex), ("book", None));
        work.kind = Kind::Thesis;
        assert_eq!(entry_type(&work, Column::Biblatex), ("thesis", None));
    }
}
