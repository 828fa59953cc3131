//! `list`: every event type, and where it is in its life.

use serde::Serialize;

use super::Outcome;
use super::project::{Built, Project};
use crate::args::{Format, List};
use crate::console::Console;
use crate::coverage::Reason;
use crate::failure::Failure;
use crate::location::{Location, slashes};
use crate::report::table::Table;
use crate::report::{findings, json};
use crate::status::state::of_conflict;
use crate::status::version::{Match, Version, versions};
use crate::store::{Name, Store};

pub fn run(args: &List, console: &Console) -> Result<Outcome, Failure> {
    let Built {
        found,
        store,
        coverage,
        ..
    } = Project::load(&args.selection, console)?.build(console)?;
    coverage.mention(console);
    let versions = versions(&found.catalogue, &store, &coverage);
    let unbuilt = coverage
        .elsewhere()
        .map(|(name, reason)| Item::unbuilt(name, reason, &store));
    let mut items: Vec<_> = versions.iter().map(Item::new).chain(unbuilt).collect();
    items.sort_by_key(|item| (item.action, item.version));
    let conflicts: Vec<_> = found.catalogue.conflicts.iter().map(of_conflict).collect();
    for conflict in &conflicts {
        console.warn(&conflict.message);
    }
    let text = match args.output.format {
        Format::Text => table(&items),
        Format::Json => json::pretty(&items)?,
    };
    if !conflicts.is_empty() {
        console.progress(findings::count(conflicts.len()));
    }
    Ok(Outcome::with_findings(text, conflicts.len()))
}

fn table(items: &[Item<'_>]) -> String {
    let mut table = Table::new(&["action", "version", "state", "keys", "package", "source"]);
    for item in items {
        let state = if item.stale {
            format!("{} (stale)", item.state)
        } else {
            item.state.into()
        };
        let keys = item.keys.map(|keys| keys.to_string()).unwrap_or_default();
        let source = Location {
            file: item.file.map(slashes),
            line: item.line.filter(|line| *line > 0),
            column: None,
        };
        let package = item.package.unwrap_or_default().to_owned();
        table.row(vec![
            item.action.into(),
            item.version.to_string(),
            state,
            keys,
            package,
            source.to_string(),
        ]);
    }
    table.render()
}

/// Whether what is committed or registered isn't what the code renders.
fn is_stale(version: &Version<'_>) -> bool {
    version.entry.is_some() && (version.body == Match::Differs || version.breaks_registration())
}

/// A version, as JSON.
#[derive(Default, Serialize)]
struct Item<'a> {
    action: &'a str,
    version: u32,
    state: &'static str,
    stale: bool,
    registered_in: Vec<&'a str>,
    sha256: Option<&'a str>,
    keys: Option<usize>,
    package: Option<&'a str>,
    package_version: Option<&'a str>,
    #[serde(rename = "type")]
    rust_name: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<u32>,
}

impl<'a> Item<'a> {
    fn new(version: &'a Version<'a>) -> Self {
        let event = version.entry.map(|entry| &entry.event);
        Self {
            action: version.action,
            version: version.number,
            state: version.state().name(),
            stale: is_stale(version),
            registered_in: version.registered_in.clone(),
            sha256: version.entry.map(|entry| entry.sha256.as_str()),
            keys: version.entry.map(|entry| entry.body.keys()),
            package: event.map(|event| event.package.as_str()),
            package_version: event.map(|event| event.package_version.as_str()),
            rust_name: event.map(|event| event.rust_name.as_str()),
            file: event.map(|event| event.source.file.as_str()),
            line: event.map(|event| event.source.line),
        }
    }

    /// A version that the folder has and another configuration may declare.
    fn unbuilt((action, version): &'a Name, reason: &'a Reason, store: &'a Store) -> Self {
        let place = if let Reason::Source { file, line } = reason {
            Some((file.as_str(), *line))
        } else {
            None
        };
        Self {
            action,
            version: *version,
            state: "unbuilt",
            registered_in: store
                .registered(action, *version)
                .map(|(environment, _)| environment)
                .collect(),
            file: place.map(|(file, _)| file),
            line: place.and_then(|(_, line)| u32::try_from(line).ok()),
            ..Self::default()
        }
    }
}
