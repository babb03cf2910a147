//! Trains the model that the library ships, from the list in `data/training.tsv`.
//!
//! `data/train` unpacks what is needed and runs it. Arguments: the list, the folder that paths
//! of the list beginning with `shared/` are in, the model's file, and labelled files to measure
//! the model with after training.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "figures are printed")]

use citelift::train::{Agreement, Labelled, Source, Trainer};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [list, shared, output, measured @ ..] = arguments.as_slice() else {
        return Err("usage: train LIST SHARED MODEL [LABELLED]…".into());
    };
    let number = |name: &str, default: u64| -> u64 {
        std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
    };
    let mut trainer = Trainer::from_nothing(number("CITELIFT_SEED", 20_261_125));
    trainer.passes(number("CITELIFT_PASSES", 24) as usize);
    for line in std::fs::read_to_string(list)?.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [kind, path, times, swaps, name, licence, from] = fields[..] else {
            return Err(format!("not seven fields: {line}").into());
        };
        let path = path.strip_prefix("shared/").map_or(path.into(), |p| Path::new(shared).join(p));
        let text =
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let times: f32 = times.parse()?;
        let source = match kind {
            "recipe" => Source::of_recipe(name, &text, times as usize),
            _ => Source::of_references(name, Labelled::read(&text)?).times(times),
        };
        trainer.add_source(source.swaps(swaps.parse()?).licence(licence, from));
    }
    let start = std::time::Instant::now();
    let model = trainer.train(&mut |progress| {
        eprintln!(
            "pass {} of {}: loss {:.4} of {} references, {:.0} s",
            progress.pass,
            progress.passes,
            progress.loss,
            progress.references,
            start.elapsed().as_secs_f32()
        );
    });
    let bytes = model.to_bytes();
    std::fs::write(output, &bytes)?;
    eprintln!("{output}: {} bytes", bytes.len());
    let mut sums = [0.0; 3];
    for path in measured {
        let gold = Labelled::read(&std::fs::read_to_string(path)?)?;
        let agreement = Agreement::of(&model, &gold);
        // the same where the document tells italics and links
        let set: Vec<_> = gold.iter().zip(0..).map(|(one, seed)| one.set(seed)).collect();
        let set = Agreement::of(&model, &set);
        let share = |(right, all): (usize, usize)| 100.0 * right as f32 / all.max(1) as f32;
        let (words, whole) = (share(agreement.words()), share(agreement.references()));
        let marked = share(set.references());
        sums = [sums[0] + words, sums[1] + whole, sums[2] + marked];
        println!(
            "{words:6.2} % of words, {whole:6.2} % of {:5} references, {marked:6.2} % of them set \
             in italics: {path}",
            gold.len()
        );
    }
    let count = measured.len().max(1) as f32;
    println!(
        "{:6.2} % of words, {:6.2} % of references: mean; {:6.2} % set in italics",
        sums[0] / count,
        sums[1] / count,
        sums[2] / count
    );
    Ok(())
}
