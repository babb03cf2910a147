//! Fonts of dots without names of letters, as TeX embeds them (Type 3): which letter a code is.
//!
//! Such fonts have the order of TeX's own encodings: OT1 of 1978, which has 128 letters, or T1
//! ("Cork", 1990), which has 256; signs beside T1 are those of TS1. Which one, the codes that a
//! font has tell. Called by `face`.

use hayro_font::hayro_syntax::object::Dict;

/// An order of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Ot1,
    T1,
    Ts1,
}

/// The codes of ligatures, which no text is without, in either.
const LIGATURES_OT1: std::ops::RangeInclusive<u32> = 11..=15;
const LIGATURES_T1: std::ops::RangeInclusive<u32> = 27..=31;
/// The code of the short dash in T1.
const DASH_T1: u32 = 21;

impl Encoding {
    /// The encoding of a font with these pictures of letters; their names count them (`a65`).
    pub(super) fn of(pictures: &Dict<'_>) -> Self {
        let codes: Vec<u32> = pictures
            .keys()
            .filter_map(|name| name.as_str().trim_start_matches(char::is_alphabetic).parse().ok())
            .collect();
        Self::of_codes(&codes)
    }

    fn of_codes(codes: &[u32]) -> Self {
        let any = |is: &dyn Fn(u32) -> bool| codes.iter().any(|&code| is(code));
        let is_letter = |code: u32| u8::try_from(code).is_ok_and(|c| c.is_ascii_alphanumeric());
        let is_sign = |code: u32| SIGNS_TS1.iter().any(|(sign, _)| *sign == code);
        if !any(&is_letter) && any(&is_sign) {
            Self::Ts1
        } else if any(&|code| code > 127) {
            Self::T1
        } else if any(&|code| LIGATURES_OT1.contains(&code)) {
            Self::Ot1
        } else if any(&|code| code == DASH_T1 || LIGATURES_T1.contains(&code)) {
            Self::T1
        } else {
            Self::Ot1
        }
    }
}

/// From code 0 to 31, and from 128 to 255.
const T1: [&str; 2] = [
    "`´ˆ˜¨˝˚ˇ˘¯˙¸˛‚‹›“”„«»–—\u{200b}₀ıȷﬀﬁﬂﬃﬄ",
    "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£\
     ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖŒØÙÚÛÜÝÞẞàáâãäåæçèéêëìíîïðñòóôõöœøùúûüýþß",
];
/// From code 0 to 31.
const OT1: &str = "ΓΔΘΛΞΠΣΥΦΨΩﬀﬁﬂﬃﬄıȷ`´ˇ˘¯˚¸ßæœøÆŒØ";

/// Signs of TS1 that stand in texts.
const SIGNS_TS1: [(u32, char); 14] = [
    (39, '\''),
    (42, '*'),
    (132, '†'),
    (133, '‡'),
    (134, '‖'),
    (136, '•'),
    (137, '℃'),
    (167, '§'),
    (169, '©'),
    (174, '®'),
    (176, '°'),
    (182, '¶'),
    (183, '·'),
    (191, '€'),
];

/// The letters of a code.
pub(super) fn letters(code: u32, encoding: Encoding) -> String {
    let nth = |table: &str, at: u32| usize::try_from(at).ok().and_then(|at| table.chars().nth(at));
    let sign = || SIGNS_TS1.iter().find(|(sign, _)| *sign == code).map(|(_, sign)| *sign);
    let letter = match (encoding, code) {
        (Encoding::Ts1, _) => sign(),
        (Encoding::T1, 0..=31) => nth(T1[0], code),
        (Encoding::T1, 128..=255) => nth(T1[1], code - 128),
        (Encoding::T1, 127) => Some('-'),
        (Encoding::Ot1, 0..=31) => nth(OT1, code),
        (Encoding::Ot1, 34) => Some('”'),
        (Encoding::Ot1, 60) => Some('¡'),
        (Encoding::Ot1, 62) => Some('¿'),
        (Encoding::Ot1, 92) => Some('“'),
        (Encoding::Ot1, 94) => Some('ˆ'),
        (Encoding::Ot1, 95) => Some('˙'),
        (Encoding::Ot1, 123) => Some('–'),
        (Encoding::Ot1, 124) => Some('—'),
        (Encoding::Ot1, 125) => Some('˝'),
        (Encoding::Ot1, 126) => Some('˜'),
        (Encoding::Ot1, 127) => Some('¨'),
        (_, 39) => Some('’'),
        (_, 96) => Some('‘'),
        (_, 33..=126) => char::from_u32(code),
        _ => None,
    };
    letter.unwrap_or(char::REPLACEMENT_CHARACTER).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_orders_have_their_letters() {
        for (code, encoding, text) in [
            (28, Encoding::T1, "ﬁ"),
            (12, Encoding::Ot1, "ﬁ"),
            (0xfc, Encoding::T1, "ü"),
            (0xb0, Encoding::T1, "ř"),
            (31, Encoding::Ot1, "Ø"),
            (123, Encoding::Ot1, "–"),
            (b'R'.into(), Encoding::T1, "R"),
        ] {
            assert_eq!(letters(code, encoding), text);
        }
        assert_eq!(Encoding::of_codes(&[65, 97, 28]), Encoding::T1);
        assert_eq!(Encoding::of_codes(&[65, 97, 12, 26]), Encoding::Ot1);
        assert_eq!(Encoding::of_codes(&[65, 200]), Encoding::T1);
        assert_eq!(Encoding::of_codes(&[136, 39]), Encoding::Ts1);
    }
}
