//! Works put together that are one: which are compared at all, and what follows from pairs.
//!
//! Takes works, gives [`Cluster`]s. Only works with something in common are compared: a DOI, a
//! title, an author and a year, a first page and a volume. Where very many have that in common,
//! each is compared with its neighbours in the order of their portraits, in which equal titles and
//! authors stand together: 100,000 works of one title take no longer than others. Called by
//! [`find`](super::find).

use super::judge::{SURE, Verdict, judge};
use super::portrait::Portrait;
use super::{Cluster, Reasons};
use crate::work::{Confidence, Field, Work};
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// With how many neighbours a work is compared among those that have one thing in common.
const NEIGHBOURS: usize = 24;
/// How much of a title's beginning is looked up, in letters.
const BEGINNING: usize = 10;

/// Two portraits that may be one work, by their places in the order.
#[derive(Clone, Copy, Debug)]
struct Edge {
    one: usize,
    other: usize,
    verdict: Verdict,
}

pub(super) fn clusters(works: &[Work]) -> Vec<Cluster> {
    let (portraits, holders) = portraits(works);
    let mut edges = edges(&portraits);
    // The surest first, then in the order of the portraits.
    edges.sort_by(|a, b| {
        let order = b.verdict.confidence.total_cmp(&a.verdict.confidence);
        order.then_with(|| (a.one, a.other).cmp(&(b.one, b.other)))
    });
    let mut sure = Groups::of(&portraits);
    let torn = torn(&portraits, &edges);
    let mut doubted = Vec::new();
    for edge in edges {
        let is_sure = edge.verdict.confidence >= SURE;
        let is_torn = is_sure && (hangs(&torn, &edge) || hangs_back(&torn, &edge));
        if !is_sure || is_torn || !sure.unite(&edge) {
            doubted.push(edge);
        }
    }
    // Works that nothing tells apart are one where a work that says as much is itself.
    let mut found = sure.clusters(&holders, |portrait| {
        portraits.get(portrait).and_then(|it| judge(it, it)).filter(|it| it.confidence >= SURE)
    });
    let mut perhaps = Groups::loose(portraits.len());
    for mut edge in doubted {
        if sure.root(edge.one) != sure.root(edge.other) {
            edge.verdict.confidence = edge.verdict.confidence.min(DOUBTED);
            (edge.one, edge.other) = (sure.root(edge.one), sure.root(edge.other));
            perhaps.unite(&edge);
        }
    }
    // What is perhaps one brings with it what it is surely one with.
    let mut whole: Vec<Vec<usize>> = vec![Vec::new(); portraits.len()];
    for (at, held) in holders.iter().enumerate() {
        if let Some(list) = whole.get_mut(sure.root(at)) {
            list.extend(held);
        }
    }
    found.extend(perhaps.clusters(&whole, |portrait| {
        let is_alone = sure.verdicts.get(portrait).is_some_and(Option::is_none);
        let itself = portraits.get(portrait).and_then(|it| judge(it, it));
        itself.filter(|it| is_alone && it.confidence < SURE)
    }));
    found.sort_by(|a, b| {
        a.works.cmp(&b.works).then(b.confidence.get().total_cmp(&a.confidence.get()))
    });
    found
}

/// How sure two clusters are that something keeps apart.
const DOUBTED: f32 = 0.7;

/// The portraits of all works, each once and in their order, and the works that have each.
fn portraits(works: &[Work]) -> (Vec<Portrait>, Vec<Vec<usize>>) {
    let mut of: HashMap<Portrait, Vec<usize>> = HashMap::with_capacity(works.len());
    for (at, work) in works.iter().enumerate() {
        of.entry(Portrait::of(work)).or_default().push(at);
    }
    let mut all: Vec<(Portrait, Vec<usize>)> = of.into_iter().collect();
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    all.into_iter().unzip()
}

/// All pairs that may be one.
fn edges(portraits: &[Portrait]) -> Vec<Edge> {
    let mut keyed: Vec<(u64, usize)> = Vec::with_capacity(portraits.len() * 6);
    for (at, portrait) in portraits.iter().enumerate() {
        keys(portrait, |key| keyed.push((key, at)));
    }
    keyed.sort_unstable();
    keyed.dedup();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, &(key, one)) in keyed.iter().enumerate() {
        let behind = keyed.iter().skip(at + 1).take(NEIGHBOURS);
        let alike = behind.take_while(|&&(other, _)| other == key);
        pairs.extend(alike.map(|&(_, other)| (one, other)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let judged = pairs.into_iter().filter_map(|(one, other)| {
        let verdict = judge(portraits.get(one)?, portraits.get(other)?)?;
        Some(Edge { one, other, verdict })
    });
    judged.collect()
}

/// What a work may have in common with its duplicates, as numbers.
fn keys(portrait: &Portrait, mut add: impl FnMut(u64)) {
    let marks = &portrait.marks;
    let ids = &portrait.ids;
    let mut put = |name: &str, parts: &[&str]| {
        let mut hasher = DefaultHasher::new();
        (name, parts).hash(&mut hasher);
        add(hasher.finish());
    };
    for (name, value) in
        [("doi", &marks.doi), ("pmid", &ids.pmid), ("pmcid", &ids.pmcid), ("url", &ids.url)]
    {
        if let Some(value) = value {
            put(name, &[value]);
        }
    }
    for isbn in &ids.isbns {
        put("isbn", &[isbn]);
    }
    let year = portrait.year.map(|year| year.to_string()).unwrap_or_default();
    let family = portrait.creators.first().map(super::creator::Creator::key);
    let family = family.unwrap_or_default();
    if !portrait.title.is_empty() {
        let title = &portrait.title.joined;
        let main = portrait.title.main_joined();
        // Neighbours of one title: those of one author stand together.
        put("title", &[title]);
        put("title", &[main]);
        put("beginning", &[head(title), &family]);
        put("beginning of the year", &[head(title), &year]);
    }
    if !family.is_empty() && !year.is_empty() {
        put("author", &[&family, &year]);
    }
    if let Some(page) = &marks.first_page {
        let volume = marks.volume.as_deref().unwrap_or_default();
        put("page", &[page, volume, &year]);
    }
}

fn head(title: &str) -> &str {
    crate::text::beginning(title, BEGINNING)
}

/// Portraits that are like two which are two: a record without DOI beside two of different DOIs.
/// For each, the surest of its edges, and whether another is as sure.
fn torn(portraits: &[Portrait], edges: &[Edge]) -> HashMap<usize, Torn> {
    let mut found: HashMap<usize, Torn> = HashMap::new();
    let sure = edges.iter().filter(|edge| edge.verdict.confidence >= SURE);
    for edge in sure {
        for (at, other) in [(edge.one, edge.other), (edge.other, edge.one)] {
            let Some((own, others)) = portraits.get(at).zip(portraits.get(other)) else { continue };
            let torn = found.entry(at).or_insert_with(|| Torn {
                best: edge.verdict.confidence,
                seen: BTreeMap::new(),
                by: None,
            });
            for ((field, own), (_, mark)) in own.marks.each().into_iter().zip(others.marks.each()) {
                let (None, Some(mark)) = (own, mark) else { continue };
                let first = torn.seen.entry(field).or_insert_with(|| mark.to_owned());
                if first != mark && torn.by.is_none() {
                    torn.by = Some(edge.verdict.confidence);
                }
            }
        }
    }
    found.retain(|_, torn| torn.by.is_some());
    for torn in found.values_mut() {
        torn.seen.clear();
    }
    found
}

#[derive(Debug)]
struct Torn {
    /// How sure the surest edge is.
    best: f32,
    /// What the neighbours have of the marks that this one lacks.
    seen: BTreeMap<Field, String>,
    /// How sure the first edge is that does not go together with those before.
    by: Option<f32>,
}

/// Whether the edge's first end cannot tell which of two works it is.
fn hangs(torn: &HashMap<usize, Torn>, edge: &Edge) -> bool {
    torn.get(&edge.one).is_some_and(|torn| torn.by.is_some_and(|by| by >= torn.best))
}

fn hangs_back(torn: &HashMap<usize, Torn>, edge: &Edge) -> bool {
    torn.get(&edge.other).is_some_and(|torn| torn.by.is_some_and(|by| by >= torn.best))
}

/// Groups of portraits, united pair by pair.
struct Groups {
    parents: Vec<usize>,
    /// Of each group's root: the least confidence and all reasons.
    verdicts: Vec<Option<Verdict>>,
    /// Of each group's root: the marks of its members.
    marks: Vec<BTreeMap<Field, String>>,
}

impl Groups {
    /// Groups that two works whose marks differ do not share.
    fn of(portraits: &[Portrait]) -> Self {
        let marks = portraits.iter().map(|portrait| {
            let said = portrait.marks.each().into_iter();
            said.filter_map(|(field, mark)| Some((field, mark?.to_owned()))).collect()
        });
        Self { marks: marks.collect(), ..Self::loose(portraits.len()) }
    }

    /// Groups of any.
    fn loose(count: usize) -> Self {
        Self {
            parents: (0..count).collect(),
            verdicts: vec![None; count],
            marks: vec![BTreeMap::new(); count],
        }
    }

    fn root(&mut self, at: usize) -> usize {
        let mut at = at;
        while let Some(&parent) = self.parents.get(at).filter(|&&parent| parent != at) {
            let above = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(own) = self.parents.get_mut(at) {
                *own = above;
            }
            at = parent;
        }
        at
    }

    /// Makes one group of two; `false` where a mark keeps them apart. One DOI says more than any
    /// other mark.
    fn unite(&mut self, edge: &Edge) -> bool {
        let (mut one, mut other) = (self.root(edge.one), self.root(edge.other));
        if one == other {
            self.lower(one, edge.verdict);
            return true;
        }
        // The larger group takes the smaller, so that no mark is moved often.
        if self.marks.get(one).map(BTreeMap::len) < self.marks.get(other).map(BTreeMap::len) {
            std::mem::swap(&mut one, &mut other);
        }
        let own = edge.verdict.reasons.list();
        let by_doi = own.contains(&super::Reason::Doi);
        let (Some(kept), Some(moved)) = (self.marks.get(one), self.marks.get(other)) else {
            return false;
        };
        let against = |(field, mark): (&Field, &String)| {
            (!by_doi || *field == Field::Doi) && kept.get(field).is_some_and(|kept| kept != mark)
        };
        if moved.iter().any(against) {
            return false;
        }
        let moved = self.marks.get_mut(other).map(std::mem::take).unwrap_or_default();
        if let Some(kept) = self.marks.get_mut(one) {
            for (field, mark) in moved {
                kept.entry(field).or_insert(mark);
            }
        }
        let verdict = self.verdicts.get(other).copied().flatten();
        if let Some(parent) = self.parents.get_mut(other) {
            *parent = one;
        }
        if let Some(verdict) = verdict {
            self.lower(one, verdict);
        }
        self.lower(one, edge.verdict);
        true
    }

    fn lower(&mut self, root: usize, verdict: Verdict) {
        let Some(slot) = self.verdicts.get_mut(root) else { return };
        match slot {
            Some(own) => {
                own.confidence = own.confidence.min(verdict.confidence);
                own.reasons.unite(verdict.reasons);
            }
            None => *slot = Some(verdict),
        }
    }

    /// The groups of more than one work. `holders` are the works of each portrait, `itself` what
    /// works of one portrait are to each other.
    fn clusters(
        &mut self,
        holders: &[Vec<usize>],
        itself: impl Fn(usize) -> Option<Verdict>,
    ) -> Vec<Cluster> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..holders.len() {
            members.entry(self.root(at)).or_default().push(at);
        }
        let mut found = Vec::new();
        for (root, portraits) in members {
            let mut verdict = self.verdicts.get(root).copied().flatten();
            let is_one = portraits.len() == 1;
            for &at in
                portraits.iter().filter(|&&at| holders.get(at).is_some_and(|it| it.len() > 1))
            {
                match (itself(at), &mut verdict) {
                    (Some(own), Some(verdict)) => verdict.reasons.unite(own.reasons),
                    (Some(own), None) if is_one => verdict = Some(own),
                    _ => {}
                }
            }
            let Some(Verdict { confidence, reasons }) = verdict else { continue };
            let held = portraits.iter().filter_map(|&at| holders.get(at)).flatten();
            let mut works: Vec<usize> = held.copied().collect();
            works.sort_unstable();
            if works.len() > 1 {
                let confidence = Confidence::new(confidence);
                found.push(Cluster { works, confidence, reasons: Reasons::list(reasons) });
            }
        }
        found
    }
}
