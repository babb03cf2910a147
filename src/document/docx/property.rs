//! How Word says that a paragraph or a run is set, in a style or at the place itself (ECMA-376
//! part 1, 17.3.1 and 17.3.2).

use crate::document::xml::{Event, Tag, Xml};

/// What is said of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    /// The style of characters that it names.
    pub(super) style: Option<String>,
    pub(super) italic: Option<bool>,
    pub(super) bold: Option<bool>,
    pub(super) underlined: Option<bool>,
    pub(super) raised: Option<bool>,
    pub(super) hidden: Option<bool>,
}

impl Run {
    /// Reads the element `rPr` that opened last, to its end.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) {
        let mut depth = 1;
        while let Some(event) = xml.next() {
            match event {
                // How it was set before a tracked change.
                Event::Open(tag) if tag.name() == "rPrChange" => {
                    xml.skip();
                }
                Event::Open(tag) => {
                    depth += 1;
                    self.set(&tag);
                }
                Event::Close(_) => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                Event::Text(_) => {}
            }
        }
    }

    fn set(&mut self, tag: &Tag<'_>) {
        let on = Some(!tag.is_off("val"));
        match tag.name() {
            "i" => self.italic = on,
            "b" => self.bold = on,
            "u" => self.underlined = on,
            "vanish" => self.hidden = on,
            "vertAlign" => {
                self.raised = Some(tag.get("val").is_some_and(|value| value == "superscript"));
            }
            "rStyle" => self.style = tag.get("val").map(|id| id.into_owned()),
            _ => {}
        }
    }

    /// The same, with what `base` says where this says nothing.
    pub(super) fn over(self, base: &Self) -> Self {
        Self {
            style: self.style,
            italic: self.italic.or(base.italic),
            bold: self.bold.or(base.bold),
            underlined: self.underlined.or(base.underlined),
            raised: self.raised.or(base.raised),
            hidden: self.hidden.or(base.hidden),
        }
    }
}

/// What is said of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// The style that it names.
    pub(super) style: Option<String>,
    /// How far it is indented, in twentieths of a point.
    pub(super) left: Option<i64>,
    /// How much farther its first line is; less than 0 where the others hang.
    pub(super) first: Option<i64>,
    /// The level in the document's outline, from 0; 9 is that of plain text.
    pub(super) outline: Option<u8>,
    /// The list that counts it; 0 is none.
    pub(super) list: Option<u32>,
    /// Its level in the list.
    pub(super) level: Option<usize>,
    /// Whether a page begins with it.
    pub(super) page_before: bool,
    /// Whether a page ends with it, since a section does.
    pub(super) page_after: bool,
    /// Whether its end was deleted, with changes tracked: the next goes on with it.
    pub(super) joins: bool,
}

impl Paragraph {
    /// Reads the element `pPr` that opened last, to its end.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) {
        let (mut depth, mut in_mark, mut in_section) = (1, 0, 0);
        while let Some(event) = xml.next() {
            match event {
                Event::Open(tag) if matches!(tag.name(), "pPrChange" | "rPrChange" | "tabs") => {
                    xml.skip();
                }
                Event::Open(tag) => {
                    depth += 1;
                    match tag.name() {
                        "rPr" => in_mark = depth,
                        "sectPr" => {
                            in_section = depth;
                            self.page_after = true;
                        }
                        "type" if in_section > 0 => {
                            let kind = tag.get("val");
                            self.page_after = kind.is_none_or(|kind| kind != "continuous");
                        }
                        "del" | "moveFrom" if in_mark > 0 => self.joins = true,
                        _ if in_mark == 0 && in_section == 0 => self.set(&tag),
                        _ => {}
                    }
                }
                Event::Close(_) => {
                    if depth == in_mark {
                        in_mark = 0;
                    }
                    if depth == in_section {
                        in_section = 0;
                    }
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                Event::Text(_) => {}
            }
        }
    }

    fn set(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "pStyle" => self.style = tag.get("val").map(|id| id.into_owned()),
            "ind" => {
                let first = tag.number("firstLine");
                let hanging = tag.number("hanging").map(|hanging: i64| hanging.saturating_neg());
                self.left = tag.number("left").or(tag.number("start")).or(self.left);
                self.first = hanging.or(first).or(self.first);
            }
            "outlineLvl" => self.outline = tag.number("val"),
            "numId" => self.list = tag.number("val"),
            "ilvl" => self.level = tag.number("val"),
            "pageBreakBefore" => self.page_before = !tag.is_off("val"),
            _ => {}
        }
    }

    /// The same, with what `base` says where this says nothing.
    pub(super) fn over(self, base: &Self) -> Self {
        Self {
            left: self.left.or(base.left),
            first: self.first.or(base.first),
            outline: self.outline.or(base.outline),
            level: self.level.or(base.level.filter(|_| self.list.is_none())),
            list: self.list.or(base.list),
            page_before: self.page_before || base.page_before,
            ..self
        }
    }

    /// How far its first line is indented, in twentieths of a point.
    pub(super) fn indent(&self) -> i64 {
        self.left.unwrap_or(0).saturating_add(self.first.unwrap_or(0))
    }
}
