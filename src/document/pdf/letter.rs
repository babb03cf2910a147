//! Letters of a page to words: what follows closely is one word, and what a typesetter made of
//! parts is put together.
//!
//! Takes [`Letter`]s in the order in which the file draws them, gives [`Word`]s. Ligatures become
//! their letters, an accent drawn over a letter becomes one letter with it (as in fonts of old
//! TeX), a letter drawn twice to look bold counts once, and what stands askew to the page (a
//! watermark, the stamp of a repository) is left out. Called by `file`.

use super::page::Word;
use std::rc::Rc;
use unicode_normalization::UnicodeNormalization;

/// A letter where it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) text: Rc<str>,
    /// Where on the page, downwards from the top.
    pub(super) x: f32,
    pub(super) y: f32,
    /// How far it moves the pen: along the page, and down it.
    pub(super) right: f32,
    pub(super) down: f32,
    /// The size of its type.
    pub(super) size: f32,
    /// The direction it is written in: from left to right, from the top down, from right to left
    /// upside down, from the bottom up; `None` where it is askew.
    pub(super) direction: Option<Direction>,
    pub(super) italic: bool,
    pub(super) bold: bool,
    /// Drawn with no ink: text behind the picture of a page.
    pub(super) invisible: bool,
    /// Of a page's head or foot, as the file says.
    pub(super) pagination: bool,
}

/// Where a line of text leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Right,
    Down,
    Left,
    Up,
}

impl Direction {
    const ALL: [Self; 4] = [Self::Right, Self::Down, Self::Left, Self::Up];

    /// The direction of a vector that points along an edge of the page, or nearly.
    pub(super) fn of(right: f32, down: f32) -> Option<Self> {
        let askew = 0.05 * right.abs().max(down.abs());
        if down.abs() <= askew {
            Some(if right >= 0.0 { Self::Right } else { Self::Left })
        } else if right.abs() <= askew {
            Some(if down >= 0.0 { Self::Down } else { Self::Up })
        } else {
            None
        }
    }
}

/// The words of a page that is `width` wide and `height` high, and its height as it is read.
pub(super) fn words(letters: Vec<Letter>, width: f32, height: f32) -> (Vec<Word>, f32) {
    let letters = visible(letters);
    let main = main(&letters);
    let height = match main {
        Direction::Right | Direction::Left => height,
        Direction::Down | Direction::Up => width,
    };
    let turned =
        letters.into_iter().filter(|letter| letter.direction == Some(main)).map(|letter| {
            let (x, y, long) = match main {
                Direction::Right => (letter.x, letter.y, letter.right),
                Direction::Left => (-letter.x, height - letter.y, -letter.right),
                Direction::Down => (letter.y, width - letter.x, letter.down),
                Direction::Up => (-letter.y, letter.x, -letter.down),
            };
            Letter { x, y, right: long, down: 0.0, ..letter }
        });
    (join(turned), height)
}

/// The direction that most letters of a page are written in: a table may stand on its side.
pub(super) fn main(letters: &[Letter]) -> Direction {
    let count =
        |direction| letters.iter().filter(|letter| letter.direction == Some(direction)).count();
    let counts = Direction::ALL.map(|direction| (count(direction), direction));
    counts.into_iter().rev().max_by_key(|(count, _)| *count).map_or(Direction::Right, |best| best.1)
}

/// The letters that a reader sees: those with ink where there are any, and those of heads and feet
/// only where there is nothing else.
fn visible(letters: Vec<Letter>) -> Vec<Letter> {
    let is_text = |letter: &&Letter| !letter.text.trim().is_empty();
    let inked = letters.iter().filter(is_text).filter(|letter| !letter.invisible).count();
    // A page may be a picture with a stamp on it, and its text lie behind.
    let keeps_invisible = inked * 4 < letters.iter().filter(is_text).count();
    let body = letters.iter().filter(is_text).filter(|letter| !letter.pagination).count();
    let keeps = |letter: &Letter| {
        (keeps_invisible || !letter.invisible) && (body == 0 || !letter.pagination)
    };
    letters.into_iter().filter(keeps).collect()
}

/// A wider gap parts two words, as a share of the size; less wide ones are judged on the row.
const GAP: f32 = 0.1;

fn join(letters: impl Iterator<Item = Letter>) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word: Vec<Letter> = Vec::new();
    let mut spaced = false;
    for letter in letters {
        if letter.text.trim().is_empty() {
            end(&mut word, spaced, &mut words);
            spaced = true;
            continue;
        }
        if let Some(last) = word.last() {
            if is_again(&letter, &word) {
                continue;
            }
            if !goes_on(last, &letter) {
                end(&mut word, spaced, &mut words);
                spaced = false;
            }
        }
        word.push(letter);
    }
    end(&mut word, spaced, &mut words);
    words
}

/// Whether a letter was drawn already, a hair's breadth beside.
fn is_again(letter: &Letter, word: &[Letter]) -> bool {
    word.iter().rev().take(3).any(|other| {
        other.text == letter.text
            && (other.x - letter.x).abs() < 0.12 * letter.size
            && (other.y - letter.y).abs() < 0.12 * letter.size
            && letter.right.abs() > 0.15 * letter.size
    })
}

fn goes_on(last: &Letter, letter: &Letter) -> bool {
    let size = last.size.min(letter.size);
    let gap = letter.x - (last.x + last.right);
    let level = (last.y - letter.y).abs();
    if is_accent(&last.text) || is_accent(&letter.text) {
        return gap < GAP * size && gap > -1.5 * size && level < 0.5 * size;
    }
    gap < GAP * size
        && gap > -0.4 * size
        && level < 0.05 * size
        && (last.size - letter.size).abs() < 0.04 * size
        && (last.italic, last.bold) == (letter.italic, letter.bold)
}

/// Type of other sizes, in points, is nothing that anybody reads.
const SMALLEST: f32 = 0.5;
const LARGEST: f32 = 2000.0;

fn end(word: &mut Vec<Letter>, spaced: bool, words: &mut Vec<Word>) {
    // The letter that the others stand with, not an accent above it.
    let Some(main) = word.iter().find(|letter| !is_accent(&letter.text)).or(word.first()) else {
        return;
    };
    let x0 = word.iter().map(|letter| letter.x).fold(f32::INFINITY, f32::min);
    let x1 = word.iter().map(|letter| letter.x + letter.right).fold(f32::NEG_INFINITY, f32::max);
    let (baseline, size, italic, bold) = (main.y, main.size, main.italic, main.bold);
    let text = text(word);
    word.clear();
    let sound = x0.is_finite()
        && x1.is_finite()
        && baseline.is_finite()
        && (SMALLEST..LARGEST).contains(&size);
    if !text.is_empty() && sound {
        words.push(Word { text, x0, x1, baseline, size, italic, bold, spaced, link: None });
    }
}

fn text(letters: &[Letter]) -> String {
    let mut text = String::new();
    let mut pending = None;
    for (at, letter) in letters.iter().enumerate() {
        let Some(mark) = accent_of(&letter.text) else {
            let mut chars = letter.text.chars();
            if let (Some(mark), Some(base)) = (pending.take(), chars.clone().next()) {
                chars.next();
                text.push(base);
                compose(&mut text, mark);
            }
            push_clean(&mut text, chars.as_str());
            continue;
        };
        let middle = letter.x + letter.right / 2.0;
        let is_under = |base: &&Letter| {
            let (from, to) = (base.x - 0.1 * base.size, base.x + base.right + 0.05 * base.size);
            from <= middle && middle <= to && !is_accent(&base.text)
        };
        let before = at.checked_sub(1).and_then(|before| letters.get(before)).filter(is_under);
        if letters.get(at + 1).filter(is_under).is_some() {
            pending = Some(mark);
        } else if before.is_some() {
            compose(&mut text, mark);
        } else {
            push_clean(&mut text, &letter.text);
        }
    }
    text
}

/// Puts a mark on the last letter of a text.
fn compose(text: &mut String, mark: char) {
    let Some(base) = text.pop() else { return };
    text.extend([undotted(base), mark].into_iter().nfc());
}

/// The letter that takes a mark above.
fn undotted(c: char) -> char {
    match c {
        'ı' => 'i',
        'ȷ' => 'j',
        c => c,
    }
}

fn is_accent(text: &str) -> bool {
    accent_of(text).is_some()
}

/// The combining mark of an accent that stands by itself.
fn accent_of(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let mark = match chars.next()? {
        '`' | 'ˋ' => '\u{300}',
        '´' | 'ˊ' => '\u{301}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '¯' | 'ˉ' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    };
    chars.next().is_none().then_some(mark)
}

/// Adds letters without what only a typesetter means.
fn push_clean(text: &mut String, letters: &str) {
    for c in letters.chars() {
        match c {
            '\u{fb00}'..='\u{fb06}' => text.extend(std::iter::once(c).nfkc()),
            // A hyphen that is drawn is one.
            '\u{ad}' => text.push('-'),
            '\u{a0}' => text.push(' '),
            c if c.is_control() || c == '\u{fffe}' || c == '\u{ffff}' => {}
            c => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(text: &str, x: f32, right: f32) -> Letter {
        Letter {
            text: text.into(),
            x,
            y: 100.0,
            right,
            down: 0.0,
            size: 10.0,
            direction: Some(Direction::Right),
            italic: false,
            bold: false,
            invisible: false,
            pagination: false,
        }
    }

    fn read(letters: Vec<Letter>) -> Vec<String> {
        words(letters, 600.0, 800.0).0.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn ligatures_and_accents_are_letters() {
        let letters = vec![
            letter("ﬁ", 10.0, 5.0),
            letter("¨", 15.0, 5.0),
            letter("o", 15.0, 5.0),
            letter("r", 20.0, 4.0),
            letter("c", 24.0, 5.0),
            letter("¸", 24.5, 4.0),
            letter("´", 29.0, 5.0),
            letter("ı", 29.5, 3.0),
        ];
        assert_eq!(read(letters), ["fiörçí"]);
    }

    #[test]
    fn a_letter_drawn_twice_counts_once() {
        let letters = vec![
            letter("R", 10.0, 7.0),
            letter("R", 10.3, 7.0),
            letter("o", 17.0, 5.0),
            letter("e", 22.0, 5.0),
        ];
        assert_eq!(read(letters), ["Roe"]);
    }

    #[test]
    fn what_stands_on_its_side_is_no_text_unless_all_does() {
        let side = |text: &str, y: f32| Letter {
            direction: Some(Direction::Up),
            y,
            right: 0.0,
            down: -5.0,
            ..letter(text, 20.0, 0.0)
        };
        let mut letters = vec![letter("R", 50.0, 5.0), letter("o", 55.0, 5.0)];
        letters.push(side("v", 400.0));
        assert_eq!(read(letters), ["Ro"]);
        assert_eq!(read(vec![side("v", 400.0), side("i", 395.0)]), ["vi"]);
    }
}
