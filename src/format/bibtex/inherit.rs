//! What entries inherit from others of their file.
//!
//! Takes an entry's values and a way to find others, gives the values with what is inherited;
//! called by [`whole`](super::whole) and, by way of it, by [`reader`](super::reader). Inheritance:
//! biblatex 3.20, 2.4.1 (`crossref`, `xdata`, sets) and appendix B (which field becomes which).

use super::raw::brief;
use super::values::{Value, Values, sign};
use crate::{Code, Diagnostic, Span};
use std::borrow::Cow;
use std::cell::Cell;

/// How long a chain of entries that inherit from each other may be.
const LONGEST_CHAIN: usize = 16;

/// How many entries one inherits from, all told: where each of a chain names the next one twice,
/// the ways through it double with every entry.
const MOST_PARENTS: usize = 64;

/// How much all entries of a file may inherit together: by so many bytes, and so many times what
/// the file spells. One long parent of ten thousand children would fill any memory.
const MOST: usize = 16 << 20;
const TIMES: usize = 16;

/// How much the entries of a file may still inherit.
#[derive(Debug)]
pub(super) struct Estate {
    spelled: usize,
    inherited: Cell<usize>,
}

impl Estate {
    /// Of a file of which so many bytes are read.
    pub(super) fn of(spelled: usize) -> Self {
        Self { spelled, inherited: Cell::new(0) }
    }

    /// So many bytes more are read.
    pub(super) fn grow(&mut self, spelled: usize) {
        self.spelled += spelled;
    }

    /// Takes so many bytes; `false` where these are too many.
    fn take(&self, bytes: usize) -> bool {
        let taken = self.inherited.get().saturating_add(bytes);
        let is_left = taken <= MOST.saturating_add(self.spelled.saturating_mul(TIMES));
        if is_left {
            self.inherited.set(taken);
        }
        is_left
    }
}

/// The way from an entry to those that it inherits from.
struct Way<'e> {
    estate: &'e Estate,
    /// The keys of the entries that one came by.
    chain: Vec<String>,
    /// How many parents more there may be.
    left: usize,
}

/// Gives an entry what it inherits. `find` knows the other entries by key.
pub(super) fn inherit<'a>(
    values: &mut Values<'a>,
    find: &dyn Fn(&str) -> Option<Values<'a>>,
    estate: &Estate,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut way = Way { estate, chain: vec![values.key.to_string()], left: MOST_PARENTS };
    inherit_along(values, find, &mut way, diagnostics);
}

fn inherit_along<'a>(
    values: &mut Values<'a>,
    find: &dyn Fn(&str) -> Option<Values<'a>>,
    way: &mut Way<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let parents: Vec<(&'static str, String, Span)> =
        values.parents().map(|(by, key, span)| (by, key.to_owned(), span)).collect();
    let owner = brief(&values.key).to_owned();
    let mut found = Vec::new();
    for (by, key, span) in parents {
        let is_cycle = way.chain.contains(&key);
        if is_cycle || way.chain.len() >= LONGEST_CHAIN || way.left == 0 {
            // Of a circle, one entry says it for all.
            let first = way.chain.iter().min();
            if is_cycle && !(way.chain.first() == Some(&key) && first == Some(&key)) {
                continue;
            }
            let message = match is_cycle {
                true => format!("`{owner}` inherits from itself by way of `{}`", brief(&key)),
                false => format!("`{}` is one entry too many to inherit from", brief(&key)),
            };
            diagnostics.push(
                Diagnostic::new(Code::BibtexParentCycle, Some(span), message)
                    .assumed("nothing is inherited from it")
                    .help(format!("take `{by}` out of one of the entries")),
            );
        } else if let Some(mut parent) = find(&key) {
            way.left -= 1;
            way.chain.push(key);
            inherit_along(&mut parent, find, way, diagnostics);
            way.chain.pop();
            let length = parent.fields.iter().map(|field| field.raw.len()).sum();
            if way.estate.take(length) {
                take_over(values, &parent, by);
                found.push(by);
            } else {
                let message = format!("`{owner}` inherits more than the file can give to all");
                diagnostics.push(
                    Diagnostic::new(Code::BibtexParentTooLong, Some(span), message)
                        .assumed("nothing is inherited")
                        .help("shorten what the parent says: every child has it once more"),
                );
            }
        } else {
            let message =
                format!("the entry `{}`, which `{owner}` inherits from, is not here", brief(&key));
            diagnostics.push(
                Diagnostic::new(Code::BibtexParentMissing, Some(span), message)
                    .assumed("nothing is inherited")
                    .help("add the entry to the file, or the fields to this entry"),
            );
        }
    }
    // What was inherited is the entry's own now.
    values.fields.retain(|field| {
        !matches!(&*field.name, "crossref" | "xdata") || !found.iter().any(|by| *by == field.name)
    });
}

/// What no entry inherits (biblatex 3.20, appendix B).
const NOT_INHERITED: &[&str] = &[
    "ids",
    "crossref",
    "xref",
    "xdata",
    "entryset",
    "entrysubtype",
    "execute",
    "label",
    "options",
    "presort",
    "related",
    "relatedoptions",
    "relatedstring",
    "relatedtype",
    "shorthand",
    "shorthandintro",
    "sortkey",
    "sorttitle",
    "sortname",
    "indextitle",
    "indexsorttitle",
];

/// What stands beside a title, and belongs to it.
const BESIDE: &[(&str, &[&str])] = &[
    ("title", &["subtitle", "titleaddon"]),
    ("booktitle", &["booksubtitle", "booktitleaddon"]),
    ("maintitle", &["mainsubtitle", "maintitleaddon"]),
    ("journaltitle", &["journalsubtitle", "journaltitleaddon"]),
];

fn take_over<'a>(values: &mut Values<'a>, parent: &Values<'a>, by: &str) {
    let all = by != "crossref";
    values.may_hold_controls |= parent.may_hold_controls;
    let has = |values: &Values<'_>, name: &str| values.get(name).is_some();
    let dated = has(values, "date") || has(values, "year");
    let given: Vec<(Cow<'a, str>, &Value<'a>)> = parent
        .fields
        .iter()
        .flat_map(|field| {
            let mut names = vec![];
            match (all, renamed(&parent.kind, &values.kind, &field.name)) {
                (false, Some(new)) => names.push(Cow::Borrowed(new)),
                // A title of a parent is never the title of its part.
                (false, None) if is_title(&field.name) && parent.kind != values.kind => {}
                _ => names.push(field.name.clone()),
            }
            if !all
                && field.name == "author"
                && is_in_book(&values.kind)
                && parent.kind.ends_with("book")
            {
                names.push(Cow::Borrowed("bookauthor"));
            }
            names.into_iter().map(move |name| (name, field))
        })
        .collect();
    // A title of its own takes no subtitle of another's; `xdata` may give one alone.
    let is_whole = |title: &str| {
        has(values, title) && (by != "xdata" || given.iter().any(|(name, _)| name == title))
    };
    let whole: Vec<&str> = BESIDE
        .iter()
        .filter(|(title, _)| is_whole(title))
        .flat_map(|(_, all)| *all)
        .copied()
        .collect();
    // BibTeX's parents say themselves what their children call `booktitle`.
    let (plain, named): (Vec<_>, Vec<_>) =
        given.into_iter().partition(|(name, field)| *name == field.name);
    for (name, field) in plain.into_iter().chain(named) {
        let is_date = matches!(&*name, "date" | "year" | "month" | "day");
        if has(values, &name)
            || NOT_INHERITED.contains(&&*name)
            || is_date && dated
            || whole.contains(&&*name)
        {
            continue;
        }
        values.fields.push(Value {
            sign: sign(&name),
            name,
            raw: field.raw.clone(),
            span: values.key_span,
            is_verbatim: false,
        });
    }
}

fn is_title(name: &str) -> bool {
    matches!(name, "title" | "subtitle" | "titleaddon" | "shorttitle")
}

fn is_in_book(kind: &str) -> bool {
    matches!(kind, "inbook" | "bookinbook" | "suppbook")
}

/// What a parent's field is called in its child; `None` where it keeps its name.
fn renamed(parent: &str, child: &str, name: &str) -> Option<&'static str> {
    let multi = parent.starts_with("mv") && (child == &parent[2..] || !child.starts_with("mv"));
    let container = match (parent, child) {
        ("periodical", "article" | "suppperiodical") => "journal",
        ("book" | "collection" | "reference" | "proceedings" | "inbook" | "manual", _)
            if child.starts_with("in")
                || child.starts_with("supp")
                || child == "bookinbook"
                || child == "conference" =>
        {
            "book"
        }
        _ if multi => "main",
        _ => return None,
    };
    Some(match (container, name) {
        ("journal", "title") => "journaltitle",
        ("journal", "subtitle") => "journalsubtitle",
        ("book", "title") => "booktitle",
        ("book", "subtitle") => "booksubtitle",
        ("book", "titleaddon") => "booktitleaddon",
        ("main", "title") => "maintitle",
        ("main", "subtitle") => "mainsubtitle",
        ("main", "titleaddon") => "maintitleaddon",
        _ => return None,
    })
}
