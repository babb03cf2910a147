//! Runs the command and looks at what it says; used by the tests beside this folder.

use assert_cmd::cargo::cargo_bin;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the command in `directory` with `input` on standard input.
pub(crate) fn run(directory: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = citelift(directory, arguments).spawn().unwrap();
    let mut to = child.stdin.take().unwrap();
    let input = input.to_vec();
    // Beside the reading: a command that answers before it has read all would stop both.
    let writer = std::thread::spawn(move || {
        let _ = to.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

pub(crate) fn citelift(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin("citelift"));
    command
        .args(arguments)
        .current_dir(directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

pub(crate) fn items(bytes: &[u8]) -> Vec<serde_json::Value> {
    text(bytes).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
