//! Fields that say one thing in two ways: languages, electronic prints, addresses.

use super::Reading;
use crate::format::bibtex::{decode, language};
use crate::format::mapping::{Column, ENTRY_TYPE, Place, bib_place};
use crate::{Field, Kind, Value};

impl Reading<'_, '_, '_> {
    pub(super) fn language(&mut self) {
        for name in ["language", "langid", "hyphenation"] {
            let Some(raw) = self.peek(name) else { continue };
            let text = decode::text(&raw.raw, &mut Vec::new()).into_owned();
            if self.work.language.is_none() {
                self.take(name);
                let tag = language::tag(&text).unwrap_or(&text);
                self.work.language = Some(tag.to_owned()).filter(|tag| !tag.is_empty());
            } else if language::tag(&text).is_some() {
                // It says the same, or what a writer made of the same.
                self.take(name);
            }
        }
    }

    /// Electronic prints (biblatex 3.14.7): an archive and a place in it.
    pub(super) fn eprint(&mut self) {
        let Some(raw) = self.peek("eprint") else { return };
        let number = decode::verbatim(&raw.raw);
        let by = ["eprinttype", "archiveprefix"].into_iter().find(|name| self.peek(name).is_some());
        let archive = match by.and_then(|name| self.peek(name)) {
            Some(raw) => decode::text(&raw.raw, &mut Vec::new()).into_owned(),
            None if is_arxiv_number(&number) => "arXiv".to_owned(),
            None => return,
        };
        if number.is_empty() || archive.is_empty() {
            return;
        }
        self.take("eprint");
        by.map(|name| self.take(name));
        let is_arxiv = archive.eq_ignore_ascii_case("arxiv");
        let bare = number.strip_prefix("arXiv:").unwrap_or(&number);
        if is_arxiv
            && matches!(self.work.kind, Kind::Document | Kind::Webpage)
            && self.peek("journal").is_none()
            && self.peek("journaltitle").is_none()
        {
            self.work.kind = Kind::Article;
            self.work.extra.retain(|extra| extra.name != ENTRY_TYPE);
        }
        let number_field = bib_place(Field::Number, self.work.kind, Column::Bibtex);
        let own_number = self.peek("number").map(|raw| raw.raw.trim().to_owned());
        let is_free = number_field == Place::Field("number")
            && own_number.is_none_or(|own| own == format!("arXiv:{bare}"));
        let is_eid = self.peek("eid").is_some_and(|raw| raw.raw.trim() == format!("arXiv:{bare}"));
        if is_arxiv && (is_free || is_eid) {
            self.take(if is_eid { "eid" } else { "number" });
            self.work.number = Some(format!("arXiv:{bare}"));
        } else if archive.eq_ignore_ascii_case("pubmed") && self.work.get(Field::Pmid).is_none() {
            self.put(Field::Pmid, Value::Text(number));
        } else {
            self.work.archive = Some(archive);
            self.work.archive_location = Some(number);
        }
        if let Some(class) = self.take("eprintclass").or_else(|| self.take("primaryclass")) {
            self.extra("eprintclass", &class.raw);
        }
    }

    /// `type` may hold one of biblatex's own words (3.20, 4.9.2.13, "Types").
    pub(super) fn genre(&mut self) {
        const TYPES: &[(&str, &str)] = &[
            ("bathesis", "Bachelor’s thesis"),
            ("mathesis", "Master’s thesis"),
            ("phdthesis", "PhD thesis"),
            ("candthesis", "Candidate thesis"),
            ("techreport", "Technical report"),
            ("resreport", "Research report"),
            ("datacd", "Data CD"),
            ("audiocd", "Audio CD"),
            ("patentus", "U.S. patent"),
            ("patenteu", "European patent"),
            ("patentde", "German patent"),
            ("patentfr", "French patent"),
            ("patentuk", "British patent"),
            ("patreq", "Patent request"),
            ("patreqde", "German patent request"),
            ("patreqeu", "European patent request"),
            ("patreqfr", "French patent request"),
            ("patrequk", "British patent request"),
            ("patrequs", "U.S. patent request"),
        ];
        let Some(raw) = self.peek("type") else { return };
        if let Some((_, words)) = TYPES.iter().find(|(word, _)| *word == raw.raw.trim()) {
            self.take("type");
            self.work.genre = Some((*words).to_owned());
        }
    }

    /// `howpublished` is often no more than an address.
    pub(super) fn published_how(&mut self) {
        let Some(raw) = self.peek("howpublished") else { return };
        let address = decode::verbatim(&raw.raw);
        let is_address = address.starts_with("http://") || address.starts_with("https://");
        if is_address && self.peek("url").is_some_and(|url| decode::verbatim(&url.raw) == address) {
            self.take("howpublished");
            return;
        }
        if is_address && self.peek("url").is_none() && !raw.raw.trim().contains(' ') {
            self.take("howpublished");
            self.work.url = Some(address);
        } else if self.peek("url").is_none()
            && let Some((_, behind)) = raw.raw.split_once("\\url{")
            && let Some((address, _)) = behind.split_once('}')
        {
            // "Available at \url{…}": the words stay.
            self.work.url = Some(decode::verbatim(address)).filter(|address| !address.is_empty());
        }
    }
}

/// `1501.00001`, `hep-th/9901001`.
fn is_arxiv_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((archive, number)) = text.split_once('/') {
        return number.len() == 7
            && digits(number)
            && archive.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'.'));
    }
    let bare = text.split('v').next().unwrap_or(text);
    bare.split_once('.').is_some_and(|(month, number)| {
        month.len() == 4 && digits(month) && (4..=5).contains(&number.len()) && digits(number)
    })
}
