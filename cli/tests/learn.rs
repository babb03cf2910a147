//! Training, measuring and explaining as a user runs them, with files.

// The helpers below are called by tests alone.
#![allow(clippy::unwrap_used)]

mod run;

use citelift::evaluate::{Evaluation, Gold, Options};
use run::{items, run, text};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// References whose order no style has.
fn tagged(count: usize) -> String {
    (0..count)
        .map(|n| {
            format!(
                "<date>{}</date> <publisher>Brill</publisher> <author>Roe, J.</author> : \
                 <title>Harbour watch of port {n}</title>\n",
                1950 + n
            )
        })
        .collect()
}

fn item(id: usize, family: &str, title: &str) -> Value {
    json!({
        "id": id,
        "text": format!("Roe, J. (2011). {title}. Leiden: Brill."),
        "gold": {"author": [{"family": family, "given": "J."}], "title": title,
                 "issued": {"date-parts": [[2011]]}},
    })
}

fn lines(values: &[Value]) -> String {
    values.iter().map(|value| format!("{value}\n")).collect()
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_trained_is_read_by_all_commands() {
    let directory = TempDir::new().unwrap();
    let here = directory.path();
    fs::create_dir(here.join("folder")).unwrap();
    fs::write(here.join("folder/mine.txt"), tagged(10)).unwrap();
    let train = ["train", "folder/mine.txt", "-o", "mine.model", "--passes", "1"];
    let output = run(here, &train, b"");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), ""));
    let said = text(&output.stderr);
    assert!(said.starts_with("labels of the 10 references ("), "{said}");
    assert!(said.contains("\n  before: ") && said.contains("\n  now:    "), "{said}");
    // Nobody watches a pipe.
    assert!(!said.contains("pass 1"), "{said}");

    let model = fs::read(here.join("mine.model")).unwrap();
    let header = String::from_utf8_lossy(&model[..2000]).into_owned();
    assert!(header.contains("\"mine.txt\"") && !header.contains("folder"), "{header}");
    let again = run(here, &[&train[..], &["-q"]].concat(), b"");
    assert_eq!(text(&again.stderr), "");
    assert_eq!(fs::read(here.join("mine.model")).unwrap(), model);

    let line = "Roe, J. (2011). Harbour watch. Leiden: Brill.";
    for arguments in [
        &["parse", "--model", "mine.model", line][..],
        &["extract", "--model", "mine.model", "-"],
        &["evaluate", "--model", "mine.model", "folder/mine.txt"],
        &["train", "--model", "mine.model", "folder/mine.txt", "-o", "-", "--passes", "1"],
    ] {
        let output = run(here, arguments, line.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(!output.stdout.is_empty());
    }
}

#[test]
fn a_training_that_fails_leaves_the_model_as_it_was() {
    let directory = TempDir::new().unwrap();
    let here = directory.path();
    fs::write(here.join("old.model"), "old").unwrap();
    fs::write(here.join("plain.txt"), "Roe, J. (2011). Harbour watch.\n").unwrap();
    for (arguments, why) in [
        (&["plain.txt"][..], "error[input/no-references]"),
        (&["missing.txt"], "error[input/unreadable]"),
        (&["-", "-"], "error[command/usage]"),
        (&["--model", "plain.txt", "plain.txt"], "this is no model"),
        (&["--model", "-", "plain.txt"], "a model must be a file"),
        (&["--passes", "0"], "--passes"),
    ] {
        let all = [&["train", "-o", "old.model"], arguments].concat();
        let output = run(here, &all, b"{\"text\": 1}");
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(why), "{}", text(&output.stderr));
    }
    let fault = run(here, &["train", "-o", "old.model"], b"\n{\"text\": \"a\", \"spans\": [1]}");
    assert!(text(&fault.stderr).contains("cannot read <stdin>: line 2: a span is not"));
    assert_eq!(fs::read(here.join("old.model")).unwrap(), b"old");
    assert_eq!(names(here), ["old.model", "plain.txt"]);
}

#[test]
fn few_references_and_unlabelled_ones_are_pointed_out() {
    let directory = TempDir::new().unwrap();
    let input = format!("{}Poe, A. 2011\n", tagged(2));
    let train = ["train", "-o", "m", "--passes", "1", "--message-format", "json"];
    let output = run(directory.path(), &train, input.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let said = items(&output.stderr);
    let codes: Vec<&str> = said.iter().filter_map(|said| said["code"].as_str()).collect();
    assert_eq!(codes, ["input/no-labels", "input/few-references"]);
    assert_eq!(said[0]["message"], "1 reference of <stdin> has no label");
}

#[test]
fn the_figures_are_those_of_what_parse_writes() {
    let directory = TempDir::new().unwrap();
    let here = directory.path();
    let gold = lines(&[
        item(1, "Roe", "Harbour watch"),
        item(2, "Poe", "Fog and bells"),
        item(3, "Roe", "Ice"),
        json!({"id": 4, "text": " ", "gold": {"title": "Nothing"}}),
    ]);
    fs::write(here.join("gold.jsonl"), &gold).unwrap();
    let gold = Gold::from_json_lines(&gold).unwrap();
    let texts: String = gold.iter().map(|gold| format!("{}\n", gold.text)).collect();
    let read = items(&run(here, &["parse", "-q", "--to", "ndjson"], texts.as_bytes()).stdout);
    let mut evaluation = Evaluation::new(Options::default());
    for (gold, read) in gold.iter().zip(&read) {
        evaluation.add(gold, read);
    }
    let output = run(here, &["evaluate", "gold.jsonl"], b"");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    let shown = text(&output.stdout);
    assert!(shown.starts_with(&evaluation.to_string()), "{shown}");
    assert!(shown.contains("\n2: Roe, J. (2011). Fog and bells. Leiden: Brill.\n  err author: "));

    let found = json(&run(here, &["evaluate", "--json", "--worst", "1", "gold.jsonl"], b"").stdout);
    let figures = serde_json::to_value(&evaluation).unwrap();
    for name in ["n", "micro", "instance", "fields"] {
        assert_eq!(found[name], figures[name], "{name}");
    }
    assert_eq!(found["worst"].as_array().unwrap().len(), 1);
    assert_eq!(found["labels"], Value::Null);
}

#[test]
fn labels_are_measured_where_there_are_no_fields() {
    let directory = TempDir::new().unwrap();
    let here = directory.path();
    // What no model would say.
    let wrong = "<publisher>Roe, J.</publisher> (<date>2011</date>). <doi>Harbour watch</doi>.";
    fs::write(here.join("wrong.txt"), format!("{wrong}\n")).unwrap();
    let output = run(here, &["evaluate", "wrong.txt", "--worst", "3"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).starts_with("note[input/no-fields]: the references of wrong.txt"));
    let shown = text(&output.stdout);
    assert!(shown.starts_with("words "), "{shown}");
    assert!(shown.contains("\nreferences          0.00 % of 1 rightly labelled\n"), "{shown}");
    assert!(shown.contains("\nwrong.txt, reference 1, "), "{shown}");
    assert!(shown.contains(" words wrong: Roe, J. (2011). Harbour watch.\n"), "{shown}");
    assert!(shown.contains("\n  doi, taken for "), "{shown}");

    // Beside a file with fields, each is measured by what it tells.
    let input = lines(&[item(1, "Roe", "Harbour watch"), json!({"id": 2, "text": "a"})]);
    let arguments = ["evaluate", "wrong.txt", "-", "--json", "--message-format", "json"];
    let output = run(here, &arguments, input.as_bytes());
    let codes: Vec<Value> = items(&output.stderr).iter().map(|said| said["code"].clone()).collect();
    assert_eq!(codes, ["input/no-fields", "input/no-labels"]);
    let found = json(&output.stdout);
    assert_eq!((&found["n"], &found["labels"]["references"]["of"]), (&json!(1), &json!(1)));
    assert_eq!(found["labels"]["worst"][0]["file"], "wrong.txt");

    let output = run(here, &["evaluate"], b"{\"id\": 2, \"text\": \"a\"}");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("error[input/no-references]"));
}

#[test]
fn an_explanation_names_every_field_and_its_doubts() {
    let directory = TempDir::new().unwrap();
    let here = directory.path();
    let line = "Roe, J. (2010). Harbour \u{1b}[1mwatch. Leiden: Brill.";
    let input = format!("{line}\n\nOkafor, N. (2011). Small ports. Port Studies 15 (2): 70-61.\n");
    let output = run(here, &["parse", "--explain"], input.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let shown = text(&output.stdout);
    assert!(shown.starts_with("[author: Roe, J.] ([issued: 2010]). [title: "), "{shown}");
    assert!(!shown.contains('\u{1b}'), "{shown}");
    for part in
        ["\n  type ", "\n  author ", "  Roe, J.\n", "\n  all of these ", "\n\n[author: Okafor, N.]"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // The doubt is told here, and not once more on standard error.
    assert!(shown.contains("the last page comes before the first; both are kept"), "{shown}");
    assert!(!text(&output.stderr).contains("pages-backwards"));
}

#[test]
fn an_explanation_is_no_export() {
    let directory = TempDir::new().unwrap();
    for other in [&["--to", "ris"][..], &["-o", "works.bib"], &["--annotation", "note"]] {
        let output = run(directory.path(), &[&["parse", "--explain", "x"], other].concat(), b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("cannot be used with"), "{other:?}");
    }
    assert!(names(directory.path()).is_empty());
}
