//! Titles with their subtitles, and of a whole and its volume.
//!
//! Part of [`read`](super). The model holds title and subtitle together (biblatex 3.20, 2.2.2
//! has a field for each); `maintitle` is the title of a work in several volumes, whose volume
//! then has `title`, or `booktitle` where a part of it is meant.

use super::Reading;
use crate::format::mapping::{VOLUME, bib_field};
use crate::{Field, Value};

impl Reading<'_, '_, '_> {
    /// Reads titles that need more than one field.
    pub(super) fn titles(&mut self) {
        self.volume();
        // Few entries have subtitles.
        for (main, sub) in [
            ("title", "subtitle"),
            ("booktitle", "booksubtitle"),
            ("journaltitle", "journalsubtitle"),
            ("journal", "journalsubtitle"),
            ("issuetitle", "issuesubtitle"),
        ] {
            if self.peek(sub).is_some()
                && let Some(field) = bib_field(main, self.work.kind)
                && self.work.get(field).is_none()
                && let Some(title) = self.title(main, sub)
            {
                self.put(field, Value::Text(title));
            }
        }
    }

    /// The title of a whole, and that of its volume.
    fn volume(&mut self) {
        let is_said = self.peek("maintitle").is_some_and(|raw| !raw.raw.trim().is_empty());
        if !is_said || self.peek("volumetitle").is_some() {
            return;
        }
        let Some(place) = VOLUME.iter().find(|place| place.kinds.contains(&self.work.kind)) else {
            return;
        };
        let Some(whole) = self.title("maintitle", "mainsubtitle") else { return };
        if let Some(volume) = self.title(place.volume, place.subtitle).filter(|own| *own != whole) {
            self.put(Field::VolumeTitle, Value::Text(volume));
        }
        self.put(place.whole, Value::Text(whole));
    }

    /// A title with its subtitle, both taken; `None` where there is no title.
    fn title(&mut self, main: &str, sub: &str) -> Option<String> {
        let main = self.take(main)?;
        let mut title = self.text(main);
        if let Some(sub) = self.take(sub) {
            let sub = self.text(sub);
            let stop = title.ends_with(['?', '!', ':', '.', '…']);
            title.push_str(if stop { " " } else { ": " });
            title.push_str(&sub);
        }
        Some(title)
    }
}
