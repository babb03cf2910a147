//! The places in a text where a sentence may begin, with or without a space before it.
//!
//! Called by `annotation`, which weighs them, and by `heading`.

use crate::text::is_alphabetic;

/// A place where a citation may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Where the next piece begins, in bytes of the entry's text.
    pub(super) at: usize,
    /// Whether white space lies before it.
    pub(super) spaced: bool,
    /// Whether the full stop before it follows a lone capital, as in a name.
    pub(super) after_initial: bool,
    /// Whether it lies in a quotation or brackets that end soon.
    pub(super) inside: bool,
}

/// The places in `text` where a sentence may begin, but for its very beginning.
pub(super) fn cuts(text: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut open = Open::default();
    let mut chars = text.char_indices().peekable();
    let mut before = ['\0'; 2];
    while let Some((at, c)) = chars.next() {
        let before_stop = before;
        before = [before[1], c];
        open.see(c, at, &mut cuts);
        if !matches!(c, '.' | '!' | '?' | '。' | '！' | '？') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next_at, next)) =
            chars.peek().filter(|(_, c)| matches!(c, '"' | '”' | '’' | '»' | ')' | ']' | '>' | '.'))
        {
            end = next_at + next.len_utf8();
            before = [before[1], next];
            open.see(next, next_at, &mut cuts);
            chars.next();
        }
        let rest = &text[end..];
        let next = rest.trim_start();
        let spaced = next.len() < rest.len();
        let after_initial =
            c == '.' && before_stop[1].is_uppercase() && !is_alphabetic(before_stop[0]);
        let mut following = next.chars();
        let opens = following.next().is_some_and(|first| {
            if spaced {
                !first.is_lowercase() && !matches!(first, ',' | ';' | ':' | ')')
            } else {
                // "Press.The" and "Series A.The", not "3.5" and "U.S."
                let word = following.next().is_none_or(char::is_lowercase);
                matches!(c, '。' | '！' | '？')
                    || first.is_uppercase() && (word || !after_initial)
                    || matches!(first, '“' | '«' | '[' | '„')
            }
        });
        if opens {
            let at = text.len() - next.len();
            cuts.push(Cut { at, spaced, after_initial, inside: false });
        }
    }
    cuts
}

/// A quotation or bracket closes within so many bytes, or it was none.
const REACH: usize = 400;

/// The outermost quotation or bracket that is open.
#[derive(Default)]
struct Open {
    /// Its opening mark, where it stands, and how many cuts there were then.
    mark: Option<(char, usize, usize)>,
}

impl Open {
    /// Takes notice of a character; at a closing mark, the cuts since the opening one lie inside.
    fn see(&mut self, c: char, at: usize, cuts: &mut [Cut]) {
        match self.mark {
            Some((_, from, _)) if at - from > REACH => self.mark = None,
            Some((opening, _, count)) if closes(opening, c) => {
                for cut in &mut cuts[count..] {
                    cut.inside = true;
                }
                self.mark = None;
                return;
            }
            _ => {}
        }
        if self.mark.is_none() && matches!(c, '“' | '„' | '«' | '(' | '[') {
            self.mark = Some((c, at, cuts.len()));
        }
    }
}

fn closes(opening: char, c: char) -> bool {
    match opening {
        '„' => matches!(c, '“' | '”'),
        '“' => c == '”',
        '«' => c == '»',
        '(' => c == ')',
        _ => c == ']',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let mut start = 0;
        let ends: Vec<usize> = cuts(text).iter().map(|cut| cut.at).chain([text.len()]).collect();
        ends.into_iter()
            .map(|end| {
                let piece = text[start..end].trim_end();
                start = end;
                piece
            })
            .collect()
    }

    #[test]
    fn sentences_begin_behind_stops() {
        assert_eq!(
            pieces("Brill, 2010.The port (“Old.”) closed? Yes. 61-70. see p. 3 of 1.5"),
            ["Brill, 2010.", "The port (“Old.”) closed?", "Yes.", "61-70. see p.", "3 of 1.5"]
        );
        assert_eq!(pieces("港口研究。作者比较"), ["港口研究。", "作者比较"]);
    }

    #[test]
    fn no_sentence_begins_in_an_abbreviation() {
        assert_eq!(pieces("The U.S. data are old. So"), ["The U.S. data are old.", "So"]);
    }

    #[test]
    fn what_is_quoted_is_told() {
        let inside: Vec<bool> =
            cuts("Roe, “Why? Because. So.” Brill. 2010").iter().map(|cut| cut.inside).collect();
        assert_eq!(inside, [true, true, false, false]);
        assert!(!cuts("Roe (open. Never closed")[0].inside);
    }

    #[test]
    fn an_initial_is_told() {
        let cuts = cuts("Series A.Drawing on");
        assert!(cuts[0].after_initial && !cuts[0].spaced);
    }
}
