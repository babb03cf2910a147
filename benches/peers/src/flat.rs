//! A flat struct of CSL's variables, as somebody writes it who needs a few of them and has serde:
//! those that are members of citelift's `Work`; all others are passed over.

use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct Name {
    pub(crate) family: Option<String>,
    pub(crate) given: Option<String>,
    pub(crate) dropping_particle: Option<String>,
    pub(crate) non_dropping_particle: Option<String>,
    pub(crate) suffix: Option<String>,
    pub(crate) literal: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct Date {
    pub(crate) date_parts: Vec<Vec<i32>>,
    pub(crate) literal: Option<String>,
    pub(crate) raw: Option<String>,
    pub(crate) season: Option<i32>,
    pub(crate) circa: Option<bool>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct Item {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) author: Vec<Name>,
    pub(crate) editor: Vec<Name>,
    pub(crate) translator: Vec<Name>,
    pub(crate) container_author: Vec<Name>,
    pub(crate) collection_editor: Vec<Name>,
    pub(crate) title: Option<String>,
    pub(crate) title_short: Option<String>,
    pub(crate) container_title: Option<String>,
    pub(crate) container_title_short: Option<String>,
    pub(crate) collection_title: Option<String>,
    pub(crate) collection_number: Option<String>,
    pub(crate) issued: Option<Date>,
    pub(crate) accessed: Option<Date>,
    pub(crate) volume: Option<String>,
    pub(crate) issue: Option<String>,
    pub(crate) page: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) edition: Option<String>,
    pub(crate) number_of_pages: Option<String>,
    pub(crate) number_of_volumes: Option<String>,
    pub(crate) chapter_number: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) publisher_place: Option<String>,
    pub(crate) event_title: Option<String>,
    pub(crate) event_place: Option<String>,
    pub(crate) event_date: Option<Date>,
    pub(crate) genre: Option<String>,
    pub(crate) medium: Option<String>,
    #[serde(rename = "DOI")]
    pub(crate) doi: Option<String>,
    #[serde(rename = "URL")]
    pub(crate) url: Option<String>,
    #[serde(rename = "ISBN")]
    pub(crate) isbn: Option<String>,
    #[serde(rename = "ISSN")]
    pub(crate) issn: Option<String>,
    pub(crate) language: Option<String>,
    #[serde(rename = "abstract")]
    pub(crate) abstract_: Option<String>,
    pub(crate) annote: Option<String>,
    pub(crate) keyword: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) archive: Option<String>,
    #[serde(rename = "archive_location")]
    pub(crate) archive_location: Option<String>,
    pub(crate) authority: Option<String>,
    pub(crate) status: Option<String>,
}
