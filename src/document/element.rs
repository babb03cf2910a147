//! What a page's open elements say of the text in them. Called by `html`.

use super::block::is_block;
use crate::text::Style;
use html5gum::StartTag;

/// Elements that have no end.
const VOID: [&str; 1] = ["hr"];

/// How many elements may be open in one another; deeper ones change nothing.
const DEEPEST: usize = 256;

/// The elements that are open.
#[derive(Default)]
pub(super) struct Elements {
    blocks: Vec<Open>,
    marks: Vec<(String, Option<Style>)>,
}

struct Open {
    name: String,
    note: bool,
    list: Option<List>,
}

/// A list that is open.
pub(super) struct List {
    /// The number of its next item, if it counts.
    next: Option<u32>,
}

impl List {
    /// A list that counts from `start`, or from 1.
    pub(super) fn counted(start: Option<u32>, unmarked: bool) -> Self {
        Self { next: (!unmarked).then(|| start.unwrap_or(1)) }
    }

    /// A list that does not count.
    pub(super) fn uncounted() -> Self {
        Self { next: None }
    }
}

impl Elements {
    /// Whether an element is a block.
    pub(super) fn is_block(&self, name: &str) -> bool {
        is_block(name)
    }

    /// A block opens. What it closes by opening (a paragraph, an item, a row) is closed.
    pub(super) fn open(&mut self, name: &str, note: bool) {
        if VOID.contains(&name) {
            return;
        }
        match name {
            "li" => self.close_within("li", &["ol", "ul", "menu", "dir"]),
            "dt" | "dd" => {
                self.close_within("dt", &["dl"]);
                self.close_within("dd", &["dl"]);
            }
            "tr" => self.close_within("tr", &["table"]),
            "td" | "th" => {
                self.close_within("td", &["tr", "table"]);
                self.close_within("th", &["tr", "table"]);
            }
            _ => {}
        }
        if self.blocks.last().is_some_and(|open| open.name == "p") {
            self.blocks.pop();
        }
        if self.blocks.len() < DEEPEST {
            let note = note || self.in_note();
            self.blocks.push(Open { name: name.to_owned(), note, list: None });
        }
    }

    /// The innermost block of a name, with all in it, closes.
    pub(super) fn close(&mut self, name: &str) {
        self.close_within(name, &[]);
    }

    fn close_within(&mut self, name: &str, bounds: &[&str]) {
        let inside =
            self.blocks.iter().rev().take_while(|open| !bounds.contains(&open.name.as_str()));
        if let Some(above) = inside.map(|open| open.name == name).position(|is| is) {
            self.blocks.truncate(self.blocks.len() - 1 - above);
        }
    }

    /// The innermost block is a list.
    pub(super) fn begin_list(&mut self, list: List) {
        if let Some(open) = self.blocks.last_mut() {
            open.list = Some(list);
        }
    }

    /// The number of an item that opens in the innermost list; `own` is what the item says.
    pub(super) fn count(&mut self, own: Option<u32>) -> Option<u32> {
        let list = self.blocks.iter_mut().rev().find_map(|open| open.list.as_mut())?;
        let number = own.or(list.next)?;
        list.next = Some(number.saturating_add(1));
        Some(number)
    }

    /// How many lists the text is in.
    pub(super) fn depth(&self) -> usize {
        self.blocks.iter().filter(|open| open.list.is_some()).count()
    }

    /// Whether the text is in a note.
    pub(super) fn in_note(&self) -> bool {
        self.blocks.last().is_some_and(|open| open.note)
    }

    /// Whether the text is in an item of a list.
    pub(super) fn in_item(&self) -> bool {
        self.blocks.iter().any(|open| open.name == "li")
    }

    /// Whether the text is in a row of a table or in a list of terms.
    pub(super) fn in_row(&self) -> bool {
        self.blocks.iter().any(|open| matches!(open.name.as_str(), "tr" | "dl"))
    }

    /// How many elements that may mark their text are open.
    pub(super) fn marked(&self) -> usize {
        self.marks.len()
    }

    /// An element that may mark its text opens; whether it is taken notice of.
    pub(super) fn mark(&mut self, name: &str, style: Option<Style>) -> bool {
        let is_taken = self.marks.len() < DEEPEST;
        if is_taken {
            self.marks.push((name.to_owned(), style));
        }
        is_taken
    }

    /// The innermost such element of a name closes: what it said of its text.
    pub(super) fn unmark(&mut self, name: &str) -> Option<Style> {
        let at = self.marks.iter().rposition(|(open, _)| open == name)?;
        self.marks.remove(at).1
    }
}

/// A tag's attributes.
pub(super) struct Attributes<'a>(&'a StartTag<()>);

impl<'a> Attributes<'a> {
    pub(super) fn of(tag: &'a StartTag<()>) -> Self {
        Self(tag)
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        str::from_utf8(self.0.attributes.get(name.as_bytes())?).ok()
    }

    /// Whether an element is of a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split_whitespace().any(|it| it == class))
    }

    /// The value of an attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    /// How an element marks its text.
    pub(super) fn style(&self, name: &str) -> Option<Style> {
        match name {
            "i" | "em" | "cite" | "dfn" | "var" | "u" => Some(Style::Italic),
            "b" | "strong" => Some(Style::Bold),
            "sup" => Some(Style::Raised),
            _ => {
                let style = self.get("style")?;
                let says = |word: &str| style.contains(word);
                if says("italic") {
                    Some(Style::Italic)
                } else if says("vertical-align:super") || says("vertical-align: super") {
                    Some(Style::Raised)
                } else {
                    None
                }
            }
        }
    }

    /// Whether a list hides its numbers.
    pub(super) fn is_unmarked(&self) -> bool {
        self.get("style").is_some_and(|style| style.contains("none"))
    }

    /// Whether an element is, or holds, notes: by its role (DPUB-ARIA 1.1), its `epub:type`, its
    /// class or its name.
    pub(super) fn is_note(&self) -> bool {
        let roles = ["role", "epub:type"].iter().filter_map(|name| self.get(name));
        let mut roles = roles.flat_map(str::split_whitespace);
        roles.any(|role| {
            let role = role.strip_prefix("doc-").unwrap_or(role);
            matches!(
                role,
                "footnote" | "endnote" | "rearnote" | "footnotes" | "endnotes" | "rearnotes"
            )
        }) || ["class", "id"].iter().filter_map(|name| self.get(name)).any(|names| {
            names.split_whitespace().any(|name| {
                let name = name.to_ascii_lowercase();
                let bare = name
                    .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | ':'));
                matches!(
                    bare,
                    "footnote"
                        | "footnotes"
                        | "endnote"
                        | "endnotes"
                        | "ftn"
                        | "_ftn"
                        | "edn"
                        | "_edn"
                        | "sdfootnote"
                        | "sdendnote"
                        | "msofootnotetext"
                        | "msoendnotetext"
                        | "fn"
                )
            })
        })
    }

    /// The number in the name of a note.
    pub(super) fn note_number(&self) -> Option<u32> {
        let name = self.get("id")?;
        name[name.trim_end_matches(|c: char| c.is_ascii_digit()).len()..].parse().ok()
    }

    /// Whether a link is said to lead from a note back to its number.
    pub(super) fn is_back(&self) -> bool {
        ["role", "epub:type"]
            .iter()
            .filter_map(|name| self.get(name))
            .any(|role| matches!(role, "doc-backlink" | "backlink"))
    }

    /// Whether a link leads from a note's number in the text to the note at `place`.
    pub(super) fn is_note_reference(&self, place: &str) -> bool {
        let role = |role: &str| matches!(role, "doc-noteref" | "noteref");
        if ["role", "epub:type"].iter().filter_map(|name| self.get(name)).any(role) {
            return true;
        }
        let place = place.to_ascii_lowercase();
        let bare = place.trim_start_matches('_');
        ["fn", "ftn", "edn", "footnote", "endnote", "sdfootnote", "sdendnote"].iter().any(|name| {
            bare.strip_prefix(name).is_some_and(|rest| {
                rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, ':' | '-' | '_' | 's'))
            })
        })
    }
}
