//! Builds, and reads the events out of what was built.

mod cargo;
mod command;
pub mod graph;
pub mod sections;

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use audit_core::schema::record::read::Event;
use cargo_metadata::PackageId;

use crate::args::Build;
use crate::catalogue::{Catalogue, Entry};
use crate::console::Console;
use crate::failure::Failure;
use crate::parallel;
use graph::{Graph, Kind, Package};
use sections::Problem;

/// Event types of a build.
pub struct Discovery {
    pub catalogue: Catalogue,
    /// Every declaration, also those that the catalogue merges or keeps apart as a conflict. Sorted.
    pub declared: Vec<Declared>,
}

impl Discovery {
    pub fn is_empty(&self) -> bool {
        self.declared.is_empty()
    }
}

/// An event type in the source, with its body's identity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Declared {
    pub action: String,
    pub version: u32,
    pub package: String,
    pub package_version: String,
    /// Path from the compiler.
    pub file: String,
    /// Line of the type's name; 0 if unknown.
    pub line: u32,
    pub rust_name: String,
    pub sha256: String,
}

/// Output files of a package.
pub struct Artifact {
    pub package: PackageId,
    pub files: Vec<PathBuf>,
}

/// Output files of a build, not yet read.
#[derive(Default)]
pub struct Artifacts(Vec<Artifact>);

/// Builds the selection. `meanwhile` is what else there is to do, and nothing that hangs on the build.
pub fn build<T: Send>(
    selection: &Build,
    graph: &Graph,
    console: &Console,
    meanwhile: impl FnOnce() -> Result<T, Failure> + Send,
) -> Result<(Artifacts, T), Failure> {
    console.progress("building, to read the schemas out of the artifacts");
    cargo::build(selection, graph, console, meanwhile)
}

impl Artifacts {
    /// Whether every package was built whose events belong into the folder: only then a schema without code is an orphan. What was selected
    /// and left nothing to read (a procedural macro, a package of tests) has no events in any build. A folder outside of the workspace may be
    /// another one's.
    pub fn covers(&self, folder: &Path, selection: &Build, graph: &Graph) -> bool {
        let selected = graph
            .selected(selection)
            .into_iter()
            .map(|package| &package.id);
        let packages = self.0.iter().map(|artifact| &artifact.package);
        let built: HashSet<_> = packages.chain(selected).collect();
        graph.is_around(folder)
            && graph
                .members_of(folder)
                .iter()
                .all(|package| built.contains(&package.id))
    }

    /// The artifacts that can hold records.
    pub fn files(&self, graph: &Graph) -> Vec<&PathBuf> {
        let users = graph.users();
        let may_hold = |artifact: &&Artifact| {
            users
                .as_ref()
                .is_none_or(|users| users.contains(&artifact.package))
        };
        self.0
            .iter()
            .filter(may_hold)
            .flat_map(|artifact| &artifact.files)
            .collect()
    }

    /// What is empty may be an error: [`nothing`].
    pub fn read(
        &self,
        selection: &Build,
        graph: &Graph,
        console: &Console,
    ) -> Result<Discovery, Failure> {
        let entries = read(&self.files(graph), console)?;
        if !entries.is_empty() {
            warn_of_unreadable(selection, graph, console);
        }
        let declared: BTreeSet<_> = entries.iter().map(Declared::new).collect();
        Ok(Discovery {
            catalogue: Catalogue::new(entries),
            declared: declared.into_iter().collect(),
        })
    }
}

impl Declared {
    pub fn new(Entry { event, sha256, .. }: &Entry) -> Self {
        Self {
            action: event.action.clone(),
            version: event.version,
            package: event.package.clone(),
            package_version: event.package_version.clone(),
            file: event.source.file.clone(),
            line: event.source.line,
            rust_name: event.rust_name.clone(),
            sha256: sha256.clone(),
        }
    }
}

fn read(files: &[&PathBuf], console: &Console) -> Result<Vec<Entry>, Failure> {
    let bar = console.bar("reading", files.len());
    let read = parallel::map(files, |path| read_file(path), |done| bar.at(done));
    drop(bar);
    let mut entries = Vec::new();
    for found in read {
        entries.extend(found?);
    }
    Ok(entries)
}

/// The event types of a file, at least one.
pub fn events_in(path: &Path) -> Result<Vec<Entry>, Failure> {
    entries(path, sections::read(path))
}

fn entries(path: &Path, read: Result<Vec<Event>, Problem>) -> Result<Vec<Entry>, Failure> {
    let events = read.map_err(|problem| problem.into_failure(path))?;
    let entry = |event| Entry::new(event).map_err(|problem| Failure::at(path, problem));
    events.into_iter().map(entry).collect()
}

fn read_file(path: &Path) -> Result<Vec<Entry>, Failure> {
    match sections::read(path) {
        // A library that declares nothing, or a binary that names no event.
        Err(Problem::Nothing(_)) => Ok(Vec::new()),
        read => entries(path, read),
    }
}

/// Names packages that were selected for events that no build leaves records of.
pub fn warn_of_unreadable(selection: &Build, graph: &Graph, console: &Console) {
    let is_meant = |package: &&Package| {
        selection.names(&package.name) || package.declares() && package.kind == Kind::Macro
    };
    for package in unreadable(selection, graph).filter(is_meant) {
        console.warn(&format!(
            "{}, so no events of it can be read",
            package.sentence()
        ));
    }
}

/// Selected packages that ask for the derives and that no build leaves records of.
fn unreadable<'g>(selection: &Build, graph: &'g Graph) -> impl Iterator<Item = &'g Package> {
    let selected = graph.selected(selection).into_iter();
    selected.filter(|package| package.may_declare() && package.kind != Kind::Linked)
}

/// Failure for a build without events.
pub fn nothing(selection: &Build, graph: &Graph) -> Failure {
    let reasons: Vec<_> = unreadable(selection, graph)
        .map(Package::sentence)
        .collect();
    if !reasons.is_empty() {
        return Failure::new(format!(
            "no readable audit events in the build output: {}",
            reasons.join(", ")
        ))
        .help("move the event types to a library or a program");
    }
    if graph.is_without_core() {
        return Failure::new("no package in this build depends on audit-core").help(
            "run `cargo add audit-core`, or activate the feature that depends on it (`--features`, or `features` in audit.toml)",
        );
    }
    Failure::new("no audit events found in the build output")
        .help("put `#[derive(AuditEvent)]` on a type, or select the packages and features that declare events (`-p`, `--workspace`, `--features`)")
}
