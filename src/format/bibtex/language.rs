//! Languages: BCP 47 tags against the names that babel and biblatex know.
//!
//! Called by [`write`](super::write) and [`read`](super::read) for `langid` (biblatex 3.20, 2.2.3), which decides how
//! titles are cased and hyphenated.

/// Tag and name; a tag with a region stands before the language alone.
const LANGUAGES: &[(&str, &str)] = &[
    ("af", "afrikaans"),
    ("ar", "arabic"),
    ("bg", "bulgarian"),
    ("ca", "catalan"),
    ("cs", "czech"),
    ("cy", "welsh"),
    ("da", "danish"),
    ("de-AT", "austrian"),
    ("de", "german"),
    ("el", "greek"),
    ("en-AU", "australian"),
    ("en-CA", "canadian"),
    ("en-GB", "british"),
    ("en-NZ", "newzealand"),
    ("en-US", "american"),
    ("en", "english"),
    ("es", "spanish"),
    ("et", "estonian"),
    ("eu", "basque"),
    ("fa", "persian"),
    ("fi", "finnish"),
    ("fr", "french"),
    ("ga", "irish"),
    ("gl", "galician"),
    ("he", "hebrew"),
    ("hi", "hindi"),
    ("hr", "croatian"),
    ("hu", "magyar"),
    ("hy", "armenian"),
    ("id", "indonesian"),
    ("is", "icelandic"),
    ("it", "italian"),
    ("ja", "japanese"),
    ("ka", "georgian"),
    ("ko", "korean"),
    ("la", "latin"),
    ("lt", "lithuanian"),
    ("lv", "latvian"),
    ("mk", "macedonian"),
    ("mr", "marathi"),
    ("nb", "norsk"),
    ("nl", "dutch"),
    ("nn", "nynorsk"),
    ("no", "norsk"),
    ("pl", "polish"),
    ("pt-BR", "brazilian"),
    ("pt", "portuguese"),
    ("ro", "romanian"),
    ("ru", "russian"),
    ("sk", "slovak"),
    ("sl", "slovene"),
    ("sq", "albanian"),
    ("sr", "serbian"),
    ("sv", "swedish"),
    ("ta", "tamil"),
    ("th", "thai"),
    ("tr", "turkish"),
    ("uk", "ukrainian"),
    ("vi", "vietnamese"),
    ("zh", "chinese"),
];

/// Babel's name of a tag's language; `None` for a tag of no language that babel knows.
pub(super) fn babel(tag: &str) -> Option<&'static str> {
    let named = |tag: &str| {
        LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag)).map(|(_, name)| *name)
    };
    named(tag).or_else(|| named(tag.split(['-', '_']).next()?))
}

/// The tag of a language that is named as babel or people name it, or of a tag; `None` for what
/// is neither.
pub(super) fn tag(name: &str) -> Option<&str> {
    const OTHERS: &[(&str, &str)] = &[
        ("ngerman", "de"),
        ("naustrian", "de-AT"),
        ("nswissgerman", "de-CH"),
        ("swissgerman", "de-CH"),
        ("deutsch", "de"),
        ("usenglish", "en-US"),
        ("ukenglish", "en-GB"),
        ("francais", "fr"),
        ("français", "fr"),
        ("frenchb", "fr"),
        ("acadian", "fr-CA"),
        ("portuges", "pt"),
        ("portuguesebr", "pt-BR"),
        ("slovenian", "sl"),
        ("hungarian", "hu"),
        ("norwegian", "no"),
        ("español", "es"),
        ("italiano", "it"),
    ];
    let name = name.trim();
    let lower = name.to_lowercase();
    let named = LANGUAGES
        .iter()
        .map(|(tag, name)| (*name, *tag))
        .chain(OTHERS.iter().copied())
        .find(|(known, _)| *known == lower)
        .map(|(_, tag)| tag);
    named.or_else(|| {
        let mut parts = name.split(['-', '_']);
        let is_language = parts.next().is_some_and(|language| {
            matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_alphabetic())
        });
        let are_tags = parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        (is_language && are_tags).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_counts_where_babel_knows_it() {
        assert_eq!(babel("en-GB"), Some("british"));
        assert_eq!(babel("fr-CH"), Some("french"));
        assert_eq!(babel("tlh"), None);
    }
}
