//! What a stretch of text says, once we know what it is: `nom` parsers over the citation's text.
//!
//! Each takes `&str` from some place on and gives the rest and a value; a span is the distance
//! between two slices of one string. They know nothing of where fields stand in a citation.

pub(crate) mod date;
pub(crate) mod identifier;
pub(crate) mod name;

use nom::IResult;

/// The result of a grammar over text.
pub(crate) type Parsed<'a, T> = IResult<&'a str, T>;
