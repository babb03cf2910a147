//! Characters that Word writes as the place they have in a font of signs (ECMA-376 part 1,
//! 17.3.3.30).

use crate::document::xml::Tag;

/// The letters of the font Symbol at the places of `A` to `Z` and `a` to `z` (Unicode's table
/// `VENDORS/ADOBE/symbol.txt`).
const UPPER: [char; 26] = [
    'Α', 'Β', 'Χ', 'Δ', 'Ε', 'Φ', 'Γ', 'Η', 'Ι', 'ϑ', 'Κ', 'Λ', 'Μ', 'Ν', 'Ο', 'Π', 'Θ', 'Ρ', 'Σ',
    'Τ', 'Υ', 'ς', 'Ω', 'Ξ', 'Ψ', 'Ζ',
];
const LOWER: [char; 26] = [
    'α', 'β', 'χ', 'δ', 'ε', 'φ', 'γ', 'η', 'ι', 'ϕ', 'κ', 'λ', 'μ', 'ν', 'ο', 'π', 'θ', 'ρ', 'σ',
    'τ', 'υ', 'ϖ', 'ω', 'ξ', 'ψ', 'ζ',
];

/// The character that a `sym` means; none where it is an ornament.
pub(super) fn character(tag: &Tag<'_>) -> Option<char> {
    let code = u32::from_str_radix(tag.get("char")?.trim(), 16).ok()?;
    let is_symbol = tag.get("font").is_some_and(|font| font.eq_ignore_ascii_case("symbol"));
    let place = match code {
        0xF000..=0xF0FF => code - 0xF000,
        _ => return char::from_u32(code).filter(|c| !c.is_control()),
    };
    if !is_symbol {
        return None;
    }
    let place = u8::try_from(place).ok()?;
    match place {
        b'A'..=b'Z' => UPPER.get(usize::from(place - b'A')).copied(),
        b'a'..=b'z' => LOWER.get(usize::from(place - b'a')).copied(),
        b'-' => Some('−'),
        b' '..=b'~' => Some(char::from(place)),
        0xA3 => Some('≤'),
        0xB0 => Some('°'),
        0xB1 => Some('±'),
        0xB3 => Some('≥'),
        0xB4 => Some('×'),
        0xB7 => Some('•'),
        _ => None,
    }
}
