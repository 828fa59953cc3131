//! `verify`: whether an environment has everything that the folder or a program can emit. A gate for deployments: writes nothing.

use super::environment;
use crate::args::Registration;
use crate::cmd::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::registration::findings::of_item;
use crate::registration::{Item, State};

pub fn run(args: &Registration, console: &Console) -> Result<Outcome, Failure> {
    let (store, plan) = environment::look(args, console)?;
    let site = environment::site(&store, &args.environment);
    let are_recorded = store.registrations.contains_key(&args.environment);
    let list: Vec<_> = plan
        .items
        .iter()
        .filter(|item| !is_there(item, are_recorded))
        .filter_map(|item| of_item(item, site))
        .collect();
    let summary = format!(
        "{} of {} are registered in {}",
        plan.items.len() - list.len(),
        plan.items.len(),
        args.environment
    );
    Outcome::report(
        &list,
        args.report.format,
        site.workspace,
        (None, &summary),
        console,
    )
}

/// Whether its events will be taken. Where there are no registrations, they can still be resolved; those that are there are what a program loads.
fn is_there(item: &Item, are_recorded: bool) -> bool {
    item.state == State::UpToDate || (item.is_adopted() && !are_recorded)
}
