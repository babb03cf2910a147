//! Papers of an archive: its name, the shelf mark, what the paper is.

use super::Assembly;
use crate::citation::archive::Shelved;
use crate::span::Span;
use crate::work::Field;

/// The share of a value that the labeller has no label for.
const SHARE: f32 = 0.5;

impl Assembly<'_, '_> {
    /// The values of an archive's paper.
    pub(super) fn shelved(&mut self, shelved: &Shelved) {
        self.signs.shelved = Some(shelved.archive.start);
        self.text(Field::Archive, shelved.archive, SHARE);
        self.text(Field::ArchiveLocation, shelved.shelf, SHARE);
        if let Some(piece) = shelved.piece {
            self.text(Field::Title, piece, SHARE);
        }
    }

    /// A container's title; a paper in an archive stands in nothing else, and before the archive it
    /// may be what the paper is called.
    pub(super) fn container(&mut self, span: Span, share: f32) {
        match self.signs.shelved {
            None => self.text(Field::ContainerTitle, span, share),
            Some(archive) if span.start < archive => self.text(Field::Title, span, share),
            Some(_) => self.left_over(self.trim(span)),
        }
    }
}
