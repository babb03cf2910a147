//! `citelift format`: `.bib` files made tidy, in place.
//!
//! A file that is tidy already is not touched. Files are independent of one another: one that
//! fails does not keep the others from being formatted.

use crate::args::FormatFiles;
use crate::input::{self, STANDARD_INPUT};
use crate::output::{self, Sink};
use crate::render::{Failure, Reporter};
use crate::source::Source;
use citelift::{Format, bibtex};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Runs the command; tells whether `--check` found a file that is not tidy.
pub(crate) fn run(arguments: &FormatFiles, reporter: &mut Reporter) -> Result<bool, Vec<Failure>> {
    let standard = [PathBuf::from("-")];
    let paths = if arguments.files.is_empty() { &standard } else { arguments.files.as_slice() };
    let mut run = Run {
        options: bibtex::FormatOptions::default()
            .align(arguments.align)
            .keep_case(arguments.keep_case)
            .braces(arguments.braces)
            .trailing_comma(arguments.trailing_comma),
        check: arguments.check,
        to: Sink::standard(),
        found: false,
        standard_taken: false,
    };
    let failures: Vec<Failure> =
        paths.iter().filter_map(|path| run.file(path, reporter).err()).collect();
    if !failures.is_empty() {
        // What is said of the files that did not fail is theirs all the same.
        let _ = run.to.flush();
        return Err(failures);
    }
    match run.to.flush() {
        Ok(()) => Ok(run.found),
        Err(error) => Err(vec![Failure::writing(run.to.name(), &error)]),
    }
}

struct Run {
    options: bibtex::FormatOptions,
    check: bool,
    to: Sink,
    found: bool,
    standard_taken: bool,
}

/// The byte order mark, which a file keeps if it has it.
const MARK: &str = "\u{feff}";

impl Run {
    fn file(&mut self, path: &Path, reporter: &mut Reporter) -> Result<(), Failure> {
        let is_standard = input::is_standard(path);
        let name = if is_standard { STANDARD_INPUT.to_owned() } else { path.display().to_string() };
        if is_standard {
            if std::mem::replace(&mut self.standard_taken, true) {
                return Err(input::standard_input_twice());
            }
            if input::is_typed() {
                reporter.hint("reading BibTeX from the terminal; Ctrl-D ends it");
            }
        }
        let bytes = input::bytes(path)
            .map_err(|error| input::cannot_read(path, &name, &error, "DIRECTORY/*.bib"))?;
        let whole = text(&name, &bytes)?;
        let (mark, text) = whole.strip_prefix(MARK).map_or(("", whole), |behind| (MARK, behind));
        let tidy = bibtex::format(text, &self.options);
        reporter.say_all(&Source::document(&name, text), &tidy.diagnostics);
        let changes = tidy.text != text;
        if self.check {
            self.found |= changes;
            if changes {
                self.put(&format!("{name}\n"))?;
            }
        } else if is_standard {
            self.put(mark)?;
            self.put(&tidy.text)?;
        } else if changes {
            output::replace(path, &[mark, &tidy.text])?;
        }
        Ok(())
    }

    fn put(&mut self, text: &str) -> Result<(), Failure> {
        self.to.write_all(text.as_bytes()).map_err(|error| Failure::writing(self.to.name(), &error))
    }
}

/// The bytes as BibTeX's text. What is written in place must not be a guess.
fn text<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Failure> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Failure::no_text(name, format!("it is not valid UTF-8 at byte {at}"))
            .help("make it UTF-8 first: iconv -f WINDOWS-1252 -t UTF-8 OLD.bib > NEW.bib")
    })?;
    match Format::detect(bytes) {
        None | Some(Format::Bibtex | Format::Biblatex) => Ok(text),
        Some(other) => Err(Failure::usage(format!("{name} looks like {other}"))
            .help(format!("only BibTeX is formatted: citelift convert {name} -o FILE.bib"))),
    }
}
