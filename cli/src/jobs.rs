//! How many threads work at once: `--jobs`.
//!
//! Called by the commands that have it, before they begin. The results are the same with any
//! number.

use crate::render::Failure;

/// Lets so many threads work, or as many as the machine runs at once.
pub(crate) fn set(jobs: Option<u16>) -> Result<(), Failure> {
    let threads = jobs.map_or(0, usize::from);
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .map_err(|error| Failure::usage(format!("cannot start {threads} threads: {error}")))
}
