//! Whether a line cites more than one work: a reference that is whole, a semicolon or a full
//! stop, and a reference that is whole again. A footnote's words between the two (`but cf.`)
//! belong to neither.

use super::stretch::Stretch;
use crate::grammar::date::YEARS;
use crate::label::Label;
use crate::lex::Lexed;
use crate::lexicon::{Class, lexicon};
use crate::span::Span;
use crate::text::beginning;

/// How many bytes of what may be another reference are read by themselves.
const READ: usize = 600;

/// How many times that is done for a line.
const TIMES: usize = 12;

/// The shortest reference, in bytes.
const SHORTEST: usize = 12;

/// How many works a line cites at most; the last has the rest of the line.
const WORKS: usize = 1000;

/// Where the references of a line stand, in its order; none where it cites one work.
///
/// The labels of a line are those of one work. Behind a semicolon they often are wrong: `alone`
/// says whether a text, read by itself, is a reference ([`is_reference`]).
pub(super) fn references(
    lexed: &Lexed,
    stretches: &[Stretch],
    mut alone: impl FnMut(&str) -> bool,
) -> Vec<Span> {
    let text = lexed.text;
    let starts = starts(lexed, stretches);
    if starts.is_empty() {
        return Vec::new();
    }
    let mut references = Vec::new();
    let mut from = 0;
    let mut times = 0;
    let mut first = starts
        .first()
        .map_or(Seen::default(), |start| Seen::of(lexed, &stretches[..start.stretch]));
    for (index, start) in starts.iter().enumerate() {
        if references.len() >= WORKS {
            break;
        }
        let end = starts.get(index + 1).map_or(stretches.len(), |next| next.stretch);
        let second = Seen::of(lexed, &stretches[start.stretch..end]);
        let mut cuts = first.is_first(start.mark) && second.is_another(start.mark, first);
        if !cuts && start.named && first.is_first(start.mark) && times < TIMES {
            times += 1;
            let end = start.begin + beginning(&text[start.begin..], READ).len();
            cuts = alone(trimmed(text, Span::new(start.begin, end)).of(text).unwrap_or(""));
        }
        if cuts {
            references.push(trimmed(text, Span::new(from, start.end)));
            from = start.begin;
            first = second;
        } else {
            first = first.with(second);
        }
    }
    references.push(trimmed(text, Span::new(from, text.len())));
    references
}

/// Whether a text is a reference that begins with its author.
pub(super) fn is_reference(lexed: &Lexed, stretches: &[Stretch]) -> bool {
    let field = stretches.iter().find(|stretch| stretch.label != Label::Other);
    field.is_some_and(|field| field.label == Label::Author)
        && Seen::of(lexed, stretches).is_titled()
        && Seen::of(lexed, stretches).is_first(Parting::Semicolon)
}

/// What parts two references.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parting {
    Semicolon,
    Stop,
}

/// Where another reference may begin.
struct Start {
    stretch: usize,
    mark: Parting,
    /// Where the reference before ends.
    end: usize,
    /// Where this one begins, behind the mark.
    begin: usize,
    /// Whether it may begin with a name, whatever its labels say.
    named: bool,
}

fn starts(lexed: &Lexed, stretches: &[Stretch]) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    let semicolons = lexed.text.contains(';') || lexed.text.contains('；');
    // the last stretch before that is a field's
    let mut field: Option<&Stretch> = None;
    for (index, stretch) in stretches.iter().enumerate() {
        let again = again(lexed, stretch);
        let opens = match stretch.label {
            Label::Author => field.is_some_and(|before| before.label != Label::Author),
            _ => again,
        };
        // without a semicolon only what opens a reference can be another's
        if let Some(before) = field
            && (opens || semicolons)
            && let Some((mark, end, begin)) =
                parting(lexed.text, before.span.end, opening(lexed.text, stretch))
            // words of a footnote and the name behind them begin one reference
            && starts.last().is_none_or(|last| last.end < end)
        {
            let rest = &lexed.text[begin..];
            let imprint = before.label == Label::Publisher && is_imprint(rest);
            let named = mark == Parting::Semicolon && !imprint && begins_as_a_name(rest);
            let paper = mark == Parting::Semicolon && stretch.label == Label::ContainerTitle;
            if opens || paper || named {
                starts.push(Start { stretch: index, mark, end, begin, named });
            }
        }
        if stretch.label != Label::Other || again {
            field = Some(stretch);
        }
    }
    starts
}

/// Where a stretch of names begins behind what a page's number drew in: `12 ff.; Roe, J.`
fn opening(text: &str, stretch: &Stretch) -> usize {
    let span = stretch.span;
    if stretch.label != Label::Author {
        return span.start;
    }
    let drawn = span.of(text).and_then(|names| {
        let (drawn, _) = names.split_once(';').filter(|(drawn, _)| drawn.len() <= DRAWN)?;
        (!drawn.contains(char::is_uppercase)).then_some(drawn.len() + 1)
    });
    span.start + drawn.unwrap_or(0)
}

/// How many bytes of a page's words may be taken for names.
const DRAWN: usize = 8;

/// Whether a reference may begin here: with a capital, or a footnote's words.
fn begins_as_a_name(text: &str) -> bool {
    let text = text.trim_start();
    text.len() >= SHORTEST
        && (text.starts_with(char::is_uppercase) || lexicon().phrase(text, Class::LeadIn).is_some())
}

/// Whether a text is another place and publisher of the same work: `Rijeka: Faculty of Law, pp.
/// 12-30`. Another work would have a year.
fn is_imprint(text: &str) -> bool {
    let text = beginning(text.trim_start(), READ);
    let Some((place, rest)) = text.split_once(": ") else { return false };
    let mut numbers = rest.split(|c: char| !c.is_ascii_digit());
    let year = numbers.any(|number| number.parse().is_ok_and(|year| YEARS.contains(&year)));
    // `Roe: Docks, Leiden: Brill`
    let mut colons = rest.match_indices(": ").map(|(at, _)| &rest[..at]);
    let again = colons.any(|before| before.ends_with(char::is_alphabetic));
    place.split(' ').count() <= 3 && !place.contains(['.', ',', '/']) && !year && !again
}

/// Whether a stretch of words says `ibid.`
fn again(lexed: &Lexed, stretch: &Stretch) -> bool {
    says(lexed, stretch, Class::Ibidem)
}

fn says(lexed: &Lexed, stretch: &Stretch, class: Class) -> bool {
    if stretch.label != Label::Other || !lexed.says(class) {
        return false;
    }
    let mut tokens = lexed.index_at(stretch.span.start)..lexed.index_at(stretch.span.end);
    tokens.any(|at| lexed.phrase(at, class).is_some())
}

/// The mark between two fields that can part references: a semicolon, or a full stop that
/// stands right behind the first.
fn parting(text: &str, from: usize, to: usize) -> Option<(Parting, usize, usize)> {
    let gap = text.get(from..to)?;
    if let Some((at, c)) = gap.char_indices().find(|&(_, c)| matches!(c, ';' | '；')) {
        return Some((Parting::Semicolon, from + at, from + at + c.len_utf8()));
    }
    let marks = gap.find(char::is_alphanumeric).unwrap_or(gap.len());
    let stop = gap[..marks].char_indices().find(|&(_, c)| matches!(c, '.' | '。'));
    let (at, c) = match stop {
        Some((at, c)) => (from + at, c),
        // the stop of an abbreviation belongs to its field
        None if text[..from].ends_with('.') => return Some((Parting::Stop, from, from)),
        None => return None,
    };
    Some((Parting::Stop, at + c.len_utf8(), at + c.len_utf8()))
}

fn trimmed(text: &str, span: Span) -> Span {
    let part = span.of(text).unwrap_or("");
    let marks = |c: char| c.is_whitespace() || matches!(c, ';' | '；' | ',');
    let start = part.len() - part.trim_start_matches(marks).len();
    let end = part.trim_end_matches(marks).len().max(start);
    Span::new(span.start + start, span.start + end)
}

/// The fields of a reference, a bit for each label, and whether it stands for another.
#[derive(Clone, Copy, Default)]
struct Seen(u32);

impl Seen {
    const IBIDEM: u32 = 1 << 30;
    const CITED: u32 = 1 << 31;

    fn of(lexed: &Lexed, stretches: &[Stretch]) -> Self {
        let mut seen = 0;
        for stretch in stretches {
            seen |= 1 << stretch.label as u32;
            if says(lexed, stretch, Class::Ibidem) {
                seen |= Self::IBIDEM;
            }
            if says(lexed, stretch, Class::OpCit) {
                seen |= Self::CITED;
            }
        }
        Self(seen)
    }

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn any(self, labels: &[Label]) -> bool {
        labels.iter().any(|&label| self.0 & (1 << label as u32) != 0)
    }

    fn is_titled(self) -> bool {
        self.any(&[Label::Title, Label::ContainerTitle])
    }

    /// `Ibid.`, or an author's `op. cit.`
    fn is_short(self) -> bool {
        self.0 & Self::IBIDEM != 0 || self.0 & Self::CITED != 0 && self.any(&[Label::Author])
    }

    /// A paper of a journal, as physicists cite it.
    fn is_bare_paper(self) -> bool {
        self.any(&[Label::ContainerTitle])
            && self.any(&[Label::Volume])
            && self.any(&[Label::Date])
            && self.any(&[Label::Pages])
    }

    /// Whether this can be all of a reference that ends in `mark`.
    fn is_first(self, mark: Parting) -> bool {
        let dated = self.any(&[Label::Date]);
        let named = self.any(&[Label::Author, Label::Editor]);
        self.is_short()
            || match mark {
                Parting::Semicolon => {
                    (named || self.is_titled()) && (dated || self.any(&[Label::Pages]))
                }
                Parting::Stop => self.is_titled() && dated && named,
            }
    }

    /// Whether this can be all of a reference that begins behind `mark`, after another.
    fn is_another(self, mark: Parting, first: Self) -> bool {
        let author = self.any(&[Label::Author]);
        let dated = self.any(&[Label::Date]);
        self.is_short()
            || match mark {
                Parting::Semicolon => {
                    // `Roe 1990: 12; Poe 1995: 30`
                    let like = self.is_titled() || !first.is_titled();
                    author && like && (dated || self.any(&[Label::Pages]))
                        || self.is_bare_paper() && first.is_bare_paper()
                }
                Parting::Stop => author && self.any(&[Label::Title]) && dated,
            }
    }
}
