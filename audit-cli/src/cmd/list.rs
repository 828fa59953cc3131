//! `list`: every event type, and where it is in its life.

use serde::Serialize;

use super::Outcome;
use super::project::{Built, Project};
use crate::args::{Format, List};
use crate::console::Console;
use crate::coverage::Reason;
use crate::failure::Failure;
use crate::location::{Location, slashes};
use crate::report::findings;
use crate::report::json::{Declaration, pretty};
use crate::report::table::Table;
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
    let text = match args.format {
        Format::Text => table(&items),
        Format::Json => pretty(&items)?,
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
        let declaration = &item.declaration;
        let source = Location {
            file: declaration.file.map(slashes),
            line: declaration.line.filter(|line| *line > 0),
            column: None,
        };
        let keys = declaration.keys.map(|keys| keys.to_string());
        table.row([
            item.action.into(),
            item.version.to_string(),
            state,
            keys.unwrap_or_default(),
            declaration.package.unwrap_or_default().into(),
            source.to_string(),
        ]);
    }
    table.render()
}

/// A version, as JSON.
#[derive(Serialize)]
struct Item<'a> {
    action: &'a str,
    version: u32,
    state: &'static str,
    /// Whether what is committed or registered isn't what the code renders.
    stale: bool,
    registered_in: Vec<&'a str>,
    #[serde(flatten)]
    declaration: Declaration<'a>,
}

impl<'a> Item<'a> {
    fn new(version: &'a Version<'a>) -> Self {
        Self {
            action: version.action,
            version: version.number,
            state: version.state().name(),
            stale: version.entry.is_some()
                && (version.body == Match::Differs || version.breaks_registration()),
            registered_in: version.registered_in.clone(),
            declaration: version.entry.map(Declaration::of).unwrap_or_default(),
        }
    }

    /// A version that the folder has and another configuration may declare.
    fn unbuilt((action, version): &'a Name, reason: &'a Reason, store: &'a Store) -> Self {
        let mut declaration = Declaration::default();
        if let Reason::Source { file, line } = reason {
            declaration.file = Some(file);
            declaration.line = u32::try_from(*line).ok();
        }
        Self {
            action,
            version: *version,
            state: "unbuilt",
            registered_in: store
                .registered(action, *version)
                .map(|(environment, _)| environment)
                .collect(),
            stale: false,
            declaration,
        }
    }
}
