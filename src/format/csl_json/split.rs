//! A file divided into the texts of its items, without understanding them.
//!
//! Takes the text as far as it is known, gives one [`Piece`] after another; called by
//! [`reader`](super::reader), which throws away what is done with. An array, one object, objects
//! one after another, `{"items": […]}` around them: all the same here. Time is linear, whatever
//! stands in the file, and nothing recurses.

use super::direct;
use super::looks;
use super::parse::{Fault, is_number};
use super::scan::{Kind, Scan, Scanned};
use crate::Work;
use crate::format::mapping::{csl_field, kind_of_csl_type};
use std::ops::Range;

/// How far ahead the scanners look; what they say must not depend on how the text arrives.
pub(super) const LOOKAHEAD: usize = 128;

/// A part of the file.
#[derive(Debug)]
pub(super) enum Piece {
    /// An object. It may be broken.
    Item(Range<usize>),
    /// An object that is a work as it stands, the one in [`Splitter::work`].
    Work(Range<usize>),
    /// Something else between the items.
    Stray(Range<usize>),
    /// A list without items where an item belongs.
    List(Range<usize>),
    /// A list of items where an item belongs, up to its bracket.
    Nested(Range<usize>),
    /// The beginning of an object around the items.
    Wrapper(Range<usize>),
    /// What such an object holds behind the items.
    Tail(Range<usize>),
    /// Marks between the items that are wrong.
    Fault(Fault),
}

/// What the next step came to.
#[derive(Debug)]
pub(super) enum Step {
    Piece(Piece),
    /// The text known so far does not say; more of it is needed.
    More,
    End,
}

/// What is open around the items.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    Array,
    /// The array in an object, under `items`.
    Items,
    /// The object itself, where it holds one item, under `message`.
    Object,
}

/// Divides a text; its places count from the beginning of the text it is given.
pub(super) struct Splitter {
    at: usize,
    around: Vec<Around>,
    /// Where the last of those began.
    opened: usize,
    /// Whether a comma or the beginning of an array stands before.
    separated: bool,
    /// How far the present line is indented, as long as nothing else stands in it.
    indent: Option<usize>,
    scan: Option<Scan>,
    /// The work of the last piece, where that is one.
    pub(super) work: Work,
    order: direct::Order,
    /// Whether an item did not end once: then the first likely beginning of another ends it.
    eager: bool,
    /// Whether the last item broke off where the file does.
    broken_off: bool,
    /// Whether it was said that items stand side by side without a list.
    is_bare: bool,
    /// Whether it was said that a list of items stands in the list.
    is_nested: bool,
    /// Whether an item began.
    is_any: bool,
    /// Whether an object around items began: one in another is taken for that at once, so that
    /// none is gone over again and again.
    is_wrapped: bool,
    /// Whether anything but white space was seen.
    pub(super) seen: bool,
}

impl Splitter {
    pub(super) fn new() -> Self {
        Self {
            at: 0,
            around: Vec::new(),
            opened: 0,
            separated: true,
            indent: Some(0),
            scan: None,
            work: Work::default(),
            order: direct::Order::new(),
            eager: false,
            broken_off: false,
            is_bare: false,
            is_nested: false,
            is_any: false,
            is_wrapped: false,
            seen: false,
        }
    }

    /// The first byte that is still needed.
    pub(super) fn needed_from(&self) -> usize {
        self.scan.as_ref().map_or(self.at, |scan| scan.start)
    }

    /// Counts from a later byte: those before it, which are not needed, are gone.
    pub(super) fn forget(&mut self, bytes: usize) {
        self.at = self.at.saturating_sub(bytes);
        self.opened = self.opened.saturating_sub(bytes);
        if let Some(scan) = &mut self.scan {
            scan.forget(bytes);
        }
    }

    /// The next piece of `text`; `at_end` says that no more of it will come.
    pub(super) fn step(&mut self, text: &str, at_end: bool) -> Step {
        loop {
            if let Some(scan) = &mut self.scan {
                let kind = scan.kind;
                let start = scan.start;
                let scanned = scan.run(text, at_end, self.eager);
                if let Scanned::More = scanned {
                    return Step::More;
                }
                self.scan = None;
                self.indent = None;
                let (end, whole) = match scanned {
                    Scanned::More => return Step::More,
                    Scanned::End(end) => (end, true),
                    Scanned::Cut(end) => (end, false),
                    Scanned::CutLate(end) => {
                        self.eager = true;
                        (end, false)
                    }
                    Scanned::Wrapper(end) => {
                        self.at = end;
                        self.is_wrapped = true;
                        let is_list = text[..end].ends_with('[');
                        let is_inner =
                            matches!(self.around.last(), Some(Around::Items | Around::Object));
                        self.open(if is_list { Around::Items } else { Around::Object }, end - 1);
                        match kind {
                            Kind::Tail if text[start..end].matches(':').count() == 1 => continue,
                            Kind::Tail => return Step::Piece(Piece::Tail(start..end)),
                            _ if is_inner => return Step::Piece(Piece::Tail(start..end)),
                            _ => return Step::Piece(Piece::Wrapper(start..end)),
                        }
                    }
                };
                self.at = end;
                // A list that never ends is told of as such.
                self.broken_off = !whole && end == text.len() && kind != Kind::List;
                // What is cut ends before white space and the comma that follows.
                self.separated = !whole;
                if matches!(kind, Kind::Item | Kind::Tail)
                    && self.around.pop_if(|around| *around == Around::Object).is_some()
                {
                    self.scan = Some(Scan::new(Kind::Tail, end, None, text));
                }
                let bare = text[start..end].trim_end_matches([' ', '\t', '\r', '\n', ',']);
                let place = if whole { start..end } else { start..start + bare.len() };
                return Step::Piece(match kind {
                    Kind::Item => Piece::Item(place),
                    Kind::Text => Piece::Stray(place),
                    Kind::List if !whole => continue,
                    Kind::List => Piece::List(place),
                    Kind::Tail if has_members(&text[place.clone()]) => Piece::Tail(place),
                    Kind::Tail => continue,
                });
            }
            if let Some(step) = self.between(text, at_end) {
                return step;
            }
        }
    }

    fn open(&mut self, around: Around, at: usize) {
        self.around.push(around);
        self.opened = at;
        self.separated = true;
        self.indent = None;
        self.seen = true;
    }

    /// A step between items; `None` where the next is to be looked for.
    fn between(&mut self, text: &str, at_end: bool) -> Option<Step> {
        let bytes = text.as_bytes();
        while let Some(&byte) = bytes.get(self.at).filter(|&&byte| is_space(byte)) {
            self.indent = match byte {
                b'\n' => Some(0),
                _ => self.indent.map(|indent| indent + 1),
            };
            self.at += 1;
        }
        let at = self.at;
        let Some(&byte) = bytes.get(at) else {
            return Some(if at_end { self.end(text) } else { Step::More });
        };
        if !at_end && at + LOOKAHEAD > text.len() {
            return Some(Step::More);
        }
        let seen = self.seen;
        self.seen = true;
        self.at += 1;
        match byte {
            b'{' if begins_object(&text[at..]) => {
                self.is_any = true;
                let fault = (!self.separated && !self.around.is_empty()).then(|| {
                    fault(at, "no comma stands between two items", "put a comma between them")
                });
                let is_listed = self.around.last() != Some(&Around::Object);
                if fault.is_none()
                    && is_listed
                    && let Some(end) = self.work(text, at, at_end)
                {
                    (self.at, self.indent, self.separated) = (end, None, false);
                    self.broken_off = false;
                    return Some(Step::Piece(Piece::Work(at..end)));
                }
                let mut scan = Scan::new(Kind::Item, at, self.indent, text);
                scan.is_listed = is_listed;
                scan.is_hasty = self.is_wrapped;
                self.scan = Some(scan);
                fault.map(|fault| Step::Piece(Piece::Fault(fault)))
            }
            // An item whose brace is missing.
            b'"' if begins_member(&text[at..]) => {
                self.scan = Some(Scan::new(Kind::Item, at, self.indent, text));
                None
            }
            b'"' => {
                self.scan = Some(Scan::new(Kind::Text, at, None, text));
                None
            }
            b'[' if self.around.is_empty() => {
                self.open(Around::Array, at);
                None
            }
            b'[' => {
                let is_mark = [' ', '\t', '\r', '\n', '['];
                if bounded(&text[at..]).trim_start_matches(is_mark).starts_with('{') {
                    self.open(Around::Array, at);
                    let is_said = std::mem::replace(&mut self.is_nested, true);
                    return (!is_said).then(|| Step::Piece(Piece::Nested(at..at + 1)));
                }
                self.scan = Some(Scan::new(Kind::List, at, None, text));
                None
            }
            b']' => self.close(at, text),
            b',' => {
                let twice = self.separated && !self.around.is_empty();
                self.separated = true;
                self.indent = None;
                // A file of nothing else holds nothing.
                self.seen = seen || !self.around.is_empty() || self.is_any;
                if self.around.is_empty()
                    && self.is_any
                    && !std::mem::replace(&mut self.is_bare, true)
                {
                    let what = "a comma stands between items that are in no list";
                    let fault = fault(at, what, "put `[` before the first and `]` behind the last");
                    return Some(Step::Piece(Piece::Fault(fault)));
                }
                twice.then(|| {
                    // Of many in a row one is spoken of.
                    let rest = bounded(&text[at..]);
                    let count = rest.bytes().take_while(|byte| *byte == b',').count();
                    self.at = at + count;
                    let message = match count {
                        1 => "a comma stands before no item".to_owned(),
                        count => format!("{count} commas stand before no item"),
                    };
                    let fault = fault(at, &message, "take it away");
                    Step::Piece(Piece::Fault(Fault { place: at..at + count, ..fault }))
                })
            }
            _ => {
                self.seen = seen;
                self.stray(at, text)
            }
        }
    }

    /// Reads an item that keeps to the schema and ends in the text known so far; gives its end.
    fn work(&mut self, text: &str, at: usize, at_end: bool) -> Option<usize> {
        let end = direct::item(text, at, &mut self.work, &mut self.order);
        let end = end.filter(|end| at_end || end + LOOKAHEAD <= text.len());
        let end = end.filter(|&end| !looks::may_report(&text[at..end]));
        if end.is_none() {
            self.work = Work::default();
        }
        end
    }

    fn close(&mut self, at: usize, text: &str) -> Option<Step> {
        if self.around.is_empty() {
            return Some(self.closes_nothing(at, text));
        }
        let trailing =
            self.separated && text[..at].trim_end().ends_with(',') && self.around.last().is_some();
        self.separated = false;
        self.indent = None;
        let what = match self.around.pop() {
            Some(Around::Items) => {
                self.scan = Some(Scan::new(Kind::Tail, at + 1, None, text));
                trailing.then_some(("a comma stands before `]`", "take it away"))
            }
            Some(Around::Array | Around::Object) => {
                trailing.then_some(("a comma stands before `]`", "take it away"))
            }
            None => None,
        };
        what.map(|(message, help)| Step::Piece(Piece::Fault(fault(at, message, help))))
    }

    /// Brackets that close nothing: of many one is spoken of.
    fn closes_nothing(&mut self, at: usize, text: &str) -> Step {
        let count = bounded(&text[at..]).bytes().take_while(|byte| *byte == b']').count();
        self.at = at + count;
        self.separated = false;
        self.indent = None;
        let message = match count {
            1 => "`]` closes nothing".to_owned(),
            count => format!("{count} times `]` closes nothing"),
        };
        let fault = fault(at, &message, "take it away");
        Step::Piece(Piece::Fault(Fault { place: at..at + count, ..fault }))
    }

    /// Something that is no item: to the end of the line, or to what may be one. A line that
    /// says `null` is an item left empty, and a byte order mark is nothing.
    fn stray(&mut self, at: usize, text: &str) -> Option<Step> {
        let line = bounded(&text[at..]);
        let len = line.char_indices().skip(1).find(|(_, c)| "{[]\n,\"".contains(*c));
        let len = len.map_or(line.len(), |(at, _)| at);
        let bare = line[..len].trim_end();
        self.at = at + len;
        let is_value = matches!(bare, "null" | "true" | "false") || is_number(bare);
        self.separated &= !is_value;
        self.indent = None;
        let is_mark = bare == "\u{feff}";
        // A file of nothing else holds nothing.
        self.seen = self.seen || bare != "null";
        (!is_mark && (bare != "null" || !self.around.is_empty()))
            .then(|| Step::Piece(Piece::Stray(at..at + bare.len())))
    }

    fn end(&mut self, text: &str) -> Step {
        if self.around.is_empty() {
            return Step::End;
        }
        self.around.clear();
        if self.broken_off {
            return Step::End;
        }
        let end = text.len();
        let message = "the file ends before its list does";
        let help = "make the file anew, or put `]` at its end";
        Step::Piece(Piece::Fault(Fault {
            place: end..end,
            message: message.to_owned(),
            assumed: "the items before are read",
            help,
        }))
    }
}

fn fault(at: usize, message: &str, help: &'static str) -> Fault {
    let place = at..at + 1;
    Fault { place, message: message.to_owned(), assumed: "the items around are read", help }
}

/// Whether the text around an array says anything but that the array stands there.
pub(super) fn has_members(text: &str) -> bool {
    text.matches(':').count() > usize::from(text.starts_with('{'))
}

/// JSON's white space; a record mark (RFC 7464) divides as well.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x1e)
}

/// As much of a text as the scanners look at.
pub(super) fn bounded(text: &str) -> &str {
    let mut end = text.len().min(LOOKAHEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The name of the first member where a text begins like an object.
pub(super) fn first_name(text: &str) -> Option<&str> {
    member_name(text.strip_prefix('{')?.trim_start())
}

/// The name where a text begins like a member, `"name":`.
pub(super) fn member_name(text: &str) -> Option<&str> {
    let (name, rest) = bounded(text).strip_prefix('"')?.split_once('"')?;
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    (plain && !name.is_empty() && rest.trim_start().starts_with(':')).then_some(name)
}

/// Whether a text begins as items do. Names and dates, which are objects too, begin otherwise.
pub(super) fn begins_item(text: &str) -> bool {
    first_name(text).is_some_and(|name| matches!(name, "id" | "type") || csl_field(name).is_some())
}

/// Whether a brace begins an object, and not a value of BibTeX, `{roe2011,` or `{The dock}`.
fn begins_object(text: &str) -> bool {
    let inside = bounded(text)[1..].trim_start();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let behind = inside.trim_start_matches(is_word).trim_start();
    inside.len() == behind.len() || behind.is_empty() || behind.starts_with(':')
}

/// Whether a text that stands under a name nobody knows is an item: where its type comes first,
/// that must be one. (citation-js's `_graph` holds `{"type": "@bibtex/text"}`.)
pub(super) fn is_item(text: &str) -> bool {
    let kind = || bounded(text).split('"').nth(3).and_then(kind_of_csl_type);
    begins_item(text) && (first_name(text) != Some("type") || kind().is_some())
}

/// Whether a text begins as the inside of an item does. Other names than the first ones are
/// what an item leaves behind that a brace closed too early.
fn begins_member(text: &str) -> bool {
    member_name(text).is_some_and(|name| matches!(name, "id" | "type"))
}

/// Whether the item goes on behind a brace that closed it too early: `{"id": "a"}, "title": "A"}`.
pub(super) fn goes_on(behind: &str) -> bool {
    let behind = bounded(behind).trim_start();
    let member = behind.strip_prefix(',').and_then(|rest| member_name(rest.trim_start()));
    member.is_some_and(|name| !matches!(name, "id" | "type"))
}

/// Whether a text that reaches a line end has ended there: the next line begins an item or a
/// member, or closes what is open. Such a line in the middle of a text would have its quotes
/// escaped.
pub(super) fn ends_at_line(next: &str) -> bool {
    let next = bounded(next).trim_start_matches([' ', '\t', '\r']);
    let line = next.lines().next().unwrap_or("");
    member_name(next).is_some()
        || begins_item(next)
        || line.starts_with(['}', ']'])
            && line.chars().all(|c| matches!(c, '}' | ']' | ',' | ' ' | '\t'))
}

/// Whether a double quote ends its text: by what follows. In JSON that is a mark of its own
/// always; before a letter the quote belongs to the text.
pub(super) fn closes(rest: &str) -> bool {
    let rest = bounded(rest).trim_start_matches([' ', '\t', '\r']);
    rest.chars().next().is_none_or(|c| matches!(c, ',' | ':' | '}' | ']' | '"' | '{' | '[' | '\n'))
}
