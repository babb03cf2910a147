//! The styles and lists of an OpenDocument text (OASIS OpenDocument 1.3, part 3, 16): what each
//! style says once its parents are put in.

use crate::document::run::{Look, column};
use crate::document::xml::{Event, Tag, Xml};
use std::collections::HashMap;

/// How many styles may be parents of one another.
const LONGEST: usize = 32;

/// What a style is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Paragraph,
    Text,
}

/// A style with its parents.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    parent: Option<String>,
    italic: Option<bool>,
    bold: Option<bool>,
    underlined: Option<bool>,
    raised: Option<bool>,
    hidden: Option<bool>,
    left: Option<i64>,
    first: Option<i64>,
    /// The level of a heading, from 1; 0 where it says that it is none.
    outline: Option<u8>,
    pub(super) page_before: bool,
    pub(super) page_after: bool,
}

impl Style {
    fn over(self, base: &Self) -> Self {
        Self {
            parent: base.parent.clone(),
            italic: self.italic.or(base.italic),
            bold: self.bold.or(base.bold),
            underlined: self.underlined.or(base.underlined),
            raised: self.raised.or(base.raised),
            hidden: self.hidden.or(base.hidden),
            left: self.left.or(base.left),
            first: self.first.or(base.first),
            outline: self.outline.or(base.outline),
            page_before: self.page_before || base.page_before,
            page_after: self.page_after || base.page_after,
        }
    }

    /// The level of the heading that a paragraph of the style is.
    pub(super) fn heading(&self) -> Option<u8> {
        self.outline.filter(|&level| level > 0)
    }

    /// The column that a paragraph of the style begins at, where it says so.
    pub(super) fn indent(&self) -> Option<usize> {
        let any = self.left.or(self.first)?;
        let first = self.left.and(self.first).unwrap_or(0);
        Some(column(any.saturating_add(first)))
    }

    /// How text that is set as `around` is set in this style; and whether nobody sees it.
    pub(super) fn look(&self, around: &Look) -> (Look, bool) {
        let underlined = self.underlined.unwrap_or(false) && around.link.is_none();
        let look = Look {
            italic: self.italic.unwrap_or(around.italic) || underlined,
            bold: self.bold.unwrap_or(around.bold),
            raised: self.raised.unwrap_or(around.raised),
            link: around.link.clone(),
        };
        (look, self.hidden.unwrap_or(false))
    }

    fn set(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "text-properties" => {
                let is =
                    |name: &str, test: fn(&str) -> bool| tag.get(name).map(|value| test(&value));
                let bold = |value: &str| matches!(value, "bold" | "600" | "700" | "800" | "900");
                self.italic = is("font-style", |value| value != "normal").or(self.italic);
                self.bold = is("font-weight", bold).or(self.bold);
                self.underlined =
                    is("text-underline-style", |value| value != "none").or(self.underlined);
                self.raised = is("text-position", is_raised).or(self.raised);
                self.hidden = is("display", |value| value == "none").or(self.hidden);
            }
            "paragraph-properties" => {
                self.left = tag.get("margin-left").and_then(|value| length(&value)).or(self.left);
                self.first = tag.get("text-indent").and_then(|value| length(&value)).or(self.first);
                let page = |name: &str| tag.get(name).is_some_and(|value| value == "page");
                self.page_before |= page("break-before");
                self.page_after |= page("break-after");
            }
            _ => {}
        }
    }
}

/// A level of a list.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Level {
    /// The number of its first item, if it counts.
    pub(super) start: Option<u32>,
    /// Whether its items show neither number nor bullet.
    pub(super) bare: bool,
    /// The column that its items begin at.
    pub(super) indent: Option<usize>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<(Family, String), Style>,
    lists: HashMap<String, HashMap<usize, Level>>,
}

impl Styles {
    /// Reads the styles within the elements `within`.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>, within: &[&str]) {
        let mut inside = false;
        while let Some(event) = xml.next() {
            match event {
                Event::Open(tag) if within.contains(&tag.name()) => inside = true,
                Event::Close(tag) if within.contains(&tag.name()) => inside = false,
                Event::Open(tag) if tag.name() == "body" => {
                    xml.skip();
                }
                Event::Open(tag) if inside && tag.name() == "style" => self.style(&tag, xml),
                Event::Open(tag) if inside && tag.name() == "list-style" => {
                    let name = tag.get("name").unwrap_or_default().into_owned();
                    self.lists.insert(name, levels(xml));
                }
                _ => {}
            }
        }
    }

    fn style(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        let family = match tag.get("family").as_deref() {
            Some("paragraph") => Family::Paragraph,
            Some("text") => Family::Text,
            _ => return,
        };
        let Some(name) = tag.get("name") else { return };
        let mut style = Style {
            parent: tag.get("parent-style-name").map(|name| name.into_owned()),
            outline: tag.get("default-outline-level").map(|level| level.parse().unwrap_or(0)),
            ..Style::default()
        };
        // A style that begins its pages from another master page begins a page.
        style.page_before = tag.get("master-page-name").is_some_and(|name| !name.is_empty());
        while let Some(event) = xml.next() {
            match event {
                Event::Open(tag) => style.set(&tag),
                Event::Close(tag) if tag.name() == "style" => break,
                _ => {}
            }
        }
        self.styles.insert((family, name.into_owned()), style);
    }

    /// Puts its parents into every style.
    pub(super) fn resolve(&mut self) {
        let whole = |(key, style): (&(Family, String), &Style)| {
            let mut style = style.clone();
            for _ in 0..LONGEST {
                let Some(parent) = style.parent.take() else { break };
                let Some(parent) = self.styles.get(&(key.0, parent)) else { break };
                style = style.over(parent);
            }
            (key.clone(), style)
        };
        self.styles = self.styles.iter().map(whole).collect();
    }

    /// The style of a name.
    pub(super) fn get(&self, family: Family, name: Option<&str>) -> Option<&Style> {
        self.styles.get(&(family, name?.to_owned()))
    }

    /// The level of a list, from 1.
    pub(super) fn level(&self, list: &str, level: usize) -> Level {
        self.lists.get(list).and_then(|levels| levels.get(&level)).copied().unwrap_or_default()
    }
}

/// Reads the levels of the list's style that opened last, to its end.
fn levels(xml: &mut Xml<'_>) -> HashMap<usize, Level> {
    let mut levels = HashMap::new();
    let mut at = 0;
    while let Some(event) = xml.next() {
        match event {
            Event::Open(tag) => match tag.name() {
                name @ ("list-level-style-number"
                | "list-level-style-bullet"
                | "list-level-style-image") => {
                    at = tag.number("level").unwrap_or(0);
                    let form = tag.get("num-format");
                    let counts = name.ends_with("number")
                        && form.as_ref().is_some_and(|form| !form.is_empty());
                    let says =
                        |name: &&str| tag.get(name).is_some_and(|text| !text.trim().is_empty());
                    // Word's way to go on with an item is one whose bullet is a space.
                    let bare = match name {
                        "list-level-style-number" => {
                            !counts && !["num-prefix", "num-suffix"].iter().any(says)
                        }
                        _ => tag.get("bullet-char").is_some_and(|sign| sign.trim().is_empty()),
                    };
                    let level = Level {
                        start: counts.then(|| tag.number("start-value").unwrap_or(1)),
                        bare,
                        indent: None,
                    };
                    levels.insert(at, level);
                }
                "list-level-properties" => {
                    // How older files say it: the label stands behind this space.
                    let before = tag.get("space-before").and_then(|value| length(&value));
                    if let (Some(before), Some(level)) = (before, levels.get_mut(&at)) {
                        level.indent = Some(column(before));
                    }
                }
                "list-level-label-alignment" => {
                    let length = |name: &str| tag.get(name).and_then(|value| length(&value));
                    if let (Some(left), Some(level)) = (length("margin-left"), levels.get_mut(&at))
                    {
                        let first = length("text-indent").unwrap_or(0);
                        level.indent = Some(column(left.saturating_add(first)));
                    }
                }
                _ => {}
            },
            Event::Close(tag) if tag.name() == "list-style" => break,
            _ => {}
        }
    }
    levels
}

/// Whether a position is above the line: `super 58%`, `33% 66%`.
fn is_raised(position: &str) -> bool {
    let first = position.split_whitespace().next().unwrap_or_default();
    let percent = first.strip_suffix('%').and_then(|number| number.parse::<f64>().ok());
    first == "super" || percent.is_some_and(|percent| percent > 0.0)
}

/// A length in twentieths of a point.
#[allow(clippy::cast_possible_truncation, reason = "what is too long is as long as can be")]
fn length(value: &str) -> Option<i64> {
    let value = value.trim();
    let unit = value.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = value.split_at_checked(unit)?;
    let points = match unit {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 7.2 / 2.54,
        "pc" => 12.0,
        "px" => 0.75,
        _ => return None,
    };
    Some((number.parse::<f64>().ok()? * points * 20.0) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_positions() {
        assert_eq!(length("1in"), Some(1440));
        assert_eq!(length("-0.5in"), Some(-720));
        assert_eq!(length("1.27cm"), Some(720));
        assert_eq!(length("50%"), None);
        assert!(is_raised("super 58%") && is_raised("33% 66%"));
        assert!(!is_raised("sub 58%") && !is_raised("-33% 66%") && !is_raised("0% 100%"));
    }
}
