//! What is written and where: the outputs asked for, each with its format, and writing them.
//!
//! Takes the options of [`Export`]; called by `extract`, `parse` and `convert`, by `format` to
//! replace a file, and by `train` for its model. An output file appears whole or not at all
//! ([`sink`]).

mod place;
mod sink;

use crate::args::{Export, Order};
use crate::input::format_by_name;
use crate::render::Failure;
use citelift::Format;
use place::Place;
use std::io::Write;
use std::path::Path;

pub(crate) use sink::{Sink, finish, finish_all};

/// One export to write.
#[derive(Debug)]
pub(crate) struct Output {
    /// Its format.
    pub(crate) format: Format,
    /// Where its bytes go.
    pub(crate) sink: Sink,
}

/// The outputs that the options ask for, opened; files before standard output, which cannot be
/// taken back. All troubles that can be seen now are: nothing is written yet.
pub(crate) fn open(export: &Export, order: &Order) -> Result<Vec<Output>, Vec<Failure>> {
    if export.output.is_empty() {
        return match export.to.as_slice() {
            [] => Ok(vec![Output { format: Format::Bibtex, sink: Sink::standard() }]),
            [format] => Ok(vec![Output { format: *format, sink: Sink::standard() }]),
            _ => {
                Err(vec![Failure::usage("several formats for one output").help(
                    "name a file for each: --to biblatex -o works.bib --to ris -o works.ris",
                )])
            }
        };
    }
    let mut failures = Vec::new();
    let mut places: Vec<(&Path, Place)> = Vec::new();
    for path in &export.output {
        match Place::of(path) {
            Err(failure) => failures.push(failure),
            Ok(place) if places.iter().any(|(_, other)| *other == place) => {
                failures.push(Failure::usage(format!("{} is named twice with -o", path.display())));
            }
            Ok(place) => places.push((path, place)),
        }
    }
    if !failures.is_empty() {
        return Err(failures);
    }
    let mut places: Vec<_> = places.into_iter().zip(formats_asked_for(export, order)?).collect();
    places.sort_by_key(|((_, place), _)| !matches!(place, Place::File(_)));
    let mut outputs = Vec::new();
    for ((path, place), format) in places {
        match Sink::open(&path.display().to_string(), place) {
            Ok(sink) => outputs.push(Output { format, sink }),
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() { Ok(outputs) } else { Err(failures) }
}

/// The outputs that `extract` is asked for, opened: exports, and pages to review the works in.
pub(crate) fn open_with_pages(
    export: &Export,
    order: &Order,
) -> Result<(Vec<Output>, Vec<Sink>), Vec<Failure>> {
    let (pages, others): (Vec<_>, Vec<_>) = (export.output.iter().cloned())
        .zip(order.output.iter().copied().map(Some).chain(std::iter::repeat(None)))
        .partition(|(path, _)| is_page(path));
    let exports = Export {
        to: export.to.clone(),
        output: others.iter().map(|(path, _)| path.clone()).collect(),
        annotation: export.annotation,
    };
    let places = others.iter().filter_map(|(_, place)| *place).collect();
    let order = Order { to: order.to.clone(), output: places };
    let outputs = if exports.output.is_empty() && !pages.is_empty() {
        // A --to has nothing to be for.
        formats_asked_for(&exports, &order)?;
        Vec::new()
    } else {
        open(&exports, &order)?
    };
    let mut sinks: Vec<Sink> = Vec::new();
    let mut failures = Vec::new();
    for (path, _) in &pages {
        match file(path) {
            Ok(sink) if sinks.iter().any(|other| other.name() == sink.name()) => {
                failures.push(Failure::usage(format!("{} is named twice with -o", sink.name())));
            }
            Ok(sink) => sinks.push(sink),
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() { Ok((outputs, sinks)) } else { Err(failures) }
}

/// Whether an output is a page rather than an export.
fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["html", "htm"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// Every format once, though two outputs have it: a loss is said once.
pub(crate) fn formats(outputs: &[Output]) -> Vec<Format> {
    let mut formats: Vec<Format> = outputs.iter().map(|output| output.format).collect();
    formats.sort();
    formats.dedup();
    formats
}

/// The format of every `-o`.
///
/// A `--to` overrides one extension. Which one is plain with one output. With several it is one
/// whose extension is the format's own (`.bib` and biblatex) or no format's; of several such, the
/// nearest before the `--to`, or else the first behind it.
fn formats_asked_for(export: &Export, order: &Order) -> Result<Vec<Format>, Vec<Failure>> {
    let own: Vec<Option<Format>> = export.output.iter().map(|path| format_by_name(path)).collect();
    let mut formats: Vec<Option<Format>> = vec![None; own.len()];
    for (format, place) in export.to.iter().zip(&order.to) {
        let fits = |index: &usize| {
            formats[*index].is_none()
                && (own.len() == 1
                    || own[*index].is_none_or(|own| extension(own) == extension(*format)))
        };
        let (before, behind): (Vec<usize>, Vec<usize>) =
            (0..own.len()).filter(fits).partition(|index| order.output.get(*index) < Some(place));
        match before.last().or(behind.first()) {
            Some(index) => formats[*index] = Some(*format),
            None => {
                return Err(vec![
                    Failure::usage(format!("no output is left that --to {format} could be for"))
                        .help(format!("name one more with -o, ending in .{}", extension(*format))),
                ]);
            }
        }
    }
    let settled = formats.into_iter().zip(own).zip(&export.output);
    let (known, unknown): (Vec<_>, Vec<_>) = settled
        .map(|((asked, own), path)| {
            asked.or(own).or(Place::is_stream(path).then_some(Format::Bibtex)).ok_or(path)
        })
        .partition(Result::is_ok);
    if unknown.is_empty() {
        return Ok(known.into_iter().flatten().collect());
    }
    Err(unknown
        .into_iter()
        .filter_map(Result::err)
        .map(|path| {
            Failure::usage(format!("the name {} tells no format", path.display()))
                .help("add --to FORMAT, or end the name in .bib, .ris, .json or .ndjson")
        })
        .collect())
}

/// Opens one file to be written, whose name need not tell a format.
pub(crate) fn file(path: &Path) -> Result<Sink, Failure> {
    Sink::open(&path.display().to_string(), Place::of(path)?)
}

/// Puts a text, given in pieces, in the place of a file's.
pub(crate) fn replace(path: &Path, pieces: &[&str]) -> Result<(), Failure> {
    let name = path.display().to_string();
    let place = Place::of(path)?;
    if !matches!(place, Place::File(_)) {
        return Err(Failure::usage(format!("{name} is no file that can be replaced"))
            .help("name `-` to read standard input and write standard output"));
    }
    let mut sink = Sink::open(&name, place)?;
    for piece in pieces {
        sink.write_all(piece.as_bytes()).map_err(|error| Failure::writing(&name, &error))?;
    }
    sink.persist()
}

/// The extension that a format's files have; `json` for both kinds of JSON, since either is found
/// in such files.
fn extension(format: Format) -> &'static str {
    match format {
        Format::Bibtex | Format::Biblatex => "bib",
        Format::CslJson | Format::Ndjson => "json",
        other => other.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Arguments, Command, order_of_outputs};
    use Format::{Biblatex, Bibtex, CslJson, Ndjson, Ris};
    use clap::{CommandFactory, FromArgMatches};

    fn settle(line: &str) -> Option<Vec<Format>> {
        let line = format!("citelift extract {line}");
        let matches = Arguments::command().try_get_matches_from(line.split(' ')).unwrap();
        let Command::Extract(extract) = Arguments::from_arg_matches(&matches).unwrap().command
        else {
            panic!("not extract")
        };
        formats_asked_for(&extract.export, &order_of_outputs(&matches)).ok()
    }

    #[test]
    fn extensions_tell_and_to_overrides_for_one() {
        for (line, expected) in [
            ("-o a.bib -o a.ris -o a.json -o a.NDJSON", vec![Bibtex, Ris, CslJson, Ndjson]),
            ("-o a.bib --to biblatex", vec![Biblatex]),
            ("-o a.bib --to ris", vec![Ris]),
            ("--to biblatex -o a.bib -o a.ris", vec![Biblatex, Ris]),
            ("-o a.bib -o a.ris --to biblatex", vec![Biblatex, Ris]),
            ("-o a.bib --to biblatex -o b.bib", vec![Biblatex, Bibtex]),
            ("-o a.bib -o b.bib --to biblatex", vec![Bibtex, Biblatex]),
            ("-o a.bib -o b.txt --to ris", vec![Bibtex, Ris]),
            ("-o a.json -o - --to ndjson -o b.bib", vec![CslJson, Ndjson, Bibtex]),
            ("-o a --to ris -o b --to bibtex", vec![Ris, Bibtex]),
            ("-o -", vec![Bibtex]),
            ("-o /dev/stdout -o a.ris", vec![Bibtex, Ris]),
        ] {
            assert_eq!(settle(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_tells_no_format_is_refused() {
        for line in
            ["-o a.txt", "-o a", "-o a.bib -o a.ris --to csl-json", "-o a.ris --to ris --to ris"]
        {
            assert_eq!(settle(line), None, "{line}");
        }
    }
}
