//! Findings about a version's life: where code, folder and registrations don't agree.

use std::path::Path;

use super::{Code, Finding, Location, code, from, sort};
use crate::catalogue::{Catalogue, Conflict, Entry, location, source};
use crate::life::{Match, State, Version};
use crate::store::{Store, index};

const EXPORT: &str = "run `cargo audit-schema export`";

/// The folder, and from where its files are named.
#[derive(Clone, Copy, Debug)]
pub struct Folder<'a> {
    pub store: &'a Store,
    pub workspace: &'a Path,
}

impl Folder<'_> {
    /// A file in it, from the workspace.
    pub fn location(&self, path: &Path) -> Location {
        Location { file: Some(from(self.workspace, path)), ..Location::default() }
    }
}

/// Everything that is wrong with the versions and their names.
pub fn all(catalogue: &Catalogue, versions: &[Version<'_>], folder: Folder<'_>) -> Vec<Finding> {
    let conflicts = catalogue.conflicts.iter().map(of_conflict);
    let mut findings: Vec<_> = conflicts.chain(versions.iter().filter_map(|version| of_version(version, folder))).collect();
    sort(&mut findings);
    findings
}

/// What is wrong with a version; its body first: `event.json` is derived from it.
pub fn of_version(version: &Version<'_>, folder: Folder<'_>) -> Option<Finding> {
    if version.breaks_registration() {
        return Some(registered(version));
    }
    match (version.state(), version.body, version.event) {
        (State::Retired, _, _) | (_, Match::Same, Match::Same) => None,
        (State::Orphaned, _, _) => Some(orphaned(version, folder)),
        (_, Match::Absent, _) => Some(finding(version, code::MISSING, "isn't exported", EXPORT)),
        (_, Match::Differs, _) => Some(stale(version, folder.store)),
        (_, Match::Same, event) => Some(event_schema(version, event, folder.store)),
    }
}

/// Names every place.
pub fn of_conflict(conflict: &Conflict) -> Finding {
    let Conflict { action, version, places } = conflict;
    let places_text: Vec<_> =
        places.iter().map(|place| format!("{} (package `{}`)", source(&place.source), place.package)).collect();
    let message = format!("{action} version {version} has {} different schemas: {}", places.len(), places_text.join(", "));
    let first = places.first();
    Finding {
        package: first.map(|place| place.package.clone()),
        ..Finding::new(code::CONFLICT, message, "give one of them another action or version")
            .about(action, *version)
            .at(first.map(|place| location(&place.source)).unwrap_or_default())
    }
}

pub fn of_index(folder: Folder<'_>) -> Finding {
    let path = folder.store.root().join(index::FILE);
    let message = format!("{} doesn't list the schemas that are there", path.display());
    Finding::new(code::INDEX, message, EXPORT).at(folder.location(&path))
}

fn finding(version: &Version<'_>, code: Code, what: &str, help: &str) -> Finding {
    let place = version.entry.map(Entry::place);
    let at = place.as_ref().map(|place| format!(" ({})", source(&place.source))).unwrap_or_default();
    let message = format!("{} version {} {what}{at}", version.action, version.number);
    Finding {
        package: place.as_ref().map(|place| place.package.clone()),
        ..Finding::new(code, message, help)
            .about(version.action, version.number)
            .at(place.as_ref().map(|place| location(&place.source)).unwrap_or_default())
    }
}

fn event_schema(version: &Version<'_>, event: Match, store: &Store) -> Finding {
    let path = store.event_path(version.action, version.number);
    let what = if event == Match::Absent { "is missing" } else { "isn't what the code renders" };
    finding(version, code::EVENT, &format!("has no current event schema: {} {what}", path.display()), EXPORT)
}

fn stale(version: &Version<'_>, store: &Store) -> Finding {
    let path = store.body_path(version.action, version.number);
    let what = format!("isn't what {} holds", path.display());
    let help =
        "`cargo audit-schema export --update` rewrites it, as it is registered nowhere; or raise `version` and export the new one";
    finding(version, code::STALE, &what, help)
}

fn registered(version: &Version<'_>) -> Finding {
    let (what, help) = if version.differs_in.is_empty() {
        let what = format!("was changed in the folder, although it is registered in {}", version.registered_in.join(", "));
        (what, "take the file back from version control: the code still renders what is registered")
    } else {
        let what = format!("isn't what is registered in {}", version.differs_in.join(", "));
        (what, "a registered version never changes: `cargo audit-schema bump` raises `version`, then export the new one")
    };
    finding(version, code::REGISTERED, &what, help)
}

fn orphaned(version: &Version<'_>, folder: Folder<'_>) -> Finding {
    let store = folder.store;
    let what =
        format!("is declared by no code and registered nowhere, but has files in {}", store.root().join(version.action).display());
    finding(version, code::ORPHANED, &what, "`cargo audit-schema export --prune` removes them")
        .at(folder.location(&store.body_path(version.action, version.number)))
}
