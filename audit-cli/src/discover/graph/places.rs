//! Where the packages have their source, and which package a file belongs to.

use std::path::{Path, PathBuf};

use super::{Graph, Kind, Package};
use crate::args::Build;

impl Graph {
    /// Whether builds write there, this one's or the user's own.
    pub fn is_generated(&self, path: &Path) -> bool {
        [Some(&self.target_directory), self.build_directory.as_ref()]
            .into_iter()
            .flatten()
            .any(|folder| path.starts_with(folder))
    }

    /// The folders of all packages.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.packages.iter().map(|package| &*package.folder)
    }

    /// Whether a folder of schemas lies in the workspace or in one of its packages. It may be a link to elsewhere.
    pub fn is_around(&self, folder: &Path) -> bool {
        let place = std::path::absolute(folder)
            .ok()
            .and_then(|folder| folder.parent()?.canonicalize().ok());
        let mut roots = std::iter::once(self.workspace_root())
            .chain(self.members().map(|package| &*package.folder));
        place.is_some_and(|place| {
            roots.any(|root| {
                root.canonicalize()
                    .is_ok_and(|root| place.starts_with(root))
            })
        })
    }

    /// Root source files of targets, existing or not.
    pub fn sources(&self) -> impl Iterator<Item = &PathBuf> {
        self.packages
            .iter()
            .filter(|package| !self.is_kept_apart(&package.name))
            .flat_map(|package| &package.sources)
    }

    /// The innermost package around a file.
    pub fn around(&self, path: &Path) -> Option<&Package> {
        let packages = self.packages.iter();
        let around = packages.filter(|package| path.starts_with(&package.folder));
        around.max_by_key(|package| package.folder.as_os_str().len())
    }

    /// Whether a package's events belong into no folder, and into no build of one that has a folder.
    pub fn is_kept_apart(&self, name: &str) -> bool {
        self.apart.contains(name)
    }

    /// The folders of such packages.
    pub fn folders_apart(&self) -> impl Iterator<Item = &Path> {
        self.packages
            .iter()
            .filter(|package| self.is_kept_apart(&package.name))
            .map(|package| &*package.folder)
    }

    /// Whether a file belongs to a package that `build` selects, and that can hold records.
    pub fn selects(&self, build: &Build, path: &Path) -> bool {
        let around = self.around(path).map(|package| &package.id);
        self.selected(build)
            .iter()
            .any(|package| package.kind == Kind::Linked && Some(&package.id) == around)
    }
}

/// Whether tools keep a folder for themselves, as `.git` and `node_modules`.
pub fn is_hidden(folder: &Path) -> bool {
    folder
        .file_name()
        .is_some_and(|name| name == "node_modules" || name.as_encoded_bytes().starts_with(b"."))
}
