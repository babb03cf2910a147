//! Writes a `.bib` text anew, tidy, and changes nothing that it says.
//!
//! Takes text, gives text: one field a line, one empty line between the entries. Called by users
//! and by the command `format`. It works on the [`raw`](super::raw) blocks and never on works, so
//! that what the model does not know stays as it is. An entry with a fault is left alone: what
//! was meant is for a person to say.

use super::raw::{Block, Blocks, Entry, Form, Piece};
use crate::Diagnostic;

/// How a `.bib` text is made tidy.
///
/// ```
/// use citelift::bibtex::FormatOptions;
/// let options = FormatOptions::default().align(true).trailing_comma(true);
/// let tidy = citelift::bibtex::format("@misc{roe,note={a},year=2010}", &options);
/// assert_eq!(tidy.text, "@misc{roe,\n  note = {a},\n  year = 2010,\n}\n");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormatOptions {
    /// Whether the `=` of an entry's fields stand below each other.
    pub align: bool,
    /// Whether types and field names keep their case; else they become lower case.
    pub keep_case: bool,
    /// Whether `"value"` becomes `{value}`.
    pub braces: bool,
    /// Whether a comma follows the last field too.
    pub trailing_comma: bool,
}

impl FormatOptions {
    /// The same with the fields aligned or not.
    #[must_use]
    pub fn align(mut self, align: bool) -> Self {
        self.align = align;
        self
    }

    /// The same with the case of types and field names kept or not.
    #[must_use]
    pub fn keep_case(mut self, keep_case: bool) -> Self {
        self.keep_case = keep_case;
        self
    }

    /// The same with quoted values in braces or not.
    #[must_use]
    pub fn braces(mut self, braces: bool) -> Self {
        self.braces = braces;
        self
    }

    /// The same with or without a comma behind the last field.
    #[must_use]
    pub fn trailing_comma(mut self, trailing_comma: bool) -> Self {
        self.trailing_comma = trailing_comma;
        self
    }
}

/// A text made tidy, and what is doubted of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Formatted {
    /// The tidy text.
    pub text: String,
    /// The faults of entries, which stand as they stood. Spans are bytes of the given text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes a `.bib` text tidy: one field a line, indented by two spaces, types and names in lower
/// case, one empty line between entries. Never fails; a tidy text stays as it is.
///
/// Values, keys and their order stay, and so do `@string`, `@preamble`, `@comment`, the text
/// between entries, the kind of line ends, and entries with a fault or with `%` remarks inside.
///
/// ```
/// use citelift::bibtex::{FormatOptions, format};
///
/// let tidy = format(
///     "% Ports\n@Book { roe2010 , TITLE = {Harbour\n watch}, month = \"1~\" # jan }",
///     &FormatOptions::default(),
/// );
/// assert_eq!(
///     tidy.text,
///     "% Ports\n@book{roe2010,\n  title = {Harbour\n watch},\n  month = \"1~\" # jan\n}\n"
/// );
/// ```
#[must_use]
pub fn format(text: &str, options: &FormatOptions) -> Formatted {
    let (tidy, diagnostics) = tidied(text, options);
    // Files are written over with this. Where faults pile up, a line end more can show a brace's
    // end elsewhere; such a text is left as it stands.
    let is_safe =
        same_meaning(text, &tidy) && (diagnostics.is_empty() || tidied(&tidy, options).0 == tidy);
    let text = if is_safe { tidy } else { text.to_owned() };
    Formatted { text, diagnostics }
}

/// What stands before a gap or behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// An entry.
    Entry,
    /// `@string`, `@preamble`, `@comment`.
    Other,
    /// Text between the entries.
    Text,
}

fn tidied(text: &str, options: &FormatOptions) -> (String, Vec<Diagnostic>) {
    let body = behind_mark(text);
    let mark = text.len() - body.len();
    let mut writer = Writer {
        out: if mark > 0 { MARK.to_string() } else { String::new() },
        line_end: line_end(text),
        last: None,
        gap: "",
    };
    let mut diagnostics = Vec::new();
    let mut blocks = Blocks::new(body, mark);
    while let Some(block) = blocks.next() {
        let stands = block.span().of(text).unwrap_or_default();
        match &block {
            Block::Text(stands, _) => writer.text(stands),
            Block::Entry(entry) if blocks.diagnostics.is_empty() && is_plain(entry, text) => {
                writer.separate(Beside::Entry);
                writer.entry(entry, options);
            }
            Block::Entry(_) => writer.verbatim(Beside::Entry, stands),
            Block::String(_) | Block::Preamble(..) | Block::Comment(..) => {
                writer.verbatim(Beside::Other, stands);
            }
        }
        diagnostics.append(&mut blocks.diagnostics);
    }
    if writer.last.is_some() {
        writer.out.push_str(writer.line_end);
    }
    (writer.out, diagnostics)
}

/// The byte order mark.
const MARK: char = '\u{feff}';

/// The text behind its byte order mark, which programs that join files repeat.
fn behind_mark(text: &str) -> &str {
    let behind = text.trim_start_matches(|c: char| c == MARK || c.is_whitespace());
    let before = &text[..text.len() - behind.len()];
    &text[before.rfind(MARK).map_or(0, |at| at + MARK.len_utf8())..]
}

/// The line end that the text has; a line feed where it has several.
fn line_end(text: &str) -> &'static str {
    let pairs = text.matches("\r\n").count();
    let feeds = text.matches('\n').count();
    if feeds > pairs {
        "\n"
    } else if pairs > 0 {
        "\r\n"
    } else if text.contains('\r') {
        "\r"
    } else {
        "\n"
    }
}

/// How many lines end in a text.
fn line_ends(text: &str) -> usize {
    let both = text.matches("\r\n").count();
    text.matches(['\n', '\r']).count() - both
}

/// Whether an entry holds nothing but its key and fields: no `%` remarks, which would be lost.
fn is_plain(entry: &Entry<'_>, text: &str) -> bool {
    let mut end = entry.key_span.end;
    let mut gaps = entry.fields.iter().map(|field| {
        let gap = text.get(end..field.span.start).unwrap_or_default();
        end = field.span.end;
        gap
    });
    let is_gap = |gap: &str| gap.chars().all(|c| c == ',' || c.is_whitespace());
    let between = gaps.all(is_gap);
    let behind = text.get(end..entry.span.end.saturating_sub(1)).unwrap_or_default();
    entry.closed && between && is_gap(behind)
}

/// The longest name that others are aligned to; one endless name must not widen every line.
const WIDEST: usize = 30;

struct Writer<'a> {
    out: String,
    line_end: &'static str,
    last: Option<Beside>,
    /// The white space behind the last block.
    gap: &'a str,
}

impl<'a> Writer<'a> {
    /// Text between the entries: its white space at both ends is a gap.
    fn text(&mut self, text: &'a str) {
        let inner = text.trim();
        if inner.is_empty() {
            self.gap = text;
            return;
        }
        let start = text.len() - text.trim_start().len();
        // The first line keeps its indentation, which the gap does not hold.
        let line = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        self.gap = &text[..line];
        if line == 0 && self.last.is_some() {
            // A remark behind an entry on its last line.
            self.out.push_str(if start > 0 { " " } else { "" });
            self.out.push_str(inner);
            self.last = Some(Beside::Text);
        } else {
            self.verbatim(Beside::Text, text[line..].trim_end());
        }
        self.gap = &text[start + inner.len()..];
    }

    fn verbatim(&mut self, kind: Beside, stands: &str) {
        self.separate(kind);
        self.out.push_str(stands);
    }

    /// Ends the last block's line: an empty line between entries, else one where there was one.
    fn separate(&mut self, next: Beside) {
        let ends = match self.last {
            None => 0,
            Some(Beside::Entry) if next != Beside::Text => 2,
            Some(Beside::Other) if next == Beside::Entry => 2,
            Some(_) => line_ends(self.gap).clamp(1, 2),
        };
        for _ in 0..ends {
            self.out.push_str(self.line_end);
        }
        self.gap = "";
        self.last = Some(next);
    }

    fn entry(&mut self, entry: &Entry<'_>, options: &FormatOptions) {
        let case = |name: &str| {
            if options.keep_case { name.to_owned() } else { name.to_ascii_lowercase() }
        };
        let lengths = entry.fields.iter().map(|field| field.name.chars().count());
        let widest = lengths.filter(|&length| length <= WIDEST).max();
        let width = widest.filter(|_| options.align).unwrap_or_default();
        self.out.push('@');
        self.out.push_str(&case(entry.kind));
        self.out.push('{');
        self.out.push_str(entry.key);
        // The comma ends the key, even where no field follows.
        self.out.push(',');
        for (at, field) in entry.fields.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.out.push_str(self.line_end);
            self.out.push_str("  ");
            self.out.push_str(&case(field.name));
            let missing = width.saturating_sub(field.name.chars().count());
            self.out.extend(std::iter::repeat_n(' ', missing));
            self.out.push_str(" = ");
            for (at, piece) in field.value.iter().enumerate() {
                if at > 0 {
                    self.out.push_str(" # ");
                }
                self.piece(piece, options);
            }
        }
        if options.trailing_comma && !entry.fields.is_empty() {
            self.out.push(',');
        }
        self.out.push_str(self.line_end);
        self.out.push('}');
    }

    fn piece(&mut self, piece: &Piece<'_>, options: &FormatOptions) {
        let (open, close) = match piece.form {
            Form::Bare => ("", ""),
            Form::Braced => ("{", "}"),
            // LaTeX would read a backslash and the brace as one.
            Form::Quoted if options.braces && !piece.text.ends_with('\\') => ("{", "}"),
            Form::Quoted => ("\"", "\""),
        };
        self.out.push_str(open);
        self.out.push_str(piece.text);
        self.out.push_str(close);
    }
}

/// Whether two texts hold the same entries and `@string` definitions: types, keys, names in any
/// case and values to the byte.
fn same_meaning(before: &str, after: &str) -> bool {
    let is_same = |one: &Entry<'_>, other: &Entry<'_>| {
        one.kind.eq_ignore_ascii_case(other.kind)
            && one.key == other.key
            && one.fields.len() == other.fields.len()
            && one.fields.iter().zip(&other.fields).all(|(one, other)| {
                one.name.eq_ignore_ascii_case(other.name)
                    && one.value.len() == other.value.len()
                    && one.value.iter().zip(other.value.iter()).all(|(one, other)| {
                        one.text == other.text
                            && (one.form == Form::Bare) == (other.form == Form::Bare)
                    })
            })
    };
    let mut before = telling_blocks(before);
    let mut after = telling_blocks(after);
    loop {
        let same = match (before.next(), after.next()) {
            (None, None) => return true,
            (Some(Block::Entry(one)), Some(Block::Entry(other)))
            | (Some(Block::String(one)), Some(Block::String(other))) => is_same(&one, &other),
            (Some(Block::Text(one, _)), Some(Block::Text(other, _))) => one.trim() == other.trim(),
            (Some(Block::Comment(one, _)), Some(Block::Comment(other, _))) => one == other,
            (Some(Block::Preamble(one, _)), Some(Block::Preamble(other, _))) => {
                one.iter().map(|piece| piece.text).eq(other.iter().map(|piece| piece.text))
            }
            _ => false,
        };
        if !same {
            return false;
        }
    }
}

/// The blocks that are more than white space.
fn telling_blocks(text: &str) -> impl Iterator<Item = Block<'_>> {
    Blocks::new(behind_mark(text), 0)
        .filter(|block| !matches!(block, Block::Text(text, _) if text.trim().is_empty()))
}

#[cfg(test)]
mod tests;
