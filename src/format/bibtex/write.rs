//! Spells works as BibTeX and BibLaTeX entries.
//!
//! Called by the verbs of [`bibtex`](super). What goes where is [`mapping`](crate::format)'s to
//! say; how a value is spelled is said here.

use super::latex::{is_balanced, push_plain, push_rich, push_verbatim};
use super::{Dialect, Options};
use super::{language, name::push_names, protect::push_title};
use crate::format::annotated;
use crate::format::mapping::{Column, Place, bib_place, entry_type};
use crate::{Date, DateForm, Field, Origin, Pages, ValueRef, Work, key};
use std::fmt::Write;

/// Works as entries, an empty line between.
pub(super) fn entries(works: &[Work], options: &Options) -> String {
    let mut out = String::new();
    for (work, id) in works.iter().zip(key::unique(works, is_key)) {
        if !out.is_empty() {
            out.push('\n');
        }
        entry(&mut out, work, &id, options);
    }
    out
}

/// Whether a cite key can stand in a `.bib` file: BibTeX and biber agree on these characters.
pub(super) fn is_key(id: &str) -> bool {
    !id.is_empty()
        && id.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.' | b'+' | b'/')
        })
}

impl Options {
    pub(super) fn column(&self) -> Column {
        match self.dialect {
            Dialect::Bibtex => Column::Bibtex,
            Dialect::Biblatex => Column::Biblatex,
        }
    }
}

fn entry(out: &mut String, work: &Work, id: &str, options: &Options) {
    let (kind, subtype) = entry_type(work.kind, options.column());
    out.push('@');
    out.push_str(kind);
    out.push('{');
    out.push_str(id);
    let bare = out.len();
    let mut roles = ["editora", "editorb", "editorc"].into_iter();
    for &field in Field::ALL {
        let Some(value) = work.get(field) else {
            // An annotation may give a field its only text.
            if let Some(text) = annotated(work, field, options.annotation) {
                text_field(out, work, field, &text, options);
            }
            continue;
        };
        match (value, bib_place(field, work.kind, options.column())) {
            (ValueRef::Names(names), Place::Role(role)) => {
                if let Some(name) = roles.next() {
                    begin(out, name);
                    push_names(out, names);
                    out.push('}');
                    begin(out, name);
                    out.truncate(out.len() - " = {".len());
                    out.push_str("type = {");
                    out.push_str(role);
                    out.push('}');
                }
            }
            (ValueRef::Names(names), Place::Field(name)) => {
                begin(out, name);
                push_names(out, names);
                out.push('}');
            }
            (ValueRef::Date(date), Place::Field(_)) if field == Field::Issued => {
                issued(out, date, options.dialect);
            }
            (ValueRef::Date(date), Place::Field(name)) => date_field(out, name, date),
            (ValueRef::Pages(pages), Place::Field(name)) => {
                begin(out, name);
                push_pages(out, pages);
                out.push('}');
            }
            (ValueRef::Keywords(words), Place::Field(name)) => {
                begin(out, name);
                push_keywords(out, words);
                out.push('}');
            }
            (ValueRef::Text(_), _) => {
                if let Some(text) = annotated(work, field, options.annotation) {
                    text_field(out, work, field, &text, options);
                }
            }
            // Values that are no names have a field of their own.
            (_, Place::Role(_)) => {}
        }
    }
    if let Some(subtype) = subtype {
        begin(out, "entrysubtype");
        out.push_str(subtype);
        out.push('}');
    }
    for extra in work.extra.iter().filter(|extra| extra.origin == Origin::Bibtex) {
        if is_field_name(&extra.name) {
            begin(out, &extra.name);
            // The value is LaTeX already, unless it would break out of its braces.
            if is_balanced(&extra.value) && !extra.value.ends_with('\\') {
                out.push_str(&extra.value);
            } else {
                push_plain(out, &extra.value);
            }
            out.push('}');
        }
    }
    // BibTeX takes an entry without fields as it is; the biblatex crate wants the comma.
    if out.len() == bare {
        out.push(',');
    }
    out.push_str("\n}\n");
}

/// Whether a name from elsewhere can name a field.
pub(super) fn is_field_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Ends what stands before and begins a field's value.
fn begin(out: &mut String, name: &str) {
    out.push_str(",\n  ");
    out.push_str(name);
    out.push_str(" = {");
}

fn text_field(out: &mut String, work: &Work, field: Field, text: &str, options: &Options) {
    let Place::Field(name) = bib_place(field, work.kind, options.column()) else { return };
    if field == Field::Language
        && let Some(babel) = language::babel(text)
    {
        begin(out, "langid");
        out.push_str(babel);
        out.push('}');
    }
    begin(out, name);
    match field {
        Field::Doi | Field::Url => push_verbatim(out, text),
        _ if is_cased(name) => push_title(out, text),
        Field::Abstract | Field::Annote | Field::Note => push_paragraphs(out, text),
        _ => push_rich(out, text),
    }
    out.push('}');
    if field == Field::Number
        && let Some(number) = text.strip_prefix("arXiv:")
    {
        begin(out, "eprint");
        push_verbatim(out, number);
        out.push_str("},\n  eprinttype = {arxiv}");
    }
}

/// Whether styles change the case of a field. They leave journals alone.
fn is_cased(name: &str) -> bool {
    matches!(name, "title" | "booktitle" | "series" | "shorttitle" | "eventtitle" | "origtitle")
}

/// Paragraphs, each on lines of its own.
fn push_paragraphs(out: &mut String, text: &str) {
    push_rich(out, text);
}

fn push_pages(out: &mut String, pages: &Pages) {
    for (index, range) in pages.ranges().iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        push_plain(out, &range.first);
        if let Some(last) = &range.last {
            out.push_str("--");
            push_plain(out, last);
        }
    }
}

/// Keywords with commas between; a keyword that holds one itself stands in braces.
fn push_keywords(out: &mut String, words: &[String]) {
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        if word.contains([',', ';']) {
            out.push('{');
            push_plain(out, word);
            out.push('}');
        } else {
            push_plain(out, word);
        }
    }
}

fn date_field(out: &mut String, name: &str, date: &Date) {
    begin(out, name);
    push_date(out, date);
    out.push('}');
}

/// A date in EDTF, or its words.
fn push_date(out: &mut String, date: &Date) {
    if let DateForm::Literal(words) = &date.form {
        push_rich(out, words);
    } else {
        // Writing to a string does not fail.
        let _ = write!(out, "{date}");
    }
}

/// The date of publication. BibTeX has `year` and `month` and nothing finer; `date`, which
/// BibTeX passes over and other readers prefer, says the rest.
fn issued(out: &mut String, date: &Date, dialect: Dialect) {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let Some(first) = date.first() else {
        // Words are no EDTF; `year` takes them in both dialects (biblatex 2.2.2).
        date_field(out, "year", date);
        return;
    };
    if dialect == Dialect::Biblatex {
        date_field(out, "date", date);
        return;
    }
    let simple = matches!(date.form, DateForm::Point(_))
        && first.get_day().is_none()
        && first.get_season().is_none()
        && first.get_year() > 0
        && !date.circa
        && !date.uncertain;
    if !simple {
        date_field(out, "date", date);
    }
    let _ = write!(out, ",\n  year = {{{:04}}}", first.get_year());
    if let Some(month) = first.get_month().and_then(|month| MONTHS.get(usize::from(month) - 1)) {
        let _ = write!(out, ",\n  month = {month}");
    }
}
