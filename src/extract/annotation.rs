//! Where in an entry its citation ends and its annotation begins.
//!
//! Takes an entry's text, cut wherever a citation may end: behind a sentence (with or without a
//! space, `Press.The harbour`), at a line's end. Each piece looks more like a citation or more like
//! prose; the cut that leaves citation before and prose behind wins. Called by `entry`.

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
