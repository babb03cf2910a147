//! Spells works as BibTeX and BibLaTeX entries.
//!
//! Called by the verbs of [`bibtex`](super). What goes where is [`mapping`](crate::format)'s to
//! say; how a value is spelled is said here.

use super::bytes::Bytes;
use super::date_write::{date_field, issued};
use super::latex::{is_balanced, push_plain, push_rich, push_verbatim};
use super::spot::{Spot, Treatment, spots};
use super::{Dialect, Options};
use super::{language, name::push_names, protect::Casing, protect::push_title};
use crate::format::loss::{Losses, Spaces, names};
use crate::format::mapping::{Column, ENTRY_TYPE, Place, VOLUME, bib_place, entry_type, role_name};
use crate::format::{Annotation, annotated};
use crate::{Diagnostic, Field, Name, Origin, Pages, Person, ValueRef, Work, key};
use std::borrow::Cow;
use std::collections::HashSet;

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

/// What a `.bib` file cannot hold.
pub(super) fn losses(works: &[Work], options: &Options) -> Vec<Diagnostic> {
    let name = match options.dialect {
        Dialect::Bibtex => "BibTeX",
        Dialect::Biblatex => "BibLaTeX",
    };
    let mut found = Vec::new();
    for (work, id) in works.iter().zip(key::unique(works, is_key)) {
        let mut losses = Losses::of(work, name, Origin::Bibtex);
        if let Some(given) = work.id.as_deref().filter(|given| *given != id) {
            losses.key(given, &id);
        }
        let mut roles = ROLES.len();
        for (field, names) in names(work) {
            if let Place::Role(_) = bib_place(field, work.kind, options.column()) {
                match roles.checked_sub(1) {
                    Some(left) => roles = left,
                    None => losses.elsewhere(field, "a field of the role's name"),
                }
            }
            if names
                .iter()
                .any(|name| matches!(name, Name::Person(Person { dropping_particle: Some(_), .. })))
            {
                losses.reduced(
                    field,
                    "that a particle is dropped",
                    "it is written as one that is kept",
                );
            }
        }
        for field in [Field::Doi, Field::Url] {
            if work.text(field).is_some_and(|text| {
                let mut written = String::new();
                push_verbatim(&mut written, text);
                written != text
            }) {
                losses.reduced(
                    field,
                    "white space, a backslash or a brace alone",
                    "it is percent-encoded",
                );
            }
        }
        for extra in work.extra.iter().filter(|extra| extra.origin == Origin::Bibtex) {
            if !is_field_name(&extra.name) {
                losses.extra(&extra.name);
            }
        }
        let mut out = String::new();
        entry(&mut out, work, &id, options).into_iter().for_each(|name| losses.taken(name));
        // Where the abstract goes elsewhere on purpose, fields are not what they were.
        if options.annotation == Annotation::Abstract
            && let Some(read) = super::whole::bibliography(&out).works.first()
        {
            losses.read_back(read, Spaces::Lines);
        }
        found.extend(losses.into_found());
    }
    found
}

/// The fields for names of other roles (biblatex 2.2.2). Names of a fourth role stand in a field of
/// the role's name, which only readers of fields hand on.
const ROLES: [&str; 3] = ["editora", "editorb", "editorc"];

/// Whether a cite key can stand in a `.bib` file: BibTeX and biber agree on these characters.
pub(super) fn is_key(id: &str) -> bool {
    static OTHERS: Bytes = Bytes::of(b"!\"#$%&'()*,;<=>?@[\\]^`", b'!', b'{');
    !id.is_empty() && !OTHERS.any_in(id)
}

impl Options {
    pub(super) fn column(&self) -> Column {
        match self.dialect {
            Dialect::Bibtex => Column::Bibtex,
            Dialect::Biblatex => Column::Biblatex,
        }
    }
}

/// Adds an entry; gives the names of what the model has no field for and was not written.
fn entry<'w>(out: &mut String, work: &'w Work, id: &str, options: &Options) -> Vec<&'w str> {
    let (kind, subtype) = entry_type(work, options.column());
    let entry_start = out.len();
    out.push('@');
    out.push_str(kind);
    out.push('{');
    out.push_str(id);
    let bare = out.len();
    let mut roles = ROLES.into_iter();
    let spots = spots(work.kind, options);
    if options.annotation == Annotation::Abstract {
        for (field, value) in work.fields() {
            if let Some(spot) = spots.get(field as usize) {
                self::value(out, work, (field, value, spot), options, &mut roles);
            }
        }
    } else {
        for (&field, spot) in Field::ALL.iter().zip(spots) {
            match work.get(field) {
                Some(value) => self::value(out, work, (field, value, spot), options, &mut roles),
                // An annotation may give a field its only text.
                None => {
                    if let Some(text) = annotated(work, field, options.annotation) {
                        text_field(out, work, (field, spot), &text, options);
                    }
                }
            }
        }
    }
    // That a thesis is one of no known sort: BibTeX has no type for it.
    let unsaid = (kind == "phdthesis" && work.genre.is_none()).then_some(work.kind.as_str());
    if let Some(subtype) = subtype.or(unsaid) {
        begin(out, "entrysubtype");
        // A word of ours, never printed: biblatex makes a command's name of it, in which
        // `musical\_score` stops LaTeX.
        out.push_str(subtype);
        out.push('}');
    }
    let left_out = extras(out, entry_start, work);
    // BibTeX takes an entry without fields as it is; the biblatex crate wants the comma.
    if out.len() == bare {
        out.push(',');
    }
    out.push_str("\n}\n");
    left_out
}

/// Adds what the model has no field for. A field stands once: what the work has a value for since
/// is not written again, and its name is given back.
fn extras<'w>(out: &mut String, start: usize, work: &'w Work) -> Vec<&'w str> {
    const FEW: usize = 8;
    let are_few = work.extra.len() <= FEW;
    let own = out.len();
    // Of many, each must not be looked for in all that is written.
    let mut taken: HashSet<String> = match out.get(start..).filter(|_| !are_few) {
        Some(entry) => names_in(entry).map(str::to_owned).collect(),
        None => HashSet::new(),
    };
    let mut left_out = Vec::new();
    for extra in work.extra.iter().filter(|extra| extra.origin == Origin::Bibtex) {
        let name = extra.name.as_str();
        if name == ENTRY_TYPE || !is_field_name(name) {
            continue;
        }
        let is_own =
            are_few && out.get(start..own).is_some_and(|own| names_in(own).any(|it| it == name));
        if is_own || !taken.insert(name.to_owned()) {
            left_out.push(name);
            continue;
        }
        begin(out, name);
        // The value is LaTeX already, unless it would break out of its braces.
        if is_balanced(&extra.value) && !extra.value.ends_with('\\') {
            out.push_str(&extra.value);
        } else {
            push_plain(out, &extra.value);
        }
        out.push('}');
    }
    left_out
}

/// The names of the fields of an entry as it is written, each on a line of its own.
fn names_in(entry: &str) -> impl Iterator<Item = &str> {
    entry.split("\n  ").skip(1).filter_map(|line| line.split_once(" = ").map(|(name, _)| name))
}

/// A field's value where the dialect has it; `roles` are the fields for other roles still free.
fn value(
    out: &mut String,
    work: &Work,
    (field, value, spot): (Field, ValueRef<'_>, &Spot),
    options: &Options,
    roles: &mut impl Iterator<Item = &'static str>,
) {
    match (value, spot.place) {
        _ if matches!(field, Field::Archive | Field::ArchiveLocation) && is_eprint(work) => {
            if field == Field::Archive {
                eprint(out, work);
            }
        }
        (ValueRef::Names(names), Place::Role(role)) => {
            let next = roles.next();
            begin(out, &next.map_or_else(|| role_name(role), str::to_owned));
            push_names(out, names);
            out.push('}');
            if let Some(name) = next {
                begin(out, name);
                out.truncate(out.len() - " = {".len());
                out.push_str("type = {");
                out.push_str(role);
                out.push('}');
                if let Some(name) = spot.second {
                    begin(out, name);
                    push_names(out, names);
                    out.push('}');
                }
            }
        }
        (ValueRef::Names(names), Place::Field(_)) => {
            out.push_str(&spot.begin);
            push_names(out, names);
            out.push('}');
        }
        (ValueRef::Date(date), Place::Field(_)) if field == Field::Issued => {
            issued(out, date, options.dialect);
        }
        (ValueRef::Date(date), Place::Field(name)) => date_field(out, name, date),
        (ValueRef::Pages(pages), Place::Field(_)) => {
            out.push_str(&spot.begin);
            push_pages(out, pages);
            out.push('}');
        }
        (ValueRef::Keywords(words), Place::Field(_)) => {
            out.push_str(&spot.begin);
            push_keywords(out, words);
            out.push('}');
        }
        (ValueRef::Text(text), _) => {
            let text = match options.annotation {
                Annotation::Abstract => Some(Cow::Borrowed(text)),
                annotation => annotated(work, field, annotation),
            };
            if let Some(text) = text {
                text_field(out, work, (field, spot), &text, options);
            }
        }
        // Values that are no names have a field of their own.
        (_, Place::Role(_)) => {}
    }
}

/// Whether a name from elsewhere can name a field: BibTeX's rule for names (BibTeXing, 2.1). A
/// colon at its end is read as one that stands for `=`.
pub(super) fn is_field_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.ends_with(':')
        && name.bytes().all(|byte| {
            byte.is_ascii_graphic()
                && !matches!(
                    byte,
                    b'"' | b'#'
                        | b'%'
                        | b'\''
                        | b'('
                        | b')'
                        | b','
                        | b'='
                        | b'{'
                        | b'}'
                        | b'@'
                        // BibTeX takes these two; the biblatex crate refuses the whole file.
                        | b'\\'
                        | b'~'
                )
        })
}

/// Ends what stands before and begins a field's value.
pub(super) fn begin(out: &mut String, name: &str) {
    out.push_str(",\n  ");
    out.push_str(name);
    out.push_str(" = {");
}

fn text_field(
    out: &mut String,
    work: &Work,
    (field, spot): (Field, &Spot),
    text: &str,
    options: &Options,
) {
    if let Place::Role(_) = spot.place {
        return;
    }
    if field == Field::Language
        && let Some(babel) = language::babel(text)
    {
        begin(out, "langid");
        out.push_str(babel);
        out.push('}');
    }
    match volume_name(work, field, options.dialect) {
        Some(name) => {
            begin(out, name);
            push_value(out, work, (field, Treatment::of(name)), text, options);
        }
        None => {
            out.push_str(&spot.begin);
            push_value(out, work, (field, spot.treatment), text, options);
        }
    }
    if let Some(name) = spot.second {
        begin(out, name);
        push_value(out, work, (field, Treatment::of(name)), text, options);
    }
    if field == Field::Number
        && let Some(number) = text.strip_prefix("arXiv:")
    {
        begin(out, "eprint");
        push_verbatim(out, number);
        out.push_str("},\n  eprinttype = {arxiv}");
    }
}

/// A text and the brace that closes its field.
fn push_value(
    out: &mut String,
    work: &Work,
    (field, treatment): (Field, Treatment),
    text: &str,
    options: &Options,
) {
    match field {
        Field::Doi | Field::Url => push_verbatim(out, text),
        _ if treatment.is_cased => push_title(out, text, casing(work, options.dialect)),
        Field::Abstract | Field::Annote | Field::Note => push_paragraphs(out, text),
        _ if treatment.is_list
            && text.as_bytes().windows(3).any(|three| three == b"and")
            && text.split_whitespace().any(|word| word == "and") =>
        {
            out.push('{');
            push_rich(out, text);
            out.push('}');
        }
        _ => push_rich(out, text),
    }
    out.push('}');
}

/// Whether the archive of a work is one of electronic prints, which have fields of their own
/// (biblatex 3.20, 3.14.7).
fn is_eprint(work: &Work) -> bool {
    const ARCHIVES: &[&str] =
        &["arxiv", "jstor", "hdl", "googlebooks", "hal", "ssrn", "biorxiv", "medrxiv", "mr"];
    let is_arxiv = work.number.as_deref().is_some_and(|number| number.starts_with("arXiv:"));
    let known = |archive: &str| ARCHIVES.iter().any(|known| known.eq_ignore_ascii_case(archive));
    work.archive_location.as_deref().is_some_and(|place| !place.contains(char::is_whitespace))
        && work.archive.as_deref().is_some_and(known)
        && !is_arxiv
}

fn eprint(out: &mut String, work: &Work) {
    if let (Some(archive), Some(place)) = (&work.archive, &work.archive_location) {
        begin(out, "eprint");
        push_verbatim(out, place);
        out.push('}');
        begin(out, "eprinttype");
        push_plain(out, archive);
        out.push('}');
    }
}

/// The `.bib` field of a title where the work and its volume have one each.
fn volume_name(work: &Work, field: Field, dialect: Dialect) -> Option<&'static str> {
    if dialect != Dialect::Biblatex || work.get(Field::VolumeTitle).is_none() {
        return None;
    }
    let place = VOLUME.iter().find(|place| place.kinds.contains(&work.kind))?;
    let is_divided = work.get(place.whole).is_some();
    match field {
        _ if !is_divided => None,
        Field::VolumeTitle => Some(place.volume),
        field if field == place.whole => Some("maintitle"),
        _ => None,
    }
}

/// How the title of a work is cased by those who read it.
fn casing(work: &Work, dialect: Dialect) -> Casing {
    match work.language.as_deref() {
        Some(tag) if !tag.get(..2).is_some_and(|two| two.eq_ignore_ascii_case("en")) => {
            // BibTeX's styles know no languages; biblatex changes English titles only
            // (3.20, 4.6.4) and goes by `langid`.
            match dialect {
                Dialect::Biblatex if language::babel(tag).is_some() => Casing::Kept,
                _ => Casing::Lowered,
            }
        }
        _ => Casing::Sentence,
    }
}

/// Paragraphs, one a line. An empty line between would be nearer to LaTeX, but pandoc then
/// joins the last word of one to the first of the next.
fn push_paragraphs(out: &mut String, text: &str) {
    let start = out.len();
    for paragraph in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if out.len() > start {
            out.push('\n');
        }
        push_rich(out, paragraph);
    }
}

fn push_pages(out: &mut String, pages: &Pages) {
    for (index, range) in pages.ranges().iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        // `3-1–3-24`, a range of numbers with hyphens of their own, is one text in the model;
        // biber takes its last hyphen for the range unless `--` says where that is.
        let divided = if range.first.is_ascii() { None } else { range.first.split_once('–') };
        let (first, last) = match (divided, range.last.as_deref()) {
            (Some((first, last)), None) if !last.contains('–') => (first, Some(last)),
            (_, last) => (range.first.as_str(), last),
        };
        push_plain(out, first);
        if let Some(last) = last {
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
        let start = out.len();
        push_plain(out, word);
        // Braces around the sign alone: with braces around the keyword biber loses its space.
        if word.contains([',', ';']) {
            let spelled = out.split_off(start);
            // In math and in groups a sign is left alone.
            if spelled.contains(['$', '{', '}']) {
                out.push('{');
                out.push_str(&spelled);
                out.push('}');
            } else {
                out.push_str(&spelled.replace(',', "{,}").replace(';', "{;}"));
            }
        }
    }
}
