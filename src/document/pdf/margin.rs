//! What stands on pages and belongs to no text: running heads, page numbers, numbers of lines.
//!
//! Takes all pages, takes these words out. A head is a line that comes again at the same height of
//! another page, its figures aside; a page number stands alone at a page's end, and rises. Called
//! by `mod` before columns are told, since a head lies over all of them.

use super::page::{Page, Row, Word, rows};
use std::collections::HashMap;

/// So many lines of a page's end may be head or number.
const REACH: usize = 4;
/// A head lies in this part of the page, at either end.
const ZONE: f32 = 0.17;
/// The longest head, in characters.
const LONGEST: usize = 140;
/// How far the same head may stand from its place, in points.
const PLACE: f32 = 8.0;

/// Takes heads, page numbers and numbers of lines out of all pages.
pub(super) fn clear(pages: &mut [Page]) {
    let mut all: Vec<Vec<Row>> = pages
        .iter_mut()
        .map(|page| {
            let mut rows = rows(std::mem::take(&mut page.words));
            unnumber(&mut rows);
            rows
        })
        .collect();
    let heights: Vec<f32> = pages.iter().map(|page| page.height).collect();
    let mut seen: HashMap<String, Vec<(usize, f32)>> = HashMap::new();
    for (at, (rows, &height)) in all.iter().zip(&heights).enumerate() {
        for row in ends(rows, height).into_iter().flatten() {
            let Some(row) = rows.get(row) else { continue };
            let places = seen.entry(key(&row.text())).or_default();
            // More places say no more.
            if places.len() < 200 {
                places.push((at, row.baseline));
            }
        }
    }
    for (at, (rows, &height)) in all.iter_mut().zip(&heights).enumerate() {
        let comes_again = |row: &Row| {
            let text = row.text();
            let places = seen.get(&key(&text)).map(Vec::as_slice).unwrap_or_default();
            let again = places
                .iter()
                .any(|(page, place)| *page != at && (place - row.baseline).abs() < PLACE);
            text.chars().count() <= LONGEST && again
        };
        let mut dropped = Vec::new();
        for end in ends(rows, height) {
            dropped.extend(head(rows, &end, &comes_again));
        }
        let mut count = 0;
        rows.retain(|_| {
            count += 1;
            !dropped.contains(&(count - 1))
        });
    }
    for (page, rows) in pages.iter_mut().zip(all) {
        page.words = rows.into_iter().flat_map(|row| row.words).collect();
    }
}

/// The rows at the top and at the bottom of a page, from its end inwards.
fn ends(rows: &[Row], height: f32) -> [Vec<usize>; 2] {
    let count = rows.len();
    let top = (0..count.min(REACH))
        .take_while(|&at| rows.get(at).is_some_and(|row| row.baseline < ZONE * height));
    let bottom = (0..count)
        .rev()
        .take(REACH)
        .take_while(|&at| rows.get(at).is_some_and(|row| row.baseline > (1.0 - ZONE) * height));
    [top.collect(), bottom.collect()]
}

/// A row's text but for its figures, which count pages.
fn key(text: &str) -> String {
    let mut key = String::new();
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let counts =
            !bare.is_empty() && (bare.chars().all(|c| c.is_ascii_digit()) || is_roman(bare));
        key.push_str(if counts { "#" } else { word });
        key.push(' ');
    }
    key.to_lowercase()
}

fn is_roman(text: &str) -> bool {
    text.len() <= 7 && text.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'))
}

/// Whether a row says a page's number and nothing else: `12`, `– 12 –`, `12 / 40`, `xii`.
fn is_number(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '/' | '·'))
        .filter(|word| !word.is_empty())
        .collect();
    let counts =
        |word: &&str| word.len() <= 4 && word.chars().all(|c| c.is_ascii_digit()) || is_roman(word);
    match words.as_slice() {
        [one] => counts(one),
        [one, two] => counts(one) && counts(two) && text.contains('/'),
        _ => false,
    }
}

/// The rows of `end`, from the page's end inwards, that are head or number: as many as come again,
/// up to one that stands clear of the text, since a text's own lines may come again, too.
fn head(rows: &[Row], end: &[usize], comes_again: &impl Fn(&Row) -> bool) -> Vec<usize> {
    let Some((&outer, &next)) = end.first().zip(end.get(1)) else {
        // The page's only row near this end.
        let lone = end.first().and_then(|&at| rows.get(at)).filter(|row| {
            rows.len() > 1 && (comes_again(row) || is_number(&row.text()) || has_number_apart(row))
        });
        return lone.map_or_else(Vec::new, |_| end.to_vec());
    };
    let inwards = |at: usize| if next > outer { Some(at + 1) } else { at.checked_sub(1) };
    let is_head = |row: &Row| comes_again(row) || is_number(&row.text()) || has_number_apart(row);
    let heads = end.iter().take_while(|&&at| rows.get(at).is_some_and(is_head)).count();
    let clear = |&count: &usize| {
        let last = count.checked_sub(1).and_then(|last| end.get(last).copied());
        let pair = last.and_then(|at| Some((rows.get(at)?, rows.get(inwards(at)?)?)));
        pair.is_some_and(|(row, inner)| {
            let gap = (inner.baseline - row.baseline).abs() / inner.size.max(row.size).max(1.0);
            gap > if comes_again(row) { CLEAR } else { CLEAR_NUMBER }
        })
    };
    let count = (1..=heads).rev().find(clear).unwrap_or(0);
    end.iter().copied().take(count).collect()
}

/// Whether a page's number stands at one edge of a row and a head at the other.
fn has_number_apart(row: &Row) -> bool {
    let apart = |number: Option<&Word>, gap: Option<f32>| {
        number.is_some_and(|number| is_number(&number.text))
            && gap.is_some_and(|gap| gap > APART * row.size)
    };
    let gap = |pair: Option<&[Word]>| match pair {
        Some([left, right]) => Some(right.x0 - left.x1),
        _ => None,
    };
    let last = row.words.len().saturating_sub(2);
    apart(row.words.first(), gap(row.words.get(..2)))
        || apart(row.words.last(), gap(row.words.get(last..)))
}

/// How far a page's number stands from the head on its row, in sizes of type.
const APART: f32 = 3.0;
/// How far a head stands from the text, in sizes of type, and a number that may be a heading.
const CLEAR: f32 = 1.45;
const CLEAR_NUMBER: f32 = 1.7;

/// As many numbers of lines are wanted before they are believed.
const FEWEST: usize = 10;

/// Takes the numbers of lines, as manuscripts for reviewers have them, out of a page's margin:
/// most rows begin (or end) with the next number, far from the text.
fn unnumber(rows: &mut [Row]) {
    for first in [true, false] {
        let number = |row: &Row| {
            let outer = if first { row.words.first() } else { row.words.last() };
            let inner = if first { row.words.get(1) } else { row.words.iter().rev().nth(1) };
            let outer = outer?;
            let value: u32 = outer.text.parse().ok().filter(|_| outer.text.len() <= 5)?;
            let gap = inner.map_or(f32::INFINITY, |inner| match first {
                true => inner.x0 - outer.x1,
                false => outer.x0 - inner.x1,
            });
            (gap > 0.8 * row.size).then_some((value, edge(outer, first)))
        };
        let found: Vec<(usize, u32, f32)> = rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| number(row).map(|(value, edge)| (at, value, edge)))
            .collect();
        let follows = |pair: &&[(usize, u32, f32)]| match pair {
            [(_, value, edge), (_, next, next_edge)] => {
                *next == value + 1 && (edge - next_edge).abs() < 2.0
            }
            _ => false,
        };
        let counted = found.windows(2).filter(follows).count() + 1;
        // Entries of a list that is counted take several lines.
        if counted < FEWEST || counted * 10 < rows.len() * 8 || counted * 10 < found.len() * 9 {
            continue;
        }
        for (at, ..) in found {
            if let Some(row) = rows.get_mut(at) {
                if first {
                    row.words.remove(0);
                } else {
                    row.words.pop();
                }
            }
        }
    }
}

/// The side of a number that faces the text.
fn edge(word: &Word, first: bool) -> f32 {
    if first { word.x1 } else { word.x0 }
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::typed;
    use super::*;

    fn page(lines: &[(&str, f32, f32)]) -> Page {
        let words = lines.iter().flat_map(|(text, x, y)| typed(text, *x, *y, 10.0)).collect();
        Page { height: 800.0, words }
    }

    fn texts(page: &Page) -> Vec<String> {
        rows(page.words.clone()).iter().map(Row::text).collect()
    }

    #[test]
    fn heads_and_numbers_go_and_text_stays() {
        let mut pages = vec![
            page(&[
                ("Ports 2", 50.0, 40.0),
                ("Roe closes", 50.0, 80.0),
                ("Doe. 2010.", 50.0, 92.0),
            ]),
            page(&[("3 Ports", 50.0, 40.0), ("Poe opens", 50.0, 80.0), ("12", 300.0, 770.0)]),
            page(&[("Ports 4", 50.0, 40.0), ("2011", 50.0, 80.0), ("Poe", 50.0, 92.0)]),
        ];
        clear(&mut pages);
        assert_eq!(texts(&pages[0]), ["Roe closes", "Doe. 2010."]);
        assert_eq!(texts(&pages[1]), ["3 Ports", "Poe opens"]);
        assert_eq!(texts(&pages[2]), ["2011", "Poe"]);
    }

    #[test]
    fn numbers_of_lines_go_and_those_of_entries_stay() {
        let numbered: Vec<(String, f32)> = (1_u8..=20)
            .map(|at| (format!("{at}   ships wait here"), f32::from(at) * 12.0))
            .collect();
        let lines: Vec<(&str, f32, f32)> =
            numbered.iter().map(|(text, y)| (text.as_str(), 50.0, 100.0 + y)).collect();
        let mut pages = vec![page(&lines)];
        clear(&mut pages);
        assert_eq!(texts(&pages[0])[19], "ships wait here");
        let entries: Vec<(&str, f32, f32)> = lines
            .iter()
            .flat_map(|&(text, x, y)| [(text, x, y), ("and sail", 68.0, y + 6.0)])
            .map(|(text, x, y)| (text, x, 2.0 * y - 100.0))
            .collect();
        let mut pages = vec![page(&entries)];
        clear(&mut pages);
        assert_eq!(texts(&pages[0])[0], "1 ships wait here");
    }
}
