//! Bars for long work: how much is done, how fast, how long it still takes.
//!
//! On standard error, only where that is a terminal and the data goes elsewhere, and only once
//! the work has taken a moment. The [`Reporter`](super::Reporter) draws what it says above them.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Work that is done sooner shows no bar.
const MOMENT: Duration = Duration::from_millis(700);

/// A bar, shown or not; its copies are one.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    bar: ProgressBar,
    /// Whether it may be shown, and is not yet.
    waits: Arc<AtomicBool>,
}

impl Bar {
    /// A bar that is never shown.
    pub(super) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), waits: Arc::new(AtomicBool::new(false)) }
    }

    /// A bar for `total` things, or for as many as come.
    pub(super) fn new(total: Option<u64>, things: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let template = match total {
            Some(_) => "{bar:30} {human_pos} of {human_len} {msg}, {rate}, {eta} left",
            None => "{spinner} {human_pos} {msg}, {rate}, {elapsed}",
        };
        // The templates are right; were they not, the bar would be a plain one.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.with_key(
                "rate",
                |state: &ProgressState, to: &mut dyn std::fmt::Write| {
                    let _ = write!(to, "{:.0} a second", state.per_sec());
                },
            ));
        }
        bar.set_message(things);
        Self { bar, waits: Arc::new(AtomicBool::new(true)) }
    }

    /// So much more is done.
    pub(crate) fn add(&self, count: u64) {
        self.bar.inc(count);
        if self.waits.load(Ordering::Relaxed)
            && self.bar.elapsed() > MOMENT
            && self.waits.swap(false, Ordering::Relaxed)
        {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the bar away while `say` writes where it stands.
    pub(super) fn aside<T>(&self, say: impl FnOnce() -> T) -> T {
        self.bar.suspend(say)
    }

    /// The work is done; the bar goes.
    pub(super) fn end(&self) {
        self.waits.store(false, Ordering::Relaxed);
        self.bar.finish_and_clear();
    }
}
