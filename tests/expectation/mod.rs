//! What must come of a file of the corpus: the plain text that says it, and the comparison.
//!
//! Takes the text of an `.expect` and what a reader gave; gives every difference with the line
//! of the expectation it belongs to. Called by tests/corpus.rs; the form of the text is told in
//! tests/corpus/README.md.

use citelift::{
    Bibliography, Code, Diagnostic, Field, FieldClass, Kind, Name, Names, Position, Severity,
    ValueRef, Work,
};

/// A fault: the line of the expectation, and a sentence.
pub(crate) type Fault = (usize, String);

/// What must come of a file.
pub(crate) struct Expectation {
    /// How many works, and the line that says so.
    works: (usize, usize),
    /// What must be said, and the line that says so.
    diagnostics: (usize, Vec<Said>),
    blocks: Vec<Block>,
}

/// A diagnostic that must be said.
struct Said {
    code: Code,
    /// First and last line; `None` means anywhere.
    lines: Option<(usize, usize)>,
    /// Whether the same may be said again further down.
    again: bool,
}

/// A work that must be among those read.
struct Block {
    line: usize,
    /// `None` for the next one, whatever its key.
    key: Option<String>,
    kind: Kind,
    /// Line, name, value.
    fields: Vec<(usize, String, String)>,
}

impl Expectation {
    /// Reads an expectation.
    ///
    /// # Errors
    /// Every line that is not understood.
    pub(crate) fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut works = None;
        let mut diagnostics = None;
        let mut blocks: Vec<Block> = Vec::new();
        if !text.starts_with("# ") {
            faults.push((1, "the first line says what the file is like, behind `# `".to_owned()));
        }
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            let mut not_understood = || faults.push((number, format!("not understood: `{line}`")));
            if let Some(rest) = line.strip_prefix("works: ") {
                works = rest.trim().parse().ok().map(|count| (number, count));
            } else if let Some(rest) = line.strip_prefix("diagnostics: ") {
                match said(rest) {
                    Some(said) => diagnostics = Some((number, said)),
                    None => not_understood(),
                }
            } else if let Some(rest) = line.strip_prefix("work ") {
                match block(number, rest) {
                    Some(block) => blocks.push(block),
                    None => not_understood(),
                }
            } else if let Some(rest) = line.strip_prefix("  ") {
                match (rest.split_once(": "), blocks.last_mut()) {
                    (Some((name, value)), Some(block)) if is_known(name) => {
                        block.fields.push((number, name.to_owned(), folded(value)));
                    }
                    _ => not_understood(),
                }
            } else if !line.is_empty() && !line.starts_with('#') {
                not_understood();
            }
        }
        match (works, diagnostics) {
            (Some(works), Some(diagnostics)) if faults.is_empty() => {
                Ok(Self { works, diagnostics, blocks })
            }
            (works, diagnostics) => {
                if works.is_none() {
                    faults.push((1, "no line `works: NUMBER`".to_owned()));
                }
                if diagnostics.is_none() {
                    faults.push((1, "no line `diagnostics: …` that is understood".to_owned()));
                }
                Err(faults)
            }
        }
    }

    /// Compares what a reader gave of a decoded text.
    ///
    /// # Errors
    /// Everything that differs.
    pub(crate) fn compare(&self, given: &Bibliography, text: &str) -> Result<(), Vec<Fault>> {
        let mut faults = Vec::new();
        let (line, count) = self.works;
        if given.works.len() != count {
            let fault = format!("{count} works expected, {} read", given.works.len());
            faults.push((line, fault));
        }
        self.compare_diagnostics(&given.diagnostics, text, &mut faults);
        let mut next = 0;
        let mut seen = vec![false; given.works.len()];
        for block in &self.blocks {
            let at = match &block.key {
                None => Some(next),
                Some(key) => (0..seen.len())
                    .find(|&at| !seen[at] && given.works[at].id.as_deref() == Some(key)),
            };
            let Some((at, work)) = at.and_then(|at| Some((at, given.works.get(at)?))) else {
                let key = block.key.as_deref().unwrap_or("a further one");
                faults.push((block.line, format!("the work `{key}` was not read")));
                continue;
            };
            seen[at] = true;
            next = at + 1;
            block.compare(work, &mut faults);
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn compare_diagnostics(&self, given: &[Diagnostic], text: &str, faults: &mut Vec<Fault>) {
        // Old Macintoshes' line ends count too; the length stays.
        let text = lone_returns_as_line_feeds(text);
        let mut open: Vec<(&Diagnostic, Option<usize>)> = given
            .iter()
            .filter(|diagnostic| diagnostic.severity > Severity::Note)
            .map(|diagnostic| {
                let line = diagnostic.span.map(|span| Position::of(&text, span.start).line);
                (diagnostic, line)
            })
            .collect();
        let (line, said) = &self.diagnostics;
        for said in said {
            let fits = |&(diagnostic, at): &(&Diagnostic, Option<usize>)| {
                diagnostic.code == said.code
                    && said.lines.is_none_or(|(first, last)| {
                        at.is_some_and(|at| (first..=last).contains(&at))
                    })
            };
            match open.iter().position(fits) {
                Some(at) => {
                    open.remove(at);
                }
                None => faults.push((*line, format!("`{}` was not said{}", said.code, said.at()))),
            }
            if said.again {
                let from = said.lines.map_or(0, |(first, _)| first);
                open.retain(|&(diagnostic, at)| {
                    diagnostic.code != said.code || at.is_some_and(|at| at < from)
                });
            }
        }
        for (diagnostic, at) in open {
            let at = at.map_or_else(String::new, |at| format!(" of line {at}"));
            let fault = format!("`{}` was said{at}: {}", diagnostic.code, diagnostic.message);
            faults.push((*line, fault));
        }
    }
}

impl Said {
    fn at(&self) -> String {
        match self.lines {
            None => String::new(),
            Some((first, last)) if first == last => format!(" of line {first}"),
            Some((first, last)) => format!(" of lines {first} to {last}"),
        }
    }
}

impl Block {
    fn compare(&self, work: &Work, faults: &mut Vec<Fault>) {
        let key = self.key.as_deref().or(work.id.as_deref()).unwrap_or("-");
        if work.kind != self.kind {
            let fault = format!("`{key}` is a {}, not a {}", work.kind, self.kind);
            faults.push((self.line, fault));
        }
        for (line, name, value) in &self.fields {
            let read = match name.strip_prefix("extra ") {
                Some(extra) => extras(work, extra),
                None => Field::from_csl(name)
                    .and_then(|field| work.get(field))
                    .map(|value| vec![spelled(value)])
                    .unwrap_or_default(),
            };
            let is_names =
                Field::from_csl(name).is_some_and(|field| field.class() == FieldClass::Names);
            let read: Vec<String> = read.iter().map(|text| folded(text)).collect();
            let agrees = match value.as_str() {
                "-" => read.is_empty(),
                value => {
                    read.iter().any(|read| read == value || is_names && same_names(read, value))
                }
            };
            if !agrees {
                let read = if read.is_empty() { "nothing".into() } else { read.join("` and `") };
                let fault = format!("{name} of `{key}`: expected `{value}`, read `{read}`");
                faults.push((*line, fault));
            }
        }
    }
}

fn is_known(name: &str) -> bool {
    name.starts_with("extra ") || Field::from_csl(name).is_some()
}

fn block(line: usize, rest: &str) -> Option<Block> {
    let (key, kind) = rest.rsplit_once(": type ")?;
    let key = (key != "-").then(|| key.to_owned());
    Some(Block { line, key, kind: Kind::from_csl(kind.trim())?, fields: Vec::new() })
}

fn said(rest: &str) -> Option<Vec<Said>> {
    if rest.trim() == "none" {
        return Some(Vec::new());
    }
    rest.split("; ").map(one_said).collect()
}

fn one_said(text: &str) -> Option<Said> {
    let (code, place) = text.trim().split_once(' ')?;
    let code = *Code::ALL.iter().find(|known| known.as_str() == code)?;
    let (place, again) = place.strip_suffix('*').map_or((place, false), |place| (place, true));
    let lines = match place.split_once('-') {
        Some(("", "")) => None,
        Some((first, last)) => Some((first.parse().ok()?, last.parse().ok()?)),
        None => place.parse().ok().map(|line| (line, line)),
    };
    (lines.is_some() || place == "-").then_some(Said { code, lines, again })
}

/// White space of any kind and amount is one space.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn extras(work: &Work, name: &str) -> Vec<String> {
    let same = work.extra.iter().filter(|extra| extra.name.eq_ignore_ascii_case(name));
    same.map(|extra| extra.value.clone()).collect()
}

fn spelled(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(text) => text.to_owned(),
        ValueRef::Names(names) => names_spelled(names),
        ValueRef::Date(date) => date.to_string(),
        ValueRef::Pages(pages) => pages.to_string(),
        ValueRef::Keywords(words) => words.join("; "),
        other => format!("{other:?}"),
    }
}

/// `Family, Given`, `particle Family, Given, Suffix`, `{body}`; which of CSL's two particles it
/// is nobody can know, so both stand in the same place.
fn names_spelled(names: &Names) -> String {
    let one = |name: &Name| match name {
        Name::Literal(body) => format!("{{{body}}}"),
        Name::Person(person) => {
            let family = [&person.dropping_particle, &person.non_dropping_particle]
                .into_iter()
                .flatten()
                .chain([&person.family])
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" ");
            let rest = [&person.given, &person.suffix].into_iter().flatten();
            rest.fold(family, |name, part| name + ", " + part)
        }
    };
    let mut all: Vec<String> = names.iter().map(one).collect();
    if names.others {
        all.push("et al.".to_owned());
    }
    all.join("; ")
}

/// Whether names agree: one that the expectation leaves open, a word without comma and braces,
/// may be a person's only name or a body.
fn same_names(read: &str, expected: &str) -> bool {
    let (read, expected) = (read.split("; "), expected.split("; "));
    let bare = |name: &str| name.trim_start_matches('{').trim_end_matches('}').to_owned();
    read.clone().count() == expected.clone().count()
        && read.zip(expected).all(|(read, expected)| {
            read == expected || (!expected.contains([',', '{']) && bare(read) == expected)
        })
}

fn lone_returns_as_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\0\n").replace('\r', "\n").replace("\0\n", "\r\n")
}

/// The text of a file's bytes, by the rules that readers keep: a byte order mark decides; else
/// each line that is not UTF-8 is Windows-1252.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    let utf16 = |pairs: &[u8], join: fn([u8; 2]) -> u16| {
        let units = pairs.chunks(2).map(|pair| match pair {
            [first, second] => join([*first, *second]),
            _ => 0xfffd,
        });
        char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let line = |line: &[u8]| match std::str::from_utf8(line) {
        Ok(line) => line.to_owned(),
        Err(_) => line.iter().map(|&byte| windows_1252(byte)).collect(),
    };
    bytes.split_inclusive(|&byte| byte == b'\n').map(line).collect()
}

fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
