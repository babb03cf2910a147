//! Hostile inputs of a wanted size, kind by kind, and a plain one of each.

use crate::stored::stored;

/// What is read, how, and what is made to be hard in it.
pub(crate) struct Job {
    pub(crate) name: &'static str,
    /// How many times smaller than asked for its inputs are.
    pub(crate) size: usize,
    pub(crate) plain: fn(usize) -> Vec<u8>,
    pub(crate) cases: &'static [Case],
}

/// One input.
pub(crate) struct Case {
    pub(crate) what: &'static str,
    pub(crate) make: fn(usize) -> Vec<u8>,
}

/// A head, a part again and again with `§` as a number, and a tail.
fn around(head: &str, part: &str, tail: &str, size: usize) -> Vec<u8> {
    let mut text = head.to_owned();
    let mut number = 0;
    while text.len() + tail.len() < size {
        if part.contains('§') {
            text += &part.replace('§', &number.to_string());
        } else {
            text += part;
        }
        number += 1;
    }
    (text + tail).into_bytes()
}

/// A head, openings as many as closings, and a tail.
fn nested(head: &str, open: &str, close: &str, tail: &str, size: usize) -> Vec<u8> {
    let depth = size.saturating_sub(head.len() + tail.len()) / (open.len() + close.len());
    format!("{head}{}a{}{tail}", open.repeat(depth), close.repeat(depth)).into_bytes()
}

macro_rules! cases {
    ($($what:literal: $make:ident($($text:expr),*);)*) => {
        &[$(Case { what: $what, make: |size| $make($($text,)* size) }),*]
    };
}

const REFERENCE: &str =
    "Roe§, J., & Poe, A. B. (2010). Harbour watch: a study of port §. Port Studies, 15(2): 61-70.";

fn line(size: usize) -> Vec<u8> {
    // One citation is short: many of them are what a byte of it is compared with.
    around("", &format!("{REFERENCE} "), "", size)
}

fn list(size: usize) -> Vec<u8> {
    around("References\n\n", &format!("{REFERENCE}\n"), "", size)
}

fn entries(size: usize) -> Vec<u8> {
    around(
        "",
        "@article{roe§,\n  author = {Roe, Jane and Poe, A. B.},\n  title = {Harbour {NATO} watch: a \
         study of port §},\n  journal = {Port Studies},\n  year = {2010},\n  volume = {15},\n  \
         number = {2},\n  pages = {61--70},\n  doi = {10.1000/x§}\n}\n\n",
        "",
        size,
    )
}

fn records(size: usize) -> Vec<u8> {
    around(
        "",
        "TY  - JOUR\r\nID  - roe§\r\nAU  - Roe, Jane\r\nAU  - Poe, A. B.\r\nTI  - Harbour watch: a \
         study of port §\r\nJO  - Port Studies\r\nPY  - 2010\r\nVL  - 15\r\nIS  - 2\r\nSP  - 61\r\n\
         EP  - 70\r\nDO  - 10.1000/x§\r\nER  - \r\n\r\n",
        "",
        size,
    )
}

fn items(size: usize) -> Vec<u8> {
    around(
        "[{}",
        ",\n{\"id\": \"roe§\", \"type\": \"article-journal\", \"author\": [{\"family\": \"Roe\", \
         \"given\": \"Jane\"}, {\"family\": \"Poe\", \"given\": \"A. B.\"}], \"title\": \"Harbour \
         watch: a study of port §\", \"container-title\": \"Port Studies\", \"issued\": \
         {\"date-parts\": [[2010, 11]]}, \"volume\": \"15\", \"issue\": \"2\", \"page\": \"61-70\"}",
        "\n]\n",
        size,
    )
}

/// The job's jobs.
pub(crate) const JOBS: &[Job] = &[
    Job {
        name: "parse",
        size: 1,
        plain: line,
        cases: cases! {
            "a letter": around("", "a", "");
            "words without end": around("", "harbour ", "");
            "a million authors": around("", "Roe§, J., ", "& Poe, P. (2010). Harbour watch. Leiden: Brill.");
            "and": around("", "and ", "");
            "brackets in each other": nested("Roe, J. (2010). Harbour ", "(", ")", " watch. Leiden: Brill.");
            "brackets that open": around("", "([{“", "");
            "quotation marks": around("Roe, J. (2010). ", "\"a' ", "");
            "years": around("", "(2010). ", "");
            "digits": around("Roe, J. (2010). Port Studies, ", "9", "");
            "pages": around("Roe, J. (2010). Port Studies, ", "61-70, ", "");
            "addresses": around("", "https://example.org/a/§ ", "");
            "one address": around("https://example.org/", "a/", "");
            "identifiers": around("", "10.1000/x§ ", "");
            "combining marks": around("Roe, J. e", "\u{301}\u{323}", "");
            "letters with marks": around("", "e\u{301}\u{323}\u{302}", "");
            "marks of direction": around("", "a\u{202e}b\u{202c}", "");
            "letters of two scripts": around("", "H\u{430}rbour ", "");
            "letters that decompose": around("", "\u{fdfa}", "");
            "full stops": around("", ". ", "");
            "initials": around("", "A. ", "");
            "hyphens": around("", "a-", "");
            "works in one line": around("", "Roe, op. cit., p. §; ", "");
            "same person": around("", "Ders. & Roe: ", "");
            "nothing to be seen": around("a", "\u{200b}", "b");
            "control characters": around("a", "\0", "b");
        },
    },
    Job {
        name: "extract",
        size: 1,
        plain: list,
        cases: cases! {
            "one line": around("", "Roe, J. (2010). Harbour watch. Port Studies, 15(2): 61-70. ", "");
            "empty lines": around("", "\n", "");
            "short lines": around("", "a\n", "");
            "entries of a name": around("References\n\n", "Roe, J.\n\n", "");
            "numbers": around("", "§\n", "");
            "marks of lists": around("References\n\n", "· a\n", "");
            "numbers in brackets": around("References\n\n", "[§\n", "");
            "citations in the text": around("", "As is known (Roe, 2010: §; cf. Poe et al. 2011). ", "\n\nReferences\n\nRoe, J. (2010). Harbour watch. Leiden: Brill.\n");
            "notes that point back": around("References\n\nRoe, J. (2010). Harbour. Leiden: Brill.\n", "Ibid., p. §.\n", "");
            "divided words": around("", "infor-\n", "");
            "pages": around("", "a\u{c}\n", "");
            "headings": around("", "References\n\n", "");
            "marks of a word processor": around("", "[footnoteRef:§]", "");
            "marks that do not end": around("", "[bookmark: ", "");
            "combining marks": around("e", "\u{301}", "");
            "an annotation without end": around("References\n\nRoe, J. (2010). Harbour watch. Leiden: Brill.\n\n", "It tells much of pilots. ", "");
            "an annotation of many paragraphs": around("References\n\nRoe, J. (2010). Harbour watch. Leiden: Brill.\n\n", "It tells much of pilots.\n\n", "");
            "ranges of numbers": around("Seen [1-99999999], [", "§-9999999,", "].\n\nReferences\n\n[1] Roe, J. (2010). Harbour watch. Leiden: Brill.\n");
            "tabs": around("", "\ta\n", "");
        },
    },
    Job {
        name: "bib",
        size: 1,
        plain: entries,
        cases: cases! {
            "braces in each other": nested("@book{k, title = {", "{", "}", "}}\n");
            "braces that open": around("@book{k, title = {", "{", "");
            "braces that close": around("@book{k, title = {a}}", "}", "");
            "one line": around("", "@book{k§, title = {Harbour}, year = 2010} ", "");
            "a long value": around("@book{k, title = {", "harbour ", "}}");
            "a million authors": around("@book{k, author = {A", " and B§, C.", "}}");
            "commas in a name": around("@book{k, author = {A", ", B", "}}");
            "words in a name": around("@book{k, author = {A", " von b", "}}");
            "and": around("@book{k, author = {A", " and", "}}");
            "a million fields": around("@book{k", ", x§ = {1}", "}");
            "one field again and again": around("@book{k", ", note = {§}", "}");
            "fields without commas": around("@book{k, ", "a = {1} b = {2} ", "}");
            "equals signs": around("@book{k, ", "= ", "}");
            "key words": around("@book{k, keywords = {a", ", b§", "}}");
            "links": around("@book{k, url = {https://example.org/", "a/", "}}");
            "files": around("@book{k, file = {a", ":b;c", "}}");
            "pieces of a value": around("@book{k, title = {a}", " # {b}", "}");
            "abbreviations": around("", "@string{s§ = {a}}\n", "@book{k, title = s1}");
            "abbreviations of abbreviations": around("@string{s = {a}}\n", "@string{s = s # s}\n", "@book{k, title = s}");
            "at signs": around("", "@", "");
            "beginnings": around("", "@book{", "");
            "beginnings with a key": around("", "@book{k,", "");
            "remarks": around("", "% a\n", "");
            "@comment": nested("@comment{", "{", "}", "}");
            "back slashes": around("@book{k, title = {", "\\\\", "}}");
            "accents": around("@book{k, title = {", "\\'e", "}}");
            "accents on accents": around("@book{k, title = {", "\\'", "}}");
            "commands in each other": nested("@book{k, title = {", "\\textbf{", "}", "}}");
            "commands that are not known": around("@book{k, title = {", "\\x§ ", "}}");
            "formulae": around("@book{k, title = {", "$a_1$", "}}");
            "dollars": around("@book{k, title = {", "$ ", "$}}");
            "formulae in each other": nested("@book{k, title = {$", "a_{", "}", "$}}");
            "quotation marks": around("@book{k, title = ", "\"", "}");
            "ligatures": around("@book{k, title = {", "``''--- ", "}}");
            "dates": around("@book{k, date = {2010", "-11/", "}}");
            "pages": around("@book{k, pages = {1", "--2, 3", "}}");
            "a year of many digits": around("@book{k, year = {", "9", "}}");
            "entries of one key": around("", "@book{k, title = {a}}\n", "");
            "entries without a key": around("", "@book{, title = {a}}\n", "");
            "each inherits from the next": around("", "@inbook{k§, title = {a}, crossref = {k§1}}\n", "");
            "all inherit from one": around("@book{p, title = {P}}\n", "@inbook{k§, crossref = {p}}\n", "");
            "all inherit from the last": around("", "@inbook{k§, crossref = {p}}\n", "@book{p, title = {P}}\n");
            "a circle of two": around("", "@inbook{a, crossref = {b}}\n@inbook{b, crossref = {a}}\n", "");
            "xdata without end": around("@book{k, xdata = {a", ",x§", "}}");
            "combining marks": around("@book{k, title = {e", "\u{301}", "}}");
            "marks of direction": around("@book{k, title = {e", "\u{202e}", "}}");
            "letters of two scripts": around("@book{k, title = {e", "H\u{430}rbour ", "}}");
            "control characters": around("@book{k, title = {e", "\0", "}}");
            "not UTF-8": latin("@book{k, title = {", "\u{e9}a ", "}}");
        },
    },
    Job {
        name: "ris",
        size: 1,
        plain: records,
        cases: cases! {
            "a million authors": around("TY  - JOUR\n", "AU  - Roe§, J.\n", "ER  - \n");
            "a million key words": around("TY  - JOUR\n", "KW  - a§\n", "ER  - \n");
            "a million tags": around("TY  - JOUR\n", "XQ  - a§\n", "ER  - \n");
            "a tag again and again": around("TY  - JOUR\n", "TI  - a§\n", "ER  - \n");
            "a long value": around("TY  - JOUR\nAB  - ", "harbour ", "\nER  - \n");
            "one line": around("", "TY  - JOUR TI  - a ER  - ", "\n");
            "lines that go on": around("TY  - JOUR\nAB  - a\n", "b\n", "ER  - \n");
            "lines like tags": around("TY  - JOUR\nAB  - a\n", "T1-weighted images\n", "ER  - \n");
            "empty lines": around("TY  - JOUR\nAB  - a\n", "\n", "ER  - \n");
            "types without an end": around("", "TY  - JOUR\n", "");
            "ends alone": around("", "ER  - \n", "");
            "records of nothing": around("", "TY  - JOUR\nER  - \n", "");
            "one key": around("", "TY  - JOUR\nID  - k\nTI  - a\nER  - \n", "");
            "text between records": around("", "stray\n", "TY  - JOUR\nTI  - a\nER  - \n");
            "carriage returns": around("TY  - JOUR\rAB  - a\r", "b\r", "ER  - \r");
            "entities": around("TY  - JOUR\nAB  - ", "&amp;", "\nER  - \n");
            "entities of entities": around("TY  - JOUR\nAB  - &", "amp;", "\nER  - \n");
            "entities that do not end": around("TY  - JOUR\nAB  - ", "&", "\nER  - \n");
            "commas": around("TY  - JOUR\nAU  - a", ", b", "\nER  - \n");
            "names in one line": around("TY  - JOUR\nAU  - Roe, J.", "; Poe, A.", "\nER  - \n");
            "words in a name": around("TY  - JOUR\nAU  - a", " von b", "\nER  - \n");
            "dates": around("TY  - JOUR\nDA  - 2010", "/11", "\nER  - \n");
            "pages": around("TY  - JOUR\nSP  - 1", "-2, 3", "\nER  - \n");
            "numbers of books": around("TY  - BOOK\n", "SN  - 978-3-16-148410-0\n", "ER  - \n");
            "named values": around("TY  - JOUR\n", "M2  - director: Roe§ || J.\n", "ER  - \n");
            "bars": around("TY  - JOUR\nM2  - director: ", "a || ", "\nER  - \n");
            "addresses": around("TY  - JOUR\n", "UR  - https://example.org/§\n", "ER  - \n");
            "combining marks": around("TY  - JOUR\nTI  - e", "\u{301}", "\nER  - \n");
            "marks of direction": around("TY  - JOUR\nTI  - e", "\u{202e}", "\nER  - \n");
            "control characters": around("TY  - JOUR\nTI  - e", "\0", "\nER  - \n");
            "not UTF-8": latin("TY  - JOUR\nTI  - ", "\u{e9}a ", "\nER  - \n");
        },
    },
    Job {
        name: "json",
        size: 1,
        plain: items,
        cases: cases! {
            "lists in each other": nested("[{\"id\": \"a\", \"title\": ", "[", "]", "}]");
            "lists that open": around("", "[", "");
            "lists that close": around("", "]", "");
            "objects in each other": nested("[{\"id\": \"a\", \"custom\": ", "{\"a\":", "}", "}]");
            "objects that open": around("", "{", "");
            "objects that open with a name": around("", "{\"a\":", "");
            "one line": around("[{}", ",{\"id\":\"a§\",\"type\":\"book\",\"title\":\"Harbour\"}", "]");
            "a long value": around("[{\"id\": \"a\", \"title\": \"", "harbour ", "\"}]");
            "a million authors": around("[{\"id\": \"a\", \"author\": [{}", ",{\"family\":\"Roe§\",\"given\":\"J.\"}", "]}]");
            "a million members": around("[{\"id\": \"a\"", ",\"x§\":1", "}]");
            "one member again and again": around("[{\"id\": \"a\"", ",\"title\":\"§\"", "}]");
            "key words": around("[{\"id\": \"a\", \"keyword\": \"a", ", b§", "\"}]");
            "date parts": around("[{\"id\": \"a\", \"issued\": {\"date-parts\": [[2010]", ",[2010,§]", "]}}]");
            "numbers out of range": around("[{\"id\": \"a\", \"volume\": [1", ",1e999", "]}]");
            "a number of many digits": around("[{\"id\": \"a\", \"volume\": 1", "9", "}]");
            "escapes": around("[{\"id\": \"a\", \"title\": \"", "\\u0041", "\"}]");
            "surrogates without a partner": around("[{\"id\": \"a\", \"title\": \"", "\\ud800", "\"}]");
            "escapes that are none": around("[{\"id\": \"a\", \"title\": \"", "\\x", "\"}]");
            "quotation marks": around("[{\"id\": \"a\", \"title\": ", "\"", "}]");
            "commas": around("[", ",", "]");
            "colons": around("[{\"a\"", ":", "}]");
            "remarks": around("[", "/* a */", "]");
            "words": around("[", "a ", "]");
            "items without commas": around("[", "{\"id\":\"a§\"}", "]");
            "items that do not end": around("[", "{\"id\":\"a§\",", "]");
            "one id": around("[{}", ",{\"id\":\"a\"}", "]");
            "lines of a note": around("[{\"id\": \"a\", \"note\": \"", "DOI: 10.1000/§\\n", "\"}]");
            "entities": around("[{\"id\": \"a\", \"title\": \"", "&amp;", "\"}]");
            "tags": around("[{\"id\": \"a\", \"title\": \"", "<i>", "\"}]");
            "combining marks": around("[{\"id\": \"a\", \"title\": \"e", "\u{301}", "\"}]");
            "marks of direction": around("[{\"id\": \"a\", \"title\": \"e", "\u{202e}", "\"}]");
            "control characters": around("[{\"id\": \"a\", \"title\": \"e", "\u{1}", "\"}]");
        },
    },
    Job {
        name: "html",
        size: 2,
        plain: page,
        cases: cases! {
            "elements in each other": nested("<body>", "<div>", "</div>", "");
            "elements that open": around("<body>", "<div>", "");
            "marks that open": around("<body><p>", "<i>", "");
            "marks that close": around("<body><p>", "</i>", "");
            "marks that cross": around("<body>", "<i><b>a</i></b>", "");
            "tables in each other": nested("<body>", "<table><tr><td>", "</table>", "");
            "lists in each other": nested("<body>", "<ul><li>", "</ul>", "");
            "less-than signs": around("<body>", "<", "");
            "a tag that does not end": around("<body><p ", "a=b§ ", "");
            "a remark that does not end": around("<body><!--", "-", "");
            "entities that do not end": around("<body><p>", "&a", "");
            "paragraphs": around("<body>", "<p>a", "");
            "links": around("<body>", "<a href='#n§' id='n§'>a</a>", "");
            "breaks": around("<body>", "<br>", "");
        },
    },
    Job {
        name: "md",
        size: 2,
        plain: list,
        cases: cases! {
            "brackets": around("", "[", "");
            "brackets of links": around("", "[a](", "");
            "pictures": around("", "![", "");
            "stars": around("", "*a", "");
            "stars on both sides": around("", "*a*b", "");
            "underlines": around("", "_a", "");
            "back quotes": around("", "`a``b", "");
            "quotations in each other": around("", "> ", "a");
            "lists in each other": around("", "- ", "a");
            "tables": around("|a|b|\n|-|-|\n", "|", "\n");
            "notes": around("", "[^§]: a\n", "");
            "references": around("", "[a§]: http://a\n", "");
            "elements": around("", "<a ", "");
        },
    },
    Job {
        name: "tex",
        size: 2,
        plain: latex,
        cases: cases! {
            "groups in each other": nested("\\documentclass{a}\\begin{document}", "{", "}", "\\end{document}");
            "groups that open": around("\\documentclass{a}\\begin{document}", "{", "");
            "commands in each other": nested("\\documentclass{a}\\begin{document}", "\\emph{", "}", "");
            "environments in each other": nested("\\documentclass{a}\\begin{document}", "\\begin{a}", "\\end{a}", "");
            "a macro that calls itself": around("\\documentclass{a}\\newcommand{\\x}{\\x\\x}\\begin{document}", "\\x ", "");
            "macros that double": around("\\documentclass{a}\\def\\a{bbbbbbbb}\\def\\b{\\a\\a\\a\\a}\\def\\c{\\b\\b\\b\\b}\\def\\d{\\c\\c\\c\\c}\\begin{document}", "\\d ", "");
            "formulae": around("\\documentclass{a}\\begin{document}", "$a", "");
            "remarks": around("\\documentclass{a}\\begin{document}", "%\n", "");
            "back slashes": around("\\documentclass{a}\\begin{document}", "\\", "");
            "notes in each other": nested("\\documentclass{a}\\begin{document}", "\\footnote{", "}", "");
            "entries": around("\\documentclass{a}\\begin{document}\\begin{thebibliography}{9}", "\\bibitem{a§} b\n", "");
            "citations": around("\\documentclass{a}\\begin{document}", "\\cite{a§}", "");
            "brackets": around("\\documentclass{a}\\begin{document}\\cite", "[", "");
        },
    },
    Job {
        name: "rtf",
        size: 2,
        plain: rich,
        cases: cases! {
            "groups in each other": nested("{\\rtf1 ", "{", "}", "}");
            "groups that open": around("{\\rtf1 ", "{\\i ", "");
            "groups that close": around("{\\rtf1 a", "}", "");
            "characters": around("{\\rtf1 ", "\\u8211?", "}");
            "half characters": around("{\\rtf1 ", "\\u-10179?", "}");
            "bytes": around("{\\rtf1 ", "\\'e9", "}");
            "skipped characters": around("{\\rtf1 \\uc99999 ", "\\u8211", "}");
            "long commands": around("{\\rtf1 \\", "a", "}");
            "numbers": around("{\\rtf1 \\u", "9", "}");
            "binary data": around("{\\rtf1 ", "\\bin9999999 ", "}");
            "fonts": around("{\\rtf1{\\fonttbl", "{\\f§ a;}", "}}");
            "cells": around("{\\rtf1 ", "\\cell", "}");
            "notes in each other": nested("{\\rtf1 ", "{\\footnote ", "}", "}");
        },
    },
    Job {
        name: "docx",
        size: 2,
        plain: word,
        cases: cases! {
            "elements in each other": packed("<w:a>", "</w:a>");
            "paragraphs in each other": packed("<w:p>", "</w:p>");
            "tables in each other": packed("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>");
            "elements that open": packed("<w:p><w:r>", "");
            "breaks": packed("<w:p><w:r><w:br/></w:r></w:p>", "");
            "fields that begin": packed("<w:r><w:fldChar w:fldCharType='begin'/></w:r>", "");
            "entities": packed("&amp;", "");
        },
    },
];

/// The same in Windows-1252, for letters that UTF-8 has two bytes for.
fn latin(head: &str, part: &str, tail: &str, size: usize) -> Vec<u8> {
    let text = String::from_utf8(around(head, part, tail, size)).unwrap_or_default();
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

fn page(size: usize) -> Vec<u8> {
    around(
        "<body><h2>References</h2>",
        &format!("<p>{REFERENCE}</p>\n").replace('&', "&amp;"),
        "",
        size,
    )
}

fn latex(size: usize) -> Vec<u8> {
    let head = "\\documentclass{a}\\begin{document}\\begin{thebibliography}{9}\n";
    around(head, &format!("\\bibitem{{a§}} {REFERENCE}\n").replace('&', "\\&"), "", size)
}

fn rich(size: usize) -> Vec<u8> {
    around("{\\rtf1 References\\par\n", &format!("{REFERENCE}\\par\n"), "}", size)
}

fn word(size: usize) -> Vec<u8> {
    let part = format!("<w:p><w:r><w:t>{REFERENCE}</w:t></w:r></w:p>").replace('&', "&amp;");
    in_word(&around("", &part, "", size))
}

/// A body of openings and closings.
fn packed(open: &str, close: &str, size: usize) -> Vec<u8> {
    in_word(&nested("", open, close, "", size))
}

fn in_word(body: &[u8]) -> Vec<u8> {
    let relations = b"<Relationships><Relationship Id='1' Type='http://a/officeDocument' \
        Target='word/document.xml'/></Relationships>";
    let main = [b"<w:document xmlns:w='u'><w:body>", body, b"</w:body></w:document>"].concat();
    let parts: [(&str, &[u8]); 2] = [("_rels/.rels", relations), ("word/document.xml", &main)];
    stored(parts.into_iter())
}
