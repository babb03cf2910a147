//! Which classes of a page's elements are italic, bold or raised, as its style sheets say.
//!
//! Programs that make books write `<span class="c3">` and tell elsewhere what that looks like.
//! Takes style sheets, tells an element's style by its classes. Only rules for one class by itself
//! are understood, which is what programs write (CSS 2.2, 4.1). Called by `html` and `epub`.

use crate::text::Style;
use std::collections::HashMap;

/// Classes that mark their text.
#[derive(Clone, Debug, Default)]
pub(super) struct Classes(HashMap<String, Style>);

impl Classes {
    /// Reads a style sheet.
    pub(super) fn read(&mut self, sheet: &str) {
        let mut rest = sheet;
        while let Some((selectors, behind)) = rest.split_once('{') {
            // What stands in a condition (`@media print { … }`) is read as if it stood outside.
            let selectors = selectors.rsplit(['}', ';']).next().unwrap_or_default();
            if selectors.trim_start().starts_with('@') {
                rest = behind;
                continue;
            }
            let (declarations, behind) = behind.split_once('}').unwrap_or((behind, ""));
            rest = behind;
            let Some(style) = style(declarations) else { continue };
            for selector in without_comments(selectors).split(',') {
                if let Some(class) = class(selector.trim()) {
                    self.0.insert(class.to_owned(), style.clone());
                }
            }
        }
    }

    /// Reads the style sheets that stand in a page.
    pub(super) fn read_page(&mut self, page: &str) {
        let mut rest = page;
        while let Some((_, behind)) = rest.split_once("<style") {
            let (sheet, behind) = behind.split_once("</style").unwrap_or((behind, ""));
            self.read(sheet.split_once('>').map_or("", |(_, sheet)| sheet));
            rest = behind;
        }
    }

    /// How an element marks its text, by the value of its attribute `class`.
    pub(super) fn style(&self, classes: &str) -> Option<Style> {
        classes.split_ascii_whitespace().find_map(|class| self.0.get(class)).cloned()
    }
}

/// The class that a selector is of: `.c3`, `span.c3`.
fn class(selector: &str) -> Option<&str> {
    let (element, class) = selector.split_once('.')?;
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    (is_name(element) && is_name(class) && !class.is_empty()).then_some(class)
}

fn style(declarations: &str) -> Option<Style> {
    let mut style = None;
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let name = name.rsplit(['/', ' ', '\n', '\t']).next().unwrap_or_default();
        let is = |words: &[&str]| {
            value.split_ascii_whitespace().next().is_some_and(|value| words.contains(&value))
        };
        match name {
            "font-style" if is(&["italic", "oblique"]) => return Some(Style::Italic),
            "font-weight" if is(&["bold", "600", "700", "800", "900"]) => style = Some(Style::Bold),
            "vertical-align" if is(&["super"]) => style = style.or(Some(Style::Raised)),
            _ => {}
        }
    }
    style
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    for (at, piece) in text.split("/*").enumerate() {
        out.push_str(match piece.split_once("*/") {
            Some((_, behind)) if at > 0 => behind,
            _ if at > 0 => "",
            _ => piece,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_from_sheets() {
        let mut classes = Classes::default();
        classes.read(
            "@charset 'utf-8';\nbody { font-style: italic }\n/* .no */ span.c1, .c2 { color: red; font-style:italic; }\n\
             @media print { .c3 { font-weight: 700 } }\n.c4 i { font-style: italic } .c5 { vertical-align: super",
        );
        classes.read_page("<html><style type='text/css'>.c6 {font-style: oblique}</style><p>.c7 {font-style: italic}");
        assert_eq!(classes.style("x c1"), Some(Style::Italic));
        assert_eq!(classes.style("c2"), Some(Style::Italic));
        assert_eq!(classes.style("c3"), Some(Style::Bold));
        assert_eq!(classes.style("c5"), Some(Style::Raised));
        assert_eq!(classes.style("c6"), Some(Style::Italic));
        assert_eq!(
            (classes.style("c4"), classes.style("c7"), classes.style("no")),
            (None, None, None)
        );
    }
}
