//! The texts inside an item: strings with their escapes, whole or not.
//!
//! The part of [`Parser`] that reads strings by RFC 8259, 7, and what programs and people make
//! of them: quotes that are not escaped, line ends, strings that never end.

use super::parse::{Parser, shown};
use super::split::{closes, ends_at_line};
use std::borrow::Cow;

impl<'a> Parser<'a> {
    /// A text in single quotes, as JavaScript and Python have it: to the next one that a mark
    /// follows, in the same line.
    pub(super) fn single_quoted(&mut self) -> &'a str {
        let start = self.at;
        let rest = &self.text[start + 1..];
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let len = line.match_indices('\'').map(|(at, _)| at).find(|at| closes(&line[at + 1..]));
        let len = len.unwrap_or(line.len());
        self.at = (start + 1 + len + 1).min(self.text.len());
        self.fault(
            start..start + 1,
            "a text stands in single quotes".to_owned(),
            "it is read as a text",
            "put it in double quotes",
        );
        &line[..len]
    }

    /// The text of a string; `None` where the item ends before it does.
    pub(super) fn string(&mut self) -> Option<Cow<'a, str>> {
        let start = self.at;
        self.at += 1;
        let mut from = self.at;
        let mut built: Option<String> = None;
        let mut raw = false;
        loop {
            let rest = &self.text[self.at..];
            let Some(step) = rest.find(|c: char| matches!(c, '"' | '\\' | '\0'..='\x1f')) else {
                self.at = self.text.len();
                return None;
            };
            self.at += step;
            let byte = self.peek()?;
            if byte == b'"' && !closes(&self.text[self.at + 1..]) {
                self.fault(
                    self.at..self.at + 1,
                    "a double quote stands inside a text",
                    "it belongs to the text",
                    "write a backslash before it",
                );
                self.at += 1;
                continue;
            }
            let ended = byte == b'\n' && ends_at_line(&self.text[self.at + 1..]);
            if byte == b'"' || ended {
                let last = &self.text[from..self.at];
                let mut text = match built {
                    None => Cow::Borrowed(last),
                    Some(built) => Cow::Owned(built + last),
                };
                if ended {
                    let bare = text.trim_end().trim_end_matches(',').len();
                    text = Cow::Owned(text[..bare].to_owned());
                    self.fault(
                        start..start + 1,
                        "a text does not end before its line does",
                        "it ends there",
                        "put a double quote at its end",
                    );
                } else {
                    self.at += 1;
                }
                return Some(text);
            }
            if byte == b'\\' {
                let so_far = built.get_or_insert_default();
                so_far.push_str(&self.text[from..self.at]);
                let c = self.escape()?;
                built.get_or_insert_default().push_str(&c);
                from = self.at;
            } else {
                if !raw {
                    raw = true;
                    self.fault(
                        self.at..self.at + 1,
                        "a line end or control character stands in a text as it is",
                        "it belongs to the text",
                        "write `\\n` for a line end",
                    );
                }
                self.at += 1;
            }
        }
    }

    /// What a backslash and the characters behind it mean.
    fn escape(&mut self) -> Option<Cow<'a, str>> {
        let start = self.at;
        self.at += 1;
        let c = self.text[self.at..].chars().next()?;
        self.at += c.len_utf8();
        let plain = match c {
            '"' | '\\' | '/' => c,
            // JavaScript has it, and it can mean nothing else.
            '\'' => {
                self.fault(
                    start..self.at,
                    "`\\'` means nothing in JSON".to_owned(),
                    "it is read as an apostrophe",
                    "write the apostrophe alone",
                );
                c
            }
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => match self.unicode() {
                Some(c) => c,
                // Cut off: the text itself is said not to end.
                None if self.text.len() < self.at + 4 && !self.text[self.at..].contains('"') => {
                    self.at = self.text.len();
                    return None;
                }
                None => {
                    self.fault(
                        start..self.at,
                        format!("`{}` is no character", &self.text[start..self.at]),
                        "a replacement character stands for it",
                        "write the character itself",
                    );
                    char::REPLACEMENT_CHARACTER
                }
            },
            _ => {
                let text = &self.text[start..self.at];
                self.fault(
                    start..self.at,
                    format!("`{}` means nothing in JSON", shown(text)),
                    "the backslash stands for itself",
                    "write the backslash twice",
                );
                return Some(Cow::Borrowed(text));
            }
        };
        Some(Cow::Owned(plain.to_string()))
    }

    /// The character of `\u` and its digits, of which two may make one (RFC 8259, 7).
    fn unicode(&mut self) -> Option<char> {
        let first = self.hexadecimal()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first);
        }
        let before = self.at;
        if self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            if let Some(second) = self.hexadecimal().filter(|low| (0xDC00..0xE000).contains(low)) {
                return char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
            }
        }
        self.at = before;
        None
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}
