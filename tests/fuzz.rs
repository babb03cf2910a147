//! The fuzzer's checks on the stable toolchain: all seeds and findings, and mutations of them.
//!
//! What is checked stands in `fuzz/src`; `fuzz/run` looks for more, and what it finds is kept in
//! `fuzz/findings/TARGET`. The mutations are the same in every run; `CITELIFT_ROUNDS=100000` makes
//! more of them than the 300 of each target, and others.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(unreachable_pub, reason = "the fuzzer's own crate is where they are public")]

#[path = "../fuzz/src/lib.rs"]
mod checks;

use checks::{Check, TARGETS};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// A file of the tests that is longer is no seed.
const LONGEST: usize = 20_000;

#[test]
fn seeds_and_findings_hold() {
    for &(target, check) in TARGETS {
        for path in files(target) {
            holds(check, &std::fs::read(&path).unwrap(), &path.display().to_string());
        }
    }
}

#[test]
fn mutations_hold() {
    let rounds = std::env::var("CITELIFT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let mut random = Random(20_261_124 + rounds.unwrap_or(0));
    for &(target, check) in TARGETS {
        let seeds: Vec<Vec<u8>> = files(target)
            .iter()
            .map(|path| std::fs::read(path).unwrap())
            .filter(|seed| seed.len() < LONGEST / 10)
            .collect();
        for round in 0..rounds.unwrap_or(300) {
            let seed = &seeds[random.below(seeds.len())];
            let other = &seeds[random.below(seeds.len())];
            holds(check, &mutated(seed, other, &mut random), &format!("{target}, round {round}"));
        }
    }
}

/// The seeds of a target and what was found, in order; every target has some.
fn files(target: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = match target {
        "bib" | "ris" => format!("tests/corpus/{target}"),
        "csl_json" => "tests/corpus/json".to_owned(),
        "document" => "tests/documents".to_owned(),
        _ => "fuzz/seeds/parse".to_owned(),
    };
    let folders = [format!("fuzz/seeds/{target}"), format!("fuzz/findings/{target}"), corpus];
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).into_iter().flatten())
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.metadata().is_ok_and(|about| about.is_file() && about.len() < LONGEST as u64)
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{target} has no seeds");
    files
}

fn holds(check: Check, data: &[u8], name: &str) {
    let done = catch_unwind(AssertUnwindSafe(|| check(data)));
    assert!(done.is_ok(), "{name}: {:?}", String::from_utf8_lossy(data));
}

/// A seed with a few stretches left out, doubled, changed, or taken from another seed.
fn mutated(seed: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut data = seed.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(data.len() + 1);
        let end = (at + random.below(12)).min(data.len());
        let put = match random.below(5) {
            0 => Vec::new(),
            1 => data[at..end].repeat(2 + random.below(3)),
            2 => data[at..end].iter().map(|byte| byte ^ 1 << (byte & 7)).collect(),
            3 => SIGNS.as_bytes()[random.below(SIGNS.len())..].iter().copied().take(1).collect(),
            _ => {
                let from = random.below(other.len() + 1);
                other[from..(from + random.below(80)).min(other.len())].to_vec()
            }
        };
        data.splice(at..end, put);
    }
    data
}

const SIGNS: &str = "{}\\@%\"$&#_^~,;=:/<>()[]\n\r\t\0 -.'`|*+?!019aZ\u{7f}\u{fffd}\u{301}\u{202e}";

/// Numbers that are the same in every run: Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}
