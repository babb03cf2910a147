//! Hostile files of records: `.bib`, RIS, CSL-JSON.

use super::{Case, Job, around, nested};

pub(crate) const JOBS: &[Job] = &[
    Job {
        name: "bib",
        size: 1,
        plain: entries,
        small: Some(|size| around("", "@misc{k§, title = {A}}\n", "", size)),
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
        small: Some(|size| around("", "TY  - JOUR\nTI  - a§\nER  - \n", "", size)),
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
        small: Some(|size| around("[{}", ",\n{\"id\": \"a§\", \"title\": \"b\"}", "]", size)),
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
];

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

/// The same in Windows-1252, for letters that UTF-8 has two bytes for.
fn latin(head: &str, part: &str, tail: &str, size: usize) -> Vec<u8> {
    let text = String::from_utf8(around(head, part, tail, size)).unwrap_or_default();
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}
