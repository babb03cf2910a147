//! CSL-JSON's rich text, taken apart: stretches of text and the marks around them.
//!
//! Takes the text of a field, gives its pieces; called by writers and cite keys. The tags are
//! those of the citeproc-js manual, "Rich text": `<i>`, `<b>`, `<sub>`, `<sup>`, `<sc>` or
//! `<span style="font-variant:small-caps;">`, and `<span class="nocase">`. A tag without its
//! partner is text, as is any `<` that begins no such tag.

/// What a tag says of the text it encloses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Italic,
    Bold,
    Subscript,
    Superscript,
    SmallCapitals,
    NoCase,
}

impl Mark {
    const COUNT: usize = 6;
}

/// A piece of rich text. Opening and closing pieces are balanced and nested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    Open(Mark),
    Close(Mark),
}

const TAGS: [(&str, Mark); 8] = [
    ("<i>", Mark::Italic),
    ("<b>", Mark::Bold),
    ("<sub>", Mark::Subscript),
    ("<sup>", Mark::Superscript),
    ("<sc>", Mark::SmallCapitals),
    ("<span style=\"font-variant:small-caps;\">", Mark::SmallCapitals),
    ("<span style=\"font-variant: small-caps;\">", Mark::SmallCapitals),
    ("<span class=\"nocase\">", Mark::NoCase),
];

const ENDS: [(&str, &[Mark]); 6] = [
    ("</i>", &[Mark::Italic]),
    ("</b>", &[Mark::Bold]),
    ("</sub>", &[Mark::Subscript]),
    ("</sup>", &[Mark::Superscript]),
    ("</sc>", &[Mark::SmallCapitals]),
    ("</span>", &[Mark::SmallCapitals, Mark::NoCase]),
];

/// The pieces of a text, in time linear in its length.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    // Opening tags that wait for their partner: the mark, the piece, the tag as it stands.
    let mut open: Vec<(Mark, usize, &str)> = Vec::new();
    let mut waiting = [0_usize; Mark::COUNT];
    let (mut from, mut at) = (0, 0);
    while let Some(step) = text[at..].find('<') {
        at += step;
        let rest = &text[at..];
        if let Some((tag, mark)) = TAGS.iter().find(|(tag, _)| rest.starts_with(tag)) {
            push_text(&mut pieces, &text[from..at]);
            open.push((*mark, pieces.len(), &rest[..tag.len()]));
            waiting[*mark as usize] += 1;
            pieces.push(Piece::Open(*mark));
            at += tag.len();
            from = at;
        } else if let Some((tag, marks)) = ENDS.iter().find(|(tag, marks)| {
            rest.starts_with(tag) && marks.iter().any(|&mark| waiting[mark as usize] > 0)
        }) {
            push_text(&mut pieces, &text[from..at]);
            // `<i>a <b> b</i>`: the bold that never ends is text.
            while let Some((mark, index, tag)) = open.pop() {
                waiting[mark as usize] -= 1;
                if marks.contains(&mark) {
                    pieces.push(Piece::Close(mark));
                    break;
                }
                pieces[index] = Piece::Text(tag);
            }
            at += tag.len();
            from = at;
        } else {
            at += 1;
        }
    }
    push_text(&mut pieces, &text[from..]);
    for (_, index, tag) in open {
        pieces[index] = Piece::Text(tag);
    }
    pieces
}

fn push_text<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Piece::{Close, Open, Text};

    #[test]
    fn tags_with_a_partner_are_marks_and_all_else_is_text() {
        let it = Mark::Italic;
        assert_eq!(
            pieces("a <i>b</i> c"),
            [Text("a "), Open(it), Text("b"), Close(it), Text(" c")]
        );
        assert_eq!(pieces("1 < 2 <x> </i>"), [Text("1 < 2 <x> </i>")]);
        assert_eq!(
            pieces("<i>a <b> b</i>"),
            [Open(it), Text("a "), Text("<b>"), Text(" b"), Close(it)]
        );
        assert_eq!(pieces("<i>a"), [Text("<i>"), Text("a")]);
    }
}
