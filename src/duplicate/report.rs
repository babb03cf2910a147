//! What is said of duplicates.
//!
//! Takes works and their [`Cluster`]s, gives a [`Finding`] for each work that is, or may be, one
//! that stands before it. Called by users and by the commands.

use super::{Cluster, Finding};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use crate::work::{Date, Field, Names, Work};

/// How much of a title is quoted, in characters.
const TITLE: usize = 60;

/// A note for every work that is the same as one before, or perhaps is.
///
/// ```
/// use citelift::duplicate;
/// let works = [
///     citelift::parse("Roe, J. (2011). Harbour watch at night. Port Studies, 15(2): 61-70."),
///     citelift::parse("Roe, Jane. Harbour Watch at Night. Port Studies 15.2 (2011): 61-70."),
/// ];
/// let found = duplicate::report(&works, &duplicate::find(&works));
/// assert_eq!((found[0].work, found[0].other), (1, Some(0)));
/// assert_eq!(found[0].diagnostic.code.as_str(), "duplicate/found");
/// ```
#[must_use]
pub fn report(works: &[Work], clusters: &[Cluster]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for cluster in clusters {
        let Some((&first, rest)) = cluster.works.split_first() else { continue };
        let Some(of) = works.get(first) else { continue };
        let why = why(cluster);
        for &at in rest {
            let Some(work) = works.get(at) else { continue };
            let name = name(of);
            let diagnostic = if cluster.is_sure() {
                let message = format!("the same work as {name} ({why})");
                Diagnostic::new(Code::DuplicateFound, whole(work), message)
            } else {
                let message = format!("perhaps the same work as {name} ({why})");
                Diagnostic::new(Code::DuplicateLikely, whole(work), message)
                    .assumed("they are two works")
            };
            findings.push(Finding { work: at, other: Some(first), diagnostic });
        }
    }
    findings
}

/// The reasons of a cluster in words.
pub(super) fn why(cluster: &Cluster) -> String {
    cluster.reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// What a work is called: its key, else who made it, when, and its title.
pub(super) fn name(work: &Work) -> String {
    if let Some(id) = work.id.as_deref().filter(|id| !id.is_empty()) {
        return format!("`{id}`");
    }
    let by = [Field::Author, Field::Editor].iter().find_map(|&field| work.names(field));
    let by = by.and_then(Names::first).map(crate::work::Name::sort_name);
    let year = work.issued.as_ref().and_then(Date::first_year).map(|year| year.to_string());
    let head: Vec<String> = by.into_iter().chain(year).collect();
    let title = work.title.as_deref().or(work.container_title.as_deref()).map(|title| {
        let mut chars = title.chars();
        let short: String = chars.by_ref().take(TITLE).collect();
        format!("“{short}{}”", if chars.next().is_some() { "…" } else { "" })
    });
    let parts: Vec<String> =
        (!head.is_empty()).then(|| head.join(" ")).into_iter().chain(title).collect();
    if parts.is_empty() { "one without author and title".to_owned() } else { parts.join(", ") }
}

/// Where the whole work stands in what it was read from.
fn whole(work: &Work) -> Option<Span> {
    let evidence = work.evidence.as_ref()?;
    Some(Span::new(evidence.offset, evidence.offset + evidence.source.len()))
}
