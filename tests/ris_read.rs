//! RIS read: what the tags of the specification of 2011 mean, older ones, and what programs and
//! people make of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod records;

use citelift::{Date, Kind, Name, Pages, ris};
use records::{codes, extras, record, reread};

#[test]
fn an_article_is_read_whole() {
    let (work, codes) = record(
        "JOUR",
        "ID  - roe2010\nAU  - van der Berg, Jan Willem\nAU  - King, Martin Luther, Jr.\n\
         AU  - World Bank,\nTI  - Harbour watch\nT2  - Port Studies\nJF  - Port Studies\n\
         J2  - Port Stud.\nPY  - 2010\nDA  - 2010/11/03/\nVL  - 12\nIS  - 3\nSP  - 101\nEP  - 115\n\
         SN  - 0003-2697\nDO  - https://doi.org/10.1000/182\nUR  - https://example.org/a\n\
         KW  - ports\nKW  - pilots; tides\nAB  - Says much.\nN1  - Read twice.\nLA  - en\n\
         Y2  - 2011/01/05/\nDB  - Scopus",
    );
    assert_eq!(codes, [""; 0]);
    assert_eq!((work.kind, work.id.as_deref()), (Kind::ArticleJournal, Some("roe2010")));
    let names: Vec<String> = work.author.iter().map(Name::to_string).collect();
    assert_eq!(names, ["van der Berg, Jan Willem", "King, Martin Luther, Jr.", "World Bank"]);
    assert_eq!(work.container_title.as_deref(), Some("Port Studies"));
    assert_eq!(work.container_title_short.as_deref(), Some("Port Stud."));
    assert_eq!(work.issued.as_ref().map(Date::to_string).as_deref(), Some("2010-11-03"));
    assert_eq!(work.accessed.as_ref().map(Date::to_string).as_deref(), Some("2011-01-05"));
    assert_eq!(work.page, Some(Pages::range("101", "115")));
    assert_eq!(work.issn.as_deref(), Some("0003-2697"));
    assert_eq!(work.doi.as_deref(), Some("10.1000/182"));
    assert_eq!(work.keyword, ["ports", "pilots", "tides"]);
    assert_eq!(work.note.as_deref(), Some("Read twice."));
    assert!(work.extra.is_empty());
}

#[test]
fn older_tags_mean_the_same() {
    let (work, codes) = record(
        "JOUR",
        "A1  - Roe, J.\nT1  - Harbour watch\nJO  - Port Stud.\nJF  - Port Studies\nY1  - 2010/11//\n\
         N2  - Says much.\nVO  - 12\nCP  - 3\nK1  - ports",
    );
    assert_eq!(codes, [""; 0]);
    assert_eq!(work.author.first(), Some(&Name::person("Roe", "J.")));
    assert_eq!(work.title.as_deref(), Some("Harbour watch"));
    assert_eq!(work.container_title.as_deref(), Some("Port Studies"));
    assert_eq!(work.container_title_short.as_deref(), Some("Port Stud."));
    assert_eq!(work.abstract_.as_deref(), Some("Says much."));
    assert_eq!((work.volume.as_deref(), work.issue.as_deref()), (Some("12"), Some("3")));
    assert_eq!(work.issued.map(|date| date.to_string()).as_deref(), Some("2010-11"));
    // `JO` alone is the journal.
    let (work, _) = record("JOUR", "JO  - Port Stud.");
    assert_eq!(work.container_title.as_deref(), Some("Port Stud."));
}

#[test]
fn tags_mean_what_they_do_for_the_type() {
    let (book, _) = record(
        "BOOK",
        "A2  - Series, E.\nA3  - Editor, E.\nA4  - Turner, T.\nBT  - Harbour watch\n\
         T2  - Graduate Texts\nM1  - 7\nSP  - xii, 320 p.\nSN  - 978-0-471-98635-5\nET  - 2",
    );
    assert_eq!(book.editor.first(), Some(&Name::person("Editor", "E.")));
    assert_eq!(book.collection_editor.first(), Some(&Name::person("Series", "E.")));
    assert_eq!(book.title.as_deref(), Some("Harbour watch"));
    assert_eq!(book.collection_title.as_deref(), Some("Graduate Texts"));
    assert_eq!(book.collection_number.as_deref(), Some("7"));
    assert_eq!(book.number_of_pages.as_deref(), Some("xii, 320 p."));
    assert_eq!(book.isbn.as_deref(), Some("978-0-471-98635-5"));

    let (chapter, _) = record("CHAP", "TI  - Part\nBT  - Whole\nA2  - Editor, E.\nSE  - 4");
    assert_eq!(chapter.container_title.as_deref(), Some("Whole"));
    assert_eq!(chapter.editor.first(), Some(&Name::person("Editor", "E.")));
    assert_eq!(chapter.chapter_number.as_deref(), Some("4"));

    let (report, _) = record("RPRT", "SN  - FAO/2019-17\nPB  - FAO\nED  - Editor, E.");
    assert_eq!(report.number.as_deref(), Some("FAO/2019-17"));
    assert_eq!(report.editor.first(), Some(&Name::person("Editor", "E.")));

    let (paper, _) = record("CONF", "T2  - Port Days\nC3  - Proceedings\nCY  - Oslo\nC1  - Berlin");
    assert_eq!(paper.container_title.as_deref(), Some("Proceedings"));
    assert_eq!(paper.event_title.as_deref(), Some("Port Days"));
    assert_eq!(paper.event_place.as_deref(), Some("Oslo"));
    assert_eq!(paper.publisher_place.as_deref(), Some("Berlin"));
    let (paper, _) = record("CPAPER", "T2  - Proceedings\nCY  - Oslo");
    assert_eq!(paper.container_title.as_deref(), Some("Proceedings"));
    assert_eq!(paper.publisher_place.as_deref(), Some("Oslo"));
    assert_eq!(extras(&paper), [("TY", "CPAPER")]);

    let (case, _) = record("CASE", "PB  - Supreme Court\nVL  - 5");
    assert_eq!(case.authority.as_deref(), Some("Supreme Court"));
}

#[test]
fn a_value_takes_no_other_field_before_the_tags_that_are_for_it() {
    let (work, _) = record("CHAP", "BT  - Handbook\nBT  - Manual\nT1  - Winter moorings");
    assert_eq!(work.title.as_deref(), Some("Winter moorings"));
    assert_eq!(work.container_title.as_deref(), Some("Handbook"));
    assert_eq!(extras(&work), [("BT", "Manual")]);
    let (work, _) = record("CHAP", "BT  - Handbook\nBT  - Winter moorings");
    assert_eq!(work.title.as_deref(), Some("Winter moorings"));
}

#[test]
fn every_type_is_known_and_comes_back() {
    const TYPES: &str = "ABST ADVS AGGR ANCIENT ART BILL BLOG BOOK CASE CHAP CHART CLSWK COMP CONF \
        CPAPER CTLG DATA DBASE DICT EBOOK ECHAP EDBOOK EJOUR ELEC ENCYC EQUA FIGURE GEN GOVDOC \
        GRANT GRNT HEAR ICOMM INPR JFULL JOUR LEGAL MANSCPT MAP MGZN MPCT MULTI MUSIC NEWS PAMP PAT \
        PCOMM RPRT SER SLIDE SOUND STAND STAT STD THES UNBILL UNPB UNPD VIDEO WEB DISS INTERVIEW INTV POD PODCAST PREPRINT";
    for name in TYPES.split_whitespace() {
        let (work, codes) = record(name, "TI  - Harbour watch");
        assert_eq!(codes, [""; 0], "{name}");
        let written = ris::to_string(&[work]);
        assert!(written.starts_with(&format!("TY  - {name}\r\n")), "{name}: {written}");
    }
    let (work, codes) = record("HARB", "TI  - Harbour watch");
    assert_eq!((work.kind, codes), (Kind::Document, vec!["record/unknown-type"]));
    assert!(ris::to_string(&[work]).starts_with("TY  - HARB\r\n"));
}

#[test]
fn types_of_other_programs_are_said_and_understood() {
    for (name, kind) in [
        ("Journal Article", Kind::ArticleJournal),
        ("article", Kind::ArticleJournal),
        ("\"JOUR\"", Kind::ArticleJournal),
        ("BOOK.", Kind::Book),
        ("Conference Paper", Kind::PaperConference),
    ] {
        let (work, codes) = record(name, "TI  - Harbour watch");
        assert_eq!((work.kind, codes), (kind, vec!["record/unknown-type"]), "{name}");
        assert_eq!(work.extra, [], "{name}");
    }
}

#[test]
fn entities_are_read_as_characters() {
    let (work, codes) = record(
        "JOUR",
        "AU  - O&#39;Neill, T.\nTI  - R&amp;D at sea\nT2  - Ships &amp;amp; Ports\n\
         KW  - R&amp;D; fog\nUR  - https://example.org/?a=1&amp;b=2",
    );
    assert_eq!(codes, [""; 0]);
    assert_eq!(work.author.first(), Some(&Name::person("O'Neill", "T.")));
    assert_eq!(work.title.as_deref(), Some("R&D at sea"));
    assert_eq!(work.container_title.as_deref(), Some("Ships & Ports"));
    assert_eq!(work.keyword, ["R&D", "fog"]);
    assert_eq!(work.url.as_deref(), Some("https://example.org/?a=1&b=2"));
    // A work whose text has one is told that it does not come back.
    let mut work = work;
    work.title = Some("Of &amp; in HTML".into());
    assert!(ris::losses(&[work]).iter().any(|loss| loss.message.contains("title")));
}

#[test]
fn initials_may_come_first() {
    let (work, codes) = record(
        "JOUR",
        "AU  - J. Doe\nAU  - A. B. van der Okoro\nAU  - World Bank\nAU  - J. Paul Getty Trust",
    );
    assert_eq!(codes, [""; 0]);
    let names: Vec<String> = work.author.iter().map(Name::to_string).collect();
    assert_eq!(names, ["Doe, J.", "van der Okoro, A. B.", "World Bank", "J. Paul Getty Trust"]);
    assert_eq!(reread(std::slice::from_ref(&work))[0].author, work.author);
    let (work, codes) = record("JOUR", "AU  - Doe, Ann and Poe, Bob\nAU  - Smith J, Jones KL");
    assert_eq!((work.author.len(), codes), (4, vec!["record/name-doubtful"; 2]));
}

#[test]
fn a_type_of_work_that_is_a_doi_is_the_doi() {
    for value in ["10.1000/182", "doi: 10.1000/182", "https://doi.org/10.1000/182"] {
        let (work, codes) = record("JOUR", &format!("TI  - x\nM3  - {value}"));
        assert_eq!((work.doi.as_deref(), work.genre), (Some("10.1000/182"), None), "{value}");
        assert_eq!(codes, [""; 0]);
    }
}

#[test]
fn what_the_model_has_no_place_for_is_kept_and_written_back() {
    let (work, codes) = record(
        "JOUR",
        "TI  - One\nTI  - Two\nTI  - One\nL1  - file.pdf\nXQ  - own\nUR  - https://a.org\n\
         UR  - https://b.org\nN1  - a\nN1  - b",
    );
    assert_eq!(work.title.as_deref(), Some("One"));
    assert_eq!(work.url.as_deref(), Some("https://a.org"));
    assert_eq!(work.note.as_deref(), Some("a\nb"));
    assert_eq!(
        codes,
        [
            "record/field-repeated",
            "record/unknown-field",
            "record/unknown-field",
            "record/field-repeated"
        ]
    );
    let mut kept = extras(&work);
    kept.sort_unstable();
    let expected = [("L1", "file.pdf"), ("TI", "Two"), ("UR", "https://b.org"), ("XQ", "own")];
    assert_eq!(kept, expected);
    let written = ris::to_string(&[work]);
    for (tag, value) in expected {
        assert!(written.contains(&format!("\r\n{tag}  - {value}\r\n")), "{written}");
    }
}

#[test]
fn pages_are_put_together() {
    for (lines, page, expected) in [
        ("SP  - 10\nEP  - 20", "10-20", ""),
        ("SP  - 10-20", "10-20", ""),
        ("SP  - 10-20\nEP  - 20", "10-20", ""),
        ("SP  - 123\nEP  - 45", "123-45", ""),
        ("SP  - e1000098", "e1000098", ""),
        ("EP  - 20", "20", "ris/end-page-alone"),
    ] {
        let (work, codes) = record("JOUR", lines);
        assert_eq!(work.page.map(|page| page.to_string()).as_deref(), Some(page), "{lines}");
        assert_eq!(codes.concat(), expected, "{lines}");
    }
}

#[test]
fn dates_are_put_together() {
    for (lines, date, expected) in [
        ("PY  - 2010", "2010", ""),
        ("PY  - 2010///\nDA  - 2010/11/03/", "2010-11-03", ""),
        ("DA  - Nov 3\nPY  - 2010", "2010-11-03", ""),
        ("PY  - 2010\nDA  - 1998/08/15/to 1998-08-30", "2010", "record/field-repeated"),
        ("Y1  - 1998/08/15/to 1998-08-30", "1998-08-15/1998-08-30", ""),
        ("PY  - in press", "in press", "record/date-not-understood"),
        ("PY  - in press\nDA  - 2010/11//", "2010-11", "record/date-not-understood"),
        ("PY  - 2010/11/03/Spring", "2010-11-03", "record/date-not-understood"),
        ("PY  - 2010/02/31/", "2010/02/31/", "record/date-not-understood"),
    ] {
        let (work, codes) = record("JOUR", lines);
        assert_eq!(work.issued.map(|date| date.to_string()).as_deref(), Some(date), "{lines}");
        assert_eq!(codes.concat(), expected, "{lines}");
    }
}

#[test]
fn names_tell_their_parts() {
    let (work, codes) = record("BOOK", "AU  - Roe, J.; Doe, A.\nAU  - et al.");
    assert_eq!(work.author.list, [Name::person("Roe", "J."), Name::person("Doe", "A.")]);
    assert!(work.author.others);
    assert_eq!(codes, ["record/name-doubtful"]);
    assert!(ris::losses(std::slice::from_ref(&work)).is_empty());
    let read = reread(std::slice::from_ref(&work));
    assert_eq!((&read[0].author, &read[0].extra), (&work.author, &work.extra));
}

#[test]
fn keys_that_repeat_are_said() {
    let read = ris::from_str(
        "TY  - BOOK\nID  - a\nTI  - x\nER  - \nTY  - BOOK\nID  - a\nTI  - y\nER  - \n",
    );
    assert_eq!(codes(&read), ["record/key-repeated"]);
}

/// EndNote has the date of access of a web page in `M1`.
#[test]
fn the_date_of_access_may_stand_in_m1() {
    let of = |m1: &str| {
        let text = format!("TY  - ELEC\r\nTI  - Sand\r\nM1  - {m1}\r\nER  - \r\n");
        ris::from_str(&text).works.remove(0)
    };
    assert_eq!(of("2023/11/5/").accessed, "2023-11-05".parse().ok());
    assert_eq!(of("12").accessed, None);
}
