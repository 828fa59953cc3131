//! Asks `cargo metadata` for the packages, and decides what each has to do with events.

use std::collections::{HashMap, HashSet};
use std::env::consts::EXE_EXTENSION;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Node, PackageId, TargetKind};

use super::profile::Profile;
use super::settings::Settings;
use super::{Core, Graph, Kind, Origin, Package};
use crate::args::{Build, Manifest};
use crate::console::Console;
use crate::discover::command::{command, could_not_run};
use crate::failure::Failure;

/// Package of the traits.
pub const CORE: &str = "audit-core";
/// Where the derives are, which `audit-core` gives on.
pub const MACROS: &str = "audit-macros";

impl Graph {
    /// Runs `cargo metadata`; cargo reports errors in manifests.
    pub fn load(build: &Build, console: &Console) -> Result<Self, Failure> {
        let settings = std::env::current_dir()
            .ok()
            .and_then(|here| Settings::around(&here));
        let is_offline =
            build.resolution.is_offline() || settings.as_ref().is_some_and(Settings::is_offline);
        let errors = if is_offline {
            Stdio::null()
        } else {
            Stdio::inherit()
        };
        // Without them cargo downloads what only other platforms need.
        let platforms = settings.as_ref().map(platforms).unwrap_or_default();
        let platforms = platforms
            .iter()
            .map(|platform| format!("--filter-platform={platform}"));
        let options = build.flags().chain(platforms);
        let answer = metadata(&build.manifest, options, console, errors);
        // Cargo's answer is about all members and what their tests need; a build can do without what isn't on this machine.
        let metadata = answer.or_else(|failure| {
            if is_offline {
                members(&build.manifest, build.resolution.flags(), console)
            } else {
                Err(failure)
            }
        })?;
        let profile = Profile::of(metadata.workspace_root.as_std_path(), settings.as_ref());
        Ok(Self {
            profile,
            ..Self::of(&metadata)
        })
    }

    fn of(metadata: &Metadata) -> Self {
        let nodes = metadata
            .resolve
            .as_ref()
            .map(|resolve| resolve.nodes.as_slice())
            .unwrap_or_default();
        let is_resolved = metadata.resolve.is_some();
        let core = metadata
            .packages
            .iter()
            .filter(|package| *package.name == CORE)
            .map(|package| package.id.clone())
            .collect();
        let users = dependents(nodes, &core, is_normal);
        // Tests and build scripts as well.
        let reaching_core = dependents(nodes, &core, |_| true);
        let node_of: HashMap<_, _> = nodes.iter().map(|node| (&node.id, node)).collect();
        let is_direct = |id| {
            node_of
                .get(id)
                .is_none_or(|node| depends(node, &core, is_normal))
        };
        let declaring = metadata
            .packages
            .iter()
            .filter(|package| derives(package) && is_direct(&package.id))
            .map(|package| package.id.clone())
            .collect();
        let reaching = dependents(nodes, &declaring, is_normal);
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
            _ if !is_resolved => Core::MayDeclare,
            _ if reaching.contains(id) => Core::MayDeclare,
            _ if users.contains(id) => Core::Uses,
            _ => Core::Apart,
        };
        let package = |package: &cargo_metadata::Package| Package {
            id: package.id.clone(),
            name: package.name.to_string(),
            version: package.version.to_string(),
            folder: package
                .manifest_path
                .parent()
                .map(Into::into)
                .unwrap_or_default(),
            origin: origin(package),
            core: core(&package.id),
            kind: kind(package),
            can_reach_core: !is_resolved
                || reaching_core.contains(&package.id)
                || may_depend(package),
            // Optional ones are meant, too, whatever is activated.
            dependencies: package
                .dependencies
                .iter()
                .filter(|dependency| dependency.path.is_some())
                .cloned()
                .collect(),
            sources: package
                .targets
                .iter()
                .map(|target| target.src_path.clone().into())
                .collect(),
            features: package.features.keys().cloned().collect(),
            has_features_off: node_of
                .get(&package.id)
                .is_some_and(|node| node.features.len() < package.features.len()),
        };
        let packages = metadata.packages.iter().map(package);
        let used: HashSet<_> = nodes
            .iter()
            .filter(|node| users.contains(&node.id))
            .flat_map(|node| &node.dependencies)
            .collect();
        let is_used_macro = |package: &Package| {
            package.kind == Kind::Macro && package.name != MACROS && used.contains(&package.id)
        };
        let packages = packages.filter(|package| {
            package.origin >= Origin::Folder || package.core >= Core::Uses || is_used_macro(package)
        });
        Self {
            workspace_root: metadata.workspace_root.clone().into(),
            target_directory: metadata.target_directory.clone().into(),
            build_directory: metadata.build_directory.clone().map(PathBuf::from),
            packages: packages.collect(),
            is_resolved,
            ..Self::default()
        }
    }
}

fn kind(package: &cargo_metadata::Package) -> Kind {
    use TargetKind::{Bench, CustomBuild, Example, ProcMacro, Test};
    let kinds = || package.targets.iter().flat_map(|target| &target.kind);
    if kinds().any(|kind| !matches!(kind, Test | Bench | Example | CustomBuild | ProcMacro)) {
        Kind::Linked
    } else if kinds().any(|kind| *kind == ProcMacro) {
        Kind::Macro
    } else {
        Kind::Unbuilt
    }
}

/// Packages that cargo builds by default: the package of the current folder, or the default members.
fn by_default(metadata: &Metadata) -> HashSet<&PackageId> {
    let root_manifest = metadata.workspace_root.join("Cargo.toml");
    match metadata.root_package() {
        Some(package) if package.manifest_path != root_manifest => HashSet::from([&package.id]),
        _ => metadata
            .workspace_default_packages()
            .into_iter()
            .map(|package| &package.id)
            .collect(),
    }
}

/// The workspace's root folder.
pub fn workspace_root(manifest: &Manifest, console: &Console) -> Result<PathBuf, Failure> {
    Ok(members(manifest, [], console)?.workspace_root.into())
}

/// The members alone, which needs no dependency on this machine.
fn members<'f>(
    manifest: &Manifest,
    flags: impl IntoIterator<Item = &'f str>,
    console: &Console,
) -> Result<Metadata, Failure> {
    let options = flags
        .into_iter()
        .chain(["--no-deps"])
        .map(ToOwned::to_owned);
    metadata(manifest, options, console, Stdio::inherit())
}

/// The platforms that a build needs packages for: those that it is for, and the machine's own for build scripts and procedural macros.
/// Empty where they aren't known.
fn platforms(settings: &Settings) -> Vec<String> {
    let with_host = |host| [settings.targets(), vec![host]].concat();
    host().map(with_host).unwrap_or_default()
}

/// As the compiler says it: cargo also looks up the name of the operating system, which may start a script.
fn host() -> Option<String> {
    let beside_cargo = || {
        let cargo = PathBuf::from(std::env::var_os("CARGO")?);
        let rustc = cargo.with_file_name("rustc").with_extension(EXE_EXTENSION);
        rustc.is_file().then_some(rustc)
    };
    let rustc = std::env::var_os("RUSTC").map(PathBuf::from);
    let rustc = rustc.or_else(beside_cargo).unwrap_or("rustc".into());
    let output = Command::new(rustc).arg("-vV").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(ToOwned::to_owned)
}

fn metadata(
    manifest: &Manifest,
    options: impl Iterator<Item = String>,
    console: &Console,
    errors: Stdio,
) -> Result<Metadata, Failure> {
    let mut cargo = command("metadata", manifest, console);
    cargo.arg("--format-version=1").args(options).stderr(errors);
    let output = cargo
        .output()
        .map_err(|error| could_not_run(&cargo, &error))?;
    if !output.status.success() {
        return Err(Failure::AlreadyReported);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let json = text
        .lines()
        .find(|line| line.starts_with('{'))
        .unwrap_or_default();
    MetadataCommand::parse(json)
        .map_err(|error| Failure::new(format!("invalid output of `cargo metadata`: {error}")))
}

/// Whether the package's own manifest asks for the derives, unconditionally.
fn derives(package: &cargo_metadata::Package) -> bool {
    package.dependencies.iter().any(|dependency| {
        let derive = dependency.uses_default_features
            || dependency
                .features
                .iter()
                .any(|feature| feature == "derive" || feature == "default");
        dependency.name == CORE
            && dependency.kind == DependencyKind::Normal
            && !dependency.optional
            && derive
    })
}

/// Whether the package's own manifest names `audit-core` as an optional dependency.
fn may_depend(package: &cargo_metadata::Package) -> bool {
    let is_optional =
        |dependency: &cargo_metadata::Dependency| dependency.name == CORE && dependency.optional;
    package.dependencies.iter().any(is_optional)
}

fn is_normal(kind: DependencyKind) -> bool {
    kind == DependencyKind::Normal
}

fn depends(node: &Node, on: &HashSet<PackageId>, is_meant: fn(DependencyKind) -> bool) -> bool {
    node.deps.iter().any(|dependency| {
        let meant = dependency.dep_kinds.iter().any(|kind| is_meant(kind.kind));
        meant && on.contains(&dependency.pkg)
    })
}

/// Direct and indirect dependents of `on`.
fn dependents(
    nodes: &[Node],
    on: &HashSet<PackageId>,
    is_meant: fn(DependencyKind) -> bool,
) -> HashSet<PackageId> {
    let mut reached = on.clone();
    loop {
        let next: Vec<_> = nodes
            .iter()
            .filter(|node| !reached.contains(&node.id) && depends(node, &reached, is_meant))
            .map(|node| node.id.clone())
            .collect();
        if next.is_empty() {
            return reached.difference(on).cloned().collect();
        }
        reached.extend(next);
    }
}
