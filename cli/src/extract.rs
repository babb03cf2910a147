//! `citelift extract`: documents in, one export or several out.
//!
//! Everything is read and understood, and every doubt and loss said, before anything is written.

use crate::args::{Extract, Order};
use crate::input::{self, Input};
use crate::model;
use crate::output::{self, Output};
use crate::render::{Failure, Reporter};
use crate::source::Source;
use citelift::{Extractor, WriteOptions};
use std::ops::Range;

/// Runs the command.
pub(crate) fn run(
    arguments: &Extract,
    order: &Order,
    reporter: &mut Reporter,
) -> Result<(), Vec<Failure>> {
    let parser = model::parser(arguments.model.as_deref()).map_err(|failure| vec![failure])?;
    let mut outputs = output::open(&arguments.export, order)?;
    let reads_standard =
        arguments.files.is_empty() || arguments.files.iter().any(|path| input::is_standard(path));
    if reads_standard && input::is_typed() {
        reporter.hint("reading a document from the terminal; Ctrl-D ends it");
    }
    let inputs = input::documents(&arguments.files)?;

    let extractor = Extractor::new().parser(parser);
    let mut works = Vec::new();
    let mut origins: Vec<(Source<'_>, Range<usize>)> = Vec::new();
    for Input { name, document } in &inputs {
        let source = Source::document(name, document.text());
        let bibliography = extractor.extract(document);
        reporter.say_all(&source, &bibliography.diagnostics);
        let first = works.len();
        works.extend(bibliography.works);
        origins.push((source, first..works.len()));
    }

    let options = WriteOptions::default().annotation(arguments.export.annotation);
    for format in output::formats(&outputs) {
        for (source, range) in &origins {
            reporter.say_all(source, &format.losses_with(&works[range.clone()], &options));
        }
    }
    reporter.flush();

    for Output { format, sink } in &mut outputs {
        if let Err(error) = format.write_with(&works, sink, &options) {
            return Err(vec![Failure::writing(sink.name(), &error)]);
        }
    }
    output::finish(outputs)
}
