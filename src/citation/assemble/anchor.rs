//! Values that grammars read: dates, numberings, editors, identifiers.

use super::{Assembly, Content, Element, Sureness};
use crate::diagnostic::Code;
use crate::grammar::date::{TypedDate, is_real};
use crate::grammar::name::NameList;
use crate::grammar::numbering::Numbering;
use crate::span::Span;
use crate::work::{Date, DateForm, Field, Pages, PartialDate, Value, ValueRef};

impl Assembly<'_, '_> {
    pub(super) fn anchor(&mut self, element: &Element) {
        let span = element.span;
        let text = |span: Span| span.of(self.lexed.text).unwrap_or("").to_owned();
        match &element.content {
            Content::Text | Content::Quoted | Content::Bracketed | Content::Medium => {}
            Content::Genre => {
                let value = text(span);
                self.genre(&value);
                self.first(Field::Genre, Value::Text(value), span, Sureness::Likely);
            }
            Content::In => self.signs.inside_a_book = true,
            Content::Date(typed) => self.date(span, typed, Sureness::Anchored),
            Content::Accessed(typed) => {
                let date = Value::Date(typed.date.clone());
                self.first(Field::Accessed, date, span, Sureness::Anchored);
            }
            Content::Numbering(numbering) => self.numbering(numbering),
            Content::Edition => {
                let value = text(span);
                let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
                let value = if digits.is_empty() { value } else { digits };
                self.first(Field::Edition, Value::Text(value), span, Sureness::Anchored);
            }
            Content::Editors(list) => {
                self.signs.inside_a_book |= self.work.container_title.is_some();
                self.first_names(Field::Editor, list, span);
            }
            Content::Translators(list) => self.first_names(Field::Translator, list, span),
            Content::Doi(doi) => {
                self.first(Field::Doi, Value::Text(doi.clone()), span, Sureness::Anchored);
            }
            Content::Url(url) => {
                self.first(Field::Url, Value::Text(url.clone()), span, Sureness::Anchored);
            }
            Content::Arxiv(number) => {
                self.signs.preprint = true;
                let whole = self.lexed.span(element.start, element.end);
                let archive = Value::Text("arXiv".to_owned());
                self.first(Field::Archive, archive, whole, Sureness::Anchored);
                let number = Value::Text(number.clone());
                self.first(Field::ArchiveLocation, number, span, Sureness::Anchored);
            }
            Content::Number(field) => {
                self.first(*field, Value::Text(text(span)), span, Sureness::Anchored);
            }
        }
    }

    /// Sets a field that has no value yet; another value than the one it has is left over.
    fn first(&mut self, field: Field, value: Value, span: Span, sureness: Sureness) {
        let same = match (self.work.get(field), &value) {
            (None, _) => return self.put(field, value, span, sureness),
            (Some(ValueRef::Text(known)), Value::Text(new)) => known.eq_ignore_ascii_case(new),
            (Some(ValueRef::Date(known)), Value::Date(new)) => known == new,
            (Some(ValueRef::Pages(known)), Value::Pages(new)) => known == new,
            _ => false,
        };
        if !same {
            self.left_over(span);
        }
    }

    fn first_names(&mut self, field: Field, list: &NameList, span: Span) {
        if self.work.names(field).is_none() {
            self.names(field, list);
        } else {
            self.left_over(span);
        }
    }

    pub(super) fn numbering(&mut self, numbering: &Numbering) {
        let text = |span: Span| span.of(self.lexed.text).unwrap_or("").to_owned();
        self.signs.numbered |=
            numbering.volume.is_some() || numbering.issue.is_some() || numbering.month.is_some();
        for (field, span) in [
            (Field::Volume, numbering.volume),
            (Field::Issue, numbering.issue),
            (Field::NumberOfPages, numbering.number_of_pages),
        ] {
            if let Some(span) = span {
                self.first(field, Value::Text(text(span)), span, Sureness::Anchored);
            }
        }
        if let Some(span) = numbering.pages
            && let Ok(pages) = text(span).parse::<Pages>()
        {
            self.check_pages(&pages, span);
            self.first(Field::Page, Value::Pages(pages), span, Sureness::Anchored);
        }
        if let Some((span, typed)) = &numbering.date {
            self.date(*span, typed, Sureness::Anchored);
        }
        if let Some((span, month)) = numbering.month {
            self.month(span, month);
        }
    }

    pub(super) fn check_pages(&mut self, pages: &Pages, span: Span) {
        if pages.are_backwards() {
            self.doubt(
                Code::CitationPagesBackwards,
                Some(span),
                "the last page comes before the first",
                "both are kept as typed",
            );
        }
    }

    /// A month of issue makes the year more exact.
    pub(super) fn month(&mut self, span: Span, month: u8) {
        if let Some(Date { form: DateForm::Point(point), circa, uncertain }) =
            self.work.issued.clone()
            && point.get_month().is_none()
            && point.get_season().is_none()
            && let Ok(point) = PartialDate::month(point.get_year(), month)
        {
            self.work.issued = Some(Date { form: DateForm::Point(point), circa, uncertain });
            let spans = self.joined.source(span);
            if let Some(evidence) = self.found.iter_mut().find(|e| e.field == Field::Issued) {
                evidence.spans.extend(spans);
            }
        }
    }

    pub(super) fn date(&mut self, span: Span, typed: &TypedDate, sureness: Sureness) {
        let real = is_real(&typed.date);
        match &self.work.issued {
            None => self.put(Field::Issued, Value::Date(typed.date.clone()), span, sureness),
            Some(known) if real && (!is_real(known) || is_finer(known, &typed.date)) => {
                self.found.retain(|e| e.field != Field::Issued);
                self.put(Field::Issued, Value::Date(typed.date.clone()), span, sureness);
            }
            Some(_) => {}
        }
        if let Some(suffix) = typed.suffix
            && self.work.text(Field::YearSuffix).is_none()
        {
            self.put(Field::YearSuffix, Value::Text(suffix.to_string()), span, sureness);
        }
    }
}

/// Whether `new` says the month or day of the year that `known` says.
fn is_finer(known: &Date, new: &Date) -> bool {
    match (&known.form, &new.form) {
        (DateForm::Point(known), DateForm::Point(new)) => {
            known.get_year() == new.get_year()
                && known.get_month().is_none()
                && known.get_season().is_none()
                && (new.get_month().is_some() || new.get_season().is_some())
        }
        _ => false,
    }
}
