//! The lists of a Word document (ECMA-376 part 1, 17.9): which number a paragraph has.

use super::property::Paragraph;
use crate::document::xml::{Event, Xml};
use std::collections::{HashMap, HashSet};

/// How many levels a list has.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    /// Whether it counts; else it has bullets, or nothing where it shows nothing.
    counts: bool,
    /// What stands before its items; `%1` stands for a number.
    label: String,
    /// The style of the paragraphs that are its items.
    style: Option<String>,
    paragraph: Paragraph,
}

type Levels = [Level; LEVELS];

/// A list that paragraphs name.
#[derive(Debug, Default)]
struct List {
    /// The list that it is made after; both count together.
    model: String,
    starts: HashMap<usize, u32>,
    own: HashMap<usize, Level>,
}

/// What a paragraph of a list has.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// Its number; none where it has a bullet.
    pub(super) number: Option<u32>,
    /// Whether it shows neither.
    pub(super) bare: bool,
    /// How its level is set.
    pub(super) paragraph: Paragraph,
}

/// All lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    models: HashMap<String, Levels>,
    lists: HashMap<u32, List>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    /// Levels of lists that began anew with a number of their own.
    begun: HashSet<(u32, usize)>,
}

impl Numbering {
    /// Reads the part with the lists.
    pub(super) fn read(xml: &mut Xml<'_>) -> Self {
        let mut all = Self::default();
        let (mut model, mut list, mut level) = (None::<String>, None::<u32>, 0);
        // Lists that are made after a style, and those that the styles are.
        let (mut meant, mut styled) = (Vec::new(), HashMap::new());
        while let Some(event) = xml.next() {
            let tag = match event {
                Event::Open(tag) => tag,
                Event::Close(tag) => {
                    match tag.name() {
                        "abstractNum" => model = None,
                        "num" => list = None,
                        _ => {}
                    }
                    continue;
                }
                Event::Text(_) => continue,
            };
            let value = tag.get("val");
            match tag.name() {
                "abstractNum" => {
                    let id = tag.get("abstractNumId").unwrap_or_default().into_owned();
                    all.models.entry(id.clone()).or_default();
                    model = Some(id);
                }
                "styleLink" => {
                    if let (Some(style), Some(model)) = (value, &model) {
                        styled.insert(style.into_owned(), model.clone());
                    }
                }
                "numStyleLink" => {
                    if let (Some(style), Some(model)) = (value, &model) {
                        meant.push((model.clone(), style.into_owned()));
                    }
                }
                "num" => {
                    list = tag.number("numId");
                    if let Some(list) = list {
                        all.lists.entry(list).or_default();
                    }
                }
                "abstractNumId" => {
                    if let (Some(list), Some(id)) =
                        (list.and_then(|id| all.lists.get_mut(&id)), value)
                    {
                        list.model = id.into_owned();
                    }
                }
                "lvlOverride" => level = tag.number("ilvl").unwrap_or(LEVELS),
                "startOverride" => {
                    let list = list.and_then(|id| all.lists.get_mut(&id));
                    if let (Some(list), Some(start)) = (list, tag.number("val")) {
                        list.starts.insert(level, start);
                    }
                }
                "lvl" => {
                    let at = tag.number("ilvl").unwrap_or(LEVELS);
                    let one = one(xml);
                    if let Some(list) = list.and_then(|id| all.lists.get_mut(&id)) {
                        list.own.insert(at, one);
                    } else if let Some(levels) =
                        model.as_ref().and_then(|id| all.models.get_mut(id))
                        && let Some(level) = levels.get_mut(at)
                    {
                        *level = one;
                    }
                }
                _ => {}
            }
        }
        for (model, style) in meant {
            if let Some(levels) = styled.get(&style).and_then(|id| all.models.get(id)).cloned() {
                all.models.insert(model, levels);
            }
        }
        all
    }

    /// The level of a list whose items have a style.
    pub(super) fn level(&self, list: u32, style: &str) -> Option<usize> {
        let levels = self.models.get(&self.lists.get(&list)?.model)?;
        levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// Counts the next paragraph of a list at a level.
    pub(super) fn count(&mut self, id: u32, at: usize) -> Option<Item> {
        let list = self.lists.get(&id)?;
        let level = match list.own.get(&at) {
            Some(level) => level,
            None => self.models.get(&list.model)?.get(at)?,
        };
        let counts = self.counts.entry(list.model.clone()).or_default();
        let anew = list.starts.get(&at).filter(|_| self.begun.insert((id, at)));
        let before = counts.get(at).copied().flatten();
        let number = match (anew, before) {
            (Some(&start), _) => start,
            (None, Some(before)) => before.saturating_add(1),
            (None, None) => level.start.unwrap_or(1),
        };
        for (deeper, count) in counts.iter_mut().enumerate().skip(at) {
            *count = (deeper == at).then_some(number);
        }
        Some(Item {
            number: (level.counts && level.label.contains('%')).then_some(number),
            bare: level.label.trim().is_empty(),
            paragraph: level.paragraph.clone(),
        })
    }
}

/// Reads the element of a level that opened last, to its end.
fn one(xml: &mut Xml<'_>) -> Level {
    let mut level = Level { counts: true, ..Level::default() };
    while let Some(event) = xml.next() {
        match event {
            Event::Open(tag) => match tag.name() {
                "start" => level.start = tag.number("val"),
                "numFmt" => {
                    level.counts =
                        tag.get("val").is_none_or(|form| !matches!(&*form, "bullet" | "none"));
                }
                "lvlText" => level.label = tag.get("val").unwrap_or_default().into_owned(),
                // A picture for a bullet.
                "lvlPicBulletId" => level.label.push('•'),
                "pStyle" => level.style = tag.get("val").map(|id| id.into_owned()),
                "pPr" => level.paragraph.read(xml),
                "rPr" => {
                    xml.skip();
                }
                _ => {}
            },
            Event::Close(tag) if tag.name() == "lvl" => break,
            _ => {}
        }
    }
    level
}
