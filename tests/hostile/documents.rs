//! Hostile documents of every kind but plain text.

use super::{Case, Job, REFERENCE, around, list, nested};
use crate::stored::stored;

pub(crate) const JOBS: &[Job] = &[
    Job {
        name: "html",
        size: 2,
        plain: page,
        small: None,
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
        small: None,
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
        small: None,
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
        small: None,
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
        small: None,
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
    Job {
        name: "odt",
        size: 2,
        plain: open_text,
        small: None,
        cases: cases! {
            "elements in each other": opened("<text:a>", "</text:a>");
            "paragraphs in each other": opened("<text:p>", "</text:p>");
            "spans in each other": opened("<text:p><text:span>", "</text:span></text:p>");
            "lists in each other": opened("<text:list><text:list-item>", "</text:list-item></text:list>");
            "boxes in each other": opened("<text:p><draw:text-box>", "</draw:text-box></text:p>");
            "notes in each other": opened("<text:p><text:note><text:note-body>", "</text:note-body></text:note></text:p>");
            "tables in each other": opened("<table:table><table:table-row><table:table-cell>", "</table:table-cell></table:table-row></table:table>");
            "elements that open": opened("<text:p>", "");
            "spaces": opened("<text:p>a<text:s text:c='99999999'/></text:p>", "");
            "notes": opened("<text:p>a<text:note><text:note-body><text:p>b</text:p></text:note-body></text:note></text:p>", "");
            "entities": opened("&amp;", "");
        },
    },
    Job {
        name: "epub",
        size: 2,
        plain: book,
        small: None,
        cases: cases! {
            "elements in each other": chapter("<div>", "</div>");
            "elements that open": chapter("<p><i>", "");
            "empty elements": chapter("<i/>", "");
            "breaks": chapter("<br/>", "");
            "styles": chapter("<style>.a{display:none}</style>", "");
            "names of styles": chapter("<p class='a b c'>a</p>", "");
            "links": chapter("<a href='#n' id='n'>a</a>", "");
        },
    },
    Job {
        name: "pdf",
        size: 4,
        plain: pages,
        small: None,
        cases: cases! {
            "letters at one place": drawn("BT /F 9 Tf 9 9 Td (a) Tj ET\n");
            "letters on a page": drawn("BT /F 9 Tf 9 9 Td (Harbour watch) Tj ET\n");
            "letters one below the other": drawn("(a) Tj 0 -1 Td\n");
            "letters from the end to the beginning": drawn("(a) Tj -1 0 Td\n");
            "letters far apart": drawn("(a) Tj 99 99 Td\n");
            "states that are kept": drawn("q ");
            "states that are taken back": drawn("Q ");
            "lists in each other": drawn("[");
            "dictionaries in each other": drawn("<<");
            "strings in each other": drawn("(");
            "numbers": drawn("9 ");
            "names": drawn("/a ");
            "forms that draw themselves": drawn("/X Do ");
            "pictures": drawn("BI /W 1 /H 1 ID a EI ");
        },
    },
];

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

const OPEN: (&str, &str) = (
    "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b' xmlns:draw='d'>\
     <office:body><office:text>",
    "</office:text></office:body></office:document-content>",
);

fn open_text(size: usize) -> Vec<u8> {
    let part = format!("<text:p>{REFERENCE}</text:p>").replace('&', "&amp;");
    in_open(&around(OPEN.0, &part, OPEN.1, size))
}

/// An OpenDocument text of openings and closings.
fn opened(open: &str, close: &str, size: usize) -> Vec<u8> {
    in_open(&nested(OPEN.0, open, close, OPEN.1, size))
}

fn in_open(main: &[u8]) -> Vec<u8> {
    let kind = b"application/vnd.oasis.opendocument.text";
    let parts: [(&str, &[u8]); 2] = [("mimetype", kind), ("content.xml", main)];
    stored(parts.into_iter())
}

fn book(size: usize) -> Vec<u8> {
    bound(&page(size))
}

/// A book whose only page is of openings and closings.
fn chapter(open: &str, close: &str, size: usize) -> Vec<u8> {
    bound(&nested("<body>", open, close, "</body>", size))
}

fn bound(page: &[u8]) -> Vec<u8> {
    let container =
        b"<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>";
    let package = b"<package><manifest><item id='a' href='a.xhtml' \
        media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>";
    let parts: [(&str, &[u8]); 4] = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container),
        ("book.opf", package),
        ("a.xhtml", page),
    ];
    stored(parts.into_iter())
}

/// Pages of forty lines of references each.
fn pages(size: usize) -> Vec<u8> {
    let text = String::from_utf8(list(size)).unwrap_or_default();
    let lines: Vec<String> = text
        .lines()
        .map(|line| format!("({}) Tj 0 -12 Td\n", line.replace('(', "\\(").replace(')', "\\)")))
        .collect();
    printed(lines.chunks(40).map(|lines| lines.concat().into_bytes()))
}

/// One page of a part again and again.
fn drawn(part: &str, size: usize) -> Vec<u8> {
    printed(std::iter::once(around("", part, "", size)))
}

/// A PDF (ISO 32000) of what is drawn on its pages, with a form that draws itself.
fn printed(pages: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let stream = |about: &str, data: &[u8]| {
        let head = format!("<<{about}/Length {}>>\nstream\n", data.len());
        [head.as_bytes(), data, b"\nendstream"].concat()
    };
    let uses = "/Resources<</Font<</F 3 0 R>>/XObject<</X 4 0 R>>>>";
    let form = format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]{uses}");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        Vec::new(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
        stream(&form, b"/X Do /X Do"),
    ];
    let mut kids = String::new();
    for page in pages {
        let number = objects.len() + 1;
        kids += &format!("{number} 0 R ");
        let about = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]{uses}/Contents {} 0 R>>",
            number + 1
        );
        objects.push(about.into_bytes());
        let text = [b"BT /F 9 Tf 60 740 Td\n", page.as_slice(), b"\nET"].concat();
        objects.push(stream("", &text));
    }
    let count = (objects.len() - 4) / 2;
    objects[1] = format!("<</Type/Pages/Count {count}/Kids[{kids}]>>").into_bytes();
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let at = file.len();
    table +=
        &format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n", objects.len() + 1);
    file.extend(table.bytes());
    file
}
