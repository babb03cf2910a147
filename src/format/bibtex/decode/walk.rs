//! The walk over a LaTeX value: groups, commands, accents, math.
//!
//! Called by [`decode`](super). No recursion but for the few letters under an accent, and no
//! place is looked at more than a bounded number of times.

use super::ends::{LONGEST_MATH, end_of_command, end_of_math};
use super::{Doubt, is_plain};
use crate::format::bibtex::bytes::count_before;
use crate::format::bibtex::command::{Meaning, meaning};
use crate::text::{accent, entity, named};
use crate::work::Mark;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, char::compose};

/// An open group whose end adds something.
struct Group {
    close: Vec<&'static str>,
    /// How many groups that add nothing are open around it, up to the next one that does.
    around: usize,
    /// Whether it is a quotation: its closing sign.
    quote: Option<char>,
}

/// How long an address may be, in bytes.
const LONGEST_ADDRESS: usize = 8192;

pub(super) fn decoded(raw: &str, doubts: &mut Vec<Doubt>) -> String {
    let mut decoder = Decoder {
        raw,
        at: 0,
        out: String::with_capacity(raw.len()),
        groups: Vec::new(),
        plain: 0,
        quotes: 0,
        doubts,
    };
    decoder.run();
    decoder.out
}

struct Decoder<'a, 'd> {
    raw: &'a str,
    at: usize,
    out: String,
    groups: Vec<Group>,
    /// How many groups that add nothing are open within the last of these: most add nothing.
    plain: usize,
    /// How many of the groups are quotations.
    quotes: usize,
    doubts: &'d mut Vec<Doubt>,
}

impl<'a> Decoder<'a, '_> {
    fn run(&mut self) {
        while let Some(&byte) = self.raw.as_bytes().get(self.at) {
            match byte {
                b'{' | b'\\' if self.accented() => {}
                b'\\' => self.command(),
                b'{' => {
                    self.at += 1;
                    self.plain += 1;
                }
                b'}' => {
                    self.at += 1;
                    self.close();
                }
                b'$' => self.math(),
                b'~' => self.push_sign("~", "\u{a0}"),
                b'-' if self.rest().starts_with("---") => self.push_sign("---", "—"),
                b'-' if self.rest().starts_with("--") => self.push_sign("--", "–"),
                b'`' if self.rest().starts_with("``") => self.push_sign("``", "“"),
                b'\'' if self.rest().starts_with("''") => self.push_sign("''", "”"),
                b'`' => self.quote_or_mark(),
                b'&' => self.entity(false),
                b'\r' => {
                    self.at += 1;
                    if !self.rest().starts_with('\n') {
                        self.out.push('\n');
                    }
                }
                _ => {
                    // A stretch without signs at once; all signs are of ASCII.
                    let behind = &self.raw.as_bytes()[self.at + 1..];
                    let end = self.at + 1 + count_before(behind, is_sign);
                    self.out.push_str(&self.raw[self.at..end]);
                    self.at = end;
                }
            }
        }
        while !self.groups.is_empty() {
            self.plain = 0;
            self.close();
        }
    }

    /// A letter with its accent in a group, at once. `false` for any other group.
    fn accented(&mut self) -> bool {
        let Some((letter, length)) = accented(self.rest()) else { return false };
        self.at += length;
        self.out.push(letter);
        true
    }

    fn rest(&self) -> &'a str {
        &self.raw[self.at..]
    }

    fn push_sign(&mut self, spelled: &str, sign: &str) {
        self.at += spelled.len();
        self.out.push_str(sign);
    }

    fn close(&mut self) {
        if let Some(fewer) = self.plain.checked_sub(1) {
            self.plain = fewer;
            return;
        }
        // A brace alone closes nothing and is none of the text.
        let Some(group) = self.groups.pop() else { return };
        self.plain = group.around;
        self.quotes -= usize::from(group.quote.is_some());
        for end in group.close.iter().rev() {
            self.out.push_str(end);
        }
        self.out.extend(group.quote);
    }

    fn push_group(&mut self, close: Vec<&'static str>, quote: Option<char>) {
        let around = std::mem::take(&mut self.plain);
        self.groups.push(Group { close, around, quote });
    }

    /// `$…$` stands as it is; a `$` alone is itself.
    fn math(&mut self) {
        let inner = &self.rest()[1..];
        let double = inner.starts_with('$');
        let (fence, from) = if double { ("$$", 1) } else { ("$", 0) };
        match end_of_math(&inner[from..], fence) {
            Some(end) => {
                let length = 1 + from + end + fence.len();
                self.out.push_str(&self.rest()[..length]);
                self.at += length;
            }
            None => {
                self.doubts.push(Doubt::Math(self.at..self.at + 1));
                self.push_sign("$", "$");
            }
        }
    }

    /// Math that is not spelled with dollars is from now on. Where it has no end, its command
    /// stands as it is spelled.
    fn math_of(&mut self, inner: Option<&str>, start: usize) {
        match inner.map(str::trim).filter(|inner| !inner.is_empty() && !inner.contains('$')) {
            Some(inner) => {
                self.out.push('$');
                self.out.push_str(inner);
                self.out.push('$');
            }
            None => {
                self.doubts.push(Doubt::Command(start..self.at));
                self.out.push_str(&self.raw[start..self.at]);
            }
        }
    }

    /// `?` and `!` before a backquote are turned round.
    fn quote_or_mark(&mut self) {
        let turned = match self.raw[..self.at].chars().next_back() {
            Some('?') => Some('¿'),
            Some('!') => Some('¡'),
            _ => None,
        };
        self.push_sign("`", if turned.is_some() { "" } else { "‘" });
        if let Some(turned) = turned {
            self.out.pop();
            self.out.push(turned);
        }
    }

    /// The entities that publishers' exports leave in titles: `&amp;`, and `\&amp;` too. What
    /// is escaped may be meant so, and few of those are.
    fn entity(&mut self, is_escaped: bool) {
        const ESCAPED: [&str; 5] = ["amp", "lt", "gt", "quot", "#39"];
        let found = named(&self.rest()[1..])
            .filter(|(name, _)| !is_escaped || ESCAPED.contains(name))
            .and_then(|(name, behind)| Some((entity(name)?, behind)));
        match found {
            Some((sign, behind)) => {
                self.out.push(sign);
                self.at = self.raw.len() - behind.len();
            }
            None => self.push_sign("&", "&"),
        }
    }

    fn command(&mut self) {
        let start = self.at;
        let rest = &self.rest()[1..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let length =
            if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
        let name = &rest[..length];
        if name.is_empty() {
            self.push_sign("\\", "\\");
            return;
        }
        if name == "&" {
            self.at += 1;
            self.entity(true);
            return;
        }
        self.at += 1 + length;
        let Some(meaning) = meaning(name) else {
            self.doubts.push(Doubt::Command(start..self.at));
            self.out.push_str(&self.raw[start..self.at]);
            // Its argument's braces are a part of it.
            if self.rest().starts_with('{') {
                self.at += 1;
                self.out.push('{');
                self.push_group(vec!["}"], None);
            }
            return;
        };
        match meaning {
            Meaning::Accent(accent) => self.accent(accent, start),
            Meaning::Text(text) => {
                self.out.push_str(&text);
                self.end_name(letters > 0);
            }
            Meaning::Nothing => self.end_name(letters > 0),
            Meaning::Hidden => {
                self.skip_star();
                if self.group(LONGEST_MATH).is_none() {
                    self.end_name(true);
                }
            }
            Meaning::Math => {
                let inner = self.group(LONGEST_MATH);
                self.math_of(inner, start);
            }
            Meaning::MathUpTo(end) => {
                let inner = end_of_command(self.rest(), end).map(|at| &self.rest()[..at]);
                self.at += inner.map_or(0, |inner| inner.len() + end.len());
                self.math_of(inner, start);
            }
            Meaning::Break => {
                self.out.push_str(if name == "par" { "\n\n" } else { " " });
                self.end_name(letters > 0);
            }
            Meaning::Switch(mark) => {
                self.end_name(true);
                let (open, close) = tags(mark);
                if let Some(fewer) = self.plain.checked_sub(1) {
                    self.plain = fewer;
                    self.out.push_str(open);
                    self.push_group(vec![close], None);
                } else if let Some(group) = self.groups.last_mut() {
                    self.out.push_str(open);
                    group.close.push(close);
                }
            }
            Meaning::Mark(mark) => {
                let (open, close) = tags(mark);
                self.open(vec![close], None, |out| out.push_str(open));
            }
            Meaning::Quote(open, close) => {
                self.skip_star();
                // A quotation in another has the other signs.
                let is_inner = self.quotes % 2 == 1;
                self.quotes += 1;
                let (open, close) = if is_inner { ('‘', '’') } else { (open, close) };
                self.open(Vec::new(), Some(close), |out| out.push(open));
            }
            Meaning::Plain => {
                self.skip_star();
                self.open(Vec::new(), None, |_| {});
            }
            Meaning::Verbatim => match self.group(LONGEST_ADDRESS) {
                Some(inner) => self.out.push_str(inner),
                None => self.out.push_str(&self.raw[start..self.at]),
            },
            Meaning::Second => {
                let address = self.group(LONGEST_ADDRESS);
                if self.rest().starts_with('{') {
                    self.open(Vec::new(), None, |_| {});
                } else if let Some(address) = address {
                    self.out.push_str(address);
                }
            }
        }
    }

    /// Behind a command's name of letters, white space or an empty group ends the name and is no
    /// text.
    fn end_name(&mut self, of_letters: bool) {
        if self.rest().starts_with("{}") {
            self.at += 2;
        } else if of_letters {
            self.at +=
                self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
        }
    }

    fn skip_star(&mut self) {
        self.at += usize::from(self.rest().starts_with('*'));
    }

    /// Begins a command's argument: a group, or the one letter behind the name.
    fn open(
        &mut self,
        close: Vec<&'static str>,
        quote: Option<char>,
        begin: impl FnOnce(&mut String),
    ) {
        let blank = self.rest().len() - self.rest().trim_start().len();
        let behind = &self.rest()[blank..];
        begin(&mut self.out);
        if behind.starts_with('{') {
            self.at += blank + 1;
            self.push_group(close, quote);
            return;
        }
        self.push_group(close, quote);
        if let Some(c) = behind.chars().next().filter(|c| c.is_alphanumeric()) {
            self.at += blank + c.len_utf8();
            self.out.push(c);
        }
        self.close();
    }

    /// The inside of the group that begins here, passed over; `None` for one that is longer than
    /// `longest` bytes, which bounds how far is looked.
    fn group(&mut self, longest: usize) -> Option<&'a str> {
        let inner = self.rest().strip_prefix('{')?;
        let mut depth = 1_usize;
        let end = inner.bytes().take(longest + 1).position(|byte| {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        self.at += end + 2;
        Some(&inner[..end])
    }

    /// An accent over the letter that follows, in a group or not, `\i` and `\j` among them.
    fn accent(&mut self, accent: char, start: usize) {
        // An accent's argument is a letter or two; a longer group is not looked into.
        const LONGEST: usize = 40;
        let blank = self.rest().len() - self.rest().trim_start().len();
        let behind = &self.rest()[blank..];
        let (base, used) = if behind.starts_with('{') {
            let before = self.at;
            self.at += blank;
            let inner = self.group(LONGEST);
            let used = self.at - before;
            self.at = before;
            match inner {
                Some(inner) => (self.letters(inner), used),
                None => (None, 0),
            }
        } else if let Some(command) = behind.strip_prefix('\\') {
            let letters = command.bytes().take_while(u8::is_ascii_alphabetic).count();
            match meaning(&command[..letters]) {
                Some(Meaning::Text(text)) => {
                    let behind = &command[letters..];
                    let empty = if behind.starts_with("{}") {
                        2
                    } else {
                        behind.len() - behind.trim_start_matches(' ').len()
                    };
                    (Some(text), blank + 1 + letters + empty)
                }
                _ => (None, 0),
            }
        } else {
            let c = behind.chars().next().filter(|c| c.is_alphanumeric());
            let length = c.map_or(0, char::len_utf8);
            (c.map(|_| Cow::Borrowed(&behind[..length])), blank + length)
        };
        let Some(base) = base else {
            self.doubts.push(Doubt::Command(start..self.at));
            self.out.push_str(&self.raw[start..self.at]);
            return;
        };
        self.at += used;
        let mut chars = base.chars();
        match chars.next() {
            // `\~{}` and `\^{}` are the signs themselves.
            None => self.out.push(alone(accent)),
            Some(first) => {
                let first = match first {
                    'ı' => 'i',
                    'ȷ' => 'j',
                    c => c,
                };
                match compose(first, accent).filter(|_| first.is_ascii()) {
                    Some(composed) => self.out.push(composed),
                    None => self.out.extend([first, accent].into_iter().nfc()),
                }
                self.out.push_str(chars.as_str());
            }
        }
    }

    /// The letters of an accent's group; accents within accents, one level.
    fn letters<'b>(&self, inner: &'b str) -> Option<Cow<'b, str>> {
        if is_plain(inner) || inner.is_empty() {
            return Some(Cow::Borrowed(inner));
        }
        if inner.matches('\\').count() > 2 {
            return None;
        }
        let mut doubts = Vec::new();
        let text = decoded(inner, &mut doubts);
        doubts.is_empty().then_some(Cow::Owned(text))
    }
}

/// The letter of `{\"u}`, `\"{u}` or `\"u` at the beginning of a text, which are nearly all letters
/// with an accent, and how long it is spelled.
pub(super) fn accented(text: &str) -> Option<(char, usize)> {
    let (at, letter, length) = match *text.as_bytes() {
        [b'{', b'\\', _, letter, b'}', ..] => (2, letter, 5),
        [b'\\', _, b'{', letter, b'}', ..] => (1, letter, 5),
        [b'\\', _, letter, ..] => (1, letter, 3),
        _ => return None,
    };
    let name = text.get(at..=at).filter(|name| name.bytes().all(|b| b.is_ascii_punctuation()))?;
    let accent = accent(name).filter(|_| letter.is_ascii_alphabetic())?;
    Some((compose(letter.into(), accent)?, length))
}

fn is_sign(byte: u8) -> u8 {
    u8::from(byte == b'\\')
        | u8::from(byte == b'{')
        | u8::from(byte == b'}')
        | u8::from(byte == b'$')
        | u8::from(byte == b'~')
        | u8::from(byte == b'-')
        | u8::from(byte == b'`')
        | u8::from(byte == b'\'')
        | u8::from(byte == b'\r')
        | u8::from(byte == b'&')
}

fn tags(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Italic => ("<i>", "</i>"),
        Mark::Bold => ("<b>", "</b>"),
        Mark::Subscript => ("<sub>", "</sub>"),
        Mark::Superscript => ("<sup>", "</sup>"),
        Mark::SmallCapitals => ("<span style=\"font-variant:small-caps;\">", "</span>"),
        Mark::NoCase => ("<span class=\"nocase\">", "</span>"),
    }
}

/// The sign that an accent over nothing is.
fn alone(accent: char) -> char {
    match accent {
        '\u{300}' => '`',
        '\u{301}' => '´',
        '\u{302}' => '^',
        '\u{303}' => '~',
        '\u{308}' => '¨',
        '\u{304}' => '¯',
        accent => accent,
    }
}
