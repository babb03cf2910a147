//! Items that keep to the schema, straight to works.
//!
//! Takes the text from an item's brace on, fills a [`Work`] and says where the item ends; called
//! by [`split`](super::split). Nearly all items of nearly all files are such. Whatever is not
//! plainly so (a property of one's own, another shape, a value that stands twice, anything that
//! would be spoken of) is left to [`scan`](super::scan), [`parse`](super::parse) and
//! [`read`](super::read), who look at it at leisure: what is read here is what they would read.

use super::date::understood;
use super::escape::{len_to_quote, len_to_read};
use super::shape::{take_others, words};
use super::split::goes_on;
use crate::format::mapping::csl_field;
use crate::text::unescaped;
use crate::{
    Date, Field, FieldClass, Kind, Name, Names, Pages, PartialDate, Person, Value, Work, doi_in,
};
use memchr::memchr2;
use std::borrow::Cow;

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
    let mut item = Direct { text, at: start };
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
    Some(item.at)
}

enum Member {
    Key,
    Type,
    Field(Field),
}

struct Direct<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Direct<'a> {
    /// The next byte that is no white space; it is not passed.
    fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.text.as_bytes().get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    /// Passes a sign.
    fn sign(&mut self, sign: u8) -> Option<()> {
        (self.peek()? == sign).then(|| self.at += 1)
    }

    /// Passes the comma behind a value, or the end of what it stands in.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        let sign = self.peek()?;
        self.at += 1;
        match sign {
            b',' => Some(true),
            sign if sign == end => Some(false),
            _ => None,
        }
    }

    /// Passes `null`.
    fn is_nothing(&mut self) -> bool {
        let is_nothing = self.peek() == Some(b'n')
            && self.text.get(self.at..).is_some_and(|rest| rest.starts_with("null"))
            && matches!(self.text.as_bytes().get(self.at + 4), Some(b',' | b'}'));
        self.at += if is_nothing { 4 } else { 0 };
        is_nothing
    }

    /// What the next member is; `expected` is the field that it may be, and then is the one that
    /// it is.
    #[inline]
    fn member(&mut self, expected: &mut Option<Field>) -> Option<Member> {
        self.peek()?;
        if let Some(field) = *expected {
            let rest = self.text.as_bytes().get(self.at..)?.strip_prefix(b"\"");
            let rest = rest.and_then(|rest| rest.strip_prefix(field.as_str().as_bytes()));
            if rest.is_some_and(|rest| rest.starts_with(b"\":")) {
                self.at += field.as_str().len() + b"\"\":".len();
                return Some(Member::Field(field));
            }
        }
        Some(match self.name()? {
            "id" => Member::Key,
            "type" => Member::Type,
            name => {
                let field = csl_field(name)?;
                *expected = Some(field);
                Member::Field(field)
            }
        })
    }

    /// The name of a member and the colon behind it.
    fn name(&mut self) -> Option<&'a str> {
        self.sign(b'"')?;
        let start = self.at;
        // No name that is known has an escape, so that one with an escape may end at a quotation
        // mark inside.
        self.at += len_to_quote(self.text.as_bytes().get(start..)?);
        let name = self.text.get(start..self.at)?;
        self.sign_at_once(b'"')?;
        self.sign(b':')?;
        Some(name)
    }

    /// Passes what is spelled just so, and stands there at once.
    #[inline]
    fn passes(&mut self, spelled: &[u8]) -> bool {
        let passes =
            self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(spelled));
        self.at += if passes { spelled.len() } else { 0 };
        passes
    }

    fn sign_at_once(&mut self, sign: u8) -> Option<()> {
        (self.text.as_bytes().get(self.at) == Some(&sign)).then(|| self.at += 1)
    }

    /// A text without entities and controls.
    #[inline]
    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.sign(b'"')?;
        let start = self.at;
        self.at += len_to_read(self.text.as_bytes().get(start..)?);
        if self.sign_at_once(b'"').is_none() {
            return self.changed(start);
        }
        self.text.get(start..self.at - 1).map(Cow::Borrowed)
    }

    /// The text that begins at `from` and is to be changed or looked at here.
    #[inline(never)]
    fn changed(&mut self, mut from: usize) -> Option<Cow<'a, str>> {
        let mut built: Option<String> = None;
        let mut has_entity = false;
        loop {
            match *self.text.as_bytes().get(self.at)? {
                b'"' => break,
                b'\\' => {
                    let so_far = built.get_or_insert_default();
                    so_far.push_str(self.text.get(from..self.at)?);
                    let c = self.escape()?;
                    has_entity |= c == '&';
                    so_far.push(c);
                    from = self.at;
                }
                b'&' => {
                    has_entity = true;
                    self.at += 1;
                }
                // `£` begins as controls do.
                0xc2 if *self.text.as_bytes().get(self.at + 1)? >= 0xa0 => self.at += 2,
                _ => return None,
            }
            self.at += len_to_read(self.text.as_bytes().get(self.at..)?);
        }
        let last = self.text.get(from..self.at)?;
        self.at += 1;
        let text = match built {
            None => Cow::Borrowed(last),
            Some(built) => Cow::Owned(built + last),
        };
        Some(if has_entity { Cow::Owned(unescaped(&text).into_owned()) } else { text })
    }

    /// The character that a backslash and what follows stand for.
    fn escape(&mut self) -> Option<char> {
        let letter = *self.text.as_bytes().get(self.at + 1)?;
        self.at += 2;
        Some(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hexadecimal()?;
                let number = if (0xd800..0xdc00).contains(&first) {
                    self.sign_at_once(b'\\')?;
                    self.sign_at_once(b'u')?;
                    let second = self.hexadecimal().filter(|low| (0xdc00..0xe000).contains(low))?;
                    0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                } else {
                    first
                };
                char::from_u32(number).filter(|c| !c.is_control() || c.is_whitespace())?
            }
            _ => return None,
        })
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| is_number)
    }

    /// A text or number that stands as it is: keys and types have no entities.
    fn verbatim(&mut self) -> Option<Cow<'a, str>> {
        let start = self.at;
        let said = self.scalar()?;
        memchr2(b'&', b'\\', self.text.as_bytes().get(start..self.at)?).is_none().then_some(said)
    }

    /// A text, or a number of digits alone as it is spelled.
    fn scalar(&mut self) -> Option<Cow<'a, str>> {
        if self.peek()? == b'"' { self.string() } else { self.digits().map(Cow::Borrowed) }
    }

    fn digits(&mut self) -> Option<&'a str> {
        self.peek()?;
        let rest = self.text.as_bytes().get(self.at..)?;
        let len = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_number = rest.first() != Some(&b'0') || len == 1;
        let is_ended = matches!(rest.get(len), Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r'));
        let digits = self.text.get(self.at..self.at + len)?;
        self.at += len;
        (len > 0 && is_number && is_ended).then_some(digits)
    }

    /// The value of a field.
    fn value(&mut self, field: Field) -> Option<Value> {
        Some(match field.class() {
            FieldClass::Names => Value::Names(self.names()?),
            FieldClass::Date => Value::Date(self.date()?),
            FieldClass::Pages => {
                let text = self.scalar().filter(|text| !text.is_empty())?;
                Value::Pages(text.parse().unwrap_or_else(|_| Pages::page(text)))
            }
            FieldClass::Keywords => Value::Keywords(words(&self.string()?)),
            FieldClass::Number | FieldClass::Text => Value::Text(self.text(field)?),
        })
    }

    /// The value of a field of text or a number.
    fn text(&mut self, field: Field) -> Option<String> {
        if field.class() == FieldClass::Number {
            return Some(self.scalar()?.into_owned());
        }
        let text = self.string()?;
        let bare = if field == Field::Doi { doi_in(&text).map(str::to_owned) } else { None };
        Some(bare.unwrap_or_else(|| text.into_owned()))
    }

    fn names(&mut self) -> Option<Names> {
        let mut names = Names::default();
        self.sign(b'[')?;
        if self.sign(b']').is_some() {
            return Some(names);
        }
        loop {
            names.push(self.person()?);
            if !self.goes_on(b']')? {
                break;
            }
        }
        take_others(&mut names);
        Some(names)
    }

    fn person(&mut self) -> Option<Name> {
        let mut person = Person::default();
        let (mut family, mut literal) = (None, None);
        self.sign(b'{')?;
        loop {
            self.peek()?;
            // Nearly all are these two, spelled so.
            let name = if self.passes(b"\"family\":") {
                "family"
            } else if self.passes(b"\"given\":") {
                "given"
            } else {
                self.name()?
            };
            let part = match name {
                "family" => &mut family,
                "given" => &mut person.given,
                "dropping-particle" => &mut person.dropping_particle,
                "non-dropping-particle" => &mut person.non_dropping_particle,
                "suffix" => &mut person.suffix,
                "literal" => &mut literal,
                _ => return None,
            };
            let said = self.string()?;
            if part.is_some() {
                return None;
            }
            *part = Some(said.into_owned()).filter(|said| !said.is_empty());
            if !self.goes_on(b'}')? {
                break;
            }
        }
        if let Some(literal) = literal {
            let is_alone = family.is_none() && person == Person::default();
            return is_alone.then_some(Name::Literal(literal));
        }
        // A person known by one name has it as the family name.
        let family = family.or_else(|| person.given.take())?;
        Some(Name::Person(Person { family, ..person }))
    }

    /// `{"date-parts": [[2010, 11, 3]]}`, `"2010-11-03"`.
    fn date(&mut self) -> Option<Date> {
        if self.peek()? == b'"' {
            return understood(self.string()?.trim());
        }
        self.sign(b'{')?;
        self.peek()?;
        if !self.passes(b"\"date-parts\":") && self.name()? != "date-parts" {
            return None;
        }
        self.sign(b'[')?;
        let first = self.point()?;
        let date = if self.goes_on(b']')? {
            let last = self.point()?;
            self.sign(b']')?;
            Date::range(Some(first), Some(last))
        } else {
            Date::from(first)
        };
        self.sign(b'}')?;
        Some(date)
    }

    fn point(&mut self) -> Option<PartialDate> {
        self.sign(b'[')?;
        let (mut numbers, mut count) = ([0_u16; 3], 0);
        loop {
            *numbers.get_mut(count)? = self.date_part()?;
            count += 1;
            if !self.goes_on(b']')? {
                break;
            }
        }
        let [year, month, day] = numbers;
        let year = Some(i32::from(year)).filter(|year| (1..=9999).contains(year))?;
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        match count {
            1 => Some(PartialDate::year(year)),
            2 => PartialDate::month(year, month).ok(),
            _ => PartialDate::day(year, month, day).ok(),
        }
    }

    fn date_part(&mut self) -> Option<u16> {
        if self.peek()? != b'"' {
            return self.digits()?.parse().ok();
        }
        // Zotero has texts here.
        let text = self.string()?;
        text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::notes::Notes;
    use super::super::parse::parse;
    use super::super::read;
    use super::*;

    /// Whether an item is read here; what is read is what the others read without a word.
    fn is_direct(text: &str) -> bool {
        let mut work = Work::default();
        let Some(end) = item(text, 0, &mut work, &mut Order::new()) else { return false };
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
