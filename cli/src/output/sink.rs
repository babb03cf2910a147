//! Where bytes go on their way: to a temporary file beside the one to be replaced, or straight
//! to a stream.
//!
//! Called by the commands: write everything, then [`finish`], which renames only when all
//! outputs are written to their ends. Dropped without that, a temporary file goes, and the old
//! file is as it was.

use super::{Output, Place};
use crate::render::Failure;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A buffered way out.
#[derive(Debug)]
pub(crate) struct Sink {
    name: String,
    to: To,
    closed: bool,
}

#[derive(Debug)]
enum To {
    Standard(BufWriter<Stdout>),
    Stream(BufWriter<File>),
    Beside(BufWriter<NamedTempFile>, PathBuf),
}

/// How much is gathered before it is handed to the system, in bytes.
const BUFFER: usize = 1 << 16;

impl Sink {
    /// Standard output.
    pub(crate) fn standard() -> Self {
        let to = To::Standard(BufWriter::with_capacity(BUFFER, io::stdout()));
        Self { name: "standard output".to_owned(), to, closed: false }
    }

    /// Opens a place; `name` is what it is called in failures.
    pub(super) fn open(name: &str, place: Place) -> Result<Self, Failure> {
        let to = match place {
            Place::Standard => return Ok(Self::standard()),
            Place::Stream(path) => OpenOptions::new()
                .write(true)
                .open(path)
                .map(|file| To::Stream(BufWriter::with_capacity(BUFFER, file))),
            Place::File(path) => {
                beside(&path).map(|file| To::Beside(BufWriter::with_capacity(BUFFER, file), path))
            }
        };
        match to {
            Ok(to) => Ok(Self { name: name.to_owned(), to, closed: false }),
            Err(error) => Err(Failure::writing(name, &error)),
        }
    }

    /// What the place is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether nobody reads any more what is written here.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    fn inner(&mut self) -> &mut dyn Write {
        match &mut self.to {
            To::Standard(to) => to,
            To::Stream(to) => to,
            To::Beside(to, _) => to,
        }
    }

    /// A reader that has read enough closes the pipe: that is its right, and no failure.
    fn unless_closed(&mut self, result: io::Result<()>) -> io::Result<()> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            result => result,
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.closed {
            let result = self.inner().write_all(bytes);
            self.unless_closed(result)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.inner().flush();
        self.unless_closed(result)
    }
}

impl Sink {
    /// Hands everything out, and puts a file in its place.
    pub(crate) fn persist(self) -> Result<(), Failure> {
        match self.completed()? {
            Some(ready) => ready.persist(),
            None => Ok(()),
        }
    }

    /// Writes to the end; gives the file that is to be put in its place, if there is one.
    fn completed(mut self) -> Result<Option<Ready>, Failure> {
        let flushed = self.flush();
        let name = self.name;
        let failure = |error: io::Error| Failure::writing(&name, &error);
        flushed.map_err(failure)?;
        let To::Beside(to, path) = self.to else { return Ok(None) };
        let file = to.into_inner().map_err(|error| failure(error.into_error()))?;
        file.as_file().sync_all().map_err(failure)?;
        Ok(Some(Ready { file, path, name }))
    }
}

/// A file that is written to its end.
struct Ready {
    file: NamedTempFile,
    path: PathBuf,
    name: String,
}

impl Ready {
    fn persist(self) -> Result<(), Failure> {
        let Self { file, path, name } = self;
        file.persist(path).map(|_| ()).map_err(|error| Failure::writing(&name, &error.error))
    }
}

/// Hands everything out: first every output is written to its end, then the files take the
/// places of the old ones.
pub(crate) fn finish(outputs: Vec<Output>) -> Result<(), Vec<Failure>> {
    finish_all(outputs.into_iter().map(|output| output.sink))
}

/// The same of outputs of any kind.
pub(crate) fn finish_all(sinks: impl IntoIterator<Item = Sink>) -> Result<(), Vec<Failure>> {
    let mut ready = Vec::new();
    for sink in sinks {
        ready.extend(sink.completed().map_err(|failure| vec![failure])?);
    }
    let failures: Vec<Failure> =
        ready.into_iter().filter_map(|ready| ready.persist().err()).collect();
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}

/// A temporary file in the directory of `path`, so that renaming stays within one file system;
/// with the permissions of the file it will replace, or of any new file.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let directory = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".citelift-").suffix(".tmp");
    new_file_permissions(&mut builder);
    let file = builder.tempfile_in(directory)?;
    if let Ok(old) = std::fs::metadata(path) {
        keep_owner(file.as_file(), &old);
        file.as_file().set_permissions(old.permissions())?;
    }
    Ok(file)
}

/// Read and write for all, less what the user's mask takes away; temporary files are otherwise
/// made for their owner alone.
#[cfg(unix)]
fn new_file_permissions(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn new_file_permissions(_: &mut tempfile::Builder<'_, '_>) {}

/// The administrator who writes a user's file leaves it the user's.
#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    // Others may not give files away, and do not have to.
    let _ = fchown(file, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}
