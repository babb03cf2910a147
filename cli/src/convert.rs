//! `citelift convert`: files of records in, one export or several out.
//!
//! A record is read, written and forgotten: a library of any size runs through. Only where
//! duplicates are looked for, all are held.

use crate::args::{Convert, Duplicates, Order};
use crate::duplicates;
use crate::input;
use crate::output::{self, Output, Sink};
use crate::records::{self, Records};
use crate::render::{Failure, Reporter};
use crate::seen::{OnDisk, Trouble};
use crate::source::Source;
use citelift::{Code, Format, Record, Span, Work, WriteOptions, Writer};
use std::rc::Rc;

/// Runs the command.
pub(crate) fn run(
    arguments: &Convert,
    order: &Order,
    reporter: &mut Reporter,
) -> Result<(), Vec<Failure>> {
    let outputs = output::open(&arguments.export, order)?;
    let (paths, failures) = records::named(&arguments.files, reporter);
    if !failures.is_empty() {
        return Err(failures);
    }
    reporter.shorten_repetitions();
    let trouble = Trouble::default();
    let mut exports = Exports::of(outputs, arguments, &trouble);
    let size = paths.iter().map(|path| input::size(path)).sum();
    let bar = reporter.begin(size, "bytes");
    let mut held = Vec::new();
    for path in &paths {
        let mut read = 0;
        let Records { name, reader } = Records::open(path, arguments.from, &trouble, reporter)
            .map_err(|failure| vec![failure])?;
        let name: Rc<str> = name.into();
        for record in reader {
            let mut record = record.map_err(|error| vec![Failure::reading(&name, &error)])?;
            let source = Source::record(&name, &record);
            bar.add(record.span.end.saturating_sub(read) as u64);
            read = record.span.end.max(read);
            // A key that comes again is told once: by the writer, which changes it.
            let (repeated, said): (Vec<_>, Vec<_>) =
                record.diagnostics.iter().partition(|it| it.code == Code::RecordKeyRepeated);
            reporter.say_all(&source, said);
            let key = repeated.first().and_then(|it| it.span);
            match &record.work {
                Some(_) if arguments.duplicates != Duplicates::Keep => {
                    if let Some(work) = record.work.take() {
                        held.push((work, Held { name: name.clone(), record, key }));
                    }
                }
                Some(work) => exports.write(work, key, &source, reporter)?,
                None => reporter.say_all(&source, repeated),
            }
            if exports.nobody_reads() {
                break;
            }
        }
    }
    reporter.end();
    let (works, held): (Vec<Work>, Vec<Held>) = held.into_iter().unzip();
    let sources: Vec<Source<'_>> =
        held.iter().map(|held| Source::record(&held.name, &held.record)).collect();
    let settled = duplicates::settle(works, arguments.duplicates, |at| sources.get(at), reporter);
    for (at, work) in &settled {
        exports.write(work, held[*at].key, &sources[*at], reporter)?;
    }
    reporter.say_repetitions();
    reporter.flush();
    match trouble.failure() {
        Some(failure) => Err(vec![failure]),
        None => exports.finish(),
    }
}

/// A record whose work waits for the others.
struct Held {
    name: Rc<str>,
    record: Record,
    /// Where a key stands that another record has already.
    key: Option<Span>,
}

/// What is written, one export for every output.
struct Exports(Vec<Export>);

struct Export {
    format: Format,
    writer: Writer<Sink>,
    /// Whether an export before has the same format, and has said the same losses.
    is_second: bool,
}

impl Exports {
    fn of(outputs: Vec<Output>, arguments: &Convert, trouble: &Trouble) -> Self {
        let options = WriteOptions::default().annotation(arguments.export.annotation);
        let mut exports: Vec<Export> = Vec::new();
        for Output { format, sink } in outputs {
            let is_second = exports.iter().any(|export| export.format == format);
            let writer = format.writer(sink, options.clone());
            let writer = writer.remember_keys_in(OnDisk::new(trouble));
            exports.push(Export { format, writer, is_second });
        }
        Self(exports)
    }

    /// `key` is where a key stands that the writers change, if that is known.
    fn write(
        &mut self,
        work: &Work,
        key: Option<Span>,
        source: &Source<'_>,
        reporter: &mut Reporter,
    ) -> Result<(), Vec<Failure>> {
        // That another work has the key is so in every format.
        let mut keys: Vec<String> = Vec::new();
        for Export { writer, is_second, .. } in &mut self.0 {
            let mut losses = writer
                .write(work)
                .map_err(|error| vec![Failure::writing(writer.get_ref().name(), &error)])?;
            if *is_second {
                continue;
            }
            losses.retain_mut(|loss| {
                if loss.code != Code::OutputKeyChanged {
                    return true;
                }
                loss.span = loss.span.or(key);
                let is_news = !keys.contains(&loss.message);
                keys.push(loss.message.clone());
                is_news
            });
            reporter.say_all(source, &losses);
        }
        Ok(())
    }

    fn nobody_reads(&self) -> bool {
        self.0.iter().all(|export| export.writer.get_ref().is_closed())
    }

    fn finish(self) -> Result<(), Vec<Failure>> {
        let mut outputs = Vec::new();
        for Export { format, writer, .. } in self.0 {
            let name = writer.get_ref().name().to_owned();
            let sink = writer.finish().map_err(|error| vec![Failure::writing(&name, &error)])?;
            outputs.push(Output { format, sink });
        }
        output::finish(outputs)
    }
}
