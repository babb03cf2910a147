//! `cargo run --example convert -- works.json bibtex > works.bib`
//!
//! Reads CSL-JSON and writes it in the format named; says what that format cannot hold.

use citelift::{Format, Work};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(format)) = (arguments.next(), arguments.next()) else {
        return Err("usage: convert FILE.json FORMAT".into());
    };
    let format = Format::from_name(&format).ok_or("no such format")?;
    let works: Vec<Work> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    for loss in format.losses(&works) {
        writeln!(std::io::stderr(), "{}: {}", loss.code, loss.message)?;
    }
    format.write(&works, &mut std::io::stdout().lock())?;
    Ok(())
}
