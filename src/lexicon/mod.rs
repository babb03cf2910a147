//! The words of citations, by language: months, roles, abbreviations, places.
//!
//! The words themselves are data (`data/lexicon/*.tsv`), so that a librarian can add a language
//! without reading code. The lexer marks every token with the classes of its word; grammars look
//! phrases of several words up here.

mod language;
mod prose;
mod sense;
mod table;
mod word;

pub(crate) use language::language_of;
pub(crate) use prose::{is_opening_word, is_prose_word};
pub(crate) use sense::{Said, Site, Sites, said, said_first, sites_in};

use std::sync::OnceLock;
use table::Table;
use word::Part;

/// Makes [`Class`] of the names used in the data files.
macro_rules! classes {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// What a word can mean in a citation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Class { $($variant),+ }

        impl Class {
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
    // Models hold the numbers of the classes up to here: new ones stand behind.
    Ditto = "ditto",
    Ibidem = "ibidem",
    OpCit = "opcit",
    LeadIn = "leadin",
    Anonymous = "anonymous",
    BodyName = "bodyname",
    Company = "company",
    Contributor = "contributor",
    EditorTranslator = "editortranslator",
    EditorWord = "editorword",
    QuotedParticle = "quotedparticle",
    Reviewed = "reviewed",
    ReviewedBy = "reviewedby",
    ShortParticle = "shortparticle",
    TranslatorWord = "translatorword",
}

impl Class {
    /// The last class that features are made of.
    const LAST_LEARNED: Class = Class::Volume;
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u64);

impl Classes {
    /// Whether `class` is in the set.
    pub(crate) fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// The numbers of the classes in the set that the labeller learns from, smallest first.
    pub(crate) fn numbers(self) -> impl Iterator<Item = u8> {
        let learned = (1 << (Class::LAST_LEARNED as u8 + 1)) - 1;
        let mut rest = self.0 & learned;
        std::iter::from_fn(move || {
            let number = rest.trailing_zeros() as u8;
            let some = rest != 0;
            rest &= rest.wrapping_sub(1);
            some.then_some(number)
        })
    }

    /// Whether the word says nothing of a field: no class, or only classes that say who somebody
    /// is.
    pub(crate) fn are_of_names(self) -> bool {
        let names = [
            Class::Anonymous,
            Class::BodyName,
            Class::Company,
            Class::Contributor,
            Class::EditorWord,
            Class::TranslatorWord,
        ];
        self.0 & !names.iter().fold(0, |set, &class| set | 1 << class as u8) == 0
    }

    /// The classes of both sets.
    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u8;
    }
}

/// There are fewer languages than this.
const LANGUAGES: usize = 64;

/// The longest phrase of the lexicon, in words.
const PHRASE_WORDS: usize = 4;

/// What the lexicon says of a word or phrase.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    classes: Classes,
    /// A month's number (1 to 12) or a season's (21 to 24); 0 where it is none.
    month: u8,
    /// Whether a phrase of more words begins with it.
    begins: bool,
}

/// All the words.
pub(crate) struct Lexicon {
    words: Table<Entry>,
    /// The languages of function words: a bit for each of `languages`.
    functions: Table<u64>,
    languages: Vec<&'static str>,
}

/// The lexicon, read once.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::read)
}

/// What the lexicon knows of the first word of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Beginning {
    /// The length of the word in bytes, without full stops at its end.
    pub(crate) first: usize,
    /// The same with them.
    stop: usize,
    /// What the word can mean.
    pub(crate) classes: Classes,
    /// Whether a phrase of more words begins with it.
    more: bool,
}

impl Beginning {
    /// Whether the word is a phrase or may begin one.
    pub(crate) fn may_be_phrase(self) -> bool {
        self.more || self.classes != Classes::default()
    }
}

impl Lexicon {
    fn read() -> Self {
        let mut lexicon =
            Self { words: Table::default(), functions: Table::default(), languages: Vec::new() };
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
                for word in words.split(' ') {
                    lexicon.words.entry(word).month = number;
                }
            }
        }
        for (language, words) in rows(include_str!("../../data/lexicon/functions.tsv")) {
            lexicon.add(Some(Class::Function), words);
            lexicon.add_functions(language, words);
        }
        for (language, words) in rows(include_str!("../../data/lexicon/languages.tsv")) {
            lexicon.add_functions(language, words);
        }
        lexicon
    }

    fn add(&mut self, class: Option<Class>, words: &str) {
        let Some(class) = class else { return };
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            let word = word.strip_suffix('.').unwrap_or(word);
            let phrase = word.contains('_').then(|| word.replace('_', " "));
            let word = phrase.as_deref().unwrap_or(word);
            self.words.entry(word).classes.add(class);
            if let Some((first, _)) = word.split_once(' ') {
                self.words.entry(first).begins = true;
            }
        }
    }

    fn add_functions(&mut self, language: &'static str, words: &str) {
        let known = self.languages.iter().position(|&known| known == language);
        let number = known.unwrap_or(self.languages.len());
        debug_assert!(number < LANGUAGES);
        if known.is_none() {
            self.languages.push(language);
        }
        for word in words.split(' ') {
            *self.functions.entry(word) |= 1 << number;
        }
    }

    /// The entry of a word or phrase, in any case.
    #[inline]
    fn entry(&self, word: &str) -> Entry {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// The classes of one word, in any case, with or without a full stop.
    pub(crate) fn classes(&self, word: &str) -> Classes {
        self.entry(word.strip_suffix('.').unwrap_or(word)).classes
    }

    /// The classes of all words of a text.
    pub(crate) fn classes_in(&self, text: &str) -> Classes {
        let words = word::words(text, Part::Apostrophe);
        words.fold(Classes::default(), |all, word| all.with(self.entry(word).classes))
    }

    /// The number of a month's name (1 to 12) or a season's (21 to 24).
    pub(crate) fn month(&self, word: &str) -> Option<u8> {
        let entry = self.entry(word.strip_suffix('.').unwrap_or(word));
        Some(entry.month).filter(|&month| month > 0)
    }

    /// The length in bytes of the longest phrase of a class that `text` begins with, a full
    /// stop behind it included; `None` where there is none.
    pub(crate) fn phrase(&self, text: &str, class: Class) -> Option<usize> {
        let beginning = self.beginning(text);
        let mut phrases = self.phrases(text, beginning);
        phrases.find(|(_, classes)| classes.has(class)).map(|(len, _)| len)
    }

    /// What `text` begins with.
    #[inline]
    pub(crate) fn beginning(&self, text: &str) -> Beginning {
        let Some(stop) = word::of_phrase(text, PHRASE_BYTES) else { return Beginning::default() };
        let first = without_stops(text, stop);
        // a full stop alone is a mark
        if first == 0 {
            return Beginning::default();
        }
        let Entry { classes, begins, .. } = self.entry(&text[..first]);
        let more = if first == stop { begins } else { self.entry(&text[..stop]).begins };
        Beginning { first, stop, classes, more }
    }

    /// The phrases that `text` begins with, longest first: length in bytes, a full stop behind
    /// included, and classes. Few words begin a phrase of more: of others no second word is
    /// looked at.
    pub(crate) fn phrases(
        &self,
        text: &str,
        beginning: Beginning,
    ) -> impl Iterator<Item = (usize, Classes)> + use<> {
        let mut phrases = [(0, Classes::default()); PHRASE_WORDS];
        let Beginning { first, mut stop, classes, more } = beginning;
        let mut count = 1;
        phrases[0] = (first + usize::from(first < stop), classes);
        for phrase in &mut phrases[1..if more { PHRASE_WORDS } else { 1 }] {
            if !text[stop..].starts_with(' ') {
                break;
            }
            let start = stop + 1;
            let most = PHRASE_BYTES.saturating_sub(start);
            let Some(len) = word::of_phrase(&text[start..], most) else { break };
            stop = start + len;
            let end = without_stops(text, stop);
            *phrase = (end + usize::from(end < stop), self.entry(&text[..end]).classes);
            count += 1;
        }
        phrases.into_iter().take(count).rev().filter(|&(_, classes)| classes != Classes::default())
    }
}

/// Where the full stops begin that end at byte `end`.
fn without_stops(text: &str, end: usize) -> usize {
    let bytes = &text.as_bytes()[..end];
    end - bytes.iter().rev().take_while(|&&byte| byte == b'.').count()
}

/// The longest phrase of the lexicon, in bytes, with room to spare: a text of "&.&.&." would
/// else be searched to its end from each of its marks.
const PHRASE_BYTES: usize = 160;

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
