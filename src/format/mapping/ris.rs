//! Fields against RIS tags, both directions.

use super::field::{ARTICLES, NUMBERED, ROWS, find, row_of};
use crate::{Field, Kind, Work};
use std::sync::OnceLock;

/// The tags of a field of a work in RIS; `None` where it has none, or where a field that the
/// work has too takes up the only one.
///
/// A conference's own name takes `T2` from the proceedings, which have `C3` and `BT` beside it;
/// likewise the place where it met takes `CY` (specification, types `CONF` and `CPAPER`).
pub(in crate::format) fn ris_place(field: Field, work: &Work) -> Option<&'static [&'static str]> {
    let has = |field| work.get(field).is_some();
    let is_paper = work.kind == Kind::PaperConference;
    let taken = match field {
        Field::NumberOfPages => has(Field::Page),
        Field::EventTitle => has(Field::ContainerTitle) && !is_paper,
        Field::EventPlace => has(Field::PublisherPlace) && !is_paper,
        Field::Isbn | Field::Issn => has(Field::Number) && NUMBERED.contains(&work.kind),
        _ => false,
    };
    let tags = tags(field, work.kind).filter(|_| !taken)?;
    let is_shared = match field {
        Field::ContainerTitle => is_paper && has(Field::EventTitle),
        Field::PublisherPlace => is_paper && has(Field::EventPlace),
        _ => false,
    };
    Some(if is_shared { tags.get(1..).unwrap_or_default() } else { tags })
}

/// The tags of a field in works of a kind; `None` where it has none.
fn tags(field: Field, kind: Kind) -> Option<&'static [&'static str]> {
    find(row_of(field).ris, kind).filter(|tags| !tags.is_empty())
}

/// How sure a tag means its first field: the surer are read before the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::format) enum Strength {
    /// A second tag that is written of a field, which nothing else is written in.
    Second,
    /// The field's own tag.
    Own,
    /// A tag that other programs use, or older ones.
    Alias,
    /// A tag that other kinds have for the field, or that programs disagree on.
    Guess,
}

impl Strength {
    /// The surest first.
    pub(in crate::format) const ALL: [Self; 4] =
        [Self::Second, Self::Own, Self::Alias, Self::Guess];
}

/// Tags that mean what each program likes: they are no field unless the table says so for the
/// very kind.
const CUSTOM: &[&str] =
    &["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "LB", "M1", "M2", "OP", "SE", "SV"];

/// The tag of lines that hold a field by its name: what has no tag, or none that Zotero reads.
pub(in crate::format) const BY_NAME: &str = "M2";

/// The fields that a tag may hold in works of a kind, the likeliest first: what a writer puts
/// there, then what other programs do. Empty for a tag that the table has not. Only fields that
/// works of the kind have a tag for, so that what is read can be written.
pub(in crate::format) fn ris_fields(tag: [u8; 2], kind: Kind) -> (Strength, &'static [Field]) {
    /// What every tag means in works of one kind. The whole table is looked through for an
    /// answer, and the answers are few.
    type Answers = [Option<(Strength, Vec<Field>)>];
    static ANSWERS: [OnceLock<Box<Answers>>; Kind::ALL.len()] =
        [const { OnceLock::new() }; Kind::ALL.len()];
    let answers = ANSWERS[kind as usize].get_or_init(|| {
        let mut answers = vec![None; LETTERS * SIGNS];
        for row in ROWS {
            let own = row.ris.iter().flat_map(|(_, tags)| tags.iter().copied());
            for tag in own.chain(row.ris_too.iter().copied()) {
                let number = <[u8; 2]>::try_from(tag.as_bytes()).ok().and_then(number);
                if let Some(answer) = number.and_then(|number| answers.get_mut(number)) {
                    answer.get_or_insert_with(|| look_up(tag, kind));
                }
            }
        }
        answers.into()
    });
    let answer = number(tag).and_then(|number| answers.get(number)?.as_ref());
    answer.map_or((Strength::Guess, &[]), |(strength, fields)| (*strength, fields))
}

const LETTERS: usize = 26;
const SIGNS: usize = 36;

/// The number of a tag of a capital and another, or a digit.
fn number([first, second]: [u8; 2]) -> Option<usize> {
    let letter = first.checked_sub(b'A').filter(|letter| usize::from(*letter) < LETTERS)?;
    let sign = match second {
        b'A'..=b'Z' => second - b'A',
        b'0'..=b'9' => second - b'0' + 26,
        _ => return None,
    };
    Some(usize::from(letter) * SIGNS + usize::from(sign))
}

fn look_up(tag: &str, kind: Kind) -> (Strength, Vec<Field>) {
    let written = |field: Field, first: bool| {
        tags(field, kind).is_some_and(|tags| {
            if first { tags.first() == Some(&tag) } else { tags.contains(&tag) }
        })
    };
    let mut fields = Vec::new();
    let mut strength = None;
    let mut add = |with: Strength, fits: &dyn Fn(&super::field::Row) -> bool| {
        for row in ROWS {
            if tags(row.field, kind).is_some() && !fields.contains(&row.field) && fits(row) {
                fields.push(row.field);
                strength.get_or_insert(with);
            }
        }
    };
    add(Strength::Own, &|row| written(row.field, true));
    add(Strength::Second, &|row| written(row.field, false));
    add(Strength::Alias, &|row| row.ris_too.contains(&tag));
    let is_guess = tag == "JO";
    // EndNote has the issue there, and what else has a number.
    if tag == "M1" && fields.is_empty() && ARTICLES.contains(&kind) {
        fields.extend([Field::Issue, Field::Number]);
    }
    if fields.is_empty() && !CUSTOM.contains(&tag) {
        for row in ROWS {
            let is_known = row.ris.iter().any(|(_, tags)| tags.contains(&tag));
            if is_known && tags(row.field, kind).is_some() {
                fields.push(row.field);
            }
        }
    }
    // What a talk stands in is a meeting, not a book, and its place the meeting's.
    if kind == Kind::Speech {
        for (container, event) in
            [(Field::ContainerTitle, Field::EventTitle), (Field::PublisherPlace, Field::EventPlace)]
        {
            if fields.contains(&container) {
                fields.retain(|field| *field != event);
                fields.insert(0, event);
            }
        }
    }
    (strength.filter(|_| !is_guess).unwrap_or(Strength::Guess), fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_may_be_read_as_the_same_field() {
        for &kind in Kind::ALL {
            for &field in Field::ALL {
                for tag in tags(field, kind).unwrap_or_default() {
                    let letters = tag.as_bytes().try_into().unwrap();
                    assert!(ris_fields(letters, kind).1.contains(&field), "{kind} {field:?} {tag}");
                }
            }
        }
    }

    #[test]
    fn what_is_read_can_be_written() {
        for &kind in Kind::ALL {
            for (first, second) in (b'A'..=b'Z').flat_map(|a| (b'0'..=b'Z').map(move |b| (a, b))) {
                for &field in ris_fields([first, second], kind).1 {
                    assert!(tags(field, kind).is_some(), "{kind} {field:?}");
                }
            }
        }
    }

    #[test]
    fn older_tags_are_known() {
        for (tag, field) in
            [(b"A1", Field::Author), (b"T1", Field::Title), (b"JO", Field::ContainerTitle)]
        {
            assert_eq!(ris_fields(*tag, Kind::ArticleJournal).1.first(), Some(&field), "{field:?}");
        }
        assert_eq!(ris_fields(*b"XQ", Kind::Book).1, []);
    }
}
