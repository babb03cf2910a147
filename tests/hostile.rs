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

/// What is not as it looks is said of documents, single citations and records of every format,
/// with the character's place.
#[test]
fn disguises_are_told_with_their_place() {
    let codes = [Code::TextBidiControl, Code::TextMixedScripts];
    let line = "Roe, J. (2010). H\u{430}rbour w\u{202e}atch. Leiden: Brill.";
    let bib = "@book{roe, title = {H\u{430}rbour w\u{202e}atch}, year = 2010}";
    let ris = "TY  - BOOK\nID  - roe\nTI  - H\u{430}rbour w\u{202e}atch\nER  - \n";
    let json = "{\"id\": \"roe\", \"type\": \"book\", \"title\": \"H\u{430}rbour w\u{202e}atch\"}";
    for (text, diagnostics) in [
        (line, citelift::extract(line).diagnostics),
        (line, citelift::parse(line).evidence.map(|evidence| evidence.doubts).unwrap_or_default()),
        (bib, bibtex::from_str(bib).diagnostics),
        (ris, ris::from_str(ris).diagnostics),
        (json, csl_json::from_slice(json.as_bytes()).diagnostics),
    ] {
        for (code, character) in codes.into_iter().zip(["\u{202e}", "\u{430}"]) {
            let found: Vec<_> = diagnostics.iter().filter(|found| found.code == code).collect();
            assert_eq!(found.len(), 1, "{code} of {text}: {diagnostics:?}");
            assert_eq!(found[0].span.and_then(|span| span.of(text)), Some(character), "{text}");
        }
    }
    // Where the text is spelled otherwise than it reads, the value is pointed at.
    let escaped = r#"{"id": "roe", "type": "book", "title": "H\u0430rbour"}"#;
    let found = csl_json::from_slice(escaped.as_bytes()).diagnostics;
    assert_eq!(found[0].span.and_then(|span| span.of(escaped)), Some(r#""H\u0430rbour""#));
}

/// A short file that would fill any memory: one long abbreviation, used again and again.
#[test]
fn abbreviations_fill_no_memory() {
    let long = format!("@string{{s = {{{}}}}}\n", "a".repeat(1_000_000));
    let text = long + &"@misc{k, title = s}\n".repeat(1000);
    let read = bibtex::from_str(&text);
    assert_eq!(read.works.len(), 1000);
    let together: usize =
        read.works.iter().filter_map(|work| work.title.as_ref()).map(String::len).sum();
    assert!((1_000_000..20_000_000).contains(&together), "{together}");
    assert!(read.diagnostics.iter().any(|found| found.code == Code::BibtexStringTooLong));
    // Abbreviations as people have them are put in, however many there are.
    let text = "@string{s = {Journal of the Northern Ports}}\n".to_owned()
        + &"@misc{k, title = s}\n".repeat(1000);
    let read = bibtex::from_str(&text);
    let is_whole = |title: &str| title == "Journal of the Northern Ports";
    assert!(read.works.iter().all(|work| work.title.as_deref().is_some_and(is_whole)));
}

/// Looked for among each other, these would not end.
#[test]
fn ten_thousand_of_anything_in_one_record() {
    let many = |part: &str| {
        (0..LONG / 10).map(|number| part.replace('§', &number.to_string())).collect::<String>()
    };
    for part in [r#","x§":1"#, r#","x":"§""#, r#","title":"§""#, r#","id":"§""#, r#","type":"§""#]
    {
        let text = format!("[{{\"id\":\"a\"{}}}]", many(part));
        let read = csl_json::from_slice(text.as_bytes());
        assert_eq!(read.works.len(), 1, "{part}");
        assert!(csl_json::to_string(&read.works).ends_with("]\n"));
    }
    for part in ["x§ = {1},\n", "note = {§},\n", "keywords = {§},\n", "author = {A§ and B},\n"]
    {
        let read = bibtex::from_str(&format!("@book{{k,\n{}}}", many(part)));
        assert_eq!(read.works.len(), 1, "{part}");
        assert!(!bibtex::to_string(&read.works).is_empty());
    }
    for part in ["XQ  - §\n", "TI  - §\n", "AU  - A§, B.\n", "KW  - §\n", "M2  - guest: A§ || B\n"]
    {
        let read = ris::from_str(&format!("TY  - JOUR\n{}ER  - \n", many(part)));
        assert_eq!(read.works.len(), 1, "{part}");
        assert!(!ris::to_string(&read.works).is_empty());
    }
}

#[test]
fn nested_a_hundred_thousand_deep() {
    for (head, open, close, tail) in [
        ("[{\"id\":\"a\",\"title\":", "[", "]", "}]"),
        ("[{\"id\":\"a\",\"custom\":", "{\"a\":", "}", "}]"),
        ("", "[", "]", ""),
    ] {
        let text = format!("{head}{}1{}{tail}", open.repeat(LONG), close.repeat(LONG));
        let read = csl_json::from_slice(text.as_bytes());
        assert!(!read.diagnostics.is_empty(), "{head}");
        assert!(csl_json::to_string(&read.works).ends_with("]\n"));
    }
    for (open, close) in [("{", "}"), ("\\textbf{", "}"), ("$a_{", "}$"), ("\\'{", "}"), ("\"", "")]
    {
        let value = format!("{}a{}", open.repeat(LONG), close.repeat(LONG));
        let read =
            bibtex::from_str(&format!("@book{{k, title = {{{value}}}}}\n@book{{l, year = 1}}"));
        assert_eq!(read.works.len(), 2, "{open}");
        assert!(!bibtex::to_string(&read.works).is_empty());
    }
    for (name, open, close) in [
        ("a.html", "<div>", "</div>"),
        ("a.html", "<table><tr><td>", ""),
        ("a.md", "> ", ""),
        ("a.md", "- ", ""),
        ("a.tex", "\\begin{a}", "\\end{a}"),
        ("a.tex", "{\\emph{", "}}"),
        ("a.rtf", "{", "}"),
    ] {
        let head = match name {
            "a.tex" => "\\documentclass{a}\\begin{document}",
            "a.rtf" => "{\\rtf1 ",
            _ => "",
        };
        let text = format!("{head}{}a{}", open.repeat(LONG), close.repeat(LONG));
        if let Ok(document) = citelift::Document::from_slice(text.as_bytes(), Some(name)) {
            let read = citelift::Extractor::new().extract(&document);
            invariants::of_bibliography(&read, document.text());
        }
    }
}

#[test]
fn json_that_is_no_text() {
    for value in ["\\ud800", "\\udc00\\ud800", "\\ud83d\\u0041", "\\u12", "\\uD83D\\uDE0", "\u{0}"]
    {
        let text = format!("[{{\"id\":\"a\",\"title\":\"x{value}y\"}},{{\"id\":\"b\"}}]");
        let read = csl_json::from_slice(text.as_bytes());
        assert!(!read.diagnostics.is_empty(), "{value:?}");
        let title = read.works[0].title.clone().unwrap_or_default();
        assert!(title.starts_with('x') && !title.contains('\0'), "{value:?}: {title:?}");
        assert!(read.works.iter().any(|work| work.id.as_deref() == Some("b")), "{value:?}");
    }
    let digits = "9".repeat(100_000);
    for number in ["1e999", "-1e999", "1E-999", "-0", &digits, &format!("0.{digits}")] {
        let text = format!(
            "[{{\"id\":{number},\"volume\":{number},\"issued\":{{\"date-parts\":[[{number},{number}]]}}}}]"
        );
        let read = csl_json::from_slice(text.as_bytes());
        assert_eq!(read.works[0].volume.as_deref(), Some(number));
        let written = csl_json::to_string(&read.works);
        assert_eq!(csl_json::from_slice(written.as_bytes()).works, read.works);
    }
}
