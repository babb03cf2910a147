//! How sure values are: from the share that the labeller gives a value to the share of right
//! values among those with such a share.

use crate::work::{Confidence, Field};

/// The confidence of a value of `field` whose label has `share`.
pub(crate) fn share(_field: Field, share: f32) -> Confidence {
    Confidence::new(share)
}

/// The confidence of a work whose least sure value has `share`.
pub(crate) fn of_work(share: f32) -> Confidence {
    Confidence::new(share)
}
