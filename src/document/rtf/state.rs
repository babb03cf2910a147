//! How text of a Rich Text file is set, and what it is: what opens with a group and closes with it.

use crate::document::build::Block;
use crate::document::run::{Look, column};

/// What the text of a group is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// Text to be read.
    #[default]
    Text,
    /// Nothing that anybody sees.
    Nothing,
    /// The table of fonts.
    Fonts,
    /// The table of styles.
    Styles,
    /// The code of a field.
    Code,
    /// The number or the bullet of an item.
    Label,
}

/// What holds for the text of a group.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) part: Part,
    pub(super) look: Look,
    pub(super) underlined: bool,
    pub(super) hidden: bool,
    pub(super) font: i32,
    /// How many characters stand behind a `\u` for those who know no Unicode.
    pub(super) spare: usize,
    /// What is said of the paragraph.
    left: i64,
    first: i64,
    pub(super) style: i32,
    pub(super) outline: Option<u8>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            part: Part::Text,
            look: Look::default(),
            underlined: false,
            hidden: false,
            font: 0,
            spare: 1,
            left: 0,
            first: 0,
            style: 0,
            outline: None,
        }
    }
}

impl State {
    /// A word that says how text or a paragraph is set; `false` where it says something else.
    pub(super) fn set(&mut self, word: &str, number: Option<i32>) -> bool {
        let on = number != Some(0);
        match word {
            "plain" => {
                let link = self.look.link.take();
                self.look = Look { link, ..Look::default() };
                (self.underlined, self.hidden) = (false, false);
            }
            "i" => self.look.italic = on,
            "b" => self.look.bold = on,
            "ul" => self.underlined = on,
            "ulnone" => self.underlined = false,
            "super" => self.look.raised = on,
            "up" => self.look.raised = number.unwrap_or(6) > 0,
            "nosupersub" | "sub" | "dn" => self.look.raised = false,
            "v" | "deleted" => self.hidden = on,
            "f" => self.font = number.unwrap_or(0),
            "uc" => self.spare = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1),
            "pard" => {
                (self.left, self.first, self.style, self.outline) = (0, 0, 0, None);
            }
            "li" | "lin" => self.left = number.unwrap_or(0).into(),
            "fi" => self.first = number.unwrap_or(0).into(),
            "s" => self.style = number.unwrap_or(0),
            "outlinelevel" => self.outline = number.and_then(|level| u8::try_from(level).ok()),
            _ => return false,
        }
        true
    }

    /// What holds for a note or a box that is written here, but read elsewhere.
    pub(super) fn apart(&self) -> Self {
        Self { font: self.font, spare: self.spare, ..Self::default() }
    }

    /// How its text is set.
    pub(super) fn look(&self) -> Look {
        let underlined = self.underlined && self.look.link.is_none();
        Look { italic: self.look.italic || underlined, ..self.look.clone() }
    }

    /// The paragraph that begins with its text.
    pub(super) fn block(&self) -> Block {
        Block { indent: column(self.left.saturating_add(self.first)), ..Block::paragraph() }
    }
}

/// The number that an item's label says, as far as it is one.
pub(super) fn number(label: &str) -> Option<u32> {
    let label = label.trim().trim_matches(['(', ')', '[', ']', '.', ' ', '\t', ':']);
    // In `2.1` the last number counts this item.
    label.rsplit('.').next()?.parse().ok()
}
