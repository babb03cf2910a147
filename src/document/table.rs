//! Rows of tables, in documents whose cells hold paragraphs: the cells of a row are one line, so
//! that a label and its entry stand together. Called by the readers of DOCX and
//! ODT.

use super::build::{Block, Builder};

/// How many tables may lie in one another; the rows of deeper ones are plain paragraphs.
const DEEPEST: usize = 64;

/// The rows that are open.
#[derive(Debug, Default)]
pub(super) struct Rows {
    open: Vec<Row>,
    deeper: usize,
}

#[derive(Debug, Default)]
struct Row {
    /// Paragraphs of the cell that is open.
    paragraphs: usize,
    /// Whether it has had a paragraph: rows stand close together.
    begun: bool,
    /// Whether a cell had several: then the row is no line.
    parted: bool,
}

impl Rows {
    /// A row begins.
    pub(super) fn begin(&mut self, builder: &mut Builder) {
        if self.open.len() < DEEPEST {
            self.open.push(Row::default());
        } else {
            self.deeper += 1;
        }
        builder.paragraph(Block { tight: true, ..Block::paragraph() });
    }

    /// A cell of the innermost row begins.
    pub(super) fn cell(&mut self) {
        if let Some(row) = self.open.last_mut() {
            row.paragraphs = 0;
        }
    }

    /// The innermost row ends.
    pub(super) fn end(&mut self, builder: &mut Builder) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.open.pop();
        }
        builder.end();
    }

    /// A paragraph begins, in a cell or outside of all.
    pub(super) fn paragraph(&mut self, builder: &mut Builder, block: Block) {
        let mut block = block;
        if let Some(row) = self.open.last_mut() {
            block.tight |= !row.begun;
            row.begun = true;
            row.paragraphs += 1;
            row.parted |= row.paragraphs > 1;
            if !row.parted && builder.has_text() {
                builder.text(" ");
                return;
            }
        }
        builder.paragraph(block);
    }

    /// Whether no row is open.
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }
}
