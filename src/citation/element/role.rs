//! Editors and translators, with the word that makes them so before or behind their names.

use super::stop::ends_sentence;
use super::{Content, Cutter};
use crate::grammar::name::{name_list, one_body};
use crate::lex::TokenKind;
use crate::lexicon::Class;

/// How many tokens a list of editors may have; longer ones are not looked for.
const EDITORS: usize = 160;

impl Cutter<'_, '_> {
    /// `edited by A. Roe and B. Doe`, `Ed. A. Roe`, `trans. C. Poe`
    pub(super) fn role_before(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        for (class, translator) in [(Class::EditorBefore, false), (Class::TranslatorBefore, true)] {
            let Some(mut next) = lexed.phrase(at, class) else { continue };
            while matches!(lexed.word(next), ":" | "." | "von" | "par" | "by" | "por" | "di" | "de")
                && next < at + 6
            {
                next += 1;
            }
            let end = self.names_until(next)?;
            let list = name_list(lexed, next, end).filter(|list| list.likeness >= 0.4)?;
            let span = lexed.span(next, end);
            let content =
                if translator { Content::Translators(list) } else { Content::Editors(list) };
            self.push(content, span, at, end, false);
            return Some(end);
        }
        None
    }

    /// Where a list of names that begins at `start` ends: before the first mark behind which
    /// no name follows.
    pub(super) fn names_until(&self, start: usize) -> Option<usize> {
        let lexed = self.lexed;
        let limit = (start + EDITORS).min(lexed.len());
        let mut best = None;
        let mut tries = 0;
        for at in start + 1..=limit {
            let ends = at == lexed.len()
                || matches!(
                    lexed.get(at).map(|t| t.kind),
                    Some(TokenKind::Mark(
                        ',' | ';' | ':' | ')' | '(' | ']' | '“' | '«' | '—' | '–'
                    ))
                )
                || (lexed.is_mark(at, '.') && ends_sentence(lexed, at))
                || (lexed.is_mark(at - 1, '.')
                    && lexed.phrase(at.saturating_sub(3), Class::EtAl) == Some(at))
                || lexed.has(at, Class::Container);
            if !ends {
                continue;
            }
            tries += 1;
            // `ed. A. Roe, Leiden, Brill`: a place is no name
            if best.is_some() && self.is_place_before(at) {
                break;
            }
            match name_list(lexed, start, at) {
                Some(list) if list.likeness >= 0.4 && (at - start <= 8 || list.is_of_persons()) => {
                    best = Some((at, list.likeness))
                }
                _ if best.is_some() && tries > 6 => break,
                _ => {}
            }
            if lexed.is_mark(at, ')')
                || lexed.is_mark(at, ':')
                || lexed.is_mark(at, '(')
                || tries > 40
            {
                break;
            }
            if lexed.is_mark(at, '.') && best.is_some_and(|(end, _)| end == at) {
                break;
            }
        }
        best.map(|(end, _)| end)
    }

    /// Whether what stands between the mark before `at` and `at` is a place.
    pub(super) fn is_place_before(&self, at: usize) -> bool {
        let from = (at.saturating_sub(EDITORS)..at)
            .rev()
            .find(|&index| self.lexed.is_mark(index, ','))
            .map_or(at, |index| index + 1);
        from < at && self.lexed.phrase(from, Class::Place).is_some_and(|stop| stop >= at)
    }

    /// `A. Roe and B. Doe (eds.)`, `Roe A, Doe B, editors.`
    pub(super) fn names_with_role(&mut self, at: usize) -> Option<usize> {
        let lexed = self.lexed;
        let after_in = matches!(self.elements.last().map(|e| &e.content), Some(Content::In));
        let (role, end, translator) = self.next_role(at)?;
        let list = name_list(lexed, at, role)
            // `In Beck (Ed.), …`: too little for a list, but it stands where editors stand
            .or_else(|| {
                (after_in && role - at <= 4 && lexed.is_mark(role, '('))
                    .then(|| one_body(lexed, at, role, 0.5))
            })?;
        if list.likeness < 0.45 {
            return None;
        }
        let span = lexed.span(at, role);
        let content = if translator { Content::Translators(list) } else { Content::Editors(list) };
        self.push(content, span, at, end, false);
        Some(end)
    }

    /// The next word behind `at` that makes editors or translators of the names before it: the
    /// end of the names, the token behind the word, and whether it says translators.
    pub(super) fn next_role(&self, at: usize) -> Option<(usize, usize, bool)> {
        let lexed = self.lexed;
        let limit = (at + EDITORS).min(lexed.len());
        for index in at + 1..limit {
            let (end, translator) = match (
                lexed.phrase(index, Class::EditorAfter),
                lexed.phrase(index, Class::TranslatorAfter),
            ) {
                (Some(end), _) => (end, false),
                (_, Some(end)) => (end, true),
                _ => continue,
            };
            let bracket = lexed.is_mark(index - 1, '(') || lexed.is_mark(index - 1, '[');
            // `ELDERKIN ED`: initials, not a role
            let capitals = lexed.word(index).chars().all(char::is_uppercase);
            if capitals && !bracket && !lexed.is_mark(index - 1, ',') {
                continue;
            }
            let closed = lexed.is_mark(end, ')') || lexed.is_mark(end, ']');
            let comma = lexed.is_mark(index - 1, ',');
            let stops = matches!(lexed.get(end).map(|t| t.kind), None | Some(TokenKind::Mark(_)))
                || lexed.is_mark(end - 1, '.');
            if bracket && closed {
                return Some((index - 1, end + 1, translator));
            }
            if !bracket && stops && (comma || lexed.spaced(index)) && !closed {
                return Some((if comma { index - 1 } else { index }, end, translator));
            }
        }
        None
    }
}
