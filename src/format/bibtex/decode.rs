//! LaTeX to text: accents, commands, the marks of rich text; math left alone.
//!
//! Takes the raw value of a field, gives text of the model and what is doubtful in it; called by
//! [`read`](super::read) and [`names`](super::name_read). Braces that protect capitals vanish,
//! white space folds to single spaces. What is not understood stands as it is spelled.

use super::command::{Meaning, meaning};
use crate::work::Mark;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// What is doubtful in a value, with its place in it in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// A command that is not known.
    Command(std::ops::Range<usize>),
    /// A `$` without a partner.
    Math(std::ops::Range<usize>),
}

/// The text of a value on one line.
pub(super) fn text<'a>(raw: &'a str, doubts: &mut Vec<Doubt>) -> Cow<'a, str> {
    if is_plain(raw) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(fold(&decoded(raw, doubts)))
}

/// The text of a value that may have paragraphs: they stand on lines of their own.
///
/// An empty line divides paragraphs, as in LaTeX. So does a single line feed where the lines are
/// no mere wrapping: none is indented, and each ends as a sentence does or is longer than any
/// program wraps at.
pub(super) fn paragraphs(raw: &str, doubts: &mut Vec<Doubt>) -> String {
    const WRAPPED: usize = 120;
    let text = decoded(raw, doubts);
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end()).collect();
    let ends = |line: &str| {
        line.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»', '}', '>'])
            .ends_with(['.', '?', '!', '…', ':', ';', '。', '؟'])
            || line.chars().count() > WRAPPED
    };
    let are_paragraphs = lines.windows(2).all(|two| match two {
        [before, after] => {
            before.is_empty() || after.is_empty() || !after.starts_with([' ', '\t']) && ends(before)
        }
        _ => true,
    });
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        let line = fold(line);
        if line.is_empty() {
            continue;
        }
        if !out.is_empty() {
            let is_new =
                are_paragraphs || lines.get(index - 1).is_some_and(|l| l.trim().is_empty());
            out.push(if is_new { '\n' } else { ' ' });
        }
        out.push_str(&line);
    }
    out
}

/// The text of an address or identifier, where only escapes are undone: no accents, no dashes.
pub(super) fn verbatim(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw.trim();
    for command in ["\\url{", "\\path{", "\\nolinkurl{", "{"] {
        if let Some(inner) = rest.strip_prefix(command).and_then(|r| r.strip_suffix('}'))
            && super::latex::is_balanced(inner)
        {
            rest = inner.trim();
        }
    }
    while let Some(c) = rest.chars().next() {
        let spelled = [
            ("{\\_}", "_"),
            ("\\_", "_"),
            ("\\%", "%"),
            ("\\&", "&"),
            ("\\#", "#"),
            ("\\$", "$"),
            ("\\{", "{"),
            ("\\}", "}"),
            ("\\~{}", "~"),
            ("{\\textasciitilde}", "~"),
            ("\\textasciitilde{}", "~"),
            ("\\textasciitilde", "~"),
            ("{\\~{}}", "~"),
            ("$\\sim$", "~"),
            ("\\textunderscore{}", "_"),
            ("{\\textunderscore}", "_"),
            ("\\/", ""),
        ];
        match spelled.iter().find(|(spelling, _)| rest.starts_with(spelling)) {
            Some((spelling, sign)) => {
                out.push_str(sign);
                rest = &rest[spelling.len()..];
            }
            None => {
                if !c.is_whitespace() {
                    out.push(c);
                }
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

/// Whether a text is the same in LaTeX, with single spaces: most values are.
fn is_plain(raw: &str) -> bool {
    let mut before = b' ';
    for byte in raw.bytes() {
        // 0xC2 may begin a control character.
        if matches!(byte, b'\\' | b'{' | b'}' | b'$' | b'~' | 0..b' ' | 0x7f | 0xc2)
            || byte == before && matches!(byte, b' ' | b'-' | b'\'' | b'`')
            || byte == b'`'
        {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// White space as single spaces, none at the ends, and no control characters. No-break spaces are
/// letters of the text.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let is_space = |c: char| matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{c}');
    let says = |word: &&str| word.contains(|c: char| !c.is_control());
    for word in text.split(is_space).filter(says) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !c.is_control()));
    }
    out
}

/// An open group and what its end adds.
struct Group {
    close: Vec<&'static str>,
    /// Whether it is a quotation: its closing sign.
    quote: Option<char>,
}

/// How long an address may be, in bytes.
const LONGEST_ADDRESS: usize = 8192;
/// How long math may be, in bytes: an unpaired `$` is not looked for to the end each time.
const LONGEST_MATH: usize = 4096;

fn decoded(raw: &str, doubts: &mut Vec<Doubt>) -> String {
    let mut decoder =
        Decoder { raw, at: 0, out: String::with_capacity(raw.len()), groups: Vec::new(), doubts };
    decoder.run();
    decoder.out
}

struct Decoder<'a, 'd> {
    raw: &'a str,
    at: usize,
    out: String,
    groups: Vec<Group>,
    doubts: &'d mut Vec<Doubt>,
}

impl<'a> Decoder<'a, '_> {
    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            match c {
                '\\' => self.command(),
                '{' => {
                    self.at += 1;
                    self.groups.push(Group { close: Vec::new(), quote: None });
                }
                '}' => {
                    self.at += 1;
                    self.close();
                }
                '$' => self.math(),
                '~' => self.push_sign("~", "\u{a0}"),
                '-' if self.rest().starts_with("---") => self.push_sign("---", "—"),
                '-' if self.rest().starts_with("--") => self.push_sign("--", "–"),
                '`' if self.rest().starts_with("``") => self.push_sign("``", "“"),
                '\'' if self.rest().starts_with("''") => self.push_sign("''", "”"),
                '`' => self.push_sign("`", "‘"),
                '\r' => {
                    self.at += 1;
                    if !self.rest().starts_with('\n') {
                        self.out.push('\n');
                    }
                }
                c => {
                    // A stretch without signs at once.
                    let end = self
                        .rest()
                        .find(['\\', '{', '}', '$', '~', '-', '`', '\'', '\r'])
                        .filter(|&end| end > 0)
                        .unwrap_or(if is_sign(c) { c.len_utf8() } else { self.rest().len() });
                    self.out.push_str(&self.raw[self.at..self.at + end]);
                    self.at += end;
                }
            }
        }
        while !self.groups.is_empty() {
            self.close();
        }
    }

    fn rest(&self) -> &'a str {
        &self.raw[self.at..]
    }

    fn push_sign(&mut self, spelled: &str, sign: &str) {
        self.at += spelled.len();
        self.out.push_str(sign);
    }

    fn close(&mut self) {
        // A brace alone closes nothing and is none of the text.
        let Some(group) = self.groups.pop() else { return };
        for end in group.close.iter().rev() {
            self.out.push_str(end);
        }
        self.out.extend(group.quote);
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
        self.at += 1 + length;
        let Some(meaning) = meaning(name) else {
            self.doubts.push(Doubt::Command(start..self.at));
            self.out.push_str(&self.raw[start..self.at]);
            return;
        };
        match meaning {
            Meaning::Accent(accent) => self.accent(accent, start),
            Meaning::Text(text) => {
                self.out.push_str(&text);
                self.end_name(letters > 0);
            }
            Meaning::Nothing => self.end_name(letters > 0),
            Meaning::Break => {
                self.out.push_str(if name == "par" { "\n\n" } else { " " });
                self.end_name(letters > 0);
            }
            Meaning::Switch(mark) => {
                self.end_name(true);
                let (open, close) = tags(mark);
                if let Some(group) = self.groups.last_mut() {
                    self.out.push_str(open);
                    group.close.push(close);
                }
            }
            Meaning::Mark(mark) => {
                let (open, close) = tags(mark);
                self.open(Group { close: vec![close], quote: None }, |out| out.push_str(open));
            }
            Meaning::Quote(open, close) => {
                self.skip_star();
                self.open(Group { close: Vec::new(), quote: Some(close) }, |out| out.push(open));
            }
            Meaning::Plain => {
                self.skip_star();
                self.open(Group { close: Vec::new(), quote: None }, |_| {});
            }
            Meaning::Verbatim => match self.group(LONGEST_ADDRESS) {
                Some(inner) => self.out.push_str(inner),
                None => self.out.push_str(&self.raw[start..self.at]),
            },
            Meaning::Second => {
                let address = self.group(LONGEST_ADDRESS);
                if self.rest().starts_with('{') {
                    self.open(Group { close: Vec::new(), quote: None }, |_| {});
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
    fn open(&mut self, group: Group, begin: impl FnOnce(&mut String)) {
        let blank = self.rest().len() - self.rest().trim_start().len();
        let behind = &self.rest()[blank..];
        begin(&mut self.out);
        if behind.starts_with('{') {
            self.at += blank + 1;
            self.groups.push(group);
            return;
        }
        self.groups.push(group);
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
            (c.map(String::from), blank + c.map_or(0, char::len_utf8))
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
                self.out.extend([first, accent].into_iter().nfc());
                self.out.push_str(chars.as_str());
            }
        }
    }

    /// The letters of an accent's group; accents within accents, one level.
    fn letters(&self, inner: &str) -> Option<String> {
        if is_plain(inner) || inner.is_empty() {
            return Some(inner.to_owned());
        }
        if inner.matches('\\').count() > 2 {
            return None;
        }
        let mut doubts = Vec::new();
        let text = decoded(inner, &mut doubts);
        doubts.is_empty().then_some(text)
    }
}

fn is_sign(c: char) -> bool {
    matches!(c, '-' | '\'')
}

/// Where the math that begins here ends: at its fence, with balanced braces between.
fn end_of_math(inner: &str, fence: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in inner.bytes().enumerate().take(LONGEST_MATH) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            b'$' if depth == 0 => return inner[at..].starts_with(fence).then_some(at),
            _ => {}
        }
    }
    None
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> String {
        text(raw, &mut Vec::new()).into_owned()
    }

    #[test]
    fn accents_and_letters_in_all_spellings() {
        for (raw, wanted) in [
            (r"Erd\H{o}s P\'al", "Erdős Pál"),
            (r#"M{\"u}ller G\"odel {\"{O}}"#, "Müller Gödel Ö"),
            (r"{\L}ukasz \l\'odzka \ss{}en", "Łukasz łódzka ßen"),
            (r"\c{c}a \v s {\'\i} \'{\i}", "ça š í í"),
            (r"\o re {\AA}rhus \ae{}on", "øre Århus æon"),
            (r"a\~{}b \^{}c", "a~b ^c"),
            (r"\'{\^e}x", "ếx"),
            (r"\textasciitilde{}a \textbackslash b", "~a \\b"),
        ] {
            assert_eq!(read(raw), wanted, "{raw}");
        }
    }

    #[test]
    fn marks_quotes_dashes_and_spaces() {
        for (raw, wanted) in [
            (r"\textit{E. coli} and \emph{x}", "<i>E. coli</i> and <i>x</i>"),
            (r"{\it Homo} sapiens H\textsubscript{2}O", "<i>Homo</i> sapiens H<sub>2</sub>O"),
            (r"``quoted'' pages 1--2 --- so", "“quoted” pages 1–2 — so"),
            (r"{The} {NATO} {T}itle~x", "The NATO Title\u{a0}x"),
            ("a\n    b\r\n c", "a b c"),
            (r"R\&D 5\% C\_max \$5 \{x\}", "R&D 5% C_max $5 {x}"),
            (r"\enquote{a} \url{http://x.org/a_b} \href{http://y}{z}", "“a” http://x.org/a_b z"),
        ] {
            assert_eq!(read(raw), wanted, "{raw}");
        }
    }

    #[test]
    fn math_is_left_alone_and_faults_are_told() {
        assert_eq!(read(r"On $\alpha_{x}$-decay of $H_2$"), r"On $\alpha_{x}$-decay of $H_2$");
        let mut doubts = Vec::new();
        assert_eq!(text(r"5 $ and \foo{x}", &mut doubts), r"5 $ and \foox");
        assert_eq!(doubts, [Doubt::Math(2..3), Doubt::Command(8..12)]);
        assert_eq!(read("a } b {"), "a b");
        assert_eq!(read("\\"), "\\");
    }

    #[test]
    fn paragraphs_are_told_from_wrapped_lines() {
        let read = |raw| paragraphs(raw, &mut Vec::new());
        assert_eq!(read("One.\nTwo."), "One.\nTwo.");
        assert_eq!(read("One is\n  wrapped.\n  Here."), "One is wrapped. Here.");
        assert_eq!(read("One.\n\nTwo is\nwrapped"), "One.\nTwo is wrapped");
    }

    #[test]
    fn addresses_lose_only_their_escapes() {
        assert_eq!(verbatim(r"\url{https://x.org/a\_b\%20c--d}"), "https://x.org/a_b%20c--d");
        assert_eq!(verbatim(r"10.1000/{\_}x"), "10.1000/_x");
    }
}
