//! `citelift evaluate`: references whose fields or labels are known in, figures out.
//!
//! The fields' figures are those of [`citelift::evaluate`], over the items that `parse --to
//! ndjson` gives; the labels' figures those of [`Agreement`].

use crate::args::Evaluate;
use crate::labelled::{self, File};
use crate::model;
use crate::output::Sink;
use crate::render::{Failure, Notice, Reporter, clean};
use citelift::evaluate::{Evaluation, Options};
use citelift::train::{Agreement, Labelled};
use citelift::{Label, Model, Parser, Severity, Span};
use serde_json::{Value, json};
use std::fmt;
use std::io::Write;

/// How many confusions of labels the table has.
const CONFUSIONS: usize = 10;

/// Runs the command.
pub(crate) fn run(arguments: &Evaluate, reporter: &mut Reporter) -> Result<(), Vec<Failure>> {
    let model = model::open(arguments.model.as_deref()).map_err(|failure| vec![failure])?;
    let files = labelled::files(&arguments.files, reporter)?;
    for file in &files {
        file.say_left_out(file.bare, "neither `gold` nor labels", reporter);
        if file.gold.is_empty() && !file.labelled.is_empty() {
            say_no_fields(file, reporter);
        }
    }
    if files.iter().all(|file| file.gold.is_empty() && file.labelled.is_empty()) {
        return Err(vec![
            Failure::no_references("there is no reference with `gold` or labels")
                .help("what such references look like: citelift evaluate --help"),
        ]);
    }
    reporter.flush();
    let mut options = Options::default();
    (options.soft, options.types) = (arguments.soft, arguments.types);
    let found = Found {
        evaluation: evaluation(&files, options, &model),
        labels: Labels::of(&files, &model),
        worst: arguments.worst,
    };
    let text = if arguments.json {
        format!("{:#}\n", found.json())
    } else {
        clean::lines(&found.to_string())
    };
    let mut sink = Sink::standard();
    sink.write_all(text.as_bytes())
        .and_then(|()| sink.flush())
        .map_err(|error| vec![Failure::writing(sink.name(), &error)])
}

fn say_no_fields(file: &File, reporter: &mut Reporter) {
    reporter.notify(&Notice {
        code: "input/no-fields",
        severity: Severity::Note,
        file: Some(&file.name),
        message: format!("the references of {} have labels, but no `gold`", file.name),
        assumed: Some("the table of fields is made without them".to_owned()),
        help: None,
        span: None,
    });
}

/// How the fields of all files were read; `None` where no file tells them.
fn evaluation(files: &[File], options: Options, model: &Model) -> Option<Evaluation> {
    let parser = Parser::with_model(model.clone());
    let mut evaluation = None;
    for gold in files.iter().flat_map(|file| &file.gold) {
        let read = if gold.text.trim().is_empty() {
            Value::Null
        } else {
            serde_json::to_value(parser.parse(&gold.text)).unwrap_or_default()
        };
        evaluation.get_or_insert_with(|| Evaluation::new(options)).add(gold, &read);
    }
    evaluation
}

/// What is told.
struct Found<'a> {
    evaluation: Option<Evaluation>,
    labels: Option<Labels<'a>>,
    /// How many references are shown.
    worst: usize,
}

/// How far labels agree.
struct Labels<'a> {
    agreement: Agreement,
    references: Vec<Reference<'a>>,
    model: &'a Model,
}

/// A labelled reference and where it stands.
struct Reference<'a> {
    file: &'a str,
    /// Which of the file's labelled references it is, from 1 on.
    number: usize,
    labelled: &'a Labelled,
}

impl<'a> Labels<'a> {
    fn of(files: &'a [File], model: &'a Model) -> Option<Self> {
        let references: Vec<Reference<'_>> = files
            .iter()
            .flat_map(|file| {
                (1..).zip(&file.labelled).map(|(number, labelled)| Reference {
                    file: &file.name,
                    number,
                    labelled,
                })
            })
            .collect();
        let labelled: Vec<Labelled> =
            references.iter().map(|reference| reference.labelled.clone()).collect();
        let agreement = Agreement::of(model, &labelled);
        (!references.is_empty()).then_some(Self { agreement, references, model })
    }

    /// The references with the most wrong labels, how many words of each have one, and where
    /// which label was taken for which.
    fn worst(
        &self,
        most: usize,
    ) -> impl Iterator<Item = (&Reference<'a>, usize, Vec<(Span, Label, Label)>)> {
        self.agreement.worst().into_iter().take(most).filter_map(|(index, wrong)| {
            let reference = self.references.get(index)?;
            Some((reference, wrong, Agreement::mistakes(self.model, reference.labelled)))
        })
    }
}

impl Found<'_> {
    /// All figures. Those of the fields have the names that they have in `score.py --json`.
    fn json(&self) -> Value {
        let mut all = match &self.evaluation {
            Some(evaluation) => serde_json::to_value(evaluation).unwrap_or_default(),
            None => json!({}),
        };
        if let Some(evaluation) = &self.evaluation {
            let faults = evaluation.faults();
            all["worst"] = faults
                .iter()
                .take(self.worst)
                .map(|fault| {
                    let wrong: Value = fault
                        .wrong
                        .iter()
                        .map(|wrong| {
                            json!({
                                "field": wrong.field,
                                "verdict": wrong.verdict.as_str(),
                                "gold": wrong.gold,
                                "read": wrong.read,
                            })
                        })
                        .collect();
                    json!({"id": fault.id, "text": fault.text, "wrong": wrong})
                })
                .collect();
        }
        if let Some(labels) = &self.labels {
            let share = |(right, all): (usize, usize)| json!({"right": right, "of": all});
            let worst: Value = labels
                .worst(self.worst)
                .map(|(reference, words, mistakes)| {
                    let text = reference.labelled.text();
                    let wrong: Value = mistakes
                        .iter()
                        .map(|&(span, gold, read)| {
                            json!({
                                "text": span.of(&text),
                                "gold": gold.name(),
                                "read": read.name(),
                            })
                        })
                        .collect();
                    json!({
                        "file": reference.file,
                        "reference": reference.number,
                        "text": text,
                        "words": words,
                        "wrong": wrong,
                    })
                })
                .collect();
            all["labels"] = json!({
                "words": share(labels.agreement.words()),
                "references": share(labels.agreement.references()),
                "confusions": confusions_json(&labels.agreement.confusions()),
                "worst": worst,
            });
        }
        all
    }
}

fn confusions_json(confusions: &[(Label, Label, usize)]) -> Value {
    confusions
        .iter()
        .map(
            |(gold, read, words)| json!({"gold": gold.name(), "read": read.name(), "words": words}),
        )
        .collect()
}

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(evaluation) = &self.evaluation {
            write!(f, "{evaluation}")?;
        }
        if let Some(labels) = &self.labels {
            let gap = if self.evaluation.is_some() { "\n" } else { "" };
            write!(f, "{gap}{labels}")?;
        }
        if let Some(evaluation) = &self.evaluation {
            for fault in evaluation.faults().iter().take(self.worst) {
                write!(f, "\n{fault}")?;
            }
        }
        let Some(labels) = &self.labels else { return Ok(()) };
        for (reference, words, mistakes) in labels.worst(self.worst) {
            let Reference { file, number, labelled } = reference;
            let text = labelled.text();
            let word = if words == 1 { "word" } else { "words" };
            writeln!(f, "\n{file}, reference {number}, {words} {word} wrong: {text}")?;
            for (span, gold, read) in mistakes {
                let part = span.of(&text).unwrap_or_default();
                writeln!(f, "  {}, taken for {}: {part}", gold.name(), read.name())?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Labels<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shares =
            [("words", self.agreement.words()), ("references", self.agreement.references())];
        for (what, (right, all)) in shares {
            let share = 100.0 * right as f64 / all.max(1) as f64;
            writeln!(f, "{what:17}{share:7.2} % of {all} rightly labelled")?;
        }
        let confusions = self.agreement.confusions();
        if !confusions.is_empty() {
            writeln!(f, "\n{:17}  {:17}{:>7}", "label", "taken for", "words")?;
        }
        for (gold, read, words) in confusions.iter().take(CONFUSIONS) {
            writeln!(f, "{:17}  {:17}{words:7}", gold.name(), read.name())?;
        }
        let rest: usize = confusions.iter().skip(CONFUSIONS).map(|(.., words)| words).sum();
        if rest > 0 {
            writeln!(f, "{:17}  {:17}{rest:7}", "others", "")?;
        }
        Ok(())
    }
}
