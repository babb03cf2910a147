//! The styles of a Word document (ECMA-376 part 1, 17.7): what each says once those it is based
//! on are put in, and which are headings.

use super::property::{Paragraph, Run};
use crate::document::xml::{Event, Xml};
use std::collections::HashMap;

/// How many styles may be based on one another.
const LONGEST: usize = 32;

/// A style with those it is based on.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    base: Option<String>,
    /// The level of a heading, from 1; 0 where the style says that it is none.
    heading: Option<u8>,
    pub(super) paragraph: Paragraph,
    pub(super) run: Run,
}

impl Style {
    /// The level of the heading that a paragraph of the style is, from 1.
    pub(super) fn heading(&self) -> Option<u8> {
        self.heading.filter(|&level| level > 0)
    }
}

/// All styles of a document, by what they are called in it.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

impl Styles {
    /// Reads the part with the styles.
    pub(super) fn read(xml: &mut Xml<'_>) -> Self {
        let mut own = Self::default();
        while let Some(event) = xml.next() {
            if let Event::Open(tag) = event
                && tag.name() == "style"
                && let Some(id) = tag.get("styleId").map(|id| id.into_owned())
            {
                let kind = tag.get("type").is_none_or(|kind| kind == "paragraph");
                if kind && tag.get("default").is_some() && !tag.is_off("default") {
                    own.default = Some(id.clone());
                }
                let mut style = one(xml);
                style.heading = style.heading.or_else(|| heading(&id));
                own.styles.insert(id, style);
            }
        }
        let whole = |id: &String| {
            let mut style = own.styles.get(id).cloned().unwrap_or_default();
            for _ in 0..LONGEST {
                let Some(base) = style.base.take().and_then(|id| own.styles.get(&id)) else {
                    break;
                };
                style = Style {
                    base: base.base.clone(),
                    heading: style.heading.or(base.heading),
                    paragraph: style.paragraph.over(&base.paragraph),
                    run: style.run.over(&base.run),
                };
            }
            (id.clone(), style)
        };
        Self { styles: own.styles.keys().map(whole).collect(), default: own.default }
    }

    /// The style of a paragraph that names it, or names none.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Option<&Style> {
        self.styles.get(id.or(self.default.as_deref())?)
    }

    /// The style of characters of a name.
    pub(super) fn run(&self, id: &str) -> Option<&Style> {
        self.styles.get(id)
    }
}

/// Reads the element of a style that opened last, to its end.
fn one(xml: &mut Xml<'_>) -> Style {
    let mut style = Style::default();
    let mut named = None;
    while let Some(event) = xml.next() {
        match event {
            Event::Open(tag) => match tag.name() {
                "name" => named = tag.get("val").and_then(|name| heading(&name)),
                "basedOn" => style.base = tag.get("val").map(|id| id.into_owned()),
                "pPr" => style.paragraph.read(xml),
                "rPr" => style.run.read(xml),
                // How a table sets its first row, and the like.
                "tblStylePr" => {
                    xml.skip();
                }
                _ => {}
            },
            Event::Close(tag) if tag.name() == "style" => break,
            _ => {}
        }
    }
    style.heading = style.paragraph.outline.map(level).or(named);
    style
}

/// The level of a heading, from 1, that a level of the outline is; 0 for plain text.
pub(super) fn level(outline: u8) -> u8 {
    if outline < 9 { outline + 1 } else { 0 }
}

/// The level of the heading that a style is by its name, which Word writes in English in the
/// file, whatever the language of its menus.
fn heading(name: &str) -> Option<u8> {
    let name = name.to_ascii_lowercase();
    if matches!(name.as_str(), "title" | "toc heading") {
        return Some(1);
    }
    let level = name.strip_prefix("heading")?.trim().parse().ok()?;
    (1..=9).contains(&level).then_some(level)
}
