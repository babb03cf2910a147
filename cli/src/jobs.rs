//! How many threads work at once: `--jobs`.
//!
//! Called by the commands that have it, before they begin. The results are the same with any
//! number.

use crate::render::Failure;
use std::num::NonZeroUsize;

/// Lets so many threads work, or as many as the machine runs at once.
pub(crate) fn set(jobs: Option<NonZeroUsize>) -> Result<(), Failure> {
    let threads = jobs.map_or(0, NonZeroUsize::get);
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .map_err(|error| Failure::usage(format!("cannot start {threads} threads: {error}")))
}
