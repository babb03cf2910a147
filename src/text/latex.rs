//! LaTeX commands that stand for letters: accents, signs, foreign letters.
//!
//! Called by the readers of `.bib` files and of LaTeX documents. Accents and some letters stand
//! here (LaTeX2e reference, "Accents"; biblatex 3.20, 4.7.3); the others are asked of the
//! `biblatex` crate, one command at a time, so that none of the faults that a whole value can have
//! reaches it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

/// The combining character of an accent, by its command's name without the backslash.
pub(crate) fn accent(name: &str) -> Option<char> {
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

/// The text that a command stands for, by its name without the backslash; `None` for one that
/// nobody knows.
pub(crate) fn letter(name: &str) -> Option<Cow<'static, str>> {
    let text = match name {
        " " | "\n" | "\t" | "\r" | "space" | "quad" | "qquad" | "enspace" | "addspace" | ";"
        | ":" => " ",
        "," | "thinspace" | "addthinspace" => "\u{2009}",
        "nobreakspace" | "addnbspace" => "\u{a0}",
        "&" => "&",
        "%" => "%",
        "#" => "#",
        "_" => "_",
        "$" => "$",
        "{" => "{",
        "}" => "}",
        "bibnamedelima" | "bibnamedelimb" | "bibnamedelimc" | "bibnamedelimd" | "bibnamedelimi" => {
            " "
        }
        "bibinitperiod" => ".",
        "bibinithyphendelim" => ".-",
        "bibrangedash" | "bibdatedash" => "–",
        "textemdash" => "—",
        "textendash" => "–",
        "slash" => "/",
        "hyphen" | "addhyphen" => "-",
        "ldots" | "dots" | "textellipsis" => "…",
        "lq" => "‘",
        "rq" => "’",
        "glqq" => "„",
        "grqq" => "“",
        "flqq" => "«",
        "frqq" => "»",
        "o" => "ø",
        // The commonest of those that could be asked for.
        "O" => "Ø",
        "i" => "ı",
        "l" => "ł",
        "L" => "Ł",
        "ss" => "ß",
        "aa" => "å",
        "AA" => "Å",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "j" => "ȷ",
        "IJ" => "Ĳ",
        "ij" => "ĳ",
        "dag" | "dagger" => "†",
        "euro" | "texteuro" | "EUR" => "€",
        "textsterling" => "£",
        "textyen" => "¥",
        "textcent" => "¢",
        "textdegree" | "degree" => "°",
        "textmu" | "textmicro" => "µ",
        "texttimes" => "×",
        "textpm" => "±",
        "textonehalf" => "½",
        "textcopyright" => "©",
        "textnumero" => "№",
        "textquotedblright" => "”",
        "textsinglequote" => "'",
        "textasciimacron" => "¯",
        "textasciiacute" => "´",
        "textasciidieresis" => "¨",
        "textless" => "<",
        "textgreater" => ">",
        "BibTeX" => "BibTeX",
        "LaTeXe" => "LaTeX",
        name => return asked(name).map(Cow::Owned),
    };
    Some(Cow::Borrowed(text))
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
    fn letters_that_need_not_be_asked_for_are_those_that_would_be_told() {
        for name in ["O", "i", "l", "L", "ss", "aa", "AA", "ae", "AE", "oe", "OE"] {
            assert_eq!(letter(name).map(Cow::into_owned), ask(name), "{name}");
        }
    }
}
