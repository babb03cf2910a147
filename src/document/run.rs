//! How stretches of text are set, from documents that say so of every run by itself.
//!
//! Word, OpenDocument and RTF cut a title in italics into runs, one for every change that was
//! ever made in it. What is set alike is one mark here, over white space between as well. Called
//! by the readers of those.

use super::build::Builder;
use crate::text::Style;
use std::mem;
use std::sync::Arc;

/// How a run of text is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) italic: bool,
    pub(super) bold: bool,
    pub(super) raised: bool,
    pub(super) link: Option<Arc<str>>,
}

/// The marks that are open.
#[derive(Debug, Default)]
pub(super) struct Runs(Look);

impl Runs {
    /// Adds a run of text.
    pub(super) fn text(&mut self, builder: &mut Builder, look: &Look, text: &str) {
        // What is white space has no look.
        if *look != self.0 && !text.trim().is_empty() {
            self.change(builder, look);
        }
        builder.text(text);
    }

    /// Closes what is open: the text that has a look is at its end.
    pub(super) fn end(&mut self, builder: &mut Builder) {
        self.change(builder, &Look::default());
    }

    fn change(&mut self, builder: &mut Builder, look: &Look) {
        let old = mem::replace(&mut self.0, look.clone());
        let simple = [
            (old.italic, look.italic, Style::Italic),
            (old.bold, look.bold, Style::Bold),
            (old.raised, look.raised, Style::Raised),
        ];
        if old.link != look.link && old.link.is_some() {
            builder.stop(|style| matches!(style, Style::Link(_)));
        }
        for (old, new, style) in simple {
            match (old, new) {
                (true, false) => builder.stop(|open| *open == style),
                (false, true) => builder.start(style),
                _ => {}
            }
        }
        if let Some(link) = look.link.clone().filter(|link| old.link.as_ref() != Some(link)) {
            builder.start(Style::Link(link));
        }
    }
}

/// A note's number as it stands in the running text: raised.
pub(super) fn raised(number: u32) -> String {
    number
        .to_string()
        .chars()
        .map(|digit| match digit {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            _ => '⁹',
        })
        .collect()
}

/// The column that a distance from the margin is, in twentieths of a point: a letter is about six
/// points wide.
pub(super) fn column(twentieths: i64) -> usize {
    usize::try_from(twentieths.max(0) / 120).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_are_set_alike_are_one_mark() {
        let italic = Look { italic: true, ..Look::default() };
        let link = Look { link: Some("https://a.org".into()), ..italic.clone() };
        let mut builder = Builder::new();
        let mut runs = Runs::default();
        runs.text(&mut builder, &Look::default(), "Roe. ");
        runs.text(&mut builder, &italic, "The har");
        runs.text(&mut builder, &italic, "bour");
        runs.text(&mut builder, &Look::default(), " ");
        runs.text(&mut builder, &link, "watch");
        runs.text(&mut builder, &Look::default(), ". Brill.");
        runs.end(&mut builder);
        let content = builder.finish();
        let marks = content.marks.unwrap();
        let marks: Vec<_> = marks.iter().map(|mark| mark.span.of(&content.text).unwrap()).collect();
        assert_eq!(content.text, "Roe. The harbour watch. Brill.\n");
        assert_eq!(marks, ["The harbour watch", "watch"]);
        assert_eq!((raised(120).as_str(), column(720), column(-720)), ("¹²⁰", 6, 0));
    }
}
