//! What must hold whatever the bytes: one function for each fuzz target.
//!
//! Called by `fuzz_targets/` with what the fuzzer makes up, and by `tests/fuzz.rs` on the stable
//! toolchain with the seeds, what was found before, and mutations of both. Each function panics
//! where something does not hold.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a check fails by panicking")]

mod documents;
mod draw;
#[path = "../../tests/invariants/mod.rs"]
mod invariants;
mod records;
mod stored;
#[path = "../../tests/survival/mod.rs"]
mod survival;
mod trained;
mod writers;

pub use documents::{document, extract, packed, parse};
pub use records::{bib, csl_json, ris};
pub use trained::model;
pub use writers::write;

/// A target's function.
pub type Check = fn(&[u8]);

/// Every target.
pub const TARGETS: &[(&str, Check)] = &[
    ("parse", parse),
    ("extract", extract),
    ("document", document),
    ("packed", packed),
    ("bib", bib),
    ("ris", ris),
    ("csl_json", csl_json),
    ("write", write),
    ("model", model),
];
