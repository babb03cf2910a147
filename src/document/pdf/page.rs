//! A page as any source gives it: words, each where it stands.
//!
//! What `file` makes of a PDF's own glyphs and `poppler` of the output of `pdftotext`; everything
//! behind it knows only this. Lengths are in points, `y` counts downwards from the page's top.

use std::sync::Arc;

/// A page of words.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// The page's height.
    pub(super) height: f32,
    /// Its words, in any order.
    pub(super) words: Vec<Word>,
}

/// A stretch of letters in one style, without spaces.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Where it begins and ends.
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The line that its letters stand on.
    pub(super) baseline: f32,
    /// The size of its type.
    pub(super) size: f32,
    pub(super) italic: bool,
    pub(super) bold: bool,
    /// Whether the source has a space before it, however narrow.
    pub(super) spaced: bool,
    /// What it leads to.
    pub(super) link: Option<Arc<str>>,
}

impl Word {
    /// Where its letters reach up to.
    pub(super) fn top(&self) -> f32 {
        self.baseline - 0.75 * self.size
    }

    /// Where its letters reach down to.
    pub(super) fn bottom(&self) -> f32 {
        self.baseline + 0.25 * self.size
    }

    /// The middle of its height.
    pub(super) fn middle(&self) -> f32 {
        self.baseline - 0.25 * self.size
    }
}

/// Words of one line.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// From left to right.
    pub(super) words: Vec<Word>,
    pub(super) baseline: f32,
    /// The size of most of its letters.
    pub(super) size: f32,
}

/// Narrower gaps part no words, as a share of the size.
const SPACE: f32 = 0.15;
/// The same between letters of scripts that part words by no space, which a justified line spreads.
const UNSPACED: f32 = 0.6;

impl Row {
    /// A row of words that are known to stand on one line.
    fn of(mut words: Vec<Word>) -> Self {
        words.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        for word in &words {
            let letters = word.text.chars().count();
            match sizes.iter_mut().find(|(size, _)| (size - word.size).abs() < 0.3) {
                Some((_, count)) => *count += letters,
                None => sizes.push((word.size, letters)),
            }
        }
        let size = sizes.iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| *size);
        let of_size = words.iter().find(|word| (word.size - size).abs() < 0.3);
        let baseline = of_size.map_or(0.0, |word| word.baseline);
        Self { words, baseline, size }
    }

    pub(super) fn x0(&self) -> f32 {
        self.words.first().map_or(0.0, |word| word.x0)
    }

    pub(super) fn x1(&self) -> f32 {
        self.words.iter().map(|word| word.x1).fold(0.0, f32::max)
    }

    /// Whether a space stands before word `at`.
    pub(super) fn is_spaced(&self, at: usize) -> bool {
        let (Some(before), Some(word)) =
            (at.checked_sub(1).and_then(|before| self.words.get(before)), self.words.get(at))
        else {
            return false;
        };
        // The number of an entry or a note, raised before its text.
        if at == 1 && self.is_raised(0) && !self.is_raised(1) {
            return true;
        }
        let gap = word.x0 - before.x1;
        let size = before.size.min(word.size);
        let unspaced = |c: Option<char>| c.is_some_and(is_unspaced);
        if unspaced(before.text.chars().next_back()) && unspaced(word.text.chars().next()) {
            return gap > UNSPACED * size;
        }
        word.spaced && gap > -0.5 * size || gap > SPACE * size
    }

    /// Whether word `at` is raised above the line.
    pub(super) fn is_raised(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| {
            word.size < 0.85 * self.size && self.baseline - word.baseline > 0.15 * self.size
        })
    }

    /// Whether all its letters are bold.
    pub(super) fn is_bold(&self) -> bool {
        self.words.iter().all(|word| word.bold)
    }

    /// Its text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (at, word) in self.words.iter().enumerate() {
            if self.is_spaced(at) {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    /// How wide its first word is, with what is set close to it.
    pub(super) fn first_word(&self) -> f32 {
        let count = (1..self.words.len()).find(|&at| self.is_spaced(at));
        let last = count.unwrap_or(self.words.len()).checked_sub(1);
        last.and_then(|last| self.words.get(last)).map_or(0.0, |word| word.x1 - self.x0())
    }
}

/// Characters of scripts that part words by no space: Chinese, Japanese (not Korean).
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// How many of the rows begun last a word may still belong to.
const OPEN: usize = 4;

/// Words to rows, from top to bottom. A raised number stands on the row that it overlaps most.
pub(super) fn rows(mut words: Vec<Word>) -> Vec<Row> {
    words.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    // Of each row its words, and the top and bottom of the biggest of them.
    let mut rows: Vec<(Vec<Word>, f32, f32)> = Vec::new();
    for word in words {
        let (top, bottom) = (word.top(), word.bottom());
        let first = rows.len().saturating_sub(OPEN);
        let overlap = |&(_, other_top, other_bottom): &(Vec<Word>, f32, f32)| {
            let shared = bottom.min(other_bottom) - top.max(other_top);
            shared / (bottom - top).min(other_bottom - other_top).max(0.1)
        };
        let best = rows
            .iter_mut()
            .skip(first)
            .map(|row| (overlap(row), row))
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .filter(|(overlap, _)| *overlap > 0.5);
        match best {
            Some((_, (words, other_top, other_bottom))) => {
                if bottom - top > *other_bottom - *other_top {
                    (*other_top, *other_bottom) = (top, bottom);
                }
                words.push(word);
            }
            None => rows.push((vec![word], top, bottom)),
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().map(|(words, ..)| Row::of(words)).collect();
    rows.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    rows
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Words of a typewriter, each letter half as wide as the type is high, that begin at `x` on
    /// the line `baseline`.
    pub(in super::super) fn typed(text: &str, x: f32, baseline: f32, size: f32) -> Vec<Word> {
        let mut words = Vec::new();
        let mut at = x;
        for word in text.split(' ') {
            let width = word.chars().map(|_| size * 0.5).sum::<f32>();
            if !word.is_empty() {
                words.push(Word {
                    text: word.to_owned(),
                    x0: at,
                    x1: at + width,
                    baseline,
                    size,
                    ..Word::default()
                });
            }
            at += width + size * 0.5;
        }
        words
    }

    #[test]
    fn a_raised_number_stands_on_its_row() {
        let mut words = typed("Harbours close", 50.0, 100.0, 10.0);
        words.extend(typed("Ships wait", 50.0, 112.0, 10.0));
        words.extend(typed("12", 120.0, 96.0, 7.0));
        let rows = rows(words);
        let texts: Vec<String> = rows.iter().map(Row::text).collect();
        assert_eq!(texts, ["Harbours close12", "Ships wait"]);
        assert!(rows[0].is_raised(2) && !rows[0].is_raised(1));
    }

    #[test]
    fn a_gap_is_a_space() {
        let mut words = typed("Har", 50.0, 100.0, 10.0);
        words.extend(typed("bour", 65.5, 100.0, 10.0));
        words.extend(typed("watch", 89.0, 100.0, 10.0));
        assert_eq!(rows(words)[0].text(), "Harbour watch");
    }
}
