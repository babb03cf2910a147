//! `cargo bench --bench extract`: the sample, once and many times over.

use divan::{AllocProfiler, Bencher, black_box, counter::BytesCount};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const SAMPLE: &str = include_str!("../data/police-cooperation.txt");

fn main() {
    divan::main();
}

#[divan::bench(args = [1, 10, 100])]
fn sample(bencher: Bencher<'_, '_>, times: usize) {
    let text = SAMPLE.repeat(times);
    bencher.counter(BytesCount::of_str(&text)).bench(|| citelift::extract(black_box(&text)));
}
