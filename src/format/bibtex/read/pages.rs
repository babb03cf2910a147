//! The pages of an entry.
//!
//! Part of [`read`](super).

use super::{Raw, Reading};
use crate::format::bibtex::bytes::trimmed;
use crate::format::bibtex::decode;
use crate::{PageRange, Pages};

impl Reading<'_, '_, '_> {
    /// Pages: `--` divides first and last, so that pages may have hyphens of their own.
    pub(super) fn pages(&mut self, raw: &Raw<'_>) -> Option<Pages> {
        let pages = without_word(&raw.raw);
        // What nearly all entries say.
        if let Some((first, rest)) = pages.split_once('-')
            && let Some(last) = rest.strip_prefix('-')
            && [first, last].iter().all(|page| !page.is_empty() && is_number(page))
        {
            return Some(Pages::range(first, last));
        }
        let ranges: Vec<PageRange> = pages
            .split([',', ';'])
            .filter_map(|part| {
                let plain = |text: &str| decode::text(text, &mut Vec::new()).into_owned();
                match part.split_once("--") {
                    Some((first, last)) => {
                        let (first, last) = (plain(first), plain(last.trim_start_matches('-')));
                        if first.is_empty() {
                            return plain(part).parse::<Pages>().ok()?.ranges().first().cloned();
                        }
                        Some(PageRange { first, last: (!last.is_empty()).then_some(last) })
                    }
                    None => plain(part).parse::<Pages>().ok()?.ranges().first().cloned(),
                }
            })
            .collect();
        Pages::from_ranges(ranges)
    }
}

/// Pages without the word that says so: `pp. 12--34`.
fn without_word(pages: &str) -> &str {
    let pages = trimmed(pages);
    if !pages.starts_with('p') {
        return pages;
    }
    let words = ["pages", "page", "pp", "p", "pgs", "pg"];
    words
        .iter()
        .filter_map(|word| pages.strip_prefix(word))
        .filter(|rest| rest.starts_with(['.', ' ', '~']))
        .map(|rest| rest.trim_start_matches(['.', ' ', '~', '\\', ',']))
        .find(|rest| !rest.is_empty())
        .unwrap_or(pages)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
