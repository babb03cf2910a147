//! Made-up documents, a part at a time.

use super::read;
use crate::document::archive::packed;
use crate::document::{Content, Role};
use crate::text::Style;

const RELATIONS: &str = "<Relationships>\
    <Relationship Id='1' Type='http://a/officeDocument' Target='w/main.xml'/></Relationships>";
const OWN_RELATIONS: &str = "<Relationships>\
    <Relationship Id='s' Type='http://a/styles' Target='styles.xml'/>\
    <Relationship Id='n' Type='http://a/numbering' Target='/w/numbering.xml'/>\
    <Relationship Id='f' Type='http://a/footnotes' Target='notes.xml'/>\
    <Relationship Id='e' Type='http://a/endnotes' Target='ends.xml'/>\
    <Relationship Id='l' Type='http://a/hyperlink' Target='https://doi.org/10.1/x' TargetMode='External'/>\
    </Relationships>";

/// A document with this in its body, and these parts beside it.
fn document(body: &str, parts: &[(&str, &str)]) -> Content {
    let main = format!(
        "<?xml version='1.0'?><x:document xmlns:x='u'><x:body>{body}</x:body></x:document>"
    );
    let mut all = vec![
        ("_rels/.rels", RELATIONS),
        ("w/_rels/main.xml.rels", OWN_RELATIONS),
        ("w/main.xml", &main),
    ];
    all.extend(parts);
    read(&packed(&all)).unwrap()
}

#[test]
fn paragraphs_breaks_and_signs() {
    let content = document(
        "<x:p><x:r><x:t>Roe &amp; Poe</x:t><x:tab/><x:t>2010</x:t><x:br/><x:t>Har</x:t><x:softHyphen/>\
         <x:t>bour 6</x:t><x:noBreakHyphen/><x:t>9</x:t><x:sym x:font='Symbol' x:char='F062'/></x:r></x:p>\
         <x:p/><x:p><x:pPr><x:pageBreakBefore/><x:ind x:left='720' x:hanging='480'/></x:pPr><x:r><x:t>Next</x:t></x:r></x:p>",
        &[],
    );
    assert_eq!(content.texts(), ["Roe & Poe 2010", "Harbour 6-9β", "Next"]);
    let line = &content.lines[2];
    assert_eq!((line.indent, line.page, line.role), (2, true, Role::Paragraph));
    assert_eq!(content.lines[1].blank, 0);
}

#[test]
fn headings_are_known_by_their_styles() {
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='berschrift2'><w:name w:val='heading 2'/></w:style>\
        <w:style w:type='paragraph' w:styleId='Own'><w:basedOn w:val='Level'/></w:style>\
        <w:style w:type='paragraph' w:styleId='Level'><w:pPr><w:outlineLvl w:val='2'/></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
        <w:style w:type='paragraph' w:styleId='Loop'><w:basedOn w:val='Loop'/></w:style></w:styles>";
    let content = document(
        "<w:p><w:pPr><w:pStyle w:val='berschrift2'/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>\
         <w:p><w:pPr><w:pStyle w:val='Own'/></w:pPr><w:r><w:t>B</w:t></w:r></w:p>\
         <w:p><w:pPr><w:pStyle w:val='Own'/><w:outlineLvl w:val='9'/></w:pPr><w:r><w:t>C</w:t></w:r></w:p>\
         <w:p><w:pPr><w:pStyle w:val='Loop'/></w:pPr><w:r><w:t>D</w:t></w:r></w:p>"
            .replace("w:", "x:")
            .as_str(),
        &[("w/styles.xml", styles)],
    );
    let roles: Vec<_> = content.lines.iter().map(|line| line.role).collect();
    assert_eq!(roles, [Role::Heading(2), Role::Heading(3), Role::Paragraph, Role::Paragraph]);
    assert_eq!(content.marked(), [("C", &Style::Bold)]);
}

#[test]
fn runs_are_set_by_themselves_and_by_their_styles() {
    let styles = "<w:styles><w:style w:type='character' w:styleId='Emphasis'><w:rPr><w:i/></w:rPr></w:style>\
        <w:style w:type='paragraph' w:default='1' w:styleId='N'><w:name w:val='Normal'/></w:style>\
        <w:style w:type='paragraph' w:styleId='Quote'><w:basedOn w:val='N'/><w:rPr><w:i/></w:rPr></w:style></w:styles>";
    let content = document(
        "<w:p><w:r><w:t>Roe. </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>Har</w:t></w:r>\
         <w:r><w:rPr><w:rStyle w:val='Emphasis'/></w:rPr><w:t>bour</w:t></w:r><w:r><w:t> </w:t></w:r>\
         <w:r><w:rPr><w:i w:val='true'/></w:rPr><w:t>watch</w:t></w:r><w:r><w:rPr><w:i w:val='0'/><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>\
         <w:p><w:pPr><w:pStyle w:val='Quote'/></w:pPr><w:r><w:t>Seen in </w:t></w:r><w:r><w:rPr><w:rStyle w:val='Emphasis'/></w:rPr><w:t>Ports</w:t></w:r></w:p>",
        &[("w/styles.xml", styles)],
    );
    assert_eq!(content.texts(), ["Roe. Harbour watch2", "Seen in Ports"]);
    assert_eq!(
        content.marked(),
        [("Harbour watch", &Style::Italic), ("2", &Style::Raised), ("Seen in", &Style::Italic)]
    );
}

#[test]
fn fields_show_their_results_and_links_their_targets() {
    let content = document(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> ADDIN ZOTERO_ITEM {Roe} </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>(Roe, 2010)</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>\
         <w:r><w:t xml:space='preserve'> </w:t></w:r><w:hyperlink r:id='l'><w:r><w:t>text</w:t></w:r></w:hyperlink>\
         <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPER</w:instrText><w:instrText>LINK \"https://a.org\"</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:rPr><w:u w:val='single'/></w:rPr><w:t> one</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>\
         <w:fldSimple w:instr=' PAGE '><w:r><w:t> 7</w:t></w:r></w:fldSimple></w:p>",
        &[],
    );
    assert_eq!(content.texts(), ["(Roe, 2010) text one 7"]);
    let (first, second) =
        (Style::Link("https://doi.org/10.1/x".into()), Style::Link("https://a.org".into()));
    assert_eq!(content.marked(), [("text", &first), ("one", &second)]);
}

#[test]
fn a_field_that_never_ends_costs_one_paragraph() {
    let content = document(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:t>lost</w:t></w:r></w:p><w:p><w:r><w:t>Roe</w:t></w:r></w:p>",
        &[],
    );
    assert_eq!(content.texts(), ["Roe"]);
}

#[test]
fn items_are_counted_as_word_counts_them() {
    let numbering = "<w:numbering>\
        <w:abstractNum w:abstractNumId='7'>\
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='[%1]'/><w:pPr><w:ind w:left='720' w:hanging='360'/></w:pPr></w:lvl>\
        <w:lvl w:ilvl='1'><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%2)'/></w:lvl></w:abstractNum>\
        <w:abstractNum w:abstractNumId='8'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/></w:lvl></w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='8'/></w:num>\
        <w:num w:numId='3'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num></w:numbering>";
    let item = |list: u32, level: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        item(1, 0, "Roe"),
        item(1, 1, "Sub"),
        item(1, 1, "Sub"),
        item(1, 0, ""),
        "<w:p><w:r><w:t>Seen.</w:t></w:r></w:p>".to_owned(),
        item(1, 0, "Poe"),
        item(1, 1, "Sub"),
        item(2, 0, "Doe"),
        item(3, 0, "Loe"),
        item(3, 0, "Moe"),
        item(0, 0, "None"),
    ];
    let content = document(&body.concat(), &[("w/numbering.xml", numbering)]);
    let found: Vec<_> = content
        .lines
        .iter()
        .map(|line| (line.role == Role::Item, line.number, line.indent))
        .collect();
    assert_eq!(
        found,
        [
            (true, Some(1), 3),
            (true, Some(1), 0),
            (true, Some(2), 0),
            (false, None, 0),
            (true, Some(3), 3),
            (true, Some(1), 0),
            (true, None, 0),
            (true, Some(5), 3),
            (true, Some(6), 3),
            (false, None, 0)
        ]
    );
}

#[test]
fn notes_stand_behind_the_body() {
    let notes = "<w:footnotes><w:footnote w:type='separator' w:id='-1'><w:p><w:r><w:t>___</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id='5'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> See Poe.</w:t></w:r></w:p><w:p><w:r><w:t>And on.</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id='2'><w:p><w:r><w:t>See </w:t></w:r><w:hyperlink r:id='x'><w:r><w:t>Roe</w:t></w:r></w:hyperlink></w:p></w:footnote></w:footnotes>";
    let ends = "<w:endnotes><w:endnote w:id='1'><w:p><w:r><w:t>Doe.</w:t></w:r></w:p></w:endnote></w:endnotes>";
    let relations = "<r><r Id='x' Type='u/hyperlink' Target='https://a.org'/></r>";
    let content = document(
        "<w:p><w:r><w:t>Harbours</w:t></w:r><w:r><w:endnoteReference w:id='1'/><w:footnoteReference w:id='2'/></w:r><w:r><w:t> close.</w:t></w:r><w:r><w:footnoteReference w:id='5'/></w:r></w:p>",
        &[("w/notes.xml", notes), ("w/ends.xml", ends), ("w/_rels/notes.xml.rels", relations)],
    );
    assert_eq!(content.texts(), ["Harbours close.", "See Roe", "See Poe.", "And on.", "Doe."]);
    assert!(content.text.starts_with("Harbours¹¹ close.²\n"), "{}", content.text);
    let found: Vec<_> = content.lines.iter().map(|line| (line.role, line.number)).collect();
    assert_eq!(
        found[1..],
        [(Role::Note, Some(1)), (Role::Note, Some(2)), (Role::Note, None), (Role::Note, Some(1))]
    );
    assert_eq!(content.marked(), [("Roe", &Style::Link("https://a.org".into()))]);
}

#[test]
fn what_was_deleted_goes_and_what_was_inserted_stays() {
    let content = document(
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r><w:del><w:r><w:delText>old </w:delText></w:r></w:del>\
         <w:ins><w:r><w:t>new </w:t></w:r></w:ins></w:p><w:p><w:r><w:t>line</w:t></w:r><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>\
         <w:r><w:commentReference w:id='0'/></w:r></w:p>",
        &[],
    );
    assert_eq!(content.texts(), ["One new line"]);
}

#[test]
fn tables_boxes_and_forms() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>\
         <w:p><w:r><w:t>Be</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>hind</w:t></w:r></w:p>\
         <w:sdt><w:sdtPr><w:id w:val='1'/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Listed</w:t></w:r></w:p></w:sdtContent></w:sdt>\
         <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Click here</w:t></w:r></w:p></w:sdtContent></w:sdt><w:p><w:r><w:t>End</w:t></w:r></w:p>",
        cell("[1]"),
        cell("Roe"),
        cell("[2]"),
        cell("Poe"),
    );
    let content = document(&body, &[]);
    assert_eq!(content.texts(), ["[1] Roe", "[2] Poe", "Behind", "Box", "Listed", "End"]);
}

#[test]
fn a_damaged_document_gives_what_it_has() {
    let parts = [(
        "word/document.xml",
        "<w:document><w:body><w:p><w:r><w:t>Roe 2010</w:t></w:r></w:p><w:p><w:r><w:t>Po",
    )];
    let content = read(&packed(&parts)).unwrap();
    assert_eq!(content.texts(), ["Roe 2010", "Po"]);
    assert_eq!(
        content.diagnostics[0].message,
        "the part word/document.xml could not be read to its end: it ends before its time"
    );
    let error = read(&packed(&[("a.xml", "")])).unwrap_err();
    assert!(error.to_string().contains("no part word/document.xml"), "{error}");
}
