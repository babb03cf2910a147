//! The words that say what kind of work is cited, and where they say it.
//!
//! They stand apart from the classes: the labeller's features know of those, and its model was
//! trained without these.

use super::rows;
use super::table::Table;
use super::word::{self, Part};
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

fn senses() -> &'static Table<Entry> {
    static SENSES: OnceLock<Table<Entry>> = OnceLock::new();
    SENSES.get_or_init(|| {
        let mut table: Table<Entry> = Table::default();
        for (what, rest) in rows(include_str!("../../data/lexicon/kinds.tsv")) {
            let Some((site, words)) = rest.split_once('\t') else { continue };
            let Some(site) = Site::of(site) else { continue };
            for phrase in words.split(' ') {
                let phrase = phrase.replace('_', " ");
                table.entry(&phrase).senses.push((what, site));
                let first = word::end(&phrase, 0, INSIDE);
                if first < phrase.len() {
                    table.entry(&phrase[..first]).begins = true;
                }
            }
        }
        table
    })
}

/// What words that say kinds are made of.
const INSIDE: Part = Part::Apostrophe;

/// The words and phrases of `text` that say something at `site`, in its order; the longest phrase
/// at each word.
pub(crate) fn said(text: &str, site: Site) -> impl Iterator<Item = Said> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = word::start(text, from, INSIDE);
            if start == text.len() {
                return None;
            }
            let first = word::end(text, start, INSIDE);
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
    let mut behind = 0;
    loop {
        let start = word::start(text, behind, INSIDE);
        if start == text.len() {
            return Sites(sites);
        }
        behind = word::end(text, start, INSIDE);
        longest(text, start, behind, |entry| {
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
    let get = |behind: usize| senses.get(&text[start..behind]);
    let entry = get(first)?;
    let mut best = sense(entry).map(|what| Said { start, end: first, what });
    let mut behind = first;
    for _ in 1..if entry.begins { WORDS } else { 1 } {
        // one or two marks stand between the words of a phrase: `unveröff. Ms.`
        let next = word::start(text, behind, INSIDE);
        if next == text.len() || !(1..=2).contains(&(next - behind)) {
            break;
        }
        behind = word::end(text, next, INSIDE);
        if let Some(what) = get(behind).and_then(&mut sense) {
            best = Some(Said { start, end: behind, what });
        }
    }
    best
}

/// What the first words of `text` say at `site`.
pub(crate) fn said_first(text: &str, site: Site) -> Option<Said> {
    let start = word::start(text, 0, INSIDE);
    phrase(text, start, word::end(text, start, INSIDE), site)
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
