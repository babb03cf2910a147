//! All that is said to a person or a program on standard error: diagnostics and failures, drawn
//! ([`draw`]) or as JSON lines ([`json`]).
//!
//! Takes the library's [`Diagnostic`]s with the [`Source`] they point into; called by the
//! commands. Also remembers whether something was lost, which is the exit status 1.

pub(crate) mod clean;
mod draw;
mod json;
mod progress;
mod repeat;

use crate::args::MessageFormat;
use crate::source::Source;
use citelift::{Code, Diagnostic, Severity, Span, Work};
use draw::Draw;
pub(crate) use progress::Bar;
use repeat::{Repeats, grouped};
use std::collections::BTreeMap;
use std::io::{BufWriter, IsTerminal, Write};

/// What is to be said of an input as a whole, or of many messages at once.
#[derive(Debug)]
pub(crate) struct Notice<'a> {
    /// A stable name, as the library's codes are.
    pub(crate) code: &'a str,
    /// How bad it is.
    pub(crate) severity: Severity,
    /// What it is about.
    pub(crate) file: Option<&'a str>,
    /// What is the matter.
    pub(crate) message: String,
    /// What was done about it.
    pub(crate) assumed: Option<String>,
    /// How to settle it.
    pub(crate) help: Option<String>,
    /// The bytes that are to blame.
    pub(crate) span: Option<Span>,
}

/// Why a run had to stop; exit status 2.
#[derive(Debug)]
pub(crate) struct Failure {
    /// A stable name, as the library's codes are.
    code: &'static str,
    /// What was to be read or written.
    file: Option<String>,
    /// What is the matter.
    message: String,
    /// How to settle it.
    help: Option<String>,
    /// The bytes of the file that are to blame.
    span: Option<Span>,
}

impl Failure {
    /// The exit status of a run that failed.
    pub(crate) const STATUS: u8 = 2;

    fn new(code: &'static str, file: Option<&str>, message: String) -> Self {
        Self { code, file: file.map(str::to_owned), message, help: None, span: None }
    }

    /// The command line asks for what cannot be.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new("command/usage", None, message.into())
    }

    /// `file` cannot be read.
    pub(crate) fn reading(file: &str, why: impl std::fmt::Display) -> Self {
        Self::new("input/unreadable", Some(file), format!("cannot read {file}: {why}"))
    }

    /// `file` holds bytes that are no text.
    pub(crate) fn undecodable(file: &str, error: &citelift::Error) -> Self {
        Self { span: error.span(), ..Self::no_text(file, error) }
    }

    /// The same, for what the command decodes itself.
    pub(crate) fn no_text(file: &str, why: impl std::fmt::Display) -> Self {
        Self::new("input/no-text", Some(file), format!("cannot read {file}: {why}"))
    }

    /// `file` is in no format that is read.
    pub(crate) fn no_format(file: &str) -> Self {
        Self::new("input/no-format", Some(file), format!("{file} is in no format that is known"))
            .help("say which it is: --from FORMAT; citations in loose text: citelift extract")
    }

    /// No input holds a reference that says what is right.
    pub(crate) fn no_references(message: impl Into<String>) -> Self {
        Self::new("input/no-references", None, message.into())
    }

    /// `file` cannot be written.
    pub(crate) fn writing(file: &str, why: impl std::fmt::Display) -> Self {
        Self::new("output/unwritable", Some(file), format!("cannot write {file}: {why}"))
    }

    /// The same, saying how to settle it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn notice(&self) -> Notice<'_> {
        Notice {
            code: self.code,
            severity: Severity::Error,
            file: self.file.as_deref(),
            message: self.message.clone(),
            assumed: None,
            help: self.help.clone(),
            span: self.span,
        }
    }
}

/// Says things on standard error.
pub(crate) struct Reporter {
    to: BufWriter<anstream::AutoStream<std::io::Stderr>>,
    draw: Draw,
    format: MessageFormat,
    quiet: bool,
    /// How many errors, warnings and notes there were, said or not.
    counts: [usize; 3],
    /// How often each doubt was had.
    codes: BTreeMap<Code, usize>,
    /// How many works were read, and how many of them without a doubt.
    works: [usize; 2],
    bar: Bar,
    /// Whether a warning is as bad as an error.
    warnings_denied: bool,
    /// What is alike in the records, where it is shortened.
    repeats: Option<Repeats>,
}

impl Reporter {
    /// Colour only where standard error is a terminal and the environment does not forbid it.
    pub(crate) fn new(format: MessageFormat, quiet: bool) -> Self {
        let to = anstream::stderr();
        let colour = to.current_choice() != anstream::ColorChoice::Never;
        Self {
            to: BufWriter::new(to),
            draw: Draw::new(colour),
            format,
            quiet,
            counts: [0; 3],
            codes: BTreeMap::new(),
            works: [0; 2],
            bar: Bar::hidden(),
            warnings_denied: false,
            repeats: None,
        }
    }

    /// Says one diagnostic about a source.
    pub(crate) fn say(&mut self, source: &Source<'_>, diagnostic: &Diagnostic) {
        self.count(diagnostic.severity);
        *self.codes.entry(diagnostic.code).or_default() += 1;
        if !self.quiet && self.repeats.as_mut().is_none_or(|repeats| repeats.is_news(diagnostic)) {
            self.put(match self.format {
                MessageFormat::Human => self.draw.diagnostic(source, diagnostic),
                MessageFormat::Json => json::diagnostic(source, diagnostic),
            });
        }
    }

    /// Says diagnostics about a source, in order.
    pub(crate) fn say_all<'a>(
        &mut self,
        source: &Source<'_>,
        diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    ) {
        for diagnostic in diagnostics {
            self.say(source, diagnostic);
        }
    }

    /// Says what has no place in a text.
    pub(crate) fn notify(&mut self, notice: &Notice<'_>) {
        self.count(notice.severity);
        if !self.quiet {
            self.put_notice(notice);
        }
    }

    /// Says why the run stops; `--quiet` is about doubts and does not silence this.
    pub(crate) fn fail(&mut self, failure: &Failure) {
        self.put_notice(&failure.notice());
    }

    /// From now on, people are told only of the first of many messages that are alike.
    pub(crate) fn shorten_repetitions(&mut self) {
        if self.format == MessageFormat::Human {
            self.repeats = Some(Repeats::default());
        }
    }

    /// Says how many messages were not shown.
    pub(crate) fn say_repetitions(&mut self) {
        let Some(repeats) = self.repeats.take() else { return };
        for (code, severity, message) in repeats.rest() {
            self.put_notice(&Notice {
                code: code.as_str(),
                severity,
                file: None,
                message,
                assumed: None,
                help: Some("to see all: --message-format json".to_owned()),
                span: None,
            });
        }
    }

    /// From now on, warnings count as errors do.
    pub(crate) fn deny_warnings(&mut self) {
        self.warnings_denied = true;
    }

    /// Says what was found in so many files and records, to people.
    pub(crate) fn close(&mut self, files: usize, records: usize) {
        if self.quiet || self.format == MessageFormat::Json {
            return;
        }
        let number = |count: usize, word: &str| {
            format!("{} {word}{}", grouped(count), if count == 1 { "" } else { "s" })
        };
        let [errors, warnings, notes] = self.counts;
        let found: Vec<String> = [(errors, "error"), (warnings, "warning"), (notes, "note")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| number(count, word))
            .collect();
        let found = if found.is_empty() { "no problems".to_owned() } else { found.join(", ") };
        self.put(format!("{found} in {} ({})", number(files, "file"), number(records, "record")));
    }

    /// Says a word to whoever sits before the terminal.
    pub(crate) fn hint(&mut self, words: &str) {
        if !self.quiet && self.format == MessageFormat::Human {
            self.put(words.to_owned());
            self.flush();
        }
    }

    /// Says how far a long run has come, where somebody watches.
    pub(crate) fn progress(&mut self, words: &str) {
        if std::io::stderr().is_terminal() {
            self.hint(words);
        }
    }

    /// Begins long work of `total` things, or of as many as come.
    pub(crate) fn begin(&mut self, total: Option<u64>, things: &'static str) -> Bar {
        self.bar.end();
        let watched = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        if !self.quiet && self.format == MessageFormat::Human && watched {
            self.bar = Bar::new(total, things);
        }
        self.bar.clone()
    }

    /// The long work is done.
    pub(crate) fn end(&mut self) {
        self.bar.end();
    }

    /// Takes works into the closing line.
    pub(crate) fn take_count(&mut self, works: &[Work]) {
        let is_sure = |work: &&Work| {
            let mut doubts = work.evidence.iter().flat_map(|evidence| &evidence.doubts);
            doubts.all(|doubt| doubt.severity == Severity::Note)
        };
        let [all, sure] = &mut self.works;
        *all += works.len();
        *sure += works.iter().filter(is_sure).count();
    }

    /// Says how many works were read, and what was doubted, to people.
    pub(crate) fn summarise(&mut self) {
        self.bar.end();
        if self.quiet || self.format == MessageFormat::Json {
            return;
        }
        let [all, sure] = self.works;
        let mut codes: Vec<(Code, usize)> =
            self.codes.iter().map(|(&code, &count)| (code, count)).collect();
        codes.sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code));
        let mut line = format!("{} {}", grouped(all), if all == 1 { "work" } else { "works" });
        if sure < all {
            line.push_str(&format!(", {} without a doubt", grouped(sure)));
        }
        for (index, (code, count)) in codes.into_iter().enumerate() {
            let before = if index == 0 { "; " } else { ", " };
            line.push_str(&format!("{before}{} {code}", grouped(count)));
        }
        self.put(line);
    }

    /// Whether a diagnostic told of something that is lost, or of what is as bad here.
    pub(crate) fn something_lost(&self) -> bool {
        let [errors, warnings, _] = self.counts;
        errors > 0 || self.warnings_denied && warnings > 0
    }

    /// Hands out what is said so far.
    pub(crate) fn flush(&mut self) {
        // Nowhere is left to tell of a standard error that is closed.
        let to = &mut self.to;
        let _ = self.bar.aside(|| to.flush());
    }

    fn count(&mut self, severity: Severity) {
        let [errors, warnings, notes] = &mut self.counts;
        *match severity {
            Severity::Error => errors,
            Severity::Warning => warnings,
            Severity::Note => notes,
        } += 1;
    }

    fn put_notice(&mut self, notice: &Notice<'_>) {
        self.put(match self.format {
            MessageFormat::Human => self.draw.notice(notice),
            MessageFormat::Json => json::notice(notice),
        });
    }

    fn put(&mut self, text: String) {
        let to = &mut self.to;
        let mut put = || to.write_all(text.as_bytes()).and_then(|()| to.write_all(b"\n"));
        // What does not fit is written at once, where a bar may stand.
        let _ = self.bar.aside(&mut put);
    }
}
