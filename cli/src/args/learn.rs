//! `citelift train` and `citelift evaluate` on the command line.

use clap::{Args, value_parser};
use std::path::PathBuf;

/// What the help of `train` ends with.
pub(super) const TRAIN: &str = "\
Examples:
  citelift train labelled.txt -o mine.model
  citelift parse --model mine.model < citations.txt > works.bib
      A model that knows your references, and its use.
  citelift train more.jsonl --model mine.model -o mine.model
      Goes on from a model of one's own; the file appears whole, or the old one stays.
  citelift evaluate kept-back.txt --model mine.model
      How it does on references that it was not trained on: keep some back.

What is read, told by the content:
  <author>Roe, J.</author> (<date>2010</date>). <title>Harbour watch</title>.
      A tagged reference a line; AnyStyle's XML is read too.
  {\"text\": \"Roe, J. (2010).\", \"spans\": [[0, 7, \"author\"], [9, 13, \"date\"]]}
      A JSON object a line; places in characters, the end behind the last.
  corrections.json
      What the page of citelift extract -o review.html saves.

Labels:
  author, editor, translator, title, container-title, collection-title, date, volume, issue,
  pages, number, publisher, place, edition, genre, medium, note, doi, url, arxiv, isbn,
  accessed, citation-number, and other for words of no field

Exit status:
  0  done, however much was learned
  2  wrong usage, or input or output that failed; the model is as it was";

/// What the help of `evaluate` ends with.
pub(super) const EVALUATE: &str = "\
Examples:
  citelift evaluate gold.jsonl
      Precision, recall and F1 of every field, the share of references without a fault, and the
      five worst references with what is wrong.
  citelift evaluate gold.jsonl --model mine.model --worst 20
      The same for a model of one's own.
  citelift evaluate gold.jsonl --json --worst 0 | jq .micro.f1
      One figure, for a program.

What is read, told by the content:
  {\"id\": 1, \"text\": \"Roe, J. (2010).\", \"gold\": {\"author\": [{\"family\": \"Roe\", \"given\": \"J.\"}]}}
      A JSON object a line, `gold` an item of CSL-JSON. Where it has `fields`, a list of names,
      only these are compared.
  All that citelift train reads
      Then the labels of words are compared. A JSON line may have `gold` and `spans`.

Exit status:
  0  done, whatever the figures
  2  wrong usage, or input that failed";

/// `citelift train`.
#[derive(Debug, Args)]
pub(crate) struct Train {
    /// The labelled references; `-` or nothing means standard input
    #[arg(value_name = "LABELLED")]
    pub(crate) files: Vec<PathBuf>,

    /// The model to write
    #[arg(short, long, value_name = "MODEL")]
    pub(crate) output: PathBuf,

    /// The model to start from, in place of the one that comes with citelift
    #[arg(long, value_name = "BASE")]
    pub(crate) model: Option<PathBuf>,

    /// How often all references are gone through
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = value_parser!(u16).range(1..))]
    pub(crate) passes: u16,
}

/// `citelift evaluate`.
#[derive(Debug, Args)]
pub(crate) struct Evaluate {
    /// References whose fields or labels are known; `-` or nothing means standard input
    #[arg(value_name = "GOLD")]
    pub(crate) files: Vec<PathBuf>,

    /// A model made by citelift train, in place of the one that comes with citelift
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: Option<PathBuf>,

    /// How many of the worst references are shown
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) worst: usize,

    /// All figures as JSON
    #[arg(long)]
    pub(crate) json: bool,

    /// Titles are right too if at most a fifth of the longer one must be changed
    #[arg(long)]
    pub(crate) soft: bool,

    /// Compare the type of the work too
    #[arg(long)]
    pub(crate) types: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_label() {
        let (_, labels) = TRAIN.split_once("\nLabels:\n").unwrap();
        let named: Vec<&str> = labels.split([',', ' ', '\n']).collect();
        for label in citelift::Label::ALL {
            assert!(named.contains(&label.name()), "{}", label.name());
        }
    }
}
