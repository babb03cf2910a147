//! References made of recipes: banks of names, titles, publishers, and templates that put them
//! together (`data/recipes/*.txt`; their form is described in `data/README.md`).

use super::random::Random;
use super::reference::{Reference, set_of};
use crate::label::name::Label;
use crate::label::only;
use std::collections::HashMap;

/// A file of banks and templates.
pub(crate) struct Recipe {
    banks: HashMap<String, Vec<String>>,
    templates: Vec<Vec<Part>>,
}

/// A part of a template.
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
    pub(crate) fn make(&self, random: &mut Random) -> Option<Reference> {
        let template = random.pick(&self.templates)?;
        let mut made = Made {
            recipe: self,
            random,
            reference: Reference::default(),
            publisher: None,
            university: None,
            names: None,
            abbreviate: None,
        };
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

struct Made<'a> {
    recipe: &'a Recipe,
    random: &'a mut Random,
    reference: Reference,
    publisher: Option<(String, String)>,
    university: Option<(String, String)>,
    /// The manner of names, the same for authors and editors half of the time.
    names: Option<(String, String, String)>,
    abbreviate: Option<bool>,
}

const FORMS: [&str; 18] = [
    "Family, Given",
    "Family, Given",
    "Family, Given",
    "Family, G.",
    "Family, G.",
    "Family, G.",
    "Family, G",
    "Family G.",
    "Family G",
    "G. Family",
    "G. Family",
    "Given Family",
    "Given Family",
    "Given G. Family",
    "FAMILY, Given",
    "FAMILY, G.",
    "G. FAMILY",
    "Given FAMILY",
];

impl Made<'_> {
    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Text(text) => self.reference.push(text, only(Label::Other)),
                Part::Maybe(inner) => {
                    if self.random.chance(0.5) {
                        self.parts(inner);
                    }
                }
                Part::Either(ways) => {
                    if let Some(way) = self.random.pick(ways) {
                        self.parts(way);
                    }
                }
                Part::Slot { name, literal, style } => self.slot(name, literal.as_deref(), style),
            }
        }
    }

    fn label(&mut self, text: &str, label: Label) {
        self.reference.push(text.trim(), only(label));
    }

    fn bank(&mut self, name: &str) -> String {
        let line = self.recipe.bank(name, self.random).to_owned();
        let text = match line.contains(" | ") {
            true => {
                let ways: Vec<&str> = line.split(" | ").collect();
                self.random.pick(&ways).copied().unwrap_or("").to_owned()
            }
            false => line,
        };
        text.chars().map(|c| if c == '#' { self.number(1, 300) } else { c.to_string() }).collect()
    }

    fn number(&mut self, first: usize, last: usize) -> String {
        self.random.between(first, last).to_string()
    }

    fn year(&mut self) -> usize {
        match self.random.below(20) {
            0 => self.random.between(1500, 1900),
            1..=3 => self.random.between(1900, 1970),
            _ => self.random.between(1965, 2024),
        }
    }

    fn slot(&mut self, name: &str, literal: Option<&str>, style: &[String]) {
        if let Some(literal) = literal {
            let set = set_of(name).unwrap_or(only(Label::Other));
            self.reference.push(literal, set);
            return;
        }
        match name {
            "author" | "author1" | "authors3" | "authoretal" => {
                self.names(name, Label::Author, style)
            }
            "editor" | "editor1" | "editors3" | "editoretal" => {
                self.names(name, Label::Editor, style)
            }
            "translator" | "translator1" => self.names("editor1", Label::Translator, style),
            "body" => {
                let text = self.bank("bodies");
                // a body behind persons is their collaboration, which is no author beside them
                let named = self.names.is_some();
                self.label(&text, if named { Label::Note } else { Label::Author });
            }
            "bodypublisher" => {
                let text = self.bank("bodies");
                self.label(&text, Label::Publisher);
            }
            "title" => {
                let text = self.bank("titles");
                self.label(&text, Label::Title);
            }
            "fulltitle" => {
                let title = self.bank("titles");
                let subtitle = self.bank("subtitles");
                let mark =
                    *self.random.pick(&[": ", ": ", ": ", ". ", " – ", " : "]).unwrap_or(&": ");
                let text = if title.ends_with(['?', '!']) {
                    format!("{title} {subtitle}")
                } else {
                    format!("{title}{mark}{subtitle}")
                };
                self.label(&text, Label::Title);
            }
            "monograph" => {
                let mut text = self.bank("books");
                if self.random.chance(0.15) && !text.contains([':', '.']) {
                    let subtitle = self.bank("subtitles");
                    let mark = if self.random.chance(0.6) { ": " } else { ". " };
                    text = format!("{text}{mark}{subtitle}");
                }
                self.label(&text, Label::Title);
            }
            "book" => {
                let text = self.bank("books");
                self.label(&text, Label::ContainerTitle);
            }
            "journal" | "journalabbr" => {
                let line = self.recipe.bank("journals", self.random).to_owned();
                let ways: Vec<&str> = line.split(" | ").collect();
                let text = match ways.as_slice() {
                    [_, rest @ ..]
                        if !rest.is_empty()
                            && (name == "journalabbr" || self.random.chance(0.3)) =>
                    {
                        self.random.pick(rest).copied().unwrap_or("")
                    }
                    [first, ..] => first,
                    [] => "",
                };
                self.label(text, Label::ContainerTitle);
            }
            "newspaper" => {
                let text = self.bank("newspapers");
                self.label(&text, Label::ContainerTitle);
            }
            "conference" => {
                let text = self.bank("conferences");
                self.label(&text, Label::ContainerTitle);
            }
            "series" => {
                let text = self.bank("series");
                self.label(&text, Label::CollectionTitle);
            }
            "year" => {
                let mut text = self.year().to_string();
                if self.random.chance(0.06) {
                    text.push(*self.random.pick(&['a', 'b', 'c']).unwrap_or(&'a'));
                }
                self.label(&text, Label::Date);
            }
            "years" => {
                let year = self.year();
                let last = year + self.random.between(1, 9);
                let last = if self.random.chance(0.3) {
                    format!("{:02}", last % 100)
                } else {
                    last.to_string()
                };
                let dash = if self.random.chance(0.5) { "-" } else { "–" };
                self.label(&format!("{year}{dash}{last}"), Label::Date);
            }
            "olddate" => {
                let text = self.year().to_string();
                self.label(&text, Label::Other);
            }
            "date" => {
                let text = self.date();
                self.label(&text, Label::Date);
            }
            "accessed" => {
                let text = self.date();
                self.label(&text, Label::Accessed);
            }
            "volume" => {
                let text = match self.random.below(40) {
                    0 => {
                        let letter = *self.random.pick(&["A", "B", "C", "D"]).unwrap_or(&"A");
                        format!("{}{letter}", self.number(1, 200))
                    }
                    1 => self.year().to_string(),
                    2..=20 => self.number(1, 60),
                    _ => self.number(1, 400),
                };
                self.label(&text, Label::Volume);
            }
            "romanvolume" => {
                let number = self.random.between(1, 60);
                let text = roman(number, !self.random.chance(0.2));
                self.label(&text, Label::Volume);
            }
            "issue" => {
                let first = self.random.between(1, 12);
                let text = match self.random.below(12) {
                    0 => format!("{first}-{}", first + 1),
                    1 => format!("{first}/{}", first + 1),
                    2 => self.number(10, 400),
                    _ => first.to_string(),
                };
                self.label(&text, Label::Issue);
            }
            "pages" | "pagesshort" => {
                let first = if self.random.chance(0.7) {
                    self.random.between(1, 900)
                } else {
                    self.random.between(1, 12000)
                };
                let last = first + self.random.between(1, 45);
                let mut last = last.to_string();
                if name == "pagesshort" || self.random.chance(0.07) {
                    let first = first.to_string();
                    if first.len() == last.len() && first.len() > 2 {
                        last = last[first.len() - 2..].to_owned();
                    }
                }
                let dash = *self
                    .random
                    .pick(&["-", "-", "–", "–", "–", " - ", " – ", "--", "—"])
                    .unwrap_or(&"-");
                let prefix = if self.random.chance(0.01) { "S" } else { "" };
                self.label(&format!("{prefix}{first}{dash}{prefix}{last}"), Label::Pages);
            }
            "page" => {
                let mut text = self.number(1, 900);
                if self.random.chance(0.05) {
                    text.push('f');
                }
                self.label(&text, Label::Pages);
            }
            "articlenumber" => {
                let text = match self.random.below(4) {
                    0 => format!("e{}", self.number(1000, 99999)),
                    1 => format!("0{}", self.number(10000, 99999)),
                    _ => self.number(10000, 999999),
                };
                self.label(&text, Label::Pages);
            }
            "number" => {
                let n = self.number(1, 9999);
                let year = self.year();
                let text = match self.random.below(7) {
                    0 => format!("{n}/{year}"),
                    1 => format!("{year}-{n}"),
                    2 => {
                        let letters = ["TR", "WP", "CS", "R", "DP"];
                        let l = *self.random.pick(&letters).unwrap_or(&"TR");
                        format!("{l}-{n}")
                    }
                    3 => {
                        let letters = ["TR", "UCB/CSD", "CMU-CS", "CERN-TH", "NBER", "STAN-CS"];
                        let l = *self.random.pick(&letters).unwrap_or(&"TR");
                        format!("{l}-{:02}-{n}", year % 100)
                    }
                    _ => n,
                };
                self.label(&text, Label::Number);
            }
            "edition" => {
                let text = self.number(2, 12);
                self.label(&text, Label::Edition);
            }
            "publisher" | "place" => {
                if self.publisher.is_none() {
                    let line = self.recipe.bank("publishers", self.random).to_owned();
                    let (place, publisher) = line.split_once(" | ").unwrap_or((line.as_str(), ""));
                    self.publisher = Some((place.trim().to_owned(), publisher.trim().to_owned()));
                }
                let (place, publisher) = self.publisher.clone().unwrap_or_default();
                if name == "place" {
                    self.label(&place, Label::Place)
                } else {
                    self.label(&publisher, Label::Publisher)
                }
            }
            "university" | "universityplace" => {
                if self.university.is_none() {
                    let line = self.recipe.bank("universities", self.random).to_owned();
                    let (place, university) = line.split_once(" | ").unwrap_or((line.as_str(), ""));
                    self.university = Some((place.trim().to_owned(), university.trim().to_owned()));
                }
                let (place, university) = self.university.clone().unwrap_or_default();
                if name == "university" {
                    self.label(&university, Label::Publisher)
                } else {
                    self.label(&place, Label::Place)
                }
            }
            "genre" => {
                let text = self.bank("genres");
                self.label(&text, Label::Genre);
            }
            "medium" => {
                let text = *self
                    .random
                    .pick(&["Online", "CD-ROM", "online", "DVD", "Web", "Print", "PDF"])
                    .unwrap_or(&"Web");
                self.label(text, Label::Medium);
            }
            "note" => {
                let text = self.bank("notes");
                self.label(&text, Label::Note);
            }
            "doi" => {
                let text = format!("10.{}/{}", self.number(1000, 9999), self.code());
                self.label(&text, Label::Doi);
            }
            "url" => {
                let text = self.url();
                self.label(&text, Label::Url);
            }
            "arxiv" => {
                let text = format!(
                    "{:02}{:02}.{:04}{}",
                    self.random.between(7, 24),
                    self.random.between(1, 12),
                    self.random.between(1, 9999),
                    if self.random.chance(0.4) { self.number(0, 9) } else { String::new() }
                );
                self.label(&text, Label::Arxiv);
            }
            "arxivold" => {
                let classes = [
                    "hep-th", "hep-ph", "astro-ph", "math", "cond-mat", "gr-qc", "quant-ph",
                    "hep-ex", "hep-lat", "nucl-th", "math.AG", "math-ph",
                ];
                let class = *self.random.pick(&classes).unwrap_or(&"hep-th");
                let text = format!(
                    "{class}/{:02}{:02}{:03}",
                    self.random.below(100),
                    self.random.between(1, 12),
                    self.random.between(1, 999)
                );
                self.label(&text, Label::Arxiv);
            }
            "isbn" => {
                let text = format!(
                    "978-{}-{}-{:05}-{}",
                    self.random.below(10),
                    self.number(100, 999),
                    self.random.below(99999),
                    self.random.below(10)
                );
                self.label(&text, Label::Isbn);
            }
            "issn" => {
                let text = format!("{:04}-{:04}", self.random.below(9999), self.random.below(9999));
                self.label(&text, Label::Isbn);
            }
            "pmid" => {
                let text = self.number(1_000_000, 35_000_000);
                self.label(&text, Label::Isbn);
            }
            "citation-number" => {
                let text = self.number(1, 150);
                self.label(&text, Label::CitationNumber);
            }
            _ => {}
        }
    }

    fn code(&mut self) -> String {
        let n = self.number(10, 999_999);
        match self.random.below(5) {
            0 => format!(
                "j.{}.{}.{}",
                ["cell", "jmb", "socscimed", "respol"][self.random.below(4)],
                self.year(),
                n
            ),
            1 => format!("s{n}-0{}-{}", self.number(10, 99), self.number(1000, 9999)),
            2 => format!("{n}"),
            3 => format!("journal.{n}"),
            _ => format!(
                "{}.{}.{}",
                ["PhysRevD", "jssc", "annurev", "ejn"][self.random.below(4)],
                self.number(1, 99),
                n
            ),
        }
    }

    fn url(&mut self) -> String {
        const HOSTS: [&str; 16] = [
            "www.example.org",
            "www.bund.de",
            "www.un.org",
            "europa.eu",
            "www.destatis.de",
            "www.gov.uk",
            "news.bbc.co.uk",
            "www.jstor.org",
            "www.scielo.br",
            "www.insee.fr",
            "www.istat.it",
            "unesdoc.unesco.org",
            "www.nber.org",
            "papers.ssrn.com",
            "www.theguardian.com",
            "www.oecd.org",
        ];
        const PATHS: [&str; 12] = [
            "index.html",
            "docs/report.pdf",
            "stable/#",
            "papers/w#",
            "sites/default/files/#.pdf",
            "article#.html",
            "~mueller/paper.pdf",
            "de/publikationen/#",
            "view/#/",
            "node/#",
            "cgi-bin/show?id=#",
            "",
        ];
        let host = *self.random.pick(&HOSTS).unwrap_or(&"");
        let path = self.random.pick(&PATHS).unwrap_or(&"").replace('#', &self.number(100, 99999));
        let scheme =
            *self.random.pick(&["http://", "http://", "https://", "", "https://"]).unwrap_or(&"");
        let host =
            if scheme.is_empty() && !host.starts_with("www.") { "www.example.com" } else { host };
        format!("{scheme}{host}/{path}").trim_end_matches('/').to_owned()
    }

    fn date(&mut self) -> String {
        let month = self.random.below(12);
        let names =
            self.recipe.banks.get("months").and_then(|m| m.get(month)).cloned().unwrap_or_default();
        let (long, short) = names.split_once(" | ").unwrap_or((names.as_str(), names.as_str()));
        let day = self.random.between(1, 28);
        let year = self.random.between(1950, 2024).to_string();
        let pattern = self.recipe.bank("dates", self.random).to_owned();
        let mut text = String::new();
        let mut rest = pattern.as_str();
        while !rest.is_empty() {
            let known: [(&str, String); 7] = [
                ("MONTH", long.to_owned()),
                ("MON", short.to_owned()),
                ("YYYY", year.clone()),
                ("YY", year[2..].to_owned()),
                ("DD", format!("{day:02}")),
                ("MM", format!("{:02}", month + 1)),
                ("D", day.to_string()),
            ];
            match known.iter().find(|(key, _)| {
                rest.starts_with(key) && !rest[key.len()..].starts_with(char::is_lowercase)
            }) {
                Some((key, value)) => {
                    text.push_str(value);
                    rest = &rest[key.len()..];
                }
                None => {
                    let c = rest.chars().next().unwrap_or(' ');
                    text.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        text
    }

    fn names(&mut self, slot: &str, label: Label, style: &[String]) {
        let count = match slot {
            "author1" | "editor1" => 1,
            "authors3" | "editors3" => self.random.between(3, 6),
            "authoretal" | "editoretal" => self.random.between(1, 3),
            _ => match self.random.below(20) {
                0..=9 => 1,
                10..=14 => 2,
                15..=17 => 3,
                18 => 4,
                _ => self.random.between(4, 9),
            },
        };
        let (form, separator, last) = match style {
            [form, separator, last, ..] => (form.clone(), separator.clone(), last.clone()),
            [form, separator] => (form.clone(), separator.clone(), separator.clone()),
            [form] => {
                let (s, l) = self.separators(form);
                (form.clone(), s, l)
            }
            [] => match &self.names {
                Some(known) if self.random.chance(0.5) => known.clone(),
                _ => {
                    let form = *self.random.pick(&FORMS).unwrap_or(&"Family, G.");
                    let (s, l) = self.separators(form);
                    (form.to_owned(), s, l)
                }
            },
        };
        self.names = Some((form.clone(), separator.clone(), last.clone()));
        let mut text = String::new();
        for nth in 0..count {
            if nth > 0 {
                text.push_str(if nth + 1 == count { &last } else { &separator });
            }
            let form = match form.split_once('/') {
                Some((first, _)) if nth == 0 => first,
                Some((_, others)) => others,
                None => form.as_str(),
            }
            .to_owned();
            let name = self.name(&form);
            text.push_str(&name);
        }
        self.label(&text, label);
    }

    fn separators(&mut self, form: &str) -> (String, String) {
        let inverted = form.contains(',');
        let separator = if inverted {
            *self.random.pick(&["; ", "; ", ", ", "/", " / ", " & ", " – "]).unwrap_or(&"; ")
        } else {
            *self.random.pick(&[", ", ", ", ", ", "/", "; ", " – ", " - "]).unwrap_or(&", ")
        };
        let and =
            *self.random.pick(&["and", "&", "und", "et", "e", "y", "and", "&"]).unwrap_or(&"and");
        let last = match self.random.below(3) {
            0 => separator.to_owned(),
            1 => format!(" {and} "),
            _ => format!("{} {and} ", if inverted { "," } else { "" }),
        };
        (separator.to_owned(), last)
    }

    fn name(&mut self, form: &str) -> String {
        let mut family = self.recipe.bank("family", self.random).to_owned();
        let mut given = self.recipe.bank("given", self.random).to_owned();
        if self.random.chance(0.2) {
            let second = self.recipe.bank("given", self.random).to_owned();
            given = format!("{given} {second}");
        }
        let ideographic = |text: &str| {
            text.starts_with(|c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'))
        };
        if ideographic(&family) && ideographic(&given) {
            return format!("{family}{given}");
        }
        if form.contains("FAMILY") {
            family = family.to_uppercase();
        }
        let letters: Vec<String> = given
            .split(' ')
            .map(|name| {
                name.split('-')
                    .filter_map(|part| part.chars().next())
                    .map(|c| c.to_string())
                    .collect::<Vec<_>>()
                    .join("-")
            })
            .collect();
        let dotted: Vec<String> =
            letters.iter().map(|l| format!("{}.", l.replace('-', ".-"))).collect();
        let initials = dotted.join(if self.random.chance(0.3) { "" } else { " " });
        let bare = letters.join("").replace('-', "");
        let first_given = given.split(' ').next().unwrap_or("").to_owned();
        match form.replace("FAMILY", "Family").as_str() {
            "Family, Given" => format!("{family}, {given}"),
            "Family, G." => format!("{family}, {initials}"),
            "Family, G" => format!("{family}, {bare}"),
            "Family G." => format!("{family} {initials}"),
            "Family G" => format!("{family} {bare}"),
            "Family Given" => format!("{family} {given}"),
            "G. Family" => format!("{initials} {family}"),
            "G Family" => format!("{bare} {family}"),
            "Given G. Family" => {
                format!("{first_given} {} {family}", dotted.last().cloned().unwrap_or_default())
            }
            "Family" => family,
            _ => format!("{given} {family}"),
        }
    }
}

pub(crate) fn roman(mut number: usize, upper: bool) -> String {
    let mut text = String::new();
    for (value, sign) in
        [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    if upper { text } else { text.to_lowercase() }
}
