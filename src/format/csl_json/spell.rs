//! JSON of what serde gives, spelled into a text: what serde_json writes, to the byte.
//!
//! Takes anything serde can serialize, adds to a text; called by [`write`](super::write).
//! serde_json looks at each byte of each text by itself, and at the whole for UTF-8 once more;
//! writing items is little else than that.

use super::escape::len_to_write;
use serde::ser::{self, Serialize, Serializer};
use std::fmt::{Error, Write};

/// A writer to the end of a text. Nothing is refused but what serde_json refuses.
pub(super) struct Json<'a>(pub(super) &'a mut String);

impl Json<'_> {
    fn text(&mut self, text: &str) {
        self.0.reserve(text.len() + 2);
        self.0.push('"');
        let plain = len_to_write(text.as_bytes());
        if plain == text.len() {
            self.0.push_str(text);
        } else {
            self.escaped(text, plain);
        }
        self.0.push('"');
    }

    /// A text of which so many bytes are known to stand as they are.
    fn escaped(&mut self, text: &str, mut plain: usize) {
        let mut rest = text;
        loop {
            let (before, behind) = rest.split_at(plain);
            self.0.push_str(before);
            let Some(&byte) = behind.as_bytes().first() else { break };
            match byte {
                b'"' => self.0.push_str("\\\""),
                b'\\' => self.0.push_str("\\\\"),
                b'\n' => self.0.push_str("\\n"),
                b'\r' => self.0.push_str("\\r"),
                b'\t' => self.0.push_str("\\t"),
                0x08 => self.0.push_str("\\b"),
                0x0c => self.0.push_str("\\f"),
                // To a text nothing fails.
                _ => _ = write!(self.0, "\\u{byte:04x}"),
            }
            rest = behind.get(1..).unwrap_or_default();
            plain = len_to_write(rest.as_bytes());
        }
    }

    fn number(&mut self, number: impl std::fmt::Display) -> Result<(), Error> {
        write!(self.0, "{number}")
    }

    /// A whole number; those of dates are small.
    fn whole(&mut self, number: impl Into<i64>) -> Result<(), Error> {
        let number = number.into();
        let Some(small) = u16::try_from(number).ok().filter(|small| *small < 10_000) else {
            return self.number(number);
        };
        let digit = |place: u16| char::from(b'0' + (small / place % 10) as u8);
        for place in [1000, 100, 10] {
            if small >= place {
                self.0.push(digit(place));
            }
        }
        self.0.push(digit(1));
        Ok(())
    }

    /// What serde_json says of a number that is no whole one.
    fn fraction(&mut self, number: &impl Serialize) -> Result<(), Error> {
        self.0.push_str(&serde_json::to_string(number).map_err(|_| Error)?);
        Ok(())
    }

    fn open(&mut self, begin: &str, end: &'static str) -> Inside<'_> {
        self.0.push_str(begin);
        Inside { json: Json(self.0), is_first: true, end }
    }

    /// `{"variant": ` and what it holds.
    fn variant(&mut self, variant: &str, begin: &str, end: &'static str) -> Inside<'_> {
        self.0.push('{');
        self.text(variant);
        self.0.push(':');
        self.open(begin, end)
    }
}

/// The inside of a list or object.
pub(super) struct Inside<'a> {
    json: Json<'a>,
    is_first: bool,
    end: &'static str,
}

impl Inside<'_> {
    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        if !std::mem::take(&mut self.is_first) {
            self.json.0.push(',');
        }
        value.serialize(&mut self.json)
    }

    fn member(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.element(name)?;
        self.json.0.push(':');
        value.serialize(&mut self.json)
    }

    fn close(self) {
        self.json.0.push_str(self.end);
    }
}

/// Methods of [`Serializer`] for numbers.
macro_rules! numbers {
    ($($how:ident: $($name:ident $type:ty),+;)+) => {
        $($(fn $name(self, number: $type) -> Result<(), Error> {
            self.$how(numbers!(@$how number))
        })+)+
    };
    (@whole $number:ident) => { $number };
    (@number $number:ident) => { $number };
    (@fraction $number:ident) => { &$number };
}

impl<'a> Serializer for &'a mut Json<'_> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Inside<'a>;
    type SerializeTuple = Inside<'a>;
    type SerializeTupleStruct = Inside<'a>;
    type SerializeTupleVariant = Inside<'a>;
    type SerializeMap = Inside<'a>;
    type SerializeStruct = Inside<'a>;
    type SerializeStructVariant = Inside<'a>;

    numbers! {
        whole: serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
            serialize_u8 u8, serialize_u16 u16, serialize_u32 u32;
        number: serialize_i128 i128, serialize_u64 u64, serialize_u128 u128, serialize_bool bool;
        fraction: serialize_f32 f32, serialize_f64 f64;
    }

    fn serialize_char(self, c: char) -> Result<(), Error> {
        self.serialize_str(c.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.text(text);
        Ok(())
    }
    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        bytes.serialize(self)
    }
    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Error> {
        self.0.push_str("null");
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut inside = self.open("{", "}");
        inside.member(variant, value)?;
        inside.close();
        Ok(())
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'a>, Error> {
        Ok(self.open("[", "]"))
    }
    fn serialize_tuple(self, _: usize) -> Result<Inside<'a>, Error> {
        Ok(self.open("[", "]"))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, Error> {
        Ok(self.open("[", "]"))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, Error> {
        Ok(self.variant(variant, "[", "]}"))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'a>, Error> {
        Ok(self.open("{", "}"))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, Error> {
        Ok(self.open("{", "}"))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, Error> {
        Ok(self.variant(variant, "{", "}}"))
    }
}

/// What [`Inside`] is to serde, shape by shape.
macro_rules! shapes {
    ($($of:ident $name:ident($($field:ident: $type:ty)?);)+) => {
        $(impl ser::$of for Inside<'_> {
            type Ok = ();
            type Error = Error;

            fn $name<T: Serialize + ?Sized>(
                &mut self,
                $($field: $type,)?
                value: &T,
            ) -> Result<(), Error> {
                shapes!(@add self value $($field)?)
            }
            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        })+
    };
    (@add $self:ident $value:ident) => { $self.element($value) };
    (@add $self:ident $value:ident $field:ident) => { $self.member($field, $value) };
}

shapes! {
    SerializeSeq serialize_element();
    SerializeTuple serialize_element();
    SerializeTupleStruct serialize_field();
    SerializeTupleVariant serialize_field();
    SerializeStruct serialize_field(name: &'static str);
    SerializeStructVariant serialize_field(name: &'static str);
}

impl ser::SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = Error;

    /// Names are texts; what is none is put in quotes, as serde_json does.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let before = self.json.0.len() + usize::from(!self.is_first);
        self.element(key)?;
        if self.json.0.as_bytes().get(before) != Some(&b'"') {
            self.json.0.insert(before, '"');
            self.json.0.push('"');
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.json.0.push(':');
        value.serialize(&mut self.json)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn assert_same(value: &impl Serialize) {
        let mut text = "before".to_owned();
        value.serialize(&mut Json(&mut text)).unwrap();
        assert_eq!(text, format!("before{}", serde_json::to_string(value).unwrap()));
    }

    #[test]
    fn every_shape_is_spelled_as_serde_json_does() {
        #[derive(serde::Serialize)]
        enum Shape {
            Unit,
            One(Option<u8>),
            Several(i64, f64),
            Named { a: &'static str, b: Option<()> },
        }
        #[derive(serde::Serialize)]
        struct Whole(Vec<Shape>, (bool, char, f32), BTreeMap<u8, Box<[u8]>>);
        assert_same(&Whole(
            vec![
                Shape::Unit,
                Shape::One(Some(7)),
                Shape::One(None),
                Shape::Several(i64::MIN, 0.1),
                Shape::Several(0, f64::NAN),
                Shape::Named { a: "x", b: None },
            ],
            (true, '\u{1f600}', 1e30),
            BTreeMap::from([(1, Box::from(*b"ab")), (2, Box::default())]),
        ));
        assert_same(&[0, 7, 10, 99, 100, 999, 1000, 2010, 9999, 10_000, -1, i64::MAX]);
        let text = r#"{"a": [1, -2, 3.5, 1e100, null, true, {}, []], "b": {"c": "d"}}"#;
        assert_same(&serde_json::from_str::<serde_json::Value>(text).unwrap());
    }

    #[test]
    fn every_sign_is_spelled_as_serde_json_does() {
        for c in ('\0'..='\u{200}').chain(['\u{2028}', '\u{1f600}']) {
            for len in 0..20 {
                assert_same(&format!("{}{c}{c}!{c}", "é!".repeat(len)));
            }
        }
    }
}
