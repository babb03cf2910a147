//! Lines to raw records: where each begins and ends, what stands between.
//!
//! Called by [`reader`](super::reader), line after line, so that a file of any size is read in
//! the memory of its largest record. One record never costs another: a `TY` begins one whatever
//! stood before it.

use super::tag::{TagLine, inner_tag, is_foreign, tag_line};
use crate::{Code, Diagnostic, Position, Span};
use std::collections::VecDeque;

/// One tag of a record with its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) tag: String,
    /// The value; lines that continue it follow behind line feeds.
    pub(super) value: String,
    /// Where the value stands.
    pub(super) span: Span,
}

/// A record, taken apart, or a run of lines between records.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) is_record: bool,
    /// What `TY` says, and where.
    pub(super) kind: Option<Entry>,
    pub(super) entries: Vec<Entry>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) text: String,
    pub(super) offset: usize,
    pub(super) position: Position,
    /// The lines of a run between records.
    lines: usize,
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
            text: String::new(),
            offset,
            position,
            lines: 0,
            is_parted: false,
            is_continued: false,
            is_glued: false,
            is_apart: false,
            is_narrow: false,
            is_long: false,
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
    fn entry(&mut self, found: &TagLine<'_>, start: usize) {
        let at = start + found.value_at;
        self.entries.push(Entry {
            tag: found.tag.clone(),
            value: found.value.to_owned(),
            span: Span::new(at, at + found.value.len()),
        });
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
        let is_text = |last: &Entry| matches!(last.tag.as_str(), "AB" | "N1" | "N2" | "RN");
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
                last.value.push_str(if is_parted { "\n\n" } else { "\n" });
                last.value.push_str(text);
                last.span.end = span.end;
                if !self.is_continued {
                    self.is_continued = true;
                    let tag = last.tag.clone();
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
        }
    }

    /// Where the next line begins.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.offset, self.line)
    }

    /// Takes the next line with its end; what ends before it or with it can be had by `next`.
    pub(super) fn line(&mut self, whole: &str) {
        let mut rest = whole;
        // Tags are looked for within a line only where none can be text: behind `TY` and `ER`.
        let first = tag_line(whole).filter(|found| matches!(found.tag.as_str(), "TY" | "ER"));
        if let Some(mut tag_at) = first.map(|found| found.tag_at) {
            while let Some(at) = inner_tag(rest[tag_at..].trim_end_matches(['\r', '\n'])) {
                let (piece, behind) = rest.split_at(tag_at + at);
                tag_at = 0;
                self.piece(piece);
                self.column += piece.chars().count();
                rest = behind;
            }
        }
        self.piece(rest);
        self.line += 1;
        self.column = 1;
    }

    /// The next record or run of lines that has ended.
    pub(super) fn next(&mut self) -> Option<Raw> {
        self.done.pop_front()
    }

    fn position(&self) -> Position {
        Position { line: self.line, column: self.column }
    }

    /// Takes a line or the part of one that a tag begins.
    fn piece(&mut self, whole: &str) {
        let start = self.offset;
        self.offset += whole.len();
        let line = whole.trim_end_matches(['\r', '\n']);
        let mut found = tag_line(line).filter(|found| self.is_meant(found));
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
                    Raw::new(true, start, self.position())
                }
            };
            let at = start + found.value_at;
            let span = Span::new(at, at + found.value.len());
            raw.kind = Some(Entry { tag: found.tag.clone(), value: found.value.to_owned(), span });
            raw.is_glued = found.is_glued;
            raw.is_apart = found.is_apart;
            raw.is_narrow = found.is_narrow;
            loose(&mut raw, found, start);
            raw.text.push_str(whole);
            self.open = Some(raw);
            return;
        }
        let Some(raw) = self.open.as_mut() else { return self.between(whole, line, found, start) };
        raw.text.push_str(whole);
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
                raw.entry(&found, start);
            }
            None => raw.continuation(line, start),
        }
        if let Some(raw) = &mut self.open {
            // The lines of programs that break them are 70 to 80 characters long, or more.
            raw.is_long = line.chars().nth(50).is_some();
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
    fn between(&mut self, whole: &str, line: &str, found: Option<TagLine<'_>>, start: usize) {
        self.is_foreign |= is_foreign(line);
        if let Some(found) = found.filter(|found| found.tag != "ER" && !self.is_foreign) {
            self.close(false);
            let mut raw = Raw::new(true, start, self.position());
            let at = start + found.tag_at;
            raw.doubt(
                Code::RisMissingType,
                Span::new(at, at + 2),
                format!("a record begins with `{}`, not with `TY`", found.tag),
                "it is read as `GEN`",
                "put a line `TY  - ` with the type before it",
            );
            loose(&mut raw, &found, start);
            raw.entry(&found, start);
            raw.text.push_str(whole);
            self.open = Some(raw);
            return;
        }
        // DOS marks a file's end with a control character.
        if !line.trim_matches(|c: char| c.is_whitespace() || c.is_control()).is_empty() {
            let position = self.position();
            let stray = self.stray.get_or_insert_with(|| {
                let mut stray = Raw::new(false, start, position);
                line.clone_into(&mut stray.text);
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
            if is_missing {
                let first = raw.text.trim_end_matches(['\r', '\n']);
                let first = first.find(['\r', '\n']).unwrap_or(first.len());
                raw.doubt(
                    Code::RisMissingEnd,
                    Span::new(raw.offset, raw.offset + first),
                    "the record has no `ER`".to_owned(),
                    "it ends where the next begins",
                    "put a line `ER  - ` at its end",
                );
            }
            self.done.push_back(raw);
            return;
        }
        let Some(mut stray) = self.stray.take() else { return };
        let span = Span::new(stray.offset, stray.offset + stray.text.trim_end().len());
        let message = match stray.lines {
            1 => "a line belongs to no record".to_owned(),
            lines => format!("{lines} lines belong to no record; this is the first"),
        };
        stray.doubt(
            Code::RisStrayText,
            span,
            message,
            "left out",
            "a record begins with `TY  - ` and ends with `ER  - `",
        );
        self.done.push_back(stray);
    }
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
