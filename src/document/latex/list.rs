//! The lists of a LaTeX document that are open, `thebibliography` among them.

use super::typeset;
use crate::document::build::Block;

/// How many lists may lie in one another; deeper ones are as the last.
const DEEPEST: usize = 64;

/// A list that is open.
struct List {
    environment: String,
    /// How many items it has counted; nothing where it does not count.
    count: Option<u32>,
}

/// The lists that are open.
#[derive(Default)]
pub(super) struct Lists(Vec<List>);

impl Lists {
    /// An environment begins, which may be a list.
    pub(super) fn begin(&mut self, environment: &str) {
        let count = match environment {
            "enumerate" | "compactenum" | "inparaenum" | "etaremune" | "thebibliography" => Some(0),
            "itemize" | "compactitem" | "description" | "list" | "trivlist" => None,
            _ => return,
        };
        if self.0.len() < DEEPEST {
            self.0.push(List { environment: environment.to_owned(), count });
        }
    }

    /// An environment ends.
    pub(super) fn end(&mut self, environment: &str) {
        if self.0.last().is_some_and(|list| list.environment == environment) {
            self.0.pop();
        }
    }

    /// The column that paragraphs begin at.
    pub(super) fn indent(&self) -> usize {
        self.0.len() * 2
    }

    /// The next item, and its label, where that is text.
    pub(super) fn item(&mut self, label: Option<&str>) -> (Block, Option<String>) {
        let indent = self.indent().saturating_sub(2);
        let label = label.map(typeset::bare);
        if let Some(number) = label.as_deref().and_then(number) {
            return (Block::item(Some(number), indent), None);
        }
        let shown = label.filter(|label| label.chars().any(char::is_alphanumeric));
        let number = if shown.is_none() { self.count() } else { None };
        (Block::item(number, indent), shown)
    }

    /// The next entry of a list of works. A label that is no number, as author and year, is no
    /// text of the entry.
    pub(super) fn entry(&mut self, label: Option<&str>) -> Block {
        let number = match label {
            Some(label) => number(&typeset::bare(label)),
            None => self.count(),
        };
        Block::item(number, 0)
    }

    fn count(&mut self) -> Option<u32> {
        let count = self.0.last_mut()?.count.as_mut()?;
        *count = count.saturating_add(1);
        Some(*count)
    }
}

/// The number that a label is.
fn number(label: &str) -> Option<u32> {
    label.trim_matches(['(', ')', '[', ']', '.', ' ']).parse().ok()
}
