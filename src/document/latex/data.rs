//! The `.bbl` file that biber makes for biblatex: works as data, to be set by the document's style
//! (biblatex's manual 3.20, 4.2; its files say "biblatex auxiliary file").
//!
//! Takes such a file, gives a list of works in LaTeX, set simply: who, when, what, where.

use super::scan::{Groups, Scan, Token, groups};
use std::collections::HashMap;
use std::fmt::Write;

/// A work.
#[derive(Default)]
struct Entry<'t> {
    key: &'t str,
    names: HashMap<&'t str, Vec<String>>,
    /// Fields, lists (publishers, places) and what stands verbatim (addresses).
    values: HashMap<&'t str, &'t str>,
}

/// The file as a list of works; nothing where it is no such file.
pub(super) fn set(text: &str) -> Option<String> {
    if !text.contains("\\endentry") || !text.contains("\\entry{") {
        return None;
    }
    let groups = groups(text);
    let mut scan = Scan::new(text, 0, text.len());
    let mut set = String::from("\\begin{thebibliography}{}\n");
    let mut entry = Entry::default();
    while let Some(token) = scan.next() {
        let Token::Command(name) = token else { continue };
        match name {
            "entry" => {
                entry =
                    Entry { key: scan.argument(&groups).unwrap_or_default(), ..Entry::default() };
            }
            "name" => {
                let role = scan.argument(&groups).unwrap_or_default();
                scan.argument(&groups);
                scan.argument(&groups);
                let names = scan.argument(&groups).map(names).unwrap_or_default();
                entry.names.insert(role, names);
            }
            "list" => {
                let name = scan.argument(&groups).unwrap_or_default();
                scan.argument(&groups);
                let values = scan.argument(&groups).unwrap_or_default();
                let first = first_group(values);
                entry.values.entry(name).or_insert(first);
            }
            "field" => {
                let name = scan.argument(&groups).unwrap_or_default();
                let value = scan.argument(&groups).unwrap_or_default();
                entry.values.insert(name, value);
            }
            "verb" => {
                if let Some(name) = scan.argument(&groups) {
                    scan.up_to("\\verb");
                    entry.values.insert(name, scan.up_to("\\endverb").trim());
                }
            }
            "endentry" => std::mem::take(&mut entry).set(&mut set),
            _ => {}
        }
    }
    set.push_str("\\end{thebibliography}\n");
    Some(set)
}

impl Entry<'_> {
    /// Sets the work: `Roe, Jane (2010). \emph{Ports}. Leiden: Brill.`
    fn set(&self, out: &mut String) {
        let value = |name: &str| self.values.get(name).copied().filter(|value| !value.is_empty());
        let first = |names: &[&str]| names.iter().find_map(|name| value(name));
        // Writing to a string does not fail.
        let _ = write!(out, "\\bibitem{{{}}} ", self.key);
        let author = self.people("author");
        let editor = self.people("editor").map(|names| format!("{names} (ed.)"));
        let mut start = author.clone().or(editor.clone()).unwrap_or_default();
        if let Some(year) = first(&["year", "date"]) {
            let _ = write!(start, "{}({year})", if start.is_empty() { "" } else { " " });
        }
        sentence(out, &start);
        let whole = first(&["journaltitle", "booktitle", "maintitle"]);
        let title = [value("title"), value("subtitle")];
        let title = title.into_iter().flatten().collect::<Vec<_>>().join(": ");
        match whole {
            Some(_) => sentence(out, &title),
            None => sentence(out, &format!("\\emph{{{title}}}")),
        }
        let mut inside = String::new();
        if let Some(whole) = whole {
            let is_part = value("journaltitle").is_none();
            inside.push_str(if is_part { "In: " } else { "" });
            if let Some(editor) = editor.filter(|_| is_part && author.is_some()) {
                let _ = write!(inside, "{editor}, ");
            }
            let _ = write!(inside, "\\emph{{{whole}}}");
        }
        if let Some(volume) = value("volume") {
            let _ = write!(inside, " {volume}");
        }
        match (value("number"), value("volume")) {
            (Some(number), Some(_)) => {
                let _ = write!(inside, "({number})");
            }
            (Some(number), None) => {
                let _ = write!(inside, " {number}");
            }
            _ => {}
        }
        if let Some(pages) = value("pages") {
            let _ = write!(inside, ", {pages}");
        }
        sentence(out, inside.trim());
        if let Some(edition) = value("edition") {
            let is_number = edition.bytes().all(|byte| byte.is_ascii_digit());
            sentence(out, &if is_number { format!("{edition}. ed.") } else { edition.to_owned() });
        }
        let place = value("location");
        let publisher = first(&["publisher", "institution", "organization"]);
        let imprint: Vec<&str> = [place, publisher].into_iter().flatten().collect();
        sentence(out, &imprint.join(": "));
        for name in ["note", "isbn", "issn"] {
            sentence(out, value(name).unwrap_or_default());
        }
        match (value("doi"), first(&["url", "urlraw"])) {
            (Some(doi), _) => {
                let _ = write!(out, "\\url{{https://doi.org/{doi}}}");
            }
            (None, Some(url)) => {
                let _ = write!(out, "\\url{{{url}}}");
            }
            (None, None) => {}
        }
        out.push_str("\n\n");
    }

    /// The people of a role: `Roe, Jane; Poe, Richard`.
    fn people(&self, role: &str) -> Option<String> {
        self.names.get(role).filter(|names| !names.is_empty()).map(|names| names.join("; "))
    }
}

fn sentence(out: &mut String, text: &str) {
    if !text.is_empty() {
        out.push_str(text);
        out.push_str(if text.ends_with(['.', '?', '!']) { " " } else { ". " });
    }
}

/// The names in the last argument of `\name`: `{{hash=…}{family={Roe}, given={Jane}}}`.
fn names(persons: &str) -> Vec<String> {
    let groups = groups(persons);
    let mut all: Vec<[&str; 4]> = Vec::new();
    let mut scan = Scan::new(persons, 0, persons.len());
    while let Some(token) = scan.next() {
        let Token::Text(key) = token else { continue };
        let Some(key) = key.rsplit(',').next().and_then(|key| key.strip_suffix('=')) else {
            continue;
        };
        let at = match key {
            "family" => 0,
            "given" => 1,
            "prefix" => 2,
            "suffix" => 3,
            _ => continue,
        };
        let Some(value) = scan.argument(&groups) else { continue };
        match all.last_mut() {
            Some(last) if at > 0 => {
                if let Some(part) = last.get_mut(at) {
                    *part = value;
                }
            }
            _ => all.push([value, "", "", ""]),
        }
    }
    all.iter().map(name).collect()
}

fn name([family, given, prefix, suffix]: &[&str; 4]) -> String {
    let mut name = String::new();
    for part in [prefix, family] {
        if !part.is_empty() {
            name.push_str(if name.is_empty() { "" } else { " " });
            name.push_str(part);
        }
    }
    for part in [given, suffix] {
        if !part.is_empty() {
            name.push_str(", ");
            name.push_str(part);
        }
    }
    name
}

/// The first group of a list: `{Brill}{Elsewhere}`.
fn first_group(list: &str) -> &str {
    let groups: Groups = groups(list);
    Scan::new(list, 0, list.len()).argument(&groups).unwrap_or_default()
}
