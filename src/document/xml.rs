//! XML as the parts of documents have it: elements and text in their order, without a tree.
//!
//! Takes a part's text, gives [`Event`]s. Names are told without their prefixes, since every
//! program has its own; no entity is expanded beyond those of characters, so that no part grows
//! in the reading. A part that breaks off or is ill-formed ends there, and says so. Called by the
//! readers of DOCX, ODT and EPUB. The rules are those of XML 1.0, fifth edition.

use crate::text::entity;
use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape_with};
use quick_xml::events::{BytesEnd, BytesStart, Event as Read};
use std::borrow::Cow;

/// How deep elements may lie in one another.
const DEEPEST: usize = 1000;

/// What comes next in a part.
pub(super) enum Event<'x> {
    /// An element opens.
    Open(Tag<'x>),
    /// An element closes.
    Close(End<'x>),
    /// Text.
    Text(Cow<'x, str>),
}

/// The tag that opens an element.
pub(super) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// The element's name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the first attribute of a name, whatever its prefix.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.html_attributes();
        let attributes = attributes.with_checks(false).flatten();
        attributes
            .filter(|one| one.key.local_name().into_inner() == name)
            .map(|one| {
                let raw = one.value;
                match unescape_with(&raw, resolve_xml_entity) {
                    Ok(value) => Cow::Owned(value.into_owned()),
                    Err(_) => raw,
                }
            })
            .next()
    }

    /// The value of an attribute that is a number.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether an attribute of a name says no more than yes or no, and says no.
    pub(super) fn is_off(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| matches!(&*value, "0" | "false" | "off" | "none"))
    }
}

/// The tag that closes an element.
pub(super) struct End<'x>(BytesEnd<'x>);

impl End<'_> {
    /// The element's name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// A part that is being read.
pub(super) struct Xml<'x> {
    text: &'x str,
    reader: Reader<&'x [u8]>,
    depth: usize,
    broken: Option<String>,
}

impl<'x> Xml<'x> {
    /// A part from its beginning.
    pub(super) fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { text, reader, depth: 0, broken: None }
    }

    /// What comes next; nothing at the end, and where the part is broken.
    pub(super) fn next(&mut self) -> Option<Event<'x>> {
        loop {
            if self.broken.is_some() {
                return None;
            }
            match self.reader.read_event() {
                Ok(Read::Start(tag)) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        self.broken = Some(format!("elements lie more than {DEEPEST} deep"));
                        return None;
                    }
                    return Some(Event::Open(Tag(tag)));
                }
                Ok(Read::End(tag)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some(Event::Close(End(tag)));
                }
                Ok(Read::Text(text)) => return Some(Event::Text(text.xml10_content())),
                Ok(Read::CData(text)) => return Some(Event::Text(text.xml10_content())),
                Ok(Read::GeneralRef(name)) => return Some(Event::Text(character(&name))),
                Ok(Read::Eof) => {
                    if self.depth > 0 {
                        self.broken = Some("it ends before its time".to_owned());
                    }
                    return None;
                }
                Ok(_) => {}
                Err(error) => {
                    self.broken = Some(error.to_string().to_lowercase());
                    return None;
                }
            }
        }
    }

    /// The rest of the element that opened last, its end included, goes; it is given as it is
    /// written.
    pub(super) fn skip(&mut self) -> &'x str {
        let start = self.position();
        let outside = self.depth.saturating_sub(1);
        let mut end = start;
        while let Some(event) = self.next() {
            if matches!(event, Event::Close(_)) && self.depth <= outside {
                break;
            }
            end = self.position();
        }
        self.text.get(start..end).unwrap_or_default()
    }

    /// Why the part could not be read to its end.
    pub(super) fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

/// What stands for a character.
fn character(name: &str) -> Cow<'static, str> {
    if let Some(known) = resolve_xml_entity(name) {
        return Cow::Borrowed(known);
    }
    let number = name.strip_prefix('#').and_then(|number| {
        let hex = number.strip_prefix(['x', 'X']);
        let code = match hex {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        char::from_u32(code.ok()?)
    });
    match number.or_else(|| entity(name)) {
        Some(c) => Cow::Owned(c.to_string()),
        None => Cow::Owned(format!("&{name};")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of tags and texts in their order.
    fn events(text: &str) -> (String, Option<String>) {
        let mut xml = Xml::new(text);
        let mut all = String::new();
        while let Some(event) = xml.next() {
            match event {
                Event::Open(tag) => all.push_str(&format!("<{}>", tag.name())),
                Event::Close(tag) => all.push_str(&format!("</{}>", tag.name())),
                Event::Text(text) => all.push_str(&text),
            }
        }
        (all, xml.broken().map(str::to_owned))
    }

    #[test]
    fn prefixes_go_and_characters_are_read() {
        let (all, broken) = events(
            "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'bbbb'>]><w:a x:b='1'><!-- c --><d/>\
             R&amp;D &#x2013;&eacute; &b; &#38; & <![CDATA[<x>]]></w:a>",
        );
        assert_eq!(all, "<a><d></d>R&D –é &b; & & <x></a>");
        assert_eq!(broken, None);
    }

    #[test]
    fn attributes_are_found_by_their_own_names() {
        let mut xml = Xml::new("<a w:val=\"R&amp;D\" n='12' off='false'/>");
        let Some(Event::Open(tag)) = xml.next() else { panic!("no tag") };
        assert_eq!(tag.get("val").as_deref(), Some("R&D"));
        assert_eq!(tag.number("n"), Some(12_u32));
        assert!(tag.is_off("off") && !tag.is_off("n") && tag.get("none").is_none());
    }

    #[test]
    fn a_skipped_element_is_given_as_it_is_written() {
        let mut xml = Xml::new("<a><b><c>x</c>&amp;<d/></b>y</a>");
        xml.next();
        xml.next();
        assert_eq!(xml.skip(), "<c>x</c>&amp;<d/>");
        assert!(matches!(xml.next(), Some(Event::Text(text)) if text == "y"));
    }

    #[test]
    fn what_is_broken_ends_and_says_so() {
        let (all, broken) = events("<a>one<b>two");
        assert_eq!(
            (all.as_str(), broken.as_deref()),
            ("<a>one<b>two", Some("it ends before its time"))
        );
        let (all, broken) = events("<a>one</b>two</a>");
        assert_eq!(all, "<a>one");
        assert!(broken.is_some());
        let (_, broken) = events(&"<a>".repeat(DEEPEST + 1));
        assert_eq!(broken.as_deref(), Some("elements lie more than 1000 deep"));
    }
}
