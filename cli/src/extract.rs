//! `citelift extract`: documents in, exports and pages to review them out.
//!
//! Everything is read and understood, and every doubt and loss said, before anything is written.
//! Corrections are put in as soon as a document is read, so that all that follows is of the works
//! as they should be.

use crate::args::{Extract, Order};
use crate::citations;
use crate::corrections::{self, Applied, Sheet, Status};
use crate::duplicates;
use crate::input::{self, Input};
use crate::jobs;
use crate::model;
use crate::output::{self, Output};
use crate::render::{Failure, Reporter};
use crate::review;
use crate::source::Source;
use citelift::{Bibliography, Extractor, Work, WriteOptions};
use rayon::prelude::*;
use std::ops::Range;
use std::path::PathBuf;

/// Runs the command.
pub(crate) fn run(
    arguments: &Extract,
    order: &Order,
    reporter: &mut Reporter,
) -> Result<(), Vec<Failure>> {
    let parser = model::parser(arguments.model.as_deref()).map_err(|failure| vec![failure])?;
    if let Some(form) = arguments.citations {
        return citations::run(arguments, form, &Extractor::new().parser(parser), reporter);
    }
    let reads_standard = |paths: &[PathBuf]| paths.iter().any(|path| input::is_standard(path));
    let document = arguments.files.is_empty() || reads_standard(&arguments.files);
    if document && reads_standard(&arguments.corrections) {
        return Err(vec![input::standard_input_twice()]);
    }
    let corrections = corrections::read(&arguments.corrections)?;
    let (mut outputs, mut pages) = output::open_with_pages(&arguments.export, order)?;
    let extractor = Extractor::new().parser(parser);
    let (inputs, bibliographies) = documents(arguments, &extractor, reporter)?;
    let mut corrections = Applied::new(corrections, &inputs);
    let mut works = Vec::new();
    let mut reviewed: Vec<Vec<Sheet>> = Vec::new();
    let mut origins: Vec<(Source<'_>, Range<usize>)> = Vec::new();
    for (number, (Input { name, document }, mut bibliography)) in
        inputs.iter().zip(bibliographies).enumerate()
    {
        let source = Source::document(name, document.text());
        let sheets = corrections.put_to(number, document.text(), &mut bibliography);
        reporter.say_all(&source, &bibliography.diagnostics);
        let first = works.len();
        let kept = sheets.iter().filter(|sheet| sheet.status != Some(Status::Removed));
        works.extend(kept.map(|sheet| sheet.work.clone()));
        origins.push((source, first..works.len()));
        reviewed.push(sheets);
    }
    for notice in corrections.strayed() {
        reporter.notify(&notice);
    }
    let source =
        |at: usize| origins.iter().find(|(_, range)| range.contains(&at)).map(|(source, _)| source);
    let kept = duplicates::settle(works, arguments.duplicates, source, reporter);
    for (_, range) in &mut origins {
        let place = |end: usize| kept.partition_point(|(at, _)| *at < end);
        *range = place(range.start)..place(range.end);
    }
    keep(&mut reviewed, &kept);
    let works: Vec<Work> = kept.into_iter().map(|(_, work)| work).collect();
    reporter.take_count(&works);

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
    if !pages.is_empty() {
        review::write(&mut pages, works, &mut reviewed, &inputs, &options)?;
    }
    output::finish_all(outputs.into_iter().map(|output| output.sink).chain(pages))?;
    reporter.summarise();
    Ok(())
}

/// Leaves in the pages what is left of the works once duplicates are settled; each has its index
/// among those that were there before.
fn keep(reviewed: &mut [Vec<Sheet>], kept: &[(usize, Work)]) {
    let mut works = 0;
    for sheets in reviewed {
        sheets.retain_mut(|sheet| {
            if sheet.status == Some(Status::Removed) {
                return true;
            }
            let place = kept.binary_search_by_key(&works, |(at, _)| *at);
            works += 1;
            let work = place.ok().and_then(|place| kept.get(place));
            if let Some((_, work)) = work {
                sheet.work.clone_from(work);
            }
            work.is_some()
        });
    }
}

/// The documents that are named, and what they list.
pub(crate) fn documents(
    arguments: &Extract,
    extractor: &Extractor,
    reporter: &mut Reporter,
) -> Result<(Vec<Input>, Vec<Bibliography>), Vec<Failure>> {
    let reads_standard =
        arguments.files.is_empty() || arguments.files.iter().any(|path| input::is_standard(path));
    if reads_standard && input::is_typed() {
        reporter.hint("reading a document from the terminal; Ctrl-D ends it");
    }
    let paths = input::named(&arguments.files).map_err(|failure| vec![failure])?;
    jobs::set(arguments.jobs).map_err(|failure| vec![failure])?;
    let read = read(&paths, extractor, reporter)?;
    reporter.end();
    Ok(read.into_iter().unzip())
}

/// Reads the documents and what they list, in their order. All are tried, so that one run names
/// all that cannot be read.
fn read(
    paths: &[PathBuf],
    extractor: &Extractor,
    reporter: &mut Reporter,
) -> Result<Vec<(Input, Bibliography)>, Vec<Failure>> {
    let bar = reporter.begin(Some(paths.len() as u64), "documents");
    let read: Vec<_> = paths
        .par_iter()
        .map(|path| {
            let input = input::document(path)?;
            let bibliography = extractor.extract(&input.document);
            bar.add(1);
            Ok((input, bibliography))
        })
        .collect();
    let (mut inputs, mut failures) = (Vec::new(), Vec::new());
    for one in read {
        match one {
            Ok(input) => inputs.push(input),
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() { Ok(inputs) } else { Err(failures) }
}
