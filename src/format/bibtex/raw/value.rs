//! Splits a value into the pieces that `#` joins, and finds where one ends that is not closed.
//!
//! Called for each field and for `@preamble`.

use super::entry::Within;
use super::scan::{blanks, end_at, line_end, looked, looks_like_field, opening, skip_space};
use super::{Block, Blocks, Form, Piece, Pieces, REACH};
use crate::Code;

/// How far the rest of a value is looked for behind a mark that seems to end it, in bytes.
const LONGEST_REST: usize = 1024;

impl<'a> Blocks<'a> {
    /// `@preamble{"…" # name}`.
    pub(super) fn preamble(&mut self, start: usize, open: usize) -> Block<'a> {
        let fence = self.fence(start);
        let (close, closing) = match self.byte(open) {
            Some(b'{') => (b'}', self.braces().close(open)),
            _ => (b')', None),
        };
        let bound = match closing {
            Some(at) if at > fence && at - start <= REACH => at + 1,
            _ => fence,
        };
        let sound = closing.is_some_and(|at| at < bound);
        let within = Within { owner: "@preamble", bound, close, sound };
        self.at = open + 1;
        let value = self.value(&within, "@preamble");
        self.at = skip_space(self.text, self.at).min(bound);
        let end = match closing.filter(|&at| at < bound) {
            Some(at) => Some(at),
            None if self.at < bound && self.byte(self.at) == Some(close) => Some(self.at),
            None => None,
        };
        self.at = match end {
            Some(at) => at + 1,
            None => {
                let message = "a `@preamble` is not closed".to_owned();
                let assumed = "it ends before the next entry";
                self.doubt(Code::BibtexUnclosed, open, open + 1, message, assumed);
                (open + 1).max(self.text[..bound].trim_end().len())
            }
        };
        Block::Preamble(value, self.span(start, self.at))
    }

    /// The pieces of the value that begins here; ends behind the last.
    pub(super) fn value(&mut self, within: &Within<'a>, field: &str) -> Pieces<'a> {
        let mut pieces = Pieces::new();
        loop {
            let at = skip_space(self.text, self.at).min(within.bound);
            let next = self.byte(at).filter(|_| at < within.bound);
            let next = next.filter(|_| opening(self.text, at).is_none());
            let piece = match next {
                Some(b'{') => {
                    self.at = at;
                    self.braced(within, field)
                }
                Some(b'"') => {
                    self.at = at;
                    self.quoted(within, field)
                }
                Some(b'=' | b'#') => {
                    let message = format!("`{field}` of `{}` has a mark too many", within.owner);
                    self.doubt(Code::BibtexMissingValue, at, at + 1, message, "it is left out");
                    self.at = at + 1;
                    continue;
                }
                Some(byte) if byte != b',' && byte != b'}' && byte != within.close => {
                    self.at = at;
                    self.bare(within, field)
                }
                _ => {
                    if !pieces.is_empty() {
                        let message = format!(
                            "nothing stands behind the `#` in `{field}` of `{}`",
                            within.owner
                        );
                        let end = self.at;
                        let assumed = "the value ends there";
                        self.doubt(Code::BibtexMissingValue, end - 1, end, message, assumed);
                    }
                    return pieces;
                }
            };
            pieces.push(piece);
            let behind = skip_space(self.text, self.at);
            if behind >= within.bound || self.byte(behind) != Some(b'#') {
                return pieces;
            }
            self.at = behind + 1;
        }
    }

    fn piece(&self, form: Form, start: usize, end: usize) -> Piece<'a> {
        Piece { form, text: &self.text[start..end], span: self.span(start, end) }
    }

    /// `{…}`. In an entry whose braces do not balance, a value that holds a line like a field
    /// is the one that was not closed.
    fn braced(&mut self, within: &Within<'a>, field: &str) -> Piece<'a> {
        let open = self.at;
        let closing = self.braces().close(open).filter(|&at| at < within.bound);
        let reach = closing.unwrap_or(within.bound);
        if (closing.is_none() || !within.sound)
            && let Some(end) = self.next_field(open + 1, reach)
        {
            return self.cut(Form::Braced, open, end, within, field);
        }
        match closing {
            Some(at) => {
                let end = self.late_end(at + 1, b'}', within).unwrap_or(at);
                if end > at {
                    let message = format!(
                        "a closing brace in `{field}` of `{}` is one too many",
                        within.owner
                    );
                    self.doubt(Code::BibtexStrayBrace, at, at + 1, message, "it is left out");
                }
                self.at = end + 1;
                self.piece(Form::Braced, open + 1, end)
            }
            None => self.cut(Form::Braced, open, reach, within, field),
        }
    }

    /// Where a value really ends that seems to end before `at`, though words follow and then, on
    /// the same line, its closing mark again: `{Harbours} of the north},`. The entry must go on
    /// behind it, so that its own closing brace is not taken for the value's.
    fn late_end(&self, at: usize, close: u8, within: &Within<'a>) -> Option<usize> {
        let first = self.skip_blanks(at);
        let ends = |byte| {
            matches!(
                byte,
                None | Some(b'\n' | b'\r' | b',' | b'#' | b'}' | b')' | b'%' | b'@' | b';')
            )
        };
        if ends(self.byte(first)) || looks_like_field(self.text, first) {
            return None;
        }
        let mut place = first;
        while place < within.bound.min(first + LONGEST_REST) {
            match self.byte(place) {
                Some(b'\n' | b'\r') | None => return None,
                Some(b'{') => place = self.braces().close(place)?,
                Some(byte) if byte == close => {
                    let behind = self.byte(self.skip_blanks(place + 1));
                    if matches!(behind, Some(b',' | b'\n' | b'\r'))
                        && self.goes_on_behind(place + 1, within)
                    {
                        return Some(place);
                    }
                    if close == b'}' {
                        return None;
                    }
                }
                Some(b'}') => return None,
                _ => {}
            }
            looked::count(0);
            place += 1;
        }
        None
    }

    /// `"…"`; a quotation mark within braces does not end it.
    fn quoted(&mut self, within: &Within<'a>, field: &str) -> Piece<'a> {
        let open = self.at;
        let mut at = open + 1;
        let mut closing = None;
        let mut unpaired = None;
        while at < within.bound {
            match self.byte(at) {
                Some(b'"') => {
                    closing = Some(at);
                    break;
                }
                Some(b'{') => match self.braces().close(at).filter(|&end| end < within.bound) {
                    Some(end) => at = end,
                    None => unpaired = Some(at),
                },
                // A brace too many, or the entry's own, where the quotation was not closed.
                Some(b'}') if self.byte(at + 1) != Some(b'"') => break,
                _ => {}
            }
            at += 1;
            looked::count(0);
        }
        let at = at.min(within.bound);
        // A quotation that is followed by words ends at the next one's beginning.
        let trusted = closing.is_some_and(|end| {
            let next = skip_space(self.text, end + 1);
            next >= within.bound
                || matches!(self.byte(next), Some(b',' | b'#' | b'}' | b'%' | b'@'))
                || self.byte(next) == Some(within.close)
                || looks_like_field(self.text, next)
        });
        if !(trusted && within.sound)
            && let Some(end) = self.next_field(open + 1, at)
        {
            return self.cut(Form::Quoted, open, end, within, field);
        }
        match closing {
            Some(end) => {
                if let Some(late) = self.late_end(end + 1, b'"', within) {
                    let message = format!(
                        "a `\"` in `{field}` of `{}` ends the value for BibTeX",
                        within.owner
                    );
                    self.doubt(
                        Code::BibtexMissingComma,
                        end,
                        end + 1,
                        message,
                        "it stands for itself",
                    );
                    self.at = late + 1;
                    return self.piece(Form::Quoted, open + 1, late);
                }
                if let Some(brace) = unpaired {
                    let message =
                        format!("a brace in `{field}` of `{}` is not closed", within.owner);
                    let assumed = "it stands for itself";
                    self.doubt(Code::BibtexUnclosed, brace, brace + 1, message, assumed);
                }
                self.at = end + 1;
                self.piece(Form::Quoted, open + 1, end)
            }
            None => {
                let piece = self.cut(Form::Quoted, open, at, within, field);
                // `"Harbours},`: the wrong mark closes it, where the entry goes on.
                if self.byte(at) == Some(b'}') && self.goes_on_behind(at + 1, within) {
                    self.at = at + 1;
                }
                piece
            }
        }
    }

    /// Whether a comma and a field or the entry's end come at `at`.
    fn goes_on_behind(&self, at: usize, within: &Within<'a>) -> bool {
        let comma = skip_space(self.text, at);
        let next = skip_space(self.text, comma + usize::from(self.byte(comma) == Some(b',')));
        next < within.bound
            && (looks_like_field(self.text, next) || self.byte(next) == Some(within.close))
    }

    /// A number or a name; else words up to the comma or the line's end.
    fn bare(&mut self, within: &Within<'a>, field: &str) -> Piece<'a> {
        let start = self.at;
        let ends = |c: char| {
            c.is_whitespace()
                || matches!(c, ',' | '#' | '{' | '}' | '"' | '=')
                || (c == ')' && within.close == b')')
        };
        let mut end = end_at(&self.text[..within.bound], start, ends);
        // The wrong mark that closes the entry.
        if self.text[start..end].ends_with(')') && !self.text[start..end].contains('(') {
            end -= 1;
        }
        let next = skip_space(self.text, end).min(within.bound);
        let whole = next >= within.bound
            || matches!(self.byte(next), Some(b',' | b'#' | b'}' | b'@'))
            || (self.byte(next) == Some(b'%') && next > end)
            || (self.byte(end) == Some(b')'))
            || self.byte(next) == Some(within.close)
            || next > self.skip_blanks(end)
            || looks_like_field(self.text, next);

        // A number or a name; what else is one word is a name that nobody can have defined, and
        // whoever puts names in says so.
        if whole && end > start {
            self.at = end;
            return self.piece(Form::Bare, start, end);
        }
        let end = if whole { end } else { self.words_end(start, within) };
        let end = start + self.text[start..end].trim_end().len();
        self.at = end;
        let message = format!("the value of `{field}` of `{}` has no braces", within.owner);
        self.doubt(Code::BibtexMissingValue, start, end, message, "they are put there");
        self.piece(Form::Bare, start, end)
    }

    /// The last line end before `end` behind which a line looks like a field: there a value ends
    /// that was not closed.
    fn next_field(&self, start: usize, end: usize) -> Option<usize> {
        // A trial ends at the first doubt, whatever the place.
        if self.trial {
            return None;
        }
        let mut at = line_end(self.text, start);
        while at < end {
            let line = at + 1;
            let first = line + blanks(&self.text[line..]);
            if first < end && looks_like_field(self.text, first) {
                return Some(at);
            }
            at = line_end(self.text, line);
        }
        None
    }

    /// A value that opens at `open` and was not closed, up to `end`.
    fn cut(
        &mut self,
        form: Form,
        open: usize,
        end: usize,
        within: &Within<'a>,
        field: &str,
    ) -> Piece<'a> {
        let message = format!("the value of `{field}` of `{}` is not closed", within.owner);
        let assumed = "it ends before the next field or entry";
        self.doubt(Code::BibtexUnclosed, open, open + 1, message, assumed);
        let text = self.text[open + 1..end].trim_end();
        self.at = open + 1 + text.trim_end_matches(',').trim_end().len();
        self.piece(form, open + 1, self.at)
    }
}
