//! Splits at once what nearly every entry is: a key, fields with values in braces, quotation marks
//! or bare, commas between or forgotten, all closed.
//!
//! Called by whoever reads entries, before the splitter that mends what is broken: whatever is not
//! plain is left to that, which gives the same of what is. No `@` stands in a plain entry, so that
//! nothing is looked at for two entries.

use super::scan::{brief, looked, looks_like_field};
use super::{Blocks, Form, Piece};
use crate::Span;
use memchr::memchr3;

/// A plain entry without its fields.
pub(in crate::format::bibtex) struct Head<'a> {
    pub(in crate::format::bibtex) kind: &'a str,
    pub(in crate::format::bibtex) kind_span: Span,
    pub(in crate::format::bibtex) key: &'a str,
    pub(in crate::format::bibtex) key_span: Span,
    /// Whether it is `@string{…}`, which has no key.
    pub(in crate::format::bibtex) is_string: bool,
}

/// A field of a plain entry.
pub(in crate::format::bibtex) struct PlainField<'a> {
    pub(in crate::format::bibtex) name: &'a str,
    /// Whether the name is in lower case.
    pub(in crate::format::bibtex) is_lower: bool,
    pub(in crate::format::bibtex) value: Piece<'a>,
}

/// What a byte may be a part of.
const NAME: u8 = 1;
const KEY: u8 = 2;
const BARE: u8 = 4;
const SPACE: u8 = 8;
const LARGE: u8 = 16;
const LETTER: u8 = 32;
/// What ends or nests a quoted value, and `@`.
const MARK: u8 = 64;

/// A byte is looked up instead of compared with a dozen others: every byte outside of braces is.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        let mut class = 0;
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            class |= NAME | BARE;
        }
        let is_other = matches!(
            byte,
            b'{' | b'}' | b'(' | b')' | b',' | b'=' | b'"' | b'#' | b'%' | b'\'' | b'@'
        );
        if byte.is_ascii_graphic() && !is_other {
            class |= KEY;
        }
        if matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
            class |= SPACE;
        }
        if byte.is_ascii_uppercase() {
            class |= LARGE;
        }
        if byte.is_ascii_alphabetic() {
            class |= LETTER;
        }
        if matches!(byte, b'"' | b'{' | b'}' | b'@') {
            class |= MARK;
        }
        classes[byte as usize] = class;
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// The first place from `at` whose byte is none of a class, and all classes of those before it.
#[inline]
fn behind(bytes: &[u8], at: usize, wanted: u8) -> (usize, u8) {
    let (mut end, mut classes) = (at, 0);
    while let Some(&byte) = bytes.get(end) {
        let class = class(byte);
        if class & wanted == 0 {
            break;
        }
        classes |= class;
        end += 1;
    }
    (end, classes)
}

/// Where the group ends that is open at `at`; `None` where an `@` comes first.
#[inline]
fn group_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        at += memchr3(b'{', b'}', b'@', bytes.get(at..)?)?;
        match (bytes.get(at)?, depth) {
            (b'}', 0) => return Some(at),
            (b'}', _) => depth -= 1,
            (b'{', _) => depth += 1,
            _ => return None,
        }
        at += 1;
    }
}

/// Where a quotation ends that begins at `at`; `None` where an `@` comes first, or a brace that
/// nothing opened.
fn quotation_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        let byte = *bytes.get(at)?;
        if class(byte) & MARK != 0 {
            match byte {
                b'"' if depth == 0 => return Some(at),
                b'"' => {}
                b'{' => depth += 1,
                b'}' => depth = depth.checked_sub(1)?,
                _ => return None,
            }
        }
        at += 1;
    }
}

impl<'a> Blocks<'a> {
    /// The next entry or `@string`, where nothing but white space stands before it and it is plain; `each` is
    /// given its fields. Of another, `None`: then `each` may have been given some in vain.
    pub(in crate::format::bibtex) fn plain_entry(
        &mut self,
        mut each: impl FnMut(PlainField<'a>),
    ) -> Option<Head<'a>> {
        let bytes = self.text.as_bytes();
        let (start, _) = behind(bytes, self.at, SPACE);
        // `roe@book{…` may be an address.
        let is_apart = start > self.at
            || self.next.is_some()
            || start.checked_sub(1).is_none_or(|before| bytes.get(before) == Some(&b'}'));
        if bytes.get(start) != Some(&b'@') || !is_apart {
            return None;
        }
        let (open, _) = behind(bytes, start + 1, LETTER);
        let kind = &self.text[start + 1..open];
        let is = |it: &&str| kind.eq_ignore_ascii_case(it);
        if bytes.get(open) != Some(&b'{') || ["", "comment", "preamble"].iter().any(is) {
            return None;
        }
        let mut at = open + 1;
        let mut key = at..at;
        let is_string = is(&"string");
        if !is_string {
            (key.start, _) = behind(bytes, at, SPACE);
            (at, _) = behind(bytes, key.start, KEY);
            key.end = at;
            if key.is_empty() || bytes.get(at) != Some(&b',') {
                return None;
            }
        }
        // A definition has no key, and so its first field no comma before it.
        let mut is_divided = is_string;
        let mut missing = Vec::new();
        let close = loop {
            let first = at;
            // What most have between two fields.
            if bytes.get(at..).is_some_and(|rest| rest.starts_with(b",\n  ")) {
                (is_divided, at) = (true, at + 4);
            }
            while let Some(&byte) = bytes.get(at)
                && (byte == b',' || class(byte) & SPACE != 0)
            {
                is_divided |= byte == b',';
                at += 1;
            }
            let name = at;
            if bytes.get(name) == Some(&b'}') {
                break name;
            }
            let (name_end, classes) = behind(bytes, name, NAME);
            let value = if bytes.get(name_end..).is_some_and(|rest| rest.starts_with(b" = {")) {
                name_end + 3
            } else {
                let (equals, _) = behind(bytes, name_end, SPACE);
                if bytes.get(equals) != Some(&b'=') {
                    return None;
                }
                behind(bytes, equals + 1, SPACE).0
            };
            // A field too many without a comma is said, as it is of any entry.
            let may_be_field = is_divided || looks_like_field(self.text, name);
            if !may_be_field || name_end == name {
                return None;
            }
            if !is_divided {
                missing.push(first);
            }
            let (form, from, to, end) = match bytes.get(value)? {
                b'{' => {
                    let close = group_end(bytes, value + 1)?;
                    (Form::Braced, value + 1, close, close + 1)
                }
                b'"' => {
                    let close = quotation_end(bytes, value + 1)?;
                    (Form::Quoted, value + 1, close, close + 1)
                }
                _ => {
                    let (end, _) = behind(bytes, value, BARE);
                    if end == value {
                        return None;
                    }
                    (Form::Bare, value, end, end)
                }
            };
            looked::count(end - first);
            each(PlainField {
                name: &self.text[name..name_end],
                is_lower: classes & LARGE == 0,
                value: Piece { form, text: &self.text[from..to], span: self.span(from, to) },
            });
            (is_divided, at) = (false, end);
        };
        // A field behind the closing brace shows it to be one too many.
        let mut next = close + 1;
        while bytes.get(next).is_some_and(|&byte| byte == b',' || class(byte) & SPACE != 0) {
            next += 1;
        }
        looked::count(next - close);
        let is_end = match bytes.get(next) {
            None | Some(b'@') => true,
            Some(byte) => byte.is_ascii_graphic() && !looks_like_field(self.text, next),
        };
        if !is_end {
            return None;
        }
        let owner = brief(if is_string { kind } else { &self.text[key.clone()] });
        for (count, at) in missing.into_iter().enumerate() {
            self.no_comma(owner, (at, at), count);
        }
        self.at = close + 1;
        self.next = None;
        Some(Head {
            kind,
            kind_span: self.span(start + 1, open),
            key: &self.text[key.clone()],
            key_span: self.span(key.start, key.end),
            is_string,
        })
    }
}
