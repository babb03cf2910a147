//! The text of a Word document, of its body and its notes, to paragraphs with marks.
//!
//! Takes a part (ECMA-376 part 1, 17.2 to 17.4) and fills the [`Builder`]. What was deleted with
//! changes tracked, comments, codes of fields and hidden text are left out.

use super::field::Fields;
use super::numbering::Numbering;
use super::property::{Paragraph, Run};
use super::style::{Style, Styles, level};
use super::symbol;
use crate::document::build::{Block, Builder};
use crate::document::link::target;
use crate::document::run::{Look, Runs, column, raised};
use crate::document::table::Rows;
use crate::document::xml::{Event, Tag, Xml};
use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

/// What a document's paragraphs refer to.
pub(super) struct Body<'a> {
    pub(super) builder: &'a mut Builder,
    pub(super) styles: &'a Styles,
    pub(super) numbering: &'a mut Numbering,
    /// Targets of links, by what they are called in the part that is read.
    pub(super) links: HashMap<String, Arc<str>>,
    /// The notes that the text refers to, in their order.
    pub(super) footnotes: Notes,
    pub(super) endnotes: Notes,
    /// The number of the note that is read, until its first paragraph has it; `None` in the body.
    pub(super) note: Option<Option<u32>>,
    runs: Runs,
}

/// The notes of a kind that the text refers to.
#[derive(Debug, Default)]
pub(super) struct Notes {
    counted: u32,
    /// What each is called, and its number where it is counted.
    pub(super) named: Vec<(String, Option<u32>)>,
}

/// Where the reading stands in a part.
#[derive(Default)]
struct Place<'x> {
    /// What is said of the paragraph that is open.
    paragraph: Paragraph,
    /// How its style sets its text.
    base: Run,
    /// Whether it has begun: what is said of it is known.
    begun: bool,
    /// How the run that is open is set.
    look: Look,
    hidden: bool,
    reads: Reads,
    fields: Fields,
    /// The links that are open, as elements; each has that of the one around, unless its own.
    links: Vec<Option<Arc<str>>>,
    rows: Rows,
    /// Whether the paragraph goes on with the one before.
    joins: bool,
    /// Boxes of text that are tied to the paragraph, to be read behind it.
    boxes: Vec<&'x str>,
    /// Whether this is the text of a box.
    boxed: bool,
    /// Whether another form of the same was read already.
    chosen: bool,
}

/// What text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reads {
    #[default]
    Nothing,
    Text,
    Code,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        builder: &'a mut Builder,
        styles: &'a Styles,
        numbering: &'a mut Numbering,
    ) -> Self {
        Self {
            builder,
            styles,
            numbering,
            links: HashMap::new(),
            footnotes: Notes::default(),
            endnotes: Notes::default(),
            note: None,
            runs: Runs::default(),
        }
    }

    /// Reads a part or a piece of one; gives why it could not be read to its end.
    pub(super) fn read(&mut self, text: &str) -> Option<String> {
        self.read_place(text, false)
    }

    fn read_place(&mut self, text: &str, boxed: bool) -> Option<String> {
        let mut xml = Xml::new(text);
        let mut place = Place { boxed, ..Place::default() };
        while let Some(event) = xml.next() {
            match event {
                Event::Open(tag) => self.open(&tag, &mut xml, &mut place),
                Event::Close(tag) => self.close(tag.name(), &mut place),
                Event::Text(text) => match place.reads {
                    Reads::Text => self.text(&text, &mut place),
                    Reads::Code => place.fields.code(&text),
                    Reads::Nothing => {}
                },
            }
        }
        self.runs.end(self.builder);
        self.builder.end();
        xml.broken().map(str::to_owned)
    }

    fn open<'x>(&mut self, tag: &Tag<'_>, xml: &mut Xml<'x>, place: &mut Place<'x>) {
        match tag.name() {
            "p" => {
                place.paragraph = Paragraph::default();
                place.begun = false;
            }
            "pPr" => {
                place.paragraph.read(xml);
                self.begin(place);
            }
            "r" => {
                self.begin(place);
                self.set(&Run::default(), place);
            }
            "rPr" => {
                let mut run = Run::default();
                run.read(xml);
                self.set(&run, place);
            }
            "t" => place.reads = Reads::Text,
            "instrText" => place.reads = Reads::Code,
            "tab" | "ptab" => self.text("\t", place),
            "br" => match tag.get("type").as_deref() {
                Some("page") => self.builder.page(),
                Some("column") => self.text(" ", place),
                _ => self.break_line(place),
            },
            "cr" => self.break_line(place),
            "noBreakHyphen" => self.text("-", place),
            "sym" => {
                if let Some(c) = symbol::character(tag) {
                    self.text(c.encode_utf8(&mut [0; 4]), place);
                }
            }
            "fldChar" => match tag.get("fldCharType").as_deref() {
                Some("begin") => place.fields.begin(),
                Some("separate") => place.fields.separate(),
                Some("end") => place.fields.end(),
                _ => {}
            },
            "fldSimple" => {
                let link = tag.get("instr").and_then(|code| target(&code));
                place.enter(link.map(Arc::from));
            }
            "hyperlink" => {
                let link = tag.get("id").and_then(|id| self.links.get(&*id));
                place.enter(link.cloned());
            }
            "footnoteReference" => self.refer(tag, place, |body| &mut body.footnotes),
            "endnoteReference" => self.refer(tag, place, |body| &mut body.endnotes),
            "tr" => place.rows.begin(self.builder),
            "tc" => place.rows.cell(),
            "txbxContent" if !place.boxed => place.boxes.push(xml.skip()),
            "AlternateContent" => place.chosen = false,
            "Choice" => place.chosen = true,
            "sdtPr" if is_placeholder(xml) => place.hidden_content(xml),
            "Fallback" if !place.chosen => {}
            "Fallback" | "del" | "moveFrom" | "rt" | "sectPr" | "tblPr" | "trPr" | "tcPr"
            | "tblGrid" => {
                xml.skip();
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, place: &mut Place<'_>) {
        match name {
            "t" | "instrText" => place.reads = Reads::Nothing,
            "hyperlink" | "fldSimple" => {
                place.links.pop();
            }
            "tr" => place.rows.end(self.builder),
            "p" => self.end(place),
            _ => {}
        }
    }

    /// The paragraph begins, once what is said of it is known.
    fn begin(&mut self, place: &mut Place<'_>) {
        if mem::replace(&mut place.begun, true) {
            return;
        }
        let own = mem::take(&mut place.paragraph);
        let name = own.style.clone();
        let style = self.styles.paragraph(name.as_deref());
        let paragraph = match style {
            Some(style) => own.clone().over(&style.paragraph),
            None => own.clone(),
        };
        let heading = match own.outline {
            Some(outline) => Some(level(outline)).filter(|&level| level > 0),
            None => style.and_then(Style::heading),
        };
        place.base = style.map(|style| style.run.clone()).unwrap_or_default();
        let list = paragraph.list.filter(|&list| list > 0);
        let item = list.and_then(|list| {
            let at = paragraph.level.or_else(|| self.numbering.level(list, name.as_deref()?));
            self.numbering.count(list, at.unwrap_or(0))
        });
        // A list says how its items are indented, unless they do so themselves.
        let set = match (&item, style) {
            (Some(item), Some(style)) => own.over(&item.paragraph.clone().over(&style.paragraph)),
            (Some(item), None) => own.over(&item.paragraph),
            (None, _) => paragraph.clone(),
        };
        let indent = column(set.indent());
        let block = match (heading, item, &mut self.note) {
            (_, _, Some(number)) => Block::note(number.take()),
            (Some(level), ..) => {
                // That a heading is bold says no more than that it is one.
                place.base = Run::default();
                Block::heading(level)
            }
            (None, Some(item), None) if !item.bare => Block::item(item.number, indent),
            _ => Block { indent, ..Block::paragraph() },
        };
        if set.page_before {
            self.builder.page();
        }
        place.paragraph = paragraph;
        if mem::take(&mut place.joins) && self.builder.has_text() {
            return;
        }
        place.rows.paragraph(self.builder, block);
    }

    /// The paragraph ends.
    fn end(&mut self, place: &mut Place<'_>) {
        self.begin(place);
        self.runs.end(self.builder);
        place.fields.end_codes();
        place.joins = place.paragraph.joins;
        if !place.joins && place.rows.is_empty() {
            // An item without text leaves its number to nobody.
            self.builder.end();
        }
        if place.paragraph.page_after {
            self.builder.page();
        }
        for text in mem::take(&mut place.boxes) {
            self.read_place(text, true);
        }
    }

    /// The run that is open is set as `run` says over its styles.
    fn set(&mut self, run: &Run, place: &mut Place<'_>) {
        let none = Run::default();
        let named = run.style.as_ref().and_then(|id| self.styles.run(id));
        let named = named.map_or(&none, |style| &style.run);
        // A style in italics inside of a style in italics stands out (17.7.3).
        let toggled = |own: Option<bool>, named: Option<bool>, base: Option<bool>| {
            own.unwrap_or(named.unwrap_or(false) != base.unwrap_or(false))
        };
        let base = &place.base;
        let link = place.links.last().cloned().flatten();
        let mut look = Look { link, ..Look::default() };
        place.fields.link(&mut look);
        let plain = |own: Option<bool>, named: Option<bool>| own.or(named).unwrap_or(false);
        look.italic = toggled(run.italic, named.italic, base.italic)
            || look.link.is_none() && plain(run.underlined, named.underlined);
        look.bold = toggled(run.bold, named.bold, base.bold);
        look.raised = plain(run.raised, named.raised);
        place.hidden = toggled(run.hidden, named.hidden, base.hidden);
        place.look = look;
    }

    fn text(&mut self, text: &str, place: &mut Place<'_>) {
        if !place.hidden && !place.fields.hides() {
            self.runs.text(self.builder, &place.look, text);
        }
    }

    fn break_line(&mut self, place: &Place<'_>) {
        if !place.hidden && !place.fields.hides() {
            self.builder.break_line();
        }
    }

    /// The text refers to a note.
    fn refer(&mut self, tag: &Tag<'_>, place: &Place<'_>, notes: impl Fn(&mut Self) -> &mut Notes) {
        let Some(id) = tag.get("id").filter(|_| !place.hidden && !place.fields.hides()) else {
            return;
        };
        let has_own = tag.get("customMarkFollows").is_some() && !tag.is_off("customMarkFollows");
        let notes = notes(self);
        notes.counted += u32::from(!has_own);
        let number = (!has_own).then_some(notes.counted);
        notes.named.push((id.into_owned(), number));
        if let Some(number) = number {
            self.builder.aside(&raised(number));
        }
    }
}

impl Place<'_> {
    /// A link opens, or what may be one.
    fn enter(&mut self, link: Option<Arc<str>>) {
        let around = self.links.last().cloned().flatten();
        self.links.push(link.or(around));
    }

    /// What a form shows as long as nobody has filled it in goes.
    fn hidden_content(&mut self, xml: &mut Xml<'_>) {
        while let Some(event) = xml.next() {
            match event {
                Event::Open(tag) if tag.name() == "sdtContent" => {
                    xml.skip();
                    return;
                }
                Event::Open(_) => {
                    xml.skip();
                }
                Event::Close(_) => return,
                Event::Text(_) => {}
            }
        }
    }
}

/// Reads what is said of a form that opened last, to its end: whether it is not filled in.
fn is_placeholder(xml: &mut Xml<'_>) -> bool {
    xml.skip().contains("showingPlcHdr")
}
