//! How a JSON value is spelled where text is wanted: as Python's `str` does.
//!
//! A prediction may have a number where text belongs (`"volume": 3`), and then counts as its
//! text. Objects and lists in such places are never right, but whether they count as a value at
//! all goes by their spelling too.

use serde_json::{Number, Value};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Lists within lists are spelled so deep; parsers of JSON stop there as well.
const DEEPEST: usize = 128;

/// The value as text.
pub(super) fn spelled(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        other => {
            let mut out = String::new();
            inner(other, DEEPEST, &mut out);
            Cow::Owned(out)
        }
    }
}

/// Whether Python takes the value for true: not null, not false, not zero, not empty.
pub(super) fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

/// A value within a list or object, where strings are quoted.
fn inner(value: &Value, depth: usize, out: &mut String) {
    let Some(depth) = depth.checked_sub(1) else {
        out.push_str("...");
        return;
    };
    match value {
        Value::Null => out.push_str("None"),
        Value::Bool(true) => out.push_str("True"),
        Value::Bool(false) => out.push_str("False"),
        Value::Number(number) => out.push_str(&number_spelled(number)),
        Value::String(text) => quoted(text, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                inner(item, depth, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (at, (name, member)) in members.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                quoted(name, out);
                out.push_str(": ");
                inner(member, depth, out);
            }
            out.push('}');
        }
    }
}

/// In single quotes, unless only those stand inside.
fn quoted(text: &str, out: &mut String) {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.push(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c if is_printable(c) => out.push(c),
            c => {
                let code = u32::from(c);
                // Writing to a string does not fail.
                let _ = match code {
                    0..=0xFF => write!(out, "\\x{code:02x}"),
                    0x100..=0xFFFF => write!(out, "\\u{code:04x}"),
                    _ => write!(out, "\\U{code:08x}"),
                };
            }
        }
    }
    out.push(quote);
}

/// Rust's escapes and Python's spare the same characters, but Rust's also name a mark that
/// opens a string; hence the letter before it.
fn is_printable(c: char) -> bool {
    let pair = String::from_iter(['x', c]);
    let escaped = pair.escape_debug().nth(1);
    matches!(c, '\'' | '"' | '\\') || escaped == Some(c)
}

/// Whole numbers by their digits; others with the fewest digits that give the number again,
/// without an exponent from 0.0001 up to below 10^16.
fn number_spelled(number: &Number) -> String {
    let Some(float) = number.as_f64().filter(|_| number.is_f64()) else {
        return number.to_string();
    };
    let digits = format!("{float:e}");
    let (mantissa, exponent) = digits.split_once('e').unwrap_or((&digits, "0"));
    match exponent.parse::<i32>().unwrap_or(0) {
        -4..=15 => format!("{float:?}"),
        exponent => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_spelled_as_python_does() {
        for (number, text) in [
            (json!(3), "3"),
            (json!(-3), "-3"),
            (json!(1.0), "1.0"),
            (json!(2.5), "2.5"),
            (json!(-0.0), "-0.0"),
            (json!(0.0001), "0.0001"),
            (json!(0.00001), "1e-05"),
            (json!(123_456_789_012_345.6), "123456789012345.6"),
            (json!(1e15), "1000000000000000.0"),
            (json!(1e16), "1e+16"),
            (json!(1.5e300), "1.5e+300"),
        ] {
            assert_eq!(spelled(&number), text);
        }
    }

    #[test]
    fn lists_and_objects_are_spelled_as_python_does() {
        assert_eq!(spelled(&json!(null)), "None");
        assert_eq!(spelled(&json!(true)), "True");
        assert_eq!(
            spelled(&json!({"a": [1, "it's", null], "b": "\u{7f}\n\"'"})),
            r#"{'a': [1, "it's", None], 'b': '\x7f\n"\''}"#
        );
        assert_eq!(
            spelled(&json!(["e\u{301}", "\u{ad}", "\u{200b}"])),
            "['e\u{301}', '\\xad', '\\u200b']"
        );
    }

    #[test]
    fn a_deep_list_ends() {
        let mut deep = json!(1);
        for _ in 0..2000 {
            deep = json!([deep]);
        }
        assert!(spelled(&deep).contains("..."));
    }
}
