//! Which lines are an entry's beginning, which go on, which are headings, and which stand outside
//! any list.
//!
//! Takes a document, gives a [`Label`] for each line: the likeliest sequence of all, found by
//! Viterbi's algorithm, so that no line is judged alone. What the first pass is sure of teaches the
//! layout of this document (`layout`), which the next passes add. Called by `extract`.

use super::feature::{Feature, Features};
use super::heading;
use super::layout::Layout;
use super::likeness;
use super::marker::{self, Marker};
use super::single;
use crate::document::{Document, Join, Line, Role};
use std::borrow::Cow;
use std::mem;
use std::ops::Range;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// Of no list: prose, front matter, an epilogue.
    Outside,
    /// A heading.
    Heading,
    /// The first line of an entry.
    Start,
    /// A further line of its citation.
    Citation,
    /// A line of its annotation.
    Annotation,
}

use Label::{Annotation, Citation, Heading, Outside, Start};

const LABELS: [Label; 5] = [Outside, Heading, Start, Citation, Annotation];

/// What lies between a line and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// Perhaps only the line's length.
    Soft,
    /// A new line.
    Hard,
    /// A blank line or more.
    Blank,
    /// The end of a page.
    Page,
}

impl Break {
    pub(super) fn before(line: &Line) -> Self {
        match line.join {
            _ if line.page => Self::Page,
            _ if line.blank > 0 => Self::Blank,
            Join::Apart => Self::Hard,
            _ => Self::Soft,
        }
    }
}

/// What a line looks like by itself.
#[derive(Clone, Debug)]
pub(super) struct Look {
    /// The odds that an entry begins here.
    pub(super) start: f32,
    /// The odds that the line is prose.
    pub(super) prose: f32,
    pub(super) heading: f32,
    /// Whether the title of a list of works stands right above it.
    pub(super) titled: bool,
    /// Whether it is of a note, which stands in no list.
    pub(super) note: bool,
    /// Whether its document says that a paragraph begins with it.
    pub(super) paragraph: bool,
    /// Whether its document says that an item begins with it.
    pub(super) item: bool,
    pub(super) marker: Option<Marker>,
    /// The sequence its marker counts in, and that one's length.
    pub(super) sequence: Option<(usize, usize)>,
    /// How its text opens, coarsely.
    pub(super) opening: u8,
    pub(super) gap: Break,
    pub(super) indent: usize,
    pub(super) bullet: bool,
    /// Whether the line before ends as an entry may.
    pub(super) after_end: bool,
    /// Whether it ends so itself.
    pub(super) ends: bool,
    /// Whether it opens with names or a quotation, and goes on unlike prose.
    pub(super) named: bool,
    /// Whether a year stands right behind these names.
    pub(super) headed: bool,
    /// Whether it might be an entry alone: opens and ends as one, and has a year.
    pub(super) whole: bool,
}

/// How much of an entry's beginning is looked at, in bytes and lines.
const WINDOW: usize = 240;
const WINDOW_LINES: usize = 4;
/// How much of a line is looked at to tell prose, in bytes.
const LINE: usize = 800;
/// Shorter lines, in bytes, hardly hold a citation, and cost so much.
const SHORTEST: usize = 25;
const TOO_SHORT: f32 = 2.0;
/// The longest title of a list that is looked up, in bytes.
const TITLE: usize = 80;
/// Below the title of a list stands an entry.
const TITLED: f32 = 2.0;
/// And what is counted there are entries, even the names of sites.
const COUNTED: f32 = 4.0;
/// A citation has one year: behind a line with a year, the next with one is likely another's.
const DATED_AGAIN: f32 = 1.2;
/// What it costs that a citation goes on in a paragraph of its own.
const PARAGRAPH: f32 = 4.0;
/// What it costs to take a note for a list's line.
const NOTE: f32 = 30.0;
/// How often the layout is learned anew.
const PASSES: usize = 3;

/// What each line looks like, and what it is.
pub(super) fn label(document: &Document) -> (Vec<Look>, Vec<Label>) {
    let looks = look(document);
    let mut layout = Layout::unknown();
    let mut labels = viterbi(&looks, &layout);
    for _ in 0..PASSES {
        weed(document, &looks, &layout, &mut labels);
        layout = Layout::learn(&looks, &labels);
        let next = viterbi(&looks, &layout);
        if next == labels {
            break;
        }
        labels = next;
    }
    weed(document, &looks, &layout, &mut labels);
    (looks, labels)
}

/// Strikes out lists that are none: one or two lines of prose that look a little like citations,
/// and little like the entries of the document's longest list.
fn weed(document: &Document, looks: &[Look], layout: &Layout, labels: &mut [Label]) {
    let mut regions: Vec<Range<usize>> = Vec::new();
    for (at, &label) in labels.iter().enumerate() {
        match regions.last_mut() {
            _ if label == Outside => {}
            Some(last) if last.end == at => last.end += 1,
            _ => regions.push(at..at + 1),
        }
    }
    let starts = |region: &Range<usize>| {
        let of = region.clone().filter(|&at| labels[at] == Start);
        of.collect::<Vec<usize>>()
    };
    let longest = regions.iter().map(|region| starts(region).len()).max().unwrap_or(0);
    let mut struck = Vec::new();
    for region in &regions {
        let starts = starts(region);
        let Some(&first) = starts.first() else { continue };
        #[expect(clippy::cast_precision_loss, reason = "counts of lines are small")]
        let count = starts.len() as f32;
        let mut likeness = starts.iter().map(|&at| looks[at].start).sum::<f32>() / count;
        if starts.len() * 2 < longest {
            likeness += starts.iter().map(|&at| layout.kinship(&looks[at])).sum::<f32>() / count;
        }
        if (region.start..first)
            .any(|at| labels[at] == Heading && heading::is_list_title(document, at))
        {
            likeness += 1.5;
        }
        if likeness < 1.5 - 0.5 * count.min(5.0) {
            struck.push(region.clone());
        }
    }
    for at in struck.into_iter().flatten() {
        if labels[at] != Heading {
            labels[at] = Outside;
        }
    }
}

fn look(document: &Document) -> Vec<Look> {
    let lines = document.lines();
    let mut looks = Vec::with_capacity(lines.len());
    let mut after_end = true;
    let mut dated = false;
    for (at, line) in lines.iter().enumerate() {
        let text = document.opening(at, 1, LINE);
        let marker = Marker::of(&text).or_else(|| line.number.map(Marker::counted));
        let length = marker.map_or(0, |marker| marker.length);
        let own = Features::of(text.get(length..).unwrap_or_default());
        // most entries of lists are one line
        let is_alone = lines.get(at + 1).is_none_or(|next| next.join == Join::Apart)
            && line.end() - line.start() <= WINDOW + length;
        let window = match is_alone {
            true => Cow::Borrowed(text.as_str()),
            false => Cow::Owned(document.opening(at, WINDOW_LINES, WINDOW + length)),
        };
        let opening = match window == text {
            true => own.clone(),
            false => Features::of(window.get(length..).unwrap_or_default()),
        };
        let prose = likeness::prose(&own);
        let mut start = likeness::start(&opening);
        if window.len() - length < SHORTEST
            && !opening.has(Feature::Year)
            && !opening.has(Feature::Address)
        {
            start -= TOO_SHORT;
        }
        let dated_before = mem::replace(&mut dated, own.has(Feature::Year));
        if dated && dated_before && after_end && prose < 0.0 && line.join == Join::Apart {
            start += DATED_AGAIN;
        }
        let titled = at.checked_sub(1).is_some_and(|above| {
            lines[above].end() - lines[above].start() <= TITLE
                && heading::is_list_title(document, above)
        });
        if titled {
            start += TITLED;
        }
        let ends = ends(document, line);
        // A long title reads like prose; but behind names and a year stands one.
        let headed = own.has(Feature::OpeningYear);
        let named = (prose < 0.0 || headed)
            && !own.has(Feature::YearLower)
            && (own.get(Feature::Opening) > 0.0 || own.has(Feature::OpensQuote))
            && !own.has(Feature::OpensLower)
            && !own.has(Feature::OpensFunction);
        let gap = Break::before(line);
        looks.push(Look {
            start,
            prose,
            heading: heading::score(document, &text, at, start),
            titled,
            note: line.role == Role::Note,
            item: line.role == Role::Item,
            paragraph: line.role == Role::Item
                || line.role == Role::Paragraph && (line.blank > 0 || at == 0),
            marker,
            sequence: None,
            opening: opening.shape(),
            gap,
            indent: line.indent,
            bullet: line.bullet,
            after_end: after_end || line.blank > 0,
            ends,
            named,
            headed: named && headed,
            whole: named && dated && (headed || ends && gap != Break::Soft),
        });
        after_end = ends;
    }
    let markers: Vec<Option<Marker>> = looks.iter().map(|look| look.marker).collect();
    for (look, sequence) in looks.iter_mut().zip(marker::sequences(&markers)) {
        look.sequence = sequence;
    }
    single::raise(&mut looks);
    count_on(&mut looks);
    looks
}

/// Whether a line ends as an entry may: not in a comma, a hyphen or a word, but for an address.
fn ends(document: &Document, line: &Line) -> bool {
    let end = line.stretches.last().and_then(|span| span.of(document.text())).unwrap_or_default();
    let is_address = || {
        let length = end.chars().rev().take(LINE).take_while(|c| !c.is_whitespace());
        let word = end.get(end.len() - length.map(char::len_utf8).sum::<usize>()..);
        word.is_some_and(|word| {
            word.contains("://") || ["www.", "doi:", "10."].iter().any(|it| word.starts_with(it))
        })
    };
    end.chars().next_back().is_some_and(|c| {
        if c.is_alphabetic() {
            is_address()
        } else {
            !matches!(c, ',' | '-' | '&' | ':' | ';' | '(')
        }
    })
}

/// Lets the lines of one sequence of numbers share what they look like: if most look like
/// citations, all are; if few do, the numbers count something else.
fn count_on(looks: &mut [Look]) {
    let count = looks.iter().filter_map(|look| look.sequence).map(|(at, _)| at + 1).max();
    let mut sums = vec![(0.0f32, 0.0f32); count.unwrap_or(0)];
    let mut titled = vec![false; sums.len()];
    for look in looks.iter() {
        if let Some((at, _)) = look.sequence {
            sums[at].0 += look.start;
            sums[at].1 += 1.0;
            titled[at] |= look.titled;
        }
    }
    for look in looks.iter_mut() {
        let Some((at, length)) = look.sequence else { continue };
        let title = if titled[at] { COUNTED } else { 0.0 };
        let mean = sums[at].0 / sums[at].1 + title;
        let weight = title + if length >= 3 { 4.0 } else { 1.5 };
        look.start += if mean > 0.0 { weight } else { -2.0 };
    }
}

/// The likeliest labels of all lines together.
fn viterbi(looks: &[Look], layout: &Layout) -> Vec<Label> {
    const NEVER: f32 = -1e9;
    let mut scores = [0.0, 0.0, -1.5, NEVER, NEVER];
    let mut trace: Vec<[u8; LABELS.len()]> = Vec::with_capacity(looks.len());
    for (at, look) in looks.iter().enumerate() {
        let mut next = [NEVER; LABELS.len()];
        let mut from = [0; LABELS.len()];
        for (to, &label) in LABELS.iter().enumerate() {
            let own = emission(look, label) + layout.score(look, label);
            for (before, &label_before) in LABELS.iter().enumerate() {
                let step = if at == 0 {
                    // At the beginning the scores are those of the first label itself.
                    if before == to { Some(0.0) } else { None }
                } else {
                    transition(label_before, label, look.gap)
                };
                let Some(step) = step else { continue };
                let score = scores[before] + step + own;
                if score > next[to] {
                    next[to] = score;
                    #[expect(clippy::cast_possible_truncation, reason = "five labels")]
                    {
                        from[to] = before as u8;
                    }
                }
            }
        }
        // Only differences count; this keeps the sums small however long the document.
        let best = next.iter().copied().fold(NEVER, f32::max);
        scores = next.map(|score| (score - best).max(NEVER));
        trace.push(from);
    }
    let mut label = (0..LABELS.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
    let mut labels = vec![Outside; looks.len()];
    for (slot, from) in labels.iter_mut().zip(&trace).rev() {
        *slot = LABELS[label];
        label = usize::from(from[label]);
    }
    labels
}

fn emission(look: &Look, label: Label) -> f32 {
    let prose = look.prose.clamp(-3.0, 3.0);
    match label {
        Outside => 0.2 * prose,
        _ if look.note => -NOTE,
        Heading => look.heading,
        Start => look.start + if look.after_end { 0.3 } else { -1.5 },
        Citation if look.item => -2.0 * PARAGRAPH,
        Citation => -0.35 * prose - if look.paragraph { PARAGRAPH } else { 0.0 },
        // Remarks may have bullets, but no numbers.
        Annotation if look.item && look.marker.is_some() => -2.0 * PARAGRAPH,
        Annotation => 0.35 * prose,
    }
}

/// What it costs that `to` follows `from` over such a break; `None` where it cannot.
fn transition(from: Label, to: Label, gap: Break) -> Option<f32> {
    let by = |soft: f32, hard: f32, blank: f32, page: f32| {
        Some(match gap {
            Break::Soft => soft,
            Break::Hard => hard,
            Break::Blank => blank,
            Break::Page => page,
        })
    };
    match (from, to) {
        (Outside, Outside) => Some(0.0),
        (Outside, Start) => by(-6.5, -3.5, -3.0, -3.5),
        (Heading, Start) => by(-3.0, 0.5, 0.5, 0.0),
        (_, Start) => by(-3.0, 0.0, 0.5, 0.3),
        (Outside, Heading) => by(-8.0, -0.5, 0.0, 0.0),
        (_, Heading) => by(-8.0, -1.0, -0.5, -0.5),
        (Heading, Outside) => by(-1.0, -1.0, -1.0, -1.0),
        (_, Outside) => by(-9.0, -5.0, -3.0, -4.0),
        (Start | Citation, Citation) => by(0.5, -0.7, -3.0, -1.0),
        (Start | Citation, Annotation) => by(-1.0, 0.0, -0.7, -0.7),
        (Annotation, Annotation) => by(0.5, -0.3, -1.5, -0.5),
        (Outside | Heading | Annotation, Citation) | (Outside | Heading, Annotation) => None,
    }
}
