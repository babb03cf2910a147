//! Pages: one or more ranges, each page kept as it was typed (`xiv`, `S12`, `e1000098`).

use std::str::FromStr;

/// One page or a range of pages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageRange {
    /// The first page.
    pub first: String,
    /// The last page, where the source gives one.
    pub last: Option<String>,
}

/// The pages a work takes up: at least one range.
///
/// Reads ranges with any dash, spaced or not, and several ranges with commas between; writes
/// CSL's form, a hyphen between first and last.
///
/// ```
/// use citelift::Pages;
/// let pages: Pages = "420 – 443, 7".parse()?;
/// assert_eq!(pages.to_string(), "420-443, 7");
/// assert_eq!(pages.ranges()[0].last.as_deref(), Some("443"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pages(Vec<PageRange>);

/// There is no page in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no page is given")]
pub struct NoPage;

impl Pages {
    /// One page.
    #[must_use]
    pub fn page(first: impl Into<String>) -> Self {
        Self(vec![PageRange { first: first.into(), last: None }])
    }

    /// A range of pages.
    #[must_use]
    pub fn range(first: impl Into<String>, last: impl Into<String>) -> Self {
        Self(vec![PageRange { first: first.into(), last: Some(last.into()) }])
    }

    /// Several ranges; `None` where there is none.
    #[must_use]
    pub fn from_ranges(ranges: Vec<PageRange>) -> Option<Self> {
        (!ranges.is_empty()).then_some(Self(ranges))
    }

    /// The ranges in order; never empty.
    #[must_use]
    pub fn ranges(&self) -> &[PageRange] {
        &self.0
    }

    /// Whether a text has a page, so that it can be read.
    pub(crate) fn are_given(text: &str) -> bool {
        parts(text).any(|part| ends(part).is_some())
    }

    /// Whether a range's last page comes before its first. `263-91` is a shortened 291.
    pub(crate) fn are_backwards(&self) -> bool {
        self.0.iter().any(|range| {
            let Some(last) = range.last.as_deref() else { return false };
            let numbers = (range.first.parse::<u64>(), last.parse::<u64>());
            matches!(numbers, (Ok(from), Ok(to)) if to < from) && last.len() >= range.first.len()
        })
    }
}

/// Whether `c` is a dash that can stand between two pages.
pub(crate) fn is_page_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | '~'
                | '\u{223c}'
                | '\u{301c}'
                | '\u{ff5e}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
    )
}

impl FromStr for Pages {
    type Err = NoPage;

    fn from_str(text: &str) -> Result<Self, NoPage> {
        // `61-70`, as nearly all are.
        let is_number =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if let Some((first, last)) = text.split_once('-')
            && is_number(first)
            && is_number(last)
        {
            return Ok(Self::range(first, last));
        }
        let owned = |(first, last): (&str, Option<&str>)| PageRange {
            first: first.to_owned(),
            last: last.map(str::to_owned),
        };
        let ranges: Vec<_> = parts(text).filter_map(ends).map(owned).collect();
        if ranges.is_empty() { Err(NoPage) } else { Ok(Self(ranges)) }
    }
}

/// What stands between commas.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';'])
}

/// The first page of a range and its last.
fn ends(text: &str) -> Option<(&str, Option<&str>)> {
    let text = text.trim();
    let mut ends = text.splitn(2, is_page_dash);
    let first = ends.next()?.trim();
    let last = ends.next().map(|last| last.trim_start_matches(is_page_dash).trim());
    match (first, last) {
        ("", None | Some("")) => None,
        // A dash inside a page's own number ("3-1 to 3-24" has two): the text stands as typed.
        (_, Some(last)) if last.contains(is_page_dash) => Some((text, None)),
        ("", Some(last)) => Some((last, None)),
        (first, last) => Some((first, last.filter(|last| !last.is_empty()))),
    }
}

impl std::fmt::Display for PageRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.first)?;
        self.last.as_ref().map_or(Ok(()), |last| write!(f, "-{last}"))
    }
}

impl std::fmt::Display for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, range) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{range}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_of_all_kinds_divide_a_range() {
        for text in ["301–330", "301-330", "301 — 330", "301--330", "301~330"] {
            assert_eq!(text.parse::<Pages>(), Ok(Pages::range("301", "330")), "{text}");
        }
        assert_eq!("".parse::<Pages>(), Err(NoPage));
        assert_eq!(" – ".parse::<Pages>(), Err(NoPage));
        assert_eq!("12–".parse::<Pages>(), Ok(Pages::page("12")));
    }
}
