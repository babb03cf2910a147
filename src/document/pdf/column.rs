//! Columns of a page, in the order in which they are read.
//!
//! Takes a page's words, gives its [`Column`]s. A gutter is a strip that no word crosses, beside
//! many lines on both sides, the right ones of which begin at one edge. Above and below it the page
//! is looked at anew, so that a title over two columns, or a wide picture between them, parts them.
//! Called by `mod`.

use super::page::{Row, Word, rows};
use std::collections::HashMap;

/// Rows that are read one after the other.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) rows: Vec<Row>,
    /// How wide the column may be, to the gutter or the page's text edge.
    pub(super) width: f32,
}

/// Nobody sets more columns in one another.
const DEEPEST: usize = 6;
/// Beside a gutter are at least so many lines, and beside a narrow one more.
const FEWEST: usize = 4;
const FEWEST_NARROW: usize = 8;
const FEWEST_KNOWN: usize = 2;
/// So many lines that end at one edge make a column.
const FEWEST_FLUSH: usize = 12;
/// A gutter is at least so wide, and a narrow one no wider, in parts of the size.
const NARROWEST: f32 = 0.84;
const NARROW: f32 = 1.6;
/// The lines beside it have at least so many letters: numbers and labels are no column.
const SHORTEST: usize = 12;
/// More words make no text.
const MOST_WORDS: usize = 8_000;

/// The columns of each page.
pub(super) fn columns(pages: Vec<Vec<Word>>) -> Vec<Vec<Column>> {
    let words = || pages.iter().flatten();
    let edges = (
        words().map(|word| word.x0).fold(f32::INFINITY, f32::min),
        words().map(|word| word.x1).fold(f32::NEG_INFINITY, f32::max),
    );
    let mut known = Known::default();
    for (number, words) in pages.iter().enumerate().filter(|(_, words)| is_text(words)) {
        if let Some(gutter) = gutter(words, &|_| None) {
            known.add(number, gutter.x);
        }
    }
    let of_page = |(number, words)| {
        let mut columns = Vec::new();
        let fewest = |x: f32| known.is_elsewhere(number, x).then_some(FEWEST_KNOWN);
        split(words, edges, 0, &fewest, &mut columns);
        columns
    };
    pages.into_iter().enumerate().map(of_page).collect()
}

fn is_text(words: &[Word]) -> bool {
    (4..MOST_WORDS).contains(&words.len())
}

/// Gutters of whole pages: where one was, another page's needs fewer lines beside it.
#[derive(Default)]
struct Known(HashMap<i32, Vec<usize>>);

impl Known {
    const STEP: f32 = 4.0;

    #[expect(clippy::cast_possible_truncation, reason = "places on a page are small")]
    fn bucket(x: f32) -> i32 {
        (x / Self::STEP).round() as i32
    }

    fn add(&mut self, page: usize, x: f32) {
        let pages = self.0.entry(Self::bucket(x)).or_default();
        if pages.len() < 2 {
            pages.push(page);
        }
    }

    fn is_elsewhere(&self, page: usize, x: f32) -> bool {
        let near = [-1, 0, 1].map(|by| self.0.get(&(Self::bucket(x) + by)));
        near.into_iter().flatten().flatten().any(|&other| other != page)
    }
}

fn split(
    words: Vec<Word>,
    edges: (f32, f32),
    depth: usize,
    fewest: &dyn Fn(f32) -> Option<usize>,
    columns: &mut Vec<Column>,
) {
    if words.is_empty() {
        return;
    }
    let is_text = depth < DEEPEST && is_text(&words);
    let Some(gutter) = is_text.then(|| gutter(&words, fewest)).flatten() else {
        columns.push(Column { rows: rows(words), width: edges.1 - edges.0 });
        return;
    };
    let (mut above, mut left, mut right, mut below) = (vec![], vec![], vec![], vec![]);
    for word in words {
        let middle = word.middle();
        if middle < gutter.top {
            above.push(word);
        } else if middle > gutter.bottom {
            below.push(word);
        } else if word.x1 <= gutter.x {
            left.push(word);
        } else {
            right.push(word);
        }
    }
    split(above, edges, depth + 1, fewest, columns);
    split(left, (edges.0, gutter.x), depth + 1, fewest, columns);
    split(right, (gutter.x, edges.1), depth + 1, fewest, columns);
    split(below, edges, depth + 1, fewest, columns);
}

/// A strip between two columns.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    x: f32,
    top: f32,
    bottom: f32,
    /// How many lines stand beside it, on the side that has fewer.
    lines: usize,
    /// Whether many lines before it end at one edge: the last column may be short.
    flush: bool,
}

/// The best gutter; `fewest` says for a place how many lines are enough, if not the usual number.
fn gutter(words: &[Word], fewest: &dyn Fn(f32) -> Option<usize>) -> Option<Gutter> {
    let mut sizes: Vec<f32> = words.iter().map(|word| word.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied().unwrap_or(10.0);
    let mut sorted: Vec<&Word> = words.iter().collect();
    sorted.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let x0 = words.iter().map(|word| word.x0).fold(f32::INFINITY, f32::min);
    let x1 = words.iter().map(|word| word.x1).fold(f32::NEG_INFINITY, f32::max);
    let width = x1 - x0;
    let step = (size * 0.08).max(width / 600.0);
    if !(width.is_finite() && step > 0.0) {
        return None;
    }
    let strips = Strips { from: x0, step, half: NARROWEST / 2.0 * size };
    let mut best: Vec<Gutter> = Vec::new();
    for x in strips.open(&sorted, width, size) {
        for (wide, usual) in [(NARROW, FEWEST), (NARROWEST, FEWEST_NARROW)] {
            let enough = fewest(x).unwrap_or(usual);
            let found = strip(&sorted, x, wide * size, size).filter(|gutter| {
                gutter.lines >= enough || gutter.flush && gutter.lines >= FEWEST_KNOWN
            });
            if let Some(found) = found {
                match best.first().map(|best| best.lines) {
                    Some(lines) if lines > found.lines => {}
                    Some(lines) if lines == found.lines => best.push(found),
                    _ => best = vec![found],
                }
                break;
            }
        }
    }
    best.get(best.len() / 2).copied()
}

/// Narrow strips of a page, side by side.
#[derive(Clone, Copy, Debug)]
struct Strips {
    from: f32,
    step: f32,
    /// How far words keep off a gutter's middle.
    half: f32,
}

impl Strips {
    /// The middles of the strips that are free of words over some lines, but those near the edges.
    fn open(self, words: &[&Word], width: f32, size: f32) -> Vec<f32> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "600 strips")]
        let at = |x: f32| ((x - self.from) / self.step).max(0.0) as usize;
        let count = at(self.from + width) + 1;
        let free = FEWEST_KNOWN as f32 * 0.9 * size;
        // Of each strip how far down the words in it reach, and whether it was free before.
        let top = words.first().map_or(0.0, |word| word.middle());
        let bottom = words.last().map_or(0.0, |word| word.middle());
        let mut strips = vec![(top, false); count];
        for word in words {
            let (first, last) = (at(word.x0 - self.half), at(word.x1 + self.half));
            for strip in strips.iter_mut().take(last + 1).skip(first) {
                strip.1 |= word.middle() - strip.0 >= free;
                strip.0 = word.middle();
            }
        }
        let edge = 0.12 * width;
        let middle = |at: usize| self.from + (at as f32 + 0.5) * self.step;
        let is_open = |(at, (reach, was)): (usize, (f32, bool))| {
            (was || bottom - reach >= free).then_some(middle(at))
        };
        strips
            .into_iter()
            .enumerate()
            .filter_map(is_open)
            .filter(|x| (self.from + edge..self.from + width - edge).contains(x))
            .collect()
    }
}

/// The longest strip at `x` that is free of words.
fn strip(words: &[&Word], x: f32, wide: f32, size: f32) -> Option<Gutter> {
    let half = wide / 2.0;
    let mut best: Option<Gutter> = None;
    let mut run = Run::default();
    let mut obstacle = f32::NEG_INFINITY;
    for word in words {
        let middle = word.middle();
        if word.x0 < x + half && word.x1 > x - half {
            best = better(best, run.gutter(x, middle - 0.5 * size, size));
            run = Run::default();
            obstacle = middle;
        } else if middle > obstacle + 0.5 * size {
            // What stands beside the obstacle on its line belongs to it.
            run.add(word, x, size);
        }
    }
    better(best, run.gutter(x, f32::INFINITY, size))
}

fn better(one: Option<Gutter>, other: Option<Gutter>) -> Option<Gutter> {
    match (one, other) {
        (Some(one), Some(other)) if other.lines > one.lines => Some(other),
        (Some(one), _) => Some(one),
        (None, other) => other,
    }
}

/// Words beside a strip, from top to bottom.
#[derive(Default)]
struct Run {
    bounds: Option<(f32, f32)>,
    left: Side,
    right: Side,
}

#[derive(Default)]
struct Side {
    lines: usize,
    letters: usize,
    last: Option<f32>,
    /// The first words' edges, of the lines in their order.
    edges: Vec<f32>,
    /// The last words' ends.
    ends: Vec<f32>,
}

impl Run {
    fn add(&mut self, word: &Word, x: f32, size: f32) {
        let middle = word.middle();
        let (top, _) = self.bounds.unwrap_or((middle, middle));
        self.bounds = Some((top, middle));
        if word.x1 <= x { &mut self.left } else { &mut self.right }.add(word, size);
    }

    /// The gutter beside these words, down to `end`.
    fn gutter(self, x: f32, end: f32, size: f32) -> Option<Gutter> {
        let (top, bottom) = self.bounds?;
        let bottom = bottom.min(end);
        let lines = self.left.lines.min(self.right.lines);
        let is_text = |side: &Side| side.lines > 0 && side.letters / side.lines.max(1) >= SHORTEST;
        (is_text(&self.left) && is_text(&self.right) && self.right.is_straight(size))
            .then(|| Gutter { x, top, bottom, lines, flush: self.left.is_flush(size) })
    }
}

impl Side {
    fn add(&mut self, word: &Word, size: f32) {
        let middle = word.middle();
        if self.last.is_none_or(|last| middle - last > 0.5 * size) {
            self.lines += 1;
            self.last = Some(middle);
            self.edges.push(word.x0);
            self.ends.push(word.x1);
        } else if let (Some(edge), Some(end)) = (self.edges.last_mut(), self.ends.last_mut()) {
            *edge = edge.min(word.x0);
            *end = end.max(word.x1);
        }
        self.letters += word.text.chars().count();
    }

    /// Whether many lines begin at one edge.
    fn is_straight(&self, size: f32) -> bool {
        most_alike(&self.edges, size) * 5 >= self.lines * 2
    }

    /// Whether many lines end at one edge.
    fn is_flush(&self, size: f32) -> bool {
        self.lines >= FEWEST_FLUSH && most_alike(&self.ends, size) * 5 >= self.lines * 2
    }
}

/// How many places are the same as one of them, give or take little.
fn most_alike(places: &[f32], size: f32) -> usize {
    let mut places = places.to_vec();
    places.sort_by(f32::total_cmp);
    let near = |&place: &f32| {
        let from = places.partition_point(|&other| other < place - 0.2 * size);
        places.partition_point(|&other| other <= place + 0.2 * size) - from
    };
    places.iter().map(near).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::typed;
    use super::*;

    fn texts(words: Vec<Word>) -> Vec<Vec<String>> {
        let columns = columns(vec![words]).remove(0);
        columns.iter().map(|column| column.rows.iter().map(Row::text).collect()).collect()
    }

    #[test]
    fn two_columns_under_a_title_are_read_one_after_the_other() {
        let mut words =
            typed("A title over both of the columns, all in one line of type", 120.0, 80.0, 10.0);
        for line in 0_u8..9 {
            let y = 100.0 + 12.0 * f32::from(line);
            words.extend(typed(
                &format!("left {line} harbour was closed for years"),
                50.0,
                y,
                10.0,
            ));
            words.extend(typed(
                &format!("right {line} ships returned to the port"),
                300.0,
                y + 3.0,
                10.0,
            ));
        }
        let texts = texts(words);
        let firsts: Vec<&str> = texts.iter().map(|column| column[0].as_str()).collect();
        assert_eq!(
            firsts[1..],
            ["left 0 harbour was closed for years", "right 0 ships returned to the port"]
        );
        assert_eq!((texts.len(), texts[1].len()), (3, 9));
    }

    #[test]
    fn labels_before_entries_are_no_column() {
        let mut words = Vec::new();
        for line in 0_u8..12 {
            let y = 100.0 + 12.0 * f32::from(line);
            words.extend(typed(&format!("[{line}]"), 50.0, y, 10.0));
            words.extend(typed("Roe, J. Harbour watch. Port Studies", 90.0, y, 10.0));
        }
        assert_eq!(texts(words).len(), 1);
    }
}
