//! Hostile inputs of a wanted size, kind by kind, and a plain one of each: here those of text.

/// What is read, how, and what is made to be hard in it.
pub(crate) struct Job {
    pub(crate) name: &'static str,
    /// How many times smaller than asked for its inputs are.
    pub(crate) size: usize,
    pub(crate) plain: fn(usize) -> Vec<u8>,
    /// Plain input of the smallest records, where a record costs more than its letters do.
    pub(crate) small: Option<fn(usize) -> Vec<u8>>,
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

/// A text forty times.
macro_rules! repeated {
    (@ten $text:expr) => {
        concat!($text, $text, $text, $text, $text, $text, $text, $text, $text, $text)
    };
    ($text:literal) => {
        concat!(
            repeated!(@ten $text),
            repeated!(@ten $text),
            repeated!(@ten $text),
            repeated!(@ten $text)
        )
    };
}

mod documents;
mod records;

/// All jobs.
pub(crate) fn jobs() -> impl Iterator<Item = &'static Job> {
    JOBS.iter().chain(records::JOBS).chain(documents::JOBS)
}

const REFERENCE: &str =
    "Roe§, J., & Poe, A. B. (2010). Harbour watch: a study of port §. Port Studies, 15(2): 61-70.";

const WORK_BEFORE: &str = concat!(
    "References\n\nRoe, J. (2010). Harbour ",
    repeated!("watch of the harbours of the north and of the south "),
    ". Leiden: Brill.\n"
);
const PERSONS_BEFORE: &str = concat!(
    "References\n\n",
    repeated!("Roe, J., Poe, A. B., Doe, C., "),
    "Quill, T. (2010). Harbour watch. Leiden: Brill.\n"
);
const YEARS: &str = concat!("Roe, J. ", repeated!("2010, x; 2011, "), "Harbour.\n");
const TITLES: &str = concat!("Roe, J. ", repeated!("“Tides”, 12 (2010), "), "Harbour.\n");

fn line(size: usize) -> Vec<u8> {
    // One citation is short: many of them are what a byte of it is compared with.
    around("", &format!("{REFERENCE} "), "", size)
}

fn list(size: usize) -> Vec<u8> {
    around("References\n\n", &format!("{REFERENCE}\n"), "", size)
}

fn report(size: usize) -> Vec<u8> {
    let cited = "As is known (Roe§, 2010; cf. Poe 2011), the harbour was closed. ";
    [around("", cited, "\n\n", size / 2), list(size / 2)].concat()
}

const JOBS: &[Job] = &[
    Job {
        name: "parse",
        // of a longer line the beginning alone is read
        size: 4,
        plain: line,
        small: Some(|size| around("", "Roe, J. (2010). Tides; ", "", size)),
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
            "organisations": around("", "World Port Council, ", "2010. Harbour watch. Leiden: Brill.");
            "particles": around("", "de la ", "Roe, J. (2010). Harbour watch. Leiden: Brill.");
            "names in capitals": around("", "ROE J, ", "2010. Harbour watch. Leiden: Brill.");
            "roles": around("", "(Ed.), ", "");
            "containers": around("Roe, J. (2010). Harbour watch. ", "In: A. Poe (Ed.), Ports §. ", "");
            "places and publishers": around("Roe, J. (2010). Harbour watch. ", "Leiden: Brill; ", "");
            "volumes": around("Roe, J. (2010). Harbour watch. ", "vol. 3, no. 4, pp. 5-6, ", "");
            "days": around("Roe, J. ", "3 January 2010, ", "");
            "ranges of years": around("Roe, J. ", "2010-2011/", "");
            "days of visits": around("Roe, J. (2010). Harbour. ", "[Accessed 5 March 2012] ", "");
            "boxes of an archive": around("Roe, J. Harbour. ", "Box 3, Folder 4, ", "");
            "editions": around("Roe, J. (2010). Harbour. ", "2nd ed., ", "");
            "elements": around("Roe, J. (2010). ", "<i>a</i> ", "");
            "entities": around("Roe, J. (2010). ", "&amp;", "");
            "commands of LaTeX": around("Roe, J. (2010). ", "{\\'e}\\textit{a} ", "");
            "notes to notes": around("", "Ibid., p. §. ", "");
            "words without case": around("", "余敏. 港口研究[J]. ", "");
            "right to left": around("", "רועי, ", "");
            "numbers of books": around("Roe, J. (2010). ", "ISBN 978-3-16-148410-0 ", "");
            "nothing to be seen": around("a", "\u{200b}", "b");
            "control characters": around("a", "\0", "b");
        },
    },
    Job {
        name: "extract",
        size: 1,
        plain: list,
        small: Some(|size| around("References\n\n", "Roe, J. (2010). Tides.\n", "", size)),
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
            "one line without a space": around("", "harbour", "");
            "organisations": around("References\n\n", "World Port Council (2010). Harbour watch §. Leiden: Brill.\n", "");
            "the same person": around("References\n\nRoe, J. (2010). Harbour. Leiden: Brill.\n", "———. (2011). Harbour §. Leiden: Brill.\n", "");
            "the work before": around(WORK_BEFORE, "Ibid., p. §.\n", "");
            "the persons before": around(PERSONS_BEFORE, "———. (2011). Harbour §. Leiden: Brill.\n", "");
            "works cited of nobody": after("Roe§, J. (2010). Harbour. Leiden: Brill.\n", "Poe, op. cit., p. §.\n");
            "works cited of one": after("Roe, J. (2010). Harbour §. Leiden: Brill.\n", "Roe, Tides, op. cit., p. §.\n");
            "years of one line": around("References\n\n", YEARS, "");
            "titles of one line": around("References\n\n", TITLES, "");
            "notes that are short titles": around("References\n\n", "Roe, Harbour watch (see n. §), p. 3.\n", "");
            "counted in circles": around("References\n\n", "1. Roe, J. (2010). Harbour. Leiden: Brill.\n", "");
            "lines of one width": around("", "The harbour was closed for the whole of the winter\n", "");
            "heads of pages": around("", "Ports\n\nRoe, J. (2010). Harbour §. Leiden: Brill.\n\n§\n\u{c}\n", "");
            "rules": around("", "* * *\n\n", "");
            "full stops": around("References\n\nRoe, J. (2010). Harbour. ", ". ", "");
            "letters of two scripts": around("", "H\u{430}rbour\n", "");
            "marks of direction": around("", "a\u{202e}b\u{202c}\n", "");
            "control characters": around("a", "\0", "b");
            "carriage returns": around("", "a\r", "");
        },
    },
    Job {
        name: "citations",
        size: 2,
        plain: report,
        small: None,
        cases: cases! {
            "by name and year": cited("As is known (Roe, 2010: §; cf. Poe et al. 2011). ");
            "one bracket": cited("(Roe 2010; ");
            "brackets in each other": cited("(see Roe ");
            "brackets that close": cited("Roe 2010) ");
            "years": cited("Roe (2010, 2011a, ");
            "names": cited("Roe, Poe, Doe & ");
            "names of the list": cited("Roe ");
            "numbers": cited("[1, 2-3] ");
            "one bracket of numbers": cited("[1, ");
            "ranges of numbers": cited("[1-99999999] ");
            "labels": cited("[Roe10] ");
            "raised numbers": cited("harbour¹ ");
            "pages": cited("(Roe 2010, pp. 3-4, 5-6 ");
            "short titles": cited("Roe, Harbour watch, p. 3. ");
            "words": cited("harbour ");
            "full stops": cited(". ");
            "entries of one name": around("As Roe (2010) says.\n\nReferences\n\n", "Roe, J. (2010). Harbour watch §. Leiden: Brill.\n", "");
            "entries of one label": around("As [Roe10] says.\n\nReferences\n\n", "[Roe10] Roe, J. (2010). Harbour watch §. Leiden: Brill.\n", "");
            "entries of many names": around("As Roe (2010) says.\n\nReferences\n\n", "Roe§, J., ", "(2010). Harbour. Leiden: Brill.\n");
            "one name cited as often as listed": both("As Roe (2010) says. ", "Roe, J. (2010). Harbour watch §. Leiden: Brill.\n");
            "one number cited as often as listed": both("As [1] says. ", "[1] Roe, J. (2010). Harbour watch §. Leiden: Brill.\n");
        },
    },
];

/// A text of citations with a list of one work.
fn cited(part: &str, size: usize) -> Vec<u8> {
    around("", part, "\n\nReferences\n\nRoe, J. (2010). Harbour watch. Leiden: Brill.\n", size)
}

/// A list whose second half is of another kind.
fn after(entry: &str, then: &str, size: usize) -> Vec<u8> {
    [around("References\n\n", entry, "", size / 2), around("", then, "", size / 2)].concat()
}

/// As much of citations as of the works that they mean.
fn both(part: &str, entry: &str, size: usize) -> Vec<u8> {
    [around("", part, "\n\n", size / 2), around("References\n\n", entry, "", size / 2)].concat()
}
