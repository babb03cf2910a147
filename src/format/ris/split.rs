//! Lines to raw records: where each begins and ends, what stands between.
//!
//! Called by [`reader`](super::reader), line after line, so that a file of any size is read in
//! the memory of its largest record. One record never costs another: a `TY` begins one whatever
//! stood before it.

use super::tag::{Tag, TagLine, inner_tag, is_foreign, plain_line, tag_line};
use crate::{Code, Diagnostic, Position, Span};
use std::borrow::Cow;
use std::collections::VecDeque;

/// One tag of a record and where its value stands.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) tag: Tag,
    /// Where the value stands, lines that continue it included.
    pub(super) span: Span,
    /// Where it ends in the line of the tag.
    end: usize,
    /// Lines that continue it.
    more: Vec<Continuation>,
}

/// A line that continues a value.
#[derive(Debug)]
struct Continuation {
    span: Span,
    /// Whether an empty line stands before it.
    is_parted: bool,
}

impl Entry {
    fn new(tag: Tag, start: usize, end: usize) -> Self {
        Self { tag, span: Span::new(start, end), end, more: Vec::new() }
    }

    fn of(found: &TagLine<'_>, start: usize) -> Self {
        let at = start + found.value_at;
        Self::new(found.tag, at, at + found.value.len())
    }

    /// The value, given the record's text and where that begins; lines that continue it follow
    /// behind line feeds.
    pub(super) fn value<'a>(&self, text: &'a str, offset: usize) -> Cow<'a, str> {
        let of = |start: usize, end: usize| text.get(start - offset..end - offset).unwrap_or("");
        let first = of(self.span.start, self.end);
        if self.more.is_empty() {
            return Cow::Borrowed(first);
        }
        let mut value = first.to_owned();
        for more in &self.more {
            value.push_str(if more.is_parted { "\n\n" } else { "\n" });
            value.push_str(of(more.span.start, more.span.end));
        }
        Cow::Owned(value)
    }
}

/// A record, taken apart, or a run of lines between records.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) is_record: bool,
    /// What `TY` says, and where.
    pub(super) kind: Option<Entry>,
    pub(super) entries: Vec<Entry>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Where it stands; of a run of lines, the first.
    pub(super) span: Span,
    /// The first of a run of lines: the text of a record is there when it ends, but a run may be
    /// as long as a file.
    pub(super) line: String,
    pub(super) position: Position,
    /// The lines of a run between records.
    lines: usize,
    /// Whether no `ER` stands at its end.
    is_unended: bool,
    /// Whether an empty line stands behind the last entry.
    is_parted: bool,
    /// Whether the last entry is continued already.
    is_continued: bool,
    /// Whether `TY` is spelled with its hyphen at once, and other tags likely too.
    is_glued: bool,
    /// Whether a space stands behind that hyphen.
    is_apart: bool,
    /// Whether `TY` is spelled with one space.
    is_narrow: bool,
    /// Whether the last line is so long that a program may have broken it.
    is_long: bool,
}

impl Raw {
    fn new(is_record: bool, offset: usize, position: Position) -> Self {
        Self {
            is_record,
            kind: None,
            entries: Vec::new(),
            diagnostics: Vec::new(),
            span: Span::new(offset, offset),
            line: String::new(),
            position,
            lines: 0,
            is_unended: false,
            is_parted: false,
            is_continued: false,
            is_glued: false,
            is_apart: false,
            is_narrow: false,
            is_long: false,
        }
    }

    /// Says what only the end tells: that no `ER` came, how many lines belong to no record.
    /// `text` is what stands at the span.
    pub(super) fn finish(&mut self, text: &str) {
        let start = self.span.start;
        if self.is_unended {
            let first = text.trim_end_matches(['\r', '\n']);
            let first = first.find(['\r', '\n']).unwrap_or(first.len());
            self.doubt(
                Code::RisMissingEnd,
                Span::new(start, start + first),
                "the record has no `ER`".to_owned(),
                "it ends where the next begins",
                "put a line `ER  - ` at its end",
            );
        }
        if self.lines > 0 {
            let message = match self.lines {
                1 => "a line belongs to no record".to_owned(),
                lines => format!("{lines} lines belong to no record; this is the first"),
            };
            self.doubt(
                Code::RisStrayText,
                Span::new(start, start + text.trim_end().len()),
                message,
                "left out",
                "a record begins with `TY  - ` and ends with `ER  - `",
            );
        }
    }

    fn doubt(&mut self, code: Code, span: Span, message: String, assumed: &str, help: &str) {
        self.diagnostics
            .push(Diagnostic::new(code, Some(span), message).assumed(assumed).help(help));
    }

    /// Whether nothing stands here yet but a key, in the line before.
    fn is_key_alone(&self) -> bool {
        let is_key = |entry: &Entry| entry.tag == "ID";
        self.kind.is_none() && !self.is_parted && self.entries.iter().all(is_key)
    }

    /// The same with another word of what is assumed for want of a type.
    fn untyped(mut self, assumed: &str) -> Self {
        for doubt in &mut self.diagnostics {
            if doubt.code == Code::RisMissingType {
                doubt.assumed = Some(assumed.to_owned());
            }
        }
        self
    }

    /// Takes a line with a tag that neither begins nor ends a record.
    fn entry(&mut self, entry: Entry) {
        self.entries.push(entry);
        self.is_parted = false;
        self.is_continued = false;
    }

    /// Whether `TI-Sand` or `ED - the Editor` is a tag with its value, and not words such as
    /// `T1-weighted` at the beginning of a line that continues the one before. Values begin with
    /// a capital or digit or are addresses, and no line stands before that is continued or so
    /// long that a program may have broken it. Where `TY` is spelled so, all tags are, but for
    /// small letters in running text.
    fn is_meant(&self, found: &TagLine<'_>) -> bool {
        let is_small =
            found.value.starts_with(char::is_lowercase) && !found.value.starts_with("http");
        let is_text = |last: &Entry| matches!(last.tag.letters(), b"AB" | b"N1" | b"N2" | b"RN");
        let is_in_text = self.entries.last().is_some_and(is_text);
        let is_broken = self.is_continued || self.is_long;
        if found.is_narrow {
            self.is_narrow || !is_small || !is_in_text || !is_broken
        } else if self.is_glued {
            let is_alike = self.is_apart && found.is_apart;
            is_alike || !is_small || !is_in_text || !is_broken
        } else {
            !is_small && !is_broken
        }
    }

    /// Takes a line without a tag.
    fn continuation(&mut self, line: &str, start: usize) {
        let text = line.trim();
        if text.is_empty() {
            self.is_parted = true;
            return;
        }
        let at = start + line.len() - line.trim_start().len();
        let span = Span::new(at, at + text.len());
        let is_parted = std::mem::take(&mut self.is_parted);
        match self.entries.last_mut() {
            None => self.doubt(
                Code::RisStrayText,
                span,
                "a line stands between `TY` and the first tag".to_owned(),
                "it is left out",
                "give the line a tag, such as `N1`",
            ),
            Some(last) => {
                last.more.push(Continuation { span, is_parted });
                last.span.end = span.end;
                if !self.is_continued {
                    self.is_continued = true;
                    let tag = last.tag;
                    self.doubt(
                        Code::RisContinuationLine,
                        span,
                        format!("a line without a tag stands behind `{tag}`"),
                        "it continues that tag's value",
                        "write each value on one line",
                    );
                }
            }
        }
    }
}

/// Takes lines, gives records.
#[derive(Debug)]
pub(super) struct Splitter {
    /// Where the next line begins, in bytes and lines.
    offset: usize,
    line: usize,
    /// In which column what is read now begins: lines may hold several tags.
    column: usize,
    done: VecDeque<Raw>,
    open: Option<Raw>,
    stray: Option<Raw>,
    /// Whether lines of PubMed's format are being passed over: its `AU  - ` is no tag of RIS.
    is_foreign: bool,
    /// Room for the tags of the next record, which the last one needs no more.
    room: Vec<Entry>,
}

impl Splitter {
    pub(super) fn new(offset: usize) -> Self {
        Self {
            offset,
            line: 1,
            column: 1,
            done: VecDeque::new(),
            open: None,
            stray: None,
            is_foreign: false,
            room: Vec::new(),
        }
    }

    /// Takes the tags of a record that was read.
    pub(super) fn take_back(&mut self, mut entries: Vec<Entry>) {
        const MOST: usize = 64;
        if entries.capacity() <= MOST {
            entries.clear();
            self.room = entries;
        }
    }

    /// A record that begins here.
    fn record(&mut self, start: usize) -> Raw {
        let mut raw = Raw::new(true, start, self.position());
        raw.entries = std::mem::take(&mut self.room);
        raw
    }

    /// Where the next line begins.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.offset, self.line)
    }

    /// The first byte that is still needed.
    pub(super) fn needed_from(&self) -> usize {
        let records = self.open.iter().chain(&self.done).filter(|raw| raw.is_record);
        records.map(|raw| raw.span.start).min().unwrap_or(self.offset)
    }

    /// Takes the next line with its end; what ends before it or with it can be had by `next`.
    pub(super) fn line(&mut self, whole: &str) {
        let line = without_end(whole);
        if let Some(raw) = &mut self.open
            && let Some((tag, value)) = plain_line(line)
        {
            let start = self.offset;
            self.offset += whole.len();
            self.line += 1;
            raw.span.end = self.offset;
            raw.entry(Entry::new(tag, start + value.start, start + value.end));
            raw.is_long = is_long(line);
            return;
        }
        let found = tag_line(line);
        // Tags are looked for within a line only where none can be text: behind `TY` and `ER`.
        match found.filter(|found| matches!(found.tag.letters(), b"TY" | b"ER")) {
            Some(found) if found.value.contains('-') => self.pieces(whole, found.tag_at),
            _ => self.piece(whole, found),
        }
        self.line += 1;
        self.column = 1;
    }

    /// Takes a line that may hold several tags.
    fn pieces(&mut self, whole: &str, mut tag_at: usize) {
        let mut rest = whole;
        while let Some(at) = inner_tag(rest[tag_at..].trim_end_matches(['\r', '\n'])) {
            let (piece, behind) = rest.split_at(tag_at + at);
            tag_at = 0;
            self.piece(piece, tag_line(piece));
            self.column += piece.chars().count();
            rest = behind;
        }
        self.piece(rest, tag_line(without_end(rest)));
    }

    /// Whether no record or run of lines has ended.
    pub(super) fn is_idle(&self) -> bool {
        self.done.is_empty()
    }

    /// The next record or run of lines that has ended.
    pub(super) fn next(&mut self) -> Option<Raw> {
        self.done.pop_front()
    }

    fn position(&self) -> Position {
        Position { line: self.line, column: self.column }
    }

    /// Takes a line or the part of one that a tag begins.
    fn piece(&mut self, whole: &str, found: Option<TagLine<'_>>) {
        let start = self.offset;
        self.offset += whole.len();
        let line = without_end(whole);
        let mut found = found.filter(|found| self.is_meant(found));
        if let Some(found) = &mut found {
            found.is_inner = self.column > 1;
        }
        if let Some(found) = found.as_ref().filter(|found| found.tag == "TY") {
            self.is_foreign = false;
            // Some programs write the key before the type.
            let mut raw = match self.open.take_if(|raw| raw.is_key_alone()) {
                Some(raw) => raw.untyped("it belongs to the type behind it"),
                None => {
                    self.close(true);
                    self.record(start)
                }
            };
            raw.kind = Some(Entry::of(found, start));
            raw.is_glued = found.is_glued;
            raw.is_apart = found.is_apart;
            raw.is_narrow = found.is_narrow;
            loose(&mut raw, found, start);
            raw.span.end = self.offset;
            self.open = Some(raw);
            return;
        }
        let Some(raw) = self.open.as_mut() else { return self.between(line, found, start) };
        raw.span.end = self.offset;
        match found {
            Some(found) if found.tag == "ER" => {
                loose(raw, &found, start);
                // Scripts end the line with a mark.
                if !matches!(found.value, "" | "," | "." | ";") {
                    let at = start + found.value_at;
                    raw.doubt(
                        Code::RisStrayText,
                        Span::new(at, at + found.value.len()),
                        format!("text stands behind `ER`: `{}`", found.value),
                        "it is left out",
                        "give it a tag of its own before `ER`",
                    );
                }
                self.close(false);
            }
            Some(found) => {
                loose(raw, &found, start);
                raw.entry(Entry::of(&found, start));
            }
            None => raw.continuation(line, start),
        }
        if let Some(raw) = &mut self.open {
            raw.is_long = is_long(line);
        }
    }

    /// Whether a tag that is not spelled as it should be is one.
    fn is_meant(&self, found: &TagLine<'_>) -> bool {
        if found.is_narrow {
            return self.open.as_ref().is_none_or(|raw| found.tag == "TY" || raw.is_meant(found));
        }
        let is_type =
            || found.tag == "TY" && found.value.bytes().all(|byte| byte.is_ascii_uppercase());
        !found.is_glued
            || is_type()
            || self.open.as_ref().is_some_and(|raw| found.tag != "TY" && raw.is_meant(found))
    }

    /// A line outside records.
    fn between(&mut self, line: &str, found: Option<TagLine<'_>>, start: usize) {
        self.is_foreign |= is_foreign(line);
        if let Some(found) = found.filter(|found| found.tag != "ER" && !self.is_foreign) {
            self.close(false);
            let mut raw = self.record(start);
            let at = start + found.tag_at;
            raw.doubt(
                Code::RisMissingType,
                Span::new(at, at + 2),
                format!("a record begins with `{}`, not with `TY`", found.tag),
                "it is read as `GEN`",
                "put a line `TY  - ` with the type before it",
            );
            loose(&mut raw, &found, start);
            raw.entry(Entry::of(&found, start));
            raw.span.end = self.offset;
            self.open = Some(raw);
            return;
        }
        // DOS marks a file's end with a control character.
        if !line.trim_matches(|c: char| c.is_whitespace() || c.is_control()).is_empty() {
            let position = self.position();
            let stray = self.stray.get_or_insert_with(|| {
                let mut stray = Raw::new(false, start, position);
                stray.span.end = start + line.len();
                line.clone_into(&mut stray.line);
                stray
            });
            stray.lines += 1;
        }
    }

    /// Ends what is open when the text ends.
    pub(super) fn finish(&mut self) {
        self.close(true);
    }

    /// Ends what is open; `is_missing` where no `ER` did.
    fn close(&mut self, is_missing: bool) {
        if let Some(mut raw) = self.open.take() {
            raw.is_unended = is_missing;
            self.done.push_back(raw);
        } else {
            self.done.extend(self.stray.take());
        }
    }
}

/// Whether a program may have broken a line: those that do break at 70 to 80 characters, or more.
fn is_long(line: &str) -> bool {
    // Of more bytes there is no need to count.
    line.len() > 200 || line.len() > 50 && line.chars().nth(50).is_some()
}

fn without_end(line: &str) -> &str {
    let end = line.bytes().rev().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    &line[..line.len() - end]
}

fn loose(raw: &mut Raw, found: &TagLine<'_>, start: usize) {
    let at = start + found.tag_at;
    let span = Span::new(at, at + 2);
    if found.is_inner {
        raw.doubt(
            Code::RisLooseTag,
            span,
            format!("the tag `{}` stands within a line", found.tag),
            "it is read as one",
            "write each tag on a line of its own",
        );
    } else if found.is_loose {
        raw.doubt(
            Code::RisLooseTag,
            span,
            format!("the tag `{}` is not spelled `{}  - `", found.tag, found.tag),
            "it is read as one",
            "two capitals, two spaces, a hyphen, a space",
        );
    }
}
