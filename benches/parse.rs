//! `cargo bench --bench parse`: single citations, one by one and all of the sample.

use divan::{AllocProfiler, Bencher, black_box, counter::BytesCount, counter::ItemsCount};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const SAMPLE: &str = include_str!("../data/police-cooperation.txt");

fn main() {
    divan::main();
}

/// The sample's lines that hold a year in parentheses: its citations.
fn citations() -> Vec<&'static str> {
    SAMPLE.lines().filter(|line| line.contains(" (20") && !line.starts_with('·')).collect()
}

#[divan::bench]
fn citations_of_the_sample(bencher: Bencher<'_, '_>) {
    let citations = citations();
    bencher
        .counter(ItemsCount::new(citations.len()))
        .counter(BytesCount::new(citations.iter().map(|line| line.len()).sum::<usize>()))
        .bench(|| {
            citations.iter().map(|line| citelift::parse(black_box(line))).collect::<Vec<_>>()
        });
}

#[divan::bench(args = ["shortest", "longest"])]
fn one_citation(bencher: Bencher<'_, '_>, which: &str) {
    let citations = citations();
    let length = |line: &&&str| line.len();
    let line = match which {
        "shortest" => citations.iter().min_by_key(length),
        _ => citations.iter().max_by_key(length),
    };
    let line = line.copied().unwrap_or_default();
    bencher.counter(BytesCount::of_str(line)).bench(|| citelift::parse(black_box(line)));
}
