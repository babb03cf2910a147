//! The command as a user runs it, with files: what appears, what stays, and the exit status.

// The helpers below are called by tests alone.
#![allow(clippy::unwrap_used)]

mod run;

use run::{citelift, items, run, text};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use tempfile::TempDir;

const LIST: &str = "References\n\nRoe, J. (2010). Harbour watch. Leiden: Brill.\n\n\
    Okafor, N. & L. Reyes (2011). Small ports. Port Studies 15 (2): 61-70.\n";

#[test]
fn line_n_of_the_output_belongs_to_line_n_of_the_input() {
    let directory = TempDir::new().unwrap();
    let input = b"\xef\xbb\xbfRoe, J. (2010). Harbour watch. Leiden: Brill.\r\n\n  \t\r\nqwertz\na\rb\n\x01\nlast";
    let output = run(directory.path(), &["parse", "--to", "ndjson", "-q"], input);
    assert_eq!(output.status.code(), Some(0));
    let items = items(&output.stdout);
    assert_eq!(items.len(), 7);
    assert!(
        items[0]["title"].as_str().unwrap().starts_with("Roe") || items[0]["issued"].is_object()
    );
    assert!(items[1].is_null() && items[2].is_null());
    assert_eq!((&items[3]["type"], &items[3]["title"]), (&"document".into(), &"qwertz".into()));
    assert_eq!(items[4]["title"], "a b");
    assert_eq!(items[5]["type"], "document");
    assert_eq!(items[6]["title"], "last");
    assert_eq!(output.stderr, b"");
}

#[test]
fn arguments_are_citations_one_each() {
    let directory = TempDir::new().unwrap();
    let output = run(directory.path(), &["parse", "--to", "ndjson", "x\ny", "", "z"], b"");
    assert_eq!(output.status.code(), Some(0));
    let items = items(&output.stdout);
    assert_eq!(items[0]["title"], "x y");
    assert!(items[1].is_null());
    assert_eq!(items[2]["title"], "z");
}

#[test]
fn a_name_of_a_file_among_the_citations_is_pointed_out() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("list.txt"), LIST).unwrap();
    let output = run(directory.path(), &["parse", "list.txt"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("help: to parse the lines of the file"));
}

#[test]
fn ids_of_a_stream_are_distinct() {
    let directory = TempDir::new().unwrap();
    let output =
        run(directory.path(), &["parse", "--to", "ndjson"], "Harbour\n".repeat(3).as_bytes());
    let ids: Vec<_> = items(&output.stdout).iter().map(|item| item["id"].clone()).collect();
    assert_eq!(ids, ["harbour", "harbour-2", "harbour-3"]);
}

#[test]
fn a_line_is_answered_before_the_next_is_sent() {
    let directory = TempDir::new().unwrap();
    let mut child = citelift(directory.path(), &["parse", "--to", "ndjson"]).spawn().unwrap();
    let mut to = child.stdin.take().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap());
    for word in ["one", "two"] {
        writeln!(to, "{word}").unwrap();
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        assert!(line.contains(&format!("\"title\":\"{word}\"")), "{line}");
    }
    drop(to);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("works.ndjson");
    let other = ["parse", "-q", "--to", "ndjson", "-o", "works.ndjson", "-o", "-"];
    for arguments in [&other[..4], &other[..]] {
        let mut child = citelift(directory.path(), arguments).spawn().unwrap();
        let mut to = child.stdin.take().unwrap();
        let mut from = child.stdout.take().unwrap();
        let writer = std::thread::spawn(move || {
            let _ = to.write_all("Harbour watch\n".repeat(20_000).as_bytes());
        });
        let mut some = [0; 10];
        from.read_exact(&mut some).unwrap();
        drop(from);
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(text(&output.stderr), "");
    }
    // Whoever closes standard output does not cut the file short.
    assert_eq!(text(&fs::read(file).unwrap()).lines().count(), 20_000);
}

#[test]
fn several_outputs_each_in_the_format_of_its_extension() {
    let directory = TempDir::new().unwrap();
    let at = |name: &str| directory.path().join(name);
    fs::write(at("a.txt"), LIST).unwrap();
    fs::write(at("b.txt"), "Nothing here.").unwrap();
    let outputs = ["-o", "w.bib", "-o", "w.ris", "-o", "w.json", "-o", "w.ndjson", "-o", "-"];
    let output = run(
        directory.path(),
        &[&["extract", "a.txt", "-", "b.txt", "--to", "biblatex"][..], &outputs[..]].concat(),
        LIST.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let json: serde_json::Value = serde_json::from_slice(&fs::read(at("w.json")).unwrap()).unwrap();
    let works = json.as_array().unwrap().len();
    assert_eq!(works, items(&fs::read(at("w.ndjson")).unwrap()).len());
    assert_eq!(
        works,
        fs::read_to_string(at("w.bib")).unwrap().matches("\n@").count() + usize::from(works > 0)
    );
    assert_eq!(works, fs::read_to_string(at("w.ris")).unwrap().matches("ER  - ").count());
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 6, "no temporary file stays");
}

#[test]
fn nothing_found_is_an_empty_but_valid_export() {
    let directory = TempDir::new().unwrap();
    for input in [&b""[..], b"\n\n", b"Nothing is cited here.\n", b"\xef\xbb\xbf"] {
        let output = run(directory.path(), &["extract", "--to", "csl-json"], input);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap(),
            serde_json::json!([])
        );
        let output = run(directory.path(), &["parse", "--to", "csl-json"], b"");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap(),
            serde_json::json!([])
        );
    }
}

#[test]
fn a_run_that_fails_leaves_the_old_files() {
    let directory = TempDir::new().unwrap();
    let at = |name: &str| directory.path().join(name);
    fs::write(at("works.bib"), "old").unwrap();
    fs::write(at("good.txt"), LIST).unwrap();
    fs::write(at("bad.txt"), b"\xff\x00\xff").unwrap();
    fs::create_dir(at("directory.ris")).unwrap();
    for arguments in [
        &["extract", "good.txt", "missing.txt", "-o", "works.bib"][..],
        &["extract", "good.txt", "bad.txt", "-o", "works.bib"],
        &["extract", "good.txt", "-o", "works.bib", "-o", "directory.ris"],
        &["extract", "good.txt", "-o", "works.bib", "-o", "nowhere/works.ris"],
        &["extract", "good.txt", "-o", "works.bib", "-o", "works.xyz"],
        #[cfg(target_os = "linux")]
        &["extract", "good.txt", "-o", "works.bib", "-o", "/dev/full", "--to", "csl-json"],
    ] {
        let output = run(directory.path(), arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(fs::read_to_string(at("works.bib")).unwrap(), "old", "{arguments:?}");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 4, "{arguments:?}");
        assert!(text(&output.stderr).starts_with("error["), "{}", text(&output.stderr));
    }
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_permissions_and_its_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let directory = TempDir::new().unwrap();
    let at = |name: &str| directory.path().join(name);
    fs::create_dir(at("shelf")).unwrap();
    fs::write(at("shelf/works.ris"), "old").unwrap();
    fs::set_permissions(at("shelf/works.ris"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("shelf/works.ris", at("link.ris")).unwrap();
    symlink("shelf/new.ris", at("dangling.ris")).unwrap();
    symlink("round.ris", at("round.ris")).unwrap();

    let parse = |name| run(directory.path(), &["parse", "Harbour watch", "-o", name], b"");
    assert_eq!(parse("link.ris").status.code(), Some(0));
    assert_eq!(parse("dangling.ris").status.code(), Some(0));
    assert_eq!(parse("round.ris").status.code(), Some(2));
    for name in ["shelf/works.ris", "shelf/new.ris"] {
        assert!(fs::read_to_string(at(name)).unwrap().contains("Harbour watch"), "{name}");
    }
    assert!(fs::symlink_metadata(at("link.ris")).unwrap().is_symlink());
    let mode = fs::metadata(at("shelf/works.ris")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);

    let same = ["parse", "x", "-o", "link.ris", "-o", "shelf/works.ris"];
    assert_eq!(run(directory.path(), &same, b"").status.code(), Some(2));
    fs::set_permissions(at("shelf/works.ris"), fs::Permissions::from_mode(0o440)).unwrap();
    let output = parse("link.ris");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("write-protected"));
}

#[cfg(target_os = "linux")]
#[test]
fn devices_are_written_to_as_they_are() {
    let directory = TempDir::new().unwrap();
    let parse =
        |name| run(directory.path(), &["parse", "x", "-q", "--to", "ndjson", "-o", name], b"");
    for name in ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let output = parse(name);
        assert_eq!(output.status.code(), Some(0), "{name}");
        assert_eq!(items(&output.stdout).len(), 1, "{name}");
    }
    assert_eq!(items(&parse("/dev/stderr").stderr).len(), 1);
    assert_eq!(parse("/dev/null").status.code(), Some(0));
    assert_eq!(parse("/dev/full").status.code(), Some(2));
}

#[test]
fn bytes_in_an_old_encoding_are_read_and_the_guess_is_said() {
    let directory = TempDir::new().unwrap();
    let line = b"M\xfcller, J\xfcrgen (2010). Gr\xfc\xdfe aus K\xf6ln. M\xfcnchen.";
    let output = run(directory.path(), &["parse", "--to", "ndjson"], line);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("Müller"), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("text/encoding-guessed"));
}

#[test]
fn bytes_that_are_no_text_are_an_error_that_names_the_byte() {
    let directory = TempDir::new().unwrap();
    let output = run(directory.path(), &["extract"], b"Roe \xff\x00");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("byte 4"), "{}", text(&output.stderr));

    // In a stream the line keeps its item, and the loss is the exit status 1, quiet or not.
    let output = run(directory.path(), &["parse", "--to", "ndjson"], b"a\nRoe \xff\x00\nb\n");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(items(&output.stdout).len(), 3);
    assert!(text(&output.stderr).contains("--> <stdin>:2:5"), "{}", text(&output.stderr));
    let output = run(directory.path(), &["parse", "--quiet"], b"Roe \xff\x00\nb\n");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), ""));
}

#[test]
fn utf_16_is_read_by_its_mark() {
    let directory = TempDir::new().unwrap();
    let mut input = vec![0xff, 0xfe];
    input.extend("Čapek\r\n\nĊ\u{a0a}\n".encode_utf16().flat_map(u16::to_le_bytes));
    let output = run(directory.path(), &["parse", "--to", "ndjson"], &input);
    let items = items(&output.stdout);
    assert_eq!(items.len(), 3);
    assert!(items[0].to_string().contains("Čapek"), "{}", items[0]);
    assert!(items[1].is_null());
}

#[test]
fn a_line_of_ten_megabytes_and_zero_bytes_is_read() {
    let directory = TempDir::new().unwrap();
    // The citation parser is given less: it is not optimized in a build for tests.
    for (arguments, times) in
        [(["extract", "--to", "ndjson"], 750_000), (["parse", "--to", "ndjson"], 50_000)]
    {
        let mut input = "harbour watch ".repeat(times).into_bytes();
        input.extend(b"\0\x1b[31m\x07");
        let output = run(directory.path(), &arguments, &input);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        let said = text(&output.stderr);
        assert!(said.len() < 20_000, "the drawing is cropped, {} bytes", said.len());
        assert!(!said.chars().any(|c| c.is_control() && c != '\n'), "{said}");
    }
}

#[test]
fn messages_are_json_lines_where_asked() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("a.txt"), "one\nRoe \x1b[1m 2010\n").unwrap();
    let output = run(directory.path(), &["extract", "a.txt", "--message-format", "json"], b"");
    let messages = items(&output.stderr);
    let control = messages.iter().find(|m| m["code"] == "text/control-characters").unwrap();
    assert_eq!(control["file"], "a.txt");
    assert_eq!((&control["line"], &control["column"]), (&2.into(), &5.into()));
    assert_eq!((&control["end_line"], &control["end_column"]), (&2.into(), &6.into()));
    assert_eq!(control["severity"], "warning");
    assert_eq!(control["span"], serde_json::json!({"start": 8, "end": 9}));
    assert!(!output.stderr.contains(&0x1b));

    // Of two documents, the right one is named.
    fs::write(directory.path().join("b.txt"), "\u{7}\n").unwrap();
    let output =
        run(directory.path(), &["extract", "a.txt", "b.txt", "--message-format", "json"], b"");
    let places: Vec<_> = items(&output.stderr)
        .iter()
        .filter(|message| message["code"] == "text/control-characters")
        .map(|message| format!("{}:{}", message["file"].as_str().unwrap(), message["line"]))
        .collect();
    assert_eq!(places, ["a.txt:2", "b.txt:1"]);
}

#[test]
fn an_option_names_the_field_of_the_annotations() {
    let directory = TempDir::new().unwrap();
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/police-cooperation.txt");
    let count = |field: &str, annotation: &str| {
        let arguments = ["extract", "-q", document, "--to", "bibtex", "--annotation", annotation];
        let output = run(directory.path(), &arguments, b"");
        assert_eq!(output.status.code(), Some(0));
        text(&output.stdout).matches(&format!("\n  {field} = ")).count()
    };
    let annotations = count("abstract", "abstract");
    assert!(annotations > 10);
    assert_eq!((count("annote", "annote"), count("abstract", "annote")), (annotations, 0));
    assert_eq!((count("note", "note"), count("abstract", "note")), (annotations, 0));
}

#[test]
fn completions_and_manual_pages_come_from_the_definition() {
    let directory = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = run(directory.path(), &["completions", shell], b"");
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains("annotation"), "{shell}");
    }
    for page in ["", "extract", "parse", "convert", "check", "format", "completions", "man"] {
        let page = if page.is_empty() { vec!["man"] } else { vec!["man", page] };
        let output = run(directory.path(), &page, b"");
        assert_eq!(output.status.code(), Some(0));
        let title =
            format!(".TH citelift{}", page.get(1).map_or(String::new(), |p| format!("-{p}")));
        assert!(text(&output.stdout).contains(&title), "{title}");
    }
}

#[test]
fn random_bytes_never_stop_it() {
    let directory = TempDir::new().unwrap();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..40 {
        let bytes: Vec<u8> = (0..2000)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                // Half of the rounds printable for the most part: those get past the decoding.
                let byte = (state >> 32) as u8;
                if round % 2 == 0 { byte } else { byte % 95 + 32 - 22 * u8::from(byte > 240) }
            })
            .collect();
        let lines = bytes.split(|&byte| byte == b'\n').count();
        let extracted = run(directory.path(), &["extract"], &bytes);
        assert!(matches!(extracted.status.code(), Some(0..=2)), "{}", text(&extracted.stderr));
        let parsed = run(directory.path(), &["parse", "--to", "ndjson"], &bytes);
        assert!(matches!(parsed.status.code(), Some(0 | 1)), "{}", text(&parsed.stderr));
        let whole = lines - usize::from(bytes.ends_with(b"\n"));
        assert_eq!(items(&parsed.stdout).len(), whole);
    }
}
