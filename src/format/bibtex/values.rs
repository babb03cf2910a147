//! Entries with their abbreviations put in, and what they inherit.
//!
//! Takes the raw entries of a file, gives the values of each field; called by
//! [`reader`](super::reader). Abbreviations: BibTeXing, 2.1. Inheritance: biblatex 3.20, 2.4.1
//! (`crossref`, `xdata`, sets) and appendix B (which field becomes which).

use super::raw::{Entry, Form, Piece, brief};
use crate::text::Seeded;
use crate::{Code, Diagnostic, Span};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A field of an entry.
#[derive(Clone, Debug)]
pub(super) struct Value<'a> {
    /// Its name in lower case.
    pub(super) name: Cow<'a, str>,
    /// The sign of its name.
    pub(super) sign: u64,
    /// Its value as it is spelled, abbreviations put in.
    pub(super) raw: Cow<'a, str>,
    /// Where the value stands; the place of the heir's key where it was inherited.
    pub(super) span: Span,
    /// Whether byte n of `raw` is byte n of the span.
    pub(super) is_verbatim: bool,
}

/// An entry.
#[derive(Clone, Debug)]
pub(super) struct Values<'a> {
    /// The entry type in lower case.
    pub(super) kind: Cow<'a, str>,
    pub(super) kind_span: Span,
    pub(super) key: Cow<'a, str>,
    pub(super) key_span: Span,
    pub(super) fields: Vec<Value<'a>>,
    /// Whether the entry's closing brace is there.
    pub(super) is_closed: bool,
    /// Whether values may hold control characters: the text that they were taken from does.
    pub(super) may_hold_controls: bool,
}

impl<'a> Values<'a> {
    /// The values of an entry.
    pub(super) fn of(
        entry: &Entry<'a>,
        strings: &Strings,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        Self::within(Vec::with_capacity(entry.fields.len()), entry, strings, diagnostics)
    }

    /// The values of an entry, in the room of those of another.
    pub(super) fn within(
        mut fields: Vec<Value<'a>>,
        entry: &Entry<'a>,
        strings: &Strings,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        fields.clear();
        fields.extend(entry.fields.iter().map(|field| {
            let (raw, is_verbatim) = strings.expand(&field.value, diagnostics);
            let span = match &*field.value {
                [first, .., last] => Span::new(first.span.start, last.span.end),
                [only] => only.span,
                [] => field.name_span,
            };
            let name = lower(field.name);
            Value { sign: sign(&name), name, raw, span, is_verbatim }
        }));
        Self {
            kind: lower(entry.kind),
            kind_span: entry.kind_span,
            key: Cow::Borrowed(entry.key),
            key_span: entry.key_span,
            fields,
            is_closed: entry.closed,
            may_hold_controls: true,
        }
    }

    /// The first field of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Value<'a>> {
        let sign = sign(name);
        self.fields.iter().find(|field| field.sign == sign && field.name == name)
    }

    /// The same without borrowing from the file.
    pub(super) fn into_owned(self) -> Values<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Values {
            kind: owned(self.kind),
            kind_span: self.kind_span,
            key: owned(self.key),
            key_span: self.key_span,
            is_closed: self.is_closed,
            may_hold_controls: self.may_hold_controls,
            fields: self
                .fields
                .into_iter()
                .map(|field| Value {
                    sign: field.sign,
                    name: owned(field.name),
                    raw: owned(field.raw),
                    span: field.span,
                    is_verbatim: field.is_verbatim,
                })
                .collect(),
        }
    }

    /// Whether the entry inherits.
    pub(super) fn is_heir(&self) -> bool {
        let signs = PARENTS.iter().fold(0, |signs, name| signs | sign(name));
        self.fields.iter().any(|field| field.sign & signs != 0) && self.parents().next().is_some()
    }

    /// The keys that the entry inherits from, in the order in which they give.
    pub(super) fn parents(&self) -> impl Iterator<Item = (&'static str, &str, Span)> {
        PARENTS
            .into_iter()
            // Of a set, the first member gives; other entries only name the sets they are in.
            .filter(|name| *name != "entryset" || self.kind == "set")
            .filter_map(|name| self.get(name).map(|value| (name, value)))
            .flat_map(|(name, value)| {
                let most = if name == "xdata" { usize::MAX } else { 1 };
                value
                    .raw
                    .split(',')
                    .map(str::trim)
                    .filter(|key| !key.is_empty())
                    .take(most)
                    .map(move |key| (name, key, value.span))
            })
    }
}

/// One of 64 signs of a name: names with different signs are different, which tells most apart
/// at once.
#[inline]
pub(super) fn sign(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let (first, last) = (bytes.first().copied(), bytes.last().copied());
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
    let mixed = bytes.len() * 5 + usize::from(first) * 3 + usize::from(last) * 11;
    1 << (mixed % 64)
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// The fields that name parents, in the order in which these give.
const PARENTS: [&str; 3] = ["xdata", "crossref", "entryset"];

/// The abbreviations of a file, those defined so far, and what they have come to.
#[derive(Debug, Default)]
pub(super) struct Strings(HashMap<String, String, Seeded>, Growth);

/// How long a value may grow by its abbreviations, in bytes.
const LONGEST: usize = 1 << 20;
/// How much all values of a file may grow together: by so much, and so many times what is spelled
/// of them. A short file with one long abbreviation again and again would fill any memory.
const MOST: usize = 8 << 20;
const TIMES: usize = 100;

/// How long the values with abbreviations are as they are spelled, and how much longer they grew.
#[derive(Debug, Default)]
struct Growth {
    spelled: AtomicUsize,
    grown: AtomicUsize,
}

impl Growth {
    /// Takes the length of what a value spells, gives how long it may be.
    fn left(&self, spelled: usize) -> usize {
        let all = spelled + self.spelled.fetch_add(spelled, Ordering::Relaxed);
        let most = MOST.saturating_add(all.saturating_mul(TIMES));
        most.saturating_sub(self.grown.load(Ordering::Relaxed))
    }
}

impl Strings {
    /// Defines what a `@string` says.
    pub(super) fn define(&mut self, entry: &Entry<'_>, diagnostics: &mut Vec<Diagnostic>) {
        for field in &entry.fields {
            let value = self.expand(&field.value, diagnostics).0.into_owned();
            self.0.insert(field.name.to_ascii_lowercase(), value);
        }
    }

    /// A value with its abbreviations put in, and whether it stands in the file just so.
    fn expand<'a>(
        &self,
        pieces: &[Piece<'a>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Cow<'a, str>, bool) {
        match pieces {
            [Piece { form: Form::Braced | Form::Quoted, text, .. }] => {
                return (Cow::Borrowed(text), true);
            }
            [Piece { form: Form::Bare, text, .. }]
                if self.0.is_empty()
                    && text.len() <= LONGEST
                    && (is_number(text) || is_month(text)) =>
            {
                return (Cow::Borrowed(text), false);
            }
            _ => {}
        }
        let mut value = String::new();
        let spelled = pieces.iter().map(|piece| piece.text.len()).sum();
        let left = self.1.left(spelled);
        let mut is_short = false;
        for piece in pieces {
            let mut text = match piece.form {
                Form::Braced | Form::Quoted => piece.text,
                Form::Bare => self.bare(piece, diagnostics),
            };
            let mut too_long = |message: &str, assumed: &str| {
                diagnostics.push(
                    Diagnostic::new(Code::BibtexStringTooLong, Some(piece.span), message)
                        .assumed(assumed),
                );
            };
            if value.len() + text.len() > left && text.len() > piece.text.len() {
                if !is_short {
                    let message = "the values grow far beyond the file by their abbreviations";
                    too_long(message, "the abbreviation's name stands as text");
                }
                (is_short, text) = (true, piece.text);
            }
            if value.len() + text.len() > LONGEST {
                let message = "the value grows beyond a megabyte by its abbreviations";
                too_long(message, "it ends here");
                break;
            }
            value.push_str(text);
        }
        self.1.grown.fetch_add(value.len().saturating_sub(spelled), Ordering::Relaxed);
        (Cow::Owned(value), false)
    }

    /// A number, an abbreviation, or words that lack their braces.
    fn bare<'b>(&'b self, piece: &Piece<'b>, diagnostics: &mut Vec<Diagnostic>) -> &'b str {
        let name = piece.text;
        if let Some(text) = self.0.get(&*lower(name)) {
            return text;
        }
        let is_words = name.contains(|c: char| c.is_whitespace() || c == '{');
        if !is_words && !is_number(name) && !is_month(name) {
            diagnostics.push(
                Diagnostic::new(
                    Code::BibtexUnknownString,
                    Some(piece.span),
                    format!("no `@string` defines `{name}`"),
                )
                .assumed("its name stands as text")
                .help(format!("define it before: @string{{{name} = {{…}}}}, or write {{{name}}}")),
            );
        }
        name
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a name is a month's, which BibTeX's styles define.
fn is_month(name: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    name.len() == 3 && MONTHS.iter().any(|month| name.eq_ignore_ascii_case(month))
}

/// How long a chain of entries that inherit from each other may be.
const LONGEST_CHAIN: usize = 16;

/// How many entries one inherits from, all told: where each of a chain names the next one twice,
/// the ways through it double with every entry.
const MOST_PARENTS: usize = 64;

/// Gives an entry what it inherits. `find` knows the other entries by key.
pub(super) fn inherit<'a>(
    values: &mut Values<'a>,
    find: &dyn Fn(&str) -> Option<Values<'a>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut chain = vec![values.key.to_string()];
    let mut left = MOST_PARENTS;
    inherit_along(values, find, &mut chain, &mut left, diagnostics);
}

fn inherit_along<'a>(
    values: &mut Values<'a>,
    find: &dyn Fn(&str) -> Option<Values<'a>>,
    chain: &mut Vec<String>,
    left: &mut usize,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let parents: Vec<(&'static str, String, Span)> =
        values.parents().map(|(by, key, span)| (by, key.to_owned(), span)).collect();
    let owner = brief(&values.key).to_owned();
    let mut found = Vec::new();
    for (by, key, span) in parents {
        let is_cycle = chain.contains(&key);
        if is_cycle || chain.len() >= LONGEST_CHAIN || *left == 0 {
            // Of a circle, one entry says it for all.
            let first = chain.iter().min();
            if is_cycle && !(chain.first() == Some(&key) && first == Some(&key)) {
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
            *left -= 1;
            chain.push(key);
            inherit_along(&mut parent, find, chain, left, diagnostics);
            chain.pop();
            take_over(values, &parent, by);
            found.push(by);
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
    // BibTeX's parents say themselves what their children call `booktitle`.
    let (plain, named): (Vec<_>, Vec<_>) =
        given.into_iter().partition(|(name, field)| *name == field.name);
    for (name, field) in plain.into_iter().chain(named) {
        let is_date = matches!(&*name, "date" | "year" | "month" | "day");
        if has(values, &name) || NOT_INHERITED.contains(&&*name) || is_date && dated {
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

impl Values<'static> {
    /// No entry: what stands between entries.
    pub(super) fn nothing(at: Span) -> Self {
        let empty = Cow::Borrowed("");
        Self {
            kind: empty.clone(),
            kind_span: at,
            key: empty,
            key_span: at,
            fields: Vec::new(),
            is_closed: true,
            may_hold_controls: true,
        }
    }
}

impl Values<'_> {
    /// Whether this is no entry.
    pub(super) fn is_nothing(&self) -> bool {
        self.kind.is_empty()
    }
}
