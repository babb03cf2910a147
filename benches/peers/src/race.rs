//! The race: all that do one job, one after the other, several rounds, and the table of it.
//!
//! Every round runs all of them, every second round in reverse, so that whatever else the
//! machine does falls on all alike. A ratio is the median of the rounds' ratios; only ratios
//! mean something. What runs on one thread is measured in that thread's processor time.

use cpu_time::ThreadTime;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// What a job's row is held against.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    /// citelift is at least so many times as fast.
    Faster(f64),
    /// citelift takes at most so many times the time.
    Time(f64),
}

/// One that does the job.
pub(crate) struct Contestant {
    name: &'static str,
    goal: Option<Goal>,
    entries: usize,
    run: Box<dyn FnMut() -> Duration>,
}

impl Contestant {
    /// One that works on one thread; gives how many entries it did. What it made is dropped
    /// within the time.
    pub(crate) fn new(
        name: &'static str,
        entries: usize,
        mut work: impl FnMut() -> usize + 'static,
    ) -> Self {
        Self::measured(name, entries, move || {
            let start = ThreadTime::now();
            let done = black_box(work());
            let time = start.elapsed();
            assert_eq!(done, entries, "{name}: not all entries");
            time
        })
    }

    /// One that works on several threads.
    pub(crate) fn on_threads(
        name: &'static str,
        entries: usize,
        mut work: impl FnMut() -> usize + 'static,
    ) -> Self {
        Self::measured(name, entries, move || {
            let start = Instant::now();
            let done = black_box(work());
            let time = start.elapsed();
            assert_eq!(done, entries, "{name}: not all entries");
            time
        })
    }

    /// One that measures itself.
    pub(crate) fn measured(
        name: &'static str,
        entries: usize,
        run: impl FnMut() -> Duration + 'static,
    ) -> Self {
        Self { name, goal: None, entries, run: Box::new(run) }
    }

    /// What is asked of citelift beside it.
    pub(crate) fn goal(self, goal: Goal) -> Self {
        Self { goal: Some(goal), ..self }
    }
}

/// A job and all that do it; the first of `ours` is held against the goals.
pub(crate) struct Job {
    pub(crate) title: String,
    pub(crate) ours: Vec<Contestant>,
    pub(crate) peers: Vec<Contestant>,
    /// What is to be known about the rows, a sentence each.
    pub(crate) remarks: Vec<String>,
}

/// How long a turn lasts at least: short work is done several times.
const TURN: Duration = Duration::from_millis(20);

impl Job {
    /// Runs the race and prints its table; gives the goals that were missed.
    pub(crate) fn race(mut self, rounds: usize) -> Vec<String> {
        let ours = self.ours.len();
        let mut all: Vec<&mut Contestant> =
            self.ours.iter_mut().chain(self.peers.iter_mut()).collect();
        // Not counted: caches fill, and it shows how often short work is to be done.
        let turns: Vec<u32> = all
            .iter_mut()
            .map(|one| {
                (TURN.as_secs_f64() / (one.run)().as_secs_f64()).ceil().clamp(1.0, 1e4) as u32
            })
            .collect();
        let mut seconds = vec![Vec::with_capacity(rounds); all.len()];
        for round in 0..rounds {
            for at in 0..all.len() {
                let at = if round % 2 == 0 { at } else { all.len() - 1 - at };
                let time: Duration = (0..turns[at]).map(|_| (all[at].run)()).sum();
                let done = all[at].entries as f64 * f64::from(turns[at]);
                seconds[at].push(time.as_secs_f64() / done);
            }
        }
        println!("\n### {}\n", self.title);
        print!("| | entries a second |");
        self.ours.iter().for_each(|one| print!(" {}, times as fast |", one.name));
        println!(" goal | |\n| --- | ---: |{} ---: | --- |", " ---: |".repeat(ours));
        let mut missed = Vec::new();
        for (at, one) in self.ours.iter().chain(&self.peers).enumerate() {
            print!("| {} | {} |", one.name, thousands(1.0 / median(seconds[at].clone())));
            let mut first = None;
            for (of, times) in seconds.iter().enumerate().take(ours) {
                if of == at {
                    print!(" |");
                    continue;
                }
                let mut ratios: Vec<f64> =
                    seconds[at].iter().zip(times).map(|(its, ours)| its / ours).collect();
                ratios.sort_by(f64::total_cmp);
                let (low, high) = (ratios[rounds / 4], ratios[rounds - 1 - rounds / 4]);
                let ratio = median(ratios);
                match one.goal {
                    Some(Goal::Time(_)) => print!(
                        " {:.2} × its time ({:.2}–{:.2}) |",
                        1.0 / ratio,
                        1.0 / high,
                        1.0 / low
                    ),
                    _ => print!(" {ratio:.2} × ({low:.2}–{high:.2}) |"),
                }
                first = first.or(Some(ratio));
            }
            let (goal, met) = match (one.goal, first) {
                (Some(Goal::Faster(least)), Some(ratio)) => {
                    (format!("≥ {least} ×"), ratio >= least)
                }
                (Some(Goal::Time(most)), Some(ratio)) => {
                    (format!("≤ {most} × its time"), 1.0 / ratio <= most)
                }
                _ => (String::new(), true),
            };
            println!(
                " {goal} | {} |",
                if goal.is_empty() {
                    ""
                } else if met {
                    "met"
                } else {
                    "missed"
                }
            );
            if !met {
                let ratio = first.unwrap_or_default();
                let ratio =
                    if matches!(one.goal, Some(Goal::Time(_))) { 1.0 / ratio } else { ratio };
                missed.push(format!("{}, {}: {ratio:.2} ×, goal {goal}", self.title, one.name));
            }
        }
        println!();
        self.remarks.iter().for_each(|remark| println!("- {remark}"));
        missed
    }
}

/// The value in the middle.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A number with commas, as English writes it.
pub(crate) fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
