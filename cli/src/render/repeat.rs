//! What is said of one record after the other, shortened: the first twenty, then how many more.
//!
//! Called by [`Reporter`](super::Reporter) for people; programs get all. Two messages are alike
//! when they differ in what they quote and in numbers alone.

use citelift::{Code, Diagnostic, Severity};
use std::collections::HashMap;

/// How many alike are shown.
const SHOWN: usize = 20;
/// How many kinds of messages of all codes are told apart; what comes after goes by its code.
const SHAPES: usize = 200;
/// How many names are counted one by one.
const NAMES: usize = 8;

/// What was said so far.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    index: HashMap<(Code, String), usize>,
    groups: Vec<Group>,
}

/// Messages that are alike.
#[derive(Debug)]
struct Group {
    code: Code,
    severity: Severity,
    shape: String,
    shown: usize,
    /// How many are not shown.
    more: usize,
    /// What these quote first, and how often, as long as they are few.
    names: Option<Vec<(String, usize)>>,
}

impl Repeats {
    /// Counts a diagnostic; tells whether it is to be shown.
    pub(super) fn is_news(&mut self, diagnostic: &Diagnostic) -> bool {
        let (mut shape, name) = shape(&diagnostic.message);
        if self.groups.len() >= SHAPES
            && !self.index.contains_key(&(diagnostic.code, shape.clone()))
        {
            shape.clear();
        }
        let groups = &mut self.groups;
        let at = *self.index.entry((diagnostic.code, shape.clone())).or_insert_with(|| {
            groups.push(Group {
                code: diagnostic.code,
                severity: diagnostic.severity,
                shape,
                shown: 0,
                more: 0,
                names: Some(Vec::new()),
            });
            groups.len() - 1
        });
        let Some(group) = groups.get_mut(at) else { return true };
        if group.shown < SHOWN {
            group.shown += 1;
            return true;
        }
        group.more += 1;
        group.severity = group.severity.max(diagnostic.severity);
        group.count(name);
        false
    }

    /// A sentence for every kind of message of which some are not shown.
    pub(super) fn rest(&self) -> impl Iterator<Item = (Code, Severity, String)> {
        self.groups.iter().filter(|group| group.more > 0).map(|group| {
            let count = grouped(group.more);
            let shape = if group.shape.is_empty() { "others" } else { &group.shape };
            let message = match group.names.as_deref() {
                Some(names @ [_, ..]) => {
                    let names: Vec<String> = names
                        .iter()
                        .map(|(name, count)| format!("{} of `{name}`", grouped(*count)))
                        .collect();
                    format!("{count} more: {shape} ({})", names.join(", "))
                }
                _ => format!("{count} more: {shape}"),
            };
            (group.code, group.severity, message)
        })
    }
}

impl Group {
    fn count(&mut self, name: Option<&str>) {
        let Some(names) = &mut self.names else { return };
        let known = name.and_then(|name| names.iter().position(|(known, _)| known == name));
        match (known, name) {
            (Some(at), _) => names[at].1 += 1,
            (None, Some(name)) if names.len() < NAMES => names.push((name.to_owned(), 1)),
            (None, _) => self.names = None,
        }
    }
}

/// A message without what it quotes and without its numbers, and the first name that it quotes
/// in backticks.
fn shape(message: &str) -> (String, Option<&str>) {
    let mut shape = String::new();
    let mut name = None;
    let mut rest = message;
    while let Some(c) = rest.chars().next() {
        let behind = &rest[c.len_utf8()..];
        let close = match c {
            '`' => '`',
            '“' => '”',
            '0'..='9' => {
                rest = behind.trim_start_matches(|c: char| c.is_ascii_digit());
                shape.push('…');
                continue;
            }
            c => {
                shape.push(c);
                rest = behind;
                continue;
            }
        };
        let (quoted, after) = behind.split_once(close).unwrap_or((behind, ""));
        if c == '`' && name.is_none() {
            name = Some(quoted);
        }
        shape.extend([c, '…', close]);
        rest = after;
    }
    (shape.trim_end_matches(" (“…”)").to_owned(), name)
}

/// A number with a comma between every three digits.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let numbers = [0, 12, 123, 1204, 1_234_567].map(grouped);
        assert_eq!(numbers, ["0", "12", "123", "1,204", "1,234,567"]);
    }

    #[test]
    fn after_twenty_alike_they_are_counted() {
        let mut repeats = Repeats::default();
        let mut shown = 0;
        for number in 0..1000 {
            let field = if number % 4 == 0 { "scale" } else { "dimensions" };
            let message = format!("`{field}` has no place in RIS (“Harbour {number}”)");
            let loss = Diagnostic::new(Code::OutputFieldLost, None, message);
            shown += usize::from(repeats.is_news(&loss));
        }
        let other = Diagnostic::new(Code::OutputFieldLost, None, "something else");
        assert!(repeats.is_news(&other));
        assert_eq!(shown, SHOWN);
        let rest: Vec<_> = repeats.rest().map(|(_, _, message)| message).collect();
        assert_eq!(
            rest,
            ["980 more: `…` has no place in RIS (245 of `scale`, 735 of `dimensions`)"]
        );
    }

    #[test]
    fn messages_that_are_all_different_do_not_flood_either() {
        let mut repeats = Repeats::default();
        let shown = (0..100_000_u32).filter(|number| {
            let word: String = number.to_string().bytes().map(|b| char::from(b + 49)).collect();
            repeats.is_news(&Diagnostic::new(Code::RecordEmpty, None, word))
        });
        assert_eq!(shown.count(), SHAPES + SHOWN);
        assert_eq!(repeats.rest().count(), 1);
    }
}
