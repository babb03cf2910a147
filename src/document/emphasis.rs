//! Emphasis typed into plain text: `_Port Studies_`, `*Port Studies*`.
//!
//! Programs that write plain text mark italics so, and people do in mail. Called by `plain`.

use crate::span::Span;
use crate::text::{Mark, Style};

/// The longest stretch that is emphasised, in bytes.
const LONGEST: usize = 400;

/// The marks that are typed around emphasis.
const TYPED: [char; 2] = ['_', '*'];

/// Where marks of emphasis stand, and what they emphasise, both in order.
pub(super) fn find(text: &str) -> (Vec<Span>, Vec<Mark>) {
    let mut dropped = Vec::new();
    let mut marks = Vec::new();
    if !text.contains(TYPED) {
        return (dropped, marks);
    }
    let mut open: [Option<usize>; 2] = [None; 2];
    let (mut before, mut line_is_blank) = ('\n', true);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\n' && before == '\r' {
            before = c;
            continue;
        }
        if c == '\n' || c == '\r' {
            if line_is_blank {
                open = [None; 2];
            }
            line_is_blank = true;
        } else if !c.is_whitespace() {
            line_is_blank = false;
        }
        if let Some(kind) = TYPED.iter().position(|&typed| typed == c) {
            let next = chars.peek().map_or('\n', |&(_, next)| next);
            if let Some(start) =
                open[kind].filter(|&start| closes(before, next) && at - start <= LONGEST)
            {
                let mark = Span::new(start + 1, at);
                if start + 1 < at {
                    dropped.extend([Span::new(start, start + 1), Span::new(at, at + 1)]);
                    marks.push(Mark { span: mark, style: Style::Italic });
                }
                open = [None; 2];
            } else if opens(before, next) {
                open[kind] = Some(at);
            }
        }
        before = c;
    }
    (dropped, marks)
}

/// Whether a mark between these characters may begin an emphasis.
fn opens(before: char, next: char) -> bool {
    (before.is_whitespace() || matches!(before, '(' | '[' | '“' | '"' | '—' | '–'))
        && (next.is_alphanumeric() || matches!(next, '“' | '"' | '«' | '¿' | '¡' | '\'' | '‘'))
}

/// Whether a mark between these characters may end one.
fn closes(before: char, next: char) -> bool {
    !before.is_whitespace() && !next.is_alphanumeric() && !TYPED.contains(&next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn emphasised(text: &str) -> Vec<&str> {
        let (dropped, marks) = find(text);
        assert!(dropped.is_sorted() && dropped.len() == 2 * marks.len());
        marks.iter().map(|mark| mark.span.of(text).unwrap()).collect()
    }

    #[test]
    fn marks_around_words_are_emphasis() {
        assert_eq!(
            emphasised("Roe, J. 2010. _Harbour\nwatch_. Brill. *Port Studies*, 3 (_North_)"),
            ["Harbour\nwatch", "Port Studies", "North"]
        );
    }

    #[test]
    fn marks_inside_words_and_alone_are_not() {
        for text in [
            "https://example.org/a_b_c",
            "snake_case and other_words",
            "2 * 3 * 4",
            "* an item\n* another*",
            "Roe* and Poe**",
            "_open\n\nand never closed_",
        ] {
            assert_eq!(emphasised(text), [""; 0], "{text}");
        }
    }
}
