//! What the page is about, as JSON that can stand in a script element.
//!
//! Takes documents with their works, gives one JSON object; called by [`page`](super::page). Spans
//! are bytes in the library and UTF-16 units in a browser, so that they are counted anew here.

use crate::corrections::{Sheet, Status, hash};
use citelift::{Annotation, Diagnostic, Format, Span, Work, WriteOptions};
use serde::Serialize;
use serde_json::Value;

/// A document, and its works in their order.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// What it is called.
    pub(crate) name: &'a str,
    /// Its decoded text.
    pub(crate) text: &'a str,
    /// Its works, each with a key of its own.
    pub(crate) sheets: &'a [Sheet],
}

#[derive(Serialize)]
struct Page<'a> {
    citelift: &'a str,
    annotation: &'a str,
    documents: Vec<Text<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    name: &'a str,
    sha256: String,
    text: &'a str,
    works: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    status: Option<Status>,
    span: [usize; 2],
    confidence: f32,
    item: Value,
    /// Field, index, confidence, spans.
    fields: Vec<(&'a str, usize, f32, Vec<[usize; 2]>)>,
    doubts: Vec<Doubt<'a>>,
    /// The work as the library writes it: BibTeX, BibLaTeX, RIS.
    records: [String; 3],
}

#[derive(Serialize)]
struct Doubt<'a> {
    code: &'a str,
    severity: citelift::Severity,
    message: &'a str,
    assumed: Option<&'a str>,
    help: Option<&'a str>,
    span: Option<[usize; 2]>,
}

const FORMATS: [Format; 3] = [Format::Bibtex, Format::Biblatex, Format::Ris];

/// The data of a page.
pub(super) fn json(documents: &[Document<'_>], options: &WriteOptions) -> String {
    let page = Page {
        citelift: env!("CARGO_PKG_VERSION"),
        annotation: match options.annotation {
            Annotation::Annote => "annote",
            Annotation::Note => "note",
            _ => "abstract",
        },
        documents: documents.iter().map(|document| text(document, options)).collect(),
    };
    // No map here has keys that are no text, and nothing refuses.
    escaped(&serde_json::to_string(&page).unwrap_or_default())
}

/// JSON in which nothing ends or begins an element: signs of markup are in texts alone there, and
/// a text may spell them otherwise. U+2028 and U+2029 end lines in older scripts.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

fn text<'a>(document: &Document<'a>, options: &WriteOptions) -> Text<'a> {
    let units = Units::of(document.text);
    let works = document.sheets.iter().map(|sheet| entry(sheet, &units, options)).collect();
    Text { name: document.name, sha256: hash(document.text), text: document.text, works }
}

fn entry<'a>(sheet: &'a Sheet, units: &Units<'_>, options: &WriteOptions) -> Entry<'a> {
    let work = &sheet.work;
    let evidence = work.evidence.as_deref();
    let spans = |spans: &[Span]| spans.iter().map(|span| units.span(*span)).collect();
    let place = evidence.map_or(Span::new(0, 0), |evidence| {
        Span::new(evidence.offset, evidence.offset + evidence.source.len())
    });
    Entry {
        status: sheet.status,
        span: units.span(place),
        confidence: evidence.map_or(0.0, |evidence| evidence.confidence.get()),
        item: serde_json::to_value(work).unwrap_or_default(),
        fields: evidence
            .into_iter()
            .flat_map(|evidence| &evidence.fields)
            .map(|place| {
                let name = place.field.as_str();
                (name, place.index, place.confidence.get(), spans(&place.spans))
            })
            .collect(),
        doubts: evidence
            .into_iter()
            .flat_map(|evidence| &evidence.doubts)
            .map(|doubt| shown(doubt, units))
            .collect(),
        records: FORMATS.map(|format| record(format, work, options)),
    }
}

fn shown<'a>(doubt: &'a Diagnostic, units: &Units<'_>) -> Doubt<'a> {
    Doubt {
        code: doubt.code.as_str(),
        severity: doubt.severity,
        message: &doubt.message,
        assumed: doubt.assumed.as_deref(),
        help: doubt.help.as_deref(),
        span: doubt.span.map(|span| units.span(span)),
    }
}

fn record(format: Format, work: &Work, options: &WriteOptions) -> String {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = format.write_with(std::slice::from_ref(work), &mut text, options);
    String::from_utf8(text).unwrap_or_default()
}

/// How far apart the units are counted ahead, in bytes.
const STRIDE: usize = 1024;

/// A text's bytes as UTF-16 units.
struct Units<'a> {
    text: &'a str,
    /// How many units stand before byte `n * STRIDE`, to the next character's beginning.
    before: Vec<(usize, usize)>,
}

impl<'a> Units<'a> {
    fn of(text: &'a str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut units = 0;
        for (at, c) in text.char_indices() {
            if at >= before.len() * STRIDE {
                before.push((at, units));
            }
            units += c.len_utf16();
        }
        Self { text, before }
    }

    /// The unit that byte `at` lies in; the end for what lies behind it.
    fn at(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let mark = self.before.partition_point(|(byte, _)| *byte <= at).saturating_sub(1);
        let (from, units) = self.before.get(mark).copied().unwrap_or_default();
        let between = self.text.get(from..at).unwrap_or_default();
        units + between.chars().map(char::len_utf16).sum::<usize>()
    }

    fn span(&self, span: Span) -> [usize; 2] {
        [self.at(span.start), self.at(span.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_counted_as_a_browser_counts() {
        let text = "é\u{1f600}a".repeat(1000);
        let units = Units::of(&text);
        for (at, _) in text.char_indices().step_by(7) {
            assert_eq!(units.at(at), text[..at].encode_utf16().count());
        }
        assert_eq!(units.at(text.len() + 9), text.encode_utf16().count());
        assert_eq!(units.at(3), 1);
        assert_eq!(Units::of("").at(0), 0);
    }

    #[test]
    fn no_text_ends_the_element_it_stands_in() {
        let text = "</script><!-- <script> & \u{2028}\u{2029} {{style}}";
        let document = Document { name: "</script>", text, sheets: &[] };
        let json = json(&[document], &WriteOptions::default());
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
        let read: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["documents"][0]["text"], text);
    }
}
