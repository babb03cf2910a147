//! From labelled words to stretches of text: the marks at a stretch's ends that belong to it (the
//! stop of initials, a question mark, a bracket that closes one inside) and those that do not.

use crate::label::{Label, Labelling};
use crate::lex::Lexed;
use crate::lexicon::{Class, lexicon};
use crate::span::Span;
use crate::text::{is_alphabetic, is_alphanumeric};

/// Words of one label, next to one another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub(crate) label: Label,
    /// Where its text stands.
    pub(crate) span: Span,
    /// Its first position.
    pub(crate) first: usize,
    /// The position behind its last.
    pub(crate) end: usize,
    /// The smallest share that its label has at one of its positions.
    pub(crate) share: f32,
    /// The second label there, where that share is less than [`DOUBTFUL`].
    pub(crate) second: Label,
}

/// A stretch whose label has a smaller share than this is said to be doubtful.
pub(crate) const DOUBTFUL: f32 = 0.5;

/// Whether a title is that of one volume: the number of the volume stands before it, and before
/// that a title of the whole (`Deutsche Geschichte, Bd. 3: Das Reich`).
pub(crate) fn is_of_a_volume(stretch: &Stretch, all: &[Stretch]) -> bool {
    let behind = all.partition_point(|other| other.first < stretch.first);
    let mut before = all[..behind].iter().rev().map(|other| other.label);
    stretch.label == Label::Title
        && before.find(|&label| label != Label::Other) == Some(Label::Volume)
        && before.any(|label| matches!(label, Label::Title | Label::ContainerTitle))
}

/// The stretches of a labelled text, in its order.
pub(crate) fn stretches(lexed: &Lexed, labelling: &Labelling) -> Vec<Stretch> {
    let labels = &labelling.labels;
    let mut found = Vec::with_capacity(labels.len() / 2 + 1);
    let mut first = 0;
    while first < labels.len() {
        let mut label = labels[first];
        let mut end = first + 1;
        // the label of words that a value cut behind a small word goes on with
        let mut taken = None;
        while end < labels.len() {
            let goes_on = taken == Some(labels[end]) && !is_divided(lexed, labelling, end)
                || labels[end] == label && !parted(lexed, labelling, label, end);
            if !goes_on {
                if !is_cut(lexed, labelling, label, end) {
                    break;
                }
                taken = Some(labels[end]);
            }
            end += 1;
        }
        if is_imprint(lexed, labelling, &found, first) {
            label = Label::Publisher;
        }
        let (share, second) = weakest(labelling, label, first, end);
        let limit = labelling.positions.get(end).map_or(lexed.text.len(), |p| p.span.start);
        let floor = first.checked_sub(1).map_or(0, |before| labelling.positions[before].span.end);
        let bare =
            Span::new(labelling.positions[first].span.start, labelling.positions[end - 1].span.end);
        let span = grown(lexed.text, label, bare, floor, limit);
        found.push(Stretch { label, span, first, end, share, second });
        first = end;
    }
    found
}

/// `University; Rijeka` before `: Faculty`: the last part is the place of a second publisher.
pub(crate) fn with_second_imprints(text: &str, found: Vec<Stretch>) -> Vec<Stretch> {
    let place = |stretch: &Stretch, next: Option<&Stretch>| -> Option<usize> {
        let gap = text.get(stretch.span.end..next?.span.start)?;
        if stretch.label != Label::Publisher || !matches!(gap, ": " | " : ") {
            return None;
        }
        let inside = stretch.span.of(text)?;
        let at = inside.rfind("; ")?;
        let short = inside[at + 2..].split(' ').count() <= 3;
        short.then_some(stretch.span.start + at)
    };
    if !found.windows(2).any(|pair| place(&pair[0], pair.get(1)).is_some()) {
        return found;
    }
    let mut parted = Vec::with_capacity(found.len() + 1);
    let mut publisher = false;
    for (index, &stretch) in found.iter().enumerate() {
        let mut stretch = stretch;
        let behind = |nth: usize, label| found.get(index + nth).is_some_and(|s| s.label == label);
        let journal = behind(1, Label::Volume) && behind(2, Label::Issue);
        if std::mem::take(&mut publisher)
            && !journal
            && matches!(
                stretch.label,
                Label::Note | Label::CollectionTitle | Label::ContainerTitle | Label::Other
            )
        {
            stretch.label = Label::Publisher;
        }
        if let Some(at) = place(&stretch, found.get(index + 1)) {
            let span = Span::new(stretch.span.start, at);
            parted.push(Stretch { span, ..stretch });
            stretch.span.start = at + 2;
            stretch.label = Label::Place;
            publisher = true;
        }
        parted.push(stretch);
    }
    parted
}

/// Whether a value is cut behind a small word, which ends none: `University of` before `Lisbon`,
/// `Congress Rivers in the` before `Modern Age`.
fn is_cut(lexed: &Lexed, labelling: &Labelling, label: Label, at: usize) -> bool {
    use Label::{CollectionTitle, ContainerTitle, Note, Place, Publisher, Title};
    let before = labelling.positions[at - 1];
    matches!(label, Publisher | Title | ContainerTitle | CollectionTitle)
        && matches!(
            labelling.labels[at],
            Publisher | Title | ContainerTitle | CollectionTitle | Place | Note
        )
        && lexed.has(before.token, Class::Function)
        && lexed.text[before.span.start..].starts_with(char::is_lowercase)
        && gap(lexed, labelling, at) == " "
}

/// What stands before a position, behind the one before it.
fn gap<'a>(lexed: &Lexed<'a>, labelling: &Labelling, at: usize) -> &'a str {
    let start = at.checked_sub(1).map_or(0, |before| labelling.positions[before].span.end);
    lexed.text.get(start..labelling.positions[at].span.start).unwrap_or("")
}

/// Whether a mark that ends something stands before a position.
fn is_divided(lexed: &Lexed, labelling: &Labelling, at: usize) -> bool {
    gap(lexed, labelling, at).contains([',', ';', '.'])
}

/// Whether what begins at position `first` stands where a publisher does: behind a place and a
/// colon.
fn is_imprint(lexed: &Lexed, labelling: &Labelling, found: &[Stretch], first: usize) -> bool {
    matches!(labelling.labels[first], Label::CollectionTitle | Label::Note | Label::ContainerTitle)
        && found.last().is_some_and(|last| last.label == Label::Place)
        && matches!(gap(lexed, labelling, first), ": " | " : ")
}

/// Whether a new value of the same field begins at a position: volume and issue in one
/// (`12(3)`), and a footnote's second reference, are told elsewhere.
fn parted(lexed: &Lexed, labelling: &Labelling, label: Label, at: usize) -> bool {
    let gap = || gap(lexed, labelling, at);
    match label {
        Label::Volume | Label::Issue => gap().contains(['(', ',', ';', ':']),
        Label::Date => gap().contains(['(', ')', ';', '[']),
        Label::Url | Label::Doi => labelling.positions[at].link && labelling.positions[at - 1].link,
        _ => false,
    }
}

fn weakest(labelling: &Labelling, label: Label, first: usize, end: usize) -> (f32, Label) {
    let (mut share, mut at) = (1.0, first);
    for (index, row) in labelling.shares[first..end].iter().enumerate() {
        if row[label as usize] < share {
            (share, at) = (row[label as usize], first + index);
        }
    }
    // nobody asks what else a label may be that has most of the share
    if share >= DOUBTFUL {
        return (share, Label::Other);
    }
    let second = Label::ALL
        .into_iter()
        .filter(|&other| other != label)
        .max_by(|&a, &b| {
            let row = &labelling.shares[at];
            row[a as usize].total_cmp(&row[b as usize])
        })
        .unwrap_or(Label::Other);
    (share, second)
}

/// How many marks at either end can belong to a value.
const GROWTH: usize = 12;

/// What opens and what closes, as languages have it.
const PAIRS: [(char, char); 9] = [
    ('(', ')'),
    ('[', ']'),
    ('“', '”'),
    ('„', '“'),
    ('«', '»'),
    ('»', '«'),
    ('‹', '›'),
    ('›', '‹'),
    ('‚', '‘'),
];

/// Whether a text opens a pair that `mark` closes.
fn is_open(text: &str, (open, close): (char, char), mark: char) -> bool {
    mark == close && text.matches(open).count() > text.matches(close).count()
}

/// Whether a text closes a pair that `mark` opens.
fn is_closed(text: &str, (open, close): (char, char), mark: char) -> bool {
    mark == open && text.matches(close).count() > text.matches(open).count()
}

/// The span with the marks at its ends that belong to the value, not beyond `floor` and `limit`.
fn grown(text: &str, label: Label, span: Span, floor: usize, limit: usize) -> Span {
    let mut end = span.end;
    let names = matches!(label, Label::Author | Label::Editor | Label::Translator);
    let titled = matches!(
        label,
        Label::Title | Label::ContainerTitle | Label::CollectionTitle | Label::Note
    );
    for _ in 0..GROWTH {
        let Some(c) = text[end..limit].chars().next() else { break };
        let inside = &text[span.start..end];
        let belongs = match c {
            ' ' | ',' | ';' | ':' => false,
            '.' => names && ends_in_initial(inside) || !names && ends_abbreviated(label, inside),
            '?' | '!' => titled,
            '+' | '#' | '*' | '′' | '%' | '°' | '²' | '³' => end == span.end,
            _ if PAIRS.iter().any(|&pair| is_open(inside, pair, c)) => true,
            '’' => inside.contains('‘') && !inside.contains('’'),
            '"' => inside.matches('"').count() % 2 == 1,
            _ => false,
        };
        if !belongs {
            break;
        }
        end += c.len_utf8();
    }
    let mut start = span.start;
    for _ in 0..GROWTH {
        let Some(c) = text[floor..start].chars().next_back() else { break };
        let inside = &text[start..end];
        let belongs = match c {
            ' ' => false,
            _ if PAIRS.iter().any(|&pair| is_closed(inside, pair, c)) => true,
            '¿' | '¡' => true,
            '"' => inside.matches('"').count() % 2 == 1,
            _ => false,
        };
        if !belongs {
            break;
        }
        start -= c.len_utf8();
    }
    Span::new(start, end)
}

/// The word that `text` ends with.
fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .find(|&(_, c)| !is_alphanumeric(c) && !matches!(c, '-' | '’' | '\''))
        .map_or(0, |(at, c)| at + c.len_utf8());
    &text[start..]
}

fn ends_in_initial(text: &str) -> bool {
    let word = last_word(text);
    let letters = word.chars().filter(|&c| is_alphabetic(c)).count();
    let classes = lexicon().classes(word);
    let part = word.rsplit(['-', '‐']).next().unwrap_or(word);
    (letters <= 2 || part.chars().count() == 1)
        && part.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
        || classes.has(Class::Suffix) && word.len() <= 3
        // `Roe, K. v.`, `Dies.`
        || classes.has(Class::ShortParticle)
        || classes.has(Class::Company) && text.contains([' ', ','])
        || word.len() == text.len() && classes.has(Class::Ditto)
}

/// `Phys. Rev.` ends in a stop where it has others; `Co.` and `Inc.` always.
fn ends_abbreviated(label: Label, text: &str) -> bool {
    let word = last_word(text);
    let capital = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    match label {
        Label::ContainerTitle | Label::CollectionTitle => {
            let short = word.chars().count() <= 6 && !word.bytes().all(|b| b.is_ascii_digit());
            short && text.match_indices(". ").any(|(at, _)| last_word(&text[..at]).len() <= 6)
                || capital && text.contains('.')
        }
        // `n.d.`, `o. J.`
        Label::Date => {
            word.chars().count() == 1 && text.contains('.') && !text.contains(char::is_numeric)
        }
        Label::Publisher | Label::Place => {
            matches!(word, "Co" | "Inc" | "Ltd" | "Corp" | "Cie" | "Pty")
                || capital && text.contains('.')
        }
        _ => false,
    }
}
