//! Diagnostics as JSON, one object a line, for programs.
//!
//! Every object has the same properties, `null` where there is nothing to say: `file`; `line`,
//! `column`, `end_line`, `end_column` (from 1, columns in characters, the end behind the last);
//! `code`, `severity`, `message`, `assumed`, `help`; `span` (`start` and `end`, bytes of the
//! decoded text). What is said of a record as a whole has the record's line and column. Called
//! by [`Reporter`](super::Reporter).

use super::{Notice, clean};
use crate::source::Source;
use citelift::{Diagnostic, Severity, Span};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

#[derive(Serialize)]
struct Message<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    code: &'a str,
    severity: Severity,
    message: &'a str,
    assumed: Option<&'a str>,
    help: Option<&'a str>,
    span: Option<Span>,
}

/// A diagnostic about a source.
pub(super) fn diagnostic(source: &Source<'_>, diagnostic: &Diagnostic) -> String {
    let local = diagnostic.span.and_then(|span| source.local(span));
    let start = local.map_or(source.beginning(), |span| Some(source.position(span.start)));
    let end = local.map(|span| source.position(span.end));
    let span = local.map_or(diagnostic.span, |span| Some(source.global(span)));
    line(&Message {
        file: Some(source.name()),
        line: start.map(|start| start.line),
        column: start.map(|start| start.column),
        end_line: end.map(|end| end.line),
        end_column: end.map(|end| end.column),
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity,
        message: &diagnostic.message,
        assumed: diagnostic.assumed.as_deref(),
        help: diagnostic.help.as_deref(),
        span,
    })
}

/// What has no place in a text.
pub(super) fn notice(notice: &Notice<'_>) -> String {
    line(&Message {
        file: notice.file,
        line: None,
        column: None,
        end_line: None,
        end_column: None,
        code: notice.code,
        severity: notice.severity,
        message: &notice.message,
        assumed: notice.assumed.as_deref(),
        help: notice.help.as_deref(),
        span: notice.span,
    })
}

fn line(message: &Message<'_>) -> String {
    let mut line = Vec::new();
    // Writing to memory does not fail, nor do the maps here have keys that are no text.
    let _ = message.serialize(&mut Serializer::with_formatter(&mut line, Escaping));
    String::from_utf8(line).unwrap_or_default()
}

/// Escapes what a terminal may obey, beyond what JSON itself wants escaped: U+009B begins a
/// control sequence just as ESC `[` does.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        to: &mut W,
        text: &str,
    ) -> io::Result<()> {
        let mut rest = text;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| clean::is_dangerous(*c)) {
            // All of them lie in the first plane: one escape each.
            write!(to, "{}\\u{:04x}", &rest[..at], u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        to.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use citelift::Code;

    #[test]
    fn places_are_told_and_controls_escaped() {
        let source = Source::line("x\u{9b}.txt", 3, "Röe \u{1b}[1m 2010");
        let doubt = Diagnostic::new(Code::CitationNoYear, Some((5..9).into()), "a \u{202e}b");
        assert_eq!(
            diagnostic(&source, &doubt),
            r#"{"file":"x\u009b.txt","line":3,"column":5,"end_line":3,"end_column":9,"code":"citation/no-year","severity":"warning","message":"a \u202eb","assumed":null,"help":null,"span":{"start":5,"end":9}}"#
        );
    }
}
