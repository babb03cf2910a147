//! What an item has and the model has not, each under a name of its own.
//!
//! Called by [`read`](super::read). An item may have any number of such properties, and one name
//! any number of times, so that many are not looked for among each other.

use super::write::is_taken;
use crate::{Extra, Origin, Work};
use std::collections::HashMap;

/// So many are looked through one by one; most items have none.
const FEW: usize = 16;

/// Where the extras of a work stand.
#[derive(Default)]
pub(super) struct Extras {
    /// The places of those that are known by now.
    places: HashMap<String, usize>,
    known: usize,
    /// The last number that was put behind a name.
    last: HashMap<String, usize>,
}

impl Extras {
    /// The place of the extra of a name among those of `work`.
    pub(super) fn place(&mut self, work: &Work, name: &str) -> Option<usize> {
        if work.extra.len() < FEW {
            return work.extra.iter().position(|extra| extra.name == name);
        }
        for (place, extra) in work.extra.iter().enumerate().skip(self.known) {
            self.places.entry(extra.name.clone()).or_insert(place);
        }
        self.known = work.extra.len();
        self.places.get(name).copied()
    }

    /// Keeps a value under a name that nothing else has, unless it is kept already.
    pub(super) fn keep(&mut self, work: &mut Work, name: &str, value: String) {
        let mut place = self.place(work, name);
        if place.and_then(|place| work.extra.get(place)).is_some_and(|extra| extra.value == value) {
            return;
        }
        let mut free = name.to_owned();
        while place.is_some() || is_taken(&free, work) {
            let last = self.last.entry(name.to_owned()).or_insert(1);
            *last += 1;
            free = format!("{name}-{last}");
            place = self.place(work, &free);
        }
        work.extra.push(Extra { origin: Origin::CslJson, name: free, value });
    }

    /// Takes the extra of a name away.
    pub(super) fn remove(&mut self, work: &mut Work, name: &str) {
        if let Some(place) = self.place(work, name) {
            work.extra.remove(place);
            (self.places, self.known) = (HashMap::new(), 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_name_of_its_own() {
        let (mut extras, mut work) = (Extras::default(), Work::default());
        for number in 0..40 {
            extras.keep(&mut work, "x", number.to_string());
            extras.keep(&mut work, "x", "0".to_owned());
            extras.keep(&mut work, &format!("y{number}"), "1".to_owned());
        }
        let names: Vec<&str> = work.extra.iter().map(|extra| extra.name.as_str()).collect();
        assert_eq!(names[..4], ["x", "y0", "x-2", "y1"]);
        assert_eq!((names.len(), names[78]), (80, "x-40"));
        extras.remove(&mut work, "y0");
        assert_eq!(extras.place(&work, "x-2"), Some(1));
        assert_eq!(extras.place(&work, "y0"), None);
    }

    #[test]
    fn names_that_mean_something_are_left_to_it() {
        let (mut extras, mut work) = (Extras::default(), Work::default());
        extras.keep(&mut work, "keywords", "1".to_owned());
        assert_eq!(work.extra[0].name, "keywords-2");
    }
}
