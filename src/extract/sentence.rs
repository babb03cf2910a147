//! The places in a text where a sentence may begin, with or without a space before it.
//!
//! Called by `annotation`, which weighs them.

/// The places in `text` where a sentence may begin, but for its very beginning.
pub(super) fn cuts(text: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut before = ['\0'; 2];
    while let Some((at, c)) = chars.next() {
        let before_stop = before;
        before = [before[1], c];
        if !matches!(c, '.' | '!' | '?' | '。' | '！' | '？') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next_at, next)) =
            chars.peek().filter(|(_, c)| matches!(c, '"' | '”' | '’' | '»' | ')' | ']' | '>' | '.'))
        {
            end = next_at + next.len_utf8();
            before = [before[1], next];
            chars.next();
        }
        let rest = &text[end..];
        let next = rest.trim_start();
        let spaced = next.len() < rest.len();
        let opens = next.chars().next().is_some_and(|first| {
            if spaced {
                !first.is_lowercase() && !matches!(first, ',' | ';' | ':' | ')')
            } else {
                // "Press.The", ")»Le"; not "3.5", "J.Smith" being left to the pieces' looks.
                matches!(c, '。' | '！' | '？')
                    || first.is_uppercase()
                    || matches!(first, '“' | '«' | '[' | '„')
            }
        });
        if opens {
            let after_initial =
                c == '.' && before_stop[1].is_uppercase() && !before_stop[0].is_alphabetic();
            cuts.push(Cut { at: text.len() - next.len(), spaced, after_initial });
        }
    }
    cuts
}

/// A place where a citation may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Where the next piece begins, in bytes of the entry's text.
    pub(super) at: usize,
    /// Whether white space lies before it.
    pub(super) spaced: bool,
    /// Whether the full stop before it follows a lone capital, as in a name.
    pub(super) after_initial: bool,
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
    fn an_initial_is_told() {
        let cuts = cuts("Series A.Drawing on");
        assert!(cuts[0].after_initial && !cuts[0].spaced);
    }
}
