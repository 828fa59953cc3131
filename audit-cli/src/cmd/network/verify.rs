//! `verify`: whether an environment has everything that the folder or a program can emit. A gate for deployments: writes nothing.

use super::environment;
use crate::args::Registration;
use crate::cmd::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::registration::{Item, State};

pub fn run(args: &Registration, console: &Console) -> Result<Outcome, Failure> {
    let (store, plan) = environment::look(args, console)?;
    // Without registrations versions can still be resolved; otherwise a program loads the recorded ones.
    let are_recorded = store.registrations.contains_key(&args.environment);
    let is_accepted =
        |item: &Item| item.state == State::UpToDate || (item.is_adopted() && !are_recorded);
    environment::report(&plan, is_accepted, "", args, &store, console)
}
