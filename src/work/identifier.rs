//! Identifiers: what a well-formed DOI, ISBN and ISSN is.

/// Whether `text` is a bare DOI: `10.`, a registrant of digits and dots, `/`, a suffix without
/// white space (DOI Handbook, 2.2).
///
/// ```
/// assert!(citelift::is_doi("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"));
/// assert!(!citelift::is_doi("https://doi.org/10.1000/182"));
/// ```
#[must_use]
pub fn is_doi(text: &str) -> bool {
    let Some((registrant, suffix)) = text.strip_prefix("10.").and_then(|rest| rest.split_once('/'))
    else {
        return false;
    };
    let digits = registrant.split('.').next().unwrap_or("");
    (3..=9).contains(&digits.len())
        && registrant.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !suffix.is_empty()
        && (suffix.bytes().fold(true, |is_plain, byte| is_plain & byte.is_ascii_graphic())
            || !suffix.contains(char::is_whitespace))
}

/// The DOI in an address of a DOI resolver, or behind `doi:`, or `text` itself if it is one.
///
/// ```
/// assert_eq!(citelift::doi_in("https://doi.org/10.1000/182"), Some("10.1000/182"));
/// assert_eq!(citelift::doi_in("https://example.org/10.1000/182"), None);
/// ```
#[must_use]
pub fn doi_in(text: &str) -> Option<&str> {
    const BEFORE: [&str; 8] = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "https://www.doi.org/",
        "doi.org/",
        "dx.doi.org/",
        "doi:",
    ];
    let is_bare = text.starts_with("10.");
    let bare = BEFORE
        .iter()
        .filter(|_| !is_bare)
        .find(|before| {
            text.get(..before.len()).is_some_and(|head| head.eq_ignore_ascii_case(before))
        })
        .map_or(text, |before| text[before.len()..].trim_start());
    is_doi(bare).then_some(bare)
}

/// Whether `text` is an ISBN of 10 or 13 digits whose check digit is right; hyphens and spaces
/// between the digits do not count (ISO 2108).
///
/// ```
/// assert!(citelift::is_isbn("978-0-471-98635-5"));
/// assert!(!citelift::is_isbn("978-0-471-98635-6"));
/// ```
#[must_use]
pub fn is_isbn(text: &str) -> bool {
    let Some((digits, count)) = digits(text) else { return false };
    let digits = &digits[..count];
    match count {
        10 => {
            digits.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum::<u32>()
                % 11
                == 0
        }
        13 => {
            digits
                .iter()
                .zip([1, 3].iter().cycle())
                .map(|(digit, weight)| digit * weight)
                .sum::<u32>()
                % 10
                == 0
                && digits.iter().all(|&digit| digit < 10)
        }
        _ => false,
    }
}

/// Whether `text` is an ISSN whose check digit is right (ISO 3297).
///
/// ```
/// assert!(citelift::is_issn("0003-2697"));
/// ```
#[must_use]
pub fn is_issn(text: &str) -> bool {
    digits(text).is_some_and(|(digits, count)| {
        count == 8
            && digits.iter().zip((1..=8).rev()).map(|(digit, weight)| digit * weight).sum::<u32>()
                % 11
                == 0
    })
}

/// The most digits that a number with a check digit has.
const MOST_DIGITS: usize = 13;

/// The digits of a number with a check digit, `X` as ten at the end, and how many there are;
/// `None` for other letters and for more digits than any such number has.
fn digits(text: &str) -> Option<([u32; MOST_DIGITS], usize)> {
    let mut digits = [0; MOST_DIGITS];
    let mut count = 0;
    for c in text.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2013}')) {
        // An `X` is the last.
        if count > 0 && digits.get(count - 1) == Some(&10) {
            return None;
        }
        *digits.get_mut(count)? = match c {
            'X' | 'x' => 10,
            c => c.to_digit(10)?,
        };
        count += 1;
    }
    Some((digits, count))
}
