//! Where an item ends, closed or not.
//!
//! Takes the text from the item's `{`, counts braces and brackets outside of texts; called by
//! [`split`](super::split). An item whose braces do not balance ends where another plainly
//! begins, so that it costs none but itself.

use super::split::{
    LOOKAHEAD, begins_item, bounded, closes, ends_at_line, first_name, goes_on, is_item, is_space,
};
use crate::format::mapping::csl_field;

/// What is scanned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Item,
    /// A text where an item belongs.
    Text,
    /// A list where an item belongs.
    List,
    /// The rest of the object around the items.
    Tail,
}

/// How a scan came out.
pub(super) enum Scanned {
    More,
    /// It ends here, closed.
    End(usize),
    /// It ends here for want of a better place.
    Cut(usize),
    /// The same, known only at the end of the file.
    CutLate(usize),
    /// It is no item, but the object around an array of them, which begins here.
    Wrapper(usize),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Open {
    Object,
    List,
}

/// The name of the last member of the outermost object, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Key {
    Other,
    /// What holds items, or one, in an object around them.
    Items,
    /// What an item has and no object around items.
    Own,
    /// `id`, which may stand around items too.
    Id,
    /// A variable, which may stand around items too.
    Field,
}

/// A remark, which JSON has not.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Remark {
    /// To the end of the line.
    Line,
    /// To `*/`.
    Block,
}

/// What services and programs call the items, or the item, in what they answer.
const AROUND: &[&str] = &[
    "bibliography",
    "csljson",
    "data",
    "entries",
    "items",
    "message",
    "publications",
    "records",
    "references",
    "results",
    "works",
];

/// An item longer than this that holds what may be the beginning of another ends there.
const LONGEST: usize = 16 << 20;

/// How far behind a list that looks like one of items it is looked for what makes the object
/// around it an item itself.
const FAR: usize = 1 << 20;

pub(super) struct Scan {
    pub(super) kind: Kind,
    pub(super) start: usize,
    at: usize,
    open: Vec<Open>,
    lists: usize,
    /// Where the present text began.
    text: Option<usize>,
    /// The last sign outside of texts; a text counts as `"`.
    before: u8,
    key: Key,
    is_item: bool,
    has_id: bool,
    /// Whether the outermost object has any variable.
    has_field: bool,
    /// Where items begin that the object may stand around, by the looks of them alone.
    inside: Option<usize>,
    /// Whether such an object is taken for what it looks like at once.
    pub(super) is_hasty: bool,
    remark: Option<Remark>,
    /// Whether the item stands in no object, so that no name can stand behind it.
    pub(super) is_listed: bool,
    /// How far the item's line and the present one are indented, where nothing else stands
    /// before.
    item_indent: Option<usize>,
    indent: Option<usize>,
    /// Where another item may begin, which is known only if this one never ends.
    candidate: Option<usize>,
}

impl Scan {
    pub(super) fn new(kind: Kind, start: usize, indent: Option<usize>, text: &str) -> Self {
        // Where the first member stands in a line of its own, so do objects inside the item.
        let compact = !text[start..].starts_with("{\n") && !text[start..].starts_with("{\r");
        // An item whose brace is missing begins with its first name.
        let is_begun = text[start..].starts_with(['{', '[']) || kind == Kind::Text;
        Self {
            kind,
            start,
            at: if kind == Kind::Tail || !is_begun { start } else { start + 1 },
            open: match kind {
                Kind::Text => Vec::new(),
                Kind::List => vec![Open::List],
                Kind::Item | Kind::Tail => vec![Open::Object],
            },
            lists: usize::from(kind == Kind::List),
            text: (kind == Kind::Text).then_some(start),
            before: b'{',
            key: Key::Other,
            is_item: false,
            has_id: false,
            has_field: false,
            inside: None,
            is_hasty: kind == Kind::Tail,
            remark: None,
            is_listed: false,
            item_indent: indent.filter(|_| compact),
            indent: None,
            candidate: None,
        }
    }

    pub(super) fn forget(&mut self, bytes: usize) {
        self.start = self.start.saturating_sub(bytes);
        self.at = self.at.saturating_sub(bytes);
        self.text = self.text.map(|at| at.saturating_sub(bytes));
        self.candidate = self.candidate.map(|at| at.saturating_sub(bytes));
        self.inside = self.inside.map(|at| at.saturating_sub(bytes));
    }

    pub(super) fn run(&mut self, text: &str, at_end: bool, eager: bool) -> Scanned {
        match (self.stop(text, at_end, eager), self.inside) {
            (Scanned::More, _) => Scanned::More,
            // Nothing made an item of it.
            (_, Some(inside)) => Scanned::Wrapper(inside),
            (stop, None) => stop,
        }
    }

    fn stop(&mut self, text: &str, at_end: bool, eager: bool) -> Scanned {
        let bytes = text.as_bytes();
        let limit = if at_end { bytes.len() } else { bytes.len().saturating_sub(LOOKAHEAD) };
        while self.at < limit {
            let stop = if let Some(remark) = self.remark {
                self.pass_over(remark, bytes, limit);
                None
            } else if self.text.is_some() {
                self.inside(text, limit)
            } else {
                self.outside(text, bytes[self.at], eager)
            };
            if let Some(stop) = stop {
                return stop;
            }
        }
        match self.candidate {
            _ if !at_end => Scanned::More,
            Some(candidate) => Scanned::CutLate(candidate),
            None => Scanned::Cut(bytes.len()),
        }
    }

    /// Goes on to the next sign inside a text, and past it.
    fn inside(&mut self, text: &str, limit: usize) -> Option<Scanned> {
        let bytes = text.as_bytes();
        let sign = |&byte: &u8| matches!(byte, b'"' | b'\\' | b'\n' | b'{');
        let Some(step) = bytes[self.at..limit].iter().position(sign) else {
            self.at = limit;
            return None;
        };
        let at = self.at + step;
        self.at = at + 1;
        match bytes[at] {
            b'\\' => self.at += 1,
            b'{' if begins_item(&text[at..]) => return Some(Scanned::Cut(at)),
            b'\n' if ends_at_line(&text[at + 1..]) => {
                self.end_text(&text[..at]);
                self.indent = Some(0);
            }
            b'"' if closes(&text[at + 1..]) => {
                self.end_text(&text[..at]);
                return (self.kind == Kind::Text).then_some(Scanned::End(at + 1));
            }
            _ => {}
        }
        None
    }

    fn end_text(&mut self, before: &str) {
        let start = self.text.take();
        self.before = b'"';
        if self.open.len() == 1 {
            self.key = match start.and_then(|start| before.get(start + 1..)) {
                Some(name) if AROUND.contains(&name) => Key::Items,
                Some("type" | "title" | "author") => Key::Own,
                Some("id") => Key::Id,
                Some("custom") => Key::Field,
                Some(name) if csl_field(name).is_some() => Key::Field,
                _ => Key::Other,
            };
        }
    }

    fn outside(&mut self, text: &str, byte: u8, eager: bool) -> Option<Scanned> {
        let at = self.at;
        self.at += 1;
        if is_space(byte) {
            self.indent = match byte {
                b'\n' => Some(0),
                _ => self.indent.map(|indent| indent + 1),
            };
            return None;
        }
        if let Some(remark) = self.remark_at(text.as_bytes(), at) {
            self.remark = Some(remark);
            // `/*/` does not end itself.
            self.at += usize::from(byte == b'/');
            return None;
        }
        let indent = self.indent.take();
        match byte {
            b'"' => {
                self.text = Some(at);
                return None;
            }
            b'{' => {
                if self.is_around(&text[at..], at) {
                    return Some(Scanned::Wrapper(at));
                }
                if self.another_begins(&text[at..], at, indent, eager) {
                    return Some(Scanned::Cut(at));
                }
                self.open.push(Open::Object);
            }
            b'[' => {
                let inside = bounded(&text[at + 1..]).trim_start_matches([' ', '\t', '\r', '\n']);
                if inside.starts_with(['{', ']']) && self.is_around(inside, at + 1) {
                    return Some(Scanned::Wrapper(at + 1));
                }
                self.lists += 1;
                self.open.push(Open::List);
            }
            b'}' => {
                self.close(Open::Object);
                if self.open.is_empty() {
                    if self.kind != Kind::Item || !self.is_listed || !goes_on(&text[at + 1..]) {
                        return Some(Scanned::End(at + 1));
                    }
                    self.open.push(Open::Object);
                }
            }
            // It closes the list around the items.
            b']' if self.lists == 0 => {
                return (self.kind == Kind::Item).then_some(Scanned::Cut(at));
            }
            b']' => {
                self.close(Open::List);
                if self.open.is_empty() {
                    return Some(Scanned::End(at + 1));
                }
            }
            b':' if self.open.len() == 1 => {
                self.is_item |= self.key == Key::Own;
                self.has_id |= self.key == Key::Id;
                self.has_field |= matches!(self.key, Key::Own | Key::Id | Key::Field);
                // What has a key and a type or title is an item, whatever its properties hold.
                self.inside = self.inside.filter(|_| !self.is_item || !self.has_id);
            }
            _ if self.inside.is_some_and(|inside| at - inside > FAR) => {
                return Some(Scanned::Cut(at));
            }
            _ => {}
        }
        self.before = byte;
        None
    }

    /// Whether the value that begins here is what an object holds that stands around items: by
    /// its name, or, where the object has no variable at all, by what it begins with.
    /// Then it is known only behind it whether the object is an item all the same, with a list
    /// of its own such as citation-js's `_graph`.
    fn is_around(&mut self, value: &str, at: usize) -> bool {
        if !matches!(self.kind, Kind::Item | Kind::Tail)
            || self.before != b':'
            || self.open.len() != 1
        {
            return false;
        }
        let looks_so = self.key == Key::Other && !self.has_field && is_item(value);
        if looks_so && !self.is_hasty {
            self.inside.get_or_insert(at);
        }
        looks_so && self.is_hasty || self.key == Key::Items && !self.is_item
    }

    /// The remark that begins here, where a value or name may.
    fn remark_at(&self, bytes: &[u8], at: usize) -> Option<Remark> {
        let is_free = |byte: &u8| is_space(*byte) || b"{}[],\"".contains(byte);
        if !at.checked_sub(1).and_then(|at| bytes.get(at)).is_none_or(is_free) {
            return None;
        }
        remark(&bytes[at..])
    }

    /// Goes on behind a remark, or to the end of what is known.
    fn pass_over(&mut self, remark: Remark, bytes: &[u8], limit: usize) {
        let rest = &bytes[self.at..limit];
        let end = match remark {
            Remark::Line => rest.iter().position(|byte| *byte == b'\n'),
            Remark::Block => rest.iter().position(|byte| *byte == b'/').map(|end| end + 1),
        };
        self.at = end.map_or(limit, |end| self.at + end);
        let is_end = match remark {
            Remark::Line => end.is_some(),
            Remark::Block => end.is_some() && bytes[..self.at].ends_with(b"*/"),
        };
        if is_end {
            self.remark = None;
        }
    }

    /// Closes the innermost that is of this sort, and all inside it.
    fn close(&mut self, sort: Open) {
        while let Some(open) = self.open.pop() {
            self.lists -= usize::from(open == Open::List);
            if open == sort {
                break;
            }
        }
    }

    /// Whether the object here is another item, since none can stand here in this one.
    fn another_begins(
        &mut self,
        rest: &str,
        at: usize,
        indent: Option<usize>,
        eager: bool,
    ) -> bool {
        if self.kind != Kind::Item {
            return false;
        }
        match (self.open.last(), self.before) {
            (Some(Open::Object), b':') | (Some(Open::List), b'[') => false,
            (Some(Open::List), b',') => {
                if !matches!(first_name(rest), Some("id" | "type")) {
                    return false;
                }
                let aligned = indent.is_some() && indent == self.item_indent;
                let first = *self.candidate.get_or_insert(at);
                aligned || eager || first - self.start > LONGEST || at - self.start > LONGEST
            }
            _ => begins_item(rest),
        }
    }
}

/// The remark that begins a text: `// …`, `# …`, `/* … */`.
fn remark(bytes: &[u8]) -> Option<Remark> {
    match bytes {
        [b'/', b'/', ..] | [b'#', ..] => Some(Remark::Line),
        [b'/', b'*', ..] => Some(Remark::Block),
        _ => None,
    }
}

/// The length of the remark that begins a text; to its end where the remark has none.
pub(super) fn remark_len(text: &str) -> Option<usize> {
    let end = match remark(text.as_bytes())? {
        Remark::Line => text.find('\n'),
        Remark::Block => text[2..].find("*/").map(|at| at + 4),
    };
    Some(end.unwrap_or(text.len()))
}
