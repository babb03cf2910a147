//! Capitals in titles: braces around the words that a style would put in lower case.
//!
//! Takes a title, adds it to an entry; called by [`write`](super::write). Styles turn titles
//! into sentence case (BibTeX's `change.case$`, biblatex's `\MakeSentenceCase*`), and so does
//! pandoc on import: all but the first letter of the title goes to lower case unless it stands
//! in braces. So words with capitals get braces, neighbours share a pair, and the first word
//! gets them only for capitals behind its first letter (`NATO`, `eBay`, `U.S.-Mexico`).

use super::bytes::{Bytes, any};
use super::latex::{Braces, SIGNS, command, push_stretch};
use super::math::stretches;
use crate::work::{Mark, Piece, pieces};

/// What readers of an entry do to the case of its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Casing {
    /// Nothing.
    Kept,
    /// All but the first letter goes to lower case.
    Lowered,
    /// The same, and pandoc makes capitals of the first letter and of those behind `:`, `?` and
    /// `!`. It does so for English, and where no language is said.
    Sentence,
}

/// Adds a title with its case protected.
pub(super) fn push_title(out: &mut String, title: &str, casing: Casing) {
    let is_sign = |byte, _| {
        u8::from(byte == b'<')
            | u8::from(byte == b'$')
            | u8::from(byte == b'{')
            | u8::from(byte == b'}')
    };
    let is_plain = !any(title.as_bytes(), is_sign);
    let mut writer = Writer {
        out,
        braces: if is_plain { Braces::Escaped } else { Braces::of(title) },
        casing,
        first: true,
        after_stop: casing == Casing::Sentence,
        group_end: None,
        group_start: None,
        inside: Vec::new(),
    };
    if is_plain {
        writer.text(title);
        return;
    }
    for piece in pieces(title) {
        match piece {
            Piece::Text(text) => {
                for (is_math, stretch) in stretches(text) {
                    if is_math { writer.math(stretch) } else { writer.text(stretch) }
                }
            }
            Piece::Open(mark) => writer.open(mark),
            Piece::Close(_) => writer.close(),
        }
    }
}

struct Writer<'a> {
    out: &'a mut String,
    braces: Braces,
    casing: Casing,
    /// Whether the next word is one that a capital would be given to.
    after_stop: bool,
    /// Whether the title's first word is still to come.
    first: bool,
    /// The end of a brace group that the next word may join: only a space has come since.
    group_end: Option<usize>,
    /// Where the last brace group began.
    group_start: Option<usize>,
    /// The marks around the text and where their texts began, innermost last.
    inside: Vec<(Mark, usize)>,
}

impl Writer<'_> {
    fn open(&mut self, mark: Mark) {
        self.out.push_str(command(mark));
        self.inside.push((mark, self.out.len()));
        self.group_end = None;
    }

    fn close(&mut self) {
        // pandoc passes over a group that fills the whole argument: `\textit{{Mytilus}}` would be
        // lowered. An empty group beside it changes nothing else.
        let starts = self.inside.pop().map(|(_, start)| start);
        if starts.is_some() && self.group_start == starts && self.group_end == Some(self.out.len())
        {
            self.out.push_str("{}");
        }
        self.out.push('}');
        self.group_end = None;
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        loop {
            // Most words: those before the first that may need care, at once.
            let plain = if self.after_stop { 0 } else { plain_words(rest) };
            if plain > 0 {
                let (words, behind) = rest.split_at(plain);
                self.out.push_str(words);
                self.first &= !words.bytes().any(|byte| byte.is_ascii_alphanumeric());
                self.group_end = None;
                rest = behind;
            }
            let length = rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len());
            let (word, behind) = rest.split_at(length);
            if !word.is_empty() {
                self.word(word);
            }
            let Some(next) = behind.strip_prefix(' ') else { return };
            self.out.push(' ');
            self.group_end = self.group_end.filter(|end| end + 1 == self.out.len());
            rest = next;
        }
    }

    /// Math stands as it is; no style changes its case.
    fn math(&mut self, math: &str) {
        self.out.push_str(math);
        self.group_end = None;
        self.first = false;
    }

    fn word(&mut self, word: &str) {
        let Some((start, end)) = letters(word) else {
            self.push(word);
            return;
        };
        let (before, core, after) = (&word[..start], &word[start..end], &word[end..]);
        let exempt = usize::from(std::mem::take(&mut self.first));
        let stops = self.casing == Casing::Sentence
            && matches!(after.as_bytes().last(), Some(b':' | b'?' | b'!'));
        let is_ascii = core.is_ascii();
        let is_small = match is_ascii {
            true => core.as_bytes().first().is_some_and(u8::is_ascii_lowercase),
            false => core.starts_with(char::is_lowercase),
        };
        let is_large = match is_ascii {
            true => core.bytes().skip(exempt).any(|byte| byte.is_ascii_uppercase()),
            false => core.chars().skip(exempt).any(char::is_uppercase),
        };
        let raised = std::mem::replace(&mut self.after_stop, stops) && is_small;
        let needs = (raised || is_large)
            && self.casing != Casing::Kept
            && !self.inside.iter().any(|(mark, _)| *mark == Mark::NoCase);
        if !needs {
            self.push(word);
            return;
        }
        match self.group_end.filter(|end| before.is_empty() && end + 1 == self.out.len()) {
            // `{New} {York}` is `{New York}`.
            Some(end) => {
                self.out.truncate(end - 1);
                self.out.push(' ');
            }
            None => {
                self.push(before);
                self.group_start = Some(self.out.len());
                self.out.push('{');
            }
        }
        self.push(core);
        self.out.push('}');
        self.group_end = Some(self.out.len()).filter(|_| after.is_empty());
        if !after.is_empty() {
            self.push(after);
        }
    }

    fn push(&mut self, text: &str) {
        if SIGNS.any_in(text) {
            push_stretch(self.out, text, self.braces);
        } else {
            self.out.push_str(text);
        }
    }
}

/// How long the words are that a text begins with and that stand as they are, the spaces behind
/// them with them: words of small letters, digits, and signs that nobody spells otherwise.
fn plain_words(text: &str) -> usize {
    static PLAIN: Bytes = Bytes::of(b" abcdefghijklmnopqrstuvwxyz0123456789()*+,./", 0, 0xff);
    let bytes = text.as_bytes();
    let Some(plain) = bytes.iter().position(|&byte| !PLAIN.holds(byte)) else { return bytes.len() };
    // The word that holds the other byte is none of them.
    bytes.iter().take(plain).rposition(|&byte| byte == b' ').map_or(0, |space| space + 1)
}

/// Where the first letter of a word begins and the last one ends.
fn letters(word: &str) -> Option<(usize, usize)> {
    if word.is_ascii() {
        let start = word.bytes().position(|byte| byte.is_ascii_alphanumeric())?;
        let last = word.bytes().rposition(|byte| byte.is_ascii_alphanumeric())?;
        return Some((start, last + 1));
    }
    let start = word.find(char::is_alphanumeric)?;
    let last = word.rfind(char::is_alphanumeric)?;
    Some((start, last + word[last..].chars().next().map_or(0, char::len_utf8)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_would_lose_a_capital_get_braces() {
        for (title, bib) in [
            ("Harbour watch", "Harbour watch"),
            ("NATO and eBay: The end", "{NATO} and {eBay}: {The} end"),
            ("Crime in New York City (Bronx)", "Crime in {New York City} ({Bronx})"),
            ("L’État et l’Europe", "{L’État} et {l’Europe}"),
            ("R&D in <i>Escherichia coli</i>", "{R\\&D} in \\textit{{Escherichia} coli}"),
            (
                "Of <i>Mytilus</i> and <i>New York</i>",
                "Of \\textit{{Mytilus}{}} and \\textit{{New York}{}}",
            ),
            ("... Ports of (e.g.) the Baltic", "... Ports of (e.g.) the {Baltic}"),
            ("The non-state--and -x", "The non-state-{}-and -x"),
            ("Why H<sub>2</sub>O", "Why {H}\\textsubscript{2}{O}"),
            ("the <span class=\"nocase\">Cat</span>", "{the} {Cat}"),
            ("Police: politics and <i>law</i>", "Police: {politics} and \\textit{law}"),
        ] {
            let mut out = String::new();
            push_title(&mut out, title, Casing::Sentence);
            assert_eq!(out, bib);
        }
    }
}
