//! Words around values: sources differ in whether `In`, `(eds.)`, `vol.`, `et al.` belong to a
//! label. Here they never do, and volume and issue are apart.

use super::encode::sets;
use super::reference::{Labelled, Piece};
use crate::label::{Allowed, Label, Position, only, positions};
use crate::lex::Lexed;
use crate::lexicon::{Class, Classes};

/// How many tokens the longest phrase of the lexicon has, with room to spare.
const PHRASE: usize = 12;

/// The reference with the words around values outside of them (`In`, `(eds.)`, `vol.`, `et al.`),
/// and with volume and issue apart.
pub(crate) fn without_words_around(reference: &Labelled) -> Labelled {
    let text = reference.text();
    let lexed = Lexed::new(&text);
    let positions = positions(&lexed);
    let sets = sets(reference, &positions, |span| span);
    let long = lexed.phrases().filter(|&(start, end, _)| end > start + 1).collect();
    let mut around = Around { text: &text, lexed: &lexed, long, positions: &positions, sets };
    let mut start = 0;
    while start < positions.len() {
        let set = around.sets[start];
        let same = around.sets[start..].iter().take_while(|&&next| next == set).count();
        let end = around.stretch(start, start + same, set);
        start = end;
    }
    let sets = around.sets;
    rebuilt(reference, &text, &positions, &sets)
}

/// A reference whose stretches are gone through.
struct Around<'a, 'b> {
    text: &'b str,
    lexed: &'b Lexed<'a>,
    /// The phrases of more than one token.
    long: Vec<(usize, usize, Classes)>,
    positions: &'b [Position],
    sets: Vec<Allowed>,
}

const OTHER: Allowed = only(Label::Other);

impl Around<'_, '_> {
    /// Takes the words around out of the stretch `start..end`; gives where the next begins.
    fn stretch(&mut self, start: usize, end: usize, set: Allowed) -> usize {
        let label = Label::ALL.into_iter().find(|&label| set == only(label));
        match label {
            Some(Label::Author | Label::Editor | Label::Translator) => {
                return self.names(start, end, set);
            }
            Some(Label::ContainerTitle) => self.container(start, end),
            Some(Label::Volume) => self.volume(start, end),
            Some(Label::Issue) => self.words(start, end, |around, at| {
                let digits = around.word(at).starts_with(|c: char| c.is_ascii_digit());
                let volume = around.has(at, Class::Volume) && around.word(at).len() > 1;
                !digits && (around.has(at, Class::Issue) || volume)
            }),
            Some(Label::Pages) if end > start + 1 => self.words(start, end, |around, at| {
                around.has(at, Class::Page) && around.word(at).chars().all(char::is_alphabetic)
            }),
            Some(Label::Edition) => {
                self.words(start, end, |around, at| around.has(at, Class::Edition));
            }
            Some(Label::Doi | Label::Url | Label::Isbn | Label::Arxiv) if end > start + 1 => {
                self.words(start, end, |around, at| {
                    IDENTIFIERS.contains(&around.word(at).to_lowercase().as_str())
                });
            }
            _ => {}
        }
        end
    }

    /// Unlabels the words of `start..end` that are no part of the value.
    fn words(&mut self, start: usize, end: usize, outside: impl Fn(&Self, usize) -> bool) {
        for at in start..end {
            if outside(self, at) {
                self.sets[at] = OTHER;
            }
        }
    }

    fn names(&mut self, start: usize, mut end: usize, set: Allowed) -> usize {
        let mut from = start;
        while from < end && from < start + 5 && self.is_role_before(from) {
            self.sets[from] = OTHER;
            from += 1;
        }
        // `Roe` with `, Jane A.` left out of the span: given names belong to it
        let lost = (end..self.positions.len().min(end + 3))
            .take_while(|&at| {
                let first = at == end && matches!(self.gap(at), ", " | " " | " , ");
                self.sets[at] & OTHER != 0
                    && (first || at > end && matches!(self.gap(at), " " | ". " | "." | "-"))
                    && self.word(at).starts_with(char::is_uppercase)
                    && !(self.word(at).len() > 1
                        && (self.is_role_behind(at)
                            || self.has(at, Class::Container)
                            || self.has(at, Class::Volume)))
            })
            .count();
        let initial = lost > 0 && self.word(end + lost - 1).chars().count() <= 2;
        if initial && set == self.sets[start] {
            self.sets[end..end + lost].fill(set);
            end += lost;
        }
        let mut to = end;
        while to > from && to + 5 > end && self.is_role_behind(to - 1) {
            to -= 1;
            self.sets[to] = OTHER;
        }
        end
    }

    /// `In`, `edited by`; one letter is an initial, whatever else it may mean.
    fn is_role_before(&self, at: usize) -> bool {
        self.word(at).chars().count() > 1
            && (self.has(at, Class::EditorBefore)
                || self.has(at, Class::TranslatorBefore)
                || self.has(at, Class::Container)
                || matches!(self.word(at), "by" | "von" | "par" | "por" | "dir" | "cura"))
    }

    /// `(eds.)`, `et al.`
    fn is_role_behind(&self, at: usize) -> bool {
        let word = self.word(at);
        let small = word.starts_with(char::is_lowercase);
        let long = word.chars().count() > 1;
        long && (self.has(at, Class::EditorAfter) || self.has(at, Class::TranslatorAfter))
            && (small
                || self.gap(at).contains(['(', '[', ','])
                || matches!(word, "Eds" | "Hrsg" | "Hg"))
            || small && self.has(at, Class::EtAl)
    }

    fn container(&mut self, start: usize, end: usize) {
        let word = self.word(start);
        if end > start + 1
            && self.has(start, Class::Container)
            && (self.gap(start + 1).contains(':') || word != "En" && word != "A")
        {
            self.sets[start] = OTHER;
        }
    }

    /// `vol. 20(2)`: what stands in a bracket, or behind a word, is the issue.
    fn volume(&mut self, start: usize, end: usize) {
        let mut issue = false;
        let mut volume = false;
        for at in start..end {
            let digits = self.word(at).starts_with(|c: char| c.is_ascii_digit());
            if !digits && self.has(at, Class::Issue) {
                self.sets[at] = OTHER;
                issue = true;
            } else if !digits && self.has(at, Class::Volume) && self.word(at).len() > 1 {
                self.sets[at] = OTHER;
                issue = false;
            } else {
                issue |= volume && self.gap(at).contains(['(', ',', '/', ':']);
                if issue {
                    self.sets[at] = only(Label::Issue);
                }
                volume = true;
            }
        }
    }

    fn has(&self, at: usize, class: Class) -> bool {
        self.positions.get(at).is_some_and(|position| {
            let token = position.token;
            let first = self.long.partition_point(|&(start, ..)| start + PHRASE < token);
            self.lexed.has(token, class)
                || self.long[first..]
                    .iter()
                    .take_while(|&&(start, ..)| start <= token)
                    .any(|&(_, end, classes)| token < end && classes.has(class))
        })
    }

    fn word(&self, at: usize) -> &str {
        self.positions.get(at).and_then(|position| position.span.of(self.text)).unwrap_or("")
    }

    /// What stands before a position.
    fn gap(&self, at: usize) -> &str {
        let end = self.positions.get(at).map_or(self.text.len(), |position| position.span.start);
        let start = at.checked_sub(1).map_or(0, |before| self.positions[before].span.end);
        self.text.get(start..end).unwrap_or("")
    }
}

/// Words that stand before identifiers and addresses.
const IDENTIFIERS: [&str; 11] = [
    "doi",
    "url",
    "isbn",
    "issn",
    "retrieved",
    "from",
    "available",
    "at",
    "arxiv",
    "preprint",
    "in",
];

/// The text cut anew at the places where the sets change.
fn rebuilt(old: &Labelled, text: &str, positions: &[Position], sets: &[Allowed]) -> Labelled {
    let open = old
        .pieces
        .iter()
        .find(|piece| piece.set & only(Label::Other) != 0)
        .map_or(only(Label::Other), |piece| piece.set);
    // how a stretch was set stays with it
    let mut pieces = old.pieces.iter();
    let (mut piece, mut piece_end) = (None, 0);
    let mut styles = |at: usize| {
        while piece_end <= at {
            let Some(next) = pieces.next() else { break };
            piece_end += next.text.len();
            piece = Some(next);
        }
        piece.map_or_else(Vec::new, |piece| piece.styles.clone())
    };
    let mut new = Labelled::default();
    let mut at = 0;
    let mut index = 0;
    while index < positions.len() {
        let set = sets[index];
        let start = positions[index].span.start;
        let mut end = index + 1;
        while end < positions.len() && sets[end] == set {
            end += 1;
        }
        let mut stop = positions[end - 1].span.end;
        // the stop of initials
        if set & (only(Label::Author) | only(Label::Editor)) != 0 && text[stop..].starts_with('.') {
            stop += 1;
        }
        new.push(&text[at..start], open);
        new.pieces.push(Piece { styles: styles(start), ..Piece::new(&text[start..stop], set) });
        at = stop;
        index = end;
    }
    new.push(&text[at..], open);
    new
}
