//! `citelift extract --citations`: where each listed work is cited, which never is, and which
//! citations have no entry.
//!
//! For people a list, for programs one JSON object; both on standard output. A document without a
//! list is held against the lists of the others: a thesis in chapters with one list at its end.

use crate::args::{CitationList, Extract};
use crate::extract::documents;
use crate::output::Sink;
use crate::render::{Failure, Reporter, clean};
use crate::source::Source;
use citelift::{Bibliography, Citation, CitationForm, Extractor, Span, Work};
use serde::Serialize;
use std::collections::HashSet;
use std::io::Write;

/// How much of a title is shown, in characters.
const TITLE: usize = 60;

/// All that is told.
#[derive(Debug, Serialize)]
struct Report {
    works: Vec<Listed>,
    without_entry: Vec<Place>,
}

/// A listed work and where it is cited.
#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    title: Option<String>,
    file: String,
    line: usize,
    column: usize,
    places: Vec<Place>,
}

/// A place where a text cites.
#[derive(Clone, Debug, Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    span: Span,
    text: String,
    form: &'static str,
    locator: Option<String>,
    doubt: Option<String>,
}

/// Runs the command.
pub(crate) fn run(
    arguments: &Extract,
    form: CitationList,
    extractor: &Extractor,
    reporter: &mut Reporter,
) -> Result<(), Vec<Failure>> {
    let (inputs, bibliographies) = documents(arguments, extractor, reporter)?;
    let sources: Vec<Source<'_>> =
        inputs.iter().map(|input| Source::document(&input.name, input.document.text())).collect();
    let mut works: Vec<Work> = Vec::new();
    let mut origins: Vec<usize> = Vec::new();
    let mut firsts: Vec<usize> = Vec::new();
    for (at, bibliography) in bibliographies.iter().enumerate() {
        reporter.say_all(&sources[at], inputs[at].document.diagnostics());
        firsts.push(works.len());
        works.extend(bibliography.works.iter().cloned());
        origins.resize(works.len(), at);
    }
    citelift::key::assign(&mut works);
    let mut all = Bibliography::default();
    all.works.clone_from(&works);

    let listed = |(work, &at): (&Work, &usize)| listed(work, &sources[at]);
    let works = works.iter().zip(&origins).map(listed).collect();
    let mut report = Report { works, without_entry: Vec::new() };
    // What a note cites in full for another entry is no entry of its own.
    let mut gone: HashSet<usize> = HashSet::new();
    for (at, own) in bibliographies.iter().enumerate() {
        let (list, first) = if own.works.is_empty() { (&all, 0) } else { (own, firsts[at]) };
        let found = extractor.citations(&inputs[at].document, list);
        let mut told: HashSet<usize> = found.never_cited.iter().copied().collect();
        for citation in &found.citations {
            let place = place(citation, &sources[at]);
            told.extend(&citation.works);
            for &work in &citation.works {
                report.works[first + work].places.push(place.clone());
            }
            if citation.works.is_empty() {
                report.without_entry.push(place);
            }
        }
        gone.extend((0..list.works.len()).filter(|work| !told.contains(work)).map(|it| first + it));
    }
    let mut number = 0..;
    report
        .works
        .retain(|it| number.next().is_none_or(|at| !gone.contains(&at)) || !it.places.is_empty());
    reporter.flush();

    let mut sink = Sink::standard();
    let written = match form {
        CitationList::List => list(&report, &mut sink),
        CitationList::Json => serde_json::to_writer_pretty(&mut sink, &report)
            .map_err(std::io::Error::from)
            .and_then(|()| sink.write_all(b"\n")),
    };
    written.map_err(|error| vec![Failure::writing(sink.name(), &error)])?;
    sink.persist().map_err(|failure| vec![failure])
}

fn listed(work: &Work, source: &Source<'_>) -> Listed {
    let start = work.evidence.as_ref().map_or(0, |evidence| evidence.offset);
    let start = source.local(Span::new(start, start)).map_or(0, |span| span.start);
    let position = source.position(start);
    Listed {
        id: work.id.clone().unwrap_or_default(),
        title: work.title.clone(),
        file: source.name().to_owned(),
        line: position.line,
        column: position.column,
        places: Vec::new(),
    }
}

fn place(citation: &Citation, source: &Source<'_>) -> Place {
    let span = source.local(citation.span).unwrap_or(citation.span);
    let (start, end) = (source.position(span.start), source.position(span.end));
    let text = span.of(source.text()).unwrap_or_default();
    Place {
        file: source.name().to_owned(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        span,
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        form: match citation.form {
            CitationForm::AuthorDate => "author-date",
            CitationForm::Number => "number",
            CitationForm::Label => "label",
            CitationForm::Note => "note",
            _ => "other",
        },
        locator: citation.locator.clone(),
        doubt: citation.doubt.as_ref().map(ToString::to_string),
    }
}

/// The report for people.
fn list(report: &Report, to: &mut impl Write) -> std::io::Result<()> {
    let (cited, never): (Vec<&Listed>, Vec<&Listed>) =
        report.works.iter().partition(|work| !work.places.is_empty());
    for work in &cited {
        let times = match work.places.len() {
            1 => "once".to_owned(),
            count => format!("{count} times"),
        };
        writeln!(to, "{}, cited {times}", name(work))?;
        for place in &work.places {
            line(place, to)?;
        }
    }
    if !never.is_empty() {
        writeln!(to, "{}never cited: {}", if cited.is_empty() { "" } else { "\n" }, never.len())?;
        for work in &never {
            let Listed { file, line, column, .. } = work;
            writeln!(to, "  {}:{line}:{column}: {}", clean::sentence(file), name(work))?;
        }
    }
    if !report.without_entry.is_empty() {
        writeln!(to, "\nwithout an entry: {}", report.without_entry.len())?;
        for place in &report.without_entry {
            line(place, to)?;
        }
    }
    writeln!(
        to,
        "\n{} works cited, {} never; {} citations without an entry",
        cited.len(),
        never.len(),
        report.without_entry.len()
    )
}

fn name(work: &Listed) -> String {
    let mut name = clean::sentence(&work.id);
    if let Some(title) = &work.title {
        name.push_str(", “");
        clean::push_head(&mut name, title, TITLE);
        name.push('”');
    }
    name
}

fn line(place: &Place, to: &mut impl Write) -> std::io::Result<()> {
    let Place { file, line, column, text, doubt, .. } = place;
    write!(to, "  {}:{line}:{column}: {}", clean::sentence(file), clean::sentence(text))?;
    if let Some(doubt) = doubt {
        write!(to, " ({doubt})")?;
    }
    writeln!(to)
}
