//! `list`: every event type, and where it is in its life.

use serde::Serialize;

use super::Outcome;
use super::project::Project;
use crate::args::{Build, Folder, Format};
use crate::catalogue::source;
use crate::console::Console;
use crate::coverage::Coverage;
use crate::discover;
use crate::failure::Failure;
use crate::finding::life::of_conflict;
use crate::life::{self, Match, Version};
use crate::report::table::Table;
use crate::report::{findings, json};
use crate::store::Store;

pub fn run(build: &Build, folder: &Folder, format: Format, console: &Console) -> Result<Outcome, Failure> {
    let project = Project::load(build, folder, console)?;
    let Project { graph, build, root } = &project;
    // Without a folder everything is a draft.
    let open = || Ok(root.as_deref().map(Store::open).transpose()?.unwrap_or_default());
    let (artifacts, store) = discover::build(build, graph, console, open)?;
    let found = artifacts.read(build, graph, console)?;
    let whole = artifacts.covers(store.root(), build, graph);
    let coverage = Coverage::of_folder(whole, &found, graph, &store);
    coverage.mention(console);
    let versions = life::versions(&found.catalogue, &store, &coverage);
    let conflicts: Vec<_> = found.catalogue.conflicts.iter().map(of_conflict).collect();
    for conflict in &conflicts {
        console.warn(&conflict.message);
    }
    let text = match format {
        Format::Text => table(&versions),
        Format::Json => json::array(&versions.iter().map(Item::new).collect::<Vec<_>>())?,
    };
    if !conflicts.is_empty() {
        console.progress(findings::count(conflicts.len()));
    }
    Ok(Outcome::with_findings(text, conflicts.len()))
}

fn table(versions: &[Version<'_>]) -> String {
    let mut table = Table::new(&["action", "version", "state", "keys", "package", "source"]);
    for version in versions {
        let of_entry =
            version.entry.map(|entry| [entry.body.keys().to_string(), entry.event.package.clone(), source(&entry.event.source)]);
        let state = if is_stale(version) { format!("{} (stale)", version.state().name()) } else { version.state().name().into() };
        let mut cells = vec![version.action.to_owned(), version.number.to_string(), state];
        cells.extend(of_entry.unwrap_or_default());
        table.row(cells);
    }
    table.render()
}

/// Whether what is committed or registered isn't what the code renders.
fn is_stale(version: &Version<'_>) -> bool {
    version.entry.is_some() && (version.body == Match::Differs || version.breaks_registration())
}

/// What programs get of a version.
#[derive(Serialize)]
struct Item<'a> {
    action: &'a str,
    version: u32,
    state: &'static str,
    stale: bool,
    registered_in: &'a [&'a str],
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
            registered_in: &version.registered_in,
            sha256: version.entry.map(|entry| entry.sha256.as_str()),
            keys: version.entry.map(|entry| entry.body.keys()),
            package: event.map(|event| event.package.as_str()),
            package_version: event.map(|event| event.package_version.as_str()),
            rust_name: event.map(|event| event.rust_name.as_str()),
            file: event.map(|event| event.source.file.as_str()),
            line: event.map(|event| event.source.line),
        }
    }
}
