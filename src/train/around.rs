//! Words around values: sources differ in whether `In`, `(eds.)`, `vol.`, `et al.` belong to a
//! label. Here they never do, and volume and issue are apart.

use super::encode::sets;
use super::reference::{Labelled, Piece};
use crate::label::{Allowed, Label, Position, only, positions};
use crate::lex::Lexed;
use crate::lexicon::Class;

/// How many tokens the longest phrase of the lexicon has, with room to spare.
const PHRASE: usize = 12;

/// The reference with the words around values outside of them (`In`, `(eds.)`, `vol.`, `et al.`),
/// and with volume and issue apart.
pub(crate) fn without_words_around(reference: &Labelled) -> Labelled {
    let text = reference.text();
    let lexed = Lexed::new(&text);
    let positions = positions(&lexed);
    let mut sets = sets(reference, &positions, |span| span);
    let other = only(Label::Other);
    let long: Vec<_> = lexed.phrases().filter(|&(start, end, _)| end > start + 1).collect();
    let has = |index: usize, class: Class| {
        positions.get(index).is_some_and(|p| {
            let first = long.partition_point(|&(start, ..)| start + PHRASE < p.token);
            lexed.has(p.token, class)
                || long[first..]
                    .iter()
                    .take_while(|&&(start, ..)| start <= p.token)
                    .any(|&(_, end, classes)| p.token < end && classes.has(class))
        })
    };
    let word = |index: usize| positions.get(index).and_then(|p| p.span.of(&text)).unwrap_or("");
    let gap = |index: usize| {
        let end = positions.get(index).map_or(text.len(), |p| p.span.start);
        let start = index.checked_sub(1).map_or(0, |i| positions[i].span.end);
        text.get(start..end).unwrap_or("")
    };
    let mut index = 0;
    while index < positions.len() {
        let set = sets[index];
        let mut end = index + 1;
        while end < positions.len() && sets[end] == set {
            end += 1;
        }
        let is = |label: Label| set == only(label);
        if is(Label::Author) || is(Label::Editor) || is(Label::Translator) {
            // one letter is an initial, whatever else it may mean
            let role = |i: usize| {
                word(i).chars().count() > 1
                    && (has(i, Class::EditorBefore)
                        || has(i, Class::TranslatorBefore)
                        || has(i, Class::Container)
                        || matches!(word(i), "by" | "von" | "par" | "por" | "dir" | "cura"))
            };
            let mut from = index;
            while from < end && role(from) && from < index + 5 {
                sets[from] = other;
                from += 1;
            }
            let role = |i: usize| {
                let small = word(i).starts_with(char::is_lowercase);
                let long = word(i).chars().count() > 1;
                long && (has(i, Class::EditorAfter) || has(i, Class::TranslatorAfter))
                    && (small
                        || gap(i).contains(['(', '[', ','])
                        || matches!(word(i), "Eds" | "Hrsg" | "Hg"))
                    || small && has(i, Class::EtAl)
            };
            // `Kazenin` with `, Konstantin I.` left out of the span: given names belong to it
            let lost = (end..positions.len().min(end + 3))
                .take_while(|&i| {
                    let first = i == end && matches!(gap(i), ", " | " " | " , ");
                    sets[i] & other != 0
                        && (first || i > end && matches!(gap(i), " " | ". " | "." | "-"))
                        && word(i).starts_with(char::is_uppercase)
                        && !(word(i).len() > 1
                            && (role(i) || has(i, Class::Container) || has(i, Class::Volume)))
                })
                .count();
            if lost > 0 && word(end + lost - 1).chars().count() <= 2 && set == sets[index] {
                sets[end..end + lost].fill(set);
                end += lost;
            }
            let mut to = end;
            while to > from && role(to - 1) && to + 5 > end {
                to -= 1;
                sets[to] = other;
            }
        } else if is(Label::ContainerTitle) {
            if end > index + 1
                && has(index, Class::Container)
                && (gap(index + 1).contains(':') || word(index) != "En" && word(index) != "A")
            {
                sets[index] = other;
            }
        } else if is(Label::Volume) || is(Label::Issue) || is(Label::Pages) || is(Label::Edition) {
            let mut issue = is(Label::Issue);
            let mut volume = false;
            for i in index..end {
                if is(Label::Pages) {
                    if has(i, Class::Page)
                        && word(i).chars().all(char::is_alphabetic)
                        && end > index + 1
                    {
                        sets[i] = other;
                    }
                    continue;
                }
                if is(Label::Edition) {
                    if has(i, Class::Edition) {
                        sets[i] = other;
                    }
                    continue;
                }
                let digits = word(i).starts_with(|c: char| c.is_ascii_digit());
                if !digits && has(i, Class::Issue) {
                    sets[i] = other;
                    issue = true;
                } else if !digits && has(i, Class::Volume) && word(i).len() > 1 {
                    sets[i] = other;
                    issue = false;
                } else {
                    if volume && is(Label::Volume) && gap(i).contains(['(', ',', '/', ':']) {
                        issue = true;
                    }
                    if issue && is(Label::Volume) {
                        sets[i] = only(Label::Issue);
                    }
                    volume = true;
                }
            }
        } else if is(Label::Doi) || is(Label::Url) || is(Label::Isbn) || is(Label::Arxiv) {
            for i in index..end {
                let w = word(i).to_lowercase();
                if end > index + 1
                    && matches!(
                        w.as_str(),
                        "doi"
                            | "url"
                            | "isbn"
                            | "issn"
                            | "retrieved"
                            | "from"
                            | "available"
                            | "at"
                            | "arxiv"
                            | "preprint"
                            | "in"
                    )
                {
                    sets[i] = other;
                }
            }
        }
        index = end;
    }
    rebuilt(reference, &text, &positions, &sets)
}

/// The text cut anew at the places where the sets change.
fn rebuilt(old: &Labelled, text: &str, positions: &[Position], sets: &[Allowed]) -> Labelled {
    let open = old
        .pieces
        .iter()
        .find(|piece| piece.set & only(Label::Other) != 0)
        .map_or(only(Label::Other), |piece| piece.set);
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
        new.pieces.push(Piece { text: text[start..stop].to_owned(), set });
        at = stop;
        index = end;
    }
    new.push(&text[at..], open);
    new
}
