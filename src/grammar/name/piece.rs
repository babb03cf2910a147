//! A piece of a list of names: what stands between two separators, and its form.

use super::common::{Common, common};
use super::letters::is_cjk;
use super::units::{Kind, Unit};
use crate::lex::{Lexed, TokenKind};

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `J. B.`, `WHG`, `J.-P.`, `J.A. de`
    Initials,
    /// `Smith`, `Den Boer`, `van der Auwera`, `Martin Calkins`
    Words,
    /// `Schäfer C`, `van den Berg R`, `Brown Cecil H.`
    WordsInitials,
    /// `M.R. Waldman`, `J. van der Auwera`
    InitialsWords,
    /// `Tara J. Radin`
    WordsInitialsWords,
    /// A body's name.
    Body,
}

/// How the separator before a piece reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    Nothing,
    Comma,
    /// What follows is a given name in brackets.
    Bracket,
    /// `;`, `/`
    Strong,
    /// `and`, `&`
    And,
}

/// A piece: its units, its form, and the separator before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) start: usize,
    /// The unit behind the last, a suffix not included.
    pub(super) end: usize,
    pub(super) form: Form,
    pub(super) before: Before,
    /// How many words that are no initials and no particles it has.
    pub(super) words: usize,
    /// The words in capitals beside words that are not: the family name.
    pub(super) family: Option<(usize, usize)>,
    /// Whether its words are all in capitals.
    pub(super) capitals: bool,
    /// Whether it is a whole name in Chinese, Japanese or Korean letters.
    pub(super) ideographic: bool,
    /// A suffix: `Jr.`
    pub(super) suffix: Option<usize>,
    /// Whether a particle begins it, or ends it.
    pub(super) particles: (bool, bool),
    /// What its first and its second word, and its last, are among the common names.
    pub(super) common: [Option<Common>; 3],
}

/// The pieces of a list, and whether it has `et al.`
pub(super) fn pieces(lexed: &Lexed, units: &[Unit]) -> (Vec<Piece>, bool) {
    let mut found: Vec<Piece> = Vec::with_capacity(units.len() / 2 + 1);
    let mut others = false;
    let mut before = Before::Nothing;
    let mut at = 0;
    while at < units.len() {
        match units[at].kind {
            Kind::Comma if before == Before::Nothing => before = Before::Comma,
            // `Roe., J.`
            Kind::Comma if at > 0 && units[at - 1].kind == Kind::Stop => before = Before::Comma,
            Kind::Comma => {}
            Kind::Bracket => before = Before::Bracket,
            // `Roe. A.`, where a comma is meant
            Kind::Stop
                if units.get(at + 1).is_some_and(|next| next.kind == Kind::Initials)
                    && found.last().is_some_and(|piece| piece.form == Form::Words) =>
            {
                before = Before::Comma;
            }
            Kind::Strong | Kind::Stop => before = Before::Strong,
            Kind::And if before != Before::Strong => before = Before::And,
            Kind::And => {}
            Kind::EtAl => {
                others = true;
                before = Before::Strong;
            }
            Kind::Remark => {}
            _ => {
                let stop = (at..units.len()).find(|&to| units[to].kind.parts());
                let stop = stop.unwrap_or(units.len());
                split(lexed, units, (at, stop), before, &mut found);
                before = Before::Nothing;
                at = stop;
                continue;
            }
        }
        at += 1;
    }
    if let Some(first) = found.first_mut() {
        first.before = Before::Nothing;
    }
    (found, others)
}

/// `Roe J Doe K` and `A. Roe B. Doe` without separators are several pieces; what stands between
/// two separators else is one.
fn split(
    lexed: &Lexed,
    units: &[Unit],
    (start, end): (usize, usize),
    before: Before,
    found: &mut Vec<Piece>,
) {
    let inside = &units[start..end];
    let kind = |at: usize| inside.get(at).map(|unit| unit.kind);
    let groups = (0..inside.len())
        .filter(|&at| {
            kind(at) == Some(Kind::Initials) && (at == 0 || kind(at - 1) != Some(Kind::Initials))
        })
        .count();
    let plain = inside.iter().all(|unit| matches!(unit.kind, Kind::Word | Kind::Initials));
    // `W. André A. Roe` is one
    let given = inside.iter().skip(1).any(|unit| {
        unit.kind == Kind::Word
            && groups == 2
            && common(lexed.text.get(unit.start..unit.end).unwrap_or("")) == Some(Common::Given)
    });
    let ends = (kind(0), inside.last().map(|unit| unit.kind));
    let mut before = before;
    let mut from = start;
    if groups >= 2 && plain && !given && ends.0 != ends.1 {
        let (last, first) = match ends.0 {
            Some(Kind::Initials) => (Kind::Word, Kind::Initials),
            _ => (Kind::Initials, Kind::Word),
        };
        for at in start + 1..end {
            if units[at - 1].kind == last && units[at].kind == first {
                push(lexed, units, (from, at), before, found);
                before = Before::Strong;
                from = at;
            }
        }
    }
    push(lexed, units, (from, end), before, found);
}

fn push(
    lexed: &Lexed,
    units: &[Unit],
    (mut start, mut end): (usize, usize),
    before: Before,
    found: &mut Vec<Piece>,
) {
    while end > start && units[end - 1].kind == Kind::Remark {
        end -= 1;
    }
    let mut suffix = None;
    if end > start && units[end - 1].kind == Kind::Suffix {
        if end - start == 1 {
            if let Some(last) = found.last_mut()
                && last.suffix.is_none()
            {
                last.suffix = Some(start);
                return;
            }
        } else {
            end -= 1;
            suffix = Some(end);
        }
    }
    while end > start && units[start].kind == Kind::Remark {
        start += 1;
    }
    // `Roe, J. 2017`
    let number = |unit: &Unit| {
        unit.kind == Kind::Other
            && lexed.get(unit.token).is_some_and(|token| token.kind == TokenKind::Number)
    };
    while end > start + 1 && number(&units[end - 1]) && units[end - 2].kind == Kind::Initials {
        end -= 1;
    }
    if start >= end {
        return;
    }
    let inside = &units[start..end];
    // `jacob, sudhin`, `R. walczak`: a family name in lower case
    let lower = inside.last().is_some_and(|unit| {
        unit.kind == Kind::Other
            && lexed.get(unit.token).is_some_and(|token| token.kind == TokenKind::Word)
    }) && inside[..inside.len() - 1].iter().all(|unit| unit.kind == Kind::Initials);
    let words = usize::from(lower) + inside.iter().filter(|unit| unit.kind == Kind::Word).count();
    let first = inside.iter().find(|unit| unit.kind != Kind::Particle).map(|unit| unit.kind);
    let last = inside
        .iter()
        .rfind(|unit| !matches!(unit.kind, Kind::Particle | Kind::Remark | Kind::Suffix))
        .map(|unit| unit.kind);
    let initials = inside.iter().any(|unit| unit.kind == Kind::Initials);
    let other = inside.iter().any(|unit| unit.kind == Kind::Other);
    let form = match (first, last) {
        _ if super::body::is_body(lexed, inside) => Form::Body,
        _ if lower && inside.len() > 1 => Form::InitialsWords,
        _ if lower => Form::Words,
        _ if other => Form::Body,
        (Some(Kind::Initials), Some(Kind::Initials)) if words == 0 => Form::Initials,
        (Some(Kind::Initials), Some(Kind::Initials)) => Form::InitialsWords,
        (Some(Kind::Word), Some(Kind::Initials)) => Form::WordsInitials,
        (Some(Kind::Initials), _) => Form::InitialsWords,
        (Some(Kind::Word), _) if initials => Form::WordsInitialsWords,
        (None, _) | (Some(_), _) => Form::Words,
    };
    let capitals =
        words > 0 && inside.iter().filter(|unit| unit.kind == Kind::Word).all(|unit| unit.capitals);
    let text = lexed.text.get(units[start].start..units[end - 1].end).unwrap_or("");
    let ideographic = text.starts_with(is_cjk) && form != Form::Body;
    let family = if capitals { None } else { in_capitals(units, start, end) };
    let name = |unit: Option<&Unit>| {
        common(unit.and_then(|unit| lexed.text.get(unit.start..unit.end)).unwrap_or(""))
    };
    let mut plain = inside.iter().filter(|unit| unit.kind == Kind::Word);
    let second = found.len() == 1;
    let behind_two =
        found.last().is_some_and(|last| last.words > 1 || last.form == Form::WordsInitials);
    // only where it can decide, since looking up costs
    let asked = match form {
        Form::Words => words > 1 || second || behind_two || inside.len() > words,
        Form::WordsInitials | Form::WordsInitialsWords => words > 1,
        Form::InitialsWords => words == 2 || second,
        Form::Initials | Form::Body => false,
    };
    let common = if asked {
        [name(plain.next()), name(plain.next()), name(plain.next_back().or(inside.last()))]
    } else {
        [None; 3]
    };
    let particle = |unit: Option<&Unit>| unit.is_some_and(|unit| unit.kind == Kind::Particle);
    let particles = (particle(inside.first()), particle(inside.last()));
    let piece = Piece {
        start,
        end,
        form,
        before,
        words,
        family,
        capitals,
        ideographic,
        suffix,
        particles,
        common,
    };
    found.push(piece);
}

/// The one run of words in capitals.
fn in_capitals(units: &[Unit], start: usize, end: usize) -> Option<(usize, usize)> {
    let first = (start..end).find(|&at| units[at].capitals)?;
    let behind = (first..end).find(|&at| !units[at].capitals).unwrap_or(end);
    if (behind..end).any(|at| units[at].capitals) || first > start && behind < end {
        return None;
    }
    let mut from = first;
    while from > start + 1 && units[from - 1].kind == Kind::Particle {
        from -= 1;
    }
    Some((from, behind))
}
