//! One test for each rule of the splitter, and what holds of any text.

use super::pieces::{HOSTILE, texts};
use super::scan::looked;
use super::{Block, Blocks, Entry, Form, settled, settled_lines};
use crate::{Code, Diagnostic, Span};
use proptest::prelude::*;

fn split(text: &str) -> (Vec<Block<'_>>, Vec<Diagnostic>) {
    let mut blocks = Blocks::new(text, 0);
    let found: Vec<_> = blocks.by_ref().collect();
    (found, blocks.diagnostics)
}

fn entries(text: &str) -> Vec<Entry<'_>> {
    split(text)
        .0
        .into_iter()
        .filter_map(|block| match block {
            Block::Entry(entry) | Block::String(entry) => Some(entry),
            _ => None,
        })
        .collect()
}

/// Entries spelled short: `kind key name=value name=value;`, with `{}`, `""` or nothing around
/// the pieces and `!` behind an entry that is not closed.
fn short(text: &str) -> String {
    let mut out = String::new();
    for entry in entries(text) {
        out += &format!("{} {}", entry.kind, entry.key);
        for field in &entry.fields {
            let pieces = field.value.iter().map(|piece| match piece.form {
                Form::Braced => format!("{{{}}}", piece.text),
                Form::Quoted => format!("\"{}\"", piece.text),
                Form::Bare => piece.text.to_owned(),
            });
            out += &format!(" {}={}", field.name, pieces.collect::<Vec<_>>().join("#"));
        }
        out += if entry.closed { ";" } else { "!;" };
    }
    out
}

/// The codes and the texts they point at.
fn doubts(text: &str) -> Vec<(&'static str, &str)> {
    let (_, diagnostics) = split(text);
    diagnostics
        .into_iter()
        .map(|it| (it.code.as_str(), it.span.and_then(|span| span.of(text)).unwrap_or("?")))
        .collect()
}

#[test]
fn braces_quotes_and_parentheses() {
    let text = "@Book{roe2010, title = {A {B} c}, note=\"x {\"} y\", year = 2010}";
    assert_eq!(short(text), "Book roe2010 title={A {B} c} note=\"x {\"} y\" year=2010;");
    assert_eq!(short("@misc(k, a = {)}, b = 1)"), "misc k a={)} b=1;");
    assert_eq!(short("@misc{k, a = {x\\{y}}}"), "misc k a={x\\{y}};");
    assert_eq!(doubts(text), []);
}

#[test]
fn pieces_are_joined() {
    assert_eq!(
        short("@misc{k, a = jan # \" 1\" # {x}, month = \"1~\" # jul,}"),
        "misc k a=jan#\" 1\"#{x} month=\"1~\"#jul;"
    );
    assert_eq!(doubts("@misc{k, a = jan # , b = 1}"), [("bibtex/missing-value", "#")]);
}

#[test]
fn strings_and_preambles() {
    let text = "@string{acm = \"ACM\" # x}\n@STRING(ieee = {IEEE})\n@preamble{\"\\x{a}\" # y}\n";
    assert_eq!(short(text), "string  acm=\"ACM\"#x;STRING  ieee={IEEE};");
    let (blocks, doubts) = split(text);
    assert!(matches!(&blocks[4], Block::Preamble(value, span)
        if value.len() == 2 && span.of(text) == Some("@preamble{\"\\x{a}\" # y}")));
    assert_eq!(doubts, []);
}

#[test]
fn comments_and_text_are_kept() {
    let text = "Free text, jane@example.org, a@b {c}\n% @book{no, a = 1}\n@comment{ @book{x,} }\n\
                @comment one line @book{y,\n@Comment{jabref-meta: databaseType:bibtex;}\n@misc{k}";
    let (blocks, doubts) = split(text);
    let comments: Vec<_> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Comment(text, _) => Some(*text),
            _ => None,
        })
        .collect();
    assert_eq!(
        comments,
        [
            "@comment{ @book{x,} }",
            "@comment one line @book{y,",
            "@Comment{jabref-meta: databaseType:bibtex;}"
        ]
    );
    assert_eq!(short(text), "misc k;");
    assert_eq!(doubts, []);
    assert_eq!(super::tests::doubts("@book harbour\n@misc{k}"), [("bibtex/not-an-entry", "@book")]);
}

#[test]
fn an_entry_may_open_behind_text_and_below() {
    // As in btxdoc.bib, which comes with BibTeX.
    let text = "that may use.@\n\nMaNuAl  (scribe,\n TITLE=\"x\") More text.\n@misc{k}";
    assert_eq!(short(text), "MaNuAl scribe TITLE=\"x\";misc k;");
    assert_eq!(short("@\nbook\n{k,\n a = 1}"), "book k a=1;");
    assert_eq!(short("see@book{Roe 2010,\n a = 1}"), "book Roe 2010 a=1;");
    for prose in [
        "Write to me@example.org (Tuesdays, or else) and wait.",
        "me@example.org {\n x, y }",
        "at\nhome @\nwork (mostly, say) or",
        "me@\nexample.org, (a = b)",
        "@ {a = b}",
    ] {
        for behind in ["\n@misc{k, a = 1}", " @misc{k, a = 1}"] {
            assert_eq!(short(&format!("{prose}{behind}")), "misc k a=1;", "{prose}");
        }
    }
    // A type that is at the line's beginning opens an entry whatever follows.
    assert_eq!(doubts("use.@\nmanual\n@ 5"), [("bibtex/not-an-entry", "@")]);
}

#[test]
fn keys_of_every_kind_and_none() {
    assert_eq!(short("@book{DBLP:conf/x+y?z'_é, a=1}"), "book DBLP:conf/x+y?z'_é a=1;");
    for text in ["@book{, a = 1}", "@book{a = 1}", "@book{a={1}}", "@book{ \n a = 1}"] {
        assert!(short(text).starts_with("book  a="), "{text}");
        assert_eq!(doubts(text), [], "{text}");
    }
    assert_eq!(short("@book{Roe 2010, a = 1}"), "book Roe 2010 a=1;");
    assert_eq!(short("@book{k}@book{}"), "book k;book ;");
}

#[test]
fn commas_missing_and_too_many() {
    let text = "@book{k a = {1} b = 2\n c = \"3\" d = {4},,\n ,e = 5, }";
    assert_eq!(short(text), "book k a={1} b=2 c=\"3\" d={4} e=5;");
    let codes: Vec<_> = doubts(text).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["bibtex/missing-comma"; 4]);
    assert_eq!(short("@book{k, a = {1}; b = 2}"), "book k a={1} b=2;");
    assert_eq!(doubts("@book{k, a = {1}; b = 2}"), [("bibtex/missing-comma", ";")]);
}

#[test]
fn values_missing_and_without_braces() {
    let text = "@book{k, a = , b, c {3}, d = Harbour watch, e = 12--15, f = The {A, B} way\n}";
    assert_eq!(short(text), "book k a= b= c={3} d=Harbour watch e=12--15 f=The {A, B} way;");
    assert_eq!(
        doubts(text),
        ["a", "b", "c", "Harbour watch", "The {A, B} way"].map(|at| ("bibtex/missing-value", at))
    );
    assert_eq!(short("@book{k, month = jan, x = some-name}"), "book k month=jan x=some-name;");
    assert_eq!(doubts("@book{k, month = jan, x = some-name}"), []);
}

#[test]
fn what_stands_for_the_equals_sign() {
    let text = "@book{k, a: {1}, b := \"2\", c 3, d : 4 % a remark\n, e = 5 % another\n}";
    assert_eq!(short(text), "book k a={1} b=\"2\" c=3 d=4 e=5;");
    assert_eq!(doubts(text), ["a", "b", "c", "d"].map(|at| ("bibtex/missing-value", at)));
}

#[test]
fn a_mark_too_many_within_a_value_is_none_of_its_ends() {
    let text = "@book{k,\n  a = {The {N}}orth sea},\n  b = \"The \"old\" sea\",\n  c = {3}\n}";
    assert_eq!(short(text), "book k a={The {N}}orth sea} b=\"The \"old\" sea\" c={3};");
    assert_eq!(doubts(text), [("bibtex/stray-brace", "}"), ("bibtex/missing-comma", "\"")]);
    // The entry's own closing brace is never taken for a value's.
    assert_eq!(short("@book{k, a = {1} x}\n@book{l, b = {2}}"), "book k a={1} x=;book l b={2};");
}

#[test]
fn the_wrong_closing_mark_closes() {
    let text = "@book{k, a = {1}, b = 2)\n@book(l, a = {1}}\n@book{m,\n a = \"1},\n b = {2}}";
    assert_eq!(short(text), "book k a={1} b=2;book l a={1};book m a=\"1\" b={2};");
    assert_eq!(
        doubts(text),
        [("bibtex/unclosed", ")"), ("bibtex/unclosed", "}"), ("bibtex/unclosed", "\"")]
    );
}

#[test]
fn an_unclosed_entry_ends_where_the_next_begins() {
    let text = "@book{a, x = {1},\n\n  @book{b, y = {2}}\n";
    assert_eq!(short(text), "book a x={1}!;book b y={2};");
    assert_eq!(doubts(text), [("bibtex/unclosed", "{")]);
    assert_eq!(short("@book{a, x = {1}\n@string{s = 1}"), "book a x={1}!;string  s=1;");
    assert_eq!(short("@book{a, x = {1"), "book a x={1}!;");
}

#[test]
fn an_unclosed_value_ends_before_the_next_field() {
    for text in [
        "@book{a,\n  x = {One,\n  y = {2},\n  z = \"3\"\n}\n\n@book{b, y = {2}}\n",
        "@book{a,\n  x = \"One,\n  y = {2},\n  z = \"3\"\n}\n\n@book{b, y = {2}}\n",
        "@book{a,\n  x = {One\n  y = {2},\n  z = \"3\"\n}\n",
    ] {
        let read = short(text).replace("x=\"One\"", "x={One}");
        assert!(read.starts_with("book a x={One} y={2} z=\"3\";"), "{text}: {read}");
        let found = doubts(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, "bibtex/unclosed");
    }
}

#[test]
fn a_value_may_quote_an_entry() {
    let text = "@book{a, note = {see\n@book{b,\n  x = {1}\n}\n}, y = 2}\n@book{c, z = 3}";
    assert_eq!(short(text), "book a note={see\n@book{b,\n  x = {1}\n}\n} y=2;book c z=3;");
    let text = "@book(a, note = {see\n@book{b,\n  x = {1}\n}\n}, y = 2)\n@book{c, z = 3}";
    assert_eq!(short(text), "book a note={see\n@book{b,\n  x = {1}\n}\n} y=2;book c z=3;");
}

#[test]
fn a_colon_behind_a_name_stands_for_the_equals_sign() {
    let text = "@book{a, x: {A}, y:: {B}, z: = {C}, v::={D}, a:b = {E}}";
    assert_eq!(short(text), "book a x={A} y={B} z={C} v={D} a:b={E};");
    let names = ["x", "y", "z", "v"].map(|name| ("bibtex/missing-value", name));
    assert_eq!(doubts(text), names);
}

#[test]
fn a_brace_too_many_ends_nothing_where_fields_follow() {
    let text = "@book{a,\n x = {A}},\n y = {2}\n}\n@book{b, z = 1}}\n";
    assert_eq!(short(text), "book a x={A} y={2};book b z=1;");
    assert_eq!(doubts(text), [("bibtex/stray-brace", "}"); 2]);
    assert_eq!(split(text).1[0].span, Some(Span::new(17, 18)));
}

#[test]
fn every_line_end_serves() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "@book{a, x = {1},§@book{b, y = {§2}}§% @book{c,§".replace('§', end);
        assert_eq!(entries(&text).len(), 2, "{text:?}");
    }
}

#[test]
fn spans_count_from_the_base() {
    let mut blocks = Blocks::new("@book{k, a = {b}", 100);
    assert!(matches!(blocks.next(), Some(Block::Entry(entry))
        if entry.key_span == Span::new(106, 107) && entry.fields[0].span == Span::new(109, 116)));
    assert_eq!(blocks.diagnostics[0].code, Code::BibtexUnclosed);
    assert_eq!(blocks.diagnostics[0].span, Some(Span::new(105, 106)));
}

#[test]
fn whole_blocks_are_settled() {
    assert_eq!(settled("@book{a, x = {1}}\n@book{b,\n", false), 18);
    assert_eq!(settled("@book{a, x = {1}}\n", false), 0);
    assert_eq!(settled("@book{a, x = {1}\n@book{b,\n", false), 0);
    assert_eq!(settled("text\nmore\nlast", false), 10);
    assert_eq!(settled("text\n@book\n", false), 5);
    assert_eq!(settled("text\nuse.@\n\nbook (k,\n", false), 5);
    assert_eq!(settled("text\nuse.@\n\nbook of\n", false), 20);
    assert_eq!(settled("@book{a, x = {1", true), 15);
    let entry = "@book{a, x = {1}} ";
    let line = entry.repeat(10_000);
    assert_eq!(settled(&line, false), line.len() - entry.len());
}

#[test]
fn hostile_texts_take_linear_work() {
    let size = 1 << 14;
    for pattern in HOSTILE {
        let text = pattern.repeat(size / pattern.len());
        let text = format!("{text}{}", "}".repeat(size / 4));
        for text in [text.replace('\n', "\r"), text] {
            looked::take();
            tile(&text, &split(&text).0);
            let (whole, said) = (looked::take(), split(&text).1);
            looked::take();
            settled(&text, false);
            settled_lines(&text, 0);
            let most = whole.max(looked::take() / 2);
            assert!(most < 60 * text.len(), "{pattern:?}: {most} of {}", text.len());
            let said: usize = said.iter().map(|doubt| doubt.message.len()).sum();
            assert!(said < 200 * text.len(), "{pattern:?}: {said} said");
        }
    }
}

#[test]
fn messages_do_not_repeat_an_endless_name() {
    let long = "é".repeat(2_000);
    for text in [
        format!("@book{{{long}, a = {{1}} b = {{2}} c d = = = 3}}"),
        format!("@book{{k, {long} = # = # 3, {long}, {long} {{1}}}}"),
        format!("@{long}"),
    ] {
        let (_, found) = split(&text);
        assert!(!found.is_empty());
        assert!(found.iter().all(|it| it.message.len() < 300), "{found:?}");
    }
}

/// The blocks follow each other without a gap and hold their own parts.
fn tile(text: &str, blocks: &[Block<'_>]) {
    let mut at = 0;
    for block in blocks {
        let span = block.span();
        assert_eq!(span.start, at, "{block:?}");
        assert!(!span.is_empty());
        at = span.end;
        if let Block::Entry(entry) | Block::String(entry) = block {
            assert_eq!(entry.kind_span.of(text), Some(entry.kind));
            assert_eq!(entry.key_span.of(text), Some(entry.key));
            let mut within = entry.key_span.end;
            for field in &entry.fields {
                assert!(field.span.start >= within && field.span.end <= span.end, "{field:?}");
                within = field.span.end;
                assert_eq!(field.name_span.of(text), Some(field.name));
                for piece in field.value.iter() {
                    assert_eq!(piece.span.of(text), Some(piece.text));
                    assert!(piece.span.start >= field.name_span.end && piece.span.end <= within);
                }
            }
        }
    }
    assert_eq!(at, text.len());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_tiled(text in prop_oneof![texts(), any::<String>()]) {
        let (blocks, diagnostics) = split(&text);
        tile(&text, &blocks);
        for diagnostic in diagnostics {
            prop_assert!(diagnostic.span.is_some_and(|span| span.of(&text).is_some()));
        }
    }

    #[test]
    fn what_is_plain_is_split_the_same(text in texts()) {
        let (blocks, _) = split(&text);
        let mut slow = blocks.into_iter().filter_map(|block| match block {
            Block::Entry(entry) | Block::String(entry) => Some(entry),
            _ => None,
        });
        let mut quick = Blocks::new(&text, 0);
        loop {
            let mut fields = Vec::new();
            if let Some(head) = quick.plain_entry(|field| fields.push(field)) {
                let entry = slow.next().unwrap();
                prop_assert!(entry.closed);
                prop_assert_eq!((entry.kind, entry.key), (head.kind, head.key));
                prop_assert_eq!((entry.kind_span, entry.key_span), (head.kind_span, head.key_span));
                prop_assert_eq!(entry.kind.eq_ignore_ascii_case("string"), head.is_string);
                prop_assert_eq!(entry.fields.len(), fields.len());
                for (one, other) in entry.fields.iter().zip(fields) {
                    let is_lower = one.name.to_ascii_lowercase() == one.name;
                    prop_assert_eq!((one.name, is_lower), (other.name, other.is_lower));
                    prop_assert_eq!(&*one.value, &[other.value]);
                }
                continue;
            }
            match quick.next() {
                Some(Block::Entry(entry) | Block::String(entry)) => {
                    prop_assert_eq!(Some(entry), slow.next());
                }
                Some(_) => {}
                None => break,
            }
        }
        prop_assert_eq!(slow.next(), None);
        prop_assert_eq!(quick.diagnostics, split(&text).1);
    }

    #[test]
    fn what_is_settled_stays(
        text in texts(),
        cut in any::<prop::sample::Index>(),
        longest in prop::sample::select(vec![0, 1 << 16]),
    ) {
        let mut cut = cut.index(text.len() + 1);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let settled = settled_lines(&text[..cut], longest);
        let whole = entries(&text);
        let mut pieces = entries(&text[..settled]);
        let mut rest = Blocks::new(&text[settled..], settled);
        pieces.extend(rest.by_ref().filter_map(|block| match block {
            Block::Entry(entry) | Block::String(entry) => Some(entry),
            _ => None,
        }));
        prop_assert_eq!(whole, pieces);
    }
}
