//! What a citation says of the one before it: `Ibid.`, `Roe, op. cit.`, a dash or `Idem` in an
//! author's place. Only its words are read here; what they stand for is told by
//! [`antecedent`](super::antecedent).

use crate::lex::Lexed;
use crate::lexicon::{Class, lexicon};
use crate::span::Span;

/// What a citation stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Echo {
    /// Dashes where names stand, one for each name or for all.
    Dashes { span: Span, count: usize },
    /// A word for the same person: `Idem`, `Ders.`
    Person { span: Span },
    /// A word for the same work: `Ibid.`
    Work { span: Span },
    /// A word for a work of the author who is named before it: `op. cit.`
    Cited { span: Span },
}

/// How many words of a footnote are passed over at its beginning.
const WORDS: usize = 8;

/// How many dashes for names are counted.
const DASHES: usize = 20;

/// What the beginning of a citation says.
pub(super) fn beginning(text: &str) -> Option<Echo> {
    let start = start(text);
    let rest = &text[start..];
    if let Some((count, len)) = dashes(rest) {
        return Some(Echo::Dashes { span: Span::new(start, start + len), count });
    }
    let ends = |len: usize| {
        let behind = rest[len..].trim_start();
        rest[..len].ends_with('.')
            || behind.chars().next().is_none_or(|c| !c.is_alphanumeric())
            || lexicon().phrase(behind, Class::Conjunction).is_some()
    };
    let phrase = |class| lexicon().phrase(rest, class).filter(|&len| ends(len));
    if let Some(len) = phrase(Class::Ibidem) {
        return Some(Echo::Work { span: Span::new(start, start + len) });
    }
    let len = phrase(Class::Ditto)?;
    Some(Echo::Person { span: Span::new(start, start + len) })
}

/// Whether `text` is a word for the same person and nothing else.
pub(super) fn is_person(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    !text.is_empty() && lexicon().phrase(text, Class::Ditto) == Some(text.len())
}

/// The last `op. cit.` of a text.
pub(super) fn cited(lexed: &Lexed) -> Option<Echo> {
    let mut last: Option<(usize, usize)> = None;
    for (first, end, classes) in lexed.phrases() {
        if !classes.has(Class::OpCit) || end <= first + 1 {
            continue;
        }
        // `L. C.` are somebody's initials, `cit` without its stop is a part of a word
        let text = lexed.span(first, end).of(lexed.text).unwrap_or("");
        let typed = text.starts_with(char::is_lowercase) || text.to_lowercase().contains("cit");
        let inside = last.is_some_and(|(_, behind)| end <= behind);
        if typed && !inside {
            last = Some((first, end));
        }
    }
    let (first, end) = last?;
    Some(Echo::Cited { span: lexed.span(first, end) })
}

/// Where the citation begins behind the number of a footnote, a bullet and a footnote's words.
fn start(text: &str) -> usize {
    let mark = |c: char| matches!(c, ' ' | ',' | ':' | ';' | '(' | '[' | ']' | ')' | '*' | '•');
    let mut rest = text.trim_start_matches(|c: char| mark(c) || c == '.' || c.is_ascii_digit());
    for _ in 0..WORDS {
        let Some(len) = lexicon().phrase(rest, Class::LeadIn) else { break };
        rest = rest[len..].trim_start_matches(mark);
    }
    text.len() - rest.len()
}

/// How many dashes for names a text begins with, and where the last ends.
fn dashes(text: &str) -> Option<(usize, usize)> {
    let mut end = run(text)?;
    let mut count = 1;
    while count < DASHES {
        let rest = text[end..].trim_start_matches([' ', ',', '&']);
        let behind = lexicon().phrase(rest, Class::Conjunction).unwrap_or(0);
        let next = rest[behind..].trim_start();
        let Some(len) = run(next) else { break };
        end = text.len() - next.len() + len;
        count += 1;
    }
    text[end..].contains(char::is_alphanumeric).then_some((count, end))
}

/// The length of a run of dashes that stands for a name: two or more, or a long one before a
/// mark or an `and`.
fn run(text: &str) -> Option<usize> {
    let len = text.len() - text.trim_start_matches(is_dash).len();
    let first = text.chars().next().filter(|&c| is_dash(c))?;
    let rest = text[len..].trim_start();
    let marked = rest.starts_with(['.', ',', ':', ';', '(', '&', '/'])
        || lexicon().phrase(rest, Class::Conjunction).is_some();
    (len > first.len_utf8() || matches!(first, '—' | '―') && marked).then_some(len)
}

/// Whether the text behind dashes goes on as behind a name: else they may be a list's.
pub(super) fn goes_on_as_a_name(text: &str) -> bool {
    text.trim_start().starts_with(['.', ',', ':', ';', '(', '&', '/'])
        || lexicon().phrase(text.trim_start(), Class::Conjunction).is_some()
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '–' | '—' | '―' | '‒' | '⸺' | '⸻')
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn begins(text: &str) -> Option<(&str, usize)> {
        match beginning(text)? {
            Echo::Dashes { span, count } => Some((&text[span.start..span.end], count)),
            Echo::Person { span } | Echo::Work { span } | Echo::Cited { span } => {
                Some((&text[span.start..span.end], 0))
            }
        }
    }

    #[test]
    fn dashes_stand_for_names_and_bullets_do_not() {
        assert_eq!(begins("———. 2010. Harbour watch"), Some(("———", 1)));
        assert_eq!(begins("--, --, and --, 2007: Tides"), Some(("--, --, and --", 3)));
        assert_eq!(begins("[3] ____ (2010). Harbour watch"), Some(("____", 1)));
        assert_eq!(begins("— and J. Doe. Harbour watch"), Some(("—", 1)));
        assert_eq!(begins("— Roe, J. Harbour watch"), None);
        assert_eq!(begins("- Roe, J. Harbour watch"), None);
        assert_eq!(begins("-----"), None);
    }

    #[test]
    fn words_stand_for_persons_and_works_in_many_languages() {
        assert_eq!(begins("Ders.: Nachthäfen"), Some(("Ders.", 0)));
        assert_eq!(begins("12 Vgl. auch ebd., S. 14."), Some(("ebd.", 0)));
        assert_eq!(begins("See, e.g., ibid., p. 3"), Some(("ibid.", 0)));
        assert_eq!(begins("Там же, с. 5"), Some(("Там же", 0)));
        assert_eq!(begins("Ivi, p. 33"), Some(("Ivi", 0)));
        assert_eq!(begins("Idem Harbours, 1990"), None);
        assert_eq!(begins(""), None);
        assert!(is_person("ders.") && is_person("Lo stesso") && !is_person("Dies, K."));
    }

    #[test]
    fn a_work_cited_before_is_told_by_its_words() {
        for text in ["Roe, op. cit., p. 3", "Roe, a. a. O., S. 5", "Roe, Harbours, cit., p. 3"] {
            assert!(cited(&Lexed::new(text)).is_some(), "{text}");
        }
        for text in ["Roe, J. City harbours, 1990", "Roe, L. C., Harbours, p. 3", "Roe, cit, p. 3"]
        {
            assert_eq!(cited(&Lexed::new(text)), None, "{text}");
        }
        let text = "Roe, op. cit., p. 3";
        let Some(Echo::Cited { span }) = cited(&Lexed::new(text)) else { panic!("{text}") };
        assert_eq!(span.of(text), Some("op. cit."));
    }
}
