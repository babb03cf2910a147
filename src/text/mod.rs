//! Text before it is understood: bytes to characters, and joining lines into one clean string
//! that still knows its addresses.

mod decoder;
mod encoding;
mod entity;
mod joined;

pub(crate) use decoder::{Decoder, decode_leniently};
pub(crate) use encoding::decode;
pub(crate) use entity::{entity, named, unescaped};
pub(crate) use joined::Joined;
