//! What all contestants read, made once: every job leaves it as it is.

use crate::made_up::{self, Made};
use crate::spell;

/// The files and what they were made of.
pub(crate) struct Inputs {
    pub(crate) works: &'static [Made],
    pub(crate) bib: &'static str,
    pub(crate) ris: &'static str,
    pub(crate) json: &'static str,
    /// References of many styles, one each.
    pub(crate) loose: &'static [String],
}

impl Inputs {
    /// Works, and loose references as they are given or else those of the repository; `few` of
    /// both, or many.
    pub(crate) fn new(few: bool, file: Option<&str>) -> Result<Self, String> {
        let works: &'static [Made] = made_up::works(if few { 1000 } else { 5000 }).leak();
        let mut loose = crate::loose::references(file)?;
        if few {
            loose = loose.into_iter().step_by(8).collect();
        }
        Ok(Self {
            works,
            bib: spell::bib(works).leak(),
            ris: spell::ris(works).leak(),
            json: spell::csl_json(works).leak(),
            loose: loose.leak(),
        })
    }

    pub(crate) fn count(&self) -> usize {
        self.works.len()
    }

    /// A title: what, how many entries, how many bytes each.
    pub(crate) fn title(&self, what: &str, text: &str) -> String {
        let each = text.len() / self.count();
        format!("{what} ({} entries of {each} bytes)", self.count())
    }
}

/// The date of a work as ISO 8601 has it.
pub(crate) fn date(made: &Made) -> String {
    match made.month {
        Some(month) => format!("{}-{month:02}", made.year),
        None => made.year.to_string(),
    }
}
