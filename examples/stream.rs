//! cargo run --example stream < citations.txt > works.ndjson
//!
//! A filter for files of any size: a citation a line in, a CSL-JSON item a line out, line n for
//! line n, an empty line giving `null`. Holds one line in memory. Keys are made for each work
//! alone and may meet: `citelift::key::assign` needs all works at once.

use std::error::Error;
use std::io::{BufRead, Read, Write};

/// The longest line that is still taken for a citation, in bytes.
const LONGEST: u64 = 1 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let mut input = std::io::stdin().lock();
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let mut line = String::new();
    for number in 1_u64.. {
        line.clear();
        let length = input.by_ref().take(LONGEST).read_line(&mut line)?;
        if length == 0 {
            break;
        }
        if !line.ends_with('\n') && u64::try_from(length)? == LONGEST {
            return Err(format!("line {number} is longer than {LONGEST} bytes").into());
        }
        if line.trim().is_empty() {
            writeln!(output, "null")?;
        } else {
            citelift::csl_json::ndjson::to_writer(&mut output, &[citelift::parse(&line)])?;
        }
    }
    output.flush()?;
    Ok(())
}
