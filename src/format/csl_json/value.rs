//! serde for the value types: CSL-JSON's shapes of names, dates, pages and kinds.
//!
//! Called by serde wherever a value type is written or read, alone or inside a work. Shapes are
//! those of `name-variable` and `date-variable` in `csl-data.json` 1.0.2; EDTF strings, which
//! the schema's prose prefers, are read too.

use crate::work::Season;
use crate::{Date, DateForm, Field, Kind, Name, Names, PageRange, Pages, PartialDate, Person};
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

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct NameParts {
    family: Option<Scalar>,
    given: Option<Scalar>,
    dropping_particle: Option<Scalar>,
    non_dropping_particle: Option<Scalar>,
    suffix: Option<Scalar>,
    literal: Option<Scalar>,
}

impl<'de> Deserialize<'de> for Name {
    /// A person known by a given name alone has it as the family name.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parts = NameParts::deserialize(deserializer)?;
        let text = |part: Option<Scalar>| part.map(|part| part.0).filter(|text| !text.is_empty());
        if let Some(literal) = text(parts.literal) {
            return Ok(Name::Literal(literal));
        }
        let (family, given) = match (text(parts.family), text(parts.given)) {
            (None, given) => (given.unwrap_or_default(), None),
            (Some(family), given) => (family, given),
        };
        Ok(Name::Person(Person {
            family,
            given,
            dropping_particle: text(parts.dropping_particle),
            non_dropping_particle: text(parts.non_dropping_particle),
            suffix: text(parts.suffix),
        }))
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
        let mut names = Names::from(Vec::<Name>::deserialize(deserializer)?);
        let is_others = |name: &Name| match name {
            Name::Literal(literal) => matches!(literal.as_str(), "others" | "et al." | "et al"),
            Name::Person(_) => false,
        };
        if names.len() > 1 && names.list.last().is_some_and(is_others) {
            names.list.pop();
            names.others = true;
        }
        Ok(names)
    }
}

impl Serialize for Pages {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
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

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum DateShape {
    Edtf(String),
    Object {
        #[serde(rename = "date-parts")]
        date_parts: Option<Vec<Vec<Scalar>>>,
        season: Option<Scalar>,
        circa: Option<Scalar>,
        literal: Option<Scalar>,
        raw: Option<Scalar>,
    },
}

impl<'de> Deserialize<'de> for Date {
    /// A date object or an EDTF string. What is no date is kept as words.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (date_parts, season, circa, words) = match DateShape::deserialize(deserializer)? {
            DateShape::Edtf(text) => (None, None, None, Some(Scalar(text))),
            DateShape::Object { date_parts, season, circa, literal, raw } => {
                (date_parts, season, circa, literal.or(raw))
            }
        };
        let season = season.and_then(|season| season.0.parse().ok()).and_then(Season::from_number);
        let points: Vec<Option<PartialDate>> =
            date_parts.iter().flatten().map(|parts| point(parts, season)).collect();
        let mut date = match (points.as_slice(), words) {
            ([Some(point)], _) => Date::from(*point),
            ([first, last], _) if first.or(*last).is_some() => Date::range(*first, *last),
            (_, Some(words)) => words.0.parse().unwrap_or_else(|_| Date::literal(words.0)),
            (_, None) => {
                let numbers = date_parts.iter().flatten().flatten().map(|part| part.0.as_str());
                Date::literal(numbers.collect::<Vec<_>>().join("-"))
            }
        };
        match circa.as_ref().map_or("", |circa| circa.0.as_str()) {
            "" | "false" | "0" => {}
            "?" => date.uncertain = true,
            "%" => (date.circa, date.uncertain) = (true, true),
            _ => date.circa = true,
        }
        Ok(date)
    }
}

/// The point of `date-parts`; `None` where they are no date (year 0 means an open end).
fn point(parts: &[Scalar], season: Option<Season>) -> Option<PartialDate> {
    let number = |at: usize| parts.get(at).and_then(|part| part.0.trim().parse::<i32>().ok());
    let year = number(0).filter(|&year| year != 0)?;
    let year = if year > 0 { year } else { year.checked_add(1)? };
    let small = |at: usize| number(at).and_then(|number| u8::try_from(number).ok());
    let date = match (small(1).filter(|&month| month > 0), small(2).filter(|&day| day > 0)) {
        (None, _) => {
            Ok(season.map_or_else(|| PartialDate::year(year), |s| PartialDate::season(year, s)))
        }
        (Some(month @ 21..=24), _) => {
            return Season::from_number(month - 20).map(|s| PartialDate::season(year, s));
        }
        (Some(month), None) => PartialDate::month(year, month),
        (Some(month), Some(day)) => PartialDate::day(year, month, day),
    };
    date.ok()
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
