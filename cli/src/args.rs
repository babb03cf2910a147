//! What can be written behind `citelift`: the one definition that parsing, help, completions and
//! the man page are made from.

mod learn;

pub(crate) use learn::{Evaluate, Train};

use citelift::{Annotation, Format};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgMatches, Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Lifts citations out of loose text, and reads, checks and converts bibliographies.
#[derive(Debug, Parser)]
#[command(
    name = "citelift",
    version,
    about = "Lifts citations out of loose text, and reads, checks and converts BibTeX, RIS and CSL-JSON",
    after_help = "\
Examples:
  citelift extract report.txt                        the report's works as BibTeX
  citelift extract report.txt -o works.bib -o works.ris
  citelift extract report.txt -o review.html         a page to correct them in
  citelift parse 'Roe, J. (2010). Harbour watch. Leiden: Brill.' --to ris
  citelift parse --to ndjson < citations.txt > items.ndjson
  citelift convert library.bib -o library.ris
  citelift check library.bib
  citelift format library.bib
  citelift train labelled.txt -o mine.model          learn from references of one's own
  citelift evaluate gold.jsonl --model mine.model    how much is read rightly

Exit status:
  0  done, doubts included
  1  something in the input could not be read or carried into the output; each case is reported
  2  wrong usage, or input or output that failed; files named with -o are as they were"
)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// How doubts and losses are said on standard error
    #[arg(long, global = true, value_enum, value_name = "STYLE", default_value = "human")]
    pub(crate) message_format: MessageFormat,

    /// Say nothing of doubts and losses
    ///
    /// Failures are still said, and the exit status is the same.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find the bibliography in documents and export its works
    #[command(after_help = "\
Examples:
  citelift extract report.txt --to biblatex
      The works of the report as BibLaTeX on standard output.
  citelift extract report.txt -o works.bib -o works.ris -o works.json
      Three exports in one run, each in the format of its extension.
  citelift extract a.txt b.txt -o works.bib --to biblatex
      One export of two documents; --to overrides what the extension says.
  citelift extract report.txt --annotation annote -o works.bib
      Annotations in the field that styles for annotated bibliographies print.
  citelift extract --to csl-json < thesis.docx
      A document of any kind from standard input.
  citelift extract report.txt --model mine.model -o works.bib
      With a model of one's own (see citelift train).
  citelift extract chapters/*.txt --duplicates merge -o works.bib
      One list of all chapters' works, each once; what is merged is said.
  citelift extract report.txt -o review.html
      A page to look the works over in, the doubtful ones first, and to correct and save them.
  citelift extract report.txt --corrections corrections.json -o works.bib
      What was corrected there, in this run and every later one.
  citelift extract thesis.docx --citations
      Where each listed work is cited, which is never cited, which citation has no entry.")]
    Extract(Extract),

    /// Parse single citations, one an argument or one a line of standard input
    #[command(after_help = "\
Examples:
  citelift parse 'Roe, J. (2010). Harbour watch. Leiden: Brill.'
      One citation as BibTeX.
  citelift parse --to ndjson < citations.txt > items.ndjson
      Line n of the output belongs to line n of the input, whatever that is: an empty line
      gives null, a line of which nothing is understood an item of type document whose title
      is the line. Any number of lines runs through in bounded memory. (The other formats
      hold all works until the end, since their cite keys depend on one another.)
  citelift parse --to ndjson < citations.txt | citelift convert --to bibtex > works.bib
      A million citations in another format in bounded memory too; a key that comes again
      has the number of its line behind it.
  citelift parse --in-order < footnotes.txt > works.bib
      A list in its order: `Ibid.`, `op. cit.` and a dash for the author mean what stands before.
  citelift parse --message-format json < citations.txt 2> doubts.ndjson > works.bib
      The doubts as JSON lines.
  citelift parse --explain 'Roe, J. (2010). Harbour watch. Leiden: Brill.'
      Which words are which field, how sure each is, and what is doubted. In colour on a
      terminal; else every field stands in brackets with its name.
  citelift parse --model mine.model < citations.txt > works.bib
      With a model of one's own (see citelift train).")]
    Parse(Parse),

    /// Convert bibliographies between BibTeX, BibLaTeX, RIS and CSL-JSON
    #[command(after_help = "\
Examples:
  citelift convert library.bib -o library.ris
      A library of any size: records run through one by one.
  citelift convert a.bib b.ris c.json -o all.json
      Several inputs joined, each in its own format. A key that comes twice gets a number, and
      that is said.
  citelift convert export.txt --to biblatex
      What the name does not tell the content does; on standard output.
  zcat items.ndjson.gz | citelift convert --to bibtex -o works.bib -o works.ris
      Two exports of standard input in one run.
  citelift convert mine.bib yours.ris --duplicates merge -o ours.bib
      Two libraries made one: what both have is there once, with what each said of it.
  citelift convert library.bib --to ris --message-format json 2> losses.ndjson > library.ris
      Every loss with its file, line and column as a JSON line. People are told of the first
      twenty of a kind, and how many more there are.")]
    Convert(Convert),

    /// Say all that is wrong with bibliographies
    #[command(after_help = "\
Examples:
  citelift check library.bib
      Every problem with its line, what is assumed about it and how to settle it.
  citelift check --deny warnings *.bib *.ris
      For a build that must stop at warnings too.
  citelift check library.bib --message-format json 2>&1 | jq -r .code | sort | uniq -c
      How often each problem is there. All codes are explained in docs/diagnostics.md.

Exit status:
  0  no error
  1  an error, or with --deny warnings a warning
  2  wrong usage, or a file that cannot be read")]
    Check(Check),

    /// Make .bib files tidy, in place
    ///
    /// The order of entries and fields and all values stay, as do comments, @string and
    /// @preamble. A file that is tidy already is not touched.
    #[command(after_help = "\
Examples:
  citelift format library.bib
      In place: the new file appears whole, or the old one stays.
  citelift format --align < old.bib > new.bib
      Standard input to standard output, with the values of an entry below one another.
  citelift format --check *.bib
      Names the files that are not tidy, one a line, and changes none.

Exit status:
  0  done; with --check, all files are tidy
  1  a file is not tidy (--check), or a part of one cannot be read and was left as it is
  2  wrong usage, or a file that cannot be read or written")]
    Format(FormatFiles),

    /// Make a model that reads references like yours better
    ///
    /// Starts from the model that comes with citelift, so that a few dozen references are enough
    /// and seconds will do. The same references give the same model, byte for byte.
    #[command(after_help = learn::TRAIN)]
    Train(Train),

    /// Say how much is read rightly, and show the worst references
    #[command(after_help = learn::EVALUATE)]
    Evaluate(Evaluate),

    /// Print a completion script for a shell
    #[command(after_help = "\
Example:
  citelift completions bash > ~/.local/share/bash-completion/completions/citelift")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },

    /// Print the manual page, of the whole or of one command
    #[command(after_help = "\
Examples:
  citelift man > citelift.1
  citelift man extract | man -l -")]
    Man {
        /// The command that the page is about
        #[arg(value_name = "COMMAND", value_parser = ["extract", "parse", "convert", "check", "format", "train", "evaluate", "completions", "man"])]
        page: Option<String>,
    },
}

/// `citelift extract`.
#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// The documents; `-` or nothing means standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// What was corrected in the page of an earlier run; may be repeated
    ///
    /// Works are found again by their place where the document is the same, and by the text of
    /// their citation where it has changed. Those that are not found are named.
    #[arg(long, value_name = "FILE")]
    pub(crate) corrections: Vec<PathBuf>,

    /// A model made by citelift train, in place of the one that comes with citelift
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: Option<PathBuf>,

    /// How many threads work at once: as many as the machine has, unless told
    ///
    /// The output is the same with any number.
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// What becomes of works that are listed more than once, in one document or in several
    #[arg(long, value_enum, value_name = "WHAT", default_value = "report")]
    pub(crate) duplicates: Duplicates,

    /// Say where each work is cited, which never is, and which citations have no entry, instead of
    /// an export
    ///
    /// A document without a list is held against the lists of the others.
    #[arg(
        long,
        value_enum,
        value_name = "FORM",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "list",
        conflicts_with_all = ["to", "output", "annotation", "duplicates", "corrections"]
    )]
    pub(crate) citations: Option<CitationList>,

    /// Where and how to write.
    #[command(flatten)]
    pub(crate) export: Export,
}

/// How citations are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CitationList {
    /// For people: a work, and below it FILE:LINE:COLUMN of each place
    List,
    /// One JSON object: `works` with their `places`, and `without_entry`
    Json,
}

/// What becomes of works that are there more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Duplicates {
    /// Each is exported, and it is said which are the same and which perhaps are
    Report,
    /// Of those that are the same, one is exported that has what each had, and that is said
    Merge,
    /// Each is exported, and nothing is said
    Keep,
}

/// `citelift parse`.
#[derive(Debug, Args)]
pub(crate) struct Parse {
    /// The citations; `-` or nothing means one a line of standard input
    #[arg(value_name = "CITATION")]
    pub(crate) citations: Vec<String>,

    /// Show which words are which field, how sure each is and why, instead of an export
    #[arg(long, conflicts_with_all = ["to", "output", "annotation"])]
    pub(crate) explain: bool,

    /// A model made by citelift train, in place of the one that comes with citelift
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: Option<PathBuf>,

    /// The citations are one list in its order: put in what one takes from those before
    ///
    /// `Ibid.`, `Roe, op. cit.`, and `Idem` or a dash in an author's place get the author or the
    /// work that they stand for; each is said. Without it every citation is read for itself.
    #[arg(long)]
    pub(crate) in_order: bool,

    /// How many threads work at once: as many as the machine has, unless told
    ///
    /// The output is the same with any number.
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// Where and how to write.
    #[command(flatten)]
    pub(crate) export: Export,
}

/// `citelift convert`.
#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// The files to read; `-` or nothing means standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// The format of all inputs, whatever their names and contents say
    #[arg(long, value_name = "FORMAT", value_parser = formats(), ignore_case = true)]
    pub(crate) from: Option<Format>,

    /// What becomes of works that are there more than once, in one file or in several
    ///
    /// Other than `keep`, it holds all records until the end.
    #[arg(long, value_enum, value_name = "WHAT", default_value = "keep")]
    pub(crate) duplicates: Duplicates,

    /// Where and how to write.
    #[command(flatten)]
    pub(crate) export: Export,
}

/// `citelift check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The files to check; `-` or nothing means standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// The format of all inputs, whatever their names and contents say
    #[arg(long, value_name = "FORMAT", value_parser = formats(), ignore_case = true)]
    pub(crate) from: Option<Format>,

    /// What is to give exit status 1 beside errors
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) deny: Vec<Denied>,
}

/// What can be as bad as an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Denied {
    /// Whatever is doubted
    Warnings,
}

/// `citelift format`.
#[derive(Debug, Args)]
pub(crate) struct FormatFiles {
    /// The .bib files; `-` or nothing means standard input to standard output
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Change nothing; name the files that would change, and leave with status 1 if there are any
    #[arg(long)]
    pub(crate) check: bool,

    /// Put the values of an entry below one another
    #[arg(long)]
    pub(crate) align: bool,

    /// Keep the case of types and field names, which else become lower case
    #[arg(long)]
    pub(crate) keep_case: bool,

    /// Put quoted values in braces
    #[arg(long)]
    pub(crate) braces: bool,

    /// Put a comma behind the last field too
    #[arg(long)]
    pub(crate) trailing_comma: bool,
}

/// The options that all exporting commands have.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The format: bibtex unless a file's extension says otherwise
    ///
    /// With several outputs, --to is for the one whose extension is the format's own (.bib and
    /// biblatex) or no format's at all; among several such, for the one before it.
    #[arg(long, value_name = "FORMAT", value_parser = formats(), ignore_case = true)]
    pub(crate) to: Vec<Format>,

    /// A file to write, its format by extension; may be repeated
    ///
    /// The extensions are .bib, .ris, .json, .ndjson and .jsonl, and with extract .html, a page to
    /// review the works in; `-` means standard output. A file appears whole or not at all; where
    /// the run fails, the old one is as it was.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,

    /// The field that holds the annotations
    #[arg(long, value_name = "FIELD", value_parser = annotations(), default_value = "abstract")]
    pub(crate) annotation: Annotation,
}

/// The two ways of saying things on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// Drawn with the source line
    Human,
    /// One JSON object a line
    Json,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.name()))
        .try_map(|name| Format::from_name(&name).ok_or("no such format"))
}

fn annotations() -> impl TypedValueParser<Value = Annotation> {
    PossibleValuesParser::new(["abstract", "annote", "note"])
        .try_map(|name| Annotation::from_name(&name).ok_or("no such field"))
}

/// Where on the command line each `--to` and each `-o` stood.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// The place of every `--to`.
    pub(crate) to: Vec<usize>,
    /// The place of every `-o`.
    pub(crate) output: Vec<usize>,
}

/// The order of the output options, which tells the meaning of `-o a.bib --to biblatex -o b.bib`.
pub(crate) fn order_of_outputs(matches: &ArgMatches) -> Order {
    let places = |name| {
        matches
            .subcommand()
            .and_then(|(_, matches)| matches.indices_of(name))
            .map(Iterator::collect)
            .unwrap_or_default()
    };
    Order { to: places("to"), output: places("output") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_format_and_annotation_can_be_named() {
        for format in Format::ALL {
            let line = ["citelift", "parse", "--to", format.name()];
            assert!(Arguments::try_parse_from(line).is_ok(), "{format}");
        }
        for field in ["abstract", "annote", "note"] {
            let line = ["citelift", "parse", "--annotation", field];
            assert!(Arguments::try_parse_from(line).is_ok(), "{field}");
        }
    }
}
