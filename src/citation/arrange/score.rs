//! The scores: how well a label fits a stretch of text, and how well it follows another.
//!
//! The numbers were set by hand against labelled references; they are points, not
//! probabilities, and only their differences count.

use super::Label;
use super::look::Look;
use crate::citation::element::Mark;

pub(super) fn yes(condition: bool, points: f32) -> f32 {
    if condition { points } else { 0.0 }
}

pub(super) fn yes_or(condition: bool, points: f32, others: f32) -> f32 {
    if condition { points } else { others }
}

/// How well `label` fits a stretch of text by itself and its neighbours.
pub(super) fn emission(label: Label, look: &Look) -> f32 {
    match label {
        Label::Title => {
            yes(look.first, 2.0)
                + yes(look.first && look.starts_lower, -1.0)
                + yes(!look.first, -0.6)
                + yes(look.quoted && look.first, 4.0)
                + yes(
                    look.first
                        && !look.quoted
                        && look.numbers > 1.5
                        && (look.abbreviated || look.words <= 2),
                    -2.5,
                )
                + yes(look.quoted && !look.first, 1.0)
                + yes(look.words >= 4, 0.4)
                + yes(look.lower > 0.3, 0.5)
                + yes(!look.first && look.publisher > 0, -0.8)
                + yes(look.places, if look.first { -0.6 } else { -1.6 })
                + yes(look.after_numbering, -4.0)
                + yes(look.after_in, -4.0)
                + yes(look.after_editors && !look.first, -3.0)
                + yes(look.bracketed && !look.first, -1.0)
                + yes(look.genre && !look.first, -2.0)
                + yes(look.before_in, 1.0)
                + yes(look.before_numbering && !look.first, -0.8)
        }
        Label::Container => {
            yes(look.after_in, 4.0)
                + look.numbers
                + yes(look.before_date_numbering, 2.2)
                + yes(look.journal > 0, 1.4)
                + yes(look.conference > 0, 1.2)
                + yes(
                    look.first,
                    yes_or(look.numbers > 1.5 && (look.abbreviated || look.words <= 2), 0.5, -3.0),
                )
                + yes(
                    look.imprint_ahead
                        && look.numbers == 0.0
                        && !look.after_in
                        && !look.before_editors,
                    -1.5,
                )
                + yes(look.publisher > 0 && look.journal == 0, -1.0)
                + yes(look.places, -2.6)
                + yes(look.words > 14, -0.8)
                + yes(look.after_numbering && !look.after_in, -2.4)
                + yes(look.quoted_before, 1.2)
                + yes(look.before_editors && !look.first, 1.5)
                + yes(look.after_editors && !look.after_in && !look.first, 1.2)
                + yes(look.abbreviated && !look.first, 0.5)
                + yes(look.bracketed, -1.2)
                + yes(look.genre || look.thesis, -1.5)
                + yes(look.starts_lower, -0.8)
                + yes(
                    !look.numbering_ahead
                        && !look.after_in
                        && look.journal == 0
                        && look.conference == 0,
                    yes_or(look.quoted_before, -0.4, -1.4),
                )
                + yes(look.quoted && look.after_in, 0.5)
                + yes(look.quoted && !look.after_in, -1.5)
        }
        Label::Publisher => {
            yes(look.publisher > 0, 2.4)
                + yes(look.body > 0, 1.3)
                + yes(look.publisher == 0 && look.body == 0, -0.7)
                + yes(look.first, -4.0)
                + yes(look.before_numbering || look.before_date_numbering, -2.0)
                + yes(look.words > 9, -1.2)
                + yes(look.lower > 0.45, -1.5)
                + yes(look.starts_lower, -1.0)
                + yes(look.last, 0.5)
                + yes(look.places, -1.2)
                + yes(look.after_in, -3.0)
                + yes(look.quoted, -1.5)
                + yes(look.journal > 0 && look.publisher == 0, -1.0)
                + yes(look.title_case && look.words <= 4, 0.3)
                + yes(look.genre, -2.0)
                + yes(look.words == 0, -3.0)
                + yes(look.ends_with_number, -0.8)
                + yes(look.after_numbering, 0.3)
        }
        Label::Place => {
            yes(look.places, 2.6)
                + yes(
                    look.before_region
                        && !look.before_place
                        && look.words <= 3
                        && look.title_case
                        && !look.places
                        && !look.first,
                    2.4,
                )
                + yes(look.before_place && look.words <= 3 && look.title_case && !look.places, 3.4)
                + yes(!look.some_place, -1.6)
                + yes(look.some_place && !look.places && look.words <= 3, 0.4)
                + yes(look.words > 4 && !look.places, -2.0)
                + yes(look.first, -4.0)
                + yes(look.before_numbering, -1.5)
                + yes(look.next_mark == Mark::Colon && look.words <= 4 && look.title_case, 2.0)
                + yes(look.publisher > 0, -2.0)
                + yes(look.body > 0, -1.6)
                + yes(look.lower > 0.3 && !look.places, -1.5)
                + yes(look.quoted, -3.0)
                + yes(look.after_in, -3.0)
                + yes(look.words == 0, -3.0)
                + yes(look.conference > 0, -2.0)
        }
        Label::Series => {
            yes(look.series, 1.6)
                + yes(!look.series, -1.6)
                + yes(look.bracketed, 1.6)
                + yes(look.first, -5.0)
                + yes(look.after_in, -3.0)
                + yes(look.places, -2.0)
                + yes(look.before_numbering && !look.after_in && look.after_numbering, 0.8)
                + yes(look.ends_with_number, 0.3)
                + yes(look.quoted, -2.0)
                + yes(look.publisher > 0, -0.8)
                + yes(!look.bracketed && !look.after_numbering, -0.6)
        }
        Label::Genre => {
            if look.genre && !look.first {
                3.2
            } else {
                -6.0
            }
        }
        Label::Note => {
            -1.8 + yes(look.bracketed, 0.9)
                + yes(look.starts_lower, 0.6)
                + yes(look.first, -4.0)
                + yes(look.after_numbering, 0.5)
                + yes(look.words == 0, 1.5)
        }
    }
}

/// How well `label` follows `before`.
pub(super) fn transition(before: Label, label: Label, look: &Look) -> f32 {
    use Label::{Container, Genre, Note, Place, Publisher, Series, Title};
    use Mark::{Colon, Comma, Dash, Exclamation, None, Semicolon, Slash, Start, Stop};
    let mark = look.mark;
    match (before, label) {
        (Title, Title) => match mark {
            Colon => 0.8,
            Exclamation => 0.2,
            Comma => yes_or(look.joined, 1.5, 0.2),
            Semicolon => -0.2,
            Dash => 0.5,
            Slash => 0.0,
            Stop => yes_or(look.imprint_ahead, -0.7, -1.5),
            None | Start => yes(look.after_date, -1.0) - 1.6 + yes(look.quoted_before, -1.5),
        },
        (Title, Container) => match mark {
            Stop => 0.9,
            Exclamation => 0.5,
            Comma => 0.1,
            Semicolon => -0.5,
            Colon => yes(!look.quoted_before && !look.after_in, -2.4),
            Dash => -1.0,
            Slash => -0.3,
            None | Start => yes(
                !look.quoted_before && !look.after_in && !look.after_date && !look.after_editors,
                -1.5,
            ),
        },
        (Title, Publisher | Place) => match mark {
            Stop => 0.3,
            Comma | Semicolon | Exclamation => 0.0,
            Colon => -2.6,
            _ => yes(!look.bracketed, -0.6),
        },
        (Title, Series | Note) => 0.0,
        (Container, Container) => {
            let joined = match mark {
                Comma => yes_or(look.joined, 1.5, -0.1),
                Colon | Dash => -0.2,
                Stop => -1.2,
                Slash | Semicolon => -0.4,
                _ => -2.0,
            };
            joined + yes(look.after_numbering || look.after_editors || look.after_date, -2.5)
        }
        (Container, Title) => -7.0,
        (Container, Publisher | Place) => match mark {
            Colon => -2.0,
            _ => 0.0,
        },
        (Publisher, Place) => match mark {
            Comma | None => 0.9,
            Colon => -2.5,
            _ => 0.0,
        },
        (Publisher, Publisher) => match mark {
            Comma => yes_or(look.joined, 1.5, -0.1),
            Slash => 0.6,
            Semicolon => 0.2,
            _ => -1.2,
        },
        (Place, Publisher) => match mark {
            Colon => yes_or(look.behind_place || look.publisher > 0 || look.body > 0, 3.0, 1.4),
            Comma => 0.6,
            Stop | Semicolon => -0.3,
            _ => 0.0,
        },
        (Place, Place) => match mark {
            Comma | Slash | Semicolon => 0.4,
            Dash => 0.2,
            _ => -1.5,
        },
        (Publisher | Place, Container) => -2.6,
        (Publisher | Place | Series, Title) => -7.0,
        (Genre, Title) => -4.0,
        (Note, Title) => -2.0,
        _ => 0.0,
    }
}
