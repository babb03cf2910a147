//! References made of recipes: banks of names, titles, publishers, and templates that put them
//! together (`data/recipes/*.txt`; their form is described in `data/README.md`).

mod make;
mod name;
mod value;

use super::random::Random;
use super::reference::Labelled;
use std::collections::HashMap;

/// A file of banks and templates.
#[derive(Debug)]
pub(crate) struct Recipe {
    banks: HashMap<String, Vec<String>>,
    templates: Vec<Vec<Part>>,
}

/// A part of a template.
#[derive(Debug)]
enum Part {
    Text(String),
    Slot { name: String, literal: Option<String>, style: Vec<String> },
    Maybe(Vec<Part>),
    Either(Vec<Vec<Part>>),
}

impl Recipe {
    pub(crate) fn of(text: &str) -> Self {
        let mut banks: HashMap<String, Vec<String>> = HashMap::new();
        let mut templates = Vec::new();
        let mut section = String::new();
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("= ") {
                section = name.trim().to_owned();
            } else if line.trim().is_empty() || line.starts_with("# ") || line == "#" {
            } else if section == "templates" {
                let (times, line) = match line.strip_prefix('*').and_then(|l| l.split_once(' ')) {
                    Some((times, rest)) => match times.parse::<usize>() {
                        Ok(times) => (times.min(10), rest),
                        Err(_) => (1, line),
                    },
                    None => (1, line),
                };
                for _ in 0..times {
                    let chars: Vec<char> = line.trim_end().chars().collect();
                    templates.push(parts(&chars, &mut 0, &[]));
                }
            } else {
                banks.entry(section.clone()).or_default().push(line.trim().to_owned());
            }
        }
        Self { banks, templates }
    }

    /// One reference.
    pub(crate) fn make(&self, random: &mut Random) -> Option<Labelled> {
        let template = random.pick(&self.templates)?;
        let mut made = make::Made::new(self, random);
        made.parts(template);
        Some(made.reference)
    }

    fn bank<'a>(&'a self, name: &str, random: &mut Random) -> &'a str {
        self.banks.get(name).and_then(|bank| random.pick(bank)).map_or("", String::as_str)
    }
}

/// Reads parts up to one of `ends`.
fn parts(chars: &[char], at: &mut usize, ends: &[&str]) -> Vec<Part> {
    let mut found = Vec::new();
    let mut text = String::new();
    let looks = |at: usize, mark: &str| {
        mark.chars().enumerate().all(|(nth, c)| chars.get(at + nth) == Some(&c))
    };
    while *at < chars.len() {
        if ends.iter().any(|end| looks(*at, end)) {
            break;
        }
        let mut flush = |text: &mut String| {
            if !text.is_empty() {
                found.push(Part::Text(std::mem::take(text)));
            }
        };
        if looks(*at, "[[") && !looks(*at, "[[{citation") {
            flush(&mut text);
            *at += 2;
            let inner = parts(chars, at, &["]]"]);
            *at += 2;
            // `]]]`: a bracket that belongs to the text inside
            found.push(Part::Maybe(inner));
        } else if looks(*at, "((") {
            flush(&mut text);
            *at += 2;
            let mut ways = vec![parts(chars, at, &["|", "))"])];
            while looks(*at, "|") {
                *at += 1;
                ways.push(parts(chars, at, &["|", "))"]));
            }
            *at += 2;
            found.push(Part::Either(ways));
        } else if chars[*at] == '{' {
            flush(&mut text);
            let close = (*at..chars.len()).find(|&i| chars[i] == '}').unwrap_or(chars.len());
            let inner: String = chars[*at + 1..close].iter().collect();
            *at = close + 1;
            let (head, literal) = match inner.split_once(':') {
                Some((head, literal)) if !head.contains('~') => (head, Some(literal.to_owned())),
                _ => (inner.as_str(), None),
            };
            let mut style = head.split('~');
            let name = style.next().unwrap_or("").to_owned();
            found.push(Part::Slot { name, literal, style: style.map(str::to_owned).collect() });
        } else {
            text.push(chars[*at]);
            *at += 1;
        }
    }
    if !text.is_empty() {
        found.push(Part::Text(text));
    }
    found
}
