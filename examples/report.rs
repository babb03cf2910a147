//! cargo run --example report -- data/police-cooperation.txt works
//!
//! A document to three files: works.bib, works.ris, works.json. What a format cannot hold is
//! told before it is written.

use citelift::{Document, Extractor, Format, key};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("give a document and the name of the files to write, without extension".into());
    };
    let document = Document::from_slice(&std::fs::read(&input)?, Some(&input))?;
    let mut bibliography = Extractor::new().extract(&document);
    key::assign(&mut bibliography.works);

    let mut messages = std::io::stderr();
    for format in [Format::Bibtex, Format::Ris, Format::CslJson] {
        for loss in format.losses(&bibliography.works) {
            writeln!(messages, "{format}: {}", loss.message)?;
        }
    }
    for (format, extension) in
        [(Format::Bibtex, "bib"), (Format::Ris, "ris"), (Format::CslJson, "json")]
    {
        let path = format!("{output}.{extension}");
        format.write(&bibliography.works, &mut std::fs::File::create(&path)?)?;
        writeln!(messages, "{path}: {} works", bibliography.works.len())?;
    }
    Ok(())
}
