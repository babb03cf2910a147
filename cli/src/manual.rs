//! Completions and manual pages, made from the definition in [`crate::args`].

use crate::args::Arguments;
use crate::output::Sink;
use crate::render::Failure;
use clap::CommandFactory;
use std::io::Write;

/// Writes a completion script to standard output.
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<(), Vec<Failure>> {
    // Into memory first: clap_complete panics where a pipe closes.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "citelift", &mut script);
    to_standard_output(&script)
}

/// Writes the manual page of the whole, or of one command, to standard output.
pub(crate) fn page(command: Option<&str>) -> Result<(), Vec<Failure>> {
    let mut whole = Arguments::command();
    // Gives the commands their global options and their full names.
    whole.build();
    let about = match command {
        None => Some(&whole),
        Some(name) => whole.find_subcommand(name),
    };
    let mut page = Vec::new();
    if let Some(about) = about {
        let name = command.map_or("citelift".to_owned(), |name| format!("citelift-{name}"));
        clap_mangen::Man::new(about.clone())
            .title(name)
            .render(&mut page)
            .map_err(|error| vec![Failure::writing("standard output", &error)])?;
    }
    to_standard_output(&page)
}

fn to_standard_output(text: &[u8]) -> Result<(), Vec<Failure>> {
    let mut sink = Sink::standard();
    sink.write_all(text)
        .and_then(|()| sink.flush())
        .map_err(|error| vec![Failure::writing("standard output", &error)])
}
