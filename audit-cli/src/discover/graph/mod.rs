//! Which packages can hold events: those that depend on `audit-core`, under whatever name.

mod ask;
mod places;
mod profile;
mod settings;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{Dependency, DependencyKind, PackageId};

use crate::args::Build;
use crate::store;
pub use ask::{CORE, MACROS, workspace_root};
pub use places::is_hidden;
use profile::Profile;

/// The packages of a build, as far as they can be ours: those that come from a folder, those that depend on `audit-core`, and the procedural
/// macros that they use.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Graph {
    workspace_root: PathBuf,
    /// Where the user's own builds write.
    target_directory: PathBuf,
    /// Where they keep what is compiled on the way there, where cargo has such a folder.
    build_directory: Option<PathBuf>,
    packages: Vec<Package>,
    /// Whether dependencies are known.
    is_resolved: bool,
    profile: Profile,
    /// Members whose events belong into no folder, as `audit.toml` has it.
    left_out: HashSet<String>,
    /// Members left out that no other member depends on.
    apart: HashSet<String>,
}

/// A package, and what it has to do with events.
#[derive(Debug, PartialEq, Eq)]
pub struct Package {
    pub id: PackageId,
    pub name: String,
    pub version: String,
    folder: PathBuf,
    origin: Origin,
    core: Core,
    pub kind: Kind,
    /// Whether any of its targets, tests as well, can reach `audit-core`.
    pub can_reach_core: bool,
    /// Local packages that it depends on, with whatever features.
    dependencies: Vec<Dependency>,
    /// Root source files of its targets.
    sources: Vec<PathBuf>,
    /// Features in its manifest.
    pub features: Vec<String>,
    /// Whether this build activates fewer.
    has_features_off: bool,
}

/// Where a package comes from; each is the one before it, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// A registry or a repository.
    Elsewhere,
    Folder,
    Workspace,
    /// A default member of the workspace.
    Default,
}

/// Whether a build leaves something of a package that can hold records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A library or a program.
    Linked,
    Macro,
    /// Tests, benches, examples.
    Unbuilt,
}

/// Dependency of a package on `audit-core`; each includes the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Core {
    Apart,
    /// Directly or not.
    Uses,
    /// Can reach the derives through a package that asks for them.
    MayDeclare,
    /// Asks for the derives, always.
    Declares,
}

impl Graph {
    /// Whether a package comes from a folder, not from a registry or a repository.
    pub fn is_local(&self, name: &str, version: &str) -> bool {
        self.named(name, version)
            .any(|package| package.origin >= Origin::Folder)
    }

    /// Packages that depend on `audit-core`; `None` where dependencies aren't known.
    pub fn users(&self) -> Option<HashSet<&PackageId>> {
        let users = self
            .packages
            .iter()
            .filter(|package| package.core >= Core::Uses)
            .map(|package| &package.id);
        self.is_resolved.then(|| users.collect())
    }

    /// Whether nothing in the build depends on `audit-core`, in any way.
    pub fn is_without_core(&self) -> bool {
        self.is_resolved
            && self
                .packages
                .iter()
                .all(|package| package.core == Core::Apart)
    }

    /// Whether members of the workspace have features that this build doesn't activate.
    pub fn has_features_off(&self) -> bool {
        self.members().any(|package| package.has_features_off)
    }

    /// Whether a package is in this build.
    pub fn has(&self, name: &str, version: &str) -> bool {
        self.named(name, version).next().is_some()
    }

    fn named(&self, name: &str, version: &str) -> impl Iterator<Item = &Package> {
        let packages = self.packages.iter();
        packages.filter(move |package| package.name == name && package.version == version)
    }

    /// Leaves out of every folder what `belongs` doesn't take. What is built with a package that belongs isn't kept apart.
    pub fn keep_apart(&mut self, belongs: impl Fn(&str) -> bool) {
        self.left_out = self
            .members()
            .map(|package| package.name.clone())
            .filter(|name| !belongs(name))
            .collect();
        let used =
            self.with_dependencies(|package| !self.left_out.contains(&package.name), |_| true);
        self.apart = self
            .left_out
            .iter()
            .filter(|name| !used.contains(name.as_str()))
            .cloned()
            .collect();
    }

    /// The names of procedural macros, and of the libraries that they use.
    pub fn in_the_compiler(&self) -> HashSet<&str> {
        self.with_dependencies(
            |package| package.kind == Kind::Macro,
            |dependency| dependency.kind != DependencyKind::Development,
        )
    }

    /// The names of packages, and of the local ones that they depend on, directly or not.
    fn with_dependencies(
        &self,
        is_user: impl Fn(&Package) -> bool,
        is_meant: impl Fn(&Dependency) -> bool,
    ) -> HashSet<&str> {
        let mut open: Vec<_> = self
            .packages
            .iter()
            .filter(|package| is_user(package))
            .map(|package| &*package.name)
            .collect();
        let mut reached = HashSet::new();
        while let Some(name) = open.pop() {
            if reached.insert(name) {
                let used = self
                    .packages
                    .iter()
                    .filter(|package| package.name == name)
                    .flat_map(|package| &package.dependencies);
                open.extend(used.filter(|used| is_meant(used)).map(|used| &*used.name));
            }
        }
        reached
    }

    /// The packages of the workspace.
    pub fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| package.origin >= Origin::Workspace)
    }

    /// Packages of the workspace whose events belong into the folder. A folder of no package (`--schemas`) belongs to all.
    pub fn members_of(&self, folder: &Path) -> Vec<&Package> {
        let belongs =
            |package: &&Package| package.may_declare() && !self.left_out.contains(&package.name);
        let here = folder.canonicalize().ok();
        // Most members share one, and following its links takes many steps.
        let mut known = HashMap::new();
        let mut is_here = |found: PathBuf| match known.entry(found) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let is_here = new.key().canonicalize().ok() == here;
                *new.insert(is_here)
            }
        };
        let located = self.members().filter(belongs).map(|package| {
            let found = store::find_within(&package.folder, &self.workspace_root);
            (package, found.map(&mut is_here))
        });
        let mut members: Vec<_> = located.collect();
        if members.iter().any(|(_, is_here)| *is_here == Some(true)) {
            members.retain(|(_, is_here)| *is_here != Some(false));
        }
        members.into_iter().map(|(package, _)| package).collect()
    }

    /// The folders of the packages that `build` selects; of those only that may declare events, if there are any.
    pub fn selected_folders(&self, build: &Build) -> Vec<&Path> {
        let mut packages = self.selected(build);
        if packages.iter().any(|package| package.may_declare()) {
            packages.retain(|package| package.may_declare());
        }
        packages
            .into_iter()
            .map(|package| &*package.folder)
            .collect()
    }

    /// Packages that cargo selects: by name, the whole workspace, the package of the current folder, or the default members.
    pub fn selected(&self, build: &Build) -> Vec<&Package> {
        let is_selected = |package: &&Package| match build.packages.as_slice() {
            _ if build.workspace => true,
            [] => package.origin == Origin::Default,
            // Specifications by URL and patterns are left to cargo.
            _ => build.names(&package.name),
        };
        self.members().filter(is_selected).collect()
    }

    pub fn workspace_root(&self) -> &Path {
        &self.workspace_root
    }
}

impl Package {
    /// Whether it can reach the derives.
    pub fn may_declare(&self) -> bool {
        self.core >= Core::MayDeclare
    }

    /// Whether it asks for the derives.
    pub fn declares(&self) -> bool {
        self.core == Core::Declares
    }

    /// Reason why it has no readable events.
    pub fn sentence(&self) -> String {
        let what = match self.kind {
            Kind::Linked => "is linked",
            Kind::Macro => {
                "is a procedural macro, which runs in the compiler and is linked into nothing"
            }
            Kind::Unbuilt => {
                "has neither a library nor a program, and tests, benches and examples aren't built"
            }
        };
        format!("package `{}` {what}", self.name)
    }
}
