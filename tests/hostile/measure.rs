//! cargo run --release --all-features --example hostile -- [MEGABYTES [JOB [INPUT]]]
//! cargo run --release --all-features --example hostile -- search SECONDS [SEED]
//!
//! Times every hostile input against plain input of the same kind and size, per byte, and prints
//! a table; exits with 1 where one takes more than three times as long as plain input, and as plain
//! input of small records: a record costs more than its letters do. The last column is how much
//! more memory the program held at most than before it read, as a multiple of the input.
//! `search` makes inputs of parts picked by chance and prints those that take too long. The cases
//! stand in `cases.rs`; `tests/hostile.rs` has such shapes small.

#[path = "cases.rs"]
mod cases;
#[path = "search.rs"]
mod search;
#[path = "../../fuzz/src/stored.rs"]
mod stored;

use cases::{Case, Job, jobs};
use citelift::{Document, Extractor, bibtex, csl_json, ris};
use std::hint::black_box;
use std::io::{Result, Write};
use std::process::ExitCode;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// How many times as long as plain input a hostile one may take.
const MOST: f64 = 3.0;

fn main() -> Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let size = arguments.next();
    if size.as_deref() == Some("search") {
        return search::search(arguments);
    }
    let size = (size.and_then(|size| size.parse().ok()).unwrap_or(1.0) * 1e6) as usize;
    let [wanted_job, wanted] = [arguments.next(), arguments.next()];
    let is_wanted = |wanted: &Option<String>, name| wanted.as_deref().is_none_or(|w| w == name);
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "| job | input | bytes | ns a byte | × plain | × small | memory |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: |"
    )?;
    let mut slow = 0;
    for Job { name, size: share, plain, small, cases } in
        jobs().filter(|job| is_wanted(&wanted_job, job.name))
    {
        let size = size / share;
        let input = plain(size);
        let (usual, memory) = timed(name, &input);
        let length = input.len();
        let of_small = small.map_or(usual, |small| timed(name, &small(size)).0);
        let beside = usual / of_small;
        writeln!(
            out,
            "| {name} | plain | {length} | {usual:.1} | 1.0 | {beside:.1} | {memory:.1} × |"
        )?;
        for Case { what, make } in cases.iter().filter(|case| is_wanted(&wanted, case.what)) {
            let input = make(size);
            let (took, memory) = timed(name, &input);
            let (times, length) = (took / usual, input.len());
            let beside = took / of_small;
            let mark = if times.min(beside) > MOST { " **!**" } else { "" };
            slow += usize::from(!mark.is_empty());
            writeln!(
                out,
                "| {name} | {what} | {length} | {took:.1} | {times:.1} | {beside:.1}{mark} | {memory:.1} × |"
            )?;
            out.flush()?;
        }
    }
    writeln!(out, "\n{slow} take more than {MOST} times as long as either plain input")?;
    Ok(if slow == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Nanoseconds a byte, over as many times as it takes to measure, and how many times the input's
/// size of memory the first of them took.
fn timed(job: &str, input: &[u8]) -> (f64, f64) {
    const ENOUGH: Duration = Duration::from_millis(300);
    let length = input.len().max(1) as f64;
    // proc(5): forgets what was the most so far. Where that cannot be, nothing is known of it.
    let before = std::fs::write("/proc/self/clear_refs", "5").ok().and_then(|()| held("VmRSS:"));
    let start = spent();
    let mut times = 0;
    let mut memory = f64::NAN;
    loop {
        read(job, input);
        times += 1;
        if times == 1
            && let (Some(before), Some(most)) = (before, held("VmHWM:"))
        {
            memory = (most - before).max(0.0) / length;
        }
        let took = spent().saturating_sub(start);
        if took >= ENOUGH {
            return (took.as_secs_f64() * 1e9 / (f64::from(times) * length), memory);
        }
    }
}

/// How many bytes of memory the program holds, or held at most.
fn held(what: &str) -> Option<f64> {
    let about = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = about.lines().find_map(|line| line.strip_prefix(what))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? * 1024.0)
}

/// What the processor has spent on this program: on a busy machine, the clock tells of others.
/// Where Linux does not say so (proc(5), `utime` in 100ths of a second), the clock has to do.
fn spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let about = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks =
        about.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(11)?.parse().ok());
    ticks.map_or_else(|| START.elapsed(), |ticks: u64| Duration::from_millis(ticks * 10))
}

fn read(job: &str, input: &[u8]) {
    let text = || String::from_utf8_lossy(input);
    match job {
        "parse" => drop(black_box(citelift::parse(&text()))),
        "extract" => drop(black_box(citelift::extract(&text()))),
        "citations" => {
            let (document, extractor) = (Document::from_text(&text()), Extractor::new());
            let read = extractor.extract(&document);
            drop(black_box(extractor.citations(&document, &read)));
        }
        "bib" => drop(black_box(bibtex::from_slice(input))),
        "ris" => drop(black_box(ris::from_slice(input))),
        "json" => drop(black_box(csl_json::from_slice(input))),
        _ => {
            let name = format!("a.{job}");
            if let Ok(document) = Document::from_slice(input, Some(&name)) {
                drop(black_box(Extractor::new().extract(&document)));
            }
        }
    }
}
