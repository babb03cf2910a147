//! The entries of a file that others inherit from, found before it is read.
//!
//! Takes a file that can be read twice, gives its parents to a [`Reader`](super::Reader); called
//! by `citelift convert` and `check` for files. A stream is read once: there a parent is waited
//! for, and not forever. Many programs put parents at the very end of a file, as BibTeX asks.

use super::raw::{Block, Blocks, settled};
use super::values::{Strings, Values};
use crate::Result;
use crate::text::Decoder;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::sync::Arc;

/// How many keys that entries inherit from are remembered at most, and how much memory parents
/// take, in bytes. A file may name as many as it has entries.
const KEYS: usize = 100_000;
const BYTES: usize = 8 << 20;
/// How much text is gathered before it is looked for entries, in bytes.
const STEP: usize = 1 << 16;

/// Entries that others of their file inherit from (`crossref`, `xdata`).
///
/// ```
/// use citelift::bibtex::{Parents, Reader};
///
/// let bib = "@inbook{a, title = {A}, crossref = {b}} @book{b, title = {B}}";
/// let parents = Parents::find(|| Ok(bib.as_bytes()))?;
/// let first = Reader::with_parents(bib.as_bytes(), parents).next().transpose()?;
/// let work = first.and_then(|record| record.work);
/// assert_eq!(work.and_then(|work| work.container_title).as_deref(), Some("B"));
/// # Ok::<(), citelift::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Parents {
    entries: HashMap<String, Arc<Values<'static>>>,
    /// Whether these are all that there are.
    complete: bool,
}

impl Parents {
    /// Looks for the parents of a file, which is opened once, and where an entry inherits twice.
    /// Of more than fit in some megabytes, those that come last are left out; the reader then
    /// waits for them as it does for those of a stream.
    ///
    /// # Errors
    /// What `open` says, and an error of kind [`Io`](crate::ErrorKind::Io) where reading fails.
    pub fn find<R: Read>(mut open: impl FnMut() -> Result<R>) -> Result<Self> {
        let mut wanted: HashSet<u64> = HashSet::new();
        let mut complete = true;
        entries(open()?, |entry| {
            for (_, key, _) in entry.parents() {
                if wanted.len() < KEYS {
                    wanted.insert(digest(key));
                } else {
                    complete &= wanted.contains(&digest(key));
                }
            }
        })?;
        let mut found = HashMap::new();
        if !wanted.is_empty() {
            let mut bytes = 0;
            entries(open()?, |entry| {
                let key = entry.key.trim();
                if wanted.contains(&digest(key)) && !found.contains_key(key) {
                    bytes += weight(&entry);
                    if bytes <= BYTES {
                        found.insert(key.to_owned(), Arc::new(entry.into_owned()));
                    } else {
                        complete = false;
                    }
                }
            })?;
        }
        Ok(Self { entries: found, complete })
    }

    /// The parent of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Arc<Values<'static>>> {
        self.entries.get(key)
    }

    /// Whether an entry that is not among these is nowhere in the file.
    pub(super) fn are_complete(&self) -> bool {
        self.complete
    }
}

/// About how many bytes an entry takes in memory: most of them are not its text.
pub(super) fn weight(entry: &Values<'_>) -> usize {
    const ENTRY: usize = 300;
    const FIELD: usize = 150;
    entry.fields.iter().map(|field| FIELD + field.raw.len()).sum::<usize>() + ENTRY
}

/// A key as a number: the keys would take more.
fn digest(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// Hands out the entries of a stream, with their abbreviations put in.
fn entries(from: impl Read, mut each: impl FnMut(Values<'_>)) -> Result<()> {
    let mut decoder = Decoder::new(from);
    let mut strings = Strings::default();
    let (mut text, mut at_end) = (String::new(), false);
    while !at_end || !text.is_empty() {
        let wanted = (text.len() * 2).max(STEP);
        while text.len() < wanted && !at_end {
            at_end = !decoder.fill(&mut text)?;
        }
        // What is said here is said again when the file is read.
        decoder.take_diagnostics();
        let end = settled(&text, at_end);
        let mut unsaid = Vec::new();
        for block in Blocks::new(text.get(..end).unwrap_or_default(), 0) {
            match block {
                Block::Entry(entry) => each(Values::of(&entry, &strings, &mut unsaid)),
                Block::String(entry) => strings.define(&entry, &mut unsaid),
                Block::Preamble(..) | Block::Comment(..) | Block::Text(..) => {}
            }
            unsaid.clear();
        }
        text.drain(..end);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibtex::Reader;
    use crate::{Code, Record};

    fn records(text: &str) -> Vec<Record> {
        let parents = Parents::find(|| Ok(text.as_bytes())).unwrap();
        Reader::with_parents(text.as_bytes(), parents).collect::<Result<_>>().unwrap()
    }

    #[test]
    fn a_parent_is_found_however_far_away() {
        let far: String = (0..20_000)
            .map(|n| format!("@misc{{m{n}, note = {{{}}}}}\n", "x".repeat(400)))
            .collect();
        let child = "@inbook{a, title = {A}, crossref = pre # {b}}\n";
        let text = format!("@string{{pre = {{b}}}}\n{child}{far}@book{{bb, title = {{B}}}}\n");
        let found = records(&text);
        assert_eq!(found.len(), 20_002);
        let first = found[0].work.as_ref().unwrap();
        assert_eq!(first.container_title.as_deref(), Some("B"));
    }

    #[test]
    fn what_is_nowhere_is_not_waited_for() {
        let text = "@inbook{a, title = {A}, crossref = {b}}\n@misc{c, title = {C}}";
        let parents = Parents::find(|| Ok(text.as_bytes())).unwrap();
        assert!(parents.are_complete() && parents.get("b").is_none());
        let found = records(text);
        assert_eq!(found[0].diagnostics[0].code, Code::BibtexParentMissing);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_flood_of_parents_is_left_to_the_reader() {
        let text: String = (0..120_000)
            .map(|n| format!("@inbook{{a{n}, title = {{A}}, crossref = {{b{n}}}}}\n"))
            .collect();
        assert!(!Parents::find(|| Ok(text.as_bytes())).unwrap().are_complete());
    }
}
