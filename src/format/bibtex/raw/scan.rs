//! What the splitter looks at before it decides: paired braces, lines that open an entry, lines
//! that look like a field.
//!
//! Takes text and places in it, gives places; called by the splitter alone.

use crate::Span;
use memchr::memchr2;
use std::cell::Cell;
use std::ops::Range;

/// The beginning of a name, enough to know it by: a message for each fault must not repeat an
/// endless one.
pub(in crate::format::bibtex) fn brief(name: &str) -> &str {
    const LONGEST: usize = 80;
    let end = (0..=LONGEST.min(name.len())).rev().find(|&at| name.is_char_boundary(at));
    &name[..end.unwrap_or_default()]
}

/// Which brace closes which.
pub(super) struct Braces {
    /// Each `{` and its `}`, in order; `usize::MAX` where it has none.
    pairs: Vec<(usize, usize)>,
    /// The pair that was last asked for: the next that is asked for is near.
    last: Cell<usize>,
}

impl Braces {
    /// The braces of a text from `start` on. A brace's partner is the first place where as many are closed as
    /// were opened since, so what stands before it plays no part. `\{` counts: it does in BibTeX.
    pub(super) fn of(text: &str, start: usize) -> Self {
        let mut pairs = Vec::new();
        let mut open = Vec::new();
        let mut brace = |at: usize, opens: bool| {
            if opens {
                open.push(pairs.len());
                pairs.push((at, usize::MAX));
            } else if let Some(pair) = open.pop().and_then(|index: usize| pairs.get_mut(index)) {
                pair.1 = at;
            }
        };
        // Every byte of a file is looked at here, and a brace is near: eight at a time, as bits.
        let (words, rest) = text.as_bytes().get(start..).unwrap_or_default().as_chunks::<8>();
        for (number, word) in words.iter().enumerate() {
            let opening = bytes_equal(u64::from_le_bytes(*word), b'{');
            let mut either = opening | bytes_equal(u64::from_le_bytes(*word), b'}');
            while either != 0 {
                let bit = either.trailing_zeros();
                brace(start + number * 8 + bit as usize / 8, (opening >> bit) & 1 == 1);
                either &= either - 1;
            }
        }
        for (at, &byte) in (start + words.len() * 8..).zip(rest) {
            if matches!(byte, b'{' | b'}') {
                brace(at, byte == b'{');
            }
        }
        Self { pairs, last: Cell::new(0) }
    }

    /// Where the brace at `open` is closed.
    pub(super) fn close(&self, open: usize) -> Option<usize> {
        const NEAR: usize = 8;
        let last = self.last.get();
        let behind = self.pairs.get(last..).unwrap_or_default();
        let index = match behind.iter().take(NEAR).position(|&(at, _)| at == open) {
            Some(steps) => last + steps,
            None => self.pairs.binary_search_by_key(&open, |&(at, _)| at).ok()?,
        };
        self.last.set(index);
        self.pairs.get(index).map(|&(_, close)| close).filter(|&close| close != usize::MAX)
    }

    /// Whether every brace that is opened in a span is closed in it.
    pub(super) fn balanced(&self, span: Span) -> bool {
        let first = self.pairs.partition_point(|&(at, _)| at < span.start);
        self.pairs[first..]
            .iter()
            .take_while(|&&(at, _)| at < span.end)
            .inspect(|_| looked::count(0))
            .all(|&(_, close)| close < span.end)
    }
}

/// The highest bit of each of eight bytes that is this one (H. S. Warren, “Hacker's Delight”, 6-1).
fn bytes_equal(word: u64, byte: u8) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let others = word ^ u64::from_le_bytes([byte; 8]);
    !(((others & LOW) + LOW) | others | LOW)
}

/// What opens a block.
pub(super) struct Opening {
    /// The word behind `@`.
    pub(super) kind: Range<usize>,
    /// The brace or parenthesis; only `@comment` can do without.
    pub(super) delimiter: Option<usize>,
}

/// The opening at `at`: `@`, a word, white space, a brace or parenthesis.
#[inline]
pub(super) fn opening(text: &str, at: usize) -> Option<Opening> {
    if text.as_bytes().get(at) == Some(&b'@') { opening_of(text, at) } else { None }
}

fn opening_of(text: &str, at: usize) -> Option<Opening> {
    let start = at + 1 + blanks(&text[at + 1..]);
    let end = word_end(text, start);
    if !text[start..end].starts_with(char::is_alphabetic) {
        return None;
    }
    let comment = text[start..end].eq_ignore_ascii_case("comment");
    let behind = if comment { end + blanks(&text[end..]) } else { skip_space(text, end) };
    let delimiter = matches!(text.as_bytes().get(behind), Some(b'{' | b'(')).then_some(behind);
    (comment || delimiter.is_some()).then_some(Opening { kind: start..end, delimiter })
}

/// Whether a line whose first mark stands at `at` opens an entry beyond doubt: not only `@word{`,
/// which an abstract may hold, but a key and a comma, a field, or nothing more on the line.
pub(super) fn opens_line(text: &str, at: usize) -> bool {
    let Some(Opening { kind, delimiter: Some(open) }) = opening(text, at) else { return false };
    let kind = &text[kind];
    let is_other = ["string", "comment", "preamble"].iter().any(|it| kind.eq_ignore_ascii_case(it));
    // `@book{` alone is a beginning too; the key is on the next line.
    is_other || behind_key(text, open).is_none_or(|c| matches!(c, ',' | '=') || is_line_end(c))
}

/// The opening whose `@` ends a line and whose word begins a later one. BibTeX takes it, but prose
/// has such ends of lines too, so a field must follow.
pub(super) fn opening_below(text: &str, at: usize) -> Option<Opening> {
    let start = skip_space(text, at + 1);
    let end = word_end(text, start);
    let open = skip_space(text, end);
    (text[at + 1..start].contains(is_line_end)
        && text[start..end].starts_with(char::is_alphabetic)
        && holds_field(text, open) == Some(true))
    .then_some(Opening { kind: start..end, delimiter: Some(open) })
}

/// Whether `open` is a brace or parenthesis with a field behind it: `{key, name =` or `{name =`;
/// so what stands before it is no e-mail address. `None` where the text ends too early to tell.
pub(super) fn holds_field(text: &str, open: usize) -> Option<bool> {
    let next = |at: usize| text[at..].chars().next();
    if !matches!(next(open)?, '{' | '(') {
        return Some(false);
    }
    let key = skip_space(text, open + 1);
    // A key with blanks is one too.
    let end = end_at(text, key, |c| is_mark(c) || is_line_end(c));
    let behind = skip_space(text, end);
    match next(behind)? {
        '=' => Some(end > key),
        ',' => {
            let name = skip_space(text, behind + 1);
            let end = name_end(text, name);
            Some(next(skip_space(text, end))? == '=' && end > name)
        }
        _ => Some(false),
    }
}

/// What stands behind the first word behind `open`.
fn behind_key(text: &str, open: usize) -> Option<char> {
    let end = name_end(text, open + 1 + blanks(&text[open + 1..]));
    text[end + blanks(&text[end..])..].chars().next()
}

/// Whether a field with its value begins at `at`, all on one line: `name = {`, `name = "`,
/// `name = 2010`, `name = jan`.
pub(super) fn looks_like_field(text: &str, at: usize) -> bool {
    let end = name_end(text, at);
    let equals = end + blanks(&text[end..]);
    text[at..end].starts_with(char::is_alphabetic)
        && text[equals..].strip_prefix('=').is_some_and(|value| {
            let value = &value[blanks(value)..];
            value.starts_with(|c: char| c.is_alphanumeric() || c == '{' || c == '"')
        })
}

/// Where the name ends that begins at `at`.
pub(super) fn name_end(text: &str, at: usize) -> usize {
    end_at(text, at, |c| is_mark(c) || c.is_whitespace())
}

/// The first place from `at` whose character `ends` is true of; the text's end where none is.
#[inline]
pub(super) fn end_at(text: &str, at: usize, ends: impl Fn(char) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    // Nearly every character is of ASCII and need not be decoded.
    while let Some(&byte) = bytes.get(end) {
        let c = if byte.is_ascii() {
            char::from(byte)
        } else {
            text[end..].chars().next().unwrap_or_default()
        };
        if ends(c) {
            break;
        }
        end += c.len_utf8();
    }
    looked::count(end - at);
    end
}

/// Marks that end a name.
fn is_mark(c: char) -> bool {
    matches!(c, '{' | '}' | '(' | ')' | ',' | '=' | '"' | '#' | '%' | '\'' | '@')
}

/// Where the word ends that begins at `at`.
pub(super) fn word_end(text: &str, at: usize) -> usize {
    end_at(text, at, |c| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.' | ':')))
}

/// Where the line of `at` ends, before its line feed or carriage return.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let end = memchr2(b'\n', b'\r', rest).map_or(text.len(), |found| at + found);
    looked::count(end - at);
    end
}

/// How many bytes of blanks a text begins with; line ends are none.
pub(super) fn blanks(text: &str) -> usize {
    end_at(text, 0, |c| !c.is_whitespace() || is_line_end(c))
}

/// Whether nothing but blanks stands on the line of `at` before it.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| c.is_whitespace() && !is_line_end(c));
    looked::count(at - before.len());
    before.is_empty() || before.ends_with(is_line_end)
}

fn is_line_end(c: char) -> bool {
    c == '\n' || c == '\r'
}

/// The first place from `at` that is not white space.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    end_at(text, at, |c| !c.is_whitespace())
}

/// How far the text between entries is settled that fills the buffer from `start` on; the buffer
/// ends with a line. Not settled is a line whose `@` what follows may show to open an entry.
pub(super) fn settled_text(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let doubtful = rest.rfind('@').filter(|&at| {
        let word = word_end(rest, skip_space(rest, at + 1));
        holds_field(rest, skip_space(rest, word)).is_none()
    });
    let settled =
        doubtful.map_or(rest.len(), |at| rest[..at].rfind(is_line_end).map_or(0, |end| end + 1));
    start + settled
}

#[cfg(not(test))]
pub(super) mod looked {
    pub(crate) fn count(_: usize) {}
}

/// Counts the bytes that the splitter looks at. Tests hold it to linear work by this: time would
/// depend on the machine.
#[cfg(test)]
pub(super) mod looked {
    use std::cell::Cell;

    thread_local!(static BYTES: Cell<usize> = const { Cell::new(0) });

    /// So many more.
    pub(crate) fn count(bytes: usize) {
        BYTES.set(BYTES.get() + bytes + 1);
    }

    /// How many so far; none from now on.
    pub(crate) fn take() -> usize {
        BYTES.take()
    }
}
