//! Made-up files, a habit of a program at a time.

use super::read;
use crate::document::Role;
use crate::text::Style;

#[test]
fn paragraphs_characters_and_marks() {
    let content = read(
        b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times{\\*\\falt Roman};}}{\\colortbl;\\red0;}{\\*\\generator X;}\
          {\\info{\\title No}}{\\pard Roe, J. {\\i Har}{\\i\\b0 bour} {\\i\\v no}{\\i watch}{\\super 2}. K\\'f6ln\\~\\emdash  2010\\line 6\\_9\\par}\
          \\pard\\li720\\fi-480 Po\\uc2\\u233\\'65\\'20e \\u-10179?\\u-8704??\\uc1 \\u8211-\\{x\\}\r\ny\\par\\page Last}",
    );
    assert_eq!(
        content.texts(),
        ["Roe, J. Harbour watch2. Köln\u{a0}— 2010", "6-9", "Poée 😀–{x}y", "Last"]
    );
    assert_eq!(content.marked(), [("Harbour watch", &Style::Italic), ("2", &Style::Raised)]);
    assert_eq!(content.lines[2].indent, 2);
    assert!(content.lines[3].page && content.diagnostics.is_empty());
}

#[test]
fn headings_items_links_and_rows() {
    let content = read(
        b"{\\rtf1{\\stylesheet{\\s0 Normal;}{\\s3\\b heading 2;}{\\*\\cs9 Heading 1 Char;}}\
          \\pard\\s3 Ports\\par\\pard\\outlinelevel0 Bays\\par\
          \\pard{\\listtext\\pard\\plain [7]\\tab}\\ls1\\li720\\fi-360 Roe\\par{\\pntext\\'b7\\tab}Poe\\par\
          \\pard {\\field{\\*\\fldinst{ HYPERLINK \"https://a.org\" }}{\\fldrslt{\\ul Text}}} and \
          {\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}\\par\
          \\trowd\\intbl [1]\\cell Doe {\\deleted old}\\cell\\row\\trowd {\\pard\\intbl [2]\\par\\cell}{\\pard Noe\\par\\cell}\\row\\pard \\bullet \\tx360\\tab End\\par\\u160?\\par}",
    );
    assert_eq!(
        content.texts(),
        ["Ports", "Bays", "Roe", "Poe", "Text and 7", "[1] Doe", "[2] Noe", "End"]
    );
    let roles: Vec<_> = content.lines.iter().map(|line| (line.role, line.number)).collect();
    assert_eq!(
        roles[..4],
        [
            (Role::Heading(2), None),
            (Role::Heading(1), None),
            (Role::Item, Some(7)),
            (Role::Item, None)
        ]
    );
    assert_eq!(content.marked(), [("Text", &Style::Link("https://a.org".into()))]);
}

#[test]
fn notes_and_boxes_stand_behind() {
    let content = read(
        b"{\\rtf1 Harbours{\\super\\chftn{\\*\\footnote\\chftn\\pard\\plain See {\\i Poe}.\\par And on.}} close\
          {\\super\\chftn}{\\footnote\\ftnalt\\chftn  Doe.}{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv b}}{\\shptxt\\pard Box\\par}}{\\shprslt No}}.\\par So.\\par}",
    );
    assert_eq!(content.texts(), ["Harbours close.", "Box", "So.", "See Poe.", "And on.", "Doe."]);
    assert!(content.text.starts_with("Harbours¹ close¹.\n"), "{}", content.text);
    let notes: Vec<_> = content.lines.iter().skip(3).map(|line| (line.role, line.number)).collect();
    assert_eq!(notes, [(Role::Note, Some(1)), (Role::Note, None), (Role::Note, Some(1))]);
}

#[test]
fn fonts_say_which_characters_bytes_are() {
    let content = read(
        b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset128 C;}}\
          \\f1 \\'cf\\'ee\\'f0\\f2  \\'8d`\\f0  caf\\'e9}",
    );
    #[cfg(feature = "encodings")]
    assert_eq!(content.texts(), ["Пор 港 café"]);
    #[cfg(not(feature = "encodings"))]
    assert!(content.texts()[0].ends_with("café"));
}

#[test]
fn hostile_files_end() {
    let deep = [&b"{\\rtf1 Roe "[..], &b"{".repeat(100_000), b"Poe"].concat();
    let content = read(&deep);
    assert_eq!(content.texts(), ["Roe Poe"]);
    assert_eq!(content.diagnostics[0].message, "the file ends before its time");
    for rtf in [
        &b"{\\rtf1{\\footnote{\\footnote{\\footnote"[..],
        b"{\\rtf1 }}}}\\par}}\\u",
        b"{\\rtf1{\\field{\\fldinst{\\fldrslt{\\field",
        b"{\\rtf1\\bin99999999 a",
        b"{\\rtf1{\\shptxt{\\shptxt a}\\par}",
        b"{\\rtf1\\u55357\\'",
    ] {
        read(rtf);
    }
}
