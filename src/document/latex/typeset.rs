//! How LaTeX sets what writers type: quotation marks, dashes, accents, addresses.

use super::scan::{Groups, Scan, Token};
use crate::text::letter;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// What is typed, and what is set.
const TYPED: [(&str, &str); 9] = [
    ("---", "—"),
    ("--", "–"),
    ("``", "“"),
    ("''", "”"),
    ("`", "‘"),
    ("'", "’"),
    ("?‘", "¿"),
    ("!‘", "¡"),
    (",,", "„"),
];

/// What German writers type (babel's manual, "german").
const GERMAN: [(&str, &str); 13] = [
    ("\"a", "ä"),
    ("\"o", "ö"),
    ("\"u", "ü"),
    ("\"A", "Ä"),
    ("\"O", "Ö"),
    ("\"U", "Ü"),
    ("\"s", "ß"),
    ("\"`", "„"),
    ("\"'", "“"),
    ("\"=", "-"),
    ("\"-", ""),
    ("\"~", "-"),
    ("\"\"", ""),
];

/// A text as it is set.
pub(super) fn text(typed: &str, german: bool) -> Cow<'_, str> {
    if !typed.contains(['-', '`', '\'', ',', '"']) {
        return Cow::Borrowed(typed);
    }
    let mut out = String::with_capacity(typed.len());
    let mut rest = typed;
    while let Some(c) = rest.chars().next() {
        let own = if german { GERMAN.as_slice() } else { &[] };
        let set = own.iter().chain(&TYPED).find(|(typed, _)| rest.starts_with(typed));
        match set {
            Some((typed, set)) => {
                // `?`` and `!`` open Spanish sentences.
                let opened = match (*set, out.chars().next_back()) {
                    ("‘", Some('?')) => Some('¿'),
                    ("‘", Some('!')) => Some('¡'),
                    _ => None,
                };
                match opened {
                    Some(opened) => {
                        out.pop();
                        out.push(opened);
                    }
                    None => out.push_str(set),
                }
                rest = rest.get(typed.len()..).unwrap_or_default();
            }
            None => {
                out.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    Cow::Owned(out)
}

/// Accents that wait for their letter.
#[derive(Debug, Default)]
pub(super) struct Accents(Vec<char>);

impl Accents {
    /// An accent comes; the one nearest to the letter comes last.
    pub(super) fn add(&mut self, accent: char) {
        // No letter has more than a few.
        self.0.truncate(7);
        self.0.insert(0, accent);
    }

    pub(super) fn are_open(&self) -> bool {
        !self.0.is_empty()
    }

    /// The letter comes, first in `text`.
    pub(super) fn put_on<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let mut chars = text.chars();
        let Some(first) = chars.next().filter(|_| self.are_open()) else {
            return Cow::Borrowed(text);
        };
        let first = match first {
            'ı' => 'i',
            'ȷ' => 'j',
            first => first,
        };
        let letter = std::iter::once(first).chain(self.0.drain(..)).nfc();
        Cow::Owned(letter.chain(chars).collect())
    }

    /// No letter comes: an accent by itself, where it is a sign.
    pub(super) fn end(&mut self) -> Option<&'static str> {
        match self.0.drain(..).next_back()? {
            '\u{303}' => Some("~"),
            '\u{302}' => Some("^"),
            _ => None,
        }
    }
}

/// An address without its escapes.
pub(super) fn address(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw.trim();
    while let Some(c) = rest.chars().next() {
        let spelled = [("\\~{}", "~"), ("\\textasciitilde{}", "~"), ("\\textasciitilde", "~")];
        if let Some((spelled, sign)) = spelled.iter().find(|(spelled, _)| rest.starts_with(spelled))
        {
            out.push_str(sign);
            rest = rest.get(spelled.len()..).unwrap_or_default();
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        // An address that goes over a line's end has no space there.
        let is_escape =
            c == '\\' && rest.starts_with(['_', '%', '&', '#', '$', '{', '}', '/', '-']);
        if !is_escape && !c.is_whitespace() {
            out.push(c);
        }
    }
    out
}

/// A short text without its commands and groups: an item's label.
pub(super) fn bare(raw: &str) -> String {
    let mut out = String::new();
    let mut scan = Scan::new(raw, 0, raw.len());
    while let Some(token) = scan.next() {
        match token {
            Token::Text(typed) => out.push_str(&text(typed, false)),
            Token::Space | Token::Paragraph | Token::Sign('~') => out.push(' '),
            Token::Sign(sign) => out.push(sign),
            Token::Command(name) => out.push_str(&letter(name).unwrap_or_default()),
            Token::Open | Token::Close => {}
        }
    }
    out.trim().to_owned()
}

/// Passes over the definition of a command: `\newcommand{\x}[1]{…}`, `\def\x#1{…}`.
pub(super) fn pass_definition(scan: &mut Scan<'_>, groups: &Groups) {
    const LONGEST: usize = 32;
    if scan.group(groups).is_none() {
        scan.next();
    }
    while scan.option(groups).is_some() {}
    for _ in 0..LONGEST {
        if scan.group(groups).is_some() || scan.is_before('{') || scan.next().is_none() {
            return;
        }
    }
}

/// Whether an environment is a table.
pub(super) fn is_table(environment: &str) -> bool {
    matches!(environment, "tabular" | "tabularx" | "tabulary" | "longtable" | "xltabular" | "array")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_set() {
        assert_eq!(text("``a''--b---`c'", false), "“a”–b—‘c’");
        assert_eq!(text("?`Que?", false), "¿Que?");
        assert_eq!(text("M\"uller,\"`x\"'", true), "Müller,„x“");
        assert_eq!(text("\"uller", false), "\"uller");
    }

    #[test]
    fn addresses_and_labels() {
        assert_eq!(address("https://a.org/\\~{}b\\_c\\%20\n d"), "https://a.org/~b_c%20d");
        assert_eq!(bare("{\\bf [12]}~\\& a"), "[12] & a");
    }

    #[test]
    fn accents_stand_on_their_letters() {
        let mut accents = Accents::default();
        accents.add('\u{301}');
        assert_eq!(accents.put_on("ıx"), "íx");
        accents.add('\u{301}');
        accents.add('\u{308}');
        assert_eq!(accents.put_on("u"), "ǘ");
        accents.add('\u{303}');
        assert_eq!(accents.end(), Some("~"));
        assert_eq!(accents.put_on("a"), "a");
    }
}
