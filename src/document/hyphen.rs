//! Soft breaks inside words, addresses and texts without spaces.
//!
//! A hyphen at a soft break may divide a word (`infor-` `mation`) or belong to it (`cross-`
//! `border`). What the document spells elsewhere decides; failing that, whether both halves are
//! words of the document. Called by `plain` after `wrap`.

use super::wrap::content;
use super::{Join, Line};
use std::collections::HashMap;

/// The longest address looked at, in bytes.
const LONGEST_ADDRESS: usize = 2000;
/// In a text whose words are divided, one of so many lines at least ends so.
const RARE: usize = 60;

/// Refines [`Join::Space`] where the break fell inside something.
pub(super) fn join(text: &str, lines: &mut [Line]) {
    let mut divided = Vec::new();
    for at in 1..lines.len() {
        if lines[at].join != Join::Space {
            continue;
        }
        let (previous, next) = (content(text, &lines[at - 1]), content(text, &lines[at]));
        if breaks_address(previous, next)
            || previous.chars().next_back().is_some_and(is_unspaced)
                && next.chars().next().is_some_and(is_unspaced)
        {
            lines[at].join = Join::Nothing;
        } else if let Some((left, right)) = halves(previous, next) {
            divided.push((at, left.to_lowercase(), right));
        }
    }
    if divided.is_empty() {
        return;
    }
    let mut seen: HashMap<String, bool> = HashMap::new();
    for (_, left, right) in &divided {
        let right_lower = right.to_lowercase();
        for word in [
            format!("{left}{right_lower}"),
            format!("{left}-{right_lower}"),
            right_lower,
            left.clone(),
        ] {
            seen.insert(word, false);
        }
    }
    note_words(text, lines, &divided, &mut seen);
    let is_seen = |word: &str| seen.get(word) == Some(&true);
    // Where hardly a line ends in a hyphen, nobody divided words: these have hyphens of their own.
    let soft = lines.iter().filter(|line| line.join == Join::Space).count();
    let confirmed = |(_, left, right): &(usize, String, &str)| {
        is_seen(&format!("{left}{}", right.to_lowercase()))
    };
    let divides = divided.len() * RARE >= soft || divided.iter().any(confirmed);
    for (at, left, right) in &divided {
        let right_lower = right.to_lowercase();
        let keeps = if is_seen(&format!("{left}-{right_lower}")) {
            true
        } else if is_seen(&format!("{left}{right_lower}")) {
            false
        } else {
            // "Asia-" "Pacific": a divided word goes on in lower case, unless it is all in capitals.
            right.chars().next().is_some_and(|c| !c.is_lowercase())
                && !in_capitals(text, lines, *at)
                || is_seen(left) && is_seen(&right_lower)
                || !divides
        };
        lines[*at].join = if keeps { Join::Nothing } else { Join::Hyphen };
    }
}

/// Whether the letters before and behind the break before line `at` are capitals: `PED-` `ERSEN`.
fn in_capitals(text: &str, lines: &[Line], at: usize) -> bool {
    let previous = at.checked_sub(1).and_then(|before| lines.get(before));
    let Some((previous, line)) = previous.zip(lines.get(at)) else { return false };
    let before = content(text, previous).chars().rev().filter(|c| !is_hyphen(*c)).take(2);
    before.chain(content(text, line).chars().take(2)).all(char::is_uppercase)
}

/// Marks which of the words sought stand in the text, other than at the breaks in question.
fn note_words(
    text: &str,
    lines: &[Line],
    divided: &[(usize, String, &str)],
    seen: &mut HashMap<String, bool>,
) {
    let mut note = |word: &str| {
        if let Some(found) = seen.get_mut(&word.to_lowercase()) {
            *found = true;
        }
    };
    let mut at_breaks = divided.iter().map(|(at, ..)| *at).peekable();
    for (at, line) in lines.iter().enumerate() {
        let mut words = content(text, line);
        if at_breaks.next_if_eq(&at).is_some() {
            words = words.trim_start_matches(is_word_char);
        }
        if at_breaks.peek() == Some(&(at + 1)) {
            words = words.trim_end_matches(is_word_char);
        }
        for compound in words.split(|c: char| !is_word_char(c)).filter(|word| !word.is_empty()) {
            note(compound);
            if compound.contains(is_hyphen) {
                compound.split(is_hyphen).for_each(&mut note);
            }
        }
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{ad}')
}

fn is_word_char(c: char) -> bool {
    c.is_alphabetic() || is_hyphen(c)
}

/// The halves of a word that a hyphen at the line's end divides.
fn halves<'a>(previous: &'a str, next: &'a str) -> Option<(&'a str, &'a str)> {
    let left = previous.strip_suffix(is_hyphen)?;
    let left = &left[left.trim_end_matches(char::is_alphabetic).len()..];
    let right = &next[..next.len() - next.trim_start_matches(char::is_alphabetic).len()];
    if left.is_empty() || right.is_empty() {
        return None;
    }
    Some((left, right))
}

/// Whether a web address or DOI at the end of `previous` goes on in `next`.
fn breaks_address(previous: &str, next: &str) -> bool {
    let mut from = previous.len().saturating_sub(LONGEST_ADDRESS);
    while !previous.is_char_boundary(from) {
        from += 1;
    }
    let last = previous[from..].rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_address =
        last.contains("://") || last.contains("www.") || last.contains("10.") && last.contains('/');
    if !is_address {
        return false;
    }
    let first = next.split(char::is_whitespace).next().unwrap_or_default();
    let inner = first.trim_end_matches(['.', ',', ';', '>', ')']);
    let looks_inside = inner.contains(|c: char| {
        c.is_ascii_digit() || matches!(c, '/' | '.' | '_' | '-' | '=' | '%' | '&' | '?')
    });
    match last.chars().next_back() {
        Some('-' | '_' | '=' | '&' | '?' | '%' | '~' | '#') => true,
        // "https://example.org/articles/" may be whole, and a sentence follow.
        Some('/' | '.' | ':') => looks_inside || first.len() == next.len() && !first.is_empty(),
        // Broken by force, in the middle: what follows is no word.
        _ => inner.contains(['/', '_', '=', '%']) && !inner.contains("://"),
    }
}

/// Characters of scripts that part words by no space: Chinese, Japanese (not Korean).
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is of a word, in a script that has spaces between words.
#[cfg_attr(not(feature = "documents"), allow(dead_code, reason = "some kinds of document ask it"))]
pub(super) fn is_spaced(c: char) -> bool {
    c.is_alphanumeric() && !is_unspaced(c)
}

#[cfg(test)]
mod tests {
    use crate::{Document, Span};

    fn joined(text: &str) -> String {
        let document = Document::from_text(text);
        let whole = Span::new(0, text.len());
        document.joined(0..document.lines().len(), whole).text().to_owned()
    }

    #[test]
    fn a_divided_word_is_made_whole() {
        assert_eq!(joined("all the infor-\nmation here"), "all the information here");
    }

    #[test]
    fn a_word_spelled_with_its_hyphen_elsewhere_keeps_it() {
        assert_eq!(
            joined("a cross-border case; the cross-\nborder trade"),
            "a cross-border case; the cross-border trade"
        );
        assert_eq!(
            joined("long ago; the term of a long-\nterm plan"),
            "long ago; the term of a long-term plan"
        );
    }

    #[test]
    fn an_address_goes_on_over_the_break() {
        let wrapped = "Available from https://example.org/very-\nlong/path-2010.pdf and\nfrom many other places on the network\nthat nobody has counted.";
        assert!(joined(wrapped).contains("https://example.org/very-long/path-2010.pdf and"));
    }

    #[test]
    fn chinese_lines_join_without_a_space() {
        let line = "参考文献管理工具研究".repeat(4);
        let text = format!("{line}\n{line}\n{line}\n{line}\n参考。");
        assert_eq!(joined(&text), format!("{line}{line}{line}{line}参考。"));
    }
}
