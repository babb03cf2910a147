//! The language of a short text, by its function words and its script.

use super::lexicon;

/// The language that a title is in, as a BCP 47 tag; `None` where it is not clear.
///
/// At least two function words of a language must stand in it, and more than one and a half times
/// as many as of any other; scripts that one language owns decide alone.
pub(crate) fn language_of(text: &str) -> Option<&'static str> {
    if let Some(language) = by_script(text) {
        return Some(language);
    }
    let mut lower = text.to_lowercase();
    if lower.contains('’') {
        lower = lower.replace('’', "'");
    }
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    let words = lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .flat_map(|word| word.split_inclusive('\''));
    for word in words {
        for &language in lexicon().languages(word.trim_end_matches('\'')) {
            match counts.iter_mut().find(|(known, _)| *known == language) {
                Some((_, count)) => *count += 1,
                None => counts.push((language, 1)),
            }
        }
    }
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let (language, count) = *counts.first()?;
    let second = counts.get(1).map_or(0, |&(_, count)| count);
    (count >= 2 && count * 2 > second * 3).then_some(language)
}

fn by_script(text: &str) -> Option<&'static str> {
    if text.is_ascii() {
        return None;
    }
    let count =
        |range: std::ops::RangeInclusive<char>| text.chars().filter(|c| range.contains(c)).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
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
            ("", None),
        ] {
            assert_eq!(language_of(text), language, "{text}");
        }
    }
}
