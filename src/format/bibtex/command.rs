//! LaTeX commands: what each stands for.
//!
//! Takes a command's name, gives the letter, the accent or the mark; called by
//! [`decode`](super::decode). Accents and marks stand here (LaTeX2e reference, "Accents" and
//! "Font styles"; biblatex 3.20, 4.7.3), and the letters that the `biblatex` crate does not
//! know; the others are asked of it, one command at a time, so that none of the faults that a
//! whole value can have reaches it.

use crate::work::Mark;
use std::cell::RefCell;
use std::collections::HashMap;

/// What a command does to its argument or stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The combining character that follows the argument's first letter.
    Accent(char),
    /// A mark around the argument.
    Mark(Mark),
    /// A mark on the rest of the group: the older `{\it x}`.
    Switch(Mark),
    /// These signs around the argument.
    Quote(char, char),
    /// The argument as it is.
    Plain,
    /// The argument, not read as LaTeX.
    Verbatim,
    /// A first argument that is passed over, then one as it is.
    Second,
    /// This text.
    Text(String),
    /// A new line or paragraph.
    Break,
    /// Nothing that is seen.
    Nothing,
    /// Nothing that is seen, and its argument neither.
    Hidden,
    /// Its argument is math.
    Math,
    /// Math up to this command.
    MathUpTo(&'static str),
}

/// What a command means, by its name without the backslash; `None` for one that nobody knows.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    if let Some(accent) = accent(name) {
        return Some(Meaning::Accent(accent));
    }
    let text = |text: &str| Some(Meaning::Text(text.to_owned()));
    Some(match name {
        "emph" | "textit" | "textsl" | "mkbibemph" | "mkbibitalic" => Meaning::Mark(Mark::Italic),
        "textbf" | "mkbibbold" => Meaning::Mark(Mark::Bold),
        "textsc" => Meaning::Mark(Mark::SmallCapitals),
        "textsubscript" => Meaning::Mark(Mark::Subscript),
        "textsuperscript" | "mkbibsuperscript" => Meaning::Mark(Mark::Superscript),
        "it" | "em" | "itshape" | "sl" | "slshape" => Meaning::Switch(Mark::Italic),
        "bf" | "bfseries" => Meaning::Switch(Mark::Bold),
        "sc" | "scshape" => Meaning::Switch(Mark::SmallCapitals),
        "enquote" | "mkbibquote" => Meaning::Quote('“', '”'),
        "texttt" | "textrm" | "textsf" | "textup" | "textmd" | "textnormal" | "text" | "mbox"
        | "hbox" | "uline" | "underline" | "mkbibparens" | "autocap" | "MakeUppercase"
        | "MakeLowercase" | "NoCaseChange" | "bibstring" | "mathrm" | "lowercase" | "uppercase" => {
            Meaning::Plain
        }
        "url" | "path" | "nolinkurl" | "verb" => Meaning::Verbatim,
        "href" | "foreignlanguage" | "textcolor" => Meaning::Second,
        // What sorts and is not seen: xampl.bib's, which people copy.
        "noopsort" | "SortNoop" | "NoopSort" | "phantom" | "hphantom" | "vphantom" | "hspace"
        | "vspace" => Meaning::Hidden,
        "ensuremath" => Meaning::Math,
        "(" => Meaning::MathUpTo("\\)"),
        "[" => Meaning::MathUpTo("\\]"),
        "par" | "newline" | "\\" | "linebreak" => Meaning::Break,
        "-" | "/" | "@" | "!" | "relax" | "protect" | "tt" | "rm" | "sf" | "normalfont"
        | "upshape" | "mdseries" | "rmfamily" | "sffamily" | "ttfamily" | "small"
        | "footnotesize" | "switchargs" | "null" | "allowbreak" | "nobreak" | "selectfont" => {
            Meaning::Nothing
        }
        " " | "\n" | "\t" | "\r" | "space" | "quad" | "qquad" | "enspace" | "addspace" | ";"
        | ":" => return text(" "),
        "," | "thinspace" | "addthinspace" => return text("\u{2009}"),
        "nobreakspace" | "addnbspace" => return text("\u{a0}"),
        "&" | "%" | "#" | "_" | "$" | "{" | "}" => return text(name),
        "textemdash" => return text("—"),
        "textendash" => return text("–"),
        "slash" => return text("/"),
        "hyphen" | "addhyphen" => return text("-"),
        "ldots" | "dots" | "textellipsis" => return text("…"),
        "lq" => return text("‘"),
        "rq" => return text("’"),
        "glqq" => return text("„"),
        "grqq" => return text("“"),
        "flqq" => return text("«"),
        "frqq" => return text("»"),
        "o" => return text("ø"),
        "j" => return text("ȷ"),
        "IJ" => return text("Ĳ"),
        "ij" => return text("ĳ"),
        "dag" | "dagger" => return text("†"),
        "euro" | "texteuro" | "EUR" => return text("€"),
        "textsterling" => return text("£"),
        "textyen" => return text("¥"),
        "textcent" => return text("¢"),
        "textdegree" | "degree" => return text("°"),
        "textmu" | "textmicro" => return text("µ"),
        "texttimes" => return text("×"),
        "textpm" => return text("±"),
        "textonehalf" => return text("½"),
        "textcopyright" => return text("©"),
        "textnumero" => return text("№"),
        "textquotedblright" => return text("”"),
        "textsinglequote" => return text("'"),
        "textasciimacron" => return text("¯"),
        "textasciiacute" => return text("´"),
        "textasciidieresis" => return text("¨"),
        "textgreek" => Meaning::Plain,
        "textless" => return text("<"),
        "textgreater" => return text(">"),
        "BibTeX" | "LaTeXe" => return text(name.trim_end_matches('e')),
        name => return asked(name).map(Meaning::Text),
    })
}

/// The combining character of an accent.
fn accent(name: &str) -> Option<char> {
    Some(match name {
        "`" => '\u{300}',
        "'" | "´" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "h" => '\u{309}',
        "r" => '\u{30a}',
        "H" => '\u{30b}',
        "v" => '\u{30c}',
        "U" => '\u{30e}',
        "f" => '\u{311}',
        "G" => '\u{30f}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        "t" => '\u{361}',
        _ => return None,
    })
}

/// How many commands are remembered: more than any honest file has.
const REMEMBERED: usize = 1024;

thread_local! {
    /// What the `biblatex` crate said, since asking takes it through a whole parse.
    static ASKED: RefCell<HashMap<String, Option<String>>> = RefCell::new(HashMap::new());
}

/// What the `biblatex` crate makes of a command without an argument.
fn asked(name: &str) -> Option<String> {
    if !name.bytes().all(|byte| byte.is_ascii_alphabetic()) || name.len() > 40 {
        return None;
    }
    ASKED.with_borrow_mut(|asked| {
        if let Some(known) = asked.get(name) {
            return known.clone();
        }
        let answer = ask(name);
        if asked.len() < REMEMBERED {
            asked.insert(name.to_owned(), answer.clone());
        }
        answer
    })
}

fn ask(name: &str) -> Option<String> {
    use biblatex::ChunksExt;

    let bibliography = biblatex::Bibliography::parse(&format!("@a{{a,t={{\\{name}}}}}")).ok()?;
    let text = bibliography.get("a")?.get("t")?.format_verbatim();
    // A command that it does not know comes back as it was.
    let known = !text.is_empty() && !text.starts_with(&format!("\\{name}"));
    known.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_known_here_or_there() {
        for (name, text) in [
            ("ss", "ß"),
            ("l", "ł"),
            ("textbackslash", "\\"),
            ("textasciitilde", "~"),
            ("guillemotleft", "«"),
            ("o", "ø"),
            ("texteuro", "€"),
        ] {
            assert_eq!(meaning(name), Some(Meaning::Text(text.into())), "{name}");
        }
        assert_eq!(meaning("nosuchthing"), None);
    }
}
