//! The `citelift` command: reads arguments, runs what they ask for, gives the exit status.
//!
//! Exit status: 0 done, doubts included; 1 something in the input could not be carried into the
//! output, or a check found something; 2 wrong usage, or input or output that failed. Standard output carries data alone;
//! everything said to a person goes through [`render`] to standard error.

mod args;
mod check;
mod citations;
mod convert;
mod corrections;
mod distinct;
mod duplicates;
mod evaluate;
mod explain;
mod extract;
mod format;
mod input;
mod jobs;
mod labelled;
mod manual;
mod model;
mod output;
mod parse;
mod poppler;
mod records;
mod render;
mod review;
mod seen;
mod source;
mod train;

use args::{Arguments, Command};
use clap::{CommandFactory, FromArgMatches};
use render::{Failure, Reporter};
use std::process::ExitCode;

fn main() -> ExitCode {
    let matches = match Arguments::command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return usage(&error),
    };
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let mut reporter = Reporter::new(arguments.message_format, arguments.quiet);
    let mut untidy = false;
    let done = match &arguments.command {
        Command::Extract(extract) => {
            let order = args::order_of_outputs(&matches);
            extract::run(extract, &order, &mut reporter)
        }
        Command::Parse(parse) => {
            let order = args::order_of_outputs(&matches);
            parse::run(parse, &order, &mut reporter)
        }
        Command::Convert(convert) => {
            let order = args::order_of_outputs(&matches);
            convert::run(convert, &order, &mut reporter)
        }
        Command::Check(check) => check::run(check, &mut reporter),
        Command::Format(format) => format::run(format, &mut reporter).map(|found| untidy = found),
        Command::Train(train) => train::run(train, &mut reporter),
        Command::Evaluate(evaluate) => evaluate::run(evaluate, &mut reporter),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { page } => manual::page(page.as_deref()),
    };
    let status = match done {
        Ok(()) => u8::from(untidy || reporter.something_lost()),
        Err(failures) => {
            for failure in &failures {
                reporter.fail(failure);
            }
            Failure::STATUS
        }
    };
    reporter.flush();
    ExitCode::from(status)
}

/// Prints what clap has to say, help and version on standard output, else on standard error; a
/// closed pipe is no trouble.
fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Failure::STATUS))
}
