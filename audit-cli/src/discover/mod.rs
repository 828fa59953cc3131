//! Builds, and reads the events out of what was built. That nothing was found is an error, never an empty answer.

pub mod cargo;
pub mod graph;
pub mod sections;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use cargo_metadata::PackageId;

use crate::args::Build;
use crate::catalogue::{Catalogue, Entry};
use crate::console::Console;
use crate::failure::Failure;
use graph::Graph;

/// What a build told.
pub struct Discovery {
    pub catalogue: Catalogue,
    /// What was built.
    built: HashSet<PackageId>,
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
    let entries = read(artifacts.iter().filter(|artifact| graph.uses_core(&artifact.package)))?;
    if entries.is_empty() {
        return Err(nothing(graph));
    }
    let built: HashSet<_> = artifacts.into_iter().map(|artifact| artifact.package).collect();
    for package in graph.declaring().filter(|package| built.contains(&package.id)) {
        let version = package.version.to_string();
        if !entries.iter().any(|entry| entry.event.package == *package.name && entry.event.package_version == version) {
            console.warn(&format!("package `{}` depends on audit-core and declares no events", package.name));
        }
    }
    Ok(Discovery { catalogue: Catalogue::new(entries), built })
}

impl Discovery {
    /// Whether every package was built whose events belong into the folder: only then a schema without code is an orphan.
    pub fn covers(&self, folder: &Path, graph: &Graph) -> bool {
        graph.members_of(folder).iter().all(|package| self.built.contains(&package.id))
    }
}

fn read<'a>(artifacts: impl Iterator<Item = &'a Artifact>) -> Result<Vec<Entry>, Failure> {
    let mut entries = Vec::new();
    for path in artifacts.flat_map(|artifact| &artifact.files) {
        match sections::read(path) {
            Ok(events) => {
                for event in events {
                    entries.push(Entry::new(event).map_err(|problem| Failure::at(path, problem))?);
                }
            }
            // A library that declares nothing, or a binary that names no event.
            Err(sections::Problem::Nothing(_)) => {}
            Err(problem) => return Err(problem.into_failure(path)),
        }
    }
    Ok(entries)
}

fn nothing(graph: &Graph) -> Failure {
    if graph.declaring().next().is_none() {
        return Failure::new("no package in this build depends on audit-core, so there are no events")
            .help("`cargo add audit-core`, and put `#[derive(AuditEvent)]` on a type");
    }
    Failure::new("the build holds no events, although it depends on audit-core")
        .help("put `#[derive(AuditEvent)]` on a type, or select the packages and features that declare events (`-p`, `--workspace`, `--features`)")
}
