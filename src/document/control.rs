//! Control characters, marks of direction and letters of two scripts in a word: found once for
//! the whole document and reported; `text::Joined` keeps the former two out of the fields.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use crate::text::{LEFT_OUT, disguises};

/// Adds one diagnostic for all control characters of `text`, if it has any, and one for each kind
/// of disguise.
pub(super) fn report(text: &str, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(control_characters(text));
    diagnostics.extend(disguises(text, 0, LEFT_OUT));
}

fn control_characters(text: &str) -> Option<Diagnostic> {
    let mut found =
        text.char_indices().filter(|&(_, c)| c.is_control() && !c.is_whitespace() || c == '\0');
    let (at, first) = found.next()?;
    let count = 1 + found.count();
    let message = if count == 1 {
        format!("the text holds a control character (U+{:04X})", u32::from(first))
    } else {
        format!(
            "the text holds {count} control characters, the first of them U+{:04X}",
            u32::from(first)
        )
    };
    let place = Span::new(at, at + first.len_utf8());
    Some(Diagnostic::new(Code::TextControlCharacters, Some(place), message).assumed(LEFT_OUT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_report_for_all() {
        let mut diagnostics = Vec::new();
        report("a\u{0}b\u{1}\n\t\u{c}", &mut diagnostics);
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(diagnostics[0].span, Some(Span::new(1, 2)));
        assert!(diagnostics[0].message.contains("2 control"));
        report("a\n\u{c}b", &mut diagnostics);
        assert_eq!(diagnostics.len(), 1);
    }
}
