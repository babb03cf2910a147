//! What repeats at the ends of pages: page numbers and running heads.
//!
//! Called by `plain`. A bare number is a page number only in company: a list may be grouped under
//! the headings `2009` and `2010`, which stand alone just so.

use super::plain::Raw;
use std::collections::HashMap;

/// The longest running head, in bytes.
const LONGEST_HEAD: usize = 100;
/// How many lines of a page's end, blank ones not counted, may be number or head.
const REACH: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Blank,
    /// A number with nothing but dashes, bars or a word such as "Page" around it.
    Number(u32),
    /// Short enough for a head, and without a sentence's end.
    Short,
    Long,
}

/// For each line, whether it is a page number or a running head.
pub(super) fn lines(text: &str, raw: &[Raw]) -> Vec<bool> {
    let has_pages = raw.iter().any(|line| line.page);
    let roles: Vec<Role> =
        raw.iter().map(|line| role(line.span.of(text).unwrap_or_default(), has_pages)).collect();
    let mut dropped = vec![false; raw.len()];
    let numbers = roles.iter().any(|role| matches!(role, Role::Number(_)));
    if !has_pages && !numbers {
        return dropped;
    }

    let key = |at: usize| head_key(raw[at].span.of(text).unwrap_or_default());
    let mut heads: HashMap<String, usize> = HashMap::new();
    for at in (0..raw.len()).filter(|&at| roles[at] == Role::Short) {
        *heads.entry(key(at)).or_default() += 1;
    }
    let repeated = |at: usize| roles[at] == Role::Short && heads.get(&key(at)) > Some(&1);

    if has_pages {
        for at in (0..raw.len()).filter(|&at| raw[at].page) {
            page_end(at, raw, &roles, &repeated, &mut dropped);
        }
        return dropped;
    }
    // Without form feeds: a number beside a line that comes again and again, or numbers that
    // rise through the document.
    let rising = numbers_rise(&roles);
    for at in (0..raw.len()).filter(|&at| matches!(roles[at], Role::Number(_))) {
        let head = [at.checked_sub(1), Some(at + 1).filter(|&next| next < raw.len())]
            .into_iter()
            .flatten()
            .find(|&beside| roles[beside] == Role::Short && heads.get(&key(beside)) > Some(&2));
        if let Some(head) = head {
            dropped[head] = true;
            dropped[at] = true;
        } else if rising && lone(at, &roles) {
            dropped[at] = true;
        }
    }
    dropped
}

/// Marks number and head on both sides of the page's end before line `at`.
fn page_end(
    at: usize,
    raw: &[Raw],
    roles: &[Role],
    repeated: &impl Fn(usize) -> bool,
    dropped: &mut [bool],
) {
    let mut number = false;
    let mut look = |line: usize, seen: &mut usize| -> bool {
        match roles[line] {
            Role::Blank => true,
            Role::Number(_) if !number => {
                number = true;
                dropped[line] = true;
                *seen += 1;
                *seen < REACH
            }
            Role::Short if repeated(line) => {
                dropped[line] = true;
                *seen += 1;
                *seen < REACH
            }
            _ => false,
        }
    };
    let mut seen = 0;
    let mut line = at;
    while line > 0 {
        line -= 1;
        if !look(line, &mut seen) || line > 0 && raw[line].page {
            break;
        }
    }
    let mut seen = 0;
    for line in at..raw.len() {
        if !look(line, &mut seen) || raw.get(line + 1).is_some_and(|next| next.page) {
            break;
        }
    }
}

/// Whether line `at` has nothing but blank lines beside it.
fn lone(at: usize, roles: &[Role]) -> bool {
    let blank = |line: Option<&Role>| line.is_none_or(|&role| role == Role::Blank);
    blank(at.checked_sub(1).and_then(|before| roles.get(before))) && blank(roles.get(at + 1))
}

/// Whether the bare numbers are consecutive, three or more of them: pages without form feeds.
/// Years as headings rise too, but pages rarely reach them.
fn numbers_rise(roles: &[Role]) -> bool {
    let numbers: Vec<u32> = roles
        .iter()
        .filter_map(|role| if let Role::Number(number) = role { Some(*number) } else { None })
        .collect();
    numbers.len() >= 3
        && numbers.windows(2).all(|pair| pair[1] == pair[0].saturating_add(1))
        && numbers.iter().all(|&number| number < 1500)
}

fn role(content: &str, has_pages: bool) -> Role {
    if content.is_empty() {
        return Role::Blank;
    }
    if content.len() > LONGEST_HEAD {
        return Role::Long;
    }
    // "Section 3" is a page number only where pages are known to end.
    if let Some(number) = page_number(content)
        && (has_pages || !content.starts_with(char::is_alphabetic))
    {
        return Role::Number(number);
    }
    // A sentence of an annotation may come twice in a document, and stand at a page's end.
    if content.ends_with(['.', '!', '?', ')', ']', ';', ',']) { Role::Long } else { Role::Short }
}

/// The number of `12`, `- 12 -`, `Page 12`, `Seite 12 von 40`, `12 / 40`, `12 |`.
fn page_number(content: &str) -> Option<u32> {
    let digits = content.chars().filter(char::is_ascii_digit).count();
    if digits == 0 || digits > 8 || content.len() > 24 {
        return None;
    }
    let mut words = content
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '/' | '~'))
        .filter(|word| !word.is_empty())
        .peekable();
    words.next_if(|word| is_word(word));
    let number = words.next()?.parse::<u32>().ok()?;
    if let Some(word) = words.next() {
        // The count of all pages, behind "of" or a stroke.
        let count = if is_word(word) { words.next()? } else { word };
        if !is_word(word) && !content.contains('/') || count.parse::<u32>().is_err() {
            return None;
        }
    }
    (words.next().is_none() && number < 10_000).then_some(number)
}

/// A short word of letters, such as those that mean "page" and "of" in any language.
fn is_word(word: &str) -> bool {
    let letters = word.trim_end_matches('.');
    letters.chars().count() <= 7 && !letters.is_empty() && letters.chars().all(char::is_alphabetic)
}

/// A head's text without the page number that it may carry at either end.
fn head_key(content: &str) -> String {
    let number =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '|' | '-' | '–' | '·');
    let bare = content.trim_matches(number);
    if bare.is_empty() { content.to_owned() } else { bare.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known_by_their_form() {
        for (content, number) in [
            ("12", 12),
            ("- 7 -", 7),
            ("Page 3 of 40", 3),
            ("S. 5", 5),
            ("12 / 40", 12),
            ("| 9", 9),
        ] {
            assert_eq!(page_number(content), Some(number), "{content}");
        }
        for content in ["12 ships", "1990-1999", "A 12 B", "12.", "Ports"] {
            assert_eq!(page_number(content), None, "{content}");
        }
    }
}
