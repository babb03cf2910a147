//! CSL-JSON, one item a line: what filters and big files want.

use super::Options;
use crate::{Result, Work};
use std::io::Write;

/// Works as CSL-JSON, one item a line. Never fails.
///
/// ```
/// use citelift::{Kind, Work};
/// let works = [Work::new(Kind::Book), Work::new(Kind::Map)];
/// assert_eq!(citelift::csl_json::ndjson::to_string(&works).lines().count(), 2);
/// ```
#[must_use]
pub fn to_string(works: &[Work]) -> String {
    to_string_with(works, &Options::default())
}

/// Works as CSL-JSON, one item a line, as `options` say. Never fails.
#[must_use]
pub fn to_string_with(works: &[Work], options: &Options) -> String {
    super::write::lines(works, options)
}

/// Writes works as CSL-JSON, one item a line.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where `to` fails.
pub fn to_writer(to: impl Write, works: &[Work]) -> Result<()> {
    to_writer_with(to, works, &Options::default())
}

/// Writes works as CSL-JSON, one item a line, as `options` say.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where `to` fails.
pub fn to_writer_with(mut to: impl Write, works: &[Work], options: &Options) -> Result<()> {
    to.write_all(to_string_with(works, options).as_bytes())?;
    Ok(())
}
