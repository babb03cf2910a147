//! Where the links of a document lead: the DOI or address that a citation's text leaves out or
//! cuts short.

use super::Assembly;
use crate::span::Span;
use crate::text::{Style, without_percents};
use crate::work::{Field, Value, doi_in};

/// How sure it is that a link leads to the work cited.
const LINKED: f32 = 0.97;

/// Addresses that search for the work, and are not its own.
const SEARCHES: [&str; 5] = ["scholar.google.", "/search?", "/search/", "?q=", "/lookup?"];

impl Assembly<'_, '_> {
    /// Takes the DOI and the address of the links.
    pub(super) fn linked(&mut self) {
        let joined = self.joined;
        for mark in joined.marks().unwrap_or_default() {
            let Style::Link(target) = &mark.style else { continue };
            let target = target.trim();
            let decoded = without_percents(target);
            if let Some(doi) = doi_in(&decoded) {
                let known = self.work.doi.as_deref();
                if known.is_none_or(|known| doi.len() > known.len() && doi.starts_with(known)) {
                    self.link(Field::Doi, doi, mark.span);
                }
            } else if is_address(target) {
                let known = self.work.url.as_deref();
                if known.is_none_or(|known| is_cut_short(known, target)) {
                    self.link(Field::Url, target, mark.span);
                }
            }
        }
    }

    fn link(&mut self, field: Field, value: &str, span: Span) {
        self.work.clear(field);
        self.found.retain(|found| found.field != field);
        self.put(field, Value::Text(value.to_owned()), span, LINKED);
    }
}

fn is_address(target: &str) -> bool {
    let begins = |scheme: &str| {
        target.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    };
    (begins("http://") || begins("https://") || begins("ftp://"))
        && !target.contains(char::is_whitespace)
        && !SEARCHES.iter().any(|search| target.contains(search))
}

/// Whether an address as it is typed is the beginning of another: broken by a space, or ended in
/// `…`.
fn is_cut_short(typed: &str, target: &str) -> bool {
    let bare = |address: &str| {
        let address = address.trim_end_matches(['…', '.', '/']);
        let scheme = address.find("://").map_or(0, |at| at + 3);
        address[scheme..].trim_start_matches("www.").to_owned()
    };
    let (typed, target) = (bare(typed), bare(target));
    typed.len() < target.len() && target.starts_with(&typed)
}

#[cfg(test)]
mod tests {
    use crate::citation::Parser;
    use crate::span::Span;
    use crate::text::{Joined, Mark, Style};
    use crate::work::Work;

    fn parse(text: &str, links: &[(&str, &str)]) -> Work {
        let mut joined = Joined::of(text);
        let marks: Vec<Mark> = links
            .iter()
            .map(|(linked, target)| {
                let start = text.find(linked).unwrap();
                let span = Span::new(start, start + linked.len());
                Mark { span, style: Style::Link((*target).into()) }
            })
            .collect();
        joined.mark(marks.iter());
        Parser::new().list().parse_joined(&joined, text)
    }

    #[test]
    fn links_give_what_the_text_leaves_out() {
        let text = "Roe, J. (2011). Harbour watch. Port Studies, 15(2): 61-70. Full text";
        let work = parse(
            text,
            &[
                ("15(2)", "https://scholar.google.com/scholar?q=Harbour"),
                ("Harbour watch", "https://ports.example/watch"),
                ("Full text", "https://doi.org/10.1000/%28ports%2915"),
            ],
        );
        assert_eq!(work.url.as_deref(), Some("https://ports.example/watch"));
        assert_eq!(work.doi.as_deref(), Some("10.1000/(ports)15"));
    }

    #[test]
    fn what_is_typed_whole_stays() {
        let text = "Roe, J. (2011). Harbour watch. Leiden: Brill. https://ports.example/a";
        let typed = "https://ports.example/a";
        let work = parse(text, &[(typed, "https://proxy.example/a")]);
        assert_eq!(work.url.as_deref(), Some(typed));
        let work = parse(text, &[(typed, "https://www.ports.example/abc")]);
        assert_eq!(work.url.as_deref(), Some("https://www.ports.example/abc"));
    }
}
