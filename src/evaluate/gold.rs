//! References whose fields are known, and the file they are kept in.

use super::spelling::spelled;
use crate::error::{Error, Result};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// A reference whose fields are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Gold {
    /// What names the reference in its file.
    pub id: String,
    /// The reference as it was typed.
    pub text: String,
    /// What should be read from it: a CSL-JSON item.
    pub item: Value,
    /// The fields that are compared, by their CSL names; all where there is no list. A data set
    /// that knows nothing of editors must not count them as invented.
    pub fields: Option<Vec<String>>,
}

impl Gold {
    /// Reads a file of references: one JSON object a line, with `id`, `text`, the CSL-JSON item
    /// `gold`, and, where not all fields are known, `fields`. Other members and empty lines are
    /// passed over; without `gold` nothing should be read from the text.
    ///
    /// ```
    /// use citelift::evaluate::Gold;
    ///
    /// let line = r#"{"id": "a1", "text": "Harbour watch. 2011.", "gold": {"title": "Harbour watch"}}"#;
    /// assert_eq!(Gold::from_json_lines(line)?[0].text, "Harbour watch. 2011.");
    ///
    /// let error = Gold::from_json_lines(&format!("{line}\n{line}")).unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: the id a1 stands twice");
    /// # Ok::<(), citelift::Error>(())
    /// ```
    ///
    /// # Errors
    /// An error of kind [`ErrorKind::Data`](crate::ErrorKind::Data), which names the line, for
    /// one that is no JSON object, has no `id` or another one's, or a member of a wrong type.
    pub fn from_json_lines(text: &str) -> Result<Vec<Self>> {
        let mut references = Vec::new();
        let mut known = HashSet::new();
        for (number, line) in (1..).zip(text.split('\n')) {
            if line.trim().is_empty() {
                continue;
            }
            let fault = |message: String| Error::data(number, message);
            let members = serde_json::from_str::<Map<String, Value>>(line)
                .map_err(|error| fault(format!("no JSON object: {error}")))?;
            let reference = Self::from_members(members).map_err(|message| fault(message.into()))?;
            if !known.insert(reference.id.clone()) {
                return Err(fault(format!("the id {} stands twice", reference.id)));
            }
            references.push(reference);
        }
        Ok(references)
    }

    fn from_members(mut members: Map<String, Value>) -> std::result::Result<Self, &'static str> {
        let mut take = |name| members.remove(name).unwrap_or_default();
        Ok(Self {
            id: match take("id") {
                Value::Null => return Err("no id"),
                id => spelled(&id).into_owned(),
            },
            text: match take("text") {
                Value::Null => String::new(),
                Value::String(text) => text,
                _ => return Err("`text` is no text"),
            },
            item: match take("gold") {
                Value::Null => Value::Object(Map::new()),
                item @ Value::Object(_) => item,
                _ => return Err("`gold` is no CSL-JSON item"),
            },
            fields: match take("fields") {
                Value::Null => None,
                Value::Array(names) => Some(field_names(names)?),
                _ => return Err("`fields` is no list"),
            },
        })
    }
}

fn field_names(names: Vec<Value>) -> std::result::Result<Vec<String>, &'static str> {
    let name = |name| match name {
        Value::String(name) => Ok(name),
        _ => Err("`fields` holds what is no name of a field"),
    };
    names.into_iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use serde_json::json;

    #[test]
    fn lines_become_references() {
        let text = "{\"id\": 7, \"gold\": {\"title\": \"A\"}, \"spans\": []}\r\n\n \
                    {\"id\": \"b\", \"text\": \"B.\", \"fields\": [\"title\", \"type\"]}\n";
        let gold = Gold::from_json_lines(text).unwrap();
        assert_eq!(gold.len(), 2);
        assert_eq!((gold[0].id.as_str(), gold[0].text.as_str()), ("7", ""));
        assert_eq!(gold[0].item, json!({"title": "A"}));
        assert_eq!((&gold[1].item, gold[1].text.as_str()), (&json!({}), "B."));
        assert_eq!(gold[1].fields.as_deref(), Some(&["title".to_owned(), "type".to_owned()][..]));
    }

    #[test]
    fn a_wrong_line_is_named() {
        for (line, message) in [
            ("[1]", "line 2: no JSON object"),
            ("{\"id\": 1", "line 2: no JSON object"),
            ("{}", "line 2: no id"),
            ("{\"id\": 1, \"text\": 2}", "line 2: `text` is no text"),
            ("{\"id\": 1, \"gold\": [2]}", "line 2: `gold` is no CSL-JSON item"),
            ("{\"id\": 1, \"fields\": \"title\"}", "line 2: `fields` is no list"),
            ("{\"id\": 1, \"fields\": [1]}", "line 2: `fields` holds"),
            ("{\"id\": \"0\"}", "line 2: the id 0 stands twice"),
        ] {
            let error = Gold::from_json_lines(&format!("{{\"id\": 0}}\n{line}\n")).unwrap_err();
            assert!(error.to_string().starts_with(message), "{error}");
            assert_eq!((error.kind(), error.span()), (ErrorKind::Data, None));
        }
    }
}
