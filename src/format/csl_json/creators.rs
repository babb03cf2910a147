//! The people of Zotero's own JSON, which Citoid gives too: one list, each with its role.
//!
//! Takes the value of `creators`, gives the names of each role; called by [`read`](super::read).
//! `[{"creatorType": "editor", "firstName": "Jane", "lastName": "Roe"}]`: Zotero's documentation
//! of its web interface, version 3, "Item type creator types".

use super::node::{Member, Node, Shape};
use super::notes::Notes;
use super::shape::name;
use crate::format::mapping::role_of_creator;
use crate::{Field, Names};

/// The names of each role, in the order of their first; `None` where the value is another.
pub(super) fn creators(node: &Node<'_>, notes: &mut Notes) -> Option<Vec<(Field, Names)>> {
    let Shape::List(nodes) = &node.shape else { return None };
    let mut roles: Vec<(Field, Names)> = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let Shape::Object(members) = &node.shape else { return None };
        let is_role = |member: &&Member<'_>| member.name == "creatorType";
        let role = members.iter().find(is_role)?.value.scalar()?.into_owned();
        let others: Vec<_> = members.iter().filter(|member| !is_role(member)).cloned().collect();
        let bare = Node { place: node.place.clone(), shape: Shape::Object(others) };
        let field = role_of_creator(&role);
        let Some(name) = name(&bare, "creators", index, notes) else { continue };
        match roles.iter_mut().find(|(known, _)| *known == field) {
            Some((_, names)) => names.push(name),
            None => roles.push((field, Names::from_iter([name]))),
        }
    }
    (!roles.is_empty()).then_some(roles)
}
