//! The source of a LaTeX document cut into commands, groups and text; where each group ends is
//! known beforehand, so that no argument is looked for twice (LaTeX2e reference, "LaTeX command
//! syntax").

use std::collections::HashMap;

/// Commands whose argument is an address: a `%` in it opens no comment.
const ADDRESSES: [&str; 5] = ["\\url", "\\href", "\\path", "\\nolinkurl", "\\doi"];

/// A piece of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A command, without its backslash.
    Command(&'t str),
    /// A group opens.
    Open,
    /// A group closes.
    Close,
    /// An empty line.
    Paragraph,
    /// White space.
    Space,
    /// A character that means something: `$`, `&`, `~`, `^`, `_`.
    Sign(char),
    /// Text.
    Text(&'t str),
}

/// A stretch of the source that is being read.
#[derive(Clone, Debug)]
pub(super) struct Scan<'t> {
    source: &'t str,
    at: usize,
    end: usize,
}

/// Where groups end, by where they begin.
pub(super) type Groups = HashMap<usize, usize>;

impl<'t> Scan<'t> {
    pub(super) fn new(source: &'t str, at: usize, end: usize) -> Self {
        Self { source, at, end: end.min(source.len()) }
    }

    /// The rest of the stretch.
    fn rest(&self) -> &'t str {
        self.source.get(self.at..self.end).unwrap_or_default()
    }

    /// What comes next.
    pub(super) fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let rest = self.rest();
            let first = rest.chars().next()?;
            let token = match first {
                '%' => {
                    self.at += comment(rest);
                    continue;
                }
                '\\' => return Some(self.command(rest)),
                '{' => Token::Open,
                '}' => Token::Close,
                '$' | '&' | '~' | '^' | '_' => Token::Sign(first),
                c if c.is_ascii_whitespace() => {
                    let length = rest.len() - rest.trim_ascii_start().len();
                    self.at += length;
                    let lines = rest.get(..length).unwrap_or_default().matches('\n').count();
                    return Some(if lines > 1 { Token::Paragraph } else { Token::Space });
                }
                _ => {
                    let is_text = |c: char| {
                        !matches!(c, '%' | '\\' | '{' | '}' | '$' | '&' | '~' | '^' | '_')
                            && !c.is_ascii_whitespace()
                    };
                    let length = rest.find(|c| !is_text(c)).unwrap_or(rest.len());
                    self.at += length;
                    return Some(Token::Text(rest.get(..length).unwrap_or_default()));
                }
            };
            self.at += first.len_utf8();
            return Some(token);
        }
    }

    fn command(&mut self, rest: &'t str) -> Token<'t> {
        let behind = rest.get(1..).unwrap_or_default();
        let letters = behind.bytes().take_while(|&b| b.is_ascii_alphabetic() || b == b'@').count();
        let length = match letters {
            0 => behind.chars().next().map_or(0, char::len_utf8),
            letters => letters,
        };
        let name = behind.get(..length).unwrap_or_default();
        self.at += 1 + length;
        if letters > 0 {
            // White space behind a word goes; an empty line does not.
            let rest = self.rest();
            let blank = rest.len() - rest.trim_ascii_start().len();
            let lines = rest.get(..blank).unwrap_or_default().matches('\n').count();
            if lines < 2 {
                self.at += blank;
            }
            // A star makes another form of the same.
            if self.rest().starts_with('*') {
                self.at += 1;
            }
        }
        Token::Command(name)
    }

    /// White space and comments before an argument go, if one follows.
    fn finds(&mut self, open: char) -> bool {
        let mut probe = self.clone();
        loop {
            let rest = probe.rest();
            let bare = rest.trim_ascii_start();
            probe.at += rest.len() - bare.len();
            if bare.starts_with('%') {
                probe.at += comment(bare);
            } else {
                break;
            }
        }
        let follows = probe.rest().starts_with(open);
        if follows {
            self.at = probe.at;
        }
        follows
    }

    /// The range of the group that follows, which goes; nothing where none does.
    pub(super) fn group(&mut self, groups: &Groups) -> Option<(usize, usize)> {
        if !self.finds('{') {
            return None;
        }
        let close = *groups.get(&self.at)?;
        let inside = (self.at + 1, close);
        self.at = close + 1;
        Some(inside)
    }

    /// The text of the group that follows, as it is written; the group goes.
    pub(super) fn argument(&mut self, groups: &Groups) -> Option<&'t str> {
        let (start, end) = self.group(groups)?;
        self.source.get(start..end)
    }

    /// The optional argument that follows, which goes.
    pub(super) fn option(&mut self, groups: &Groups) -> Option<&'t str> {
        const LONGEST: usize = 400;
        if !self.finds('[') {
            return None;
        }
        let mut at = self.at + 1;
        let bytes = self.source.as_bytes();
        let limit = self.end.min(self.at + LONGEST);
        while at < limit {
            match bytes.get(at)? {
                b'{' => at = *groups.get(&at)?,
                b'\\' => at += 1,
                b']' => {
                    let option = self.source.get(self.at + 1..at);
                    self.at = at + 1;
                    return option;
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// The text up to `end`, which goes as well; all that is left where `end` does not come.
    pub(super) fn up_to(&mut self, end: &str) -> &'t str {
        let rest = self.rest();
        let length = rest.find(end).unwrap_or(rest.len());
        self.at += (length + end.len()).min(rest.len());
        rest.get(..length).unwrap_or_default()
    }

    /// The text of `\verb|…|`, whose mark is any character.
    pub(super) fn verb(&mut self) -> &'t str {
        let Some(mark) = self.rest().chars().next() else { return "" };
        self.at += mark.len_utf8();
        let line = self.rest().lines().next().unwrap_or_default();
        let length = line.find(mark).unwrap_or(line.len());
        self.at += length + if length < line.len() { mark.len_utf8() } else { 0 };
        line.get(..length).unwrap_or_default()
    }

    /// Whether a group follows at once, after an option or without.
    pub(super) fn is_before(&self, what: char) -> bool {
        self.rest().starts_with(what)
    }

    /// The character that follows goes, if it is `what`.
    pub(super) fn eat(&mut self, what: char) {
        if self.is_before(what) {
            self.at += what.len_utf8();
        }
    }
}

/// The length of a comment, with the end of its line and the white space that the next begins with.
fn comment(text: &str) -> usize {
    let line = text.find('\n').map_or(text.len(), |end| end + 1);
    let rest = text.get(line..).unwrap_or_default();
    line + rest.len() - rest.trim_start_matches([' ', '\t']).len()
}

/// Where every group of a source ends.
pub(super) fn groups(source: &str) -> Groups {
    let bytes = source.as_bytes();
    let mut groups = Groups::new();
    // Where each open group begins, and whether an address stands in it.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'%' if !open.last().is_some_and(|&(_, address)| address) => {
                let rest = bytes.get(at..).unwrap_or_default();
                at += rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
            }
            b'{' => {
                let before = source.get(..at).unwrap_or_default();
                open.push((at, ADDRESSES.iter().any(|name| before.ends_with(name))));
            }
            b'}' => {
                if let Some((start, _)) = open.pop() {
                    groups.insert(start, at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces() {
        let source = "a \\emph {b}% no\n  c~\\& d\n\n\\section*{x}";
        let mut scan = Scan::new(source, 0, source.len());
        let tokens: Vec<_> = std::iter::from_fn(|| scan.next()).collect();
        assert_eq!(
            tokens,
            [
                Token::Text("a"),
                Token::Space,
                Token::Command("emph"),
                Token::Open,
                Token::Text("b"),
                Token::Close,
                Token::Text("c"),
                Token::Sign('~'),
                Token::Command("&"),
                Token::Space,
                Token::Text("d"),
                Token::Paragraph,
                Token::Command("section"),
                Token::Open,
                Token::Text("x"),
                Token::Close,
            ]
        );
    }

    #[test]
    fn arguments_are_found_by_their_groups() {
        let source = " % no }\n {a{b}\\}c}[d{]}e]\\url{f%g}{h";
        let groups = groups(source);
        let mut scan = Scan::new(source, 0, source.len());
        assert_eq!(scan.argument(&groups), Some("a{b}\\}c"));
        assert_eq!(scan.argument(&groups), None);
        assert_eq!(scan.option(&groups), Some("d{]}e"));
        assert_eq!(scan.next(), Some(Token::Command("url")));
        assert_eq!(scan.argument(&groups), Some("f%g"));
        assert_eq!(scan.argument(&groups), None);
        assert_eq!(scan.next(), Some(Token::Open));
    }
}
