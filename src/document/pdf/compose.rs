//! Rows to the text and lines of a document, with marks for italics, raised numbers and links.
//!
//! Called by `mod`. Divided words and addresses are joined as in plain text (`hyphen`).

use super::flow::Placed;
use super::note;
use super::page::{Row, Word};
use crate::document::plain::Raw;
use crate::document::{Content, Join, Line, Role, hyphen, mark, plain, running};
use crate::span::Span;
use crate::text::{Mark, Style};

/// The rows as a document.
pub(super) fn compose(rows: &[Placed]) -> Content {
    let mut text = Text::default();
    let mut blank = 0;
    for (row, dropped) in rows.iter().zip(printed_ends(rows)) {
        let content = row.row.text();
        if dropped {
            continue;
        }
        if !content.chars().any(char::is_alphanumeric) && plain::is_rule(&content) {
            // A rule of stars or dashes parts more than a blank line does.
            blank += 2;
            continue;
        }
        text.add(row, blank);
        blank = 0;
    }
    text.finish()
}

/// For each row, whether it is the end of a page that was in the text when it was printed.
fn printed_ends(rows: &[Placed]) -> Vec<bool> {
    let mut text = String::new();
    let mut raw = Vec::new();
    let mut places = Vec::with_capacity(rows.len());
    for row in rows {
        if row.blank > 0 {
            raw.push(Raw { span: Span::new(text.len(), text.len()), indent: 0, page: false });
        }
        places.push(raw.len());
        let start = text.len();
        text.push_str(&row.row.text());
        raw.push(Raw { span: Span::new(start, text.len()), indent: row.indent, page: false });
    }
    let dropped = running::lines(&text, &raw);
    places.into_iter().map(|at| dropped.get(at).copied().unwrap_or(false)).collect()
}

#[derive(Default)]
struct Text {
    text: String,
    lines: Vec<Line>,
    marks: Vec<Mark>,
    note: bool,
}

impl Text {
    fn add(&mut self, placed: &Placed, blank: usize) {
        let first = self.lines.is_empty();
        let begins_notes = placed.note && !std::mem::replace(&mut self.note, placed.note);
        let blank = match first {
            true => 0,
            false => blank + placed.blank + usize::from(begins_notes),
        };
        if !first {
            self.text.extend(std::iter::repeat_n('\n', 1 + blank.min(2)));
        }
        let sign = note::sign(&placed.row).filter(|_| placed.note);
        let (number, skipped) = match sign {
            Some((number @ Some(_), skipped)) => (number, skipped),
            _ => (None, 0),
        };
        match number {
            Some(number) => self.text.push_str(&format!("{number}. ")),
            None => self.text.extend(std::iter::repeat_n(' ', placed.indent)),
        }
        let start = self.text.len();
        self.add_words(&placed.row, skipped);
        let bullet = self.text.get(start..).and_then(plain::bullet);
        let span = Span::new(start + bullet.unwrap_or(0), self.text.len());
        let stretches = mark::stretches(&self.text, span);
        if stretches.is_empty() {
            return;
        }
        self.lines.push(Line {
            stretches,
            bullet: bullet.is_some(),
            indent: placed.indent,
            blank,
            page: placed.page && !first,
            join: match placed.join {
                _ if first || bullet.is_some() || blank > 0 => Join::Apart,
                join => join,
            },
            role: if placed.note { Role::Note } else { Role::Unknown },
            number,
        });
    }

    fn add_words(&mut self, row: &Row, skipped: usize) {
        let mut open: Vec<Mark> = Vec::new();
        for (at, word) in row.words.iter().enumerate().skip(skipped) {
            let spaced = row.is_spaced(at) && at > skipped;
            let styles = styles(word, row.is_raised(at));
            // A mark that goes on reaches over the space between.
            open.retain(|mark| {
                let goes_on = styles.contains(&mark.style);
                if !goes_on {
                    self.marks.push(mark.clone());
                }
                goes_on
            });
            if spaced {
                self.text.push(' ');
            }
            let start = self.text.len();
            self.text.push_str(&word.text);
            let end = self.text.len();
            for style in styles {
                match open.iter_mut().find(|mark| mark.style == style) {
                    Some(mark) => mark.span.end = end,
                    None => open.push(Mark { span: Span::new(start, end), style }),
                }
            }
        }
        self.marks.append(&mut open);
    }

    fn finish(mut self) -> Content {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        hyphen::join(&self.text, &mut self.lines);
        self.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        Content {
            text: self.text,
            lines: self.lines,
            marks: Some(self.marks),
            diagnostics: Vec::new(),
        }
    }
}

fn styles(word: &Word, raised: bool) -> Vec<Style> {
    let link = word.link.clone().map(Style::Link);
    [
        word.italic.then_some(Style::Italic),
        word.bold.then_some(Style::Bold),
        raised.then_some(Style::Raised),
        link,
    ]
    .into_iter()
    .flatten()
    .collect()
}
