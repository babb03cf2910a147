//! Roman numerals.

/// The value of a Roman numeral in small letters, in the one spelling that it has: `iv`, not
/// `iiii`.
pub(crate) fn roman(text: &str) -> Option<u32> {
    const SIGNS: [(&str, u32); 13] = [
        ("m", 1000),
        ("cm", 900),
        ("d", 500),
        ("cd", 400),
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ];
    let mut rest = text;
    let mut value = 0;
    for (sign, worth) in SIGNS {
        // Powers of ten stand up to three times, the others once.
        let most = if matches!(worth, 1 | 10 | 100 | 1000) { 3 } else { 1 };
        for _ in 0..most {
            let Some(after) = rest.strip_prefix(sign) else { break };
            (rest, value) = (after, value + worth);
        }
    }
    // Of `ixi` nothing is left over either: what is read must be spelled so.
    let mut spelling = String::new();
    let mut left = value;
    for (sign, worth) in SIGNS {
        while left >= worth {
            spelling.push_str(sign);
            left -= worth;
        }
    }
    (value > 0 && rest.is_empty() && spelling == text).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_have_one_spelling() {
        for (text, value) in
            [("i", 1), ("iv", 4), ("xix", 19), ("mcmxcix", 1999), ("mmmdccclxxxviii", 3888)]
        {
            assert_eq!(roman(text), Some(value));
        }
        for text in ["", "iiii", "ixi", "vx", "mmmm", "ic", "dd", "cmc", "xvi2", "b"] {
            assert_eq!(roman(text), None, "{text}");
        }
    }
}
