//! `resolve`: the registrations, from GETs alone, for pipelines that don't commit them.

use super::environment::{self, Session};
use crate::args::Registration;
use crate::cmd::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::registration::{self, Item, Recorder, State};
use crate::remote::block_on;

pub fn run(args: &Registration, console: &Console) -> Result<Outcome, Failure> {
    let (store, _lock) = environment::open(&args.access)?.locked(console)?;
    let mut session = Session::open(&store, args, console)?;
    let plan = block_on(session.plan())?;
    record_found(&plan.items, &mut session.recorder)?;
    let end = format!(": {}", session.recorder.path().display());
    environment::report(&plan, is_found, &end, args, &store, console)
}

/// Records the versions found in the environment; writes only changes.
pub fn record_found(items: &[Item], recorder: &mut Recorder) -> Result<(), Failure> {
    let mut is_current = recorder.path().exists();
    for item in items.iter().filter(|item| is_found(item)) {
        if let Some(server) = item.server {
            let sha256 = item.sha256.clone();
            let registration = registration::Registration { server, sha256 };
            is_current &= !recorder.record(&item.action, item.version, registration);
        }
    }
    if is_current { Ok(()) } else { recorder.write() }
}

fn is_found(item: &Item) -> bool {
    item.state == State::UpToDate || item.is_adopted()
}
