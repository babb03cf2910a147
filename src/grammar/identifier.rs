//! Identifiers in running text: DOI, arXiv, ISBN, ISSN, PubMed's numbers, with the words before
//! them. Web addresses are the lexer's.

use super::Parsed;
use crate::lex::without_sentence_marks;
use crate::work::{is_isbn, is_issn};
use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while, take_while1};
use nom::character::complete::{char, digit1, one_of, space0};
use nom::combinator::{opt, recognize};
use nom::sequence::{pair, preceded};
use nom::{Parser as _, error::ErrorKind};

/// What kind of identifier a text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identifier<'a> {
    /// A DOI, bare.
    Doi(&'a str),
    /// An arXiv number, bare.
    Arxiv(&'a str),
    /// An ISBN as typed.
    Isbn(&'a str),
    /// An ISSN as typed.
    Issn(&'a str),
    /// A PubMed number.
    Pmid(&'a str),
    /// A PubMed Central number, with its letters.
    Pmcid(&'a str),
}

/// A labelled identifier at the beginning of `input`: `doi:10.…`, `DOI 10.…`, `arXiv:1411.0020`,
/// `ISBN 978-…`. A bare web address is the lexer's to find.
pub(crate) fn identifier(input: &str) -> Parsed<'_, Identifier<'_>> {
    alt((
        doi.map(Identifier::Doi),
        arxiv.map(Identifier::Arxiv),
        preceded(labelled("ISBN"), number).map(Identifier::Isbn),
        preceded(labelled("ISSN"), number).map(Identifier::Issn),
        preceded(labelled("PMCID"), recognize((tag_no_case("PMC"), digit1))).map(Identifier::Pmcid),
        preceded(labelled("PMID"), digit1).map(Identifier::Pmid),
    ))
    .parse(input)
}

/// The word of an identifier and the marks behind it.
fn labelled<'a>(
    word: &'static str,
) -> impl nom::Parser<&'a str, Output = (), Error = nom::error::Error<&'a str>> {
    (
        tag_no_case(word),
        opt(alt((tag_no_case("-13"), tag_no_case("-10")))),
        space0,
        opt(one_of(":.")),
        space0,
    )
        .map(|_| ())
}

fn doi(input: &str) -> Parsed<'_, &str> {
    let (rest, _) = labelled("doi").parse(input)?;
    let (rest, _) = opt((
        opt(alt((tag_no_case("https://"), tag_no_case("http://")))),
        opt(tag_no_case("dx.")),
        tag_no_case("doi.org/"),
    ))
    .parse(rest)?;
    bare_doi(rest)
}

/// A DOI without anything before it; the sentence's marks behind it are left.
fn bare_doi(input: &str) -> Parsed<'_, &str> {
    let (_, whole) = recognize((
        tag_no_case("10."),
        take_while1(|c: char| c.is_ascii_digit() || c == '.'),
        char('/'),
        take_while1(|c: char| !c.is_whitespace()),
    ))
    .parse(input)?;
    let doi = without_sentence_marks(whole);
    if crate::work::is_doi(doi) {
        Ok((&input[doi.len()..], doi))
    } else {
        Err(nom::Err::Error(nom::error::Error::new(input, ErrorKind::Verify)))
    }
}

fn arxiv(input: &str) -> Parsed<'_, &str> {
    let (rest, _) = (tag_no_case("arxiv"), space0, opt(char(':')), space0).parse(input)?;
    arxiv_number(rest)
}

/// `hep-th/9901001`, `0901.1234v2`
pub(crate) fn arxiv_number(input: &str) -> Parsed<'_, &str> {
    alt((
        recognize((
            take_while1(|c: char| c.is_ascii_lowercase() || c == '-'),
            opt(pair(char('.'), take_while1(|c: char| c.is_ascii_uppercase()))),
            char('/'),
            digits(7),
        )),
        recognize((
            digits(4),
            char('.'),
            digits(4),
            take_while(|c: char| c.is_ascii_digit() || c == 'v'),
        )),
    ))
    .parse(input)
}

fn digits<'a>(
    count: usize,
) -> impl nom::Parser<&'a str, Output = &'a str, Error = nom::error::Error<&'a str>> {
    nom::bytes::complete::take_while_m_n(count, count, |c: char| c.is_ascii_digit())
}

/// The digits of an ISBN or ISSN, with the marks between them: the first length whose check
/// digit is right, else the longest.
fn number(input: &str) -> Parsed<'_, &str> {
    let mut digits = 0;
    let mut longest = None;
    let mut chars = input.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit = c.is_ascii_digit() || matches!(c, 'X' | 'x');
        let mark = digits > 0 && matches!(c, '-' | '–' | '‐' | ' ');
        if !(digit || mark) || digits >= 13 {
            break;
        }
        digits += usize::from(digit);
        let ends = digit && chars.peek().is_none_or(|(_, next)| !next.is_alphanumeric());
        if ends && matches!(digits, 8 | 10 | 13) {
            let value = &input[..at + c.len_utf8()];
            longest = Some(value);
            if is_isbn(value) || is_issn(value) {
                break;
            }
        }
    }
    longest
        .map(|value| (&input[value.len()..], value))
        .ok_or_else(|| nom::Err::Error(nom::error::Error::new(input, ErrorKind::Verify)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_with_their_words() {
        for (text, want) in [
            ("doi:10.1136/bmj.h696", Identifier::Doi("10.1136/bmj.h696")),
            ("DOI 10.1371/journal.pmed.1000098.", Identifier::Doi("10.1371/journal.pmed.1000098")),
            ("DOI: 10.1000/182).", Identifier::Doi("10.1000/182")),
            ("doi: https://doi.org/10.1000/182", Identifier::Doi("10.1000/182")),
            ("arXiv:1411.0020v2", Identifier::Arxiv("1411.0020v2")),
            ("arXiv:hep-th/9901001.", Identifier::Arxiv("hep-th/9901001")),
            ("ISBN: 978-0-471-98635-5.", Identifier::Isbn("978-0-471-98635-5")),
            ("ISBN 3161484100 hardcover.", Identifier::Isbn("3161484100")),
            ("ISBN 978-3-16-148410-0 2010.", Identifier::Isbn("978-3-16-148410-0")),
            ("ISBN 3161484100–é", Identifier::Isbn("3161484100")),
            ("ISSN 0003-2697", Identifier::Issn("0003-2697")),
            ("PMID: 30867123.", Identifier::Pmid("30867123")),
            ("PMCID: PMC7016051", Identifier::Pmcid("PMC7016051")),
        ] {
            assert_eq!(identifier(text).map(|(_, found)| found), Ok(want), "{text}");
        }
        assert!(identifier("doing 10 things").is_err());
    }
}
