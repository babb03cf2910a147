//! Runs that are killed, and disks that are full: every file is the old one or the new one.
//!
//! Nothing is caught here that could be cleaned up: SIGKILL ends the command at any instruction.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "each file of tests uses a part of it")]
mod run;

use run::{citelift, run, text};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const LIST: &str = "References\n\nRoe, J. (2010). Harbour watch. Leiden: Brill.\n\n\
    Okafor, N. & L. Reyes (2011). Small ports. Port Studies 15 (2): 61-70.\n\n";

/// Runs a command to its end, then again and again, killed at moments from its first to its last,
/// over files with other contents: each of them has those, or what the whole run gave.
fn kill_again_and_again(directory: &Path, arguments: &[&str], files: &[&str], times: u32) {
    let old = |name: &str| format!("the old {name}").into_bytes();
    let path = |name: &str| directory.join(name);
    let renew = || files.iter().for_each(|name| fs::write(path(name), old(name)).unwrap());
    renew();
    let begun = Instant::now();
    let whole = run(directory, arguments, b"");
    let took = begun.elapsed();
    assert!(whole.status.success(), "{}", text(&whole.stderr));
    let new: Vec<Vec<u8>> = files.iter().map(|name| fs::read(path(name)).unwrap()).collect();
    let mut killed = 0;
    renew();
    for turn in 0..times {
        let mut child = citelift(directory, arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(took * turn / times);
        let _ = child.kill();
        killed += u32::from(!child.wait().unwrap().success());
        for (name, new) in files.iter().zip(&new) {
            let found = fs::read(path(name)).unwrap();
            assert!(
                found == old(name) || found == *new,
                "{name} is half, of {} bytes",
                found.len()
            );
        }
        // Files that are new are old again, so that the next run has something to replace.
        renew();
    }
    assert!(killed > times / 4, "{killed} of {times} runs were killed in time");
}

fn records(count: usize) -> String {
    (0..count)
        .map(|n| {
            format!(
                "@article{{roe{n},\n  author = {{Roe, Jane}},\n  title = {{Harbour watch {n}}},\n  \
                 journal = {{Port Studies}},\n  year = {{2011}}\n}}\n\n"
            )
        })
        .collect()
}

#[test]
fn several_exports_of_a_killed_run_are_old_or_new() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("library.bib"), records(1500)).unwrap();
    let arguments = ["convert", "-q", "library.bib", "-o", "works.ris", "-o", "works.json"];
    kill_again_and_again(directory.path(), &arguments, &["works.ris", "works.json"], 40);
}

#[test]
fn the_review_page_and_the_export_of_a_killed_run_are_old_or_new() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("list.txt"), LIST.repeat(20)).unwrap();
    let arguments = ["extract", "-q", "list.txt", "-o", "review.html", "-o", "works.bib"];
    kill_again_and_again(directory.path(), &arguments, &["review.html", "works.bib"], 15);
}

#[test]
fn a_file_that_is_formatted_in_place_is_old_or_new() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("library.bib");
    let untidy = records(1500).replace("  ", " ");
    fs::write(&path, &untidy).unwrap();
    assert!(run(directory.path(), &["format", "library.bib"], b"").status.success());
    let tidy = fs::read_to_string(&path).unwrap();
    assert_ne!(tidy, untidy);
    for turn in 0..15 {
        fs::write(&path, &untidy).unwrap();
        let mut child = citelift(directory.path(), &["format", "library.bib"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(turn * 4));
        let _ = child.kill();
        child.wait().unwrap();
        let found = fs::read_to_string(&path).unwrap();
        assert!(found == untidy || found == tidy, "half, of {} bytes", found.len());
    }
}

/// A run whose output does not fit: it fails and says so, and the directory is as it was.
fn fails_and_changes_nothing(directory: &Path, mut command: Command) {
    let before = listed(directory);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("cannot write "), "{}", text(&output.stderr));
    assert_eq!(listed(directory), before);
}

/// The files of a directory with their contents.
fn listed(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

const TOO_LARGE: [&str; 7] =
    ["convert", "-q", "library.bib", "-o", "small/works.ris", "-o", "small/works.json"];

#[test]
fn a_file_that_may_not_grow_leaves_the_old_ones() {
    let directory = TempDir::new().unwrap();
    let small = directory.path().join("small");
    fs::create_dir(&small).unwrap();
    fs::write(directory.path().join("library.bib"), records(5000)).unwrap();
    fs::write(small.join("works.ris"), "old").unwrap();
    let program = citelift(directory.path(), &[]);
    let mut command = Command::new("sh");
    // 100 blocks of half a KiB; without the trap the system would kill at the first byte more.
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$@\"", "sh"])
        .arg(program.get_program())
        .args(TOO_LARGE)
        .current_dir(directory.path());
    fails_and_changes_nothing(&small, command);
}

#[test]
fn a_full_disk_leaves_the_old_files() {
    let directory = TempDir::new().unwrap();
    let small = directory.path().join("small");
    fs::create_dir(&small).unwrap();
    fs::write(directory.path().join("library.bib"), records(10_000)).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(&small)
        .output()
        .is_ok_and(|output| output.status.success());
    if !mounted {
        // Said where it is seen: `cargo test -- --nocapture`.
        println!("skipped: only the administrator can mount a small disk");
        return;
    }
    let unmount = Unmount(&small);
    fs::write(small.join("works.ris"), "old").unwrap();
    fs::write(small.join("works.json"), "old").unwrap();
    let mut command = citelift(directory.path(), &TOO_LARGE);
    command.stdin(Stdio::null());
    fails_and_changes_nothing(&small, command);
    drop(unmount);
}

/// Takes the disk away, also where a test fails.
struct Unmount<'a>(&'a Path);

impl Drop for Unmount<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_full_device_is_a_failure() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("library.bib"), records(10)).unwrap();
    if !Path::new("/dev/full").exists() {
        println!("skipped: there is no /dev/full");
        return;
    }
    let output = run(
        directory.path(),
        &["convert", "-q", "library.bib", "--to", "ris", "-o", "/dev/full"],
        b"",
    );
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("cannot write /dev/full"), "{}", text(&output.stderr));
}
