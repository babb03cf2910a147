//! HTML entities in values: `R&amp;D` is meant as `R&D`.
//!
//! Called by the readers of formats. None has entities; publishers' sites and
//! Crossref export them from their pages all the same, and Zotero reads them in RIS as their
//! characters. The letters are those of HTML 4.01, 24.2.

use memchr::memchr_iter;
use std::borrow::Cow;

/// The entities that exports are seen with: HTML's own and those of typography.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("lsquo", '\u{2018}'),
    ("rsquo", '\u{2019}'),
    ("ldquo", '\u{201c}'),
    ("rdquo", '\u{201d}'),
    ("hellip", '\u{2026}'),
    // Signs and letters.
    ("iexcl", '¡'),
    ("cent", '¢'),
    ("pound", '£'),
    ("sect", '§'),
    ("copy", '©'),
    ("laquo", '«'),
    ("reg", '®'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("micro", 'µ'),
    ("middot", '·'),
    ("sup1", '¹'),
    ("raquo", '»'),
    ("frac14", '¼'),
    ("frac12", '½'),
    ("frac34", '¾'),
    ("iquest", '¿'),
    ("times", '×'),
    ("divide", '÷'),
    ("euro", '€'),
    ("trade", '™'),
    ("dagger", '†'),
    ("bull", '•'),
    ("minus", '−'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Yuml", 'Ÿ'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("Delta", 'Δ'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("omega", 'ω'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Atilde", 'Ã'),
    ("Auml", 'Ä'),
    ("Aring", 'Å'),
    ("AElig", 'Æ'),
    ("Ccedil", 'Ç'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Euml", 'Ë'),
    ("Igrave", 'Ì'),
    ("Iacute", 'Í'),
    ("Icirc", 'Î'),
    ("Iuml", 'Ï'),
    ("ETH", 'Ð'),
    ("Ntilde", 'Ñ'),
    ("Ograve", 'Ò'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Otilde", 'Õ'),
    ("Ouml", 'Ö'),
    ("Oslash", 'Ø'),
    ("Ugrave", 'Ù'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Uuml", 'Ü'),
    ("Yacute", 'Ý'),
    ("THORN", 'Þ'),
    ("szlig", 'ß'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("eth", 'ð'),
    ("ntilde", 'ñ'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("oslash", 'ø'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("thorn", 'þ'),
    ("yuml", 'ÿ'),
];

/// The character of an entity, given what stands between `&` and `;`.
///
/// Characters that names of entities are made of stay as they are written: otherwise reading
/// could make a new entity, and what is read twice would not be what is read once.
pub(crate) fn entity(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    };
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if digits.is_empty() || digits.len() > 7 || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, radix).ok()?)
        .filter(|c| !c.is_control() && !c.is_ascii_alphanumeric() && !matches!(c, '#' | ';'))
}

/// A value with its entities as characters. Those that were escaped twice (`&amp;amp;`) are one.
pub(crate) fn unescaped(value: &str) -> Cow<'_, str> {
    let is_entity = |at: usize| {
        value.get(at + 1..).and_then(named).is_some_and(|(name, _)| entity(name).is_some())
    };
    let Some(first) = memchr_iter(b'&', value.as_bytes()).find(|&at| is_entity(at)) else {
        return Cow::Borrowed(value);
    };
    let mut out = value[..first].to_owned();
    // Whether an ampersand stands before what comes next, and is yet to be written.
    let mut is_open = false;
    let mut rest = &value[first..];
    loop {
        if !is_open {
            let Some(at) = rest.find('&') else { break };
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
        }
        is_open = false;
        let found = named(rest).and_then(|(name, behind)| Some((entity(name)?, behind)));
        match found {
            Some(('&', behind)) => {
                rest = behind;
                is_open = true;
            }
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The name that ends with a semicolon, near, and what stands behind.
pub(crate) fn named(text: &str) -> Option<(&str, &str)> {
    // `#x10ffff`
    const LONGEST: usize = 9;
    let end = text.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_characters() {
        for (text, plain) in [
            ("R&amp;D", "R&D"),
            ("R&D", "R&D"),
            ("O&#39;Neill &#x2013; &quot;x&quot;", "O'Neill \u{2013} \"x\""),
            ("a &lt; b &amp;lt; c &amp;amp; d", "a < b < c & d"),
            ("a&nbsp;b", "a\u{a0}b"),
            ("&&amp;&", "&&&"),
            ("?a=1&amp;b=2&c=3;", "?a=1&b=2&c=3;"),
        ] {
            assert_eq!(unescaped(text), plain, "{text}");
        }
    }

    #[test]
    fn what_is_no_entity_stays() {
        for text in
            ["", "&", "&;", "&#;", "&#x;", "&#0;", "&#10;", "&am&#112;;", "&#xd800;", "&nope;"]
        {
            assert_eq!(unescaped(text), text);
        }
    }

    #[test]
    fn reading_twice_is_reading_once() {
        for text in ["&amp;#38;amp;lt;", "&am&#112;;", "&amp&#59;", "&amp;&amp;amp;", "&&amp;amp;"]
        {
            let once = unescaped(text).into_owned();
            assert_eq!(unescaped(&once), once, "{text}");
        }
    }
}
