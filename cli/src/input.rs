//! What is read: files and standard input as documents, standard input as lines.
//!
//! Called by `extract`, which takes documents whole, by `parse`, which takes line for line, and
//! by the commands that take records for what all inputs have in common.

mod ahead;

use crate::poppler;
use crate::render::Failure;
use ahead::Ahead;
use citelift::{Document, DocumentKind, Format};
use std::fs::File;
use std::io::{BufRead, IsTerminal, Read};
use std::path::{Path, PathBuf};

/// What standard input is called in diagnostics.
pub(crate) const STANDARD_INPUT: &str = "<stdin>";

/// A document and what it is called.
#[derive(Debug)]
pub(crate) struct Input {
    /// The path as it was given, or `<stdin>`.
    pub(crate) name: String,
    /// The decoded text.
    pub(crate) document: Document,
}

/// Whether a path stands for standard input.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Whether somebody sits before standard input and may not know that it is waited for.
pub(crate) fn is_typed() -> bool {
    std::io::stdin().is_terminal()
}

/// `-` was named twice.
pub(crate) fn standard_input_twice() -> Failure {
    Failure::usage("standard input can be read only once")
        .help("name `-` one time, or write the text to a file first")
}

/// The format that a path's extension says.
pub(crate) fn format_by_name(path: &Path) -> Option<Format> {
    Format::from_extension(path.extension()?.to_str()?)
}

/// The documents that are to be read, standard input where none is named.
pub(crate) fn named(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    if paths.iter().filter(|path| is_standard(path)).count() > 1 {
        return Err(standard_input_twice());
    }
    Ok(if paths.is_empty() { vec![PathBuf::from("-")] } else { paths.to_vec() })
}

/// Reads a document.
pub(crate) fn document(path: &Path) -> Result<Input, Failure> {
    let (name, hint) = if is_standard(path) {
        (STANDARD_INPUT.to_owned(), None)
    } else {
        (path.display().to_string(), path.file_name().map(|name| name.to_string_lossy()))
    };
    let example = "citelift extract DIRECTORY/*.txt";
    let bytes = bytes(path).map_err(|error| cannot_read(path, &name, &error, example))?;
    match Document::from_slice(&bytes, hint.as_deref()) {
        Ok(document) => Ok(Input { name, document }),
        Err(error) => {
            let is_pdf = DocumentKind::detect(&bytes, None) == Some(DocumentKind::Pdf);
            match is_pdf.then(|| poppler::document(&bytes)).flatten() {
                Some(document) => Ok(Input { name, document }),
                None => Err(Failure::undecodable(&name, &error)),
            }
        }
    }
}

/// How many bytes a file has, or the one that standard input is; `None` where nobody knows.
pub(crate) fn size(path: &Path) -> Option<u64> {
    let metadata = if is_standard(path) { standard_input()?.metadata() } else { path.metadata() };
    metadata.ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len())
}

#[cfg(unix)]
fn standard_input() -> Option<File> {
    use std::os::fd::AsFd;
    Some(File::from(std::io::stdin().as_fd().try_clone_to_owned().ok()?))
}

#[cfg(not(unix))]
fn standard_input() -> Option<File> {
    None
}

/// All bytes of a file, or of standard input.
pub(crate) fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if is_standard(path) {
        std::io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Why a path cannot be read; `example` names the files of a directory.
pub(crate) fn cannot_read(
    path: &Path,
    name: &str,
    error: &std::io::Error,
    example: &str,
) -> Failure {
    if !is_standard(path) && path.is_dir() {
        Failure::reading(name, "it is a directory").help(format!("name the files in it: {example}"))
    } else {
        Failure::reading(name, error)
    }
}

/// Standard input line for line; holds one line at a time, and what a thread reads ahead.
#[derive(Debug)]
pub(crate) struct Lines {
    from: Ahead,
    line: Vec<u8>,
    begun: bool,
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

impl Lines {
    /// The lines of standard input.
    pub(crate) fn of_standard_input() -> Self {
        Lines::of(std::io::stdin())
    }

    fn of(from: impl Read + Send + 'static) -> Self {
        Self { from: Ahead::of(from), line: Vec::new(), begun: false }
    }

    /// The next line without its end (LF or CR LF); `None` after the last. A line end at the
    /// input's end begins no further line.
    pub(crate) fn next(&mut self) -> std::io::Result<Option<&[u8]>> {
        self.line.clear();
        if self.from.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        let mut line = self.line.as_slice();
        line =
            line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line));
        if !std::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix(MARK).unwrap_or(line);
        }
        Ok(Some(line))
    }

    /// Whether the next line must be waited for: the moment to hand out what was made of the
    /// lines before, since a program on the other end may wait for it before it sends more.
    pub(crate) fn must_wait(&mut self) -> bool {
        !self.from.has_line()
    }

    /// Whether the input begins as UTF-16 does, where a byte 10 is no line end.
    pub(crate) fn is_utf_16(&mut self) -> std::io::Result<bool> {
        let begin = self.from.fill_buf()?;
        Ok(begin.starts_with(b"\xff\xfe") || begin.starts_with(b"\xfe\xff"))
    }

    /// All that is left.
    pub(crate) fn rest(&mut self) -> std::io::Result<Vec<u8>> {
        let mut rest = Vec::new();
        self.from.read_to_end(&mut rest)?;
        Ok(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_stands_before_a_line_end() {
        let mut lines = Lines::of(&b"\xef\xbb\xbfone\r\n\n\xef\xbb\xbftwo\rx"[..]);
        assert_eq!(lines.next().unwrap(), Some(&b"one"[..]));
        assert!(!lines.must_wait());
        assert_eq!(lines.next().unwrap(), Some(&b""[..]));
        assert!(lines.must_wait());
        assert_eq!(lines.next().unwrap(), Some(&b"\xef\xbb\xbftwo\rx"[..]));
        assert_eq!(lines.next().unwrap(), None);
    }

    #[test]
    fn utf_16_is_seen_by_its_mark() {
        assert!(Lines::of(&b"\xff\xfea\0"[..]).is_utf_16().unwrap());
        assert!(!Lines::of(&b""[..]).is_utf_16().unwrap());
    }
}
