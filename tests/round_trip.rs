//! From every format to every other: what both can hold survives.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod survival;
mod works;

use citelift::Format;
use proptest::prelude::*;
use survival::{all_named, through};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is read from one format, written in another and read again is what it was, in all
    /// the fields that the other does not name as lost.
    #[test]
    fn what_both_formats_hold_survives(made in works::any_work()) {
        for &from in Format::ALL {
            let read = through(from, std::slice::from_ref(&made));
            prop_assert_eq!(read.works.len(), 1, "{}", from);
            for &to in Format::ALL {
                let again = through(to, &read.works);
                prop_assert_eq!(again.works.len(), 1, "{} to {}", from, to);
                all_named(to, &read.works[0], &again.works[0]);
            }
        }
    }

    /// Each format: read, written and read again is the same work, extras included.
    #[test]
    fn each_format_keeps_what_was_read_from_it(made in works::any_work()) {
        for &format in Format::ALL {
            let once = through(format, std::slice::from_ref(&made)).works;
            let mut twice = through(format, &once).works;
            // A work without a key that can stand is given one, which is told.
            twice[0].id.clone_from(&once[0].id);
            prop_assert_eq!(&twice, &once, "{}", format);
        }
    }
}
