//! What is doubted or lost, as plain data: a code, a place, what was assumed and how to settle it.
//!
//! The library prints nothing; whoever calls it draws these.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Doubted; something was assumed.
    Warning,
    /// Something is lost.
    Error,
}

/// One doubt or loss.
///
/// `message` is one lower-case sentence without a full stop that names the thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Which rule speaks.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where: bytes of the decoded source; `None` where the trouble has no place in a text.
    pub span: Option<Span>,
    /// What is the matter.
    pub message: String,
    /// What was done about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed: Option<String>,
    /// How to settle it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of `code`'s usual severity.
    pub fn new(code: Code, span: Option<Span>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            span,
            message: message.into(),
            assumed: None,
            help: None,
        }
    }

    /// The same, saying what was assumed.
    #[must_use]
    pub fn assumed(mut self, assumed: impl Into<String>) -> Self {
        self.assumed = Some(assumed.into());
        self
    }

    /// The same, saying how to settle it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Makes the one table of all codes: variant, name, severity, documentation.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident;)+) => {
        /// A stable name for a kind of trouble; once released, a code keeps its meaning.
        ///
        /// ```
        /// use citelift::Code;
        /// assert_eq!(Code::CitationNoYear.as_str(), "citation/no-year");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];

            /// The code as printed, `family/word`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name),+ }
            }

            /// The severity that diagnostics of this code usually have.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),+ }
            }

            /// What the code means, one sentence or more.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc),+).trim_ascii()),+ }
            }
        }
    };
}

codes! {
    /// No work was found in the document.
    ExtractNothingFound = "extract/nothing-found", Note;
    /// Notes cite works that are listed, or that notes before them have cited; each is given once.
    ExtractCitedAgain = "extract/cited-again", Note;
    /// The file's content is of another kind than its name says.
    DocumentOtherKind = "document/other-kind", Note;
    /// A part of the document could not be read.
    DocumentDamaged = "document/damaged", Warning;
    /// The document names another file for a part of it, which was not read.
    DocumentElsewhere = "document/elsewhere", Note;
    /// The text was not valid UTF-8 and was read in another encoding.
    TextEncodingGuessed = "text/encoding-guessed", Warning;
    /// Control characters were left out of the fields.
    TextControlCharacters = "text/control-characters", Warning;
    /// A mark in the text turns the direction of writing, so that it may read otherwise than it is
    /// spelled.
    TextBidiControl = "text/bidi-control", Warning;
    /// A word of one script has letters of another that look the same (a Cyrillic `а` in a Latin
    /// word), so that no search finds it.
    TextMixedScripts = "text/mixed-scripts", Warning;
    /// Nothing was understood of the citation; the whole line stands as the title.
    CitationNotUnderstood = "citation/not-understood", Warning;
    /// The citation names no author, editor or body.
    CitationNoAuthor = "citation/no-author", Note;
    /// The citation has no year.
    CitationNoYear = "citation/no-year", Warning;
    /// The citation has no title.
    CitationNoTitle = "citation/no-title", Warning;
    /// More than one reading of the citation is likely; the likelier was taken.
    CitationAmbiguous = "citation/ambiguous", Warning;
    /// A part of the citation belongs to no field; it stands in the note.
    CitationLeftOver = "citation/left-over", Warning;
    /// A page range whose last page comes before its first.
    CitationPagesBackwards = "citation/pages-backwards", Warning;
    /// A person's name whose parts are doubtful.
    CitationNameDoubtful = "citation/name-doubtful", Warning;
    /// An identifier (DOI, ISBN, URL) that does not keep to its own rules.
    CitationIdentifierDoubtful = "citation/identifier-doubtful", Warning;
    /// The citation stands for an earlier one (`Ibid.`, `op. cit.`, a dash for the author); what it
    /// stands for was taken from there.
    CitationAntecedent = "citation/antecedent", Note;
    /// The citation stands for an earlier one (`Ibid.`, `op. cit.`, a dash for the author), and there
    /// is none that it can mean.
    CitationNoAntecedent = "citation/no-antecedent", Warning;
    /// More than one work is cited on the line; the first was read, the rest stands in the note.
    CitationSeveral = "citation/several", Warning;
    /// The work is the same as one before it.
    DuplicateFound = "duplicate/found", Note;
    /// The work is perhaps the same as one before it: a preprint and its article, an edition of
    /// another year, a record that says too little.
    DuplicateLikely = "duplicate/likely", Note;
    /// Several records of one work were made one, which has what each of them had.
    DuplicateMerged = "duplicate/merged", Note;
    /// Of the records that were made one, two have different values in a field that takes one;
    /// one value was dropped.
    DuplicateConflict = "duplicate/conflict", Warning;
    /// A record's type is none of its format's. What it plainly means is taken (another program's word, a
    /// misspelling); else the work is a document, and the type is kept.
    RecordUnknownType = "record/unknown-type", Warning;
    /// A field, tag or property has no place in the model; it is kept for this format alone. Not
    /// said of `.bib` files, whose programs pass over fields of one's own.
    RecordUnknownField = "record/unknown-field", Note;
    /// A field that has one value stands twice with different values; the second is kept apart.
    RecordFieldRepeated = "record/field-repeated", Warning;
    /// A record has no key; one is made.
    RecordNoKey = "record/no-key", Note;
    /// Another record has the same key already; programs that cite see one of the two.
    RecordKeyRepeated = "record/key-repeated", Error;
    /// A date that is none; it is kept as words.
    RecordDateNotUnderstood = "record/date-not-understood", Warning;
    /// A name whose parts are doubtful.
    RecordNameDoubtful = "record/name-doubtful", Warning;
    /// A record that holds nothing.
    RecordEmpty = "record/empty", Warning;
    /// Nothing of the input is a record of its format.
    RecordNothingFound = "record/nothing-found", Warning;
    /// No comma stands between two fields, or behind the key.
    BibtexMissingComma = "bibtex/missing-comma", Error;
    /// A field has no `=` or no value.
    BibtexMissingValue = "bibtex/missing-value", Error;
    /// An entry or value does not end before the next entry begins, or before the file ends.
    BibtexUnclosed = "bibtex/unclosed", Error;
    /// What stands after `@` is no entry.
    BibtexNotAnEntry = "bibtex/not-an-entry", Error;
    /// A closing brace that closes nothing.
    BibtexStrayBrace = "bibtex/stray-brace", Error;
    /// A `@string` abbreviation that is not defined; its name stands as text.
    BibtexUnknownString = "bibtex/unknown-string", Error;
    /// A value that its `@string` abbreviations make longer than a megabyte; it is cut. Or all values
    /// together far longer than the file; the names of abbreviations stand from there on.
    BibtexStringTooLong = "bibtex/string-too-long", Error;
    /// A LaTeX command that is not known; it stands as it is spelled.
    BibtexUnknownCommand = "bibtex/unknown-command", Warning;
    /// A `$` without a partner; it stands for itself.
    BibtexUnbalancedMath = "bibtex/unbalanced-math", Warning;
    /// An entry inherits from one that is not in the file.
    BibtexParentMissing = "bibtex/parent-missing", Warning;
    /// Entries that inherit from each other in a circle; the circle is cut.
    BibtexParentCycle = "bibtex/parent-cycle", Error;
    /// Entries inherit so much from long ones that all of it would be far longer than the file; from
    /// there on nothing is inherited.
    BibtexParentTooLong = "bibtex/parent-too-long", Error;
    /// A record has no `ER`; it ends where the next begins.
    RisMissingEnd = "ris/missing-end", Error;
    /// A record does not begin with `TY`. Where its key alone stands before `TY`, it is that record's;
    /// else the record is read as `GEN`.
    RisMissingType = "ris/missing-type", Error;
    /// A tag that is not spelled `XX  - `; it is read as one.
    RisLooseTag = "ris/loose-tag", Warning;
    /// A line without a tag; it continues the line before.
    RisContinuationLine = "ris/continuation-line", Note;
    /// Text that belongs to no record.
    RisStrayText = "ris/stray-text", Warning;
    /// A last page without a first.
    RisEndPageAlone = "ris/end-page-alone", Warning;
    /// The text is no JSON from here on; what can be read after it is.
    CslJsonSyntax = "csl-json/syntax", Error;
    /// An element that is no object, where an item belongs.
    CslJsonNotAnItem = "csl-json/not-an-item", Error;
    /// A value whose shape the schema does not allow; it is read as what it is likely to mean.
    CslJsonWrongShape = "csl-json/wrong-shape", Warning;
    /// The output format has no place for a field; its value is left out.
    OutputFieldLost = "output/field-lost", Error;
    /// The output format has no type for this kind of work; a neighbouring one is written.
    OutputKindLost = "output/kind-lost", Warning;
    /// The cite key cannot stand in the output format, or another work has it; another is written.
    OutputKeyChanged = "output/key-changed", Warning;
    /// The output format cannot hold a value exactly, or has no place of its own for it: a part is
    /// written, or the whole where not every program looks for it.
    OutputValueReduced = "output/value-reduced", Warning;
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
