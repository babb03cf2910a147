//! What the letters of one word tell: initials, suffixes, two words glued together.

use crate::text::is_alphabetic;

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '-' | '_' | '―' | '⸺' | '⸻')
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʻ')
}

/// A conjunction of Chinese, Japanese or Korean that touches letters of another script.
pub(super) fn glued(word: &str) -> Option<(usize, char)> {
    let mut before = ' ';
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        if matches!(c, '와' | '과' | 'と' | '和' | '与' | '與' | '及')
            && (!is_cjk(before) && !is_cjk(after)
                || c == 'と' && is_ideograph(before) && is_ideograph(after))
        {
            return Some((at, c));
        }
        before = c;
    }
    None
}

pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// A letter of Chinese, Japanese or Korean.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

pub(super) fn is_suffix(word: &str, dotted: bool, upper: bool) -> bool {
    // `Roberts JR` has initials, `Roberts Jr` a suffix; `Senior` is a family name too
    upper
        && !matches!(word, "Senior" | "Junior")
        && (dotted || !matches!(word, "JR" | "SR" | "JNR" | "SNR"))
}

pub(super) fn is_arabic_particle(word: &str) -> bool {
    matches!(word, "ابن" | "بن" | "أبو" | "ابو" | "آل" | "عبد")
}

/// Where the initial begins that is glued to a family name: `RoeM`, `DoeJA`.
pub(super) fn glued_initial(word: &str) -> Option<(usize, usize)> {
    let mut back = word.char_indices().rev().peekable();
    let mut split = None;
    let mut count = 0;
    while let Some(&(at, c)) = back.peek() {
        if !c.is_uppercase() {
            break;
        }
        split = Some(at);
        count += 1;
        back.next();
    }
    let split = split.filter(|_| count <= 2)?;
    let family = &word[..split];
    (family.chars().count() >= 3 && family.ends_with(char::is_lowercase)).then_some((split, count))
}

pub(super) const VOWELS: [char; 14] =
    ['A', 'E', 'I', 'O', 'U', 'Y', 'Á', 'É', 'Í', 'Ó', 'Ú', 'Ü', 'Ö', 'Ä'];

/// Whether a word is one or more initials.
pub(super) fn is_initials(
    word: &str,
    dotted: bool,
    behind_words: bool,
    shouted: bool,
    caps_before: bool,
) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return false };
    let cased = first.is_uppercase() || first.is_lowercase();
    if chars.next().is_none() {
        return first.is_uppercase() || !is_cjk(first) && !cased || dotted;
    }
    if !first.is_uppercase() {
        return false;
    }
    let letters = word.chars().filter(|&c| is_alphabetic(c)).count();
    if letters > 5 {
        return false;
    }
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    // `JB`, `WHG`, `J.-P.`, `PJa`, `S-JD`
    if upper != letters && !(upper >= 2 && letters - upper <= 1) {
        return false;
    }
    if word.contains(['-', '‐', '‑']) {
        return word.split(['-', '‐', '‑']).all(|part| part.chars().count() <= 2);
    }
    let vowels = word.contains(VOWELS);
    if shouted {
        // among capitals, `LI` and `WU` are names
        return letters <= 3 && (dotted || !vowels || behind_words && letters == 2);
    }
    if caps_before && vowels && letters >= 3 && !dotted {
        // `MARGERY PEÑA, Enrique`
        return false;
    }
    dotted && letters <= 3 || (behind_words && letters <= 4) || (upper == letters && letters <= 3)
}
