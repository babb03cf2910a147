//! Readers of formats: a stream gives what the whole file does, whatever the pieces it comes in;
//! what is read is written and read again as the same.

use super::survival;
use citelift::{Bibliography, Code, Format, Severity, bibtex};
use std::io::Read;

/// A `.bib` file; and its tidy form, which is its own tidy form and says the same.
pub fn bib(data: &[u8]) {
    let whole = bibtex::from_slice(data);
    let streamed = streamed(Format::Bibtex, data);
    assert_eq!(streamed.works, whole.works, "a stream gives other works");
    come_back(&whole, &[Format::Bibtex, Format::Biblatex]);
    let Ok(text) = std::str::from_utf8(data) else { return };
    let options = bibtex::FormatOptions::default();
    let tidy = bibtex::format(text, &options).text;
    assert_eq!(bibtex::from_str(&tidy).works, bibtex::from_str(text).works, "tidied to {tidy:?}");
    assert_eq!(bibtex::format(&tidy, &options).text, tidy, "a tidy text is tidied");
}

/// A RIS file.
pub fn ris(data: &[u8]) {
    let whole = citelift::ris::from_slice(data);
    assert_eq!(streamed(Format::Ris, data), whole, "a stream gives another bibliography");
    come_back(&whole, &[Format::Ris]);
}

/// A CSL-JSON file: an array, one object, lines.
pub fn csl_json(data: &[u8]) {
    let whole = citelift::csl_json::from_slice(data);
    assert_eq!(streamed(Format::CslJson, data), whole, "a stream gives another bibliography");
    come_back(&whole, &[Format::CslJson, Format::Ndjson]);
}

/// What a stream gives that comes in small pieces.
fn streamed(format: Format, data: &[u8]) -> Bibliography {
    let mut all = Bibliography::default();
    for record in format.reader(Drops(data, 1 + data.len() % 61)) {
        let record = record.unwrap();
        for doubt in &record.diagnostics {
            let Some(span) = doubt.span else { continue };
            // What is wrong with a parent (a circle closes there, its own parent is missing) is
            // told there; the encoding is the whole file's, and told once.
            let is_own = !matches!(
                doubt.code,
                Code::BibtexParentCycle | Code::BibtexParentMissing | Code::TextEncodingGuessed
            );
            assert!(
                !is_own || record.span.start <= span.start && span.end <= record.span.end,
                "{doubt:?} lies outside of its record {:?}",
                record.span
            );
        }
        all.works.extend(record.work);
        all.diagnostics.extend(record.diagnostics);
    }
    all
}

/// Gives a few bytes at a time.
struct Drops<'a>(&'a [u8], usize);

impl Read for Drops<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let (now, later) = self.0.split_at(self.0.len().min(self.1).min(to.len()));
        to[..now.len()].copy_from_slice(now);
        self.0 = later;
        Ok(now.len())
    }
}

/// What is read of a format without faults is read as the same when it is written; the third
/// time it is the same in any case. A key that is written anew may be the one that a parent was
/// looked for by.
fn come_back(read: &Bibliography, formats: &[Format]) {
    let is_whole = read
        .diagnostics
        .iter()
        .all(|doubt| doubt.severity < Severity::Error && doubt.code != Code::BibtexParentMissing);
    for &format in formats {
        let twice = survival::through(format, &read.works).works;
        assert_eq!(twice.len(), read.works.len(), "{format}: another number of works");
        if is_whole {
            for (mut once, mut twice) in read.works.iter().cloned().zip(twice.iter().cloned()) {
                // What does not come back is named by `losses`, as the target `write` checks.
                if !format.losses(std::slice::from_ref(&once)).is_empty() {
                    continue;
                }
                // A work without a key that can stand is given one, which is told.
                twice.id.clone_from(&once.id);
                // What no field takes may be what a field says by now: a type, a month.
                once.extra.clear();
                twice.extra.clear();
                assert_eq!(twice, once, "{format}");
            }
        }
        let thrice = survival::through(format, &twice).works;
        assert_eq!(thrice, twice, "{format}: the third time");
    }
}
