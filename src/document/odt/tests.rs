//! Made-up documents, a part at a time.

use super::read;
use crate::document::archive::packed;
use crate::document::{Content, Role};
use crate::text::Style;

/// A document with this text and these automatic styles.
fn document(styles: &str, body: &str) -> Content {
    let content = format!(
        "<o:document-content xmlns:o='u'><o:automatic-styles>{styles}</o:automatic-styles><o:body><o:text>{body}</o:text></o:body></o:document-content>"
    );
    let common = "<o:document-styles><o:styles>\
        <s:style s:name='Cited' s:family='text'><s:text-properties fo:font-style='italic'/></s:style>\
        <s:style s:name='Chapter' s:family='paragraph' s:default-outline-level='3'/></o:styles>\
        <o:automatic-styles><s:style s:name='T1' s:family='text'><s:text-properties fo:font-weight='bold'/></s:style></o:automatic-styles></o:document-styles>";
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        ("styles.xml", common),
    ];
    read(&packed(&parts)).unwrap()
}

#[test]
fn paragraphs_headings_and_spans() {
    let content = document(
        "<s:style s:name='T1' s:family='text' s:parent-style-name='Cited'/>\
         <s:style s:name='T2' s:family='text'><s:text-properties s:text-position='super 58%'/></s:style>\
         <s:style s:name='T3' s:family='text'><s:text-properties text:display='none'/></s:style>\
         <s:style s:name='P1' s:family='paragraph' s:parent-style-name='Chapter'/>\
         <s:style s:name='P2' s:family='paragraph'><s:paragraph-properties fo:margin-left='1in' fo:text-indent='-0.5in' fo:break-before='page'/></s:style>",
        "<t:h t:outline-level='2'>Ports</t:h><t:p t:style-name='P1'>Bays</t:p>\
         <t:p t:style-name='P2'>Roe.<t:s t:c='3'/><t:span t:style-name='T1'>Harbour <t:span>watch</t:span></t:span>\
         <t:span t:style-name='T2'>2</t:span><t:span t:style-name='T3'>unseen</t:span>,<t:tab/>2010.<t:line-break/>\
         <t:a x:href='https://a.org'>Text</t:a><t:a x:href='#place'> here</t:a><office:annotation><t:p>No</t:p></office:annotation></t:p>\n",
    );
    assert_eq!(content.texts(), ["Ports", "Bays", "Roe. Harbour watch2, 2010.", "Text here"]);
    let roles: Vec<_> = content.lines.iter().map(|line| line.role).collect();
    assert_eq!(roles, [Role::Heading(2), Role::Heading(3), Role::Paragraph, Role::Paragraph]);
    assert_eq!((content.lines[2].indent, content.lines[2].page), (6, true));
    assert_eq!(
        content.marked(),
        [
            ("Harbour watch", &Style::Italic),
            ("2", &Style::Raised),
            ("Text", &Style::Link("https://a.org".into()))
        ]
    );
}

#[test]
fn items_are_counted() {
    let content = document(
        "<t:list-style s:name='L'><t:list-level-style-number t:level='1' s:num-format='1' t:start-value='2'>\
         <s:list-level-properties><s:list-level-label-alignment fo:margin-left='0.5in' fo:text-indent='-0.25in'/></s:list-level-properties>\
         </t:list-level-style-number><t:list-level-style-bullet t:level='2'/></t:list-style>",
        "<t:list xml:id='a' t:style-name='L'><t:list-item><t:p>Roe</t:p><t:p>Seen.</t:p><t:list><t:list-item><t:p>Sub</t:p></t:list-item></t:list></t:list-item>\
         <t:list-item><t:p/></t:list-item><t:list-item><t:p>Poe</t:p></t:list-item></t:list><t:p>Between</t:p>\
         <t:list t:style-name='L' t:continue-numbering='true'><t:list-item><t:p>Doe</t:p></t:list-item><t:list-item t:start-value='9'><t:p>Loe</t:p></t:list-item></t:list>\
         <t:list t:continue-list='a' t:style-name='L'><t:list-item><t:p>Moe</t:p></t:list-item></t:list>",
    );
    let found: Vec<_> = content
        .lines
        .iter()
        .map(|line| (line.role == Role::Item, line.number, line.indent))
        .collect();
    assert_eq!(content.texts(), ["Roe", "Seen.", "Sub", "Poe", "Between", "Doe", "Loe", "Moe"]);
    assert_eq!(
        found,
        [
            (true, Some(2), 3),
            (false, None, 5),
            (true, None, 2),
            (true, Some(4), 3),
            (false, None, 0),
            (true, Some(5), 3),
            (true, Some(9), 3),
            (true, Some(5), 3)
        ]
    );
}

#[test]
fn notes_boxes_tables_and_changes() {
    let content = document(
        "",
        "<t:tracked-changes><t:p>Old</t:p></t:tracked-changes>\
         <t:p>Harbours<t:note t:note-class='footnote'><t:note-citation>4</t:note-citation><t:note-body><t:p>See Poe.</t:p><t:p>And on.</t:p></t:note-body></t:note> close\
         <t:note t:note-class='endnote'><t:note-citation>i</t:note-citation><t:note-body><t:p>Doe.</t:p></t:note-body></t:note>.\
         <d:frame><d:text-box><t:p>Box</t:p></d:text-box></d:frame> So.</t:p>\
         <table:table><table:table-row><table:table-cell><t:p>[1]</t:p></table:table-cell><table:table-cell><t:p>Roe</t:p></table:table-cell></table:table-row></table:table>\
         <t:bibliography><t:bibliography-source><t:index-title-template>No</t:index-title-template></t:bibliography-source><t:index-body><t:p>Loe</t:p></t:index-body></t:bibliography>",
    );
    assert_eq!(
        content.texts(),
        ["Harbours close. So.", "Box", "[1] Roe", "Loe", "See Poe.", "And on.", "Doe."]
    );
    assert!(content.text.starts_with("Harbours⁴ closei. So.\n"), "{}", content.text);
    let notes: Vec<_> = content.lines.iter().skip(4).map(|line| (line.role, line.number)).collect();
    assert_eq!(notes, [(Role::Note, Some(4)), (Role::Note, None), (Role::Note, None)]);
}

#[test]
fn flat_locked_and_broken_files() {
    let flat = "<?xml version='1.0'?><office:document><office:body><office:text><t:p>Roe &amp; Po";
    let content = read(flat.as_bytes()).unwrap();
    assert_eq!(content.texts(), ["Roe & Po"]);
    assert_eq!(
        content.diagnostics[0].message,
        "the document could not be read to its end: it ends before its time"
    );
    let locked = packed(&[("META-INF/manifest.xml", "<m><encryption-data/></m>")]);
    let error = read(&locked).unwrap_err();
    assert_eq!(error.to_string(), "the document is locked with a password");
    assert!(read(&packed(&[("a", "b")])).is_err());
}
