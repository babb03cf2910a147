//! A PDF that the library finds no text in, read with poppler's `pdftotext` where that is installed.
//!
//! Called by `input`. The program gets the file by a path of its own and as long as [`PATIENCE`];
//! no more of its output is taken than [`MOST`].

use citelift::Document;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long the program may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How much it may write, in bytes.
const MOST: u64 = 256 << 20;
/// How long to wait between looks, while it works.
const PAUSE: Duration = Duration::from_millis(20);

/// The document; `None` where the program is not there, or finds nothing either.
pub(crate) fn document(bytes: &[u8]) -> Option<Document> {
    let program = version()?;
    let mut file = tempfile::Builder::new().suffix(".pdf").tempfile().ok()?;
    file.write_all(bytes).ok()?;
    let child = Command::new("pdftotext")
        .args(["-q", "-bbox-layout"])
        .arg(file.path())
        .arg("-")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let output = output(child.ok()?)?;
    Document::from_pdftotext(&String::from_utf8_lossy(&output), &program).ok()
}

/// What the program calls itself: `pdftotext 22.12.0`.
fn version() -> Option<String> {
    let said = Command::new("pdftotext").arg("-v").stdin(Stdio::null()).output().ok()?;
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    let line = said.lines().next()?;
    Some(line.replace("version ", ""))
}

/// All that a program writes, if it ends in time and well.
fn output(mut child: Child) -> Option<Vec<u8>> {
    let stdout = child.stdout.take()?;
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        stdout.take(MOST).read_to_end(&mut bytes).map(|_| bytes)
    });
    let began = Instant::now();
    let ended = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status.success(),
            Ok(None) if began.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            _ => break false,
        }
    };
    if !ended {
        // It may have ended by itself by now.
        let _ = child.kill();
        let _ = child.wait();
    }
    let bytes = reader.join().ok()?.ok()?;
    ended.then_some(bytes)
}
