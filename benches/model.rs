//! `cargo bench --features train --bench model`: the model: reading its file, labelling the
//! sample's citations, a pass of training over labelled references.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "figures are printed")]

use citelift::train::{Labelled, Trainer};
use citelift::{Model, Parser};
use divan::{Bencher, black_box, counter::ItemsCount};

const MODEL: &[u8] = include_bytes!("../data/citelift.model");
const LABELLED: &str = include_str!("../tests/labelled/styles.txt");

fn main() {
    println!("the model's file has {} bytes", MODEL.len());
    divan::main();
}

#[divan::bench]
fn reading_its_file() -> Option<Model> {
    Model::from_bytes(black_box(MODEL)).ok()
}

/// Text to work, over references of many styles and languages.
#[divan::bench]
fn references_of_many_styles(bencher: Bencher<'_, '_>) {
    let texts: Vec<String> =
        Labelled::read(LABELLED).unwrap_or_default().iter().map(Labelled::text).collect();
    let parser = Parser::new();
    bencher
        .counter(ItemsCount::new(texts.len()))
        .bench(|| texts.iter().map(|text| parser.parse(black_box(text))).collect::<Vec<_>>());
}

/// What a user waits for: ten passes over references of one's own.
#[divan::bench(sample_count = 10)]
fn training_with_references_of_ones_own(bencher: Bencher<'_, '_>) {
    let references = Labelled::read(LABELLED).unwrap_or_default();
    bencher.counter(ItemsCount::new(references.len())).bench(|| {
        let mut trainer = Trainer::starting_from(&Model::shipped());
        trainer.add(references.clone());
        trainer.train(&mut |_| {})
    });
}
