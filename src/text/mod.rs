//! Text before it is understood: bytes to characters, and joining lines into one clean string
//! that still knows its addresses.

mod encoding;
mod joined;

pub(crate) use encoding::decode;
pub(crate) use joined::Joined;
