//! serde for the value types: CSL-JSON's shapes of names, dates, pages and kinds.
//!
//! Called by serde wherever a value type is written or read, alone or inside a work. Shapes are
//! those of `name-variable` and `date-variable` in `csl-data.json` 1.0.2; EDTF strings, which
//! the schema's prose prefers, are read too.

use super::node::Node;
use super::notes::Notes;
use super::shape;
use crate::work::Season;
use crate::{Date, DateForm, Field, Kind, Name, Names, PageRange, Pages, PartialDate};
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Kind {
    /// CSL's name of the type; a name that CSL has not is a document.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Kind::from_csl(&Scalar::deserialize(deserializer)?.0).unwrap_or_default())
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Scalar::deserialize(deserializer)?.0;
        Field::from_csl(&name).ok_or_else(|| Error::custom("no CSL variable has this name"))
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Name::Literal(literal) => map.serialize_entry("literal", literal)?,
            Name::Person(person) => {
                map.serialize_entry("family", &person.family)?;
                for (key, part) in [
                    ("given", &person.given),
                    ("dropping-particle", &person.dropping_particle),
                    ("non-dropping-particle", &person.non_dropping_particle),
                    ("suffix", &person.suffix),
                ] {
                    if let Some(part) = part {
                        map.serialize_entry(key, part)?;
                    }
                }
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Name {
    /// A person known by a given name alone has it as the family name.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut notes = Notes::new(None);
        let name = shape::name(&Node::deserialize(deserializer)?, "name", 0, &mut notes);
        name.ok_or_else(|| Error::custom("a name is an object with a name in it"))
    }
}

impl Serialize for Names {
    /// An array of names; that there are more is a last name `others`, as pandoc writes it.
    /// (Inside a work it is `custom.et-al`, so that no style prints it as a name.)
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for name in self {
            list.serialize_element(name)?;
        }
        if self.others {
            list.serialize_element(&Name::body("others"))?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut notes = Notes::new(None);
        let names = shape::names(&Node::deserialize(deserializer)?, "names", &mut notes);
        notes.impossible.map_or(Ok(names), |what| Err(Error::custom(what)))
    }
}

impl Serialize for Pages {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.ranges() {
            [PageRange { first, last: None }] => serializer.serialize_str(first),
            [PageRange { first, last: Some(last) }] => {
                serializer.serialize_str(&[first, "-", last].concat())
            }
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Pages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Scalar::deserialize(deserializer)?.0.parse().map_err(Error::custom)
    }
}

impl Serialize for PageRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Season {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

/// CSL-JSON's `date-parts` of a date: the numbers of one point. Years before 1 are counted as
/// historians do, without a year 0: -44 is 44 BC.
struct Parts {
    point: Option<PartialDate>,
    /// Whether the season stands as month 21 to 24, as EDTF has it, for lack of its own place.
    season_as_month: bool,
}

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        match self.point {
            // No year is 0 in CSL-JSON; pandoc and citeproc write an open end so.
            None => list.serialize_element(&0)?,
            Some(point) => {
                let year = i64::from(point.get_year());
                list.serialize_element(&if year > 0 { year } else { year - 1 })?;
                if let Some(month) = point.get_month() {
                    list.serialize_element(&month)?;
                } else if let Some(season) = point.get_season().filter(|_| self.season_as_month) {
                    list.serialize_element(&(season.number() + 20))?;
                }
                if let Some(day) = point.get_day() {
                    list.serialize_element(&day)?;
                }
            }
        }
        list.end()
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = |point, season_as_month| Parts { point, season_as_month };
        let mut map = serializer.serialize_map(None)?;
        match &self.form {
            DateForm::Literal(words) => map.serialize_entry("literal", words)?,
            DateForm::Point(point) => {
                map.serialize_entry("date-parts", &[parts(Some(*point), false)])?;
                if let Some(season) = point.get_season() {
                    map.serialize_entry("season", &season)?;
                }
            }
            DateForm::Range(first, last) => {
                map.serialize_entry("date-parts", &[parts(*first, true), parts(*last, true)])?;
            }
        }
        // `circa` may be any truthy value; EDTF's signs tell the kinds of doubt apart.
        match (self.circa, self.uncertain) {
            (false, false) => {}
            (true, false) => map.serialize_entry("circa", &true)?,
            (false, true) => map.serialize_entry("circa", "?")?,
            (true, true) => map.serialize_entry("circa", "%")?,
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Date {
    /// A date object or an EDTF string. What is no date is kept as words.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut notes = Notes::new(None);
        let date = super::date::date(&Node::deserialize(deserializer)?, "date", &mut notes);
        match notes.impossible {
            Some(what) => Err(Error::custom(what)),
            None => Ok(date.unwrap_or_else(|| Date::literal(""))),
        }
    }
}

impl Serialize for PartialDate {
    /// EDTF.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Scalar::deserialize(deserializer)?.0.parse().map_err(Error::custom)
    }
}

/// A text that may be spelled as a number or a truth value: many programs write `"volume": 12`.
pub(super) struct Scalar(pub(super) String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl serde::de::Visitor<'_> for Visitor {
            type Value = Scalar;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a number")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(text.to_owned()))
            }
            fn visit_string<E: Error>(self, text: String) -> Result<Scalar, E> {
                Ok(Scalar(text))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }
            fn visit_bool<E: Error>(self, truth: bool) -> Result<Scalar, E> {
                Ok(Scalar(truth.to_string()))
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}
