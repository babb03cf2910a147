//! One item's text to a tree, whatever is wrong with the text.
//!
//! Takes the text of an item, gives its [`Node`] and every [`Fault`]; called by
//! [`reader`](super::reader). What is JSON by RFC 8259 gives no fault. What is not is read up to
//! where it breaks, property by property, so that a file cut off in the middle of an item still
//! gives what stands before the cut.

use super::node::{Member, Node, Shape};
use super::scan::remark_len;
use super::split::{goes_on, is_space, member_name};
use std::borrow::Cow;
use std::ops::Range;

/// A place where the text is no JSON.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) place: Range<usize>,
    pub(super) message: String,
    pub(super) assumed: &'static str,
    pub(super) help: &'static str,
}

/// How many faults of an item are told of one by one.
const MOST: usize = 128;

/// How many lists and objects may stand in each other.
const DEEPEST: usize = 120;

/// The tree of an item's text, which begins with `{`, or with its first name where the brace is
/// missing.
pub(super) fn parse(text: &str) -> (Node<'_>, Vec<Fault>) {
    let mut parser = Parser { text, at: 0, broken_off: false, faults: Vec::new(), more: None };
    let mut node = match parser.peek() {
        Some(b'"') => {
            parser.fault(
                0..1,
                "no brace stands before the item".to_owned(),
                "it is read as if one did",
                "put a `{` before it",
            );
            let shape = parser.members(0, 0, false);
            Node { place: 0..parser.at, shape }
        }
        _ => parser.value(0, false).unwrap_or(Node::of(Shape::Null)),
    };
    while let Shape::Object(members) = &mut node.shape
        && goes_on(&text[parser.at..])
    {
        parser.fault(
            parser.at - 1..parser.at,
            "a brace closes the item too early".to_owned(),
            "what stands behind it belongs to the item",
            "take it away",
        );
        parser.comma(b'}');
        if let Shape::Object(more) = parser.members(0, 0, false) {
            members.extend(more);
        }
        node.place.end = parser.at;
    }
    parser.space();
    if parser.at < text.len() {
        let place = parser.at..text.len();
        parser.fault(
            place,
            "text stands behind the item's end".to_owned(),
            "it is left out",
            "take away the brace that closes the item too early",
        );
    }
    if let Some((place, count)) = parser.more {
        parser.faults.push(Fault {
            place,
            message: format!("{count} more faults of the item begin here"),
            assumed: "they are read as those before",
            help: "make the item anew",
        });
    }
    (node, parser.faults)
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Whether it was said that the text ends before it is complete.
    broken_off: bool,
    faults: Vec<Fault>,
    /// Where the first of all others stands, and how many there are.
    more: Option<(Range<usize>, usize)>,
}

impl<'a> Parser<'a> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over white space and remarks.
    fn space(&mut self) {
        loop {
            while self.peek().is_some_and(is_space) {
                self.at += 1;
            }
            let Some(len) = remark_len(&self.text[self.at..]) else { return };
            let start = self.at;
            self.at += len;
            self.fault(
                start..start + 1,
                "a remark stands in an item".to_owned(),
                "it is passed over",
                "take it away: JSON has none",
            );
        }
    }

    pub(super) fn fault(
        &mut self,
        place: Range<usize>,
        message: impl AsRef<str> + Into<String>,
        assumed: &'static str,
        help: &'static str,
    ) {
        // Ten thousand brackets where none can stand are one fault.
        if let Some(last) = self.faults.last_mut()
            && last.message == message.as_ref()
            && self.text.get(last.place.end..place.start).is_some_and(|gap| gap.trim().is_empty())
        {
            last.place.end = place.end;
            return;
        }
        if self.faults.len() < MOST {
            self.faults.push(Fault { place, message: message.into(), assumed, help });
        } else {
            self.more.get_or_insert((place, 0)).1 += 1;
        }
    }

    /// The character at the present place, or nothing at the end.
    fn here(&self) -> Range<usize> {
        let len = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        self.at..self.at + len
    }

    /// A value; `None` where none stands, or none to its end. `in_list` says whether a list is
    /// open, which a `]` then closes.
    fn value(&mut self, depth: usize, in_list: bool) -> Option<Node<'a>> {
        self.space();
        let start = self.at;
        let shape = match self.peek()? {
            b'{' | b'[' if depth == DEEPEST => return self.too_deep(),
            b'{' => self.object(depth, in_list),
            b'[' => self.list(depth),
            b'"' => Shape::Text(self.string()?),
            b',' | b':' | b'}' | b']' => return None,
            b'\'' => Shape::Text(self.single_quoted().into()),
            _ => self.bare()?,
        };
        Some(Node { place: start..self.at, shape })
    }

    /// Leaves out what is nested beyond all sense.
    fn too_deep(&mut self) -> Option<Node<'a>> {
        let start = self.at;
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => open += 1,
                b'}' | b']' => open = open.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                break;
            }
        }
        self.fault(
            start..start + 1,
            format!("more than {DEEPEST} lists and objects stand in each other"),
            "what stands deeper is left out",
            "nothing in a bibliography is so deep: make the file anew",
        );
        Some(Node { place: start..self.at, shape: Shape::Null })
    }

    fn object(&mut self, depth: usize, in_list: bool) -> Shape<'a> {
        let start = self.at;
        self.at += 1;
        self.members(start, depth, in_list)
    }

    /// The members of an object, up to its brace.
    fn members(&mut self, start: usize, depth: usize, in_list: bool) -> Shape<'a> {
        let mut members = Vec::new();
        loop {
            self.space();
            match self.peek() {
                None => {
                    self.unclosed(start, "{");
                    break;
                }
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b']') if in_list => {
                    self.unclosed(start, "{");
                    break;
                }
                Some(b',' | b':' | b']' | b'{' | b'[') => self.stray(),
                Some(_) => self.member(depth, in_list, &mut members),
            }
        }
        Shape::Object(members)
    }

    /// One member and the comma behind it.
    fn member(&mut self, depth: usize, in_list: bool, members: &mut Vec<Member<'a>>) {
        let start = self.at;
        let name = if self.peek() == Some(b'"') {
            self.string()
        } else if self.peek() == Some(b'\'') {
            Some(Cow::Borrowed(self.single_quoted()))
        } else {
            let word = self.word();
            self.fault(
                start..self.at,
                format!("the name `{}` has no quotes", shown(word)),
                "it is read as if it had",
                "put it in double quotes",
            );
            Some(Cow::Borrowed(word))
        };
        let Some(name) = name else { return };
        let place = start..self.at;
        self.space();
        if self.peek() == Some(b':') {
            self.at += 1;
        } else if self.peek().is_some_and(|byte| !matches!(byte, b',' | b'}' | b']')) {
            let here = self.here();
            self.fault(
                here,
                format!("no colon stands behind `{}`", shown(&name)),
                "it is read as if one did",
                "put a colon between name and value",
            );
        }
        match self.value(depth + 1, in_list) {
            Some(value) => members.push(Member { name, place, value }),
            None => {
                self.broken_off |= self.at == self.text.len();
                self.fault(
                    place,
                    format!("`{}` has no value that ends", shown(&name)),
                    "it is left out",
                    "give it a value, or take it away",
                );
            }
        }
        self.comma(b'}');
    }

    fn list(&mut self, depth: usize) -> Shape<'a> {
        let start = self.at;
        self.at += 1;
        let mut nodes = Vec::new();
        loop {
            self.space();
            match self.peek() {
                None => {
                    self.unclosed(start, "[");
                    break;
                }
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(b'}') => {
                    self.unclosed(start, "[");
                    break;
                }
                // A member of the object around: the list has no end.
                Some(b'"') if depth > 0 && member_name(&self.text[self.at..]).is_some() => {
                    self.unclosed(start, "[");
                    break;
                }
                Some(b',' | b':') => self.stray(),
                Some(_) => {
                    nodes.extend(self.value(depth + 1, true));
                    self.comma(b']');
                }
            }
        }
        Shape::List(nodes)
    }

    /// The comma behind a member or element, before another one.
    fn comma(&mut self, end: u8) {
        self.space();
        let place = self.here();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.space();
                if self.peek() == Some(end) {
                    self.fault(
                        place,
                        format!("a comma stands before `{}`", char::from(end)),
                        "it is left out",
                        "take it away",
                    );
                }
            }
            None | Some(b'}' | b']') => {}
            // The object itself speaks of what else stands here.
            Some(b':') => {}
            Some(_) => self.fault(
                place,
                "no comma stands before the next value".to_owned(),
                "it is read as if one did",
                "put a comma before it",
            ),
        }
    }

    fn stray(&mut self) {
        let place = self.here();
        let sign = &self.text[place.clone()];
        self.at = place.end;
        self.fault(
            place,
            format!("`{sign}` stands where it cannot"),
            "it is left out",
            "take it away, or look for what is missing before it",
        );
    }

    fn unclosed(&mut self, start: usize, sign: &str) {
        if self.at == self.text.len() && std::mem::replace(&mut self.broken_off, true) {
            return;
        }
        self.fault(
            start..start + 1,
            format!("`{sign}` is not closed"),
            "what stands complete in it is read",
            if sign == "{" { "put a `}` where it ends" } else { "put a `]` where it ends" },
        );
    }

    /// A stretch without any sign of JSON.
    fn word(&mut self) -> &'a str {
        let start = self.at;
        let len = self.text[start..]
            .find(|c: char| {
                matches!(c, ',' | ':' | '{' | '}' | '[' | ']' | '"' | ' ' | '\t' | '\n' | '\r')
            })
            .unwrap_or(self.text.len() - start);
        self.at += len;
        &self.text[start..self.at]
    }

    /// A number, `true`, `false`, `null`, or what is none of them.
    fn bare(&mut self) -> Option<Shape<'a>> {
        let start = self.at;
        let word = self.word();
        if self.at == self.text.len() {
            // Cut off: nobody knows how many digits are missing.
            return None;
        }
        Some(match word {
            "null" => Shape::Null,
            "true" => Shape::Truth(true),
            "false" => Shape::Truth(false),
            word if is_number(word) => Shape::Number(word.into()),
            word => {
                let nothing = matches!(word, "None" | "NaN" | "undefined" | "nil" | "NULL");
                self.fault(
                    start..self.at,
                    format!("`{}` is no JSON value", shown(word)),
                    if nothing { "it is read as no value" } else { "it is read as a text" },
                    if nothing { "write `null`" } else { "put it in double quotes" },
                );
                if nothing { Shape::Null } else { Shape::Text(word.into()) }
            }
        })
    }
}

/// Whether a word is a number by RFC 8259, 6.
pub(super) fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) =
        word.split_once(['e', 'E']).map_or((word, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) =
        mantissa.split_once('.').map_or((mantissa, None), |(whole, part)| (whole, Some(part)));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}

/// The beginning of a text, short enough for a message.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut chars = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}
