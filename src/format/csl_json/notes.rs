//! What is doubted while an item is read, and what of it has no place in the model.
//!
//! Made by [`reader`](super::reader), or by serde without places; filled by
//! [`read`](super::read), [`shape`](super::shape) and [`date`](super::date).

use super::node::Node;
use super::parse::shown;
use crate::{Code, Diagnostic, Severity, Span};
use std::ops::Range;

/// How many doubts about an item are told one by one.
const MOST: usize = 128;

/// The doubts about one item.
pub(super) struct Notes {
    /// Where the item begins in the whole text; `None` where there is no text.
    offset: Option<usize>,
    /// The item's id, for the messages.
    of: String,
    pub(super) found: Vec<Diagnostic>,
    /// The code and place of the first of all others, and how many there are.
    more: Option<(Code, Option<Span>, usize)>,
    /// What serde takes for an error: the first value that is of no use at all.
    pub(super) impossible: Option<String>,
    /// Parts of values that the model has no place for, by their path.
    pub(super) parts: Vec<(String, String)>,
}

impl Notes {
    pub(super) fn new(offset: Option<usize>) -> Self {
        Self {
            offset,
            of: String::new(),
            found: Vec::new(),
            more: None,
            impossible: None,
            parts: Vec::new(),
        }
    }

    /// Names the item in the messages that follow.
    pub(super) fn name_item(&mut self, id: &str) {
        self.of = format!(" of `{}`", shown(id));
    }

    /// A doubt about the property `name`: "`name` of `id` `what`".
    pub(super) fn doubt(
        &mut self,
        code: Code,
        place: &Range<usize>,
        name: &str,
        what: &str,
        assumed: impl Into<String>,
        help: &str,
    ) {
        let span = self.offset.map(|offset| Span::new(offset + place.start, offset + place.end));
        if self.found.len() >= MOST {
            self.more.get_or_insert((code, span, 0)).2 += 1;
            return;
        }
        let message = format!("`{}`{} {what}", shown(name), self.of);
        self.found.push(Diagnostic::new(code, span, message).assumed(assumed).help(help));
    }

    /// Says of the last doubt that it is worth knowing and no more.
    pub(super) fn soften(&mut self) {
        if let Some(last) = self.found.last_mut().filter(|_| self.more.is_none()) {
            last.severity = Severity::Note;
        }
    }

    /// All doubts, those that were only counted in one.
    pub(super) fn into_found(mut self) -> Vec<Diagnostic> {
        if let Some((code, span, count)) = self.more {
            let message = format!("{count} more doubts{} begin here", self.of);
            let more = Diagnostic::new(code, span, message);
            self.found.push(more.assumed("they are read as those before"));
        }
        self.found
    }

    /// A value in another shape than the schema's that is read all the same.
    pub(super) fn shape(&mut self, node: &Node<'_>, name: &str, what: &str, assumed: &str) {
        let help = "write it as the CSL-JSON schema has it";
        self.doubt(Code::CslJsonWrongShape, &node.place, name, what, assumed, help);
    }

    /// A value that cannot be read as what the property holds; it is kept apart.
    pub(super) fn refuse(&mut self, node: &Node<'_>, name: &str, what: &str) {
        self.shape(node, name, what, "it is kept for CSL-JSON alone");
        self.impossible.get_or_insert_with(|| format!("`{}` {what}", shown(name)));
    }

    /// Keeps a part of a value that the model has no place for.
    pub(super) fn keep(&mut self, path: String, node: &Node<'_>) {
        self.parts.push((path, node.to_json()));
    }
}
