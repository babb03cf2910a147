//! A stretch of a text that was cut into tokens, as a text of its own: names are read of it, and
//! cutting it and looking its words up again would take as long as for the whole. Called by
//! `citation`.

use super::{Lexed, Token, TokenKind};
use crate::lexicon::{Classes, lexicon};
use crate::span::Span;

/// Marks that no phrase of the lexicon has.
const BREAKS: [char; 7] = [',', ';', ':', '(', ')', '[', ']'];

impl<'a> Lexed<'a> {
    /// The stretch `span` of the text, cut into tokens as [`Lexed::new`] does it.
    pub(crate) fn part(&self, span: Span) -> Self {
        let text = span.of(self.text).unwrap_or("");
        let (first, end) = (self.index_at(span.start), self.index_at(span.end));
        let Some(inside) = self.tokens.get(first..end) else { return Self::new(text) };
        let before = first.checked_sub(1).and_then(|before| self.get(before));
        // a token that is cut in two, or a link that may end elsewhere, is another token
        let cut = before.is_some_and(|before| before.span.end > span.start)
            || inside.last().is_some_and(|last| last.span.end > span.end)
            || inside.iter().any(|token| token.kind == TokenKind::Link);
        if cut || inside.is_empty() {
            return Self::new(text);
        }
        let place = |token: Span| Span::new(token.start - span.start, token.end - span.start);
        let mut tokens: Vec<Token> =
            inside.iter().map(|token| Token { span: place(token.span), ..*token }).collect();
        if let Some(opens) = tokens.first_mut() {
            opens.space = opens.span.start > 0;
        }
        let said = Classes::default();
        let mut part = Self { text, tokens, phrases: Vec::new(), said, settings: Vec::new() };
        // phrases that may have gone on behind the stretch are looked up again
        let rest = self.text.get(span.end..).unwrap_or("");
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let known = if rest.is_empty() || rest.starts_with(BREAKS) {
            text.len()
        } else {
            text.rfind(BREAKS).unwrap_or(0)
        };
        let same = part.tokens.partition_point(|token| token.span.start < known);
        let from = self.phrases.partition_point(|&(start, ..)| start < first);
        for &(start, behind, classes) in &self.phrases[from..] {
            if start >= first + same {
                break;
            }
            part.said = part.said.with(classes);
            part.phrases.push((start - first, behind - first, classes));
        }
        let lexicon = lexicon();
        for index in same..part.tokens.len() {
            let start = part.tokens[index].span.start;
            let rest = &text[start..];
            let mut all = Classes::default();
            for (len, classes) in lexicon.phrases(rest, lexicon.beginning(rest)) {
                let behind = part.index_at(start + len);
                part.said = part.said.with(classes);
                part.phrases.push((index, behind, classes));
                all = all.with(classes);
            }
            part.tokens[index].phrases = all;
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that is known of a text's tokens.
    fn known(lexed: &Lexed) -> String {
        format!("{:?} {:?}", lexed.tokens, lexed.phrases)
    }

    #[test]
    fn a_part_is_cut_as_it_would_be_alone() {
        for text in [
            "In: Roe, J., van der Poe, A. et al. (eds.), Harbours edited by Doe u. a., 1990",
            "(Roe, J.-P. & D’Poe: https://ports.example/a(b) ; Doe and Roe; und andere.) n.d., o. J.",
            "Roe, J., Hrsg. von Doe, A. . Übersetzt von Poe. 李明、王芳: 港口, 2001",
        ] {
            let whole = Lexed::new(text);
            let ends = || (0..=text.len()).filter(|&at| text.is_char_boundary(at));
            for start in ends() {
                for end in ends().filter(|&end| end >= start) {
                    let part = &text[start..end];
                    let read = whole.part(Span::new(start, end));
                    assert_eq!(known(&read), known(&Lexed::new(part)), "{part}");
                }
            }
        }
    }
}
