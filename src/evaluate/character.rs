//! What a character is: letter, mark, digit, space, or a mark of punctuation.
//!
//! The measure is defined by a program in Python, whose classes are Unicode's general
//! categories; the standard library has other ones. Each function here says by which categories
//! it goes. The tables are of Unicode 14; digits and marks assigned later are rare enough.

use unicode_normalization::char::is_combining_mark;

/// A letter (categories L*). `char::is_alphabetic` also takes in vowel signs, Roman numerals
/// and letters in circles, which are no letters by their category.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_combining_mark(c) && !c.is_numeric() && !is_enclosed(c)
}

/// A letter in a circle or a square: a symbol by its category.
fn is_enclosed(c: char) -> bool {
    matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F149}'
        | '\u{1F150}'..='\u{1F169}' | '\u{1F170}'..='\u{1F189}')
}

/// What a word is made of: letters, numbers, the underscore (`\w`). Marks are not.
pub(super) fn is_word(c: char) -> bool {
    is_letter(c) || c.is_numeric() || c == '_'
}

/// White space (`\s`): also the four separators of ASCII, which Unicode leaves out.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

/// A mark that takes no room of its own (category Mn).
pub(super) fn is_mark(c: char) -> bool {
    is_combining_mark(c) && !is_spacing_mark(c)
}

/// What may be taken off the edges of a value: neither letter nor mark nor number, nor one of
/// the signs that tell `C` from `C++`.
pub(super) fn is_edge(c: char) -> bool {
    !is_letter(c) && !is_combining_mark(c) && !c.is_numeric() && !"+#%°€$£&".contains(c)
}

/// The value of a decimal digit of any script (`\d`, category Nd).
pub(super) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let code = u32::from(c);
    let zero = ZEROS.partition_point(|&zero| zero <= code).checked_sub(1)?;
    let value = code - ZEROS.get(zero)?;
    (value < 10).then_some(value)
}

/// Whether `c` is a decimal digit of any script.
pub(super) fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// Puts the full case folding of a character behind `out`; with it `STRASSE` is `straße`.
///
/// It is the lower-case form but for what stands here. Characters that NFKC takes apart (ſ, ŉ,
/// ligatures) are not listed, as values go through NFKC before and after.
pub(super) fn fold(c: char, out: &mut String) {
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'ς' => out.push('σ'),
        '\u{0345}' => out.push('ι'),
        '\u{1C80}' => out.push('в'),
        '\u{1C81}' => out.push('д'),
        '\u{1C82}' => out.push('о'),
        '\u{1C83}' => out.push('с'),
        '\u{1C84}' | '\u{1C85}' => out.push('т'),
        '\u{1C86}' => out.push('ъ'),
        '\u{1C87}' => out.push('ѣ'),
        '\u{1C88}' => out.push('\u{A64B}'),
        // Greek with iota below: the iota becomes a letter, as it does in upper case.
        '\u{1F80}'..='\u{1FFF}' => out.extend(c.to_uppercase().flat_map(char::to_lowercase)),
        // Cherokee folds to upper case: Unicode had no other when folding was fixed.
        '\u{13A0}'..='\u{13FD}' | '\u{AB70}'..='\u{ABBF}' => out.extend(c.to_uppercase()),
        _ => out.extend(c.to_lowercase()),
    }
}

fn is_spacing_mark(c: char) -> bool {
    let code = u32::from(c);
    let after = SPACING_MARKS.partition_point(|&[first, _]| first <= code);
    after.checked_sub(1).and_then(|at| SPACING_MARKS.get(at)).is_some_and(|&[_, last]| code <= last)
}

/// The zeros of all scripts (category Nd); each is followed by its digits in order.
const ZEROS: &[u32] = &[
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
    0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80,
    0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0,
    0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0,
    0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// First and last of each run of marks that take room or enclose (categories Mc, Me).
#[rustfmt::skip]
const SPACING_MARKS: &[[u32; 2]] = &[
    [0x0488, 0x0489], [0x0903, 0x0903], [0x093B, 0x093B], [0x093E, 0x0940], [0x0949, 0x094C],
    [0x094E, 0x094F], [0x0982, 0x0983], [0x09BE, 0x09C0], [0x09C7, 0x09C8], [0x09CB, 0x09CC],
    [0x09D7, 0x09D7], [0x0A03, 0x0A03], [0x0A3E, 0x0A40], [0x0A83, 0x0A83], [0x0ABE, 0x0AC0],
    [0x0AC9, 0x0AC9], [0x0ACB, 0x0ACC], [0x0B02, 0x0B03], [0x0B3E, 0x0B3E], [0x0B40, 0x0B40],
    [0x0B47, 0x0B48], [0x0B4B, 0x0B4C], [0x0B57, 0x0B57], [0x0BBE, 0x0BBF], [0x0BC1, 0x0BC2],
    [0x0BC6, 0x0BC8], [0x0BCA, 0x0BCC], [0x0BD7, 0x0BD7], [0x0C01, 0x0C03], [0x0C41, 0x0C44],
    [0x0C82, 0x0C83], [0x0CBE, 0x0CBE], [0x0CC0, 0x0CC4], [0x0CC7, 0x0CC8], [0x0CCA, 0x0CCB],
    [0x0CD5, 0x0CD6], [0x0D02, 0x0D03], [0x0D3E, 0x0D40], [0x0D46, 0x0D48], [0x0D4A, 0x0D4C],
    [0x0D57, 0x0D57], [0x0D82, 0x0D83], [0x0DCF, 0x0DD1], [0x0DD8, 0x0DDF], [0x0DF2, 0x0DF3],
    [0x0F3E, 0x0F3F], [0x0F7F, 0x0F7F], [0x102B, 0x102C], [0x1031, 0x1031], [0x1038, 0x1038],
    [0x103B, 0x103C], [0x1056, 0x1057], [0x1062, 0x1064], [0x1067, 0x106D], [0x1083, 0x1084],
    [0x1087, 0x108C], [0x108F, 0x108F], [0x109A, 0x109C], [0x1715, 0x1715], [0x1734, 0x1734],
    [0x17B6, 0x17B6], [0x17BE, 0x17C5], [0x17C7, 0x17C8], [0x1923, 0x1926], [0x1929, 0x192B],
    [0x1930, 0x1931], [0x1933, 0x1938], [0x1A19, 0x1A1A], [0x1A55, 0x1A55], [0x1A57, 0x1A57],
    [0x1A61, 0x1A61], [0x1A63, 0x1A64], [0x1A6D, 0x1A72], [0x1ABE, 0x1ABE], [0x1B04, 0x1B04],
    [0x1B35, 0x1B35], [0x1B3B, 0x1B3B], [0x1B3D, 0x1B41], [0x1B43, 0x1B44], [0x1B82, 0x1B82],
    [0x1BA1, 0x1BA1], [0x1BA6, 0x1BA7], [0x1BAA, 0x1BAA], [0x1BE7, 0x1BE7], [0x1BEA, 0x1BEC],
    [0x1BEE, 0x1BEE], [0x1BF2, 0x1BF3], [0x1C24, 0x1C2B], [0x1C34, 0x1C35], [0x1CE1, 0x1CE1],
    [0x1CF7, 0x1CF7], [0x20DD, 0x20E0], [0x20E2, 0x20E4], [0x302E, 0x302F], [0xA670, 0xA672],
    [0xA823, 0xA824], [0xA827, 0xA827], [0xA880, 0xA881], [0xA8B4, 0xA8C3], [0xA952, 0xA953],
    [0xA983, 0xA983], [0xA9B4, 0xA9B5], [0xA9BA, 0xA9BB], [0xA9BE, 0xA9C0], [0xAA2F, 0xAA30],
    [0xAA33, 0xAA34], [0xAA4D, 0xAA4D], [0xAA7B, 0xAA7B], [0xAA7D, 0xAA7D], [0xAAEB, 0xAAEB],
    [0xAAEE, 0xAAEF], [0xAAF5, 0xAAF5], [0xABE3, 0xABE4], [0xABE6, 0xABE7], [0xABE9, 0xABEA],
    [0xABEC, 0xABEC], [0x11000, 0x11000], [0x11002, 0x11002], [0x11082, 0x11082],
    [0x110B0, 0x110B2], [0x110B7, 0x110B8], [0x1112C, 0x1112C], [0x11145, 0x11146],
    [0x11182, 0x11182], [0x111B3, 0x111B5], [0x111BF, 0x111C0], [0x111CE, 0x111CE],
    [0x1122C, 0x1122E], [0x11232, 0x11233], [0x11235, 0x11235], [0x112E0, 0x112E2],
    [0x11302, 0x11303], [0x1133E, 0x1133F], [0x11341, 0x11344], [0x11347, 0x11348],
    [0x1134B, 0x1134D], [0x11357, 0x11357], [0x11362, 0x11363], [0x11435, 0x11437],
    [0x11440, 0x11441], [0x11445, 0x11445], [0x114B0, 0x114B2], [0x114B9, 0x114B9],
    [0x114BB, 0x114BE], [0x114C1, 0x114C1], [0x115AF, 0x115B1], [0x115B8, 0x115BB],
    [0x115BE, 0x115BE], [0x11630, 0x11632], [0x1163B, 0x1163C], [0x1163E, 0x1163E],
    [0x116AC, 0x116AC], [0x116AE, 0x116AF], [0x116B6, 0x116B6], [0x11720, 0x11721],
    [0x11726, 0x11726], [0x1182C, 0x1182E], [0x11838, 0x11838], [0x11930, 0x11935],
    [0x11937, 0x11938], [0x1193D, 0x1193D], [0x11940, 0x11940], [0x11942, 0x11942],
    [0x119D1, 0x119D3], [0x119DC, 0x119DF], [0x119E4, 0x119E4], [0x11A39, 0x11A39],
    [0x11A57, 0x11A58], [0x11A97, 0x11A97], [0x11C2F, 0x11C2F], [0x11C3E, 0x11C3E],
    [0x11CA9, 0x11CA9], [0x11CB1, 0x11CB1], [0x11CB4, 0x11CB4], [0x11D8A, 0x11D8E],
    [0x11D93, 0x11D94], [0x11D96, 0x11D96], [0x11EF5, 0x11EF6], [0x16F51, 0x16F87],
    [0x16FF0, 0x16FF1], [0x1D165, 0x1D166], [0x1D16D, 0x1D172],
];

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|c| fold(c, &mut out));
        out
    }

    #[test]
    fn folding_is_more_than_lower_case() {
        assert_eq!(folded("STRASSE"), folded("Straße"));
        assert_eq!(folded("STRAẞE"), "strasse");
        assert_eq!(folded("ΟΔΟΣ"), folded("οδος"));
        assert_eq!(folded("ᾳ"), "αι");
        assert_eq!(folded("ᾼ"), "αι");
        assert_eq!(folded("ᏣᎳᎩ"), "ᏣᎳᎩ");
        assert_eq!(folded("ꮳ"), "Ꮳ");
        assert_eq!(folded("ı"), "ı");
        assert_eq!(folded("İ"), "i\u{307}");
    }

    #[test]
    fn digits_of_all_scripts_have_their_value() {
        assert_eq!(digit('7'), Some(7));
        assert_eq!(digit('٣'), Some(3));
        assert_eq!(digit('९'), Some(9));
        assert_eq!(digit('\u{1D7D8}'), Some(0));
        assert_eq!(digit('\u{1D7FF}'), Some(9));
        assert_eq!(digit('²'), None);
        assert_eq!(digit('〇'), None);
        assert_eq!(digit('x'), None);
    }

    #[test]
    fn classes_go_by_category() {
        assert!(is_letter('ª') && is_letter('ʼ') && is_letter('漢'));
        assert!(!is_letter('Ⓐ') && !is_letter('Ⅷ') && !is_letter('ा') && !is_letter('\u{301}'));
        assert!(is_word('½') && is_word('Ⅷ') && is_word('_') && !is_word('\u{301}'));
        assert!(is_mark('\u{301}') && is_mark('ि') == is_mark('ा'));
        assert!(!is_mark('ा') && !is_mark('\u{20DD}') && is_mark('\u{94D}'));
        assert!(is_edge('.') && is_edge('Ⓐ') && is_edge(' ') && is_edge('\u{7}'));
        assert!(!is_edge('+') && !is_edge('°') && !is_edge('ा') && !is_edge('½'));
        assert!(is_space('\u{1F}') && is_space('\u{3000}') && !is_space('\u{200B}'));
    }
}
