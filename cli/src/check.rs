//! `citelift check`: files of records in, everything that is wrong with them out.
//!
//! Standard output stays empty. A file that cannot be read does not keep the others from being
//! checked.

use crate::args::{Check, Denied};
use crate::records::{self, Records};
use crate::render::{Failure, Reporter};
use crate::seen::Trouble;
use crate::source::Source;

/// Runs the command.
pub(crate) fn run(arguments: &Check, reporter: &mut Reporter) -> Result<(), Vec<Failure>> {
    if arguments.deny.contains(&Denied::Warnings) {
        reporter.deny_warnings();
    }
    let (paths, mut failures) = records::named(&arguments.files, reporter);
    let mut records = 0;
    let mut files = 0;
    let trouble = Trouble::default();
    for path in &paths {
        match Records::open(path, arguments.from, &trouble, reporter)
            .and_then(|file| check(file, &mut records, reporter))
        {
            Ok(()) => files += 1,
            Err(failure) => failures.push(failure),
        }
    }
    reporter.close(files, records);
    failures.extend(trouble.failure());
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}

/// Says all about one file, and counts its records.
fn check(file: Records, records: &mut usize, reporter: &mut Reporter) -> Result<(), Failure> {
    let Records { name, reader } = file;
    for record in reader {
        let record = record.map_err(|error| Failure::reading(&name, &error))?;
        reporter.say_all(&Source::record(&name, &record), &record.diagnostics);
        *records += usize::from(record.work.is_some());
    }
    Ok(())
}
