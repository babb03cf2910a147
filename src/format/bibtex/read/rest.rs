//! What no field takes: fields of one's own, names that stand twice, control characters.
//!
//! Part of [`read`](super). Fields that the model has not are kept raw and written back.

use super::{Raw, Reading};
use crate::format::bibtex::raw::brief;
use crate::text::Seeded;
use crate::{Code, Diagnostic, Span};
use std::collections::{HashMap, HashSet};

impl<'v, 'a> Reading<'v, 'a, '_> {
    /// Control characters enter no field; one doubt for the whole entry.
    pub(super) fn controls(&mut self) {
        if !self.values.may_hold_controls {
            return;
        }
        let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        let found =
            self.values.fields.iter().find_map(|raw| Some((raw, raw.raw.find(is_control)?)));
        if let Some((raw, at)) = found {
            let place = raw.span.start + if raw.is_verbatim { at } else { 0 };
            let length = raw.raw[at..].chars().next().map_or(0, char::len_utf8);
            let span = if raw.is_verbatim { Span::new(place, place + length) } else { raw.span };
            let message =
                format!("`{}` of `{}` holds control characters", brief(&raw.name), self.owner());
            self.diagnostics.push(
                Diagnostic::new(Code::TextControlCharacters, Some(span), message)
                    .assumed("they are left out"),
            );
        }
    }

    /// What no field takes: kept raw. A name that stands twice is numbered.
    pub(super) fn left_over(&mut self, places: &[usize]) {
        const FEW: usize = 32;
        let fields: &'v [Raw<'a>] = &self.values.fields;
        let stands_once =
            |raw: &Raw<'_>| fields.iter().filter(|field| field.name == raw.name).count() == 1;
        if fields.len() <= FEW && places.iter().filter_map(|&at| fields.get(at)).all(stands_once) {
            for raw in places.iter().filter_map(|&at| fields.get(at)) {
                self.extra(&raw.name, &raw.raw);
            }
            return;
        }
        // Ten thousand unknown fields, or one name ten thousand times, must not be looked for
        // among each other.
        let mut first: HashMap<&str, &Raw<'_>, Seeded> = HashMap::default();
        for raw in fields {
            first.entry(&raw.name).or_insert(raw);
        }
        let mut kept: HashSet<String> =
            self.work.extra.iter().map(|extra| extra.name.clone()).collect();
        let mut next: HashMap<&str, usize, Seeded> = HashMap::default();
        for raw in places.iter().filter_map(|&at| fields.get(at)) {
            let first = first.get(&*raw.name);
            let is_repeated = first.is_some_and(|first| !std::ptr::eq(*first, raw));
            if is_repeated && first.is_some_and(|first| first.raw == raw.raw) {
                continue;
            }
            let mut name = raw.name.to_string();
            if is_repeated {
                let number = next.entry(&raw.name).or_insert(2);
                while kept.contains(&format!("{name}_{number}")) {
                    *number += 1;
                }
                name = format!("{name}_{number}");
                self.repeated(raw, &name);
            }
            self.extra(&name, &raw.raw);
            kept.insert(name);
        }
    }

    /// Says that a field stands twice, and what the second is called.
    fn repeated(&mut self, raw: &Raw<'_>, name: &str) {
        let message = format!("`{}` stands twice in `{}`", brief(&raw.name), self.owner());
        self.diagnostics.push(
            Diagnostic::new(Code::RecordFieldRepeated, Some(raw.span), message)
                .assumed(format!("the first one counts, this one is kept as `{name}`"))
                .help("take one of the two out"),
        );
    }
}
