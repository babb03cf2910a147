//! The likeliest reading of a whole list: which pieces are one person, by the form that costs
//! least over all of them.

use super::common::Common;
use super::piece::{Before, Form, Piece};

/// The order that a list keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `Roe, J., Doe, K.`
    Inverted,
    /// `Roe, J., K. Doe`
    FirstInverted,
    /// `J. Roe, K. Doe`
    Straight,
    /// `Roe J, Doe K`
    FamilyFirst,
    /// `Roe Jane, Kim Doe`
    FirstFamilyFirst,
    /// `Roe, Doe and Poe`
    Families,
}

const STYLES: [(Style, f32); 6] = [
    (Style::Inverted, 0.0),
    (Style::FirstInverted, 0.3),
    (Style::Straight, 0.0),
    (Style::FamilyFirst, 0.3),
    (Style::FirstFamilyFirst, 0.5),
    (Style::Families, 1.0),
];

/// One name of the list: a piece, or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// `J. Roe`
    Straight(usize),
    /// `Roe J`
    FamilyFirst(usize),
    /// `Roe, J.`: this piece and the next.
    Pair(usize),
}

/// The names of a list, and what reading it so costs.
pub(super) fn reading(pieces: &[Piece]) -> (Vec<Element>, f32) {
    let strong = pieces.iter().any(|piece| piece.before == Before::Strong);
    let linked = strong || pieces.iter().any(|piece| piece.before == Before::And);
    let mut list =
        List { pieces, strong, lone_pair: !linked && pieces.len() == 2, costs: Vec::new() };
    list.costs = (0..pieces.len()).map(|at| list.costs_of(at)).collect();
    let mut best: Option<(f32, Style)> = None;
    for (style, prior) in STYLES {
        // no name costs less than nothing
        if best.is_some_and(|(least, _)| prior >= least) {
            continue;
        }
        let cost = prior + list.cost(style);
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, style));
        }
    }
    let Some((cost, style)) = best else { return (Vec::new(), 0.0) };
    list.cost(style);
    let mut elements = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let costs = list.costs[at];
        if costs.paired {
            elements.push(Element::Pair(at));
            at += 2;
            continue;
        }
        let (a, b) = deviations(style, at, &pieces[at]);
        elements.push(if costs.straight + a <= costs.family_first + b {
            Element::Straight(at)
        } else {
            Element::FamilyFirst(at)
        });
        at += 1;
    }
    (elements, cost)
}

struct List<'p> {
    pieces: &'p [Piece],
    strong: bool,
    lone_pair: bool,
    /// What each piece costs in every style.
    costs: Vec<Costs>,
}

/// What a piece costs, whatever the style.
#[derive(Clone, Copy, Debug)]
struct Costs {
    /// As a name in the straight order.
    straight: f32,
    /// As a name, family first.
    family_first: f32,
    /// That a name ends with it.
    ends: f32,
    /// With the next as one name, where the two can be one.
    pair: Option<f32>,
    /// Whether the least cost from it on takes it with the next.
    paired: bool,
}

impl List<'_> {
    /// What the piece `at` costs.
    fn costs_of(&self, at: usize) -> Costs {
        let piece = &self.pieces[at];
        let next = self.pieces.get(at + 1);
        let next = next.filter(|next| matches!(next.before, Before::Comma | Before::Bracket));
        let pair = next.map(|next| {
            // `Niyti, G. Roe, M. Doe` are three
            let more = next.form == Form::InitialsWords
                && next.common[0] != Some(Common::Given)
                && self.pieces.get(at + 2).is_some_and(|p| p.before == Before::Comma);
            let typed = next.before == Before::Bracket;
            let pair = if typed { 0.0 } else { pair(piece, next) };
            pair + if more { 0.8 } else { 0.0 }
        });
        let (straight, family_first) = (straight(piece), family_first(piece));
        Costs { straight, family_first, ends: self.break_behind(at), pair, paired: false }
    }

    /// The least cost of the list in a style, from its end to its start; which pieces that takes
    /// with the next stands in their costs.
    fn cost(&mut self, style: Style) -> f32 {
        // the least cost from the piece behind, and from the one behind that
        let (mut one, mut two) = (0.0, 0.0);
        for at in (0..self.pieces.len()).rev() {
            let costs = self.costs[at];
            let (a, b) = deviations(style, at, &self.pieces[at]);
            let single = costs.ends + (costs.straight + a).min(costs.family_first + b) + one;
            let pair = costs.pair.zip(self.costs.get(at + 1));
            let pair = pair.map(|(pair, next)| pair + pair_deviation(style, at) + next.ends + two);
            let least = pair.filter(|&pair| pair < single);
            self.costs[at].paired = least.is_some();
            (one, two) = (least.unwrap_or(single), one);
        }
        one
    }

    /// What it costs that a name ends with the piece `at`.
    fn break_behind(&self, at: usize) -> f32 {
        match self.pieces.get(at + 1).map(|next| next.before) {
            Some(Before::Bracket) => 9.0,
            Some(Before::Comma) if self.strong => 1.5,
            // `DE ROE POE, A. Jane`
            Some(Before::Comma)
                if self.lone_pair
                    && self.pieces[at].form == Form::Words
                    && self.pieces[at].capitals
                    && !self.pieces[at + 1].capitals =>
            {
                1.0
            }
            Some(Before::Comma) if self.lone_pair && self.pieces[at].words == 1 => 0.5,
            _ => 0.0,
        }
    }
}

/// What a single name costs beyond its form: in the straight order, and family first.
fn deviations(style: Style, at: usize, piece: &Piece) -> (f32, f32) {
    match style {
        Style::Inverted => (1.0, 1.0),
        Style::FirstInverted if at == 0 => (4.0, 4.0),
        // `Quill, Ness and Dorn` are families
        Style::FirstInverted
            if piece.words == 1
                && piece.form == Form::Words
                && piece.particles == (false, false) =>
        {
            (0.7, 1.0)
        }
        Style::FirstInverted | Style::Straight => (0.0, 1.0),
        Style::FamilyFirst => (1.0, 0.0),
        Style::FirstFamilyFirst if at == 0 => (1.0, 0.0),
        Style::FirstFamilyFirst => (0.0, 1.0),
        Style::Families if piece.words == 1 && piece.form == Form::Words => (-1.0, 3.0),
        Style::Families => (3.0, 3.0),
    }
}

fn pair_deviation(style: Style, at: usize) -> f32 {
    match style {
        Style::Inverted => 0.0,
        Style::FirstInverted if at == 0 => 0.0,
        Style::FirstInverted | Style::Straight | Style::FamilyFirst => 1.2,
        Style::FirstFamilyFirst => 1.5,
        Style::Families => 3.0,
    }
}

/// `J. Roe`
fn straight(piece: &Piece) -> f32 {
    let words = piece.words as f32;
    match piece.form {
        _ if piece.ideographic => 0.0,
        Form::Body => 0.0,
        _ if piece.family.is_some() => 0.0,
        // `Martins de` is a given name
        Form::Words if piece.particles.1 && piece.words > 1 => 3.0,
        Form::InitialsWords => 0.3 * (words - 1.0).max(0.0),
        Form::WordsInitialsWords => 0.1,
        Form::Words if piece.words <= 1 => 1.5,
        Form::Words => 0.3 + 0.2 * (words - 2.0) + evidence(piece),
        Form::WordsInitials => 3.0,
        Form::Initials => 4.0,
    }
}

/// What common names say against the straight order of plain words.
fn evidence(piece: &Piece) -> f32 {
    let [first, second, last] = piece.common;
    // `La Flesche Francis`
    if piece.particles.0 {
        return if first == Some(Common::Family) { 0.0 } else { 0.6 };
    }
    // `Herman Pedro Roe` and `Roe Herman Pedro`
    if piece.words == 3 && last.is_none() && second == Some(Common::Given) {
        return if first == Some(Common::Given) { -0.4 } else { 0.1 };
    }
    match (first, last) {
        // perhaps what follows a family name: `Viñas Urquiza, María Teresa`
        (Some(Common::Given), Some(Common::Given)) => 0.2,
        (None, None) => 0.0,
        (Some(Common::Family), Some(Common::Family)) => 0.0,
        (Some(Common::Given), _) | (None, Some(Common::Family)) => -0.4,
        (_, Some(Common::Given)) => 0.5,
        (Some(Common::Family), _) => 0.3,
    }
}

/// `Roe J`
fn family_first(piece: &Piece) -> f32 {
    let words = piece.words as f32;
    match piece.form {
        _ if piece.ideographic => 0.0,
        Form::Body => 0.0,
        _ if piece.family.is_some() => 0.0,
        Form::WordsInitials => 0.2 * (words - 1.0),
        Form::Words if piece.words <= 1 => 1.5,
        Form::Words => 0.6 + 0.3 * (words - 2.0) - evidence(piece),
        Form::InitialsWords => 3.0,
        Form::WordsInitialsWords => 2.0,
        Form::Initials => 4.0,
    }
}

/// `Roe, J.`
fn pair(family: &Piece, given: &Piece) -> f32 {
    // in brackets of one script: `余敏, 朱江` are two
    if family.ideographic && given.ideographic && given.words == 1 {
        return 1.0;
    }
    let extra = |words: usize| words.saturating_sub(1) as f32;
    let left = match family.form {
        Form::Words if family.family.is_none() => {
            let words = extra(family.words);
            let is_given = family.common[0] == Some(Common::Given);
            let sure = given.form == Form::Initials || given.common[0] == Some(Common::Given);
            words * if sure { 0.3 } else { 0.5 }
                + if family.words > 3 { 0.5 } else { 0.0 }
                + match is_given {
                    true if family.words > 1 => 0.6,
                    true if given.common[0] == Some(Common::Family) => 0.3,
                    _ => 0.0,
                }
        }
        Form::InitialsWords => 2.5,
        // `Roe P., Anna`: the second family name is an initial
        Form::WordsInitials
            if family.words == 1
                && given.form == Form::Words
                && given.common[0] == Some(Common::Given)
                && (given.words == 1 || given.common[2] == Some(Common::Given)) =>
        {
            0.4
        }
        _ => 3.0,
    };
    let right = match given.form {
        Form::Initials => 0.0,
        Form::Words
            if given.words == 2
                && given.common[0] == Some(Common::Given)
                && given.common[2] == Some(Common::Given) =>
        {
            0.3
        }
        Form::Words if given.words == 1 && given.common[0] == Some(Common::Given) => 0.0,
        // `Musil Lara, Maric Toni`: two words and two are rather two persons
        Form::Words if given.family.is_none() && (family.words, given.words) == (2, 2) => 1.1,
        Form::Words if given.family.is_none() => 0.3 + 0.4 * extra(given.words),
        Form::WordsInitials => 0.4 + 0.2 * extra(given.words),
        Form::InitialsWords if given.common[0] == Some(Common::Given) => 0.5 + extra(given.words),
        Form::InitialsWords => 1.2 + extra(given.words),
        Form::WordsInitialsWords => 2.0,
        _ => 4.0,
    };
    // `ROE, Jane`
    let capitals = if family.capitals && !given.capitals && given.form != Form::Initials {
        -0.8
    } else if given.capitals && !family.capitals {
        1.0
    } else {
        0.0
    };
    (left + right + capitals).max(0.0)
}
