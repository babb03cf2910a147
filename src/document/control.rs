//! Control characters: found once for the whole document and reported; `text::Joined` keeps them
//! out of the fields.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// Adds one diagnostic for all control characters of `text`, if it has any.
pub(super) fn report(text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let mut found =
        text.char_indices().filter(|&(_, c)| c.is_control() && !c.is_whitespace() || c == '\0');
    let Some((at, first)) = found.next() else { return };
    let count = 1 + found.count();
    let message = if count == 1 {
        format!("the text holds a control character (U+{:04X})", u32::from(first))
    } else {
        format!(
            "the text holds {count} control characters, the first of them U+{:04X}",
            u32::from(first)
        )
    };
    diagnostics.push(
        Diagnostic::new(
            Code::TextControlCharacters,
            Some(Span::new(at, at + first.len_utf8())),
            message,
        )
        .assumed("left out of every field"),
    );
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
