//! Text made to do harm: it is read to its end, nothing panics, and what comes out fits the text.
//!
//! Sizes are such that quadratic time would not end before the run is broken off; nothing is
//! timed here. `tests/growth.rs` counts.

mod invariants;

use citelift::{Bibliography, Code, Kind, bibtex, csl_json, ris};

/// Reads a text both ways, writes what it gave, and checks that all of it fits.
fn endure(text: &str) -> Bibliography {
    let bibliography = citelift::extract(text);
    invariants::of_bibliography(&bibliography, text);
    let work = citelift::parse(text);
    invariants::of_work(&work, text);
    for works in [bibliography.works.as_slice(), &[work]] {
        assert_eq!(bibtex::to_string(works).is_empty(), works.is_empty());
        assert_eq!(ris::to_string(works).is_empty(), works.is_empty());
        assert!(csl_json::to_string(works).trim_end().ends_with(']'));
    }
    bibliography
}

const LONG: usize = 100_000;

#[test]
fn nothing_gives_nothing_and_says_so() {
    for text in ["", " ", "\n\n\n", "\u{feff}", "\u{a0}\t", "\0"] {
        let bibliography = endure(text);
        assert!(bibliography.works.is_empty(), "{text:?}");
        let codes: Vec<_> = bibliography.diagnostics.iter().map(|found| found.code).collect();
        assert!(codes.contains(&Code::ExtractNothingFound), "{text:?}: {codes:?}");
    }
}

#[test]
fn prose_and_punctuation_give_no_work() {
    for text in [
        "?!.,;:—()[]{}«»“”…".repeat(50),
        "* * *\n\n-----\n\n=====\n\n".repeat(50),
        "There was nobody in the harbour that night. The watch had gone home.\n\n".repeat(50),
        "1\n2\n3\n4\n".repeat(50),
    ] {
        assert!(endure(&text).works.is_empty(), "{text:?}");
    }
}

#[test]
fn a_line_of_which_nothing_is_understood_is_its_own_title() {
    let work = citelift::parse("zzyzx");
    assert_eq!((work.kind, work.title.as_deref()), (Kind::Document, Some("zzyzx")));
    assert_eq!(citelift::parse("").title.as_deref().unwrap_or_default(), "");
}

#[test]
fn brackets_and_quotes_without_end() {
    for open in
        ["(", ")", "[", "]", "{", "}", "\"", "'", "“", "”", "«", "»", "‘", "’", "<i>", "([{“"]
    {
        endure(&open.repeat(LONG / 5));
        endure(&format!("Roe, J. (2010). Harbour {}watch. Leiden: Brill.", open.repeat(LONG / 10)));
    }
}

#[test]
fn a_hundred_thousand_times_and() {
    endure(&"and ".repeat(LONG));
}

#[test]
fn one_thing_over_and_over() {
    for stretch in [
        "and ",
        "& ",
        "et al. ",
        "a",
        "A. ",
        "1",
        "1 ",
        "2010 ",
        "(2010). ",
        "15(2): 61-70, ",
        "-",
        "–",
        ", ",
        ". ",
        ": ",
        "; ",
        "/",
        "In: ",
        "(Ed.) ",
        "http://",
        "https://example.org/",
        "10.1000/",
        "doi:",
        "de la ",
        "Roe, J., ",
        "\\",
        "{\\'",
        "$",
        "%",
        "@",
        "&amp;",
        "[footnoteRef:1]",
        "[bookmark: _x]",
        "[1: ",
        "· ",
        "———. ",
        "n.d. ",
        "doi:10.1/",
        "ISBN 978-3-16-148410-0 ",
        "5日",
        "“a” ",
        "Roe, op. cit., p. 3; ",
        "Ders. & Roe: ",
    ] {
        endure(&stretch.repeat(LONG / 5));
    }
}

#[test]
fn brackets_that_close() {
    for (open, close) in [("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"), ("\"", "\"")] {
        let (opens, closes) = (open.repeat(LONG / 20), close.repeat(LONG / 20));
        endure(&format!("Roe, J. (2010). Harbour {opens}watch{closes}. Leiden: Brill."));
    }
}

#[test]
fn one_line_over_and_over() {
    for line in [
        "\n",
        " \n",
        "a\n",
        "Roe, J.\n",
        "(2010)\n\n",
        "· a\n",
        "Roe, J. (2010).\n",
        "http://example.org/\n",
        "Africa\n\n",
        "infor-\n",
        "[a\n",
        "a\u{c}\n",
        "Ders. & Roe: Harbour watch. Leiden 2010.\n",
    ] {
        endure(&line.repeat(LONG / 10));
    }
}

#[test]
fn marks_and_characters_that_cannot_be_seen() {
    for stretch in [
        "\0",
        "\u{1}",
        "\u{7f}",
        "\u{ad}",
        "\u{200b}",
        "\u{200d}",
        "\u{202e}",
        "\u{2066}",
        "\u{feff}",
        "\u{301}",
        "\u{301}\u{323}",
        "e\u{301}",
        "\u{1100}",
        "\u{1161}",
        "\u{fdfa}",
        "\u{10ffff}",
        "\r",
        "\u{b}",
        "\u{85}",
        "\u{2028}",
        "\u{3000}",
        "👩‍🔬",
        "\u{e0001}",
    ] {
        endure(&stretch.repeat(LONG / 5));
        let inside = format!("Roe, J. (2010). Har{}bour. Leiden: Brill.", stretch.repeat(1000));
        endure(&inside);
    }
}

#[test]
fn nul_bytes_between_the_letters_do_not_enter_a_field() {
    let text = "Roe, J. (2010). Har\0bour watch. Leiden: Brill.";
    let work = citelift::parse(text);
    assert!(!format!("{:?}", work.fields().collect::<Vec<_>>()).contains("\\0"));
}

#[test]
fn a_hundred_thousand_authors() {
    let authors = (0..LONG).map(|number| format!("Roe{number}, J., ")).collect::<String>();
    let text = format!("{authors}& Poe, P. (2010). Harbour watch. Leiden: Brill.");
    endure(&text);
}

#[test]
fn two_megabytes_in_one_line() {
    let line = "Roe, J. (2010). Harbour watch: a study of two ports. Port Studies, 15(2): 61-70. ";
    let text = line.repeat(2_000_000 / line.len());
    let bibliography = citelift::extract(&text);
    invariants::of_bibliography(&bibliography, &text);
    assert!(!bibtex::to_string(&bibliography.works).is_empty());
}

#[test]
fn two_megabytes_without_a_space() {
    endure(&"harbour".repeat(2_000_000 / 7));
}

#[test]
fn numbers_past_every_integer() {
    let digits = "9".repeat(400);
    for text in [
        format!("Roe, J. ({digits}). Harbour watch. Leiden: Brill."),
        format!(
            "Roe, J. (2010). Harbour watch. Port Studies, {digits}({digits}): {digits}-{digits}."
        ),
        format!("Roe, J. (2010-{digits}). Harbour watch, {digits}nd ed. Leiden: Brill."),
        "Roe, J. (0000). Harbour. Port Studies, 0(0): 0-0.".to_owned(),
        "Roe, J. (2010-13-45). Harbour. Leiden: Brill.".to_owned(),
    ] {
        endure(&text);
    }
}
