//! Text that is not what it looks like: marks that turn the direction of writing, and words of
//! one script with letters of another that look the same.
//!
//! Takes a text, gives a diagnostic for each kind, with the place of the first; called for
//! documents, single citations and records. The marks are those of Unicode's Bidirectional
//! Algorithm (UAX 9, section 2), but for those that stand alone in honest Hebrew and Arabic; the
//! look-alikes are those of UTS 39 between Latin, Cyrillic and Greek. A word of Greek or Cyrillic
//! signs that nobody takes for Latin (`TGFβ`, `ΔT`) is no disguise.

use super::any_pair;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// Cyrillic letters, and the Latin ones that look the same.
const CYRILLIC: &[(char, char)] = &[
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('һ', 'h'),
    ('ԁ', 'd'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('Ѕ', 'S'),
    ('Ԛ', 'Q'),
    ('Ԝ', 'W'),
];

/// Greek letters, and the Latin ones that look the same. Small ones are signs of mathematics.
const GREEK: &[(char, char)] = &[
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('ο', 'o'),
];

/// What is said of marks of direction where they do not enter the fields.
pub(crate) const LEFT_OUT: &str = "left out of every field";

/// What is said of them in records, where they stay.
pub(crate) const KEPT: &str = "it stays where it stands";

/// What is not as it looks in a text that begins at byte `offset` of its source; `assumed` says
/// what becomes of marks of direction.
pub(crate) fn disguises(text: &str, offset: usize, assumed: &str) -> Vec<Diagnostic> {
    if text.is_ascii() || !may_deceive(text) {
        return Vec::new();
    }
    let mut marks = Found::default();
    let mut words = Found::default();
    let mut word = Word::default();
    for (at, c) in text.char_indices() {
        match script(c) {
            Script::Mark => {}
            Script::None => {
                if let Some((place, word)) = word.end(text, at) {
                    words.add(place, word);
                }
                if matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
                    marks.add(Span::new(at, at + c.len_utf8()), Span::new(at, at));
                }
            }
            script => word.add(at, script),
        }
    }
    if let Some((place, word)) = word.end(text, text.len()) {
        words.add(place, word);
    }
    let moved = |place: Span| Some(Span::new(place.start + offset, place.end + offset));
    let mut diagnostics = Vec::new();
    if let Some((place, _)) = marks.first {
        let message = match marks.count {
            1 => format!("a mark turns the direction of writing ({})", name(text, place)),
            count => format!(
                "{count} marks turn the direction of writing, the first of them {}",
                name(text, place)
            ),
        };
        diagnostics.push(
            Diagnostic::new(Code::TextBidiControl, moved(place), message)
                .assumed(assumed)
                .help("take it out where the text reads the same without it"),
        );
    }
    if let Some((place, word)) = words.first {
        const LONGEST: usize = 40;
        let shown: String = word.of(text).unwrap_or_default().chars().take(LONGEST).collect();
        let mut message = format!("`{shown}` is of two scripts: {}", name(text, place));
        let letter = place.of(text).and_then(|letter| letter.chars().next()).unwrap_or_default();
        if let Some(like) = alike(letter) {
            message += &match script(letter) {
                Script::Latin => format!(" is Latin and looks like the Cyrillic `{like}`"),
                Script::Greek => format!(" is Greek and looks like `{like}`"),
                _ => format!(" is Cyrillic and looks like `{like}`"),
            };
        }
        if words.count > 1 {
            message += &format!("; there are {} such words", words.count);
        }
        diagnostics.push(
            Diagnostic::new(Code::TextMixedScripts, moved(place), message)
                .assumed("the letters stay as they are")
                .help("type the letter anew in the script of its word"),
        );
    }
    diagnostics
}

/// Whether a text has Greek or Cyrillic letters or bytes as marks of direction have them: nearly
/// none has.
fn may_deceive(text: &str) -> bool {
    let is_such = |byte: u8, next: u8| {
        // U+0340 to U+053F begin so; U+202A to U+202E and U+2066 to U+2069 end so.
        let is_letter = (0xcd..=0xd4).contains(&byte);
        let is_mark = (byte & 0xfe == 0x80) & (0xa6..=0xae).contains(&next);
        is_letter | is_mark
    };
    any_pair(text.as_bytes(), |_| false, is_such)
}

/// How many there are of a kind, and the first: the place to point at, and the word around it.
#[derive(Default)]
struct Found {
    count: usize,
    first: Option<(Span, Span)>,
}

impl Found {
    fn add(&mut self, place: Span, word: Span) {
        self.count += 1;
        self.first.get_or_insert((place, word));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    /// A letter of another script.
    Other,
    /// An accent, which belongs to the letter before it.
    Mark,
    /// No letter: it ends a word.
    None,
}

fn script(c: char) -> Script {
    match c {
        'a'..='z'
        | 'A'..='Z'
        | '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}'
        | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\0'..='\u{bf}' => Script::None,
        '\u{300}'..='\u{36f}' => Script::Mark,
        '\u{370}'..='\u{3ff}' if c.is_alphabetic() => Script::Greek,
        '\u{400}'..='\u{52f}' if c.is_alphabetic() => Script::Cyrillic,
        _ if c.is_alphabetic() => Script::Other,
        _ => Script::None,
    }
}

/// Where a word begins, and how many letters it has of each script so far.
#[derive(Default)]
struct Word {
    start: Option<usize>,
    latin: usize,
    cyrillic: usize,
    greek: usize,
    other: usize,
}

impl Word {
    fn add(&mut self, at: usize, script: Script) {
        self.start.get_or_insert(at);
        match script {
            Script::Latin => self.latin += 1,
            Script::Cyrillic => self.cyrillic += 1,
            Script::Greek => self.greek += 1,
            _ => self.other += 1,
        }
    }

    /// Ends the word before byte `end`: the letter that is disguised in it, and the word.
    fn end(&mut self, text: &str, end: usize) -> Option<(Span, Span)> {
        let start = self.start?;
        let word = std::mem::take(self);
        if word.latin == 0 || word.cyrillic + word.greek == 0 || word.other > 0 {
            return None;
        }
        let span = Span::new(start, end);
        let letters = span.of(text)?;
        let of = |wanted| letters.char_indices().filter(move |&(_, c)| script(c) == wanted);
        let all_alike = |wanted| of(wanted).all(|(_, c)| alike(c).is_some());
        let stranger = match (word.cyrillic, word.greek) {
            (0, _) if word.latin > 1 && all_alike(Script::Greek) => Script::Greek,
            (cyrillic, 0) if cyrillic <= word.latin && all_alike(Script::Cyrillic) => {
                Script::Cyrillic
            }
            (_, 0) if all_alike(Script::Latin) => Script::Latin,
            (_, 0) if all_alike(Script::Cyrillic) => Script::Cyrillic,
            _ => return None,
        };
        let (at, c) = of(stranger).next()?;
        Some((Span::new(start + at, start + at + c.len_utf8()), span))
    }
}

/// The letter of another script that a letter looks like.
fn alike(c: char) -> Option<char> {
    let latin = |table: &[(char, char)]| {
        table.iter().find(|(letter, _)| *letter == c).map(|&(_, latin)| latin)
    };
    match script(c) {
        Script::Cyrillic => latin(CYRILLIC),
        Script::Greek => latin(GREEK),
        _ => CYRILLIC.iter().find(|(_, latin)| *latin == c).map(|&(cyrillic, _)| cyrillic),
    }
}

/// The number of the character at a place.
fn name(text: &str, place: Span) -> String {
    let c = place.of(text).and_then(|letter| letter.chars().next()).unwrap_or_default();
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(&'static str, String)> {
        let found = disguises(text, 0, LEFT_OUT);
        found
            .into_iter()
            .map(|one| {
                let place = one.span.and_then(|span| span.of(text)).unwrap_or_default();
                assert!(place.chars().count() == 1, "{one:?}");
                (one.code.as_str(), one.message)
            })
            .collect()
    }

    #[test]
    fn letters_of_another_script_are_told_by_place() {
        let found = said("Roe, J. (2010). H\u{430}rbour w\u{430}tch.");
        let message = "`H\u{430}rbour` is of two scripts: U+0430 is Cyrillic and looks like `a`; \
                       there are 2 such words";
        assert_eq!(found, [("text/mixed-scripts", message.to_owned())]);
        assert!(said("\u{39f}xford")[0].1.contains("U+039F is Greek and looks like `O`"));
        assert!(said("Cоветский")[0].1.contains("U+0043 is Latin and looks like the Cyrillic `С`"));
    }

    #[test]
    fn honest_words_are_left_alone() {
        for text in [
            "TGFβ and NF-κB, ΔT, μm, IFNγ",
            "Иванов С. П. IT-технологии",
            "Δεδομένα",
            "Größe, Łódź",
            "王小明 DNA研究",
            "שלום\u{200f}",
            "e\u{301}t\u{e9}",
            "",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }

    #[test]
    fn what_is_passed_over_has_nothing() {
        for c in '\0'..='\u{ffff}' {
            let is_told = matches!(script(c), Script::Greek | Script::Cyrillic)
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            assert!(!is_told || may_deceive(&format!("a{c}")), "{c:?}");
        }
        assert!(!may_deceive("Größe, Łódź, “quiet” – 王小明 e\u{301}"));
    }

    #[test]
    fn marks_of_direction_are_counted() {
        let found = said("Har\u{202e}ruob\u{202c} watch");
        let message = "2 marks turn the direction of writing, the first of them U+202E";
        assert_eq!(found, [("text/bidi-control", message.to_owned())]);
    }
}
