//! Rich Text Format (Microsoft's specification 1.9.1).
//!
//! Takes bytes, gives paragraphs with marks. `token` cuts the file, `state` says what holds in a
//! group, `font` which characters its bytes are. Notes stand behind the body, boxes of text behind
//! the paragraph that they are tied to. A file never fails to be read; one that breaks off says
//! so.

mod font;
mod state;
#[cfg(test)]
mod tests;
mod token;

use super::Content;
use super::build::{Block, Builder};
use super::link::target;
use super::run::{Runs, raised};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::decode_page;
use font::Fonts;
use state::{Part, State, number};
use std::collections::HashMap;
use std::mem;
use std::sync::Arc;
use token::{Token, Tokens};

/// How many groups may lie in one another; deeper ones are as the last.
const DEEPEST: usize = 500;

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Content {
    let mut reader = Reader::default();
    let whole = reader.read(bytes, State::default(), false);
    let notes = mem::take(&mut reader.footnotes).into_iter();
    for note in notes.chain(mem::take(&mut reader.endnotes)) {
        reader.note = Some(Some(note.number));
        reader.read(note.text, note.state, false);
    }
    if !whole {
        reader.builder.doubt(
            Diagnostic::new(Code::DocumentDamaged, None, "the file ends before its time")
                .assumed("what comes before was read"),
        );
    }
    reader.builder.finish()
}

/// A note, as it is written.
struct Note<'r> {
    number: u32,
    text: &'r [u8],
    state: State,
}

/// A field that is open.
struct Field {
    /// How many groups are open around it.
    depth: usize,
    code: String,
    /// What it links to, once that is known.
    link: Option<Arc<str>>,
}

/// A style of paragraphs.
#[derive(Default)]
struct Style {
    name: String,
    outline: Option<u8>,
}

/// A file that is being read.
struct Reader<'r> {
    builder: Builder,
    runs: Runs,
    fonts: Fonts,
    /// Levels of headings, by the numbers of styles.
    headings: HashMap<i32, u8>,
    style: Style,
    fields: Vec<Field>,
    footnotes: Vec<Note<'r>>,
    endnotes: Vec<Note<'r>>,
    /// The number of the note that is read, until its first paragraph has it; `None` in the body.
    note: Option<Option<u32>>,
    /// Bytes and text that are not yet given on, and the code page of the bytes.
    bytes: Vec<u8>,
    text: String,
    page: u16,
    /// The first half of a character in UTF-16.
    half: Option<u16>,
    /// The label of the item that comes.
    label: Option<String>,
    /// Whether the next text begins a paragraph.
    begins: bool,
    /// Whether a row of a table is open, and whether a paragraph in it has ended.
    in_row: bool,
    owed: bool,
    boxes: Vec<(&'r [u8], State)>,
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Self {
            builder: Builder::new(),
            runs: Runs::default(),
            fonts: Fonts::default(),
            headings: HashMap::new(),
            style: Style::default(),
            fields: Vec::new(),
            footnotes: Vec::new(),
            endnotes: Vec::new(),
            note: None,
            bytes: Vec::new(),
            text: String::new(),
            page: 1252,
            half: None,
            label: None,
            begins: true,
            in_row: false,
            owed: false,
            boxes: Vec::new(),
        }
    }
}

impl<'r> Reader<'r> {
    /// Reads a file, or a group of one; whether it ends where it should.
    fn read(&mut self, rtf: &'r [u8], state: State, boxed: bool) -> bool {
        let fields = mem::take(&mut self.fields);
        let in_row = mem::take(&mut self.in_row);
        let mut place =
            Place { state, around: Vec::new(), deeper: 0, skip: 0, starred: false, boxed };
        let mut tokens = Tokens::new(rtf);
        self.begins = true;
        while let Some(token) = tokens.next() {
            self.token(token, &mut tokens, &mut place);
        }
        self.end_paragraph(&place.state);
        self.fields = fields;
        self.in_row = in_row;
        place.around.is_empty()
    }

    fn token(&mut self, token: Token<'r>, tokens: &mut Tokens<'r>, place: &mut Place) {
        let starred = mem::take(&mut place.starred);
        match token {
            Token::Open => {
                self.flush(&place.state);
                place.open();
            }
            Token::Close => {
                self.flush(&place.state);
                if place.state.part == Part::Styles {
                    self.end_style(&place.state);
                }
                self.close(place);
            }
            Token::Text(bytes) => {
                let skipped = place.skip.min(bytes.len());
                place.skip -= skipped;
                self.bytes(bytes.get(skipped..).unwrap_or_default(), &place.state);
            }
            Token::Byte(_) | Token::Symbol(_) if place.skip > 0 => place.skip -= 1,
            Token::Byte(byte) => self.bytes(&[byte], &place.state),
            Token::Symbol(b'*') => place.starred = true,
            Token::Symbol(symbol) => match symbol {
                b'\\' | b'{' | b'}' => self.bytes(&[symbol], &place.state),
                b'~' => self.text("\u{a0}"),
                b'_' => self.text("-"),
                b'\r' | b'\n' => self.word("par", None, place),
                b'\t' => self.text("\t"),
                _ => {}
            },
            Token::Word(word, number) => {
                place.skip = 0;
                if word != "u" {
                    self.half = None;
                }
                if !self.destination(word, starred, tokens, place) {
                    self.word(word, number, place);
                }
            }
        }
    }

    /// A word that says what the text of its group is.
    fn destination(
        &mut self,
        word: &'r str,
        starred: bool,
        tokens: &mut Tokens<'r>,
        place: &mut Place,
    ) -> bool {
        let hides = matches!(place.state.part, Part::Nothing | Part::Fonts | Part::Styles);
        let part = match word {
            "fonttbl" => Part::Fonts,
            "stylesheet" => Part::Styles,
            "fldinst" => Part::Code,
            "listtext" | "pntext" => {
                self.label = None;
                Part::Label
            }
            "footnote" if !hides => {
                self.refer(tokens.rest(), place);
                return true;
            }
            "shptxt" | "dptxbxtext" if !hides && !place.boxed => {
                self.boxes.push((tokens.rest(), place.state.apart()));
                self.close(place);
                return true;
            }
            "fldrslt" => {
                let field = self.fields.last_mut().filter(|_| !hides);
                let link = field.and_then(|field| {
                    if field.link.is_none() {
                        field.link = target(&field.code).map(Into::into);
                    }
                    field.link.clone()
                });
                place.state.look.link = link.or(place.state.look.link.take());
                place.state.part = if hides { Part::Nothing } else { Part::Text };
                return true;
            }
            "field" => {
                self.fields.push(Field {
                    depth: place.around.len(),
                    code: String::new(),
                    link: None,
                });
                return true;
            }
            // These are known, whether a star stands before them or not.
            "shpinst" | "do" => return true,
            "shptxt" | "dptxbxtext" | "cs" | "ds" | "ts" | "footnote" => return false,
            // The same once more in Unicode: it is what the group around is not.
            "ud" => {
                let around = place.around.iter().rev().nth(1);
                around.map_or(Part::Text, |state| state.part)
            }
            "colortbl" | "info" | "pict" | "nonshppict" | "header" | "headerl" | "headerr"
            | "headerf" | "footer" | "footerl" | "footerr" | "footerf" | "ftnsep" | "ftnsepc"
            | "aftnsep" | "aftnsepc" | "objdata" | "objclass" | "sp" | "shprslt" | "xe" | "tc"
            | "tcn" | "rxe" | "annotation" | "atnid" | "atnauthor" | "upr" | "pntxta"
            | "pntxtb" | "pn" | "revtbl" | "listtable" | "listoverridetable" | "bkmkstart"
            | "bkmkend" | "filetbl" => Part::Nothing,
            _ if starred => Part::Nothing,
            _ => return false,
        };
        if place.state.part != Part::Nothing || word == "ud" {
            place.state.part = part;
        }
        true
    }

    fn word(&mut self, word: &str, number: Option<i32>, place: &mut Place) {
        let state = &mut place.state;
        match state.part {
            Part::Fonts => return self.fonts.tell(word, number),
            Part::Nothing => return,
            Part::Styles => {
                if matches!(word, "s" | "outlinelevel") {
                    state.set(word, number);
                    self.style.outline = state.outline;
                }
                return;
            }
            Part::Text | Part::Code | Part::Label => {}
        }
        let sign = match word {
            "u" => return self.unicode(number.unwrap_or(0), place),
            "cell" | "nestcell" => {
                self.owed = false;
                "\t"
            }
            "tab" | "emspace" | "enspace" | "qmspace" => "\t",
            "emdash" => "—",
            "endash" => "–",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            // At the beginning it is an item's.
            "bullet" if self.begins && self.text.trim().is_empty() && state.part == Part::Text => {
                self.label = Some("•".to_owned());
                return;
            }
            "bullet" => "•",
            _ => "",
        };
        if !sign.is_empty() {
            return self.text(sign);
        }
        match word {
            "ansicpg" => {
                self.fonts.page = number.and_then(|page| u16::try_from(page).ok()).unwrap_or(1252);
            }
            "mac" => self.fonts.page = 10000,
            "trowd" => self.in_row = true,
            // The paragraph that ends a cell goes on with the next cell.
            "par" if self.in_row && state.part == Part::Text => {
                self.flush(state);
                self.owed = true;
            }
            "par" | "row" | "nestrow" => {
                self.in_row &= word == "par";
                self.end_paragraph(state);
            }
            "sect" => {
                self.end_paragraph(state);
                self.builder.page();
            }
            "page" => {
                self.flush(state);
                self.builder.page();
            }
            "line" | "lbr" if state.part == Part::Text && !state.hidden => {
                self.flush(state);
                self.builder.break_line();
            }
            _ => {
                self.flush(state);
                state.set(word, number);
            }
        }
    }

    /// A group closes, and the fields in it.
    fn close(&mut self, place: &mut Place) {
        place.close();
        while self.fields.last().is_some_and(|field| field.depth > place.around.len()) {
            self.fields.pop();
        }
    }

    /// Bytes of text.
    fn bytes(&mut self, bytes: &[u8], state: &State) {
        let page = self.fonts.page(state.font);
        if page != self.page {
            self.decode();
            self.page = page;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Text.
    fn text(&mut self, text: &str) {
        self.decode();
        self.text.push_str(text);
    }

    fn decode(&mut self) {
        if !self.bytes.is_empty() {
            decode_page(&self.bytes, self.page, &mut self.text);
            self.bytes.clear();
        }
    }

    /// A character by its number in UTF-16.
    fn unicode(&mut self, number: i32, place: &mut Place) {
        place.skip = place.state.spare;
        // Numbers are written as if they had a sign.
        let Ok(unit) = u16::try_from(number & 0xFFFF) else { return };
        let units = [self.half.take(), Some(unit)];
        let c = match char::decode_utf16(units.into_iter().flatten()).last() {
            Some(Ok(c)) => c,
            _ => {
                self.half = (0xD800..0xDC00).contains(&unit).then_some(unit);
                return;
            }
        };
        self.text(c.encode_utf8(&mut [0; 4]));
    }

    /// Gives on the text that has come, which is set as `state` says.
    fn flush(&mut self, state: &State) {
        self.decode();
        if self.text.is_empty() {
            return;
        }
        let text = mem::take(&mut self.text);
        match state.part {
            Part::Text if !state.hidden => {
                if self.owed && !text.trim().is_empty() {
                    let label = self.label.take();
                    self.finish_paragraph();
                    self.label = label;
                }
                if self.begins && !text.trim().is_empty() {
                    self.begin_paragraph(state);
                }
                self.runs.text(&mut self.builder, &state.look(), &text);
            }
            Part::Label => self.label.get_or_insert_default().push_str(&text),
            Part::Styles => self.style.name.push_str(&text),
            Part::Code => {
                if let Some(field) = self.fields.last_mut() {
                    field.code.push_str(&text);
                }
            }
            _ => {}
        }
        self.text = text;
        self.text.clear();
    }

    fn begin_paragraph(&mut self, state: &State) {
        self.begins = false;
        let outline = state.outline.filter(|&level| level < 9).map(|level| level + 1);
        let heading = outline.or_else(|| self.headings.get(&state.style).copied());
        let block = state.block();
        let label = self.label.take();
        self.builder.paragraph(match (&mut self.note, heading, label) {
            (Some(number), ..) => Block::note(number.take()),
            (None, Some(level), _) => Block::heading(level),
            (None, None, Some(label)) => Block::item(number(&label), block.indent),
            (None, None, None) => block,
        });
    }

    fn end_paragraph(&mut self, state: &State) {
        self.flush(state);
        if state.part == Part::Text {
            self.finish_paragraph();
        }
    }

    fn finish_paragraph(&mut self) {
        self.label = None;
        self.owed = false;
        self.begins = true;
        self.runs.end(&mut self.builder);
        self.builder.end();
        for (text, state) in mem::take(&mut self.boxes) {
            self.read(text, state, true);
        }
    }

    /// The text refers to a note, which is written here.
    fn refer(&mut self, text: &'r [u8], place: &mut Place) {
        let state = place.state.apart();
        self.close(place);
        let is_end = text.windows(7).take(64).any(|word| word == b"\\ftnalt");
        let notes = if is_end { &mut self.endnotes } else { &mut self.footnotes };
        let number = u32::try_from(notes.len()).unwrap_or(u32::MAX).saturating_add(1);
        notes.push(Note { number, text, state });
        self.builder.aside(&raised(number));
    }

    /// A style has been told of.
    fn end_style(&mut self, state: &State) {
        let Style { name, outline } = mem::take(&mut self.style);
        let name = name.trim().trim_end_matches(';').to_ascii_lowercase();
        let named = name.strip_prefix("heading").and_then(|level| level.trim().parse().ok());
        let level = outline.filter(|&level| level < 9).map(|level| level + 1).or(named);
        if let Some(level) = level.filter(|level| (1..=9).contains(level)) {
            self.headings.insert(state.style, level);
        }
    }
}

/// Where the reading stands.
struct Place {
    state: State,
    /// What holds in the groups around.
    around: Vec<State>,
    /// How many groups are open beyond the deepest.
    deeper: usize,
    /// How many characters are to be left out: they stand for the one before.
    skip: usize,
    /// Whether a star came last: a destination that may be unknown follows.
    starred: bool,
    /// Whether this is the text of a box.
    boxed: bool,
}

impl Place {
    fn open(&mut self) {
        self.skip = 0;
        if self.around.len() < DEEPEST {
            self.around.push(self.state.clone());
        } else {
            self.deeper += 1;
        }
    }

    fn close(&mut self) {
        self.skip = 0;
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if let Some(state) = self.around.pop() {
            self.state = state;
        }
    }
}
