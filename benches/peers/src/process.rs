//! The whole process: how long `citelift parse` takes for ten references, from its start to its
//! end, as a shell or an editor calls it.

use crate::race::median;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a process may take.
const MOST: Duration = Duration::from_millis(25);

const REFERENCES: &str = "\
Roe, J. (2010). Harbour watch. Port Studies, 15(2): 61-70.
Doe, Jane, and John Poe. Fog and Bells. Leiden: Brill, 2012.
Poe J, Okafor N. Wages of dockworkers. Ann Coast Eng. 2014;7(3):112-9.
[4] L. Reyes, \"Tides at sea walls,\" Letters on Waves, vol. 3, no. 1, pp. 1-9, Jan. 2019.
Bloom, Ann. \"Quiet Harbours.\" In Ports and Their People, edited by M. Roe, 88–112. Oxbridge: Quay University Press, 2018.
Vogel, K. (2003): Lotsen im Nebel. In: Zeitschrift für Hafengeschichte 12, H. 2, S. 45–61.
Moreau, Paul, Les phares, Saint-Malo, Éditions du Phare, 1998, 210 p.
SILVA, M. A. O porto e a cidade. São Paulo: Hucitec, 2009.
Ministry of Quays and Canals. Annual report 2016. Northhaven, 2017. https://example.org/report
Lindqvist, S. (2001). Charts and memory [Doctoral dissertation]. University of Northhaven.
";

/// Runs the command so many times with its file in the machine's memory, and as often with that
/// dropped; prints the table, and gives the goals that were missed.
pub(crate) fn measure(runs: usize) -> Result<Vec<String>, String> {
    let binary = std::env::var("CITELIFT").unwrap_or_else(|_| {
        let target = std::env::var("CARGO_TARGET_DIR")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../target").into());
        format!("{target}/release/citelift")
    });
    if !Path::new(&binary).exists() {
        return Err(format!("{binary} is not there: build the command, or name it in CITELIFT"));
    }
    let (mut warm, mut cold) = (Vec::new(), Vec::new());
    run(&binary)?;
    for _ in 0..runs {
        warm.push(run(&binary)?);
        forget(&binary)?;
        cold.push(run(&binary)?);
    }
    println!("\n### whole process, 10 references (`citelift parse`)\n");
    println!("| | median | least | goal | |\n| --- | ---: | ---: | ---: | --- |");
    let mut missed = Vec::new();
    for (name, times) in [("its file in memory", warm), ("its file read from the disk", cold)] {
        let least = times.iter().copied().fold(f64::INFINITY, f64::min);
        let middle = median(times);
        let met = middle <= MOST.as_secs_f64();
        println!(
            "| {name} | {:.1} ms | {:.1} ms | ≤ {} ms | {} |",
            middle * 1e3,
            least * 1e3,
            MOST.as_millis(),
            if met { "met" } else { "missed" }
        );
        if !met {
            missed.push(format!("whole process, {name}: {:.1} ms", middle * 1e3));
        }
    }
    println!("\n- By the clock on the wall. AnyStyle's start alone takes 300 to 500 ms.");
    Ok(missed)
}

/// The seconds of one run.
fn run(binary: &str) -> Result<f64, String> {
    let fault = |error: std::io::Error| format!("{binary}: {error}");
    let start = Instant::now();
    let mut child = Command::new(binary)
        .args(["parse", "--quiet", "--to", "bibtex"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(fault)?;
    if let Some(mut to) = child.stdin.take() {
        to.write_all(REFERENCES.as_bytes()).map_err(fault)?;
    }
    let output = child.wait_with_output().map_err(fault)?;
    let seconds = start.elapsed().as_secs_f64();
    let works = String::from_utf8_lossy(&output.stdout).matches('@').count();
    match works {
        10 => Ok(seconds),
        _ => Err(format!("{binary} gives {works} works of 10 references")),
    }
}

/// Has the machine forget what it holds of a file.
fn forget(file: &str) -> Result<(), String> {
    let dropped = Command::new("dd")
        .args([&format!("if={file}"), "iflag=nocache", "count=0", "status=none"])
        .status()
        .map_err(|error| format!("dd: {error}"))?;
    if dropped.success() { Ok(()) } else { Err("dd: it cannot drop a file from memory".into()) }
}
