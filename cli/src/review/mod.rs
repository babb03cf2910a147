//! The review page: documents and their works as one file of HTML, in which a person looks the
//! works over, corrects and saves them.
//!
//! Takes texts and works, gives the page; called by `extract`. The page has everything in it and
//! asks the network for nothing: its policy allows its own style and script, known by their
//! hashes, and no more. What the documents say stands in it as data alone ([`data`]). Changed
//! works are written by `page/bib.js` and `page/ris.js`, which go by `places.json`, made of the
//! library's own writers (`tests/places.rs`); unchanged ones keep what the library wrote.

mod data;

use crate::corrections::{Sheet, Status};
use crate::input::Input;
use crate::output::Sink;
use crate::render::Failure;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citelift::{Work, WriteOptions};
use sha2::{Digest, Sha256};
use std::io::Write;

use data::Document;

/// The page's skeleton, with the names of what is put in between double braces.
const PAGE: &str = include_str!("page/page.html");

const STYLES: &[&str] = &[include_str!("page/colours.css"), include_str!("page/page.css")];

/// The scripts, in the order in which they need one another.
const SCRIPTS: &[&str] = &[
    include_str!("page/csl.js"),
    include_str!("page/dates.js"),
    include_str!("page/latex.js"),
    include_str!("page/bib.js"),
    include_str!("page/ris.js"),
    include_str!("page/words.js"),
    include_str!("page/values.js"),
    include_str!("page/works.js"),
    include_str!("page/text.js"),
    include_str!("page/spans.js"),
    include_str!("page/cards.js"),
    include_str!("page/editor.js"),
    include_str!("page/names.js"),
    include_str!("page/save.js"),
    include_str!("page/keys.js"),
    include_str!("page/main.js"),
];

const PLACES: &str = include_str!("places.json");

/// Writes the pages of documents: `works` are those that the exports have, `reviewed` the same by
/// document and with those that were removed.
pub(crate) fn write(
    pages: &mut [Sink],
    mut works: Vec<Work>,
    reviewed: &mut [Vec<Sheet>],
    inputs: &[Input],
    options: &WriteOptions,
) -> Result<(), Vec<Failure>> {
    // The keys that the exports have; those of removed works come after.
    citelift::key::assign(&mut works);
    let kept = |sheet: &&mut Sheet| sheet.status != Some(Status::Removed);
    for (sheet, work) in reviewed.iter_mut().flatten().filter(kept).zip(works) {
        sheet.work.id = work.id;
    }
    let mut all: Vec<Work> = reviewed.iter().flatten().map(|sheet| sheet.work.clone()).collect();
    citelift::key::assign(&mut all);
    for (sheet, work) in reviewed.iter_mut().flatten().zip(all) {
        sheet.work.id = work.id;
    }
    let documents: Vec<Document<'_>> = (inputs.iter())
        .zip(reviewed.iter())
        .map(|(Input { name, document }, sheets)| Document { name, text: document.text(), sheets })
        .collect();
    let page = page(&documents, options);
    for sink in pages {
        if let Err(error) = sink.write_all(page.as_bytes()) {
            return Err(vec![Failure::writing(sink.name(), &error)]);
        }
    }
    Ok(())
}

/// The page of some documents.
fn page(documents: &[Document<'_>], options: &WriteOptions) -> String {
    let style = STYLES.concat();
    let script = SCRIPTS.concat();
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; \
         form-action 'none'",
        source_hash(&script),
        source_hash(&style)
    );
    let data = data::json(documents, options);
    let mut page = String::with_capacity(PAGE.len() + style.len() + script.len() + data.len());
    // What is put in is not looked at again: a document may well say `{{style}}`.
    for (at, piece) in PAGE.split("{{").enumerate() {
        let Some((name, behind)) = piece.split_once("}}").filter(|_| at > 0) else {
            page.push_str(piece);
            continue;
        };
        page.push_str(match name {
            "policy" => &policy,
            "style" => &style,
            "script" => &script,
            "places" => PLACES,
            "data" => &data,
            _ => "",
        });
        page.push_str(behind);
    }
    page
}

/// How a policy names a style or script (CSP level 3, 2.3.1).
fn source_hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_skeleton_names_only_what_is_put_in() {
        let page = page(&[], &WriteOptions::default());
        assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
        assert_eq!(page.matches("<script").count(), 3);
        assert_eq!(page.matches("</script").count(), 3);
        assert!(!page.contains("{{"));
    }
}
