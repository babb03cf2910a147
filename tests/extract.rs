//! Documents to bibliographies: where the list stands, where entries and annotations begin and
//! end, which heading groups them. Citations are compared as typed; what the parser makes of them
//! is tested elsewhere.

use citelift::{Bibliography, Code, Document, Extractor, Field};

/// A work as expected: how its citation begins and ends, its heading, its annotation.
type Expected<'a> = (&'a str, &'a str, Option<&'a str>, Option<&'a str>);

fn read(text: &str) -> Bibliography {
    Extractor::new().extract(&Document::from_text(text))
}

fn check(text: &str, expected: &[Expected<'_>]) {
    let bibliography = read(text);
    let found: Vec<_> = bibliography
        .works
        .iter()
        .map(|work| {
            let source = work.evidence.as_ref().map_or("", |evidence| evidence.source.as_str());
            (source.trim(), work.keyword.first().map(String::as_str), work.abstract_.as_deref())
        })
        .collect();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, (begins, ends, heading, annotation)) in found.iter().zip(expected) {
        assert!(found.0.starts_with(begins), "{:?} does not begin {begins:?}", found.0);
        assert!(found.0.ends_with(ends), "{:?} does not end {ends:?}", found.0);
        assert_eq!(found.1, *heading, "{begins}");
        assert_eq!(found.2, *annotation, "{begins}");
    }
}

const PROSE: &str = "\
Salt roads: a review
Prepared for the council, 2014

As Nguyen and Carver (2011) point out, the numbers had been falling since 1996.

Members: Kim, S.; Alvarez, J.; Tanaka, H. Secretary: B. Olsen (2004-2009).

• Ask Dr. Sato and Ms. Perez to report in 2015.
• Publish the figures each year (pp. 4-7 of the annex).

";

#[test]
fn an_annotated_list_behind_prose() {
    let text = format!(
        "{PROSE}Sources consulted

Africa

Okafor, N. & Reyes, L. (2011). Harbour watch. Port Studies, 15(2): 61-70.\t
What pilots see, and what they do not.
The second part is on law.

World Port Council (2006).
Safe Berths: A Handbook for Pilots (Rotterdam).
http://example.org/berths.pdf
The standard handbook.

Asia

Tan, H.Y. (2013). Night pilots. Straits University Press.Pilots work at night. So do writers.

About this report
Tan and Okafor met in 2012. They thank R. Poe (Leiden) and A. Doe for their help.
"
    );
    check(
        &text,
        &[
            (
                "Okafor, N. & Reyes",
                "61-70.",
                Some("Africa"),
                Some("What pilots see, and what they do not.\nThe second part is on law."),
            ),
            (
                "World Port Council (2006).",
                "http://example.org/berths.pdf",
                Some("Africa"),
                Some("The standard handbook."),
            ),
            ("Tan, H.Y.", "Press.", Some("Asia"), Some("Pilots work at night. So do writers.")),
        ],
    );
}

#[test]
fn prose_alone_gives_no_work() {
    let bibliography = read(PROSE);
    assert_eq!(bibliography.works, []);
    assert_eq!(bibliography.diagnostics[0].code, Code::ExtractNothingFound);
    assert_eq!(read("").works, []);
    assert_eq!(read("References\n").works, []);
}

#[test]
fn a_wrapped_list_without_blank_lines() {
    let text = "\
Literatur
1. Lindqvist, A. und Brandt, K.: Die Häfen der Ostsee im Wandel der
Zeiten. Hamburg: Anker-Verlag 1998.
Ein Überblick über vier Jahrhunderte, der auch die kleinen Häfen nicht
vergisst. Die Karten sind alt, aber gut.
2. Brandt, K.: Lotsen und ihre Lieder. In: Zeitschrift für Seewesen 12
(2003), S. 45-61.
Der Aufsatz sammelt Lieder, die an Bord gesungen wurden, und fragt,
woher sie kommen.
3. Voss, J.: Kleine Geschichte der Leuchttürme. Kiel: Förde-Verlag 2007.
Kurz und lesbar. Es fehlt ein Register.
";
    check(
        text,
        &[
            (
                "Lindqvist",
                "1998.",
                None,
                Some(
                    "Ein Überblick über vier Jahrhunderte, der auch die kleinen Häfen nicht vergisst. Die Karten sind alt, aber gut.",
                ),
            ),
            (
                "Brandt, K.: Lotsen",
                "45-61.",
                None,
                Some(
                    "Der Aufsatz sammelt Lieder, die an Bord gesungen wurden, und fragt, woher sie kommen.",
                ),
            ),
            ("Voss", "2007.", None, Some("Kurz und lesbar. Es fehlt ein Register.")),
        ],
    );
}

#[test]
fn a_file_that_is_only_a_list() {
    let text = "\
Abel, T. (2001). The first pier. Dover: Cliff Press.
Bauer, M., & Costa, L. (1999). Quays and their keepers. Journal of Ports, 4(1), 12-30.
Dupont, J. (2015). Les phares du Nord. Revue maritime, 88, 101-119.
Evans, R. (n.d.). Tides explained. https://example.org/tides
Fischer, O. (2008). Seezeichen. Bremen: Weser.
";
    check(
        text,
        &[
            ("Abel", "Cliff Press.", None, None),
            ("Bauer", "12-30.", None, None),
            ("Dupont", "101-119.", None, None),
            ("Evans", "tides", None, None),
            ("Fischer", "Weser.", None, None),
        ],
    );
}

/// Made-up entries, a line each: `§` is who made it.
fn one_a_line(makers: &[&str], end: &str) -> Vec<String> {
    const TITLES: [&str; 3] = ["Ropes", "Night pilots of the north", "Salt, rope and law of ports"];
    (0..40)
        .map(|number| {
            let (maker, title) = (makers[number % makers.len()], TITLES[number % TITLES.len()]);
            let (year, first) = (1980 + number * 7 % 40, 1 + number * 13 % 60);
            match number % 5 {
                0 | 3 => format!("{maker} ({year}). {title}. Leiden: Brill{end}"),
                _ => format!(
                    "{maker} ({year}). {title}. Port Studies, {}(2), {first}-{}{end}",
                    number % 9 + 1,
                    first + 9
                ),
            }
        })
        .collect()
}

#[test]
fn where_every_line_is_an_entry_none_goes_on_with_another() {
    let particles = ["dos Quill, T.", "von Poe, E.", "de la Roe, J.", "al-Doe, A.", "d’Ar, B."];
    let bodies = ["World Port Council", "Ministry of Ports and Seas", "Buoy Office", "WPC"];
    let mixed = ["Roe, J.", "van der Doe, A. & Poe, B.", "Northern Pilots Board", "Poe, E."];
    for makers in [&particles[..], &bodies, &mixed] {
        for end in [".", "", ". https://example.org/quay", ". doi:10.1000/abc"] {
            let lines = one_a_line(makers, end);
            for (head, between) in [("", "\n"), ("References\n\n", "\n"), ("Ports\n\n", "\n\n")] {
                let text = format!("{head}{}\n", lines.join(between));
                let read = read(&text);
                let found: Vec<&str> = read
                    .works
                    .iter()
                    .filter_map(|work| Some(work.evidence.as_ref()?.source.as_str()))
                    .collect();
                assert_eq!(found, lines, "{makers:?} {end:?} {head:?}");
            }
        }
    }
}

/// Entries over two lines each stay whole, though each line ends in a full stop.
#[test]
fn lines_that_are_half_an_entry_are_none() {
    let text: String = (0..20)
        .map(|at| format!("World Port Council ({}). Harbour watch.\nLeiden: Brill.\n", 1990 + at))
        .collect();
    let works = read(&format!("References\n\n{text}")).works;
    assert_eq!(works.len(), 20);
    assert!(works.iter().all(|work| work.publisher.as_deref() == Some("Brill")), "{works:#?}");
}

#[test]
fn hanging_lines_belong_to_the_entry_above() {
    let text = "\
WORKS CITED

Abel, Thomas. The First Pier and What Came After It: A History of Landing
    Places. Dover: Cliff Press, 2001.
Bauer, Maria, and Luis Costa. \"Quays and Their Keepers.\" Journal of Ports 4
    (1999): 12-30.
Dupont, Jean. \"Les phares du Nord et leurs gardiens au siècle dernier.\" Revue
    maritime 88 (2015): 101-119.
";
    check(
        text,
        &[
            ("Abel", "2001.", None, None),
            ("Bauer", "12-30.", None, None),
            ("Dupont", "101-119.", None, None),
        ],
    );
}

#[test]
fn vancouver_numbers_and_page_ends() {
    let text = "\
Night ferries

References

[1] Abel TR, Bauer M. Pilots at night. Port Health. 2010;4:11-9.
Short and clear. Read it first.

12
Night ferries
\u{c}
[2] Costa L. Sleep and the sea. J Mar Med. 2012;7(2):101-8.
A trial on two ships. The results are
13
Night ferries
\u{c}
weak, but they are the only ones.

[3] Dupont J. Tired crews. Paris: Quai; 2014.
";
    check(
        text,
        &[
            ("Abel TR", "11-9.", None, Some("Short and clear. Read it first.")),
            (
                "Costa L",
                "101-8.",
                None,
                Some("A trial on two ships. The results are weak, but they are the only ones."),
            ),
            ("Dupont J", "2014.", None, None),
        ],
    );
}

#[test]
fn other_scripts() {
    let text = "\
参考文献

余敏, 朱江. 港口管理研究. 图书馆杂志, 2009, 29(3): 94-98.
作者比较了四个港口的管理。这是一篇好文章。

王小明. 海上夜航. 上海: 海洋出版社, 2012.
本书介绍夜航的历史。

Окафор Н. Портовая стража. М.: Наука, 2011. 210 с.
Автор показывает, как изменились порты. Книга хорошо иллюстрирована.
";
    check(
        text,
        &[
            ("余敏", "94-98.", None, Some("作者比较了四个港口的管理。这是一篇好文章。")),
            ("王小明", "2012.", None, Some("本书介绍夜航的历史。")),
            (
                "Окафор",
                "210 с.",
                None,
                Some("Автор показывает, как изменились порты. Книга хорошо иллюстрирована."),
            ),
        ],
    );
}

#[test]
fn a_foreign_annotation_and_its_translation() {
    let text = "\
Dupont, J. (2015). Les phares du Nord. Revue maritime, 88: 101-119.
L’auteur décrit les phares et ceux qui les gardaient. Il ne dit rien des femmes.
[The author describes the lights and those who kept them.[footnoteRef:3] Of women he says nothing.]

Fischer, O. (2008). Seezeichen. Bremen: Weser.
Das Buch zeigt, was auf See zu sehen ist.
";
    check(
        text,
        &[
            (
                "Dupont",
                "101-119.",
                None,
                Some(
                    "L’auteur décrit les phares et ceux qui les gardaient. Il ne dit rien des femmes.\n[The author describes the lights and those who kept them. Of women he says nothing.]",
                ),
            ),
            ("Fischer", "Weser.", None, Some("Das Buch zeigt, was auf See zu sehen ist.")),
        ],
    );
}

#[test]
fn several_lists_in_one_document() {
    let text = "\
Chapter 1

The port grew. Nobody knows why, though many have written that the river was to blame for it.

References

Abel, T. (2001). The first pier. Dover: Cliff Press.
Bauer, M. (1999). Quays. Journal of Ports, 4(1), 12-30.

Chapter 2

The port shrank. This is better known, and the reasons have been given by all who were there then.

References

Costa, L. (2012). Sleep and the sea. Journal of Ports, 7(2), 101-108.
Dupont, J. (2015). Les phares du Nord. Revue maritime, 88, 101-119.
";
    check(
        text,
        &[
            ("Abel", "Press.", None, None),
            ("Bauer", "12-30.", None, None),
            ("Costa", "101-108.", None, None),
            ("Dupont", "101-119.", None, None),
        ],
    );
}

#[test]
fn years_as_headings_are_no_page_numbers() {
    let text = "\
2009

Abel, T. (2009). The first pier. Dover: Cliff Press.
A pier.

2010

Bauer, M. (2010). Quays. Journal of Ports, 4(1), 12-30.
On quays.
";
    check(
        text,
        &[
            ("Abel", "Press.", Some("2009"), Some("A pier.")),
            ("Bauer", "12-30.", Some("2010"), Some("On quays.")),
        ],
    );
}

#[test]
fn evidence_points_into_the_document() {
    let text = "Africa\n\nAbel, T. (2001). The first pier. Dover: Cliff Press.\nA pier,\u{a0}seen twice.\n\nAsia\n\nBauer, M. (1999). Quays. Oslo: Fjord.\n";
    let bibliography = read(text);
    let work = &bibliography.works[0];
    assert_eq!(work.abstract_.as_deref(), Some("A pier, seen twice."));
    let evidence = work.evidence.as_ref().unwrap();
    let annotation = evidence.of(Field::Abstract, 0).unwrap();
    assert_eq!(annotation.spans[0].of(text), Some("A pier,\u{a0}seen twice."));
    let heading = evidence.of(Field::Keyword, 0).unwrap();
    assert_eq!(heading.spans[0].of(text), Some("Africa"));
    let title = evidence.of(Field::Title, 0).unwrap();
    assert_eq!(title.spans[0].of(text), Some("The first pier"));
}

#[test]
fn control_characters_are_said_and_left_out() {
    let text = "Abel, T. (2001). The first\u{0} pier. Dover: Cliff Press.\nA\u{1} pier.\n";
    let bibliography = read(text);
    assert_eq!(bibliography.works[0].title.as_deref(), Some("The first pier"));
    assert_eq!(bibliography.works[0].abstract_.as_deref(), Some("A pier."));
    let codes: Vec<Code> = bibliography.diagnostics.iter().map(|d| d.code).collect();
    assert!(codes.contains(&Code::TextControlCharacters));
}

/// The report and the made-up reports that the project was given; they stand beside it, not in it.
#[test]
fn the_given_report_has_its_22_works() {
    let Ok(bytes) = std::fs::read("../shared/report.txt") else {
        eprintln!("skipped: ../shared/report.txt is not here");
        return;
    };
    let document = Document::from_slice(&bytes, Some("report.txt")).unwrap();
    let works = Extractor::new().extract(&document).works;
    let groups: Vec<(&str, usize)> = ["Africa", "Americas", "Asia", "Europe", "Global/General"]
        .map(|group| (group, works.iter().filter(|work| work.keyword == [group]).count()))
        .to_vec();
    assert_eq!(
        groups,
        [("Africa", 2), ("Americas", 2), ("Asia", 4), ("Europe", 7), ("Global/General", 7)]
    );
    assert_eq!(works.len(), 22);
    assert!(works.iter().all(|work| work.abstract_.is_some()));
    let glued =
        works.iter().find(|work| work.publisher.as_deref() == Some("Cornell University Press"));
    let annotation = glued.and_then(|work| work.abstract_.as_deref()).unwrap();
    assert!(annotation.starts_with("The U.S.-Mexico border"), "{annotation}");
    assert!(annotation.ends_with("collateral damage."), "{annotation}");
}

#[cfg(feature = "html")]
#[test]
fn notes_give_the_works_that_they_cite_in_full_each_once() {
    let note = |number: u32, text: &str| format!("<li id=fn{number}><p>{text}</p></li>");
    let page = format!(
        "<p>Harbours have changed.<sup><a href='#fn1' role='doc-noteref'>1</a></sup></p>\
         <section role='doc-endnotes'><ol>{}{}{}{}{}</ol></section>\
         <h2>References</h2><p>Roe, J. (2011). Harbour watch. Leiden: Brill.</p>\
         <p>Poe, A. (2012). Night pilots. Port Studies, 15(2): 61-70.</p>",
        note(1, "See Doe, M. (2009). <i>The long quay</i>. London: Pilot Press, p. 12."),
        note(2, "Nobody had counted the boats before, and what the pilots said was believed."),
        note(3, "Ibid., p. 14."),
        note(4, "Roe, J. (2011). Harbour watch. Leiden: Brill, p. 3."),
        note(5, "Doe, M. (2009). The long quay. London: Pilot Press, p. 40."),
    );
    let document = Document::from_slice(page.as_bytes(), Some("a.html")).unwrap();
    let found = Extractor::new().extract(&document);
    let titles: Vec<_> = found.works.iter().filter_map(|work| work.title.as_deref()).collect();
    assert_eq!(titles, ["Harbour watch", "Night pilots", "The long quay"]);
    assert!(found.diagnostics.iter().any(|d| d.code == citelift::Code::ExtractCitedAgain));
}

#[cfg(feature = "html")]
#[test]
fn italics_tell_the_title_from_what_stands_around_it() {
    let cited = "Lessons for pilots. Winter nights in the northern seas";
    let page = |venue: &str| {
        format!(
            "<h2>References</h2><p>Roe, J. (2011). {venue}. Leiden: Brill, 69-82.</p>\
             <p>Poe, A. (2012). <i>Night pilots</i>. Leiden: Brill.</p>"
        )
    };
    let title = |page: String| {
        let document = Document::from_slice(page.as_bytes(), Some("a.html")).unwrap();
        Extractor::new().extract(&document).works.remove(0).title
    };
    let (first, second) = cited.split_once(". ").unwrap();
    let set = title(page(&format!("{first}. <i>{second}</i>")));
    assert_eq!(set.as_deref(), Some("Lessons for pilots"));
    let whole = title(page(&format!("<i>{cited}</i>")));
    assert_eq!(whole.as_deref(), Some(cited));
}
