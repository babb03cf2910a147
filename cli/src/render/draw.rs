//! Diagnostics drawn for people: what is doubted, the line it stands in with the span
//! underlined, what was assumed, how to settle it.
//!
//! Called by [`Reporter`](super::Reporter). The drawing crops a line to the width of a terminal,
//! but lays it out whole before: lines of megabytes are therefore cropped here first.

use super::{Notice, clean};
use crate::source::Source;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use citelift::{Diagnostic, Position, Severity, Span};
use std::ops::Range;

/// Lines up to this many bytes are left whole to the drawing.
const WHOLE: usize = 2000;
/// How much is kept of a longer line before and behind a span, in characters.
const BESIDE: usize = 50;
/// How much is kept of the span on one such line, in characters.
const INSIDE: usize = 100;
/// How many columns of source are drawn.
const WIDTH: usize = 140;
/// How many lines of a span are shown.
const LINES: usize = 4;

/// Draws, in colour or not.
pub(super) struct Draw {
    renderer: Renderer,
}

impl Draw {
    pub(super) fn new(colour: bool) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Self { renderer: renderer.term_width(WIDTH) }
    }

    /// A diagnostic about a source.
    pub(super) fn diagnostic(&self, source: &Source<'_>, diagnostic: &Diagnostic) -> String {
        let title = title(diagnostic.severity, diagnostic.code.as_str(), &diagnostic.message);
        let name = clean::sentence(source.name());
        let group = Group::with_title(title);
        let group = if let Some(span) = diagnostic.span.and_then(|span| source.local(span)) {
            let position = source.position(span.start);
            let excerpt = Excerpt::of(source, span);
            let snippet = Snippet::source(excerpt.text)
                .line_start(position.line)
                .fold(false)
                .annotation(AnnotationKind::Primary.span(excerpt.span));
            if excerpt.cropped {
                // The drawing would count the column in what is left of the line.
                group.element(origin(name, position)).element(snippet)
            } else {
                group.element(snippet.path(name))
            }
        } else {
            group.element(match source.beginning() {
                Some(position) => origin(name, position),
                None => Origin::path(name),
            })
        };
        let group = group
            .elements(assumed(diagnostic.assumed.as_deref()))
            .elements(help(diagnostic.help.as_deref()));
        self.renderer.render(&[group])
    }

    /// What has no place in a text.
    pub(super) fn notice(&self, notice: &Notice<'_>) -> String {
        let group = Group::with_title(title(notice.severity, notice.code, &notice.message))
            .elements(assumed(notice.assumed.as_deref()))
            .elements(help(notice.help.as_deref()));
        self.renderer.render(&[group])
    }
}

fn title<'a>(severity: Severity, code: &'a str, message: &str) -> Title<'a> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    level.primary_title(clean::sentence(message)).id(code)
}

fn origin(name: String, position: Position) -> Origin<'static> {
    Origin::path(name).line(position.line).char_column(position.column)
}

fn assumed(words: Option<&str>) -> Option<annotate_snippets::Message<'static>> {
    words.map(|words| Level::NOTE.with_name("assumed").message(clean::sentence(words)))
}

fn help(words: Option<&str>) -> Option<annotate_snippets::Message<'static>> {
    words.map(|words| Level::HELP.message(clean::sentence(words)))
}

/// The lines of a span, cleaned and cropped, and where the span lies in them.
#[derive(Debug, PartialEq)]
struct Excerpt {
    text: String,
    span: Range<usize>,
    cropped: bool,
}

impl Excerpt {
    fn of(source: &Source<'_>, span: Span) -> Self {
        let text = source.text();
        let first = source.line_of(span.start);
        // A span that ends behind a line feed ends with that line.
        let end = if span.is_empty() { span.end } else { span.end - 1 };
        let last = source.line_of(end).min(first + LINES - 1);
        let cropped = first == 0 && source.begins_within_line();
        let mut excerpt = Self { text: String::new(), span: 0..0, cropped };
        for number in first..=last {
            let line = source.span_of_line(number);
            let start = span.start.clamp(line.start, line.end);
            let end = span.end.clamp(start, line.end);
            let whole = line.len() <= WHOLE;
            excerpt.cropped |= !whole;
            let (beside, inside) = if whole { (WHOLE, WHOLE) } else { (BESIDE, INSIDE) };
            if number > first {
                excerpt.text.push('\n');
            }
            clean::push_tail(&mut excerpt.text, &text[line.start..start], beside);
            if number == first {
                excerpt.span.start = excerpt.text.len();
            }
            clean::push_head(&mut excerpt.text, &text[start..end], inside);
            excerpt.span.end = excerpt.text.len();
            let behind = &text[end..line.end];
            clean::push_head(
                &mut excerpt.text,
                behind.strip_suffix('\r').unwrap_or(behind),
                beside,
            );
        }
        excerpt
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use citelift::Code;
    use proptest::prelude::*;

    fn excerpt(text: &str, span: Range<usize>) -> Excerpt {
        Excerpt::of(&Source::document("x", text), span.into())
    }

    #[test]
    fn a_short_line_is_whole() {
        let made = excerpt("one\nRoe, J. 2010.\r\nthree", 12..16);
        assert_eq!(made, Excerpt { text: "Roe, J. 2010.".into(), span: 8..12, cropped: false });
    }

    #[test]
    fn a_long_line_is_cropped_around_the_span() {
        let text = format!("{}2010{}", "a ".repeat(5_000_000), " b".repeat(5_000_000));
        let made = excerpt(&text, 10_000_000..10_000_004);
        assert_eq!(&made.text[made.span.clone()], "2010");
        assert_eq!(made.text.chars().count(), 2 * (BESIDE + 1) + 4);
        let made = excerpt(&text, 0..text.len());
        assert_eq!(made.text.chars().count(), INSIDE + 1);
    }

    #[test]
    fn of_many_lines_the_first_are_shown() {
        let made = excerpt("a\nb\nc\nd\ne\nf", 0..11);
        assert_eq!(made, Excerpt { text: "a\nb\nc\nd".into(), span: 0..7, cropped: false });
        assert_eq!(
            excerpt("a\nb\n", 0..2),
            Excerpt { text: "a".into(), span: 0..1, cropped: false }
        );
    }

    proptest! {
        /// Whatever the text, and spans that do not fit it: no panic, nothing a terminal obeys.
        #[test]
        fn every_text_can_be_drawn(
            text in "(?s).{0,80}",
            times in 1_usize..60,
            message in any::<String>(),
            start in 0_usize..4000,
            length in 0_usize..4000,
        ) {
            let text = text.repeat(times);
            let source = Source::document(&message, &text);
            let diagnostic =
                Diagnostic::new(Code::CitationNoYear, Some((start..start + length).into()), &message)
                    .assumed(&message)
                    .help(&message);
            let drawn = Draw::new(false).diagnostic(&source, &diagnostic);
            prop_assert!(!drawn.chars().any(|c| c != '\n' && clean::is_dangerous(c)));
        }
    }
}
