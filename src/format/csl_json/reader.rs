//! Reads CSL-JSON files, one item after another, and never gives up on one.
//!
//! Takes text, bytes or a stream, gives records or a whole [`Bibliography`]; the verbs of
//! [`csl_json`](super) call it. [`session`](super::session) makes the records.

use super::session::Session;
use crate::format::seen::Keys;
use crate::text::{Decoder, decode_leniently};
use crate::{Bibliography, Record, Result};
use std::io::Read;

/// Reads CSL-JSON items one by one, in memory that does not grow with the file.
///
/// An array, one object, objects one after another (NDJSON), and arrays under `items` in an
/// object, as web services give them: all are read alike.
///
/// ```
/// use citelift::csl_json::Reader;
///
/// let file = "{\"id\": \"a\", \"type\": \"book\"}\n{\"id\": \"b\", \"type\": \"map\"}\n";
/// for record in Reader::new(file.as_bytes()) {
///     let record = record?;
///     if let Some(work) = &record.work {
///         println!("line {}: {}", record.position.line, work.kind);
///     }
/// }
/// # Ok::<(), citelift::Error>(())
/// ```
pub struct Reader<R> {
    from: Decoder<R>,
    text: String,
    at_end: bool,
    failed: bool,
    session: Session,
}

impl<R: Read> Reader<R> {
    /// A reader of `from`, which needs no buffer of its own.
    pub fn new(from: R) -> Self {
        Self {
            from: Decoder::new(from),
            text: String::new(),
            at_end: false,
            failed: false,
            session: Session::new(),
        }
    }

    /// Keeps the ids that went by elsewhere.
    pub(in crate::format) fn remember_keys_in(&mut self, keys: Keys) {
        self.session.ids = keys;
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Record>;

    /// The next record; an error of kind [`Io`](crate::ErrorKind::Io), once, where reading
    /// fails.
    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            if let Some(record) = self.session.next(&self.text, self.at_end) {
                return Some(Ok(record));
            }
            if self.session.ended {
                return None;
            }
            let gone = self.session.forget(&self.text);
            self.text.drain(..gone);
            // Read much at once where an item is long, so that its beginning is not moved and
            // looked at again for every little.
            let wanted = self.text.len();
            while !self.at_end && self.text.len() <= wanted * 2 {
                match self.from.fill(&mut self.text) {
                    Ok(more) => self.at_end = !more,
                    Err(error) => {
                        self.failed = true;
                        return Some(Err(error.into()));
                    }
                }
            }
            let doubts = self.from.take_diagnostics();
            if !doubts.is_empty() {
                return Some(Ok(self.session.remark(doubts)));
            }
        }
        None
    }
}

/// All works of a CSL-JSON text, and what is doubted of them. Never fails: an item that is
/// broken is reported and costs no other.
///
/// ```
/// let read = citelift::csl_json::from_str(
///     r#"[{"id": "a", "type": "book", "title": "Harbour watch"}, {"id": "b", "type": }]"#,
/// );
/// assert_eq!(read.works.len(), 2);
/// assert_eq!(read.diagnostics[0].code, citelift::Code::CslJsonSyntax);
/// ```
#[must_use]
pub fn from_str(text: &str) -> Bibliography {
    Session::without_positions().all(text)
}

/// All works of a CSL-JSON file. Never fails; bytes that are not UTF-8 are read as the encoding
/// they are likely to be in, which is reported. Places count from the beginning of the decoded
/// text.
///
/// ```
/// let read = citelift::csl_json::from_slice(b"\xEF\xBB\xBF[{\"id\": \"a\", \"type\": \"map\"}]");
/// assert_eq!(read.works[0].kind, citelift::Kind::Map);
/// ```
#[must_use]
pub fn from_slice(bytes: &[u8]) -> Bibliography {
    let mut doubts = Vec::new();
    let text = decode_leniently(bytes, &mut doubts);
    let mut all = from_str(&text);
    all.diagnostics.splice(0..0, doubts);
    all
}

/// All works of a CSL-JSON stream.
///
/// # Errors
/// An error of kind [`Io`](crate::ErrorKind::Io) where reading fails; never for what is read.
///
/// ```
/// let read = citelift::csl_json::from_reader(&b"{\"id\": 1, \"type\": \"book\"}"[..])?;
/// assert_eq!(read.works[0].id.as_deref(), Some("1"));
/// # Ok::<(), citelift::Error>(())
/// ```
pub fn from_reader(from: impl Read) -> Result<Bibliography> {
    let mut all = Bibliography::default();
    for record in Reader::new(from) {
        all.add(record?, 0);
    }
    Ok(all)
}
