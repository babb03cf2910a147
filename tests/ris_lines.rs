//! RIS line by line: how tags are spelled, where records end, what stands between them, bytes
//! and streams.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod records;

use citelift::{Kind, ris};
use records::{codes, one, record};
use std::io::Read;

#[test]
fn spelling_may_be_loose() {
    for text in [
        "TY - JOUR\nTI - Harbour watch\nER -\n",
        "TY  -JOUR\nTI  -Harbour watch\nER -\n",
        "ty  - jour\nti  - Harbour watch\ner  - \n",
        "TY\t-\tJOUR\nTI\t-\tHarbour watch\nER\t-\n",
    ] {
        let (work, codes) = one(text);
        assert_eq!(work.title.as_deref(), Some("Harbour watch"), "{text}");
        assert_eq!(work.kind, Kind::ArticleJournal);
        assert_eq!(codes, ["ris/loose-tag"; 3], "{text}");
    }
    for text in [
        "TY-JOUR\nTI-Harbour watch\nER-\n",
        "TY- JOUR\nTI- Harbour watch\nER-\n",
        "TY  - JOUR TI  - Harbour watch ER  - \n",
    ] {
        let (work, codes) = one(text);
        assert_eq!(work.title.as_deref(), Some("Harbour watch"), "{text}");
        assert!(codes.iter().all(|code| *code == "ris/loose-tag") && codes.len() > 1, "{text}");
    }
    let (work, codes) = one("\u{200b}TY  - JOUR\nTI  - Harbour watch\nER  - \n");
    assert_eq!((work.kind, codes.len()), (Kind::ArticleJournal, 0));
    for text in [
        "\u{feff}TY  - JOUR\nTI  - Harbour watch\nER  - \n",
        "TY  - JOUR\r\nTI  - Harbour watch\r\nER  - \r\n",
        "TY  - JOUR\rTI  - Harbour watch\rER  - \r",
        "\n\nTY  - JOUR\n\nTI  - Harbour watch\n\nER  - ",
        "TY  - JOUR\n\rTI  - Harbour watch\n\rER  -",
    ] {
        let (work, codes) = one(text);
        assert_eq!(work.title.as_deref(), Some("Harbour watch"), "{text:?}");
        assert_eq!(codes, [""; 0], "{text:?}");
    }
}

#[test]
fn a_record_ends_somehow() {
    let read =
        ris::from_str("TY  - JOUR\nTI  - One\n\nTY  - BOOK\nTI  - Two\nER  - \nTI  - Three\n");
    let titles: Vec<_> = read.works.iter().filter_map(|work| work.title.as_deref()).collect();
    assert_eq!(titles, ["One", "Two", "Three"]);
    assert_eq!(codes(&read), ["ris/missing-end", "ris/missing-type", "ris/missing-end"]);
    assert_eq!(read.works[2].kind, Kind::Document);
    let read = ris::from_str("TY  - BOOK\nER  - \n");
    assert_eq!((read.works.len(), codes(&read)), (0, vec!["record/empty"]));
    let read = ris::from_str("TY  - BOOK\nID  - roe2010\nER  - \n");
    assert_eq!((read.works.len(), codes(&read)), (1, vec!["record/empty"]));
    let read = ris::from_str("TY  - \nTI  - One\nER  - \n");
    assert_eq!(codes(&read), ["record/unknown-type"]);
}

#[test]
fn lines_without_a_tag_continue_the_value() {
    let (work, codes) = record(
        "JOUR",
        "TI  - Harbour\n  watch\nKW  - ports\npilots\nAB  - First\nparagraph.\n\nSecond - here.\n\
         AU  - Roe, J.\nDoe, A.",
    );
    assert_eq!(work.title.as_deref(), Some("Harbour watch"));
    assert_eq!(work.keyword, ["ports", "pilots"]);
    assert_eq!(work.abstract_.as_deref(), Some("First paragraph.\nSecond - here."));
    assert_eq!(work.author.len(), 2);
    assert_eq!(codes, ["ris/continuation-line"; 4]);
}

/// Programs break long abstracts, and what comes first in a line may look like a tag.
#[test]
fn words_that_begin_a_line_are_no_tags() {
    let long = "The ships that came to the northern ports were looked at with great care";
    for words in [
        "T1- and T2-weighted images",
        "T1-weighted images",
        "CT-Scans of hulls",
        "IS - what we found",
        "DO-it-yourself repairs",
        "AI-based methods",
        "ER- visits",
    ] {
        let (work, codes) = record("JOUR", &format!("TI  - Ports\nAB  - {long}\n{words}\nKW  - x"));
        assert_eq!(work.abstract_, Some(format!("{long} {words}")));
        assert_eq!(codes, ["ris/continuation-line"], "{words}");
    }
    // No program breaks a short line.
    let (work, codes) = record("JOUR", "AU  - Roe, J.\nTI-Ports\nUR-https://example.org");
    assert_eq!((work.title.as_deref(), work.author.len()), (Some("Ports"), 1));
    assert_eq!(work.url.as_deref(), Some("https://example.org"));
    assert_eq!(codes, ["ris/loose-tag"; 2]);
    let glued = format!("TY-JOUR\nAB-{long}\nT1-weighted\nKW-Ports\nER-\n");
    let (work, _) = one(&glued);
    assert_eq!(work.abstract_, Some(format!("{long} T1-weighted")));
    assert_eq!(work.keyword, ["Ports"]);
}

/// Where the file's own spelling is known it is followed.
#[test]
fn loose_spelling_that_is_a_habit_is_read() {
    let long = "The ships that came to the northern ports were looked at with great care";
    for (gap, end) in [("- ", "ER-"), (" - ", "ER -"), (" -", "ER -")] {
        let text = format!("TY{gap}JOUR\nAB{gap}{long}\nKW{gap}ports\nID{gap}roe2010\n{end}\n");
        let (work, codes) = one(&text);
        assert_eq!((work.keyword.len(), work.id.as_deref()), (1, Some("roe2010")), "{text}");
        assert_eq!(codes, ["ris/loose-tag"; 5], "{text}");
    }
}

#[test]
fn a_key_may_stand_before_the_type() {
    let (work, codes) = one("ID  - roe2010\nTY  - JOUR\nTI  - Ports\nER  - \n");
    assert_eq!((work.id.as_deref(), work.kind), (Some("roe2010"), Kind::ArticleJournal));
    assert_eq!(codes, ["ris/missing-type"]);
    let read = ris::from_str("ID  - roe2010\n\nTY  - JOUR\nTI  - Ports\nER  - \n");
    let mut said = records::codes(&read);
    said.sort_unstable();
    assert_eq!(said, ["record/empty", "ris/missing-end", "ris/missing-type"]);
}

#[test]
fn lost_line_ends_lose_no_record() {
    let text = "TY  - JOUR TI  - Ports PY  - 2010 ER  - TY  - BOOK TI  - Ropes ER  - \n\
        TY  - RPRT\nTI  - Tides\nER  - TY  - MAP\nTI  - Sands\nER  -\n";
    let read = ris::from_str(text);
    let kinds: Vec<Kind> = read.works.iter().map(|work| work.kind).collect();
    assert_eq!(kinds, [Kind::ArticleJournal, Kind::Book, Kind::Report, Kind::Map]);
    assert!(codes(&read).iter().all(|code| *code == "ris/loose-tag"), "{:?}", codes(&read));
    let places: Vec<_> = ris::Reader::new(text.as_bytes())
        .map(|record| record.unwrap().position)
        .map(|position| (position.line, position.column))
        .collect();
    assert_eq!(places, [(1, 1), (1, 41), (2, 1), (4, 7)]);
}

#[test]
fn numbers_before_records_are_passed_over() {
    let read =
        ris::from_str("1. TY  - JOUR\nTI  - One\nER  - \n\n[2] TY  - BOOK\nTI  - Two\nER  - \n");
    assert_eq!((read.works.len(), codes(&read)), (2, vec!["ris/loose-tag"; 2]));
}

/// Each of these was quadratic, or may become so.
#[test]
fn many_lines_are_read_in_linear_time() {
    for line in [
        "AU  - Roe, Jane\n",
        "N1  - a\nN1  - b\n",
        "SN  - 0003-2697\n",
        "KW  - &a;&amp;\n",
        "\n",
        "word\n",
        "TI  - x\n",
        "DA  - 2010/11/03/\n",
        "SP  - 1\nEP  - 2\n",
        "J. ",
        "TY  - JOUR ",
        "&",
        "1:",
        "a;",
    ] {
        let text = format!("TY  - JOUR\nAB  - x\nAU  - {}\nER  - \n", line.repeat(40_000));
        let start = std::time::Instant::now();
        assert!(!ris::from_str(&text).works.is_empty());
        assert!(start.elapsed().as_secs() < 20, "{line:?}: {:?}", start.elapsed());
    }
}

#[test]
fn text_between_records_is_said_once() {
    let header = "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\n";
    let nbib = "PMID- 1\nOWN - NLM\nAU  - Roe J\nTI  - Harbour watch\n";
    for stray in [header, nbib] {
        let text = format!("{stray}\nTY  - JOUR\nTI  - One\nER  - \n");
        let read = ris::from_str(&text);
        assert_eq!((read.works.len(), codes(&read)), (1, vec!["ris/stray-text"]), "{stray}");
        let span = read.diagnostics[0].span.unwrap();
        assert_eq!(span.of(&text), stray.lines().next());
    }
    let read = ris::from_str(nbib);
    assert_eq!(codes(&read), ["record/nothing-found"]);
    assert_eq!(read.diagnostics[0].span.unwrap().of(nbib), Some("PMID- 1"));
    assert!(read.diagnostics[0].help.as_deref().unwrap().contains("PubMed"));
    for nothing in ["", " \n", "\u{feff}", "\u{feff}\u{feff}\r\n"] {
        assert_eq!(codes(&ris::from_str(nothing)), ["record/nothing-found"], "{nothing:?}");
        let records: Vec<_> =
            ris::Reader::new(nothing.as_bytes()).map(|record| record.unwrap()).collect();
        assert_eq!(records.len(), 1, "{nothing:?}");
        assert_eq!(records[0].work, None);
    }
}

#[test]
fn bytes_are_decoded_and_places_told() {
    let bytes = b"TY  - BOOK\r\nAU  - M\xC3\xBCller, J\r\nTI  - K\xF6ln\r\nER  - \r\nstray\r\n";
    let read = ris::from_slice(bytes);
    assert_eq!(read.works[0].title.as_deref(), Some("Köln"));
    assert_eq!(codes(&read), ["text/encoding-guessed", "ris/stray-text"]);
    assert_eq!(ris::from_reader(&bytes[..]).unwrap(), read);
    let records: Vec<_> = ris::Reader::new(&bytes[..]).map(Result::unwrap).collect();
    let lines: Vec<usize> = records.iter().map(|record| record.position.line).collect();
    assert_eq!(lines, [3, 1, 5]);
    assert_eq!(records[0].source, "TI  - Köln");
    assert_eq!(records[2].source, "stray");
    let read =
        ris::from_slice(b"\xFF\xFET\0Y\0 \0 \0-\0 \0B\0O\0O\0K\0\n\0I\0D\0 \0 \0-\0 \0a\0\n\0");
    assert_eq!(read.works[0].kind, Kind::Book);
}

#[test]
fn a_stream_that_fails_is_an_error_once() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("gone"))
        }
    }
    assert!(ris::from_reader(Fails).unwrap_err().is_io());
    let mut reader = ris::Reader::new(Fails);
    assert!(reader.next().unwrap().is_err());
    assert!(reader.next().is_none());
}
