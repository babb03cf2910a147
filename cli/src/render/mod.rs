//! All that is said to a person or a program on standard error: diagnostics and failures, drawn
//! ([`draw`]) or as JSON lines ([`json`]).
//!
//! Takes the library's [`Diagnostic`]s with the [`Source`] they point into; called by the
//! commands. Also remembers whether something was lost, which is the exit status 1.

mod clean;
mod draw;
mod json;

use crate::args::MessageFormat;
use crate::source::Source;
use citelift::{Diagnostic, Severity, Span};
use draw::Draw;
use std::io::{BufWriter, Write};

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
        let failure =
            Self::new("input/no-text", Some(file), format!("cannot read {file}: {error}"));
        Self { span: error.span(), ..failure }
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
}

/// Says things on standard error.
pub(crate) struct Reporter {
    to: BufWriter<anstream::AutoStream<std::io::Stderr>>,
    draw: Draw,
    format: MessageFormat,
    quiet: bool,
    something_lost: bool,
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
            something_lost: false,
        }
    }

    /// Says one diagnostic about a source.
    pub(crate) fn say(&mut self, source: &Source<'_>, diagnostic: &Diagnostic) {
        self.something_lost |= diagnostic.severity == Severity::Error;
        if !self.quiet {
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

    /// Says why the run stops; `--quiet` is about doubts and does not silence this.
    pub(crate) fn fail(&mut self, failure: &Failure) {
        self.put(match self.format {
            MessageFormat::Human => self.draw.failure(failure),
            MessageFormat::Json => json::failure(failure),
        });
    }

    /// Says a word to whoever sits before the terminal.
    pub(crate) fn hint(&mut self, words: &str) {
        if !self.quiet && self.format == MessageFormat::Human {
            self.put(words.to_owned());
            self.flush();
        }
    }

    /// Whether a diagnostic told of something that is lost.
    pub(crate) fn something_lost(&self) -> bool {
        self.something_lost
    }

    /// Hands out what is said so far.
    pub(crate) fn flush(&mut self) {
        // Nowhere is left to tell of a standard error that is closed.
        let _ = self.to.flush();
    }

    fn put(&mut self, text: String) {
        let _ = self.to.write_all(text.as_bytes()).and_then(|()| self.to.write_all(b"\n"));
    }
}
