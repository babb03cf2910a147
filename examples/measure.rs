//! How good, how fast and how honest: files of references whose fields are known are read, and
//! figures printed: F1 and the share wholly right, references a second, and, of the values and
//! works stated at each confidence, the share that is right.
//!
//! Arguments: files of JSON lines with `id`, `text`, `gold`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "figures are printed")]

use citelift::evaluate::{Evaluation, FIELDS, Gold, Options};
use std::collections::{BTreeMap, HashSet};

/// Where the rows of the table of confidences begin.
const ROWS: [f32; 9] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];

/// Values and works: what was stated of them, and whether it was right.
#[derive(Default)]
struct Stated {
    values: Vec<(f32, bool)>,
    works: Vec<(f32, bool)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut stated = Stated::default();
    println!("| set | references | F1 | wholly right | a second |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for path in std::env::args().skip(1) {
        let golds = Gold::from_json_lines(&std::fs::read_to_string(&path)?)?;
        let start = std::time::Instant::now();
        let works: Vec<_> = golds.iter().map(|gold| citelift::parse(&gold.text)).collect();
        let rate = golds.len() as f64 / start.elapsed().as_secs_f64();
        let mut all = Evaluation::new(Options::default());
        for (gold, work) in golds.iter().zip(&works) {
            let item = serde_json::to_value(work)?;
            all.add(gold, &item);
            let mut one = Evaluation::new(Options::default());
            one.add(gold, &item);
            let wrong: HashSet<&str> =
                one.faults().iter().flat_map(|f| &f.wrong).map(|wrong| wrong.field).collect();
            stated.add(gold, work, &wrong);
        }
        let (right, count) = all.whole();
        let name = std::path::Path::new(&path).file_stem().unwrap_or_default().to_string_lossy();
        println!(
            "| {name} | {count} | {:.1} | {:.1} | {rate:.0} |",
            100.0 * all.micro().f1(),
            100.0 * right as f64 / count.max(1) as f64
        );
    }
    stated.print();
    Ok(())
}

impl Stated {
    fn add(&mut self, gold: &Gold, work: &citelift::Work, wrong: &HashSet<&str>) {
        let Some(evidence) = &work.evidence else { return };
        let counted = |name: &&str| {
            FIELDS.contains(name)
                && gold.fields.as_ref().is_none_or(|known| known.iter().any(|f| f == name))
        };
        let mut fields: BTreeMap<&str, f32> = BTreeMap::new();
        for value in &evidence.fields {
            let name = value.field.as_str();
            if counted(&name) {
                let least = fields.entry(name).or_insert(1.0);
                *least = least.min(value.confidence.get());
            }
        }
        self.values.extend(fields.into_iter().map(|(name, sure)| (sure, !wrong.contains(name))));
        self.works.push((evidence.confidence.get(), wrong.is_empty()));
    }

    fn print(mut self) {
        println!("\n| stated | values | stated on average | right | works | right |");
        println!("| --- | ---: | ---: | ---: | ---: | ---: |");
        for (row, &from) in ROWS.iter().enumerate() {
            let to = ROWS.get(row + 1).copied().unwrap_or(f32::INFINITY);
            let inside = |all: &[(f32, bool)]| {
                let found: Vec<_> =
                    all.iter().filter(|(sure, _)| (from..to).contains(sure)).copied().collect();
                let count = found.len().max(1) as f32;
                let sure = found.iter().map(|(sure, _)| sure).sum::<f32>() / count;
                let right = found.iter().filter(|(_, right)| *right).count() as f32 / count;
                (found.len(), sure, right)
            };
            let (values, sure, right) = inside(&self.values);
            let (works, _, whole) = inside(&self.works);
            println!("| {from}– | {values} | {sure:.2} | {right:.2} | {works} | {whole:.2} |");
        }
        self.works.sort_by(|a, b| a.0.total_cmp(&b.0));
        let faulty = |works: &[(f32, bool)]| works.iter().filter(|(_, right)| !right).count();
        let tenth = self.works.len() / 10;
        println!(
            "\nThe least sure tenth of the works ({tenth}) holds {} of the {} that have a fault; the \
             least sure fifth {}.",
            faulty(&self.works[..tenth]),
            faulty(&self.works),
            faulty(&self.works[..2 * tenth]),
        );
    }
}
