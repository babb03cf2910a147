//! Which line breaks were made for the line's length alone.
//!
//! A break is certainly the writer's where the next line's first word would have fitted; it may
//! be soft where it would not. The width is measured: that which most breaks agree on. Called by
//! `plain`; a soft break is only possible, `extract` may still decide that an entry ends there.

use super::{Join, Line};
use crate::span::Span;

/// Widths considered, in columns.
const NARROWEST: usize = 30;
const WIDEST: usize = 200;
/// Of the breaks of lines no wider than the width, the part that it must explain.
const EXPLAINED: f64 = 0.4;

/// Sets each line's [`Join`], but for those inside words.
pub(super) fn join(text: &str, lines: &mut [Line]) {
    let widths: Vec<usize> = lines.iter().map(|line| width(text, line)).collect();
    let words: Vec<usize> = lines.iter().map(|line| first_word(text, line)).collect();
    let wrap = measure(lines, &widths, &words);
    for at in 1..lines.len() {
        let tight = wrap.is_some_and(|wrap| {
            // As wide as the width and a little more: a last hyphen or comma may hang.
            widths[at - 1] + 1 + words[at] > wrap && widths[at - 1] <= wrap + 2
        });
        let previous = content(text, &lines[at - 1]);
        let goes_on = goes_on(previous, content(text, &lines[at]));
        let line = &mut lines[at];
        let parted = line.blank > 0 && !line.page || line.bullet;
        line.join = if parted {
            Join::Apart
        } else if line.page {
            // A page's end says nothing of the line's length; the sentence does.
            if goes_on { Join::Space } else { Join::Apart }
        } else if tight || goes_on {
            Join::Space
        } else {
            Join::Apart
        };
    }
}

pub(super) fn content<'a>(text: &'a str, line: &Line) -> &'a str {
    Span::new(line.start(), line.end()).of(text).unwrap_or_default()
}

/// Whether a sentence broke off in `previous` and `next` goes on in lower case.
fn goes_on(previous: &str, next: &str) -> bool {
    let last = previous.chars().next_back();
    last.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '\u{2010}'))
        && next.chars().next().is_some_and(char::is_lowercase)
        && !next.starts_with("http")
        && !next.starts_with("www.")
        && !next.starts_with("doi")
}

fn width(text: &str, line: &Line) -> usize {
    let end = content(text, line).chars().take(WIDEST + 1).count();
    line.indent + end + if line.bullet { 2 } else { 0 }
}

fn first_word(text: &str, line: &Line) -> usize {
    // No-break spaces hold a word together, so only these part words.
    content(text, line).chars().take(WIDEST).take_while(|c| !matches!(c, ' ' | '\t')).count()
}

/// The width that most breaks agree on, if the text is wrapped at all.
fn measure(lines: &[Line], widths: &[usize], words: &[usize]) -> Option<usize> {
    // Each break agrees with the widths from its line's own to that with the next word less one.
    let mut change = [0i64; WIDEST + 2];
    let mut narrower = [0i64; WIDEST + 2];
    let mut breaks = 0i64;
    for at in 1..lines.len() {
        if lines[at].blank > 0 || lines[at].page {
            continue;
        }
        breaks += 1;
        let width = widths[at - 1];
        if width > WIDEST {
            continue;
        }
        narrower[width] += 1;
        let from = width.max(NARROWEST);
        let to = (width + words[at]).min(WIDEST);
        if from <= to {
            change[from] += 1;
            change[to + 1] -= 1;
        }
    }
    let (mut agree, mut within) = (0, narrower[..NARROWEST].iter().sum::<i64>());
    let mut best: Option<(i64, usize)> = None;
    for wrap in NARROWEST..=WIDEST {
        agree += change[wrap];
        within += narrower[wrap];
        let wider = breaks - within;
        #[expect(clippy::cast_precision_loss, reason = "counts of lines are small")]
        let enough =
            agree >= 3 && agree as f64 >= EXPLAINED * within as f64 && wider * 3 <= agree * 2;
        let score = agree - wider;
        if enough && best.is_none_or(|(other, _)| score > other) {
            best = Some((score, wrap));
        }
    }
    best.map(|(_, wrap)| wrap)
}
