//! Splits one entry into its key and fields, and mends what is broken in it.
//!
//! Called by [`Blocks`] where an entry opens; the values are split in `value.rs`.

use super::scan::{blanks, brief, end_at, looked, looks_like_field, name_end, opening, skip_space};
use super::{Block, Blocks, Entry, Field, Form, Piece, Pieces, REACH};
use crate::Code;
use std::cmp::Ordering;
use std::ops::Range;

/// The entry that is being read.
pub(super) struct Within<'a> {
    /// What messages call it: its key, else its type.
    pub(super) owner: &'a str,
    /// Where it must end: behind its closing brace, or where the next entry begins.
    pub(super) bound: usize,
    /// `}` or `)`.
    pub(super) close: u8,
    /// Whether its braces are balanced, so that a value is to be trusted that holds what looks
    /// like a field.
    pub(super) sound: bool,
}

impl<'a> Blocks<'a> {
    /// An entry or `@string` from `@` at `start`, opened at `open`.
    pub(super) fn entry(&mut self, start: usize, kind: Range<usize>, open: usize) -> Block<'a> {
        let fence = self.fence(start);
        let (close, closing) = match self.byte(open) {
            Some(b'{') => (b'}', self.braces().close(open)),
            _ => (b')', None),
        };
        // What looks like the next entry may be quoted in a value. That is believed where the
        // whole entry is without a fault.
        let beyond = match closing {
            Some(at) => at + 1,
            None if close == b')' => self.boundary(start + REACH),
            None => 0,
        };
        if close == b')' || (beyond > fence && beyond - start <= REACH) {
            let doubts = self.diagnostics.len();
            self.trial = true;
            let entry = self.entry_within(start, kind.clone(), open, close, (beyond, true));
            self.trial = false;
            if self.diagnostics.len() == doubts {
                return entry;
            }
            self.diagnostics.truncate(doubts);
        }
        let sound = closing.is_some_and(|at| at < fence);
        self.entry_within(start, kind, open, close, (fence, sound))
    }

    fn entry_within(
        &mut self,
        start: usize,
        kind: Range<usize>,
        open: usize,
        close: u8,
        (bound, sound): (usize, bool),
    ) -> Block<'a> {
        self.at = open + 1;
        let name = &self.text[kind.clone()];
        let string = name.eq_ignore_ascii_case("string");
        let key = if string { open + 1..open + 1 } else { self.key(bound, close) };
        let key_text = &self.text[key.clone()];
        let owner = brief(if key_text.is_empty() { name } else { key_text });
        let within = Within { owner, bound, close, sound };
        let bare_key = !key_text.is_empty() && {
            let next = skip_space(self.text, self.at);
            next < bound && !matches!(self.byte(next), Some(b',' | b'}' | b')' | b'@'))
        };
        if bare_key {
            let message = format!("no comma stands behind the key `{owner}`");
            self.doubt(Code::BibtexMissingComma, key.end, key.end, message, "it is put there");
        }
        let (fields, closed) = self.fields(&within, open);
        let entry = Entry {
            span: self.span(start, self.at),
            kind: name,
            kind_span: self.span(kind.start, kind.end),
            key: key_text,
            key_span: self.span(key.start, key.end),
            fields,
            closed,
        };
        if string { Block::String(entry) } else { Block::Entry(entry) }
    }

    /// The key; empty where a field, the comma or the end comes first.
    fn key(&mut self, bound: usize, close: u8) -> Range<usize> {
        let start = skip_space(self.text, self.at).min(bound);
        if opening(self.text, start).is_some() {
            return start..start;
        }
        let ends = |c: char| {
            c.is_whitespace() || matches!(c, ',' | '{' | '}' | '"') || (c == ')' && close == b')')
        };
        let end = end_at(&self.text[..bound], start, ends);
        let next = self.text[skip_space(self.text, end)..].chars().next();
        // `@book{title = {…}}`, `@book{title={…}}`: a field, and no key. A key may hold `=`.
        if next == Some('=') || (self.text[start..end].ends_with('=')) {
            return start..start;
        }
        let mut key = start..end;
        // `@book{Roe 2010, …`: a key with blanks, which the comma shows to be one.
        let mut behind = end;
        while let Some(c) = self.text[behind..bound].chars().next() {
            match c {
                ',' => {
                    key.end = start + self.text[start..behind].trim_end().len();
                    break;
                }
                '\n' | '\r' | '{' | '}' | '"' | '=' | '@' => break,
                c => behind += c.len_utf8(),
            }
        }
        looked::count(behind - end);
        self.at = key.end;
        key
    }

    /// The fields up to the closing brace, and whether it is there.
    fn fields(&mut self, within: &Within<'a>, open: usize) -> (Vec<Field<'a>>, bool) {
        let mut fields = std::mem::take(&mut self.room);
        let doubts = self.diagnostics.len();
        let mut separated = true;
        let mut missing = 0;
        let mut cut = false;
        loop {
            if self.trial && self.diagnostics.len() > doubts {
                return (fields, false);
            }
            separated |= self.skip_commas(within.bound);
            let at = self.at;
            let next = self.byte(at).filter(|_| at < within.bound);
            let Some(next) = next.filter(|_| opening(self.text, at).is_none()) else {
                self.at = open.max(self.text[..at].trim_end().len());
                // Where a value was not closed, one doubt is enough.
                if !cut {
                    let message = format!("`{}` is not closed", within.owner);
                    let assumed = "it ends before the next entry";
                    self.doubt(Code::BibtexUnclosed, open, open + 1, message, assumed);
                }
                return (fields, false);
            };
            let is_wrong = next != within.close && (next == b'}' || next == b')');
            if is_wrong && !cut && self.ends_at(at + 1, within) {
                self.at = at + 1;
                let message =
                    format!("`{}` is closed by another mark than it is opened", within.owner);
                self.doubt(Code::BibtexUnclosed, at, at + 1, message, "it ends there");
                return (fields, true);
            }
            if next == within.close || next == b'}' {
                self.at = at + 1;
                if next == within.close && !self.goes_on(within) {
                    return (fields, true);
                }
                let message = format!("a closing brace in `{}` closes nothing", within.owner);
                self.doubt(Code::BibtexStrayBrace, at, at + 1, message, "it is left out");
                continue;
            }
            if next == b'%' {
                // A remark, as biber reads it.
                self.at = super::line_end(self.text, at).min(within.bound);
                continue;
            }
            if !separated {
                // `title = {…};` has a mark where the comma belongs.
                let mark = next == b';';
                let start = if mark { at } else { self.text[..at].trim_end().len() };
                let end = start + usize::from(mark);
                self.no_comma(within.owner, (start, end), missing);
                missing += 1;
                if mark {
                    self.at = at + 1;
                    separated = true;
                    continue;
                }
            }
            if let Some(field) = self.plain_field(within) {
                fields.push(field);
                cut = false;
                separated = false;
                continue;
            }
            let doubts = self.diagnostics.len();
            fields.push(self.field(within));
            cut = self.diagnostics[doubts..].iter().any(|it| it.code == Code::BibtexUnclosed);
            // A value that was not closed took its comma with it.
            separated = cut;
        }
    }

    /// Says that no comma stands between two fields; `count` times it was said of the entry. An
    /// entry without any must not be followed by a message for each field.
    pub(super) fn no_comma(&mut self, owner: &str, (start, end): (usize, usize), count: usize) {
        const MOST: usize = 50;
        let message = match count.cmp(&MOST) {
            Ordering::Less => format!("no comma stands between two fields of `{owner}`"),
            Ordering::Equal => format!("no comma stands between further fields of `{owner}`"),
            Ordering::Greater => return,
        };
        self.doubt(Code::BibtexMissingComma, start, end, message, "it is put there");
    }

    /// Whether nothing of the entry comes from `at` on.
    fn ends_at(&self, at: usize, within: &Within<'a>) -> bool {
        let next = skip_space(self.text, at);
        next >= within.bound || self.byte(next) == Some(b'@')
    }

    /// Whether behind a closing brace there are more fields of the same entry.
    fn goes_on(&mut self, within: &Within<'a>) -> bool {
        let after = self.at;
        let bound = if self.trial { self.text.len() } else { within.bound };
        self.skip_commas(bound);
        let next = std::mem::replace(&mut self.at, after);
        next < bound && looks_like_field(self.text, next)
    }

    /// Skips white space and commas; whether there was a comma.
    fn skip_commas(&mut self, bound: usize) -> bool {
        let start = self.at;
        let text = &self.text[..bound.max(start)];
        let is_usual = |byte: &&u8| matches!(byte, b',' | b' ' | b'\n' | b'\r' | b'\t');
        let usual = text.as_bytes()[start..].iter().take_while(is_usual).count();
        looked::count(usual);
        self.at = end_at(text, start + usual, |c| !(c == ',' || c.is_whitespace()));
        self.text.as_bytes()[start..self.at].contains(&b',')
    }

    /// What nearly every field is, at once: a name of letters, `=`, a value in braces and a comma
    /// behind it, in an entry without a fault. `None` for any other, which [`field`](Self::field)
    /// reads the same.
    fn plain_field(&mut self, within: &Within<'a>) -> Option<Field<'a>> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let name = bytes.get(start..)?.iter().position(|byte| !byte.is_ascii_alphabetic())?;
        let blanks = |at: usize| {
            let spaces = bytes.get(at..)?.iter().position(|&byte| byte != b' ')?;
            Some(at + spaces)
        };
        let equals = blanks(start + name)?;
        let open = blanks(equals + 1)?;
        let is_so = within.sound
            && name > 0
            && bytes.get(equals) == Some(&b'=')
            && bytes.get(open) == Some(&b'{');
        let close = if is_so { self.braces().close(open)? } else { return None };
        if close >= within.bound || bytes.get(close + 1) != Some(&b',') {
            return None;
        }
        looked::count(open - start);
        self.at = close + 1;
        let span = self.span(open + 1, close);
        let piece = Piece { form: Form::Braced, text: &self.text[open + 1..close], span };
        Some(Field {
            name: &self.text[start..start + name],
            name_span: self.span(start, start + name),
            value: Pieces::One([piece]),
            span: self.span(start, close + 1),
        })
    }

    /// The field whose name begins here; what has no name or value is kept as far as it goes.
    fn field(&mut self, within: &Within<'a>) -> Field<'a> {
        let start = self.at;
        let mut end = name_end(self.text, start).min(within.bound);
        // `journal: {Ports}`; no name ends with a colon.
        let named = self.text[start..end].trim_end_matches(':').len();
        if named > 0 {
            end = start + named;
        }
        let next = skip_space(self.text, end).min(within.bound);
        let mut value = Pieces::new();
        self.at = end;
        match self.byte(next).filter(|_| next < within.bound && end > start) {
            Some(b'=') => {
                self.at = next + 1;
                value = self.value(within, brief(&self.text[start..end]));
                if value.is_empty() {
                    self.missing(start, end, within);
                }
            }
            Some(byte) if matches!(byte, b'{' | b'"' | b':') || self.is_number(end, next) => {
                let name = brief(&self.text[start..end]);
                let message = format!("`{name}` of `{}` has no `=`", within.owner);
                self.doubt(Code::BibtexMissingValue, start, end, message, "it is put there");
                let colons = self.text.as_bytes()[next..].iter().take_while(|byte| **byte == b':');
                let behind = next + colons.count();
                let equals = skip_space(self.text, behind);
                self.at = match (byte, self.byte(equals)) {
                    (b':', Some(b'=')) => equals + 1,
                    _ => behind,
                };
                value = self.value(within, name);
            }
            _ => {
                // Words that belong to no field: up to the comma, the line's end or the brace.
                end = self.words_end(start, within).max(start + self.first_len(start));
                end = start + self.text[start..end].trim_end().len();
                self.at = end;
                self.missing(start, end, within);
            }
        }
        Field {
            name: &self.text[start..end],
            name_span: self.span(start, end),
            value,
            span: self.span(start, self.at),
        }
    }

    /// Whether behind a name that ends at `end` a number stands on the same line, and no more.
    fn is_number(&self, end: usize, at: usize) -> bool {
        let digits = self.text[at..].bytes().take_while(u8::is_ascii_digit).count();
        digits > 0
            && self.skip_blanks(end) == at
            && matches!(self.byte(at + digits), None | Some(b',' | b'}' | b'\n' | b'\r'))
    }

    fn missing(&mut self, start: usize, end: usize, within: &Within<'a>) {
        // Of an entry that breaks off here, that is said.
        if skip_space(self.text, self.at) >= within.bound {
            return;
        }
        let name = brief(&self.text[start..end]);
        let message = format!("`{name}` in `{}` has no value", within.owner);
        self.doubt(Code::BibtexMissingValue, start, end, message, "it is empty");
    }

    /// `at`, or the last place before it that is no character's inside.
    fn boundary(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        (0..=at).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
    }

    fn first_len(&self, at: usize) -> usize {
        self.text[at..].chars().next().map_or(0, char::len_utf8)
    }

    /// Where words end that no braces hold: before a comma, a line's end or the brace that
    /// closes the entry. Braces within them count.
    pub(super) fn words_end(&self, start: usize, within: &Within<'a>) -> usize {
        let mut at = start;
        while at < within.bound {
            match self.byte(at) {
                Some(b',' | b'\n' | b'\r' | b'}') | None => break,
                Some(byte) if byte == within.close => break,
                Some(b'{') => match self.braces().close(at).filter(|&end| end < within.bound) {
                    Some(end) => at = end + 1,
                    None => at += 1,
                },
                Some(_) => at += 1,
            }
            looked::count(0);
        }
        at.min(within.bound)
    }

    /// The first place from `at` on the same line that is no blank.
    pub(super) fn skip_blanks(&self, at: usize) -> usize {
        at + blanks(&self.text[at..])
    }
}
