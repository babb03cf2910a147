//! Text before it is understood: joining lines into one clean string that still knows its
//! addresses.

mod joined;

pub(crate) use joined::Joined;
