//! The language of a short text, by its function words and its script.

use super::word::{Part, words};
use super::{LANGUAGES, lexicon};
use crate::text::is_alphabetic;

/// The language that a title is in, as a BCP 47 tag; `None` where it is not clear, since a wrong
/// language is worse than none.
///
/// Two different function words of a language must stand in it, one of them of no other language.
/// A word that several languages have (`de`, `a`, `en`) counts for each by its share, and the
/// language must have more than one and a half times as much as any other. Scripts that one
/// language owns decide alone.
pub(crate) fn language_of(text: &str) -> Option<&'static str> {
    if let Some(language) = by_script(text) {
        return Some(language);
    }
    // this capital is two characters in small letters, of which the second parts words
    let lower = text.contains('İ').then(|| text.to_lowercase());
    let text = lower.as_deref().unwrap_or(text);
    let lexicon = lexicon();
    // every word counts once; there are no more than the lexicon has
    let mut seen: Vec<&u64> = Vec::new();
    let mut tallies = [Tally::default(); LANGUAGES];
    for word in words(text, Part::Letter) {
        let Some(languages) = lexicon.functions.get(word) else { continue };
        if seen.iter().any(|known| std::ptr::eq(*known, languages)) {
            continue;
        }
        seen.push(languages);
        let of = languages.count_ones();
        // a letter alone may be an initial
        let letters = usize::from(word.chars().nth(1).is_some());
        let mut rest = *languages;
        while let Some(tally) = tallies.get_mut(rest.trailing_zeros() as usize) {
            rest &= rest - 1;
            tally.words += letters;
            tally.own += usize::from(of == 1);
            tally.weight += 1.0 / of as f32;
        }
    }
    let of_all = lexicon.languages.iter().zip(&tallies);
    let (language, best) = of_all.clone().max_by(|a, b| a.1.weight.total_cmp(&b.1.weight))?;
    let second = of_all.filter(|other| other.0 != language).map(|other| other.1.weight);
    let second = second.fold(0.0, f32::max);
    let clear = best.words >= 2 && best.own >= 1 && best.weight > second * 1.5;
    clear.then_some(*language)
}

/// What the words of a text say for one language.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// How many different words of more than a letter it has of them.
    words: usize,
    /// How many of these no other language has.
    own: usize,
    /// All of them, each by its share.
    weight: f32,
}

fn by_script(text: &str) -> Option<&'static str> {
    // no bytes of East Asian letters
    if text.bytes().all(|byte| byte < 0xe3) {
        return None;
    }
    let count =
        |range: std::ops::RangeInclusive<char>| text.chars().filter(|c| range.contains(c)).count();
    let letters = text.chars().filter(|&c| is_alphabetic(c)).count();
    let most = |count: usize| count * 2 > letters;
    let kana = count('\u{3040}'..='\u{30ff}');
    let han = count('\u{4e00}'..='\u{9fff}');
    if kana > 0 && most(kana + han) {
        Some("ja")
    } else if most(han) {
        Some("zh")
    } else if most(count('\u{ac00}'..='\u{d7a3}')) {
        Some("ko")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_small_words() {
        for (text, language) in [
            ("Les registres du port et la surveillance des quais dans l’estuaire", Some("fr")),
            ("The harbour watch in the age of steam", Some("en")),
            ("Die Wache am Hafen und das Ende der Segelschiffe", Some("de")),
            ("参考文献管理", Some("zh")),
            ("Harbour watch", None),
            // words of several languages tell of none
            ("Vigilancia de la bahía en invierno", None),
            ("La vigilancia del puerto y los muelles", Some("es")),
            ("Faróis de neblina em águas do norte", Some("pt")),
            ("A Harbour of One's Own", Some("en")),
            ("Mole: a watch for a distributed harbour", None),
            ("", None),
        ] {
            assert_eq!(language_of(text), language, "{text}");
        }
    }
}
