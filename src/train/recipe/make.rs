//! One reference of a recipe: which values fill its slots.

use super::super::random::Random;
use super::super::reference::{Labelled, set_of};
use super::value::roman;
use super::{Part, Recipe};
use crate::label::{Label, only};

/// How often a body has another beside it.
const TWO_BODIES: f32 = 0.12;

pub(super) struct Made<'a> {
    pub(super) recipe: &'a Recipe,
    pub(super) random: &'a mut Random,
    pub(super) reference: Labelled,
    pub(super) publisher: Option<(String, String)>,
    pub(super) university: Option<(String, String)>,
    /// The manner of names, the same for authors and editors half of the time.
    pub(super) names: Option<(String, String, String)>,
}

impl<'a> Made<'a> {
    pub(super) fn new(recipe: &'a Recipe, random: &'a mut Random) -> Self {
        Self {
            recipe,
            random,
            reference: Labelled::default(),
            publisher: None,
            university: None,
            names: None,
        }
    }

    pub(super) fn parts(&mut self, parts: &[Part]) {
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

    pub(super) fn label(&mut self, text: &str, label: Label) {
        self.reference.push(text.trim(), only(label));
    }

    pub(super) fn bank(&mut self, name: &str) -> String {
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

    pub(super) fn number(&mut self, first: usize, last: usize) -> String {
        self.random.between(first, last).to_string()
    }

    pub(super) fn year(&mut self) -> usize {
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
                let mut text = self.bank("bodies");
                if self.random.chance(TWO_BODIES) {
                    let marks = [" and ", " & ", "; ", ", ", " and ", " und ", " et ", "/"];
                    let mark = *self.random.pick(&marks).unwrap_or(&" and ");
                    text = format!("{text}{mark}{}", self.bank("bodies"));
                }
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
}
