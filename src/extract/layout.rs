//! How this document sets its entries off: by blank lines, numbers, indentation, the form of the
//! first name.
//!
//! Takes lines with the labels of an earlier pass, gives what each trait of a line says for and
//! against an entry's beginning here. Nothing is presumed of layouts: a trait counts as much as it
//! parts the entries found from their other lines. Called by `region`.

use super::region::{Break, Label, Look};
use std::collections::HashMap;

/// The traits of a line that layouts differ in.
const TRAITS: usize = 5;
/// As many made-up lines stand on either side before any are counted.
const DOUBT: f32 = 2.0;
/// A trait says no more than this, as a logarithm of odds.
const LOUDEST: f32 = 3.0;

/// What each trait's values say, learned from one document.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    says: HashMap<(usize, u8), f32>,
    /// Whether entries here have annotations, as a logarithm of odds.
    annotated: f32,
}

impl Layout {
    pub(super) fn learn(looks: &[Look], labels: &[Label]) -> Self {
        let mut counts: HashMap<(usize, u8), (f32, f32)> = HashMap::new();
        let mut totals = [(0.0f32, 0.0f32); TRAITS];
        for (at, (look, &label)) in looks.iter().zip(labels).enumerate() {
            let within = match label {
                Label::Start => true,
                Label::Citation | Label::Annotation => false,
                Label::Outside | Label::Heading => continue,
            };
            let heading_before = at > 0 && labels[at - 1] == Label::Heading;
            for (kind, value) in traits(look).into_iter().enumerate() {
                // Below a heading an entry stands where the heading puts it.
                if kind == GAP && heading_before {
                    continue;
                }
                let count = counts.entry((kind, value)).or_default();
                let side = if within { &mut count.0 } else { &mut count.1 };
                *side += 1.0;
                let side = if within { &mut totals[kind].0 } else { &mut totals[kind].1 };
                *side += 1.0;
            }
        }
        let starts = totals[MARKER].0;
        let mut says = HashMap::new();
        for kind in 0..TRAITS {
            let (starts, others) = totals[kind];
            if starts < 2.0 {
                continue;
            }
            for value in 0..=u8::MAX {
                let (start, other) = counts.get(&(kind, value)).copied().unwrap_or_default();
                if start + other == 0.0 && kind != MARKER {
                    continue;
                }
                let usual = (start + other + 0.5) / (starts + others + 2.0);
                let odds = ((start + DOUBT * usual) / (starts + DOUBT)).ln()
                    - ((other + DOUBT * usual) / (others + DOUBT)).ln();
                says.insert((kind, value), odds.clamp(-LOUDEST, LOUDEST));
                if value > 12 {
                    break;
                }
            }
        }
        let annotated = annotated(labels);
        let annotated = ((annotated + 0.5) / (starts - annotated + 0.5)).ln();
        Self { says, annotated: annotated.clamp(-LOUDEST, LOUDEST) }
    }

    /// What the layout adds to a line's score under a label.
    pub(super) fn score(&self, look: &Look, label: Label) -> f32 {
        match label {
            Label::Start => traits(look)
                .into_iter()
                .enumerate()
                .filter_map(|trait_| self.says.get(&trait_))
                .sum(),
            Label::Annotation => self.annotated.min(0.0) * 0.5,
            _ => 0.0,
        }
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
const MARKER: usize = 2;

fn traits(look: &Look) -> [u8; TRAITS] {
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
        (_, Some(marker), Some(_)) => 2 + marker.style as u8,
        (_, Some(_), None) => 10,
        (_, None, _) => 0,
    };
    [gap, indent, marker, look.opening, u8::from(look.after_end)]
}
