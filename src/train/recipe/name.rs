//! Names of persons in the manner of a style.

use super::make::Made;
use crate::label::Label;

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
    pub(super) fn names(&mut self, slot: &str, label: Label, style: &[String]) {
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

    pub(super) fn separators(&mut self, form: &str) -> (String, String) {
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

    pub(super) fn name(&mut self, form: &str) -> String {
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
