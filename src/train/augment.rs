//! Noise: what scanners, PDFs, typists and styles do to references, so that the model has seen
//! it. Every change keeps the labels of what it changes.

use super::random::Random;
use super::reference::{Labelled, Piece};
use super::setting;
use crate::label::{Label, only};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Values of fields, to be put in the place of others.
#[derive(Default)]
pub(crate) struct Pool {
    values: Vec<(Label, Vec<String>)>,
}

/// The fields whose values may change places.
const SWAPPED: [Label; 5] =
    [Label::Title, Label::ContainerTitle, Label::Publisher, Label::Place, Label::Author];

impl Pool {
    pub(crate) fn add(&mut self, reference: &Labelled) {
        for piece in &reference.pieces {
            for label in SWAPPED {
                if piece.set == only(label) && piece.text.len() > 2 {
                    match self.values.iter_mut().find(|(known, _)| *known == label) {
                        Some((_, values)) => values.push(piece.text.clone()),
                        None => self.values.push((label, vec![piece.text.clone()])),
                    }
                }
            }
        }
    }

    fn pick(&self, label: Label, random: &mut Random) -> Option<&String> {
        let (_, values) = self.values.iter().find(|(known, _)| *known == label)?;
        random.pick(values)
    }
}

/// A reference as another hand, program or scanner would have left it. `swap` is the chance that
/// a value comes from another reference.
pub(crate) fn noisy(reference: &Labelled, pool: &Pool, swap: f32, random: &mut Random) -> Labelled {
    let mut new = reference.clone();
    for label in SWAPPED {
        let chance = if label == Label::Author { swap / 4.0 } else { swap };
        if random.chance(chance) {
            for piece in &mut new.pieces {
                if piece.set == only(label)
                    && let Some(value) = pool.pick(label, random)
                {
                    piece.text.clone_from(value);
                }
            }
        }
    }
    if random.chance(0.04) {
        drop_field(&mut new, random);
    }
    if random.chance(0.04) {
        let label = *random
            .pick(&[Label::Author, Label::Author, Label::Title, Label::ContainerTitle])
            .unwrap_or(&Label::Author);
        each(&mut new, label, |text| text.to_uppercase());
    }
    if random.chance(0.02) {
        each_piece(&mut new, |text| text.nfd().filter(|&c| !is_combining_mark(c)).collect());
    }
    if random.chance(0.06) {
        let label = *random
            .pick(&[Label::Title, Label::Title, Label::ContainerTitle])
            .unwrap_or(&Label::Title);
        let place = random.share();
        each(&mut new, label, |text| hyphenated(text, place));
    }
    if random.chance(0.05) {
        spaced(&mut new, random);
    }
    if random.chance(0.04) {
        glued(&mut new, random);
    }
    if random.chance(0.02) {
        slips(&mut new, random);
    }
    if random.chance(0.1) {
        straight_quotes(&mut new, random.chance(0.5));
    }
    if random.chance(0.01) {
        each_piece(&mut new, |text| text.to_lowercase());
    }
    ends(&mut new, random);
    if random.chance(SET) {
        setting::set(&mut new, random);
    }
    new
}

/// How many references come from documents that tell italics and links.
const SET: f32 = 0.12;

fn each(reference: &mut Labelled, label: Label, mut change: impl FnMut(&str) -> String) {
    for piece in &mut reference.pieces {
        if piece.set == only(label) {
            piece.text = change(&piece.text);
        }
    }
}

fn each_piece(reference: &mut Labelled, change: impl Fn(&str) -> String) {
    for piece in &mut reference.pieces {
        piece.text = change(&piece.text);
    }
}

/// Takes a field away, with the marks before it.
fn drop_field(reference: &mut Labelled, random: &mut Random) {
    let at = random.between(1, reference.pieces.len().max(2) - 1);
    let Some(piece) = reference.pieces.get(at) else { return };
    let kept = only(Label::Title) | only(Label::Other);
    if piece.set & kept != 0 {
        return;
    }
    reference.pieces.remove(at);
    if reference.pieces.get(at - 1).is_some_and(|piece| piece.set & only(Label::Other) != 0) {
        reference.pieces.remove(at - 1);
        let previous_labelled = at >= 2 && reference.pieces[at - 2].set & only(Label::Other) == 0;
        let next_labelled =
            reference.pieces.get(at - 1).is_some_and(|p| p.set & only(Label::Other) == 0);
        if previous_labelled && next_labelled {
            reference.pieces.insert(at - 1, Piece::new(", ", only(Label::Other)));
        }
    }
}

/// Divides a word as the end of a line does: `develop- ment`.
fn hyphenated(text: &str, place: f32) -> String {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let start = (place * letters.len() as f32) as usize;
    for at in start..letters.len().saturating_sub(3) {
        let inside = at >= 3 && letters[at - 3..at + 3].iter().all(|(_, c)| c.is_lowercase());
        if inside {
            let cut = letters[at].0;
            return format!("{}- {}", &text[..cut], &text[cut..]);
        }
    }
    text.to_owned()
}

/// Spaces before marks, as programs that read PDFs leave them.
fn spaced(reference: &mut Labelled, random: &mut Random) {
    let share = random.share();
    for piece in &mut reference.pieces {
        let mut text = String::with_capacity(piece.text.len() + 8);
        for c in piece.text.chars() {
            if matches!(c, ',' | '.' | ':' | ';' | ')' | '-' | '–')
                && piece.set & (only(Label::Url) | only(Label::Doi)) == 0
                && random.chance(share)
            {
                text.push(' ');
            }
            text.push(c);
        }
        piece.text = text;
    }
}

/// Spaces lost.
fn glued(reference: &mut Labelled, random: &mut Random) {
    let share = random.share();
    let words = random.chance(0.25);
    for piece in &mut reference.pieces {
        let mut text = String::with_capacity(piece.text.len());
        let mut last = ' ';
        for c in piece.text.chars() {
            let behind_mark = matches!(last, ',' | '.' | ':' | ';' | ')');
            let lost = c == ' '
                && (behind_mark && random.chance(share) || words && random.chance(share / 4.0));
            if !lost {
                text.push(c);
                last = c;
            }
        }
        piece.text = text;
    }
}

/// Letters taken for others.
fn slips(reference: &mut Labelled, random: &mut Random) {
    const SLIPS: [(char, char); 12] = [
        ('l', '1'),
        ('1', 'l'),
        ('O', '0'),
        ('0', 'O'),
        ('e', 'c'),
        ('ü', 'u'),
        ('ö', 'o'),
        ('é', 'e'),
        ('n', 'u'),
        ('I', 'l'),
        (',', '.'),
        ('.', ','),
    ];
    for piece in &mut reference.pieces {
        let mut text = String::with_capacity(piece.text.len());
        for c in piece.text.chars() {
            match SLIPS.iter().find(|(from, _)| *from == c) {
                Some((_, to)) if random.chance(0.04) => text.push(*to),
                _ => text.push(c),
            }
        }
        piece.text = text;
    }
}

fn straight_quotes(reference: &mut Labelled, double: bool) {
    let mark = if double { "\"" } else { "''" };
    each_piece(reference, |text| text.replace(['“', '”', '„'], mark));
}

/// What stands before and behind a reference.
fn ends(reference: &mut Labelled, random: &mut Random) {
    let other = only(Label::Other);
    let numbered = reference
        .pieces
        .first()
        .is_some_and(|p| p.set == only(Label::CitationNumber) || p.text == "[");
    if !numbered && random.chance(0.1) {
        let number = random.between(1, 120).to_string();
        let (before, behind) = *random
            .pick(&[("[", "] "), ("", ". "), ("(", ") "), ("", " "), ("", ") "), ("[", "]")])
            .unwrap_or(&("", ". "));
        let piece = |text: &str, set| Piece::new(text, set);
        let front = [
            piece(before, other),
            piece(&number, only(Label::CitationNumber)),
            piece(behind, other),
        ];
        let front = front.into_iter().filter(|piece| !piece.text.is_empty());
        reference.pieces.splice(0..0, front);
    } else if !numbered && random.chance(0.02) {
        let words = [
            "Vgl. ",
            "See ",
            "Cf. ",
            "Siehe auch ",
            "Voir ",
            "Cfr. ",
            "See also ",
            "vgl. dazu ",
            "- ",
            "• ",
            "* ",
        ];
        let word = *random.pick(&words).unwrap_or(&"See ");
        reference.pieces.insert(0, Piece::new(word, other));
    }
    if let Some(last) = reference.pieces.last_mut()
        && random.chance(0.15)
        && last.set & other != 0
        && last.text.ends_with('.')
    {
        last.text.pop();
    } else if random.chance(0.03) {
        let words = [
            " [Google Scholar]",
            " [PubMed]",
            " [CrossRef]",
            " (accessed online)",
            " 12",
            " *",
            " Google Scholar",
            " [in German]",
        ];
        let word = *random.pick(&words).unwrap_or(&"");
        reference.push(word, other | only(Label::Note));
    }
}
