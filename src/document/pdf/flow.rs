//! Rows of all columns, one after the other: how far each is indented, what lies between it and
//! the one before, and whether the break between them was made for the line's length alone.
//!
//! Takes columns, gives [`Placed`] rows. Nothing is presumed of margins: where columns begin and
//! how wide their lines are is what most rows agree on. Hanging and first-line indents are told by
//! which rows end early before them. Called by `mod`.

use super::column::Column;
use super::note;
use super::page::Row;
use crate::document::Join;
use std::collections::HashMap;

/// A row in its place.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) row: Row,
    /// How far it is indented, in columns of half the type's size.
    pub(super) indent: usize,
    /// How many blank lines lie above it.
    pub(super) blank: usize,
    /// Whether it is the first on its page.
    pub(super) page: bool,
    pub(super) join: Join,
    /// Whether it belongs to a note.
    pub(super) note: bool,
    /// Where its column begins, and how wide it may be.
    left: f32,
    width: f32,
    /// Whether it is the first of its column.
    top: bool,
    /// How far below the row before it stands, in the same column.
    gap: f32,
}

/// The rows of all pages, text first and the notes of all pages behind.
pub(super) fn place(pages: Vec<Vec<Column>>) -> Vec<Placed> {
    let size = main_size(&pages);
    let lefts = Lefts::of(&pages);
    let (mut text, mut notes) = (Vec::new(), Vec::new());
    let mut goes_on = false;
    for (number, columns) in pages.into_iter().enumerate() {
        let mut page = number > 0;
        for column in columns {
            let left = lefts.of_column(&column, number);
            let from = note::begin(&column.rows, size, goes_on);
            goes_on = from.is_some() || goes_on && column.rows.is_empty();
            let mut before: Option<f32> = None;
            for (at, row) in column.rows.into_iter().enumerate() {
                let is_note = from.is_some_and(|from| at >= from);
                let to = if is_note { &mut notes } else { &mut text };
                let gap = before.map_or(0.0, |before| row.baseline - before);
                before = Some(row.baseline);
                to.push(Placed {
                    indent: indent(row.x0() - left, row.size),
                    blank: 0,
                    page: page && !is_note,
                    join: Join::Apart,
                    note: is_note,
                    left,
                    width: column.width,
                    top: at == 0,
                    gap,
                    row,
                });
                page &= is_note;
            }
        }
    }
    part(&mut text);
    join(&mut text);
    for note in &mut notes {
        let begins = note::sign(&note.row).is_some();
        note.join = if begins { Join::Apart } else { Join::Space };
    }
    text.append(&mut notes);
    text
}

/// The size of most letters.
fn main_size(pages: &[Vec<Column>]) -> f32 {
    let mut sizes: HashMap<i32, usize> = HashMap::new();
    for word in pages.iter().flatten().flat_map(|column| &column.rows).flat_map(|row| &row.words) {
        *sizes.entry(bucket(word.size, 0.25)).or_default() += word.text.len();
    }
    let most = sizes.into_iter().max_by_key(|&(size, count)| (count, size));
    #[expect(clippy::cast_precision_loss, reason = "sizes of type are small")]
    most.map_or(10.0, |(size, _)| size as f32 * 0.25)
}

#[expect(clippy::cast_possible_truncation, reason = "lengths on a page are small")]
fn bucket(length: f32, step: f32) -> i32 {
    (length / step).round() as i32
}

/// A distance in columns of half the type's size.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is no less than 0")]
fn indent(distance: f32, size: f32) -> usize {
    const MOST: f32 = 40.0;
    let columns = distance / (0.5 * size.max(1.0));
    if columns < 0.8 { 0 } else { columns.round().clamp(1.0, MOST) as usize }
}

/// Where columns begin.
struct Lefts {
    /// How many rows begin at an edge, by the parity of their page, their column's width and place.
    rows: HashMap<(usize, i32, i32), usize>,
}

impl Lefts {
    const STEP: f32 = 2.0;
    const WIDTH: f32 = 24.0;
    /// As far to the left as this another page's edge may be this column's own, in sizes.
    const REACH: f32 = 3.5;

    fn of(pages: &[Vec<Column>]) -> Self {
        let mut rows: HashMap<(usize, i32, i32), usize> = HashMap::new();
        for (number, columns) in pages.iter().enumerate() {
            for column in columns {
                for row in &column.rows {
                    let key = (
                        number % 2,
                        bucket(column.width, Self::WIDTH),
                        bucket(row.x0(), Self::STEP),
                    );
                    *rows.entry(key).or_default() += 1;
                }
            }
        }
        Self { rows }
    }

    /// The edge that a column's rows are indented from: its own leftmost, or where its rows are all
    /// indented, that of its like on other pages.
    fn of_column(&self, column: &Column, number: usize) -> f32 {
        let mut edges: Vec<f32> = column.rows.iter().map(Row::x0).collect();
        edges.sort_by(f32::total_cmp);
        let size = column.rows.first().map_or(10.0, |row| row.size);
        // One row alone may hang out, a formula or a misplaced sign.
        let shared =
            edges.windows(2).find(|pair| pair[1] - pair[0] < 0.2 * size).map(|pair| pair[0]);
        let own = match (edges.first(), shared) {
            (_, Some(shared)) if edges.len() > 5 => shared,
            (Some(&first), _) => first,
            _ => return 0.0,
        };
        let width = bucket(column.width, Self::WIDTH);
        let here = bucket(own, Self::STEP);
        // No type is so large that more need be looked at.
        let far = bucket(own - Self::REACH * size, Self::STEP).max(here.saturating_sub(MOST_STEPS));
        let count = |at: i32| self.rows.get(&(number % 2, width, at)).copied().unwrap_or(0);
        let other = (far..here - 1).find(|&at| count(at) >= 3 && count(at) * 12 >= count(here));
        #[expect(clippy::cast_precision_loss, reason = "places on a page are small")]
        other.map_or(own, |at| at as f32 * Self::STEP)
    }
}

/// How far back another edge is looked for.
const MOST_STEPS: i32 = 10_000;

/// Tells blank lines: distances that are larger than the lines of a paragraph of this size have.
fn part(rows: &mut [Placed]) {
    let mut gaps: HashMap<i32, Vec<f32>> = HashMap::new();
    for pair in rows.windows(2) {
        if let [before, row] = pair
            && !row.top
            && row.gap > 0.0
            && (before.row.size - row.row.size).abs() < 0.3
        {
            gaps.entry(bucket(row.row.size, 0.5)).or_default().push(row.gap);
        }
    }
    let usual: HashMap<i32, f32> =
        gaps.into_iter().filter_map(|(size, gaps)| Some((size, usual(gaps)?))).collect();
    for row in rows {
        let size = row.row.size;
        let near = [0, -1, 1].map(|by| usual.get(&bucket(size, 0.5).saturating_add(by)).copied());
        let usual = near.into_iter().flatten().next().unwrap_or(1.25 * size);
        if !row.top && row.gap > 1.2 * usual + 0.4 {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
            let blank = ((row.gap - usual) / usual).round().clamp(1.0, 3.0) as usize;
            row.blank = blank;
        }
    }
}

/// The distance of lines in a paragraph: the smallest that is no exception.
fn usual(mut gaps: Vec<f32>) -> Option<f32> {
    gaps.sort_by(f32::total_cmp);
    let enough = gaps.len().div_ceil(7);
    let near = |at: usize| {
        let gap = gaps.get(at).copied().unwrap_or(0.0);
        gaps.partition_point(|&other| other <= gap + 0.6) - at
    };
    (0..gaps.len()).find(|&at| near(at) >= enough).and_then(|at| gaps.get(at).copied())
}

/// Tells how each row follows the one before.
fn join(rows: &mut [Placed]) {
    let tight = tight(rows);
    let hanging = Turns::of(rows, &tight, |before, row| row < before);
    let first_line = Turns::of(rows, &tight, |before, row| row > before);
    let mut joins = Vec::with_capacity(rows.len());
    for at in 1..rows.len() {
        let (Some(before), Some(row)) = (rows.get(at - 1), rows.get(at)) else { break };
        let is_tight = tight.get(at).copied().unwrap_or(false);
        let other_type = (before.row.size - row.row.size).abs() > 0.08 * row.row.size
            || before.row.is_bold() != row.row.is_bold();
        let goes_on = goes_on(&before.row.text(), &row.row.text());
        let begins = hanging.is_loose(at) && row.indent < before.indent
            || first_line.is_loose(at) && row.indent > before.indent;
        joins.push(if row.blank > 0 || (other_type || begins) && !goes_on {
            Join::Apart
        } else if is_tight || goes_on {
            Join::Space
        } else {
            Join::Apart
        });
    }
    for (row, join) in rows.iter_mut().skip(1).zip(joins) {
        row.join = join;
        // A column's or page's end inside of a paragraph is only the end of a line.
        let inside = row.join == Join::Space && (row.indent > 0 || row.page);
        row.page &= !inside;
    }
}

/// Whether a sentence breaks off in `before` and goes on in lower case.
fn goes_on(before: &str, row: &str) -> bool {
    let last = before.chars().next_back();
    last.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '\u{2010}'))
        && row.chars().next().is_some_and(char::is_lowercase)
        && !["http", "www.", "doi"].iter().any(|start| row.starts_with(start))
}

/// For each row, whether its first word had no place on the row before.
fn tight(rows: &[Placed]) -> Vec<bool> {
    let reach = |at: usize| -> Option<(i32, f32, f32)> {
        let before = rows.get(at.checked_sub(1)?)?;
        let row = rows.get(at)?;
        let end = before.row.x1() - before.left;
        let next = end + 0.25 * row.row.size + row.row.first_word();
        Some((bucket(before.width, Lefts::WIDTH), end, next))
    };
    let mut breaks: HashMap<i32, Vec<(f32, f32)>> = HashMap::new();
    for at in 1..rows.len() {
        if let Some((width, end, next)) = reach(at) {
            breaks.entry(width).or_default().push((end, next));
        }
    }
    let widths: HashMap<i32, f32> =
        breaks.into_iter().map(|(width, breaks)| (width, line_width(&breaks))).collect();
    let is_tight = |at: usize| {
        reach(at).is_some_and(|(width, _, next)| {
            let size = rows.get(at).map_or(10.0, |row| row.row.size);
            widths.get(&width).is_some_and(|&width| next > width - 0.1 * size)
        })
    };
    (0..rows.len()).map(is_tight).collect()
}

/// The width of lines that most breaks agree on: it holds the row before and not the next word.
fn line_width(breaks: &[(f32, f32)]) -> f32 {
    let longest = breaks.iter().map(|(end, _)| *end).fold(0.0, f32::max);
    // At the same place an end counts before a beginning is closed.
    let mut places: Vec<(f32, i32)> =
        breaks.iter().flat_map(|&(end, next)| [(end, 1), (next, -1)]).collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let (mut agree, mut best, mut width) = (0_i32, 0_i32, longest);
    for (place, change) in places {
        agree += change;
        if agree > best {
            (best, width) = (agree, place);
        }
    }
    let enough = usize::try_from(best).is_ok_and(|best| best >= 3 && best * 3 >= breaks.len());
    if enough { width } else { longest }
}

/// Places where the indentation turns one way, and whether paragraphs begin at them.
struct Turns {
    /// The rows, in order, and how many up to each stand behind a row that ends early.
    rows: Vec<usize>,
    loose: Vec<usize>,
}

/// So many turns on either side tell what one of them is.
const NEIGHBOURS: usize = 12;

impl Turns {
    fn of(rows: &[Placed], tight: &[bool], is_turn: impl Fn(usize, usize) -> bool) -> Self {
        let turns: Vec<usize> = (1..rows.len())
            .filter(|&at| match (rows.get(at - 1), rows.get(at)) {
                (Some(before), Some(row)) => {
                    is_turn(before.indent, row.indent)
                        && row.blank == 0
                        && (before.row.size - row.row.size).abs() < 0.3
                }
                _ => false,
            })
            .collect();
        let mut loose = vec![0];
        for &at in &turns {
            let is_loose = tight.get(at) == Some(&false);
            loose.push(loose.last().copied().unwrap_or(0) + usize::from(is_loose));
        }
        Self { rows: turns, loose }
    }

    /// Whether most turns about row `at` stand behind rows that end early: paragraphs begin there.
    fn is_loose(&self, at: usize) -> bool {
        let place = self.rows.partition_point(|&row| row < at);
        let (from, to) =
            (place.saturating_sub(NEIGHBOURS), (place + NEIGHBOURS).min(self.rows.len()));
        let count = |at: usize| self.loose.get(at).copied().unwrap_or(0);
        let loose = count(to) - count(from);
        to - from >= 2 && loose * 2 > to - from
    }
}
