//! cargo run --example keys -- data/police-cooperation.txt
//!
//! Cite keys as a list: readable, unique, and the same in any order of the works. With a number
//! behind the file, keys carry so many words of the title.

use citelift::key;
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let input = arguments.next().ok_or("give a text")?;
    let words = arguments.next().map_or(Ok(1), |number| number.parse())?;

    let mut works = citelift::extract(&std::fs::read_to_string(input)?).works;
    key::assign_with(&mut works, &key::Options::default().title_words(words));

    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for work in &works {
        let (key, title) = (work.id.as_deref(), work.title.as_deref());
        writeln!(output, "{}\t{}", key.unwrap_or_default(), title.unwrap_or_default())?;
    }
    output.flush()?;
    Ok(())
}
