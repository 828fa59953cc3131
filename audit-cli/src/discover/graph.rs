//! Which packages can hold events: those that depend on `audit-core`, under whatever name.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Node, Package, PackageId};

use super::cargo::{command, could_not_run};
use crate::args::{Build, Manifest};
use crate::console::Console;
use crate::failure::Failure;
use crate::store;

const CORE: &str = "audit-core";

/// The packages of a build and who depends on whom.
pub struct Graph {
    metadata: Metadata,
    /// Depend on `audit-core`, directly or not.
    users: HashSet<PackageId>,
    /// Ask for its derives, always.
    declaring: HashSet<PackageId>,
    /// Those, and whoever can reach the derives through them.
    may_declare: HashSet<PackageId>,
}

impl Graph {
    /// Asks cargo, which says itself what is wrong with a manifest.
    pub fn load(build: &Build, console: &Console) -> Result<Self, Failure> {
        let mut ask = MetadataCommand::new();
        if let Some(path) = &build.manifest.manifest_path {
            ask.manifest_path(path);
        }
        let features = build.features.iter().map(|features| format!("--features={features}"));
        let flags = [(build.all_features, "--all-features"), (build.no_default_features, "--no-default-features")];
        let flags = flags.into_iter().filter(|(on, _)| *on).map(|(_, flag)| flag.to_owned());
        ask.other_options(features.chain(flags).collect::<Vec<_>>());
        let metadata = run(&ask, console)?;
        let nodes = metadata.resolve.as_ref().map(|resolve| resolve.nodes.as_slice()).unwrap_or_default();
        let core = metadata.packages.iter().filter(|package| *package.name == CORE).map(|package| package.id.clone()).collect();
        let users = dependents(nodes, &core);
        let direct: HashSet<_> = nodes.iter().filter(|node| depends(node, &core)).map(|node| &node.id).collect();
        let declaring = metadata.packages.iter().filter(|package| direct.contains(&package.id) && derives(package));
        let declaring: HashSet<_> = declaring.map(|package| package.id.clone()).collect();
        let may_declare = dependents(nodes, &declaring).union(&declaring).cloned().collect();
        Ok(Self { metadata, users, declaring, may_declare })
    }

    /// Where this run builds, apart from the user's own builds.
    pub fn target_folder(&self) -> PathBuf {
        self.metadata.target_directory.join("audit-schema").into()
    }

    /// Where builds write, this one's and the user's own.
    pub fn build_folder(&self) -> &Path {
        self.metadata.target_directory.as_std_path()
    }

    /// Whether a package comes from a folder, not from a registry or a repository.
    pub fn is_local(&self, name: &str, version: &str) -> bool {
        let mut packages = self.metadata.packages.iter();
        packages.any(|package| *package.name == name && package.source.is_none() && package.version.to_string() == version)
    }

    pub fn uses_core(&self, package: &PackageId) -> bool {
        self.users.contains(package)
    }

    /// Packages that ask for the derives.
    pub fn declaring(&self) -> impl Iterator<Item = &Package> {
        self.metadata.packages.iter().filter(|package| self.declaring.contains(&package.id))
    }

    /// Packages of the workspace whose events belong into the folder. Where it is nobody's (`--schemas`) it is everybody's.
    pub fn members_of(&self, folder: &Path) -> Vec<&Package> {
        let members = self.metadata.workspace_packages().into_iter().filter(|package| self.may_declare.contains(&package.id));
        let members: Vec<_> = members.map(|package| (package, package_folder(package).and_then(store::locate))).collect();
        let here = folder.canonicalize().ok();
        let is_here = |found: &Option<PathBuf>| found.as_ref().and_then(|found| found.canonicalize().ok()) == here;
        let owned = members.iter().any(|(_, found)| found.is_some() && is_here(found));
        let belongs = members.into_iter().filter(|(_, found)| !owned || found.is_none() || is_here(found));
        belongs.map(|(package, _)| package).collect()
    }

    /// The folders of the packages that `build` selects; of those only that may declare events, if there are any.
    pub fn selected_folders(&self, build: &Build) -> Vec<&Path> {
        let selected = self.selected(build);
        let declaring: Vec<_> = selected.iter().copied().filter(|package| self.may_declare.contains(&package.id)).collect();
        let packages = if declaring.is_empty() { selected } else { declaring };
        packages.into_iter().filter_map(package_folder).collect()
    }

    /// As cargo selects: by name, the whole workspace, the package around here, or the default members.
    fn selected(&self, build: &Build) -> Vec<&Package> {
        let members = self.metadata.workspace_packages();
        if build.workspace {
            return members;
        }
        if !build.packages.is_empty() {
            let named = |package: &&Package| build.packages.iter().any(|spec| names(spec, package));
            return members.into_iter().filter(named).collect();
        }
        let root_manifest = self.metadata.workspace_root.join("Cargo.toml");
        match self.metadata.root_package() {
            Some(package) if package.manifest_path != root_manifest => vec![package],
            _ => self.metadata.workspace_default_packages(),
        }
    }

    pub fn workspace_root(&self) -> &Path {
        self.metadata.workspace_root.as_std_path()
    }
}

fn package_folder(package: &Package) -> Option<&Path> {
    package.manifest_path.as_std_path().parent()
}

/// The workspace's root folder.
pub fn workspace_root(manifest: &Manifest, console: &Console) -> Result<PathBuf, Failure> {
    let mut ask = MetadataCommand::new();
    if let Some(path) = &manifest.manifest_path {
        ask.manifest_path(path);
    }
    ask.no_deps();
    Ok(run(&ask, console)?.workspace_root.into())
}

fn run(ask: &MetadataCommand, console: &Console) -> Result<Metadata, Failure> {
    let mut cargo = command();
    cargo.args(ask.cargo_command().get_args()).args(["--color", console.color()]).stderr(std::process::Stdio::inherit());
    if console.is_quiet() {
        cargo.arg("--quiet");
    }
    let output = cargo.output().map_err(|error| could_not_run(&cargo, &error))?;
    if !output.status.success() {
        return Err(Failure::Said);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let json = text.lines().find(|line| line.starts_with('{')).unwrap_or_default();
    MetadataCommand::parse(json).map_err(|error| Failure::new(format!("can't read what `cargo metadata` says: {error}")))
}

/// Whether the package's own manifest asks for the derives, unconditionally.
fn derives(package: &Package) -> bool {
    package.dependencies.iter().any(|dependency| {
        let derive = dependency.uses_default_features
            || dependency.features.iter().any(|feature| feature == "derive" || feature == "default");
        dependency.name == CORE && dependency.kind == DependencyKind::Normal && !dependency.optional && derive
    })
}

fn depends(node: &Node, on: &HashSet<PackageId>) -> bool {
    node.deps.iter().any(|dependency| {
        let normal = dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
        normal && on.contains(&dependency.pkg)
    })
}

/// Whoever depends on one of `on`, directly or not.
fn dependents(nodes: &[Node], on: &HashSet<PackageId>) -> HashSet<PackageId> {
    let mut reached = on.clone();
    loop {
        let next: Vec<_> = nodes
            .iter()
            .filter(|node| !reached.contains(&node.id) && depends(node, &reached))
            .map(|node| node.id.clone())
            .collect();
        if next.is_empty() {
            return reached.difference(on).cloned().collect();
        }
        reached.extend(next);
    }
}

/// Whether a package id specification names the package. Specifications by URL and patterns are left to cargo.
fn names(spec: &str, package: &Package) -> bool {
    let name = spec.split(['@', ':']).next().unwrap_or(spec);
    *package.name == name
}
