//! LaTeX commands: what each stands for.
//!
//! Takes a command's name, gives the letter, the accent or the mark; called by
//! [`decode`](super::decode). Accents and marks stand here (LaTeX2e reference, "Accents" and
//! "Font styles"; biblatex 3.20, 4.7.3), and the letters that the `biblatex` crate does not
//! know; the others are asked of it, one command at a time, so that none of the faults that a
//! whole value can have reaches it.

use crate::text::{accent, letter};
use crate::work::Mark;
use std::borrow::Cow;

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
    Text(Cow<'static, str>),
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
        "textgreek" => Meaning::Plain,
        name => return letter(name).map(Meaning::Text),
    })
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
