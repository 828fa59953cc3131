//! Which files the source of the packages is searched in, before any of them says where there is more.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::discover::graph::{Graph, is_hidden};

/// Marks a folder that a program makes again when it is gone.
const CACHE: &str = "CACHEDIR.TAG";
/// Marks a package that was copied out of a registry.
const VENDORED: &str = ".cargo-checksum.json";

/// Every Rust file below the workspace and the packages, sorted.
pub fn files(graph: &Graph) -> Vec<PathBuf> {
    // What the settings leave out declares nothing for this folder.
    let apart = graph
        .folders_apart()
        .filter_map(|folder| folder.canonicalize().ok())
        .collect();
    let mut walk = Walk {
        graph,
        seen: apart,
        files: BTreeSet::new(),
    };
    for root in std::iter::once(graph.workspace_root()).chain(graph.folders()) {
        walk.folder(root);
    }
    walk.files.into_iter().collect()
}

struct Walk<'g> {
    graph: &'g Graph,
    /// Links may lead to the same folder again and again.
    seen: HashSet<PathBuf>,
    files: BTreeSet<PathBuf>,
}

impl Walk<'_> {
    fn folder(&mut self, root: &Path) {
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            let is_new = folder
                .canonicalize()
                .is_ok_and(|folder| self.seen.insert(folder));
            if !is_new {
                continue;
            }
            for path in fs::read_dir(&folder)
                .into_iter()
                .flatten()
                .filter_map(Result::ok)
                .map(|child| child.path())
            {
                if path.is_dir() {
                    folders.extend(self.is_source(&path).then_some(path));
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    self.files.insert(path);
                }
            }
        }
    }

    /// Not what builds, tools and `cargo vendor` have put there; a vendored package that matters is walked by itself.
    fn is_source(&self, folder: &Path) -> bool {
        let is_marked = || {
            [CACHE, VENDORED]
                .iter()
                .any(|mark| folder.join(mark).exists())
        };
        !is_hidden(folder) && !self.graph.is_generated(folder) && !is_marked()
    }
}
