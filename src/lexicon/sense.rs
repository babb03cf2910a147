//! The words that say what kind of work is cited, and where they say it.
//!
//! They stand apart from the classes: the labeller's features know of those, and its model was
//! trained without these.

use super::rows;
use super::table::{Normal, Table};
use std::sync::OnceLock;

/// Makes [`Site`] of the names used in `data/lexicon/kinds.tsv`.
macro_rules! sites {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal),+ $(,)?) => {
        /// Where a word says what is cited.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Site { $($(#[doc = $doc])+ $variant),+ }

        impl Site {
            fn of(name: &str) -> Option<Self> {
                match name { $($name => Some(Site::$variant),)+ _ => None }
            }
        }
    };
}

sites! {
    /// Outside titles and names.
    Beside = "beside",
    /// In the genre, the medium or square brackets.
    Genre = "genre",
    /// At the title's beginning.
    Head = "head",
    /// In the container's title.
    Container = "container",
    /// The author.
    Author = "author",
    /// In capitals, with a number behind.
    Number = "number",
    /// An archive's name.
    Name = "name",
    /// Words that archives share with journals.
    Perhaps = "perhaps",
    /// An archive's abbreviation.
    Siglum = "siglum",
    /// What stands before the number of an archive's papers.
    Shelf = "shelf",
    /// What stands before the number of a leaf.
    Leaf = "leaf",
}

/// What a word says: a CSL type, or another name of the table, and where.
type Sense = (&'static str, Site);

/// What is known of a word or phrase.
#[derive(Debug, Default)]
struct Entry {
    senses: Vec<Sense>,
    /// Whether a phrase of more words begins with it.
    begins: bool,
}

/// The longest phrase in words.
const WORDS: usize = 4;

/// A word or phrase found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// Its first byte.
    pub(crate) start: usize,
    /// The byte behind its last.
    pub(crate) end: usize,
    /// What it says.
    pub(crate) what: &'static str,
}

/// The phrases, and which first words they can have at all.
#[derive(Debug)]
struct Senses {
    phrases: Table<Entry>,
    /// A bit for every [`mark`] of a first word: most words of a text are no first word, and need
    /// not be looked up.
    marks: [u64; MARKS / 64],
}

const MARKS: usize = 4096;

/// A number that a word has in any case; `None` of words that have letters beyond ASCII.
fn mark(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    let lower = |at: usize| bytes.get(at).map_or(0, |byte| usize::from(byte.to_ascii_lowercase()));
    let middle = lower(bytes.len() / 2);
    word.is_ascii().then(|| (lower(0) * 131 + lower(1) * 29 + middle * 7 + bytes.len()) % MARKS)
}

impl Senses {
    fn may_begin(&self, word: &str) -> bool {
        mark(word).is_none_or(|mark| self.marks[mark / 64] & (1 << (mark % 64)) != 0)
    }
}

fn senses() -> &'static Senses {
    static SENSES: OnceLock<Senses> = OnceLock::new();
    SENSES.get_or_init(|| {
        let mut marks = [0; MARKS / 64];
        let mut table: Table<Entry> = Table::default();
        for (what, rest) in rows(include_str!("../../data/lexicon/kinds.tsv")) {
            let Some((site, words)) = rest.split_once('\t') else { continue };
            let Some(site) = Site::of(site) else { continue };
            for phrase in words.split(' ') {
                let phrase = phrase.replace('_', " ");
                table.entry(&phrase).senses.push((what, site));
                let first = phrase.find(|c| !inside(c)).unwrap_or(phrase.len());
                if let Some(mark) = mark(&phrase[..first]) {
                    marks[mark / 64] |= 1 << (mark % 64);
                }
                if first < phrase.len() {
                    table.entry(&phrase[..first]).begins = true;
                }
            }
        }
        Senses { phrases: table, marks }
    })
}

fn inside(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’')
}

/// The end of the characters from `from` on that are, or are not, inside of words: byte by byte as
/// long as they are ASCII, since whole citations are gone through.
fn run(text: &str, from: usize, of_words: bool) -> usize {
    let mut at = from;
    while let Some(&byte) = text.as_bytes().get(at) {
        let (is_inside, len) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric() || byte == b'\'', 1)
        } else {
            text[at..].chars().next().map_or((false, 1), |c| (inside(c), c.len_utf8()))
        };
        if is_inside != of_words {
            break;
        }
        at += len;
    }
    at
}

/// The words and phrases of `text` that say something at `site`, in its order; the longest phrase
/// at each word.
pub(crate) fn said(text: &str, site: Site) -> impl Iterator<Item = Said> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = run(text, from, false);
            if start == text.len() {
                return None;
            }
            let first = run(text, start, true);
            from = first;
            let found = phrase(text, start, first, site);
            if let Some(said) = found {
                from = said.end;
                return Some(said);
            }
        }
    })
}

/// The sites that words of a text say something at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sites(u16);

impl Sites {
    /// Whether a word says something at one of `sites`.
    pub(crate) fn any(self, sites: &[Site]) -> bool {
        sites.iter().any(|&site| self.0 & (1 << site as u8) != 0)
    }
}

/// All sites that words and phrases of `text` say something at: most citations have none, and
/// need not be searched for each.
pub(crate) fn sites_in(text: &str) -> Sites {
    let mut sites = 0;
    let mut end = 0;
    loop {
        let start = run(text, end, false);
        if start == text.len() {
            return Sites(sites);
        }
        end = run(text, start, true);
        longest(text, start, end, |entry| {
            sites |= entry.senses.iter().fold(0, |sites, sense| sites | 1 << sense.1 as u8);
            None
        });
    }
}

/// The longest phrase at `start`, whose first word ends at `first`.
fn phrase(text: &str, start: usize, first: usize, site: Site) -> Option<Said> {
    longest(text, start, first, |entry| {
        entry.senses.iter().find(|sense| sense.1 == site).map(|sense| sense.0)
    })
}

/// The longest phrase at `start`, whose first word ends at `first`, in which `sense` sees one.
fn longest(
    text: &str,
    start: usize,
    first: usize,
    mut sense: impl FnMut(&Entry) -> Option<&'static str>,
) -> Option<Said> {
    let senses = senses();
    if !senses.may_begin(&text[start..first]) {
        return None;
    }
    let get = |end: usize| senses.phrases.get(Normal::of(&text[start..end]).bytes());
    let entry = get(first)?;
    let mut best = sense(entry).map(|what| Said { start, end: first, what });
    let mut end = first;
    for _ in 1..if entry.begins { WORDS } else { 1 } {
        // one or two marks stand between the words of a phrase: `unveröff. Ms.`
        let next = run(text, end, false);
        if next == text.len() || !(1..=2).contains(&(next - end)) {
            break;
        }
        end = run(text, next, true);
        if let Some(what) = get(end).and_then(&mut sense) {
            best = Some(Said { start, end, what });
        }
    }
    best
}

/// What the first words of `text` say at `site`.
pub(crate) fn said_first(text: &str, site: Site) -> Option<Said> {
    let start = run(text, 0, false);
    phrase(text, start, run(text, start, true), site)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_kinds_where_they_stand() {
        let what = |text, site| said(text, site).next().map(|said| said.what);
        assert_eq!(what("U.S. Patent No. 5", Site::Beside), Some("patent"));
        assert_eq!(what("[Motion picture]", Site::Genre), Some("motion_picture"));
        assert_eq!(what("Unveröff. Ms.", Site::Beside), Some("manuscript"));
        assert_eq!(what("The patent office", Site::Container), None);
        assert_eq!(said_first("Decreto n.º 5", Site::Head).map(|s| s.what), Some("legislation"));
        assert_eq!(said_first("The loi", Site::Head), None);
        assert_eq!(what("", Site::Genre), None);
    }
}
