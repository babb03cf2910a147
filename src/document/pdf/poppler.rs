//! What `pdftotext -bbox-layout` of poppler writes, as pages of words.
//!
//! A second source for files that this crate's own reader finds no text in. The program names no
//! fonts, so that italics are unknown. Called by `mod`.

use super::page::{Page, Word};

/// The height of a word's box, as the program has it, in sizes of its type; and how much of that
/// lies below the line.
const HEIGHT: f32 = 1.11;
const BELOW: f32 = 0.21;

/// The pages of an output.
pub(super) fn read(output: &str) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for element in output.split('<') {
        if let Some(attributes) = element.strip_prefix("page ") {
            let height = number(attributes, "height").unwrap_or(842.0);
            pages.push(Page { height, words: Vec::new() });
        } else if let Some(element) = element.strip_prefix("word ")
            && let Some(page) = pages.last_mut()
            && let Some(word) = word(element)
        {
            page.words.push(word);
        }
    }
    pages
}

fn word(element: &str) -> Option<Word> {
    let (attributes, text) = element.split_once('>')?;
    let side = |name| number(attributes, name);
    let (x0, x1, top, bottom) = (side("xMin")?, side("xMax")?, side("yMin")?, side("yMax")?);
    let size = (bottom - top) / HEIGHT;
    let text = plain(text.trim());
    (size > 0.5 && !text.is_empty()).then(|| Word {
        text,
        x0,
        x1,
        baseline: bottom - BELOW * size,
        size,
        spaced: true,
        ..Word::default()
    })
}

fn number(attributes: &str, name: &str) -> Option<f32> {
    let at = attributes.find(&format!("{name}=\""))? + name.len() + 2;
    let value = attributes.get(at..)?.split('"').next()?;
    value.parse().ok().filter(|value: &f32| value.is_finite())
}

/// A text without what XML writes for its own signs.
fn plain(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (written, sign)| text.replace(written, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_where_the_program_says() {
        let pages = read(
            "<doc><page width=\"595.0\" height=\"842.0\"><flow><block><line>\n\
             <word xMin=\"50.0\" yMin=\"91.0\" xMax=\"70.0\" yMax=\"102.1\">R&amp;lt;oe</word>\n\
             <word xMin=\"x\">lost</word></line></block></flow></page></doc>",
        );
        let word = &pages[0].words[0];
        assert_eq!((pages[0].words.len(), word.text.as_str(), word.x0), (1, "R&lt;oe", 50.0));
        assert!((word.size - 10.0).abs() < 0.1 && (word.baseline - 100.0).abs() < 0.1);
        assert!(read("no output").is_empty());
    }
}
