//! Bytes to text. Called by `document`; offsets in its errors count undecoded bytes.
//!
//! UTF-8 with or without its mark and UTF-16 with its mark are read always; older encodings are
//! guessed with the feature `encodings`, by the detector that Firefox uses.

use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::span::Span;

/// The text of `bytes`, without a byte order mark. A guess is reported.
pub(crate) fn decode(bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Result<String> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => match str::from_utf8(rest) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(not_utf8(bytes, 3 + error.valid_up_to())),
        },
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => older(bytes, error.valid_up_to(), diagnostics),
        },
    }
}

/// The text of `bytes` that say they are in the encoding `label`, by one of the names of the
/// WHATWG's encoding standard: believed where they are not UTF-8.
#[cfg(feature = "html")]
pub(crate) fn decode_labelled(
    bytes: &[u8],
    label: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<String> {
    #[cfg(feature = "encodings")]
    if str::from_utf8(bytes).is_err()
        && let Some(encoding) =
            label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        && encoding != encoding_rs::UTF_8
        && encoding_rs::Encoding::for_bom(bytes).is_none()
    {
        return Ok(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    let _ = label;
    decode(bytes, diagnostics)
}

/// Adds the text of bytes in one of Windows' code pages. Those that nobody knows here, and without
/// the feature `encodings` all, are taken for Western Europe's, 1252.
#[cfg(feature = "rtf")]
pub(crate) fn decode_page(bytes: &[u8], page: u16, out: &mut String) {
    #[cfg(feature = "encodings")]
    {
        let label = match page {
            874 => "windows-874".to_owned(),
            932 => "shift_jis".to_owned(),
            936 => "gbk".to_owned(),
            949 => "euc-kr".to_owned(),
            950 => "big5".to_owned(),
            10000 => "macintosh".to_owned(),
            65001 => "utf-8".to_owned(),
            page => format!("windows-{page}"),
        };
        if let Some(encoding) = encoding_rs::Encoding::for_label(label.as_bytes()) {
            out.push_str(&encoding.decode_without_bom_handling(bytes).0);
            return;
        }
    }
    let _ = page;
    out.extend(bytes.iter().map(|&byte| super::decoder::windows_1252(byte)));
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    if !odd.is_empty() {
        let at = bytes.len() + 1;
        let message = format!("the text begins as UTF-16, but ends in half a unit at byte {at}");
        return Err(Error::encoding(message, Span::new(at, at + 1)));
    }
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut at = 2;
    for decoded in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        match decoded {
            Ok(c) => {
                text.push(c);
                at += c.len_utf16() * 2;
            }
            Err(_) => {
                let message = format!("the text begins as UTF-16, but is not valid at byte {at}");
                return Err(Error::encoding(message, Span::new(at, at + 2)));
            }
        }
    }
    Ok(text)
}

fn not_utf8(bytes: &[u8], at: usize) -> Error {
    let byte = bytes.get(at).copied().unwrap_or_default();
    let message = format!("the text is not valid UTF-8 at byte {at} (0x{byte:02X})");
    Error::encoding(message, Span::new(at, at + 1))
}

#[cfg(not(feature = "encodings"))]
fn older(bytes: &[u8], at: usize, _: &mut Vec<Diagnostic>) -> Result<String> {
    Err(not_utf8(bytes, at))
}

/// Guesses an older encoding; `at` is the first byte that is not UTF-8.
#[cfg(feature = "encodings")]
fn older(bytes: &[u8], at: usize, diagnostics: &mut Vec<Diagnostic>) -> Result<String> {
    use crate::diagnostic::Code;

    // Zero bytes occur in no older encoding's text: an image or an archive, not a letter in
    // Latin-1.
    if bytes.contains(&0) {
        return Err(not_utf8(bytes, at));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let (text, _, damaged) = encoding.decode(bytes);
    if damaged {
        return Err(not_utf8(bytes, at));
    }
    let place = text.char_indices().find(|(_, c)| !c.is_ascii());
    diagnostics.push(
        Diagnostic::new(
            Code::TextEncodingGuessed,
            place.map(|(start, c)| Span::new(start, start + c.len_utf8())),
            format!("the text is not valid UTF-8 at byte {at}"),
        )
        .assumed(format!("read as {}", encoding.name()))
        .help("save the file as UTF-8 to settle it"),
    );
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_the_encoding() {
        let mut none = Vec::new();
        assert_eq!(decode(b"\xEF\xBB\xBFa\xC3\xA9", &mut none).unwrap(), "aé");
        assert_eq!(decode(b"\xFF\xFEa\x00\xE9\x00", &mut none).unwrap(), "aé");
        assert_eq!(decode(b"\xFE\xFF\x00a\x00\xE9", &mut none).unwrap(), "aé");
        assert_eq!(decode(b"", &mut none).unwrap(), "");
        assert!(none.is_empty());
    }

    #[test]
    fn broken_bytes_are_named() {
        let mut none = Vec::new();
        let error = decode(b"\xEF\xBB\xBFab\xFF", &mut none).unwrap_err();
        assert_eq!(error.span(), Some(Span::new(5, 6)));
        let error = decode(b"\xFE\xFF\xD8\x00\x00a", &mut none).unwrap_err();
        assert_eq!(error.span(), Some(Span::new(2, 4)));
        let error = decode(b"\xFE\xFF\x00a\x00", &mut none).unwrap_err();
        assert!(error.to_string().contains("byte 4"), "{error}");
    }

    #[cfg(not(feature = "encodings"))]
    #[test]
    fn without_the_feature_an_older_encoding_is_refused() {
        let error = decode(b"M\xFCller", &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "the text is not valid UTF-8 at byte 1 (0xFC)");
    }

    #[cfg(feature = "encodings")]
    #[test]
    fn an_older_encoding_is_guessed_and_said() {
        let mut diagnostics = Vec::new();
        let text = decode(b"M\xFCller, J\xF6rg: Die Stra\xDFe. K\xF6ln 1987.", &mut diagnostics);
        assert_eq!(text.unwrap(), "Müller, Jörg: Die Straße. Köln 1987.");
        assert_eq!(diagnostics.len(), 1);
        assert!(decode(b"\x89PNG\r\n\x1a\n\x00\x00", &mut diagnostics).is_err());
    }
}
