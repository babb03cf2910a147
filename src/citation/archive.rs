//! Papers of an archive: the archive's name and the shelf mark behind it. The labeller learned
//! from printed works and takes both for whatever stands at such a place in those.

use super::stretch::Stretch;
use crate::label::Label;
use crate::lex::{Lexed, TokenKind};
use crate::lexicon::{Class, Site, Sites, said, said_first};
use crate::span::Span;

/// An archive's name or abbreviation is no longer than this, in tokens.
const NAME: usize = 14;

/// A shelf mark is no longer than this.
const SHELF: usize = 60;

/// Where an archive is named, and the shelf mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shelved {
    pub(crate) archive: Span,
    pub(crate) shelf: Span,
    /// What the paper is called behind its mark: `Carta del virrey`.
    pub(crate) piece: Option<Span>,
}

impl Shelved {
    /// Whether a stretch is a part of them.
    pub(crate) fn has(&self, stretch: &Stretch) -> bool {
        (self.archive.start..self.end()).contains(&stretch.span.start)
    }

    /// Where they end.
    pub(crate) fn end(&self) -> usize {
        self.piece.map_or(self.shelf.end, |piece| piece.end)
    }

    /// What of a stretch that begins elsewhere is none of them.
    pub(crate) fn without(&self, span: Span) -> Span {
        let cut = span.start < self.archive.start && self.archive.start < span.end;
        Span::new(span.start, if cut { self.archive.start } else { span.end })
    }
}

/// How sure it is that a name is an archive's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sure {
    /// `Staatsarchiv`, `ASV`.
    Yes,
    /// `Archives`, which is a journal's name too.
    Perhaps,
}

/// The archive and the shelf mark of a citation that cites papers of an archive, and no print.
pub(crate) fn shelved(lexed: &Lexed, stretches: &[Stretch], sites: Sites) -> Option<Shelved> {
    if !sites.any(&[Site::Siglum, Site::Name, Site::Perhaps])
        || !lexed.text.contains(|c: char| c.is_numeric())
    {
        return None;
    }
    let begins = |index: usize| {
        let number = |index| lexed.get(index).is_some_and(|t| t.kind == TokenKind::Number);
        // behind the number of the note too: `9 Archivo`, `9) Archivo`
        index == 0
            || index == 1 && number(0)
            || index <= 3 && (lexed.is_mark(index - 1, ')') || lexed.is_mark(index - 1, ']'))
            || matches!(
                lexed.get(index - 1).map(|token| token.kind),
                Some(TokenKind::Mark(',' | ';' | ':' | '.' | '(' | '[' | '–' | '—'))
            )
            || lexed.has(index - 1, Class::Container)
    };
    let found = (0..lexed.len()).filter(|&index| begins(index)).find_map(|index| {
        let (mut end, sure) = name(lexed, index)?;
        // its abbreviation: `Archivo General de Indias (AGI)`
        if lexed.is_mark(end, '(')
            && let Some(close) = (end + 1..end + 5).find(|&token| lexed.is_mark(token, ')'))
            && !lexed.span(end + 1, close).of(lexed.text)?.contains(char::is_numeric)
        {
            end = close + 1;
        }
        let archive = lexed.span(index, end);
        // a title that goes on with an archive's name is a title, and an author's that begins so
        let mut before = stretches.iter().take_while(|other| other.span.end <= archive.start);
        let authored = before.any(|other| other.label == Label::Author);
        let inside = stretches.iter().any(|stretch| match stretch.label {
            Label::Title if authored => {
                stretch.span.start <= archive.start && archive.start < stretch.span.end
            }
            Label::Title | Label::ContainerTitle => {
                stretch.span.start < archive.start && archive.start < stretch.span.end
            }
            _ => false,
        });
        // `Maputo: Arquivo Histórico (Estudos, 11)` published a book
        let publisher = stretches.iter().any(|stretch| {
            stretch.label == Label::Publisher
                && stretch.span.start <= archive.start
                && archive.start < stretch.span.end
        });
        let sure = if publisher { Sure::Perhaps } else { sure };
        let shelf = shelf(lexed, stretches, end, sure).filter(|_| !inside)?;
        let titled = is_titled(stretches, archive);
        let (shelf, piece) = if titled { (shelf, None) } else { parted(lexed, shelf) };
        Some(Shelved { archive, shelf, piece })
    })?;
    let titled = is_titled(stretches, found.archive);
    // a second work stands behind a semicolon
    let rest = &lexed.text[found.shelf.end..];
    let end = rest.find(';').map_or(lexed.text.len(), |at| found.shelf.end + at);
    let read = &stretches[..stretches.partition_point(|stretch| stretch.span.start < end)];
    let print = read.iter().any(|stretch| match stretch.label {
        Label::Edition | Label::Volume | Label::Issue | Label::Doi => !found.has(stretch),
        Label::Publisher => !found.has(stretch) || titled && stretch.span.start > found.shelf.start,
        _ => false,
    });
    let imprint = read.windows(2).any(|pair| {
        let gap = lexed.text.get(pair[0].span.end..pair[1].span.start);
        (pair[0].label, pair[1].label) == (Label::Place, Label::Publisher)
            && matches!(gap, Some(": " | " : "))
    });
    (!print && !imprint).then_some(found)
}

/// Whether a title stands before the archive.
fn is_titled(stretches: &[Stretch], archive: Span) -> bool {
    stretches.iter().any(|s| s.label == Label::Title && s.span.start < archive.start)
}

/// The token behind an archive's name that begins at `index`.
fn name(lexed: &Lexed, index: usize) -> Option<(usize, Sure)> {
    let end = (index..index + NAME).find(|&token| {
        lexed.get(token).is_none_or(|token| {
            matches!(token.kind, TokenKind::Mark(',' | ';' | ':' | '(' | ')' | '[' | ']'))
        })
    })?;
    let text = lexed.span(index, end).of(lexed.text)?;
    let siglum = said_first(text, Site::Siglum).filter(|said| {
        text[said.start..said.end].chars().filter(|c| c.is_uppercase()).count() >= 2
    });
    if let Some(siglum) = siglum {
        // `BArch R 43/1`: no mark parts them
        let digits = text.contains(|c: char| c.is_numeric());
        let behind = lexed.index_at(lexed.span(index, end).start + siglum.end);
        let short = end - behind <= 3;
        return (digits || short).then_some((if digits { behind } else { end }, Sure::Yes));
    }
    if text.contains(|c: char| c.is_numeric()) || !text.starts_with(char::is_uppercase) {
        return None;
    }
    let has = |site| said(text, site).next().is_some();
    if has(Site::Name) {
        Some((end, Sure::Yes))
    } else {
        has(Site::Perhaps).then_some((end, Sure::Perhaps))
    }
}

/// The shelf mark behind an archive's name that ends at the token `end`: up to a date, a page, an
/// address. It has a number; where the name is a journal's too, also a word for one (`reg. 24`).
fn shelf(lexed: &Lexed, stretches: &[Stretch], end: usize, sure: Sure) -> Option<Span> {
    let mark = lexed.get(end).map(|token| token.kind);
    let first = end + usize::from(matches!(mark, Some(TokenKind::Mark(',' | ';' | ':'))));
    let start = lexed.get(first)?.span.start;
    let most = (first + SHELF).min(lexed.len());
    let mut last = (first..most).find(|&token| lexed.is_mark(token, ';')).unwrap_or(most);
    let mut at = stretches.partition_point(|stretch| stretch.span.end <= start);
    while let Some(stretch) = stretches.get(at) {
        let token = lexed.index_at(stretch.span.start).max(first);
        if token >= last {
            break;
        }
        let page = stretch.label == Label::Pages && is_leaf(lexed, token);
        if page || matches!(stretch.label, Label::Date | Label::Accessed | Label::Url) {
            last = token;
        }
        at += 1;
    }
    last = without_lead(lexed, first, last);
    let span = lexed.span(first, last);
    let text = span.of(lexed.text)?;
    let numbered = text.contains(|c: char| c.is_numeric());
    let worded = said(text, Site::Shelf).next().is_some();
    (numbered && (sure == Sure::Yes || worded)).then_some(span)
}

/// A shelf mark without what stands behind its last number, and the first of that: it says what
/// the paper is.
fn parted(lexed: &Lexed, shelf: Span) -> (Span, Option<Span>) {
    let whole = (shelf, None);
    let Some(text) = shelf.of(lexed.text) else { return whole };
    let Some(digit) = text.rfind(|c: char| c.is_numeric()) else { return whole };
    let Some(mark) = text[digit..].find([',', ':']).map(|at| digit + at) else { return whole };
    let behind = &text[mark + 1..];
    let start = mark + 1 + (behind.len() - behind.trim_start().len());
    let end = text[start..].find(',').map_or(text.len(), |at| start + at);
    if text[start..end].split(' ').count() < 2 {
        return whole;
    }
    let at = |from: usize, to: usize| Span::new(shelf.start + from, shelf.start + to);
    (at(0, text[..mark].trim_end().len()), Some(at(start, text[..end].trim_end().len())))
}

/// Whether a word for a page or a leaf stands before a token.
fn is_leaf(lexed: &Lexed, token: usize) -> bool {
    let Some(mut before) = token.checked_sub(1) else { return false };
    if lexed.is_mark(before, '.') {
        before = before.saturating_sub(1);
    }
    lexed.has(before, Class::Page) || said_first(lexed.word(before), Site::Leaf).is_some()
}

/// The end without what leads to a page or a date: `, Bl.`, `, vom`.
fn without_lead(lexed: &Lexed, first: usize, last: usize) -> usize {
    let mut end = last;
    while end > first {
        let kind = lexed.get(end - 1).map(|token| token.kind);
        let lead = match kind {
            Some(TokenKind::Mark(mark)) => mark != ')' && mark != ']',
            Some(TokenKind::Word) if last < lexed.len() => {
                lexed.has(end - 1, Class::Page)
                    || lexed.has(end - 1, Class::Function)
                    || said_first(lexed.word(end - 1), Site::Leaf).is_some()
            }
            _ => false,
        };
        if !lead {
            break;
        }
        end -= 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use crate::{Kind, parse};

    #[test]
    fn papers_of_archives_have_a_shelf_mark() {
        for (text, archive, shelf) in [
            (
                "Archivio di Stato di Portomare, Consoli, reg. 24, c. 7r.",
                "Archivio di Stato di Portomare",
                "Consoli, reg. 24",
            ),
            ("ASV, Porti, b. 80, n. 134.", "ASV", "Porti, b. 80, n. 134"),
            (
                "9 Landesarchiv Nordmark, Abt. 12, Nr. 345, Bl. 6: Bericht der Hafenwacht, 3. Mai 1911.",
                "Landesarchiv Nordmark",
                "Abt. 12, Nr. 345",
            ),
        ] {
            let work = parse(text);
            assert_eq!(work.kind, Kind::Manuscript, "{text}");
            assert_eq!(work.archive.as_deref(), Some(archive), "{text}");
            // the leaf may be told apart
            let location = work.archive_location.unwrap_or_default();
            assert!(location.starts_with(shelf), "{text}: {location}");
            assert_eq!(work.container_title, None, "{text}");
        }
    }

    #[test]
    fn journals_and_publishers_are_no_archives() {
        for text in [
            "Poe, A. (1999). Night pilots. Archiv für Hafenkunde, 12, 33-45.",
            "Poe, A. (1999). Fog disease. Archives of Harbour Medicine, 66, 123-9.",
            "Poe, A. 1997. Terra e porto. Maputo: Arquivo Histórico de Moçambique (Colecção Estudos, 11).",
        ] {
            assert_eq!(parse(text).archive, None, "{text}");
        }
    }
}
