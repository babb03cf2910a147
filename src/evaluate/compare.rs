//! One field of a reference: the comparable form of its values and the verdict on them.

use super::date::{Point, date_key, dates_equal};
use super::distance::nearly_equal;
use super::identifier::{doi_key, is_resolver, url_key};
use super::name::{NameKey, names_key};
use super::number::{edition_key, number_key};
use super::page::page_key;
use super::spelling::is_true;
use super::text::text_key;
use serde_json::{Map, Value};

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// There is a value, but another one was read: counts as surplus and as missing.
    Differs,
    /// A value was read where there is none.
    Surplus,
    /// There is a value, and none was read.
    Missing,
}

impl Verdict {
    /// The verdict's short name: `err`, `fp` (false positive) or `fn` (false negative).
    ///
    /// ```
    /// assert_eq!(citelift::evaluate::Verdict::Missing.as_str(), "fn");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Differs => "err",
            Self::Surplus => "fp",
            Self::Missing => "fn",
        }
    }
}

/// A value in the form in which it is compared.
#[derive(Debug, PartialEq)]
enum Key {
    Text(String),
    Names(Vec<NameKey>),
    Date(Vec<Point>),
}

impl Key {
    fn of(field: &str, value: &Value) -> Self {
        match field {
            "author" | "editor" => Self::Names(names_key(value)),
            "issued" => Self::Date(date_key(value)),
            "volume" | "issue" => Self::Text(number_key(value)),
            "edition" => Self::Text(edition_key(value)),
            "page" => Self::Text(page_key(value)),
            "DOI" => Self::Text(doi_key(value)),
            "URL" => Self::Text(url_key(value)),
            _ => Self::Text(text_key(value)),
        }
    }

    /// Whether there is nothing to compare: the field is absent.
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Names(names) => names.is_empty(),
            Self::Date(points) => points.is_empty(),
        }
    }

    fn agrees(&self, read: &Self, soft: bool) -> bool {
        match (self, read) {
            (Self::Date(gold), Self::Date(read)) => dates_equal(gold, read),
            (Self::Text(gold), Self::Text(read)) if soft => {
                gold == read || nearly_equal(gold, read)
            }
            _ => self == read,
        }
    }
}

/// `None` where neither side has the field; else whether it is right, or what is wrong.
pub(super) fn compare(
    field: &str,
    gold: &Value,
    read: &Value,
    soft: bool,
) -> Option<Result<(), Verdict>> {
    let key = |item| Key::of(field, value(item, field));
    let (gold, read) = (key(gold), key(read));
    let soft = soft && matches!(field, "title" | "container-title");
    match (gold.is_empty(), read.is_empty()) {
        (true, true) => None,
        (true, false) => Some(Err(Verdict::Surplus)),
        (false, true) => Some(Err(Verdict::Missing)),
        (false, false) if gold.agrees(&read, soft) => Some(Ok(())),
        (false, false) => Some(Err(Verdict::Differs)),
    }
}

/// The value of a field, where a link to the resolver of DOIs is no URL but the DOI, if the item
/// has no other.
fn value<'a>(item: &'a Value, field: &str) -> &'a Value {
    let Value::Object(members) = item else { return &Value::Null };
    match (field, resolver(members)) {
        ("URL", Some(_)) => &Value::Null,
        ("DOI", Some(link)) => members.get("DOI").unwrap_or(link),
        _ => members.get(field).unwrap_or(&Value::Null),
    }
}

fn resolver(members: &Map<String, Value>) -> Option<&Value> {
    members.get("URL").filter(|url| is_true(url) && is_resolver(url))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn verdict(field: &str, gold: &Value, read: &Value, soft: bool) -> Option<Result<(), Verdict>> {
        compare(field, &json!({field: gold}), &json!({field: read}), soft)
    }

    #[test]
    fn fields_have_forms_of_their_own() {
        for (field, gold, read) in [
            ("page", json!("263–91"), json!("263-291")),
            ("volume", json!("XIX"), json!(19)),
            ("edition", json!("2nd ed."), json!("2")),
            ("publisher", json!("Harper & Row,"), json!("Harper & Row")),
            ("issued", json!({"date-parts": [[2019]]}), json!("2019-03-22")),
            ("author", json!([{"literal": "Europol"}]), json!([{"family": "Europol"}])),
            ("type", json!("book"), json!("Book")),
        ] {
            assert_eq!(verdict(field, &gold, &read, false), Some(Ok(())), "{field}");
        }
    }

    #[test]
    fn there_are_three_ways_to_be_wrong() {
        let (one, other, none) = (json!("A"), json!("B"), json!(null));
        assert_eq!(verdict("title", &one, &other, false), Some(Err(Verdict::Differs)));
        assert_eq!(verdict("title", &one, &none, false), Some(Err(Verdict::Missing)));
        assert_eq!(verdict("title", &none, &other, false), Some(Err(Verdict::Surplus)));
        assert_eq!(verdict("title", &none, &json!("."), false), None);
        assert_eq!(compare("title", &json!({}), &json!(5), false), None);
    }

    #[test]
    fn only_titles_are_compared_softly() {
        let (one, other) = (json!("Liquid Modernity."), json!("Liquid Modernities"));
        assert_eq!(verdict("title", &one, &other, true), Some(Ok(())));
        assert_eq!(verdict("container-title", &one, &other, true), Some(Ok(())));
        assert_eq!(verdict("title", &one, &other, false), Some(Err(Verdict::Differs)));
        assert_eq!(verdict("publisher", &one, &other, true), Some(Err(Verdict::Differs)));
    }

    #[test]
    fn a_link_to_the_resolver_is_a_doi() {
        let gold = json!({"DOI": "10.1000/x"});
        for (read, doi, url) in [
            (json!({"DOI": "10.1000/x", "URL": "https://doi.org/10.1000/X"}), Some(Ok(())), None),
            (json!({"URL": "http://dx.doi.org/10.1000%2Fx"}), Some(Ok(())), None),
            (json!({"URL": "http://dx.doi.org/10.1000/y"}), Some(Err(Verdict::Differs)), None),
            (
                json!({"DOI": "10.1000/x", "URL": "http://a.org"}),
                Some(Ok(())),
                Some(Err(Verdict::Surplus)),
            ),
            (
                json!({"DOI": null, "URL": "https://doi.org/10.1000/x"}),
                Some(Err(Verdict::Missing)),
                None,
            ),
        ] {
            assert_eq!(compare("DOI", &gold, &read, false), doi, "{read}");
            assert_eq!(compare("URL", &gold, &read, false), url, "{read}");
        }
    }
}
