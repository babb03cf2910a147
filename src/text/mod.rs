//! Text before it is understood: bytes to characters, and joining lines into one clean string
//! that still knows its addresses.

mod decoder;
mod encoding;
mod joined;

pub(crate) use decoder::{Decoder, decode_leniently};
pub(crate) use encoding::decode;
pub(crate) use joined::Joined;
