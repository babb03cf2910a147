//! Holds the house's rules: which room may import which, how long a file may be, that every
//! module says what it is for, that the library prints nothing.
//!
//! Reads the sources as text. What it reads them with is tested below on made-up sources.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may know, beside itself. CONTRIBUTING.md tells the reasons.
const ROOMS: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("diagnostic", &["span"]),
    ("error", &["span", "diagnostic"]),
    ("text", &["span", "diagnostic", "error"]),
    ("lexicon", &["text"]),
    ("work", &["span", "diagnostic", "error", "text"]),
    ("bibliography", &["span", "diagnostic", "error", "text", "work"]),
    ("document", &["span", "diagnostic", "error", "text"]),
    // Writers need a key for every work; a key needs nothing of theirs.
    ("format", &["span", "diagnostic", "error", "text", "work", "bibliography", "lexicon", "key"]),
    ("lex", &["span", "diagnostic", "error", "text", "work", "lexicon"]),
    ("grammar", &["span", "diagnostic", "error", "text", "work", "lexicon", "lex"]),
    ("label", &["span", "diagnostic", "error", "text", "work", "lexicon", "lex"]),
    (
        "citation",
        &["span", "diagnostic", "error", "text", "work", "lexicon", "lex", "grammar", "label"],
    ),
    ("train", &["span", "error", "text", "lexicon", "lex", "label"]),
    (
        "extract",
        &[
            "span",
            "diagnostic",
            "error",
            "text",
            "work",
            "bibliography",
            "lexicon",
            "document",
            "citation",
            "duplicate",
        ],
    ),
    ("evaluate", &["span", "diagnostic", "error", "text", "work", "label"]),
    ("key", &["span", "diagnostic", "error", "text", "work", "lexicon"]),
    ("duplicate", &["span", "diagnostic", "error", "text", "work", "lexicon"]),
    ("lint", &["span", "diagnostic", "error", "text", "work", "lexicon"]),
];

const LONGEST_FILE: usize = 500;

#[test]
fn rooms_know_only_the_rooms_before_them() {
    let root = root();
    let exports = reexports(&read(&root.join("src/lib.rs")));
    let mut faults = Vec::new();
    for path in rust_files(&root.join("src")) {
        let relative = relative(&path, &root.join("src"));
        faults.extend(
            wrong_imports(&relative, &read(&path), &exports)
                .into_iter()
                .map(|(line, fault)| format!("src/{relative}:{line}: {fault}")),
        );
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_folder_and_file_of_the_library_is_a_known_room() {
    let mut strangers = Vec::new();
    for path in rust_files(&root().join("src")) {
        let relative = relative(&path, &root().join("src"));
        let room = module_path(&relative).into_iter().next();
        if let Some(room) = room.filter(|room| allowed(room).is_none()) {
            strangers.push(format!("src/{relative}: {room} has no row in the table of rooms"));
        }
    }
    assert!(strangers.is_empty(), "\n{}\n", strangers.join("\n"));
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let root = root();
    let mut faults = Vec::new();
    for folder in ["src", "cli/src", "cli/tests", "tests", "examples", "benches"] {
        for path in rust_files(&root.join(folder)) {
            let name = relative(&path, &root);
            let source = read(&path);
            let lines = source.lines().count();
            if lines > LONGEST_FILE {
                faults.push(format!("{name}: {lines} lines, more than {LONGEST_FILE}"));
            }
            if !source.trim_start().starts_with("//!") {
                faults.push(format!("{name}: does not open with `//!`"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_library_prints_nothing_and_leaves_nothing_for_later() {
    let root = root();
    let mut faults = Vec::new();
    for path in rust_files(&root.join("src")) {
        for (line, word) in forbidden_macros(&read(&path)) {
            faults.push(format!("{}:{line}: {word}", relative(&path, &root)));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A rule that knows a name of the sample was made for the sample.
#[test]
fn no_source_names_a_person_of_the_sample() {
    let root = root();
    let sample = read(&root.join("data/police-cooperation.txt"));
    let families = families(&sample);
    assert!(families.len() > 15, "the sample's families are not recognised: {families:?}");
    let mut faults = Vec::new();
    for path in rust_files(&root.join("src")) {
        let source = read(&path);
        let tests = without_tests(&scrubbed(&source));
        let source: String =
            source.chars().zip(tests.chars()).filter(|&(_, c)| c != '\0').map(|(c, _)| c).collect();
        for family in families.iter().filter(|family| source.contains(**family)) {
            faults.push(format!("{} names {family}", relative(&path, &root)));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Family names of six letters or more that stand before a comma and an initial.
fn families(sample: &str) -> Vec<&str> {
    let mut families = Vec::new();
    for line in sample.lines() {
        let Some((names, _)) = line.split_once(" (20") else { continue };
        let pieces: Vec<&str> = names.split(", ").collect();
        for pair in pieces.windows(2) {
            let word = pair[0].rsplit([' ', '-']).next().unwrap_or_default();
            if pair[1].chars().nth(1) == Some('.') && word.chars().count() >= 6 {
                families.push(word);
            }
        }
    }
    families
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The path below `root`, with forward slashes on every system.
fn relative(path: &Path, root: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap().components();
    parts.map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/")
}

/// All `.rs` files below a folder, sorted; none where the folder is not there.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn allowed(room: &str) -> Option<&'static [&'static str]> {
    ROOMS.iter().find(|(name, _)| *name == room).map(|(_, allowed)| *allowed)
}

/// The module that a file below src is: `format/ris/mod.rs` is `format`, `ris`.
fn module_path(relative: &str) -> Vec<String> {
    let stem = relative.trim_end_matches(".rs");
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if stem == "lib" { Vec::new() } else { stem.split('/').map(str::to_owned).collect() }
}

/// Every import of a room that its file's room must not know, with its line.
fn wrong_imports(
    relative: &str,
    source: &str,
    exports: &BTreeMap<String, String>,
) -> Vec<(usize, String)> {
    let module = module_path(relative);
    let Some(room) = module.first() else { return Vec::new() };
    if module.last().is_some_and(|last| last == "tests") {
        return Vec::new();
    }
    let allowed = allowed(room).unwrap_or_default();
    let code = without_tests(&scrubbed(source));
    let mut faults = Vec::new();
    for (at, name) in names_at_root(&code, module.len()) {
        let target = exports.get(&name).unwrap_or(&name);
        let known = target == room || allowed.contains(&target.as_str());
        if !known {
            let line = code[..at].matches('\n').count() + 1;
            faults.push((line, format!("{room} must not know {target}")));
        }
    }
    faults
}

/// What is named right below the crate's root, by `crate::` or by enough `super::`, with its
/// place. `depth` is how many modules deep the code stands.
fn names_at_root(code: &str, depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let climb = "super::".repeat(depth);
    for prefix in ["crate::", climb.as_str()] {
        for (at, _) in code.match_indices(prefix) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let rest = &code[at + prefix.len()..];
            found.extend(first_names(rest).into_iter().map(|name| (at, name)));
        }
    }
    found
}

/// The first name of every branch of an import: of `{work::{A, B}, lex}` it is `work`, `lex`.
fn first_names(rest: &str) -> Vec<String> {
    let Some(list) = rest.trim_start().strip_prefix('{') else {
        return identifier(rest.trim_start()).into_iter().collect();
    };
    let mut names = Vec::new();
    let mut depth = 0_usize;
    let mut expected = true;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => expected = true,
            _ if expected && !c.is_whitespace() => {
                names.extend(identifier(&list[at..]));
                expected = false;
            }
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// Which room each name that lib.rs re-exports comes from.
fn reexports(lib: &str) -> BTreeMap<String, String> {
    let code = scrubbed(lib);
    let mut map = BTreeMap::new();
    for (at, _) in code.match_indices("pub use ") {
        let statement = code[at + 8..].split(';').next().unwrap_or_default();
        let statement = statement.trim_start_matches("crate::").trim_start_matches("self::");
        let Some((room, rest)) = statement.split_once("::") else { continue };
        let words = rest.split(|c: char| !c.is_alphanumeric() && c != '_');
        for word in words.filter(|word| !word.is_empty() && allowed(word).is_none()) {
            map.insert(word.to_owned(), room.trim().to_owned());
        }
    }
    map
}

/// Macros that print or that leave work for later, outside tests, with their lines.
fn forbidden_macros(source: &str) -> Vec<(usize, &'static str)> {
    let code = without_tests(&scrubbed(source));
    let mut found = Vec::new();
    for word in ["println!", "print!", "eprintln!", "eprint!", "dbg!", "todo!", "unimplemented!"] {
        for (at, _) in code.match_indices(word) {
            if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                found.push((code[..at].matches('\n').count() + 1, word));
            }
        }
    }
    found
}

/// The source with NUL for every character of its `#[cfg(test)]` modules and functions; lines
/// stay.
fn without_tests(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let brace = rest.find('{').unwrap_or(rest.len());
        let semicolon = rest.find(';').unwrap_or(rest.len());
        let mut depth = 0_usize;
        let end = if semicolon < brace {
            semicolon + 1
        } else {
            let closing = rest.char_indices().skip_while(|&(at, _)| at < brace).find(|&(_, c)| {
                depth = match c {
                    '{' => depth + 1,
                    '}' => depth.saturating_sub(1),
                    _ => depth,
                };
                depth == 0
            });
            closing.map_or(rest.len(), |(at, _)| at + 1)
        };
        out.extend(rest[..end].chars().map(|c| if c == '\n' { '\n' } else { '\0' }));
        rest = &rest[end..];
    }
    out + rest
}

/// The source with comments and the insides of strings and characters blanked out, character for
/// character.
fn scrubbed(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => {
                at + chars[at..].iter().take_while(|&&c| c != '\n').count()
            }
            '/' if chars.get(at + 1) == Some(&'*') => block_comment_end(&chars, at),
            '"' => string_end(&chars, at),
            'r' if !at.checked_sub(1).is_some_and(|before| chars[before].is_alphanumeric()) => {
                raw_string_end(&chars, at).unwrap_or(at)
            }
            '\'' => character_end(&chars, at).unwrap_or(at),
            _ => at,
        };
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

fn block_comment_end(chars: &[char], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at.min(chars.len())
}

fn string_end(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn raw_string_end(chars: &[char], start: usize) -> Option<usize> {
    let hashes = chars[start + 1..].iter().take_while(|&&c| c == '#').count();
    let open = start + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let closing = (open + 1..chars.len()).find(|&at| {
        chars[at] == '"'
            && chars[at + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes
    });
    Some(closing.map_or(chars.len(), |at| at + 1 + hashes))
}

/// The end of a character literal; `None` where the quote begins a lifetime.
fn character_end(chars: &[char], start: usize) -> Option<usize> {
    if chars.get(start + 1) == Some(&'\\') {
        let close = chars.iter().skip(start + 3).position(|&c| c == '\'')?;
        return Some(start + 3 + close + 1);
    }
    (chars.get(start + 2) == Some(&'\'')).then_some(start + 3)
}

/// The instruments above, on made-up sources.
mod instruments {
    use super::*;

    fn faults(file: &str, source: &str) -> Vec<String> {
        let exports = reexports("pub use work::{Kind, Work};\npub use citation::Parser;");
        wrong_imports(file, source, &exports).into_iter().map(|(_, fault)| fault).collect()
    }

    #[test]
    fn a_wrong_import_is_named_in_a_sentence() {
        let source = "//! x\nuse crate::citation::Parser;\n";
        assert_eq!(faults("format/ris/read.rs", source), ["format must not know citation"]);
    }

    #[test]
    fn the_ways_around_are_seen_too() {
        for source in [
            "use crate::{work::{Kind, Work}, citation};",
            "fn f() { crate::citation::parse(\"\") }",
            "use crate::Parser;",
            "use super::super::citation::Parser;",
            "use super::super::{work::Kind, citation as c};",
        ] {
            assert_eq!(
                faults("format/ris.rs", source),
                ["format must not know citation"],
                "{source}"
            );
        }
    }

    #[test]
    fn what_is_allowed_passes() {
        for source in [
            "use crate::Work;\nuse super::mapping::x;",
            "//! [`Parser`](crate::citation::Parser)\n/* crate::citation /* nested */ */",
            "const A: &str = \"use crate::citation;\"; const B: &str = r#\"crate::\"extract\"#;",
            "#[cfg(test)]\nmod tests { use crate::citation::Parser; fn f() { {} } }\n",
            "#[cfg(test)]\nmod tests;\n",
            "fn f<'a>(x: &'a str) -> char { '\"' }",
        ] {
            assert_eq!(faults("format/ris.rs", source), [""; 0], "{source}");
        }
        assert_eq!(faults("lib.rs", "use crate::citation::Parser;"), [""; 0]);
    }

    #[test]
    fn layer_zero_knows_only_what_is_before_it() {
        assert_eq!(faults("span.rs", "use crate::error::X;"), ["span must not know error"]);
        assert_eq!(faults("error.rs", "use crate::span::Span;"), [""; 0]);
        assert_eq!(
            faults("document/plain.rs", "use crate::Work;"),
            ["document must not know work"]
        );
    }

    #[test]
    fn code_behind_a_test_module_is_read_and_keeps_its_line() {
        let source =
            "#[cfg(test)]\nmod tests {\n    fn f() { println!() }\n}\nfn g() { println!() }\n";
        assert_eq!(forbidden_macros(source), [(5, "println!")]);
        assert_eq!(forbidden_macros("fn f() { eprintln!(\"x\") } // dbg!"), [(1, "eprintln!")]);
    }

    #[test]
    fn families_are_read_off_citations() {
        let sample =
            "Thornbury, A. & Ellis-Whitfield, B. (2010). On x.\nIn 2004 nobody, not one.\n";
        assert_eq!(families(sample), ["Thornbury", "Whitfield"]);
    }
}
