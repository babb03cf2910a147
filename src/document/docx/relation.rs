//! How the parts of a Word document know one another (ECMA-376 part 2, 9.3).

use crate::document::archive::{Archive, folder, resolve};
use crate::document::xml::{Event, Xml};
use crate::error::Result;
use std::collections::HashMap;
use std::sync::Arc;

/// What a part refers to.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// Parts, by the last word of their kind.
    parts: HashMap<String, String>,
    /// Targets of links outside, by what they are called in the part.
    links: HashMap<String, Arc<str>>,
}

impl Relations {
    /// What the part `of` refers to; the package as a whole where that is empty.
    pub(super) fn read(archive: &mut Archive<'_>, of: &str) -> Result<Self> {
        let mut all = Self::default();
        let inside = folder(of);
        let file = of.rsplit('/').next().unwrap_or_default();
        let name = resolve(inside, &format!("_rels/{file}.rels"));
        let Some(text) = archive.text(&name)? else { return Ok(all) };
        let mut xml = Xml::new(&text);
        while let Some(event) = xml.next() {
            let Event::Open(tag) = event else { continue };
            let (Some(kind), Some(target)) = (tag.get("Type"), tag.get("Target")) else { continue };
            // Strict and transitional documents call the kinds by different addresses.
            let kind = kind.rsplit('/').next().unwrap_or_default();
            if kind != "hyperlink" {
                all.parts.insert(kind.to_owned(), resolve(inside, &target));
            } else if let Some(id) = tag.get("Id").filter(|_| !target.starts_with('#')) {
                all.links.insert(id.into_owned(), target.into());
            }
        }
        if let Some(why) = xml.broken() {
            archive.damaged(&name, why);
        }
        Ok(all)
    }

    /// The name of the part of a kind.
    pub(super) fn part(&self, kind: &str) -> Option<&str> {
        self.parts.get(kind).map(String::as_str)
    }

    /// The targets of links.
    pub(super) fn into_links(self) -> HashMap<String, Arc<str>> {
        self.links
    }
}
