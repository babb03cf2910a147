//! `convert`, `check` and `format` as a user runs them: what comes out, what is said of what
//! goes in, and the exit status.

// The helpers below are called by tests alone.
#![allow(clippy::unwrap_used)]

mod run;

use run::{citelift, items, run, text};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

const BIB: &str = "@book{roe2010,\n  title = {Harbour watch},\n  author = {Roe, Jane},\n  \
    publisher = {Brill},\n  year = {2010}\n}\n";
const RIS: &str = "TY  - BOOK\r\nID  - reyes2011\r\nTI  - Small ports\r\nAU  - Reyes, Ana\r\n\
    PY  - 2011\r\nER  - \r\n\r\n";
const JSON: &str = "[\n{\"id\":\"okafor2012\",\"type\":\"book\",\"title\":\"Pilots\"}\n]\n";

/// A map, whose categories have no place in RIS.
fn map(id: usize) -> String {
    format!(
        "{{\"id\":\"map{id}\",\"type\":\"map\",\"title\":\"M {id}\",\"categories\":[\"sea\"]}}\n"
    )
}

fn put(directory: &TempDir, name: &str, content: impl AsRef<[u8]>) {
    fs::write(directory.path().join(name), content).unwrap();
}

fn get(directory: &TempDir, name: &str) -> String {
    fs::read_to_string(directory.path().join(name)).unwrap()
}

/// Runs the command, and expects a status.
fn expect(status: i32, directory: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let output = run(directory, arguments, input);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", text(&output.stderr));
    output
}

fn ids(json: &[u8]) -> Vec<String> {
    let items: Vec<Value> = serde_json::from_slice(json).unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn several_inputs_are_joined_in_their_order() {
    let directory = TempDir::new().unwrap();
    put(&directory, "a.bib", BIB);
    put(&directory, "b.ris", RIS);
    put(&directory, "c.json", JSON);
    put(&directory, "d.ndjson", format!("{}{}", map(1), map(2)));
    let inputs = ["convert", "a.bib", "b.ris", "-", "d.ndjson", "-q"];
    let arguments = [&inputs[..], &["-o", "all.json", "-o", "all.bib", "-o", "all.ris"]].concat();
    expect(1, directory.path(), &arguments, JSON.as_bytes());
    let keys = ["roe2010", "reyes2011", "okafor2012", "map1", "map2"];
    assert_eq!(ids(get(&directory, "all.json").as_bytes()), keys);
    let bib = get(&directory, "all.bib");
    let ris = get(&directory, "all.ris");
    for key in keys {
        assert!(bib.contains(&format!("{{{key},\n")), "{bib}");
        assert!(ris.contains(&format!("ID  - {key}\r\n")), "{ris}");
    }
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 7, "no temporary file stays");
}

#[test]
fn what_all_formats_hold_survives_every_way() {
    let directory = TempDir::new().unwrap();
    for (content, id) in [(BIB, "roe2010"), (RIS, "reyes2011"), (JSON, "okafor2012")] {
        let convert = |to: &str, input: &[u8]| {
            expect(0, directory.path(), &["convert", "--to", to], input).stdout
        };
        let direct = convert("csl-json", content.as_bytes());
        assert_eq!(ids(&direct), [id]);
        for one in ["bibtex", "biblatex", "ris", "csl-json", "ndjson"] {
            let there = convert(one, content.as_bytes());
            for other in ["bibtex", "biblatex", "ris", "csl-json", "ndjson"] {
                let back = convert("csl-json", &convert(other, &there));
                assert_eq!(text(&back), text(&direct), "{one} {other}");
            }
        }
    }
}

#[test]
fn the_content_tells_the_format() {
    let directory = TempDir::new().unwrap();
    put(&directory, "export.txt", RIS);
    put(&directory, "wrong.ris", JSON);
    let output = expect(0, directory.path(), &["convert", "export.txt"], b"");
    assert!(text(&output.stdout).starts_with("@book{reyes2011,"), "{}", text(&output.stdout));
    assert_eq!(text(&output.stderr), "");

    let output = expect(0, directory.path(), &["convert", "wrong.ris", "--to", "csl-json"], b"");
    assert_eq!(ids(&output.stdout), ["okafor2012"]);
    let said = text(&output.stderr);
    assert!(said.contains("warning[input/other-format]"), "{said}");
    assert!(said.contains("--from ris"), "{said}");

    // Whoever says it knows it.
    let arguments = ["convert", "wrong.ris", "--from", "ndjson", "--to", "csl-json"];
    assert_eq!(text(&expect(0, directory.path(), &arguments, b"").stderr), "");

    let output = expect(2, directory.path(), &["convert"], b"[1] Roe, J. (2010). Harbour watch.");
    assert!(text(&output.stderr).starts_with("error[input/no-format]: <stdin>"));
}

#[test]
fn nothing_is_an_empty_but_valid_export() {
    let directory = TempDir::new().unwrap();
    for input in [&b""[..], b" \r\n", b"\xef\xbb\xbf", b"[]", b"% no entry\n@comment{}\n"] {
        let output = run(directory.path(), &["convert", "--to", "csl-json"], input);
        assert_eq!(ids(&output.stdout).len(), 0);
    }
}

#[test]
fn a_key_that_comes_again_gets_a_number_and_is_said() {
    let directory = TempDir::new().unwrap();
    put(&directory, "one.ndjson", map(1));
    let input = format!("{}{}", map(2), map(1));
    let arguments = ["convert", "one.ndjson", "-", "--to", "csl-json"];
    let output = expect(0, directory.path(), &arguments, input.as_bytes());
    assert_eq!(ids(&output.stdout), ["map1", "map2", "map1-2"]);
    let said = text(&output.stderr);
    assert!(said.contains("warning[output/key-changed]"), "{said}");
    assert!(said.contains("--> <stdin>:2:1"), "{said}");

    // Twice in one file is the same: all is carried over, and one message says it, whatever the
    // number of formats.
    let twice = "{\"id\":\"map1\",\"type\":\"map\",\"title\":\"M\"}\n".repeat(2);
    let arguments = ["convert", "--to", "csl-json", "-o", "a.bib", "-o", "a.json", "-o", "b.json"];
    let output = expect(0, directory.path(), &arguments, twice.as_bytes());
    let said = text(&output.stderr);
    assert_eq!(said.matches("warning[").count(), 1, "{said}");
    assert!(said.contains("--> <stdin>:2:7"), "{said}");
}

#[test]
fn people_see_some_of_many_losses_and_programs_all() {
    let directory = TempDir::new().unwrap();
    let input: String = (0..1100).map(map).collect();
    let convert = ["convert", "--to", "ris", "-o", "a.ris", "-o", "b.ris"];
    let output = expect(1, directory.path(), &convert, input.as_bytes());
    let said = text(&output.stderr);
    assert_eq!(said.matches("\nerror[output/field-lost]").count(), 20, "{said}");
    assert!(said.contains("1,080 more: `…` has no place in RIS (1,080 of `categories`)"), "{said}");

    let json = [&convert[..], &["--message-format", "json"]].concat();
    let losses = items(&expect(1, directory.path(), &json, input.as_bytes()).stderr);
    assert_eq!(losses.len(), 1100);
    assert_eq!((&losses[9]["line"], &losses[9]["column"]), (&10.into(), &1.into()));
    assert_eq!((&losses[9]["file"], &losses[9]["span"]), (&"<stdin>".into(), &Value::Null));

    let quiet = [&convert[..], &["--quiet"]].concat();
    assert_eq!(text(&expect(1, directory.path(), &quiet, input.as_bytes()).stderr), "");
}

#[test]
fn a_record_within_a_line_is_pointed_at_where_it_stands() {
    let directory = TempDir::new().unwrap();
    let input = r#"[{"id":"a","type":"book"}, {"id":"ö","type":"map","categories":["8"]}, {"id":"b","type":"map","categories":["9"]}]"#;
    let arguments = ["convert", "--to", "ris", "--message-format", "json"];
    let losses = items(&expect(1, directory.path(), &arguments, input.as_bytes()).stderr);
    let columns: Vec<&Value> = losses
        .iter()
        .filter(|loss| loss["code"] == "output/field-lost")
        .map(|loss| &loss["column"])
        .collect();
    assert_eq!(columns, [28, 72]);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let directory = TempDir::new().unwrap();
    let arguments = ["convert", "-q", "--to", "ndjson"];
    let mut child = citelift(directory.path(), &arguments).spawn().unwrap();
    let mut to = child.stdin.take().unwrap();
    let mut from = child.stdout.take().unwrap();
    let writer = std::thread::spawn(move || {
        let _ = to.write_all((0..20_000).map(map).collect::<String>().as_bytes());
    });
    let mut some = [0; 10];
    from.read_exact(&mut some).unwrap();
    drop(from);
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

#[test]
fn a_run_that_fails_leaves_the_old_files() {
    let directory = TempDir::new().unwrap();
    put(&directory, "works.bib", "old");
    put(&directory, "good.json", JSON);
    put(&directory, "loose.txt", "Nothing of any format.");
    for arguments in [
        &["convert", "good.json", "missing.ris", "-o", "works.bib"][..],
        &["convert", "good.json", ".", "-o", "works.bib"],
        &["convert", "good.json", "loose.txt", "-o", "works.bib"],
        &["convert", "-", "good.json", "-", "-o", "works.bib"],
    ] {
        let output = expect(2, directory.path(), arguments, JSON.as_bytes());
        assert_eq!(get(&directory, "works.bib"), "old", "{arguments:?}");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 3, "{arguments:?}");
        assert!(text(&output.stderr).starts_with("error["), "{}", text(&output.stderr));
    }
    // What is read may be what is replaced.
    put(&directory, "works.ndjson", map(1) + &map(2));
    expect(0, directory.path(), &["convert", "works.ndjson", "-o", "works.ndjson"], b"");
    assert_eq!(get(&directory, "works.ndjson"), map(1) + &map(2));
}

#[test]
fn a_check_names_every_problem_and_writes_nothing_else() {
    let directory = TempDir::new().unwrap();
    put(&directory, "twice.bib", format!("{BIB}\n% again\n{BIB}"));
    put(&directory, "open.ris", RIS.replace("ER  - \r\n", "").replace("reyes", "roe") + RIS);
    put(&directory, "broken.json", "[{\"id\":\"a\",\"type\":\"book\"},\n 7]");
    for (file, code, line) in [
        ("twice.bib", "record/key-repeated", 9),
        ("open.ris", "ris/missing-end", 0),
        ("broken.json", "csl-json/not-an-item", 2),
    ] {
        let output = expect(1, directory.path(), &["check", file], b"");
        let said = text(&output.stderr);
        assert!(output.stdout.is_empty() && said.contains(&format!("error[{code}]")), "{said}");
        assert!(said.lines().last().unwrap().starts_with("1 error"), "{said}");

        let json = ["check", file, "--message-format", "json"];
        let said = items(&expect(1, directory.path(), &json, b"").stderr);
        let problem = said.iter().find(|problem| problem["code"] == code).unwrap();
        assert_eq!((&problem["file"], &problem["severity"]), (&file.into(), &"error".into()));
        assert!(line == 0 || problem["line"] == line, "{problem}");
        assert!(problem["column"].is_u64(), "{problem}");
        expect(1, directory.path(), &["check", file, "-q"], b"");
    }
}

#[test]
fn a_check_counts_and_goes_on() {
    let directory = TempDir::new().unwrap();
    put(&directory, "good.json", JSON);
    put(&directory, "warned.bib", JSON);
    let good = ["check", "good.json"];
    let said = expect(0, directory.path(), &good, b"").stderr;
    assert_eq!(text(&said), "no problems in 1 file (1 record)\n");

    let warned = ["check", "warned.bib", "good.json"];
    let said = expect(0, directory.path(), &warned, b"").stderr;
    assert!(text(&said).ends_with("\n1 warning in 2 files (2 records)\n"), "{}", text(&said));
    let denied = [&warned[..], &["--deny", "warnings"]].concat();
    expect(1, directory.path(), &denied, b"");

    let missing = ["check", "missing.bib", "good.json"];
    let said = expect(2, directory.path(), &missing, b"").stderr;
    assert!(text(&said).starts_with("no problems in 1 file (1 record)\nerror[input/unreadable]"));
}

const UNTIDY: &str = "% my books\n@Book{roe2010,title = {Harbour watch},   year=2010 }  \n\n\n\n\
    @comment{kept}\n";

#[test]
fn a_file_is_made_tidy_in_place_once() {
    let directory = TempDir::new().unwrap();
    put(&directory, "a.bib", UNTIDY);
    let output = expect(1, directory.path(), &["format", "--check", "a.bib"], b"");
    assert_eq!((text(&output.stdout), get(&directory, "a.bib").as_str()), ("a.bib\n", UNTIDY));

    let output = expect(0, directory.path(), &["format", "a.bib"], b"");
    assert!(output.stdout.is_empty());
    let tidy = get(&directory, "a.bib");
    assert!(tidy != UNTIDY && tidy.contains("Harbour watch") && tidy.contains("% my books"));
    assert!(tidy.contains("kept"), "{tidy}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "no temporary file stays");

    let output = expect(0, directory.path(), &["format"], UNTIDY.as_bytes());
    assert_eq!(text(&output.stdout), tidy);
    let output = expect(0, directory.path(), &["format", "-"], tidy.as_bytes());
    assert_eq!(text(&output.stdout), tidy);
    let output = expect(0, directory.path(), &["format", "--check", "a.bib", "-"], tidy.as_bytes());
    assert!(output.stdout.is_empty());

    // The mark at a file's beginning is no trouble, and stays.
    put(&directory, "marked.bib", format!("\u{feff}{UNTIDY}"));
    expect(0, directory.path(), &["format", "marked.bib"], b"");
    assert_eq!(get(&directory, "marked.bib"), format!("\u{feff}{tidy}"));

    // A tidy file is not written, so that nothing that watches it is woken.
    let modified = || fs::metadata(directory.path().join("a.bib")).unwrap().modified().unwrap();
    let before = modified();
    expect(0, directory.path(), &["format", "a.bib"], b"");
    assert_eq!(modified(), before);
}

#[test]
fn only_bibtex_is_formatted_and_one_failure_is_not_anothers() {
    let directory = TempDir::new().unwrap();
    put(&directory, "a.ris", RIS);
    put(&directory, "old.bib", b"@book{a, title = {M\xfcller}}  \n");
    put(&directory, "z.bib", UNTIDY);
    let arguments = ["format", "a.ris", "old.bib", "missing.bib", ".", "z.bib"];
    let output = expect(2, directory.path(), &arguments, b"");
    let said = text(&output.stderr);
    assert_eq!(said.matches("error[").count(), 4, "{said}");
    assert!(said.contains("not valid UTF-8 at byte 19"), "{said}");
    assert_eq!(get(&directory, "a.ris"), RIS);
    assert_ne!(get(&directory, "z.bib"), UNTIDY);
}

#[test]
fn random_bytes_never_stop_it() {
    let directory = TempDir::new().unwrap();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..60 {
        let begin = ["@book{a, ", "TY  - BOOK\n", "[{\"id\": 1, ", ""][round % 4];
        let random = (0..1000).map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let byte = (state >> 32) as u8;
            // Most of the rounds have what the formats are made of.
            const MARKS: &[u8] = b"@{}\"=,#\\$% \n\r-()[]:ATYER1a\xc3";
            if round % 8 < 2 { byte } else { MARKS[usize::from(byte) % MARKS.len()] }
        });
        let input: Vec<u8> = begin.bytes().chain(random).collect();
        for arguments in [
            &["convert", "--to", "ris"][..],
            &["convert", "--from", "ris", "--to", "bibtex"],
            &["check", "--from", "bibtex"],
            &["check", "--from", "csl-json"],
            &["format", "--align"],
        ] {
            let output = run(directory.path(), arguments, &input);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0..=2)), "{arguments:?}: {said}");
            assert!(!said.contains("panicked"), "{arguments:?}: {said}");
        }
    }
}
