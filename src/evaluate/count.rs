//! How often values were right, and the figures made of that.

use super::compare::Verdict;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::ops::AddAssign;

/// How many values were read rightly, wrongly, and not at all.
///
/// ```
/// use citelift::evaluate::Count;
///
/// let count = Count::new(3, 1, 0);
/// assert_eq!((count.precision(), count.recall()), (0.75, 1.0));
/// assert_eq!(serde_json::to_value(count)?["tp"], 3);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    right: usize,
    surplus: usize,
    missing: usize,
}

impl Count {
    /// A count of values right, surplus and missing. A value that differs is both of the latter.
    #[must_use]
    pub fn new(right: usize, surplus: usize, missing: usize) -> Self {
        Self { right, surplus, missing }
    }

    pub(super) fn record(&mut self, verdict: Result<(), Verdict>) {
        match verdict {
            Ok(()) => self.right += 1,
            Err(Verdict::Surplus) => self.surplus += 1,
            Err(Verdict::Missing) => self.missing += 1,
            Err(Verdict::Differs) => {
                (self.surplus, self.missing) = (self.surplus + 1, self.missing + 1)
            }
        }
    }

    /// Values that are right: true positives.
    #[must_use]
    pub fn right(self) -> usize {
        self.right
    }

    /// Values that were read and are not right: false positives.
    #[must_use]
    pub fn surplus(self) -> usize {
        self.surplus
    }

    /// Values that should have been read and were not: false negatives.
    #[must_use]
    pub fn missing(self) -> usize {
        self.missing
    }

    /// The share of what was read that is right; 0 where nothing was read.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.surplus)
    }

    /// The share of what should be read that was; 0 where nothing should.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missing)
    }

    /// The harmonic mean of precision and recall; 0 where both are.
    #[must_use]
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if self.right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }
}

/// A part of a whole; 0 of nothing.
#[allow(clippy::cast_precision_loss, reason = "counts of references are far below 2^52")]
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.surplus += other.surplus;
        self.missing += other.missing;
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut figures = serializer.serialize_struct("Count", 6)?;
        figures.serialize_field("precision", &self.precision())?;
        figures.serialize_field("recall", &self.recall())?;
        figures.serialize_field("f1", &self.f1())?;
        figures.serialize_field("tp", &self.right)?;
        figures.serialize_field("fp", &self.surplus)?;
        figures.serialize_field("fn", &self.missing)?;
        figures.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_nothing_all_figures_are_zero() {
        let none = Count::default();
        assert_eq!((none.precision(), none.recall(), none.f1()), (0.0, 0.0, 0.0));
        let wrong = Count::new(0, 2, 3);
        assert_eq!((wrong.precision(), wrong.recall(), wrong.f1()), (0.0, 0.0, 0.0));
    }

    #[test]
    fn a_value_that_differs_counts_on_both_sides() {
        let mut count = Count::default();
        for verdict in [Ok(()), Err(Verdict::Differs), Err(Verdict::Surplus), Err(Verdict::Missing)]
        {
            count.record(verdict);
        }
        assert_eq!(count, Count::new(1, 2, 2));
        count += Count::new(1, 0, 0);
        assert_eq!(count, Count::new(2, 2, 2));
        assert!((count.f1() - 0.5).abs() < 1e-12);
    }
}
