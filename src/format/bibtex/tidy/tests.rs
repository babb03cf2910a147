//! What `format` makes of texts, and what holds of any.

use super::{FormatOptions, format, same_meaning, tidied};
use crate::format::bibtex::raw::pieces::texts;
use proptest::prelude::*;

fn tidy(text: &str) -> String {
    format(text, &FormatOptions::default()).text
}

#[test]
fn entries_are_laid_out() {
    assert_eq!(
        tidy("@BOOK(Roe, Title=\"A\" ,,author={B},\n YEAR=2010 ,)\n\n\n\n@misc{b}@misc{x = 1}"),
        "@book{Roe,\n  title = \"A\",\n  author = {B},\n  year = 2010\n}\n\n\
         @misc{b,\n}\n\n@misc{,\n  x = 1\n}\n"
    );
    let options = FormatOptions::default().align(true).keep_case(true).braces(true);
    assert_eq!(
        format("@Book{k, Title = \"a\" # b, yr = \"c\\\"}", &options).text,
        "@Book{k,\n  Title = {a} # b,\n  yr    = \"c\\\"\n}\n"
    );
}

#[test]
fn what_is_no_entry_stands() {
    let text = "Free text\n  % Section\n@String{a = \"b\"}\n@string(c=d)\n\n@preamble{ \"x\" }\n\n\
                @misc{k,\n  a = {b}\n} % behind\n% before\n@misc{l,\n  a = {b\n\n  c }\n}\n\n\
                @Comment{jabref-meta: x;}\n@comment a line\n\nend\n";
    assert_eq!(tidy(text), text);
    assert_eq!(tidy(""), "");
    assert_eq!(tidy(" \n\n"), "");
    assert_eq!(tidy("\n\n  text \n\n"), "  text\n");
}

#[test]
fn broken_entries_and_remarks_stand() {
    for entry in [
        "@Book{k a={1} }",
        "@Book{k, a={1},\n% remark\n b={2} }",
        "@Book{k, a={1}},  b = {2}}",
        "@Book{k, a = , }",
        "@Book{k, a = {1}",
    ] {
        let text = format!("@misc{{a}}\n{entry}\n@misc{{b}}");
        let tidy = tidy(&text);
        assert_eq!(tidy, format!("@misc{{a,\n}}\n\n{entry}\n\n@misc{{b,\n}}\n"));
    }
    let tidy = format("@misc{a}\n@Book{k a={1} }", &FormatOptions::default());
    assert_eq!(tidy.diagnostics.len(), 1);
    assert_eq!(tidy.diagnostics[0].span.map(|span| span.start), Some(16));
}

#[test]
fn line_ends_and_the_mark_stay() {
    assert_eq!(tidy("@a{k,x=1}\r\n@b{l}\r\n"), "@a{k,\r\n  x = 1\r\n}\r\n\r\n@b{l,\r\n}\r\n");
    assert_eq!(tidy("@a{k,x=1}\r"), "@a{k,\r  x = 1\r}\r");
    assert_eq!(tidy("\u{feff}@a{k}"), "\u{feff}@a{k,\n}\n");
    assert_eq!(tidy("\u{feff}"), "\u{feff}");
}

fn options() -> impl Strategy<Value = FormatOptions> {
    any::<[bool; 4]>().prop_map(|[align, keep_case, braces, trailing_comma]| FormatOptions {
        align,
        keep_case,
        braces,
        trailing_comma,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_means_the_same_when_tidy(text in texts(), options in options()) {
        let tidy = format(&text, &options);
        prop_assert!(same_meaning(&text, &tidy.text), "{text:?} became {tidy:?}");
        prop_assert_eq!(&format(&tidy.text, &options).text, &tidy.text);
    }

    /// A fault in one entry keeps no other from being made tidy.
    #[test]
    fn faults_do_not_spread(
        before in faulty(), at in any::<prop::sample::Index>(), options in options()
    ) {
        let mut entries = vec!["@Misc{a, X = {b\n c}}", "@Misc(b, y=1 # jan)", "@misc{c, z = \"d\"}"];
        entries.insert(at.index(4), before);
        let text = entries.join("\n");
        let (tidy, _) = tidied(&text, &options);
        prop_assert!(tidy.contains(before) && tidy != text, "{tidy}");
        prop_assert!(same_meaning(&text, &tidy), "{text:?} became {tidy:?}");
        prop_assert_eq!(&tidied(&tidy, &options).0, &tidy);
    }
}

fn faulty() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "@Book{k, x = {1},",
        "@Book{k,\n x = {1,\n y = {2}\n}",
        "@Book{k,\n x = {1}},\n y = {2}\n}",
        "@Book{k x = {1} y = {2}}",
        "@Book{k, x = a b, y}",
        "@Book{k, x = \"1,\n y = \"2\"\n}",
        "@Book(k, x = {1}",
        "@string{s = {1}",
        "@comment{ open",
        "@preamble{ open",
        "} text {",
    ])
}
