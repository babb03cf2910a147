//! Italics, bold type and links, as styles and programs set references in documents.
//!
//! No labelled collection tells them, but styles are alike in what they set off: the title of
//! what stands alone, the container of what does not, often with its volume. Called by `augment`.

use super::random::Random;
use super::reference::Labelled;
use crate::label::{Label, only};
use crate::text::Style;

/// Sets a reference as some style would.
pub(super) fn set(reference: &mut Labelled, random: &mut Random) {
    let has = |label| reference.pieces.iter().any(|piece| piece.set == only(label));
    let contained = has(Label::ContainerTitle);
    let mut italic: Vec<Label> = Vec::new();
    let set_off = match (contained, random.share()) {
        (true, ..0.86) => vec![Label::ContainerTitle],
        (true, ..0.90) => vec![Label::Title],
        (true, ..0.94) => vec![Label::Title, Label::ContainerTitle],
        (false, ..0.85) => vec![Label::Title],
        _ => Vec::new(),
    };
    italic.extend(set_off);
    if contained && random.chance(0.4) {
        italic.push(Label::Volume);
    }
    for (label, share) in [(Label::CollectionTitle, 0.06), (Label::Author, 0.02)] {
        if random.chance(share) {
            italic.push(label);
        }
    }
    let bold = match random.share() {
        ..0.22 => Some(Label::Volume),
        ..0.25 => Some(Label::Date),
        ..0.27 => Some(Label::Author),
        ..0.30 => Some(Label::Title),
        _ => None,
    };
    let addresses = random.chance(0.8);
    let linked = match random.share() {
        ..0.1 => Some(Label::Title),
        ..0.13 => Some(Label::ContainerTitle),
        _ => None,
    };
    let target = || Style::Link("".into());
    for index in 0..reference.pieces.len() {
        let set = reference.pieces[index].set;
        let is = |label| set == only(label);
        let mut styles = Vec::new();
        if italic.iter().any(|&label| is(label)) {
            styles.push(Style::Italic);
        }
        if bold.is_some_and(is) {
            styles.push(Style::Bold);
        }
        if addresses && (is(Label::Url) || is(Label::Doi)) || linked.is_some_and(is) {
            styles.push(target());
        }
        // The mark behind is often set with what it ends.
        let is_mark = index > 0
            && set & only(Label::Other) != 0
            && reference.pieces[index].text.chars().count() <= 2;
        if is_mark && random.chance(0.3) {
            styles.clone_from(&reference.pieces[index - 1].styles);
        }
        reference.pieces[index].styles = styles;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::Lexed;

    #[test]
    fn titles_are_set_off_and_the_labeller_sees_it() {
        let line = "<author>Roe, J.</author> <title>Harbour watch</title>. <date>2010</date>.";
        let reference = Labelled::read(line).unwrap().remove(0);
        let italics = (0..100).filter(|&seed| {
            let set = reference.set(seed);
            let text = set.text();
            let joined = set.joined(&text);
            let lexed = Lexed::of(&joined);
            let of = |word: &str| (0..lexed.len()).find(|&at| lexed.word(at) == word);
            let italic = |word| {
                of(word).and_then(|at| lexed.setting(at)).is_some_and(|setting| setting.italic)
            };
            italic("Harbour") && italic("watch") && !italic("2010")
        });
        assert!((60..100).contains(&italics.count()));
    }
}
