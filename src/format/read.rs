//! Records of any format, one after the other.
//!
//! Takes a reader of bytes, gives [`Record`]s; made by [`Format::reader`]. Each format's own
//! `Reader` does the work.

use super::seen::{Keys, Seen};
use super::{Format, bibtex, csl_json, ris};
use crate::{Record, Result};
use std::io::Read;

/// The records of a content whose format is chosen at run time, in bounded memory.
///
/// ```
/// use citelift::Format;
///
/// let items = r#"[{"id": "roe", "type": "book"}]"#;
/// assert_eq!(Format::detect(items.as_bytes()), Some(Format::CslJson));
/// for record in Format::CslJson.reader(items.as_bytes()) {
///     let id = record?.work.and_then(|work| work.id);
///     assert_eq!(id.as_deref(), Some("roe"));
/// }
/// # Ok::<(), citelift::Error>(())
/// ```
pub struct RecordReader<R: Read>(Inner<R>);

enum Inner<R: Read> {
    Bibtex(Box<bibtex::Reader<R>>),
    Ris(Box<ris::Reader<R>>),
    CslJson(Box<csl_json::Reader<R>>),
}

impl<R: Read> RecordReader<R> {
    pub(super) fn new(format: Format, from: R) -> Self {
        Self(match format {
            Format::Bibtex | Format::Biblatex => Inner::Bibtex(Box::new(bibtex::Reader::new(from))),
            Format::Ris => Inner::Ris(Box::new(ris::Reader::new(from))),
            Format::CslJson | Format::Ndjson => {
                Inner::CslJson(Box::new(csl_json::Reader::new(from)))
            }
        })
    }

    /// The same, with what tells that a key is repeated kept where the caller says. To be asked
    /// for before the first record is read.
    ///
    /// ```
    /// use citelift::{Code, Format};
    /// use std::collections::HashSet;
    ///
    /// let seen: HashSet<u64> = HashSet::new();
    /// let records = Format::Bibtex.reader(&b"@misc{a, note = x} @misc{a, note = y}"[..]);
    /// let codes: Vec<Code> = records
    ///     .remember_keys_in(seen)
    ///     .filter_map(Result::ok)
    ///     .flat_map(|record| record.diagnostics)
    ///     .map(|diagnostic| diagnostic.code)
    ///     .collect();
    /// assert!(codes.contains(&Code::RecordKeyRepeated));
    /// ```
    #[must_use]
    pub fn remember_keys_in(mut self, seen: impl Seen + 'static) -> Self {
        let keys = Keys::kept_in(Box::new(seen));
        match &mut self.0 {
            Inner::Bibtex(reader) => reader.remember_keys_in(keys),
            Inner::Ris(reader) => reader.remember_keys_in(keys),
            Inner::CslJson(reader) => reader.remember_keys_in(keys),
        }
        self
    }
}

impl<R: Read> From<bibtex::Reader<R>> for RecordReader<R> {
    fn from(reader: bibtex::Reader<R>) -> Self {
        Self(Inner::Bibtex(Box::new(reader)))
    }
}

impl<R: Read> Iterator for RecordReader<R> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Inner::Bibtex(reader) => reader.next(),
            Inner::Ris(reader) => reader.next(),
            Inner::CslJson(reader) => reader.next(),
        }
    }
}
