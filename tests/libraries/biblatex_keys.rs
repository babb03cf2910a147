//! cargo run --example biblatex-keys -- FILE.bib
//!
//! Prints the keys of the entries that the `biblatex` crate finds in a file, as JSON; a text where
//! it refuses the file. Called by `readers.py`, once for every file: a circle of `crossref`s ends
//! the crate's process.

use biblatex::Bibliography;
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give a .bib file")?;
    let bytes = std::fs::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    let found = match Bibliography::parse(&text) {
        Ok(bibliography) => {
            let keys: Vec<&str> = bibliography.iter().map(|entry| entry.key.as_str()).collect();
            serde_json::to_string(&keys)?
        }
        Err(error) => {
            let line = text.get(..error.span.start).map_or(0, |before| before.lines().count());
            serde_json::to_string(&format!("{} (line {line})", error.kind))?
        }
    };
    writeln!(std::io::stdout(), "{found}")?;
    Ok(())
}
