//! Duplicates: which works are found to be one, what a merged work has, and that nothing hangs on
//! the order of the works or takes long.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use citelift::{Bibliography, Code, Field, Work, bibtex, csl_json, duplicate, ris};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::HashSet;
use std::time::{Duration, Instant};

fn works(bib: &str) -> Vec<Work> {
    let Bibliography { works, .. } = bibtex::from_str(bib);
    works
}

/// What a pair of entries is: sure, perhaps, or two works.
fn pair(one: &str, other: &str) -> &'static str {
    let works = works(&format!("{one}\n{other}"));
    assert_eq!(works.len(), 2, "{one} {other}");
    match duplicate::find(&works).as_slice() {
        [] => "two",
        [cluster] if cluster.is_sure() => "sure",
        [_] => "perhaps",
        more => panic!("{more:?}"),
    }
}

const ARTICLE: &str = "@article{roe2011, author={Roe, Jane and Poe, Anna}, title={Harbour watch: \
    what pilots see at night}, journal={International Journal of Port Studies}, volume={15}, \
    number={2}, pages={61--70}, year={2011}, doi={10.1000/182}}";
const BOOK: &str = "@book{doe2010, author={Doe, Max}, title={A history of small harbours}, \
    publisher={Brill}, address={Leiden}, year={2010}, edition={2}}";

#[test]
fn other_spellings_are_the_same_work() {
    for other in [
        "@article{a, title={HARBOUR WATCH}, doi={https://doi.org/10.1000/182}}",
        "@article{a, author={Roe, J.}, title={Harbour watch}, journal={Int. J. Port Stud.}, \
            volume={15}, pages={61-70}, year={2011}}",
        "@article{a, author={Roe, J. and others}, title={Harbor watch: what pilots see at night}, \
            journal={IJPS}, volume={15}, year={2011}}",
        "@article{a, author={Jane Roe and Anna Poe}, title={Harbour Watch - What Pilots See at \
            Night}, journal={International Journal of Port Studies}, pages={61--70}, year={2012}}",
        "@article{a, author={Roe, J.}, title={Harbour watch: what pilots see at night}, \
            journal={International Journal of Port Studies}, volume={XV}, pages={61-}}",
        "@article{a, author={Roe, J.}, journal={International Journal of Port Studies}, \
            volume={15}, pages={61}, year={2011}}",
    ] {
        assert_eq!(pair(ARTICLE, other), "sure", "{other}");
    }
    for other in [
        "@book{a, author={M. Doe}, title={History of Small Harbours}, year={2010}}",
        "@book{a, title={A history of small harbours}, publisher={E. J. Brill}, year={2010}, \
            author={Doe, Max}, edition={2nd}}",
    ] {
        assert_eq!(pair(BOOK, other), "sure", "{other}");
    }
}

#[test]
fn neighbours_are_two_works() {
    for other in [
        "@article{a, author={Roe, Jane and Poe, Anna}, title={Harbour watch: what pilots see at \
            night}, journal={International Journal of Port Studies}, doi={10.1000/183}}",
        "@article{a, author={Roe, Jane}, title={Harbour watch: what pilots see at night}, \
            journal={International Journal of Port Studies}, volume={16}, pages={1--9}, year={2012}}",
        "@article{a, author={Roe, Jane}, title={Harbour watch: what pilots see at night}, \
            journal={International Journal of Port Studies}, volume={15}, pages={71--80}, year={2011}}",
        "@article{a, author={Roe, Jane}, title={Pilots and their harbours}, \
            journal={International Journal of Port Studies}, volume={15}, year={2011}}",
        "@article{a, author={Roe, Peter}, title={Harbour watch: what pilots see at night}, year={2011}}",
    ] {
        assert_eq!(pair(ARTICLE, other), "two", "{other}");
    }
    for other in [
        "@book{a, author={Doe, Max}, title={A history of small harbours}, year={2010}, edition={3}}",
        "@book{a, author={Doe, Max}, title={A history of small harbours}, year={2014}}",
        "@book{a, author={Doe, Max}, title={A history of small harbours, part II}, year={2010}}",
        "@book{a, author={Doe, Max}, title={A history of small harbours in 1950}, year={2010}}",
        "@incollection{a, author={Doe, Max}, title={Pilots}, booktitle={A history of small \
            harbours}, year={2010}, publisher={Brill}}",
    ] {
        assert_eq!(pair(BOOK, other), "two", "{other}");
    }
}

#[test]
fn versions_of_a_work_are_told_as_such() {
    let preprint = "@misc{a, author={Roe, Jane and Poe, Anna}, title={Harbour watch: what pilots \
        see at night}, howpublished={arXiv}, publisher={arXiv}, year={2011}, doi={10.48550/arXiv.1}}";
    assert_eq!(pair(ARTICLE, preprint), "perhaps");
    let thesis = "@phdthesis{a, author={Doe, Max}, title={A history of small harbours}, \
        school={Leiden University}, year={2010}}";
    assert_eq!(pair(BOOK, thesis), "perhaps");
    let volume =
        "@book{a, author={Doe, Max}, title={A history of small harbours}, year={2010}, volume={2}}";
    assert_eq!(pair(BOOK, volume), "perhaps");
    let next_year = "@book{a, author={Doe, Max}, title={A history of small harbours}, year={2011}}";
    assert_eq!(pair(BOOK, next_year), "perhaps");
    let reasons = &duplicate::find(&works(&format!("{ARTICLE}{preprint}")))[0].reasons;
    assert!(reasons.contains(&duplicate::Reason::Preprint), "{reasons:?}");
}

#[test]
fn a_record_that_may_be_either_of_two_is_merged_with_neither() {
    let one = ARTICLE;
    let other = ARTICLE.replace("roe2011", "b").replace("182", "183");
    let bare = "@article{c, author={Roe, J.}, title={Harbour watch: what pilots see at night}, \
        journal={International Journal of Port Studies}, volume={15}, pages={61--70}, year={2011}}";
    let found = duplicate::find(&works(&format!("{one}{other}{bare}")));
    assert!(found.iter().all(|cluster| !cluster.is_sure()), "{found:?}");
    assert_eq!(found[0].works, [0, 1, 2]);
}

#[test]
fn a_merged_work_has_what_each_had_and_says_what_it_lost() {
    let works = works(&format!(
        "{ARTICLE} @article{{other, author={{Roe, J. and Poe, A. and Doe, M.}}, \
         title={{Harbour watch}}, journal={{Int. J. Port Stud.}}, year={{2011}}, month=jun, \
         volume={{15}}, number={{2}}, doi={{10.1000/182}}, abstract={{What pilots see.}}, \
         keywords={{night, ports}}, url={{https://example.org/watch}}, pages={{61--72}}, \
         pmid={{123}}, timestamp={{2020}}}}"
    ));
    let clusters = duplicate::find(&works);
    let merged = duplicate::merge(&works, &clusters[0]);
    let work = merged.work;
    assert_eq!(work.id.as_deref(), Some("roe2011"));
    assert_eq!(work.title.as_deref(), Some("Harbour watch: what pilots see at night"));
    let authors: Vec<String> = work.author.iter().map(ToString::to_string).collect();
    assert_eq!(authors, ["Roe, Jane", "Poe, Anna", "Doe, M."]);
    let container = work.container_title.as_deref();
    assert_eq!(container, Some("International Journal of Port Studies"));
    assert_eq!(work.issued.as_ref().unwrap().to_string(), "2011-06");
    assert_eq!(work.abstract_.as_deref(), Some("What pilots see."));
    assert_eq!(work.keyword, ["night", "ports"]);
    assert_eq!(work.url.as_deref(), Some("https://example.org/watch"));
    let extra = |name: &str| {
        work.extra.iter().find(|extra| extra.name == name).map(|extra| extra.value.as_str())
    };
    assert_eq!((extra("timestamp"), extra("ids")), (Some("2020"), None));
    let codes: Vec<Code> = merged.findings.iter().map(|found| found.diagnostic.code).collect();
    assert_eq!(codes, [Code::DuplicateMerged, Code::DuplicateConflict]);
    let conflict = &merged.findings[1].diagnostic;
    assert_eq!(conflict.message, "of one work, the page is “61-72” and “61-70”");
    let help = merged.findings[0].diagnostic.help.as_deref();
    assert_eq!(help, Some("cite `roe2011` where `other` is cited"));
}

#[test]
fn the_evidence_of_a_merged_work_tells_of_its_own_text() {
    let text = "References\n\nRoe, J. (2011). Harbour watch at night. Port Studies, 15(2): 61-70.\n\n\
        Poe, A. (2012). Night pilots. Leiden: Brill.\n\n\
        Roe, Jane (2011). Harbour watch at night. Port Studies, 15(2): 61-70. doi:10.1000/182\n";
    let works = citelift::extract(text).works;
    let clusters = duplicate::find(&works);
    assert_eq!(clusters[0].works, [0, 2]);
    let work = duplicate::merge(&works, &clusters[0]).work;
    let evidence = work.evidence.as_ref().unwrap();
    for found in &evidence.fields {
        for &span in &found.spans {
            assert!(evidence.text(span).is_some(), "{found:?}");
        }
    }
    assert!(evidence.doubts.iter().any(|doubt| doubt.code == Code::DuplicateMerged));
    let found = &duplicate::report(&works, &clusters)[0];
    let place = found.diagnostic.span.unwrap().of(text).unwrap();
    assert!(place.starts_with("Roe, Jane"), "{place}");
}

/// A work of numbered parts, some of them the same.
fn made(number: usize, alike: &str) -> Work {
    let item = match alike {
        "title" => format!(
            "{{\"type\":\"book\",\"title\":\"Harbour watch at night\",\
            \"author\":[{{\"family\":\"Roe{}\"}}],\"issued\":{{\"date-parts\":[[{}]]}}}}",
            number / 2,
            1900 + number % 90
        ),
        "all" => "{\"type\":\"book\",\"title\":\"Harbour watch at night\"}".to_owned(),
        _ => format!(
            "{{\"type\":\"article-journal\",\"title\":\"Pilots of port {}\",\
            \"author\":[{{\"family\":\"Roe{}\",\"given\":\"J.\"}}],\"volume\":\"{}\",\
            \"page\":\"{}\",\"issued\":{{\"date-parts\":[[2010]]}}}}",
            number / 2,
            number / 2 % 5000,
            number / 2 % 70,
            number / 2 % 900
        ),
    };
    csl_json::from_str(&format!("[{item}]")).works.remove(0)
}

#[test]
fn many_works_of_one_title_take_no_longer_than_others() {
    for alike in ["title", "all", "pairs"] {
        let works: Vec<Work> = (0..20_000).map(|number| made(number, alike)).collect();
        let begun = Instant::now();
        let found = duplicate::find(&works);
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(20), "{alike}: {took:?}");
        let begun = Instant::now();
        for cluster in &found {
            let merged = duplicate::merge(&works, cluster);
            assert!(merged.work.title.is_some());
        }
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(20), "{alike}, merged: {took:?}");
        if alike == "pairs" {
            assert_eq!(found.len(), 10_000);
        }
    }
}

const TITLES: &[&str] = &[
    "Harbour watch at night",
    "Harbour watch",
    "Harbour watch: at night",
    "Harbuor watch at night",
    "Night pilots of the north",
    "Introduction",
    "",
];
const DOIS: &[&str] = &["", "", "10.1000/1", "10.1000/2"];

prop_compose! {
    fn a_work()(
        title in select(TITLES),
        family in select(&["Roe", "Poe", "", "Müller", "Mueller"][..]),
        given in select(&["J.", "Jane", ""][..]),
        year in select(&["2010", "2011", "", "in press"][..]),
        volume in select(&["", "1", "2"][..]),
        pages in select(&["", "1--9", "1", "11--19"][..]),
        doi in select(DOIS),
        isbn in select(&["", "0-306-40615-2", "9780306406157"][..]),
        pmid in select(&["", "77", "78"][..]),
    ) -> Work {
        let mut text = String::from("@article{,");
        for (name, value) in [
            ("title", title), ("year", year), ("volume", volume), ("pages", pages),
            ("doi", doi), ("isbn", isbn), ("pmid", pmid),
        ] {
            if !value.is_empty() {
                text.push_str(&format!("{name}={{{value}}},"));
            }
        }
        if !family.is_empty() {
            text.push_str(&format!("author={{{family}, {given}}},"));
        }
        text.push_str("note={x}}");
        works(&text).remove(0)
    }
}

proptest! {
    #[test]
    fn what_is_found_does_not_depend_on_the_order(
        works in proptest::collection::vec(a_work(), 0..14),
        moves in proptest::collection::vec(any::<(Index, Index)>(), 0..20),
    ) {
        let mut places: Vec<usize> = (0..works.len()).collect();
        for (one, other) in moves.iter().filter(|_| !works.is_empty()) {
            let (one, other) = (one.index(works.len()), other.index(works.len()));
            places.swap(one, other);
        }
        let moved: Vec<Work> = places.iter().map(|&at| works[at].clone()).collect();
        let there: HashSet<(Vec<usize>, String)> = duplicate::find(&works)
            .into_iter()
            .map(|found| (found.works, format!("{:?} {:?}", found.confidence, found.reasons)))
            .collect();
        let back: HashSet<(Vec<usize>, String)> = duplicate::find(&moved)
            .into_iter()
            .map(|found| {
                let mut own: Vec<usize> = found.works.iter().map(|&at| places[at]).collect();
                own.sort_unstable();
                (own, format!("{:?} {:?}", found.confidence, found.reasons))
            })
            .collect();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn sure_clusters_share_no_work_and_no_two_dois(
        works in proptest::collection::vec(a_work(), 0..14),
    ) {
        let mut seen = HashSet::new();
        for cluster in duplicate::find(&works).iter().filter(|cluster| cluster.is_sure()) {
            prop_assert!(cluster.works.len() > 1);
            prop_assert!(cluster.works.iter().all(|&at| seen.insert(at)));
            let dois: HashSet<_> =
                cluster.works.iter().filter_map(|&at| works[at].doi.as_deref()).collect();
            prop_assert!(dois.len() < 2, "{dois:?}");
        }
    }

    #[test]
    fn a_merged_work_keeps_all_identifiers(
        works in proptest::collection::vec(a_work(), 2..14),
    ) {
        for cluster in duplicate::find(&works).iter().filter(|cluster| cluster.is_sure()) {
            let merged = duplicate::merge(&works, cluster);
            let conflicts = merged.findings.iter();
            let told: Vec<&str> =
                conflicts.map(|found| found.diagnostic.message.as_str()).collect();
            for &at in &cluster.works {
                for field in [Field::Doi, Field::Pmid, Field::Volume, Field::Title, Field::Page] {
                    let Some(value) = works[at].get(field) else { continue };
                    let own = merged.work.get(field);
                    prop_assert!(own.is_some());
                    let same = own == Some(value)
                        || !matches!(field, Field::Doi | Field::Pmid)
                        || told.iter().any(|told| told.contains(field.as_str()));
                    prop_assert!(same, "{field:?} {told:?}");
                }
                prop_assert_eq!(works[at].isbn.is_some(), works[at].isbn.is_some() && merged.work.isbn.is_some());
            }
            // What is written is read back: no value was put together wrongly.
            let written = ris::to_string(std::slice::from_ref(&merged.work));
            prop_assert_eq!(ris::from_str(&written).works.len(), 1);
        }
    }
}
