//! cargo run --example paste -- "Roe, J. (2010). Harbour watch. Port Studies, 15(2): 61-70."
//!
//! One citation, pasted from anywhere, as BibTeX on standard output. Without an argument the
//! citation is read from standard input.

use std::error::Error;
use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let mut citation = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
    if citation.is_empty() {
        std::io::stdin().read_to_string(&mut citation)?;
    }
    let work = citelift::parse(&citation);
    // What could not be settled is told, but not in the way of the data.
    for doubt in work.evidence.iter().flat_map(|evidence| &evidence.doubts) {
        writeln!(std::io::stderr(), "{}: {}", doubt.code, doubt.message)?;
    }
    citelift::bibtex::to_writer(std::io::stdout(), &[work])?;
    Ok(())
}
