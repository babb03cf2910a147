//! Texts brought to the form in which they are compared: small letters of ASCII, words that say
//! something, numbers by their value.
//!
//! Takes a field's text, gives its [`Folded`] form; called by [`portrait`](super::portrait). HTML
//! entities, rich text, accents, scripts and marks do not count; `deunicode`'s tables
//! transliterate, as they do for cite keys.

use crate::lexicon::{Class, lexicon};
use crate::text::{push_folded, roman, unescaped};
use crate::work::{Piece, pieces};
use unicode_normalization::char::is_combining_mark;

/// How many words of a text are compared: a title of a megabyte is told by its first hundred.
const MOST_WORDS: usize = 100;
/// The longest word, in letters: scripts without spaces write a whole title as one.
const LONGEST_WORD: usize = 400;

/// A text in the form that is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Folded {
    /// The words that say something, in their order; all words where none does.
    pub(super) words: Vec<String>,
    /// How many of them stand before the first colon, dash, full stop or the like: the title
    /// without its subtitle.
    pub(super) main: usize,
    /// The numbers among all words, Roman ones too, in their order.
    pub(super) numbers: Vec<u32>,
    /// How many of the numbers stand in the main part.
    pub(super) main_numbers: usize,
    /// The words without spaces between: `data base` is `database`.
    pub(super) joined: String,
    /// How many letters of that are the main part's.
    main_letters: usize,
    /// All words, those that say nothing too.
    pub(super) all: Vec<String>,
    /// These without spaces between.
    pub(super) whole: String,
}

impl Folded {
    /// The folded form of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut all = Vec::new();
        let mut main = None;
        for piece in pieces(&unescaped(text)) {
            if let Piece::Text(text) = piece {
                words(text, &mut all, &mut main);
            }
        }
        let mut folded = Self::default();
        let said = all.iter().any(|word| !is_function_word(word));
        for (at, word) in all.iter().enumerate() {
            if let Some(number) = number(word, at > 0) {
                folded.numbers.push(number);
            }
            // The letter of `Part A` is no article.
            let ends = main == Some(at + 1) || at + 1 == all.len();
            if !said || !is_function_word(word) || ends && at > 0 && word.len() == 1 {
                folded.words.push(word.clone());
            }
            if main == Some(at + 1) {
                folded.main = folded.words.len();
                folded.main_numbers = folded.numbers.len();
            }
        }
        // A mark behind the last word divides nothing.
        if folded.main == 0 {
            folded.main = folded.words.len();
            folded.main_numbers = folded.numbers.len();
        }
        folded.joined = folded.words.concat();
        folded.main_letters = folded.words.iter().take(folded.main).map(String::len).sum();
        folded.whole = all.concat();
        folded.all = all;
        folded
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words of the main part, without spaces.
    pub(super) fn main_joined(&self) -> &str {
        self.joined.get(..self.main_letters).unwrap_or_default()
    }

    /// Whether a subtitle follows the main part.
    pub(super) fn has_subtitle(&self) -> bool {
        self.main < self.words.len()
    }
}

/// Adds the words of a text; `main` is how many there were at the first mark between two words
/// that parts a title from its subtitle.
fn words(text: &str, to: &mut Vec<String>, main: &mut Option<usize>) {
    let mut word = String::new();
    let mut spaced = false;
    let mut push = |word: &mut String| {
        if !word.is_empty() && to.len() < MOST_WORDS {
            to.push(std::mem::take(word));
        }
        word.clear();
        to.len()
    };
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_combining_mark(c) || c == '\u{ad}' {
            continue;
        }
        if c.is_alphanumeric() {
            if word.len() < LONGEST_WORD {
                push_folded(&mut word, c);
            }
            spaced = false;
            continue;
        }
        let before_space = chars.peek().is_none_or(|next| next.is_whitespace());
        let parts = match c {
            ':' | '?' | '!' | ';' | '：' | '？' => true,
            '.' => before_space && word.len() > 3,
            '-' | '–' | '—' => spaced && before_space || c == '—',
            _ => false,
        };
        let count = push(&mut word);
        if parts && count > 0 && main.is_none() {
            *main = Some(count);
        }
        spaced = c.is_whitespace();
    }
    push(&mut word);
}

fn is_function_word(word: &str) -> bool {
    lexicon().classes(word).has(Class::Function) && number(word, true).is_none()
}

/// The value of a word that is a number. A Roman numeral of one letter that begins a text is an
/// article or a pronoun sooner (`I`), and one of `m`, `c`, `d`, `l` alone is a letter.
fn number(word: &str, later: bool) -> Option<u32> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.parse().ok();
    }
    let one = matches!(word, "i" | "v" | "x") && later;
    if word.len() > 1 && word.bytes().all(|byte| b"ivx".contains(&byte)) || one {
        return roman(word);
    }
    None
}

/// The distance of two words: how many letters must be changed, put in, left out, or swapped
/// with their neighbour; `None` where it is more than `limit`.
pub(super) fn distance(one: &str, other: &str, limit: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let (one, other) = without_common_ends(&one, &other);
    let far = limit + 1;
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(far);
    // Only cells beside the diagonal can hold a distance within the limit; the cell behind them
    // is set, too, for it was another row's before.
    let mut before = vec![far; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut next = before.clone();
    for (row, a) in one.iter().enumerate() {
        let from = row.saturating_sub(limit);
        let to = (row + limit + 1).min(other.len());
        let mut least = row + 1;
        set(&mut next, from, if from == 0 { row + 1 } else { far });
        for column in from..to {
            let b = other.get(column);
            let changed = at(&last, column) + usize::from(b != Some(a));
            let mut best = changed.min(at(&last, column + 1) + 1).min(at(&next, column) + 1);
            let swapped =
                row > 0 && column > 0 && one.get(row - 1) == b && other.get(column - 1) == Some(a);
            if swapped {
                best = best.min(at(&before, column - 1) + 1);
            }
            least = least.min(best);
            set(&mut next, column + 1, best);
        }
        set(&mut next, to + 1, far);
        if least > limit {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut next);
    }
    Some(at(&last, other.len())).filter(|&distance| distance <= limit)
}

fn set(row: &mut [usize], at: usize, value: usize) {
    if let Some(cell) = row.get_mut(at) {
        *cell = value;
    }
}

/// Two texts without the letters that both begin with, and both end with.
fn without_common_ends<'a>(one: &'a [char], other: &'a [char]) -> (&'a [char], &'a [char]) {
    let same = |(one, other): &(&char, &char)| one == other;
    let head = one.iter().zip(other).take_while(same).count();
    let (one, other) = (one.get(head..).unwrap_or_default(), other.get(head..).unwrap_or_default());
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
    let cut = |text: &'a [char]| text.get(..text.len() - tail).unwrap_or_default();
    (cut(one), cut(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_count_is_gone() {
        for (one, other) in [
            ("The <i>Harbour</i> &amp; the Sea", "Harbour and sea"),
            ("Über die Größe", "ÜBER DIE GRO\u{308}SSE"),
            ("L’État", "l'Etat"),
            ("Теория вероятностей", "теория  вероятностей."),
        ] {
            assert_eq!(Folded::of(one).joined, Folded::of(other).joined, "{one}");
        }
    }

    #[test]
    fn the_main_part_and_the_numbers_are_known() {
        let folded = Folded::of("Harbour watch, part II: Pilots of 1950");
        assert_eq!((folded.main, folded.has_subtitle()), (4, true));
        assert_eq!((folded.numbers.as_slice(), folded.main_numbers), (&[2, 1950][..], 1));
        assert!(!Folded::of("What is a harbour?").has_subtitle());
    }

    #[test]
    fn distances_count_swapped_letters_once() {
        assert_eq!(distance("harbour", "harbuor", 2), Some(1));
        assert_eq!(distance("harbour", "harbor", 2), Some(1));
        assert_eq!(distance("kitten", "sitting", 3), Some(3));
        assert_eq!(distance("kitten", "sitting", 2), None);
        assert_eq!(distance("", "ab", 2), Some(2));
    }
}
