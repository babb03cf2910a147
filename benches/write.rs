//! `cargo bench --bench write`: each format, and cite keys, over the sample's works.

use citelift::{Format, Work, key};
use divan::{AllocProfiler, Bencher, black_box, counter::ItemsCount};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const SAMPLE: &str = include_str!("../data/police-cooperation.txt");

fn main() {
    divan::main();
}

fn works() -> Vec<Work> {
    citelift::extract(SAMPLE).works
}

#[divan::bench(args = Format::ALL)]
fn format(bencher: Bencher<'_, '_>, format: Format) {
    let mut works = works();
    key::assign(&mut works);
    bencher.counter(ItemsCount::new(works.len())).bench(|| {
        let mut bytes = Vec::new();
        format.write(black_box(&works), &mut bytes).map(|()| bytes)
    });
}

#[divan::bench(args = Format::ALL)]
fn losses(bencher: Bencher<'_, '_>, format: Format) {
    let works = works();
    bencher.counter(ItemsCount::new(works.len())).bench(|| format.losses(black_box(&works)));
}

#[divan::bench(args = [1, 100])]
fn keys(bencher: Bencher<'_, '_>, times: usize) {
    let works = works();
    let works: Vec<Work> = works.iter().cycle().take(works.len() * times).cloned().collect();
    bencher
        .counter(ItemsCount::new(works.len()))
        .with_inputs(|| works.clone())
        .bench_refs(|works| key::assign(works));
}
