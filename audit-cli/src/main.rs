//! `cargo audit-schema`: turns a command's outcome into output and an exit status. Nothing else exits.

mod args;
mod atomic;
mod baseline;
mod body;
mod bump;
mod catalogue;
mod cmd;
mod config;
mod console;
mod coverage;
mod diff;
mod discover;
mod event_schema;
mod failure;
mod finding;
mod import;
mod json;
mod lint;
mod location;
mod names;
mod parallel;
mod prose;
mod registration;
mod remote;
mod render;
mod report;
mod status;
mod store;
mod suggest;
#[cfg(test)]
mod testing;
mod text;
mod toml_reader;

use std::process::ExitCode;

use crate::args::Args;
use crate::console::Console;

fn main() -> ExitCode {
    let args = Args::from_command_line();
    let console = Console::new(args.color, args.quiet);
    match cmd::run(&args, &console) {
        Ok(outcome) => match console.print(&outcome.text) {
            Ok(()) => outcome.status.into(),
            Err(failure) => console.failed(&failure),
        },
        Err(failure) => console.failed(&failure),
    }
}
