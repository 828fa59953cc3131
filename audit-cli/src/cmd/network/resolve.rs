//! `resolve`: the registrations, from GETs alone, for pipelines that don't commit them.

use super::environment;
use crate::args::Registration;
use crate::cmd::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::registration::findings::of_item;
use crate::registration::{self, Item, Recorder, State};
use crate::remote::{Remote, block_on};

pub fn run(args: &Registration, console: &Console) -> Result<Outcome, Failure> {
    let (store, _lock) = environment::open(&args.access)?.locked(console)?;
    let named = environment::named(&store, &args.environment)?;
    let needs = environment::needs(&store, args, console)?;
    let remote = Remote::open(named, args.access.timeout(), console)?;
    let mut recorder = Recorder::new(&store, &named.name);
    let plan = block_on(environment::plan(&remote, &needs, &store, &recorder, args))?;
    record_found(&plan.items, &mut recorder)?;
    let site = environment::site(&store, &named.name);
    let missing: Vec<_> = plan.items.iter().filter(|item| !is_found(item)).collect();
    let list: Vec<_> = missing
        .iter()
        .filter_map(|item| of_item(item, site))
        .collect();
    let found = plan.items.len() - missing.len();
    let summary = format!(
        "{found} of {} are registered in {}: {}",
        plan.items.len(),
        named.name,
        recorder.path().display()
    );
    Outcome::report(
        &list,
        args.report.format,
        site.workspace,
        (None, &summary),
        console,
    )
}

/// Records the versions found in the environment; writes only changes.
pub fn record_found(items: &[Item], recorder: &mut Recorder) -> Result<(), Failure> {
    let mut news = false;
    for item in items.iter().filter(|item| is_found(item)) {
        let Some(server) = item.server else { continue };
        let is_news = recorder.record(
            &item.action,
            item.version,
            registration::Registration {
                server,
                sha256: item.sha256.clone(),
            },
        );
        news |= is_news;
    }
    if news || !recorder.path().exists() {
        recorder.write()?;
    }
    Ok(())
}

fn is_found(item: &Item) -> bool {
    item.state == State::UpToDate || item.is_adopted()
}
