//! Text before it is understood: bytes to characters, and joining lines into one clean string
//! that still knows its addresses.

mod decoder;
mod disguise;
mod encoding;
mod entity;
mod fold;
mod hashing;
mod joined;
mod latex;
mod letter;
mod mark;
mod pairs;
mod percent;
mod roman;

pub(crate) use decoder::{Decoder, decode_leniently};
pub(crate) use disguise::{KEPT, LEFT_OUT, disguises};
pub(crate) use encoding::decode;
#[cfg(feature = "html")]
pub(crate) use encoding::decode_labelled;
#[cfg(feature = "rtf")]
pub(crate) use encoding::decode_page;
pub(crate) use entity::{entity, named, unescaped};
pub(crate) use fold::{letters, push_folded};
pub(crate) use hashing::{AsIs, Digests, OfNames, Seeded};
pub(crate) use joined::Joined;
pub(crate) use latex::{accent, letter};
pub(crate) use letter::{is_alphabetic, is_alphanumeric, known_letter};
pub(crate) use mark::{Mark, Style};
pub(crate) use pairs::any_pair;
pub(crate) use percent::without_percents;
pub(crate) use roman::roman;

/// The beginning of a text, of at most so many bytes, cut before a character.
pub(crate) fn beginning(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
