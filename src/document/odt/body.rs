//! The text of an OpenDocument text to paragraphs with marks (OASIS OpenDocument 1.3, part 3, 5
//! to 7).
//!
//! Fills the [`Builder`]. Comments, what was deleted with changes tracked, and hidden text are
//! left out; notes are given as they are written, to be read behind the body.

use super::list::Lists;
use super::style::{Family, Styles};
use crate::document::build::{Block, Builder};
use crate::document::run::{Look, Runs, raised};
use crate::document::table::Rows;
use crate::document::xml::{Event, Tag, Xml};
use std::mem;
use std::sync::Arc;

/// A note, as it is written.
#[derive(Debug)]
pub(super) struct Note<'x> {
    pub(super) number: Option<u32>,
    pub(super) text: &'x str,
}

/// The text of a document that is being read.
pub(super) struct Body<'a, 'x> {
    builder: &'a mut Builder,
    styles: &'a Styles,
    lists: Lists,
    runs: Runs,
    pub(super) footnotes: Vec<Note<'x>>,
    pub(super) endnotes: Vec<Note<'x>>,
    /// The number of the note that is read, until its first paragraph has it; `None` in the body.
    note: Option<Option<u32>>,
}

/// Where the reading stands in a piece.
#[derive(Default)]
struct Place<'x> {
    /// How many paragraphs are open: 1, but in boxes.
    paragraphs: usize,
    look: Look,
    hidden: bool,
    /// How the text around the spans and links that are open is set.
    around: Vec<(Look, bool)>,
    rows: Rows,
    boxes: Vec<&'x str>,
    boxed: bool,
    page_after: bool,
}

impl<'a, 'x> Body<'a, 'x> {
    pub(super) fn new(builder: &'a mut Builder, styles: &'a Styles) -> Self {
        Self {
            builder,
            styles,
            lists: Lists::default(),
            runs: Runs::default(),
            footnotes: Vec::new(),
            endnotes: Vec::new(),
            note: None,
        }
    }

    /// Reads what is within the element that opened last, to its end.
    pub(super) fn read(&mut self, xml: &mut Xml<'x>) {
        self.read_place(xml, false);
    }

    /// Reads a note.
    pub(super) fn read_note(&mut self, note: &Note<'x>) {
        self.note = Some(note.number);
        self.read_place(&mut Xml::new(note.text), false);
        self.note = None;
    }

    fn read_place(&mut self, xml: &mut Xml<'x>, boxed: bool) {
        let mut place = Place { boxed, ..Place::default() };
        let mut depth = 0;
        while let Some(event) = xml.next() {
            match event {
                Event::Open(tag) => {
                    if !self.skips(&tag, xml, &mut place) {
                        depth += 1;
                        self.open(&tag, &mut place);
                    }
                }
                Event::Close(_) if depth == 0 => break,
                Event::Close(tag) => {
                    depth -= 1;
                    self.close(tag.name(), &mut place);
                }
                Event::Text(text) if place.paragraphs > 0 => self.text(&text, &place),
                Event::Text(_) => {}
            }
        }
        self.runs.end(self.builder);
        self.builder.end();
    }

    /// Whether an element is read otherwise than in its place, or not at all.
    fn skips(&mut self, tag: &Tag<'_>, xml: &mut Xml<'x>, place: &mut Place<'x>) -> bool {
        match tag.name() {
            "note" => self.refer(tag, xml.skip(), place),
            "text-box" if !place.boxed && place.paragraphs > 0 => place.boxes.push(xml.skip()),
            "section" if tag.get("display").is_none_or(|value| value != "none") => return false,
            "annotation" | "tracked-changes" | "title" | "desc" | "ruby-text" | "note-citation"
            | "hidden-text" | "hidden-paragraph" | "section" | "forms" | "script" | "settings"
            | "binary-data" => {
                xml.skip();
            }
            // The patterns that an index is made after.
            name if name.ends_with("-source") => {
                xml.skip();
            }
            _ => return false,
        }
        true
    }

    fn open(&mut self, tag: &Tag<'_>, place: &mut Place<'x>) {
        match tag.name() {
            "p" | "h" => self.begin(tag, place),
            "span" => {
                let style = self.styles.get(Family::Text, tag.get("style-name").as_deref());
                let (look, hidden) = match style {
                    Some(style) => style.look(&place.look),
                    None => (place.look.clone(), false),
                };
                let hidden = hidden || place.hidden;
                self.enter(look, hidden, place);
            }
            "a" => {
                let target = tag.get("href").filter(|target| !target.starts_with('#'));
                let link = target.map(|target| Arc::from(&*target)).or(place.look.link.clone());
                let look = Look { link, ..place.look.clone() };
                let hidden = place.hidden;
                self.enter(look, hidden, place);
            }
            "s" | "tab" => self.text(" ", place),
            "line-break" if place.paragraphs > 0 => self.builder.break_line(),
            "soft-page-break" if !self.builder.has_text() => self.builder.page(),
            "list" => self.lists.begin(tag),
            "list-item" => self.lists.begin_item(tag),
            "table-row" => place.rows.begin(self.builder),
            "table-cell" => place.rows.cell(),
            _ => {}
        }
    }

    fn enter(&self, look: Look, hidden: bool, place: &mut Place<'x>) {
        let around = mem::replace(&mut place.look, look);
        place.around.push((around, mem::replace(&mut place.hidden, hidden)));
    }

    fn close(&mut self, name: &str, place: &mut Place<'x>) {
        match name {
            "p" | "h" => self.end(place),
            "span" | "a" => {
                if let Some((look, hidden)) = place.around.pop() {
                    place.look = look;
                    place.hidden = hidden;
                }
            }
            "list" => self.lists.end(),
            "list-item" => self.lists.end_item(),
            "table-row" => place.rows.end(self.builder),
            _ => {}
        }
    }

    /// A paragraph or a heading begins.
    fn begin(&mut self, tag: &Tag<'_>, place: &mut Place<'x>) {
        place.paragraphs += 1;
        let style = self.styles.get(Family::Paragraph, tag.get("style-name").as_deref());
        let indent = style.and_then(|style| style.indent());
        let heading = match tag.name() {
            "h" => Some(tag.number("outline-level").unwrap_or(1)),
            _ => style.and_then(|style| style.heading()),
        };
        (place.look, place.hidden) = style
            .filter(|_| heading.is_none())
            .map(|style| style.look(&Look::default()))
            .unwrap_or_default();
        let listed = self.lists.paragraph(self.styles, indent);
        let plain = Block { indent: indent.unwrap_or(0), ..Block::paragraph() };
        let block = match (&mut self.note, heading) {
            (Some(number), _) => Block::note(number.take()),
            (None, Some(level)) => Block::heading(level),
            (None, None) => listed.unwrap_or(plain),
        };
        if style.is_some_and(|style| style.page_before) {
            self.builder.page();
        }
        place.page_after = style.is_some_and(|style| style.page_after);
        place.rows.paragraph(self.builder, block);
    }

    fn end(&mut self, place: &mut Place<'x>) {
        place.paragraphs = place.paragraphs.saturating_sub(1);
        self.runs.end(self.builder);
        if place.rows.is_empty() {
            // An item without text leaves its number to nobody.
            self.builder.end();
        }
        if mem::take(&mut place.page_after) {
            self.builder.page();
        }
        if place.paragraphs == 0 {
            place.around.clear();
            for text in mem::take(&mut place.boxes) {
                self.read_place(&mut Xml::new(text), true);
            }
        }
    }

    fn text(&mut self, text: &str, place: &Place<'x>) {
        if !place.hidden {
            self.runs.text(self.builder, &place.look, text);
        }
    }

    /// The text refers to a note.
    fn refer(&mut self, tag: &Tag<'_>, text: &'x str, place: &Place<'x>) {
        if place.hidden {
            return;
        }
        let shown = citation(text);
        let notes = match tag.get("note-class").as_deref() {
            Some("endnote") => &mut self.endnotes,
            _ => &mut self.footnotes,
        };
        let counted = u32::try_from(notes.len()).unwrap_or(u32::MAX).saturating_add(1);
        let number = match shown.trim() {
            "" => Some(counted),
            shown => shown.parse().ok(),
        };
        notes.push(Note { number, text });
        match number {
            Some(number) => self.builder.aside(&raised(number)),
            None => self.builder.aside(shown.trim()),
        }
    }
}

/// What stands in the text for a note.
fn citation(note: &str) -> String {
    let mut xml = Xml::new(note);
    let mut shown = String::new();
    let mut inside = false;
    while let Some(event) = xml.next() {
        match event {
            Event::Open(tag) if tag.name() == "note-citation" => inside = true,
            Event::Close(tag) if tag.name() == "note-citation" => break,
            Event::Open(tag) if tag.name() == "note-body" => break,
            Event::Text(text) if inside => shown.push_str(&text),
            _ => {}
        }
    }
    shown
}
