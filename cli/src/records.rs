//! Files of records, opened: which format each is in, and its records one by one.
//!
//! Called by `convert` and `check`. The content tells the format; a name that says otherwise is
//! wrong more often than a beginning that looks like another format.

use crate::input::{self, STANDARD_INPUT};
use crate::render::{Failure, Notice, Reporter};
use crate::seen::{OnDisk, Trouble};
use citelift::{Format, RecordReader, Severity, bibtex};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A file of records.
pub(crate) struct Records {
    /// The path as it was given, or `<stdin>`.
    pub(crate) name: String,
    /// The records in their order.
    pub(crate) reader: RecordReader<Box<dyn Read>>,
}

/// The inputs that were named, standard input where none was, and those that cannot be read as
/// far as can be seen without opening: what is opened twice may be a pipe.
pub(crate) fn named(paths: &[PathBuf], reporter: &mut Reporter) -> (Vec<PathBuf>, Vec<Failure>) {
    let standard = [PathBuf::from("-")];
    let mut good = Vec::new();
    let mut failures = Vec::new();
    for path in if paths.is_empty() { &standard } else { paths } {
        if input::is_standard(path) {
            if good.contains(path) {
                failures.push(input::standard_input_twice());
                continue;
            }
            if input::is_typed() {
                reporter.hint("reading records from the terminal; Ctrl-D ends them");
            }
        } else if let Err(error) = std::fs::metadata(path).and_then(|found| {
            if found.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(()) }
        }) {
            let name = path.display().to_string();
            failures.push(input::cannot_read(path, &name, &error, "DIRECTORY/*.bib"));
            continue;
        }
        good.push(path.clone());
    }
    (good, failures)
}

impl Records {
    /// Opens a file or standard input; `from` is the format that the user says it is in. A disk
    /// that does not remember the keys is told to `trouble`.
    pub(crate) fn open(
        path: &Path,
        from: Option<Format>,
        trouble: &Trouble,
        reporter: &mut Reporter,
    ) -> Result<Self, Failure> {
        let standard = input::is_standard(path);
        let name = if standard { STANDARD_INPUT.to_owned() } else { path.display().to_string() };
        let failure = |error: io::Error| Failure::reading(&name, &error);
        let mut content: Box<dyn Read> = if standard {
            Box::new(io::stdin().lock())
        } else {
            Box::new(File::open(path).map_err(failure)?)
        };
        let format = match from {
            Some(format) => format,
            None => {
                let head = Head::of(&mut content).map_err(failure)?;
                let format = head.format(path, &name, reporter)?;
                content = Box::new(io::Cursor::new(head.bytes).chain(content));
                format
            }
        };
        let reader = match format {
            // What can be read twice tells its parents before: a pipe cannot.
            Format::Bibtex | Format::Biblatex if input::size(path).is_some() && !standard => {
                let open = || Ok(File::open(path)?);
                let parents =
                    bibtex::Parents::find(open).map_err(|error| Failure::reading(&name, &error))?;
                bibtex::Reader::with_parents(content, parents).into()
            }
            _ => format.reader(content),
        };
        Ok(Self { name, reader: reader.remember_keys_in(OnDisk::new(trouble)) })
    }
}

/// The beginning of a content.
#[derive(Debug, Default)]
struct Head {
    bytes: Vec<u8>,
    /// Whether that is all.
    whole: bool,
    format: Option<Format>,
}

impl Head {
    /// How much is read to know the format: a licence above the first entry is not longer.
    const MOST: usize = 1 << 16;
    /// How much is there before the first look, in bytes: `[` alone may begin JSON, or `[1] Roe`.
    const LEAST: usize = 512;

    fn of(from: &mut dyn Read) -> io::Result<Self> {
        let mut head = Self::default();
        let mut next_look = Self::LEAST;
        let mut buffer = [0; 8192];
        while !head.whole && head.bytes.len() < Self::MOST && head.format.is_none() {
            match from.read(&mut buffer) {
                Ok(0) => head.whole = true,
                Ok(count) => head.bytes.extend(buffer.get(..count).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            if head.whole || head.bytes.len() >= next_look {
                head.format = Format::detect(&head.bytes);
                next_look = head.bytes.len() * 2;
            }
        }
        Ok(head)
    }

    fn format(&self, path: &Path, name: &str, reporter: &mut Reporter) -> Result<Format, Failure> {
        let by_name = input::format_by_name(path);
        match (self.format.or_else(|| Format::detect(&self.bytes)), by_name) {
            (Some(found), Some(said)) if !are_read_alike(found, said) => {
                reporter.notify(&Notice {
                    code: "input/other-format",
                    severity: Severity::Warning,
                    file: Some(name),
                    message: format!("{name} is named like {said}, but looks like {found}"),
                    assumed: Some(format!("it is read as {found}")),
                    help: Some(format!("if it is {said}, say so: --from {said}")),
                    span: None,
                });
                Ok(found)
            }
            (Some(format), _) | (None, Some(format)) => Ok(format),
            // Nothing has no records, in any format.
            (None, None) if self.whole && is_blank(&self.bytes) => Ok(Format::Bibtex),
            (None, None) => Err(Failure::no_format(name)),
        }
    }
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii().is_empty()
}

/// Whether one reader reads both.
fn are_read_alike(one: Format, other: Format) -> bool {
    let reader = |format| match format {
        Format::Biblatex => Format::Bibtex,
        Format::Ndjson => Format::CslJson,
        format => format,
    };
    reader(one) == reader(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out a byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let count = to.len().min(1);
            self.0.read(&mut to[..count])
        }
    }

    #[test]
    fn no_more_is_read_than_tells_the_format() {
        let text = "@book{roe,}\n".repeat(100_000);
        let head = Head::of(&mut Slow(text.as_bytes())).unwrap();
        assert_eq!((head.format, head.bytes.len()), (Some(Format::Bibtex), Head::LEAST));
        let head = Head::of(&mut Slow(b"[1] Roe")).unwrap();
        assert_eq!((head.format, head.whole), (None, true));
        let long = "no format ".repeat(10_000);
        assert!(!Head::of(&mut Slow(long.as_bytes())).unwrap().whole);
    }
}
