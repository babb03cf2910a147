//! The parts of an item, from the text: names of members, texts, numbers, names, dates.
//!
//! Called by [`item`](super::item). Each gives `None` where what stands there is not plainly what
//! belongs there.

use crate::format::csl_json::date::understood;
use crate::format::csl_json::escape::{len_to_quote, len_to_read};
use crate::format::csl_json::shape::{take_others, words};
use crate::format::mapping::csl_field;
use crate::text::unescaped;
use crate::{Date, Field, FieldClass, Name, Names, Pages, PartialDate, Person, Value, doi_in};
use memchr::memchr2;
use std::borrow::Cow;

/// What a member is.
pub(super) enum Member {
    Key,
    Type,
    Field(Field),
}

/// A text, and how far it is read.
pub(super) struct Direct<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Direct<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

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
    pub(super) fn sign(&mut self, sign: u8) -> Option<()> {
        (self.peek()? == sign).then(|| self.at += 1)
    }

    /// Passes the comma behind a value, or the end of what it stands in.
    pub(super) fn goes_on(&mut self, end: u8) -> Option<bool> {
        let sign = self.peek()?;
        self.at += 1;
        match sign {
            b',' => Some(true),
            sign if sign == end => Some(false),
            _ => None,
        }
    }

    /// Passes `null`.
    pub(super) fn is_nothing(&mut self) -> bool {
        let is_nothing = self.peek() == Some(b'n')
            && self.text.get(self.at..).is_some_and(|rest| rest.starts_with("null"))
            && matches!(self.text.as_bytes().get(self.at + 4), Some(b',' | b'}'));
        self.at += if is_nothing { 4 } else { 0 };
        is_nothing
    }

    /// What the next member is; `expected` is the field that it may be, and then is the one that
    /// it is.
    #[inline]
    pub(super) fn member(&mut self, expected: &mut Option<Field>) -> Option<Member> {
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
    pub(super) fn verbatim(&mut self) -> Option<Cow<'a, str>> {
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
    pub(super) fn value(&mut self, field: Field) -> Option<Value> {
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
    pub(super) fn text(&mut self, field: Field) -> Option<String> {
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
