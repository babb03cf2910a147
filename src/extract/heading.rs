//! Headings: which lines are one, and which of them group the works below.
//!
//! A list's own title ("References") is no keyword, a group's heading ("Africa") is. The document
//! tells most of it: the title stands above the groups, or alone. `data/lexicon/list_titles.tsv`
//! settles the rest; no list is found by it. Called by `region` and `extract`.

use super::marker::Marker;
use super::region::Label;
use super::sentence::cuts;
use crate::document::{Document, Join, Role};
use crate::span::Span;
use std::collections::HashSet;
use std::sync::OnceLock;

/// The longest heading, in characters and words.
const LONGEST: usize = 100;
const MOST_WORDS: usize = 13;
/// How much a line is a heading where the document says so.
const SAID: f32 = 6.0;

/// How much line `at` looks like a heading, as a logarithm of odds; `start` is how much it looks
/// like an entry's beginning.
pub(super) fn score(document: &Document, text: &str, at: usize, start: f32) -> f32 {
    const NO: f32 = -8.0;
    let lines = document.lines();
    let Some(line) = lines.get(at) else { return NO };
    match line.role {
        // The titles of a list of one's own works may be headings, too, but that is rare.
        Role::Heading(_) => return SAID - start.max(0.0) * 0.5,
        Role::Note => return NO,
        _ => {}
    }
    let words = text.split_whitespace().take(MOST_WORDS + 1).count();
    let count = text.chars().take(LONGEST + 1).count();
    let next = lines.get(at + 1);
    if count > LONGEST
        || words > MOST_WORDS
        || line.bullet
        || line.join != Join::Apart
        || next.is_some_and(|next| next.join != Join::Apart && next.blank == 0)
        || text.contains("://")
    {
        return NO;
    }
    let mut score = 0.5;
    let above = at == 0 || line.blank > 0 || line.page;
    let below = next.is_none_or(|next| next.blank > 0 || next.page);
    score += match (above, below) {
        (true, true) => 2.0,
        (true, false) => 1.5,
        (false, true) => 0.0,
        (false, false) => -1.5,
    };
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let first = letters.next();
    if first.is_some_and(char::is_lowercase) {
        score -= 3.0;
    }
    if first.is_some_and(char::is_uppercase) && !text.chars().any(char::is_lowercase) {
        score += 1.0;
    }
    score += match text.chars().next_back() {
        Some('.' | ',' | ';' | '。') => -5.0,
        Some('!' | '?' | ')' | ']' | '"' | '”' | '»' | '>') => -1.5,
        _ => 0.0,
    };
    // "[Short, and still in print. Not indexed.]" is two sentences, "I. Foundations" is not.
    if cuts(text).iter().any(|cut| !cut.after_initial && cut.at > 4) {
        score -= 4.0;
    }
    if document.is_bold(at) {
        score += 1.5;
    }
    if words <= 5 {
        score += 0.7;
    } else if words > 8 {
        score -= 1.0;
    }
    // "I. Foundations" and "2000–2009" look a little like entries; "Roe, J. (2010)" very much.
    score - start.max(0.0) * 0.5
}

/// For each line that begins an entry, the line of the heading whose group it belongs to.
pub(super) fn groups(document: &Document, labels: &[Label]) -> Vec<Option<usize>> {
    let nearest = nearest(labels);
    let starts = labels.iter().enumerate().filter(|(_, label)| **label == Label::Start);
    let mut heads: Vec<usize> = starts.filter_map(|(at, _)| nearest[at]).collect();
    heads.dedup();
    let is_title = |at: usize| is_list_title(document, at);
    let groups: Vec<usize> = heads.iter().copied().filter(|&at| !is_title(at)).collect();
    // One heading above all entries is the list's title, whatever it says, unless the title
    // stands right above it.
    let alone = match groups[..] {
        [only] => {
            let above = only.checked_sub(1).filter(|&above| labels[above] == Label::Heading);
            heads.len() == 1 && !above.is_some_and(is_title)
        }
        _ => false,
    };
    nearest
        .into_iter()
        .map(|head| head.filter(|&at| !alone && groups.binary_search(&at).is_ok()))
        .collect()
}

/// For each line, the last heading above it with nothing but entries between.
fn nearest(labels: &[Label]) -> Vec<Option<usize>> {
    let mut head = None;
    labels
        .iter()
        .enumerate()
        .map(|(at, label)| {
            match label {
                Label::Heading => head = Some(at),
                Label::Outside => head = None,
                _ => {}
            }
            head
        })
        .collect()
}

/// A heading's text, and where it stands.
pub(super) fn text(document: &Document, at: usize) -> (String, Vec<Span>) {
    let Some(line) = document.lines().get(at) else { return (String::new(), Vec::new()) };
    let span = Span::new(line.start(), line.end());
    let text = document.joined(at..at + 1, span).into_text();
    // "## Africa" and "Africa:" are the heading Africa.
    let bare = text.trim_start_matches('#').trim_start().trim_end_matches(':').trim_end();
    (bare.to_owned(), vec![span])
}

/// Whether a heading says no more than "list of works".
pub(super) fn is_list_title(document: &Document, at: usize) -> bool {
    static TITLES: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let titles = TITLES.get_or_init(|| {
        include_str!("../../data/lexicon/list_titles.tsv")
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(_, title)| title)
            .collect()
    });
    let (text, _) = text(document, at);
    let text = text.to_lowercase();
    let number = Marker::of(&text).map_or(0, |marker| marker.length);
    // "1.16 Bibliography"
    let text = text[number..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    titles.contains(bare) || titles.contains(bare.trim_start_matches(['i', 'v', 'x', '.', ' ']))
}
