//! Builds, and reads the events out of what was built. That nothing was found is an error, never an empty answer.

pub mod cargo;
pub mod graph;
pub mod sections;

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use audit_core::schema::record::read::{Event, Source};
use cargo_metadata::PackageId;

use crate::args::Build;
use crate::catalogue::{Catalogue, Entry};
use crate::console::Console;
use crate::failure::Failure;
use crate::parallel;
use graph::Graph;

/// What a build told.
pub struct Discovery {
    pub catalogue: Catalogue,
    /// Every declaration, also those that the catalogue merges or keeps apart as a conflict. Sorted.
    pub declared: Vec<Declared>,
    /// What was built.
    built: HashSet<PackageId>,
}

/// An event type in the source, with its body's identity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Declared {
    pub action: String,
    pub version: u32,
    pub package: String,
    pub package_version: String,
    /// As the compiler names it.
    pub file: String,
    /// Where the type's name stands; 0 where it isn't known.
    pub line: u32,
    pub rust_name: String,
    pub sha256: String,
}

/// What one package's build left.
pub struct Artifact {
    pub package: PackageId,
    pub files: Vec<PathBuf>,
}

/// Builds the selection and reads it.
pub fn discover(selection: &Build, graph: &Graph, console: &Console) -> Result<Discovery, Failure> {
    console.progress("building, to read the schemas out of the artifacts");
    let artifacts = cargo::build(selection, graph, console)?;
    let files: Vec<_> =
        artifacts.iter().filter(|artifact| graph.uses_core(&artifact.package)).flat_map(|artifact| &artifact.files).collect();
    let entries = read(&files, console)?;
    if entries.is_empty() {
        return Err(nothing(graph));
    }
    let built: HashSet<_> = artifacts.into_iter().map(|artifact| artifact.package).collect();
    let with_events: HashSet<_> = entries.iter().map(|Entry { event, .. }| (&*event.package, &*event.package_version)).collect();
    for package in graph.declaring().filter(|package| built.contains(&package.id)) {
        if !with_events.contains(&(package.name.as_str(), package.version.to_string().as_str())) {
            console.warn(&format!("package `{}` depends on audit-core and declares no events", package.name));
        }
    }
    let declared: BTreeSet<_> = entries.iter().map(Declared::new).collect();
    Ok(Discovery { catalogue: Catalogue::new(entries), declared: declared.into_iter().collect(), built })
}

impl Discovery {
    /// Whether every package was built whose events belong into the folder: only then a schema without code is an orphan.
    pub fn covers(&self, folder: &Path, graph: &Graph) -> bool {
        graph.members_of(folder).iter().all(|package| self.built.contains(&package.id))
    }
}

impl Declared {
    pub fn new(Entry { event, sha256, .. }: &Entry) -> Self {
        let Event { action, version, rust_name, source: Source { file, line }, package, package_version, .. } = event;
        Self {
            action: action.clone(),
            version: *version,
            package: package.clone(),
            package_version: package_version.clone(),
            file: file.clone(),
            line: *line,
            rust_name: rust_name.clone(),
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

fn read_file(path: &Path) -> Result<Vec<Entry>, Failure> {
    match sections::read(path) {
        Ok(events) => events.into_iter().map(|event| Entry::new(event).map_err(|problem| Failure::at(path, problem))).collect(),
        // A library that declares nothing, or a binary that names no event.
        Err(sections::Problem::Nothing(_)) => Ok(Vec::new()),
        Err(problem) => Err(problem.into_failure(path)),
    }
}

fn nothing(graph: &Graph) -> Failure {
    if graph.declaring().next().is_none() {
        return Failure::new("no package in this build depends on audit-core, so there are no events")
            .help("`cargo add audit-core`, and put `#[derive(AuditEvent)]` on a type");
    }
    Failure::new("the build holds no events, although it depends on audit-core")
        .help("put `#[derive(AuditEvent)]` on a type, or select the packages and features that declare events (`-p`, `--workspace`, `--features`)")
}
