//! Cite keys as a user sees them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skips"
)]

mod works;

use citelift::{Kind, Name, Work, key};
use proptest::prelude::*;
use works::{any_work, person, work};

fn keys(mut works: Vec<Work>) -> Vec<String> {
    key::assign(&mut works);
    works.into_iter().map(|work| work.id.unwrap()).collect()
}

#[test]
fn keys_are_read_at_a_glance() {
    let cases = [
        (
            work(Kind::Book, Name::person("Bowling", "B."), "Policing the Caribbean", 2010),
            "bowling2010policing",
        ),
        (
            work(Kind::Book, person("Berg", "J.", "van der", ""), "A “U.S.” thing", 1999),
            "vanderberg1999us",
        ),
        (work(Kind::Book, Name::person("Simić", "B."), "Le rôle d’Europol", 2010), "simic2010role"),
        (work(Kind::Book, Name::person("Иванов", "С."), "Теория", 1987), "ivanov1987teoriia"),
        (
            work(Kind::Book, Name::body("Julius Caesar"), "De Bello Gallico", -43),
            "juliuscaesar44bcbello",
        ),
    ];
    for (work, key) in cases {
        assert_eq!(keys(vec![work]), [key]);
    }
    let mut nobody = Work::new(Kind::Webpage);
    nobody.title = Some("How to cite a page".into());
    assert_eq!(keys(vec![nobody, Work::default()]), ["cite", "work"]);
}

#[test]
fn works_of_one_key_get_more_of_their_titles() {
    let roe = |title| work(Kind::Book, Name::person("Roe", "J."), title, 2011);
    assert_eq!(
        keys(vec![roe("Harbour watch"), roe("Harbour law"), roe("Harbour law")]),
        ["roe2011harbourwatch", "roe2011harboura", "roe2011harbourb"]
    );
}

#[test]
fn an_id_that_is_there_stays_and_is_not_given_again() {
    let mut given = work(Kind::Book, Name::person("Roe", "J."), "Other", 2000);
    given.id = Some("roe2011harbour".into());
    let new = work(Kind::Book, Name::person("Roe", "J."), "Harbour watch", 2011);
    assert_eq!(keys(vec![new, given]), ["roe2011harbourwatch", "roe2011harbour"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keys_are_unique_plain_and_free_of_order(
        mut works in proptest::collection::vec(any_work(), 0..8),
        turn in 0..8_usize,
    ) {
        for work in &mut works {
            work.id = None;
        }
        works.extend_from_within(..works.len().min(2));
        let first = keys(works.clone());
        prop_assert!(first.iter().all(|key| {
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        }), "{first:?}");
        let mut sorted = first.clone();
        sorted.sort();
        sorted.dedup();
        prop_assert_eq!(sorted.len(), works.len());

        let pairs = |works: &[Work], keys: &[String]| {
            let mut pairs: Vec<_> =
                works.iter().zip(keys).map(|(work, key)| (key.clone(), format!("{work:?}"))).collect();
            pairs.sort();
            pairs
        };
        let before = pairs(&works, &first);
        let turn = turn.min(works.len());
        works.rotate_left(turn);
        works.reverse();
        let after = keys(works.clone());
        prop_assert_eq!(before, pairs(&works, &after));
    }
}
