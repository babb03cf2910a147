//! Writers of formats: what is written is read as what it was, but for the losses that the format
//! names; and no value breaks out of its field, which readers of others' make count.

use super::draw::Draw;
use super::survival;
use citelift::{Code, Diagnostic, Format, Work, WriteOptions};
use std::collections::HashSet;

/// Works that the bytes are made into, in every format, whole and one by one.
pub fn write(data: &[u8]) {
    let works = Draw::new(data).works();
    for &format in Format::ALL {
        let mut whole = Vec::new();
        format.write(&works, &mut whole).unwrap();
        let told = |losses: &[Diagnostic]| losses.iter().any(|l| l.code == Code::OutputKeyChanged);
        let of_whole = vec![told(&format.losses(&works)); works.len()];
        let mut writer = format.writer(Vec::new(), WriteOptions::default());
        // One by one, a key may be another work's already that had none of its own.
        let of_each = works.iter().map(|work| told(&writer.write(work).unwrap())).collect();
        for (text, told) in [(whole, of_whole), (writer.finish().unwrap(), of_each)] {
            let text = String::from_utf8(text).unwrap();
            assert_eq!(counted(format, &text), works.len(), "{format}: {text}");
            let read = format.read(text.as_bytes()).unwrap();
            assert_eq!(read.works.len(), works.len(), "{format}: {text}");
            for (work, again) in works.iter().zip(&read.works) {
                survival::all_named(format, work, again);
            }
            keys_are_kept(format, &works, &read.works, &told);
        }
    }
}

/// A key comes back unless the writer told otherwise; none comes twice.
fn keys_are_kept(format: Format, works: &[Work], again: &[Work], told: &[bool]) {
    let mut keys = HashSet::new();
    for ((work, again), told) in works.iter().zip(again).zip(told) {
        let key = again.id.as_deref().unwrap_or_default();
        assert!(keys.insert(key), "{format}: the key {key:?} stands twice");
        if let Some(id) = work.id.as_deref().filter(|_| !told) {
            assert_eq!(key, id, "{format}");
        }
    }
}

/// How many works a reader of another make finds in a text.
fn counted(format: Format, text: &str) -> usize {
    match format {
        Format::Bibtex | Format::Biblatex => {
            let read = biblatex::RawBibliography::parse(text);
            read.unwrap_or_else(|error| panic!("{error:?} in {text}")).entries.len()
        }
        Format::Ris => {
            let tags: Vec<&str> = text.split("\r\n").map(tag).collect();
            let count = |tag| tags.iter().filter(|&&found| found == tag).count();
            assert_eq!(count("TY"), count("ER"), "{text}");
            count("TY")
        }
        _ if format == Format::Ndjson => text
            .lines()
            .map(serde_json::from_str::<serde_json::Map<_, serde_json::Value>>)
            .map(|item| assert!(item.is_ok(), "{text}"))
            .count(),
        _ => {
            let items: Vec<serde_json::Map<String, serde_json::Value>> =
                serde_json::from_str(text).unwrap();
            items.len()
        }
    }
}

/// The tag of a line of RIS, as the specification of 2011 spells it; every line has one.
fn tag(line: &str) -> &str {
    let is_sign = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    match line.split_once("  - ") {
        Some((tag, rest)) => {
            assert!(tag.len() == 2 && tag.chars().all(is_sign), "{line:?}");
            assert!(!rest.contains(['\r', '\n']), "{line:?}");
            tag
        }
        None => {
            assert!(line.is_empty(), "{line:?}");
            ""
        }
    }
}
