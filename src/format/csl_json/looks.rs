//! What is not as it looks in an item: marks of direction, letters of two scripts in a word.
//!
//! Takes an item's text and its [`Node`], adds diagnostics; called by
//! [`session`](super::session). Programs that write ASCII alone spell these letters `\u0430`, so
//! that values are looked at and not the text.

use super::node::{Node, Shape};
use crate::text::{KEPT, disguises};
use crate::{Diagnostic, Span};
use memchr::memchr_iter;

/// Whether an item's text may hold something that [`report`] would speak of: what reads items
/// straight to works leaves these to others.
pub(super) fn may_report(source: &str) -> bool {
    // the beginnings of Greek and Cyrillic letters and of marks of direction
    let is_such = |at: usize| {
        let code = source.as_bytes().get(at + 1..at + 5).unwrap_or_default();
        matches!(code, [b'u', b'0', b'3'..=b'5', _] | b"u202" | b"u206")
    };
    memchr_iter(b'\\', source.as_bytes()).any(is_such) || !disguises(source, 0, KEPT).is_empty()
}

/// Adds what is found, the first of each kind; `offset` is the item's place in the whole text.
pub(super) fn report(source: &str, node: &Node<'_>, offset: usize, to: &mut Vec<Diagnostic>) {
    if !source.is_ascii() || source.contains("\\u") {
        let before = to.len();
        look(source, node, offset, to, before);
    }
}

/// The depth is bounded by what reads JSON.
fn look(source: &str, node: &Node<'_>, offset: usize, to: &mut Vec<Diagnostic>, before: usize) {
    match &node.shape {
        Shape::Text(text) => {
            for mut found in disguises(text, 0, KEPT) {
                if to.iter().skip(before).any(|other| other.code == found.code) {
                    continue;
                }
                let inside = node.place.start + 1..node.place.end.saturating_sub(1);
                let is_plain = source.get(inside.clone()) == Some(&**text);
                let place = match found.span {
                    Some(span) if is_plain => {
                        Span::new(inside.start + span.start, inside.start + span.end)
                    }
                    _ => node.place.clone().into(),
                };
                found.span = Some(Span::new(place.start + offset, place.end + offset));
                to.push(found);
            }
        }
        Shape::List(nodes) => {
            nodes.iter().for_each(|node| look(source, node, offset, to, before));
        }
        Shape::Object(members) => {
            members.iter().for_each(|member| look(source, &member.value, offset, to, before));
        }
        _ => {}
    }
}
