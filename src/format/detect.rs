//! Which format a content is in, told from its beginning.
//!
//! Takes bytes, gives a [`Format`] or nothing; called by [`Format::detect`]. Looks for what only
//! that format begins with: `[1] Roe` is a list of references and no JSON, and a letter with
//! `jane@port.example` in it is no BibTeX.

use super::Format;
use std::borrow::Cow;

/// The format of a content.
pub(super) fn of(bytes: &[u8]) -> Option<Format> {
    let text = decoded(bytes);
    let text = text.trim_start_matches('\u{feff}');
    json(text).or_else(|| lines(text))
}

/// The bytes as text: letters that are lost in old encodings tell no format.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let unit = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return String::from_utf8_lossy(bytes),
    };
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
    Cow::Owned(String::from_utf16_lossy(&units))
}

/// JSON by its first two marks. A line `null` may come before items: `citelift parse` writes one
/// for an empty line.
fn json(text: &str) -> Option<Format> {
    let mut text = text.trim_start();
    let mut nulls = false;
    while let Some(behind) = text.strip_prefix("null").filter(|rest| rest.starts_with(['\r', '\n']))
    {
        text = behind.trim_start();
        nulls = true;
    }
    let behind = text.get(1..).unwrap_or_default().trim_start();
    let follows = |marks: &[char]| behind.is_empty() || behind.starts_with(marks);
    if text.starts_with('[') && follows(&['{', ']']) {
        return Some(Format::CslJson);
    }
    if !(text.starts_with('{') && follows(&['"', '}'])) {
        return None;
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let whole = lines.next().is_some_and(|line| line.ends_with('}'));
    let another = lines.next().is_some_and(|line| line.starts_with('{') || line == "null");
    Some(if nulls || whole && another { Format::Ndjson } else { Format::CslJson })
}

/// RIS or BibTeX, whichever has the first line. Other lines may come before: databases put their
/// name above RIS, and what stands between BibTeX's entries is free.
fn lines(text: &str) -> Option<Format> {
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let begin = line.trim_start();
        if is_type_tag(begin) {
            return Some(Format::Ris);
        }
        if begin.starts_with('@') && is_entry(&text[at + line.len() - begin.len()..]) {
            return Some(if is_biblatex(&text[at..]) { Format::Biblatex } else { Format::Bibtex });
        }
        at += line.len();
    }
    None
}

/// `TY  - `, with as many blanks as a careless program puts.
fn is_type_tag(line: &str) -> bool {
    line.strip_prefix("TY").is_some_and(|behind| {
        behind.starts_with([' ', '\t']) && behind.trim_start_matches([' ', '\t']).starts_with('-')
    })
}

/// The longest name of an entry type or field that is looked at, in bytes.
const LONGEST_NAME: usize = 32;

/// `@word{` or `@word(`, white space between.
fn is_entry(text: &str) -> bool {
    let behind = text[1..].trim_start();
    let name = name_at(behind);
    !name.is_empty() && behind[name.len()..].trim_start().starts_with(['{', '('])
}

/// The letters and digits that a text begins with, unless there are too many.
fn name_at(text: &str) -> &str {
    let bytes = text.as_bytes().iter().take(LONGEST_NAME + 1);
    let length = bytes.take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if length > LONGEST_NAME { "" } else { &text[..length] }
}

/// Whether entries speak BibLaTeX: a type or a field that BibTeX has not, or `date` and nowhere
/// `year`. (`date` beside `year` is how others read a day out of BibTeX.)
fn is_biblatex(text: &str) -> bool {
    const TYPES: [&str; 14] = [
        "artwork",
        "audio",
        "dataset",
        "image",
        "legislation",
        "movie",
        "mvbook",
        "mvcollection",
        "online",
        "report",
        "software",
        "thesis",
        "video",
        "xdata",
    ];
    const FIELDS: [&str; 6] =
        ["booksubtitle", "eventtitle", "journalsubtitle", "journaltitle", "location", "maintitle"];
    let is_one_of = |name: &str, names: &[&str]| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    let mut date = false;
    for (at, mark) in text.bytes().enumerate() {
        match mark {
            b'@' if is_entry(&text[at..])
                && is_one_of(name_at(text[at + 1..].trim_start()), &TYPES) =>
            {
                return true;
            }
            b'=' => {
                let name = name_before(&text[..at]);
                if name.eq_ignore_ascii_case("year") {
                    return false;
                }
                if is_one_of(name, &FIELDS) {
                    return true;
                }
                date |= name.eq_ignore_ascii_case("date");
            }
            _ => {}
        }
    }
    date
}

/// The name that an `=` stands behind.
fn name_before(text: &str) -> &str {
    let bytes = text.as_bytes();
    let blanks = bytes.iter().rev().take(LONGEST_NAME).take_while(|b| b.is_ascii_whitespace());
    let end = bytes.len() - blanks.count();
    let letters = bytes[..end].iter().rev().take(LONGEST_NAME);
    let start = end - letters.take_while(|byte| byte.is_ascii_alphanumeric()).count();
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use Format::{Biblatex, Bibtex, CslJson, Ndjson, Ris};

    #[test]
    fn the_beginning_tells() {
        for (content, format) in [
            ("[{\"id\":1}]", Some(CslJson)),
            ("\u{feff} \r\n[\n]", Some(CslJson)),
            ("{\n \"id\": 1\n}", Some(CslJson)),
            ("{\"id\":1}", Some(CslJson)),
            ("{\"id\":1}\n{\"id\":2}", Some(Ndjson)),
            ("null\n{\"id\":1}\n", Some(Ndjson)),
            ("{\"id\":1}\n\nnull\n", Some(Ndjson)),
            ("TY  - JOUR\r\n", Some(Ris)),
            ("Provider: a database\rContent: text\r\rTY - JOUR\r", Some(Ris)),
            ("% Encoding: UTF-8\n\n@article{roe, year = 2010}", Some(Bibtex)),
            ("@ Book\n(roe,", Some(Bibtex)),
            ("@string{x = \"y\"}", Some(Bibtex)),
            ("@online{roe,", Some(Biblatex)),
            ("@article{roe, JournalTitle={Port}}", Some(Biblatex)),
            ("@article{roe, date = {2010}}", Some(Biblatex)),
            ("@article{roe, year = 2010, date = {2010-01}}", Some(Bibtex)),
            ("[1] Roe, J. (2010).", None),
            ("{\\rtf1\\ansi", None),
            ("write to jane@port.example{}\n@ all\n@", None),
            ("", None),
            ("TYPE - x", None),
        ] {
            assert_eq!(of(content.as_bytes()), format, "{content}");
        }
    }

    #[test]
    fn encodings_do_not_hide_it() {
        let wide: Vec<u8> =
            "\u{feff}TY  - BOOK\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(of(&wide), Some(Ris));
        assert_eq!(of(b"% M\xfcller\n@book{x,"), Some(Bibtex));
        assert_eq!(of(b"\xff\xfe["), None);
    }

    #[test]
    fn hostile_beginnings_take_linear_time() {
        for piece in ["@", "@a", "=", "a=", "{\n", "null\n", "\n ", "@a\n"] {
            let _ = of(piece.repeat(200_000).as_bytes());
        }
    }
}
