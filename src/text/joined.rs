//! One clean string made of stretches of a source, each byte of which knows where it stood.
//!
//! Entries of a bibliography run over lines, pages and marks; the parser wants one line. The
//! text is brought to NFC, white space of every kind becomes one space, control and invisible
//! characters go. Addresses are translated back in this one place.

use super::mark::Mark;
use crate::span::Span;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

/// A clean string and the places of its parts in the source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Joined {
    text: String,
    /// Where each piece begins in `text`, and the stretch of the source it stands for.
    pieces: Vec<Piece>,
    /// How stretches of `text` are marked; `None` where the source knows no marks.
    marks: Option<Vec<Mark>>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    source: Span,
    /// Whether bytes correspond one to one, so that an address inside can be told. Single spaces
    /// may stand inside, none at an end.
    exact: bool,
}

impl Joined {
    /// The whole of a text.
    pub(crate) fn of(source: &str) -> Self {
        let mut joined = Self::default();
        joined.push(source, Span::new(0, source.len()));
        joined
    }

    /// Adds the stretch `span` of `source`; white space at a seam is the caller's
    /// ([`Joined::push_space`]).
    pub(crate) fn push(&mut self, source: &str, span: Span) {
        let Some(stretch) = span.of(source) else { return };
        self.text.reserve(stretch.len());
        let mut at = 0;
        while at < stretch.len() {
            let plain = plain(&stretch.as_bytes()[at..]);
            if plain > 0 {
                let source = Span::new(span.start + at, span.start + at + plain);
                self.push_piece(&stretch[at..at + plain], source, true);
                at += plain;
            } else {
                at += self.push_letter(&stretch[at..], span.start + at);
            }
        }
    }

    /// Adds the character that `stretch` begins with, and the marks that make one letter with it;
    /// `start` is its place in the source. How many bytes that was.
    fn push_letter(&mut self, stretch: &str, start: usize) -> usize {
        let mut chars = stretch.chars();
        let Some(c) = chars.next() else { return 0 };
        let mut end = c.len_utf8();
        let mut read = end;
        if c.is_whitespace() {
            self.push_space();
        } else if !is_invisible(c) {
            let mut marked = false;
            for next in chars {
                if joins(next) {
                    end = read + next.len_utf8();
                    marked = true;
                } else if next.is_whitespace() || !is_invisible(next) {
                    break;
                }
                // "e", a zero-width space, an acute accent: one letter once the space goes.
                read += next.len_utf8();
            }
            let cluster = &stretch[..end];
            let source = Span::new(start, start + end);
            if !marked && (is_composed(c) || is_nfc(cluster)) {
                self.push_piece(cluster, source, true);
            } else {
                let seen = cluster.chars().filter(|&c| !is_invisible(c));
                self.push_piece(&seen.nfc().collect::<String>(), source, false);
            }
        }
        read
    }

    /// Adds one space, unless the text is empty or ends in one.
    pub(crate) fn push_space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn push_piece(&mut self, text: &str, source: Span, exact: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        if let Some(last) = self.pieces.last_mut()
            && exact
            && last.exact
            && let between = source.start.wrapping_sub(last.source.end)
            && between <= 1
            && last.start + last.source.len() + between == start
        {
            last.source.end = source.end;
        } else {
            self.pieces.push(Piece { start, source, exact });
        }
    }

    /// The part of the clean text at `span`, which knows where it stood as the whole does.
    pub(crate) fn part(&self, span: Span) -> Self {
        let text = span.of(&self.text).unwrap_or("").to_owned();
        let first = self.pieces.partition_point(|piece| piece.start <= span.start);
        let pieces = self.pieces[first.saturating_sub(1)..]
            .iter()
            .take_while(|piece| piece.start < span.end)
            .filter_map(|piece| {
                if !piece.exact {
                    let start = piece.start.checked_sub(span.start)?;
                    return Some(Piece { start, ..*piece });
                }
                let source = self.exact(piece, span)?;
                let start = piece.start + (source.start - piece.source.start) - span.start;
                Some(Piece { start, source, exact: true })
            })
            .collect();
        let marks = self.marks.as_ref().map(|marks| {
            let inside = marks.iter().filter_map(|mark| {
                let start = mark.span.start.max(span.start);
                let end = mark.span.end.min(span.end);
                let span = Span::new(start.checked_sub(span.start)?, end.checked_sub(span.start)?);
                (!span.is_empty()).then(|| Mark { span, ..mark.clone() })
            });
            inside.collect()
        });
        Self { text, pieces, marks }
    }

    /// Takes over the marks of the source that fall on its stretches; `marks` are in order of
    /// their beginning.
    pub(crate) fn mark<'a>(&mut self, marks: impl Iterator<Item = &'a Mark>) {
        let mut found = self.marks.take().unwrap_or_default();
        for mark in marks {
            if let Some(span) = self.place(mark.span) {
                found.push(Mark { span, style: mark.style.clone() });
            }
        }
        self.marks = Some(found);
    }

    /// How stretches of the clean text are marked, in the order of their beginning; `None` where
    /// the source knows no marks, as plain text does not.
    pub(crate) fn marks(&self) -> Option<&[Mark]> {
        self.marks.as_deref()
    }

    /// The stretch of the clean text that was made of `source`.
    fn place(&self, source: Span) -> Option<Span> {
        let first = self.pieces.partition_point(|piece| piece.source.end <= source.start);
        let behind = self.pieces.partition_point(|piece| piece.source.start < source.end);
        let (from, to) = (self.pieces.get(first)?, self.pieces.get(behind.checked_sub(1)?)?);
        let inside = |piece: &Piece, at: usize| match piece.exact {
            true => {
                piece.start + at.clamp(piece.source.start, piece.source.end) - piece.source.start
            }
            false if at <= piece.source.start => piece.start,
            false => self.pieces.get(behind).map_or(self.text.len(), |next| next.start),
        };
        let (start, end) = (inside(from, source.start), inside(to, source.end));
        // white space at the ends is not marked
        let start = start + usize::from(from.exact && self.is_space(start));
        let end = end - usize::from(to.exact && self.is_space(end.wrapping_sub(1)));
        let span = Span::new(start, end);
        (first < behind && !span.is_empty()).then_some(span)
    }

    /// Where in the source the part of an exact piece stood that `span` covers, without white
    /// space at its ends.
    fn exact(&self, piece: &Piece, span: Span) -> Option<Span> {
        let from = span.start.max(piece.start);
        let to = span.end.min(piece.start + piece.source.len());
        let from = from + usize::from(self.is_space(from));
        let to = to - usize::from(self.is_space(to.wrapping_sub(1)));
        let start = piece.source.start;
        (from < to).then(|| Span::new(start + from - piece.start, start + to - piece.start))
    }

    fn is_space(&self, at: usize) -> bool {
        self.text.as_bytes().get(at) == Some(&b' ')
    }

    /// Takes the last character away: the hyphen of a word divided at a line's end.
    pub(crate) fn pop(&mut self) {
        let Some(c) = self.text.pop() else { return };
        if let Some(last) = self.pieces.last_mut()
            && last.start + if last.exact { last.source.len() } else { 1 } > self.text.len()
        {
            if last.start >= self.text.len() {
                self.pieces.pop();
            } else {
                last.source.end -= c.len_utf8() + usize::from(self.text.ends_with(' '));
            }
        }
    }

    /// The clean text, without white space at its end.
    pub(crate) fn text(&self) -> &str {
        self.text.trim_end()
    }

    /// The length of the clean text so far, in bytes, a space at its end included.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// The clean text alone.
    pub(crate) fn into_text(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }

    /// Where in the source a stretch of the clean text stood: one span, or more where the
    /// source interrupts it by more than white space.
    pub(crate) fn source(&self, span: Span) -> Vec<Span> {
        let first =
            self.pieces.partition_point(|piece| piece.start <= span.start).saturating_sub(1);
        let mut spans: Vec<Span> = Vec::new();
        for piece in self.pieces[first.min(self.pieces.len())..]
            .iter()
            .take_while(|piece| piece.start < span.end)
        {
            let source = if piece.exact {
                let Some(source) = self.exact(piece, span) else { continue };
                source
            } else {
                piece.source
            };
            match spans.last_mut() {
                // White space and marks of a few bytes between do not break a span in two.
                Some(last) if source.start - last.end <= SEAM => last.end = source.end,
                _ => spans.push(source),
            }
        }
        spans
    }
}

/// How many letters and marks of ASCII `bytes` begins with, none of which a mark can join, single
/// spaces between them included.
fn plain(bytes: &[u8]) -> usize {
    let (mut len, mut may_space) = plain_eights(bytes);
    for &byte in &bytes[len..] {
        match byte {
            b'!'..=b'~' => may_space = true,
            b' ' if may_space => may_space = false,
            _ => break,
        }
        len += 1;
    }
    // a space that nothing stands behind ends the piece before
    len -= usize::from(len > 0 && !may_space);
    match bytes.get(len) {
        None | Some(b' ' | b'\n') => len,
        // what stands behind may join the last letter, and a space ends no piece
        Some(_) => match bytes[..len.saturating_sub(1)] {
            [.., b' '] => len - 2,
            [..] => len.saturating_sub(1),
        },
    }
}

/// How many eights of bytes `bytes` begins with that are letters, marks and single spaces of
/// ASCII, in bytes, and whether a space may stand behind them. All eight are looked at in one
/// number, since every text goes through here.
fn plain_eights(bytes: &[u8]) -> (usize, bool) {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = EACH * 0x80;
    // the high bit of each byte that is `mark`, where none has it by itself
    let is = |word: u64, mark: u8| !((word ^ (EACH * u64::from(mark))) + EACH * 0x7f) & HIGH;
    let mut len = 0;
    // a space at the beginning would stand alone
    let mut space_before = 0x80;
    for eight in bytes.as_chunks().0 {
        let word = u64::from_le_bytes(*eight);
        if word & HIGH != 0 {
            break;
        }
        let control = !(word + EACH * (0x80 - b' ' as u64)) & HIGH;
        let spaces = is(word, b' ');
        if (control | is(word, 0x7f) | spaces & (spaces << 8 | space_before)) != 0 {
            break;
        }
        space_before = spaces >> 56;
        len += 8;
    }
    (len, space_before == 0)
}

/// How many bytes of white space or dropped marks may lie inside one source span.
const SEAM: usize = 12;

/// Whether `c` makes one letter with what stands before it: a mark, or the second or third part
/// of a Korean syllable (Hangul vowels and finals, which are no marks).
fn joins(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
        || matches!(c, '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}')
}

/// Whether `c` is one of the many characters that nobody need look up: alone they are NFC.
fn is_composed(c: char) -> bool {
    c < '\u{300}' || matches!(c, '\u{2010}'..='\u{2027}' | '\u{4e00}'..='\u{9fff}')
}

/// Characters that carry no text: controls, soft hyphens, zero-width and direction marks.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_folds_and_addresses_survive() {
        let source = "  Simic\u{301}, B.\u{a0}\n  Europol ";
        let joined = Joined::of(source);
        assert_eq!(joined.text(), "Simić, B. Europol");
        let at = joined.text().find("Europol").unwrap();
        let spans = joined.source(Span::new(at, at + 7));
        assert_eq!(spans.len(), 1);
        assert_eq!(spans[0].of(source), Some("Europol"));
        let spans = joined.source(Span::new(0, "Simić".len()));
        assert_eq!(spans[0].of(source), Some("Simic\u{301}"));
    }

    #[test]
    fn a_part_knows_where_it_stood() {
        let source = "Roe,\n Harbour;  Simic\u{301}, B. Europol";
        let joined = Joined::of(source);
        let at = joined.text().find("Simić").unwrap();
        let part = joined.part(Span::new(at, joined.text().len()));
        assert_eq!(part.text(), "Simić, B. Europol");
        let spans = part.source(Span::new(0, "Simić".len()));
        assert_eq!(spans[0].of(source), Some("Simic\u{301}"));
        let spans = part.source(Span::new("Simić, B. ".len(), part.text().len()));
        assert_eq!(spans[0].of(source), Some("Europol"));
    }

    #[test]
    fn letters_in_parts_become_one() {
        for source in ["\u{1112}\u{1161}\u{11ab}", "e\u{200b}\u{301}", "e\u{301}\u{323}\0\u{302}"] {
            let joined = Joined::of(source);
            assert!(is_nfc(joined.text()), "{:?}", joined.text());
            let spans = joined.source(Span::new(0, joined.text().len()));
            assert_eq!(spans, [Span::new(0, source.len())]);
        }
    }

    #[test]
    fn a_hyphen_at_a_line_end_goes() {
        let source = "infor-\nmation";
        let mut joined = Joined::default();
        joined.push(source, Span::new(0, 6));
        joined.pop();
        joined.push(source, Span::new(7, 13));
        assert_eq!(joined.text(), "information");
        assert_eq!(joined.source(Span::new(0, 11)), [Span::new(0, 13)]);
    }
}
