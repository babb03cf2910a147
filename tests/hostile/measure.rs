//! cargo run --release --all-features --example hostile -- [MEGABYTES [JOB]]
//!
//! Times every hostile input against plain input of the same kind and size, per byte, and prints
//! a table; exits with 1 where one takes more than three times as long. The cases stand in
//! `cases.rs`; `tests/hostile.rs` has such shapes small.

#[path = "cases.rs"]
mod cases;
#[path = "../../fuzz/src/stored.rs"]
mod stored;

use cases::{Case, JOBS, Job};
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
    let megabytes = arguments.next().and_then(|size| size.parse().ok()).unwrap_or(1.0);
    let wanted = arguments.next();
    let size = (megabytes * 1e6) as usize;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "| job | input | bytes | ns a byte | × plain |\n| --- | --- | ---: | ---: | ---: |"
    )?;
    let mut slow = 0;
    for Job { name, size: share, plain, cases } in JOBS {
        if wanted.as_ref().is_some_and(|wanted| wanted != name) {
            continue;
        }
        let size = size / share;
        let usual = per_byte(name, plain, size);
        writeln!(out, "| {name} | plain | {size} | {usual:.1} | 1.0 |")?;
        for Case { what, make } in *cases {
            let input = make(size);
            let took = timed(name, &input);
            let times = took / usual;
            let mark = if times > MOST { " **!**" } else { "" };
            slow += usize::from(times > MOST);
            writeln!(out, "| {name} | {what} | {} | {took:.1} | {times:.1}{mark} |", input.len())?;
            out.flush()?;
        }
    }
    writeln!(out, "\n{slow} take more than {MOST} times as long as plain input")?;
    Ok(if slow == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn per_byte(job: &str, make: &fn(usize) -> Vec<u8>, size: usize) -> f64 {
    timed(job, &make(size))
}

/// Nanoseconds a byte, over as many times as it takes to measure.
fn timed(job: &str, input: &[u8]) -> f64 {
    const ENOUGH: Duration = Duration::from_millis(300);
    let start = spent();
    let mut times = 0;
    loop {
        read(job, input);
        times += 1;
        let took = spent().saturating_sub(start);
        if took >= ENOUGH {
            return took.as_secs_f64() * 1e9 / (f64::from(times) * input.len().max(1) as f64);
        }
    }
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
