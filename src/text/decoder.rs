//! Bytes to text piece by piece and without refusing any. Called by the readers of formats.
//!
//! A file of references grows for years and through several programs: lines in Windows-1252
//! stand among lines in UTF-8. So each line that is not UTF-8 is read in the older encoding on
//! its own, which the feature `encodings` guesses; without it, it is Windows-1252 (the table of
//! the WHATWG's Encoding Standard).

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use std::borrow::Cow;
use std::io::{self, ErrorKind, Read};

/// How much is read at once. It decides what an older encoding is guessed from, so that it is
/// filled whole whatever the reader gives: the same bytes are then the same text.
const CHUNK: usize = 64 * 1024;
/// How many chunks without a line end are kept together before they are cut where they are.
const CHUNKS_A_LINE: usize = 16;

/// Decodes what a reader gives; keeps no more than a few chunks.
#[derive(Debug)]
pub(crate) struct Decoder<R> {
    reader: R,
    chunk: usize,
    form: Option<Form>,
    /// What is read and not yet decoded: the beginning of a line.
    pending: Vec<u8>,
    ended: bool,
    /// How much text was given so far, in bytes.
    given: usize,
    older: Option<Older>,
    diagnostics: Vec<Diagnostic>,
}

/// How the bytes make characters.
#[derive(Clone, Copy, Debug)]
enum Form {
    Lines,
    Utf16(fn([u8; 2]) -> u16),
}

impl<R: Read> Decoder<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self::with_chunk(reader, CHUNK)
    }

    fn with_chunk(reader: R, chunk: usize) -> Self {
        Self {
            reader,
            chunk,
            form: None,
            pending: Vec::new(),
            ended: false,
            given: 0,
            older: None,
            diagnostics: Vec::new(),
        }
    }

    /// Adds more text to `out`, up to a line's end where there is one; `false` where nothing is
    /// left.
    pub(crate) fn fill(&mut self, out: &mut String) -> io::Result<bool> {
        let before = out.len();
        while out.len() == before {
            if self.ended && self.pending.is_empty() {
                return Ok(false);
            }
            let searched = self.pending.len();
            self.read_chunk()?;
            let form = self.form();
            let end = if self.ended {
                self.pending.len()
            } else {
                let longest = self.chunk.saturating_mul(CHUNKS_A_LINE);
                match line_end(&self.pending, searched, form) {
                    Some(end) => end,
                    None if self.pending.len() < longest => continue,
                    None => self.pending.len() - unfinished(&self.pending, form),
                }
            };
            let pending = std::mem::take(&mut self.pending);
            let (ready, rest) = pending.split_at(end);
            self.decode(ready, form, out);
            self.pending = rest.to_vec();
        }
        self.given += out.len() - before;
        Ok(true)
    }

    /// What is doubted of the text so far; once asked, it is not said again.
    pub(crate) fn take_diagnostics(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.diagnostics)
    }

    /// Reads one chunk whole, or what is left.
    fn read_chunk(&mut self) -> io::Result<()> {
        let start = self.pending.len();
        let mut filled = start;
        self.pending.resize(start + self.chunk, 0);
        let mut outcome = Ok(());
        while filled < self.pending.len() && !self.ended {
            match self.reader.read(&mut self.pending[filled..]) {
                Ok(0) => self.ended = true,
                Ok(count) => filled = (filled + count).min(self.pending.len()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    outcome = Err(error);
                    break;
                }
            }
        }
        self.pending.truncate(filled);
        outcome
    }

    /// The form that the mark at the beginning tells; the mark goes.
    fn form(&mut self) -> Form {
        if let Some(form) = self.form {
            return form;
        }
        let (mark, form) = match self.pending.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => (3, Form::Lines),
            [0xFF, 0xFE, ..] => (2, Form::Utf16(u16::from_le_bytes)),
            [0xFE, 0xFF, ..] => (2, Form::Utf16(u16::from_be_bytes)),
            bytes => (0, unmarked(bytes)),
        };
        self.pending.drain(..mark);
        self.form = Some(form);
        if let (0, Form::Utf16(_)) = (mark, form) {
            let message = "every other byte of the text is zero, and no mark tells its encoding";
            self.doubt(Span::new(0, 1), message, "it is read as UTF-16".to_owned());
        }
        form
    }

    fn decode(&mut self, bytes: &[u8], form: Form, out: &mut String) {
        match (form, str::from_utf8(bytes)) {
            (Form::Lines, Ok(text)) => out.push_str(text),
            (Form::Lines, Err(_)) => self.lines(bytes, out),
            (Form::Utf16(unit), _) => self.utf16(bytes, unit, out),
        }
    }

    /// Lines of which one at least is not UTF-8.
    fn lines(&mut self, bytes: &[u8], out: &mut String) {
        let start = out.len();
        let lines = || bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r'));
        let broken = || lines().filter(|line| str::from_utf8(line).is_err());
        let first_time = self.older.is_none();
        let older = *self.older.get_or_insert_with(|| Older::guess(broken()));
        for line in lines() {
            match str::from_utf8(line) {
                Ok(text) => out.push_str(text),
                Err(_) => {
                    let line_start = out.len();
                    older.decode(line, out);
                    if first_time && self.diagnostics.is_empty() {
                        // The first character that is not ASCII may be one of UTF-8, misread.
                        let place = out[line_start..].char_indices().find(|(_, c)| !c.is_ascii());
                        let (at, length) = place.map_or((0, 0), |(at, c)| (at, c.len_utf8()));
                        let at = self.given + (line_start - start) + at;
                        self.doubt(
                            Span::new(at, at + length),
                            "a line of the text is not valid UTF-8",
                            format!("such lines are read as {}", older.name()),
                        );
                    }
                }
            }
        }
    }

    fn utf16(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16, out: &mut String) {
        let start = out.len();
        let (pairs, odd) = bytes.as_chunks::<2>();
        let mut broken = None;
        for decoded in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
            if decoded.is_err() {
                broken.get_or_insert(out.len());
            }
            out.push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if !odd.is_empty() {
            broken.get_or_insert(out.len());
            out.push(char::REPLACEMENT_CHARACTER);
        }
        if let Some(at) = broken.filter(|_| self.older.is_none()) {
            self.older = Some(Older::windows());
            let at = self.given + at - start;
            self.doubt(
                Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()),
                "the text begins as UTF-16, but holds halves of characters",
                "a replacement character stands for each".to_owned(),
            );
        }
    }

    fn doubt(&mut self, span: Span, message: &str, assumed: String) {
        self.diagnostics.push(
            Diagnostic::new(Code::TextEncodingGuessed, Some(span), message)
                .assumed(assumed)
                .help("save the file as UTF-8 to settle it"),
        );
    }
}

/// The text of `bytes`, as a [`Decoder`] gives it.
pub(crate) fn decode_leniently<'a>(
    bytes: &'a [u8],
    diagnostics: &mut Vec<Diagnostic>,
) -> Cow<'a, str> {
    let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = str::from_utf8(bare)
        && matches!(unmarked(bytes), Form::Lines)
    {
        return Cow::Borrowed(text);
    }
    let mut decoder = Decoder::new(bytes);
    let mut text = String::with_capacity(bytes.len());
    // Reading from memory does not fail.
    while decoder.fill(&mut text).unwrap_or(false) {}
    diagnostics.append(&mut decoder.take_diagnostics());
    Cow::Owned(text)
}

/// The form of a text without a mark: in UTF-16, every other byte of what RIS, JSON and BibTeX
/// begin with is zero.
fn unmarked(bytes: &[u8]) -> Form {
    /// So many letters that no slip puts the zeroes there.
    const PAIRS: usize = 4;
    let pairs = bytes.as_chunks::<2>().0.get(..PAIRS).unwrap_or_default();
    let is = |low: usize| {
        !pairs.is_empty()
            && pairs.iter().all(|pair| pair[low].is_ascii() && pair[low] > 0 && pair[1 - low] == 0)
    };
    if is(0) {
        Form::Utf16(u16::from_le_bytes)
    } else if is(1) {
        Form::Utf16(u16::from_be_bytes)
    } else {
        Form::Lines
    }
}

/// The end of the last line that is whole, behind `searched` bytes in which there is none. A CR
/// at the very end may be half of a CR LF.
fn line_end(bytes: &[u8], searched: usize, form: Form) -> Option<usize> {
    match form {
        Form::Lines => {
            let from = searched.saturating_sub(1).min(bytes.len());
            let stretch = &bytes[from..];
            let last = stretch.len().saturating_sub(1);
            let feed = stretch.iter().rposition(|&byte| byte == b'\n');
            let at = feed.or_else(|| stretch[..last].iter().rposition(|&byte| byte == b'\r'))?;
            Some(from + at + 1)
        }
        Form::Utf16(unit) => {
            let from = (searched.saturating_sub(2) / 2 * 2).min(bytes.len());
            let (pairs, _) = bytes[from..].as_chunks::<2>();
            let last = pairs.len().saturating_sub(1);
            let is = |end: u8| move |&pair: &[u8; 2]| unit(pair) == u16::from(end);
            let feed = pairs.iter().rposition(is(b'\n'));
            let at = feed.or_else(|| pairs[..last].iter().rposition(is(b'\r')))?;
            Some(from + (at + 1) * 2)
        }
    }
}

/// How many bytes at the end may be the beginning of a character.
fn unfinished(bytes: &[u8], form: Form) -> usize {
    match form {
        Form::Lines => {
            let tail = &bytes[bytes.len().saturating_sub(3)..];
            let lead = tail.iter().rposition(|byte| byte & 0xC0 != 0x80);
            let lead = lead.filter(|&at| {
                str::from_utf8(&tail[at..]).is_err_and(|error| error.error_len().is_none())
            });
            lead.map_or(0, |at| tail.len() - at)
        }
        Form::Utf16(unit) => {
            let (pairs, odd) = bytes.as_chunks::<2>();
            let is_half = |&pair: &[u8; 2]| (0xD800..0xDC00).contains(&unit(pair));
            odd.len() + if pairs.last().is_some_and(is_half) { 2 } else { 0 }
        }
    }
}

/// The encoding of lines that are not UTF-8.
#[cfg(feature = "encodings")]
#[derive(Clone, Copy, Debug)]
struct Older(&'static encoding_rs::Encoding);

#[cfg(feature = "encodings")]
impl Older {
    fn windows() -> Self {
        Self(encoding_rs::WINDOWS_1252)
    }

    fn guess<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        // The detector tries all encodings at once, and a chunk is enough for it.
        let mut left = CHUNK;
        for line in lines {
            let line = &line[..line.len().min(left)];
            detector.feed(line, false);
            left -= line.len();
        }
        detector.feed(b"", true);
        Self(detector.guess(None, chardetng::Utf8Detection::Deny))
    }

    fn name(self) -> &'static str {
        self.0.name()
    }

    /// Decodes a line; one that the encoding cannot hold is Windows-1252, which holds all bytes.
    fn decode(self, line: &[u8], out: &mut String) {
        match self.0.decode_without_bom_handling_and_without_replacement(line) {
            Some(text) => out.push_str(&text),
            None => out.extend(line.iter().map(|&byte| windows_1252(byte))),
        }
    }
}

/// The encoding of lines that are not UTF-8: without a guess, Western Europe's.
#[cfg(not(feature = "encodings"))]
#[derive(Clone, Copy, Debug)]
struct Older;

#[cfg(not(feature = "encodings"))]
impl Older {
    fn windows() -> Self {
        Self
    }

    fn guess<'a>(_: impl Iterator<Item = &'a [u8]>) -> Self {
        Self
    }

    fn name(self) -> &'static str {
        "windows-1252"
    }

    fn decode(self, line: &[u8], out: &mut String) {
        out.extend(line.iter().map(|&byte| windows_1252(byte)));
    }
}

/// A character of Windows-1252; the five bytes that it leaves open are controls, as on the web.
pub(super) fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let at = usize::from(byte).wrapping_sub(0x80);
    FROM_80.get(at).copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            to[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn pieces(bytes: &[u8], chunk: usize) -> (Vec<String>, Vec<Diagnostic>) {
        let mut decoder = Decoder::with_chunk(Drops(bytes), chunk);
        let mut pieces = Vec::new();
        loop {
            let mut piece = String::new();
            if !decoder.fill(&mut piece).unwrap() {
                assert_eq!(piece, "");
                return (pieces, decoder.take_diagnostics());
            }
            pieces.push(piece);
        }
    }

    fn text(bytes: &[u8], chunk: usize) -> String {
        pieces(bytes, chunk).0.concat()
    }

    #[test]
    fn marks_tell_the_encoding_and_go() {
        for chunk in [4, 5, 64] {
            assert_eq!(text(b"\xEF\xBB\xBFa\xC3\xA9\nb", chunk), "aé\nb");
            assert_eq!(text(b"\xFF\xFEa\x00\xE9\x00\n\x00\x3D\xD8\x00\xDE", chunk), "aé\n😀");
            assert_eq!(text(b"\xFE\xFF\x00a\x00\xE9\x00\r\xD8\x3D\xDE\x00", chunk), "aé\r😀");
        }
        assert_eq!(text(b"", 4), "");
        assert_eq!(text(b"\xEF\xBB\xBF", 4), "");
    }

    #[test]
    fn halves_of_characters_are_said() {
        let (pieces, doubts) = pieces(b"\xFE\xFF\x00a\xD8\x00\x00b\x00", 64);
        assert_eq!(pieces, ["a\u{fffd}b\u{fffd}"]);
        assert_eq!(doubts.len(), 1);
        assert_eq!(doubts[0].span, Some(Span::new(1, 4)));
    }

    #[test]
    fn older_lines_among_others_are_read_on_their_own() {
        let bytes = b"AU  - M\xC3\xBCller, J\xC3\xB6rg\nAU  - M\xFCller, J\xF6rg\nTI  - Die Stra\xDFe nach K\xF6ln\n";
        let wanted = "AU  - Müller, Jörg\nAU  - Müller, Jörg\nTI  - Die Straße nach Köln\n";
        for chunk in [16, 1024] {
            let (pieces, doubts) = pieces(bytes, chunk);
            assert_eq!(pieces.concat(), wanted, "{chunk}");
            assert!(pieces.iter().all(|piece| piece.ends_with('\n')), "{pieces:?}");
            assert_eq!(doubts.len(), 1);
            let place = doubts[0].span.and_then(|span| span.of(wanted));
            assert_eq!((doubts[0].span.map(|span| span.start), place), (Some(28), Some("ü")));
        }
        let mut doubts = Vec::new();
        assert_eq!(decode_leniently(bytes, &mut doubts), wanted);
        assert_eq!(doubts.len(), 1);
        assert!(matches!(decode_leniently(b"\xEF\xBB\xBFabc", &mut doubts), Cow::Borrowed("abc")));
    }

    #[test]
    fn lines_may_end_in_carriage_returns_alone() {
        let (found, _) = pieces(b"one\rtwo\rthree\rfour", 8);
        assert_eq!(found.concat(), "one\rtwo\rthree\rfour");
        assert!(found[..found.len() - 1].iter().all(|piece| piece.ends_with('\r')), "{found:?}");
        // A CR LF is not torn.
        assert_eq!(pieces(b"one\r\ntwo", 4).0, ["one\r\n", "two"]);
    }

    #[test]
    fn a_line_without_end_is_cut_between_characters() {
        let long = "é王😀".repeat(40);
        for chunk in 1..12 {
            let (found, doubts) = pieces(long.as_bytes(), chunk);
            assert_eq!(found.concat(), long);
            assert!(found.len() > 1);
            assert_eq!(doubts, []);
            let units: Vec<u8> = [0xFF, 0xFE]
                .into_iter()
                .chain(long.encode_utf16().flat_map(u16::to_le_bytes))
                .collect();
            assert_eq!(text(&units, chunk.max(2)), long);
        }
    }

    #[cfg(not(feature = "encodings"))]
    #[test]
    fn a_broken_byte_at_the_end_of_a_chunk_is_no_beginning() {
        // 0xFC begins nothing in UTF-8; 0xC3 might.
        assert_eq!(text(b"M\xFC", 2), "Mü");
        assert_eq!(text(b"abc\xC3", 4), "abcÃ");
        assert_eq!(text(b"abc\xC3\nd", 4), "abcÃ\nd");
    }

    #[test]
    fn every_byte_is_some_character() {
        let all: Vec<u8> = (0..=255).collect();
        assert!(text(&all, 16).chars().count() >= 200);
        assert_eq!([0x80, 0x9F, 0xE9, b'a'].map(windows_1252), ['€', 'Ÿ', 'é', 'a']);
    }

    #[test]
    fn a_reader_that_fails_is_an_error_and_no_text() {
        struct Fails;
        impl Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        let mut out = String::new();
        assert!(Decoder::new(Fails).fill(&mut out).is_err());
        assert_eq!(out, "");
    }
}
