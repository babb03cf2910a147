//! The review page as a file, and corrections put into later runs. What the page does in a browser
//! is tested by tests/review.

// The helpers below are called by tests alone.
#![allow(clippy::unwrap_used)]

mod run;

use run::{items, run, text};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const LIST: &str = "\u{1f600} Ports\n\nReferences\n\nRoe, J. (2010). Harbour watch. Leiden: Brill.\n\n\
    Okafor, N. & L. Reyes (2011). Small ports. Port Studies 15 (2): 61-70.\n";
const ROE: &str = "Roe, J. (2010). Harbour watch. Leiden: Brill.";

/// What stands in a page's element of an id.
fn element<'a>(page: &'a str, id: &str) -> &'a str {
    let (_, from) = page.split_once(&format!("id=\"{id}\">")).unwrap();
    from.split_once("</script>").unwrap().0
}

fn page(here: &Path, document: &str) -> (String, Value) {
    fs::write(here.join("list.txt"), document).unwrap();
    let output = run(here, &["extract", "list.txt", "-q", "-o", "review.html"], b"");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), ""));
    let page = fs::read_to_string(here.join("review.html")).unwrap();
    let data = serde_json::from_str(element(&page, "data")).unwrap();
    (page, data)
}

#[test]
fn a_page_asks_the_network_for_nothing() {
    let directory = TempDir::new().unwrap();
    let (page, _) = page(directory.path(), LIST);
    let own = page.replace(element(&page, "data"), "");
    for link in
        ["http:", "https:", "//www", "url(", "@import", " src=", "fetch(", "XMLHttp", "WebSocket"]
    {
        // A DOI's resolver, which is taken off what a person marks, is in a pattern.
        let found = own.match_indices(link).filter(|(at, _)| !own[*at..].starts_with("https?"));
        let found: Vec<&str> = found.map(|(at, _)| own[at..].lines().next().unwrap()).collect();
        assert!(found.is_empty(), "{link}: {found:?}");
    }
    let (_, policy) = own.split_once("Content-Security-Policy\" content=\"").unwrap();
    let policy = policy.split('"').next().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let (_, body) = own.split_once("<body>").unwrap();
    let (body, _) = body.split_once("<script").unwrap();
    for inline in [" onclick=", " style=", "javascript:"] {
        assert!(!body.contains(inline), "{inline}");
    }
}

#[test]
fn no_document_breaks_out_of_its_page() {
    let directory = TempDir::new().unwrap();
    let hostile = "</script><script>alert(1)</script><!-- \u{2028} \u{2029} {{style}} & \u{1f600}\n\n\
        References\n\nRoe, J. (2010). Harbour </script><b>watch</b>. Leiden: Brill.\n";
    let (page, data) = page(directory.path(), hostile);
    assert_eq!(page.matches("<script").count(), 3);
    assert_eq!(page.matches("</script").count(), 3);
    assert!(!page.contains("alert(1)</script") && !page.contains(['\u{2028}', '\u{2029}']));
    assert_eq!(data["documents"][0]["text"], hostile);
}

#[test]
fn places_are_counted_as_browsers_count() {
    let directory = TempDir::new().unwrap();
    let (_, data) = page(directory.path(), LIST);
    let units: Vec<u16> = LIST.encode_utf16().collect();
    let said = |span: &Value| {
        let at = |n: usize| usize::try_from(span[n].as_u64().unwrap()).unwrap();
        String::from_utf16(&units[at(0)..at(1)]).unwrap()
    };
    let work = &data["documents"][0]["works"][0];
    assert_eq!(said(&work["span"]), ROE);
    let fields = work["fields"].as_array().unwrap();
    let title = fields.iter().find(|field| field[0] == "title").unwrap();
    assert_eq!(said(&title[3][0]), "Harbour watch");
    assert_eq!(work["item"]["title"], "Harbour watch");
    assert!(work["records"][0].as_str().unwrap().starts_with("@book{roe2010harbour,"));
    assert!(work["records"][2].as_str().unwrap().starts_with("TY  - BOOK\r\n"));
}

#[test]
fn pages_stand_beside_exports() {
    let directory = TempDir::new().unwrap();
    let here = directory.path();
    fs::write(here.join("list.txt"), LIST).unwrap();
    let both = ["extract", "list.txt", "-q", "-o", "a.html", "-o", "works.bib", "--to", "biblatex"];
    assert_eq!(run(here, &both, b"").status.code(), Some(0));
    assert!(fs::read_to_string(here.join("works.bib")).unwrap().contains("journaltitle"));
    for (arguments, why) in [
        (&["extract", "list.txt", "-o", "b.html", "-o", "b.html"][..], "named twice"),
        (&["extract", "list.txt", "-o", "b.html", "--to", "ris"], "no output is left"),
        (&["extract", "missing.txt", "-o", "b.html"], "cannot read"),
        (&["parse", "Roe", "-o", "b.html"], "tells no format"),
    ] {
        let output = run(here, arguments, b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(why), "{}", text(&output.stderr));
    }
    assert!(!here.join("b.html").exists());
}

/// What the page of a list saves when these things are said of its works.
fn corrections(data: &Value, works: &[(usize, &str, Value)]) -> String {
    let document = &data["documents"][0];
    let list = document["text"].as_str().unwrap();
    let units: Vec<u16> = list.encode_utf16().collect();
    let byte = |at: &Value| {
        let at = usize::try_from(at.as_u64().unwrap()).unwrap();
        String::from_utf16(&units[..at]).unwrap().len()
    };
    let span = |span: &Value| json!({"start": byte(&span[0]), "end": byte(&span[1])});
    let works: Vec<Value> = works
        .iter()
        .map(|(at, status, item)| {
            let work = &document["works"][*at];
            let place = span(&work["span"]);
            let at = |end: &str| usize::try_from(place[end].as_u64().unwrap()).unwrap();
            let fields: Vec<Value> = work["fields"]
                .as_array()
                .unwrap()
                .iter()
                .map(|field| {
                    let spans: Vec<Value> = field[3].as_array().unwrap().iter().map(span).collect();
                    json!({"field": field[0], "index": field[1], "spans": spans})
                })
                .collect();
            let item = if item.is_null() { &work["item"] } else { item };
            json!({"status": status, "span": place, "text": &list[at("start")..at("end")],
                "item": item, "fields": fields})
        })
        .collect();
    json!({"citelift-corrections": 1, "documents": [
        {"name": document["name"], "sha256": document["sha256"], "works": works}]})
    .to_string()
}

#[test]
fn later_runs_take_what_was_corrected() {
    let directory = TempDir::new().unwrap();
    let here = directory.path();
    let (_, data) = page(here, LIST);
    let mut item = data["documents"][0]["works"][0]["item"].clone();
    item["title"] = "Harbour watch, corrected".into();
    item["id"] = "mine".into();
    let file = corrections(&data, &[(0, "corrected", item.clone()), (1, "removed", Value::Null)]);
    fs::write(here.join("corrections.json"), file).unwrap();
    let take = ["extract", "list.txt", "--corrections", "corrections.json", "-o", "works.ndjson"];
    let output = run(here, &take, b"");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), "1 work\n"));
    assert_eq!(items(&fs::read(here.join("works.ndjson")).unwrap()), [item]);

    // The next page knows what was settled, the removed work included.
    let output = run(here, &[&take[..], &["-o", "again.html"]].concat(), b"");
    assert_eq!(output.status.code(), Some(0));
    let page = fs::read_to_string(here.join("again.html")).unwrap();
    let again: Value = serde_json::from_str(element(&page, "data")).unwrap();
    let works = again["documents"][0]["works"].as_array().unwrap();
    let said: Vec<_> = works.iter().map(|work| (&work["status"], &work["item"]["id"])).collect();
    assert_eq!(said[0], (&"corrected".into(), &"mine".into()));
    assert_eq!(said[1].0, &Value::from("removed"));

    // In a later state of the document, one citation stands as it was and one does not.
    let later = format!("A new beginning.\n\n{}", LIST.replace("Port Studies", "Harbour Studies"));
    fs::write(here.join("list.txt"), later).unwrap();
    let output = run(here, &take, b"");
    assert_eq!(output.status.code(), Some(0));
    let said = text(&output.stderr);
    assert!(said.contains("corrections/no-match") && said.contains("Okafor, N."), "{said}");
    let works = items(&fs::read(here.join("works.ndjson")).unwrap());
    assert_eq!((works.len(), &works[0]["id"]), (2, &"mine".into()));

    fs::write(here.join("other.txt"), "Nothing is listed here.\n").unwrap();
    fs::write(here.join("corrections.json"), "{\"citelift-corrections\": 2, \"documents\": []}")
        .unwrap();
    let output = run(here, &take, b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("only 1 is known"), "{}", text(&output.stderr));
}

#[test]
fn what_was_corrected_can_be_learned_from_and_measured_with() {
    let directory = TempDir::new().unwrap();
    let here = directory.path();
    let list: String = (0..12)
        .map(|n| format!("Roe, J. ({}). Harbour watch of port {n}. Leiden: Brill.\n\n", 1950 + n))
        .collect();
    let (_, data) = page(here, &format!("References\n\n{list}"));
    let count = data["documents"][0]["works"].as_array().unwrap().len();
    let mut said: Vec<_> = (0..count).map(|at| (at, "accepted", Value::Null)).collect();
    // A title that stands nowhere in its citation.
    let mut item = data["documents"][0]["works"][0]["item"].clone();
    item["title"] = "Of other things".into();
    let mut file: Value = serde_json::from_str(&corrections(&data, &said)).unwrap();
    said.truncate(0);
    let first = &mut file["documents"][0]["works"][0];
    first["item"] = item;
    first["fields"].as_array_mut().unwrap().retain(|place| place["field"] != "title");
    fs::write(here.join("corrections.json"), file.to_string()).unwrap();

    let train = ["train", "corrections.json", "-o", "mine.model", "--passes", "1"];
    let output = run(here, &train, b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let heard = text(&output.stderr);
    assert!(
        heard.contains("1 reference of corrections.json has a value without a place"),
        "{heard}"
    );
    assert!(heard.contains(&format!("labels of the {} references", count - 1)), "{heard}");
    assert!(here.join("mine.model").exists());

    let evaluate = ["evaluate", "corrections.json", "--worst", "0"];
    let output = run(here, &evaluate, b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("title"), "{}", text(&output.stdout));
}
