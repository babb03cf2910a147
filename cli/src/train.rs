//! `citelift train`: labelled references in, a model out.
//!
//! What is said of the training goes to standard error; the model is written at the end, whole
//! or not at all.

use crate::args::Train;
use crate::input;
use crate::labelled::{self, File};
use crate::model;
use crate::output;
use crate::render::{Failure, Notice, Reporter};
use citelift::train::{Agreement, Source, Trainer};
use citelift::{Model, Severity};
use std::io::{IsTerminal, Write};
use std::path::Path;

/// With fewer references than this, chance decides what is learned.
const FEW: usize = 10;

/// Runs the command.
pub(crate) fn run(arguments: &Train, reporter: &mut Reporter) -> Result<(), Vec<Failure>> {
    let alone = |failure| vec![failure];
    if input::is_standard(&arguments.output) && std::io::stdout().is_terminal() {
        return Err(vec![
            Failure::usage("a model is no text for a terminal").help("-o mine.model"),
        ]);
    }
    let base = model::open(arguments.model.as_deref()).map_err(alone)?;
    let mut sink = output::file(&arguments.output).map_err(alone)?;
    let files = labelled::files(&arguments.files, reporter)?;
    for file in &files {
        let unlabelled = file.unlabelled.saturating_sub(file.unplaced);
        file.say_left_out(unlabelled, "no label", reporter);
        file.say_left_out(
            file.unplaced,
            "a value without a place in the citation, or without a label",
            reporter,
        );
    }
    let references: Vec<_> = files.iter().flat_map(|file| file.labelled.clone()).collect();
    if references.is_empty() {
        return Err(vec![
            Failure::no_references("there is no labelled reference to learn from")
                .help("what labelled references look like: citelift train --help"),
        ]);
    }
    if references.len() < FEW {
        warn_of_few(references.len(), reporter);
    }

    let before = Agreement::of(&base, &references);
    let trained = train(&base, files, arguments.passes, reporter);
    let after = Agreement::of(&trained, &references);

    let writing = |error| vec![Failure::writing(&arguments.output.display().to_string(), error)];
    sink.write_all(&trained.to_bytes()).map_err(writing)?;
    sink.persist().map_err(alone)?;
    let (_, words) = before.words();
    reporter.hint(&format!(
        "labels of the {} references ({words} words) that were learned from:\n  before: {}\n  now:    {}\n\
         for others it may be less: citelift evaluate OTHERS --model {}",
        references.len(),
        shares(&before),
        shares(&after),
        arguments.output.display(),
    ));
    Ok(())
}

fn train(base: &Model, files: Vec<File>, passes: u16, reporter: &mut Reporter) -> Model {
    let mut trainer = Trainer::starting_from(base);
    trainer.passes(usize::from(passes));
    for file in files {
        // The model's header carries the name, and the model may be given away: no folders.
        let name = Path::new(&file.name).file_name().unwrap_or_default().to_string_lossy();
        trainer.add_source(Source::of_references(name, file.labelled));
    }
    trainer.train(&mut |progress| {
        reporter.progress(&format!(
            "pass {} of {}: loss {:.3}",
            progress.pass, progress.passes, progress.loss
        ));
    })
}

fn warn_of_few(count: usize, reporter: &mut Reporter) {
    let word = if count == 1 { "reference is" } else { "references are" };
    reporter.notify(&Notice {
        code: "input/few-references",
        severity: Severity::Warning,
        file: None,
        message: format!("{count} labelled {word} few to learn from"),
        assumed: Some("trained all the same".to_owned()),
        help: Some(format!(
            "label {FEW} or more; see with others whether it got better: citelift evaluate"
        )),
        span: None,
    });
}

/// How far labels agree, in words.
fn shares(agreement: &Agreement) -> String {
    let share = |(right, all): (usize, usize)| 100.0 * right as f64 / all.max(1) as f64;
    format!(
        "{:.1} % of words right, {:.1} % of references wholly",
        share(agreement.words()),
        share(agreement.references())
    )
}
