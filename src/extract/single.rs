//! Lists that give every entry a line of its own: if nearly every line begins as an entry may and
//! ends as one, lines are entries.
//!
//! By itself a line like `Northern Pilots Board (1986). Ropes. Port Studies, 28(1), 45-79.` might
//! be the end of the entry above, and behind a line without a full stop one that begins with a
//! particle (`van Groen, M.`) seems to go on with it. A citation has one year and ends in a full
//! stop, a number or an address, or begins with names and the year, and a line of a wrapped entry
//! seldom has all of that: where line upon line does, none goes on with another. Called by
//! `region` with the looks of all lines.

use super::region::{Break, Look};

/// A run of fewer lines shows nothing.
const FEWEST: usize = 4;
/// Of a run's lines so many are whole entries by their looks, of ten.
const NEARLY_ALL: usize = 8;
/// And these look at most so little like the beginnings of entries, on average.
const LEAST: f32 = -3.0;
/// How much more a whole line is an entry's beginning where nearly all are.
const WHOLE: f32 = 4.0;
/// And a line that only opens like one: `World Port Council (n.d.).`
const OPENS: f32 = 2.0;

/// Raises the odds that lines are entries in every run of lines that are.
pub(super) fn raise(looks: &mut [Look]) {
    let mut at = 0;
    while at < looks.len() {
        let end = at + run(&looks[at..]);
        if is_list(&looks[at..end]) {
            raise_run(&mut looks[at..end]);
        }
        at = end.max(at + 1);
    }
}

/// The length of the run that begins here: up to two lines one after the other that are no whole
/// entries, or to the title of a list.
fn run(looks: &[Look]) -> usize {
    let mut end = 0;
    for (at, look) in looks.iter().enumerate() {
        if at > 0 && look.titled {
            break;
        } else if look.whole {
            end = at + 1;
        } else if at == 0 || end < at {
            break;
        }
    }
    end
}

fn is_list(run: &[Look]) -> bool {
    let whole = run.iter().filter(|look| look.whole);
    let count = whole.clone().count();
    if count < FEWEST || count * 10 < run.len() * NEARLY_ALL {
        return false;
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of lines")]
    let mean = whole.map(|look| look.start).sum::<f32>() / count as f32;
    mean > LEAST
}

fn raise_run(run: &mut [Look]) {
    let mut ended = true;
    for look in run {
        // What follows a line that breaks off goes on with it, but for names and a year.
        let opens = look.named && look.gap != Break::Soft;
        if look.headed || ended && (look.whole || opens) {
            look.start += if look.whole { WHOLE } else { OPENS };
            look.after_end = true;
            if look.gap == Break::Soft {
                look.gap = Break::Hard;
            }
        }
        ended = look.ends;
    }
}
