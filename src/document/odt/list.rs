//! The lists of an OpenDocument text that are open, and how far they have counted (OASIS
//! OpenDocument 1.3, part 3, 5.3).

use super::style::Styles;
use crate::document::build::Block;
use crate::document::xml::Tag;
use std::collections::HashMap;

/// How many lists may lie in one another; deeper ones are plain paragraphs.
const DEEPEST: usize = 64;

/// The lists that are open.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<List>,
    deeper: usize,
    /// How far a list has counted, by its own name and by that of its style.
    counted: HashMap<String, u32>,
}

#[derive(Debug)]
struct List {
    name: Option<String>,
    style: Option<String>,
    /// How many of its items have come.
    last: Option<u32>,
    /// Whether the item that is open has had no paragraph; with its own number, if it has one.
    fresh: Option<Option<u32>>,
}

impl Lists {
    /// A list opens.
    pub(super) fn begin(&mut self, tag: &Tag<'_>) {
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        let around = self.open.last().and_then(|list| list.style.clone());
        let style = tag.get("style-name").map(|name| name.into_owned()).or(around);
        let goes_on = tag.get("continue-numbering").is_some_and(|value| value == "true");
        let of = tag.get("continue-list").map(|name| format!("#{name}"));
        let of = of.or_else(|| style.clone().filter(|_| goes_on && self.open.is_empty()));
        let last = of.and_then(|name| self.counted.get(&name)).copied();
        let name = tag.get("id").map(|name| format!("#{name}"));
        self.open.push(List { name, style, last, fresh: None });
    }

    /// The innermost list closes.
    pub(super) fn end(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(list) = self.open.pop() else { return };
        if let Some(last) = list.last {
            let style = list.style.filter(|_| self.open.is_empty());
            for name in [list.name, style].into_iter().flatten() {
                self.counted.insert(name, last);
            }
        }
    }

    /// An item of the innermost list opens.
    pub(super) fn begin_item(&mut self, tag: &Tag<'_>) {
        if let Some(list) = self.open.last_mut() {
            list.fresh = Some(tag.number("start-value"));
        }
    }

    /// It closes.
    pub(super) fn end_item(&mut self) {
        if let Some(list) = self.open.last_mut() {
            list.fresh = None;
        }
    }

    /// What a paragraph is in the list that is open; nothing outside of all.
    pub(super) fn paragraph(&mut self, styles: &Styles, indent: Option<usize>) -> Option<Block> {
        let depth = self.open.len();
        let list = self.open.last_mut()?;
        let level = styles.level(list.style.as_deref().unwrap_or_default(), depth);
        let indent = level.indent.or(indent).unwrap_or(2 * depth.saturating_sub(1));
        let Some(own) = list.fresh.take().filter(|_| !level.bare) else {
            return Some(Block { indent: indent + 2, ..Block::paragraph() });
        };
        let number = level.start.map(|start| {
            own.unwrap_or_else(|| list.last.map_or(start, |last| last.saturating_add(1)))
        });
        list.last = number.or(list.last);
        Some(Block::item(number, indent))
    }
}
