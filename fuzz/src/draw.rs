//! Works made of bytes: every byte decides something, and the end of the bytes ends the works.
//!
//! What the fuzzer changes in the bytes changes one value of one field, so that it finds its way.

use citelift::{
    Date, Extra, Field, FieldClass, Kind, Name, Names, Origin, PartialDate, Person, Season, Value,
    Work,
};

/// What formats use as signs of their own, and characters that programs stumble over.
const SIGNS: [&str; 64] = [
    "{",
    "}",
    "\\",
    "@",
    "%",
    "\"",
    "$",
    "&",
    "#",
    "_",
    "^",
    "~",
    ",",
    ";",
    "=",
    ":",
    "/",
    "||",
    " and ",
    "et al.",
    "others",
    "<i>",
    "</i>",
    "<",
    ">",
    "&lt;",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\nER  - \n",
    "\r\nTY  - JOUR\r\n",
    "\nAU  - ",
    "@book{x, title = {",
    "},\n}\n",
    "\u{0}",
    "\u{1b}[31m",
    "\u{85}",
    "\u{2028}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{301}",
    "\u{a0}",
    "‘",
    "’",
    "“",
    "–",
    "--",
    "---",
    "\\}",
    "\\input{x}",
    "'''",
    "\\u{d800}",
    "]",
    "[",
    "(",
    ")",
    "10.1000/a",
    "https://example.org/",
    "2010",
    "van der ",
    "Jr.",
    " ",
];

/// Bytes that are used up one by one.
pub(crate) struct Draw<'a>(&'a [u8]);

impl<'a> Draw<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Up to four works.
    pub(crate) fn works(&mut self) -> Vec<Work> {
        let mut works = Vec::new();
        while works.len() < 4 && !self.0.is_empty() {
            works.push(self.work());
        }
        works
    }

    fn work(&mut self) -> Work {
        let kind = self.one_of(Kind::ALL);
        let mut work = Work::new(kind);
        let about = self.byte();
        if about & 1 == 1 {
            work.id = Some(self.text());
        }
        for _ in 0..about >> 4 {
            let field = self.one_of(Field::ALL);
            let value = self.value(field.class());
            // The class is the field's own.
            work.set(field, value).unwrap();
        }
        if about & 2 == 2 {
            let origin = self.one_of(&[Origin::Bibtex, Origin::Ris, Origin::CslJson]);
            let (mut name, value) = (self.text(), self.text());
            // BibTeX's names may hold signs that the reader who counts the entries refuses.
            name.retain(|c| c.is_alphanumeric());
            work.extra.push(Extra { name, value, origin });
        }
        work
    }

    fn value(&mut self, class: FieldClass) -> Value {
        match class {
            FieldClass::Names => {
                let about = self.byte();
                let names: Vec<Name> = (0..=about >> 1 & 3).map(|_| self.name()).collect();
                let mut names = Names::from(names);
                names.others = about & 1 == 1;
                Value::Names(names)
            }
            FieldClass::Date => Value::Date(self.date()),
            FieldClass::Pages => {
                // What is no page is drawn as one that is.
                let pages = self.text().parse().or_else(|_| "1-2".parse());
                Value::Pages(pages.unwrap())
            }
            FieldClass::Keywords => {
                let count = self.byte() & 3;
                Value::Keywords((0..=count).map(|_| self.text()).collect())
            }
            _ => Value::Text(self.text()),
        }
    }

    fn name(&mut self) -> Name {
        let about = self.byte();
        if about & 1 == 1 {
            return Name::Literal(self.text());
        }
        let mut person = Person::default();
        person.family = self.text();
        // A person without a family name is none, as the model says.
        if person.family.trim().is_empty() {
            person.family = "Roe".to_owned();
        }
        person.given = self.maybe(about & 2);
        person.suffix = self.maybe(about & 4);
        person.dropping_particle = self.maybe(about & 8);
        person.non_dropping_particle = self.maybe(about & 16);
        person.into()
    }

    fn maybe(&mut self, bit: u8) -> Option<String> {
        (bit != 0).then(|| self.text())
    }

    fn date(&mut self) -> Date {
        let about = self.byte();
        let mut date = match about & 7 {
            0 => Date::literal(self.text()),
            1 => Date::range(Some(self.point()), Some(self.point())),
            2 => Date::range(Some(self.point()), None),
            3 => Date::range(None, Some(self.point())),
            _ => Date::from(self.point()),
        };
        date.circa = about & 8 != 0;
        date.uncertain = about & 16 != 0;
        date
    }

    fn point(&mut self) -> PartialDate {
        let year = i32::from(u16::from_le_bytes([self.byte(), self.byte()])) - 3000;
        let (month, day) = (self.byte() % 17, self.byte() % 32);
        let year_alone = PartialDate::year(year);
        match (month, day) {
            (13..=16, _) => Season::from_number(month - 12)
                .map_or(year_alone, |season| PartialDate::season(year, season)),
            (1..=12, 0) => PartialDate::month(year, month).unwrap_or(year_alone),
            (1..=12, day) => PartialDate::day(year, month, day).unwrap_or(year_alone),
            _ => year_alone,
        }
    }

    /// A text of signs and of letters; ends at a byte that is neither.
    fn text(&mut self) -> String {
        let mut text = String::new();
        loop {
            match self.byte() {
                0 | 192.. => return text,
                byte @ 1..=127 => text.push(char::from(byte)),
                byte => text.push_str(SIGNS[usize::from(byte) - 128]),
            }
        }
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::from(self.byte()) % all.len()]
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }
}
