//! Texts without what pages and databases leave in them: HTML's entities, control characters.
//!
//! Takes the [`Node`] of a property, gives another; called by [`read`](super::read). CSL-JSON has
//! tags of HTML in texts and no entities, but Crossref gives `&amp;` for what its publishers
//! deposit.

use super::node::{Member, Node, Shape};
use crate::format::entity::unescaped;
use std::borrow::Cow;

/// A value with entities as their characters and without control characters, and whether it had
/// such; `None` where it may stay as it is.
pub(super) fn plain<'a>(node: &Node<'a>) -> Option<(Node<'a>, bool)> {
    if !needs(node) {
        return None;
    }
    let (mut node, mut has_controls) = (node.clone(), false);
    clean(&mut node, &mut has_controls);
    Some((node, has_controls))
}

fn is_control(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}

/// Whether any text of a value is to be changed, or looks so. The depth is bounded by what reads
/// JSON.
fn needs(node: &Node<'_>) -> bool {
    match &node.shape {
        Shape::Text(text) => text.contains(|c| c == '&' || is_control(c)),
        Shape::List(nodes) => nodes.iter().any(needs),
        Shape::Object(members) => members.iter().any(|member| needs(&member.value)),
        _ => false,
    }
}

fn clean(node: &mut Node<'_>, has_controls: &mut bool) {
    match &mut node.shape {
        Shape::Text(text) => {
            if text.contains(is_control) {
                *has_controls = true;
                text.to_mut().retain(|c| !is_control(c));
            }
            if let Cow::Owned(plain) = unescaped(text) {
                *text = Cow::Owned(plain);
            }
        }
        Shape::List(nodes) => nodes.iter_mut().for_each(|node| clean(node, has_controls)),
        Shape::Object(members) => {
            for Member { value, .. } in members {
                clean(value, has_controls);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_plain() {
        let text = |text: &'static str| Node::of(Shape::Text(text.into()));
        let list = Node::of(Shape::List(vec![text("A &amp;amp; B\u{0}\n"), text("C")]));
        let plain = plain(&list).unwrap();
        assert_eq!(plain, (Node::of(Shape::List(vec![text("A & B\n"), text("C")])), true));
        assert_eq!(super::plain(&text("C")), None);
    }
}
