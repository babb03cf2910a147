//! Loose reference → work.

use crate::inputs::Inputs;
use crate::race::{Contestant, Goal, Job};
use citelift::Parser;
use citelift::train::Labelled;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

/// The references: a line each of a file, or else all that the repository has labelled, without
/// their labels.
pub(crate) fn references(file: Option<&str>) -> Result<Vec<String>, String> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
    };
    if let Some(file) = file {
        let text = read(Path::new(file))?;
        return Ok(text.lines().filter(|l| !l.trim().is_empty()).map(str::to_owned).collect());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in ["data/labelled", "tests/labelled"] {
        let folder = root.join(folder);
        let fault = |error| format!("{}: {error}", folder.display());
        for file in std::fs::read_dir(&folder).map_err(fault)? {
            files.push(file.map_err(fault)?.path());
        }
    }
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let labelled = Labelled::read(&read(&file)?).map_err(|error| error.to_string())?;
        found.extend(labelled.iter().map(Labelled::text));
    }
    Ok(found)
}

/// How many references a slow peer does in a turn.
const FEW: usize = 12;

/// One thread, beside AnyStyle and refextract.
pub(crate) fn job(inputs: &Inputs) -> Job {
    let mut remarks = vec![
        "AnyStyle and refextract measure themselves, without their start; they do a sample of \
         the references, evenly taken."
            .to_owned(),
    ];
    let mut peers = Vec::new();
    match Peer::start("ruby", "run_anystyle.rb", inputs.loose, FEW * 30) {
        Ok(anystyle) => peers.push(anystyle.contestant("AnyStyle")),
        Err(why) => {
            remarks.push(format!(
                "AnyStyle did not run here ({why}): its row is the figure that it had on this \
                 class of machine in an earlier run, 700 references a second at best."
            ));
            let second = Duration::from_secs(1);
            peers
                .push(Contestant::measured("AnyStyle 1.6.0, not of this run", 700, move || second));
        }
    }
    peers = peers.into_iter().map(|anystyle| anystyle.goal(Goal::Faster(40.0))).collect();
    let python = std::env::var("CITELIFT_PEERS_PYTHON").unwrap_or_else(|_| "python3".into());
    match Peer::start(&python, "run_refextract.py", inputs.loose, FEW) {
        Ok(refextract) => peers.push(refextract.contestant("refextract")),
        Err(why) => remarks.push(format!("refextract did not run here ({why}).")),
    }
    remarks.push(
        "AnyStyle gives strings for fields, and names and dates read; refextract is made for \
         physics and leaves most of other references in one field. Neither tells how sure it is \
         or where a value stood."
            .into(),
    );
    let loose = inputs.loose;
    Job {
        title: title("loose reference → work, one thread", loose),
        ours: vec![Contestant::new("citelift `parse`", loose.len(), move || parsed(loose))],
        peers,
        remarks,
    }
}

/// Two threads beside one.
pub(crate) fn threads(inputs: &Inputs) -> Job {
    let loose = inputs.loose;
    Job {
        title: title("loose reference → work, two threads", loose),
        ours: vec![Contestant::on_threads("citelift on two threads", loose.len(), move || {
            let next = AtomicUsize::new(0);
            std::thread::scope(|scope| {
                let work = || {
                    let parser = Parser::new();
                    let mut done = 0;
                    while let Some(some) = loose.chunks(32).nth(next.fetch_add(1, Relaxed)) {
                        let works = some.iter().map(|one| parser.parse(one));
                        done += works.collect::<Vec<_>>().len();
                    }
                    done
                };
                let other = scope.spawn(work);
                work() + other.join().expect("a thread")
            })
        })],
        peers: vec![
            Contestant::on_threads("citelift on one thread", loose.len(), move || parsed(loose))
                .goal(Goal::Faster(1.8)),
        ],
        remarks: vec![
            "Both by the clock on the wall: two threads need a machine that does nothing else."
                .into(),
        ],
    }
}

fn title(what: &str, loose: &[String]) -> String {
    let each = loose.iter().map(String::len).sum::<usize>() / loose.len().max(1);
    format!("{what} ({} references of {each} bytes)", loose.len())
}

fn parsed(references: &[String]) -> usize {
    let parser = Parser::new();
    references.iter().map(|one| parser.parse(one)).collect::<Vec<_>>().len()
}

/// A peer that is a script beside this crate: it says `ready`, then for every line that it is
/// given does its references once and tells the seconds it took.
struct Peer {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    count: usize,
}

impl Peer {
    /// Starts a script on about so many of the references; the error tells in a few words why it
    /// does not run.
    fn start(program: &str, script: &str, of: &[String], few: usize) -> Result<Self, String> {
        let sample: Vec<&str> =
            of.iter().step_by((of.len() / few).max(1)).take(few).map(String::as_str).collect();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
        let mut child = Command::new(program)
            .arg(path)
            .args(&sample)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("no pipe".into());
        };
        let mut peer = Self { child, to, from: BufReader::new(from), count: sample.len() };
        match peer.line().as_str() {
            "ready" => Ok(peer),
            _ => Err(format!("{program} {script} does not start")),
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        // A script that has ended gives an empty line.
        let _ = self.from.read_line(&mut line);
        line.trim().to_owned()
    }

    fn contestant(mut self, name: &'static str) -> Contestant {
        Contestant::measured(name, self.count, move || {
            writeln!(self.to).expect("the script has ended");
            Duration::from_secs_f64(self.line().parse().expect("the script gives no time"))
        })
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
