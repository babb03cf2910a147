//! Common given and family names, which tell `Roe Jane` from `Jane Roe`.

use std::collections::HashMap;
use std::sync::OnceLock;

/// What a word is among the common names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Common {
    Given,
    Family,
}

/// What `word` is, in any case; the first half of a double name counts: `Jean-Loup`.
pub(super) fn common(word: &str) -> Option<Common> {
    static NAMES: OnceLock<HashMap<&'static [u8], Common>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let data = include_str!("../../../data/lexicon/names.tsv");
        let rows = data.lines().filter_map(|line| line.split_once('\t'));
        rows.flat_map(|(kind, words)| {
            let kind = if kind == "given" { Common::Given } else { Common::Family };
            words.split(' ').map(move |word| (word.as_bytes(), kind))
        })
        .collect()
    });
    let half = word.split(['-', '‐', '‑']).next().unwrap_or(word);
    if half.len() > LONGEST {
        return None;
    }
    // `M.ª`, `Mª`, `M.a`
    if half.ends_with('ª') || half.ends_with(".a") {
        return Some(Common::Given);
    }
    if !half.is_ascii() {
        return names.get(half.to_lowercase().as_bytes()).copied();
    }
    // most names are of ASCII, and need no memory to be looked up
    let mut lower = [0; LONGEST];
    let lower = &mut lower[..half.len()];
    lower.copy_from_slice(half.as_bytes());
    lower.make_ascii_lowercase();
    names.get(&*lower).copied()
}

/// The longest name that is looked up, in bytes.
const LONGEST: usize = 24;
