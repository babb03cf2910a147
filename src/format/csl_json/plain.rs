//! Texts without what pages and databases leave in them: HTML's entities, control characters.
//!
//! Takes a [`Value`], changes it in place; called by [`read`](super::read). CSL-JSON has tags of
//! HTML in texts and no entities, but Crossref gives `&amp;` for what its publishers deposit.

use crate::format::entity::unescaped;
use crate::{Name, Value};
use std::borrow::Cow;

/// Reads entities as their characters and leaves out control characters; whether there were such.
pub(super) fn cleaned(value: &mut Value) -> bool {
    match value {
        Value::Text(text) => clean(text),
        Value::Keywords(words) => words.iter_mut().fold(false, |found, word| clean(word) | found),
        Value::Names(names) => {
            let mut found = false;
            for name in &mut names.list {
                match name {
                    Name::Literal(body) => found |= clean(body),
                    Name::Person(person) => {
                        found |= clean(&mut person.family);
                        let parts = [
                            &mut person.given,
                            &mut person.dropping_particle,
                            &mut person.non_dropping_particle,
                            &mut person.suffix,
                        ];
                        for part in parts.into_iter().flatten() {
                            found |= clean(part);
                        }
                    }
                }
            }
            found
        }
        _ => false,
    }
}

fn clean(text: &mut String) -> bool {
    let is_control = |c: char| c.is_control() && !c.is_whitespace();
    let found = text.contains(is_control);
    text.retain(|c| !is_control(c));
    if let Cow::Owned(plain) = unescaped(text) {
        *text = plain;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_plain() {
        let mut value = Value::Text("A &amp;amp; B\u{0}\nC".to_owned());
        assert!(cleaned(&mut value));
        assert_eq!(value, Value::Text("A & B\nC".to_owned()));
        assert!(!cleaned(&mut value));
        let mut words = Value::Keywords(vec!["a\u{7}".into(), "b".into()]);
        assert!(cleaned(&mut words));
    }
}
