//! cargo run --example doubtful -- data/police-cooperation.txt doubtful.txt > sure.json
//!
//! Sends the unsure tenth to a person: the works that are surest go to standard output as
//! CSL-JSON, the others to a file for somebody to look at, each with what is doubted of it.

use citelift::{Work, csl_json, key};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("give a text and the file for what is doubtful".into());
    };
    let mut works = citelift::extract(&std::fs::read_to_string(input)?).works;
    key::assign(&mut works);
    works.sort_by(|a, b| confidence(b).total_cmp(&confidence(a)));
    let doubtful = works.split_off(works.len() - works.len().div_ceil(10));

    let mut file = std::io::BufWriter::new(std::fs::File::create(output)?);
    for work in &doubtful {
        let Some(evidence) = &work.evidence else { continue };
        let key = work.id.as_deref().unwrap_or_default();
        writeln!(file, "{key} (right with {:.0} %)", evidence.confidence.get() * 100.0)?;
        writeln!(file, "  typed:  {}", evidence.source.lines().next().unwrap_or_default().trim())?;
        for field in evidence.fields.iter().filter(|field| field.confidence.get() < 0.9) {
            let name = field.field.as_str();
            for text in field.spans.iter().filter_map(|&span| evidence.text(span)) {
                writeln!(file, "  unsure: {name}: {text}")?;
            }
        }
        for doubt in &evidence.doubts {
            writeln!(file, "  doubt:  {}", doubt.message)?;
        }
    }
    file.flush()?;
    csl_json::to_writer(std::io::stdout().lock(), &works)?;
    Ok(())
}

/// How sure it is that a work is right in all its fields.
fn confidence(work: &Work) -> f32 {
    work.evidence.as_ref().map_or(0.0, |evidence| evidence.confidence.get())
}
