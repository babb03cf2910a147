//! The sample keeps its quirks, which editors and tools like to tidy away, and where the report
//! that its citations are from is at hand (`../shared/report.txt`), agrees with it.

use std::path::Path;

const SAMPLE: &str = include_str!("../data/police-cooperation.txt");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn citations() -> impl Iterator<Item = &'static str> {
    SAMPLE.lines().skip_while(|line| *line != "*****").filter(|line| line.contains(" (20"))
}

#[test]
fn the_sample_has_its_quirks() {
    assert_eq!(citations().count(), 22);
    let before = SAMPLE.split("*****").next().unwrap_or_default();
    assert!(before.starts_with(' ') && before.contains("[footnoteRef:1]"));
    assert!(before.contains("[1:  ") && before.contains("[bookmark: _x]"));
    for (quirk, what) in [
        ("243-259.\t\n", "a tab at a line's end"),
        ("Press.Fences", "a note glued to its citation"),
        ("(2012).Cross-Border", "a title glued to its year"),
        ("420 – 443. \n", "a spaced dash in a range of pages"),
        ("Walsh, D.  (2013)", "two spaces before a year"),
        ("61-70.  \n", "two spaces at a line's end"),
        (".\u{a0}\n[", "a no-break space at a line's end, a translation below"),
        ("\u{a0}» [", "a translation on the same line"),
        (" \nhttp://", "a web address on the line below"),
        ("(2006).\nCross-Cutting Issues:International", "a title on the line below"),
        ("\n \n", "a line of one space"),
        ("\n\n\nLemieux", "two blank lines"),
    ] {
        assert!(SAMPLE.contains(quirk), "{what} is gone: {quirk:?}");
    }
    assert!(SAMPLE.ends_with("\n "), "the last line is gone");
    assert_eq!(SAMPLE.matches('[').count(), SAMPLE.matches(']').count() + 2);
}

#[test]
fn the_sample_cites_as_the_report_does_and_quotes_nothing_else() {
    let Ok(report) = std::fs::read_to_string(Path::new(ROOT).join("../shared/report.txt")) else {
        eprintln!("skipped: ../shared/report.txt is not here");
        return;
    };
    for citation in citations() {
        // The one note that is glued to its citation is our own.
        let citation = citation.split("Fences are watched").next().unwrap_or_default();
        assert!(report.contains(citation), "the report has no {citation:?}");
    }
    let report = words(&report);
    let known: std::collections::HashSet<&[String]> = report.windows(6).collect();
    for line in SAMPLE.lines() {
        let cites = line.contains(" (20") || line.starts_with("http") || line.contains("Toolkit (");
        if !cites {
            let words = words(line);
            let quoted = words.windows(6).find(|six| known.contains(six));
            assert_eq!(quoted, None, "this is the report's own prose");
        }
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
