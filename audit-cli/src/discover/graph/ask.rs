//! Asks `cargo metadata` for the packages, and decides what each has to do with events.

use std::collections::HashSet;
use std::path::PathBuf;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Node, PackageId};

use super::{Core, Graph, Origin, Package};
use crate::args::{Build, Manifest};
use crate::console::Console;
use crate::discover::cargo::{command, could_not_run};
use crate::failure::Failure;

const CORE: &str = "audit-core";

impl Graph {
    pub(super) fn ask(build: &Build, console: &Console) -> Result<Self, Failure> {
        let mut ask = MetadataCommand::new();
        if let Some(path) = &build.manifest.manifest_path {
            ask.manifest_path(path);
        }
        let features = build.features.iter().map(|features| format!("--features={features}"));
        let flags = [(build.all_features, "--all-features"), (build.no_default_features, "--no-default-features")];
        let flags = flags.into_iter().filter(|(on, _)| *on).map(|(_, flag)| flag.to_owned());
        ask.other_options(features.chain(flags).collect::<Vec<_>>());
        Ok(Self::of(&run(&ask, console)?))
    }

    fn of(metadata: &Metadata) -> Self {
        let nodes = metadata.resolve.as_ref().map(|resolve| resolve.nodes.as_slice()).unwrap_or_default();
        let core = metadata.packages.iter().filter(|package| *package.name == CORE).map(|package| package.id.clone()).collect();
        let users = dependents(nodes, &core);
        let direct: HashSet<_> = nodes.iter().filter(|node| depends(node, &core)).map(|node| &node.id).collect();
        let declaring = metadata.packages.iter().filter(|package| direct.contains(&package.id) && derives(package));
        let declaring: HashSet<_> = declaring.map(|package| package.id.clone()).collect();
        let reaching = dependents(nodes, &declaring);
        let members: HashSet<_> = metadata.workspace_members.iter().collect();
        let by_default = by_default(metadata);
        let origin = |package: &cargo_metadata::Package| match &package.source {
            _ if by_default.contains(&package.id) => Origin::Default,
            _ if members.contains(&package.id) => Origin::Workspace,
            None => Origin::Folder,
            Some(_) => Origin::Elsewhere,
        };
        let core = |id: &PackageId| match id {
            _ if declaring.contains(id) => Core::Declares,
            _ if reaching.contains(id) => Core::MayDeclare,
            _ if users.contains(id) => Core::Uses,
            _ => Core::Apart,
        };
        let package = |package: &cargo_metadata::Package| Package {
            id: package.id.clone(),
            name: package.name.to_string(),
            version: package.version.to_string(),
            manifest: package.manifest_path.clone().into(),
            origin: origin(package),
            core: core(&package.id),
        };
        let packages = metadata.packages.iter().map(package);
        let packages = packages.filter(|package| package.origin >= Origin::Folder || package.core >= Core::Uses);
        Self {
            workspace_root: metadata.workspace_root.clone().into(),
            target_directory: metadata.target_directory.clone().into(),
            packages: packages.collect(),
        }
    }
}

/// What cargo builds where nothing is selected: the package around here, or the default members.
fn by_default(metadata: &Metadata) -> HashSet<&PackageId> {
    let root_manifest = metadata.workspace_root.join("Cargo.toml");
    match metadata.root_package() {
        Some(package) if package.manifest_path != root_manifest => HashSet::from([&package.id]),
        _ => metadata.workspace_default_packages().into_iter().map(|package| &package.id).collect(),
    }
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
fn derives(package: &cargo_metadata::Package) -> bool {
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
