//! Citations that lean on others: several on a line, `Ibid.`, `op. cit.`, a dash for the author.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use citelift::{Code, Document, Extractor, Parser, Work};

const FIRST: &str = "Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.";
const SECOND: &str = "Poe, A. (2012). Night pilots. Leiden: Brill.";

fn list(citations: &[&str]) -> Vec<Work> {
    Parser::new().parse_list(citations.iter().copied())
}

fn authors(work: &Work) -> Vec<String> {
    work.author.iter().map(ToString::to_string).collect()
}

fn says(work: &Work, code: Code) -> bool {
    work.evidence.as_ref().unwrap().doubts.iter().any(|doubt| doubt.code == code)
}

#[test]
fn dashes_and_words_stand_for_the_author_before() {
    for again in [
        "———. (2014). Night harbours. Leiden: Brill.",
        "--. (2014). Night harbours. Leiden: Brill.",
        "____. (2014). Night harbours. Leiden: Brill.",
        "Idem, Night harbours, Leiden, Brill, 2014.",
        "Ders.: Night harbours. Leiden: Brill 2014.",
        "Id., Night harbours, Leiden, Brill, 2014.",
    ] {
        let works = list(&[FIRST, again, again]);
        for work in &works[1..] {
            assert_eq!(authors(work), ["Roe, J."], "{again}");
            assert_eq!(work.title.as_deref(), Some("Night harbours"), "{again}");
            assert!(says(work, Code::CitationAntecedent), "{again}");
            assert!(!says(work, Code::CitationNoAuthor), "{again}");
        }
        let alone = &list(&[again])[0];
        assert!(says(alone, Code::CitationNoAntecedent), "{again}");
    }
}

#[test]
fn names_behind_a_dash_stand_behind_those_it_means() {
    let both = "Roe, J., and A. Poe. 2011. Harbour watch. Leiden: Brill.";
    let works = list(&[
        both,
        "———, and B. Doe. 2012. Night harbours. Leiden: Brill.",
        "———. 2013. Day harbours. Leiden: Brill.",
    ]);
    assert_eq!(works[1].author.len(), 2);
    assert_eq!(works[1].author.first(), works[0].author.first());
    assert_eq!(works[2].author, works[1].author);
    let evidence = works[1].evidence.as_ref().unwrap();
    let name = evidence.of(citelift::Field::Author, 1).unwrap();
    assert_eq!(evidence.text(name.spans[0]), Some("B. Doe"));
    let works = list(&[both, "---, ---, and B. Doe. 2012. Night harbours. Leiden: Brill."]);
    assert_eq!(works[1].author.len(), 3);
}

#[test]
fn the_same_person_edits_the_book() {
    let text = "Roe, J.: Nachthäfen. In: ders. (Hrsg.): Die Küste. Berlin: Reimer 2003, S. 12-20.";
    let work = citelift::parse(text);
    assert_eq!(authors(&work), ["Roe, J."]);
    assert_eq!(work.editor, work.author);
    assert!(says(&work, Code::CitationAntecedent));
}

#[test]
fn ibid_is_the_work_before() {
    for (again, note) in [
        ("Ibid., p. 12.", Some("p. 12")),
        ("Ibid.", None),
        ("Ebd., S. 14.", Some("S. 14")),
        ("Vgl. ebd., S. 14 f.", Some("S. 14 f")),
        ("Ivi, p. 33.", Some("p. 33")),
        ("Ibidem, pp. 33-35.", Some("pp. 33-35")),
        ("3 Id., p. 5.", Some("p. 5")),
    ] {
        let works = list(&[SECOND, FIRST, again, again]);
        for work in &works[2..] {
            assert_eq!(work.title.as_deref(), Some("Harbour watch"), "{again}");
            assert_eq!(work.page.as_ref().unwrap().to_string(), "61-70", "{again}");
            assert_eq!(work.note.as_deref(), note, "{again}");
            assert!(says(work, Code::CitationAntecedent), "{again}");
            assert_eq!(work.evidence.as_ref().unwrap().doubts.len(), 1, "{again}");
        }
        assert!(says(&citelift::parse(again), Code::CitationNoAntecedent), "{again}");
    }
}

#[test]
fn op_cit_is_the_work_of_that_author() {
    for again in [
        "Roe, op. cit., p. 3.",
        "Roe, a. a. O., p. 3.",
        "Roe, a.a.O., p. 3.",
        "Roe, J., Harbour watch, cit., p. 3.",
        "Roe, Harbour watch, op. cit., p. 3.",
        "J. Roe, art. cit., p. 3.",
    ] {
        let works = list(&[FIRST, SECOND, again, "Ibid., p. 4."]);
        for (work, note) in works[2..].iter().zip(["p. 3", "p. 4"]) {
            assert_eq!(work.title.as_deref(), Some("Harbour watch"), "{again}");
            assert_eq!(work.note.as_deref(), Some(note), "{again}");
        }
        assert!(says(&list(&[SECOND, again])[1], Code::CitationNoAntecedent), "{again}");
    }
}

#[test]
fn a_short_title_tells_which_work_is_meant() {
    let other = "Roe, J. (2014). Night tides. Leiden: Brill.";
    let works = list(&[FIRST, other, "Roe, Harbour watch, op. cit., p. 3."]);
    assert_eq!(works[2].title.as_deref(), Some("Harbour watch"));
    let works = list(&[FIRST, other, "Roe, op. cit., p. 3."]);
    assert_eq!(works[2].title.as_deref(), Some("Night tides"));
}

#[test]
fn ibid_behind_something_unknown_is_unknown() {
    let works = list(&[FIRST, "Poe, op. cit., p. 3.", "Ibid., p. 4."]);
    assert!(says(&works[1], Code::CitationNoAntecedent));
    assert!(says(&works[2], Code::CitationNoAntecedent));
}

#[test]
fn names_like_the_words_are_names() {
    let works = list(&[FIRST, "Dies, K. (2014). Night harbours. Leiden: Brill."]);
    assert_eq!(authors(&works[1]), ["Dies, K."]);
    let works = list(&[FIRST, "— Poe, A. (2012). Night pilots. Leiden: Brill."]);
    assert_eq!(authors(&works[1]), ["Poe, A."]);
}

#[test]
fn a_line_of_several_works_gives_all() {
    for (text, titles) in [
        (
            "See, e.g., Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70; but cf. Lind, A. \
             (2012). Night pilots. Leiden: Brill.",
            ["Harbour watch", "Night pilots"],
        ),
        (
            "Vgl. auch Jan Roe, Die Hafenwacht, Berlin 1990, S. 12; Karl Lind, Die Lotsen, München \
             1995, S. 30-33.",
            ["Die Hafenwacht", "Die Lotsen"],
        ),
        (
            "Cfr. G. Rossi, Il porto, Venezia 1970, pp. 3-5; M. Bianchi, Le navi, Padova, \
             Antenore, 1980.",
            ["Il porto", "Le navi"],
        ),
        (
            "Vgl. Hans Roe: Die Hafenwacht. Berlin: Reimer 1990, S. 12 ff.; Karl Lind: Die Lotsen, \
             in: Hafenkunde 12 (1995), S. 30-33.",
            ["Die Hafenwacht", "Die Lotsen"],
        ),
        (
            "Voir J. Roe, Le port, Paris, Seuil, 1990, p. 12 ; A. Lind, Les pilotes, Paris, Vrin, \
             1995, p. 30.",
            ["Le port", "Les pilotes"],
        ),
        (
            "Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70. Lind, A. (2012). Night \
             pilots. Leiden: Brill.",
            ["Harbour watch", "Night pilots"],
        ),
    ] {
        let works = Parser::new().parse_all(text);
        let found: Vec<_> = works.iter().filter_map(|work| work.title.as_deref()).collect();
        assert_eq!(found, titles, "{text}");
        assert!(works.iter().all(|work| work.author.len() == 1 && work.issued.is_some()), "{text}");
        let first = citelift::parse(text);
        assert_eq!(first.title, works[0].title);
        assert_eq!(first.author, works[0].author);
        assert!(says(&first, Code::CitationSeveral), "{text}");
        assert!(first.note.unwrap().contains(titles[1]), "{text}");
        assert_eq!(first.evidence.unwrap().source, text);
    }
}

#[test]
fn papers_without_an_author_are_of_the_author_before() {
    let text = "A. Roe, Phys. Rev. D 12 (1999) 345; Phys. Lett. B 33 (2000) 44.";
    let works = Parser::new().parse_all(text);
    assert_eq!(works.len(), 2);
    assert_eq!(authors(&works[1]), ["Roe, A."]);
    assert_eq!(works[1].volume.as_deref().map(|volume| volume.ends_with("33")), Some(true));
    assert!(says(&works[1], Code::CitationAntecedent));
    assert!(!says(&works[0], Code::CitationAntecedent));
}

#[test]
fn one_work_is_not_taken_apart() {
    for text in [
        FIRST,
        SECOND,
        "Roe, J.; Poe, A.; Doe, B. Harbour watch. Port Studies 2011; 15(2): 61-70.",
        "Roe, J. (2011). Tides. In A. Poe; B. Doe (Eds.), Night harbours (pp. 3-9). Leiden: Brill.",
        "Roe, J. Harbour watch; or, the tides of the north. London: Routledge, 1990; reprinted 2001.",
    ] {
        assert_eq!(Parser::new().parse_all(text).len(), 1, "{text}");
        assert!(!says(&citelift::parse(text), Code::CitationSeveral), "{text}");
    }
    assert!(Parser::new().parse_all(" ").is_empty());
}

#[test]
fn works_of_one_footnote_are_known_to_the_next() {
    let both = format!("{} {SECOND}", FIRST.replace("61-70.", "61-70;"));
    let works = list(&[&both, "Poe, op. cit., p. 3."]);
    assert_eq!(works[1].title.as_deref(), Some("Night pilots"));
    let mut footnotes = Parser::new().list();
    assert_eq!(footnotes.parse_all(&both).len(), 2);
    assert_eq!(footnotes.parse("Ibid.").title.as_deref(), Some("Night pilots"));
}

#[test]
fn a_list_in_a_text_gives_its_dashes_their_names() {
    let text = "References\n\nRoe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.\n\n\
         ———. (2014). Night harbours. Leiden: Brill.\n\n\
         Zoe, B. (2012). Night pilots. Leiden: Brill.\n";
    let works = Extractor::new().extract(&Document::from_text(text)).works;
    assert_eq!(works.len(), 3);
    assert_eq!(works[1].author, works[0].author);
    assert!(says(&works[1], Code::CitationAntecedent));
}
