//! What a page draws, as far as it is text: its instructions carried out to letters.
//!
//! Takes a page's instructions and those of the forms that it uses (ISO 32000, 8 and 9), gives
//! [`Letter`]s. Lines, pictures and colours are passed over. Every instruction and letter counts
//! on [`Limits`], so that forms within forms cannot run away. Called by `file`.

use super::face::{Face, Faces};
use super::letter::{Direction, Letter};
use super::limit::Limits;
use super::matrix::Matrix;
use hayro_font::hayro_syntax::content::TypedIter;
use hayro_font::hayro_syntax::content::ops::TypedInstruction;
use hayro_font::hayro_syntax::object::{self, Dict, Name, Number, Object, Stream};
use hayro_font::hayro_syntax::page::Resources;
use std::rc::Rc;

/// Forms may use forms; deeper ones are in no sound file.
const DEEPEST: usize = 12;
/// As many states may be saved.
const MOST_STATES: usize = 512;
/// A stretch that reads as more bytes than this is none.
const LONGEST_READING: usize = 4096;
/// As many letters stand on a page at most.
const MOST_LETTERS: usize = 200_000;

/// The state of drawing text.
#[derive(Clone)]
struct State<'a> {
    place: Matrix,
    face: Option<Rc<Face<'a>>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    invisible: bool,
}

/// A stretch of letters that the file marks.
struct Marked {
    /// The letter that it begins with.
    start: usize,
    /// What it reads instead of its letters.
    text: Option<String>,
    pagination: bool,
}

/// A page that is being drawn.
pub(super) struct Canvas<'a, 'f> {
    faces: &'f mut Faces<'a>,
    limits: &'f mut Limits,
    letters: Vec<Letter>,
    state: State<'a>,
    saved: Vec<State<'a>>,
    text: Matrix,
    line: Matrix,
    marked: Vec<Marked>,
}

impl<'a, 'f> Canvas<'a, 'f> {
    /// An empty page; `place` takes its places to points, downwards from the top.
    pub(super) fn new(faces: &'f mut Faces<'a>, limits: &'f mut Limits, place: Matrix) -> Self {
        let state = State {
            place,
            face: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            invisible: false,
        };
        Self {
            faces,
            limits,
            letters: Vec::new(),
            state,
            saved: Vec::new(),
            text: Matrix::default(),
            line: Matrix::default(),
            marked: Vec::new(),
        }
    }

    /// The letters drawn.
    pub(super) fn finish(self) -> Vec<Letter> {
        self.letters
    }

    /// Carries instructions out.
    pub(super) fn draw(&mut self, instructions: &[u8], resources: &Resources<'a>, depth: usize) {
        let states = self.saved.len();
        let mut instructions = TypedIter::new(instructions);
        while let Some(instruction) = instructions.next() {
            if !Limits::take(&mut self.limits.steps, 1) || self.letters.len() > MOST_LETTERS {
                break;
            }
            self.step(&instruction, resources, states, depth);
        }
        // What a form leaves saved is not its page's.
        if self.saved.len() > states {
            self.saved.truncate(states + 1);
            self.restore();
        }
    }

    fn step(
        &mut self,
        instruction: &TypedInstruction<'_, '_>,
        resources: &Resources<'a>,
        states: usize,
        depth: usize,
    ) {
        use TypedInstruction as Is;
        match instruction {
            Is::SaveState(_) if self.saved.len() < MOST_STATES => {
                self.saved.push(self.state.clone());
            }
            Is::RestoreState(_) if self.saved.len() > states => self.restore(),
            Is::Transform(m) => {
                let matrix = matrix([m.0, m.1, m.2, m.3, m.4, m.5]);
                self.state.place = matrix.then(self.state.place);
            }
            Is::BeginText(_) => {
                self.text = Matrix::default();
                self.line = Matrix::default();
            }
            Is::CharacterSpacing(space) => self.state.letter_space = space.0.as_f64(),
            Is::WordSpacing(space) => self.state.word_space = space.0.as_f64(),
            Is::HorizontalScaling(scale) => self.state.stretch = scale.0.as_f64() / 100.0,
            Is::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
            Is::TextRise(rise) => self.state.rise = rise.0.as_f64(),
            // 3 draws nothing, 7 cuts out only.
            Is::TextRenderingMode(mode) => {
                self.state.invisible = matches!(mode.0.as_i64(), 3 | 7);
            }
            Is::TextFont(font) => {
                self.state.size = font.1.as_f64();
                self.state.face =
                    resources.get_font(font.0).and_then(|dict| self.faces.face(&dict));
            }
            Is::SetGraphicsState(name) => {
                let font = resources
                    .get_ext_g_state(name.0)
                    .and_then(|state| state.get::<object::Array<'_>>(b"Font"));
                if let Some(font) = font {
                    let mut parts = font.flex_iter();
                    let face = parts.next::<Dict<'_>>();
                    self.state.face = face.and_then(|dict| self.faces.face(&dict));
                    self.state.size = parts.next::<f64>().unwrap_or(self.state.size);
                }
            }
            Is::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            Is::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Is::SetTextMatrix(m) => {
                self.line = matrix([m.0, m.1, m.2, m.3, m.4, m.5]);
                self.text = self.line;
            }
            Is::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Is::ShowText(text) => self.show(text.0.as_bytes()),
            Is::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show(text.0.as_bytes());
            }
            Is::ShowTextWithParameters(text) => {
                self.state.word_space = text.0.as_f64();
                self.state.letter_space = text.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(text.2.as_bytes());
            }
            Is::ShowTexts(texts) => {
                for part in texts.0.iter::<Object<'_>>() {
                    match part {
                        Object::String(text) => self.show(text.as_bytes()),
                        Object::Number(by) => {
                            let by = -by.as_f64() / 1000.0 * self.state.size * self.state.stretch;
                            self.text = Matrix::shift(by, 0.0).then(self.text);
                        }
                        _ => {}
                    }
                }
            }
            Is::BeginMarkedContent(_) => self.begin_marked(None),
            Is::BeginMarkedContentWithProperties(mark) => {
                let properties = match mark.1 {
                    Object::Name(name) => resources.properties.get::<Dict<'_>>(name),
                    Object::Dict(dict) => {
                        self.begin_marked(Some((mark.0.as_str(), dict)));
                        return;
                    }
                    _ => None,
                };
                let properties = properties.as_ref();
                self.begin_marked(properties.map(|dict| (mark.0.as_str(), dict)));
            }
            Is::EndMarkedContent(_) => self.end_marked(),
            Is::XObject(name) if depth < DEEPEST => {
                if let Some(form) = resources.get_x_object(name.0) {
                    self.form(&form, resources, depth);
                }
            }
            _ => {}
        }
    }

    fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }

    fn form(&mut self, form: &Stream<'a>, resources: &Resources<'a>, depth: usize) {
        let dict = form.dict();
        if dict.get::<Name<'_>>(b"Subtype").is_none_or(|name| name.as_str() != "Form") {
            return;
        }
        let Some(instructions) = self.limits.unpack(form) else { return };
        let own = dict.get::<Dict<'a>>(b"Resources").map(Resources::new);
        let before = (self.state.clone(), self.text, self.line);
        if let Some(matrix) = dict.get::<[f64; 6]>(b"Matrix") {
            self.state.place = Matrix(matrix).then(self.state.place);
        }
        self.draw(&instructions, own.as_ref().unwrap_or(resources), depth + 1);
        (self.state, self.text, self.line) = before;
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(face) = self.state.face.clone() else { return };
        let State { size, letter_space, word_space, stretch, rise, .. } = self.state;
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = face.code(bytes, at);
            at += length;
            if !Limits::take(&mut self.limits.letters, 1) || self.letters.len() > MOST_LETTERS {
                return;
            }
            let (text, width) = face.letters(code);
            let whole = Matrix([size * stretch, 0.0, 0.0, size, 0.0, rise])
                .then(self.text)
                .then(self.state.place);
            let (x, y) = whole.place(0.0, 0.0);
            let (right, down) = whole.turn(width, 0.0);
            let along = whole.turn(1.0, 0.0);
            let up = whole.turn(0.0, face.height);
            #[expect(clippy::cast_possible_truncation, reason = "places on a page")]
            self.letters.push(Letter {
                text,
                x: x as f32,
                y: y as f32,
                right: right as f32,
                down: down as f32,
                size: up.0.hypot(up.1) as f32,
                direction: Direction::of(along.0 as f32, along.1 as f32),
                italic: face.italic,
                bold: face.bold,
                invisible: self.state.invisible,
                pagination: self.marked.iter().any(|marked| marked.pagination),
            });
            let is_space = length == 1 && code == 32;
            let by = width * size + letter_space + if is_space { word_space } else { 0.0 };
            self.text = Matrix::shift(by * stretch, 0.0).then(self.text);
        }
    }

    fn begin_marked(&mut self, properties: Option<(&str, &Dict<'_>)>) {
        let text = properties
            .and_then(|(_, dict)| dict.get::<object::String<'_>>(b"ActualText"))
            .filter(|text| Limits::take(&mut self.limits.letters, text.as_bytes().len() as u64))
            .filter(|text| text.as_bytes().len() <= LONGEST_READING)
            .map(|text| readable(text.as_bytes()));
        let pagination = properties.is_some_and(|(tag, dict)| {
            let kind = dict.get::<Name<'_>>(b"Type");
            tag == "Artifact" && kind.is_some_and(|kind| kind.as_str() == "Pagination")
        });
        if self.marked.len() < MOST_STATES {
            self.marked.push(Marked { start: self.letters.len(), text, pagination });
        }
    }

    /// Puts what a stretch reads in the place of its letters, where they stand on one line.
    fn end_marked(&mut self) {
        let Some(Marked { start, text: Some(text), .. }) = self.marked.pop() else { return };
        let Some(letters) = self.letters.get(start..) else { return };
        let (Some(first), Some(last)) = (letters.first(), letters.last()) else { return };
        let is_level = letters.iter().all(|letter| (letter.y - first.y).abs() < 0.5 * first.size);
        if !is_level || last.x < first.x {
            return;
        }
        let right = last.x + last.right - first.x;
        let whole = Letter { text: text.into(), right, ..first.clone() };
        self.letters.truncate(start);
        self.letters.push(whole);
    }
}

fn matrix(numbers: [Number; 6]) -> Matrix {
    Matrix(numbers.map(|number| number.as_f64()))
}

/// A text of a PDF's own: UTF-16 with its mark, UTF-8 with its mark, or Latin letters
/// (ISO 32000, 7.9.2.2).
pub(super) fn readable(bytes: &[u8]) -> String {
    if let Some(units) = bytes.strip_prefix(b"\xfe\xff") {
        let units = units
            .chunks_exact(2)
            .map(|pair| pair.iter().fold(0, |unit: u16, &byte| unit << 8 | u16::from(byte)));
        return char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
    }
    match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(text) => String::from_utf8_lossy(text).into_owned(),
        None => bytes.iter().copied().map(char::from).collect(),
    }
}
