//! Works to text and back: BibTeX, BibLaTeX, RIS, CSL-JSON, and the table they share.
//!
//! Takes works or the text of a format, gives the other; called by the command and by users of
//! the library. Each format is a folder of its own; what goes where stands in one table,
//! [`mapping`], which serves both directions. [`detect`] tells formats apart, [`read`] and
//! [`stream`] are for records one by one.

pub mod bibtex;
pub mod csl_json;
mod date_words;
mod detect;
mod loss;
mod mapping;
mod names;
mod read;
pub mod ris;
mod seen;
mod stranger;
mod stream;

use crate::{Bibliography, Diagnostic, Field, Result, Value, Work};
use std::borrow::Cow;
use std::io::{Read, Write};

pub use read::RecordReader;
pub use seen::Seen;
pub use stream::Writer;

/// A format that works are read from and written in.
///
/// ```
/// use citelift::{Format, Kind, Work};
///
/// let mut work = Work::new(Kind::Book);
/// work.title = Some("Harbour watch".into());
/// let mut ris = Vec::new();
/// Format::Ris.write(&[work], &mut ris)?;
/// assert!(ris.starts_with(b"TY  - BOOK\r\n"));
/// # Ok::<(), citelift::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// BibTeX, its classic types and fields.
    Bibtex,
    /// BibLaTeX 3.20, to be read with biber.
    Biblatex,
    /// RIS, the specification of 2011.
    Ris,
    /// CSL-JSON 1.0.2, one array.
    CslJson,
    /// CSL-JSON, one item a line.
    Ndjson,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Format] =
        &[Format::Bibtex, Format::Biblatex, Format::Ris, Format::CslJson, Format::Ndjson];

    /// The format's name: `bibtex`, `biblatex`, `ris`, `csl-json` or `ndjson`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Bibtex => "bibtex",
            Format::Biblatex => "biblatex",
            Format::Ris => "ris",
            Format::CslJson => "csl-json",
            Format::Ndjson => "ndjson",
        }
    }

    /// The format of a [name](Format::name), in any case; `None` for another name.
    ///
    /// ```
    /// use citelift::Format;
    /// assert_eq!(Format::from_name("CSL-JSON"), Some(Format::CslJson));
    /// assert_eq!(Format::from_name("docx"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Format::ALL.iter().copied().find(|format| format.name().eq_ignore_ascii_case(name))
    }

    /// The format of a file name's extension, without its dot and in any case; `None` for an
    /// extension of no format. `bib` is BibTeX, since every program reads that.
    ///
    /// ```
    /// use citelift::Format;
    /// assert_eq!(Format::from_extension("bib"), Some(Format::Bibtex));
    /// assert_eq!(Format::from_extension("txt"), None);
    /// ```
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        const EXTENSIONS: [(&str, Format); 5] = [
            ("bib", Format::Bibtex),
            ("ris", Format::Ris),
            ("json", Format::CslJson),
            ("ndjson", Format::Ndjson),
            ("jsonl", Format::Ndjson),
        ];
        EXTENSIONS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(extension))
            .map(|(_, format)| *format)
    }

    /// The format that a content is in, told from its beginning; `None` for one that is none.
    /// A few thousand bytes are enough; all of them are looked at. BibLaTeX is told from BibTeX
    /// as well as the bytes show it, and both are read alike, as are both kinds of JSON.
    ///
    /// ```
    /// use citelift::Format;
    /// assert_eq!(Format::detect(b"TY  - BOOK\r\n"), Some(Format::Ris));
    /// assert_eq!(Format::detect(b"% my books\n@book{roe2010,\n"), Some(Format::Bibtex));
    /// assert_eq!(Format::detect(b"[1] Roe, J. (2010). Harbour watch."), None);
    /// ```
    #[must_use]
    pub fn detect(content: &[u8]) -> Option<Self> {
        detect::of(content)
    }

    /// Reads all works of a content in this format.
    ///
    /// # Errors
    /// An error of kind [`Io`](crate::ErrorKind::Io) where `from` fails. What is wrong with the
    /// content is told by the [diagnostics](Bibliography::diagnostics).
    ///
    /// ```
    /// let items = r#"[{"id": "roe", "type": "book"}]"#;
    /// let works = citelift::Format::CslJson.read(items.as_bytes())?.works;
    /// assert_eq!(works[0].kind, citelift::Kind::Book);
    /// # Ok::<(), citelift::Error>(())
    /// ```
    pub fn read(self, from: impl Read) -> Result<Bibliography> {
        match self {
            Format::Bibtex | Format::Biblatex => bibtex::from_reader(from),
            Format::Ris => ris::from_reader(from),
            Format::CslJson | Format::Ndjson => csl_json::from_reader(from),
        }
    }

    /// The records of a content in this format, one after the other.
    pub fn reader<R: Read>(self, from: R) -> RecordReader<R> {
        RecordReader::new(self, from)
    }

    /// Writes works in this format one after the other, without holding them.
    pub fn writer<W: Write>(self, to: W, options: WriteOptions) -> Writer<W> {
        Writer::new(self, to, options)
    }

    /// Writes works in this format.
    ///
    /// # Errors
    /// An error of kind [`Io`](crate::ErrorKind::Io) where `to` fails.
    pub fn write(self, works: &[Work], to: &mut dyn Write) -> Result<()> {
        self.write_with(works, to, &WriteOptions::default())
    }

    /// Writes works in this format as `options` say.
    ///
    /// # Errors
    /// An error of kind [`Io`](crate::ErrorKind::Io) where `to` fails.
    pub fn write_with(
        self,
        works: &[Work],
        to: &mut dyn Write,
        options: &WriteOptions,
    ) -> Result<()> {
        match self {
            Format::Bibtex | Format::Biblatex => {
                bibtex::to_writer_with(to, works, &options.bibtex(self))
            }
            Format::Ris => ris::to_writer_with(to, works, &options.ris()),
            Format::CslJson => csl_json::to_writer_with(to, works, &options.csl_json()),
            Format::Ndjson => csl_json::ndjson::to_writer_with(to, works, &options.csl_json()),
        }
    }

    /// What this format cannot hold of these works, said before anything is written.
    ///
    /// ```
    /// use citelift::{Code, Field, Format, Kind, Value, Work};
    ///
    /// let mut work = Work::new(Kind::Map);
    /// work.set(Field::Dimensions, Value::Text("80 x 60 cm".into()))?;
    /// assert_eq!(Format::Ris.losses(&[work.clone()])[0].code, Code::OutputValueReduced);
    /// assert!(Format::CslJson.losses(&[work]).is_empty());
    /// # Ok::<(), citelift::WrongClass>(())
    /// ```
    #[must_use]
    pub fn losses(self, works: &[Work]) -> Vec<Diagnostic> {
        self.losses_with(works, &WriteOptions::default())
    }

    /// The same for the options that the works will be written with.
    #[must_use]
    pub fn losses_with(self, works: &[Work], options: &WriteOptions) -> Vec<Diagnostic> {
        match self {
            Format::Bibtex | Format::Biblatex => bibtex::losses_with(works, &options.bibtex(self)),
            Format::Ris => ris::losses(works),
            Format::CslJson | Format::Ndjson => csl_json::losses(works),
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Which field of a format holds the abstract, which in an annotated bibliography is the
/// annotation. Styles for annotated bibliographies print `annote` or `note`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Annotation {
    /// As an abstract: `abstract`, RIS `AB`.
    #[default]
    Abstract,
    /// As a remark: BibTeX `annote`, BibLaTeX `annotation`, CSL `annote`, RIS `RN`.
    Annote,
    /// As a note: `note`, RIS `N1`.
    Note,
}

impl Annotation {
    /// The annotation of the option's word: `abstract`, `annote` or `note`.
    ///
    /// ```
    /// use citelift::Annotation;
    /// assert_eq!(Annotation::from_name("note"), Some(Annotation::Note));
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "abstract" => Annotation::Abstract,
            "annote" => Annotation::Annote,
            "note" => Annotation::Note,
            _ => return None,
        })
    }
}

/// How works are written, whatever the format.
///
/// ```
/// use citelift::{Annotation, WriteOptions};
/// let options = WriteOptions::default().annotation(Annotation::Note).evidence(true);
/// assert!(options.evidence);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteOptions {
    /// Which field holds the abstract.
    pub annotation: Annotation,
    /// Whether CSL-JSON carries what each value was read from, under `custom`. The other
    /// formats have no place for it.
    pub evidence: bool,
}

impl WriteOptions {
    /// The same with the abstract written to another field.
    #[must_use]
    pub fn annotation(mut self, annotation: Annotation) -> Self {
        self.annotation = annotation;
        self
    }

    /// The same with or without evidence.
    #[must_use]
    pub fn evidence(mut self, evidence: bool) -> Self {
        self.evidence = evidence;
        self
    }

    fn bibtex(&self, format: Format) -> bibtex::Options {
        let dialect = match format {
            Format::Biblatex => bibtex::Dialect::Biblatex,
            _ => bibtex::Dialect::Bibtex,
        };
        bibtex::Options::default().dialect(dialect).annotation(self.annotation)
    }

    fn ris(&self) -> ris::Options {
        ris::Options::default().annotation(self.annotation)
    }

    fn csl_json(&self) -> csl_json::Options {
        csl_json::Options::default().annotation(self.annotation).evidence(self.evidence)
    }
}

/// A work with its annotation where it is to be written: behind the text that the field of that
/// name has itself, after an empty line.
fn with_annotation(work: &Work, annotation: Annotation) -> Cow<'_, Work> {
    let target = match annotation {
        Annotation::Abstract => return Cow::Borrowed(work),
        Annotation::Annote => Field::Annote,
        Annotation::Note => Field::Note,
    };
    let Some(text) = annotated(work, target, annotation) else { return Cow::Borrowed(work) };
    let mut moved = work.clone();
    moved.abstract_ = None;
    // Both fields hold text.
    let _ = moved.set(target, Value::Text(text.into_owned()));
    Cow::Owned(moved)
}

/// The text of a field as it is to be written: where the annotation goes to another field than
/// the abstract, that field's own text comes first, the annotation after an empty line.
fn annotated(work: &Work, field: Field, annotation: Annotation) -> Option<Cow<'_, str>> {
    let target = match annotation {
        Annotation::Abstract => return work.text(field).map(Cow::Borrowed),
        Annotation::Annote => Field::Annote,
        Annotation::Note => Field::Note,
    };
    if field == Field::Abstract {
        return None;
    }
    let own = work.text(field);
    let added = work.abstract_.as_deref().filter(|_| field == target);
    match (own, added) {
        (Some(own), Some(added)) => Some(Cow::Owned(format!("{own}\n\n{added}"))),
        (own, added) => own.or(added).map(Cow::Borrowed),
    }
}
