//! Looks for inputs that take too long: parts of the fuzzer's dictionaries again and again, by
//! chance.

use crate::cases::jobs;
use crate::{MOST, read, timed};
use std::io::{Result, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const RECORDS: [(&str, &str); 3] = [
    ("bib", include_str!("../../fuzz/dictionaries/bib.dict")),
    ("ris", include_str!("../../fuzz/dictionaries/ris.dict")),
    ("json", include_str!("../../fuzz/dictionaries/csl_json.dict")),
];
const TEXTS: &str = include_str!("../../fuzz/dictionaries/text.dict");
const DOCUMENTS: &str = include_str!("../../fuzz/dictionaries/document.dict");

/// Short pieces of anything.
const PIECES: &[&str] = &[
    "a", "A", "1", "2010", " ", ". ", ", ", ": ", "; ", "(", ")", "[", "]", "{", "}", "\"", "'",
    "-", "–", "/", "&", "\n", "\n\n", "\t", "\\", "_", "*", "§", "Roe", "Harbour ", "de ",
    "https://", "10.1000/", "=", "#", "@", "$", "%", "~", "<", ">", "é", "余", "\u{301}", "\r\n",
    "|", "^",
];

const SMALL: usize = 20_000;
const LARGE: usize = 300_000;

/// Tries for so many seconds; the numbers are those of a seed.
pub(crate) fn search(mut arguments: impl Iterator<Item = String>) -> Result<ExitCode> {
    let mut number = || arguments.next().and_then(|number| number.parse::<u64>().ok());
    let [seconds, seed] = [number().unwrap_or(60), number().unwrap_or(1)];
    let mut random = Random(seed.max(1));
    // A document of one archive is no text that could be put together of parts.
    let is_text = |name: &str| !matches!(name, "docx" | "odt" | "epub" | "pdf");
    let jobs: Vec<_> = jobs()
        .filter(|job| is_text(job.name))
        .map(|job| {
            let quick = per_byte(job.name, &(job.plain)(SMALL));
            (job.name, quick, timed(job.name, &(job.plain)(LARGE)).0, words(job.name))
        })
        .collect();
    let mut out = std::io::stdout().lock();
    let start = Instant::now();
    let (mut tried, mut found) = (0, 0);
    while start.elapsed() < Duration::from_secs(seconds) {
        let (name, quick, usual, words) = &jobs[random.below(jobs.len())];
        let mut pick = |most: usize| {
            let count = random.below(most + 1);
            (0..count).map(|_| words[random.below(words.len())].as_str()).collect::<String>()
        };
        let [head, part, tail] = [pick(3), pick(4), pick(2)];
        tried += 1;
        if part.is_empty() || per_byte(name, &made(&head, &part, &tail, SMALL)) < quick * 1.5 {
            continue;
        }
        let large = made(&head, &part, &tail, LARGE);
        if per_byte(name, &large) < usual * MOST {
            continue;
        }
        let times = timed(name, &large).0 / usual;
        if times > MOST {
            found += 1;
            writeln!(out, "{times:6.1} × {name} {head:?} {part:?} {tail:?}")?;
            out.flush()?;
        }
    }
    writeln!(out, "{tried} tried, {found} take more than {MOST} times as long as plain input")?;
    Ok(ExitCode::SUCCESS)
}

/// Nanoseconds a byte of one reading, on the clock.
fn per_byte(job: &str, input: &[u8]) -> f64 {
    let start = Instant::now();
    read(job, input);
    start.elapsed().as_secs_f64() * 1e9 / input.len().max(1) as f64
}

/// A part again and again, a § in it a number.
fn made(head: &str, part: &str, tail: &str, size: usize) -> Vec<u8> {
    let mut text = head.to_owned();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text += &part.replace('§', &number.to_string());
    }
    (text + tail).into_bytes()
}

/// What a job's inputs are put together of.
fn words(job: &str) -> Vec<String> {
    let own = match RECORDS.iter().find(|(name, _)| *name == job) {
        Some((_, own)) => own,
        None if matches!(job, "parse" | "extract" | "citations") => TEXTS,
        None => DOCUMENTS,
    };
    let own = own.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"')).map(plain);
    own.chain(PIECES.iter().map(|&piece| piece.to_owned())).collect()
}

/// A word of a dictionary of libFuzzer as it is meant.
fn plain(word: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = word.bytes();
    while let Some(byte) = rest.next() {
        let (first, second) = (byte, rest.clone().next());
        match (first, second) {
            (b'\\', Some(b'x')) => {
                let digits: Vec<u8> = rest.by_ref().skip(1).take(2).collect();
                let digits = String::from_utf8_lossy(&digits);
                bytes.push(u8::from_str_radix(&digits, 16).unwrap_or(b'?'));
            }
            (b'\\', Some(escaped)) => {
                bytes.push(escaped);
                rest.next();
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

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
