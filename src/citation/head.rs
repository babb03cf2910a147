//! The head of a citation: its number in the list, its authors or editors, and the date that
//! author-date styles put behind them. Several readings are offered, each with a score.

use super::element::ends_sentence;
use crate::grammar::date::{self, TypedDate};
use crate::grammar::name::{Form, NameList, name_list, one_body, pieces};
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::Class;
use crate::span::Span;

/// What the names of a head did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Author,
    Editor,
    Translator,
}

/// One reading of a head.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) names: Option<NameList>,
    pub(crate) role: Role,
    pub(crate) date: Option<(Span, TypedDate)>,
    /// What stands behind the date in its bracket: `(2010, first published 1950)`.
    pub(crate) remark: Option<Span>,
    /// The token that the rest begins at.
    pub(crate) rest: usize,
    pub(crate) score: f32,
}

/// How many readings of the names' end are tried from either side.
const ENDS: usize = 8;

/// How many tokens of a citation the authors may take up.
const NAMES: usize = 4000;

/// The token behind the number that a list puts before a citation: `12.`, `[12]`, `(12)`, `12 `.
pub(crate) fn behind_number(lexed: &Lexed) -> usize {
    let bullet = lexed.get(0).is_some_and(|t| {
        matches!(t.kind, TokenKind::Mark('•' | '·' | '*' | '-' | '–' | '▪' | '◦' | '‣'))
    });
    let at = usize::from(bullet);
    let number = |index: usize| {
        lexed.get(index).is_some_and(|t| t.kind == TokenKind::Number && t.span.len() <= 3)
    };
    if lexed.is_mark(at, '[') || lexed.is_mark(at, '(') {
        let key = lexed.get(at + 1).is_some_and(|t| {
            matches!(t.kind, TokenKind::Number | TokenKind::Mixed) && t.span.len() <= 8
        });
        let year = lexed.word(at + 1).len() == 4 && lexed.is_mark(at, '(');
        if key && !year && (lexed.is_mark(at + 2, ']') || lexed.is_mark(at + 2, ')')) {
            return at + 3 + usize::from(lexed.is_mark(at + 3, '.'));
        }
        return at;
    }
    if number(at) {
        if matches!(lexed.word(at + 1), "." | ")") && lexed.spaced(at + 2) && lexed.len() > at + 2 {
            return at + 2;
        }
        let capital = lexed.word(at + 1).starts_with(|c: char| !c.is_lowercase());
        if lexed.spaced(at + 1)
            && capital
            && lexed.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word)
        {
            return at + 1;
        }
    }
    at
}

/// The readings of the head that begins at `start`, the likeliest first.
pub(crate) fn heads(lexed: &Lexed, start: usize) -> Vec<Head> {
    let mut heads = vec![without_names(start)];
    for end in ends(lexed, start) {
        heads.extend(head(lexed, start, end));
    }
    // what can only be read as names is no title: `R. Zhao and A. J. Smits, J. Fluid Mech.`
    let surely_names = |head: &Head| head.names.as_ref().is_some_and(|names| names.likeness >= 0.9);
    if heads.iter().any(surely_names) {
        heads[0].score -= 2.0;
    }
    heads.sort_by(|a, b| b.score.total_cmp(&a.score));
    heads
}

fn without_names(start: usize) -> Head {
    Head { names: None, role: Role::Author, date: None, remark: None, rest: start, score: -0.6 }
}

/// The places where the names can end.
fn ends(lexed: &Lexed, start: usize) -> Vec<usize> {
    let limit = lexed.len().min(start + NAMES);
    let mut stops = Vec::new();
    let list = pieces(lexed, start, limit);
    // the first piece that is no name: names end before it, or inside it
    let last = list.last().map_or(start, |piece| piece.start);
    let horizon = (last + 40).min(limit);
    let mut commas = Vec::new();
    let mut at = start + 1;
    while at < horizon {
        let token = lexed.get(at);
        match token.map(|t| t.kind) {
            Some(TokenKind::Mark('(' | '['))
                if date_at(lexed, at + 1).is_some() || role_at(lexed, at).is_some() =>
            {
                stops.push(at);
                if date_at(lexed, at + 1).is_some() {
                    break;
                }
            }
            Some(TokenKind::Mark('“' | '«' | '„' | '"' | '‘' | '「' | '『'))
                if lexed.spaced(at) =>
            {
                stops.push(at);
                break;
            }
            Some(TokenKind::Mark(':' | '：')) => {
                stops.push(at);
                if at >= last {
                    break;
                }
            }
            Some(TokenKind::Mark('.'))
                if (lexed.spaced(at + 1) || ends_sentence(lexed, at))
                    && !initial_follows(lexed, at) =>
            {
                stops.push(at)
            }
            Some(TokenKind::Mark(',' | '，')) => {
                if role_at(lexed, at + 1).is_some() || date_at(lexed, at + 1).is_some() {
                    stops.push(at);
                } else {
                    commas.push(at);
                }
            }
            Some(TokenKind::Mark('-' | '–' | '—')) if lexed.spaced(at) && lexed.spaced(at + 1) => {
                stops.push(at)
            }
            Some(TokenKind::Number | TokenKind::Mixed)
                if date_at(lexed, at).is_some() && at > start =>
            {
                stops.push(at)
            }
            _ if lexed.phrase(at, Class::EtAl).is_some() => {
                let end = lexed.phrase(at, Class::EtAl).unwrap_or(at + 1);
                stops.push(end);
            }
            _ => {}
        }
        at += 1;
    }
    if at >= limit {
        stops.push(limit);
    }
    // a comma ends the names only where no name follows
    stops.extend(commas.iter().rev().find(|&&comma| comma < last.max(start + 1)).copied());
    stops.extend(list.iter().rev().find(|piece| piece.form != Form::Other).map(|piece| piece.end));
    stops.sort_unstable();
    stops.dedup();
    if stops.len() > 2 * ENDS {
        stops.drain(ENDS..stops.len() - ENDS);
    }
    stops
}

/// `D. M.,`: behind an initial's stop another initial follows.
fn initial_follows(lexed: &Lexed, at: usize) -> bool {
    let single = |index: usize| {
        lexed.word(index).chars().count() == 1 && lexed.word(index).starts_with(char::is_uppercase)
    };
    at > 0
        && single(at - 1)
        && single(at + 1)
        && matches!(lexed.word(at + 2), "." | "," | ";" | "(" | "-")
}

/// The date that begins at `at`: its span, itself, the token behind it.
fn date_at(lexed: &Lexed, at: usize) -> Option<(Span, TypedDate, usize)> {
    let from = lexed.from(at);
    let (rest, typed) = date::date(from).ok()?;
    let stop = lexed.text.len() - rest.len();
    Some((Span::new(lexed.get(at)?.span.start, stop), typed, lexed.index_at(stop)))
}

/// The role that the words at `at` give to the names before them, and the token behind.
fn role_at(lexed: &Lexed, at: usize) -> Option<(Role, usize)> {
    let bracket = lexed.is_mark(at, '(') || lexed.is_mark(at, '[');
    let word = at + usize::from(bracket);
    let (role, mut end) = if let Some(end) = lexed.phrase(word, Class::EditorAfter) {
        (Role::Editor, end)
    } else if let Some(end) = lexed.phrase(word, Class::TranslatorAfter) {
        (Role::Translator, end)
    } else if let Some(end) = lexed.phrase(word, Class::DirectorAfter).filter(|_| bracket) {
        (Role::Author, end)
    } else {
        return None;
    };
    if bracket {
        // `(Eds.)`, `(eds. and trans.)`
        while end < word + 6 && !(lexed.is_mark(end, ')') || lexed.is_mark(end, ']')) {
            end += 1;
        }
        (lexed.is_mark(end, ')') || lexed.is_mark(end, ']')).then_some((role, end + 1))
    } else {
        let stops = matches!(
            lexed.get(end).map(|t| t.kind),
            None | Some(TokenKind::Mark(_) | TokenKind::Number)
        );
        // `trans. James Murphy`: the name stands behind
        let named = role == Role::Translator && lexed.word(end).starts_with(char::is_uppercase);
        (stops || lexed.is_mark(end - 1, '.') && !named).then_some((role, end))
    }
}

fn head(lexed: &Lexed, start: usize, end: usize) -> Option<Head> {
    // an initial's stop belongs to the name
    let names_end = end
        + usize::from(
            lexed.is_mark(end, '.') && lexed.word(end.wrapping_sub(1)).chars().count() <= 2,
        );
    let mut at = end;
    let mut score = 0.0;
    let mut mark = ' ';
    for _ in 0..2 {
        if matches!(lexed.word(at), "." | "," | ":" | ";" | "，" | "：" | "-" | "–" | "—")
            && role_at(lexed, at).is_none()
        {
            mark = lexed.word(at).chars().next().unwrap_or(' ');
            at += 1;
        }
    }
    let mut role = Role::Author;
    if let Some((given, after)) = role_at(lexed, at) {
        role = given;
        at = after;
        score += 1.5;
        while matches!(lexed.word(at), "." | "," | ":" | ";") {
            mark = lexed.word(at).chars().next().unwrap_or(' ');
            at += 1;
        }
    }
    let mut date = None;
    let mut remark = None;
    let bracket = matches!(lexed.word(at), "(" | "[" | "（");
    if let Some((span, typed, after)) = date_at(lexed, at + usize::from(bracket)) {
        let closed = !bracket || matches!(lexed.word(after), ")" | "]" | "）" | ",");
        let real = date::is_real(&typed.date);
        let behind = lexed.get(after);
        let ends =
            bracket || behind.is_none_or(|t| matches!(t.kind, TokenKind::Mark(_)) || t.space);
        let numbering = !bracket
            && matches!(lexed.word(after), ";" | "-" | "–")
            && lexed.get(after + 1).is_some_and(|t| t.kind == TokenKind::Number);
        if closed && ends && !numbering && (real || bracket) {
            let mut next = after;
            if bracket {
                let close = (after..(after + 12).min(lexed.len()))
                    .find(|&i| matches!(lexed.word(i), ")" | "]" | "）"));
                next = close.map_or(after, |close| close + 1);
                let said =
                    |i: usize| lexed.get(i).is_some_and(|t| !matches!(t.kind, TokenKind::Mark(_)));
                remark = close
                    .filter(|&close| (after..close).any(said))
                    .map(|close| lexed.span(after, close));
            }
            while matches!(lexed.word(next), "." | "," | ":" | ";" | "-" | "–" | "—") {
                next += 1;
            }
            at = next;
            date = Some((span, typed));
            score += if bracket { 4.0 } else { 3.0 };
        }
    }
    if date.is_none() {
        score += match mark {
            '.' => 0.3,
            ':' => 0.6,
            ',' => -0.5,
            _ if matches!(lexed.word(at), "“" | "«" | "„" | "\"" | "‘" | "「") => 0.6,
            _ if role != Role::Author => 0.3,
            _ => -1.5,
        };
        if matches!(lexed.word(at), "“" | "«" | "„" | "\"" | "‘" | "「") {
            score += 1.0;
        }
    }
    let names = match name_list(lexed, start, names_end).or_else(|| name_list(lexed, start, end)) {
        Some(list) => list,
        // in front of a bracketed year stands who made it, whatever it looks like
        None if date.is_some() && names_end - start <= 14 && bracket => {
            let lower = (start..names_end)
                .filter(|&i| lexed.word(i).starts_with(char::is_lowercase))
                .count();
            one_body(lexed, start, end, if lower * 3 > names_end - start { -0.6 } else { 0.0 })
        }
        None => return None,
    };
    let many = names.names.len().min(4) as f32;
    score += 3.0 * names.likeness - 1.0 + 0.4 * (many - 1.0) * names.likeness;
    if names.likeness < 0.4 && date.is_none() {
        score -= 1.2;
    }
    if at >= lexed.len() && date.is_none() {
        score -= 3.0;
    }
    Some(Head { names: Some(names), role, date, remark, rest: at, score })
}
