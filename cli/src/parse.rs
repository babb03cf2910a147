//! `citelift parse`: citations in, one an argument or one a line, works out.
//!
//! NDJSON runs through line for line in bounded memory, and line n of the output belongs to line
//! n of the input. The other formats are written at the end: their cite keys depend on one
//! another, and so do those of an NDJSON that is written beside them.
//!
//! While some lines are read by all threads, one of these hands out what was made of the lines
//! before: else the others would wait for it.

use crate::args::{Order, Parse};
use crate::distinct::Distinct;
use crate::explain::Explain;
use crate::input::{self, Lines, STANDARD_INPUT};
use crate::jobs;
use crate::model;
use crate::output::{self, Output};
use crate::render::{Failure, Reporter};
use crate::source::Source;
use citelift::{
    Code, Diagnostic, Document, Format, ListParser, Parser, Severity, Span, Work, WriteOptions,
};
use rayon::prelude::*;
use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

/// Runs the command.
pub(crate) fn run(
    arguments: &Parse,
    order: &Order,
    reporter: &mut Reporter,
) -> Result<(), Vec<Failure>> {
    let parser = model::parser(arguments.model.as_deref()).map_err(|failure| vec![failure])?;
    jobs::set(arguments.jobs).map_err(|failure| vec![failure])?;
    let explain = arguments.explain.then(Explain::to_standard_output);
    let outputs = match explain {
        Some(_) => Vec::new(),
        None => output::open(&arguments.export, order)?,
    };
    let options = WriteOptions::default().annotation(arguments.export.annotation);
    let mut run = Run::new((parser, explain), outputs, options, reporter);
    run.list = arguments.in_order.then(|| run.parser.list());
    match arguments.citations.as_slice() {
        [] => run.standard_input()?,
        [only] if only == "-" => run.standard_input()?,
        citations => run.arguments(citations)?,
    }
    run.finish()
}

/// A run of the command.
struct Run<'a> {
    parser: Parser,
    /// Where every citation is explained instead of exported.
    explain: Option<Explain>,
    outputs: Vec<Output>,
    formats: Vec<Format>,
    options: WriteOptions,
    reporter: &'a mut Reporter,
    /// Remembers the citations before, where they are one list.
    list: Option<ListParser>,
    /// Told apart as they come, where all outputs are NDJSON.
    distinct: Option<Distinct>,
    /// Held until the end, where not; `None` for an empty line.
    held: Vec<Option<Work>>,
    /// Lines that are read, and not handed out.
    read: Vec<Line>,
    /// How many lines were handed out.
    lines: usize,
}

/// A line, and what was made of it.
struct Line {
    text: String,
    /// What is doubted of it before it is a citation.
    doubts: Vec<Diagnostic>,
    /// `None` for an empty line, and where all lines are one list and wait for those before.
    work: Option<Work>,
    /// What the outputs cannot hold of the work.
    losses: Vec<Diagnostic>,
}

impl<'a> Run<'a> {
    fn new(
        (parser, explain): (Parser, Option<Explain>),
        outputs: Vec<Output>,
        options: WriteOptions,
        reporter: &'a mut Reporter,
    ) -> Self {
        let formats = output::formats(&outputs);
        let distinct = (formats == [Format::Ndjson]).then(Distinct::new);
        Self {
            parser,
            explain,
            outputs,
            formats,
            options,
            reporter,
            list: None,
            distinct,
            held: Vec::new(),
            read: Vec::new(),
            lines: 0,
        }
    }

    fn arguments(&mut self, citations: &[String]) -> Result<(), Vec<Failure>> {
        for (index, citation) in citations.iter().enumerate() {
            let name = format!("<citation {}>", index + 1);
            let source = Source::document(&name, citation);
            if Path::new(citation).is_file() {
                let doubt = Diagnostic::new(
                    Code::CitationNotUnderstood,
                    None,
                    format!("`{citation}` is the name of a file"),
                )
                .assumed("it was read as a citation")
                .help(format!("to parse the lines of the file: citelift parse < {citation}"));
                self.reporter.say(&source, &doubt);
            }
            self.reporter.say_all(&source, &controls(citation));
            self.citation(&source)?;
        }
        Ok(())
    }

    fn standard_input(&mut self) -> Result<(), Vec<Failure>> {
        if input::is_typed() {
            self.reporter.hint("reading citations from the terminal, one a line; Ctrl-D ends");
        }
        let unreadable = |error: std::io::Error| vec![Failure::reading("standard input", &error)];
        let mut lines = Lines::of_standard_input();
        if lines.is_utf_16().map_err(unreadable)? {
            return self.whole(&lines.rest().map_err(unreadable)?);
        }
        let size = input::size(Path::new("-"));
        let bar = self.reporter.begin(size, if size.is_some() { "bytes" } else { "lines" });
        let (mut batch, mut length): (Vec<Vec<u8>>, usize) = (Vec::new(), 0);
        while let Some(line) = lines.next().map_err(unreadable)? {
            bar.add(if size.is_some() { line.len() as u64 + 1 } else { 1 });
            length += line.len();
            batch.push(line.to_vec());
            let waits = lines.must_wait();
            if waits || batch.len() >= BATCH || length >= BATCH_BYTES {
                length = 0;
                self.batch(&std::mem::take(&mut batch))?;
            }
            if waits {
                self.batch(&[])?;
                self.hand_out()?;
            }
            if self.nobody_reads() {
                break;
            }
        }
        self.batch(&batch)?;
        self.batch(&[])
    }

    /// Reads some lines, and hands out those that were read before.
    fn batch(&mut self, lines: &[Vec<u8>]) -> Result<(), Vec<Failure>> {
        let before = std::mem::take(&mut self.read);
        // One list is read in its order, when it is handed out.
        let parser = self.list.is_none().then(|| self.parser.clone());
        let (formats, options) = (self.formats.clone(), self.options.clone());
        let (handed_out, read) = rayon::join(
            || before.into_iter().try_for_each(|line| self.line(line)),
            || {
                let line = |bytes: &Vec<u8>| {
                    let (text, doubts) = decoded(bytes);
                    let work = parser.as_ref().and_then(|parser| read(parser, &text));
                    let losses = losses(work.as_ref(), &formats, &options);
                    Line { text: text.into_owned(), doubts, work, losses }
                };
                lines.par_iter().map(line).collect()
            },
        );
        self.read = read;
        handed_out
    }

    /// Hands out one line.
    fn line(&mut self, line: Line) -> Result<(), Vec<Failure>> {
        let Line { text, doubts, work, losses } = line;
        let source = Source::line(STANDARD_INPUT, self.lines + 1, &text);
        self.reporter.say_all(&source, &doubts);
        if self.list.is_some() { self.citation(&source) } else { self.take(&source, work, &losses) }
    }

    /// A text whose line ends are not bytes: decoded as a whole, then line for line.
    fn whole(&mut self, bytes: &[u8]) -> Result<(), Vec<Failure>> {
        let document = Document::from_slice(bytes, None)
            .map_err(|error| vec![Failure::undecodable(STANDARD_INPUT, &error)])?;
        let text = document.text();
        let source = Source::document(STANDARD_INPUT, text);
        self.reporter.say_all(&source, document.diagnostics());
        for line in text.lines() {
            self.citation(&Source::line(STANDARD_INPUT, self.lines + 1, line))?;
        }
        Ok(())
    }

    /// One citation; a blank one is no work.
    fn citation(&mut self, source: &Source<'_>) -> Result<(), Vec<Failure>> {
        let work = match &mut self.list {
            Some(_) if source.text().trim().is_empty() => None,
            Some(list) => Some(list.parse(source.text())),
            None => read(&self.parser, source.text()),
        };
        let losses = losses(work.as_ref(), &self.formats, &self.options);
        self.take(source, work, &losses)
    }

    /// What was made of one line: its doubts are said, and it is held or handed out.
    fn take(
        &mut self,
        source: &Source<'_>,
        mut work: Option<Work>,
        losses: &[Diagnostic],
    ) -> Result<(), Vec<Failure>> {
        self.lines += 1;
        if let Some(explain) = &mut self.explain {
            // What is doubted is part of the explanation.
            return work
                .map_or(Ok(()), |work| explain.work(&work))
                .map_err(|failure| vec![failure]);
        }
        self.reporter.take_count(work.as_slice());
        if let Some(evidence) = work.as_ref().and_then(|work| work.evidence.as_ref()) {
            self.reporter.say_all(source, &evidence.doubts);
        }
        self.reporter.say_all(source, losses);
        match &mut self.distinct {
            None => {
                if let Some(work) = &mut work {
                    // All is said that it is for, and it is most of what a work weighs.
                    work.evidence = None;
                }
                self.held.push(work);
            }
            Some(distinct) => {
                if let Some(work) = &mut work {
                    distinct.assign(work, self.lines);
                }
                for output in &mut self.outputs {
                    line(output, work.as_ref(), &self.options)?;
                }
            }
        }
        Ok(())
    }

    /// Hands out what is made so far.
    fn hand_out(&mut self) -> Result<(), Vec<Failure>> {
        self.reporter.flush();
        if let Some(explain) = &mut self.explain {
            explain.flush().map_err(|failure| vec![failure])?;
        }
        if self.distinct.is_some() {
            for Output { sink, .. } in &mut self.outputs {
                sink.flush().map_err(|error| vec![Failure::writing(sink.name(), &error)])?;
            }
        }
        Ok(())
    }

    fn nobody_reads(&self) -> bool {
        match &self.explain {
            Some(explain) => explain.is_closed(),
            None => self.outputs.iter().all(|output| output.sink.is_closed()),
        }
    }

    /// Writes what was held, and ends all outputs.
    fn finish(mut self) -> Result<(), Vec<Failure>> {
        self.reporter.end();
        self.hand_out()?;
        if let Some(failure) = self.distinct.as_ref().and_then(Distinct::failure) {
            return Err(vec![failure]);
        }
        if self.distinct.is_none() {
            let blank: Vec<bool> = self.held.iter().map(Option::is_none).collect();
            let mut works: Vec<Work> = self.held.into_iter().flatten().collect();
            citelift::key::assign(&mut works);
            for output in &mut self.outputs {
                if output.format == Format::Ndjson {
                    let mut works = works.iter();
                    for blank in &blank {
                        let work = if *blank { None } else { works.next() };
                        line(output, work, &self.options)?;
                    }
                } else {
                    output
                        .format
                        .write_with(&works, &mut output.sink, &self.options)
                        .map_err(|error| vec![Failure::writing(output.sink.name(), &error)])?;
                }
            }
        }
        output::finish(self.outputs)?;
        if self.lines > 1 && self.explain.is_none() {
            self.reporter.summarise();
        }
        Ok(())
    }
}

/// How many lines are read at once, and of how many bytes: enough for many threads, and soon held
/// no more.
const BATCH: usize = 1024;
const BATCH_BYTES: usize = 1 << 18;

/// A line's work; a blank line has none.
fn read(parser: &Parser, line: &str) -> Option<Work> {
    (!line.trim().is_empty()).then(|| parser.parse(line))
}

/// What the formats cannot hold of a line's work.
fn losses(work: Option<&Work>, formats: &[Format], options: &WriteOptions) -> Vec<Diagnostic> {
    let works = work.map(std::slice::from_ref).unwrap_or_default();
    formats.iter().flat_map(|format| format.losses_with(works, options)).collect()
}

/// Writes the one line of NDJSON that belongs to one line of input.
fn line(
    output: &mut Output,
    work: Option<&Work>,
    options: &WriteOptions,
) -> Result<(), Vec<Failure>> {
    let written = match work {
        Some(work) => {
            Format::Ndjson.write_with(std::slice::from_ref(work), &mut output.sink, options)
        }
        None => output.sink.write_all(b"null\n").map_err(citelift::Error::from),
    };
    written.map_err(|error| vec![Failure::writing(output.sink.name(), &error)])
}

/// A line's text, and what is doubted of it before it is a citation.
fn decoded(line: &[u8]) -> (Cow<'_, str>, Vec<Diagnostic>) {
    let error = match std::str::from_utf8(line) {
        Ok(text) => return (Cow::Borrowed(text), controls(text)),
        // Alone, a line that begins as UTF-16 does is no UTF-16: its line feed was one byte.
        Err(error) if line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff") => {
            error.to_string()
        }
        Err(_) => match Document::from_slice(line, None) {
            Ok(document) => {
                return (Cow::Owned(document.text().to_owned()), document.diagnostics().to_vec());
            }
            Err(error) => error.to_string(),
        },
    };
    // The line must have its item; what is no text of it is lost, and said to be.
    let text = String::from_utf8_lossy(line);
    let place = text.find('\u{fffd}').map(|at| Span::new(at, at + '\u{fffd}'.len_utf8()));
    let mut lost =
        Diagnostic::new(Code::TextEncodingGuessed, place, format!("the line is no text: {error}"))
            .assumed("the bytes that are no text were replaced by U+FFFD")
            .help("convert the input to UTF-8 first");
    lost.severity = Severity::Error;
    (text, vec![lost])
}

/// What the library says of control characters, which enter no field.
fn controls(text: &str) -> Vec<Diagnostic> {
    if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        Document::from_text(text).diagnostics().to_vec()
    } else {
        Vec::new()
    }
}
