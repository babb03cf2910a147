//! `citelift::evaluate` gives the figures of the program that defines the measure, to the last
//! count: the dev sets' references against predictions spoilt in every way.
//!
//! The program and the sets lie beside the project, in `shared/evaluation`; where they do not,
//! the test says that it was skipped.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use citelift::evaluate::{Evaluation, FIELDS, Gold, Options};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn every_count_is_that_of_the_program_that_defines_the_measure() {
    let Some(shared) = shared() else {
        println!("skipped: shared/evaluation/score.py is not beside the project");
        return;
    };
    let scratch = std::env::temp_dir().join(format!("citelift-evaluate-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).unwrap();
    for set in ["dev/dev/anystyle-core", "dev/dev/grobid-corpus", "dev/train/anystyle-core"] {
        let text = unpacked(&shared.join(format!("{set}.jsonl.gz")));
        let mut dice = Dice(0x1234_5678_9abc_def1);
        let gold: Vec<Value> = text
            .lines()
            .map(|line| annotated(serde_json::from_str(line).unwrap(), &mut dice))
            .collect();
        let items: Vec<Value> = gold.iter().map(|line| line["gold"].clone()).collect();
        let read: Vec<Value> = items.iter().map(|item| spoilt(item, &items, &mut dice)).collect();
        assert!(gold.len() > 100, "{set} holds {} references", gold.len());
        for (soft, types) in [(false, false), (true, true)] {
            let mut options = Options::default();
            (options.soft, options.types) = (soft, types);
            compare(&shared, &scratch, (&gold, &read), options, set);
        }
    }
    std::fs::remove_dir_all(&scratch).unwrap();
}

/// Small values in which the two could part: every pair of them, in every field.
#[test]
fn strange_values_count_the_same() {
    let Some(shared) = shared() else {
        println!("skipped: shared/evaluation/score.py is not beside the project");
        return;
    };
    let scratch = std::env::temp_dir().join(format!("citelift-strange-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).unwrap();
    let mut gold = Vec::new();
    let mut read = Vec::new();
    for (field, values) in strange() {
        for one in &values {
            for other in &values {
                gold.push(json!({"id": gold.len(), "text": "", "gold": {&field: one}}));
                read.push(json!({&field: other}));
            }
        }
    }
    for soft in [false, true] {
        let mut options = Options::default();
        (options.soft, options.types) = (soft, true);
        compare(&shared, &scratch, (&gold, &read), options, "strange values");
    }
    std::fs::remove_dir_all(&scratch).unwrap();
}

/// Asks both for their figures, their tables and their faults.
fn compare(
    shared: &Path,
    scratch: &Path,
    (gold, read): (&[Value], &[Value]),
    options: Options,
    set: &str,
) {
    let lines = |values: &mut dyn Iterator<Item = Value>| -> String {
        values.map(|value| format!("{value}\n")).collect()
    };
    let gold_text = lines(&mut gold.iter().cloned());
    let with_id = |(gold, read): (&Value, &Value)| json!({"id": gold["id"], "csl": read});
    let read_text = lines(&mut gold.iter().zip(read).map(with_id));
    let (gold_path, read_path) = (scratch.join("gold.jsonl"), scratch.join("read.jsonl"));
    std::fs::write(&gold_path, &gold_text).unwrap();
    std::fs::write(&read_path, read_text).unwrap();

    let score = |more: &[&str]| {
        let mut command = Command::new("python3");
        command.arg(shared.join("score.py")).args([&gold_path, &read_path]).args(more);
        command.args(options.soft.then_some("--soft")).args(options.types.then_some("--types"));
        let output = command.env("PYTHONIOENCODING", "utf-8").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let mut evaluation = Evaluation::new(options);
    for (gold, read) in Gold::from_json_lines(&gold_text).unwrap().iter().zip(read) {
        evaluation.add(gold, read);
    }

    // The table, then the faults: one line for each reference, one for each field. Faults come
    // first here, for they say where the two part.
    let expected = score(&["--by", "field", "--worst", "1000000"]);
    let (table, expected) = expected.split_once("\n\n").unwrap_or((&expected, ""));
    let verdict = |line: &str| {
        line.starts_with("  ").then(|| line.split(": gold").next().map(str::to_owned)).flatten()
    };
    let expected: Vec<String> = expected
        .split("\n\n")
        .flat_map(|fault| {
            let id = fault.split(':').next().unwrap_or_default().to_owned();
            std::iter::once(id).chain(fault.lines().filter_map(verdict))
        })
        .collect();
    let found: Vec<String> = evaluation
        .faults()
        .into_iter()
        .flat_map(|fault| {
            let wrong = fault
                .wrong
                .iter()
                .map(|wrong| format!("  {:4}{}", wrong.verdict.as_str(), wrong.field));
            std::iter::once(fault.id.clone()).chain(wrong)
        })
        .collect();
    for (at, (found, expected)) in found.iter().zip(&expected).enumerate() {
        assert_eq!(found, expected, "{set}, {options:?}, line {at} of the faults");
    }
    assert_eq!(found.len(), expected.len(), "{set}, {options:?}");

    let figures: Value = serde_json::from_str(&score(&["--json"])).unwrap();
    assert_eq!(serde_json::to_value(&evaluation).unwrap(), figures, "{set}, {options:?}");
    assert_eq!(evaluation.to_string().trim_end(), table.trim_end(), "{set}, {options:?}");
}

fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = root.ancestors().skip(1).map(|folder| folder.join("shared/evaluation"));
    folders.find(|folder| folder.join("score.py").is_file())
}

fn unpacked(path: &Path) -> String {
    let program = "import gzip, sys; sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())";
    let output = Command::new("python3").args(["-c", program]).arg(path).output().unwrap();
    assert!(
        output.status.success(),
        "{}: {}",
        path.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }
}

/// Some lines get a type, some a list of the fields that count.
fn annotated(mut line: Value, dice: &mut Dice) -> Value {
    if dice.below(2) == 0 {
        line["gold"]["type"] = json!(["book", "chapter"][dice.below(2)]);
    }
    if dice.below(4) == 0 {
        let mut known: Vec<&str> = FIELDS.into_iter().chain(["type", "note"]).collect();
        known.retain(|_| dice.below(3) > 0);
        line["fields"] = json!(known);
    }
    line
}

/// An item as a poor reader might have read it.
fn spoilt(item: &Value, items: &[Value], dice: &mut Dice) -> Value {
    let mut out = Map::new();
    for field in FIELDS.into_iter().chain(["type"]) {
        let own = &item[field];
        let other = &items[dice.below(items.len())][field];
        let value = match dice.below(12) {
            0 => continue,
            1 => other.clone(),
            2 => item[FIELDS[dice.below(FIELDS.len())]].clone(),
            3 => wrong_type(own, dice),
            4..=7 => respelled(own, dice),
            _ => own.clone(),
        };
        if value != Value::Null || dice.below(10) == 0 {
            out.insert(field.to_owned(), value);
        }
    }
    if dice.below(12) == 0
        && let Some(doi) = item["DOI"].as_str()
    {
        out.insert("URL".to_owned(), json!(format!("https://DX.doi.org/{doi}")));
    }
    Value::Object(out)
}

fn wrong_type(value: &Value, dice: &mut Dice) -> Value {
    match dice.below(9) {
        0 => json!([value]),
        1 => json!({"literal": value}),
        2 => json!({"family": value, "given": value}),
        3 => json!(dice.below(3000)),
        4 => json!(2019.5),
        5 => json!(dice.below(2) == 0),
        6 => json!(value.to_string()),
        7 => json!({"raw": value.to_string()}),
        _ => json!([]),
    }
}

/// The value with the letters of its texts changed.
fn respelled(value: &Value, dice: &mut Dice) -> Value {
    match value {
        Value::String(text) => json!(respelled_text(text, dice)),
        Value::Array(items) => items.iter().map(|item| respelled(item, dice)).collect(),
        Value::Object(members) => {
            let mut out = Map::new();
            for (name, member) in members {
                out.insert(name.clone(), respelled(member, dice));
            }
            Value::Object(out)
        }
        Value::Number(number) if dice.below(4) == 0 => json!(format!(" 0{number}")),
        other => other.clone(),
    }
}

fn respelled_text(text: &str, dice: &mut Dice) -> String {
    match dice.below(14) {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        2 => text.replace('-', ["–", "--", " - ", "\u{2010}", "/"][dice.below(5)]),
        3 => text.replace(' ', ["  ", "\u{a0}", "\n", ""][dice.below(4)]),
        4 => format!("“{text}.”"),
        5 => format!("<i>{text}</i>"),
        6 => format!(
            "{}{text}",
            ["Vol. ", "pp. ", "No.", "S.", "doi:", "http://www."][dice.below(6)]
        ),
        7 => format!(
            "{text}{}",
            [" ed.", "nd", "th", ". Auflage", ")", "/", "ß", "…"][dice.below(8)]
        ),
        8 => text.replace(['a', 'e', 'o'], ["ä", "é", "ø", "\u{200b}", "o\u{308}"][dice.below(5)]),
        9 => text.replace(": ", " : ").replace('.', " . "),
        10 => text.chars().take(text.chars().count() * 9 / 10).collect(),
        11 => text.chars().filter(|_| dice.below(12) > 0).collect(),
        12 => text.chars().filter(char::is_ascii_uppercase).collect(),
        _ => text.replace("ss", "ß").replace("fi", "ﬁ").replace("th", "th\u{ad}"),
    }
}

/// Values by field, of which each is compared with each.
fn strange() -> Vec<(String, Vec<Value>)> {
    let groups: Vec<Value> = serde_json::from_str(include_str!("evaluate/strange.json")).unwrap();
    let texts = |value: &Value| value.as_array().cloned().unwrap();
    let mut out = Vec::new();
    for group in &groups {
        for field in texts(&group["fields"]) {
            out.push((field.as_str().unwrap().to_owned(), texts(&group["values"])));
        }
    }
    out
}
