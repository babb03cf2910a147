//! Items that keep to the schema, straight to works.
//!
//! Takes the text from an item's brace on, fills a [`Work`] and says where the item ends; called
//! by [`split`](super::split). Nearly all items of nearly all files are such. Whatever is not
//! plainly so (a property of one's own, another shape, a value that stands twice, anything that
//! would be spoken of) is left to [`scan`](super::scan), [`parse`](super::parse) and
//! [`read`](super::read), who look at it at leisure: what is read here is what they would read.

mod reading;

use super::split::goes_on;
use crate::{Field, Kind, Work};
use reading::{Direct, Member};

/// Which member came behind which, in the items before: a program writes them in one order, and a
/// name that is expected need not be looked up.
#[derive(Debug)]
pub(super) struct Order([Option<Field>; Field::ALL.len() + 1]);

impl Order {
    /// The place of what stands behind no field, but the key and the type.
    const START: usize = Field::ALL.len();

    pub(super) const fn new() -> Self {
        Self([None; Field::ALL.len() + 1])
    }
}

/// Reads the item that begins at byte `start` into an empty work; `None`, and anything in the
/// work, where it is to be looked at more closely.
pub(super) fn item(text: &str, start: usize, work: &mut Work, order: &mut Order) -> Option<usize> {
    let end = members(text, start, work, order)?;
    let is_whole = work.id.as_ref().is_some_and(|id| !id.is_empty()) && !goes_on(&text[end..]);
    is_whole.then_some(end)
}

/// The same of an item that may have no key, and behind which nothing is looked at.
pub(super) fn members(
    text: &str,
    start: usize,
    work: &mut Work,
    order: &mut Order,
) -> Option<usize> {
    let mut item = Direct::new(text, start);
    let mut is_typed = false;
    let mut is_named = false;
    let mut last = Order::START;
    item.sign(b'{')?;
    loop {
        match item.member(&mut order.0[last])? {
            Member::Key if !is_named => {
                is_named = true;
                work.id = Some(item.verbatim()?.into_owned());
            }
            Member::Type if !is_typed => {
                is_typed = true;
                work.kind = Kind::from_csl(&item.verbatim()?)?;
            }
            Member::Field(field) => {
                last = field as usize;
                if item.is_nothing() {
                    // What is said to be absent is.
                } else if let Some(member) = work.text_member(field) {
                    // The first of two is read, and the second spoken of.
                    if member.is_some() {
                        return None;
                    }
                    *member = Some(item.text(field)?).filter(|text| !text.is_empty());
                } else {
                    let value = item.value(field)?;
                    if work.get(field).is_some() {
                        return None;
                    }
                    work.set(field, value).ok()?;
                }
            }
            Member::Key | Member::Type => return None,
        }
        if !item.goes_on(b'}')? {
            break;
        }
    }
    super::note_lines::take(work);
    Some(item.at())
}

#[cfg(test)]
mod tests {
    use super::super::notes::Notes;
    use super::super::parse::parse;
    use super::super::read;
    use super::*;

    /// Whether an item is read here; what is read is what the others read without a word.
    fn is_direct(text: &str) -> bool {
        let (mut work, mut expected) = (Work::default(), Work::default());
        let found = item(text, 0, &mut work, &mut Order::new());
        // Whatever is expected, the same is read.
        let mut order = Order::new();
        assert!(item(ITEM, 0, &mut Work::default(), &mut order).is_some());
        assert_eq!(item(text, 0, &mut expected, &mut order), found, "{text}");
        let Some(end) = found else { return false };
        assert_eq!(expected, work, "{text}");
        let (node, faults) = parse(&text[..end]);
        let mut notes = Notes::new(Some(0));
        assert_eq!(read::work(&node, &mut notes).as_ref(), Some(&work), "{text}");
        assert_eq!((faults, notes.found), (vec![], vec![]), "{text}");
        true
    }

    const ITEM: &str = r#"{"id": "roe", "type": "book", "title": "Ports &amp; <i>N\u00f6rd</i> \"x\"",
        "author": [{"family": "Roe", "given": "Jane", "suffix": "Jr."}, {"literal": "et al."}],
        "editor": [{"given": "Plato"}], "issued": {"date-parts": [["2010", 11, 3], [2011]]},
        "accessed": "2010-11-03", "volume": 12, "page": "1-9, 12", "keyword": "a, b; c",
        "DOI": "https://doi.org/10.1000/1", "note": "PMID: 12\nx £ é \ud83d\ude00", "ISBN": null}"#;

    #[test]
    fn what_is_read_is_what_the_others_read() {
        assert!(is_direct(ITEM));
        for text in [
            r#"{"id": 1, "type": "article-journal", "container-title": "", "author": []}"#,
            r#"{"id":"a","shortTitle":"b","publisher":"A & B","number":"\\\/\t"}"#,
            r#"{"id":"a","author":[{"family":"","literal":"Port Board"}]} , {"id":"b"}"#,
        ] {
            assert!(is_direct(text), "{text}");
        }
    }

    #[test]
    fn what_is_to_be_spoken_of_is_left() {
        for text in [
            r#"{}"#,
            r#"{"type": "book"}"#,
            r#"{"id": "a&amp;b"}"#,
            r#"{"id": "a", "type": "tome"}"#,
            r#"{"id": "a", "title": "b", "title": "c"}"#,
            r#"{"id": "a", "title": 12}"#,
            r#"{"id": "a", "title": "b",}"#,
            r#"{"id": "a", "title": "b" // c"#,
            r#"{"id": "a", "volume": 01}"#,
            r#"{"id": "a", "custom": {}}"#,
            r#"{"id": "a", "Title": "b"}"#,
            r#"{"id": "a", "title": "a "b" c"}"#,
            r#"{"id": "a", "title": "a\u0007"}"#,
            r#"{"id": "a", "title": "a\ud800"}"#,
            r#"{"id": "a"}, "title": "b"}"#,
            r#"{"id": "a", "author": "Roe, J."}"#,
            r#"{"id": "a", "author": [{"lastName": "Roe"}]}"#,
            r#"{"id": "a", "author": [{"family": "Roe", "literal": "Roe"}]}"#,
            r#"{"id": "a", "issued": {"date-parts": [[2010, 13]]}}"#,
            r#"{"id": "a", "issued": {"date-parts": [[0]]}}"#,
            r#"{"id": "a", "issued": {"date-parts": [[2010]], "season": 1}}"#,
            r#"{"id": "a", "issued": "some day"}"#,
        ] {
            assert!(!is_direct(text), "{text}");
        }
        assert!(!is_direct("{\"id\": \"a\", \"title\": \"a\u{85}\"}"));
        assert!((0..ITEM.len()).all(|end| ITEM.get(..end).is_none_or(|text| !is_direct(text))));
    }

    #[test]
    fn changed_items_are_read_as_the_others_read_them() {
        let signs = ["\"", "\\", "{", "}", "[", "]", ",", ":", "0", " ", "&", "\n", "u", "é", ""];
        let mut direct = 0;
        for (at, c) in ITEM.char_indices() {
            for sign in signs {
                let text = [&ITEM[..at], sign, &ITEM[at + c.len_utf8()..]].concat();
                direct += usize::from(is_direct(&text));
            }
        }
        assert!(direct > 1000, "{direct}");
    }
}
