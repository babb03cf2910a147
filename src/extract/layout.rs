//! How this document sets its entries off: by blank lines, numbers, indentation, the form of the
//! first name.
//!
//! Takes lines with the labels of an earlier pass, gives what each trait of a line says for and
//! against an entry's beginning here. Nothing is presumed of layouts: a trait counts as much as it
//! parts the entries found from their other lines. Called by `region`.

use super::region::{Break, Label, Look};

/// The traits of a line that layouts differ in.
const TRAITS: usize = 5;
/// The values a trait has at most.
const VALUES: usize = 16;
/// As many made-up lines, spread as all lines are, stand in each class before any are counted.
const DOUBT: f32 = 2.0;
/// A trait says no more than this, as a logarithm of odds.
const LOUDEST: f32 = 2.5;
/// Numbers and blank lines say more: where all entries have one, a line without begins none.
const LOUDEST_SIGN: f32 = 5.0;
/// With fewer entries there is no layout to learn.
const FEWEST: f32 = 2.0;

/// The kinds of line that are told apart by layout.
const CLASSES: usize = 4;

fn class(label: Label) -> usize {
    match label {
        Label::Start => 0,
        Label::Citation | Label::Annotation => 1,
        Label::Outside => 2,
        Label::Heading => 3,
    }
}

type Counts = [[[f32; VALUES]; TRAITS]; CLASSES];

/// What each trait's values say, learned from one document.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    says: Counts,
    /// Whether entries here have annotations, as a logarithm of odds.
    annotated: f32,
}

impl Layout {
    /// A layout of which nothing is known.
    pub(super) fn unknown() -> Self {
        Self { says: [[[0.0; VALUES]; TRAITS]; CLASSES], annotated: 0.0 }
    }

    pub(super) fn learn(looks: &[Look], labels: &[Label]) -> Self {
        let mut counts: Counts = [[[0.0; VALUES]; TRAITS]; CLASSES];
        for (at, (look, &label)) in looks.iter().zip(labels).enumerate() {
            let under_heading = at > 0 && labels[at - 1] == Label::Heading;
            for (kind, value) in traits(look).into_iter().enumerate() {
                // Below a heading a line stands where the heading puts it.
                if kind != GAP || !under_heading {
                    counts[class(label)][kind][value] += 1.0;
                }
            }
        }
        let mut layout = Self::unknown();
        let starts: f32 = counts[class(Label::Start)][MARKER].iter().sum();
        if starts < FEWEST {
            return layout;
        }
        for kind in 0..TRAITS {
            let all: [f32; VALUES] =
                std::array::from_fn(|value| counts.iter().map(|class| class[kind][value]).sum());
            let sum: f32 = all.iter().sum();
            for (class, counted) in counts.iter().enumerate() {
                let total: f32 = counted[kind].iter().sum();
                for value in 0..VALUES {
                    let usual = (all[value] + 0.5) / (sum + 2.0);
                    let here = (counted[kind][value] + DOUBT * usual) / (total + DOUBT);
                    let loudest = if matches!(kind, MARKER | GAP) { LOUDEST_SIGN } else { LOUDEST };
                    layout.says[class][kind][value] = (here / usual).ln().clamp(-loudest, loudest);
                }
            }
        }
        // Headings are few, and each stands as it likes.
        for says in layout.says[class(Label::Heading)].iter_mut().flatten() {
            *says = says.clamp(-1.0, 1.0);
        }
        // Entries and prose outside differ in what they say, not in how they are set: prose may
        // begin where entries do and go on as they do.
        for kind in [GAP, INDENT, AFTER_END] {
            for value in 0..VALUES {
                let says = |label: Label| layout.says[class(label)][kind][value];
                layout.says[class(Label::Outside)][kind][value] =
                    says(Label::Start).max(says(Label::Annotation));
            }
        }
        let annotated = annotated(labels);
        let odds = ((annotated + 0.5) / (starts - annotated + 0.5)).ln();
        layout.annotated = odds.clamp(-LOUDEST, LOUDEST);
        layout
    }

    /// How much better a line fits the document's entries than its prose, by its number or bullet
    /// and the form of its first name.
    pub(super) fn kinship(&self, look: &Look) -> f32 {
        let values = traits(look);
        let says = |label: Label, kind: usize| self.says[class(label)][kind][values[kind]];
        [MARKER, OPENING]
            .iter()
            .map(|&kind| says(Label::Start, kind) - says(Label::Outside, kind))
            .sum()
    }

    /// What the layout adds to a line's score under a label.
    pub(super) fn score(&self, look: &Look, label: Label) -> f32 {
        let said: f32 = traits(look)
            .into_iter()
            .zip(&self.says[class(label)])
            .map(|(value, says)| says[value])
            .sum();
        let annotated =
            if label == Label::Annotation { self.annotated.min(0.0) * 0.5 } else { 0.0 };
        said + annotated
    }
}

/// How many entries have an annotation.
fn annotated(labels: &[Label]) -> f32 {
    let pairs = labels.windows(2).filter(|pair| {
        pair[1] == Label::Annotation && matches!(pair[0], Label::Start | Label::Citation)
    });
    #[expect(clippy::cast_precision_loss, reason = "a count of lines")]
    let count = pairs.count() as f32;
    count
}

const GAP: usize = 0;
const INDENT: usize = 1;
const MARKER: usize = 2;
const OPENING: usize = 3;
const AFTER_END: usize = 4;

fn traits(look: &Look) -> [usize; TRAITS] {
    let gap = match look.gap {
        Break::Soft => 0,
        Break::Hard => 1,
        Break::Blank => 2,
        Break::Page => 3,
    };
    let indent = match look.indent {
        0 => 0,
        1..=2 => 1,
        3..=5 => 2,
        6..=9 => 3,
        _ => 4,
    };
    let marker = match (look.bullet, look.marker, look.sequence) {
        (true, ..) => 1,
        (_, Some(marker), Some(_)) => 2 + marker.style as usize,
        (_, Some(_), None) => 10,
        (_, None, _) => 0,
    };
    [gap, indent, marker, usize::from(look.opening).min(VALUES - 1), usize::from(look.after_end)]
}
