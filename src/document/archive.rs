//! The parts of a document that is packed as a ZIP archive: DOCX, ODT, EPUB.
//!
//! Takes a file's bytes, gives the text of one part after another, as much of it as can be
//! unpacked. What is unpacked in all is bounded: a small archive can hold a part that fills any
//! memory. An archive whose table of contents is lost (its end was cut off) is read from its
//! beginning. The rules are those of PKWARE's APPNOTE 6.3.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::decode;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};

/// How much is unpacked of one archive, in bytes.
const MOST: usize = 256 << 20;

/// A packed document.
pub(super) struct Archive<'b> {
    parts: Parts<'b>,
    /// How much may still be unpacked.
    left: usize,
    /// What was found to be broken.
    pub(super) doubts: Vec<Diagnostic>,
}

enum Parts<'b> {
    Listed(Box<ZipArchive<Cursor<&'b [u8]>>>),
    /// Those that came before the break.
    Saved(HashMap<String, Vec<u8>>),
}

impl<'b> Archive<'b> {
    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// Where not even its first part can be read.
    pub(super) fn new(bytes: &'b [u8]) -> Result<Self> {
        let archive = Self { parts: Parts::Saved(HashMap::new()), left: MOST, doubts: Vec::new() };
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(listed) => Ok(Self { parts: Parts::Listed(Box::new(listed)), ..archive }),
            Err(error) => archive.save(bytes, &error.to_string()),
        }
    }

    /// Reads an archive from its beginning as far as it goes.
    fn save(mut self, bytes: &[u8], why: &str) -> Result<Self> {
        let mut saved = HashMap::new();
        let mut stream = bytes;
        while let Ok(Some(mut file)) = read_zipfile_from_stream(&mut stream) {
            let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
            let (part, whole) = unpack(&mut file, &name, &mut self.left)?;
            saved.insert(name, part);
            if !whole {
                break;
            }
        }
        let why = why.to_lowercase();
        if saved.is_empty() {
            return Err(Error::document(format!("the archive is broken: {why}")));
        }
        self.doubts.push(
            Diagnostic::new(Code::DocumentDamaged, None, format!("the archive is broken: {why}"))
                .assumed("what comes before the break was read"),
        );
        self.parts = Parts::Saved(saved);
        Ok(self)
    }

    /// The text of a part, as far as it can be read; nothing where there is no such part.
    ///
    /// # Errors
    ///
    /// Where the part is locked with a password, is text in no encoding, or would make more to
    /// read than is let in.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>> {
        let Some((bytes, whole)) = self.bytes(name)? else { return Ok(None) };
        if !whole {
            self.damaged(name, "its packing is broken");
        }
        // A part that breaks off may end within a character.
        let text = match decode(&bytes, &mut self.doubts) {
            Ok(text) => text,
            Err(error) => {
                if whole {
                    self.damaged(name, &error.to_string());
                }
                String::from_utf8_lossy(&bytes).into_owned()
            }
        };
        Ok(Some(text))
    }

    fn bytes(&mut self, name: &str) -> Result<Option<(Vec<u8>, bool)>> {
        match &mut self.parts {
            Parts::Saved(saved) => Ok(saved.remove(name).map(|bytes| (bytes, true))),
            Parts::Listed(listed) => {
                let Some(at) = listed.index_for_name_raw(name.as_bytes()) else { return Ok(None) };
                let broken = |why: String| {
                    Error::document(format!(
                        "the part {name} cannot be read: {}",
                        why.to_lowercase()
                    ))
                };
                if listed.by_index_raw(at).is_ok_and(|file| file.encrypted()) {
                    return Err(Error::document("the document is locked with a password"));
                }
                let mut file = listed.by_index(at).map_err(|error| broken(error.to_string()))?;
                unpack(&mut file, name, &mut self.left).map(Some)
            }
        }
    }

    /// Says that a part could not be read whole.
    pub(super) fn damaged(&mut self, name: &str, why: &str) {
        self.doubts.push(
            Diagnostic::new(
                Code::DocumentDamaged,
                None,
                format!("the part {name} could not be read to its end: {why}"),
            )
            .assumed("what comes before was read"),
        );
    }
}

/// What a part holds, and whether that is all of it.
fn unpack<R: Read>(
    file: &mut ZipFile<'_, R>,
    name: &str,
    left: &mut usize,
) -> Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    // One byte more than is let in tells that there is more.
    let limit = u64::try_from(*left).unwrap_or(u64::MAX).saturating_add(1);
    let whole = file.take(limit).read_to_end(&mut bytes).is_ok();
    let Some(rest) = left.checked_sub(bytes.len()) else {
        return Err(Error::document(format!(
            "the archive holds more than {} MiB; unpacking stopped within {name}",
            MOST >> 20
        )));
    };
    *left = rest;
    Ok((bytes, whole))
}

/// The name of the part that `target` means where it is said in the folder `folder`.
pub(super) fn resolve(folder: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|name| !name.is_empty()).collect(),
    };
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            name => path.push(name),
        }
    }
    path.join("/")
}

/// The folder that a part lies in.
pub(super) fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// An archive of the parts given.
#[cfg(test)]
pub(super) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_by_name() {
        let bytes = packed(&[("a/b.xml", "Roe"), ("c.xml", "Poe")]);
        let mut archive = Archive::new(&bytes).unwrap();
        assert_eq!(archive.text("c.xml").unwrap().as_deref(), Some("Poe"));
        assert_eq!(archive.text("a/b.xml").unwrap().as_deref(), Some("Roe"));
        assert_eq!(archive.text("d.xml").unwrap(), None);
        assert!(archive.doubts.is_empty());
    }

    #[test]
    fn an_archive_without_its_end_is_read_from_its_beginning() {
        let long: String = (0..9000).map(|n| format!("{} ", n * n)).collect();
        let bytes = packed(&[("a.xml", "Roe"), ("b.xml", &long), ("c.xml", "Poe")]);
        let mut archive = Archive::new(&bytes[..bytes.len() / 2]).unwrap();
        assert_eq!(archive.text("a.xml").unwrap().as_deref(), Some("Roe"));
        let cut = archive.text("b.xml").unwrap().unwrap();
        assert!(cut.starts_with("0 1 4 9 ") && cut.len() < long.len(), "{}", cut.len());
        assert_eq!(archive.text("c.xml").unwrap(), None);
        assert_eq!(archive.doubts[0].code, Code::DocumentDamaged);
        assert!(Archive::new(b"PK\x03\x04").is_err());
    }

    #[test]
    fn more_than_is_let_in_is_refused() {
        let bytes = packed(&[("a.xml", &" ".repeat(900)), ("b.xml", &" ".repeat(900))]);
        let mut archive = Archive::new(&bytes).unwrap();
        archive.left = 1000;
        assert!(archive.text("a.xml").is_ok());
        let error = archive.text("b.xml").unwrap_err();
        assert!(error.to_string().starts_with("the archive holds more than 256 MiB"), "{error}");
    }

    #[test]
    fn a_target_is_told_from_its_folder() {
        assert_eq!(resolve("word", "media/../notes.xml"), "word/notes.xml");
        assert_eq!(resolve("word", "/word/notes.xml#x"), "word/notes.xml");
        assert_eq!(resolve("", "../../a.xml"), "a.xml");
        assert_eq!(folder("a/b/c.xml"), "a/b");
    }
}
