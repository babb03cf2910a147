//! LaTeX to text: accents, commands, the marks of rich text; math left alone.
//!
//! Takes the raw value of a field, gives text of the model and what is doubtful in it; called by
//! [`read`](super::read) and [`names`](super::name_read). Braces that protect capitals vanish,
//! white space folds to single spaces. What is not understood stands as it is spelled.

mod ends;
mod plain;
mod walk;

use super::bytes::{Bytes, trimmed};
use plain::is_folded;
pub(super) use plain::{fold, holds_controls, is_plain};
use std::borrow::Cow;
use walk::{accented, decoded};

/// What is doubtful in a value, with its place in it in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// A command that is not known.
    Command(std::ops::Range<usize>),
    /// A `$` without a partner.
    Math(std::ops::Range<usize>),
}

/// The text of a value on one line.
pub(super) fn text<'a>(raw: &'a str, doubts: &mut Vec<Doubt>) -> Cow<'a, str> {
    let trimmed = raw.trim_ascii();
    if is_plain(trimmed) || trimmed.is_empty() {
        return Cow::Borrowed(trimmed);
    }
    let text = decoded(raw, doubts);
    Cow::Owned(if is_folded(&text) { text } else { fold(&text) })
}

/// Adds the letters that a text begins with and that are spelled `{\"u}`, `\"{u}`, `\"u` or
/// `{\ss}`, and gives how long they are spelled; `None` where it begins with anything else, or
/// with more than letters.
pub(super) fn push_letters(out: &mut String, text: &str) -> Option<usize> {
    /// How long a group may be, in bytes: an open brace is not looked for to the end.
    const LONGEST: usize = 24;
    if let Some((letter, length)) = accented(text) {
        out.push(letter);
        return Some(length);
    }
    let mut bytes = text.bytes().take(LONGEST);
    let group = text.get(..bytes.position(|byte| byte == b'}')? + 1)?;
    // The braces of more groups than one would say where words end.
    if !group.starts_with("{\\") || group.matches('{').count() > 1 {
        return None;
    }
    let mut doubts = Vec::new();
    let letters = decoded(group, &mut doubts);
    out.push_str(&letters);
    let are_letters = !letters.is_empty() && letters.chars().all(char::is_alphabetic);
    (are_letters && doubts.is_empty()).then_some(group.len())
}

/// The text of a value that may have paragraphs: they stand on lines of their own.
///
/// An empty line divides paragraphs, as in LaTeX. So does a single line feed where the lines are
/// no mere wrapping: none is indented, and each ends as a sentence does or is longer than any
/// program wraps at.
pub(super) fn paragraphs(raw: &str, doubts: &mut Vec<Doubt>) -> String {
    const WRAPPED: usize = 120;
    if is_plain(raw) {
        return raw.to_owned();
    }
    let text = decoded(raw, doubts);
    if is_folded(&text) {
        return text;
    }
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end()).collect();
    let ends = |line: &str| {
        line.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»', '}', '>'])
            .ends_with(['.', '?', '!', '…', ':', ';', '。', '؟'])
            || line.chars().count() > WRAPPED
    };
    let are_paragraphs = lines.windows(2).all(|two| match two {
        [before, after] => {
            before.is_empty() || after.is_empty() || !after.starts_with([' ', '\t']) && ends(before)
        }
        _ => true,
    });
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        let line = fold(line);
        if line.is_empty() {
            continue;
        }
        if !out.is_empty() {
            let is_new =
                are_paragraphs || lines.get(index - 1).is_some_and(|l| l.trim().is_empty());
            out.push(if is_new { '\n' } else { ' ' });
        }
        out.push_str(&line);
    }
    out
}

/// The text of an address or identifier, where only escapes are undone: no accents, no dashes.
pub(super) fn verbatim(raw: &str) -> String {
    let mut rest = trimmed(raw);
    // Nearly all are spelled as they are.
    static SPELLED_OTHERWISE: Bytes = Bytes::of(b"\\{}$", b'!', 0x7f);
    if !SPELLED_OTHERWISE.any_in(rest) {
        return rest.to_owned();
    }
    // Controls are left out below: what they hide is at an end then.
    let is_nothing = |c: char| c.is_whitespace() || c.is_control();
    rest = rest.trim_matches(is_nothing);
    let mut out = String::with_capacity(raw.len());
    for command in ["\\url{", "\\path{", "\\nolinkurl{", "{"] {
        if let Some(inner) = rest.strip_prefix(command).and_then(|r| r.strip_suffix('}'))
            && super::latex::is_balanced(inner)
        {
            rest = inner.trim_matches(is_nothing);
        }
    }
    // Of `\href{address}{text}` the address.
    if let Some(inner) = rest.strip_prefix("\\href{")
        && let Some((address, text)) = inner.split_once("}{")
        && text.ends_with('}')
        && !address.contains('{')
    {
        rest = address;
    }
    const SPELLED: [(&str, &str); 26] = [
        ("{\\_}", "_"),
        ("\\_", "_"),
        ("\\%", "%"),
        ("\\&", "&"),
        ("\\#", "#"),
        ("\\$", "$"),
        ("\\{", "{"),
        ("\\}", "}"),
        ("\\~{}", "~"),
        ("{\\textasciitilde}", "~"),
        ("\\textasciitilde{}", "~"),
        ("\\textasciitilde", "~"),
        ("{\\~{}}", "~"),
        ("$\\sim$", "~"),
        ("\\textunderscore{}", "_"),
        ("{\\textunderscore}", "_"),
        ("\\/", ""),
        ("$<$", "<"),
        ("$>$", ">"),
        ("{\\textless}", "<"),
        ("\\textless{}", "<"),
        ("{\\textgreater}", ">"),
        ("\\textgreater{}", ">"),
        ("{\\%}", "%"),
        ("{\\&}", "&"),
        ("{\\#}", "#"),
    ];
    while let Some(c) = rest.chars().next() {
        let spelled = if matches!(c, '\\' | '{' | '$') { &SPELLED[..] } else { &[] };
        match spelled.iter().find(|(spelling, _)| rest.starts_with(spelling)) {
            Some((spelling, sign)) => {
                out.push_str(sign);
                rest = &rest[spelling.len()..];
            }
            None if c.is_whitespace() => {
                let behind = rest.trim_start();
                // A line that was broken has no space there, unless the next address begins.
                let blank = &rest[..rest.len() - behind.len()];
                let is_broken = blank.contains(['\n', '\r']);
                if !out.ends_with(' ')
                    && (!is_broken || behind.starts_with("http") && !out.ends_with('/'))
                {
                    out.push(' ');
                }
                rest = behind;
            }
            None => {
                if !c.is_control() {
                    out.push(c);
                }
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> String {
        text(raw, &mut Vec::new()).into_owned()
    }

    #[test]
    fn accents_and_letters_in_all_spellings() {
        for (raw, wanted) in [
            (r"Erd\H{o}s P\'al", "Erdős Pál"),
            (r#"M{\"u}ller G\"odel {\"{O}}"#, "Müller Gödel Ö"),
            (r"{\L}ukasz \l\'odzka \ss{}en", "Łukasz łódzka ßen"),
            (r"\c{c}a \v s {\'\i} \'{\i}", "ça š í í"),
            (r"\o re {\AA}rhus \ae{}on", "øre Århus æon"),
            (r"a\~{}b \^{}c", "a~b ^c"),
            (r"\'{\^e}x", "ếx"),
            (r"\textasciitilde{}a \textbackslash b", "~a \\b"),
            (r"?`c !`d ?``e", "¿c ¡d ?“e"),
            (r"{\noopsort{1973b}}1973 \foreignlanguage{german}{Wort}", "1973 Wort"),
        ] {
            assert_eq!(read(raw), wanted, "{raw}");
        }
    }

    #[test]
    fn marks_quotes_dashes_and_spaces() {
        for (raw, wanted) in [
            (r"\textit{E. coli} and \emph{x}", "<i>E. coli</i> and <i>x</i>"),
            (r"{\it Homo} sapiens H\textsubscript{2}O", "<i>Homo</i> sapiens H<sub>2</sub>O"),
            (r"``quoted'' pages 1--2 --- so", "“quoted” pages 1–2 — so"),
            (r"{The} {NATO} {T}itle~x", "The NATO Title\u{a0}x"),
            ("a\n    b\r\n c", "a b c"),
            (r"R\&D 5\% C\_max \$5 \{x\}", "R&D 5% C_max $5 {x}"),
            (r"\enquote{a} \url{http://x.org/a_b} \href{http://y}{z}", "“a” http://x.org/a_b z"),
        ] {
            assert_eq!(read(raw), wanted, "{raw}");
        }
    }

    #[test]
    fn math_is_left_alone_and_faults_are_told() {
        assert_eq!(read(r"On $\alpha_{x}$-decay of $H_2$"), r"On $\alpha_{x}$-decay of $H_2$");
        assert_eq!(read(r"\(x\) is \ensuremath{\alpha_{1}} \(open"), r"$x$ is $\alpha_{1}$ \(open");
        let mut doubts = Vec::new();
        assert_eq!(text(r"5 $ and \foo{x}", &mut doubts), r"5 $ and \foo{x}");
        assert_eq!(read(r"a &#x2014; b &ndash; \&ndash;"), "a — b – &ndash;");
        assert_eq!(read(r"\enquote{a \enquote{b}}"), "“a ‘b’”");
        assert_eq!(read(r"A &amp; B \&amp; C &c."), "A & B & C &c.");
        assert_eq!(doubts, [Doubt::Math(2..3), Doubt::Command(8..12)]);
        assert_eq!(read("a } b {"), "a b");
        assert_eq!(read("\\"), "\\");
    }

    #[test]
    fn paragraphs_are_told_from_wrapped_lines() {
        let read = |raw| paragraphs(raw, &mut Vec::new());
        assert_eq!(read("One.\nTwo."), "One.\nTwo.");
        assert_eq!(read("One is\n  wrapped.\n  Here."), "One is wrapped. Here.");
        assert_eq!(read("One.\n\nTwo is\nwrapped"), "One.\nTwo is wrapped");
    }

    #[test]
    fn addresses_lose_only_their_escapes() {
        assert_eq!(verbatim(r"\url{https://x.org/a\_b\%20c--d}"), "https://x.org/a_b%20c--d");
        assert_eq!(verbatim(r"10.1000/{\_}x"), "10.1000/_x");
        assert_eq!(verbatim("\u{1} {18.1 \u{2} 2\u{e}}"), "18.1 2");
        assert_eq!(verbatim(r"10.1000/a$<$1\textgreater{}"), "10.1000/a<1>");
        assert_eq!(verbatim("https://x.org/a\n    b"), "https://x.org/ab");
        assert_eq!(verbatim("https://x.org/a  http://y"), "https://x.org/a http://y");
        assert_eq!(verbatim(r"\href{https://x.org/a}{a {b}}"), "https://x.org/a");
    }
}
