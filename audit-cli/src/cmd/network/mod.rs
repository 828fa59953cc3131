//! The commands that use the network.

mod environment;
mod plan;
mod pull;
mod push;
mod resolve;
mod serve;
mod verify;

use super::Outcome;
use crate::args::Command;
use crate::console::Console;
use crate::failure::Failure;

pub fn run(asked: &Command, console: &Console) -> Result<Outcome, Failure> {
    match asked {
        Command::Plan(registration) => plan::run(registration, console),
        Command::Push { registration, yes } => push::run(registration, *yes, console),
        Command::Pull(pull) => pull::run(pull, console),
        Command::Resolve(registration) => resolve::run(registration, console),
        Command::Verify(registration) => verify::run(registration, console),
        Command::Serve(serve) => serve::run(serve, console),
        _ => Err(Failure::new("this command doesn't use the network")),
    }
}
