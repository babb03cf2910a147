//! The date of an entry: BibLaTeX's field, or BibTeX's three.

use super::{Raw, Reading};
use crate::format::bibtex::{date_read, decode};
use crate::{Code, Date, Diagnostic, Field, Span, Value};

impl Reading<'_, '_, '_> {
    pub(super) fn issued(&mut self) {
        // A tilde is a sign of dates, not a space.
        let date = self.peek("date").filter(|raw| !raw.raw.trim().is_empty());
        if let Some(raw) = date {
            self.take("date");
            let text = self.date_text(raw);
            if let Some(date) = date_read::date(&text) {
                // `year` and `month` say the same, or less.
                for name in ["year", "month", "day"] {
                    let same = self.peek(name).is_some_and(|year| {
                        name != "year"
                            || date.first_year().is_some_and(|first| {
                                date_read::of_parts(&year.raw, None, None).0.first_year()
                                    == Some(first)
                            })
                    });
                    if same {
                        self.take(name);
                    }
                }
                self.work.issued = Some(date);
                return;
            }
            self.no_date("date", &text, raw.span);
            self.work.issued = Some(Date::literal(text));
            return;
        }
        let Some(year) = self.take("year") else { return };
        let year_text = self.decoded(year);
        if year_text.is_empty() {
            return;
        }
        // "2010a": the letter tells works of one year apart.
        let suffix = year_text
            .get(4..)
            .filter(|s| s.len() == 1 && s.bytes().all(|b| b.is_ascii_lowercase()))
            .filter(|_| year_text.as_bytes()[..4].iter().all(u8::is_ascii_digit));
        if let Some(suffix) = suffix {
            self.put(Field::YearSuffix, Value::Text(suffix.to_owned()));
        }
        let bare = if suffix.is_some() { &year_text[..4] } else { &*year_text };
        // What is understood is taken, and what is not stays as it is spelled.
        let month = self.peek("month").map(|raw| (raw, decode::text(&raw.raw, &mut Vec::new())));
        let day = self.peek("day").map(|raw| decode::text(&raw.raw, &mut Vec::new()));
        let (date, whole) =
            date_read::of_parts(bare, month.as_ref().map(|(_, text)| &**text), day.as_deref());
        let is_words = date_read::is_words(&date);
        if is_words {
            self.no_date("year", &year_text, year.span);
        }
        if whole && !is_words {
            self.take("month");
            self.take("day");
        } else if let Some((raw, text)) = month.filter(|_| !is_words) {
            self.no_date("month", &text, raw.span);
        }
        self.work.issued = Some(date);
    }

    /// The text of a date field, where `~` is EDTF's sign and no space.
    pub(super) fn date_text(&mut self, raw: &Raw<'_>) -> String {
        if raw.raw.contains(['\\', '{', '}']) { self.text(raw) } else { decode::fold(&raw.raw) }
    }

    pub(super) fn no_date(&mut self, name: &str, text: &str, span: Span) {
        let message = format!("`{name}` of `{}` is no date: `{text}`", self.owner());
        self.diagnostics.push(
            Diagnostic::new(Code::RecordDateNotUnderstood, Some(span), message)
                .assumed("it is kept as it is spelled")
                .help("write 2010, 2010-11, 2010-11-03 or a range with a slash"),
        );
    }
}
