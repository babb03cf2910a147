//! citelift beside what a user would pick instead, job for job, in one run: `benches/peers/run`.
//! docs/benches.md tells what is compared.
//!
//! `cargo run --release -- bib ris` runs these jobs alone, `--quick` few rounds on few entries,
//! `--references FILE` takes loose references from a file, one a line, `--save FOLDER` leaves the
//! files that all read, `--strict` leaves with 1 where a goal is missed.

mod bib;
mod document;
mod flat;
mod inputs;
mod json;
mod loose;
mod made_up;
mod process;
mod race;
mod ris;
mod spell;
mod words;
mod write;

use inputs::Inputs;
use race::Job;
use std::process::ExitCode;

/// A job's name and what makes it.
type Entry = (&'static str, fn(&Inputs) -> Job);

/// The job that is no race: whole processes.
const PROCESS: &str = "process";

const JOBS: &[Entry] = &[
    ("bib", bib::job),
    ("ris", ris::job),
    ("json", json::job),
    ("to-bib", write::bib),
    ("to-ris", write::ris),
    ("to-json", write::json),
    ("loose", loose::job),
    ("threads", loose::threads),
    ("document", document::parted),
    ("lines", document::lines),
];

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, String> {
    let (mut chosen, mut quick, mut strict, mut file, mut save) =
        (Vec::new(), false, false, None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => quick = true,
            "--strict" => strict = true,
            "--references" => file = Some(arguments.next().ok_or("--references needs a file")?),
            "--save" => save = Some(arguments.next().ok_or("--save needs a folder")?),
            name => chosen.push(name.to_owned()),
        }
    }
    let names: Vec<&str> = JOBS.iter().map(|(name, _)| *name).chain([PROCESS]).collect();
    if let Some(name) = chosen.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(format!("no job is called {name}; there are {}", names.join(", ")));
    }
    let runs = |name: &str| chosen.is_empty() || chosen.iter().any(|one| one == name);
    let inputs = Inputs::new(quick, file.as_deref())?;
    if let Some(folder) = save {
        for (name, text) in [("bib", inputs.bib), ("ris", inputs.ris), ("json", inputs.json)] {
            let path = format!("{folder}/works.{name}");
            std::fs::write(&path, text).map_err(|error| format!("{path}: {error}"))?;
        }
    }
    let rounds = if quick { 5 } else { 11 };
    let mut missed = Vec::new();
    for (name, job) in JOBS {
        if runs(name) {
            missed.append(&mut job(&inputs).race(rounds));
        }
    }
    if runs(PROCESS) {
        missed.append(&mut process::measure(rounds * 2 - 1)?);
    }
    println!("\n{} of the goals are missed.", missed.len());
    missed.iter().for_each(|what| println!("- {what}"));
    Ok(ExitCode::from(u8::from(strict && !missed.is_empty())))
}
