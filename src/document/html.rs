//! Web pages, HTML and XHTML.
//!
//! Takes bytes, gives paragraphs with marks: the tokens of the WHATWG's tokenizer in their order,
//! without a tree, so that no nesting costs more than its length. Elements that are blocks part
//! paragraphs whether they are closed or not, as browsers have it. Called by `Document`, and with
//! the pages of a book by `epub`.

use super::Content;
use super::build::{Block, Builder};
use super::css::Classes;
use super::element::{Attributes, Elements, List};
use super::xhtml;
use crate::error::Result;
use crate::text::{Style, decode_labelled};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// Reads a page.
pub(super) fn read(bytes: &[u8]) -> Result<Content> {
    let mut diagnostics = Vec::new();
    let text = decode_labelled(bytes, charset(bytes), &mut diagnostics)?;
    let mut builder = Builder::new();
    let mut classes = Classes::default();
    classes.read_page(&text);
    if text.trim_start().starts_with("<?xml") {
        read_into(&xhtml::closed(&text), &classes, &mut builder);
    } else {
        read_into(&text, &classes, &mut builder);
    }
    let mut content = builder.finish();
    // A guess of the encoding has its place in the bytes, not in the text that a person reads.
    content.diagnostics.extend(diagnostics.into_iter().map(|mut doubt| {
        doubt.span = None;
        doubt
    }));
    Ok(content)
}

/// The encoding that a page says it is in: `<meta charset="…">`, `<?xml encoding="…"?>`.
fn charset(bytes: &[u8]) -> Option<&str> {
    const HEAD: usize = 4096;
    let head = bytes.get(..bytes.len().min(HEAD))?;
    let at = ["charset=", "encoding="].iter().find_map(|word| {
        let found = head.windows(word.len()).position(|w| w.eq_ignore_ascii_case(word.as_bytes()));
        found.map(|at| at + word.len())
    })?;
    let rest = head.get(at..)?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':');
    let length = rest.iter().take_while(|byte| is_label(byte)).count();
    str::from_utf8(rest.get(..length)?).ok()
}

/// Adds a page to a document; `classes` says which of its elements are set in italics.
pub(super) fn read_into(text: &str, classes: &Classes, builder: &mut Builder) {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page {
        builder,
        classes,
        elements: Elements::default(),
        typed: None,
        hidden: None,
        aside: false,
        back: false,
        brackets: Vec::new(),
    };
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&lossy(&tag.name)),
            Token::String(text) => page.text(&lossy(&text)),
            _ => {}
        }
    }
    page.end_typed();
    page.builder.end();
}

fn lossy(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// A page that is being read.
struct Page<'a> {
    builder: &'a mut Builder,
    classes: &'a Classes,
    elements: Elements,
    /// The text of an element whose lines stand as they were typed.
    typed: Option<String>,
    /// The element that nobody sees, and how deep it lies in its like.
    hidden: Option<(String, usize)>,
    /// Inside of a link between a note and its place.
    aside: bool,
    /// And that is said to lead from the note back.
    back: bool,
    /// How many marks were open when brackets opened that close with their element.
    brackets: Vec<usize>,
}

impl Page<'_> {
    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
        } else if let Some(typed) = &mut self.typed {
            typed.push_str(text);
        } else if self.aside && !(self.elements.in_note() && !self.back && has_letters(text)) {
            let bare = text.trim();
            if !self.builder.has_text() && self.elements.in_note() {
                let digits = bare.trim_matches(|c: char| !c.is_ascii_digit());
                self.builder.paragraph(Block::note(digits.parse().ok()));
            } else if !self.elements.in_note() {
                self.builder.aside(bare);
            }
        } else {
            self.builder.text(text);
        }
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = lossy(&tag.name).into_owned();
        if let Some((hidden, depth)) = &mut self.hidden {
            *depth += usize::from(*hidden == name && !tag.self_closing);
            return;
        }
        if matches!(
            name.as_str(),
            "script"
                | "style"
                | "title"
                | "template"
                | "svg"
                | "textarea"
                | "iframe"
                | "select"
                | "annotation"
        ) {
            if !tag.self_closing || matches!(name.as_str(), "script" | "style" | "title") {
                self.hidden = Some((name, 1));
            }
            return;
        }
        if self.typed.is_some() {
            if name == "br" {
                self.text("\n");
            }
            return;
        }
        let attributes = Attributes::of(tag);
        match name.as_str() {
            "br" => self.builder.break_line(),
            "pre" | "listing" | "xmp" => self.typed = Some(String::new()),
            "q" => self.builder.text("“"),
            "a" => self.link(&attributes),
            "td" | "th" => {
                self.elements.open(&name, attributes.is_note());
                if self.builder.has_text() {
                    self.builder.text(" ");
                }
            }
            name if self.elements.is_block(name) => self.block(name, &attributes),
            // Of an entry's label: its brackets, which the style draws, and the places that cite it.
            "span" if attributes.has_class("fn-backref") => self.hidden = Some((name, 1)),
            "span" if attributes.has_class("brackets") => {
                self.brackets.push(self.elements.marked());
                self.elements.mark("span", None);
                self.builder.text("[");
            }
            name => {
                let classed = || self.classes.style(attributes.get("class")?);
                if let Some(style) = attributes.style(name).or_else(classed) {
                    self.mark(name, style);
                } else if matches!(name, "span" | "font") {
                    self.elements.mark(name, None);
                }
            }
        }
    }

    fn block(&mut self, name: &str, attributes: &Attributes) {
        self.elements.open(name, attributes.is_note());
        let indent = self.elements.depth() * 2;
        let block = match name {
            "li" => match self.elements.count(attributes.number("value")) {
                number if self.elements.in_note() => {
                    Block::note(attributes.note_number().or(number))
                }
                number => Block::item(number, indent.saturating_sub(2)),
            },
            "dt" => Block::item(None, indent),
            "tr" => Block { tight: true, ..Block::paragraph() },
            "ol" => {
                self.elements.begin_list(List::counted(
                    attributes.number("start"),
                    attributes.is_unmarked(),
                ));
                Block { indent, ..Block::paragraph() }
            }
            "ul" | "dl" | "menu" | "dir" => {
                self.elements.begin_list(List::uncounted());
                Block { indent, ..Block::paragraph() }
            }
            _ if self.elements.in_note() => Block::note(attributes.note_number()),
            name => match heading(name) {
                Some(level) => Block::heading(level),
                None => Block { indent, ..Block::paragraph() },
            },
        };
        // A label in its own cell and the entry in the next are one paragraph.
        if self.elements.in_row() && is_label(self.builder.line_text()) {
            self.builder.text(" ");
        } else {
            self.builder.paragraph(block);
        }
    }

    fn mark(&mut self, name: &str, style: Style) {
        if self.elements.mark(name, Some(style.clone())) {
            self.builder.start(style);
        }
    }

    fn link(&mut self, attributes: &Attributes) {
        let Some(target) = attributes.get("href") else { return };
        // In a book the notes may stand in another file.
        let place = target.strip_prefix('#');
        if place.is_some() || attributes.is_note_reference("") {
            let in_note = self.elements.in_note();
            self.aside = in_note || attributes.is_note_reference(place.unwrap_or_default());
            self.back = in_note && attributes.is_back();
            return;
        }
        self.mark("a", Style::Link(target.into()));
    }

    fn end(&mut self, name: &str) {
        if let Some((hidden, depth)) = &mut self.hidden {
            *depth -= usize::from(hidden == name);
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        match name {
            "pre" | "listing" | "xmp" => self.end_typed(),
            _ if self.typed.is_some() => {}
            "q" => self.builder.text("”"),
            "a" if self.aside => self.aside = false,
            "td" | "th" => self.elements.close(name),
            "br" => self.builder.break_line(),
            _ if self.elements.is_block(name) => {
                self.elements.close(name);
                let label = self.elements.in_row() && is_label(self.builder.line_text());
                if !label {
                    let indent = self.elements.depth() * 2;
                    match name {
                        "p" | "div" if self.elements.in_item() => {
                            self.builder.paragraph(Block { indent, ..Block::paragraph() });
                        }
                        _ => self.builder.end(),
                    }
                }
            }
            _ => {
                let style = self.elements.unmark(name);
                if self.brackets.last() == Some(&self.elements.marked()) {
                    self.brackets.pop();
                    self.builder.text("]");
                }
                if let Some(style) = style {
                    let kind = std::mem::discriminant(&style);
                    self.builder.stop(|other| std::mem::discriminant(other) == kind);
                }
            }
        }
    }

    fn end_typed(&mut self) {
        if let Some(text) = self.typed.take() {
            let text = text.strip_prefix('\n').unwrap_or(&text);
            self.builder.typed(text);
        }
    }
}

fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}

/// The level of a heading's element.
fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Whether a text is no more than what an entry is counted or called by: `[1]`, `12.`, `[Roe10]`,
/// `[RoePoe]`.
fn is_label(text: &str) -> bool {
    let text = text.trim();
    let bare = text.trim_matches(['[', ']', '(', ')', '.', ' ']);
    let square = text.starts_with('[') && text.ends_with(']');
    let counts = bare.contains(|c: char| c.is_ascii_digit())
        && (bare.len() < text.len() || bare.bytes().all(|byte| byte.is_ascii_digit()));
    !bare.is_empty()
        && text.len() <= LABEL
        && !bare.contains(char::is_whitespace)
        && (square || counts && text.len() <= NUMBER)
}

/// The longest label, and the longest number of an entry, in bytes.
const LABEL: usize = 60;
const NUMBER: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Role};
    use crate::span::Span;

    fn page(html: &str) -> (Vec<String>, Document) {
        let document = Document::from_slice(html.as_bytes(), Some("a.html")).unwrap();
        let whole = Span::new(0, document.text().len());
        let lines = (0..document.lines().len())
            .map(|at| document.joined(at..at + 1, whole).into_text())
            .collect();
        (lines, document)
    }

    #[test]
    fn blocks_part_paragraphs_whether_closed_or_not() {
        let (lines, document) = page(
            "<html><title>x</title><style>p {}</style><h2>Ports &amp; <i>bays</i></h2><p>One\n two\
             <p>Three<br>four<div>Five<script>if (a < b) {}</script></div>",
        );
        assert_eq!(lines, ["Ports & bays", "One two", "Three", "four", "Five"]);
        assert_eq!(document.lines()[0].role, Role::Heading(2));
        assert_eq!(document.text(), "Ports & bays\n\nOne two\n\nThree\nfour\n\nFive\n");
    }

    #[test]
    fn items_are_counted() {
        let (lines, document) = page(
            "<ol start=3><li>Roe<li><p>Poe</p><p>Seen.</p></li></ol><ul><li><a id=x></a>Doe</ul>",
        );
        assert_eq!(lines, ["Roe", "Poe", "Seen.", "Doe"]);
        let lines = document.lines();
        let numbers: Vec<_> = lines.iter().map(|line| (line.number, line.bullet)).collect();
        assert_eq!(numbers, [(Some(3), false), (Some(4), false), (None, false), (None, true)]);
        assert_eq!(lines[2].role, Role::Paragraph);
    }

    #[test]
    fn a_label_and_its_entry_are_one_paragraph() {
        for html in [
            "<table><tr><td>[1]</td><td>Roe <i>a</i></td></tr><tr><td>[2]<td><p>Poe</p></tr></table>",
            "<dl><dt>[1]</dt><dd>Roe a</dd><dt><b>[2]</b><dd><p>Poe</dl>",
        ] {
            assert_eq!(page(html).0, ["[1] Roe a", "[2] Poe"], "{html}");
        }
    }

    #[test]
    fn links_and_italics_are_marks() {
        let (_, document) = page(
            "<p>Roe. <cite>Harbour</cite> <span style='font-style: italic'>watch</span>. <a href='https://doi.org/10.1/x'>Text</a></p>",
        );
        let joined = document.joined(0..1, Span::new(0, document.text().len()));
        let marks: Vec<(&str, &Style)> = joined
            .marks()
            .unwrap()
            .iter()
            .map(|mark| (mark.span.of(joined.text()).unwrap(), &mark.style))
            .collect();
        let link = Style::Link("https://doi.org/10.1/x".into());
        assert_eq!(
            marks,
            [("Harbour", &Style::Italic), ("watch", &Style::Italic), ("Text", &link)]
        );
    }

    #[test]
    fn classes_say_what_is_italic() {
        let (_, document) = page(
            "<html><style>.t { font-style: italic }</style><p><span class='a'>Roe. <span class='t'>Harbour</span></span>. Brill",
        );
        let joined = document.joined(0..1, Span::new(0, document.text().len()));
        let marks: Vec<_> = joined.marks().unwrap().iter().map(|mark| mark.span).collect();
        assert_eq!(marks.len(), 1);
        assert_eq!(marks[0].of(joined.text()), Some("Harbour"));
    }

    #[test]
    fn notes_are_known_and_their_numbers_are_no_text() {
        let (lines, document) = page(
            "<p>Harbours close.<sup><a href='#fn1' role='doc-noteref'>1</a></sup> So.</p>\
             <section role='doc-endnotes'><ol><li id='fn1'><p>See Roe.<a href='#fnref1'>↩</a></p></li></ol></section>\
             <div id='ftn2'><p><a href='#_ftnref2'>[2]</a> Poe.</p></div><p>End",
        );
        assert_eq!(lines, ["Harbours close. So.", "See Roe.", "Poe.", "End"]);
        let notes: Vec<_> =
            document.lines().iter().map(|line| (line.role == Role::Note, line.number)).collect();
        assert_eq!(notes, [(false, None), (true, Some(1)), (true, Some(2)), (false, None)]);
    }

    #[test]
    fn typed_lines_stay() {
        let (lines, document) =
            page("<p>a</p><pre>\n[1] Roe &lt;x&gt;\n    <b>Harbour</b>\n\n[2] Poe</pre><p>z");
        assert_eq!(lines, ["a", "[1] Roe <x>", "Harbour", "[2] Poe", "z"]);
        assert_eq!(document.lines()[2].indent, 4);
    }
}
