//! The words of citations, by language: months, roles, abbreviations, places.
//!
//! The words themselves are data (`data/lexicon/*.tsv`), so that a librarian can add a language
//! without reading code. The lexer marks every token with the classes of its word; grammars look
//! phrases of several words up here.

mod language;

pub(crate) use language::language_of;

use std::collections::HashMap;
use std::sync::OnceLock;

/// Makes [`Class`] of the names used in the data files.
macro_rules! classes {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// What a word can mean in a citation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Class { $($variant),+ }

        impl Class {
            /// Every class.
            pub(crate) const ALL: [Class; [$($name),+].len()] = [$(Class::$variant),+];

            fn of(name: &str) -> Option<Self> {
                match name { $($name => Some(Class::$variant),)+ _ => None }
            }
        }
    };
}

classes! {
    Abbreviation = "abbreviation",
    Accessed = "accessed",
    Available = "available",
    Body = "body",
    Conference = "conference",
    Conjunction = "conjunction",
    Container = "container",
    DirectorAfter = "director after",
    DirectorBefore = "director before",
    Edition = "edition",
    EditorAfter = "editor after",
    EditorBefore = "editor before",
    EtAl = "etal",
    Forthcoming = "forthcoming",
    Function = "function",
    Issue = "issue",
    Journal = "journal",
    Medium = "medium",
    Month = "month",
    NoDate = "nodate",
    Ordinal = "ordinal",
    Page = "page",
    Particle = "particle",
    Place = "place",
    Publisher = "publisher",
    Region = "region",
    Report = "report",
    Revised = "revised",
    Series = "series",
    Suffix = "suffix",
    Thesis = "thesis",
    ThesisAdjective = "thesisadjective",
    TranslatorAfter = "translator after",
    TranslatorBefore = "translator before",
    Volume = "volume",
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u64);

impl Classes {
    /// Whether `class` is in the set.
    pub(crate) fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u8;
    }
}

/// The longest phrase of the lexicon, in words.
const PHRASE_WORDS: usize = 4;

/// All the words.
pub(crate) struct Lexicon {
    words: HashMap<String, Classes>,
    months: HashMap<String, u8>,
    functions: HashMap<String, Vec<&'static str>>,
}

/// The lexicon, read once.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::read)
}

/// A word's form in the lexicon: lower case, one kind of apostrophe, no full stop at the end.
fn normal(word: &str) -> String {
    let lower = word.to_lowercase().replace('’', "'");
    lower.strip_suffix('.').map(str::to_owned).unwrap_or(lower)
}

impl Lexicon {
    fn read() -> Self {
        let mut lexicon =
            Self { words: HashMap::new(), months: HashMap::new(), functions: HashMap::new() };
        for (name, words) in rows(include_str!("../../data/lexicon/terms.tsv")) {
            lexicon.add(Class::of(name), words);
        }
        for (role, rest) in rows(include_str!("../../data/lexicon/roles.tsv")) {
            let (side, words) = rest.split_once('\t').unwrap_or((rest, ""));
            lexicon.add(Class::of(&format!("{role} {side}")), words);
        }
        for line in lines(include_str!("../../data/lexicon/places.tsv")) {
            lexicon.add(Some(Class::Place), line);
        }
        for line in lines(include_str!("../../data/lexicon/regions.tsv")) {
            lexicon.add(Some(Class::Place), line);
            lexicon.add(Some(Class::Region), line);
        }
        for (number, words) in rows(include_str!("../../data/lexicon/months.tsv")) {
            lexicon.add(Some(Class::Month), words);
            if let Ok(number) = number.parse() {
                lexicon.months.extend(words.split(' ').map(|word| (word.to_owned(), number)));
            }
        }
        for (language, words) in rows(include_str!("../../data/lexicon/functions.tsv")) {
            lexicon.add(Some(Class::Function), words);
            for word in words.split(' ') {
                lexicon.functions.entry(word.to_owned()).or_default().push(language);
            }
        }
        lexicon
    }

    fn add(&mut self, class: Option<Class>, words: &str) {
        let Some(class) = class else { return };
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            self.words.entry(normal(&word.replace('_', " "))).or_default().add(class);
        }
    }

    /// The classes of one word, in any case, with or without a full stop.
    pub(crate) fn classes(&self, word: &str) -> Classes {
        self.words.get(&normal(word)).copied().unwrap_or_default()
    }

    /// The number of a month's name (1 to 12) or a season's (21 to 24).
    pub(crate) fn month(&self, word: &str) -> Option<u8> {
        self.months.get(&normal(word)).copied()
    }

    /// The languages that have `word` (in lower case) as a function word.
    fn languages(&self, word: &str) -> &[&'static str] {
        self.functions.get(word).map_or(&[], Vec::as_slice)
    }

    /// The length in bytes of the longest phrase of a class that `text` begins with, a full
    /// stop behind it included; `None` where there is none.
    pub(crate) fn phrase(&self, text: &str, class: Class) -> Option<usize> {
        self.phrases(text).find(|(_, classes)| classes.has(class)).map(|(len, _)| len)
    }

    /// The phrases that `text` begins with, longest first: length in bytes, a full stop behind
    /// included, and classes.
    pub(crate) fn phrases(&self, text: &str) -> impl Iterator<Item = (usize, Classes)> {
        word_ends(text).into_iter().rev().filter_map(move |end| {
            let classes = *self.words.get(&normal(&text[..end]))?;
            Some((if text[end..].starts_with('.') { end + 1 } else { end }, classes))
        })
    }
}

/// The longest phrase of the lexicon, in bytes, with room to spare: a text of "&.&.&." would
/// else be searched to its end from each of its marks.
const PHRASE_BYTES: usize = 160;

/// Where the first words of `text` end, without a full stop at their end.
fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::with_capacity(PHRASE_WORDS);
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let part = c.is_alphanumeric()
            || matches!(c, '\'' | '’' | '-' | '.' | '°' | 'º' | '#' | '№' | '&');
        if at > PHRASE_BYTES {
            return ends;
        }
        if inside && !part {
            ends.push(text[..at].trim_end_matches('.').len());
            if ends.len() == PHRASE_WORDS || c != ' ' {
                return ends;
            }
        } else if !inside && !part {
            return ends;
        }
        inside = part;
    }
    if inside {
        ends.push(text.trim_end_matches('.').len());
    }
    ends
}

fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn rows(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(data).filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_classes_in_any_case() {
        let lexicon = lexicon();
        assert!(lexicon.classes("Eds.").has(Class::EditorAfter));
        assert!(lexicon.classes("PRESS").has(Class::Publisher));
        assert!(lexicon.classes("London").has(Class::Place));
        assert_eq!(lexicon.month("Août"), Some(8));
        assert_eq!(lexicon.month("sept."), Some(9));
    }

    #[test]
    fn the_longest_phrase_is_found_up_to_a_word_end() {
        let lexicon = lexicon();
        assert_eq!(lexicon.phrase("edited by J. Roe", Class::EditorBefore), Some(9));
        assert_eq!(lexicon.phrase("et al. (2010)", Class::EtAl), Some(6));
        assert_eq!(lexicon.phrase("editedby J.", Class::EditorBefore), None);
        assert_eq!(lexicon.phrase("", Class::EtAl), None);
    }
}
