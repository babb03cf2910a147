//! The comparable form of DOIs and URLs.

use super::character::{is_digit, is_space};
use super::spelling::{is_true, spelled};
use super::text::is_dash;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Marks that end a sentence or a bracket, not an identifier.
const DOI_ENDS: [char; 10] = ['.', ',', ';', ':', ')', ']', '}', '>', '"', '\''];
const URL_ENDS: [char; 8] = ['.', ',', ';', ':', '>', ']', '"', '\''];

/// The comparable form of a DOI: small letters, without resolver and final punctuation.
pub(super) fn doi_key(value: &Value) -> String {
    let text = hyphenated(&unspaced(value).to_lowercase()).replace("%2f", "/");
    let Some(doi) = from_prefix(&text) else {
        return text.trim_matches(['.', ',', ';']).to_owned();
    };
    let mut key = doi.trim_end_matches(DOI_ENDS).to_owned();
    // A bracket that was opened within the DOI belongs to it: `10.1016/S1521-6136(08)`.
    let bracketed = doi.trim_end_matches(|c| c != ')' && DOI_ENDS.contains(&c));
    if bracketed.ends_with(')') && bracketed.matches('(').count() >= bracketed.matches(')').count()
    {
        key.push(')');
    }
    key
}

/// The comparable form of a URL: without scheme, `www.` and final punctuation; the host in
/// small letters.
pub(super) fn url_key(value: &Value) -> String {
    let text = unspaced(value);
    let mut rest = text.trim_start_matches(['<', '[', '(']);
    if let Some(named) = without(rest, "url") {
        rest = named.strip_prefix(':').unwrap_or(named);
    }
    let schemes = ["http://", "https://", "ftp://"];
    rest = schemes.iter().find_map(|scheme| without(rest, scheme)).unwrap_or(rest);
    rest = without(rest, "www.").unwrap_or(rest);
    let text = hyphenated(rest);
    let mut rest = text.trim_end_matches(URL_ENDS);
    if let Some(open) = rest.strip_suffix(')')
        && rest.matches('(').count() < rest.matches(')').count()
    {
        rest = open.trim_end_matches(URL_ENDS);
    }
    let rest = rest.trim_end_matches('/');
    match rest.split_once('/') {
        Some((host, path)) => format!("{}/{path}", host.to_lowercase()),
        None => rest.to_lowercase(),
    }
}

/// Whether a URL is a link to the resolver of DOIs.
pub(super) fn is_resolver(url: &Value) -> bool {
    let text = spelled(url);
    let rest = text.trim_start_matches(is_space);
    let rest = ["http://", "https://"].iter().find_map(|s| without(rest, s)).unwrap_or(rest);
    let rest = ["dx.", "www."].iter().find_map(|s| without(rest, s)).unwrap_or(rest);
    without(rest, "doi.org/")
        .is_some_and(|rest| rest.trim_start_matches(is_space).starts_with("10."))
}

/// The text without `start`, small letters of ASCII that case does not count in. As in
/// Python, ſ is an s then, and i without its dot, or with two, is an i.
fn without<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for expected in start.chars() {
        let found = match rest.next()? {
            'ſ' => 's',
            'ı' | 'İ' => 'i',
            c => c.to_ascii_lowercase(),
        };
        if found != expected {
            return None;
        }
    }
    Some(rest.as_str())
}

fn unspaced(value: &Value) -> String {
    if !is_true(value) {
        return String::new();
    }
    spelled(value).nfkc().filter(|&c| !is_space(c)).collect()
}

fn hyphenated(text: &str) -> String {
    text.chars().map(|c| if is_dash(c) { '-' } else { c }).collect()
}

/// The text from `10.`, three to nine digits and a slash.
fn from_prefix(text: &str) -> Option<&str> {
    text.match_indices("10.").map(|(at, _)| text.split_at(at).1).find(|doi| {
        let rest = doi.strip_prefix("10.").unwrap_or_default();
        let digits = rest.chars().take(10).take_while(|&c| is_digit(c)).count();
        (3..=9).contains(&digits) && rest.chars().nth(digits) == Some('/')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dois_have_one_form() {
        for (value, doi) in [
            ("https://doi.org/10.1016/S1521-6136(08)00407-9", "10.1016/s1521-6136(08)00407-9"),
            ("doi:10.1016/s1521-6136(08)00407-9.", "10.1016/s1521-6136(08)00407-9"),
            ("10.1016/S1521-6136(08).", "10.1016/s1521-6136(08)"),
            ("10.1000/abc)", "10.1000/abc"),
            ("https://doi.org/10.1000%2Fabc", "10.1000/abc"),
            ("10.1000/a b\u{2013}c", "10.1000/ab-c"),
            ("10.10/10.1000/x", "10.1000/x"),
            ("10.1234567890/x", "10.1234567890/x"),
            (".none;", "none"),
            ("", ""),
        ] {
            assert_eq!(doi_key(&json!(value)), doi, "{value}");
        }
        assert_eq!(doi_key(&json!(0)), "");
        assert_ne!(doi_key(&json!("10.1000/abc")), doi_key(&json!("10.1000/abcd")));
    }

    #[test]
    fn urls_have_one_form() {
        for (value, url) in [
            ("https://www.jstor.org/stable/41403188.", "jstor.org/stable/41403188"),
            ("jstor.org/stable/41403188/", "jstor.org/stable/41403188"),
            ("<http://A.org/x_(y)>", "a.org/x_(y)"),
            ("(URL: HTTP://a.org/X)", "a.org/X"),
            ("http://a.org/X", "a.org/X"),
            ("urlaub.de", "aub.de"),
            ("ftp://WWW.a.org//", "a.org"),
            ("a.org\u{2010}b", "a.org-b"),
        ] {
            assert_eq!(url_key(&json!(value)), url, "{value}");
        }
    }

    #[test]
    fn links_to_the_resolver_are_known() {
        for url in ["https://doi.org/10.1/x", " http://dx.doi.org/ 10.1/x", "WWW.DOI.ORG/10."] {
            assert!(is_resolver(&json!(url)), "{url}");
        }
        for url in ["https://doi.org/", "https://a.org/doi.org/10.1/x", "dx.www.doi.org/10.1"] {
            assert!(!is_resolver(&json!(url)), "{url}");
        }
    }
}
