//! The fields of a Word document (ECMA-376 part 1, 17.16): their codes are no text, their results
//! are, and a link's target stands in its code.

use crate::document::link::target;
use crate::document::run::Look;
use std::sync::Arc;

/// How many fields may lie in one another; deeper ones are plain text.
const DEEPEST: usize = 64;

/// The fields that are open.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// Those that are open beyond the deepest.
    deeper: usize,
}

#[derive(Debug, Default)]
struct Field {
    code: String,
    /// Whether its result has begun.
    shows: bool,
    link: Option<Arc<str>>,
}

impl Fields {
    /// A field opens.
    pub(super) fn begin(&mut self) {
        if self.open.len() < DEEPEST {
            self.open.push(Field::default());
        } else {
            self.deeper += 1;
        }
    }

    /// More of the innermost field's code.
    pub(super) fn code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.shows) {
            field.code.push_str(text);
        }
    }

    /// The result of the innermost field begins.
    pub(super) fn separate(&mut self) {
        if self.deeper == 0
            && let Some(field) = self.open.last_mut().filter(|field| !field.shows)
        {
            field.shows = true;
            field.link = target(&field.code).map(Arc::from);
            field.code = String::new();
        }
    }

    /// The innermost field ends.
    pub(super) fn end(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.open.pop();
        }
    }

    /// A paragraph ends: no field's code goes on into the next, unless the file is damaged; the
    /// next must not be lost for it.
    pub(super) fn end_codes(&mut self) {
        for field in &mut self.open {
            field.shows = true;
        }
    }

    /// Whether text is a code, which nobody sees.
    pub(super) fn hides(&self) -> bool {
        self.open.iter().any(|field| !field.shows)
    }

    /// Puts in the link that the text is in.
    pub(super) fn link(&self, look: &mut Look) {
        if let Some(link) = self.open.iter().rev().find_map(|field| field.link.as_ref()) {
            look.link = Some(Arc::clone(link));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_hidden_and_results_are_not() {
        let mut fields = Fields::default();
        fields.begin();
        fields.code("REF ");
        fields.begin();
        fields.separate();
        assert!(fields.hides());
        fields.end();
        fields.separate();
        assert!(!fields.hides());
        fields.begin();
        fields.end_codes();
        assert!(!fields.hides());
    }
}
