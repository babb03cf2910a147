//! What holds of every work read from any text; shared by the property and the hostile tests.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use citelift::{Bibliography, Date, DateForm, Field, Name, ValueRef, Work};
use unicode_normalization::UnicodeNormalization;

/// Asserts, of every work of a bibliography, what [`of_work`] does.
pub(crate) fn of_bibliography(bibliography: &Bibliography, text: &str) {
    let source = Source::of(text);
    for work in &bibliography.works {
        nothing_invented(work, &source, &[]);
    }
    in_its_text(bibliography, text);
}

/// The same of a document whose links say more than its text does.
#[allow(dead_code, reason = "not every test reads such")]
pub(crate) fn of_linked(bibliography: &Bibliography, text: &str) {
    const OF_LINKS: &[Field] = &[Field::Doi, Field::Url, Field::Pmid, Field::Pmcid];
    let source = Source::of(text);
    for work in &bibliography.works {
        nothing_invented(work, &source, OF_LINKS);
    }
    in_its_text(bibliography, text);
}

fn in_its_text(bibliography: &Bibliography, text: &str) {
    for work in &bibliography.works {
        spans_fit(work, text);
    }
    for diagnostic in &bibliography.diagnostics {
        if let Some(span) = diagnostic.span {
            assert!(span.of(text).is_some(), "{diagnostic:?} lies outside of {text:?}");
        }
    }
}

/// Asserts that a work's spans fit the text that it was read from, and that its values are of
/// that text's letters.
pub(crate) fn of_work(work: &Work, text: &str) {
    spans_fit(work, text);
    nothing_invented(work, &Source::of(text), &[]);
}

fn spans_fit(work: &Work, text: &str) {
    let Some(evidence) = &work.evidence else { return };
    assert!((0.0..=1.0).contains(&evidence.confidence.get()));
    assert_eq!(
        text.get(evidence.offset..evidence.offset + evidence.source.len()),
        Some(evidence.source.as_str()),
        "the source is not what stands at its offset"
    );
    for field in &evidence.fields {
        assert!((0.0..=1.0).contains(&field.confidence.get()), "{field:?}");
        for &span in &field.spans {
            assert!(span.of(text).is_some(), "{field:?} lies outside of {text:?}");
        }
    }
    for doubt in &evidence.doubts {
        if let Some(span) = doubt.span {
            assert!(span.of(text).is_some(), "{doubt:?} lies outside of {text:?}");
        }
    }
}

fn nothing_invented(work: &Work, source: &Source, but: &[Field]) {
    let letters = source.letters.as_str();
    for (field, value) in work.fields() {
        // A language is inferred from the words, and the archive from the form of its number
        // (`hep-th/9901001`); they have no letters in the text.
        if field == Field::Language || value == ValueRef::Text("arXiv") || but.contains(&field) {
            continue;
        }
        for piece in pieces(value) {
            assert!(piece.nfc().eq(piece.chars()), "{field:?} is not NFC: {piece:?}");
            // Words mostly follow each other as in the text: looking on from the last one keeps
            // the search of long values short.
            let mut behind = 0;
            for word in piece.split(|c: char| !c.is_alphanumeric()) {
                let word = self::letters(word);
                let at = letters[behind..].find(&word).map(|at| behind + at);
                let at = at.or_else(|| letters.find(&word));
                match at {
                    Some(at) => behind = at + word.len(),
                    None if source.divides(&word, 3) => {}
                    None => panic!("{field:?}: {word:?} of {piece:?} is invented"),
                }
            }
        }
    }
}

/// The texts that a value is made of. Of dates only years: months are numbers made of words.
fn pieces(value: ValueRef<'_>) -> Vec<String> {
    match value {
        ValueRef::Text(text) => vec![text.to_owned()],
        ValueRef::Keywords(keywords) => keywords.to_vec(),
        ValueRef::Pages(pages) => pages
            .ranges()
            .iter()
            .flat_map(|range| [Some(range.first.clone()), range.last.clone()])
            .flatten()
            .collect(),
        ValueRef::Names(names) => names.iter().flat_map(name).collect(),
        ValueRef::Date(date) => years(date),
        other => panic!("no pieces known of {other:?}"),
    }
}

fn name(name: &Name) -> Vec<String> {
    match name {
        Name::Literal(literal) => vec![literal.clone()],
        Name::Person(person) => [
            Some(person.family.clone()),
            person.given.clone(),
            person.dropping_particle.clone(),
            person.non_dropping_particle.clone(),
            person.suffix.clone(),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn years(date: &Date) -> Vec<String> {
    match &date.form {
        DateForm::Point(point) => vec![point.get_year().unsigned_abs().to_string()],
        // The last year may be typed short: "1998-99".
        DateForm::Range(first, last) => [
            first.map(|point| point.get_year().unsigned_abs().to_string()),
            last.map(|point| format!("{:02}", point.get_year().unsigned_abs() % 100)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        DateForm::Literal(words) => vec![words.clone()],
    }
}

/// Letters and digits alone, case and accents aside: spaces fold, words divided at a line's end
/// are joined, and names in capitals may be written small.
fn letters(text: &str) -> String {
    text.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What values may be made of.
struct Source {
    /// The letters of a text as it is, and once more without a word processor's marks, if it has
    /// any.
    letters: String,
    /// The letters of the words and addresses that are divided at a line's end: running heads,
    /// which belong to no work, may stand before the rest.
    heads: Vec<String>,
}

impl Source {
    fn of(text: &str) -> Self {
        let unmarked = without_marks(text);
        let mut all = letters(text);
        if unmarked != text {
            all += &letters(&unmarked);
        }
        let is_nothing = |c: char| c.is_whitespace() || c.is_control();
        let lines = text.lines().map(|line| line.trim_end_matches(is_nothing));
        let is_address = |line: &str| line.contains("://");
        let divided = lines
            .filter_map(|line| line.strip_suffix('-').or_else(|| is_address(line).then_some(line)));
        // A page ends a line, other controls are nothing.
        let is_apart = |c: char| !c.is_alphanumeric() && (c == '\u{c}' || !c.is_control());
        let heads = divided.map(|line| letters(line.rsplit(is_apart).next().unwrap_or(line)));
        Self { letters: all, heads: heads.filter(|head| !head.is_empty()).collect() }
    }

    /// Whether a word is made of one that is divided at most so many times.
    fn divides(&self, word: &str, times: usize) -> bool {
        let mut rests = self.heads.iter().filter_map(|head| word.strip_prefix(head.as_str()));
        times > 0 && rests.any(|rest| self.letters.contains(rest) || self.divides(rest, times - 1))
    }
}

/// The text without a word processor's marks, which may stand inside a word.
fn without_marks(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("[footnoteRef:").into_iter().chain(rest.find("[bookmark:")).min()
    {
        // what does not end in its line is no mark
        let end = match rest[at..].find([']', '\n']) {
            Some(len) if rest[at + len..].starts_with(']') => at + len + 1,
            _ => at + 1,
        };
        clean.push_str(&rest[..at]);
        rest = &rest[end..];
    }
    clean + rest
}
