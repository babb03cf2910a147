//! Languages: BCP 47 tags against the names that babel and biblatex know.
//!
//! Called by [`write`](super::write) for `langid` (biblatex 3.20, 2.2.3), which decides how
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
