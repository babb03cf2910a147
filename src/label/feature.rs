//! What the labeller sees of every position: its word, its form, the marks around it, where in
//! the citation it stands. Each is a number (a hash of its name and value); the model has a row
//! of weights for those that were common in training.

use super::position::Position;
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;

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

/// The name of the feature that a hash belongs to.
#[cfg(feature = "train")]
pub(crate) fn template_of(hash: u32) -> u8 {
    (hash >> (32 - TEMPLATE)) as u8
}

/// A hash that is built piece by piece (FNV-1a, mixed at the end).
#[derive(Clone, Copy)]
struct Hash(u64, u8);

impl Hash {
    fn new(template: u8) -> Self {
        Self(0xcbf2_9ce4_8422_2325, template).byte(template)
    }

    fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3), self.1)
    }

    fn text(self, text: &str) -> Self {
        text.bytes().fold(self, Self::byte)
    }

    fn end(self) -> u32 {
        let mixed = (self.0 ^ (self.0 >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
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
}

/// The features of `positions`.
pub(crate) fn features(lexed: &Lexed, positions: &[Position]) -> Features {
    let mut found = Features::default();
    found.hashes.reserve(positions.len() * 28);
    let words: Vec<String> = positions.iter().map(|p| normal(lexed, p)).collect();
    let forms: Vec<u32> = positions.iter().map(|p| form(text(lexed, p))).collect();
    let mut brackets = Brackets::default();
    let mut read = 0;
    for index in 0..positions.len() {
        found.starts.push(found.hashes.len() as u32);
        let position = &positions[index];
        for c in lexed.text[read..position.span.start].chars() {
            brackets.read(c);
        }
        read = position.span.end;
        let push = &mut |hash: Hash| found.hashes.push(hash.end());
        word_features(lexed, position, &words[index], forms[index], push);
        // the marks around
        let before = gap(lexed, index.checked_sub(1).map(|i| &positions[i]), Some(position));
        let behind = gap(lexed, Some(position), positions.get(index + 1));
        let form = forms[index].to_le_bytes();
        let with_form = |hash: Hash| form.iter().fold(hash, |hash, &byte| hash.byte(byte));
        push(before.hash(Hash::new(template::BEFORE)));
        push(behind.hash(Hash::new(template::BEHIND)));
        push(with_form(before.hash(Hash::new(template::BEFORE_FORM))));
        push(with_form(behind.hash(Hash::new(template::BEHIND_FORM))));
        push(behind.hash(before.hash(Hash::new(template::AROUND)).byte(b'|')));
        push(Hash::new(template::BRACKET).byte(brackets.state()));
        // where it stands
        let last = positions.len() - 1;
        push(Hash::new(template::SHARE).byte((index * 8 / positions.len()) as u8));
        push(Hash::new(template::FROM_START).byte(index.min(4) as u8));
        push(Hash::new(template::FROM_END).byte((last - index).min(4) as u8));
        // its neighbours
        let previous = index.checked_sub(1).map_or("", |i| words[i].as_str());
        push(Hash::new(template::PAIR).text(previous).byte(b' ').text(&words[index]));
        let next = words.get(index + 1).map_or("", String::as_str);
        push(Hash::new(template::NEXT).text(&words[index]).byte(b' ').text(next));
        if words[index].chars().count() > 3
            && text(lexed, position).starts_with(char::is_uppercase)
            && words[index.saturating_sub(AGAIN)..index].contains(&words[index])
        {
            push(Hash::new(template::AGAIN));
        }
        push(Hash::new(template::BIAS));
    }
    found.starts.push(found.hashes.len() as u32);
    phrases(lexed, positions, found)
}

fn text<'a>(lexed: &Lexed<'a>, position: &Position) -> &'a str {
    position.span.of(lexed.text).unwrap_or("")
}

/// A word as features know it: small letters; of a number only its length, and its century
/// where it can be a year.
fn normal(lexed: &Lexed, position: &Position) -> String {
    let word = text(lexed, position);
    if position.link {
        return "<link>".to_owned();
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        let year = word.len() == 4 && ("1450".."2099").contains(&word);
        return if year {
            format!("<{}xx>", &word[..2])
        } else if word.len() == 1 {
            word.to_owned()
        } else {
            format!("<{}>", word.len().min(9))
        };
    }
    word.to_lowercase()
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
        } else if c.is_alphabetic() {
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

/// What a word says by itself.
fn word_features(
    lexed: &Lexed,
    position: &Position,
    word: &str,
    form: u32,
    push: &mut impl FnMut(Hash),
) {
    push(Hash::new(template::WORD).text(word));
    let bytes = form.to_le_bytes();
    push(bytes.iter().fold(Hash::new(template::FORM), |hash, &byte| hash.byte(byte)));
    let count = word.chars().count();
    push(Hash::new(template::LENGTH).byte(count.min(12) as u8));
    if word.starts_with('<') {
        return;
    }
    for length in 1..=4 {
        if count > length {
            let (end, _) = word.char_indices().nth(length).unwrap_or((word.len(), ' '));
            push(Hash::new(template::PREFIX).text(&word[..end]));
            let (start, _) = word.char_indices().nth(count - length).unwrap_or((0, ' '));
            push(Hash::new(template::SUFFIX).text(&word[start..]));
        }
    }
    let Some(token) = lexed.get(position.token) else { return };
    for class in Class::ALL {
        if token.classes.has(class) {
            push(Hash::new(template::CLASS).byte(class as u8));
        }
    }
}

/// The phrases of the lexicon: `New York`, `edited by`.
fn phrases(lexed: &Lexed, positions: &[Position], found: Features) -> Features {
    let long: Vec<_> = lexed.phrases().filter(|&(start, end, _)| end > start + 1).collect();
    if long.is_empty() {
        return found;
    }
    let mut all = Features::default();
    for index in 0..positions.len() {
        all.starts.push(all.hashes.len() as u32);
        all.hashes.extend_from_slice(found.of(index));
        let token = positions[index].token;
        let first = long.partition_point(|&(start, ..)| start + PHRASE < token);
        for &(start, end, classes) in long[first..].iter().take_while(|p| p.0 <= token) {
            if token < end {
                for class in Class::ALL {
                    if classes.has(class) {
                        let inside = u8::from(token > start);
                        let hash = Hash::new(template::PHRASE).byte(class as u8).byte(inside);
                        all.hashes.push(hash.end());
                    }
                }
            }
        }
    }
    all.starts.push(all.hashes.len() as u32);
    all
}

/// What stands between two positions.
#[derive(Clone, Copy)]
struct Gap<'a> {
    text: &'a str,
    edge: bool,
}

/// How far back the same word is looked for: the editor who is the author too.
const AGAIN: usize = 60;

/// How many tokens the longest phrase of the lexicon has, with room to spare.
const PHRASE: usize = 12;

/// How many bytes of a gap count.
const GAP: usize = 8;

fn gap<'a>(lexed: &Lexed<'a>, from: Option<&Position>, to: Option<&Position>) -> Gap<'a> {
    let start = from.map_or(0, |p| p.span.end);
    let end = to.map_or(lexed.text.len(), |p| p.span.start);
    Gap { text: lexed.text.get(start..end).unwrap_or(""), edge: from.is_none() || to.is_none() }
}

impl Gap<'_> {
    /// Adds the marks; those that styles use alike count as one.
    fn hash(self, hash: Hash) -> Hash {
        let hash = hash.byte(u8::from(self.edge));
        self.text.chars().take(GAP).fold(hash, |hash, c| {
            let c = match c {
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
            };
            let mut bytes = [0; 4];
            hash.text(c.encode_utf8(&mut bytes))
        })
    }
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

/// Whether a token is a link.
pub(crate) fn is_link(lexed: &Lexed, position: &Position) -> bool {
    lexed.get(position.token).is_some_and(|token| token.kind == TokenKind::Link)
}
