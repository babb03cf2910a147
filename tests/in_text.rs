//! Citations in running text: which forms are found, which works they mean, which have no entry,
//! and what is none.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use citelift::{Bibliography, CitationDoubt, CitationForm, Citations, Document, Extractor};
use std::time::{Duration, Instant};

const LIST: &str = "References\n\n\
    de la Cruz, M. (2010). Small ports of the south. Port Studies, 14(1): 1-20.\n\n\
    Doe, M., A. Poe & J. Roe (2010a). Tides and timetables. Port Studies, 14(2): 21-40.\n\n\
    Doe, M., A. Poe & J. Roe (2010b). Timetables without tides. Port Studies, 14(3): 41-60.\n\n\
    Müller, K. (2009). Der kleine Hafen. Berlin: Springer.\n\n\
    Poe, A. & M. Doe (2012). Night pilots. Leiden: Brill.\n\n\
    Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.\n\n\
    Roe, J. (2014). Harbours at night. Leiden: Brill.\n\n\
    World Health Organization (2010). Ships and fevers. Geneva: WHO Press.\n\n\
    Zhou, L. (n.d.). Boats of the river. Shanghai: Harbour Press.\n";

fn read(text: &str) -> (Document, Bibliography, Citations) {
    let document = Document::from_text(text);
    let extractor = Extractor::new();
    let bibliography = extractor.extract(&document);
    let citations = extractor.citations(&document, &bibliography);
    (document, bibliography, citations)
}

/// The citations of a sentence above [`LIST`]: text, the works' titles by their first word, and
/// the place in the work.
fn cited(sentence: &str) -> Vec<String> {
    let (document, bibliography, found) = read(&format!("{sentence}\n\n{LIST}"));
    assert_eq!(bibliography.works.len(), 9, "{:?}", bibliography.works);
    let line = |citation: &citelift::Citation| {
        let text = citation.span.of(document.text()).unwrap();
        let works: Vec<String> = citation
            .works
            .iter()
            .map(|&at| {
                let title = bibliography.works[at].title.as_deref().unwrap();
                title.split(' ').next().unwrap().to_owned()
            })
            .collect();
        let locator = citation.locator.as_deref().map(|it| format!(" @ {it}")).unwrap_or_default();
        let doubt = match &citation.doubt {
            None => "",
            Some(CitationDoubt::Several) => " several",
            Some(CitationDoubt::NotListed) => " not listed",
            Some(CitationDoubt::OtherYears(_)) => " other years",
            Some(CitationDoubt::NameApart) => " apart",
            Some(CitationDoubt::OtherNames) => " other names",
            Some(_) => " doubted",
        };
        format!("{text} = {}{locator}{doubt}", works.join("+"))
    };
    found.citations.iter().map(line).collect()
}

#[test]
fn names_and_years_are_found_in_all_their_forms() {
    for (sentence, expected) in [
        ("Pilots sleep (Roe, 2011).", &["Roe, 2011 = Harbour"][..]),
        (
            "Pilots sleep (Roe 2011; Poe & Doe 2012).",
            &["Roe 2011 = Harbour", "Poe & Doe 2012 = Night"],
        ),
        ("As Roe (2011: 62) has it.", &["Roe (2011: 62 = Harbour @ 62"]),
        ("As Roe (2011, p. 62) has it.", &["Roe (2011, p. 62 = Harbour @ p. 62"]),
        ("Roe’s (2011) pilots sleep.", &["Roe’s (2011 = Harbour"]),
        ("Roe's (2011, 2014) pilots.", &["Roe's (2011 = Harbour", "2014 = Harbours"]),
        ("Doe et al. (2010a, 2010b) agree.", &["Doe et al. (2010a = Tides", "2010b = Timetables"]),
        ("Doe et al. (2010a, b) agree.", &["Doe et al. (2010a = Tides", "b = Timetables"]),
        ("Doe, Poe, and Roe (2010b) agree.", &["Doe, Poe, and Roe (2010b = Timetables"]),
        ("Doe and colleagues (2010b) agree.", &["Doe and colleagues (2010b = Timetables"]),
        (
            "So it is (see e.g. Roe 2011, 12–15; cf. Poe/Doe 2012).",
            &["Roe 2011, 12–15 = Harbour @ 12–15", "Poe/Doe 2012 = Night"],
        ),
        ("Es ist so (vgl. Müller 2009, S. 12).", &["Müller 2009, S. 12 = Der @ S. 12"]),
        ("Es ist so (siehe auch Müller 2009).", &["Müller 2009 = Der"]),
        ("Wie Mueller (2009) zeigt.", &["Mueller (2009 = Der"]),
        ("De la Cruz (2010) and others.", &["De la Cruz (2010 = Small"]),
        ("Small ports (de la Cruz 2010).", &["de la Cruz 2010 = Small"]),
        ("Jane Roe (2011) said it.", &["Roe (2011 = Harbour"]),
        ("Anna Poe and Max Doe (2012) said it.", &["Poe and Max Doe (2012 = Night"]),
        ("The World Health Organization (WHO, 2010) said it.", &["WHO, 2010 = Ships"]),
        (
            "Fevers (World Health Organization [WHO], 2010) come, and go (WHO 2010).",
            &["World Health Organization [WHO], 2010 = Ships", "WHO 2010 = Ships"],
        ),
        ("Rivers have boats (Zhou, n.d.).", &["Zhou, n.d. = Boats"]),
        ("Pilots sleep [Roe 2011].", &["Roe 2011 = Harbour"]),
        (
            "Pilots sleep (Roe 2011, Poe & Doe 2012).",
            &["Roe 2011 = Harbour", "Poe & Doe 2012 = Night"],
        ),
        (
            "Pilots sleep (Roe 2011) and wake (ibid., p. 3).",
            &["Roe 2011 = Harbour", "ibid., p. 3 = Harbour @ p. 3"],
        ),
        ("Pilots sleep, as Roe 2011 says.", &["Roe 2011 = Harbour"]),
        (
            "Roe argued in his second book (2014: 7) that they do.",
            &["2014: 7 = Harbours @ 7 apart"],
        ),
        ("They do not (Doe et al. 2010).", &["Doe et al. 2010 = Tides+Timetables several"]),
    ] {
        assert_eq!(cited(sentence), expected, "{sentence}");
    }
}

#[test]
fn citations_without_an_entry_are_told() {
    for (sentence, expected) in [
        ("Others do not (Coe, 2010).", &["Coe, 2010 =  not listed"][..]),
        ("As Coe and Noe (2004) have argued.", &["Coe and Noe (2004 =  not listed"]),
        ("Others do not (Roe, 2012).", &["Roe, 2012 =  other years"]),
        (
            "Others (see Coe 2010, p. 3; Roe 2011).",
            &["Coe 2010, p. 3 =  @ p. 3 not listed", "Roe 2011 = Harbour"],
        ),
        ("Others do not (Coe et al., 2010a).", &["Coe et al., 2010a =  not listed"]),
        ("Others do not (ООН, 2010).", &["ООН, 2010 =  not listed"]),
    ] {
        assert_eq!(cited(sentence), expected, "{sentence}");
    }
}

#[test]
fn what_is_no_citation_is_not_told() {
    for sentence in [
        "It was a good year (2010).",
        "In March (2010) the harbour froze.",
        "They met (Paris, 2010) and parted.",
        "Earlier surveys (1998, 2003) had asked the wrong people.",
        "The harbour (founded 1998) is small, and so is the law (Law 12, 2010).",
        "See the table (Table 2, 2010) and the map (see Figure 3).",
        "The survey (Survey, 2010) was a survey.",
        "Members (Chair: L. Petrov; Members: A. Silva, 2007) met on 4 May 2007.",
        "Between 2007 and 2011 cases rose from 1,204 to 3,377 (see Table 2, p. 14).",
        "Der Bericht (2010) ist kurz.",
        "There were [12] ships, [2010] or so, and (3) pilots.",
    ] {
        assert_eq!(cited(sentence), [""; 0], "{sentence}");
    }
}

#[test]
fn numbers_mean_counted_entries() {
    let list = "References\n\n[1] Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.\n\n\
        [2] Poe, A. & M. Doe (2012). Night pilots. Leiden: Brill.\n\n\
        [3] Doe, M. (2010). Tides and timetables. Port Studies, 14(2): 21-40.\n\n\
        [4] Coe, B. (2013). Small ports. Leiden: Brill.\n";
    let text =
        format!("Pilots sleep [1], or so it is said [2–4, p. 7]. Others [1, 9] do not.\n\n{list}");
    let (document, bibliography, found) = read(&text);
    assert_eq!(bibliography.works.len(), 4);
    let cited: Vec<(&str, &[usize])> = found
        .citations
        .iter()
        .map(|it| (it.span.of(document.text()).unwrap(), it.works.as_slice()))
        .collect();
    assert_eq!(cited, [("1", &[0][..]), ("2–4", &[1, 2, 3]), ("1", &[0]), ("9", &[])]);
    assert_eq!(found.citations[1].locator.as_deref(), Some("p. 7"));
    assert_eq!(found.citations[3].doubt, Some(CitationDoubt::NoSuchNumber));
    assert!(found.citations.iter().all(|it| it.form == CitationForm::Number));
    assert_eq!(found.never_cited, [0; 0]);
}

#[test]
fn raised_numbers_mean_counted_entries() {
    let text = "Pilots sleep.¹ Others do not.²,³\n\nReferences\n\n\
        1. Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.\n\n\
        2. Poe, A. & M. Doe (2012). Night pilots. Leiden: Brill.\n\n\
        3. Doe, M. (2010). Tides and timetables. Port Studies, 14(2): 21-40.\n";
    let (_, _, found) = read(text);
    let works: Vec<&[usize]> = found.citations.iter().map(|it| it.works.as_slice()).collect();
    assert_eq!(works, [&[0][..], &[1, 2]]);
}

#[test]
fn labels_mean_labelled_entries() {
    let text = "Pilots sleep [Roe11]; others do not [Roe11, Poe12].\n\nReferences\n\n\
        [Roe11] Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.\n\n\
        [Poe12] Poe, A. & M. Doe (2012). Night pilots. Leiden: Brill.\n\n\
        [Doe10] Doe, M. (2010). Tides and timetables. Port Studies, 14(2): 21-40.\n";
    let (_, _, found) = read(text);
    let works: Vec<&[usize]> = found.citations.iter().map(|it| it.works.as_slice()).collect();
    assert_eq!(works, [&[0][..], &[0], &[1]]);
    assert_eq!(found.never_cited, [2]);
}

#[cfg(feature = "html")]
#[test]
fn notes_cite_in_full_and_in_short() {
    let html = "<p>Pilots sleep.<a href='#n1' id='r1' role='doc-noteref'><sup>1</sup></a> Others do \
        not.<a href='#n2' id='r2' role='doc-noteref'><sup>2</sup></a></p>\
        <h2>Bibliography</h2>\
        <p>Poe, A. &amp; M. Doe (2012). Night pilots. Leiden: Brill.</p>\
        <p>Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70.</p>\
        <section role='doc-endnotes'><ol>\
        <li id='n1'><p>See Roe, <i>Harbour watch</i>, p. 62; Poe and Doe 2012.</p></li>\
        <li id='n2'><p>Ibid., p. 7.</p></li>\
        </ol></section>";
    let document = Document::from_slice(html.as_bytes(), Some("a.html")).unwrap();
    let extractor = Extractor::new();
    let bibliography = extractor.extract(&document);
    let found = extractor.citations(&document, &bibliography);
    let titles: Vec<(&str, CitationForm)> = found
        .citations
        .iter()
        .map(|it| (bibliography.works[it.works[0]].title.as_deref().unwrap(), it.form))
        .collect();
    let note = CitationForm::Note;
    assert_eq!(titles, [("Harbour watch", note), ("Night pilots", note), ("Night pilots", note)]);
    assert_eq!(found.citations[0].locator.as_deref(), Some("p. 62"));
}

#[test]
fn a_document_of_citations_takes_no_longer_than_one_without() {
    for unit in [
        "Roe (2011), ",
        "(Roe 2011; ",
        "Roe and Poe and ",
        "[1, 2, 3] ",
        "((((",
        "2011, 2012, ",
        "de la van der ",
        "王小明（2010）",
        "et al. & ",
    ] {
        let text = format!("{}\n\n{LIST}", unit.repeat(300_000 / unit.len()));
        let document = Document::from_text(&text);
        let extractor = Extractor::new();
        let bibliography = extractor.extract(&Document::from_text(LIST));
        let begun = Instant::now();
        let found = extractor.citations(&document, &bibliography);
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(20), "{unit}: {took:?}, {}", found.citations.len());
    }
}
