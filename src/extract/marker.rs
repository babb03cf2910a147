//! Numbers that entries are counted with, and the sequences they form.
//!
//! `1.`, `1)`, `(1)`, `[1]`, `1` and a space. A number alone proves little ("1. Background" heads a
//! chapter); numbers that count on through the document, before lines that look like citations, do.
//! Called by `region`.

use std::collections::HashMap;

/// How a number before an entry is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Style {
    /// `1.`
    Stop,
    /// `1)`
    Close,
    /// `(1)`
    Round,
    /// `[1]`
    Square,
    /// `1` and a space
    Bare,
    /// `[Roe10]`: counts nothing.
    Label,
    /// Counted by the document, and no part of the text.
    Counted,
}

/// A number or label at the beginning of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) style: Style,
    pub(super) number: u32,
    /// Its length in bytes, white space behind it included.
    pub(super) length: usize,
}

impl Marker {
    /// The marker that `text` opens with.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (style, number, length) = match text.chars().next()? {
            '[' => bracketed(text, ']')?,
            '(' => bracketed(text, ')')?,
            c if c.is_ascii_digit() => bare(text)?,
            _ => return None,
        };
        let rest = &text[length..];
        let content = rest.trim_start();
        let first = content.chars().next()?;
        let spaced = content.len() < rest.len();
        let fits = match style {
            // "1.Smith" lacks its space; "1.5 tons" counts nothing.
            Style::Stop | Style::Close => spaced || first.is_alphabetic(),
            // A raised number lost its space: "1F. Boas".
            Style::Bare => {
                first.is_alphabetic() && !first.is_lowercase() && (spaced || first.is_uppercase())
            }
            Style::Round => spaced && !first.is_lowercase(),
            Style::Square | Style::Label | Style::Counted => true,
        };
        fits.then_some(Self { style, number, length: text.len() - content.len() })
    }

    /// The number that the document counts a line by.
    pub(super) fn counted(number: u32) -> Self {
        Self { style: Style::Counted, number, length: 0 }
    }

    /// Whether the marker is one even where nothing counts on from it.
    pub(super) fn stands_alone(&self) -> bool {
        self.style != Style::Bare && self.number < 1000
    }
}

/// The longest label in brackets, in characters.
const LONGEST: usize = 60;

fn bracketed(text: &str, close: char) -> Option<(Style, u32, usize)> {
    let inside = &text[1..];
    let end = inside.char_indices().take(LONGEST).find(|&(_, c)| c == close)?.0;
    let label = &inside[..end];
    let digits = label.chars().filter(char::is_ascii_digit).count();
    if let Ok(number) = label.trim().parse::<u32>() {
        // "(1998) Title" opens with a year.
        if close == ')' && number > 999 {
            return None;
        }
        let style = if close == ']' { Style::Square } else { Style::Round };
        return Some((style, number, end + 2));
    }
    // `[HJLP]`, but not `[sic]`.
    let capitals = label.chars().count() > 1
        && label.chars().all(|c| c.is_uppercase() || matches!(c, '+' | '*'));
    let single = !label.contains(char::is_whitespace);
    // `[Roe et al. 1964]`, `[Roe, 2009: 2]`
    let dated = label.starts_with(char::is_uppercase)
        && label
            .split(|c: char| !c.is_ascii_digit())
            .any(|number| number.len() == 4 && ("1500".."2100").contains(&number));
    let is_label =
        close == ']' && (single && (digits > 0 && digits < label.len() || capitals) || dated);
    is_label.then_some((Style::Label, 0, end + 2))
}

fn bare(text: &str) -> Option<(Style, u32, usize)> {
    let digits = text.bytes().take(5).take_while(u8::is_ascii_digit).count();
    let number = text[..digits].parse::<u32>().ok().filter(|_| digits < 5)?;
    match text[digits..].chars().next()? {
        '.' => Some((Style::Stop, number, digits + 1)),
        ')' => Some((Style::Close, number, digits + 1)),
        c if (c.is_whitespace() || c.is_uppercase()) && digits < 4 => {
            Some((Style::Bare, number, digits))
        }
        _ => None,
    }
}

/// For each line, the sequence its marker belongs to, if any line counts on from it or to it:
/// the sequence's number in order of appearance, and how many lines it has.
pub(super) fn sequences(markers: &[Option<Marker>]) -> Vec<Option<(usize, usize)>> {
    let mut awaited: HashMap<(Style, u32), usize> = HashMap::new();
    let mut lengths: Vec<usize> = Vec::new();
    let mut sequence_of: Vec<Option<usize>> = Vec::with_capacity(markers.len());
    for marker in markers {
        let Some(marker) = marker.filter(|marker| marker.style != Style::Label) else {
            sequence_of.push(None);
            continue;
        };
        // A number may be missing once, where a line was misread.
        let known = awaited
            .remove(&(marker.style, marker.number))
            .or_else(|| awaited.remove(&(marker.style, marker.number.wrapping_sub(1))));
        let sequence = known.unwrap_or_else(|| {
            lengths.push(0);
            lengths.len() - 1
        });
        lengths[sequence] += 1;
        awaited.insert((marker.style, marker.number.saturating_add(1)), sequence);
        sequence_of.push(Some(sequence));
    }
    sequence_of
        .into_iter()
        .map(|sequence| {
            let sequence = sequence?;
            (lengths[sequence] > 1).then_some((sequence, lengths[sequence]))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_and_what_only_looks_like_them() {
        for (text, style, number, length) in [
            ("1. Roe", Style::Stop, 1, 3),
            ("12.余敏", Style::Stop, 12, 3),
            ("[3] Roe", Style::Square, 3, 4),
            ("(4)  Roe", Style::Round, 4, 5),
            ("7\u{a0}Roe", Style::Bare, 7, 3),
            ("[Roe10] Roe", Style::Label, 0, 8),
        ] {
            assert_eq!(Marker::of(text), Some(Marker { style, number, length }), "{text}");
        }
        for text in
            ["1.5 tons", "2005; others", "3,377 cases", "12 men", "(1998) Title", "[in Norwegian]"]
        {
            assert_eq!(Marker::of(text), None, "{text}");
        }
    }

    #[test]
    fn a_later_beginning_takes_the_sequence_over() {
        let lines = ["1. Background", "1. Roe", "text", "2. Poe", "3. Doe", "9. Alone"];
        let markers: Vec<_> = lines.iter().map(|line| Marker::of(line)).collect();
        let found = sequences(&markers);
        assert_eq!(found, [None, Some((1, 3)), None, Some((1, 3)), Some((1, 3)), None]);
    }
}
