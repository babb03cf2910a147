//! What the labeller sees of every position: its word, its form, the marks around it, where in
//! the citation it stands. Each is a number (a hash of its name and value); the model has a row
//! of weights for those that were common in training.

use super::position::Position;
use crate::lex::Lexed;
use crate::text::is_alphabetic;

/// The features of all positions of a citation, one behind the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    /// Hashes; those of position n begin at `starts[n]`.
    pub(crate) hashes: Vec<u32>,
    /// One more than there are positions.
    pub(crate) starts: Vec<u32>,
}

impl Features {
    /// The features of position `index`.
    pub(crate) fn of(&self, index: usize) -> &[u32] {
        &self.hashes[self.starts[index] as usize..self.starts[index + 1] as usize]
    }
}

/// The bits of a hash that are its feature's name.
const TEMPLATE: u32 = 5;

/// A hash that is built piece by piece: numbers are turned, joined and multiplied in, and all is
/// mixed at the end.
#[derive(Clone, Copy)]
struct Hash(u64, u8);

impl Hash {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

    fn new(template: u8) -> Self {
        Self(u64::from(template), template)
    }

    fn number(self, number: impl Into<u64>) -> Self {
        Self((self.0.rotate_left(23) ^ number.into()).wrapping_mul(Self::FACTOR), self.1)
    }

    /// Eight bytes at a time; the length keeps texts of other lengths apart.
    fn text(self, text: &str) -> Self {
        let (eights, rest) = text.as_bytes().as_chunks::<8>();
        let mut hash = self;
        for &eight in eights {
            hash = hash.number(u64::from_le_bytes(eight));
        }
        let mut last = text.len() as u64;
        for &byte in rest {
            last = last << 8 | u64::from(byte);
        }
        hash.number(last)
    }

    /// The feature's hash, whose first bits are its name.
    fn end(self) -> u32 {
        let mixed = (self.0 ^ (self.0 >> 29)).wrapping_mul(Self::FACTOR);
        u32::from(self.1) << (32 - TEMPLATE) | (mixed >> (32 + TEMPLATE)) as u32
    }
}

/// Names of features; a new one is added at the end, since models hold hashes of them.
mod template {
    pub(super) const WORD: u8 = 1;
    pub(super) const FORM: u8 = 2;
    pub(super) const PREFIX: u8 = 3;
    pub(super) const SUFFIX: u8 = 4;
    pub(super) const CLASS: u8 = 5;
    pub(super) const BEFORE: u8 = 6;
    pub(super) const BEHIND: u8 = 7;
    pub(super) const BEFORE_FORM: u8 = 8;
    pub(super) const BEHIND_FORM: u8 = 9;
    pub(super) const AROUND: u8 = 10;
    pub(super) const BRACKET: u8 = 11;
    pub(super) const SHARE: u8 = 12;
    pub(super) const FROM_START: u8 = 13;
    pub(super) const FROM_END: u8 = 14;
    pub(super) const PAIR: u8 = 15;
    pub(super) const PHRASE: u8 = 16;
    pub(super) const AGAIN: u8 = 17;
    pub(super) const LENGTH: u8 = 18;
    pub(super) const BIAS: u8 = 19;
    pub(super) const NEXT: u8 = 20;
    pub(super) const SETTING: u8 = 21;
}

/// A position's word as features know it.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    /// How many characters it has.
    count: usize,
    form: u32,
    /// A hash of its text.
    hash: u64,
}

/// The features of `positions`.
pub(crate) fn features(lexed: &Lexed, positions: &[Position]) -> Features {
    let mut found = Features::default();
    found.hashes.reserve(positions.len() * 30);
    found.starts.reserve(positions.len() + 1);
    let mut normal = String::with_capacity(lexed.text.len());
    let ends: Vec<usize> = positions
        .iter()
        .map(|position| {
            push_normal(lexed, position, &mut normal);
            normal.len()
        })
        .collect();
    let words: Vec<Word> = positions
        .iter()
        .enumerate()
        .map(|(index, position)| {
            let start = index.checked_sub(1).map_or(0, |before| ends[before]);
            let word = &normal[start..ends[index]];
            Word {
                text: word,
                count: if word.is_ascii() { word.len() } else { word.chars().count() },
                form: form(text(lexed, position)),
                hash: Hash::new(0).text(word).0,
            }
        })
        .collect();
    let phrases: Vec<_> = lexed.phrases().filter(|&(start, end, _)| end > start + 1).collect();
    let mut brackets = Brackets::default();
    let mut before = gap(lexed, None, positions.first());
    let mut read = 0;
    for index in 0..positions.len() {
        found.starts.push(found.hashes.len() as u32);
        let position = &positions[index];
        let word = words[index];
        for c in lexed.text[read..position.span.start].chars() {
            brackets.read(c);
        }
        read = position.span.end;
        let push = &mut |hash: Hash| found.hashes.push(hash.end());
        word_features(lexed, position, word, push);
        // the marks around
        let behind = gap(lexed, Some(position), positions.get(index + 1));
        push(Hash::new(template::BEFORE).number(before));
        push(Hash::new(template::BEHIND).number(behind));
        push(Hash::new(template::BEFORE_FORM).number(before).number(word.form));
        push(Hash::new(template::BEHIND_FORM).number(behind).number(word.form));
        push(Hash::new(template::AROUND).number(before).number(behind));
        push(Hash::new(template::BRACKET).number(brackets.state()));
        before = behind;
        // where it stands
        let last = positions.len() - 1;
        push(Hash::new(template::SHARE).number((index * 8 / positions.len()) as u64));
        push(Hash::new(template::FROM_START).number(index.min(4) as u64));
        push(Hash::new(template::FROM_END).number((last - index).min(4) as u64));
        // its neighbours
        let previous = index.checked_sub(1).map_or(0, |i| words[i].hash);
        push(Hash::new(template::PAIR).number(previous).number(word.hash));
        let next = words.get(index + 1).map_or(0, |next| next.hash);
        push(Hash::new(template::NEXT).number(word.hash).number(next));
        if word.count > 3
            && text(lexed, position).starts_with(char::is_uppercase)
            && words[index.saturating_sub(AGAIN)..index]
                .iter()
                .any(|other| other.hash == word.hash && other.text == word.text)
        {
            push(Hash::new(template::AGAIN));
        }
        push(Hash::new(template::BIAS));
        if let Some(own) = setting(lexed, Some(position)) {
            let before = index.checked_sub(1).and_then(|before| positions.get(before));
            let around =
                [before, positions.get(index + 1)].map(|at| setting(lexed, at).unwrap_or(8));
            push(Hash::new(template::SETTING).number(own).number(around[0]).number(around[1]));
            push(Hash::new(template::SETTING).number(own));
        }
        // the phrases of the lexicon that it is in: `New York`, `edited by`
        let token = position.token;
        let first = phrases.partition_point(|&(start, ..)| start + PHRASE < token);
        for &(start, end, classes) in phrases[first..].iter().take_while(|p| p.0 <= token) {
            if token < end {
                for class in classes.numbers() {
                    let inside = u8::from(token > start);
                    push(Hash::new(template::PHRASE).number(class).number(inside));
                }
            }
        }
    }
    found.starts.push(found.hashes.len() as u32);
    found
}

/// How a position's token is set, as a number below 8; `None` where that says nothing.
fn setting(lexed: &Lexed, position: Option<&Position>) -> Option<u8> {
    let setting = lexed.setting(position?.token)?;
    Some(u8::from(setting.italic) | u8::from(setting.bold) << 1 | u8::from(setting.link) << 2)
}

fn text<'a>(lexed: &Lexed<'a>, position: &Position) -> &'a str {
    position.span.of(lexed.text).unwrap_or("")
}

/// Adds a word as features know it: small letters; of a number only its length, and its century
/// where it can be a year.
fn push_normal(lexed: &Lexed, position: &Position, normal: &mut String) {
    let word = text(lexed, position);
    if position.link {
        normal.push_str("<link>");
    } else if word.bytes().all(|b| b.is_ascii_digit()) {
        let year = word.len() == 4 && ("1450".."2099").contains(&word);
        if year {
            normal.push('<');
            normal.push_str(&word[..2]);
            normal.push_str("xx>");
        } else if word.len() == 1 {
            normal.push_str(word);
        } else {
            normal.push('<');
            normal.push((b'0' + word.len().min(9) as u8) as char);
            normal.push('>');
        }
    } else if word.is_ascii() {
        let start = normal.len();
        normal.push_str(word);
        normal[start..].make_ascii_lowercase();
    } else {
        normal.push_str(&word.to_lowercase());
    }
}

/// The form of a word: runs of capitals, small letters, digits, marks; with the length of the
/// first two, up to two.
fn form(word: &str) -> u32 {
    let mut form: u32 = 0;
    let mut last = 0;
    let mut run = 0;
    for c in word.chars() {
        let kind = if c.is_uppercase() {
            1
        } else if c.is_lowercase() {
            2
        } else if c.is_numeric() && c.is_ascii() {
            3
        } else if is_alphabetic(c) {
            4
        } else if matches!(c, '-' | '‐' | '‑') {
            5
        } else {
            6
        };
        run = if kind == last { run + 1 } else { 1 };
        let limit = if kind == 3 { 5 } else { 2 };
        if run <= limit && form < 1 << 24 {
            form = form * 8 + kind;
        }
        last = kind;
    }
    form
}

/// The longest beginning and end of a word that are features, in characters.
const AFFIX: usize = 4;

/// What a word says by itself.
fn word_features(lexed: &Lexed, position: &Position, word: Word, push: &mut impl FnMut(Hash)) {
    push(Hash::new(template::WORD).number(word.hash));
    push(Hash::new(template::FORM).number(word.form));
    push(Hash::new(template::LENGTH).number(word.count.min(12) as u64));
    let text = word.text;
    if text.starts_with('<') {
        return;
    }
    let (mut end, mut start) = (0, text.len());
    for _ in 1..=AFFIX.min(word.count.saturating_sub(1)) {
        let next = (end + 1..text.len()).find(|&at| text.is_char_boundary(at));
        end = next.unwrap_or(text.len());
        push(Hash::new(template::PREFIX).text(&text[..end]));
        start = (0..start).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0);
        push(Hash::new(template::SUFFIX).text(&text[start..]));
    }
    let Some(token) = lexed.get(position.token) else { return };
    for class in token.classes.numbers() {
        push(Hash::new(template::CLASS).number(class));
    }
}

/// How far back the same word is looked for: the editor who is the author too.
const AGAIN: usize = 60;

/// How many tokens the longest phrase of the lexicon has, with room to spare.
const PHRASE: usize = 12;

/// How many characters of a gap count.
const GAP: usize = 8;

/// A hash of what stands between two positions: whether it is the text's edge, and its first
/// marks.
fn gap(lexed: &Lexed, from: Option<&Position>, to: Option<&Position>) -> u64 {
    let start = from.map_or(0, |p| p.span.end);
    let end = to.map_or(lexed.text.len(), |p| p.span.start);
    let mut gap = Hash::new(u8::from(from.is_none() || to.is_none()));
    for c in lexed.text.get(start..end).unwrap_or("").chars().take(GAP) {
        // marks that styles use alike count as one
        gap = gap.number(match c {
            '“' | '”' | '„' | '"' | '‟' | '″' => '"',
            '‘' | '’' | '‚' | '`' | '´' => '\'',
            '–' | '—' | '‐' | '‑' | '−' => '-',
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '：' => ':',
            '；' => ';',
            '。' | '．' => '.',
            c => c,
        });
    }
    gap.0
}

/// Which brackets and quotation marks are open.
#[derive(Clone, Copy, Default)]
struct Brackets {
    round: bool,
    square: bool,
    quoted: bool,
    quotes: u8,
}

impl Brackets {
    fn read(&mut self, c: char) {
        match c {
            '(' | '（' => self.round = true,
            ')' | '）' => self.round = false,
            '[' | '【' => self.square = true,
            ']' | '】' => self.square = false,
            '“' | '„' | '«' | '「' | '『' | '《' => {
                // German and French close with what others open with
                self.quoted = !(self.quoted && matches!(c, '“' | '«'));
                self.quotes = self.quotes.saturating_add(1);
            }
            '”' | '»' | '」' | '』' | '》' => {
                self.quoted = !self.quoted && c == '»';
            }
            '"' => {
                self.quoted = !self.quoted;
                self.quotes = self.quotes.saturating_add(1);
            }
            _ => {}
        }
    }

    fn state(self) -> u8 {
        u8::from(self.round)
            | u8::from(self.square) << 1
            | u8::from(self.quoted) << 2
            | self.quotes.min(2) << 3
    }
}
