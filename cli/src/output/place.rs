//! Where an output's name leads: standard output, a device or pipe, or a file that is replaced.
//!
//! Called when outputs are opened, before anything is read or written.

use crate::render::Failure;
use std::io;
use std::path::{Path, PathBuf};

/// Where bytes go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Standard output.
    Standard,
    /// A device, a pipe, a descriptor of the shell's: written to as it is, for it cannot be
    /// replaced (`-o >(gzip > works.bib.gz)` is `/dev/fd/63`).
    Stream(PathBuf),
    /// A regular file, there already or not, with all symbolic links followed: the link stays,
    /// the file it leads to is replaced.
    File(PathBuf),
}

/// How many symbolic links are followed, as many as Linux follows.
const LINKS: usize = 40;

impl Place {
    /// Whether a name stands for a stream, which may have no extension.
    pub(super) fn is_stream(path: &Path) -> bool {
        is_standard(path) || is_descriptor(path)
    }

    /// Where `path` leads.
    pub(super) fn of(path: &Path) -> Result<Self, Failure> {
        let name = path.display().to_string();
        if is_standard(path) {
            return Ok(Place::Standard);
        }
        if is_descriptor(path) {
            return Ok(Place::Stream(path.to_owned()));
        }
        let directory = || {
            Failure::writing(&name, "it is a directory")
                .help(format!("name a file in it: {}", path.join("works.bib").display()))
        };
        if path.as_os_str().as_encoded_bytes().last() == Some(&b'/') {
            return Err(directory());
        }
        let target = followed(path).map_err(|error| Failure::writing(&name, &error))?;
        match std::fs::metadata(&target) {
            Ok(found) if found.is_dir() => Err(directory()),
            Ok(found) if !found.is_file() => Ok(Place::Stream(target)),
            // Renaming over it would go around its protection.
            Ok(found) if found.permissions().readonly() => {
                Err(Failure::writing(&name, "it is write-protected"))
            }
            Ok(_) => Ok(Place::File(target)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                in_directory(&target).map(Place::File).map_err(|error| {
                    Failure::writing(&name, &error).help("create its directory first")
                })
            }
            Err(error) => Err(Failure::writing(&name, &error)),
        }
    }
}

fn is_standard(path: &Path) -> bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|name| path == Path::new(name))
}

fn is_descriptor(path: &Path) -> bool {
    path.starts_with("/dev/fd") || path.starts_with("/proc") || path == Path::new("/dev/stderr")
}

/// The path behind all symbolic links, in the form that tells whether two paths are one file.
/// The last link may lead to nothing yet: its target is then made.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match std::fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            // No link, or nothing there.
            Err(_) => {
                return match path.canonicalize() {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {
                        Ok(in_directory(&path).unwrap_or(path))
                    }
                    found => found,
                };
            }
        }
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

/// A path whose file need not be there, with its directory in canonical form.
fn in_directory(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?;
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    Ok(directory.unwrap_or(Path::new(".")).canonicalize()?.join(name))
}
