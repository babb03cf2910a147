//! Lines to raw records: where each begins and ends, what stands between.
//!
//! Called by [`reader`](super::reader), line after line, so that a file of any size is read in
//! the memory of its largest record. One record never costs another: a `TY` begins one whatever
//! stood before it.

use super::tag::{TagLine, is_foreign, tag_line};
use crate::{Code, Diagnostic, Position, Span};

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
}

impl Raw {
    fn new(is_record: bool, offset: usize, line: usize) -> Self {
        Self {
            is_record,
            kind: None,
            entries: Vec::new(),
            diagnostics: Vec::new(),
            text: String::new(),
            offset,
            position: Position { line, column: 1 },
            lines: 0,
            is_parted: false,
            is_continued: false,
        }
    }

    fn doubt(&mut self, code: Code, span: Span, message: String, assumed: &str, help: &str) {
        self.diagnostics
            .push(Diagnostic::new(code, Some(span), message).assumed(assumed).help(help));
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
    open: Option<Raw>,
    stray: Option<Raw>,
    /// Whether lines of PubMed's format are being passed over: its `AU  - ` is no tag of RIS.
    is_foreign: bool,
}

impl Splitter {
    pub(super) fn new(offset: usize) -> Self {
        Self { offset, line: 1, open: None, stray: None, is_foreign: false }
    }

    /// Where the next line begins.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.offset, self.line)
    }

    /// Takes the next line with its end; gives what ends before it or with it.
    pub(super) fn line(&mut self, whole: &str) -> Option<Raw> {
        let start = self.offset;
        let number = self.line;
        self.offset += whole.len();
        self.line += 1;
        let line = whole.trim_end_matches(['\r', '\n']);
        let found = tag_line(line);
        if let Some(found) = found.as_ref().filter(|found| found.tag == "TY") {
            self.is_foreign = false;
            let before = self.close(true);
            let mut raw = Raw::new(true, start, number);
            let at = start + found.value_at;
            let span = Span::new(at, at + found.value.len());
            raw.kind = Some(Entry { tag: found.tag.clone(), value: found.value.to_owned(), span });
            loose(&mut raw, found, start);
            raw.text.push_str(whole);
            self.open = Some(raw);
            return before;
        }
        let Some(raw) = self.open.as_mut() else { return self.between(whole, line, found, start) };
        raw.text.push_str(whole);
        match found {
            Some(found) if found.tag == "ER" => {
                loose(raw, &found, start);
                if !found.value.is_empty() {
                    let at = start + found.value_at;
                    raw.doubt(
                        Code::RisStrayText,
                        Span::new(at, at + found.value.len()),
                        format!("text stands behind `ER`: `{}`", found.value),
                        "it is left out",
                        "give it a tag of its own before `ER`",
                    );
                }
                self.close(false)
            }
            Some(found) => {
                loose(raw, &found, start);
                raw.entry(&found, start);
                None
            }
            None => {
                raw.continuation(line, start);
                None
            }
        }
    }

    /// A line outside records.
    fn between(
        &mut self,
        whole: &str,
        line: &str,
        found: Option<TagLine<'_>>,
        start: usize,
    ) -> Option<Raw> {
        self.is_foreign |= is_foreign(line);
        if let Some(found) = found.filter(|found| found.tag != "ER" && !self.is_foreign) {
            let before = self.close(false);
            let mut raw = Raw::new(true, start, self.line - 1);
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
            return before;
        }
        if !line.trim().is_empty() {
            let number = self.line - 1;
            let stray = self.stray.get_or_insert_with(|| {
                let mut stray = Raw::new(false, start, number);
                line.clone_into(&mut stray.text);
                stray
            });
            stray.lines += 1;
        }
        None
    }

    /// What is open when the text ends.
    pub(super) fn finish(&mut self) -> Option<Raw> {
        self.close(true)
    }

    /// Ends what is open; `is_missing` where no `ER` did.
    fn close(&mut self, is_missing: bool) -> Option<Raw> {
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
            return Some(raw);
        }
        let mut stray = self.stray.take()?;
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
        Some(stray)
    }
}

fn loose(raw: &mut Raw, found: &TagLine<'_>, start: usize) {
    if found.is_loose {
        let at = start + found.tag_at;
        raw.doubt(
            Code::RisLooseTag,
            Span::new(at, at + 2),
            format!("the tag `{}` is not spelled `{}  - `", found.tag, found.tag),
            "it is read as one",
            "two capitals, two spaces, a hyphen, a space",
        );
    }
}
